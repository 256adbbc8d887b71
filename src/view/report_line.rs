//! The line of the open report: title, identifier, marking, save status, undo, the way to check and export.

use leptos::prelude::*;

use super::going;
use super::marks::Mark;
use crate::app::saving::SaveStatus;
use crate::app::{Editor, Route};

/// The line, the same on every page of a report.
#[component]
pub fn ReportLine(editor: Editor, draft: String) -> impl IntoView {
    let heading = editor.heading;
    let form = editor.with(|report| report.template().title().to_lowercase());
    let meta = Signal::derive(move || {
        heading.with(|heading| {
            let identifier = heading.identifier.as_ref().map(|id| format!("{id}, ")).unwrap_or_default();
            super::words::starting(&format!("{identifier}{form}, {}", heading.state))
        })
    });
    let step = move |back: bool| {
        if let Some(place) = editor.step(back) {
            going::go_to_field(editor, &place);
        }
    };
    let check = Route::Check { draft }.hash();
    view! {
        <div class="dossier" role="region" aria-label="This report">
            <div class="dossier-in">
                <div class="who">
                    <p class="title">{move || heading.with(|heading| heading.title.clone())}</p>
                    <p class="meta">
                        <span>{meta}</span>
                        {move || heading.with(|heading| heading.marking.clone()).map(|marking| view! { <span class="mk">{marking}</span> }.into_any())}
                    </p>
                </div>
                <SaveWords editor/>
                <div class="actions">
                    <button class="btn plain" type="button" data-own="" aria-disabled=move || editor.history.with(|(undo, _)| (!undo).then_some("true"))
                        on:click=move |_| step(true)>"Undo"</button>
                    <button class="btn plain" type="button" data-own="" aria-disabled=move || editor.history.with(|(_, redo)| (!redo).then_some("true"))
                        on:click=move |_| step(false)>"Redo"</button>
                    <a class="btn" href=check>"Check and export"</a>
                </div>
            </div>
        </div>
    }
}

/// Whether what is on the page is kept. Always true.
#[component]
pub fn SaveWords(editor: Editor) -> impl IntoView {
    let status = editor.status;
    let offset = editor.platform().clock.offset_minutes(editor.now());
    let bad = move || status.with(|status| matches!(status, SaveStatus::NotSaved { .. }));
    let mark = move || {
        status.with(|status| match status {
            SaveStatus::Saved(Some(_)) => view! { <Mark name="ok"/> }.into_any(),
            SaveStatus::NotSaved { .. } => view! { <Mark name="err"/> }.into_any(),
            _ => ().into_any(),
        })
    };
    view! {
        <p class="save" class:bad=bad role="status">{move || mark()}{move || status.with(|status| status.words(offset))}</p>
    }
}
