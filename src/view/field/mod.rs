//! How every part of a form is drawn: one dispatcher over widget and shape. Type growth ends here: each arm is erased.

mod choice;
mod combobox;
mod date;
mod file_hash;
mod frame;
mod given;
mod group;
mod items;
mod line;
mod options;
mod part;
mod register;
mod search;
mod sources;
mod text;

use leptos::prelude::*;

pub use group::children;
pub use items::Items;
pub use options::marked;
pub use part::Part;

use crate::app::Editor;
use crate::report::NodeId;
use crate::template::{Shape, Widget};

/// How many choices a list of other items shows as checkboxes or as a plain list.
const FEW: usize = 12;

/// Draws what stands at a place: a field, a group or a list. `level` is the level of headings inside.
pub fn part_view(editor: Editor, id: &NodeId, level: u8) -> AnyView {
    let Some(part) = Part::at(&editor, id) else { return ().into_any() };
    let shape = editor.with(|report| report.template().layout().node(part.node).shape.clone());
    match shape {
        Shape::Field(widget) => field_view(editor, part, widget),
        Shape::Group { .. } => view! { <group::GroupField editor part level/> }.into_any(),
        Shape::Repeat { .. } if part.asked.as_deref() == Some("sourcePicker") => {
            view! { <sources::SourcesField editor part/> }.into_any()
        }
        Shape::Repeat { .. } => view! { <items::ItemsField editor part level/> }.into_any(),
    }
}

/// Draws a field.
pub fn field_view(editor: Editor, part: Part, widget: Widget) -> AnyView {
    match widget {
        Widget::Text | Widget::Number { .. } => view! { <text::TextField editor part/> }.into_any(),
        Widget::Area | Widget::Json => view! { <text::AreaField editor part/> }.into_any(),
        Widget::Date => view! { <date::DateField editor part/> }.into_any(),
        Widget::PartialDate => view! { <date::PartialDateField editor part/> }.into_any(),
        Widget::Tick | Widget::Declaration => view! { <choice::TickField editor part/> }.into_any(),
        Widget::Radios | Widget::YesNo => view! { <choice::RadioField editor part/> }.into_any(),
        Widget::List => view! { <choice::ListField editor part/> }.into_any(),
        Widget::Grade => view! { <choice::GradeField editor part/> }.into_any(),
        Widget::Checkboxes => view! { <choice::CheckboxesField editor part/> }.into_any(),
        Widget::Combobox { .. } | Widget::Report => view! { <search::ComboboxField editor part/> }.into_any(),
        Widget::Several { .. } => view! { <search::SeveralField editor part/> }.into_any(),
        Widget::Item if few(&editor, &part) => view! { <choice::ListField editor part/> }.into_any(),
        Widget::Item => view! { <search::ComboboxField editor part/> }.into_any(),
        Widget::Items if few(&editor, &part) => view! { <choice::CheckboxesField editor part/> }.into_any(),
        Widget::Items => view! { <search::SeveralField editor part/> }.into_any(),
        Widget::ReportId => view! { <given::ReportIdField editor part/> }.into_any(),
        Widget::Given => view! { <given::GivenField editor part/> }.into_any(),
    }
}

fn few(editor: &Editor, part: &Part) -> bool {
    options::choices(editor, part, "").len() <= FEW
}
