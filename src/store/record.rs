//! One stored text: a header line, a line break, and the body. Defined by FORMAT.md, section 2.2.
//!
//! The body is any JSON value; what it means is decided elsewhere. Reading verifies a checksum over every byte
//! and never fills a gap: a text is a whole record, or an error that says why not.

use std::fmt;

use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use super::crc32::crc32;
use super::header::Header;
use crate::exchange::number::is_json_number;
use crate::exchange::read::{Limits, read_json};
use crate::float;

/// The version of the stored record that this program writes.
pub const FORMAT_VERSION: u64 = 1;

/// How many lists and objects may lie inside each other in a body: what the reader of JSON takes.
pub const DEEPEST: usize = 127;

const FORMAT: &str = "chancery-draft";
// The frame below is the same in every version, so that an older program can tell a newer record from a damaged one.
const OPENING: &str = r#"{"format":"chancery-draft","formatVersion":"#;
const CHECK: &str = r#","crc32":""#;
const END: &str = r#""}"#;

/// A draft as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// What is said about the draft.
    pub header: Header,
    /// The draft itself: any JSON value, not looked into here.
    pub body: Value,
}

/// What is wrong with a damaged record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The end is missing.
    Cut,
    /// The text is not the one that was written.
    Changed,
    /// The checksum holds, but the header does not say what a header says.
    Header,
    /// The checksum holds, but the body is not JSON.
    Body,
    /// The record is whole, and it is that of another draft.
    OtherDraft,
}

/// Why a text is not a record that this program can open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordError {
    /// It does not begin as a record does.
    NotARecord,
    /// It is whole, and was written by a newer program.
    Newer {
        /// Its format version.
        version: u64,
    },
    /// It was a record once.
    Damaged(Fault),
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotARecord => write!(f, "this is not a stored draft; it can be saved to a file or deleted"),
            Self::Newer { version } => write!(
                f,
                "this draft was kept by a newer version of Chancery (format {version}); open it there, or save it to a file"
            ),
            Self::Damaged(fault) => write!(f, "{fault}; what is there can be saved to a file or deleted"),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Cut => "the end of this stored draft is missing",
            Self::Changed => "this stored draft was damaged after it was written",
            Self::Header => "the first line of this stored draft is not what this version of Chancery writes",
            Self::Body => "the answers in this stored draft are not JSON",
            Self::OtherDraft => "what is stored here belongs to another draft",
        })
    }
}

impl std::error::Error for RecordError {}

/// Why a draft cannot be written as a record. The text would not come back as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EncodeError {
    /// Lists and objects lie too deep inside each other.
    TooDeep,
    /// A number is not one of JSON, or is out of range.
    Number,
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooDeep => write!(f, "the answers are nested more than {DEEPEST} deep, which cannot be stored"),
            Self::Number => write!(f, "an answer is a number that JSON cannot carry"),
        }
    }
}

impl std::error::Error for EncodeError {}

impl Record {
    /// The text to store.
    ///
    /// # Errors
    /// When the body has something that would not come back as it is.
    pub fn encode(&self) -> Result<String, EncodeError> {
        encode(&self.header, &self.body).map(|encoded| encoded.text)
    }

    /// Reads a stored text, header and body.
    ///
    /// # Errors
    /// When it is no record, newer than this program, or damaged.
    pub fn decode(text: &str) -> Result<Self, RecordError> {
        let frame = Frame::read(text)?;
        // The strict reader of files keeps the digits of numbers as they were typed; the usual one rewrites exponents.
        let body = read_json(frame.body.as_bytes(), &Limits::BACKUP).map_err(|_| RecordError::Damaged(Fault::Body))?;
        Ok(Self { header: frame.header()?, body })
    }
}

/// Reads what a stored text says about its draft. The checksum over the whole text is verified; the body is not
/// built, which is what makes a long list of drafts cheap.
///
/// # Errors
/// When it is no record, newer than this program, or damaged.
pub fn read_header(text: &str) -> Result<Header, RecordError> {
    Frame::read(text)?.header()
}

/// A text to store and its checksum.
pub(super) struct Encoded {
    pub(super) text: String,
    pub(super) check: u32,
}

/// The text to store, from its parts.
pub(super) fn encode(header: &Header, body: &Value) -> Result<Encoded, EncodeError> {
    check_body(body, DEEPEST)?;
    let body = body.to_string();
    let mut line = Map::new();
    line.insert("format".to_owned(), FORMAT.into());
    line.insert("formatVersion".to_owned(), FORMAT_VERSION.into());
    header.write_into(&mut line);
    line.insert("bodyLength".to_owned(), body.len().into());
    let mut text = Value::Object(line).to_string();
    // The closing brace comes back after the checksum, which is the last member of the line.
    text.pop();
    let check = checksum(&text, &body);
    text.push_str(&format!("{CHECK}{check:08x}{END}\n"));
    text.push_str(&body);
    Ok(Encoded { text, check })
}

/// Reads the header and the checksum of a stored text.
pub(super) fn read_stamped(text: &str) -> Result<(Header, u32), RecordError> {
    let frame = Frame::read(text)?;
    let check = frame.check;
    Ok((frame.header()?, check))
}

/// Whether the body of a record whose checksum holds is JSON at all. A slot may be written over only when this is so;
/// building the whole value at each save would cost several times as much.
pub(super) fn check_syntax(text: &str) -> Result<(), RecordError> {
    let body = text.split_once('\n').map_or("", |(_, body)| body);
    serde_json::from_str::<IgnoredAny>(body).map(|_| ()).map_err(|_| RecordError::Damaged(Fault::Body))
}

/// CRC-32 over the line up to the checksum, the line break, and the body.
fn checksum(line: &str, body: &str) -> u32 {
    crc32(&[line.as_bytes(), b"\n", body.as_bytes()])
}

/// A record of this version whose checksum and length hold.
struct Frame<'a> {
    fields: Map<String, Value>,
    check: u32,
    body: &'a str,
}

impl<'a> Frame<'a> {
    fn read(text: &'a str) -> Result<Self, RecordError> {
        const HEADER: RecordError = RecordError::Damaged(Fault::Header);
        if !text.starts_with(OPENING) {
            return Err(RecordError::NotARecord);
        }
        let (line, body) = text.split_once('\n').ok_or(RecordError::Damaged(Fault::Cut))?;
        let (covered, digits) = line
            .strip_suffix(END)
            .and_then(|line| line.rsplit_once(CHECK))
            .ok_or(RecordError::Damaged(Fault::Changed))?;
        let check = checksum(covered, body);
        // Compared as text: the checksum does not cover its own digits, so they may have one spelling only.
        if digits != format!("{check:08x}") {
            let missing = announced_length(line).is_some_and(|length| length > body.len());
            return Err(RecordError::Damaged(if missing { Fault::Cut } else { Fault::Changed }));
        }
        let mut fields: Map<String, Value> = serde_json::from_str(line).map_err(|_| HEADER)?;
        let version = fields.remove("formatVersion").and_then(|version| version.as_u64()).ok_or(HEADER)?;
        if version > FORMAT_VERSION {
            return Err(RecordError::Newer { version });
        }
        let length = fields.remove("bodyLength").and_then(|length| length.as_u64()).ok_or(HEADER)?;
        if version != FORMAT_VERSION || length != body.len() as u64 {
            return Err(HEADER);
        }
        fields.remove("format");
        fields.remove("crc32");
        Ok(Self { fields, check, body })
    }

    fn header(self) -> Result<Header, RecordError> {
        Header::read_from(self.fields).ok_or(RecordError::Damaged(Fault::Header))
    }
}

/// The length that a line with a wrong checksum announces. Only good for telling a person what happened.
fn announced_length(line: &str) -> Option<usize> {
    let fields: Map<String, Value> = serde_json::from_str(line).ok()?;
    usize::try_from(fields.get("bodyLength")?.as_u64()?).ok()
}

/// Whether the body comes back as it is. What cannot be read again must not be called saved.
fn check_body(value: &Value, levels: usize) -> Result<(), EncodeError> {
    match value {
        Value::Null | Value::Bool(_) | Value::String(_) => Ok(()),
        Value::Number(number) => {
            let digits = number.as_str();
            // What the strict reader takes: a number of JSON that floating point can hold.
            let taken = is_json_number(digits) && float::nearest(digits).is_some();
            if taken { Ok(()) } else { Err(EncodeError::Number) }
        }
        Value::Array(items) => {
            let inner = levels.checked_sub(1).ok_or(EncodeError::TooDeep)?;
            items.iter().try_for_each(|item| check_body(item, inner))
        }
        Value::Object(fields) => {
            let inner = levels.checked_sub(1).ok_or(EncodeError::TooDeep)?;
            fields.values().try_for_each(|value| check_body(value, inner))
        }
    }
}
