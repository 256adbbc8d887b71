//! Chancery: a report editor for diplomatic posts that runs in one browser page, without a server.
//!
//! The folders are the ideas of the product. Four pure rooms decide everything that could lose or change a
//! word; each may import only the ones named after it:
//!
//! `view -> app -> store -> exchange -> findings -> report -> template`, and `store -> platform` (traits).
//!
//! - [`template`]: what a form is: pointers, schema, hints, layout, expressions.
//! - [`report`]: what is being written: values, edits, undo, relevance.
//! - [`findings`]: what is wrong or missing.
//! - [`exchange`]: what leaves and what comes back: strict reading, canonical text, envelope.
//! - [`store`]: drafts as records over the `Storage` trait.
//! - [`platform`]: the seam to the browser: traits, an in-memory version, and `browser`, the only place that
//!   names browser crates.
//! - [`sorting`], [`float`]: what all rooms use in the place of parts of the standard library that weigh too much.
//! - `app` (feature `web`): signals around a report. `view` (feature `web`): markup and event wiring.
//!
//! `ARCHITECTURE.md` holds the map and the invariants, `FORMAT.md` the normative formats.

pub mod exchange;
pub mod findings;
pub mod float;
pub mod platform;
pub mod report;
pub mod sorting;
pub mod store;
pub mod template;

#[cfg(feature = "web")]
pub mod app;
#[cfg(feature = "web")]
pub mod view;
