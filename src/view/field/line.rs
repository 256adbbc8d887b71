//! One box of a list of plain values.

use leptos::prelude::*;

use super::field_view;
use super::part::Part;
use crate::app::Editor;
use crate::report::NodeId;
use crate::template::Widget;
use crate::view::{after_paint, dom};

/// A value of a list with its tools.
#[component]
pub fn ScalarLine(editor: Editor, list: NodeId, id: String) -> impl IntoView {
    let item = list.child(&id);
    let position = editor.with(|report| report.items(&list).iter().position(|other| *other == id).unwrap_or(0));
    let title = editor.with(|report| report.node(&list).map(|node| node.label.clone())).unwrap_or_default();
    let name = format!("{title} {}", position + 1);
    let part = Part::at(&editor, &item).map(|part| Part { label: name.clone(), hint: None, ..part });
    let control = part.map(|part| {
        let widget = part.widget.unwrap_or(Widget::Text);
        field_view(editor, part, widget)
    });
    let remove = {
        let name = name.clone();
        move |_| {
            editor.remove_item(&list, &id, name.clone());
            let back = format!("back{list}");
            after_paint(move || {
                dom::focus(&back);
            });
        }
    };
    view! {
        <div class="line" id=super::items::body_id(&item)>
            {control}
            <button class="btn plain small danger" type="button" data-own="" on:click=remove>
                "Remove"<span class="vh">" "{name}</span>
            </button>
        </div>
    }
}
