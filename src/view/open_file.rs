//! The one door for files: a button, or dropping files on the list. Each file gets a sentence.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{app, dom};
use crate::app::{Opening, Route};
use crate::exchange::read::Limits;

/// The button "Open file".
#[component]
pub fn OpenFile() -> impl IntoView {
    let app = app();
    view! {
        <label class="btn file" for="open">
            "Open file"
            <input class="vh" id="open" type="file" multiple on:change=move |event| take(app.clone(), dom::chosen(&event))/>
        </label>
    }
}

/// Files may be dropped anywhere.
pub fn take_dropped_files(app: crate::app::App) {
    let over = window_event_listener(leptos::ev::dragover, |event| {
        if dom::carries_files(&event) {
            event.prevent_default();
        }
    });
    let drop = window_event_listener(leptos::ev::drop, move |event| {
        // Text that is dragged into a box stays the browser's business.
        if dom::carries_files(&event) {
            event.prevent_default();
            take(app.clone(), dom::dropped(&event));
        }
    });
    on_cleanup(move || {
        over.remove();
        drop.remove();
    });
}

/// Reads files one after the other. A single report that opens is shown at once; otherwise the list says what they were.
fn take(app: crate::app::App, files: Vec<dom::GivenFile>) {
    if files.is_empty() {
        return;
    }
    let alone = files.len() == 1;
    spawn_local(async move {
        let mut results = Vec::new();
        for file in files {
            let bytes = file.bytes(Limits::REPORT.bytes as u64).await;
            results.push(match bytes {
                Ok(bytes) => app.open_file(&file.name(), &bytes),
                Err(error) => {
                    let words = crate::app::sentence(&error.to_string());
                    Opening { file: file.name(), words, draft: None }
                }
            });
        }
        let shown = results.iter().find_map(|result| result.draft.clone()).filter(|_| alone);
        dom::go(&match shown {
            Some(key) => Route::Editor { draft: key.as_str().to_owned(), section: None, at: None },
            None => Route::Reports,
        });
        // The page that is left takes its own sentences with it; these belong to the one that comes.
        super::after_paint(move || app.opened.set(results));
    });
}

/// What became of the files that were opened.
#[component]
pub fn OpenedFiles(
    /// The results.
    said: RwSignal<Vec<Opening>>,
) -> impl IntoView {
    view! {
        <div role="alert">
            {move || {
                let lines = said.get().into_iter().map(|one| {
                    let link = one.draft.map(|key| {
                        let href = Route::Editor { draft: key.as_str().to_owned(), section: None, at: None }.hash();
                        view! { " "<a href=href>"Show it"</a> }
                    });
                    view! { <p><b>{one.file}</b>": "{one.words}{link}</p> }.into_any()
                });
                let lines = lines.collect_view();
                (!said.with(Vec::is_empty)).then(|| view! { <div class="note opened">{lines}</div> }.into_any())
            }}
        </div>
    }
}
