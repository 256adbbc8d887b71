//! What is wrong or missing in a report: violations of the schema, rules, and the sentences that say so.

mod check;
pub mod evaluate;
pub mod message;
mod order;
pub mod rules;

pub use check::{Checker, Finding, Severity};
pub use rules::{RuleError, Rules};
