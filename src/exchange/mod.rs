//! What leaves and what comes back: strict reading, canonical text, the envelope. Defined by FORMAT.md.
//!
//! Times and random bytes are arguments here. Nothing in this room reads a clock, a file or a store.

pub mod canon;
pub mod digest;
pub mod envelope;
pub mod file_name;
pub mod kind;
mod members;
pub mod number;
pub mod parts;
pub mod read;
pub mod read_error;
pub mod time;
pub mod uuid;

pub use canon::{CanonError, canonical, inexact_numbers};
pub use digest::{Digest, digest_of, sha256};
pub use envelope::{Envelope, EnvelopeError, ExportFile, Integrity, Opened};
pub use file_name::file_name;
pub use kind::{Kind, kind_of};
pub use parts::{AppHead, Attachment, FindingCounts, KeptFinding, Profile, ReportHead, State, TemplateHead};
pub use read::{Limits, ReadError, read_json};
