//! Drafts as records over the `Storage` trait. No clock, no randomness, no browser: times are arguments.
//!
//! - [`record`]: one stored text and back; [`header`]: what is said about a draft beside its answers.
//! - [`drafts`]: list, open, save, delete; the only writer of draft slots. [`Drafts`] is what the rest of the
//!   program sees, so that a journal can join behind it.
//! - [`aside`]: texts that cannot be read, kept and shown.
//! - [`room`]: how much of the browser's room is used, and the reserve. [`settings`]: small texts.
//! - [`autosave`]: when a save is due.
//! - [`keys`]: the names under which all this stands. FORMAT.md, section 2, is the normative text.

pub mod aside;
pub mod autosave;
mod bin;
mod crc32;
pub mod draft;
pub mod drafts;
pub mod error;
pub mod header;
pub mod keys;
pub mod record;
pub mod room;
pub mod settings;
mod slots;

pub use aside::Aside;
pub use autosave::Autosave;
pub use drafts::{DraftStore, Drafts, Listing, Note, Opened, Saved};
pub use error::{AsideError, DeleteError, OpenError, SaveError};
pub use header::{Counts, Header, ReportRef, TemplateRef};
pub use keys::{DraftKey, DraftKeyError};
pub use record::{EncodeError, Fault, Record, RecordError};
pub use room::Usage;
pub use settings::{SettingError, Settings};
pub use slots::Seen;
