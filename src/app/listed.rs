//! What can be done with a draft in the list: duplicate, delete, bring back, delete for good.

use std::sync::Arc;

use leptos::prelude::*;

use super::editor::Kept;
use super::{App, Deleted, sentence};
use crate::report::Report;
use crate::store::DraftKey;
use crate::store::draft::Draft;

impl App {
    /// A copy of a draft as a report of its own. Answers its key.
    pub fn duplicate(&self, key: &DraftKey) -> Option<DraftKey> {
        let opened = self.store.open(key).ok()?;
        let (draft, content) = Draft::from_record(&opened.record).ok()?;
        let loaded = self.form_of(&draft.template.id, &draft.template.digest)?;
        let id = self.fresh_id();
        let copy = DraftKey::parse(&id).ok()?;
        let mut report = Report::restore(Arc::clone(&loaded.template), content, 0, self.surroundings(None));
        report.renew_identifier();
        let draft = Draft::new(copy.clone(), id, loaded.reference.clone());
        self.take_over(report, draft, Kept::nothing(), loaded);
        Some(copy)
    }

    /// Puts a draft into the bin. It can be brought back.
    ///
    /// # Errors
    /// A sentence on why it was not deleted.
    pub fn delete(&self, key: &DraftKey, title: &str) -> Result<(), String> {
        if self.current.with_untracked(|current| current.as_ref().is_some_and(|current| current.key == key.as_str())) {
            self.close();
        }
        self.store.delete(key, self.now().0).map_err(|error| sentence(&error.to_string()))?;
        self.deleted.set(Some(Deleted { key: key.clone(), title: title.to_owned() }));
        self.refresh();
        Ok(())
    }

    /// Deletes a draft for good that is in the bin.
    ///
    /// # Errors
    /// A sentence on why it was not deleted.
    pub fn purge(&self, key: &DraftKey) -> Result<(), String> {
        self.store.purge(key).map_err(|error| sentence(&error.to_string()))?;
        self.deleted.update(|deleted| *deleted = deleted.take().filter(|one| one.key != *key));
        self.refresh();
        Ok(())
    }

    /// Brings a draft back from the bin.
    ///
    /// # Errors
    /// A sentence on why it was not brought back.
    pub fn bring_back(&self, key: &DraftKey) -> Result<(), String> {
        self.store.bring_back(key).map_err(|error| sentence(&error.to_string()))?;
        self.deleted.set(None);
        self.refresh();
        Ok(())
    }
}
