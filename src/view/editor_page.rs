//! The editor: the section list at the side, one section at a time, the notes in the margin.
//!
//! One delegated `input`, `change` and `focusout` listener serves every field of the section: it finds the field from the
//! element id, so that a field costs no listener.

use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;
use serde_json::Value;

use super::field::{Items, children};
use super::going::{self, Section};
use super::margin::Margin;
use super::report_line::ReportLine;
use super::section_list::SectionList;
use super::trouble::Trouble;
use super::{NotShown, app, arrive, dom};
use crate::app::{Editor, Route};
use crate::report::NodeId;
use crate::template::{Shape, Widget};

/// The page of one report.
#[component]
pub fn EditorPage(draft: String) -> impl IntoView {
    match app().editor(&draft) {
        Ok(editor) => view! { <Open editor draft/> }.into_any(),
        Err(reason) => view! { <NotShown words=reason.0/> }.into_any(),
    }
}

#[component]
fn Open(editor: Editor, draft: String) -> impl IntoView {
    let app = app();
    let route = app.route;
    let sections = StoredValue::new(going::sections(&editor));
    let current = Memo::new(move |_| {
        let wanted = route.with(|route| match route {
            Route::Editor { section, .. } => section.clone(),
            _ => None,
        });
        let found = |sections: &Vec<Section>| wanted.and_then(|key| sections.iter().position(|one| one.key == key));
        sections.with_value(found).unwrap_or(0)
    });
    let field = Memo::new(move |_| {
        route.with(|route| match route {
            Route::Editor { at, .. } => at.clone(),
            _ => None,
        })
    });
    // The outside world follows: the title of the window, and the focus of somebody who asked for a field.
    Effect::new(move |_| {
        let title = sections.with_value(|sections| sections.get(current.get()).map(|section| section.title.clone()));
        let key = sections.with_value(|sections| sections.get(current.get()).map(|section| section.key.clone()));
        editor.section.set(key);
        let report = editor.heading.with_untracked(|heading| heading.title.clone());
        match field.get().and_then(|at| crate::template::Pointer::parse(&at).ok()) {
            Some(at) => {
                let id = editor.with(|report| report.id_at(&at));
                going::unfold(&editor, &id);
                dom::set_title(&format!("{} - {report} – Chancery", title.unwrap_or_default()));
                going::focus_soon(&id);
            }
            None => arrive(&format!("{} - {report}", title.unwrap_or_default())),
        }
    });
    keys(editor, sections, current);
    let left = Left::new(editor);
    let opened = app.opened;
    on_cleanup(move || opened.set(Vec::new()));
    view! {
        <Trouble editor/>
        <ReportLine editor draft/>
        <div class="frame">
            <SectionList editor sections current/>
            <main id="main" on:input=move |event| on_input(editor, &event) on:change=move |event| on_change(editor, &event)
                on:focusout=move |event| left.note(&event)>
                <super::open_file::OpenedFiles said=opened/>
                {move || section_view(editor, sections, current.get())}
            </main>
            <Margin editor sections current/>
        </div>
    }
}

fn section_view(editor: Editor, sections: StoredValue<Vec<Section>>, at: usize) -> AnyView {
    let Some(section) = sections.with_value(|sections| sections.get(at).cloned()) else { return ().into_any() };
    let list =
        editor.with(|report| report.node(&section.id).is_some_and(|node| matches!(node.shape, Shape::Repeat { .. })));
    let body = if list {
        view! { <Items editor list=section.id.clone() level=2/> }.into_any()
    } else {
        view! { <div class="fields">{children(editor, &section.id, 2)}</div> }.into_any()
    };
    let link = move |number: Option<usize>, rel: &'static str, word: &'static str| {
        let section = sections.with_value(|sections| number.and_then(|number| sections.get(number).cloned()))?;
        let href = going::route_to(&editor, &section).hash();
        let number = number.map_or(0, |number| number + 1);
        Some(view! { <a href=href rel=rel>{format!("{word}: {number} {}", section.title)}</a> })
    };
    let previous = link(at.checked_sub(1), "prev", "Previous");
    let next = link(Some(at + 1), "next", "Next");
    view! {
        <div class="sec-head">
            <span class="folio" aria-hidden="true">{at + 1}</span>
            <h1 id="page-heading" tabindex="-1">{section.title.clone()}</h1>
            {section.hint.clone().map(|hint| view! { <p>{hint}</p> })}
        </div>
        {body}
        <nav class="sec-foot" aria-label="Previous and next section">
            {previous.unwrap_or_else(|| view! { <a href="#/".to_owned() rel="up">{"All reports".to_owned()}</a> })}
            {next}
        </nav>
    }
    .into_any()
}

/// A key in a box: the text becomes the value; nothing is trimmed or put right while it is typed.
fn on_input(editor: Editor, event: &ev::Event) {
    let Some(control) = dom::control(event) else { return };
    if let Some(date) = control.date {
        editor.set(&control.id, date.text().map(Value::String));
        return;
    }
    let widget = editor.with(|report| report.node(&control.id).and_then(|node| node.widget()));
    match widget {
        Some(Widget::Tick | Widget::Declaration) => editor.set(&control.id, Some(Value::Bool(control.checked))),
        Some(Widget::Checkboxes | Widget::Items) => {
            let code = Value::String(control.text);
            let options = options(&editor, &control.id);
            editor.choose(&control.id, &options, &code, control.checked);
        }
        Some(Widget::Radios | Widget::Grade | Widget::List | Widget::Item | Widget::YesNo) => {
            editor.choose_one(&control.id, &control.text);
        }
        Some(_) => editor.type_text(&control.id, &control.text),
        None => {}
    }
}

/// The codes of a field in the order of its list, so that several choices are kept in that order.
fn options(editor: &Editor, id: &crate::report::NodeId) -> Vec<Value> {
    editor.with(|report| {
        let list = report.node(id).and_then(|node| node.codelist.clone());
        list.map_or_else(Vec::new, |list| list.entries().iter().map(|entry| entry.value.clone()).collect())
    })
}

/// Fillers and extensions write without `input` events; what stands in the box when it changes or is left counts.
fn on_change(editor: Editor, event: &ev::Event) {
    on_input(editor, event);
}

/// Fields that were left. While a button of the mouse or a finger is down they wait: what appears when a field is left
/// moves what is on the page, and the press would end on something else than it began on.
#[derive(Clone, Copy)]
struct Left {
    editor: Editor,
    pressed: StoredValue<bool>,
    waiting: StoredValue<Vec<NodeId>>,
}

impl Left {
    /// Listens to presses. The listeners end with the page.
    fn new(editor: Editor) -> Self {
        let left = Self { editor, pressed: StoredValue::new(false), waiting: StoredValue::new(Vec::new()) };
        let release = move || {
            left.pressed.try_set_value(false);
            // After the click that the press ends in.
            set_timeout(move || left.settle(), std::time::Duration::ZERO);
        };
        let down = window_event_listener(ev::pointerdown, move |_| {
            left.settle();
            left.pressed.try_set_value(true);
        });
        let up = window_event_listener(ev::pointerup, move |_| release());
        let cancel = window_event_listener(ev::pointercancel, move |_| release());
        on_cleanup(move || {
            left.settle();
            down.remove();
            up.remove();
            cancel.remove();
        });
        left
    }

    fn note(self, event: &ev::FocusEvent) {
        let Some(id) = dom::field_left(event) else { return };
        // A page that is taken down loses its focus too, and this listener has outlived its signals by then.
        self.waiting.try_update_value(|waiting| waiting.push(id));
        if self.pressed.try_get_value() == Some(false) {
            self.settle();
        }
    }

    fn settle(self) {
        let waiting = self.waiting.try_update_value(std::mem::take).unwrap_or_default();
        for id in waiting {
            self.editor.leave(&id);
        }
    }
}

/// The keys of the editor. They end with the page.
fn keys(editor: Editor, sections: StoredValue<Vec<Section>>, current: Memo<usize>) {
    let at = RwSignal::new(None);
    let handle = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        if dom::dialog_is_open() {
            return;
        }
        let control = event.ctrl_key() || event.meta_key();
        match (event.key().as_str(), control, event.shift_key()) {
            ("F8", false, back) => {
                let from = dom::focused_field().or_else(|| at.get_untracked());
                if let Some(id) = going::next_finding(&editor, from.as_ref(), current.get_untracked(), back) {
                    editor.show_errors_of(&id);
                    going::go_to_field(editor, &id);
                    at.set(Some(id));
                }
            }
            ("Enter", true, false) => {
                // The address is ahead of the page, so that two quick presses are two sections.
                let here = sections.with_value(|sections| going::shown(sections)).unwrap_or(current.get_untracked());
                let next = sections.with_value(|sections| sections.get(here + 1).cloned());
                if let Some(section) = next {
                    dom::go(&going::route_to(&editor, &section));
                }
            }
            // A box that is no answer has the browser's own undo.
            ("z" | "Z" | "y" | "Y", true, _) if dom::is_own_box(&event) => return,
            ("z" | "Z", true, again) => step(editor, !again),
            ("y" | "Y", true, false) => step(editor, false),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || handle.remove());
}

fn step(editor: Editor, back: bool) {
    if let Some(place) = editor.step(back) {
        going::go_to_field(editor, &place);
    }
}
