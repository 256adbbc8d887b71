//! Drafts as records over the `Storage` trait. No clock, no randomness, no browser.
