//! The masthead: letterhead, not toolbar.

use leptos::prelude::*;

use super::app;
use crate::app::Route;

/// Name and places.
#[component]
pub fn Masthead() -> impl IntoView {
    let route = app().route;
    let place = move |href: &'static str, label: &'static str, here: fn(&Route) -> bool| {
        let current = move || route.with(here).then_some("page");
        view! { <li><a href=href aria-current=current>{label}</a></li> }
    };
    let reports = |route: &Route| !matches!(route, Route::Templates | Route::Settings | Route::Unknown);
    view! {
        <a class="skip" href="#main" on:click=|event| {
            // The address belongs to the places of the app; only the focus moves.
            event.prevent_default();
            super::dom::focus("page-heading");
        }>"Skip to the content"</a>
        <header class="mast">
            <div class="mast-in">
                <a class="word" href="#/">"Chancery"</a>
                <nav aria-label="Places">
                    <ul>
                        {place("#/", "Reports", reports)}
                        {place("#/templates", "Templates", |route| *route == Route::Templates)}
                        {place("#/settings", "Settings", |route| *route == Route::Settings)}
                    </ul>
                </nav>
                <super::jump::Jump/>
            </div>
        </header>
    }
}
