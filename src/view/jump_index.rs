//! What the quick jump finds: sections, fields, the officer's own text, sources, and places of the app.

use serde_json::Value;

use super::going::{self, section_of};
use crate::app::{Editor, Route};
use crate::report::NodeId;
use crate::template::{Shape, Widget};

/// How many results a group shows.
const MOST: usize = 6;
/// How many characters of a text stand before and after what was found.
const AROUND: usize = 40;

/// Where a result leads.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// A field, item or section of the open report.
    Field(NodeId),
    /// A place of the app.
    Place(Route),
}

/// One result.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// What is read.
    pub title: String,
    /// Where it is and what stands there.
    pub at: String,
    /// Whether the title is the officer's words.
    pub own_words: bool,
    /// Where it leads.
    pub target: Target,
}

/// Results under one caption.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The caption.
    pub name: &'static str,
    /// The results.
    pub found: Vec<Found>,
}

/// Everything that fits the typed text; without one, the sections and places.
pub fn search(editor: Option<&Editor>, query: &str) -> Vec<Group> {
    let words: Vec<String> = query.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let fits = |text: &str| {
        let text = text.to_lowercase();
        words.iter().all(|word| text.contains(word.as_str()))
    };
    let mut groups = Vec::new();
    if let Some(editor) = editor {
        groups.push(Group { name: "Sections", found: sections(editor, &fits) });
        if !words.is_empty() {
            let (fields, texts, sources) = answers(editor, &fits, &words);
            groups.push(Group { name: "Fields", found: fields });
            groups.push(Group { name: "Your text", found: texts });
            groups.push(Group { name: "Sources", found: sources });
        }
    }
    groups.push(Group { name: "Places", found: places(editor, &fits) });
    for group in &mut groups {
        if group.name != "Sections" || !words.is_empty() {
            group.found.truncate(MOST);
        }
    }
    groups.retain(|group| !group.found.is_empty());
    groups
}

fn sections(editor: &Editor, fits: &dyn Fn(&str) -> bool) -> Vec<Found> {
    let sections = going::sections(editor).into_iter().enumerate();
    let found = sections.filter(|(_, section)| fits(&section.title)).map(|(number, section)| Found {
        at: format!("Section {}", number + 1),
        own_words: false,
        target: Target::Place(going::route_to(editor, &section)),
        title: section.title,
    });
    found.collect()
}

fn places(editor: Option<&Editor>, fits: &dyn Fn(&str) -> bool) -> Vec<Found> {
    let draft = editor.map(|editor| editor.with_open(|open| open.draft.key.as_str().to_owned()));
    let check = draft.map(|draft| ("Check and export", "This report", Route::Check { draft }));
    let others = [
        ("Reports", "All reports in this browser", Route::Reports),
        ("New report", "Choose a form", Route::New),
        ("Templates", "The forms in this browser", Route::Templates),
        ("Settings", "Appearance and storage", Route::Settings),
    ];
    let all = check.into_iter().chain(others).filter(|(title, _, _)| fits(title));
    let found = all.map(|(title, at, route)| Found {
        title: title.to_owned(),
        at: at.to_owned(),
        own_words: false,
        target: Target::Place(route),
    });
    found.collect()
}

type Answers = (Vec<Found>, Vec<Found>, Vec<Found>);

fn answers(editor: &Editor, fits: &dyn Fn(&str) -> bool, words: &[String]) -> Answers {
    let sections = going::sections(editor);
    let mut found: Vec<(usize, NodeId, String, Option<String>)> = Vec::new();
    let mut sources = Vec::new();
    editor.with(|report| {
        let layout = report.template().layout();
        report.walk(&mut |visit| {
            let node = layout.node(visit.node);
            if !visit.relevant {
                return;
            }
            let field = matches!(node.shape, Shape::Field(_)) && node.widget() != Some(Widget::Given);
            let text = visit.value.and_then(Value::as_str);
            let own = matches!(node.widget(), Some(Widget::Text | Widget::Area));
            if field && fits(&node.label) && node.key != crate::template::layout::ANY {
                let spoken = visit.value.and_then(|value| report.template().spoken(visit.node, value));
                let state = spoken.map_or_else(|| "not answered".to_owned(), |text| shortened(&text));
                found.push((0, visit.id.clone(), node.label.clone(), Some(state)));
            }
            if let Some(text) = text.filter(|text| own && fits(text)) {
                found.push((1, visit.id.clone(), around(text, words), None));
            }
            if let Some(grade) = source_line(visit.value).filter(|(_, title)| fits(title)) {
                sources.push((visit.id.clone(), grade.0, grade.1));
            }
        });
    });
    let place = |id: &NodeId| {
        let number = section_of(&sections, id) + 1;
        let words = going::place_words(editor, id);
        if words.is_empty() { number.to_string() } else { words }
    };
    let make = |(_, id, title, state): &(usize, NodeId, String, Option<String>)| {
        let holder = match state {
            // The title is the label, so that the place ends with what holds it.
            Some(_) => id.parent().unwrap_or_else(NodeId::root),
            None => id.clone(),
        };
        let at = match state {
            Some(state) => format!("{}: {state}", place(&holder)),
            None => place(&holder),
        };
        Found { title: title.clone(), at, own_words: state.is_none(), target: Target::Field(id.clone()) }
    };
    let of = |kind: usize| found.iter().filter(|(which, ..)| *which == kind).take(MOST).map(make).collect();
    let sources = sources.into_iter().take(MOST).map(|(id, at, title)| Found {
        title,
        at,
        own_words: true,
        target: Target::Field(id),
    });
    (of(0), of(1), sources.collect())
}

/// Number with grade, and title, of an item of the register.
fn source_line(value: Option<&Value>) -> Option<(String, String)> {
    let source = value?.as_object()?;
    let text = |key: &str| source.get(key).and_then(Value::as_str);
    let grade = format!("{}{}", text("reliability").unwrap_or(""), text("credibility").unwrap_or(""));
    source.get("gradingReason").or(source.get("reliability"))?;
    Some((format!("{}, {grade}", text("id")?), text("title")?.to_owned()))
}

fn shortened(text: &str) -> String {
    let short: String = text.chars().take(AROUND).collect();
    if short.len() < text.len() { format!("\"{}…\"", short.trim_end()) } else { format!("\"{text}\"") }
}

/// The part of a text around the first word that was found.
fn around(text: &str, words: &[String]) -> String {
    let lower = text.to_lowercase();
    let at = words.first().and_then(|word| lower.find(word.as_str())).unwrap_or(0);
    let before = lower.get(..at).map_or(0, |before| before.chars().count());
    let start = before.saturating_sub(AROUND);
    let part: String = text.chars().skip(start).take(AROUND * 2).collect();
    let (left, right) =
        (if start > 0 { "…" } else { "" }, if text.chars().count() > start + AROUND * 2 { "…" } else { "" });
    format!("{left}{}{right}", part.replace('\n', " "))
}
