//! New report: the choice of a template.

use leptos::prelude::*;

use super::{app, arrive, dom};
use crate::app::{Loaded, Route};

/// The templates, each with its sentence.
#[component]
pub fn NewPage() -> impl IntoView {
    let app = app();
    app.save_current();
    arrive("New report");
    let templates = app.templates;
    let missing = app.missing;
    view! {
        <main class="page" id="main">
            <div class="page-head"><div>
                <p class="small"><a href="#/">"Reports"</a></p>
                <h1 id="page-heading" tabindex="-1">"New report"</h1>
                <p class="lead">"A title starts an empty draft, kept in this browser from the first letter. The worked example is a finished one to look at or to change."</p>
            </div></div>
            <ol class="tmpl">
                {move || templates.get().into_iter().map(|loaded| view! { <Form loaded/> }.into_any()).collect_view()}
            </ol>
            {move || missing.get().into_iter().map(|words| view! { <p class="err-msg">{words}</p> }.into_any()).collect_view()}
            <p class="small quiet page-foot">"Worked examples are fictional and are marked as sample data wherever they are shown or exported."</p>
        </main>
    }
}

#[component]
fn Form(loaded: Loaded) -> impl IntoView {
    let app = app();
    let template = loaded.template.clone();
    let begin = move |example: bool| {
        if let Some(key) = app.start(&loaded, example) {
            dom::go(&Route::Editor { draft: key.as_str().to_owned(), section: None, at: None });
        }
    };
    let (empty, example) = (begin.clone(), begin);
    let title = template.title().to_owned();
    let sample = template.sample().is_some();
    view! {
        <li>
            <span class="let" aria-hidden="true">{template.letters().to_owned()}</span>
            <div class="txt">
                <h2><button type="button" class="start" on:click=move |_| empty(false)>{title.clone()}</button></h2>
                <p>{template.purpose().to_owned()}</p>
            </div>
            {sample.then(|| view! {
                <button type="button" class="ex btn plain small" on:click=move |_| example(true)>
                    "Start with the worked example"<span class="vh">": "{title.to_lowercase()}</span>
                </button>
            })}
        </li>
    }
}
