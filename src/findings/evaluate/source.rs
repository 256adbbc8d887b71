//! The keywords of one subschema as typed values, or the fault that they have another form.

use serde_json::{Map, Value};

use super::decimal::Decimal;
use super::dialect::Dialect;
use super::error::{Fault, SchemaError};
use super::index::{NodeId, at};

pub(super) type Compiled<T> = Result<T, SchemaError>;

/// A subschema while its keywords are compiled.
#[derive(Clone, Copy)]
pub(super) struct Source<'s> {
    pub id: NodeId,
    pub document: usize,
    /// The text of the pointer to it.
    pub location: &'s str,
    pub schema: &'s Map<String, Value>,
    pub dialect: Dialect,
}

impl<'s> Source<'s> {
    /// Whether the dialect has a keyword.
    pub fn knows(self, keyword: &str) -> bool {
        self.dialect.keywords().any(|each| each.name == keyword)
    }

    /// Whether a keyword is the first of a group that is in the subschema, so that the group is compiled once.
    pub fn begins(self, keyword: &str, group: &[&str]) -> bool {
        let first = group.iter().find(|each| self.schema.contains_key(**each) && self.knows(each));
        first.is_some_and(|first| *first == keyword)
    }

    pub fn malformed(self, keyword: &'static str, want: &'static str) -> SchemaError {
        at(self.document, self.location, Fault::Malformed { keyword, want })
    }

    pub fn list<'v>(self, keyword: &'static str, value: &'v Value) -> Compiled<&'v Vec<Value>> {
        value.as_array().ok_or_else(|| self.malformed(keyword, "a list"))
    }

    pub fn text<'v>(self, keyword: &'static str, value: &'v Value) -> Compiled<&'v str> {
        value.as_str().ok_or_else(|| self.malformed(keyword, "a text"))
    }

    pub fn number(self, keyword: &'static str, value: &Value) -> Compiled<Decimal> {
        let number = if let Value::Number(number) = value { Decimal::of(number) } else { None };
        number.ok_or_else(|| self.malformed(keyword, "a number"))
    }

    pub fn count(self, keyword: &'static str, value: &Value) -> Compiled<usize> {
        let count = self.number(keyword, value).ok().and_then(|number| number.to_count());
        count.ok_or_else(|| self.malformed(keyword, "a whole number that is not negative"))
    }

    pub fn count_if_there(self, keyword: &'static str) -> Compiled<Option<usize>> {
        let value = self.schema.get(keyword).filter(|_| self.knows(keyword));
        value.map(|value| self.count(keyword, value)).transpose()
    }

    pub fn names(self, keyword: &'static str, value: &Value) -> Compiled<Vec<String>> {
        let names =
            value.as_array().and_then(|list| list.iter().map(|each| each.as_str().map(str::to_owned)).collect());
        names.ok_or_else(|| self.malformed(keyword, "a list of property names"))
    }

    pub fn name_lists(self, keyword: &'static str, value: &Value) -> Compiled<Vec<(String, Vec<String>)>> {
        let Value::Object(members) = value else {
            return Err(self.malformed(keyword, "an object of lists of property names"));
        };
        members.iter().map(|(property, list)| Ok((property.clone(), self.names(keyword, list)?))).collect()
    }
}
