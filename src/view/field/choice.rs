//! Choices that are seen at once: radios, a list, checkboxes, a grade, yes or no, one tick.

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::Value;

use super::frame;
use super::options::{Choice, choices};
use super::part::Part;
use crate::app::Editor;
use crate::template::Widget;
use crate::view::shown::when;

fn is_chosen(state: Memo<crate::app::fields::FieldState>, value: Value) -> impl Fn() -> bool + Clone + Send + Sync {
    move || state.with(|state| state.value.as_ref() == Some(&value))
}

/// One of a few choices.
#[component]
pub fn RadioField(editor: Editor, part: Part) -> impl IntoView {
    let state = editor.field(&part.id);
    let options = match part.widget {
        Some(Widget::YesNo) => vec![Choice::plain(Value::Bool(true), "Yes"), Choice::plain(Value::Bool(false), "No")],
        _ => choices(&editor, &part, ""),
    };
    let short = options.iter().map(|option| option.title.len()).sum::<usize>() < 30;
    let name = part.dom_id();
    let radios = options
        .into_iter()
        .map(|option| {
            view! {
                <label>
                    <input type="radio" name=name.clone() value=option.code() prop:checked=is_chosen(state, option.value)/>
                    <span>{option.title}</span>
                </label>
            }
        })
        .collect_view();
    let clear = clear_button(editor, &part, state);
    frame::group(
        &part,
        state,
        view! { <div class="choices" class:across=short>{radios}</div>{clear}{kept_text(state, &part)} }.into_any(),
    )
}

/// Takes an optional choice back; radios alone cannot.
fn clear_button(editor: Editor, part: &Part, state: Memo<crate::app::fields::FieldState>) -> impl IntoView + use<> {
    let (id, label) = (part.id.clone(), part.label.clone());
    let shown = Memo::new(move |_| state.with(|state| state.answered && !state.required));
    when(shown, move || {
        let (id, label) = (id.clone(), label.clone());
        view! {
            <button class="btn plain small flush" type="button" data-own="" on:click=move |_| editor.set(&id, None)>
                "Clear the choice"<span class="vh">": "{label}</span>
            </button>
        }
        .into_any()
    })
}

/// A value that is in no list, as a file may have it: shown, so that it can be seen and replaced.
fn kept_text(state: Memo<crate::app::fields::FieldState>, part: &Part) -> impl IntoView + use<> {
    let list = part.codelist.clone();
    let kept = move || {
        let value = state.with(|state| state.value.clone())?;
        let known = list.as_ref().is_none_or(|list| list.find(&value).is_some());
        value.as_str().filter(|_| !known).map(str::to_owned)
    };
    let line =
        |text: String| view! { <p class="reads">"The report says: "<span class="ink">{text}</span></p> }.into_any();
    view! { {move || kept().map(line)} }
}

/// One of up to a dozen choices.
#[component]
pub fn ListField(editor: Editor, part: Part) -> impl IntoView {
    let state = editor.field(&part.id);
    let options = choices(&editor, &part, "");
    let known: Arc<Vec<Value>> = Arc::new(options.iter().map(|option| option.value.clone()).collect());
    let lines = options
        .into_iter()
        .map(|option| {
            view! { <option value=option.code() prop:selected=is_chosen(state, option.value.clone())>{option.line()}</option> }
        })
        .collect_view();
    // A value outside the list, as a file may have it, stays to be seen.
    let other = move || {
        let value = state.with(|state| state.value.clone()).filter(|value| !known.contains(value))?;
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        Some(view! { <option value=text.clone() prop:selected=true>{text.clone()}</option> }.into_any())
    };
    let none = move || state.with(|state| state.value.is_none());
    let control = view! {
        <select class=format!("box {}", part.width) id=part.dom_id()
            aria-describedby=frame::described_by(&part, state, false) aria-invalid=frame::invalid(state)>
            <option value="" prop:selected=none></option>
            {lines}
            {move || other()}
        </select>
    };
    frame::field(&part, state, control.into_any())
}

/// Several of up to a dozen choices.
#[component]
pub fn CheckboxesField(editor: Editor, part: Part) -> impl IntoView {
    let state = editor.field(&part.id);
    let options = choices(&editor, &part, "");
    let empty = options.is_empty();
    let boxes = options
        .into_iter()
        .map(|option| {
            let value = option.value.clone();
            let ticked = move || {
                state.with(|state| {
                    state.value.as_ref().and_then(Value::as_array).is_some_and(|all| all.contains(&value))
                })
            };
            view! {
                <label>
                    <input type="checkbox" value=option.code() prop:checked=ticked/>
                    <span>{option.line()}</span>
                </label>
            }
        })
        .collect_view();
    let nothing = empty.then(|| view! { <p class="reads">"There is nothing to choose from yet."</p> });
    frame::group(&part, state, view! { <div class="choices">{boxes}</div>{nothing} }.into_any())
}

/// A grade: the last choice stands apart, because it means "not known", not "worse".
#[component]
pub fn GradeField(editor: Editor, part: Part) -> impl IntoView {
    let state = editor.field(&part.id);
    let options = choices(&editor, &part, "");
    let name = part.dom_id();
    let labels = options
        .into_iter()
        .map(|option| {
            view! {
                <label>
                    <span class="g">{option.code()}</span>
                    {option.title.clone()}
                    <input type="radio" name=name.clone() value=option.code() prop:checked=is_chosen(state, option.value)/>
                </label>
            }
        })
        .collect_view();
    frame::group(&part, state, view! { <div class="scale">{labels}</div>{kept_text(state, &part)} }.into_any())
}

/// One checkbox: an optional yes, or a declaration that only a person makes.
#[component]
pub fn TickField(editor: Editor, part: Part) -> impl IntoView {
    let state = editor.field(&part.id);
    let control = view! {
        <input type="checkbox" id=part.dom_id() prop:checked=is_chosen(state, Value::Bool(true))
            aria-describedby=frame::described_by(&part, state, false) aria-invalid=frame::invalid(state)/>
    };
    frame::tick(&part, state, control.into_any())
}
