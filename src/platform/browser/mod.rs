//! The browser behind the traits of `platform`: the only place that names `web_sys`, `js_sys`, `wasm_bindgen`
//! and gloo.
//!
//! Nothing is decided here. Every object is looked up at the moment of the call, so that one that appears or
//! disappears while the page is open is an `Err` and not a crash, and so that the types need no wrapper to be
//! `Send + Sync`.

use std::sync::Arc;

use super::Platform;

pub mod assets;
mod clock;
mod download;
pub mod files;
pub mod lifecycle;
pub mod page;
pub mod panic;
mod random;
pub mod regexp;
mod storage;

pub use clock::BrowserClock;
pub use download::BrowserDownloads;
pub use random::BrowserRandom;
pub use storage::BrowserStorage;

/// Everything the program needs from outside, by this browser.
pub fn platform() -> Platform {
    Platform {
        storage: Arc::new(BrowserStorage),
        clock: Arc::new(BrowserClock),
        random: Arc::new(BrowserRandom),
        downloads: Arc::new(BrowserDownloads),
    }
}

/// The window of the page. There is none in a worker.
#[expect(clippy::disallowed_methods, reason = "this is the one place that looks the window up")]
fn window() -> Option<web_sys::Window> {
    web_sys::window()
}

/// The document of the page.
fn document() -> Option<web_sys::Document> {
    window()?.document()
}
