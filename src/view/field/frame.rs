//! The frame of a field: label and need, hint, error, control, counter. One frame for all widgets, so that names and
//! descriptions are the same everywhere.

use leptos::prelude::*;

use super::part::Part;
use crate::app::fields::FieldState;
use crate::view::marks::Mark;

/// Required or optional, behind the label. It leaves the screen once the field is answered, and stays for a screen reader.
pub fn need(state: Memo<FieldState>) -> impl IntoView {
    let required = Memo::new(move |_| state.with(|state| state.required));
    // The space keeps the words of the name apart; the margin of the span is no space to a screen reader.
    view! {
        " "<span class="need" class:req=required>
            {move || if required.get() { "required" } else { "optional" }}
        </span>
    }
}

/// The ids of what describes a control: hint, error, counter, in this order.
pub fn described_by(
    part: &Part,
    state: Memo<FieldState>,
    counter: bool,
) -> impl Fn() -> Option<String> + Clone + use<> {
    let hint = part.hint.as_ref().map(|_| part.hint_id());
    let (error, counter) = (part.error_id(), counter.then(|| part.counter_id()));
    let bad = Memo::new(move |_| state.with(|state| state.error.is_some()));
    move || {
        let error = bad.get().then(|| error.clone());
        let ids: Vec<String> = [hint.clone(), error, counter.clone()].into_iter().flatten().collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

/// `true` for `aria-invalid` while there is an error.
pub fn invalid(state: Memo<FieldState>) -> impl Fn() -> Option<&'static str> + Clone {
    move || state.with(|state| state.error.is_some()).then_some("true")
}

fn hint(part: &Part) -> Option<impl IntoView + use<>> {
    let id = part.hint_id();
    part.hint.clone().map(|text| view! { <p class="hint" id=id>{text}</p> })
}

fn error(part: &Part, state: Memo<FieldState>) -> impl IntoView + use<> {
    let id = part.error_id();
    let message = Memo::new(move |_| state.with(|state| state.error.clone()));
    let line = move |message: String| {
        view! {
            <p class="err-msg" id=id.clone()>
                <Mark name="err"/>
                <span><span class="vh">"Error: "</span>{message}</span>
            </p>
        }
        .into_any()
    };
    view! { {move || message.get().map(&line)} }
}

/// What to look at, under the control.
fn warning(state: Memo<FieldState>) -> impl IntoView {
    let message = Memo::new(move |_| state.with(|state| state.warning.clone()));
    let line = |message: String| {
        view! {
            <p class="warn-msg">
                <Mark name="warn"/>
                <span><span class="vh">"Warning: "</span>{message}</span>
            </p>
        }
        .into_any()
    };
    view! { {move || message.get().map(line)} }
}

/// A field with one control.
pub fn field(part: &Part, state: Memo<FieldState>, control: AnyView) -> AnyView {
    let label = part.label.clone();
    view! {
        <div class="field" class:answered=move || state.with(|s| s.answered) class:bad=move || state.with(|s| s.error.is_some())>
            <label for=part.dom_id() id=part.label_id()>{label}{need(state)}</label>
            {hint(part)}
            {error(part, state)}
            {control}
            {warning(state)}
        </div>
    }
    .into_any()
}

/// A field with several controls: the id is on the group.
pub fn group(part: &Part, state: Memo<FieldState>, controls: AnyView) -> AnyView {
    let label = part.label.clone();
    let described = described_by(part, state, false);
    view! {
        <fieldset
            class="field"
            class:answered=move || state.with(|s| s.answered)
            class:bad=move || state.with(|s| s.error.is_some())
            id=part.dom_id()
            aria-describedby=described
        >
            <legend class="lab" id=part.label_id()>{label}{need(state)}</legend>
            {hint(part)}
            {error(part, state)}
            {controls}
            {warning(state)}
        </fieldset>
    }
    .into_any()
}

/// A checkbox whose label stands beside it.
pub fn tick(part: &Part, state: Memo<FieldState>, control: AnyView) -> AnyView {
    let label = part.label.clone();
    view! {
        <div class="field" class:answered=move || state.with(|s| s.answered) class:bad=move || state.with(|s| s.error.is_some())>
            {error(part, state)}
            <div class="choices">
                <label class="lab" id=part.label_id()>
                    {control}
                    <span><b>{label}</b>{need(state)}</span>
                </label>
            </div>
            {hint(part)}
        </div>
    }
    .into_any()
}
