//! The hash of a saved copy: calculated here from the chosen file, which is not stored and goes nowhere.

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;

use super::part::Part;
use crate::app::Editor;
use crate::exchange::digest::sha256;
use crate::view::dom;

/// The largest file that is read for its hash: 256 MB.
const LARGEST: u64 = 256 * 1024 * 1024;

/// The button that chooses a file, and what became of it.
pub fn chooser(editor: Editor, part: &Part) -> impl IntoView + use<> {
    let said = RwSignal::new(None::<String>);
    let id = part.id.clone();
    let choose = move |event| {
        let Some(file) = dom::chosen(&event).into_iter().next() else { return };
        let id = id.clone();
        spawn_local(async move {
            let read = file.bytes(LARGEST).await;
            // Reading takes a while; the report may be closed by now.
            if !editor.is_open() {
                return;
            }
            match read {
                Ok(bytes) => {
                    let digest = sha256(&bytes).to_string();
                    let hash = digest.strip_prefix("sha256:").unwrap_or(&digest).to_owned();
                    editor.set(&id, Some(Value::String(hash)));
                    said.set(Some(format!("The hash of {} was calculated. The file is not stored.", file.name())));
                }
                Err(error) => said.set(Some(crate::app::sentence(&error.to_string()))),
            }
        });
    };
    view! {
        <div class="actions under">
            <label class="btn small file">
                "Choose the saved copy"
                <input class="vh" type="file" data-own="" on:change=choose/>
            </label>
            <span class="small quiet" aria-live="polite">
                {move || said.get().unwrap_or_else(|| "The hash is calculated here; the file is not stored.".to_owned())}
            </span>
        </div>
    }
}
