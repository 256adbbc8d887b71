//! What the list of reports tells beside the list: reports that are open and not kept, and deleted ones.

use leptos::prelude::*;

use super::app;
use super::marks::Mark;
use super::shown::when;
use crate::app::Route;

/// Reports whose last text this browser does not keep. They are only on this page.
#[component]
pub fn Unsaved() -> impl IntoView {
    let app = app();
    let note = move |lost: Vec<(String, String)>| {
        let lines = lost.iter().map(|(key, title)| {
            let href = Route::Editor { draft: key.clone(), section: None, at: None }.hash();
            view! { <li><a class="ink" href=href>{title.clone()}</a></li> }.into_any()
        });
        let lines = lines.collect_view();
        (!lost.is_empty()).then(|| {
            view! {
                <div class="note warn top" role="alert">
                    <p><Mark name="warn"/>" "<b>"Not kept in this browser. "</b>
                    "The last text of these reports exists only while this page is open. Go to each and save it to a file."</p>
                    <ul>{lines}</ul>
                </div>
            }
            .into_any()
        })
    };
    view! { {move || note(app.unsaved_reports())} }
}

/// Deleted reports, which can be brought back.
#[component]
pub fn Bin() -> impl IntoView {
    let app = app();
    let listing = app.listing;
    let said = RwSignal::new(None::<String>);
    let row = move |header: crate::store::Header| {
        let (back, away) = ((app.clone(), header.draft.clone()), (app.clone(), header.draft.clone()));
        let title = header.report.title.clone();
        view! {
            <li>
                <span class="ink">{title.clone()}</span>
                <button class="btn plain small" type="button" on:click=move |_| said.set(back.0.bring_back(&back.1).err())>
                    "Bring back"<span class="vh">": "{title.clone()}</span>
                </button>
                <button class="btn plain small danger" type="button" on:click=move |_| said.set(away.0.purge(&away.1).err())>
                    "Delete for good"<span class="vh">": "{title}</span>
                </button>
            </li>
        }
        .into_any()
    };
    let rows = move |deleted: Vec<crate::store::Header>| deleted.into_iter().map(&row).collect_view();
    let count = Memo::new(move |_| listing.with(|listing| listing.deleted.len()));
    let any = Memo::new(move |_| count.get() > 0);
    let bin = move || {
        let rows = rows.clone();
        view! {
            <details class="bin">
                <summary>{move || format!("Bin: {}", crate::app::words::count(count.get(), "deleted report"))}</summary>
                <ul>{move || rows(listing.with(|listing| listing.deleted.clone()))}</ul>
            </details>
        }
        .into_any()
    };
    view! {
        <div role="alert">{move || said.get().map(|words| view! { <p class="err-msg"><Mark name="err"/>{words}</p> }.into_any())}</div>
        {when(any, bin)}
    }
}
