//! What is wrong with a file that is not strict JSON, and where. No error carries text of the file, save the names
//! of keys.

use std::fmt;

use super::read::MEGABYTE;
use crate::template::Pointer;

/// A place in a text, counted from 1. A column is one character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The character in the line.
    pub column: usize,
}

impl Place {
    /// The place that follows `before`.
    pub(crate) fn after(before: &str) -> Self {
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Self { line, column }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// What has to stand at a place where something else stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Any value.
    Value,
    /// A key of an object.
    Key,
    /// The sign between key and value.
    Colon,
    /// The sign after an item of a list.
    CommaOrBracket,
    /// The sign after a value in an object.
    CommaOrBrace,
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Value => "a value",
            Self::Key => "a name in double quotes",
            Self::Colon => "a colon",
            Self::CommaOrBracket => "a comma or a closing bracket",
            Self::CommaOrBrace => "a comma or a closing brace",
        })
    }
}

/// Why bytes are not a JSON value that can be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// More bytes than the limit.
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// More values than the limit.
    TooManyValues {
        /// The limit.
        limit: usize,
    },
    /// Nothing but white space.
    Empty,
    /// UTF-16 or UTF-32.
    WideText,
    /// A byte that UTF-8 does not allow there.
    NotUtf8 {
        /// Which byte of the file, counted from 1.
        byte: usize,
        /// The same place in the text.
        place: Place,
    },
    /// The file stops before the value is whole.
    EndsEarly {
        /// The end of the file.
        place: Place,
    },
    /// Something else stands where one thing has to.
    Unexpected {
        /// What has to stand there.
        expected: Expected,
        /// Where.
        place: Place,
    },
    /// A number that JSON does not write so.
    BadNumber {
        /// The sign that is wrong.
        place: Place,
    },
    /// A number greater than 64-bit floating point can hold.
    NumberOutOfRange {
        /// Its beginning.
        place: Place,
    },
    /// A backslash with something that is no escape.
    BadEscape {
        /// The backslash.
        place: Place,
    },
    /// Half of a surrogate pair, which is no character.
    LoneSurrogate {
        /// The backslash of the escape.
        place: Place,
    },
    /// A control character that stands in a text as itself.
    ControlCharacter {
        /// Where.
        place: Place,
    },
    /// Two equal keys in one object.
    DuplicateKey {
        /// The key, after the keys of all that lies around it.
        key: Pointer,
        /// The second of the two.
        place: Place,
    },
    /// Deeper than the limit.
    TooDeep {
        /// The bracket that is one too many.
        place: Place,
        /// The limit.
        limit: usize,
    },
    /// More text after the value.
    TrailingText {
        /// Its beginning.
        place: Place,
    },
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { limit } => {
                write!(f, "This file is larger than {} MB, the most that is read.", limit / MEGABYTE)
            }
            Self::TooManyValues { limit } => {
                write!(f, "This file holds more than {limit} separate values, the most that is read.")
            }
            Self::Empty => write!(f, "This file is empty."),
            Self::WideText => {
                write!(f, "This file is not text in UTF-8 but in UTF-16 or UTF-32. Save it as UTF-8 and open it again.")
            }
            Self::NotUtf8 { byte, place } => {
                write!(f, "This file is not text in UTF-8: byte {byte} ({place}) cannot be read.")
            }
            Self::EndsEarly { place } => write!(f, "This file ends in the middle, at {place}."),
            Self::Unexpected { expected, place } => {
                write!(f, "This file is not JSON: at {place}, {expected} is expected.")
            }
            Self::BadNumber { place } => {
                write!(f, "This file is not JSON: at {place}, a number is not written as JSON writes numbers.")
            }
            Self::NumberOutOfRange { place } => {
                write!(f, "This file cannot be read: the number at {place} is out of range.")
            }
            Self::BadEscape { place } => {
                write!(
                    f,
                    "This file is not JSON: at {place}, a backslash is followed by something that it cannot stand before."
                )
            }
            Self::LoneSurrogate { place } => {
                write!(f, "This file cannot be read: at {place}, a text holds half a character (a lone surrogate).")
            }
            Self::ControlCharacter { place } => {
                write!(
                    f,
                    "This file is not JSON: at {place}, a text holds a control character, such as a line break or a tab, as itself."
                )
            }
            Self::DuplicateKey { key, place } => {
                write!(f, "This file cannot be read: \"{}\" stands twice in one object, again at {place}.", Short(key))
            }
            Self::TooDeep { place, limit } => {
                write!(
                    f,
                    "This file cannot be read: at {place}, lists and objects lie more than {limit} deep in each other."
                )
            }
            Self::TrailingText { place } => {
                write!(f, "This file cannot be read: more text follows after its end, at {place}.")
            }
        }
    }
}

impl std::error::Error for ReadError {}

impl ReadError {
    /// The same error, seen from around the value that has it.
    pub(crate) fn inside(self, token: &str) -> Self {
        match self {
            Self::DuplicateKey { key, place } => {
                let tokens = std::iter::once(token).chain(key.tokens().iter().map(String::as_str));
                Self::DuplicateKey { key: tokens.collect(), place }
            }
            other => other,
        }
    }
}

/// The end of a pointer: keys from outside may be of any length, and a message is one sentence.
struct Short<'a>(&'a Pointer);

impl fmt::Display for Short<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MOST: usize = 120;
        let text: Vec<char> = self.0.to_string().chars().collect();
        let skipped = text.len().saturating_sub(MOST);
        if skipped > 0 {
            write!(f, "…")?;
        }
        // A key may hold line breaks; the message stays one line.
        text.iter().skip(skipped).try_for_each(|c| write!(f, "{}", if c.is_control() { '\u{fffd}' } else { *c }))
    }
}
