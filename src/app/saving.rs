//! Keeping the open draft: when a save is due, the save itself, and the words about it.

use std::time::Duration;

use leptos::prelude::*;

use super::editor::Editor;
use super::words;
use crate::store::{SaveError, Saved};

/// Whether what is on the page is kept.
#[derive(Clone, Debug, PartialEq)]
pub enum SaveStatus {
    /// It is, since this moment; `None` for a draft without a first edit.
    Saved(Option<i64>),
    /// An edit waits for its moment.
    Saving,
    /// It is not; since when, and why.
    NotSaved {
        /// When it was kept last.
        since: Option<i64>,
        /// Why, in a few words.
        reason: String,
    },
}

impl SaveStatus {
    /// The words of the status element.
    pub fn words(&self, offset_minutes: i32) -> String {
        match self {
            Self::Saved(Some(at)) => format!("Saved {}", words::clock(*at, offset_minutes)),
            Self::Saved(None) => String::new(),
            Self::Saving => "Saving…".to_owned(),
            Self::NotSaved { reason, .. } => format!("Not saved: {reason}"),
        }
    }
}

fn reason(error: &SaveError) -> String {
    match error {
        SaveError::Blocked => "this browser keeps nothing for this page".to_owned(),
        SaveError::Full => "this browser has no room left".to_owned(),
        SaveError::Refused(name) => format!("this browser refused it ({name})"),
        SaveError::NotKept => "this browser did not keep the text".to_owned(),
        SaveError::Conflict { .. } => "this report was changed in another tab".to_owned(),
        SaveError::Newer { .. } => "a newer version of Chancery has saved this report".to_owned(),
        SaveError::Unfit(error) => error.to_string(),
    }
}

impl Editor {
    /// An edit was made: the draft is saved when typing pauses, and at the latest after the ceiling.
    pub(super) fn note_edit(&self) {
        let (number, now) = (self.with(|report| report.edit_number()), self.now());
        self.autosave.update_value(|autosave| autosave.note_edit(number, now));
        if matches!(self.status.get_untracked(), SaveStatus::Saved(_)) {
            self.status.set(SaveStatus::Saving);
        }
        self.schedule();
    }

    fn schedule(&self) {
        let Some(due) = self.autosave.with_value(|autosave| autosave.due_at()) else { return };
        let wait = u64::try_from(due - self.now()).unwrap_or(0);
        let editor = *self;
        let handle = set_timeout_with_handle(move || editor.when_due(), Duration::from_millis(wait)).ok();
        self.timer.update_value(|timer| {
            if let Some(old) = std::mem::replace(timer, handle) {
                old.clear();
            }
        });
    }

    fn when_due(&self) {
        let now = self.now();
        // The editor may be closed by now; then everything was saved when it was.
        match self.autosave.try_with_value(|autosave| autosave.is_due(now)) {
            Some(true) => {
                self.save_now();
                self.look_over();
            }
            Some(false) => self.schedule(),
            None => {}
        }
    }

    /// Saves at once what waits to be saved.
    pub fn save_if_waiting(&self) {
        if self.autosave.try_with_value(|autosave| autosave.due_at().is_some()) == Some(true) {
            self.save_now();
        }
    }

    /// Whether everything typed is kept.
    pub fn is_saved(&self) -> bool {
        matches!(self.status.get_untracked(), SaveStatus::Saved(_))
    }

    /// Saves when the list of reports would tell other numbers of errors and warnings than the check has found.
    pub fn save_counts(&self) {
        let checked = self.error_counts();
        if self.counted.get_value() != checked {
            self.save_now();
        }
    }

    /// Saves now, whatever waits. The status on the page is true afterwards.
    pub fn save_now(&self) {
        let now = self.now();
        let number = self.with(|report| report.edit_number());
        match self.write(now) {
            Ok(saved) => {
                self.autosave.update_value(|autosave| autosave.note_saved(number));
                self.status.set(SaveStatus::Saved(Some(saved.header.saved_at)));
            }
            Err(error) => {
                self.autosave.update_value(|autosave| autosave.note_failed(now));
                self.status.update(|status| {
                    let since = match status {
                        SaveStatus::NotSaved { since, .. } => *since,
                        SaveStatus::Saved(at) => *at,
                        SaveStatus::Saving => self.with_open(|open| open.saved_at),
                    };
                    *status = SaveStatus::NotSaved { since, reason: reason(&error) };
                });
                self.schedule();
            }
        }
    }

    fn write(&self, now: i64) -> Result<Saved, SaveError> {
        let checked = self.error_counts();
        // A mark or an export is no change of the answers.
        let saved = self.autosave.with_value(|autosave| autosave.saved_edit_number());
        let same = self.with_open(|open| open.saved_at.filter(|_| open.report.edit_number() == saved));
        let record = self.with_open(|open| open.draft.to_record(&open.report, checked, same.unwrap_or(now)));
        // Values that no digest can be taken of are kept all the same; only the comparison with the last export fails.
        let record = match record {
            Ok(record) => record,
            Err(error) => return Err(SaveError::Refused(error.to_string())),
        };
        let store = self.store.get_value();
        let mut result = None;
        self.seen.update_value(|seen| result = Some(store.save(&record, seen)));
        let result = result.unwrap_or(Err(SaveError::NotKept));
        if let Ok(saved) = &result {
            self.counted.set_value(checked);
            self.note_saved_at(saved.header.saved_at);
        }
        result
    }
}
