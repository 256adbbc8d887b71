//! A box that searches in a list (ARIA combobox with a listbox). The pattern's keys: down and up move, Enter takes, Esc
//! closes; the list never covers its own box, and what was typed stays.

use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::options::{Choice, MOST_SHOWN, marked};
use crate::view::dom;
use crate::view::shown::when;

/// Finds the choices for a typed text.
pub type Find = Arc<dyn Fn(&str) -> Vec<Choice> + Send + Sync>;
/// Takes the chosen one.
pub type Take = Arc<dyn Fn(Choice) + Send + Sync>;

/// What a combobox needs from the field it stands in.
#[derive(Clone)]
pub struct Search {
    /// The element id of the box.
    pub id: String,
    /// The element that names the box and its list.
    pub label_id: String,
    /// Further words after the label, for a box that adds.
    pub words: Option<&'static str>,
    /// A class for the width.
    pub width: &'static str,
    /// Finds choices.
    pub find: Find,
    /// Takes a choice.
    pub take: Take,
    /// Whether the box is emptied after a choice and is no answer by itself.
    pub adds: bool,
}

/// State of an open list.
#[derive(Clone, Copy)]
struct List {
    open: RwSignal<bool>,
    query: RwSignal<String>,
    active: RwSignal<Option<usize>>,
}

/// The box, its button and its list.
#[component]
pub fn Combobox(
    search: Search,
    /// The box, so that its owner can write it.
    input: NodeRef<html::Input>,
    /// What describes the box.
    #[prop(into)]
    described: Signal<Option<String>>,
    /// Whether the answer is wrong.
    #[prop(into)]
    invalid: Signal<bool>,
    /// What happens when the box is left with a text in it.
    #[prop(optional)]
    on_left: Option<Arc<dyn Fn(String) + Send + Sync>>,
) -> impl IntoView {
    let list = List { open: RwSignal::new(false), query: RwSignal::new(String::new()), active: RwSignal::new(None) };
    let find = search.find.clone();
    let found = Memo::new(move |_| if list.open.get() { list.query.with(|query| find(query)) } else { Vec::new() });
    let take: Take = {
        let (take, adds) = (search.take.clone(), search.adds);
        Arc::new(move |choice: Choice| {
            list.open.set(false);
            if let Some(input) = input.get_untracked() {
                input.set_value(if adds { "" } else { &choice.title });
            }
            list.query.set(String::new());
            take(choice);
        })
    };
    let open_with = move |query: String| {
        list.query.set(query);
        list.active.set(None);
        list.open.set(true);
    };
    let on_key = {
        let (take, id) = (take.clone(), search.id.clone());
        move |event: KeyboardEvent| key(&event, list, found, &take, &id, open_with)
    };
    let text = move || input.get_untracked().map(|input| input.value()).unwrap_or_default();
    // What stands in a box that only adds is no answer yet, and that is said.
    let (waiting, adds) = (RwSignal::new(false), search.adds);
    // A box that is taken off the page loses its focus too; its signals are gone by then.
    let left = move |_| {
        if let Some(Some(input)) = input.try_get_untracked() {
            list.open.set(false);
            if let Some(left) = &on_left {
                left(input.value());
            }
            waiting.set(adds && !input.value().trim().is_empty());
        }
    };
    let list_id = format!("list-{}", search.id);
    let active_id = {
        let id = search.id.clone();
        move || list.active.get().filter(|_| list.open.get()).map(|at| format!("opt-{at}-{id}"))
    };
    let words = search.words;
    let label_id = search.label_id.clone();
    let named = format!("{label_id} words-{}", search.id);
    let spoken = Signal::derive(move || match (list.open.get(), found.with(Vec::len)) {
        (false, _) => String::new(),
        (true, 0) => "No results".to_owned(),
        (true, count) => crate::app::words::count(count, "result"),
    });
    view! {
        <div class=format!("combo {}", search.width)>
            {words.map(|words| view! { <span class="vh" id=format!("words-{}", search.id)>{words}</span> })}
            <input
                node_ref=input
                class="box"
                id=search.id.clone()
                role="combobox"
                type="text"
                autocomplete="off"
                spellcheck="false"
                data-own=search.adds.then_some("")
                aria-labelledby=if words.is_some() { named } else { label_id.clone() }
                aria-autocomplete="list"
                aria-expanded=move || if list.open.get() { "true" } else { "false" }
                aria-controls=list_id.clone()
                aria-activedescendant=active_id
                aria-describedby=move || described.get()
                aria-invalid=move || invalid.get().then_some("true")
                on:input=move |_| { waiting.set(false); open_with(text()) }
                on:keydown=on_key
                on:click=move |_| if !list.open.get_untracked() { open_with(String::new()) }
                on:blur=left
            />
            <button class="open" type="button" tabindex="-1" aria-label="Show all choices" data-own=""
                on:mousedown=move |event| event.prevent_default()
                on:click=move |_| {
                    if list.open.get_untracked() { list.open.set(false) } else { open_with(String::new()) }
                    if let Some(input) = input.get_untracked() {
                        // The list belongs to the box, also when it was opened by the pointer.
                        let _ = input.focus();
                    }
                }
            ></button>
            <ul class="opts pop" id=list_id role="listbox" tabindex="-1" aria-labelledby=label_id hidden=move || !list.open.get()>
                {move || options_view(&search.id, list, found, &take)}
            </ul>
            <span class="vh" aria-live="polite">{spoken}</span>
        </div>
        {when(Memo::new(move |_| waiting.get()), || view! { <p class="reads">"Not added yet. Choose from the list, or empty the box."</p> }.into_any())}
    }
}

fn options_view(id: &str, list: List, found: Memo<Vec<Choice>>, take: &Take) -> AnyView {
    let query = list.query.get_untracked();
    found.with(|found| {
        let shown = found.iter().take(MOST_SHOWN).enumerate().map(|(at, choice)| {
            let (take, chosen) = (take.clone(), choice.clone());
            let lead = choice.lead.iter().map(|lead| view! { <b>{lead.clone()}</b> }).collect_view();
            let class = if choice.lead.is_empty() { "wide" } else { "ink" };
            view! {
                <li role="option" id=format!("opt-{at}-{id}")
                    class:plain=choice.lead.is_empty()
                    aria-selected=move || if list.active.get() == Some(at) { "true" } else { "false" }
                    on:mousedown=move |event| event.prevent_default()
                    on:click=move |_| take(chosen.clone())
                >
                    {lead}
                    <span class=class>{marked(&choice.title, &query)}</span>
                </li>
            }
            .into_any()
        });
        let shown = shown.collect_view();
        let rest = found.len().saturating_sub(MOST_SHOWN);
        let more = (rest > 0).then(
            || view! { <li class="more" role="presentation">{format!("{rest} more; type to narrow the list")}</li> },
        );
        let none = found
            .is_empty()
            .then(|| view! { <li class="more" role="presentation">"Nothing in the list fits what is typed"</li> });
        view! { {shown}{more}{none} }.into_any()
    })
}

fn key(event: &KeyboardEvent, list: List, found: Memo<Vec<Choice>>, take: &Take, id: &str, open_with: impl Fn(String)) {
    let count = found.with_untracked(Vec::len).min(MOST_SHOWN);
    let open = list.open.get_untracked();
    let go = |at: usize| {
        list.active.set(Some(at));
        dom::show_option(&format!("opt-{at}-{id}"));
    };
    match event.key().as_str() {
        "ArrowDown" | "ArrowUp" if !open => open_with(String::new()),
        "ArrowDown" if count > 0 => go(list.active.get_untracked().map_or(0, |at| (at + 1) % count)),
        "ArrowUp" if count > 0 => go(list.active.get_untracked().map_or(count - 1, |at| (at + count - 1) % count)),
        "Enter" if open => {
            let one = found.with_untracked(|found| match (list.active.get_untracked(), found.as_slice()) {
                (Some(at), found) => found.get(at).cloned(),
                (None, [only]) if !list.query.with_untracked(String::is_empty) => Some(only.clone()),
                _ => None,
            });
            match one {
                Some(choice) => take(choice),
                None => return,
            }
        }
        "Escape" if open => list.open.set(false),
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}
