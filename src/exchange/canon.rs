//! Canonical JSON text (RFC 8785, JCS): what digests and signatures are taken over.
//!
//! Keys in the order of their UTF-16 code units, numbers as ECMAScript writes them, no white space. Numbers pass
//! through 64-bit floating point here and nowhere else; [`inexact_numbers`] names those that do not survive it.

use std::fmt;

use serde_json::{Map, Number, Value};

use super::number::{is_json_number, same_number};
use super::read::MAX_DEPTH;
use crate::float;
use crate::sorting::sort_by;
use crate::template::Pointer;

/// Why a value has no canonical text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CanonError {
    /// A number whose text is no JSON number.
    BadNumber {
        /// Where it stands.
        at: Pointer,
    },
    /// A number greater than 64-bit floating point can hold.
    NumberOutOfRange {
        /// Where it stands.
        at: Pointer,
    },
    /// Lists and objects lie deeper in each other than can be read back.
    TooDeep {
        /// The first list or object that is too deep.
        at: Pointer,
    },
}

impl fmt::Display for CanonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadNumber { at } => {
                write!(f, "The number at \"{at}\" cannot be written in JSON. Correct it and export again.")
            }
            Self::NumberOutOfRange { at } => {
                write!(f, "The number at \"{at}\" is too large to be exchanged. Correct it and export again.")
            }
            Self::TooDeep { at } => {
                write!(
                    f,
                    "Lists and objects lie more than {MAX_DEPTH} deep in each other at \"{at}\", which no reader of this format takes."
                )
            }
        }
    }
}

impl std::error::Error for CanonError {}

impl CanonError {
    /// The same error, seen from around the value that has it.
    pub(crate) fn inside(self, token: &str) -> Self {
        let outer = |at: &Pointer| std::iter::once(token).chain(at.tokens().iter().map(String::as_str)).collect();
        match self {
            Self::BadNumber { at } => Self::BadNumber { at: outer(&at) },
            Self::NumberOutOfRange { at } => Self::NumberOutOfRange { at: outer(&at) },
            Self::TooDeep { at } => Self::TooDeep { at: outer(&at) },
        }
    }
}

/// The canonical text of a value.
///
/// # Errors
/// When a number is none or is out of range, or the value is deeper than [`MAX_DEPTH`].
pub fn canonical(value: &Value) -> Result<String, CanonError> {
    let mut text = String::new();
    write_canonical(value, &mut text)?;
    Ok(text)
}

/// Where canonical text goes: a text, or a digest, so that a digest of a large file needs no second copy of it.
pub(crate) trait Sink {
    /// Takes the next piece.
    fn put(&mut self, text: &str);
}

impl Sink for String {
    fn put(&mut self, text: &str) {
        self.push_str(text);
    }
}

/// Writes the canonical text of a value.
pub(crate) fn write_canonical(value: &Value, out: &mut impl Sink) -> Result<(), CanonError> {
    let mut writer = Writer { out, at: Vec::new() };
    writer.value(value).map_err(|fault| writer.error(fault))
}

/// Writes the canonical text of an object.
pub(crate) fn write_canonical_object(members: &Map<String, Value>, out: &mut impl Sink) -> Result<(), CanonError> {
    let mut writer = Writer { out, at: Vec::new() };
    writer.object(members).map_err(|fault| writer.error(fault))
}

/// The places of all numbers whose canonical text is another number, in document order. Two values that differ in
/// nothing else have the same digest, so an export says so before it is made.
pub fn inexact_numbers(value: &Value) -> Vec<Pointer> {
    let mut found = Vec::new();
    collect_inexact(value, &Pointer::root(), &mut found);
    found
}

fn collect_inexact(value: &Value, at: &Pointer, found: &mut Vec<Pointer>) {
    match value {
        Value::Number(number) => {
            if !es6(number).is_ok_and(|text| same_number(number.as_str(), &text)) {
                found.push(at.clone());
            }
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| collect_inexact(item, &at.child(index), found));
        }
        Value::Object(members) => {
            members.iter().for_each(|(key, member)| collect_inexact(member, &at.child(key), found));
        }
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

/// What is wrong at the place where the writer stands.
enum Fault {
    BadNumber,
    NumberOutOfRange,
    TooDeep,
}

/// A step towards the place where the writer stands, kept without a copy of the key.
#[derive(Clone, Copy)]
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

impl fmt::Display for Step<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) => f.write_str(key),
            Self::Index(index) => write!(f, "{index}"),
        }
    }
}

struct Writer<'a, 'o, S> {
    out: &'o mut S,
    at: Vec<Step<'a>>,
}

impl<'a, S: Sink> Writer<'a, '_, S> {
    fn value(&mut self, value: &'a Value) -> Result<(), Fault> {
        match value {
            Value::Null => self.out.put("null"),
            Value::Bool(true) => self.out.put("true"),
            Value::Bool(false) => self.out.put("false"),
            Value::Number(number) => self.out.put(&es6(number)?),
            Value::String(text) => put_string(text, self.out),
            Value::Array(items) => self.list(items)?,
            Value::Object(members) => self.object(members)?,
        }
        Ok(())
    }

    fn list(&mut self, items: &'a [Value]) -> Result<(), Fault> {
        self.bound_depth()?;
        self.out.put("[");
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.out.put(",");
            }
            self.at.push(Step::Index(index));
            self.value(item)?;
            self.at.pop();
        }
        self.out.put("]");
        Ok(())
    }

    fn object(&mut self, members: &'a Map<String, Value>) -> Result<(), Fault> {
        self.bound_depth()?;
        let mut sorted: Vec<_> = members.iter().collect();
        sort_by(&mut sorted, |(one, _), (other, _)| one.encode_utf16().cmp(other.encode_utf16()));
        self.out.put("{");
        for (index, (key, member)) in sorted.into_iter().enumerate() {
            if index > 0 {
                self.out.put(",");
            }
            put_string(key, self.out);
            self.out.put(":");
            self.at.push(Step::Key(key));
            self.value(member)?;
            self.at.pop();
        }
        self.out.put("}");
        Ok(())
    }

    /// What is written has to be read again, so it is held to the same depth.
    fn bound_depth(&self) -> Result<(), Fault> {
        if self.at.len() < MAX_DEPTH { Ok(()) } else { Err(Fault::TooDeep) }
    }

    fn error(&self, fault: Fault) -> CanonError {
        let at = self.at.iter().collect();
        match fault {
            Fault::BadNumber => CanonError::BadNumber { at },
            Fault::NumberOutOfRange => CanonError::NumberOutOfRange { at },
            Fault::TooDeep => CanonError::TooDeep { at },
        }
    }
}

/// A number as ECMAScript writes it (RFC 8785, section 3.2.2.3).
fn es6(number: &Number) -> Result<String, Fault> {
    let text = number.as_str();
    if !is_json_number(text) {
        return Err(Fault::BadNumber);
    }
    let float = float::nearest(text).ok_or(Fault::NumberOutOfRange)?;
    Ok(ryu_js::Buffer::new().format_finite(float).to_owned())
}

/// A text in quotes, with only those escapes that JSON demands (RFC 8785, section 3.2.2.2).
fn put_string(text: &str, out: &mut impl Sink) {
    out.put("\"");
    for piece in text.split_inclusive(is_escaped) {
        let mut plain = piece.chars();
        match plain.next_back() {
            Some(last) if is_escaped(last) => {
                out.put(plain.as_str());
                put_escape(last, out);
            }
            _ => out.put(piece),
        }
    }
    out.put("\"");
}

fn is_escaped(c: char) -> bool {
    matches!(c, '"' | '\\' | '\0'..='\u{1f}')
}

fn put_escape(sign: char, out: &mut impl Sink) {
    match sign {
        '\u{8}' => out.put("\\b"),
        '\t' => out.put("\\t"),
        '\n' => out.put("\\n"),
        '\u{c}' => out.put("\\f"),
        '\r' => out.put("\\r"),
        '"' => out.put("\\\""),
        '\\' => out.put("\\\\"),
        control => out.put(&format!("\\u{:04x}", u32::from(control))),
    }
}
