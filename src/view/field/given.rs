//! What the application sets or calculates: shown as text, never as a box that looks like one.

use leptos::prelude::*;
use serde_json::Value;

use super::part::Part;
use crate::app::Editor;
use crate::view::dom;

/// A value that is not typed.
#[component]
pub fn GivenField(editor: Editor, part: Part) -> impl IntoView {
    let state = editor.field(&part.id);
    let by = if part.calculated { "calculated" } else { "set by the application" };
    let (node, part_truth) = (part.node, part.truth);
    let text = Signal::derive(move || {
        let value = state.with(|state| state.value.clone());
        let truth = matches!(value, Some(Value::Bool(_)));
        match value.and_then(|value| editor.with(|report| report.template().spoken(node, &value))) {
            Some(text) if truth => crate::view::words::starting(&text),
            Some(text) => text,
            None if part_truth => "No".to_owned(),
            None => "Not known yet".to_owned(),
        }
    });
    let known = move || part_truth || state.with(|state| state.value.is_some());
    let mark = part.id.last().as_deref() == Some("banner");
    view! {
        <div class="field" role="group" id=part.dom_id() aria-labelledby=part.label_id()>
            <span class="lab" id=part.label_id()>{part.label.clone()}" "<span class="need">{by}</span></span>
            {part.hint.clone().filter(|hint| !part.calculated && !says_only_who(hint)).map(|hint| view! { <p class="hint">{hint}</p> })}
            <p class="given" class:mk=move || mark && known() class:quiet=move || !known()>{text}</p>
        </div>
    }
}

/// A hint that repeats what stands after the label.
fn says_only_who(hint: &str) -> bool {
    hint.trim_end_matches('.').eq_ignore_ascii_case("set by the application")
}

/// The report identifier: proposed by the application; its number can be changed until the first export.
#[component]
pub fn ReportIdField(editor: Editor, part: Part) -> impl IntoView {
    let state = editor.field(&part.id);
    let changing = RwSignal::new(false);
    let fixed = editor.with(|report| report.content().identifier_fixed);
    let known = Memo::new(move |_| state.with(|state| state.value.as_ref().and_then(Value::as_str).map(str::to_owned)));
    let box_id = format!("number{}", part.id);
    let id = part.id.clone();
    let renumber = move |text: String| {
        let Some(start) = known.get_untracked().and_then(|old| old.rsplit_once('-').map(|(start, _)| start.to_owned()))
        else {
            return;
        };
        let digits = text.trim();
        let number = digits.parse::<u16>().ok().filter(|number| (1..=9_999).contains(number));
        let tail = number.map_or_else(|| digits.to_owned(), |number| format!("{number:04}"));
        if !tail.is_empty() {
            editor.set(&id, Some(Value::String(format!("{start}-{tail}"))));
        }
    };
    let open = {
        let box_id = box_id.clone();
        move |_| {
            changing.set(true);
            let box_id = box_id.clone();
            request_animation_frame(move || {
                dom::focus(&box_id);
            });
        }
    };
    let number =
        move || known.get().and_then(|id| id.rsplit_once('-').map(|(_, tail)| tail.to_owned())).unwrap_or_default();
    // The number is offered as a box only on request: most identifiers are never changed.
    let tools = move || {
        if fixed || known.with(Option::is_none) {
            return ().into_any();
        }
        if !changing.get() {
            let open = open.clone();
            return view! { <button class="btn plain small flush" type="button" data-own="" on:click=open>"Change the number"</button> }
                .into_any();
        }
        let renumber = renumber.clone();
        view! {
            <label class="small" for=box_id.clone()>"Number"</label>
            <input class="box w4" id=box_id.clone() data-own="" inputmode="numeric" autocomplete="off" prop:value=untrack(number)
                on:change=move |event| renumber(event_target_value(&event))/>
        }
        .into_any()
    };
    view! {
        <div class="field" class:bad=move || state.with(|s| s.error.is_some()) role="group" id=part.dom_id() aria-labelledby=part.label_id()>
            <span class="lab" id=part.label_id()>{part.label.clone()}" "<span class="need">"set by the application"</span></span>
            {part.hint.clone().map(|hint| view! { <p class="hint">{hint}</p> })}
            {move || state.with(|s| s.error.clone()).map(|error| view! { <p class="err-msg">{error}</p> }.into_any())}
            <p class="given" class:quiet=move || known.with(Option::is_none)>
                {move || known.get().unwrap_or_else(|| "Given when country and date of report are known".to_owned())}
            </p>
            {move || tools()}
        </div>
    }
}
