//! Through a report in document order: every node the template knows, item by item, whether answered or not.

use serde_json::Value;

use super::relevance::is_answer;
use super::{NodeId, Report};
use crate::template::layout::ANY;
use crate::template::{Layout, NodeIndex, Pointer, Shape, Widget};

/// One stop of a walk.
pub struct Visit<'a> {
    /// Where.
    pub id: NodeId,
    /// What the template knows of it.
    pub node: NodeIndex,
    /// What stands there.
    pub value: Option<&'a Value>,
    /// Whether it, and everything that holds it, is asked.
    pub relevant: bool,
    /// Whether it is asked and an answer is required.
    pub required: bool,
}

/// How much of what is required is answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Required fields with an answer.
    pub answered: usize,
    /// Required fields.
    pub required: usize,
}

impl Progress {
    /// Whether nothing required is left open.
    pub fn is_complete(self) -> bool {
        self.answered == self.required
    }
}

/// What a walk carries from stop to stop, so that no place is looked up from the root.
struct Walk<'a, 's> {
    report: &'a Report,
    layout: &'a Layout,
    /// The tokens of the present place.
    at: Vec<String>,
    enter: &'s dyn Fn(NodeIndex) -> bool,
    see: &'s mut dyn FnMut(Visit<'a>),
}

/// What is known of a place from what holds it.
#[derive(Clone, Copy)]
struct Stop<'a> {
    node: NodeIndex,
    value: Option<&'a Value>,
    /// Whether what holds it is asked.
    relevant: bool,
    /// Whether what holds it is there or has to be.
    needed: bool,
}

impl Report {
    /// Visits every node in document order, what holds others before them.
    pub fn walk<'a>(&'a self, see: &mut dyn FnMut(Visit<'a>)) {
        self.walk_where(&|_| true, see);
    }

    /// Visits the nodes that `enter` lets in, and nothing inside others.
    pub fn walk_where<'a>(&'a self, enter: &dyn Fn(NodeIndex) -> bool, see: &mut dyn FnMut(Visit<'a>)) {
        let layout = self.template().layout();
        let root = Stop { node: layout.root(), value: Some(self.values()), relevant: true, needed: true };
        Walk { report: self, layout, at: Vec::new(), enter, see }.stop(NodeId::root(), root);
    }

    /// Visits a part of the report.
    pub fn walk_part<'a>(&'a self, id: &NodeId, see: &mut dyn FnMut(Visit<'a>)) {
        let (Some(node), Some(at)) = (self.index(id), self.pointer(id)) else { return };
        let holder = id.parent();
        let stop = Stop {
            node,
            value: self.value(id),
            relevant: holder.as_ref().is_none_or(|holder| self.is_relevant(holder)),
            needed: holder.as_ref().is_none_or(|holder| self.is_needed(holder)),
        };
        let layout = self.template().layout();
        Walk { report: self, layout, at: at.tokens().to_vec(), enter: &|_| true, see }.stop(id.clone(), stop);
    }

    /// How much of what a part requires is answered. A list that needs items and has none counts as one open answer.
    pub fn progress(&self, part: &NodeId) -> Progress {
        let mut progress = Progress::default();
        let layout = self.template().layout();
        self.walk_part(part, &mut |visit| {
            let node = layout.node(visit.node);
            if !visit.required || node.hints.is_given() || node.widget() == Some(Widget::Given) {
                return;
            }
            let answered = match &node.shape {
                Shape::Group { .. } => return,
                Shape::Repeat { .. } if !self.items(&visit.id).is_empty() => return,
                Shape::Repeat { .. } => false,
                Shape::Field(_) => visit.value.is_some_and(|value| is_answer(node, value)),
            };
            progress.required += 1;
            progress.answered += usize::from(answered);
        });
        progress
    }
}

impl<'a> Walk<'a, '_> {
    fn stop(&mut self, id: NodeId, stop: Stop<'a>) {
        if !(self.enter)(stop.node) {
            return;
        }
        let node = self.layout.node(stop.node);
        let pointer = |at: &[String]| at.iter().collect::<Pointer>();
        let hints = &node.hints;
        let asked = hints.show_if.is_none() || self.report.is_node_asked(node, &pointer(&self.at));
        let relevant = stop.relevant && asked;
        let demanded = relevant && stop.needed && (node.required || hints.required_if.is_some());
        let required = demanded && (node.required || self.report.is_node_required(node, &pointer(&self.at)));
        let needed = required || stop.value.is_some() || node.key == ANY;
        (self.see)(Visit { id: id.clone(), node: stop.node, value: stop.value, relevant, required });
        match &node.shape {
            Shape::Group { children } => {
                for child in children {
                    let key = &self.layout.node(*child).key;
                    let value = stop.value.and_then(|value| value.get(key));
                    self.inside(key.clone(), id.child(key), Stop { node: *child, value, relevant, needed });
                }
            }
            Shape::Repeat { item, .. } => {
                for (position, key) in self.report.items(&id).iter().enumerate() {
                    let value = stop.value.and_then(|value| value.get(position));
                    self.inside(
                        position.to_string(),
                        id.child(key),
                        Stop { node: *item, value, relevant, needed: true },
                    );
                }
            }
            Shape::Field(_) => {}
        }
    }

    fn inside(&mut self, token: String, id: NodeId, stop: Stop<'a>) {
        self.at.push(token);
        self.stop(id, Stop { value: stop.value.filter(|value| !value.is_null()), ..stop });
        self.at.pop();
    }
}
