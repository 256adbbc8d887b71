//! `presentation.json`: what the catalogue leaves open and a reader sees. Nothing here decides what is valid, save
//! for the shared types, which the design describes in words and which stand here as rows.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::catalogue::{Catalogue, Row};
use super::{MakeError, RuleBook};

/// Drawing hints of a field. Keys that are no hint: `keys` (rows of an inline object), `shared` (the shared type
/// that an inline object is), `ownWords` (false for words that are not the post's own), `messages`.
pub type Look = Map<String, Value>;

/// The whole file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Presentation {
    /// Version of the templates.
    pub version: String,
    /// Words of the catalogue and the words that the officer reads instead.
    pub wording: Vec<(String, String)>,
    /// Messages of the named formats, and the formats that the catalogue does not have.
    pub formats: BTreeMap<String, Format>,
    /// Titles of the codes that stand in a type.
    pub choices: BTreeMap<String, String>,
    /// What a reference points to. `person@EX` holds for the template EX only.
    pub references: BTreeMap<String, Reference>,
    /// Types used in several places.
    pub shared: BTreeMap<String, Shared>,
    /// What is special about a codelist.
    pub lists: BTreeMap<String, List>,
    /// Why a conditional field is asked, by the name of its condition.
    pub why: BTreeMap<String, String>,
    common: BTreeMap<String, SectionLook>,
    templates: BTreeMap<String, TemplateLook>,
}

/// A named format.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Format {
    /// Its pattern, if the catalogue has none.
    pub pattern: Option<String>,
    /// `format` of JSON Schema, if there is one.
    pub format: Option<String>,
    /// The widget that suits it.
    pub widget: Option<String>,
    /// The longest text, when the pattern sets no limit.
    #[serde(rename = "maxLength")]
    pub longest: Option<u64>,
    /// What is said when a text does not fit.
    pub message: String,
}

/// Where the options of a reference come from.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// The format of the key.
    pub format: String,
    /// An array of the report, or `workspace`.
    pub from: String,
    /// The property that is stored.
    pub key: String,
    /// How an option reads.
    pub label: String,
    /// The mark of the text that holds the key, if rules need one.
    pub mark: Option<String>,
    /// The widget that suits it.
    pub widget: Option<String>,
}

/// A type used in several places.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shared {
    /// Its name in `$defs`, when a codelist has its own name already.
    pub def: Option<String>,
    /// Its title.
    pub title: String,
    /// Its hints.
    #[serde(default)]
    pub look: Look,
    /// What one of several is called.
    #[serde(rename = "itemTitle")]
    pub item_title: String,
    /// One line for each of several.
    pub summary: String,
    /// The widget of a list of them.
    #[serde(rename = "listWidget")]
    pub list_widget: Option<String>,
    /// Its keys.
    pub fields: Vec<Row>,
}

/// What is special about a codelist.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// The pattern of other values, for a list that is only offered.
    pub open: Option<String>,
    /// What is said when a text fits neither.
    pub message: Option<String>,
    /// Rows that the catalogue asks for in words.
    #[serde(default)]
    pub more: Vec<(String, String, String)>,
    /// Whether its notes are remarks of the editors.
    #[serde(default, rename = "notesAreInternal")]
    pub notes_are_internal: bool,
}

/// What is special about a section.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct SectionLook {
    /// The caption in the section list under which it stands.
    pub part: Option<String>,
    /// One sentence of what belongs there.
    pub hint: Option<String>,
    /// What one item is called.
    #[serde(rename = "itemTitle")]
    pub item_title: Option<String>,
    /// One line for each item.
    pub summary: Option<String>,
    /// The widget of the whole section.
    pub widget: Option<String>,
    /// The fields that are drawn first, in this order.
    #[serde(default)]
    pub order: Vec<String>,
    /// Its fields.
    #[serde(default)]
    pub fields: BTreeMap<String, Look>,
}

/// What is special about a template.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct TemplateLook {
    /// The caption for its own sections.
    pub part: String,
    /// The sentence shown where a template is chosen.
    pub purpose: String,
    /// Its own sections.
    #[serde(default)]
    pub sections: BTreeMap<String, SectionLook>,
}

impl Presentation {
    /// The look of a template.
    pub fn template(&self, letters: &str) -> Result<&TemplateLook, MakeError> {
        self.templates.get(letters).ok_or_else(|| MakeError::content(letters, "presentation.json has no such template"))
    }

    /// The look of a section, common or of the template.
    pub fn section(&self, letters: &str, key: &str) -> Option<&SectionLook> {
        self.common.get(key).or_else(|| self.templates.get(letters)?.sections.get(key))
    }

    /// What a reference points to in a template.
    pub fn reference(&self, letters: &str, name: &str) -> Option<&Reference> {
        self.references.get(&format!("{name}@{letters}")).or_else(|| self.references.get(name))
    }

    /// A text in the words that the officer reads.
    pub fn say(&self, text: &str) -> String {
        self.wording.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
    }

    /// Checks that every section, field, codelist and condition named here exists.
    pub fn check(&self, catalogue: &Catalogue, rules: &RuleBook) -> Result<(), MakeError> {
        let looks = self.common.iter().map(|(key, look)| (None, key, look));
        let own = self
            .templates
            .iter()
            .flat_map(|(letters, t)| t.sections.iter().map(move |(key, look)| (Some(letters.as_str()), key, look)));
        for (letters, key, look) in looks.chain(own) {
            let sections = match letters {
                None => &catalogue.common,
                Some(letters) => &catalogue.template(letters)?.sections,
            };
            let place = format!("presentation.json, {} {key}", letters.unwrap_or("common"));
            let section = sections.iter().find(|section| &section.key == key);
            let section = section.ok_or_else(|| MakeError::content(&place, "there is no such section"))?;
            for name in look.fields.keys().chain(&look.order) {
                if !section.fields.iter().any(|row| &row.key == name) {
                    return Err(MakeError::content(&place, format!("there is no field {name}")));
                }
            }
        }
        if let Some(list) = self.lists.keys().find(|list| !catalogue.codelists.contains_key(*list)) {
            return Err(MakeError::content("presentation.json, lists", format!("there is no codelist {list}")));
        }
        match self.why.keys().find(|name| !rules.has_condition(name)) {
            Some(name) => Err(MakeError::content("presentation.json, why", format!("there is no condition {name}"))),
            None => Ok(()),
        }
    }
}
