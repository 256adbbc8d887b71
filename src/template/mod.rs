//! What a form is: the template document, its schema, hints, layout and expressions. Defined by FORMAT.md.
//!
//! This room imports nothing but std, serde_json and small pure crates.

pub mod expr;
pub mod pointer;

pub use pointer::Pointer;
