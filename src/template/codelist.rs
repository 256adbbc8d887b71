//! Labelled values: the closed lists a choice is made from.

use serde_json::Value;

/// One entry of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What is stored.
    pub value: Value,
    /// What is read.
    pub title: String,
    /// A sentence that explains the entry.
    pub note: Option<String>,
}

impl Entry {
    /// The code as text; a number or truth value in its JSON form.
    pub fn code(&self) -> String {
        match &self.value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        }
    }

    /// The entry as an expression sees it under the name `option`.
    pub fn as_option(&self) -> Value {
        let mut option = serde_json::Map::new();
        option.insert("value".into(), self.value.clone());
        option.insert("title".into(), Value::String(self.title.clone()));
        if let Some(note) = &self.note {
            option.insert("note".into(), Value::String(note.clone()));
        }
        Value::Object(option)
    }
}

/// A list of entries in the order of the template.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Codelist {
    entries: Vec<Entry>,
}

impl Codelist {
    /// Reads `oneOf` or `anyOf` of constants with titles, or `enum`. `None` when the subschema is no such list.
    pub fn read(schema: &Value) -> Option<Self> {
        let branches = schema.get("oneOf").or_else(|| schema.get("anyOf"));
        let entries = match (branches, schema.get("enum")) {
            (Some(branches), _) => branches.as_array()?.iter().map(labelled).collect::<Option<Vec<_>>>()?,
            (None, Some(values)) => values.as_array()?.iter().map(plain).collect(),
            (None, None) => return None,
        };
        (!entries.is_empty()).then_some(Self { entries })
    }

    /// All entries.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry that stores this value.
    pub fn find(&self, value: &Value) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.value == *value)
    }

    /// The title of a code.
    pub fn title(&self, code: &str) -> Option<&str> {
        self.entries.iter().find(|entry| entry.value == code).map(|entry| entry.title.as_str())
    }

    /// The entry that typed text names: its title, letter case ignored, or its code as it is written.
    pub fn named(&self, text: &str) -> Option<&Entry> {
        let text = text.trim();
        let same = |other: &str| other.to_lowercase() == text.to_lowercase();
        let by_title = self.entries.iter().find(|entry| same(&entry.title));
        by_title.or_else(|| self.entries.iter().find(|entry| entry.code() == text))
    }
}

fn labelled(branch: &Value) -> Option<Entry> {
    let value = branch.get("const")?.clone();
    let text = |key: &str| branch.get(key).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned);
    let title = text("title").unwrap_or_else(|| plain(&value).title);
    Some(Entry { value, title, note: text("description") })
}

fn plain(value: &Value) -> Entry {
    let title = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    Entry { value: value.clone(), title, note: None }
}
