//! Texts in the browser's local storage, raw, through gloo-storage.
//!
//! What the texts mean is decided in `store`. gloo's typed `get` is not used: it merges "nothing there" and
//! "cannot be read" into one error. Its accessors throw when storage is blocked, so every call asks first.

use gloo_storage::{LocalStorage, Storage as _};
use wasm_bindgen::{JsCast, JsValue};

use crate::platform::{Storage, StorageError};

use super::window;

/// The local storage of the page's origin.
#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserStorage;

impl Storage for BrowserStorage {
    fn read(&self, key: &str) -> Result<Option<String>, StorageError> {
        local()?.get_item(key).map_err(|error| refusal(&error))
    }

    fn write(&self, key: &str, text: &str) -> Result<(), StorageError> {
        local()?.set_item(key, text).map_err(|error| refusal(&error))
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        local()?.remove_item(key).map_err(|error| refusal(&error))
    }

    fn keys(&self) -> Result<Vec<String>, StorageError> {
        let local = local()?;
        let count = local.length().map_err(|error| refusal(&error))?;
        let mut keys = Vec::new();
        for at in 0..count {
            // Another tab may remove a key between two of these calls; then the last place is empty.
            keys.extend(local.key(at).map_err(|error| refusal(&error))?);
        }
        Ok(keys)
    }
}

/// The store, once it is known that asking gloo for it will not throw.
fn local() -> Result<web_sys::Storage, StorageError> {
    let window = window().ok_or(StorageError::Blocked)?;
    match window.local_storage() {
        Ok(Some(_)) => Ok(LocalStorage::raw()),
        Ok(None) => Err(StorageError::Blocked),
        Err(error) => Err(refusal(&error)),
    }
}

/// What the browser's exception means. Only its name is kept: a message may quote what was written.
fn refusal(error: &JsValue) -> StorageError {
    let name = error.dyn_ref::<web_sys::DomException>().map(web_sys::DomException::name);
    match name.as_deref() {
        // The second name is that of Firefox before it took the standard one, and still of its file pages.
        Some("QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED") => StorageError::Full,
        Some("SecurityError") => StorageError::Blocked,
        Some(other) => StorageError::Refused(other.to_owned()),
        // Newer browsers throw a `QuotaExceededError` of its own class, still named so.
        None => match js_sys::Reflect::get(error, &JsValue::from_str("name")).ok().and_then(|name| name.as_string()) {
            Some(name) if name == "QuotaExceededError" => StorageError::Full,
            Some(name) => StorageError::Refused(name),
            None => StorageError::Refused("unnamed".to_owned()),
        },
    }
}
