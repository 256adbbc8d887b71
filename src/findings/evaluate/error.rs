//! Why a schema document cannot be used, with the place.

use std::fmt;

use crate::template::Pointer;

/// A fault in a schema document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaError {
    /// Which document: 0 is the template, `n` is the `n`th document given beside it.
    pub document: usize,
    /// The subschema that holds the fault.
    pub location: Pointer,
    /// What the fault is.
    pub fault: Fault,
}

/// The kinds of fault in a schema document.
#[expect(missing_docs, reason = "a variant says what its fields are")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A schema is an object, `true` or `false`; this is something else.
    NotASchema,
    /// A keyword has a value that it cannot have.
    Malformed { keyword: &'static str, want: &'static str },
    /// `$schema` names a draft or a meta-schema that is not known.
    UnknownDraft { named: String },
    /// The meta-schema requires a vocabulary that is not known.
    UnknownVocabulary { named: String },
    /// A reference leads to a document that is neither embedded nor given.
    MissingDocument { named: String },
    /// A reference leads to a place that does not exist in its document.
    MissingPlace { reference: String },
    /// The subschema leads back to itself without going one step into the value, so that no check could end.
    Loop,
    /// The document is nested too deeply.
    TooDeep,
}

impl fmt::Display for SchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { location, fault, .. } = self;
        match fault {
            Fault::NotASchema => write!(f, "a schema must be an object, true or false")?,
            Fault::Malformed { keyword, want } => write!(f, "\"{keyword}\" must be {want}")?,
            Fault::UnknownDraft { named } => write!(
                f,
                "\"$schema\" names \"{named}\", which is not known; drafts 04, 06, 07, 2019-09 and 2020-12 can be read"
            )?,
            Fault::UnknownVocabulary { named } => write!(f, "the vocabulary \"{named}\" is required but not known")?,
            Fault::MissingDocument { named } => {
                write!(
                    f,
                    "the document \"{named}\" is missing; embed it in this one under \"$defs\" with its \"$id\""
                )?;
            }
            Fault::MissingPlace { reference } => write!(f, "the reference \"{reference}\" leads to nothing")?,
            Fault::Loop => write!(f, "the schema leads back to itself, so that no value could ever be checked")?,
            Fault::TooDeep => write!(f, "the document is nested too deeply")?,
        }
        match location.last() {
            None => write!(f, " (at the top of the document)"),
            Some(_) => write!(f, " (at {location})"),
        }
    }
}

impl std::error::Error for SchemaError {}
