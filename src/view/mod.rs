//! Components: markup and event wiring only. What they show and do is decided in `app` and in the pure rooms.

mod bin;
mod check_page;
pub mod dom;
mod editor_page;
mod export_panel;
mod field;
mod going;
mod jump;
mod jump_index;
mod margin;
mod marks;
mod new_page;
mod open_file;
mod report_line;
mod reports_page;
mod section_list;
mod settings_page;
mod shell;
mod shown;
mod templates_page;
mod trouble;
mod words;

use leptos::prelude::*;

use crate::app::{App, Route};

/// Does something once what was just changed is on the page.
pub fn after_paint(act: impl FnOnce() + 'static) {
    request_animation_frame(move || {
        // Effects run after the first frame that was asked for; the second one comes when they are done.
        request_animation_frame(act);
    });
}

/// The whole page.
#[component]
pub fn Root(
    /// The application.
    app: App,
) -> impl IntoView {
    provide_context(app.clone());
    open_file::take_dropped_files(app.clone());
    let route = app.route;
    // The place without what changes inside it: a page is drawn once for each.
    let place = Memo::new(move |_| {
        route.with(|route| match route {
            Route::Editor { draft, .. } => Route::Editor { draft: draft.clone(), section: None, at: None },
            other => other.clone(),
        })
    });
    let page = move |place: Route| match place {
        Route::Reports => view! { <reports_page::ReportsPage/> }.into_any(),
        Route::New => view! { <new_page::NewPage/> }.into_any(),
        Route::Editor { draft, .. } => view! { <editor_page::EditorPage draft/> }.into_any(),
        Route::Check { draft } => view! { <check_page::CheckPage draft/> }.into_any(),
        Route::Templates => view! { <templates_page::TemplatesPage/> }.into_any(),
        Route::Settings => view! { <settings_page::SettingsPage/> }.into_any(),
        Route::Unknown => view! { <NoSuchPlace/> }.into_any(),
    };
    view! {
        <shell::Masthead/>
        {move || page(place.get())}
    }
}

/// The application, from any component.
pub fn app() -> App {
    expect_context::<App>()
}

/// The heading of a page takes the focus when the person went there, so that a screen reader says where they are.
pub fn arrive(title: &str) {
    dom::set_title(&format!("{title} – Chancery"));
    dom::scroll_to_top();
    after_paint(|| {
        // A field that was asked for keeps the focus it was given.
        if !dom::has_focus("main") {
            dom::focus("page-heading");
        }
    });
}

#[component]
fn NoSuchPlace() -> impl IntoView {
    arrive("No such page");
    view! {
        <main class="page" id="main">
            <div class="page-head"><h1 id="page-heading" tabindex="-1">"No such page"</h1></div>
            <p>"The address does not name a page of Chancery. "<a href="#/">"Go to the reports"</a>"."</p>
        </main>
    }
}

/// A page for something that cannot be shown, with the reason.
#[component]
fn NotShown(
    /// One sentence.
    words: String,
) -> impl IntoView {
    arrive("Report not shown");
    view! {
        <main class="page" id="main">
            <div class="page-head"><h1 id="page-heading" tabindex="-1">"This report cannot be shown"</h1></div>
            <p>{words}</p>
            <p><a href="#/">"Go to the reports"</a></p>
        </main>
    }
}
