use chancery::platform::browser::{page, panic};
use wasm_bindgen_test::wasm_bindgen_test;

use super::support::{js, text};

#[wasm_bindgen_test]
fn ready_and_theme_are_attributes_of_the_page() {
    page::mark_ready();
    page::show_theme(Some("dark"));
    assert_eq!(text("return JSON.stringify(document.documentElement.dataset)"), r#"{"ready":"","theme":"dark"}"#);
    page::show_theme(None);
    assert_eq!(text("return JSON.stringify(document.documentElement.dataset)"), r#"{"ready":""}"#);
}

#[wasm_bindgen_test]
fn a_stop_of_the_program_is_said_on_the_page() {
    js("document.body.insertAdjacentHTML('beforeend', '<p id=trouble role=alert hidden></p>')");
    panic::announce("somewhere.rs:1");
    assert_eq!(js("return document.getElementById('trouble').hidden").as_bool(), Some(false));
    assert!(text("return document.getElementById('trouble').textContent").contains("Reload the page"));
}
