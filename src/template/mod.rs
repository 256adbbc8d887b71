//! What a form is: the template document, its schema, hints, layout and expressions. Defined by FORMAT.md.
//!
//! This room imports nothing but std, serde_json and small pure crates.

pub mod codelist;
mod date_parts;
pub mod expr;
mod graph;
pub mod hints;
pub mod layout;
pub mod pointer;
pub mod subschema;
#[expect(clippy::module_inception, reason = "the room is named after its main type")]
mod template;
pub mod widget;

pub use codelist::{Codelist, Entry};
pub use date_parts::{DateParts, MONTHS};
pub use graph::Graph;
pub use layout::{Layout, Node, NodeIndex, Shape};
pub use pointer::Pointer;
pub use template::{Template, TemplateError};
pub use widget::Widget;
