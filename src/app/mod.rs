//! Signals around a report; no markup.
