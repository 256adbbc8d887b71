//! What is being written: values, edits with their inverses, undo, relevance. Pure: time and ids are arguments.

pub mod codec;
mod content;
pub mod edit;
mod given;
mod items;
mod making;
pub mod misfit;
mod node_id;
mod outgoing;
pub mod relevance;
#[expect(clippy::module_inception, reason = "the room is named after its main type")]
mod report;
mod walk;

pub use content::Content;
pub use edit::{Edit, Misplaced};
pub use items::Items;
pub use node_id::NodeId;
pub use outgoing::Outgoing;
pub use relevance::Surroundings;
pub use report::{Changed, Report};
pub use walk::{Progress, Visit};
