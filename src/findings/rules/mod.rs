//! The cross-field rules of a template: read and checked once, run over what counts in a report.

mod error;
mod known;
mod read;
mod seen;
mod select;

use std::collections::BTreeSet;

pub use error::{RuleError, RuleReason};
use seen::Seen;
use select::Selection;

use super::check::{Finding, Severity};
use crate::report::{NodeId, Report};
use crate::template::Pointer;
use crate::template::expr::{Expr, Outcome, Scope, fill};

/// The steps of expressions that one check of a report may take, so that no template can hold up the page for long.
const MOST_STEPS: u64 = 50_000_000;

/// The rules of a template, in its order.
#[derive(Clone, Debug)]
pub struct Rules {
    rules: Vec<Rule>,
}

/// One rule.
#[derive(Clone, Debug)]
struct Rule {
    id: String,
    severity: Severity,
    selection: Selection,
    when: Expr,
    at: At,
    with: Vec<(String, Expr)>,
    message: String,
}

/// Where a finding is shown.
#[derive(Clone, Debug)]
enum At {
    /// At the selected value.
    Value,
    /// At a property of the selected object.
    Property(String),
    /// At a place of the report.
    Place(Pointer),
}

impl Rules {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.rules.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// What the rules say of a report, rule by rule. A rule that reached a limit says that it could not be checked.
    pub fn findings(&self, report: &Report) -> Vec<Finding> {
        self.findings_within(report, MOST_STEPS)
    }

    /// The same with another limit on all steps together.
    pub fn findings_within(&self, report: &Report, steps: u64) -> Vec<Finding> {
        let seen = Seen::of(report);
        let mut run = Run { seen: &seen, left: steps, findings: Vec::new(), unchecked: BTreeSet::new() };
        self.rules.iter().for_each(|rule| run.rule(rule));
        run.findings
    }
}

/// One check of a report.
struct Run<'a> {
    seen: &'a Seen<'a>,
    left: u64,
    findings: Vec<Finding>,
    /// Rules that could not be checked everywhere; said once for each.
    unchecked: BTreeSet<&'a str>,
}

impl<'a> Run<'a> {
    fn rule(&mut self, rule: &'a Rule) {
        for place in rule.selection.places(self.seen).iter() {
            if self.left == 0 {
                return self.stopped(rule, place);
            }
            let scope = Scope { with: &rule.with, ..Scope::of_rule(self.seen, place.clone()) };
            let outcome = self.spend(rule.when.evaluate(&scope));
            if outcome.stopped {
                self.stopped(rule, place);
            } else if outcome.is_true() {
                let message = fill(&rule.message, |name| Some(self.spend(scope.name(name))));
                self.say(rule, place, rule.severity, message);
            }
        }
    }

    fn spend(&mut self, outcome: Outcome) -> Outcome {
        self.left = self.left.saturating_sub(outcome.steps.into());
        outcome
    }

    fn stopped(&mut self, rule: &'a Rule, place: &Pointer) {
        if self.unchecked.insert(&rule.id) {
            self.say(rule, place, Severity::Info, format!("Rule {} could not be checked.", rule.id));
        }
    }

    fn say(&mut self, rule: &Rule, place: &Pointer, severity: Severity, message: String) {
        let at = match &rule.at {
            At::Value => self.shown(place),
            At::Property(name) => self.shown(&place.child(name)),
            At::Place(place) => self.shown(place),
        };
        self.findings.push(Finding { at, severity, message, rule: Some(rule.id.clone()) });
    }

    /// The nearest field that is asked at this moment, so that there is something to go to.
    fn shown(&self, place: &Pointer) -> NodeId {
        let report = self.seen.report();
        let mut at = report.id_at(place);
        while !report.is_relevant(&at) {
            match at.parent() {
                Some(holder) => at = holder,
                None => break,
            }
        }
        at
    }
}
