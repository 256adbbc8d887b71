//! Drafts in the browser's store: list, open, save, delete. The only writer of draft slots.
//!
//! Each draft has two slots, written alternately: a save goes to the one that does not hold the newest record,
//! so that a crash, a refusal or a damaged write leaves the record before it. Nothing is called saved before it was
//! read back. What cannot be read is never written over (see [`super::aside`]). Defined by FORMAT.md, section 2.
//!
//! The checks against another tab are only as good as the browser's store, whose views in two processes may differ
//! for a moment: one writing tab per draft is the job of a lock, this is the net below it.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use super::aside::{Aside, MoveError, set_aside};
use super::error::{AsideError, DeleteError, OpenError, SaveError};
use super::header::Header;
use super::keys::{ASIDE, DraftKey, Place, Slot, slot_key};
use super::record::{Record, RecordError, encode, read_header};
use super::room::write_with_reserve;
use super::slots::{Seen, Slots, Stamp, State, age, examine};
use crate::platform::{Storage, StorageError};
use crate::sorting::sort_by;

/// What this browser holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The drafts, the one saved last first.
    pub drafts: Vec<Header>,
    /// The drafts in the bin, the one deleted last first.
    pub deleted: Vec<Header>,
    /// What cannot be opened, whether it was moved or still stands in its slot.
    pub aside: Vec<Aside>,
    /// Set when the store could not be read, in whole or in part: the lists may then lack something.
    pub trouble: Option<StorageError>,
}

/// A draft that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The newest record that can be read.
    pub record: Record,
    /// What the person should know about it.
    pub note: Option<Note>,
    /// What to hand to the next save.
    pub seen: Seen,
}

/// Why the record that was opened may not be the newest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// The other of the two stored records cannot be read. It is kept and listed.
    OtherDamaged(RecordError),
    /// The other was written by a newer program. Saving under this key will be refused.
    OtherNewer {
        /// Its format version.
        version: u64,
    },
    /// The other could not be read just now.
    OtherUnread(StorageError),
}

impl std::fmt::Display for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "this draft is kept twice, and only one of the two could be opened; check that the last changes are here"
        )?;
        match self {
            Self::OtherDamaged(why) => write!(f, ". About the other: {why}"),
            Self::OtherNewer { version } => {
                write!(f, ". About the other: {}", RecordError::Newer { version: *version })
            }
            Self::OtherUnread(error) => write!(f, ". About the other: {error}"),
        }
    }
}

/// A draft that was saved: written, read back, and found equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The header as it is stored.
    pub header: Header,
    /// The room was full, and the reserve was given up for this save. The next one may fail.
    pub reserve_used: bool,
}

/// Drafts, however they are kept.
pub trait Drafts: Send + Sync {
    /// Everything that is here: drafts, the bin, and what cannot be read.
    fn list(&self) -> Listing;

    /// Opens the newest record of a draft that can be read, also when the draft is in the bin.
    ///
    /// # Errors
    /// When there is no such draft, it is damaged or newer than this program, or there is no store.
    fn open(&self, draft: &DraftKey) -> Result<Opened, OpenError>;

    /// Saves a draft under the key in its header; the save number is set here. `seen` is what came with
    /// [`Opened`], or [`Seen::nothing`] for a new draft, and is kept for the next save whatever the outcome.
    ///
    /// # Errors
    /// In every case where the text is not known to be stored. What was saved before is then unchanged.
    fn save(&self, record: &Record, seen: &mut Seen) -> Result<Saved, SaveError>;

    /// Puts a draft into the bin. The time is the device's, in milliseconds.
    ///
    /// # Errors
    /// When the draft cannot be read or the mark cannot be kept.
    fn delete(&self, draft: &DraftKey, at_millis: i64) -> Result<Saved, DeleteError>;

    /// Takes a draft out of the bin.
    ///
    /// # Errors
    /// When the draft cannot be read or the change cannot be kept.
    fn bring_back(&self, draft: &DraftKey) -> Result<Saved, DeleteError>;

    /// Deletes a draft for good that is in the bin.
    ///
    /// # Errors
    /// When it is not in the bin, cannot be read, or the store does not delete it.
    fn purge(&self, draft: &DraftKey) -> Result<(), DeleteError>;

    /// The text of an entry of [`Listing::aside`], for saving it to a file.
    ///
    /// # Errors
    /// When it is gone, the key is not that of such an entry, or the store cannot be read.
    fn aside_text(&self, key: &str) -> Result<String, AsideError>;

    /// Deletes an entry of [`Listing::aside`] for good.
    ///
    /// # Errors
    /// When it is gone, the key is not that of such an entry, or the store does not delete it.
    fn delete_aside(&self, key: &str) -> Result<(), AsideError>;
}

/// Drafts as snapshots in the browser's store.
#[derive(Clone)]
pub struct DraftStore {
    storage: Arc<dyn Storage>,
}

impl Drafts for DraftStore {
    fn list(&self) -> Listing {
        self.listing()
    }

    fn open(&self, draft: &DraftKey) -> Result<Opened, OpenError> {
        let slots = Slots::read(self.storage(), draft);
        let mut fault = None;
        for held in slots.held() {
            match Record::decode(&held.text) {
                Ok(record) => {
                    let mut seen = Seen::nothing();
                    seen.settle(slots.held().into_iter().map(|held| held.stamp));
                    let note = fault.map(Note::OtherDamaged).or_else(|| other_note(&slots));
                    return Ok(Opened { record, note, seen });
                }
                Err(why) => fault = Some(why),
            }
        }
        Err(self.why_not_opened(draft, &slots, fault))
    }

    fn save(&self, record: &Record, seen: &mut Seen) -> Result<Saved, SaveError> {
        self.keep(record, seen, Way::Alternate)
    }

    fn delete(&self, draft: &DraftKey, at_millis: i64) -> Result<Saved, DeleteError> {
        self.mark(draft, Some(at_millis))
    }

    fn bring_back(&self, draft: &DraftKey) -> Result<Saved, DeleteError> {
        self.mark(draft, None)
    }

    fn purge(&self, draft: &DraftKey) -> Result<(), DeleteError> {
        self.remove_for_good(draft)
    }

    fn aside_text(&self, key: &str) -> Result<String, AsideError> {
        self.read_aside(key)
    }

    fn delete_aside(&self, key: &str) -> Result<(), AsideError> {
        self.remove_aside(key)
    }
}

/// Which slot a record is written to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// The one that does not hold the newest record.
    Alternate,
    /// The one that does. Only for a record with the same body.
    InPlace,
}

impl DraftStore {
    /// Drafts in `storage`.
    pub fn new(storage: Arc<dyn Storage>) -> Self {
        Self { storage }
    }

    pub(super) fn storage(&self) -> &dyn Storage {
        &*self.storage
    }

    pub(super) fn keep(&self, record: &Record, seen: &mut Seen, way: Way) -> Result<Saved, SaveError> {
        let draft = &record.header.draft;
        let slots = Slots::read(self.storage(), draft);
        slots.fit_for_writing()?;
        let newest = slots.held().first().copied();
        let mut header = record.header.clone();
        header.save_number = header.save_number.max(1);
        if let Some(newest) = newest {
            let stored = newest.header.edit_number;
            if !seen.knows(newest.stamp) || stored > header.edit_number {
                return Err(SaveError::Conflict { stored });
            }
            header.save_number = header.save_number.max(newest.header.save_number.saturating_add(1));
        }
        let encoded = encode(&header, &record.body)?;
        let stamp = Stamp::new(&header, encoded.check);
        let slot = match newest {
            Some(newest) if way == Way::InPlace => newest.slot,
            _ => self.free_slot(draft, &slots)?,
        };
        let replaced = newest.filter(|newest| newest.slot == slot);
        seen.add(stamp);
        let reserve_used =
            self.write_and_compare(&slot_key(draft, slot), &encoded.text, replaced.map(|held| held.text.as_str()))?;
        seen.settle(newest.map(|held| held.stamp).into_iter().chain([stamp]));
        Ok(Saved { header, reserve_used })
    }

    /// The slot for the next record: the one without the newest. A slot that cannot be read is cleared first; when
    /// that fails it is left alone for ever, and the other one has to serve.
    fn free_slot(&self, draft: &DraftKey, slots: &Slots) -> Result<Slot, SaveError> {
        let first = match slots.held().first() {
            Some(newest) => newest.slot.other(),
            None if matches!(slots.of(Slot::A), State::Unreadable { .. }) => Slot::B,
            None => Slot::A,
        };
        let mut failure = SaveError::NotKept;
        for slot in [first, first.other()] {
            let State::Unreadable { text, .. } = slots.of(slot) else { return Ok(slot) };
            match set_aside(self.storage(), draft, slot, text) {
                Ok(()) => return Ok(slot),
                // A store that gives back other texts than it was given must not be let near the good record.
                Err(MoveError::NotKept) => return Err(SaveError::NotKept),
                Err(MoveError::NotRemoved) => failure = SaveError::NotKept,
                Err(MoveError::Storage(error)) => failure = error.into(),
            }
        }
        Err(failure)
    }

    /// Writes once, reads back and compares. `replaced` is the good record that stood there, if one did.
    fn write_and_compare(&self, key: &str, text: &str, replaced: Option<&str>) -> Result<bool, SaveError> {
        let reserve_used = write_with_reserve(self.storage(), key, text)?;
        let back = self.storage().read(key)?;
        if back.as_deref() == Some(text) {
            return Ok(reserve_used);
        }
        self.take_back(key, back.as_deref(), replaced)?;
        Err(SaveError::NotKept)
    }

    /// Undoes a write that was stored wrongly. Its text is still in the page and nobody was told that it is kept, so it
    /// is not set aside: on a store that garbles, each retry would leave one more and fill the room.
    fn take_back(&self, key: &str, back: Option<&str>, replaced: Option<&str>) -> Result<(), StorageError> {
        // A whole record is the one before (the write was dropped) or another tab's, and stays.
        let whole = back.is_some_and(|text| matches!(read_header(text), Ok(_) | Err(RecordError::Newer { .. })));
        match (whole, replaced) {
            (true, _) => Ok(()),
            (false, Some(replaced)) => self.storage().write(key, replaced),
            (false, None) => self.storage().remove(key),
        }
    }

    fn listing(&self) -> Listing {
        let mut listing = Listing::default();
        let keys = match self.storage().keys() {
            Ok(keys) => keys,
            Err(error) => return Listing { trouble: Some(error), ..listing },
        };
        let mut newest = BTreeMap::new();
        for key in keys {
            let place = Place::of(&key);
            if !matches!(place, Place::Slot(..) | Place::Stray | Place::Aside(_)) {
                continue;
            }
            match self.storage().read(&key) {
                Ok(Some(text)) => sort_in(key, place, &text, &mut newest, &mut listing.aside),
                Ok(None) => {}
                Err(error) => listing.trouble = Some(error),
            }
        }
        let (mut deleted, mut drafts): (Vec<Header>, Vec<Header>) =
            newest.into_values().partition(|header| header.deleted_at.is_some());
        sort_by(&mut drafts, |one, other| other.saved_at.cmp(&one.saved_at));
        sort_by(&mut deleted, |one, other| other.deleted_at.cmp(&one.deleted_at));
        sort_by(&mut listing.aside, |one, other| one.key.cmp(&other.key));
        Listing { drafts, deleted, ..listing }
    }

    /// The one of the four answers that fits when no record could be opened. `fault` is that of a record whose header
    /// could be read.
    fn why_not_opened(&self, draft: &DraftKey, slots: &Slots, fault: Option<RecordError>) -> OpenError {
        if let Some(why) = fault {
            return OpenError::Damaged(why);
        }
        match other_note(slots) {
            Some(Note::OtherUnread(error)) => OpenError::Storage(error),
            Some(Note::OtherNewer { version }) => OpenError::Newer { version },
            Some(Note::OtherDamaged(why)) => OpenError::Damaged(why),
            None => self.why_absent(draft),
        }
    }

    /// Both slots are empty. If something of this draft was set aside, "there is no such draft" would be untrue.
    fn why_absent(&self, draft: &DraftKey) -> OpenError {
        let keys = match self.storage().keys() {
            Ok(keys) => keys,
            Err(error) => return OpenError::Storage(error),
        };
        let prefix = format!("{ASIDE}{draft}/");
        for key in keys.iter().filter(|key| key.starts_with(&prefix)) {
            match self.storage().read(key) {
                Ok(Some(text)) => {
                    if let Err(why) = examine(Some(draft), &text) {
                        return OpenError::Damaged(why);
                    }
                }
                Ok(None) => {}
                Err(error) => return OpenError::Storage(error),
            }
        }
        OpenError::Absent
    }
}

/// What to say about the slots that hold no readable record. The answer that keeps the most doors open comes first.
fn other_note(slots: &Slots) -> Option<Note> {
    let rank = |note: &Note| match note {
        Note::OtherUnread(_) => 0,
        Note::OtherNewer { .. } => 1,
        Note::OtherDamaged(_) => 2,
    };
    slots
        .states()
        .into_iter()
        .filter_map(|state| match state {
            State::Absent | State::Readable(_) => None,
            State::Unread(error) => Some(Note::OtherUnread(error.clone())),
            State::Newer { version } => Some(Note::OtherNewer { version: *version }),
            State::Unreadable { why, .. } => Some(Note::OtherDamaged(*why)),
        })
        .min_by_key(rank)
}

/// Puts one stored text where it belongs in a listing: with the newest records of the drafts, or with what cannot be
/// opened.
fn sort_in(key: String, place: Place, text: &str, newest: &mut BTreeMap<DraftKey, Header>, aside: &mut Vec<Aside>) {
    let (draft, in_slot, moved) = match place {
        Place::Slot(draft, _) => (Some(draft), true, false),
        Place::Aside(draft) => (draft, false, true),
        _ => (None, false, false),
    };
    let outcome = examine(draft.as_ref(), text);
    match outcome {
        Ok((header, _)) if in_slot => match newest.entry(header.draft.clone()) {
            Entry::Vacant(free) => {
                free.insert(header);
            }
            Entry::Occupied(mut held) if age(&header) > age(held.get()) => {
                held.insert(header);
            }
            Entry::Occupied(_) => {}
        },
        outcome => aside.push(Aside { key, draft, why: outcome.err(), bytes: text.len(), moved }),
    }
}
