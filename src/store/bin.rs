//! The bin: a draft is deleted by a mark that a normal save writes, and can be brought back until it is purged.

use super::drafts::{DraftStore, Drafts, Opened, Saved, Way};
use super::error::{DeleteError, OpenError, SaveError};
use super::keys::{DraftKey, slot_key};
use super::slots::Slots;

impl DraftStore {
    /// Sets or takes away the mark. When the answers were saved stays as it was: they did not change.
    pub(super) fn mark(&self, draft: &DraftKey, deleted_at: Option<i64>) -> Result<Saved, DeleteError> {
        let Opened { mut record, mut seen, .. } = self.open(draft)?;
        record.header.deleted_at = deleted_at;
        match self.keep(&record, &mut seen, Way::Alternate) {
            // Deleting is how room is made, so it must work when there is none for a second record. The body is the
            // same, and a refused write leaves what stood there.
            Err(SaveError::Full) => Ok(self.keep(&record, &mut seen, Way::InPlace)?),
            outcome => Ok(outcome?),
        }
    }

    /// Removes both records of a draft in the bin. What cannot be read is not part of it: it stays listed, and is
    /// deleted by itself.
    pub(super) fn remove_for_good(&self, draft: &DraftKey) -> Result<(), DeleteError> {
        let slots = Slots::read(self.storage(), draft);
        slots.fit_for_writing()?;
        let held = slots.held();
        let newest = held.first().ok_or(DeleteError::Open(OpenError::Absent))?;
        if newest.header.deleted_at.is_none() {
            return Err(DeleteError::NotInBin);
        }
        // The marked record goes last: if the browser ends in between, the draft is still in the bin, whereas the
        // older record alone would be a draft again.
        for held in held.iter().rev() {
            let key = slot_key(draft, held.slot);
            self.storage().remove(&key)?;
            if self.storage().read(&key)?.is_some() {
                return Err(DeleteError::NotRemoved);
            }
        }
        Ok(())
    }
}
