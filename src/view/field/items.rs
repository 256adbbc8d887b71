//! Lists whose items are drawn one by one: add, duplicate, move, remove, bring back. An item keeps its identity while it
//! moves, and nothing else is drawn again.

use leptos::prelude::*;

use super::line::ScalarLine;
use super::part::Part;
use super::{frame, group, register};
use crate::app::{Editor, Removed};
use crate::findings::Severity;
use crate::report::NodeId;
use crate::template::hints::SetBy;
use crate::template::{Shape, Widget};
use crate::view::shown::{Line, lines, when};
use crate::view::words::{inside, starting};
use crate::view::{after_paint, dom, marks::Mark};

/// A list inside a section: its label, then its items.
#[component]
pub fn ItemsField(editor: Editor, part: Part, level: u8) -> impl IntoView {
    let state = editor.field(&part.id);
    frame::group(&part, state, view! { <Items editor list=part.id.clone() level/> }.into_any())
}

/// The items of a list, and the button that adds one.
#[component]
pub fn Items(editor: Editor, list: NodeId, level: u8) -> impl IntoView {
    let ids = {
        let at = list.clone();
        editor.watch(&list, move |report| report.items(&at).to_vec())
    };
    let noun = noun(&editor, &list);
    let scalar = editor.with(|report| {
        let layout = report.template().layout();
        let item = report.index(&list).and_then(|list| layout.children(list).first().copied());
        item.is_some_and(|item| matches!(layout.node(item).shape, Shape::Field(_)))
    });
    let add = {
        let list = list.clone();
        move |_| {
            if let Some(item) = editor.add_item(&list) {
                after_paint(move || {
                    dom::focus(&body_id(&item));
                });
            }
        }
    };
    let items = {
        let list = list.clone();
        move || {
            let item = |id: String| {
                let list = list.clone();
                Line::new(id.clone(), move || match scalar {
                    true => view! { <ScalarLine editor list id/> }.into_any(),
                    false => view! { <Item editor list id level/> }.into_any(),
                })
            };
            ids.get().into_iter().map(item).collect()
        }
    };
    view! {
        <div class="items">{lines(items)}</div>
        <BringBack editor list=list.clone()/>
        <button class="btn add" class:small=move || { level > 2 } type="button" data-own="" id=format!("add{list}") on:click=add>
            {format!("Add {noun}")}
        </button>
    }
}

/// What an item is called in lower case: its own title, or the label of the list.
pub fn noun(editor: &Editor, list: &NodeId) -> String {
    editor.with(|report| {
        let layout = report.template().layout();
        let Some(node) = report.index(list) else { return String::new() };
        let item = layout.children(node).first().map(|item| layout.node(*item));
        let titled =
            layout.node(node).hints.item_title.clone().or_else(|| item.and_then(|item| item.hints.item_title.clone()));
        titled
            .or_else(|| item.map(|item| inside(&item.label)).filter(|label| label != crate::template::layout::ANY))
            .unwrap_or_else(|| inside(&layout.node(node).label))
    })
}

/// What one item is called: `P1, person proceeded against`, or `Step 2` where items have no number of their own.
fn title_of(report: &crate::report::Report, list: &NodeId, id: &str, noun: &str) -> String {
    let item = list.child(id);
    match number_of(report, &item) {
        Some(number) => format!("{number}, {noun}"),
        None => {
            let position = report.items(list).iter().position(|other| other == id).map_or(0, |at| at + 1);
            format!("{} {position}", starting(noun))
        }
    }
}

/// The number that the application gave to an item.
fn number_of(report: &crate::report::Report, item: &NodeId) -> Option<String> {
    let layout = report.template().layout();
    let children = layout.children(report.index(item)?);
    let numbered = |at: &&crate::template::NodeIndex| matches!(layout.node(**at).hints.set, Some(SetBy::Number { .. }));
    let key = &layout.node(*children.iter().find(numbered)?).key;
    report.text(&item.child(key)).map(str::to_owned)
}

/// The element id of what is inside an open item.
pub fn body_id(item: &NodeId) -> String {
    format!("body{item}")
}

/// One item: a head that opens and closes it, its fields, its tools.
#[component]
fn Item(editor: Editor, list: NodeId, id: String, level: u8) -> impl IntoView {
    let item = list.child(&id);
    let noun = noun(&editor, &list);
    let title = {
        let (list, id, noun) = (list.clone(), id.clone(), noun.clone());
        editor.watch(&item, move |report| title_of(report, &list, &id, &noun))
    };
    let summary = {
        let at = item.clone();
        editor.watch(&item, move |report| summary(report, &at))
    };
    // A list that came with one item shows it; longer lists are closed, so that a long report stays short on the page.
    let alone = editor.with(|report| report.items(&list).len() == 1);
    if alone {
        editor.unfold(&item);
    }
    let open = {
        let item = item.clone();
        Memo::new(move |_| editor.unfolded.with(|unfolded| unfolded.contains(&item)))
    };
    let toggle = {
        let item = item.clone();
        move |_| {
            let item = item.clone();
            editor.unfolded.update(|unfolded| {
                if !unfolded.remove(&item) {
                    unfolded.insert(item);
                }
            });
        }
    };
    let closed = Memo::new(move |_| !open.get());
    let tools = {
        let (list, id) = (list.clone(), id.clone());
        move || view! { <Tools editor list=list.clone() id=id.clone() title/> }.into_any()
    };
    let heading_id = format!("t{item}");
    let body = {
        let item = item.clone();
        move || {
            let item = item.clone();
            view! {
                <div class="item-body" id=body_id(&item)>
                    <div class="fields">{group::children(editor, &item, level + 1)}</div>
                </div>
            }
            .into_any()
        }
    };
    let register = register::is_source(&editor, &item);
    let toggle = view! {
        <button class="tog" type="button" data-own="" aria-labelledby=heading_id.clone()
            aria-expanded=move || if open.get() { "true" } else { "false" } on:click=toggle></button>
    };
    let heading = heading(level, heading_id.clone(), title, register);
    let head = if register {
        let line = register::SourceLine { editor, item: item.clone() };
        view! { <div class="reg-line">{toggle}{heading}{line.view()}</div> }.into_any()
    } else {
        view! {
            <div class="item-head">
                {toggle}
                <div>
                    {heading}
                    {when(closed, move || view! { <p class="item-sum">{move || summary.get()}</p> }.into_any())}
                </div>
                <Worst editor item=item.clone()/>
            </div>
        }
        .into_any()
    };
    view! {
        <div class="item" class:source=register role="group" aria-labelledby=heading_id id=format!("item{item}") tabindex="-1">
            {head}
            {when(open, body)}
            {when(open, tools)}
        </div>
    }
}

fn heading(level: u8, id: String, title: Memo<String>, hidden: bool) -> AnyView {
    match level {
        0..=2 => view! { <h2 id=id class:vh=hidden>{move || title.get()}</h2> }.into_any(),
        3 => view! { <h3 id=id class:vh=hidden>{move || title.get()}</h3> }.into_any(),
        _ => view! { <h4 id=id class:vh=hidden>{move || title.get()}</h4> }.into_any(),
    }
}

/// The line that stands for a closed item.
fn summary(report: &crate::report::Report, item: &NodeId) -> String {
    let layout = report.template().layout();
    let Some((index, list)) = report.index(item).zip(item.parent().and_then(|list| report.index(&list))) else {
        return String::new();
    };
    let Some(values) = report.value(item).and_then(|value| value.as_object()) else {
        return "Nothing filled in yet".to_owned();
    };
    let asked = layout.node(list).hints.summary.as_ref().or(layout.node(index).hints.summary.as_ref());
    let text = match asked {
        Some(asked) => report.template().fill(asked, index, values),
        None => {
            let firsts = layout
                .children(index)
                .iter()
                .filter(|part| !layout.node(**part).hints.is_given())
                .filter(|part| !matches!(layout.node(**part).widget(), None | Some(Widget::Json)));
            let spoken =
                firsts.filter_map(|part| report.template().spoken(*part, values.get(&layout.node(*part).key)?));
            spoken.take(3).collect::<Vec<_>>().join("; ")
        }
    };
    if text.is_empty() { "Nothing filled in yet".to_owned() } else { text }
}

/// The worst that is said about anything inside an item.
#[component]
pub fn Worst(editor: Editor, item: NodeId) -> impl IntoView {
    let counts = Memo::new(move |_| {
        let count = |severity| {
            editor.findings.with(|all| {
                all.iter().filter(|f| f.severity == severity && item.contains(&f.at) && editor.is_shown(&f.at)).count()
            })
        };
        (count(Severity::Error), count(Severity::Warning))
    });
    let words = move |counts: (usize, usize)| match counts {
        (0, 0) => ().into_any(),
        (0, warnings) => {
            view! { <span class="st warn"><Mark name="warn"/>{crate::app::words::count(warnings, "warning")}</span> }
                .into_any()
        }
        (errors, _) => {
            view! { <span class="st err"><Mark name="err"/>{crate::app::words::count(errors, "error")}</span> }
                .into_any()
        }
    };
    view! { {move || words(counts.get())} }
}

/// Duplicate, move, remove.
#[component]
fn Tools(editor: Editor, list: NodeId, id: String, title: Memo<String>) -> impl IntoView {
    let item = list.child(&id);
    let place = {
        let (list, id) = (list.clone(), id.clone());
        editor.watch(&item, move |report| {
            let items = report.items(&list);
            (items.iter().position(|other| *other == id).unwrap_or(0), items.len())
        })
    };
    let refused = RwSignal::new(None::<String>);
    let short = Signal::derive(move || format!(" {}", title.get()));
    let not_first = Memo::new(move |_| place.get().0 > 0);
    let not_last = Memo::new(move |_| place.get().0 + 1 < place.get().1);
    let duplicate = {
        let (list, id) = (list.clone(), id.clone());
        move |_| {
            if let Some(copy) = editor.duplicate_item(&list, &id) {
                after_paint(move || {
                    dom::focus(&body_id(&copy));
                });
            }
        }
    };
    let shift = {
        let (list, id) = (list.clone(), id.clone());
        move |by: isize, button: String| {
            editor.move_item(&list, &id, by);
            let item = list.child(&id);
            after_paint(move || {
                // At an end the button is gone; then the other one is as near as it gets.
                let _ = dom::focus(&button) || dom::focus(&format!("up{item}")) || dom::focus(&format!("down{item}"));
            });
        }
    };
    let remove = {
        let (list, id) = (list.clone(), id.clone());
        move |_| match editor.refusal(&list, &id) {
            Some(words) => refused.set(Some(words)),
            None => {
                editor.remove_item(&list, &id, title.get_untracked());
                let back = format!("back{list}");
                after_paint(move || {
                    dom::focus(&back);
                });
            }
        }
    };
    let (up_id, down_id) = (format!("up{item}"), format!("down{item}"));
    let up = {
        let (shift, up_id) = (shift.clone(), up_id.clone());
        move |_| shift(-1, up_id.clone())
    };
    let down = {
        let (shift, down_id) = (shift.clone(), down_id.clone());
        move |_| shift(1, down_id.clone())
    };
    view! {
        <div class="item-tools">
            <button class="btn plain small" type="button" data-own="" on:click=duplicate>"Duplicate"<span class="vh">{short}</span></button>
            {when(not_first, move || view! {
                <button class="btn plain small" type="button" data-own="" id=up_id.clone() on:click=up.clone()>"Move up"<span class="vh">{short}</span></button>
            }.into_any())}
            {when(not_last, move || view! {
                <button class="btn plain small" type="button" data-own="" id=down_id.clone() on:click=down.clone()>"Move down"<span class="vh">{short}</span></button>
            }.into_any())}
            <button class="btn plain small danger" type="button" data-own="" on:click=remove>"Remove"<span class="vh">{short}</span></button>
        </div>
        <p class="item-said" aria-live="polite">{move || refused.get()}</p>
    }
}

/// What stands in the place of an item that was removed.
#[component]
pub fn BringBack(editor: Editor, list: NodeId) -> impl IntoView {
    let here = {
        let at = list.clone();
        editor.watch(&list, move |report| report.items(&at).to_vec())
    };
    // Undo may have brought it back already.
    let removed = {
        let list = list.clone();
        Memo::new(move |_| {
            let gone = |one: &&Removed| one.list == list && !here.with(|here| here.contains(&one.id));
            editor.removed.with(|all| all.iter().find(gone).map(|one| one.title.clone()))
        })
    };
    let note = move |title: String| {
        let at = list.clone();
        let back = move |_| {
            if let Some(item) = editor.bring_back(&at) {
                editor.unfold(&item);
                after_paint(move || {
                    dom::focus(&format!("item{item}"));
                });
            }
        };
        view! {
            <div class="note removed">
                <p><b>{format!("{title}, was removed.")}</b></p>
                <div class="actions">
                    <button class="btn small" type="button" data-own="" id=format!("back{list}") on:click=back>"Bring back"</button>
                </div>
            </div>
        }
        .into_any()
    };
    view! { {move || removed.get().map(&note)} }
}
