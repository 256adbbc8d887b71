//! Every save and every open under each fault of the store.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chancery::platform::memory::{Faults, MemoryStorage};
use chancery::platform::{Storage, StorageError};
use chancery::store::{DeleteError, DraftStore, Drafts, OpenError, SaveError, Seen};
use proptest::prelude::*;

use crate::draft_kit::{A, B, one, record, store, tab, text_of};

fn blocked() -> Faults {
    Faults { blocked: true, ..Faults::default() }
}

fn full() -> Faults {
    Faults { room: Some(0), ..Faults::default() }
}

fn refusing() -> Faults {
    Faults { changes_left: Some(0), ..Faults::default() }
}

fn dropping() -> Faults {
    Faults { drop_changes: true, ..Faults::default() }
}

fn returning_old() -> Faults {
    Faults { return_old: true, ..Faults::default() }
}

fn garbling() -> Faults {
    Faults { garbled_writes: u64::MAX, ..Faults::default() }
}

#[test]
fn no_fault_lets_a_save_pass_for_saved_or_harms_the_record_before() {
    let cases = [
        (blocked(), SaveError::Blocked),
        (full(), SaveError::Full),
        (refusing(), SaveError::Refused("MemoryError".into())),
        (dropping(), SaveError::NotKept),
        (returning_old(), SaveError::NotKept),
        (garbling(), SaveError::NotKept),
    ];
    for (faults, expected) in cases {
        for saves_before in 1..4 {
            let (storage, drafts) = store();
            let mut seen = Seen::nothing();
            for edit in 1..=saves_before {
                drafts.save(&record("one", edit, &format!("text {edit}")), &mut seen).unwrap();
            }
            storage.set_faults(faults.clone());
            for again in 1..4 {
                let outcome = drafts.save(&record("one", saves_before + again, "new"), &mut seen);
                assert!(outcome.is_err(), "{faults:?}");
                if again == 1 {
                    assert_eq!(outcome, Err(expected.clone()), "{faults:?} after {saves_before} saves");
                }
            }
            storage.restart();
            let opened = tab(&storage).open(&one()).unwrap();
            let text = text_of(&opened.record);
            // A store that returns old texts has kept the new one; that is the only fault that may show it.
            assert!(text == format!("text {saves_before}") || (faults.return_old && text == "new"), "{faults:?}");
            // The same tab goes on when the fault has passed; its own doubtful write is no conflict.
            drafts.save(&record("one", 90, "recovered"), &mut seen).unwrap();
            assert_eq!(text_of(&tab(&storage).open(&one()).unwrap().record), "recovered", "{faults:?}");
            assert_eq!(tab(&storage).list().aside, [], "{faults:?} leaves nothing behind");
        }
    }
}

#[test]
fn no_fault_lets_the_first_save_of_a_draft_pass_for_saved() {
    for faults in [blocked(), full(), refusing(), dropping(), returning_old(), garbling()] {
        let (storage, drafts) = store();
        storage.set_faults(faults.clone());
        let mut seen = Seen::nothing();
        assert!(drafts.save(&record("one", 1, "words"), &mut seen).is_err(), "{faults:?}");
        storage.set_faults(Faults::default());
        drafts.save(&record("one", 2, "more words"), &mut seen).unwrap();
        assert_eq!(text_of(&drafts.open(&one()).unwrap().record), "more words");
    }
}

#[test]
fn opening_and_listing_under_each_fault_answer_with_what_is_there_or_say_that_there_is_no_store() {
    for faults in [full(), refusing(), dropping(), garbling()] {
        let (storage, drafts) = store();
        drafts.save(&record("one", 1, "words"), &mut Seen::nothing()).unwrap();
        storage.set_faults(faults);
        assert_eq!(text_of(&drafts.open(&one()).unwrap().record), "words");
        assert_eq!((drafts.list().drafts.len(), drafts.list().trouble), (1, None));
    }
    let (storage, drafts) = store();
    drafts.save(&record("one", 1, "words"), &mut Seen::nothing()).unwrap();
    storage.set_faults(blocked());
    assert_eq!(drafts.open(&one()), Err(OpenError::Storage(StorageError::Blocked)));
    assert_eq!(drafts.list().trouble, Some(StorageError::Blocked));
    assert_eq!(drafts.usage(), Err(StorageError::Blocked));
    let deleted = drafts.delete(&one(), 1).unwrap_err();
    assert_eq!(deleted, DeleteError::Open(OpenError::Storage(StorageError::Blocked)));
}

#[test]
fn without_any_storage_the_store_answers_and_does_not_stop() {
    let storage = MemoryStorage::blocked();
    let drafts = tab(&storage);
    assert_eq!(drafts.list().trouble, Some(StorageError::Blocked));
    assert_eq!(drafts.save(&record("one", 1, "words"), &mut Seen::nothing()), Err(SaveError::Blocked));
    assert_eq!(drafts.hold_reserve(), Err(StorageError::Blocked));
}

#[test]
fn a_failed_deletion_leaves_the_draft() {
    for faults in [full(), refusing(), dropping(), garbling()] {
        let (storage, drafts) = store();
        drafts.save(&record("one", 1, "words"), &mut Seen::nothing()).unwrap();
        storage.set_faults(faults.clone());
        assert!(drafts.delete(&one(), 1).is_err(), "{faults:?}");
        storage.restart();
        let listing = drafts.list();
        assert_eq!((listing.drafts.len(), listing.deleted.len()), (1, 0), "{faults:?}");
    }
}

#[test]
fn the_only_good_record_is_put_back_when_it_was_replaced_by_a_garbled_one() {
    let (storage, drafts) = store();
    let mut seen = Seen::nothing();
    drafts.save(&record("one", 1, "good"), &mut seen).unwrap();
    storage.put(B, &"x".repeat(2_000));
    // There is no room to move the damaged slot, so the good record has to be written over.
    let room = storage.used() + 100;
    storage.set_faults(Faults { room: Some(room), garbled_writes: 1, ..Faults::default() });
    assert_eq!(drafts.save(&record("one", 2, "lost"), &mut seen), Err(SaveError::NotKept));
    assert_eq!(text_of(&tab(&storage).open(&one()).unwrap().record), "good");
}

#[test]
fn a_damaged_slot_stays_where_it_is_when_its_copy_is_garbled() {
    let (storage, drafts) = store();
    let mut seen = Seen::nothing();
    drafts.save(&record("one", 1, "good"), &mut seen).unwrap();
    storage.put(B, "damaged");
    let before = storage.texts();
    storage.set_faults(Faults { garbled_writes: 1, ..Faults::default() });
    assert_eq!(drafts.save(&record("one", 2, "new"), &mut seen), Err(SaveError::NotKept));
    assert_eq!(storage.texts(), before, "nothing is lost, and no wrong copy is left");
}

/// A storage whose first answer about one key is wrong.
struct WrongOnce {
    inner: MemoryStorage,
    key: &'static str,
    done: AtomicBool,
}

impl Storage for WrongOnce {
    fn read(&self, key: &str) -> Result<Option<String>, StorageError> {
        let text = self.inner.read(key)?;
        let wrong = key == self.key && !self.done.swap(true, Ordering::SeqCst);
        Ok(if wrong { text.map(|text| text.replace("sha256", "sha255")) } else { text })
    }

    fn write(&self, key: &str, text: &str) -> Result<(), StorageError> {
        self.inner.write(key, text)
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.inner.remove(key)
    }

    fn keys(&self) -> Result<Vec<String>, StorageError> {
        self.inner.keys()
    }
}

#[test]
fn a_slot_that_was_only_read_wrongly_is_not_moved() {
    for key in [A, B] {
        let (storage, drafts) = store();
        let mut seen = Seen::nothing();
        drafts.save(&record("one", 1, "first"), &mut seen).unwrap();
        drafts.save(&record("one", 2, "second"), &mut seen).unwrap();
        let before = storage.texts();
        let wrong = WrongOnce { inner: storage.clone(), key, done: AtomicBool::new(false) };
        let drafts = DraftStore::new(Arc::new(wrong));
        assert_eq!(drafts.save(&record("one", 3, "third"), &mut seen), Err(SaveError::NotKept));
        assert_eq!(storage.texts(), before);
        drafts.save(&record("one", 3, "third"), &mut seen).unwrap();
        assert_eq!(text_of(&tab(&storage).open(&one()).unwrap().record), "third");
    }
}

/// What local storage does in Chromium when the disk is full, and what snapshots alone cannot notice.
#[test]
fn a_store_that_shows_what_it_does_not_keep_is_found_out_only_after_a_restart() {
    // FIXME: the save is called saved here and is lost. The journal beside the snapshots has to notice and keep it.
    let (storage, drafts) = store();
    let mut seen = Seen::nothing();
    drafts.save(&record("one", 1, "kept"), &mut seen).unwrap();
    storage.set_faults(Faults { forgetful: true, ..Faults::default() });
    assert!(drafts.save(&record("one", 2, "shown"), &mut seen).is_ok());
    storage.restart();
    assert_eq!(text_of(&tab(&storage).open(&one()).unwrap().record), "kept");
}

#[derive(Clone, Debug)]
enum Step {
    Save(u16),
    Fault(Faults),
    Restart,
    Delete,
    BringBack,
    List,
    Damage(&'static str, prop::sample::Index, u8),
}

fn faults() -> impl Strategy<Value = Faults> {
    prop_oneof![
        3 => Just(Faults::default()),
        1 => Just(blocked()),
        1 => Just(refusing()),
        1 => Just(dropping()),
        1 => Just(returning_old()),
        1 => Just(garbling()),
        3 => (0..4u64).prop_map(|left| Faults { changes_left: Some(left), ..Faults::default() }),
        3 => (0..4_000usize).prop_map(|room| Faults { room: Some(room), ..Faults::default() }),
    ]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        8 => (0..600u16).prop_map(Step::Save),
        4 => faults().prop_map(Step::Fault),
        2 => Just(Step::Restart),
        1 => Just(Step::Delete),
        1 => Just(Step::BringBack),
        1 => Just(Step::List),
        2 => (prop::sample::select(vec![A, B]), any::<prop::sample::Index>(), 1u8..)
            .prop_map(|(key, at, mask)| Step::Damage(key, at, mask)),
    ];
    prop::collection::vec(step, 1..60)
}

/// The highest edit number of a text called saved that stands whole in a slot.
fn best_left(storage: &MemoryStorage, saved: &BTreeMap<String, u64>) -> Option<u64> {
    [A, B].iter().filter_map(|key| saved.get(&storage.text(key)?).copied()).max()
}

proptest! {
    /// Whatever fails, the draft opens with the newest text that was called saved, unless that very text was damaged
    /// where it lay; and what was damaged is still there, byte for byte.
    #[test]
    fn after_any_sequence_the_newest_text_that_was_called_saved_opens(steps in steps()) {
        let (storage, drafts) = store();
        let mut seen = Seen::nothing();
        let mut edit = 0;
        let mut saved: BTreeMap<String, u64> = BTreeMap::new();
        let mut floor: Option<u64> = None;
        let mut damaged: Vec<String> = Vec::new();
        let text = |edit: u64, length: u16| format!("{edit}:{}", "x".repeat(length.into()));
        let mut hiding = false;
        for step in steps {
            let mut called_saved = None;
            // A store that shows what stood there before hides damage, which nobody can then protect, and a mark made
            // through it would be made on the older text: only the tab that writes the draft holds a newer one.
            match step {
                Step::Save(_) if hiding => damaged.clear(),
                Step::Delete | Step::BringBack if hiding => continue,
                _ => {}
            }
            match step {
                Step::Save(length) => {
                    edit += 1;
                    if drafts.save(&record("one", edit, &text(edit, length)), &mut seen).is_ok() {
                        called_saved = Some(edit);
                    }
                }
                // Marks are saves too. They are made through a record that was opened, so the tab opens again.
                Step::Delete => called_saved = drafts.delete(&one(), 5).ok().map(|saved| saved.header.edit_number),
                Step::BringBack => called_saved = drafts.bring_back(&one()).ok().map(|saved| saved.header.edit_number),
                Step::Fault(faults) => {
                    hiding = faults.return_old;
                    storage.set_faults(faults);
                }
                Step::Restart => {
                    hiding = false;
                    storage.restart();
                }
                Step::List => {
                    drafts.list();
                }
                Step::Damage(key, at, mask) => {
                    let Some(old) = storage.text(key) else { continue };
                    if storage.flip(key, at.index(old.len()), mask) {
                        damaged.retain(|text| *text != old);
                        damaged.push(storage.text(key).unwrap());
                        floor = best_left(&storage, &saved);
                    }
                }
            }
            if let Some(number) = called_saved {
                floor = Some(number);
                for key in [A, B] {
                    let kept = storage.text(key).filter(|text| {
                        chancery::store::record::read_header(text).is_ok_and(|header| header.edit_number == number)
                    });
                    if let Some(kept) = kept {
                        saved.insert(kept, number);
                    }
                }
            }
            if let Ok(opened) = drafts.open(&one()) && called_saved.is_some() {
                seen = opened.seen;
                edit = edit.max(opened.record.header.edit_number);
            }
        }
        storage.restart();
        match tab(&storage).open(&one()) {
            Ok(opened) => {
                let number = opened.record.header.edit_number;
                prop_assert!(floor.is_none_or(|floor| number >= floor), "opened {number}, saved {floor:?}");
                let body = text_of(&opened.record);
                prop_assert!(body.starts_with(&format!("{number}:")), "the text is that of its edit number");
            }
            Err(error) => prop_assert!(floor.is_none(), "{error} although {floor:?} was saved"),
        }
        let texts: Vec<String> = storage.texts().into_values().collect();
        for text in damaged {
            prop_assert!(texts.contains(&text), "a damaged text was thrown away");
        }
    }
}
