//! The single place in the views that touches elements: which control an event came from, focus, files, the address.
//!
//! Everything here is looked up at the moment of the call. What is not there is left alone.

use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{
    Element, Event, FocusEvent, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, Node,
};

use crate::platform::browser::page;
use crate::report::NodeId;
use crate::report::codec::DateParts;

pub use crate::platform::browser::files::{GivenFile, carries_files, chosen, dropped};
pub use crate::platform::browser::page::{copy_text, show_theme};

/// The letter before the node id in the element id of a control.
const FIELD: &str = "f";

/// A control that sent an event.
#[derive(Clone, Debug)]
pub struct Control {
    /// The field it belongs to.
    pub id: NodeId,
    /// Which of several boxes of the field.
    pub part: Option<String>,
    /// What stands in it; the code of a radio or checkbox.
    pub text: String,
    /// Whether a checkbox or radio is set.
    pub checked: bool,
    /// The parts of a date, when it is one.
    pub date: Option<DateParts>,
}

/// The element id of a field's control or group.
pub fn element_id(id: &NodeId) -> String {
    format!("{FIELD}{id}")
}

/// The control of a field that sent an event. Controls that look after themselves carry `data-own`.
pub fn control(event: &Event) -> Option<Control> {
    let target: Element = event.target()?.dyn_into().ok()?;
    if target.has_attribute("data-own") {
        return None;
    }
    let holder = holder(&target)?;
    let (text, checked) = content(&target)?;
    Some(Control {
        id: id_of(&holder)?,
        part: target.get_attribute("data-part"),
        text,
        checked,
        date: date_parts(&holder),
    })
}

/// The field that the focus has just left; nothing while it only moves inside the field.
pub fn field_left(event: &FocusEvent) -> Option<NodeId> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let holder = holder(&target)?;
    let next = event.related_target().and_then(|next| next.dyn_into::<Node>().ok());
    if next.is_some_and(|next| holder.contains(Some(&next))) { None } else { id_of(&holder) }
}

fn holder(target: &Element) -> Option<Element> {
    target.closest("[id^=\"f/\"]").ok().flatten()
}

fn id_of(holder: &Element) -> Option<NodeId> {
    Some(NodeId::from_text(holder.id().strip_prefix(FIELD)?))
}

fn content(target: &Element) -> Option<(String, bool)> {
    if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
        return Some((input.value(), input.checked()));
    }
    if let Some(area) = target.dyn_ref::<HtmlTextAreaElement>() {
        return Some((area.value(), false));
    }
    target.dyn_ref::<HtmlSelectElement>().map(|select| (select.value(), false))
}

/// What stands in the boxes of a date, read from its group.
pub fn date_parts(group: &Element) -> Option<DateParts> {
    let part = |name: &str| {
        let found = group.query_selector(&format!("[data-part=\"{name}\"]")).ok().flatten()?;
        found.dyn_into::<HtmlInputElement>().ok()
    };
    let text = |name: &str| part(name).map(|input| input.value()).unwrap_or_default();
    let ticked = |name: &str| part(name).is_some_and(|input| input.checked());
    part("year")?;
    Some(DateParts {
        year: text("year"),
        month: text("month"),
        day: text("day"),
        uncertain: ticked("uncertain"),
        approximate: ticked("approximate"),
    })
}

/// Writes the boxes of a date.
pub fn write_date(group: &Element, date: &DateParts) {
    for (name, text) in [("year", &date.year), ("month", &date.month), ("day", &date.day)] {
        let found = group.query_selector(&format!("[data-part=\"{name}\"]")).ok().flatten();
        if let Some(input) = found.and_then(|found| found.dyn_into::<HtmlInputElement>().ok()) {
            input.set_value(text);
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one place in the views that looks elements up")]
fn document() -> Option<leptos::web_sys::Document> {
    leptos::web_sys::window()?.document()
}

/// An element by its id.
pub fn element(id: &str) -> Option<HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Puts the focus on an element, or on the first control inside it. Answers whether it is there.
pub fn focus(id: &str) -> bool {
    let Some(found) = element(id) else { return false };
    const CONTROLS: &str = "input:not([type=hidden]), textarea, select, button";
    let own = found.matches(CONTROLS).unwrap_or(false) || found.has_attribute("tabindex");
    let inner = found.query_selector(CONTROLS).ok().flatten().and_then(|inner| inner.dyn_into::<HtmlElement>().ok());
    let target = if own { Some(found) } else { inner };
    target.is_some_and(|target| target.focus().is_ok())
}

/// Puts the focus on a field, or on the first control inside a group.
pub fn focus_field(id: &NodeId) -> bool {
    focus(&element_id(id))
}

/// Whether the focus is inside this element.
pub fn has_focus(id: &str) -> bool {
    let active = document().and_then(|document| document.active_element());
    match (element(id), active) {
        (Some(holder), Some(active)) => holder.contains(Some(&active)),
        _ => false,
    }
}

/// Keeps the chosen line of a list in view.
pub fn show_option(id: &str) {
    if let Some(option) = element(id) {
        let options = leptos::web_sys::ScrollIntoViewOptions::new();
        options.set_block(leptos::web_sys::ScrollLogicalPosition::Nearest);
        option.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Sets the title of the window.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Goes to a place of the app.
pub fn go(route: &crate::app::Route) {
    page::go_to(route.hash().trim_start_matches('#'));
}

/// The place that the address names.
pub fn here() -> crate::app::Route {
    crate::app::Route::parse(&page::hash())
}

/// Begins at the top of a page that was just opened.
pub fn scroll_to_top() {
    page::scroll_to_top();
}

/// Whether there is room for the section list beside the work.
pub fn is_wide() -> bool {
    page::is_wide()
}

/// Whether a press on a dialog fell beside what is in it.
pub fn is_backdrop(event: &leptos::ev::MouseEvent) -> bool {
    event.target().is_some() && event.target() == event.current_target()
}

/// Whether a dialog is over the page, so that keys belong to it.
pub fn dialog_is_open() -> bool {
    document().and_then(|document| document.query_selector("dialog[open]").ok().flatten()).is_some()
}

/// The field that has the focus.
pub fn focused_field() -> Option<NodeId> {
    let active = document()?.active_element()?;
    id_of(&holder(&active)?)
}

/// Whether a key was pressed in a box that is no answer, such as one that searches.
pub fn is_own_box(event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    target.is_some_and(|target| target.has_attribute("data-own"))
}
