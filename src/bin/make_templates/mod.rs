//! From the catalogue of reports to template documents: JSON Schema 2020-12 with `x-form` hints.
//!
//! Pure apart from reading three files: the catalogue and its rules, which are copies of the design and are never
//! edited here, and `presentation.json`, which adds only what a reader sees. The same files give the same bytes.

mod branch;
mod catalogue;
mod condition;
mod constraint;
mod document;
mod field;
mod kind;
mod node;
mod presentation;
mod print;
mod rules;
mod section;
mod value;

use std::fmt;
use std::path::Path;

use serde::de::DeserializeOwned;
use serde_json::Value;

use catalogue::Catalogue;
use presentation::Presentation;
use rules::RuleBook;

/// The letters of the templates whose documents are kept in the repository.
pub const COMMITTED: [&str; 1] = ["CC"];

/// What the templates are made from.
pub struct Sources {
    /// Fields, codelists, formats and worked examples.
    pub catalogue: Catalogue,
    /// Conditions, calculations, filters and cross-field rules.
    pub rules: RuleBook,
    /// What is only for the eye: item titles, summaries, widths, introductions.
    pub look: Presentation,
}

impl Sources {
    /// Reads the three files of a folder.
    ///
    /// # Errors
    /// When one of them cannot be read or has not the expected form.
    pub fn read(folder: &Path) -> Result<Self, MakeError> {
        Ok(Self {
            catalogue: read(folder, "reports-catalogue.json")?,
            rules: read(folder, "report-rules.json")?,
            look: read(folder, "presentation.json")?,
        })
    }
}

fn read<T: DeserializeOwned>(folder: &Path, name: &str) -> Result<T, MakeError> {
    let text = std::fs::read_to_string(folder.join(name))
        .map_err(|source| MakeError::File { name: name.to_owned(), source })?;
    serde_json::from_str(&text).map_err(|source| MakeError::Json { name: name.to_owned(), source })
}

/// The document of one template.
///
/// # Errors
/// When the catalogue says something that this program does not understand, or the presentation names a field
/// that does not exist.
pub fn document(sources: &Sources, letters: &str) -> Result<Value, MakeError> {
    document::document(sources, letters)
}

/// The file name and the text of one template.
///
/// # Errors
/// As for [`document`].
pub fn file(sources: &Sources, letters: &str) -> Result<(String, String), MakeError> {
    let template = sources.catalogue.template(letters)?;
    Ok((format!("{}.json", template.id), print::text(&document(sources, letters)?)))
}

/// Why no template could be made.
#[derive(Debug)]
pub enum MakeError {
    /// A file could not be read or written.
    File {
        /// Its name.
        name: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file is not JSON of the expected form.
    Json {
        /// Its name.
        name: String,
        /// Where and why.
        source: serde_json::Error,
    },
    /// The catalogue or the presentation says something that is not understood.
    Content {
        /// The template and field concerned.
        place: String,
        /// What is wrong there.
        reason: String,
    },
}

impl MakeError {
    fn content(place: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Content { place: place.into(), reason: reason.into() }
    }
}

impl fmt::Display for MakeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { name, source } => write!(f, "{name}: {source}"),
            Self::Json { name, source } => write!(f, "{name}: {source}"),
            Self::Content { place, reason } => write!(f, "{place}: {reason}"),
        }
    }
}

impl std::error::Error for MakeError {}
