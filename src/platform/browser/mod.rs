//! The browser behind the platform traits. The only place that names browser crates.
