//! Sources chosen from the register: number, grade, title, place and role of each, and a box that adds one.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use serde_json::{Map, Value};

use super::combobox::{Combobox, Find, Search, Take};
use super::frame;
use super::items::BringBack;
use super::options::{self, Choice};
use super::part::Part;
use crate::app::Editor;
use crate::report::codec::DateParts;
use crate::report::{NodeId, Report};
use crate::template::hints::From;
use crate::template::{NodeIndex, Pointer, Widget};
use crate::view::shown::{Line, lines, when};
use crate::view::{after_paint, dom};

/// Where the parts of a reference stand, read from the template.
#[derive(Clone)]
struct Shape {
    /// The register.
    register: NodeId,
    /// The property of an item that holds the number of the source.
    number: String,
    /// The property that holds the place in the source.
    place: Option<String>,
    /// The property that says what the source does for the statement.
    role: Option<String>,
}

impl Shape {
    fn of(report: &Report, list: &NodeId) -> Option<Self> {
        let layout = report.template().layout();
        let item = layout.children(report.index(list)?).first().copied()?;
        let register = |part: &NodeIndex| match &layout.node(*part).hints.reference.as_ref()?.from {
            From::Items(place) => Some((report.id_at(place), layout.node(*part).key.clone())),
            From::Workspace => None,
        };
        let parts = layout.children(item);
        let (register, number) = parts.iter().find_map(register)?;
        let with = |wanted: fn(Widget) -> bool| {
            let found = parts.iter().map(|part| layout.node(*part)).find(|node| node.widget().is_some_and(wanted));
            found.map(|node| node.key.clone())
        };
        let place = with(|widget| matches!(widget, Widget::Text | Widget::Area));
        let role = with(|widget| matches!(widget, Widget::Radios | Widget::List));
        Some(Self { register, number, place, role })
    }
}

/// The sources of a statement or field.
#[component]
pub fn SourcesField(editor: Editor, part: Part) -> impl IntoView {
    let state = editor.field(&part.id);
    let Some(shape) = editor.with(|report| Shape::of(report, &part.id)) else { return ().into_any() };
    let ids = {
        let at = part.id.clone();
        editor.watch(&part.id, move |report| report.items(&at).to_vec())
    };
    let rows = {
        let (shape, list) = (shape.clone(), part.id.clone());
        move || {
            let row = |id: String| {
                let (list, shape) = (list.clone(), shape.clone());
                Line::new(id.clone(), move || view! { <Row editor list id shape/> }.into_any())
            };
            ids.get().into_iter().map(row).collect()
        }
    };
    let any = Memo::new(move |_| !ids.with(Vec::is_empty));
    let input = NodeRef::<html::Input>::new();
    let search = Search {
        id: format!("add-{}", part.dom_id()),
        label_id: format!("addl{}", part.id),
        words: None,
        width: "w28",
        find: find(editor, shape.register.clone()),
        take: take(editor, part.id.clone(), shape.clone()),
        adds: true,
    };
    let described = Signal::derive(frame::described_by(&part, state, false));
    let invalid = Signal::derive(move || state.with(|state| state.error.is_some()));
    let controls = view! {
        {when(any, move || view! { <ol class="refs">{lines(rows.clone())}</ol> }.into_any())}
        <BringBack editor list=part.id.clone()/>
        <label class="refs-add" id=search.label_id.clone() for=search.id.clone()>
            "Add a source "<span class="need">"by its number, title or publisher"</span>
        </label>
        <Combobox search input described invalid/>
    };
    frame::group(&part, state, controls.into_any())
}

fn find(editor: Editor, register: NodeId) -> Find {
    Arc::new(move |query| {
        let mut found = editor.with(|report| options::sources(report, &register, query));
        let typed = query.trim();
        if !typed.is_empty() {
            let title = format!("Add a source titled \"{typed}\" to the register");
            found.push(Choice {
                value: Value::String(typed.to_owned()),
                title,
                lead: vec!["New".to_owned(), String::new()],
            });
        }
        found
    })
}

fn take(editor: Editor, list: NodeId, shape: Shape) -> Take {
    Arc::new(move |choice: Choice| {
        let new = choice.lead.first().is_some_and(|lead| lead == "New");
        let number = if new { register_source(editor, &shape, choice.value) } else { Some(choice.value) };
        let Some(number) = number else { return };
        let mut reference = Map::new();
        reference.insert(shape.number.clone(), number);
        let added = editor.add_item_with(&list, Value::Object(reference));
        if let (Some(item), Some(place)) = (added, &shape.place) {
            let place = item.child(place);
            after_paint(move || {
                dom::focus_field(&place);
            });
        }
    })
}

/// A new source with this title; answers its number.
fn register_source(editor: Editor, shape: &Shape, title: Value) -> Option<Value> {
    let mut source = Map::new();
    source.insert("title".to_owned(), title);
    let item = editor.add_item_with(&shape.register, Value::Object(source))?;
    let key = editor.with(|report| {
        let layout = report.template().layout();
        let parts = layout.children(report.index(&item)?);
        let numbered = parts.iter().map(|part| layout.node(*part)).find(|node| node.hints.is_given());
        numbered.map(|node| node.key.clone())
    })?;
    editor.with(|report| report.value(&item.child(&key)).cloned())
}

/// What is read of a source: grade, title, and publisher with date; nothing for a number that no source has.
type Told = Option<(String, String, String)>;

fn described(report: &Report, register: &NodeId, number: &str) -> Told {
    let pointer: Pointer = report.pointer(register)?;
    let sources = pointer.get(report.values())?.as_array()?;
    let source = sources.iter().find(|source| source.get("id").and_then(Value::as_str) == Some(number))?;
    let text = |key: &str| source.get(key).and_then(Value::as_str).unwrap_or_default();
    let date = DateParts::read(text("datePublished")).words().unwrap_or_default();
    let small =
        [text("publisher"), &date].iter().filter(|text| !text.is_empty()).copied().collect::<Vec<_>>().join(", ");
    Some((format!("{}{}", text("reliability"), text("credibility")), text("title").to_owned(), small))
}

/// One source of the list.
#[component]
fn Row(editor: Editor, list: NodeId, id: String, shape: Shape) -> impl IntoView {
    let item = list.child(&id);
    let number = {
        let at = item.child(&shape.number);
        editor.watch(&item, move |report| report.text(&at).unwrap_or_default().to_owned())
    };
    let told = {
        let (register, shape) = (shape.register.clone(), shape.clone());
        let at = item.child(&shape.number);
        editor.watch(&register, move |report| described(report, &shape.register, report.text(&at).unwrap_or_default()))
    };
    let part = |key: &Option<String>| {
        let key = key.as_ref()?;
        Part::at(&editor, &item.child(key))
    };
    let place = part(&shape.place).map(|part| view! { <PlaceBox editor part/> });
    let role = part(&shape.role).map(|part| view! { <RoleBox editor part/> });
    let remove = {
        let (list, id) = (list.clone(), id.clone());
        move |_| {
            editor.remove_item(&list, &id, format!("Source {}", number.get_untracked()));
            let back = format!("back{list}");
            after_paint(move || {
                dom::focus(&back);
            });
        }
    };
    let title = move |told: Told| match told {
        Some((_, title, _)) if title.is_empty() => "Untitled source".to_owned(),
        Some((_, title, _)) => title,
        None => "This source number does not exist.".to_owned(),
    };
    view! {
        <li role="listitem">
            <span class="id">{move || number.get()}</span>
            <span class="grade">{move || told.get().map(|(grade, _, _)| grade)}</span>
            <span class="what">{move || title(told.get())}<small>{move || told.get().map(|(_, _, small)| small)}</small></span>
            {place}
            {role}
            <button class="btn plain small rm" type="button" data-own="" on:click=remove>
                "Remove"<span class="vh">" source "{move || number.get()}</span>
            </button>
        </li>
    }
}

#[component]
fn PlaceBox(editor: Editor, part: Part) -> impl IntoView {
    let state = editor.field(&part.id);
    let input = NodeRef::<html::Input>::new();
    let text = move || state.with(|state| state.value.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned());
    Effect::new(move |_| {
        let wanted = text();
        if let Some(input) = input.get().filter(|input| input.value().trim() != wanted.trim()) {
            input.set_value(&wanted);
        }
    });
    view! {
        <label class="loc">
            "Place "
            <input class="box" node_ref=input id=part.dom_id() autocomplete="off" prop:value=untrack(text)
                aria-invalid=frame::invalid(state)/>
        </label>
    }
}

#[component]
fn RoleBox(editor: Editor, part: Part) -> impl IntoView {
    let state = editor.field(&part.id);
    let lines = options::choices(&editor, &part, "")
        .into_iter()
        .map(|option| {
            let value = option.value.clone();
            let chosen = move || state.with(|state| state.value.as_ref() == Some(&value));
            let code = option.code();
            view! { <option value=code prop:selected=chosen>{option.title}</option> }
        })
        .collect_view();
    view! {
        <label class="loc role">
            "Role "
            <select class="box" id=part.dom_id()>
                <option value="" prop:selected=move || state.with(|state| state.value.is_none())></option>
                {lines}
            </select>
        </label>
    }
}
