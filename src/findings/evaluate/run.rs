//! One check of a value against a compiled schema: what is found, how deep it has gone, what is already evaluated.

use std::collections::BTreeSet;

use serde_json::Value;

use super::index::NodeId;
use super::schema::{Check, Node, Schema};
use super::violation::{Kind, Obstacle, Violation};
use super::{Patterns, applicators, arrays, branches, numbers, objects, texts, unevaluated};
use crate::template::Pointer;

/// Deepest nesting of subschemas that are being checked at the same time. A step into a value takes two to four.
/// The stack of a page is about a megabyte, and using it up would end the program.
const DEEPEST_CHECK: usize = 512;

/// How many subschemas may be checked to find out which branch of a choice was meant.
const MOST_EXPLAINING: usize = 200_000;

/// A place in the values while it is being checked. It lives on the stack; a pointer is only made for a violation.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    outer: Option<&'a At<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Name(&'a str),
    Index(usize),
}

impl<'a> At<'a> {
    /// The whole value.
    pub const ROOT: At<'static> = At { outer: None, step: Step::Index(0) };

    /// The property of that name.
    pub fn name(&'a self, name: &'a str) -> At<'a> {
        At { outer: Some(self), step: Step::Name(name) }
    }

    /// The item with that number.
    pub fn index(&'a self, index: usize) -> At<'a> {
        At { outer: Some(self), step: Step::Index(index) }
    }

    fn pointer(&self) -> Pointer {
        let mut tokens = Vec::new();
        let mut at = self;
        while let Some(outer) = at.outer {
            tokens.push(match at.step {
                Step::Name(name) => name.to_owned(),
                Step::Index(index) => index.to_string(),
            });
            at = outer;
        }
        tokens.into_iter().rev().collect()
    }
}

/// Which parts of one value a subschema has provided for. Only kept where an `unevaluated…` asks for it.
#[derive(Debug, Default)]
pub(super) struct Notes<'v> {
    pub all_items: bool,
    /// All items before this one.
    pub items_before: usize,
    pub items: BTreeSet<usize>,
    pub all_names: bool,
    pub names: BTreeSet<&'v str>,
}

impl<'v> Notes<'v> {
    pub fn add(&mut self, other: Notes<'v>) {
        self.all_items |= other.all_items;
        self.items_before = self.items_before.max(other.items_before);
        self.items.extend(other.items);
        self.all_names |= other.all_names;
        self.names.extend(other.names);
    }

    pub fn has_item(&self, index: usize) -> bool {
        self.all_items || index < self.items_before || self.items.contains(&index)
    }

    pub fn has_name(&self, name: &str) -> bool {
        self.all_names || self.names.contains(name)
    }
}

/// Where the notes on the value being checked go, if anywhere.
pub(super) type NotesTo<'n, 'v> = Option<&'n mut Notes<'v>>;

/// The state of one check of a whole value.
pub(super) struct Run<'e> {
    pub schema: &'e Schema,
    pub patterns: &'e dyn Patterns,
    pub assert_formats: bool,
    pub found: Vec<Violation>,
    /// Whether violations are wanted, or only whether there are any.
    pub collecting: bool,
    /// Whether the present subschema applies because of another entry.
    pub conditional: bool,
    /// The resources that have been entered and not left, outermost first.
    pub entered: Vec<usize>,
    depth: usize,
    /// How many subschemas may still be checked.
    work: usize,
    /// The same for finding out what is wrong with a value that is known not to be valid.
    explaining_work: usize,
    explaining: bool,
    /// Why the run had to be given up, and where.
    pub given_up: Option<Violation>,
}

impl<'e> Run<'e> {
    pub fn new(schema: &'e Schema, patterns: &'e dyn Patterns, assert_formats: bool, work: usize) -> Run<'e> {
        Run {
            schema,
            patterns,
            assert_formats,
            found: Vec::new(),
            collecting: true,
            conditional: false,
            entered: Vec::new(),
            depth: 0,
            work,
            explaining_work: work,
            explaining: false,
            given_up: None,
        }
    }

    pub fn node(&self, id: NodeId) -> Option<&'e Node> {
        self.schema.nodes.get(id)
    }

    /// Checks a value against a subschema. Notes on what was evaluated are added even when the value is not valid;
    /// a caller for whom that is not the end of the matter must give notes of its own and drop them.
    #[inline(never)]
    pub fn check<'v>(&mut self, id: NodeId, value: &'v Value, at: &At<'_>, notes: NotesTo<'_, 'v>) -> bool {
        let Some(node) = self.schema.nodes.get(id) else { return true };
        if self.given_up.is_some() {
            return false;
        }
        if self.depth >= DEEPEST_CHECK || self.work == 0 {
            let why = if self.work == 0 { Obstacle::TooMuch } else { Obstacle::TooDeep };
            self.given_up = Some(violation(node, at, "", Kind::Unchecked(why)));
            return false;
        }
        self.depth += 1;
        self.work -= 1;
        let is_new = self.entered.last() != Some(&node.resource);
        if is_new {
            self.entered.push(node.resource);
        }
        let valid = if node.notes {
            let mut own = Notes::default();
            let valid = self.checks(node, value, at, Some(&mut own));
            if let Some(outer) = notes {
                outer.add(own);
            }
            valid
        } else {
            self.checks(node, value, at, notes)
        };
        if is_new {
            self.entered.pop();
        }
        self.depth -= 1;
        valid && self.given_up.is_none()
    }

    #[inline(never)]
    fn checks<'v>(&mut self, node: &'e Node, value: &'v Value, at: &At<'_>, mut notes: NotesTo<'_, 'v>) -> bool {
        let mut valid = true;
        for check in &node.checks {
            if self.one(node, check, value, at, notes.as_deref_mut()) {
                continue;
            }
            valid = false;
            if !self.collecting || self.given_up.is_some() {
                break;
            }
            // What else is wrong with a value of the wrong type is of no interest to anybody.
            if matches!(check, Check::Type { .. }) {
                if let Some(notes) = notes.as_deref_mut() {
                    (notes.all_items, notes.all_names) = (true, true);
                }
                break;
            }
        }
        valid
    }

    #[inline(never)]
    fn one<'v>(
        &mut self,
        node: &'e Node,
        check: &'e Check,
        value: &'v Value,
        at: &At<'_>,
        notes: NotesTo<'_, 'v>,
    ) -> bool {
        let here = Here { node, at };
        match check {
            Check::False => self.fail(here, "", || Kind::False),
            Check::Type { want, by_form } => numbers::type_is(self, here, *want, *by_form, value),
            Check::Listed { keyword, choices } => choices.has(value) || self.fail(here, keyword, || Kind::NotInList),
            Check::Const { choice, declaration } => {
                choice.has(value) || self.fail(here, "const", || Kind::Const { declaration: *declaration })
            }
            Check::Limit(limit) => numbers::limit(self, here, limit, value),
            Check::MultipleOf { step, text } => numbers::multiple_of(self, here, step, text, value),
            Check::Count { keyword, of, most, limit } => texts::count(self, here, keyword, (*of, *most, *limit), value),
            Check::Pattern(pattern) => texts::pattern(self, here, pattern, value),
            Check::Format { format, always } => texts::format(self, here, *format, *always, value),
            Check::Required(names) => objects::required(self, here, names, value),
            Check::DependentRequired { keyword, lists } => {
                objects::dependent_required(self, here, keyword, lists, value)
            }
            Check::UniqueItems => arrays::unique(self, here, value),
            Check::Reference(to) => self.check(*to, value, at, notes),
            Check::DynamicReference { to, anchor } => {
                let to = applicators::dynamic_target(self, *to, anchor);
                self.check(to, value, at, notes)
            }
            Check::RecursiveReference(to) => {
                let to = applicators::recursive_target(self, *to);
                self.check(to, value, at, notes)
            }
            Check::Properties(properties) => objects::properties(self, here, properties, value, notes),
            Check::PropertyNames(names) => objects::names(self, here, *names, value),
            Check::Items { first, rest, keyword } => arrays::items(self, here, (first, *rest, keyword), value, notes),
            Check::Contains(contains) => arrays::contains(self, here, contains, value, notes),
            Check::AllOf(branches) => applicators::all_of(self, here, branches, value, notes),
            Check::AnyOf(branches) => branches::any_of(self, here, branches, value, notes),
            Check::OneOf(branches) => branches::one_of(self, here, branches, value, notes),
            Check::Not(excluded) => applicators::not(self, here, *excluded, value),
            Check::If { condition, then, otherwise } => {
                applicators::condition(self, here, (*condition, *then, *otherwise), value, notes)
            }
            Check::DependentSchemas(members) => applicators::dependent_schemas(self, here, members, value, notes),
            Check::UnevaluatedItems(rest) => unevaluated::items(self, here, *rest, value, notes),
            Check::UnevaluatedProperties(rest) => unevaluated::properties(self, here, *rest, value, notes),
        }
    }

    /// Notes a violation and says that the value is not valid.
    pub fn fail(&mut self, here: Here<'_>, keyword: &'static str, kind: impl FnOnce() -> Kind) -> bool {
        if self.collecting && self.given_up.is_none() {
            self.note(here, keyword, kind());
        }
        false
    }

    #[cold]
    #[inline(never)]
    fn note(&mut self, here: Here<'_>, keyword: &'static str, kind: Kind) {
        self.found.push(violation(here.node, here.at, keyword, kind));
    }

    /// Whether a value is valid, without noting why it is not.
    pub fn is_valid<'v>(&mut self, id: NodeId, value: &'v Value, at: &At<'_>, notes: NotesTo<'_, 'v>) -> bool {
        let collecting = std::mem::replace(&mut self.collecting, false);
        let valid = self.check(id, value, at, notes);
        self.collecting = collecting;
        valid
    }

    /// Finds out more about a value that is already known not to be valid. `None` when that would take too long or go
    /// too deep: it has its own allowance, because it must not keep the rest of the values from being checked.
    pub fn explain<T>(&mut self, explanation: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.explaining {
            return Some(explanation(self)).filter(|_| self.given_up.is_none());
        }
        let allowed = self.explaining_work.min(MOST_EXPLAINING);
        let work = std::mem::replace(&mut self.work, allowed);
        self.explaining = true;
        let explained = explanation(self);
        self.explaining = false;
        let left = std::mem::replace(&mut self.work, work);
        self.explaining_work -= allowed.saturating_sub(left);
        let given_up = self.given_up.take().is_some();
        Some(explained).filter(|_| !given_up)
    }

    /// Checks a value against a subschema that applies because of another entry.
    pub fn check_because<'v>(&mut self, id: NodeId, value: &'v Value, at: &At<'_>, notes: NotesTo<'_, 'v>) -> bool {
        let conditional = std::mem::replace(&mut self.conditional, true);
        let valid = self.check(id, value, at, notes);
        self.conditional = conditional;
        valid
    }
}

/// The subschema that is being checked, and the place in the values.
#[derive(Clone, Copy)]
pub(super) struct Here<'a> {
    pub node: &'a Node,
    pub at: &'a At<'a>,
}

/// A violation of a keyword of a subschema at a place.
pub(super) fn violation(node: &Node, at: &At<'_>, keyword: &'static str, kind: Kind) -> Violation {
    Violation {
        pointer: at.pointer(),
        document: node.document,
        schema_location: Pointer::parse(&node.location).unwrap_or_default(),
        keyword,
        kind,
    }
}
