//! The expression language of conditions, calculations, filters and rules: parsed once, evaluated at any place of a
//! report, and asked what it depends on. It cannot change anything, cannot run without end and never fails. Defined
//! by FORMAT.md.
//!
//! This module knows nothing of schemas and of what a hidden field is; it asks [`Answers`].

pub(crate) mod ast;
mod dates;
mod decimal;
mod depends;
mod error;
mod eval;
mod functions;
mod lexer;
mod outcome;
mod parser;
mod place;
mod run;
mod value;
mod words;

use std::borrow::Cow;
use std::sync::Arc;

use serde_json::Value;

use super::Pointer;
pub use depends::{Dependency, Standpoint};
pub use error::{ExprError, Reason};
pub use outcome::{Outcome, fill, placeholders};
pub use place::Place;

/// An expression, read once. Copies share it.
#[derive(Clone, Debug)]
pub struct Expr {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    source: String,
    node: ast::Node,
}

impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        self.source() == other.source()
    }
}

impl Expr {
    /// Reads an expression.
    ///
    /// # Errors
    /// When it does not follow the grammar, has more than 2,000 characters or more than 32 levels.
    pub fn parse(source: &str) -> Result<Self, ExprError> {
        let node = parser::parse(source)?;
        Ok(Self { inner: Arc::new(Inner { source: source.to_owned(), node }) })
    }

    /// The text it was read from.
    pub fn source(&self) -> &str {
        &self.inner.source
    }

    /// The tree of the expression, for checks against a schema.
    pub(crate) fn node(&self) -> &ast::Node {
        &self.inner.node
    }

    /// Evaluates the expression at a place. It always gives an outcome; at a limit one that says so.
    pub fn evaluate(&self, scope: &Scope<'_>) -> Outcome {
        finish(scope, |run| run.eval(self.node()))
    }
}

/// Where an expression stands and what it can see.
#[derive(Clone)]
pub struct Scope<'a> {
    /// The report and what surrounds it.
    pub answers: &'a dyn Answers,
    /// The place the expression stands on, with positions: `/sources/3/quotedTranslation`. For a rule the place of the
    /// selected value.
    pub place: Pointer,
    /// Whether bare names are properties of the value at the place itself, when it is an object (rules). Otherwise
    /// they are properties of the nearest object that holds it (conditions, calculations and filters of a field).
    pub own: bool,
    /// In filters the entry examined.
    pub option: Option<&'a Value>,
    /// Named expressions, evaluated when first used and at most once.
    pub with: &'a [(String, Expr)],
}

impl<'a> Scope<'a> {
    /// The scope of a condition, calculation or filter that stands on the field at a place.
    pub fn of_field(answers: &'a dyn Answers, place: Pointer) -> Self {
        Self { answers, place, own: false, option: None, with: &[] }
    }

    /// The scope of a rule whose selected value stands at a place.
    pub fn of_rule(answers: &'a dyn Answers, place: Pointer) -> Self {
        Self { own: true, ..Self::of_field(answers, place) }
    }

    /// What a bare name means here: a name of `with`, a name with a meaning of its own, or a property. For the
    /// placeholders of a message.
    pub fn name(&self, name: &str) -> Outcome {
        finish(self, |run| run.name(name, ast::Reserved::named(name)))
    }
}

fn finish<'a>(
    scope: &'a Scope<'a>,
    evaluate: impl FnOnce(&mut run::Run<'a>) -> run::Evaluated<value::Val<'a>>,
) -> Outcome {
    let mut run = run::Run::new(scope);
    let result = evaluate(&mut run).and_then(|value| run.json(&value));
    Outcome { stopped: result.is_err(), value: result.unwrap_or_default(), steps: run.steps }
}

/// The report as expressions see it, and what surrounds it.
pub trait Answers {
    /// The report.
    fn root(&self) -> &Value;

    /// Whether what stands at a place counts as an answer: not when its field is hidden, nor when it is typed text in
    /// a number field. Asked for every property and item that is read from the report; places that are not there are
    /// not asked about.
    fn counts(&self, _place: &Place<'_>) -> bool {
        true
    }

    /// The constants of the template, `x-form.data`.
    fn data(&self) -> &Value;

    /// The title of a code in the language of the form; `None` when the list or the code is unknown.
    fn label(&self, codelist: &str, code: &str) -> Option<String>;

    /// The date in the calendar of the device, `YYYY-MM-DD`.
    fn today(&self) -> &str;

    /// The places of all relevant values with a type mark, in document order. Rules ask at every place they select,
    /// so a list that is kept should be lent.
    fn marked(&self, mark: &str) -> Cow<'_, [Pointer]>;

    /// The reports kept in the application; `None` outside the application.
    fn workspace(&self) -> Option<&Value>;
}
