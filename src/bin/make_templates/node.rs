//! A schema and its hints while they are put together, and the order in which they are written.

use serde_json::{Map, Value};

/// A schema and its hints, on the way.
#[derive(Default)]
pub struct Node {
    /// Keywords of JSON Schema.
    pub schema: Map<String, Value>,
    /// Keys of `x-form`.
    pub hints: Map<String, Value>,
    /// Texts by keyword.
    pub messages: Map<String, Value>,
}

/// The order in which keywords are written.
const KEYWORDS: &str = "title type $ref const default readOnly oneOf anyOf format pattern minLength maxLength minimum \
    exclusiveMinimum maximum minItems maxItems uniqueItems items required properties allOf";

/// The order in which hints are written.
const HINTS: &str = "widget hint why unit width pair itemTitle summary showIf requiredIf calculate with set ref filter \
    codelist type messages personalData";

impl Node {
    /// Sets a keyword.
    pub fn keyword(&mut self, name: &str, value: impl Into<Value>) {
        self.schema.insert(name.to_owned(), value.into());
    }

    /// Sets a hint.
    pub fn hint(&mut self, name: &str, value: impl Into<Value>) {
        self.hints.insert(name.to_owned(), value.into());
    }

    /// Sets the text for a keyword.
    pub fn message(&mut self, keyword: &str, text: &str) {
        self.messages.insert(keyword.to_owned(), text.into());
    }

    /// The schema with its hints.
    pub fn finish(mut self) -> Value {
        if !self.messages.is_empty() {
            self.hints.insert("messages".to_owned(), self.messages.into());
        }
        put_in_order(&mut self.schema, KEYWORDS);
        put_in_order(&mut self.hints, HINTS);
        if !self.hints.is_empty() {
            self.schema.insert("x-form".to_owned(), self.hints.into());
        }
        self.schema.into()
    }
}

/// Moves the known keys to the front, in this order, so that documents are alike.
fn put_in_order(map: &mut Map<String, Value>, order: &str) {
    let known = order.split_whitespace().filter_map(|name| map.shift_remove_entry(name));
    let mut ordered: Map<String, Value> = known.collect();
    ordered.append(map);
    *map = ordered;
}
