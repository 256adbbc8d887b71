//! The templates of this browser, read and compiled once.

use std::fmt;
use std::sync::Arc;

use crate::exchange::read::{Limits, ReadError, read_json};
use crate::findings::evaluate::{Evaluator, SchemaError};
use crate::findings::{RuleError, Rules};
use crate::store::TemplateRef;
use crate::store::draft::template_ref;
use crate::template::{Template, TemplateError};

/// A template with its compiled schema and its rules.
#[derive(Clone)]
pub struct Loaded {
    /// The template.
    pub template: Arc<Template>,
    /// Its compiled schema.
    pub evaluator: Arc<Evaluator>,
    /// Its cross-field rules.
    pub rules: Arc<Rules>,
    /// Its id, version and digest.
    pub reference: TemplateRef,
}

/// A document that is no template, with the reason.
#[derive(Debug)]
pub enum LoadError {
    /// It is no JSON that can be read.
    Read(ReadError),
    /// It cannot be drawn.
    Template(TemplateError),
    /// Its schema cannot be compiled.
    Schema(SchemaError),
    /// Its rules cannot be used.
    Rules(RuleError),
    /// No digest can be taken of it.
    Digest,
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(error) => error.fmt(f),
            Self::Template(error) => error.fmt(f),
            Self::Schema(error) => error.fmt(f),
            Self::Rules(error) => error.fmt(f),
            Self::Digest => write!(f, "No digest can be taken of this template."),
        }
    }
}

impl std::error::Error for LoadError {}

impl Loaded {
    /// Reads and compiles a template.
    ///
    /// # Errors
    /// When the bytes are no template; the error names the reason and the place.
    pub fn read(bytes: &[u8]) -> Result<Self, LoadError> {
        let document = read_json(bytes, &Limits::TEMPLATE).map_err(LoadError::Read)?;
        // A date of the right form may still be missing in the calendar, which only `format` can say.
        let evaluator = Evaluator::new(&document, &[]).map_err(LoadError::Schema)?.asserting_formats();
        let template = Template::read(document).map_err(LoadError::Template)?;
        let rules = Rules::read(&template).map_err(LoadError::Rules)?;
        let reference = template_ref(&template).map_err(|_| LoadError::Digest)?;
        Ok(Self { template: Arc::new(template), evaluator: Arc::new(evaluator), rules: Arc::new(rules), reference })
    }
}
