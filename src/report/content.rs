//! What is kept of a report between sessions, and its form as JSON.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::items::Items;

/// What is kept of a report between sessions, beside its template. FORMAT.md, 2.6, defines it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Content {
    /// The answers.
    pub values: Value,
    /// The ids of items.
    pub items: Items,
    /// The highest number given so far under each numbered list, so that none is given twice.
    pub numbers: BTreeMap<String, u64>,
    /// Whether the report was started from a worked example.
    pub sample: bool,
    /// Whether the report identifier has left this browser and can change no more.
    pub identifier_fixed: bool,
}

impl Content {
    /// The content as JSON. The values are taken as they are, so that numbers keep their digits.
    pub fn to_json(&self) -> Value {
        let mut map = Map::new();
        map.insert("values".into(), self.values.clone());
        map.insert("items".into(), self.items.to_json());
        let numbers = self.numbers.iter().map(|(list, number)| (list.clone(), Value::from(*number)));
        map.insert("numbers".into(), Value::Object(numbers.collect()));
        map.insert("sample".into(), self.sample.into());
        map.insert("identifierFixed".into(), self.identifier_fixed.into());
        Value::Object(map)
    }

    /// Reads what [`Content::to_json`] wrote; `None` when anything is missing or of another kind.
    pub fn from_json(json: &Value) -> Option<Self> {
        let mut numbers = BTreeMap::new();
        for (list, number) in json.get("numbers")?.as_object()? {
            numbers.insert(list.clone(), number.as_u64()?);
        }
        Some(Self {
            values: json.get("values").filter(|values| values.is_object())?.clone(),
            items: Items::from_json(json.get("items")?)?,
            numbers,
            sample: json.get("sample")?.as_bool()?,
            identifier_fixed: json.get("identifierFixed")?.as_bool()?,
        })
    }
}
