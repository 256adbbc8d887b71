//! What leaves: the answers that are asked at this moment, in the order of the template. FORMAT.md, section 3.

use serde_json::{Map, Value};

use super::relevance::{is_answer, is_blank};
use super::{NodeId, Report};
use crate::template::{Layout, Node, NodeIndex, Pointer, Shape, Widget};

/// The values to export and the answers that stay behind.
#[derive(Clone, Debug, PartialEq)]
pub struct Outgoing {
    /// The values, without answers that are not asked.
    pub values: Value,
    /// Fields that hold an answer and are not asked at this moment. A list of sources counts as one.
    pub not_sent: Vec<NodeId>,
}

impl Report {
    /// What an export would hold.
    pub fn outgoing(&self) -> Outgoing {
        let layout = self.template().layout();
        let mut leaving = Leaving { report: self, layout, at: Vec::new(), not_sent: Vec::new() };
        let values = leaving.part(&NodeId::root(), layout.root(), self.values());
        Outgoing { values: values.unwrap_or_else(|| Value::Object(Map::new())), not_sent: leaving.not_sent }
    }
}

struct Leaving<'r> {
    report: &'r Report,
    layout: &'r Layout,
    /// The tokens of the present place.
    at: Vec<String>,
    not_sent: Vec<NodeId>,
}

impl Leaving<'_> {
    fn part(&mut self, id: &NodeId, index: NodeIndex, value: &Value) -> Option<Value> {
        let node = self.layout.node(index);
        if node.hints.show_if.is_some() && !self.report.is_node_asked(node, &self.at.iter().collect::<Pointer>()) {
            self.stays(id, index, value);
            return None;
        }
        match (&node.shape, value) {
            (Shape::Group { children }, Value::Object(map)) => {
                let sent = self.group(id, children, map);
                // An object whose answers all stay behind is left out, unless it came empty or has to be there.
                let kept = !sent.is_empty() || map.is_empty() || node.required;
                kept.then_some(Value::Object(sent))
            }
            (Shape::Repeat { item, .. }, Value::Array(items)) => {
                let sent = self.items(id, *item, items);
                // Boxes left empty are no answers; a list that came empty with a file stays as it came.
                (items.is_empty() || !sent.is_empty()).then_some(Value::Array(sent))
            }
            (Shape::Field(widget), value) => {
                let empty = match value {
                    Value::Array(items) => items.is_empty(),
                    Value::Object(_) => *widget == Widget::Json,
                    _ => false,
                };
                (empty || !is_blank(value)).then(|| value.clone())
            }
            (_, Value::Null) => None,
            (_, other) => Some(other.clone()),
        }
    }

    fn items(&mut self, id: &NodeId, item: NodeIndex, items: &[Value]) -> Vec<Value> {
        let mut sent = Vec::with_capacity(items.len());
        for (position, (key, value)) in self.report.items(id).iter().zip(items).enumerate() {
            sent.extend(self.inside(position.to_string(), &id.child(key), item, value));
        }
        sent
    }

    fn group(&mut self, id: &NodeId, children: &[NodeIndex], map: &Map<String, Value>) -> Map<String, Value> {
        let mut sent = Map::new();
        for child in children {
            let node = self.layout.node(*child);
            let value = match map.get(&node.key) {
                Some(value) => self.inside(node.key.clone(), &id.child(&node.key), *child, value),
                None => empty_object(self.layout, node),
            };
            sent.extend(value.map(|value| (node.key.clone(), value)));
        }
        // Keys the template does not know came with a file and leave with it.
        let known = |key: &str| children.iter().any(|child| self.layout.node(*child).key == key);
        let unknown = map.iter().filter(|(key, _)| !known(key));
        sent.extend(unknown.map(|(key, value)| (key.clone(), value.clone())));
        sent
    }

    fn inside(&mut self, token: String, id: &NodeId, index: NodeIndex, value: &Value) -> Option<Value> {
        self.at.push(token);
        let sent = self.part(id, index, value);
        self.at.pop();
        sent
    }

    /// Counts the answers in a part that is not asked. What the application filled in is nobody's answer.
    fn stays(&mut self, id: &NodeId, index: NodeIndex, value: &Value) {
        let node = self.layout.node(index);
        match (&node.shape, value) {
            _ if node.hints.is_given() || is_blank(value) => {}
            (Shape::Group { children }, Value::Object(map)) => {
                for child in children {
                    let key = &self.layout.node(*child).key;
                    if let Some(value) = map.get(key) {
                        self.stays(&id.child(key), *child, value);
                    }
                }
            }
            (Shape::Repeat { item, .. }, Value::Array(items)) if !is_picked(node) => {
                for (key, value) in self.report.items(id).iter().zip(items) {
                    self.stays(&id.child(key), *item, value);
                }
            }
            (Shape::Field(_), value) if !is_answer(node, value) => {}
            _ => self.not_sent.push(id.clone()),
        }
    }
}

/// A list that is filled in one control.
fn is_picked(node: &Node) -> bool {
    node.hints.widget.as_deref() == Some("sourcePicker")
}

/// What stands for an object that has to be there and in which nothing has to be answered: without it a finished report
/// without answers in it would not be valid.
fn empty_object(layout: &Layout, node: &Node) -> Option<Value> {
    let Shape::Group { children } = &node.shape else { return None };
    if !node.required || node.hints.show_if.is_some() {
        return None;
    }
    let mut map = Map::new();
    for child in children.iter().map(|child| layout.node(*child)).filter(|child| child.required) {
        map.insert(child.key.clone(), empty_object(layout, child)?);
    }
    Some(Value::Object(map))
}
