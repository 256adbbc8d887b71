//! The program of the page: report faults, draw, load the built-in templates, follow the life of the page.

use std::sync::Arc;

use chancery::app::App;
use chancery::findings::evaluate::Patterns;
use chancery::platform::browser::{self, assets, lifecycle, page, panic, regexp};
use chancery::view::Root;
use leptos::prelude::*;

/// Regular expressions of the browser: the dialect that JSON Schema asks for.
struct BrowserPatterns;

impl Patterns for BrowserPatterns {
    fn matches(&self, pattern: &str, text: &str) -> Option<bool> {
        regexp::matches(pattern, text)
    }
}

fn main() {
    panic::report_panics();
    mount_to_body(|| {
        let app = App::new(browser::platform(), Arc::new(BrowserPatterns), &page::hash());
        page::show_theme(app.settings.read("theme").ok().flatten().as_deref());
        follow(&app);
        start(app)
    });
}

/// The templates are fetched before anything is shown that needs them; after that the page asks for nothing.
fn start(app: App) -> impl IntoView {
    let ready = RwSignal::new(false);
    let loading = app.clone();
    leptos::task::spawn_local(async move {
        for asset in assets::templates() {
            match assets::load(&asset).await {
                Ok(bytes) => loading.take_template(&asset.name, &bytes),
                Err(error) => loading.missing.update(|all| all.push(chancery::app::sentence(&error.to_string()))),
            }
        }
        ready.set(true);
        request_animation_frame(page::mark_ready);
    });
    view! { <Show when=move || ready.get()><Root app=app.clone()/></Show> }
}

/// Saves when the page is hidden or left, warns when text is not kept, and follows the address.
fn follow(app: &App) {
    let (hidden, left, leaving, moved, other) = (app.clone(), app.clone(), app.clone(), app.clone(), app.clone());
    let shown = app.clone();
    lifecycle::on_shown(move || shown.refresh()).forget();
    lifecycle::on_other_tab(move |key| {
        if key.is_none_or(|key| key.starts_with("chancery/draft/")) {
            other.refresh();
        }
    })
    .forget();
    lifecycle::on_hidden(move || hidden.save_current()).forget();
    lifecycle::on_page_left(move || left.save_current()).forget();
    lifecycle::on_leaving(move || {
        leaving.save_current();
        leaving.is_saved()
    })
    .forget();
    lifecycle::on_hash_change(move |hash| {
        page::let_go();
        moved.go(&hash);
    })
    .forget();
}
