//! Components: markup and event wiring only.
