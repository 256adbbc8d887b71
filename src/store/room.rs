//! The room that the browser gives to the page: who uses it, and a reserve that lets a last save through.
//!
//! Local storage holds about 5 million UTF-16 units for a whole origin. Another owner's keys can fill it, and no
//! draft of ours may ever be given up to make room.

use super::drafts::DraftStore;
use super::keys::{Place, RESERVE};
use crate::platform::{Storage, StorageError};
use crate::sorting::sort_by;

/// The room of one origin in UTF-16 units, keys and texts together.
pub const LIMIT: usize = 5_242_880;

/// The size of the reserve in UTF-16 units.
pub const RESERVE_UNITS: usize = 65_536;

/// How the room is used, in UTF-16 units, keys and texts together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Everything in the store, whoever owns it.
    pub total_units: usize,
    /// Drafts, those in the bin included.
    pub drafts: usize,
    /// Texts that were set aside.
    pub aside: usize,
    /// Settings.
    pub settings: usize,
    /// The reserve.
    pub reserve: usize,
    /// Other keys of Chancery.
    pub ours: usize,
    /// Each key of another owner with its units, the largest first.
    pub foreign: Vec<(String, usize)>,
}

impl Usage {
    /// What is left until [`LIMIT`].
    pub fn left(&self) -> usize {
        LIMIT.saturating_sub(self.total_units)
    }
}

impl DraftStore {
    /// How the room is used.
    ///
    /// # Errors
    /// When the store cannot be read: a number that leaves something out would mislead.
    pub fn usage(&self) -> Result<Usage, StorageError> {
        let mut usage = Usage::default();
        for key in self.storage().keys()? {
            let Some(text) = self.storage().read(&key)? else { continue };
            let used = units(&key) + units(&text);
            usage.total_units += used;
            match Place::of(&key) {
                Place::Slot(..) | Place::Stray => usage.drafts += used,
                Place::Aside(_) => usage.aside += used,
                Place::Setting => usage.settings += used,
                Place::Reserve => usage.reserve += used,
                Place::Ours => usage.ours += used,
                Place::Foreign => usage.foreign.push((key, used)),
            }
        }
        sort_by(&mut usage.foreign, |(key, used), (other, more)| more.cmp(used).then_with(|| key.cmp(other)));
        Ok(usage)
    }

    /// Puts the reserve in place where there is room for it; answers whether it stands. Meant for the start, and for
    /// after something was deleted.
    ///
    /// # Errors
    /// When the store is blocked or refuses for a reason other than room.
    pub fn hold_reserve(&self) -> Result<bool, StorageError> {
        if self.storage().read(RESERVE)?.is_some() {
            return Ok(true);
        }
        match self.storage().write(RESERVE, &"-".repeat(RESERVE_UNITS)) {
            Ok(()) => Ok(self.storage().read(RESERVE)?.is_some()),
            Err(StorageError::Full) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

/// Writes a draft; when the room is full, gives up the reserve and tries once more. Answers whether it did.
pub(super) fn write_with_reserve(storage: &dyn Storage, key: &str, text: &str) -> Result<bool, StorageError> {
    match storage.write(key, text) {
        Err(StorageError::Full) if storage.read(RESERVE)?.is_some() => {
            storage.remove(RESERVE)?;
            storage.write(key, text).map(|()| true)
        }
        outcome => outcome.map(|()| false),
    }
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}
