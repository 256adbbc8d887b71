//! The page itself: its state for tests and styles, and its address after `#`.

use super::{document, window};

/// Says that the page can be used: everything it fetches is there. Sets `data-ready` on the `html` element.
pub fn mark_ready() {
    set_root_attribute("data-ready", Some(""));
}

/// Shows the page in the colours of `theme` (`light`, `dark`), or in those of the device for `None`.
pub fn show_theme(theme: Option<&str>) {
    set_root_attribute("data-theme", theme);
}

/// The address after `#`, percent-encoded as the browser keeps it; empty when there is none.
pub fn hash() -> String {
    let hash = window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
    hash.strip_prefix('#').unwrap_or(&hash).to_owned()
}

/// Goes to the place `hash` (without `#`), with a step in the browser's history. `lifecycle::on_hash_change`
/// hears of it.
pub fn go_to(hash: &str) {
    if let Some(window) = window() {
        // A refusal leaves the address as it is; the page stays where it was.
        let _ = window.location().set_hash(hash);
    }
}

fn set_root_attribute(name: &str, value: Option<&str>) {
    let Some(root) = document().and_then(|document| document.document_element()) else {
        return;
    };
    // Both names are fixed and valid, so that the browser has nothing to refuse.
    let _ = match value {
        Some(value) => root.set_attribute(name, value),
        None => root.remove_attribute(name),
    };
}

/// Lets go of the control that has the focus, so that leaving it is heard while its page is still there.
pub fn let_go() {
    use wasm_bindgen::JsCast;
    let active = document().and_then(|document| document.active_element());
    if let Some(control) = active.and_then(|active| active.dyn_into::<web_sys::HtmlElement>().ok()) {
        // A control that cannot let go keeps the focus; nothing is lost by it.
        let _ = control.blur();
    }
}

/// Begins at the top of the page.
pub fn scroll_to_top() {
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Whether there is room for two columns: the same width at which the styles fold the section list.
pub fn is_wide() -> bool {
    let query = window().and_then(|window| window.match_media("(width >= 48rem)").ok().flatten());
    query.is_none_or(|query| query.matches())
}

/// Puts a text on the clipboard and says afterwards whether the browser took it.
pub fn copy_text(text: &str, done: impl FnOnce(bool) + 'static) {
    let Some(window) = window() else {
        done(false);
        return;
    };
    let promise = window.navigator().clipboard().write_text(text);
    wasm_bindgen_futures::spawn_local(async move {
        done(wasm_bindgen_futures::JsFuture::from(promise).await.is_ok());
    });
}
