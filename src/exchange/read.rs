//! Strict JSON from bytes, for everything that comes from outside.
//!
//! A general reader forgives what must not be forgiven here: it keeps the last of two equal keys, and it takes
//! an object with one private key of its own for a number. This one refuses the former and knows nothing of the
//! latter. Numbers keep the digits that the file has; they never go through floating point.
//!
//! Nothing is half-taken: the result is the whole value, or one error that names what is wrong and where. An
//! error carries no text of the file, save the names of keys.

use serde_json::map::{Entry, Map};
use serde_json::{Number, Value};

use super::number::{self, Scan};
pub use super::read_error::{Expected, Place, ReadError};
use crate::float;
use crate::template::Pointer;

/// A megabyte, as file managers of the usual office machines count it.
pub const MEGABYTE: usize = 1024 * 1024;

/// How deep lists and objects may lie in each other, in anything that is read or written.
pub const MAX_DEPTH: usize = 128;

/// What a file may cost before it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes.
    pub bytes: usize,
    /// The most values, counting each text, number, list and object. A file of empty lists costs thirty times its
    /// size in memory, and a page that runs out of memory ends with all that was not yet kept.
    pub values: usize,
    /// The most lists and objects around one value.
    pub depth: usize,
}

impl Limits {
    /// For reports, reviews and receipts: 32 MB.
    pub const REPORT: Self = Self { bytes: 32 * MEGABYTE, values: 2_000_000, depth: MAX_DEPTH };
    /// For templates: 8 MB.
    pub const TEMPLATE: Self = Self { bytes: 8 * MEGABYTE, values: 1_000_000, depth: MAX_DEPTH };
    /// For backups: 512 MB.
    pub const BACKUP: Self = Self { bytes: 512 * MEGABYTE, values: 8_000_000, depth: MAX_DEPTH };
}

/// Reads the bytes of a file as one JSON value.
///
/// # Errors
/// When the bytes are over a limit, are not UTF-8, or are not one strict JSON value.
pub fn read_json(bytes: &[u8], limits: &Limits) -> Result<Value, ReadError> {
    let mut reader = Reader::new(text_of(bytes, limits)?, limits);
    reader.skip_space();
    if reader.peek().is_none() {
        return Err(ReadError::Empty);
    }
    let value = reader.value()?;
    reader.skip_space();
    match reader.peek() {
        None => Ok(value),
        Some(_) => Err(ReadError::TrailingText { place: reader.place() }),
    }
}

/// The text of a file: size checked before anything else, one byte order mark dropped.
fn text_of<'a>(bytes: &'a [u8], limits: &Limits) -> Result<&'a str, ReadError> {
    if bytes.len() > limits.bytes {
        return Err(ReadError::TooLarge { limit: limits.bytes });
    }
    if is_wide(bytes) {
        return Err(ReadError::WideText);
    }
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(body).map_err(|error| {
        let sound = body.get(..error.valid_up_to()).map(String::from_utf8_lossy).unwrap_or_default();
        let mark = bytes.len() - body.len();
        ReadError::NotUtf8 { byte: mark + error.valid_up_to() + 1, place: Place::after(&sound) }
    })
}

/// Whether the bytes begin as UTF-16 or UTF-32: with their byte order marks, or with a NUL beside the first
/// character, which in JSON is always an ASCII one.
fn is_wide(bytes: &[u8]) -> bool {
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, 0, 0xfe, 0xff, ..] => true,
        [0, 0, 0, fourth, ..] => *fourth != 0,
        [first, second, ..] => (*first == 0) != (*second == 0),
        _ => false,
    }
}

/// A recursive descent over the text; the depth limit bounds the recursion.
struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    values: usize,
    limits: &'a Limits,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, limits: &'a Limits) -> Self {
        Self { text, at: 0, depth: 0, values: 0, limits }
    }

    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn place(&self) -> Place {
        self.place_of(self.at)
    }

    fn place_of(&self, at: usize) -> Place {
        Place::after(self.text.get(..at).unwrap_or(self.text))
    }

    fn skip_space(&mut self) {
        self.at += self.rest().iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
    }

    /// What to say when something else than `expected` stands here.
    fn unexpected(&self, expected: Expected) -> ReadError {
        match self.peek() {
            None => ReadError::EndsEarly { place: self.place() },
            Some(_) => ReadError::Unexpected { expected, place: self.place() },
        }
    }

    fn value(&mut self) -> Result<Value, ReadError> {
        self.values += 1;
        if self.values > self.limits.values {
            return Err(ReadError::TooManyValues { limit: self.limits.values });
        }
        match self.peek() {
            Some(b'{') => self.object(),
            Some(b'[') => self.list(),
            Some(b'"') => self.string().map(Value::String),
            // No JSON number begins with a plus or a point, but a number is what was meant.
            Some(b'-' | b'+' | b'.' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'n') => self.word("null", Value::Null),
            _ => Err(self.unexpected(Expected::Value)),
        }
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, ReadError> {
        let rest = self.rest();
        if rest.starts_with(word.as_bytes()) {
            self.at += word.len();
            Ok(value)
        } else if word.as_bytes().starts_with(rest) {
            Err(ReadError::EndsEarly { place: self.place_of(self.text.len()) })
        } else {
            Err(self.unexpected(Expected::Value))
        }
    }

    fn number(&mut self) -> Result<Value, ReadError> {
        let length = match number::scan(self.rest()) {
            Scan::Number(length) => length,
            Scan::EndsEarly(at) => return Err(ReadError::EndsEarly { place: self.place_of(self.at + at) }),
            Scan::Fault(at) => return Err(ReadError::BadNumber { place: self.place_of(self.at + at) }),
        };
        let digits = self.text.get(self.at..self.at + length).unwrap_or_default();
        // Only the range is taken from the conversion; the value keeps its text.
        if float::nearest(digits).is_none() {
            return Err(ReadError::NumberOutOfRange { place: self.place() });
        }
        self.at += length;
        Ok(Value::Number(Number::from_string_unchecked(digits.to_owned())))
    }

    /// Steps into a list or an object.
    fn enter(&mut self) -> Result<(), ReadError> {
        if self.depth >= self.limits.depth {
            return Err(ReadError::TooDeep { place: self.place(), limit: self.limits.depth });
        }
        self.depth += 1;
        self.at += 1;
        self.skip_space();
        Ok(())
    }

    fn leave(&mut self) {
        self.depth -= 1;
        self.at += 1;
    }

    fn list(&mut self) -> Result<Value, ReadError> {
        self.enter()?;
        let mut items = Vec::new();
        if self.peek() != Some(b']') {
            loop {
                let item = self.value().map_err(|error| error.inside(&items.len().to_string()))?;
                items.push(item);
                self.skip_space();
                match self.peek() {
                    Some(b',') => self.at += 1,
                    Some(b']') => break,
                    _ => return Err(self.unexpected(Expected::CommaOrBracket)),
                }
                self.skip_space();
            }
        }
        self.leave();
        Ok(Value::Array(items))
    }

    fn object(&mut self) -> Result<Value, ReadError> {
        self.enter()?;
        let mut members = Map::new();
        if self.peek() != Some(b'}') {
            loop {
                self.member(&mut members)?;
                self.skip_space();
                match self.peek() {
                    Some(b',') => self.at += 1,
                    Some(b'}') => break,
                    _ => return Err(self.unexpected(Expected::CommaOrBrace)),
                }
                self.skip_space();
            }
        }
        self.leave();
        Ok(Value::Object(members))
    }

    fn member(&mut self, members: &mut Map<String, Value>) -> Result<(), ReadError> {
        let key_at = self.at;
        if self.peek() != Some(b'"') {
            return Err(self.unexpected(Expected::Key));
        }
        let key = self.string()?;
        self.skip_space();
        if self.peek() != Some(b':') {
            return Err(self.unexpected(Expected::Colon));
        }
        self.at += 1;
        self.skip_space();
        let value = self.value().map_err(|error| error.inside(&key))?;
        match members.entry(key) {
            Entry::Vacant(free) => {
                free.insert(value);
                Ok(())
            }
            Entry::Occupied(taken) => {
                Err(ReadError::DuplicateKey { key: Pointer::root().child(taken.key()), place: self.place_of(key_at) })
            }
        }
    }

    fn string(&mut self) -> Result<String, ReadError> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let plain = self.rest().iter().take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..=0x1f)).count();
            // Both ends are at ASCII bytes, so this is always a slice of whole characters.
            text.push_str(self.text.get(self.at..self.at + plain).unwrap_or_default());
            self.at += plain;
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => text.push(self.escape()?),
                Some(_) => return Err(ReadError::ControlCharacter { place: self.place() }),
                None => return Err(ReadError::EndsEarly { place: self.place() }),
            }
        }
        self.at += 1;
        Ok(text)
    }

    fn escape(&mut self) -> Result<char, ReadError> {
        let begin = self.at;
        self.at += 1;
        let plain = match self.peek() {
            Some(b'u') => return self.unicode_escape(begin),
            Some(sign @ (b'"' | b'\\' | b'/')) => char::from(sign),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(_) => return Err(ReadError::BadEscape { place: self.place_of(begin) }),
            None => return Err(ReadError::EndsEarly { place: self.place() }),
        };
        self.at += 1;
        Ok(plain)
    }

    fn unicode_escape(&mut self, begin: usize) -> Result<char, ReadError> {
        let first = self.four_digits(begin)?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first).ok_or_else(|| self.lone_surrogate(begin));
        }
        let low_begin = self.at;
        match self.rest() {
            [] | [b'\\'] => return Err(ReadError::EndsEarly { place: self.place_of(self.text.len()) }),
            [b'\\', b'u', ..] => self.at += 1,
            _ => return Err(self.lone_surrogate(begin)),
        }
        let second = self.four_digits(low_begin)?;
        if !(0xdc00..0xe000).contains(&second) {
            return Err(self.lone_surrogate(begin));
        }
        let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
        char::from_u32(code).ok_or_else(|| self.lone_surrogate(begin))
    }

    /// A place is counted from the beginning of the text, so it is looked for only when there is an error.
    fn lone_surrogate(&self, begin: usize) -> ReadError {
        ReadError::LoneSurrogate { place: self.place_of(begin) }
    }

    /// The four digits after the `u` that stands here.
    fn four_digits(&mut self, begin: usize) -> Result<u32, ReadError> {
        self.at += 1;
        let mut code = 0;
        for _ in 0..4 {
            let Some(byte) = self.peek() else {
                return Err(ReadError::EndsEarly { place: self.place() });
            };
            let Some(digit) = char::from(byte).to_digit(16) else {
                return Err(ReadError::BadEscape { place: self.place_of(begin) });
            };
            code = code * 16 + digit;
            self.at += 1;
        }
        Ok(code)
    }
}
