//! Templates: the forms of this browser, with what tells one from another.

use leptos::prelude::*;

use super::{app, arrive};

/// The list.
#[component]
pub fn TemplatesPage() -> impl IntoView {
    let app = app();
    app.save_current();
    arrive("Templates");
    let templates = app.templates;
    let row = |loaded: crate::app::Loaded| {
        let template = loaded.template;
        view! {
            <tr role="row">
                <th role="rowheader" scope="row">
                    <span class="form-name">{template.title().to_owned()}</span>
                    <span class="sub">{template.purpose().to_owned()}</span>
                </th>
                <td role="cell" data-h="Version"><span class="num">{template.version().to_owned()}</span></td>
                <td role="cell" data-h="From">"Built in"</td>
                <td role="cell" data-h="Digest"><code class="digest">{loaded.reference.digest}</code></td>
            </tr>
        }
        .into_any()
    };
    view! {
        <main class="page" id="main">
            <div class="page-head"><div>
                <h1 id="page-heading" tabindex="-1">"Templates"</h1>
                <p class="lead">"The forms that reports in this browser are written with. A report names its form by version and digest."</p>
            </div></div>
            <table class="recs stack" role="table" aria-label="Templates in this browser">
                <thead role="rowgroup"><tr role="row">
                    <th role="columnheader" scope="col" class="main-col">"Form"</th>
                    <th role="columnheader" scope="col">"Version"</th>
                    <th role="columnheader" scope="col">"From"</th>
                    <th role="columnheader" scope="col">"Digest"</th>
                </tr></thead>
                <tbody role="rowgroup">{move || templates.get().into_iter().map(row).collect_view()}</tbody>
            </table>
        </main>
    }
}
