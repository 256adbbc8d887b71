//! Whether values from a file stand where the form can hold them. A text where the form has a group could not be typed
//! into, and what was typed there would be lost; such a file is refused before anything is made of it.

use serde_json::Value;

use crate::template::{NodeIndex, Pointer, Shape, Template};

/// More items of one list than a report has any use for. Above it a page could not be drawn in any useful time.
pub const MOST_ITEMS: usize = 5_000;

/// Why values do not fit a form, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// The form has a group or a list there, and the file something else.
    Kind(Pointer),
    /// A list has more items than [`MOST_ITEMS`].
    Length(Pointer),
}

impl std::fmt::Display for Misfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Kind(at) => {
                write!(f, "This report does not fit its form: what stands at \"{at}\" cannot be filled in there.")
            }
            Self::Length(at) => {
                write!(f, "This report has more than {MOST_ITEMS} entries at \"{at}\", which cannot be shown.")
            }
        }
    }
}

impl std::error::Error for Misfit {}

/// Looks for the first misfit.
///
/// # Errors
/// The first place, in the order of the form, where the values cannot be held.
pub fn fit(template: &Template, values: &Value) -> Result<(), Misfit> {
    look(template, template.layout().root(), &Pointer::root(), values)
}

fn look(template: &Template, node: NodeIndex, at: &Pointer, value: &Value) -> Result<(), Misfit> {
    let layout = template.layout();
    match (&layout.node(node).shape, value) {
        (_, Value::Null) | (Shape::Field(_), _) => Ok(()),
        (Shape::Group { children }, Value::Object(map)) => children.iter().try_for_each(|child| {
            let key = &layout.node(*child).key;
            map.get(key).map_or(Ok(()), |part| look(template, *child, &at.child(key), part))
        }),
        (Shape::Repeat { .. }, Value::Array(items)) if items.len() > MOST_ITEMS => Err(Misfit::Length(at.clone())),
        (Shape::Repeat { item, .. }, Value::Array(items)) => {
            items.iter().enumerate().try_for_each(|(position, part)| look(template, *item, &at.child(position), part))
        }
        (Shape::Group { .. } | Shape::Repeat { .. }, _) => Err(Misfit::Kind(at.clone())),
    }
}
