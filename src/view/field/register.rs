//! The head of a source in the register: number, grade, title, publisher and date, and how often it is cited.

use leptos::prelude::*;
use serde_json::{Map, Value};

use super::items::Worst;
use crate::app::Editor;
use crate::report::codec::DateParts;
use crate::report::{NodeId, Report};
use crate::template::Widget;

/// Whether an item is a source: it is graded.
pub fn is_source(editor: &Editor, item: &NodeId) -> bool {
    editor.with(|report| {
        let layout = report.template().layout();
        let parts = report.index(item).map_or(&[][..], |item| layout.children(item));
        parts.iter().any(|part| layout.node(*part).widget() == Some(Widget::Grade))
    })
}

/// What the head says.
#[derive(Clone, Default, PartialEq)]
struct Told {
    number: String,
    grade: String,
    title: String,
    small: String,
    cited: String,
}

fn tell(report: &Report, item: &NodeId) -> Told {
    let empty = Map::new();
    let source = report.value(item).and_then(Value::as_object).unwrap_or(&empty);
    let text = |key: &str| source.get(key).and_then(Value::as_str).unwrap_or_default();
    let date = DateParts::read(text("datePublished")).words().unwrap_or_default();
    let place =
        [text("publisher"), &date].iter().filter(|text| !text.is_empty()).copied().collect::<Vec<_>>().join(", ");
    let kept: Vec<&str> = [("archiveUrl", "archived"), ("fileHash", "hashed")]
        .iter()
        .filter(|(key, _)| !text(key).is_empty())
        .map(|(_, word)| *word)
        .collect();
    let kept = if kept.is_empty() { String::new() } else { crate::app::sentence(&kept.join(", ")) };
    let small = [place, kept].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(". ");
    let cited = match report.uses(item) {
        None => "not cited yet".to_owned(),
        Some((_, 1)) => "cited once".to_owned(),
        Some((_, times)) => format!("cited {times} times"),
    };
    let title = if text("title").is_empty() { "Untitled source" } else { text("title") };
    Told {
        number: text("id").to_owned(),
        grade: format!("{}{}", text("reliability"), text("credibility")),
        title: title.to_owned(),
        small,
        cited,
    }
}

/// The line of one source.
pub struct SourceLine {
    /// The open report.
    pub editor: Editor,
    /// The source.
    pub item: NodeId,
}

impl SourceLine {
    /// Draws it.
    pub fn view(self) -> impl IntoView {
        let Self { editor, item } = self;
        let at = item.clone();
        let told = editor.watch(&item, move |report| tell(report, &at));
        view! {
            <span class="id">{move || told.with(|told| told.number.clone())}</span>
            <span class="gr">{move || told.with(|told| told.grade.clone())}</span>
            <span class="what">
                {move || told.with(|told| told.title.clone())}
                <small>{move || told.with(|told| told.small.clone())}</small>
            </span>
            <span class="cited"><Worst editor item/>" "{move || told.with(|told| told.cited.clone())}</span>
        }
    }
}
