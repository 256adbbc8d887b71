//! The notes in the margin: the findings of this section as links, then the keys.

use leptos::prelude::*;

use super::going::{self, Section};
use super::marks::Mark;
use crate::app::Editor;
use crate::findings::{Finding, Severity};

/// The notes of the current section.
#[component]
pub fn Margin(editor: Editor, sections: StoredValue<Vec<Section>>, current: Memo<usize>) -> impl IntoView {
    let here = Memo::new(move |_| {
        let at = current.get();
        let shown = |finding: &&Finding| {
            editor.is_shown(&finding.at) && sections.with_value(|all| going::section_of(all, &finding.at)) == at
        };
        editor.findings.with(|all| all.iter().filter(shown).cloned().collect::<Vec<_>>())
    });
    let note = move |finding: Finding| {
        let (mark, class) = match finding.severity {
            Severity::Error => ("err", "err"),
            Severity::Warning => ("warn", "warn"),
            Severity::Info => ("info", "info"),
        };
        let words = going::place_words(&editor, &finding.at);
        // The section is known here.
        let label = words.split_once(", ").map_or(words.clone(), |(_, rest)| rest.to_owned());
        let href = going::address(&editor, &finding.at);
        let at = finding.at.clone();
        view! {
            <li class=class>
                <Mark name=mark/>
                <span>
                    <a href=href on:click=move |event| { event.prevent_default(); going::go_to_field(editor, &at); }>{label}</a>
                    <br/>{finding.message}
                </span>
            </li>
        }
        .into_any()
    };
    let notes = move |here: Vec<Finding>| {
        if here.is_empty() {
            return view! { <p class="quiet">"Nothing to look at so far."</p> }.into_any();
        }
        view! { <ul>{here.into_iter().map(note).collect_view()}</ul> }.into_any()
    };
    view! {
        <aside aria-label="In this section">
            <div class="margin">
                <h2>"In this section"</h2>
                {move || notes(here.get())}
                <div class="keys">
                    <kbd>"Ctrl K"</kbd><span>"jump to a field"</span>
                    <kbd>"F8"</kbd><span>"next finding"</span>
                    <kbd>"Ctrl Enter"</kbd><span>"next section"</span>
                    <kbd>"Ctrl Z"</kbd><span>"undo"</span>
                </div>
            </div>
        </aside>
    }
}
