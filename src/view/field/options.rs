//! What a choice offers at this moment: the entries of a list that its filter lets through, the items of another array, or
//! the reports of this browser.

use leptos::prelude::*;
use serde_json::{Map, Value};

use super::part::Part;
use crate::app::Editor;
use crate::report::{NodeId, Report};
use crate::template::Entry;
use crate::template::hints::{From, Reference};

/// How many choices a list shows at once; typing narrows it.
pub const MOST_SHOWN: usize = 100;

/// One choice.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// What is stored.
    pub value: Value,
    /// What is read.
    pub title: String,
    /// What stands before it in bold: a number, a grade.
    pub lead: Vec<String>,
}

impl Choice {
    /// A choice without anything before it.
    pub fn plain(value: Value, title: &str) -> Self {
        Self { value, title: title.to_owned(), lead: Vec::new() }
    }

    /// The stored value as the text of a control.
    pub fn code(&self) -> String {
        self.value.as_str().map_or_else(|| self.value.to_string(), str::to_owned)
    }

    /// All of it in one line.
    pub fn line(&self) -> String {
        if self.lead.is_empty() { self.title.clone() } else { format!("{}, {}", self.lead.join(" "), self.title) }
    }

    fn fits(&self, words: &[String]) -> bool {
        let line = self.line().to_lowercase();
        words.iter().all(|word| line.contains(word.as_str())) || self.code().to_lowercase() == words.join(" ")
    }
}

/// The choices of a field that contain every word of the query, in the order of the list.
pub fn choices(editor: &Editor, part: &Part, query: &str) -> Vec<Choice> {
    let words: Vec<String> = query.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let all = editor.with(|report| all(report, part));
    all.into_iter().filter(|choice| choice.fits(&words)).collect()
}

fn all(report: &Report, part: &Part) -> Vec<Choice> {
    let hints = &report.template().layout().node(part.node).hints;
    if let Some(reference) = &hints.reference {
        return referred(report, part, reference);
    }
    let list = report.template().offered(report.template().layout().node(part.node));
    let entries = list.map_or(&[][..], |list| list.entries());
    entries.iter().filter(|entry| is_offered(report, part, &entry.as_option())).map(entry_choice).collect()
}

fn entry_choice(entry: &Entry) -> Choice {
    Choice::plain(entry.value.clone(), &entry.title)
}

fn is_offered(report: &Report, part: &Part, option: &Value) -> bool {
    let hints = &report.template().layout().node(part.node).hints;
    let (Some(filter), Some(at)) = (&hints.filter, report.pointer(&part.id)) else { return true };
    report.evaluate(filter, &at, Some(option), &hints.with).is_true()
}

fn referred(report: &Report, part: &Part, reference: &Reference) -> Vec<Choice> {
    match &reference.from {
        From::Workspace => {
            let reports = report.surroundings().workspace.as_array().map_or(&[][..], Vec::as_slice);
            let offered = reports.iter().filter(|other| is_offered(report, part, other));
            offered.filter_map(|other| workspace_choice(other, &reference.key)).collect()
        }
        From::Items(place) => {
            let list = report.id_at(place);
            let items = report.items(&list).iter().filter_map(|item| report.value(&list.child(item))?.as_object());
            let offered = items.filter(|item| is_offered(report, part, &Value::Object((*item).clone())));
            offered.filter_map(|item| item_choice(report, &list, item, reference)).collect()
        }
    }
}

fn workspace_choice(other: &Value, key: &str) -> Option<Choice> {
    if other.get("status").and_then(Value::as_str) == Some("deleted") {
        return None;
    }
    let value = other.get(key)?.clone();
    let title = other.get("title").and_then(Value::as_str).unwrap_or_default().to_owned();
    let lead = value.as_str().map(str::to_owned).into_iter().collect();
    Some(Choice { value, title, lead })
}

fn item_choice(report: &Report, list: &NodeId, item: &Map<String, Value>, reference: &Reference) -> Option<Choice> {
    let value = item.get(&reference.key)?.clone();
    let holder = report.index(list).and_then(|list| report.template().layout().children(list).first().copied())?;
    let title = report.template().fill(&reference.label.replace(", ", "; "), holder, item).replace("; ", ", ");
    let title = if title.is_empty() { value.as_str().unwrap_or_default().to_owned() } else { title };
    Some(Choice { value, title, lead: Vec::new() })
}

/// The sources of the register: number, grade, title and publisher.
pub fn sources(report: &Report, register: &NodeId, query: &str) -> Vec<Choice> {
    let words: Vec<String> = query.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let items = report.items(register).iter().filter_map(|item| report.value(&register.child(item))?.as_object());
    items.filter_map(source_choice).filter(|choice| choice.fits(&words)).collect()
}

fn source_choice(source: &Map<String, Value>) -> Option<Choice> {
    let text = |key: &str| source.get(key).and_then(Value::as_str).unwrap_or_default();
    let grade = format!("{}{}", text("reliability"), text("credibility"));
    let title = [text("title"), text("publisher")].iter().filter(|text| !text.is_empty()).copied().collect::<Vec<_>>();
    let lead = vec![text("id").to_owned(), if grade.is_empty() { "–".to_owned() } else { grade }];
    Some(Choice { value: source.get("id")?.clone(), title: title.join(", "), lead })
}

/// A title with the typed words marked in it.
pub fn marked(title: &str, query: &str) -> AnyView {
    let word = query.trim().to_lowercase();
    let at = (!word.is_empty()).then(|| title.to_lowercase().find(&word)).flatten();
    let parts =
        at.and_then(|at| Some((title.get(..at)?, title.get(at..at + word.len())?, title.get(at + word.len()..)?)));
    match parts {
        Some((before, found, after)) => {
            let (before, found, after) = (before.to_owned(), found.to_owned(), after.to_owned());
            view! { {before}<mark>{found}</mark>{after} }.into_any()
        }
        None => title.to_owned().into_any(),
    }
}
