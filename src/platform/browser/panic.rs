//! What happens when the program stops: a sentence on the page instead of a page that no longer answers.

use std::panic::PanicHookInfo;

use wasm_bindgen::JsValue;

use super::document;

/// The element of `index.html` that says so; it has `role="alert"` and is hidden until then.
const TROUBLE: &str = "trouble";

/// From now on, a fault of the program is shown on the page.
pub fn report_panics() {
    std::panic::set_hook(Box::new(report));
}

fn report(info: &PanicHookInfo<'_>) {
    announce(&info.location().map_or_else(String::new, |at| format!("{}:{}", at.file(), at.line())));
}

/// Says on the page that the program stopped. The place in the program goes to the console; the message of the
/// fault goes nowhere, for it may quote what was typed.
pub fn announce(place: &str) {
    web_sys::console::error_1(&JsValue::from_str(&format!("the program stopped at {place}")));
    if let Some(element) = document().and_then(|document| document.get_element_by_id(TROUBLE)) {
        element.set_text_content(Some(
            "Something went wrong in the program and it has stopped. Reload the page to go on from what was last \
             saved. If text on the screen was not saved yet, copy it first.",
        ));
        let _ = element.remove_attribute("hidden");
    }
}
