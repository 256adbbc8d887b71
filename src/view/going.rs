//! From one place of the open report to another: sections, fields, findings.

use leptos::prelude::*;

use super::{after_paint, dom};
use crate::app::{Editor, Route};
use crate::report::NodeId;
use crate::template::NodeIndex;

/// The key of the first section when it holds the fields that stand outside all sections.
const ROOT: &str = "report";

/// One section as the list shows it.
#[derive(Clone, PartialEq)]
pub struct Section {
    /// Its key in the address.
    pub key: String,
    /// Its title.
    pub title: String,
    /// The caption it stands under.
    pub part: Option<String>,
    /// Its sentence.
    pub hint: Option<String>,
    /// Its place in the report.
    pub id: NodeId,
}

/// The sections of a report, in their order.
pub fn sections(editor: &Editor) -> Vec<Section> {
    editor.with(|report| {
        let template = report.template();
        let section = |index: &NodeIndex| {
            let node = template.layout().node(*index);
            let root = node.key.is_empty();
            Section {
                key: if root { ROOT.to_owned() } else { node.key.clone() },
                title: if root { template.title().to_owned() } else { node.label.clone() },
                part: node.hints.part.clone(),
                hint: node.hints.hint.clone().filter(|_| !root),
                id: if root { NodeId::root() } else { NodeId::root().child(&node.key) },
            }
        };
        template.sections().iter().map(section).collect()
    })
}

/// The number of the section that a field stands in.
pub fn section_of(sections: &[Section], id: &NodeId) -> usize {
    let inside = |section: &Section| section.id != NodeId::root() && section.id.contains(id);
    sections.iter().position(inside).unwrap_or(0)
}

/// The place of a section.
pub fn route_to(editor: &Editor, section: &Section) -> Route {
    let draft = editor.with_open(|open| open.draft.key.as_str().to_owned());
    Route::Editor { draft, section: Some(section.key.clone()), at: None }
}

/// The address of a field, as links carry it.
pub fn address(editor: &Editor, id: &NodeId) -> String {
    let sections = sections(editor);
    let section = sections.get(section_of(&sections, id)).map(|section| section.key.clone());
    let draft = editor.with_open(|open| open.draft.key.as_str().to_owned());
    let at = editor.with(|report| report.pointer(id)).map(|pointer| pointer.to_string());
    Route::Editor { draft, section, at }.hash()
}

/// Opens everything that holds a field.
pub fn unfold(editor: &Editor, id: &NodeId) {
    let mut at = Some(id.clone());
    while let Some(here) = at {
        editor.unfold(&here);
        at = here.parent();
    }
}

/// Goes to a field: its section, its items open, the focus on it.
pub fn go_to_field(editor: Editor, id: &NodeId) {
    unfold(&editor, id);
    let sections = sections(&editor);
    let number = section_of(&sections, id);
    // A new address takes the focus from what has it, so that none is set for a field of the section on the page.
    if let Some(section) = sections.get(number).filter(|_| shown(&sections) != Some(number)) {
        dom::go(&route_to(&editor, section));
    }
    focus_soon(id);
}

/// The number of the section that the address names, which the page may still be on its way to; none on other pages.
pub fn shown(sections: &[Section]) -> Option<usize> {
    match dom::here() {
        Route::Editor { section, .. } => {
            let named = section.and_then(|key| sections.iter().position(|one| one.key == key));
            Some(named.unwrap_or(0))
        }
        _ => None,
    }
}

/// How many frames a field may take to appear: the browser tells of a new address some time after it was set.
const FRAMES: u8 = 60;

/// Puts the focus on a field as soon as it is on the page.
pub fn focus_soon(id: &NodeId) {
    let id = id.clone();
    after_paint(move || focus_when_there(id, FRAMES));
}

fn focus_when_there(id: NodeId, frames: u8) {
    // A list without items has its button, an item its head.
    let there = dom::focus(&format!("add{id}")) || dom::focus(&format!("item{id}")) || dom::focus_field(&id);
    if !there && id.tokens().count() <= 1 {
        // A section as a whole: its heading.
        dom::focus("page-heading");
    } else if !there && frames > 0 {
        request_animation_frame(move || focus_when_there(id, frames - 1));
    }
}

/// The finding before or after the place of the focus, around the end. From a field without one, the next one in the
/// section on the page or behind it.
pub fn next_finding(editor: &Editor, from: Option<&NodeId>, section: usize, back: bool) -> Option<NodeId> {
    let mut all: Vec<NodeId> =
        editor.findings.with_untracked(|all| all.iter().map(|finding| finding.at.clone()).collect());
    all.dedup();
    let count = all.len();
    let here = from.and_then(|from| all.iter().position(|at| at == from));
    let sections = sections(editor);
    let ahead = || all.iter().position(|at| section_of(&sections, at) >= section);
    let next = match (here, back) {
        (Some(here), false) => (here + 1) % count.max(1),
        (Some(here), true) => (here + count - 1) % count.max(1),
        (None, false) => ahead().unwrap_or(0),
        (None, true) => (ahead().unwrap_or(count) + count).checked_sub(1)? % count.max(1),
    };
    all.get(next).cloned()
}

/// Where a finding stands, in words: `8 Persons proceeded against, P1, Citizenship(s)`.
pub fn place_words(editor: &Editor, id: &NodeId) -> String {
    let sections = sections(editor);
    let number = section_of(&sections, id);
    let mut words =
        sections.get(number).map(|section| format!("{} {}", number + 1, section.title)).into_iter().collect::<Vec<_>>();
    editor.with(|report| {
        let layout = report.template().layout();
        let mut at = NodeId::root();
        for (depth, token) in id.tokens().enumerate() {
            let holder = report.index(&at).map(|holder| layout.node(holder));
            let list = at.clone();
            at = at.child(&token);
            let Some(node) = report.node(&at) else { break };
            if holder.is_some_and(crate::template::Node::is_repeat) {
                let number = report.items(&list).iter().position(|item| *item == token).map_or(0, |at| at + 1);
                let own = report.value(&at).and_then(|item| item.get("id")?.as_str().map(str::to_owned));
                words.push(own.unwrap_or_else(|| number.to_string()));
            } else if depth > 0 {
                words.push(node.label.clone());
            }
        }
    });
    words.join(", ")
}
