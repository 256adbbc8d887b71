use chancery::platform::browser::BrowserStorage;
use chancery::platform::{Storage, StorageError};
use wasm_bindgen_test::wasm_bindgen_test;

use super::support::js;

/// Another local storage in place of the browser's own, which comes back when this goes.
struct Tampered;

impl Tampered {
    /// `property` is the JavaScript of a property's value or getter.
    fn with(property: &str) -> Self {
        js(&format!(
            "window.untouched ??= Object.getOwnPropertyDescriptor(window, 'localStorage');
             Object.defineProperty(window, 'localStorage', {{ configurable: true, {property} }});"
        ));
        Self
    }
}

impl Drop for Tampered {
    fn drop(&mut self) {
        js("Object.defineProperty(window, 'localStorage', window.untouched);");
    }
}

#[wasm_bindgen_test]
fn a_text_comes_back_as_it_was_written() {
    let storage = BrowserStorage;
    let text = "line\r\nline \u{0} é 漢 🏛 \u{2028} \"quoted\"";
    storage.write("web-test/a", text).unwrap();
    assert_eq!(storage.read("web-test/a").unwrap().as_deref(), Some(text));
    storage.write("web-test/a", "").unwrap();
    assert_eq!(storage.read("web-test/a").unwrap().as_deref(), Some(""));
    storage.remove("web-test/a").unwrap();
    assert_eq!(storage.read("web-test/a").unwrap(), None);
    storage.remove("web-test/a").unwrap();
}

#[wasm_bindgen_test]
fn the_keys_are_those_that_were_written() {
    let storage = BrowserStorage;
    storage.write("web-test/b", "1").unwrap();
    storage.write("web-test/c", "2").unwrap();
    let mut keys = storage.keys().unwrap();
    keys.retain(|key| key.starts_with("web-test/"));
    keys.sort();
    assert_eq!(keys, ["web-test/b", "web-test/c"]);
    storage.remove("web-test/b").unwrap();
    storage.remove("web-test/c").unwrap();
    assert!(!storage.keys().unwrap().iter().any(|key| key.starts_with("web-test/")));
}

#[wasm_bindgen_test]
fn a_full_store_says_so_and_keeps_what_it_had() {
    let storage = BrowserStorage;
    storage.write("web-test/kept", "as it was").unwrap();
    let large = "x".repeat(1_000_000);
    let refused = (0..50).find_map(|at| storage.write(&format!("web-test/fill-{at}"), &large).err());
    let replaced = storage.write("web-test/kept", &large);
    let kept = storage.read("web-test/kept");
    for key in storage.keys().unwrap() {
        storage.remove(&key).unwrap();
    }
    assert_eq!(refused, Some(StorageError::Full));
    assert_eq!(replaced, Err(StorageError::Full));
    assert_eq!(kept.unwrap().as_deref(), Some("as it was"));
}

#[wasm_bindgen_test]
fn firefox_has_another_name_for_a_full_store() {
    let _restored = Tampered::with("value: { setItem() { throw new DOMException('', 'NS_ERROR_DOM_QUOTA_REACHED') } }");
    assert_eq!(BrowserStorage.write("web-test/a", "x"), Err(StorageError::Full));
}

#[wasm_bindgen_test]
fn a_refusal_of_another_kind_carries_its_name_only() {
    let _restored =
        Tampered::with("value: { getItem(key) { throw new DOMException('about ' + key, 'InvalidStateError') } }");
    assert_eq!(BrowserStorage.read("web-test/a"), Err(StorageError::Refused("InvalidStateError".to_owned())));
}

#[wasm_bindgen_test]
fn a_blocked_store_is_an_error_of_every_call_and_no_crash() {
    let blocked = ["get() { throw new DOMException('Access is denied', 'SecurityError') }", "value: null"];
    for way in blocked {
        let _restored = Tampered::with(way);
        let storage = BrowserStorage;
        assert_eq!(storage.read("web-test/a"), Err(StorageError::Blocked));
        assert_eq!(storage.write("web-test/a", "x"), Err(StorageError::Blocked));
        assert_eq!(storage.remove("web-test/a"), Err(StorageError::Blocked));
        assert_eq!(storage.keys(), Err(StorageError::Blocked));
    }
    assert_eq!(BrowserStorage.read("web-test/a"), Ok(None));
}
