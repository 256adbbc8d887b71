//! When a save is due. Fed with times, owns no timer and saves nothing itself.
//!
//! A save is due when typing pauses, and at the latest two seconds after the first edit that is not saved: a pause
//! alone would never save somebody who types without one. After a failure it is due again after a growing wait, and
//! it never gives up.

/// How long typing must pause, in milliseconds.
pub const QUIET: i64 = 400;
/// How long an edit waits at most, in milliseconds.
pub const CEILING: i64 = 2_000;
/// The waits after the first, second and third failure in a row; the last one holds for all that follow.
pub const RETRIES: [i64; 4] = [1_000, 2_000, 5_000, 10_000];

/// How things stand, for the save status on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Nothing is waiting to be saved.
    Clean,
    /// Edits are waiting for their moment.
    Waiting,
    /// A save is under way.
    Saving,
    /// The last save failed, and so did as many in a row as `failures` says.
    Failing {
        /// Failures in a row.
        failures: u32,
        /// When the next try is due.
        retry_at: i64,
    },
}

/// The edits that wait.
#[derive(Clone, Copy, Debug)]
struct Span {
    first: i64,
    last: i64,
}

impl Span {
    /// The span with one more edit. A clock that was set back must not push the due time away.
    fn with(span: Option<Self>, now: i64) -> Self {
        Self { first: span.map_or(now, |span| span.first.min(now)), last: now }
    }
}

#[derive(Clone, Copy, Debug)]
struct Failure {
    count: u32,
    at: i64,
}

impl Failure {
    fn retry_at(self) -> i64 {
        let step = usize::try_from(self.count.saturating_sub(1)).unwrap_or(usize::MAX);
        let [.., longest] = RETRIES;
        self.at.saturating_add(RETRIES.get(step).copied().unwrap_or(longest))
    }
}

/// Decides when a save is due.
#[derive(Clone, Debug)]
pub struct Autosave {
    edit_number: u64,
    saved: u64,
    waiting: Option<Span>,
    /// The edit number being saved, and the edits made since.
    saving: Option<(u64, Option<Span>)>,
    failure: Option<Failure>,
}

impl Autosave {
    /// For a draft whose stored record has this edit number; 0 for one that was never stored.
    pub fn new(saved_edit_number: u64) -> Self {
        Self { edit_number: saved_edit_number, saved: saved_edit_number, waiting: None, saving: None, failure: None }
    }

    /// An edit was made and gave the draft this edit number.
    pub fn note_edit(&mut self, edit_number: u64, now: i64) {
        self.edit_number = self.edit_number.max(edit_number);
        self.waiting = Some(Span::with(self.waiting, now));
        if let Some((_, since)) = &mut self.saving {
            *since = Some(Span::with(*since, now));
        }
    }

    /// A save of this edit number begins. Only needed when the save takes time, so that edits made meanwhile keep
    /// their own due time.
    pub fn note_saving(&mut self, edit_number: u64) {
        self.saving = Some((edit_number, None));
    }

    /// This edit number was saved.
    pub fn note_saved(&mut self, edit_number: u64) {
        self.saved = self.saved.max(edit_number);
        self.failure = None;
        let since = self.saving.take().and_then(|(_, since)| since);
        self.waiting = if self.saved >= self.edit_number {
            None
        } else {
            // Without word of when the save began, the last edit is the one that is certainly not saved.
            since.or(self.waiting.map(|span| Span { first: span.last, last: span.last }))
        };
    }

    /// The save failed. The edits still wait, and the next try gets its time.
    pub fn note_failed(&mut self, now: i64) {
        self.saving = None;
        let count = self.failure.map_or(1, |failure| failure.count.saturating_add(1));
        self.failure = Some(Failure { count, at: now });
    }

    /// When the next save is due; `None` when nothing waits or a save is under way.
    pub fn due_at(&self) -> Option<i64> {
        if self.saving.is_some() {
            return None;
        }
        if let Some(failure) = self.failure {
            return Some(failure.retry_at());
        }
        let span = self.waiting?;
        Some(span.last.saturating_add(QUIET).min(span.first.saturating_add(CEILING)))
    }

    /// Whether a save is due now.
    pub fn is_due(&self, now: i64) -> bool {
        self.due_at().is_some_and(|due| now >= due || self.is_before_known_times(now))
    }

    /// The clock was set back: waiting for the due time could take hours, so the save is due at once.
    fn is_before_known_times(&self, now: i64) -> bool {
        match (self.failure, self.waiting) {
            (Some(failure), _) => now < failure.at,
            (None, Some(span)) => now < span.last,
            (None, None) => false,
        }
    }

    /// Whether an edit is not saved, due or not: what leaving the page has to save.
    pub fn has_unsaved(&self) -> bool {
        self.edit_number > self.saved
    }

    /// The edit number that was last saved.
    pub fn saved_edit_number(&self) -> u64 {
        self.saved
    }

    /// How things stand.
    pub fn status(&self) -> Status {
        match (self.failure, self.saving, self.waiting) {
            (Some(failure), ..) => Status::Failing { failures: failure.count, retry_at: failure.retry_at() },
            (None, Some(_), _) => Status::Saving,
            (None, None, Some(_)) => Status::Waiting,
            (None, None, None) => Status::Clean,
        }
    }
}
