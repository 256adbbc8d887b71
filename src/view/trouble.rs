//! The standing band: the only filled one. It says that text is not saved, that it is still here, and what to do.

use leptos::prelude::*;

use super::dom;
use super::marks::Mark;
use crate::app::saving::SaveStatus;
use crate::app::{Editor, words};

/// The band; nothing while everything is kept.
#[component]
pub fn Trouble(editor: Editor) -> impl IntoView {
    let status = editor.status;
    let failing = Memo::new(move |_| {
        status.with(|status| match status {
            SaveStatus::NotSaved { since, reason } => Some((*since, reason.clone())),
            _ => None,
        })
    });
    let said = RwSignal::new(None::<String>);
    let band = move |(since, reason): (Option<i64>, String)| {
        let offset = editor.platform().clock.offset_minutes(editor.now());
        let since = match since {
            Some(at) => format!("Nothing you typed since {} is kept in this browser.", words::clock(at, offset)),
            None => "Nothing you typed is kept in this browser.".to_owned(),
        };
        let save = move |_| said.set(Some(editor.save_copy()));
        let copy = move |_| {
            dom::copy_text(&editor.copy_text(), move |taken| {
                said.set(Some(if taken {
                    "The answers are on the clipboard.".to_owned()
                } else {
                    "The browser did not take the text. Save to a file instead.".to_owned()
                }));
            });
        };
        view! {
            <section class="trouble" role="alert" aria-labelledby="trouble-heading">
                <div class="trouble-in">
                    <Mark name="err"/>
                    <div>
                        <h2 id="trouble-heading">{format!("Not saved: {reason}")}</h2>
                        <p>{since}" It is all still on this page and you can go on typing. Keep this page open, and save a copy now."</p>
                        {move || said.get().map(|words| view! { <p>{words}</p> }.into_any())}
                    </div>
                    <div class="actions">
                        <button class="btn" type="button" data-own="" on:click=save>"Save to a file"</button>
                        <button class="btn second" type="button" data-own="" on:click=copy>"Copy"</button>
                    </div>
                </div>
            </section>
        }
        .into_any()
    };
    view! { {move || failing.get().map(band)} }
}
