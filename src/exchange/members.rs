//! Taking the members of an object one by one, by name and type, until only unknown ones are left.

use serde_json::{Map, Value};

use super::digest::{Digest, digest_of_object};
use super::envelope::EnvelopeError;
use super::number::MOST_EXACT;
use super::{canon::CanonError, time, uuid};
use crate::template::Pointer;

/// An object that is being read. Each function takes one member out.
pub(crate) struct Members {
    members: Map<String, Value>,
    at: Pointer,
}

impl Members {
    /// The members of an object that stands at `at`.
    pub(crate) fn new(members: Map<String, Value>, at: Pointer) -> Self {
        Self { members, at }
    }

    /// A member without taking it.
    pub(crate) fn peek(&self, name: &str) -> Option<&Value> {
        self.members.get(name)
    }

    /// The digest of what has not been taken yet.
    pub(crate) fn digest_of_rest(&self) -> Result<Digest, CanonError> {
        digest_of_object(&self.members)
    }

    /// What has not been taken, in the order in which it stands.
    pub(crate) fn rest(self) -> Map<String, Value> {
        self.members
    }

    /// Any value.
    pub(crate) fn optional(&mut self, name: &str) -> Option<Value> {
        // The plain `remove` would move the last member into the gap and change the order of the rest.
        self.members.shift_remove(name)
    }

    fn take(&mut self, name: &str) -> Result<Value, EnvelopeError> {
        self.optional(name).ok_or_else(|| EnvelopeError::Missing { at: self.at.child(name) })
    }

    fn wrong(&self, name: &str, expected: &'static str) -> EnvelopeError {
        EnvelopeError::IllTyped { at: self.at.child(name), expected }
    }

    /// A text.
    pub(crate) fn text(&mut self, name: &str) -> Result<String, EnvelopeError> {
        match self.take(name)? {
            Value::String(text) => Ok(text),
            _ => Err(self.wrong(name, "a text")),
        }
    }

    /// A text that `read` understands.
    pub(crate) fn text_as<T>(
        &mut self,
        name: &str,
        expected: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, EnvelopeError> {
        match self.take(name)? {
            Value::String(text) => read(&text).ok_or_else(|| self.wrong(name, expected)),
            _ => Err(self.wrong(name, expected)),
        }
    }

    /// A digest.
    pub(crate) fn digest(&mut self, name: &str) -> Result<Digest, EnvelopeError> {
        self.text_as(name, "a digest (sha256: and 64 hexadecimal digits in lower case)", Digest::parse)
    }

    /// A digest that may be absent.
    pub(crate) fn optional_digest(&mut self, name: &str) -> Result<Option<Digest>, EnvelopeError> {
        if self.members.contains_key(name) { self.digest(name).map(Some) } else { Ok(None) }
    }

    /// A JSON Pointer.
    pub(crate) fn pointer(&mut self, name: &str) -> Result<Pointer, EnvelopeError> {
        self.text_as(name, "a JSON Pointer", |text| Pointer::parse(text).ok())
    }

    /// A UUID.
    pub(crate) fn uuid(&mut self, name: &str) -> Result<String, EnvelopeError> {
        self.text_as(name, "a UUID in lower case", |text| uuid::is_uuid(text).then(|| text.to_owned()))
    }

    /// A time in UTC, kept as the text that it is.
    pub(crate) fn utc(&mut self, name: &str) -> Result<String, EnvelopeError> {
        self.text_as(name, "a time in UTC such as 2026-11-20T14:05:00Z", |text| {
            time::parse_utc(text).map(|_| text.to_owned())
        })
    }

    /// A whole number from `least` up, small enough for every reader.
    pub(crate) fn count(&mut self, name: &str, least: u64) -> Result<u64, EnvelopeError> {
        match self.take(name)?.as_u64() {
            Some(number) if (least..=MOST_EXACT).contains(&number) => Ok(number),
            _ if least == 0 => Err(self.wrong(name, "a whole number")),
            _ => Err(self.wrong(name, "a whole number from 1 up")),
        }
    }

    /// True or false.
    pub(crate) fn flag(&mut self, name: &str) -> Result<bool, EnvelopeError> {
        match self.take(name)? {
            Value::Bool(flag) => Ok(flag),
            _ => Err(self.wrong(name, "true or false")),
        }
    }

    /// An object as it is.
    pub(crate) fn object(&mut self, name: &str) -> Result<Map<String, Value>, EnvelopeError> {
        match self.take(name)? {
            Value::Object(members) => Ok(members),
            _ => Err(self.wrong(name, "an object")),
        }
    }

    /// An object whose members are taken in turn.
    pub(crate) fn members(&mut self, name: &str) -> Result<Self, EnvelopeError> {
        Ok(Self::new(self.object(name)?, self.at.child(name)))
    }

    /// A list of objects, each read by `read`.
    pub(crate) fn list<T>(
        &mut self,
        name: &str,
        read: impl Fn(Self) -> Result<T, EnvelopeError>,
    ) -> Result<Vec<T>, EnvelopeError> {
        let Value::Array(items) = self.take(name)? else {
            return Err(self.wrong(name, "a list"));
        };
        let list = self.at.child(name);
        let one = |(index, item): (usize, Value)| match item {
            Value::Object(members) => read(Self::new(members, list.child(index))),
            _ => Err(EnvelopeError::IllTyped { at: list.child(index), expected: "an object" }),
        };
        items.into_iter().enumerate().map(one).collect()
    }
}
