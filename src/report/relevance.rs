//! Which fields are asked, which are required, and what an expression sees of a report. An answer whose field is hidden
//! stays in the values and counts as absent.

use std::borrow::Cow;
use std::collections::HashSet;

use serde_json::Value;

use super::{NodeId, Report};
use crate::template::expr::{Answers, Expr, Outcome, Place, Scope};
use crate::template::layout::ANY;
use crate::template::{Node, NodeIndex, Pointer, Widget};

/// What the application knows beside the report: the day, and the other reports in this browser.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Surroundings {
    /// The date in the calendar of the device, `YYYY-MM-DD`.
    pub today: String,
    /// The reports in this browser, each with `reportId`, `version`, `templateId`, `status` and `title`.
    pub workspace: Value,
}

impl Answers for Report {
    fn root(&self) -> &Value {
        self.values()
    }

    fn counts(&self, place: &Place<'_>) -> bool {
        let template = self.template();
        // Asked for every value that an expression reads; most names can be told from their name alone.
        if !template.may_not_count(place.last_key().unwrap_or(ANY)) {
            return true;
        }
        let Some(index) = template.layout().find(place.tokens().iter().map(AsRef::as_ref)) else { return true };
        let node = template.layout().node(index);
        let at = place.to_pointer();
        let number = matches!(node.widget(), Some(Widget::Number { .. }));
        let is_text = || at.get(self.values()).is_some_and(Value::is_string);
        self.is_node_asked(node, &at) && !(number && is_text())
    }

    fn data(&self) -> &Value {
        self.template().data()
    }

    fn label(&self, codelist: &str, code: &str) -> Option<String> {
        self.template().codelist(codelist)?.title(code).map(str::to_owned)
    }

    fn today(&self) -> &str {
        &self.surroundings().today
    }

    fn marked(&self, mark: &str) -> Cow<'_, [Pointer]> {
        let layout = self.template().layout();
        let has_mark = |node: &Node| {
            node.hints.mark.as_deref() == Some(mark)
                || node.widget().is_some() && node.item_mark.as_deref() == Some(mark)
        };
        let nodes = layout.nodes().filter(|(_, node)| has_mark(node)).map(|(index, _)| index);
        let on_the_way: HashSet<NodeIndex> = nodes.flat_map(|index| layout.ancestors(index)).collect();
        let mut found = Vec::new();
        self.walk_where(&|index| on_the_way.contains(&index), &mut |visit| {
            let node = layout.node(visit.node);
            let Some(value) = visit.value.filter(|_| visit.relevant && has_mark(node)) else { return };
            let Some(at) = self.pointer(&visit.id) else { return };
            match (node.widget(), value) {
                (Some(_), Value::Array(values)) if node.item_mark.as_deref() == Some(mark) => {
                    found.extend((0..values.len()).map(|position| at.child(position)));
                }
                _ => found.push(at),
            }
        });
        found.into()
    }

    fn workspace(&self) -> Option<&Value> {
        Some(&self.surroundings().workspace)
    }
}

impl Report {
    fn holds(&self, expr: &Expr, at: &Pointer) -> bool {
        self.evaluate(expr, at, None, &[]).is_true()
    }

    /// The outcome of an expression that stands on a place of this report.
    pub fn evaluate(&self, expr: &Expr, at: &Pointer, option: Option<&Value>, with: &[(String, Expr)]) -> Outcome {
        expr.evaluate(&Scope { option, with, ..Scope::of_field(self, at.clone()) })
    }

    /// Whether the field, and everything that holds it, is asked at this moment.
    pub fn is_relevant(&self, id: &NodeId) -> bool {
        std::iter::successors(Some(id.clone()), NodeId::parent).all(|here| self.is_asked(&here))
    }

    /// Whether the field's own condition holds; what holds the field is not looked at.
    pub fn is_asked(&self, id: &NodeId) -> bool {
        let Some(node) = self.node(id).filter(|node| node.hints.show_if.is_some()) else { return true };
        self.pointer(id).is_some_and(|at| self.is_node_asked(node, &at))
    }

    pub(super) fn is_node_asked(&self, node: &Node, at: &Pointer) -> bool {
        node.hints.show_if.as_ref().is_none_or(|show_if| self.holds(show_if, at))
    }

    /// Whether an answer is required while the field is asked. Nothing is required inside an object that may be left out
    /// and was.
    pub fn is_required(&self, id: &NodeId) -> bool {
        let Some(node) = self.node(id) else { return false };
        let demanded = node.required || node.hints.required_if.is_some();
        demanded
            && id.parent().is_none_or(|holder| self.is_needed(&holder))
            && self.pointer(id).is_some_and(|at| self.is_node_required(node, &at))
    }

    pub(super) fn is_node_required(&self, node: &Node, at: &Pointer) -> bool {
        node.required || node.hints.required_if.as_ref().is_some_and(|required_if| self.holds(required_if, at))
    }

    /// Whether a place that holds others is there or has to be: items are, objects when something in them is answered.
    pub(super) fn is_needed(&self, holder: &NodeId) -> bool {
        let Some(node) = self.node(holder) else { return false };
        holder.text().is_empty() || node.key == ANY || self.value(holder).is_some() || self.is_required(holder)
    }

    /// Whether the field is required only because of another entry.
    pub fn is_required_by_condition(&self, id: &NodeId) -> bool {
        self.node(id).is_some_and(|node| !node.required) && self.is_required(id)
    }

    /// Whether there is an answer. `0` and `false` are answers; white space, empty lists and empty objects are none.
    pub fn is_answered(&self, id: &NodeId) -> bool {
        let Some((node, value)) = self.node(id).zip(self.value(id)) else { return false };
        is_answer(node, value)
    }

    /// The places where a node of the template stands in this report at the moment, in document order.
    pub fn instances(&self, node: NodeIndex) -> Vec<NodeId> {
        let layout = self.template().layout();
        let mut ways: Vec<NodeIndex> = layout.ancestors(node).collect();
        ways.reverse();
        let mut found = vec![NodeId::root()];
        for pair in ways.windows(2) {
            let [holder, part] = pair else { continue };
            let key = &layout.node(*part).key;
            found = if layout.node(*holder).is_repeat() {
                found.iter().flat_map(|id| self.items(id).iter().map(|item| id.child(item))).collect()
            } else {
                found.into_iter().map(|id| id.child(key)).collect()
            };
        }
        found
    }
}

/// Whether a value is an answer to a node. A declaration that is not made is none; in a box for JSON, what was typed is.
pub fn is_answer(node: &Node, value: &Value) -> bool {
    match node.widget() {
        Some(Widget::Declaration) => *value == Value::Bool(true),
        Some(Widget::Json) if value.is_object() => true,
        _ => !is_blank(value),
    }
}

/// Whether a value is no answer.
pub fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}
