//! Values against a JSON Schema document: drafts 04, 06, 07, 2019-09 and 2020-12, on our own code, because a full
//! validator crate would be the largest part of the page. It makes data, no sentences (see `findings::message`).
//!
//! - `dialect`: the table of keywords and which draft has which.
//! - `index`, `uri`: where subschemas are and what a reference leads to.
//! - `compile`, `source`, `loops`, `schema`: the document with its references resolved; faults are found here.
//! - `run`: one check of a value; `applicators`, `branches`, `numbers`, `texts`, `arrays`, `objects`, `unevaluated`
//!   and `formats` hold the keywords.
//!
//! The functions of the keywords are marked `inline(never)`: put into one another they make a frame of the stack three
//! times as large, and the deepest check must fit into the stack of a page.
//!
//! No value and no schema makes it panic, overflow the stack, or run without end: nesting and work are limited, and
//! what could not be checked is a violation of its own kind ([`Kind::Unchecked`]). The same document and value give
//! the same violations in the same order.

use serde_json::Value;

use self::schema::{Check, Schema};
use crate::template::Pointer;

mod applicators;
mod arrays;
mod branches;
mod compile;
mod decimal;
mod dialect;
mod equality;
mod error;
mod formats;
mod index;
mod loops;
mod numbers;
mod objects;
mod run;
mod schema;
mod source;
mod texts;
mod unevaluated;
mod uri;
mod violation;

pub use self::dialect::Draft;
pub use self::error::{Fault, SchemaError};
pub use self::violation::{Kind, Obstacle, Type, Types, Violation};

/// Deepest nesting of values. Reading a file is limited to less.
const DEEPEST_VALUE: usize = 200;

/// Regular expressions: the browser's own in the page, a crate elsewhere.
pub trait Patterns: Send + Sync {
    /// Whether `text` has a match of `pattern` anywhere. `None` when the pattern is no valid ECMA-262 regular
    /// expression (with the `u` flag), or when it could not be run.
    fn matches(&self, pattern: &str, text: &str) -> Option<bool>;
}

/// A schema document that values can be checked against.
#[derive(Debug)]
pub struct Evaluator {
    schema: Schema,
    draft: Draft,
    assert_formats: bool,
}

impl Evaluator {
    /// Reads a schema document. `embedded` are documents that it may refer to, by their `$id`.
    ///
    /// # Errors
    /// With the first fault that makes the document unusable, and its place.
    pub fn new(document: &Value, embedded: &[Value]) -> Result<Evaluator, SchemaError> {
        let named: Vec<(&str, &Value)> = embedded.iter().map(|each| ("", each)).collect();
        Evaluator::with_named(document, &named)
    }

    /// Reads a schema document. The others, which it may refer to, are known under the names given, each a URI, and
    /// under the `$id` that they have.
    ///
    /// # Errors
    /// With the first fault that makes the document unusable, and its place.
    pub fn with_named(document: &Value, others: &[(&str, &Value)]) -> Result<Evaluator, SchemaError> {
        let (schema, draft) = compile::compile(document, others)?;
        Ok(Evaluator { schema, draft, assert_formats: false })
    }

    /// The same, with `format` asserted. By default it is only noted, as all drafts from 2019-09 on have it and as the
    /// receivers of a report will check it.
    #[must_use]
    pub fn asserting_formats(self) -> Evaluator {
        Evaluator { assert_formats: true, ..self }
    }

    /// The draft of the document.
    pub fn draft(&self) -> Draft {
        self.draft
    }

    /// The regular expressions of the template with the subschemas they stand in, so that a wrong one can be found
    /// when the template is opened.
    pub fn patterns(&self) -> impl Iterator<Item = (Pointer, &str)> {
        self.schema.by_location.iter().filter_map(|id| self.schema.nodes.get(*id)).flat_map(|node| {
            let location = Pointer::parse(&node.location).unwrap_or_default();
            node.checks.iter().flat_map(patterns_of).map(move |pattern| (location.clone(), pattern))
        })
    }

    /// Everything that is wrong with a value.
    pub fn violations(&self, value: &Value, patterns: &dyn Patterns) -> Vec<Violation> {
        self.run(self.schema.root, value, patterns, true).1
    }

    /// Whether nothing is wrong with a value.
    pub fn is_valid(&self, value: &Value, patterns: &dyn Patterns) -> bool {
        self.run(self.schema.root, value, patterns, false).0
    }

    /// Everything that is wrong with one value as seen by one subschema of the document, given by its location. The
    /// pointers of the violations begin at that value.
    pub fn violations_at(&self, schema: &Pointer, value: &Value, patterns: &dyn Patterns) -> Vec<Violation> {
        let location = schema.to_string();
        let found = self.schema.by_location.binary_search_by(|id| self.location(*id).cmp(location.as_str()));
        match found.ok().and_then(|at| self.schema.by_location.get(at)) {
            Some(id) => self.run(*id, value, patterns, true).1,
            None => vec![unchecked(schema.clone(), Obstacle::NoSubschema)],
        }
    }

    fn location(&self, id: usize) -> &str {
        self.schema.nodes.get(id).map_or("", |node| &node.location)
    }

    fn run(&self, id: usize, value: &Value, patterns: &dyn Patterns, collecting: bool) -> (bool, Vec<Violation>) {
        let Some(size) = equality::measure(value, DEEPEST_VALUE) else {
            return (false, vec![unchecked(Pointer::root(), Obstacle::TooDeep)]);
        };
        let mut run = run::Run::new(&self.schema, patterns, self.assert_formats, work_for(size));
        run.collecting = collecting;
        // A subschema in the middle of the document is in the scope of the document.
        run.entered.extend(self.schema.nodes.get(self.schema.root).map(|root| root.resource));
        let valid = run.check(id, value, &run::At::ROOT, None);
        let mut found = run.found;
        found.extend(run.given_up);
        (valid, found)
    }
}

/// How many subschemas may be checked for a value of that size. A form checks a few for each field; the limit is for
/// schemas that double the work with every reference.
fn work_for(size: usize) -> usize {
    size.saturating_mul(1_000).saturating_add(100_000).min(20_000_000)
}

fn unchecked(schema_location: Pointer, why: Obstacle) -> Violation {
    Violation { pointer: Pointer::root(), document: 0, schema_location, keyword: "", kind: Kind::Unchecked(why) }
}

fn patterns_of(check: &Check) -> Vec<&str> {
    match check {
        Check::Pattern(pattern) => vec![pattern],
        Check::Properties(properties) => properties.patterns.iter().map(|(pattern, _)| pattern.as_str()).collect(),
        _ => Vec::new(),
    }
}
