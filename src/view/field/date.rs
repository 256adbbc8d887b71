//! A date typed in parts: year, month, day, in that order; a partial date may end after any of them.

use leptos::html;
use leptos::prelude::*;
use serde_json::Value;

use super::frame;
use super::part::Part;
use crate::app::Editor;
use crate::app::fields::FieldState;
use crate::report::codec::DateParts;
use crate::view::dom;

/// A full date.
#[component]
pub fn DateField(editor: Editor, part: Part) -> impl IntoView {
    let state = editor.field(&part.id);
    frame::group(&part, state, boxes(&part, state))
}

/// A date as far as it is known.
#[component]
pub fn PartialDateField(editor: Editor, part: Part) -> impl IntoView {
    let state = editor.field(&part.id);
    let marked = move |which: fn(&DateParts) -> bool| move || which(&parts_of(&state.get()));
    let reads = Memo::new(move |_| {
        let parts = parts_of(&state.get());
        let exact = !parts.uncertain && !parts.approximate && !parts.day.is_empty();
        parts.words().filter(|_| !exact).map(|words| format!("Reads as: {words}"))
    });
    let controls = view! {
        {boxes(&part, state)}
        <div class="choices across">
            <label><input type="checkbox" data-part="uncertain" prop:checked=marked(|parts| parts.uncertain)/>"Uncertain"</label>
            <label><input type="checkbox" data-part="approximate" prop:checked=marked(|parts| parts.approximate)/>"Approximate"</label>
        </div>
        {move || reads.get().map(|words| view! { <p class="reads">{words}</p> }.into_any())}
    };
    frame::group(&part, state, controls.into_any())
}

fn parts_of(state: &FieldState) -> DateParts {
    state.value.as_ref().and_then(Value::as_str).map(DateParts::read).unwrap_or_default()
}

fn boxes(part: &Part, state: Memo<FieldState>) -> AnyView {
    let holder = NodeRef::<html::Div>::new();
    // Written only when the boxes stand for another date: "3" stays "3" while the report has "2025-03".
    Effect::new(move |_| {
        let (Some(holder), wanted) = (holder.get(), parts_of(&state.get())) else { return };
        let typed = dom::date_parts(&holder).unwrap_or_default();
        let marks = DateParts { uncertain: wanted.uncertain, approximate: wanted.approximate, ..typed };
        if marks.text() != wanted.text() {
            dom::write_date(&holder, &wanted);
        }
    });
    let one = |name: &'static str, label: &'static str, class: &'static str| {
        let id = format!("{name}{}", part.id);
        view! {
            <div>
                <label for=id.clone()>{label}</label>
                <input class=class id=id data-part=name inputmode="numeric" autocomplete="off"
                    aria-invalid=frame::invalid(state)/>
            </div>
        }
    };
    view! {
        <div class="parts" node_ref=holder>
            {one("year", "Year", "box y")}
            {one("month", "Month", "box")}
            {one("day", "Day", "box")}
        </div>
    }
    .into_any()
}
