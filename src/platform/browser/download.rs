//! Files handed to the person: a blob behind a link with `download`, pressed by the program.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use crate::platform::{DownloadError, Downloads};

use super::{document, lifecycle};

/// How long the browser may take to fetch the blob. Revoked at once, the download fails in some browsers.
const KEEP_FOR_MILLIS: u32 = 60_000;

/// The download folder of this browser.
#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserDownloads;

impl Downloads for BrowserDownloads {
    /// An `Ok` says that the browser took the offer. Whether the person kept the file, no page can know.
    fn offer(&self, name: &str, mime: &str, text: &str) -> Result<(), DownloadError> {
        offer(name, mime, text).ok_or(DownloadError)
    }
}

fn offer(name: &str, mime: &str, text: &str) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let parts = Array::of1(&JsValue::from_str(text));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    let address = Url::create_object_url_with_blob(&blob).ok()?;
    let pressed = press(name, &address);
    let revoke = move || {
        // An address that is already gone is no harm.
        let _ = Url::revoke_object_url(&address);
    };
    match pressed {
        Some(()) => lifecycle::after(KEEP_FOR_MILLIS, revoke).forget(),
        None => revoke(),
    }
    pressed
}

fn press(name: &str, address: &str) -> Option<()> {
    let document = document()?;
    let link: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(address);
    link.set_download(name);
    link.set_hidden(true);
    // Firefox follows only a link that is in the document.
    document.body()?.append_child(&link).ok()?;
    link.click();
    link.remove();
    Some(())
}
