//! The report as rules see it: a copy in which everything that does not count is `null`. Made once for a check, so that
//! no condition is evaluated again for each rule that reads a field.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value;

use crate::report::Report;
use crate::template::expr::Answers;
use crate::template::{Layout, NodeIndex, Pointer, Shape, Widget, pointer};

/// What counts in a report at one moment. Places are those of the report: nothing moves when something is left out.
pub(super) struct Seen<'r> {
    report: &'r Report,
    values: Value,
    marked: BTreeMap<&'r str, Vec<Pointer>>,
}

impl<'r> Seen<'r> {
    /// Looks at a report.
    pub(super) fn of(report: &'r Report) -> Self {
        let mut values = report.values().clone();
        report.walk(&mut |visit| {
            if !visit.relevant && visit.value.is_some() {
                report.pointer(&visit.id).iter().for_each(|at| leave_out(&mut values, at));
            }
        });
        let layout = report.template().layout();
        let mut look = Look { layout, at: Vec::new(), marked: BTreeMap::new() };
        look.over(layout.root(), &mut values);
        Self { report, marked: look.marked, values }
    }

    /// The report itself.
    pub(super) fn report(&self) -> &'r Report {
        self.report
    }
}

/// Whether something stands here that counts. An empty list does; a text of white space does not.
pub(super) fn is_present(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty(),
        _ => true,
    }
}

fn leave_out(values: &mut Value, at: &Pointer) {
    let part = at.tokens().iter().try_fold(values, |here, token| match here {
        Value::Object(map) => map.get_mut(token),
        Value::Array(items) => items.get_mut(pointer::index(token)?),
        _ => None,
    });
    if let Some(part) = part {
        *part = Value::Null;
    }
}

/// Goes through a report once: leaves out what is no number yet, and notes what is marked.
struct Look<'r> {
    layout: &'r Layout,
    at: Vec<String>,
    marked: BTreeMap<&'r str, Vec<Pointer>>,
}

impl<'r> Look<'r> {
    fn over(&mut self, index: NodeIndex, value: &mut Value) {
        if !is_present(value) {
            return;
        }
        let node = self.layout.node(index);
        if let Some(mark) = &node.hints.mark {
            self.note(mark);
        }
        match (&node.shape, value) {
            (Shape::Group { children }, Value::Object(map)) => {
                for child in children {
                    let key = &self.layout.node(*child).key;
                    if let Some(value) = map.get_mut(key) {
                        self.inside(key.clone(), *child, value);
                    }
                }
            }
            (Shape::Repeat { item, .. }, Value::Array(items)) => {
                for (position, value) in items.iter_mut().enumerate() {
                    self.inside(position.to_string(), *item, value);
                }
            }
            (Shape::Field(Widget::Number { .. }), value @ Value::String(_)) => *value = Value::Null,
            (Shape::Field(_), Value::Array(items)) => self.chosen(node.item_mark.as_deref(), items),
            _ => {}
        }
    }

    fn inside(&mut self, token: String, index: NodeIndex, value: &mut Value) {
        self.at.push(token);
        self.over(index, value);
        self.at.pop();
    }

    /// The values of a list that is one field may be marked each.
    fn chosen(&mut self, mark: Option<&'r str>, items: &[Value]) {
        let Some(mark) = mark else { return };
        for (position, _) in items.iter().enumerate().filter(|(_, value)| is_present(value)) {
            self.at.push(position.to_string());
            self.note(mark);
            self.at.pop();
        }
    }

    fn note(&mut self, mark: &'r str) {
        self.marked.entry(mark).or_default().push(self.at.iter().collect());
    }
}

impl Answers for Seen<'_> {
    fn root(&self) -> &Value {
        &self.values
    }

    fn data(&self) -> &Value {
        self.report.template().data()
    }

    fn label(&self, codelist: &str, code: &str) -> Option<String> {
        Answers::label(self.report, codelist, code)
    }

    fn today(&self) -> &str {
        Answers::today(self.report)
    }

    fn marked(&self, mark: &str) -> Cow<'_, [Pointer]> {
        Cow::Borrowed(self.marked.get(mark).map_or(&[], Vec::as_slice))
    }

    fn workspace(&self) -> Option<&Value> {
        Answers::workspace(self.report)
    }
}
