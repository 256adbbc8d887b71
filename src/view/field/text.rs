//! Boxes that are typed into: one line, growing area, number, JSON.

use leptos::html;
use leptos::prelude::*;

use super::frame;
use super::part::Part;
use crate::app::Editor;
use crate::report::codec;
use crate::template::Widget;
use crate::view::words::thousands;

/// One line of text, a number, or JSON.
#[component]
pub fn TextField(editor: Editor, part: Part) -> impl IntoView {
    let state = editor.field(&part.id);
    let widget = part.widget.unwrap_or(Widget::Text);
    let (inputmode, kind) = match widget {
        Widget::Number { whole: true } => (Some("numeric"), "text"),
        Widget::Number { whole: false } => (Some("decimal"), "text"),
        _ => match part.format.as_deref() {
            Some("email" | "idn-email") => (Some("email"), "text"),
            Some("uri" | "iri" | "url") => (Some("url"), "text"),
            _ => (None, "text"),
        },
    };
    let class = format!("box {} {}", part.width, if part.own_words { "ink" } else { "" });
    let input = NodeRef::<html::Input>::new();
    let shown = move || state.with(|state| codec::show(widget, None, state.value.as_ref()));
    // The box is written only when it stands for another value than the report has: never while its own text is typed.
    Effect::new(move |_| {
        let value = state.with(|state| state.value.clone());
        if let Some(input) = input.get().filter(|input| codec::parse(widget, None, &input.value()) != value) {
            input.set_value(&codec::show(widget, None, value.as_ref()));
        }
    });
    let counter = part.longest.filter(|_| part.own_words).map(|most| counter(&part, state, most, true));
    let control = view! {
        <input
            node_ref=input
            class=class
            id=part.dom_id()
            type=kind
            inputmode=inputmode
            autocomplete="off"
            spellcheck=(!part.own_words).then_some("false")
            prop:value=untrack(shown)
            aria-describedby=frame::described_by(&part, state, counter.is_some())
            aria-invalid=frame::invalid(state)
        />
        {part.unit.clone().map(|unit| view! { <span class="unit">{unit}</span> })}
        {counter}
    };
    let hash = (part.asked.as_deref() == Some("fileHash")).then(|| super::file_hash::chooser(editor, &part));
    frame::field(&part, state, view! { {control}{hash} }.into_any())
}

/// A growing text area with a counter.
#[component]
pub fn AreaField(editor: Editor, part: Part) -> impl IntoView {
    let state = editor.field(&part.id);
    let area = NodeRef::<html::Textarea>::new();
    let shown = move || state.with(|state| codec::show(Widget::Area, None, state.value.as_ref()));
    Effect::new(move |_| {
        let value = state.with(|state| state.value.clone());
        if let Some(area) = area.get().filter(|area| codec::parse(Widget::Area, None, &area.value()) != value) {
            area.set_value(&codec::show(Widget::Area, None, value.as_ref()));
        }
    });
    let counter = part.longest.map(|most| counter(&part, state, most, false));
    let control = view! {
        <textarea
            node_ref=area
            class="box"
            id=part.dom_id()
            rows="2"
            prop:value=untrack(shown)
            aria-describedby=frame::described_by(&part, state, counter.is_some())
            aria-invalid=frame::invalid(state)
        ></textarea>
        {counter}
    };
    frame::field(&part, state, control.into_any())
}

/// How much room is left. For one line it is shown only from nine tenths on; a screen reader hears it with the control.
fn counter(part: &Part, state: Memo<crate::app::fields::FieldState>, most: usize, late: bool) -> impl IntoView + use<> {
    let length = Memo::new(move |_| {
        state.with(|state| state.value.as_ref().and_then(|value| value.as_str()).map_or(0, |text| text.chars().count()))
    });
    let words = move |got: usize| match got {
        _ if got > most => format!("{} too many", thousands(got - most)),
        _ if got * 10 >= most * 9 => {
            format!("{} {} left", thousands(most - got), if most - got == 1 { "character" } else { "characters" })
        }
        _ => format!("{} of {} characters", thousands(got), thousands(most)),
    };
    let hidden = move || late && length.get() * 10 < most * 9;
    view! {
        <span class="count" class:over=move || { length.get() > most } class:vh=hidden id=part.counter_id()>{move || words(length.get())}</span>
    }
}
