//! Groups, and the parts of a group in their order: pairs side by side, conditional parts behind their sentence.

use leptos::prelude::*;

use super::part::Part;
use super::part_view;
use crate::app::Editor;
use crate::report::NodeId;
use crate::template::NodeIndex;
use crate::template::hints::SetBy;
use crate::view::dom;
use crate::view::shown::when;

/// An object inside a section: a legend and its parts.
#[component]
pub fn GroupField(editor: Editor, part: Part, level: u8) -> impl IntoView {
    let required = editor.with(|report| report.is_required(&part.id));
    view! {
        <fieldset class="group" id=dom::element_id(&part.id)>
            <legend class="lab">
                {part.label.clone()}
                {(!required).then(|| view! { <span class="need">"optional"</span> })}
            </legend>
            {part.hint.clone().map(|hint| view! { <p class="hint">{hint}</p> })}
            <div class="fields">{children(editor, &part.id, level)}</div>
        </fieldset>
    }
}

/// What one part needs to be placed among its siblings. `pair` says that the next one stands beside it.
struct Place {
    id: NodeId,
    pair: bool,
    condition: Option<String>,
    why: Option<String>,
}

/// The parts of a group, in the order of the schema.
pub fn children(editor: Editor, holder: &NodeId, level: u8) -> AnyView {
    let places = editor.with(|report| {
        let layout = report.template().layout();
        let parts: &[NodeIndex] = report.index(holder).map_or(&[], |index| layout.children(index));
        let place = |part: &NodeIndex| {
            let node = layout.node(*part);
            Place {
                id: holder.child(&node.key),
                pair: node.hints.pair,
                condition: node.hints.show_if.as_ref().map(|expr| expr.source().to_owned()),
                why: node.hints.why.clone(),
            }
        };
        // The number of an item stands in its heading.
        let shown = |part: &&NodeIndex| !matches!(layout.node(**part).hints.set, Some(SetBy::Number { .. }));
        // Beside the fields that stand outside all sections, the report holds the sections, which have their own pages.
        let here = |part: &&NodeIndex| *holder != NodeId::root() || !report.template().is_section(**part);
        parts.iter().filter(shown).filter(here).map(place).collect::<Vec<_>>()
    });
    let mut views = Vec::new();
    let mut rest = places.as_slice();
    while let [first, after @ ..] = rest {
        // Parts that are asked for the same reason stand behind one sentence.
        let same =
            after.iter().take_while(|next| first.condition.is_some() && next.condition == first.condition).count();
        let (run, next) = rest.split_at(same + 1);
        rest = next;
        match first.condition {
            Some(_) => views.push(conditional(editor, run, level)),
            None => match (first.pair, next) {
                (true, [second, beyond @ ..]) if second.condition.is_none() => {
                    rest = beyond;
                    views.push(pair(editor, &first.id, &second.id, level));
                }
                _ => views.push(part_view(editor, &first.id, level)),
            },
        }
    }
    views.collect_view().into_any()
}

fn pair(editor: Editor, first: &NodeId, second: &NodeId, level: u8) -> AnyView {
    view! { <div class="row two top">{part_view(editor, first, level)}{part_view(editor, second, level)}</div> }
        .into_any()
}

fn conditional(editor: Editor, run: &[Place], level: u8) -> AnyView {
    let Some(first) = run.first() else { return ().into_any() };
    let at = first.id.clone();
    let asked = editor.watch(&first.id, move |report| report.is_asked(&at));
    let why = first.why.clone();
    let ids: Vec<NodeId> = run.iter().map(|place| place.id.clone()).collect();
    let body = move || {
        view! {
            <div class="cond">
                {why.clone().map(|why| view! { <p class="why">{why}</p> })}
                {ids.iter().map(|id| part_view(editor, id, level)).collect_view()}
            </div>
        }
        .into_any()
    };
    when(asked, body)
}
