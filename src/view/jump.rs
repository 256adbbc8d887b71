//! The quick jump: Ctrl K, a few letters, Enter. A modal dialog of the browser, so that the rest of the page is inert and
//! the focus goes back to where it came from.

use std::sync::Arc;

use leptos::ev::{self, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;

use super::field::marked;
use super::jump_index::{Found, Group, Target, search};
use super::{app, dom, going};

/// The button in the masthead, and the dialog it opens.
#[component]
pub fn Jump() -> impl IntoView {
    let app = app();
    let dialog = NodeRef::<html::Dialog>::new();
    let input = NodeRef::<html::Input>::new();
    let (open, query, active) = (RwSignal::new(false), RwSignal::new(String::new()), RwSignal::new(0_usize));
    let show = move || {
        if let Some(dialog) = dialog.get_untracked().filter(|dialog| !dialog.open()) {
            query.set(String::new());
            active.set(0);
            open.set(true);
            if let Some(input) = input.get_untracked() {
                input.set_value("");
            }
            // An open dialog is the only reason to be refused, and this one is not open.
            let _ = dialog.show_modal();
        }
    };
    let keys = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        let control = event.ctrl_key() || event.meta_key();
        if control && !event.shift_key() && event.key().eq_ignore_ascii_case("k") {
            event.prevent_default();
            show();
        }
    });
    on_cleanup(move || keys.remove());
    let groups = {
        let app = app.clone();
        Memo::new(move |_| {
            let editor = if open.get() { app.current_editor() } else { None };
            if open.get() { query.with(|query| search(editor.as_ref(), query)) } else { Vec::new() }
        })
    };
    let count = Memo::new(move |_| groups.with(|groups| groups.iter().map(|group| group.found.len()).sum::<usize>()));
    let close = move || {
        open.set(false);
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    // Going back in the browser's history leaves the dialog behind.
    let route = app.route;
    Effect::new(move |_| {
        route.track();
        close();
    });
    let take = move |found: Found| {
        close();
        match (found.target, app.current_editor()) {
            (Target::Place(route), _) => dom::go(&route),
            (Target::Field(id), Some(editor)) => going::go_to_field(editor, &id),
            (Target::Field(_), None) => {}
        }
    };
    let on_key = {
        let take = take.clone();
        move |event: KeyboardEvent| {
            let all = count.get_untracked();
            match event.key().as_str() {
                "ArrowDown" if all > 0 => active.update(|at| *at = (*at + 1) % all),
                "ArrowUp" if all > 0 => active.update(|at| *at = (*at + all - 1) % all),
                "Enter" => {
                    let at = active.get_untracked();
                    let found =
                        groups.with_untracked(|groups| groups.iter().flat_map(|group| &group.found).nth(at).cloned());
                    if let Some(found) = found {
                        take(found);
                    }
                }
                _ => return,
            }
            event.prevent_default();
            dom::show_option(&option_id(active.get_untracked()));
        }
    };
    let typed = move |event| {
        query.set(event_target_value(&event));
        active.set(0);
    };
    let take: Arc<dyn Fn(Found) + Send + Sync> = Arc::new(take);
    let results = move |groups: Vec<Group>, query: String| {
        let mut number = 0;
        groups.into_iter().map(|group| group_view(group, &mut number, &query, active, &take)).collect_view()
    };
    let words = move |count: usize| match count {
        0 => "Nothing fits what is typed".to_owned(),
        count => crate::app::words::count(count, "result"),
    };
    view! {
        <button class="btn small jump" type="button" on:click=move |_| show()>"Jump to "<kbd>"Ctrl K"</kbd></button>
        <dialog class="palette pop" node_ref=dialog aria-label="Jump to" on:close=move |_| open.set(false)
            on:click=move |event| if dom::is_backdrop(&event) { close() }>
            <div>
                <label for="jump">"Jump to a section, field, source or action"</label>
                <input class="q" id="jump" node_ref=input role="combobox" aria-expanded="true" aria-controls="jump-list"
                    aria-autocomplete="list" autocomplete="off" spellcheck="false" autofocus
                    aria-activedescendant=move || (count.get() > 0).then(|| option_id(active.get()))
                    on:input=typed on:keydown=on_key/>
            </div>
            <div class="opts" id="jump-list" role="listbox" aria-label="Results" tabindex="-1">{move || results(groups.get(), query.get())}</div>
            <footer>
                <span aria-live="polite">{move || words(count.get())}</span>
                <span><kbd>"↑"</kbd>" "<kbd>"↓"</kbd>" choose"</span>
                <span><kbd>"Enter"</kbd>" go"</span>
                <span><kbd>"Esc"</kbd>" back"</span>
            </footer>
        </dialog>
    }
}

fn option_id(at: usize) -> String {
    format!("jump-{at}")
}

fn group_view(
    group: Group,
    number: &mut usize,
    query: &str,
    active: RwSignal<usize>,
    take: &Arc<dyn Fn(Found) + Send + Sync>,
) -> AnyView {
    let caption = format!("jump-group-{}", group.name.to_lowercase().replace(' ', "-"));
    let options = group.found.into_iter().map(|found| {
        let at = *number;
        *number += 1;
        let (take, target) = (take.clone(), found.clone());
        view! {
            <div role="option" id=option_id(at) aria-selected=move || if active.get() == at { "true" } else { "false" }
                on:click=move |_| take(target.clone())>
                <span class:ink=found.own_words>{marked(&found.title, query)}</span>
                <small>{found.at}</small>
            </div>
        }
        .into_any()
    });
    let options = options.collect_view();
    let named = caption.clone();
    view! {
        <div role="group" aria-labelledby=named>
            <p class="caps" id=caption role="presentation">{group.name}</p>
            {options}
        </div>
    }
    .into_any()
}
