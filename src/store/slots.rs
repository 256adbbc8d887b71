//! The two slots of one draft as they are found, and what a writer has seen of them.
//!
//! Reading only; nothing here changes the store.

use super::error::SaveError;
use super::header::Header;
use super::keys::{DraftKey, Slot, slot_key};
use super::record::{Fault, RecordError, check_syntax, read_stamped};
use crate::platform::{Storage, StorageError};
use crate::sorting::sort_by;

/// How many records a writer remembers after a save.
const REMEMBERED: usize = 64;

/// What tells one stored record from any other of the same draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    edit_number: u64,
    save_number: u64,
    check: u32,
}

impl Stamp {
    pub(super) fn new(header: &Header, check: u32) -> Self {
        Self { edit_number: header.edit_number, save_number: header.save_number, check }
    }
}

/// What one writer knows to be stored of a draft: what it read when it opened the draft, and what it wrote.
///
/// A save is refused when the newest stored record is none of these, because then somebody else wrote it. Edit
/// numbers alone would not do: two tabs can reach the same number with different texts. Each open draft has one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen(Vec<Stamp>);

impl Seen {
    /// For a draft that was never stored.
    pub fn nothing() -> Self {
        Self::default()
    }

    pub(super) fn knows(&self, stamp: Stamp) -> bool {
        self.0.contains(&stamp)
    }

    /// Remembers a record before it is written: a write that is answered with an error can still have happened, and
    /// must not look like another tab's work at the next try.
    pub(super) fn add(&mut self, stamp: Stamp) {
        if !self.knows(stamp) {
            self.0.push(stamp);
        }
    }

    /// After a save: the records that stand in the slots now are the last ones remembered. Some earlier ones are kept,
    /// so that a store which went back in time is not mistaken for another tab.
    pub(super) fn settle(&mut self, stamps: impl IntoIterator<Item = Stamp>) {
        for stamp in stamps {
            self.0.retain(|known| *known != stamp);
            self.0.push(stamp);
        }
        self.0.drain(..self.0.len().saturating_sub(REMEMBERED));
    }
}

/// What stands in one slot.
pub(super) enum State {
    Absent,
    Readable(Box<Held>),
    Newer {
        version: u64,
    },
    Unreadable {
        why: RecordError,
        text: String,
    },
    /// The store did not answer, so nothing is known.
    Unread(StorageError),
}

/// A record in a slot whose checksum holds.
pub(super) struct Held {
    pub(super) slot: Slot,
    pub(super) header: Header,
    pub(super) stamp: Stamp,
    pub(super) text: String,
}

/// Both slots of a draft.
pub(super) struct Slots {
    a: State,
    b: State,
}

impl Slots {
    pub(super) fn read(storage: &dyn Storage, draft: &DraftKey) -> Self {
        Self { a: state(storage, draft, Slot::A), b: state(storage, draft, Slot::B) }
    }

    pub(super) fn of(&self, slot: Slot) -> &State {
        match slot {
            Slot::A => &self.a,
            Slot::B => &self.b,
        }
    }

    pub(super) fn states(&self) -> [&State; 2] {
        [&self.a, &self.b]
    }

    /// The records that can be read, newest first.
    pub(super) fn held(&self) -> Vec<&Held> {
        let mut held: Vec<&Held> = self
            .states()
            .into_iter()
            .filter_map(|state| match state {
                State::Readable(held) => Some(&**held),
                _ => None,
            })
            .collect();
        sort_by(&mut held, |one, other| age(&other.header).cmp(&age(&one.header)));
        held
    }

    /// Refuses to go on where writing could destroy something: a slot that did not answer may hold anything, and
    /// what a newer program wrote is not ours to replace.
    pub(super) fn fit_for_writing(&self) -> Result<(), SaveError> {
        self.states().into_iter().try_for_each(|state| match state {
            State::Unread(error) => Err(error.clone().into()),
            State::Newer { version } => Err(SaveError::Newer { version: *version }),
            State::Absent | State::Readable(_) | State::Unreadable { .. } => Ok(()),
        })
    }
}

/// What orders the records of a draft; the greater is the newer.
pub(super) fn age(header: &Header) -> (u64, u64) {
    (header.edit_number, header.save_number)
}

/// Reads the header and checksum of a text that should belong to `draft`, where it should belong to one.
pub(super) fn examine(draft: Option<&DraftKey>, text: &str) -> Result<(Header, u32), RecordError> {
    let (header, check) = read_stamped(text)?;
    if draft.is_some_and(|draft| *draft != header.draft) {
        return Err(RecordError::Damaged(Fault::OtherDraft));
    }
    Ok((header, check))
}

fn state(storage: &dyn Storage, draft: &DraftKey, slot: Slot) -> State {
    let text = match storage.read(&slot_key(draft, slot)) {
        Ok(Some(text)) => text,
        Ok(None) => return State::Absent,
        Err(error) => return State::Unread(error),
    };
    match examine(Some(draft), &text).and_then(|found| check_syntax(&text).map(|()| found)) {
        Ok((header, check)) => {
            let stamp = Stamp::new(&header, check);
            State::Readable(Box::new(Held { slot, header, stamp, text }))
        }
        Err(RecordError::Newer { version }) => State::Newer { version },
        Err(why) => State::Unreadable { why, text },
    }
}
