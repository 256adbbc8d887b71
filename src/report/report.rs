//! One open report: template, values, item ids, and everything done so far. `apply`, `undo` and `redo` are the only ways
//! to change a value.

use std::collections::VecDeque;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::content::Content;
use super::edit::{self, Body, Edit, Misplaced};
use super::relevance::Surroundings;
use super::{NodeId, given};
use crate::sorting::sort;
use crate::template::hints::{From, SetBy};
use crate::template::{Node, NodeIndex, Pointer, Template};

/// A run of typing in one field is one step of undo until it pauses this long, in milliseconds.
const ONE_STEP: i64 = 1_500;

/// How many steps can be undone.
const STEPS: usize = 500;

/// What an edit changed, for those who show it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// The places that hold other values than before.
    pub places: Vec<NodeId>,
    /// The nodes whose condition, offer or need may be different now.
    pub dependents: Vec<NodeIndex>,
}

impl Changed {
    /// Whether somebody who shows this node has to look again.
    pub fn concerns(&self, id: &NodeId, node: NodeIndex) -> bool {
        self.dependents.binary_search(&node).is_ok()
            || self.places.iter().any(|place| place.contains(id) || id.contains(place))
    }
}

/// How to take back an edit.
struct Inverse {
    /// What the person did.
    own: Edit,
    /// What the application did after it and no calculation would bring back; to be taken back first.
    after: Vec<Edit>,
}

impl Inverse {
    fn into_edit(mut self) -> Edit {
        self.after.push(self.own);
        Edit::together(self.after)
    }
}

struct Step {
    inverse: Inverse,
    at: i64,
    /// The field that is being typed in, for as long as the next letter belongs to the same step.
    field: Option<NodeId>,
}

impl Step {
    fn goes_on(&self, field: Option<&NodeId>, now: i64) -> bool {
        field.is_some() && self.field.as_ref() == field && now.saturating_sub(self.at) <= ONE_STEP
    }
}

/// A report that is open.
pub struct Report {
    template: Arc<Template>,
    content: Content,
    surroundings: Surroundings,
    edit_number: u64,
    undo: VecDeque<Step>,
    redo: Vec<Edit>,
}

impl Report {
    /// A new report: empty but for what the application sets.
    pub fn new(template: Arc<Template>, surroundings: Surroundings) -> Self {
        let content = Content { values: Value::Object(Map::new()), ..Content::default() };
        let mut report = Self::restore(template, content, 0, surroundings);
        given::start(&mut report);
        report
    }

    /// A report from stored content. Item ids that are missing, as in values from a file, are issued.
    pub fn restore(template: Arc<Template>, content: Content, edit_number: u64, surroundings: Surroundings) -> Self {
        let mut report = Self { template, content, surroundings, edit_number, undo: VecDeque::new(), redo: Vec::new() };
        if !report.content.values.is_object() {
            report.content.values = Value::Object(Map::new());
        }
        report.identify();
        report
    }

    /// A report from values alone, as a file or a worked example has them.
    pub fn from_values(template: Arc<Template>, values: Value, surroundings: Surroundings) -> Self {
        let content = Content { values, ..Content::default() };
        Self::restore(template, content, 0, surroundings)
    }

    /// The template.
    pub fn template(&self) -> &Arc<Template> {
        &self.template
    }

    /// What is kept between sessions.
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// What the application knows beside the report.
    pub fn surroundings(&self) -> &Surroundings {
        &self.surroundings
    }

    /// Tells the report the day and the other reports of this browser.
    pub fn set_surroundings(&mut self, surroundings: Surroundings) {
        self.surroundings = surroundings;
    }

    /// All values.
    pub fn values(&self) -> &Value {
        &self.content.values
    }

    /// The number of edits made so far; a saved report has it in its record.
    pub fn edit_number(&self) -> u64 {
        self.edit_number
    }

    /// Says that the report identifier has left this browser and changes no more.
    pub fn fix_identifier(&mut self) {
        self.content.identifier_fixed = true;
    }

    /// Marks a report that was started from a worked example. When another report of this browser has the identifier
    /// of the example, this one gets its own.
    pub fn mark_sample(&mut self) {
        self.content.sample = true;
        if given::is_identifier_taken(self) {
            self.take_identifier();
        }
        given::refresh(self, &mut Changed::default(), None);
    }

    /// Where a node id points to at this moment.
    pub fn pointer(&self, id: &NodeId) -> Option<Pointer> {
        edit::pointer(&self.content.items, self.template.layout(), id)
    }

    /// The node id of a place in the values; the deepest one that the template knows.
    pub fn id_at(&self, pointer: &Pointer) -> NodeId {
        let layout = self.template.layout();
        let (mut id, mut node) = (NodeId::root(), layout.root());
        for token in pointer.tokens() {
            let item = layout.node(node).is_repeat();
            let token = match crate::template::pointer::index(token).filter(|_| item) {
                Some(at) => match self.items(&id).get(at) {
                    Some(item) => item.clone(),
                    None => return id,
                },
                None => token.clone(),
            };
            let Some(next) = layout.child(node, &token) else { return id };
            (id, node) = (id.child(&token), next);
        }
        id
    }

    /// The number of the node of the template that a node id belongs to.
    pub fn index(&self, id: &NodeId) -> Option<NodeIndex> {
        edit::node_of(self.template.layout(), id)
    }

    /// The node of the template that a node id belongs to.
    pub fn node(&self, id: &NodeId) -> Option<&Node> {
        Some(self.template.layout().node(self.index(id)?))
    }

    /// What stands at a node; `None` when nothing does.
    pub fn value(&self, id: &NodeId) -> Option<&Value> {
        self.pointer(id)?.get(&self.content.values).filter(|value| !value.is_null())
    }

    /// The text at a node.
    pub fn text(&self, id: &NodeId) -> Option<&str> {
        self.value(id)?.as_str()
    }

    /// The ids of the items of a repeat.
    pub fn items(&self, list: &NodeId) -> &[String] {
        self.content.items.of(list)
    }

    /// The number that the application gave to an item, and in how many places other answers name it. `None` when it has
    /// no number or nothing names it.
    pub fn uses(&self, item: &NodeId) -> Option<(String, usize)> {
        let list = From::Items(self.pointer(&item.parent()?)?);
        let mut places = 0;
        let mut number = None;
        for (index, node) in self.template.layout().nodes() {
            let Some(reference) = node.hints.reference.as_ref().filter(|one| one.from == list) else { continue };
            let Some(known) = self.text(&item.child(&reference.key)) else { continue };
            number = Some(known.to_owned());
            let names = |value: &Value| match value {
                Value::String(text) => usize::from(text == known),
                Value::Array(several) => several.iter().filter(|one| *one == known).count(),
                _ => 0,
            };
            places += self.instances(index).iter().filter_map(|id| self.value(id)).map(names).sum::<usize>();
        }
        number.filter(|_| places > 0).map(|number| (number, places))
    }

    /// The report identifier of a copy: a number of its own.
    pub fn renew_identifier(&mut self) {
        self.content.identifier_fixed = false;
        self.take_identifier();
        given::refresh(self, &mut Changed::default(), None);
    }

    fn take_identifier(&mut self) {
        if let Some(at) = self.set_by(|set| matches!(set, SetBy::ReportId)) {
            // A place that is not there needs no other number.
            let _ = self.body().perform(Edit::Set { at, value: None }, &mut Vec::new());
        }
    }

    /// Carries out an edit made at `now` (milliseconds) and answers what changed.
    ///
    /// # Errors
    /// [`Misplaced`] when its field or item is not there; nothing is changed then.
    pub fn apply(&mut self, edit: Edit, now: i64) -> Result<Changed, Misplaced> {
        let field = match &edit {
            Edit::Set { at, .. } => Some(at.clone()),
            _ => None,
        };
        let mut changed = Changed::default();
        let inverse = self.perform(edit, &mut changed)?;
        self.redo.clear();
        match self.undo.back_mut().filter(|step| step.goes_on(field.as_ref(), now)) {
            Some(step) => {
                step.at = now;
                // The first letter remembers what stood in the field; of the later ones only what followed is new, and
                // what they made around the field.
                let around = Some(inverse.own).filter(|own| !matches!(own, Edit::Set { .. }));
                step.inverse.after.splice(0..0, inverse.after.into_iter().chain(around));
            }
            None => self.undo.push_back(Step { inverse, at: now, field }),
        }
        if self.undo.len() > STEPS {
            self.undo.pop_front();
        }
        Ok(changed)
    }

    /// Ends the run of typing: the next letter is a step of its own.
    pub fn end_step(&mut self) {
        if let Some(step) = self.undo.back_mut() {
            step.field = None;
        }
    }

    /// Whether there is something to undo.
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Whether there is something to redo.
    pub fn can_redo(&self) -> bool {
        !self.redo.is_empty()
    }

    /// Takes the last step back. `None` when there is none.
    pub fn undo(&mut self) -> Option<Changed> {
        let step = self.undo.pop_back()?;
        let mut changed = Changed::default();
        let forward = self.perform(step.inverse.into_edit(), &mut changed).ok()?;
        self.redo.push(forward.into_edit());
        self.end_step();
        Some(changed)
    }

    /// Makes the step that was taken back last once more. `None` when there is none.
    pub fn redo(&mut self) -> Option<Changed> {
        let forward = self.redo.pop()?;
        let mut changed = Changed::default();
        let inverse = self.perform(forward, &mut changed).ok()?;
        self.undo.push_back(Step { inverse, at: i64::MIN, field: None });
        Some(changed)
    }

    fn perform(&mut self, edit: Edit, changed: &mut Changed) -> Result<Inverse, Misplaced> {
        let fixed = self.fixed_identifier();
        let own = self.body().perform(edit, &mut changed.places)?;
        self.edit_number += 1;
        self.keep_identifier(fixed, changed);
        self.find_dependents(changed);
        let woken = changed.dependents.clone();
        let before = changed.places.len();
        let after = given::refresh(self, changed, Some(&woken));
        if changed.places.len() > before {
            self.find_dependents(changed);
        }
        Ok(Inverse { own, after })
    }

    /// The report identifier once it has left this browser: no edit, undone or not, changes it any more.
    fn fixed_identifier(&self) -> Option<(NodeId, Value)> {
        let at = self.set_by(|set| matches!(set, SetBy::ReportId)).filter(|_| self.content.identifier_fixed)?;
        let value = self.value(&at)?.clone();
        Some((at, value))
    }

    fn keep_identifier(&mut self, fixed: Option<(NodeId, Value)>, changed: &mut Changed) {
        let Some((at, value)) = fixed else { return };
        if self.value(&at) != Some(&value) {
            // Its place is in every report of the form, so that there is nothing to refuse.
            let _ = self.body().perform(Edit::Set { at, value: Some(value) }, &mut changed.places);
        }
    }

    /// Everything that may be different because of the places that changed.
    fn find_dependents(&self, changed: &mut Changed) {
        let (layout, graph) = (self.template.layout(), self.template.graph());
        for place in &changed.places {
            let Some(node) = edit::node_of(layout, place) else { continue };
            changed.dependents.extend_from_slice(graph.dependents(node));
            // What is calculated inside a new item depends on the item being there.
            changed.dependents.extend(graph.calculated_inside(layout, node));
        }
        sort(&mut changed.dependents);
        changed.dependents.dedup();
    }

    /// Values and ids for edits that the application makes by itself; not a step of undo.
    pub(super) fn body(&mut self) -> Body<'_> {
        Body { values: &mut self.content.values, items: &mut self.content.items, layout: self.template.layout() }
    }

    pub(super) fn content_mut(&mut self) -> &mut Content {
        &mut self.content
    }
}
