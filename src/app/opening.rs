//! Into the app: one door for files. Whatever a file is, the answer is a sentence, and nothing is ever overwritten.

use std::sync::Arc;

use super::editor::Kept;
use super::{App, OTHER_FORM, sentence};
use crate::exchange::envelope::{Envelope, EnvelopeError, Integrity, Opened};
use crate::exchange::parts::Profile;
use crate::exchange::read::{Limits, read_json};
use crate::report::{Report, misfit};
use crate::store::draft::Draft;
use crate::store::{DraftKey, Header, OpenError};
use leptos::prelude::*;

/// Revisions count up to what JSON numbers carry exactly; the next export needs one more.
const MOST_REVISIONS: u64 = 9_007_199_254_740_990;

/// What became of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening {
    /// The name of the file.
    pub file: String,
    /// One or two sentences.
    pub words: String,
    /// The draft that shows it now.
    pub draft: Option<DraftKey>,
}

impl App {
    /// Takes the bytes of a file.
    pub fn open_file(&self, name: &str, bytes: &[u8]) -> Opening {
        let (words, draft) = match self.recognise(bytes) {
            Ok((words, key)) => (words, Some(key)),
            Err(words) => (words, None),
        };
        Opening { file: name.to_owned(), words, draft }
    }

    fn recognise(&self, bytes: &[u8]) -> Result<(String, DraftKey), String> {
        // A record holds the values two levels deeper than the file does.
        let limits = Limits { depth: Limits::REPORT.depth - 4, ..Limits::REPORT };
        let value = read_json(bytes, &limits).map_err(|error| sentence(&error.to_string()))?;
        let opened = Envelope::read(value).map_err(|error| refusal(&error))?;
        let head = &opened.envelope.template;
        let digest = head.digest.to_string();
        let loaded = self.form_of(&head.id, &digest).ok_or_else(|| {
            format!(
                "This report was written with the form {} {}, which is not in this browser. Add the form first.",
                head.id, head.version
            )
        })?;
        if opened.envelope.report.revision >= MOST_REVISIONS {
            return Err("This file has an impossible revision number.".to_owned());
        }
        misfit::fit(&loaded.template, &opened.envelope.values).map_err(|misfit| misfit.to_string())?;
        if opened.envelope.profile == Profile::WithoutIndividualData {
            return Err("This file leaves out data on individuals. It can be read at headquarters, but not continued as a draft.".to_owned());
        }
        if let Some(key) = self.same_report(&opened) {
            return Ok(("This report is already here, with the same text. Nothing was changed.".to_owned(), key));
        }
        let id = opened.envelope.report.id.clone();
        let copy = self.is_taken(&id);
        let key = self.free_key(&id).ok_or("This report has no usable identifier.")?;
        let loaded_digest = loaded.reference.digest.clone();
        let draft = Draft::from_file(key.clone(), &opened, loaded.reference.clone());
        let values = opened.envelope.values.clone();
        let mut report = Report::from_values(Arc::clone(&loaded.template), values, self.surroundings(Some(&key)));
        report.fix_identifier();
        self.take_over(report, draft, Kept::nothing(), loaded);
        let mut words = vec!["The report was opened."];
        if opened.integrity == Integrity::Changed || !opened.values_intact {
            words.push("This file was changed after it was exported.");
        }
        if loaded_digest != digest {
            words.push(OTHER_FORM);
        }
        if copy {
            words.push("Another text of the same report is here already; this one is a separate draft beside it.");
        }
        Ok((words.join(" "), key))
    }

    /// A draft of the same report whose last export carries the same digest and that was not changed since.
    fn same_report(&self, opened: &Opened) -> Option<DraftKey> {
        if opened.integrity == Integrity::Changed {
            return None;
        }
        let mine = |header: &&Header| header.report.id == opened.envelope.report.id && !header.changed_since_export;
        let keys: Vec<DraftKey> = self
            .listing
            .with_untracked(|listing| listing.drafts.iter().filter(mine).map(|header| header.draft.clone()).collect());
        keys.into_iter().find(|key| {
            let stored = self.store().open(key).ok().and_then(|stored| Draft::from_record(&stored.record).ok());
            stored.and_then(|(draft, _)| draft.last).is_some_and(|last| last.digest == opened.digest)
        })
    }

    fn is_taken(&self, id: &str) -> bool {
        let copy = format!("{id}_");
        let taken = |header: &Header| header.draft.as_str() == id || header.draft.as_str().starts_with(&copy);
        self.listing.with_untracked(|listing| listing.drafts.iter().chain(&listing.deleted).any(taken))
    }

    /// The id itself, or with a number behind it when the id is taken. Without a store only the open reports take names.
    fn free_key(&self, id: &str) -> Option<DraftKey> {
        let mut names = std::iter::once(id.to_owned()).chain((2..1_000).map(|number| format!("{id}_{number}")));
        names.find_map(|name| {
            let key = DraftKey::parse(&name).ok()?;
            let free = matches!(self.store().open(&key), Err(OpenError::Absent | OpenError::Storage(_)));
            (free && !self.is_open(&name)).then_some(key)
        })
    }
}

fn refusal(error: &EnvelopeError) -> String {
    match error {
        EnvelopeError::OtherKind(_) | EnvelopeError::NotAnObject => sentence(&error.to_string()),
        other => other.to_string(),
    }
}
