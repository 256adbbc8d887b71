//! The built-in templates, as bytes: inside the page for the one-file build, else beside it.
//!
//! The build lists them in `<meta name="templates">`, so that a template is added by adding its file. They are
//! fetched during start; after that the program asks for nothing.

use std::fmt;

use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use super::{document, window};

/// A built-in template that is not where the build put it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssetError {
    /// The name of the template.
    pub name: String,
}

impl fmt::Display for AssetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the form {} could not be loaded; check the connection and reload the page", self.name)
    }
}

impl std::error::Error for AssetError {}

/// A built-in template: its name, and where the build put it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// The name of the file in the source, without `.json`.
    pub name: String,
    /// Its address beside the page.
    address: String,
}

/// The built-in templates, in the order of their names.
pub fn templates() -> Vec<Asset> {
    let meta = document().and_then(|document| document.query_selector("meta[name=templates]").ok().flatten());
    let list = meta.and_then(|meta| meta.get_attribute("content")).unwrap_or_default();
    list.split_whitespace()
        .map(|entry| {
            let (name, address) = entry.split_once('=').unwrap_or((entry, ""));
            Asset { name: name.to_owned(), address: address.to_owned() }
        })
        .collect()
}

/// The bytes of a built-in template.
///
/// # Errors
/// When it is neither in the page nor beside it.
pub async fn load(asset: &Asset) -> Result<Vec<u8>, AssetError> {
    if let Some(text) = inlined(&asset.name) {
        return Ok(text.into_bytes());
    }
    fetched(&asset.address).await.ok_or_else(|| AssetError { name: asset.name.clone() })
}

/// The text of `<script type="application/json" data-template="name">`. Names are letters, digits and hyphens
/// (the build refuses others), so that nothing in them can leave the selector.
fn inlined(name: &str) -> Option<String> {
    document()?.query_selector(&format!("script[data-template=\"{name}\"]")).ok()??.text_content()
}

async fn fetched(address: &str) -> Option<Vec<u8>> {
    if address.is_empty() {
        return None;
    }
    let response: Response = JsFuture::from(window()?.fetch_with_str(address)).await.ok()?.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    let buffer = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}
