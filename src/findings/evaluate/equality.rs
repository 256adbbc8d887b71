//! When two JSON values are equal: numbers by value, objects without regard to order. And how large a value is.

use serde_json::{Number, Value};

use super::decimal::Decimal;
use crate::sorting::{sort, sort_by};

/// A text that two values share exactly when they are equal in the sense of JSON Schema. The value must have passed
/// [`measure`], because this follows its nesting.
pub(super) fn key(value: &Value) -> String {
    let mut key = String::new();
    write_key(value, &mut key);
    key
}

fn write_key(value: &Value, key: &mut String) {
    match value {
        Value::Null => key.push('n'),
        Value::Bool(truth) => key.push(if *truth { 't' } else { 'f' }),
        Value::Number(number) => key.push_str(&number_key(number)),
        Value::String(text) => write_text(text, key),
        Value::Array(items) => {
            key.push('[');
            for item in items {
                write_key(item, key);
                key.push(',');
            }
            key.push(']');
        }
        Value::Object(map) => {
            let mut members: Vec<(&String, &Value)> = map.iter().collect();
            sort_by(&mut members, |(one, _), (other, _)| one.cmp(other));
            key.push('{');
            for (name, member) in members {
                write_text(name, key);
                write_key(member, key);
                key.push(',');
            }
            key.push('}');
        }
    }
}

fn number_key(number: &Number) -> String {
    match Decimal::of(number) {
        Some(decimal) => decimal.key(),
        None => format!("?{number}"),
    }
}

/// The length in front keeps two texts from being read as one.
fn write_text(text: &str, key: &mut String) {
    key.push('"');
    key.push_str(&text.len().to_string());
    key.push(':');
    key.push_str(text);
}

/// Listed values, found without comparing them one by one.
#[derive(Debug, Default)]
pub(super) struct Choices {
    /// The texts, sorted.
    texts: Vec<String>,
    /// The keys of everything else, sorted.
    keys: Vec<String>,
    /// Whether lists or objects are among them.
    nested: bool,
}

impl Choices {
    pub fn new<'a>(values: impl IntoIterator<Item = &'a Value>) -> Choices {
        let mut choices = Choices::default();
        for value in values {
            match value {
                Value::String(text) => choices.texts.push(text.clone()),
                other => {
                    choices.nested |= matches!(other, Value::Array(_) | Value::Object(_));
                    choices.keys.push(key(other));
                }
            }
        }
        sort(&mut choices.texts);
        sort(&mut choices.keys);
        choices
    }

    /// What exactly one of the lists has: a value in two branches of `oneOf` is in neither.
    pub fn of_one(lists: &[Vec<&Value>]) -> Choices {
        let mut all = Choices::default();
        for list in lists {
            let mut one = Choices::new(list.iter().copied());
            one.texts.dedup();
            one.keys.dedup();
            all.texts.append(&mut one.texts);
            all.keys.append(&mut one.keys);
            all.nested |= one.nested;
        }
        Choices { texts: singles(all.texts), keys: singles(all.keys), nested: all.nested }
    }

    pub fn has(&self, value: &Value) -> bool {
        let find = |keys: &Vec<String>, key: &str| keys.binary_search_by(|each| each.as_str().cmp(key)).is_ok();
        match value {
            Value::String(text) => find(&self.texts, text),
            Value::Array(_) | Value::Object(_) if !self.nested => false,
            other => !self.keys.is_empty() && find(&self.keys, &key(other)),
        }
    }
}

/// What occurs once, sorted.
fn singles(mut keys: Vec<String>) -> Vec<String> {
    sort(&mut keys);
    keys.chunk_by(|one, other| one == other).filter(|group| group.len() == 1).flatten().cloned().collect()
}

/// How many values a value is made of; `None` when they are nested deeper than `deepest`. It follows no nesting
/// itself, so that a hostile value cannot use up the stack.
pub(super) fn measure(value: &Value, deepest: usize) -> Option<usize> {
    let mut pending = vec![(value, 0)];
    let mut count: usize = 0;
    while let Some((value, depth)) = pending.pop() {
        count = count.saturating_add(1);
        if depth > deepest {
            return None;
        }
        match value {
            Value::Array(items) => pending.extend(items.iter().map(|item| (item, depth + 1))),
            Value::Object(map) => pending.extend(map.values().map(|member| (member, depth + 1))),
            _ => {}
        }
    }
    Some(count)
}
