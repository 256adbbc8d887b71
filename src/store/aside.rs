//! Texts that cannot be read: moved out of the way, kept byte for byte, listed, and deleted only on request.
//!
//! A slot is moved only when it is needed for a save; looking at drafts changes nothing, so that a store which
//! gives a wrong answer once does no harm.

use super::drafts::DraftStore;
use super::error::AsideError;
use super::keys::{DraftKey, Place, Slot, aside_prefix, slot_key};
use super::record::RecordError;
use super::slots::examine;
use crate::platform::{Storage, StorageError};

/// A stored text that this program cannot open as a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// Where it stands.
    pub key: String,
    /// The draft it belongs to, where its place says so.
    pub draft: Option<DraftKey>,
    /// Why it cannot be opened; `None` for a text that was set aside and reads well now.
    pub why: Option<RecordError>,
    /// Its length as a file.
    pub bytes: usize,
    /// Whether it was moved; otherwise it still stands in the slot of its draft.
    pub moved: bool,
}

/// Why a slot could not be cleared.
pub(super) enum MoveError {
    /// The copy, or the slot itself, was not what it should be when it was read back.
    NotKept,
    /// The copy stands, and the slot was not cleared.
    NotRemoved,
    /// The store refused.
    Storage(StorageError),
}

impl From<StorageError> for MoveError {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

/// Clears a slot that cannot be read: its text is written under a new key, read back, and only then removed from the
/// slot. On an error the slot stands as it was.
pub(super) fn set_aside(storage: &dyn Storage, draft: &DraftKey, slot: Slot, text: &str) -> Result<(), MoveError> {
    let from = slot_key(draft, slot);
    let copy = copy_aside(storage, &aside_prefix(draft, slot), text)?;
    if storage.read(&from)?.as_deref() != Some(text) {
        // The slot changed meanwhile, or was read wrongly before: it is not the text that was copied.
        if let Copy::Fresh(key) = copy {
            storage.remove(&key)?;
        }
        return Err(MoveError::NotKept);
    }
    storage.remove(&from)?;
    match storage.read(&from)? {
        None => Ok(()),
        Some(_) => Err(MoveError::NotRemoved),
    }
}

enum Copy {
    Fresh(String),
    /// An earlier try got as far as the copy.
    Known,
}

fn copy_aside(storage: &dyn Storage, prefix: &str, text: &str) -> Result<Copy, MoveError> {
    let mut next: u64 = 1;
    for key in storage.keys()? {
        let Some(number) = key.strip_prefix(prefix) else { continue };
        if storage.read(&key)?.as_deref() == Some(text) {
            return Ok(Copy::Known);
        }
        if let Ok(number) = number.parse::<u64>() {
            next = next.max(number.saturating_add(1));
        }
    }
    let key = format!("{prefix}{next}");
    storage.write(&key, text)?;
    if storage.read(&key)?.as_deref() == Some(text) {
        return Ok(Copy::Fresh(key));
    }
    // A wrong copy helps nobody, and each retry would leave another one.
    storage.remove(&key)?;
    Err(MoveError::NotKept)
}

impl DraftStore {
    /// The text under `key`, for saving it to a file.
    ///
    /// # Errors
    /// When it is gone, is no text set aside, or the store cannot be read.
    pub(super) fn read_aside(&self, key: &str) -> Result<String, AsideError> {
        let place = Place::of(key);
        if !matches!(place, Place::Slot(..) | Place::Stray | Place::Aside(_)) {
            return Err(AsideError::NotAside);
        }
        let text = self.storage().read(key)?.ok_or(AsideError::Absent)?;
        match place {
            Place::Slot(draft, _) if examine(Some(&draft), &text).is_ok() => Err(AsideError::NotAside),
            _ => Ok(text),
        }
    }

    /// Deletes the text under `key` for good.
    pub(super) fn remove_aside(&self, key: &str) -> Result<(), AsideError> {
        self.read_aside(key)?;
        self.storage().remove(key)?;
        match self.storage().read(key)? {
            None => Ok(()),
            Some(_) => Err(AsideError::NotRemoved),
        }
    }
}
