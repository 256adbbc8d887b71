//! Settings: appearance, what is stored, about.

use leptos::prelude::*;

use super::{app, arrive, dom};

/// The name under which the choice of colours is kept.
pub const THEME: &str = "theme";

/// The page.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let app = app();
    app.save_current();
    arrive("Settings");
    let kept = app.settings.read(THEME).ok().flatten().unwrap_or_default();
    let said = RwSignal::new(None::<String>);
    let settings = app.settings.clone();
    let choose = move |theme: &'static str| {
        dom::show_theme((!theme.is_empty()).then_some(theme));
        let outcome = if theme.is_empty() { settings.remove(THEME) } else { settings.write(THEME, theme) };
        said.set(outcome.err().map(|error| crate::app::sentence(&error.to_string())));
    };
    let radio = move |value: &'static str, label: &'static str| {
        let (choose, on) = (choose.clone(), kept == value);
        view! {
            <label><input type="radio" name="theme" value=value checked=on on:change=move |_| choose(value)/><span>{label}</span></label>
        }
    };
    view! {
        <main class="page settings" id="main">
            <div class="page-head"><h1 id="page-heading" tabindex="-1">"Settings"</h1></div>
            <section class="fields" aria-labelledby="look-heading">
                <h2 id="look-heading">"Appearance"</h2>
                <fieldset class="field">
                    <legend class="lab">"Colours"</legend>
                    <div class="choices">
                        {radio("", "As the device")}
                        {radio("light", "Light")}
                        {radio("dark", "Dark")}
                    </div>
                    <p class="reads" aria-live="polite">{move || said.get()}</p>
                </fieldset>
            </section>
            <Storage/>
            <section aria-labelledby="about-heading">
                <h2 id="about-heading">"About"</h2>
                <p>"Chancery "{env!("CARGO_PKG_VERSION")}". Reports are written and kept in this browser. Nothing is sent anywhere; what leaves is a file that you export."</p>
                <p class="quiet">"For unclassified systems only."</p>
            </section>
        </main>
    }
}

#[component]
fn Storage() -> impl IntoView {
    let app = app();
    let rows = app.usage_by_owner().map(|rows| {
        let row = |(name, units): (&'static str, usize)| {
            view! {
                <tr role="row">
                    <th role="rowheader" scope="row">{name}</th>
                    <td role="cell" data-h="Characters"><span class="num">{super::words::thousands(units)}</span></td>
                </tr>
            }
        };
        rows.into_iter().map(row).collect_view()
    });
    match rows {
        Some(rows) => view! {
            <section aria-labelledby="storage-heading">
                <h2 id="storage-heading">"Storage"</h2>
                <p class="quiet">"The browser gives this page room for 5,242,880 characters."</p>
                <table class="recs usage" role="table" aria-labelledby="storage-heading">
                    <thead role="rowgroup"><tr role="row">
                        <th role="columnheader" scope="col" class="main-col">"What"</th>
                        <th role="columnheader" scope="col">"Characters"</th>
                    </tr></thead>
                    <tbody role="rowgroup">{rows}</tbody>
                </table>
            </section>
        }
        .into_any(),
        None => view! {
            <section aria-labelledby="storage-heading">
                <h2 id="storage-heading">"Storage"</h2>
                <p>"This browser does not let the page keep anything."</p>
            </section>
        }
        .into_any(),
    }
}
