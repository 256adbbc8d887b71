//! What a mounted field shows, and who looks again after an edit: one trigger for every mounted place.

use leptos::prelude::*;
use serde_json::Value;

use super::editor::{Editor, Mounted, Open};
use crate::findings::{Checker, Finding, Severity};
use crate::report::{NodeId, Report};

/// What a field shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FieldState {
    /// The value, when there is one.
    pub value: Option<Value>,
    /// Whether it is an answer.
    pub answered: bool,
    /// Whether an answer is required.
    pub required: bool,
    /// What is wrong, once the field was left or everything was checked.
    pub error: Option<String>,
    /// What to look at, at the same time.
    pub warning: Option<String>,
}

impl Editor {
    /// Makes the current reactive scope look again whenever the node changes. The registration ends with the scope.
    pub fn track(&self, id: &NodeId) {
        let Some(node) = self.with(|report| report.index(id)) else { return };
        let mut trigger = None;
        self.open.update_value(|open| {
            let entry = open.mounted.entry(id.clone());
            let mounted = entry.or_insert_with(|| Mounted { node, trigger: ArcTrigger::new(), holders: 0 });
            mounted.holders += 1;
            trigger = Some(mounted.trigger.clone());
        });
        if let Some(trigger) = trigger {
            trigger.track();
        }
        let (open, id) = (self.open, id.clone());
        on_cleanup(move || {
            open.try_update_value(|open| {
                if let Some(mounted) = open.mounted.get_mut(&id) {
                    mounted.holders -= 1;
                    if mounted.holders == 0 {
                        open.mounted.remove(&id);
                    }
                }
            });
        });
    }

    /// Something derived from a node, computed again whenever the node may have changed.
    pub fn watch<T: PartialEq + Send + Sync + 'static>(
        &self,
        id: &NodeId,
        read: impl Fn(&Report) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        let (editor, id) = (*self, id.clone());
        Memo::new(move |_| {
            editor.track(&id);
            editor.with(&read)
        })
    }

    /// What a field shows, always up to date.
    pub fn field(&self, id: &NodeId) -> Memo<FieldState> {
        let (editor, at) = (*self, id.clone());
        Memo::new(move |_| {
            editor.track(&at);
            editor.field_now(&at)
        })
    }

    pub(super) fn field_now(&self, id: &NodeId) -> FieldState {
        let error = self.error_at(id);
        let warning = if self.is_due(id) { self.said_at(id, Severity::Warning) } else { None };
        self.with(|report| FieldState {
            value: report.value(id).cloned(),
            answered: report.is_answered(id),
            required: report.is_required(id),
            error,
            warning,
        })
    }

    /// Whether it is time to say what is wrong with a field: it was left, or everything was checked.
    pub(super) fn is_due(&self, id: &NodeId) -> bool {
        self.with_open(|open| open.checked || open.touched.contains(id))
    }

    /// The same for lists of findings: whoever asks looks again when another field was left.
    pub fn is_shown(&self, id: &NodeId) -> bool {
        self.touches.track();
        self.is_due(id)
    }

    /// Says what is wrong with one field from now on.
    pub fn show_errors_of(&self, id: &NodeId) {
        self.open.update_value(|open| {
            open.touched.insert(id.clone());
        });
        self.touches.update(|touches| *touches += 1);
        self.wake(|other, _| other == id);
    }

    /// What is wrong with a field, when it is time to say so: by itself, at every key; beside others, as of the last look
    /// over the report.
    pub(super) fn error_at(&self, id: &NodeId) -> Option<String> {
        if !self.is_due(id) {
            return None;
        }
        self.finding(id).map(|finding| finding.message).or_else(|| self.said_at(id, Severity::Error))
    }

    /// What a rule of the template said about a field when the report was looked over last.
    fn said_at(&self, id: &NodeId, severity: Severity) -> Option<String> {
        let speaks = |finding: &&Finding| finding.at == *id && finding.severity == severity && finding.rule.is_some();
        self.findings.with_untracked(|all| all.iter().find(speaks).map(|finding| finding.message.clone()))
    }

    pub(super) fn finding(&self, id: &NodeId) -> Option<Finding> {
        self.checking(|checker, open| checker.field(&open.report, id))
    }

    pub(super) fn checking<T>(&self, check: impl FnOnce(&Checker<'_>, &Open) -> T) -> T {
        let (loaded, patterns) = (self.loaded(), self.patterns.get_value());
        let (patterns, rules) = (patterns.as_ref(), Some(loaded.rules.as_ref()));
        let checker = Checker { evaluator: &loaded.evaluator, patterns, rules };
        self.with_open(|open| check(&checker, open))
    }
}
