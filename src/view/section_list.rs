//! The section list: number, title with its finding marks, and how much of what is required is answered.

use leptos::html;
use leptos::prelude::*;

use super::dom;
use super::going::{Section, route_to};
use super::marks::Mark;
use crate::app::Editor;
use crate::app::SectionLine;

/// The sections under one caption, with their numbers.
type Part = (Option<String>, Vec<(usize, Section)>);

/// The list at the side; under 48rem it folds into one line.
#[component]
pub fn SectionList(editor: Editor, sections: StoredValue<Vec<Section>>, current: Memo<usize>) -> impl IntoView {
    let fold = NodeRef::<html::Details>::new();
    let lines = editor.lines;
    let line = move |at: usize| Memo::new(move |_| lines.with(|lines| lines.get(at).cloned().unwrap_or_default()));
    let narrow = move || {
        if let Some(fold) = fold.get_untracked().filter(|_| !dom::is_wide()) {
            fold.set_open(false);
        }
    };
    let mut groups: Vec<Part> = Vec::new();
    sections.with_value(|sections| {
        for (at, section) in sections.iter().enumerate() {
            match groups.last_mut().filter(|(part, _)| *part == section.part) {
                Some((_, group)) => group.push((at, section.clone())),
                None => groups.push((section.part.clone(), vec![(at, section.clone())])),
            }
        }
    });
    let groups = groups.into_iter().enumerate().map(|(number, (part, group))| {
        let items = group.into_iter().map(|(at, section)| {
            let href = route_to(&editor, &section).hash();
            let line = line(at);
            view! {
                <li>
                    <a href=href aria-current=move || (current.get() == at).then_some("step") on:click=move |_| narrow()>
                        <span class="n">{at + 1}</span>
                        <span class="t">{section.title.clone()}" "{move || marks(&line.get())}</span>
                        <span class="p">{move || progress(&line.get())}</span>
                    </a>
                </li>
            }
            .into_any()
        });
        let items = items.collect_view();
        view! {
            {part.map(|part| view! { <p class="caps" class:first=number == 0>{part}</p> })}
            <ol>{items}</ol>
        }
        .into_any()
    });
    let groups = groups.collect_view();
    let count = sections.with_value(Vec::len);
    let here = Signal::derive(move || {
        let at = current.get();
        let title = sections.with_value(|sections| sections.get(at).map(|section| section.title.clone()));
        format!("Section {} of {count}: {}", at + 1, title.unwrap_or_default())
    });
    view! {
        <nav class="sections" aria-label="Sections">
            <details class="sections-fold" node_ref=fold open=dom::is_wide()>
                <summary>
                    {here}
                    <span class="p">{move || { let line = line_at(lines, current.get()); view! { {marks(&line)}{progress(&line)} }.into_any() }}</span>
                </summary>
                {groups}
            </details>
        </nav>
    }
}

fn line_at(lines: RwSignal<Vec<SectionLine>>, at: usize) -> SectionLine {
    lines.with(|lines| lines.get(at).cloned().unwrap_or_default())
}

fn marks(line: &SectionLine) -> AnyView {
    let mark = |count: usize, name: &'static str, class: &'static str, word: &'static str| {
        (count > 0).then(|| {
            let spoken =
                format!(" {},", crate::app::words::count(count, word).trim_start_matches(char::is_numeric).trim());
            view! { <span class=class><Mark name=name/>{count}<span class="vh">{spoken}</span></span> }
        })
    };
    if line.errors + line.warnings == 0 {
        return ().into_any();
    }
    view! {
        <span class="fm">
            {mark(line.errors, "err", "err", "error")}
            {mark(line.warnings, "warn", "warn", "warning")}
        </span>
    }
    .into_any()
}

fn progress(line: &SectionLine) -> AnyView {
    let (answered, required) = line.progress;
    if answered == required && line.errors == 0 {
        let words = if required == 0 { "nothing required" } else { "all required answered" };
        return match required {
            0 => view! { <span class="vh">{words}</span> }.into_any(),
            _ => view! { <span class="ok"><Mark name="ok"/><span class="vh">{words}</span></span> }.into_any(),
        };
    }
    view! {
        <span class="num">
            <span aria-hidden="true">{format!("{answered}/{required}")}</span>
            <span class="vh">{format!("{answered} of {required} required answered")}</span>
        </span>
    }
    .into_any()
}
