//! Fields with a box that searches: one choice, several choices, one item of another list, a report.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use serde_json::Value;

use super::combobox::{Combobox, Find, Search, Take};
use super::frame;
use super::options::{Choice, choices};
use super::part::Part;
use crate::app::Editor;
use crate::report::codec;
use crate::template::Widget;

fn find_in(editor: Editor, part: &Part) -> Find {
    let part = part.clone();
    Arc::new(move |query| choices(&editor, &part, query))
}

/// One choice of a long list. In an open list any text is an answer.
#[component]
pub fn ComboboxField(editor: Editor, part: Part) -> impl IntoView {
    let state = editor.field(&part.id);
    let widget = match part.widget {
        Some(Widget::Report) | None => Widget::Combobox { open: true },
        Some(widget) => widget,
    };
    let input = NodeRef::<html::Input>::new();
    let shown = {
        let (editor, part) = (editor, part.clone());
        move |value: Option<&Value>| {
            let offered = part.codelist.is_none() && part.reference.is_none();
            let named =
                offered.then(|| choices(&editor, &part, "").into_iter().find(|choice| Some(&choice.value) == value));
            match named.flatten() {
                Some(choice) => choice.title,
                None => codec::show(widget, part.codelist.as_deref(), value),
            }
        }
    };
    let list = editor.with(|report| {
        let template = report.template();
        template.offered(template.layout().node(part.node)).cloned()
    });
    let write = {
        let shown = shown.clone();
        move || {
            let value = state.with_untracked(|state| state.value.clone());
            if let Some(input) = input.get_untracked() {
                input.set_value(&shown(value.as_ref()));
            }
        }
    };
    Effect::new({
        let write = write.clone();
        move |_| {
            let value = state.with(|state| state.value.clone());
            let typed = input.get().map(|input| input.value()).unwrap_or_default();
            if codec::parse(widget, list.as_deref(), &typed) != value {
                write();
            }
        }
    });
    let take: Take = {
        let id = part.id.clone();
        Arc::new(move |choice: Choice| editor.set(&id, Some(choice.value)))
    };
    let search = Search {
        id: part.dom_id(),
        label_id: part.label_id(),
        words: None,
        width: part.width,
        find: find_in(editor, &part),
        take,
        adds: false,
    };
    let described = Signal::derive(frame::described_by(&part, state, false));
    let invalid = Signal::derive(move || state.with(|state| state.error.is_some()));
    // A code that was typed is shown by its title once the box is left.
    let left = move |typed: String| {
        let _ = typed;
        write();
    };
    let control = view! { <Combobox search input described invalid on_left=Arc::new(left)/> };
    frame::field(&part, state, control.into_any())
}

/// Several choices of a long or open list, as words that can be removed.
#[component]
pub fn SeveralField(editor: Editor, part: Part) -> impl IntoView {
    let state = editor.field(&part.id);
    let open = matches!(part.widget, Some(Widget::Several { open: true }));
    let input = NodeRef::<html::Input>::new();
    let chosen = Memo::new(move |_| {
        state.with(|state| state.value.as_ref().and_then(Value::as_array).cloned().unwrap_or_else(Vec::new))
    });
    let add = {
        let id = part.id.clone();
        move |value: Value| {
            let mut all = chosen.get_untracked();
            if !all.contains(&value) {
                all.push(value);
                editor.set(&id, Some(Value::Array(all)));
            }
        }
    };
    let find: Find = {
        let inner = find_in(editor, &part);
        Arc::new(move |query| {
            let mut found = inner(query);
            let all = chosen.get();
            found.retain(|choice| !all.contains(&choice.value));
            let typed = query.trim();
            if open && !typed.is_empty() && !found.iter().any(|choice| choice.code() == typed) {
                found.push(Choice::plain(Value::String(typed.to_owned()), &format!("Add \"{typed}\"")));
            }
            found
        })
    };
    let take: Take = {
        let add = add.clone();
        Arc::new(move |choice: Choice| add(choice.value))
    };
    // Text left in the box is added only when it names a choice: half a word must not get into a marking.
    let left = {
        let part = part.clone();
        move |typed: String| {
            let typed = typed.trim();
            let named = choices(&editor, &part, "")
                .into_iter()
                .find(|choice| choice.title.to_lowercase() == typed.to_lowercase() || choice.code() == typed);
            if let Some(value) = named.map(|choice| choice.value).filter(|_| !typed.is_empty()) {
                add(value);
                if let Some(input) = input.get_untracked() {
                    input.set_value("");
                }
            }
        }
    };
    let search = Search {
        id: format!("add-{}", part.dom_id()),
        label_id: part.label_id(),
        words: Some("add a choice"),
        width: part.width,
        find,
        take,
        adds: true,
    };
    let described = Signal::derive(frame::described_by(&part, state, false));
    let invalid = Signal::derive(move || state.with(|state| state.error.is_some()));
    let chips = chips(editor, &part, chosen, input);
    let control = view! { {chips}<Combobox search input described invalid on_left=Arc::new(left)/> };
    frame::group(&part, state, control.into_any())
}

fn chips(editor: Editor, part: &Part, chosen: Memo<Vec<Value>>, input: NodeRef<html::Input>) -> impl IntoView + use<> {
    let part = part.clone();
    let title = {
        let part = part.clone();
        move |value: &Value| {
            let named = choices(&editor, &part, "").into_iter().find(|choice| choice.value == *value);
            named.map_or_else(|| value.as_str().map_or_else(|| value.to_string(), str::to_owned), |choice| choice.title)
        }
    };
    let chip = move |value: &Value| {
        let (id, value) = (part.id.clone(), value.clone());
        let text = title(&value);
        let remove = move |_| {
            let rest: Vec<Value> = chosen.get_untracked().into_iter().filter(|other| *other != value).collect();
            editor.set(&id, (!rest.is_empty()).then_some(Value::Array(rest)));
            if let Some(input) = input.get_untracked() {
                // The button is gone; the focus goes where the next choice is made.
                let _ = input.focus();
            }
        };
        view! {
            <li>
                <span>{text.clone()}</span>
                <button type="button" data-own="" aria-label=format!("Remove {text}") on:click=remove>"×"</button>
            </li>
        }
        .into_any()
    };
    let chips = move |all: Vec<Value>| {
        let words = all.iter().map(&chip).collect_view();
        (!all.is_empty()).then(|| view! { <ul class="chips">{words}</ul> }.into_any())
    };
    view! { {move || chips(chosen.get())} }
}
