//! The catalogue as read: sections with their rows, codelists, formats, worked examples.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::MakeError;

/// The whole catalogue. Its own lists of conditions, rules and privacy patterns are not read here.
#[derive(Deserialize)]
pub struct Catalogue {
    /// Sections that every template has.
    pub common: Vec<Section>,
    /// Templates by their letters.
    pub templates: BTreeMap<String, Template>,
    /// Codelists by slug.
    pub codelists: BTreeMap<String, Codelist>,
    /// Patterns by the name of the format.
    pub formats: BTreeMap<String, String>,
    /// Worked examples by the letters of their template, unchanged.
    pub examples: BTreeMap<String, Value>,
}

/// One template.
#[derive(Deserialize)]
pub struct Template {
    /// Identifier, such as `criminal-case`.
    pub id: String,
    /// Title shown to the officer.
    pub title: String,
    /// What the report is for, one sentence.
    pub purpose: String,
    /// Its own sections, in order.
    pub sections: Vec<Section>,
}

/// One section.
#[derive(Deserialize)]
pub struct Section {
    /// Property of the report.
    pub key: String,
    /// Heading.
    pub title: String,
    /// `object`, or `array` with the smallest and largest number of items.
    pub shape: String,
    /// Its fields, in order.
    pub fields: Vec<Row>,
}

/// One row of a field table. A dash stands for "nothing".
#[derive(Deserialize, Clone)]
pub struct Row {
    /// Property of the section or item.
    pub key: String,
    /// Label.
    pub title: String,
    /// Help shown under the label.
    #[serde(default = "dash")]
    pub hint: String,
    /// Type in the language of the field tables.
    #[serde(rename = "type")]
    pub kind: String,
    /// Codelist, or several separated by semicolons.
    #[serde(default = "dash")]
    pub cl: String,
    /// R required, O optional, C conditional, D set by the application.
    #[serde(default = "optional")]
    pub req: String,
    /// Smallest and largest number of items.
    #[serde(default = "dash")]
    pub repeat: String,
    /// Constraint and message.
    #[serde(default = "dash")]
    pub cons: String,
    /// Personal data: N, O, M (scanned) or P.
    #[serde(default = "dash")]
    pub pd: String,
    /// Drawing hints; only rows of the presentation carry them.
    #[serde(default)]
    pub look: serde_json::Map<String, Value>,
}

fn dash() -> String {
    "-".to_owned()
}

fn optional() -> String {
    "O".to_owned()
}

/// One codelist: rows of code, label and note.
#[derive(Deserialize)]
pub struct Codelist {
    /// Its title.
    pub title: String,
    /// Where it comes from.
    pub source: String,
    /// Under which terms.
    pub licence: String,
    /// Code, label, note.
    pub rows: Vec<(String, String, String)>,
}

impl Catalogue {
    /// The template with these letters.
    pub fn template(&self, letters: &str) -> Result<&Template, MakeError> {
        self.templates
            .get(letters)
            .ok_or_else(|| MakeError::content(letters, "there is no template with these letters"))
    }

    /// The sections of a template in the order of a report: four common ones, its own, the other common ones.
    pub fn sections(&self, letters: &str) -> Result<Vec<&Section>, MakeError> {
        let own = &self.template(letters)?.sections;
        let (first, last): (Vec<_>, Vec<_>) =
            self.common.iter().partition(|s| ["header", "handling", "officer", "clearance"].contains(&s.key.as_str()));
        Ok(first.into_iter().chain(own).chain(last).collect())
    }
}

impl Section {
    /// The smallest and largest number of items; `None` for a section that is one object.
    pub fn repeat(&self) -> Result<Option<(u64, u64)>, MakeError> {
        match self.shape.strip_prefix("array ") {
            Some(range) => range_of(range).map(Some).ok_or_else(|| MakeError::content(&self.key, "unknown shape")),
            None if self.shape == "object" => Ok(None),
            None => Err(MakeError::content(&self.key, "unknown shape")),
        }
    }
}

/// Reads `0..30`.
pub fn range_of(text: &str) -> Option<(u64, u64)> {
    let (min, max) = text.split_once("..")?;
    Some((min.parse().ok()?, max.parse().ok()?))
}

/// The text of a cell; `None` for a dash.
pub fn cell(text: &str) -> Option<&str> {
    (text != "-").then_some(text)
}
