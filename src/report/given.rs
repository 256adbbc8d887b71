//! What the application fills in: defaults and constants, calculated values, numbers of items, the report identifier,
//! template and sample marks.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::edit::Edit;
use super::report::Changed;
use super::{NodeId, Report};
use crate::template::hints::SetBy;
use crate::template::{Node, NodeIndex, Shape, Template};

impl Report {
    /// The first place that the application sets in this way.
    pub fn set_by(&self, which: impl Fn(&SetBy) -> bool) -> Option<NodeId> {
        let template = self.template();
        let set = template.graph().set().iter();
        let mut fitting = set.filter(|index| template.layout().node(**index).hints.set.as_ref().is_some_and(&which));
        self.instances(*fitting.next()?).into_iter().next()
    }
}

/// Fills a new report: template id and version, and what fields begin with that stand outside items. Parts that a report
/// may leave out are not begun by it.
pub fn start(report: &mut Report) {
    let template = Arc::clone(report.template());
    begin_inside(report, &template, template.layout().root(), &NodeId::root());
    refresh(report, &mut Changed::default(), None);
}

fn begin_inside(report: &mut Report, template: &Template, holder: NodeIndex, at: &NodeId) {
    for child in template.layout().children(holder) {
        let node = template.layout().node(*child);
        let place = at.child(&node.key);
        match node.shape {
            Shape::Group { .. } if node.required => begin_inside(report, template, *child, &place),
            Shape::Field(_) => {
                if let Some(value) = begun(template, node) {
                    set(report, place, Some(value), &mut Changed::default());
                }
            }
            _ => {}
        }
    }
}

/// What a field begins with when it is made.
fn begun(template: &Template, node: &Node) -> Option<Value> {
    match &node.hints.set {
        Some(SetBy::TemplateId) => Some(Value::String(template.id().to_owned())),
        Some(SetBy::TemplateVersion) => Some(Value::String(template.version().to_owned())),
        _ => node.constant.clone().or_else(|| node.default.clone()),
    }
}

/// Brings everything that follows from the answers up to date, until nothing changes any more. `woken` are the nodes that
/// may have changed; without it, all may have. Answers how to take back what no calculation would bring back.
pub fn refresh(report: &mut Report, changed: &mut Changed, woken: Option<&[NodeIndex]>) -> Vec<Edit> {
    let template = Arc::clone(report.template());
    sample(report, &template, changed);
    let inverses = identifier(report, &template, changed);
    let all = template.graph().calculated();
    let due: Vec<NodeIndex> =
        all.iter().copied().filter(|index| woken.is_none_or(|woken| woken.binary_search(index).is_ok())).collect();
    // Calculations may read each other; circles were refused, so as many rounds as there are calculations are enough.
    for _ in 0..=due.len() {
        let mut moved = false;
        for index in &due {
            moved |= calculate(report, &template, *index, changed);
        }
        if !moved {
            break;
        }
    }
    inverses
}

fn calculate(report: &mut Report, template: &Template, index: NodeIndex, changed: &mut Changed) -> bool {
    let hints = &template.layout().node(index).hints;
    let Some(expr) = &hints.calculate else { return false };
    let mut moved = false;
    for at in report.instances(index) {
        let Some(pointer) = report.pointer(&at) else { continue };
        let value = report.evaluate(expr, &pointer, None, &hints.with).into_value();
        if value.as_ref() != report.value(&at) {
            moved = true;
            set(report, at, value, changed);
        }
    }
    moved
}

/// A sample is never taken back: what was once fictional data stays marked.
fn sample(report: &mut Report, template: &Template, changed: &mut Changed) {
    for index in template.graph().set() {
        let Some(SetBy::Sample(when)) = &template.layout().node(*index).hints.set else { continue };
        for at in report.instances(*index) {
            let Some(pointer) = report.pointer(&at) else { continue };
            if report.value(&at).is_some() {
                continue;
            }
            let fictional = when.as_ref().is_some_and(|when| report.evaluate(when, &pointer, None, &[]).is_true());
            if fictional || report.content().sample {
                set(report, at, Some(Value::Bool(true)), changed);
            }
        }
    }
}

/// Proposes the report identifier as soon as country and date of report are known, and again while it has not left this
/// browser and no longer fits them. The number is the next one free among the reports of this browser.
fn identifier(report: &mut Report, template: &Template, changed: &mut Changed) -> Vec<Edit> {
    let mut inverses = Vec::new();
    if report.content().identifier_fixed {
        return inverses;
    }
    for index in template.graph().set() {
        if !matches!(template.layout().node(*index).hints.set, Some(SetBy::ReportId)) {
            continue;
        }
        for at in report.instances(*index) {
            // While the number is typed, nothing is put in its place.
            if changed.places.contains(&at) {
                continue;
            }
            let Some(start) = at.parent().and_then(|holder| prefix(report, &holder, template.letters())) else {
                continue;
            };
            if report.text(&at).is_some_and(|known| known.starts_with(&start)) {
                continue;
            }
            let number = next_free(&report.surroundings().workspace, &start);
            inverses.extend(set(report, at, Some(Value::String(format!("{start}{number:04}"))), changed));
        }
    }
    inverses.reverse();
    inverses
}

fn prefix(report: &Report, holder: &NodeId, letters: &str) -> Option<String> {
    let country = report.text(&holder.child("country"))?;
    let date = report.text(&holder.child("reportDate"))?;
    let known = country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase());
    let [year, month, day] = *date.split('-').collect::<Vec<_>>() else { return None };
    let digits = |text: &str, length| text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
    let whole = digits(year, 4) && digits(month, 2) && digits(day, 2);
    (known && whole).then(|| format!("{country}-{letters}-{year}-"))
}

fn next_free(workspace: &Value, start: &str) -> u64 {
    let taken = workspace
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|other| counted(other.get("reportId")?.as_str()?.strip_prefix(start)?));
    taken.max().unwrap_or(0) + 1
}

/// A number as the application gives them. What is larger came with a file and is nobody's count.
fn counted(digits: &str) -> Option<u64> {
    digits.parse().ok().filter(|number| *number < 1_000_000_000)
}

/// Whether another report of this browser has the identifier of this one.
pub fn is_identifier_taken(report: &Report) -> bool {
    let own = report.set_by(|set| matches!(set, SetBy::ReportId)).and_then(|at| report.text(&at));
    let mut others = report.surroundings().workspace.as_array().into_iter().flatten();
    own.is_some() && others.any(|other| other.get("reportId").and_then(Value::as_str) == own)
}

/// A new item: its number where it has one, its defaults, its constants.
pub fn fresh(report: &mut Report, list: &NodeId, item: NodeIndex) -> Value {
    let template = Arc::clone(report.template());
    let node = template.layout().node(item);
    if !matches!(node.shape, Shape::Group { .. }) {
        return begun(&template, node).unwrap_or(Value::Null);
    }
    let mut value = Value::Object(fresh_group(&template, item));
    renumber(report, list, item, &mut value);
    value
}

fn fresh_group(template: &Template, group: NodeIndex) -> Map<String, Value> {
    let mut map = Map::new();
    for child in template.layout().children(group) {
        let node = template.layout().node(*child);
        let value = match node.shape {
            Shape::Group { .. } if node.required => {
                Some(fresh_group(template, *child)).filter(|part| !part.is_empty()).map(Value::Object)
            }
            // The number takes the place that it has among its siblings.
            Shape::Field(_) if matches!(node.hints.set, Some(SetBy::Number { .. })) => Some(Value::Null),
            Shape::Field(_) => begun(template, node),
            _ => None,
        };
        map.extend(value.map(|value| (node.key.clone(), value)));
    }
    map
}

/// Whether a property of an item is its number.
pub fn is_numbered(template: &Template, item: NodeIndex, key: &str) -> bool {
    let node = template.layout().child(item, key).map(|child| template.layout().node(child));
    node.is_some_and(|node| matches!(node.hints.set, Some(SetBy::Number { .. })))
}

/// Gives an item that is to be added a number of its own.
pub fn renumber(report: &mut Report, list: &NodeId, item: NodeIndex, value: &mut Value) {
    let template = Arc::clone(report.template());
    let Value::Object(map) = value else { return };
    for child in template.layout().children(item) {
        let node = template.layout().node(*child);
        if let Some(SetBy::Number { prefix }) = &node.hints.set {
            map.insert(node.key.clone(), Value::String(next_number(report, list, &node.key, prefix)));
        }
    }
}

/// Numbers are never given twice, so that a reference to a removed item can never mean another one.
fn next_number(report: &mut Report, list: &NodeId, key: &str, prefix: &str) -> String {
    // An item that was copied or brought along may hold items with numbers that were never given here.
    let items = report.items(list).iter().map(|item| list.child(item).child(key));
    let present = items.filter_map(|at| number_at(report, &at, prefix)).max().unwrap_or(0);
    let highest = report.content_mut().numbers.entry(list.text().to_owned()).or_default();
    *highest = present.max(*highest) + 1;
    format!("{prefix}{highest}")
}

fn number_at(report: &Report, at: &NodeId, prefix: &str) -> Option<u64> {
    counted(report.text(at)?.strip_prefix(prefix)?)
}

/// Reads the highest number in use under every numbered list, for reports that came from a file.
pub fn recall_numbers(report: &mut Report) {
    let template = Arc::clone(report.template());
    for index in template.graph().set() {
        let Some(SetBy::Number { prefix }) = &template.layout().node(*index).hints.set else { continue };
        for at in report.instances(*index) {
            let Some(list) = at.parent().and_then(|item| item.parent()) else { continue };
            let number = number_at(report, &at, prefix).unwrap_or(0);
            let highest = report.content_mut().numbers.entry(list.text().to_owned()).or_default();
            *highest = (*highest).max(number);
        }
    }
}

/// Sets a value outside the steps of undo. Answers the edit that takes it back.
fn set(report: &mut Report, at: NodeId, value: Option<Value>, changed: &mut Changed) -> Option<Edit> {
    // A place that is not there is not filled: the item may be gone by now.
    report.body().perform(Edit::Set { at, value }, &mut changed.places).ok()
}
