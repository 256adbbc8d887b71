//! What an evaluation gives, and how a message is filled with it.

use serde_json::Value;

/// What an expression gave at a place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    pub(super) value: Option<Value>,
    /// The evaluation reached a limit and ended without a value. To be told as "could not be checked", never as
    /// "nothing found".
    pub stopped: bool,
    /// The steps it took, for the limit on a check of a whole report.
    pub steps: u32,
}

impl Outcome {
    /// Whether it is true. Anything else counts as false in a condition.
    pub fn is_true(&self) -> bool {
        self.value == Some(Value::Bool(true))
    }

    /// Whether there is no value.
    pub fn is_absent(&self) -> bool {
        self.value.is_none()
    }

    /// The value, numbers in their shortest decimal form.
    pub fn value(&self) -> Option<&Value> {
        self.value.as_ref()
    }

    /// The value, numbers in their shortest decimal form.
    pub fn into_value(self) -> Option<Value> {
        self.value
    }

    /// The value as it is put into a message: a text as it is, a number in its shortest form, a list with commas,
    /// nothing as a dash.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        match &self.value {
            Some(value) => push_text(value, &mut text),
            None => text.push(DASH),
        }
        text
    }
}

const DASH: char = '–';

fn push_text(value: &Value, text: &mut String) {
    match value {
        Value::String(value) => text.push_str(value),
        Value::Number(number) => text.push_str(number.as_str()),
        Value::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    text.push_str(", ");
                }
                push_text(item, text);
            }
        }
        // An object has no short text.
        Value::Null | Value::Object(_) => text.push(DASH),
    }
}

/// Puts values into a message: each `{name}` is replaced by what `names` gives for it. A name that `names` does not
/// know, and a brace that encloses no name, stay as they are.
pub fn fill(message: &str, mut names: impl FnMut(&str) -> Option<Outcome>) -> String {
    let mut filled = String::with_capacity(message.len());
    for (name, piece) in pieces(message) {
        match name.and_then(&mut names) {
            Some(outcome) => filled.push_str(&outcome.to_text()),
            None => filled.push_str(piece),
        }
    }
    filled
}

/// The names that a message has places for, in order.
pub fn placeholders(message: &str) -> impl Iterator<Item = &str> {
    pieces(message).filter_map(|(name, _)| name)
}

/// A message in pieces: each is a text, or a placeholder with its name.
fn pieces(message: &str) -> impl Iterator<Item = (Option<&str>, &str)> {
    let mut rest = message;
    std::iter::from_fn(move || {
        let (name, length) = match placeholder(rest) {
            Some(name) => (Some(name), name.len() + 2),
            // A text goes up to the next brace; a brace that begins no placeholder is part of it.
            None => (None, rest.char_indices().skip(1).find(|(_, c)| *c == '{').map_or(rest.len(), |(at, _)| at)),
        };
        let (piece, after) = rest.split_at_checked(length)?;
        rest = after;
        (!piece.is_empty()).then_some((name, piece))
    })
}

/// The name in braces at the beginning of a text.
fn placeholder(text: &str) -> Option<&str> {
    let (name, _) = text.strip_prefix('{')?.split_once('}')?;
    let is_name = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    (is_name && name.starts_with(|c: char| !c.is_ascii_digit())).then_some(name)
}
