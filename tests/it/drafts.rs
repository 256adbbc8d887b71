use chancery::platform::memory::{Faults, MemoryStorage};
use chancery::platform::{Storage, StorageError};
use chancery::store::keys::RESERVE;
use chancery::store::room::{LIMIT, RESERVE_UNITS};
use chancery::store::{
    DeleteError, DraftKey, Drafts, Fault, Note, OpenError, Record, RecordError, SaveError, Seen, SettingError, Settings,
};
use proptest::prelude::*;
use serde_json::json;
use std::sync::Arc;

use crate::draft_kit::{A, B, full, key, newer_text, one, record, store, tab, text_of};

#[test]
fn a_draft_that_was_saved_opens_as_it_was() {
    let (storage, drafts) = store();
    let mut seen = Seen::nothing();
    let saved = drafts.save(&record("one", 3, "words"), &mut seen).unwrap();
    assert_eq!((saved.header.save_number, saved.reserve_used), (1, false));
    let opened = tab(&storage).open(&one()).unwrap();
    assert_eq!((opened.record.header, text_of(&record("one", 3, "words"))), (saved.header, "words"));
    assert_eq!((opened.note, opened.seen), (None, seen));
}

#[test]
fn saves_go_to_the_two_slots_in_turn() {
    let (storage, drafts) = store();
    let mut seen = Seen::nothing();
    for (edit, at) in (1..=6).zip([A, B, A, B, A, B]) {
        let before = storage.texts();
        drafts.save(&record("one", edit, "words"), &mut seen).unwrap();
        let changed: Vec<String> = storage
            .texts()
            .into_iter()
            .filter(|(key, text)| before.get(key) != Some(text))
            .map(|(key, _)| key)
            .collect();
        assert_eq!(changed, [at], "edit {edit}");
    }
}

#[test]
fn saves_with_the_same_edit_number_are_told_apart() {
    let (_, drafts) = store();
    let mut seen = Seen::nothing();
    for at in 1..=4 {
        let mut record = record("one", 7, "words");
        record.header.exported_at = Some(at);
        record.header.saved_at = 100 - at;
        drafts.save(&record, &mut seen).unwrap();
        assert_eq!(drafts.open(&one()).unwrap().record.header.exported_at, Some(at));
        assert_eq!(drafts.list().drafts[0].exported_at, Some(at));
    }
}

#[test]
fn a_crash_between_the_slots_leaves_the_record_before() {
    let (storage, drafts) = store();
    let mut seen = Seen::nothing();
    drafts.save(&record("one", 1, "first"), &mut seen).unwrap();
    drafts.save(&record("one", 2, "second"), &mut seen).unwrap();
    storage.set_faults(Faults { changes_left: Some(0), ..Faults::default() });
    assert!(drafts.save(&record("one", 3, "third"), &mut seen).is_err());
    storage.restart();
    assert_eq!(text_of(&tab(&storage).open(&one()).unwrap().record), "second");
    // Half a text is what a torn write leaves.
    let torn = storage.text(A).unwrap();
    storage.put(A, &torn[..torn.len() / 2]);
    let opened = tab(&storage).open(&one()).unwrap();
    assert_eq!(text_of(&opened.record), "second");
    assert!(matches!(opened.note, Some(Note::OtherDamaged(RecordError::Damaged(Fault::Cut)))));
}

#[test]
fn absent_damaged_newer_and_blocked_are_four_answers() {
    let (storage, drafts) = store();
    storage.put("chancery/draft/damaged/b", "not a record");
    storage.put("chancery/draft/newer/a", &newer_text("newer"));
    storage.put("chancery/draft/both/a", &newer_text("both"));
    storage.put("chancery/draft/both/b", "not a record");
    let why = |name: &str| drafts.open(&key(name)).unwrap_err();
    assert_eq!(why("absent"), OpenError::Absent);
    assert_eq!(why("damaged"), OpenError::Damaged(RecordError::NotARecord));
    assert_eq!(why("newer"), OpenError::Newer { version: 2 });
    assert_eq!(why("both"), OpenError::Newer { version: 2 });
    storage.set_faults(Faults { blocked: true, ..Faults::default() });
    assert_eq!(why("absent"), OpenError::Storage(StorageError::Blocked));
    assert_eq!(why("damaged"), OpenError::Storage(StorageError::Blocked));
}

#[test]
fn looking_changes_nothing() {
    let (storage, drafts) = store();
    drafts.save(&record("one", 1, "words"), &mut Seen::nothing()).unwrap();
    storage.put(B, "not a record");
    storage.put("chancery/draft/new/a", &newer_text("new"));
    let before = storage.texts();
    drafts.list();
    drafts.open(&one()).unwrap();
    drafts.usage().unwrap();
    drafts.aside_text(B).unwrap();
    assert_eq!(storage.texts(), before);
}

#[test]
fn what_cannot_be_read_is_listed_and_hides_nothing() {
    let (storage, drafts) = store();
    for name in ["one", "two"] {
        let mut seen = Seen::nothing();
        drafts.save(&record(name, 1, "first"), &mut seen).unwrap();
        drafts.save(&record(name, 2, "second"), &mut seen).unwrap();
    }
    storage.put(B, "not a record");
    storage.put("chancery/draft/three/a", &newer_text("three"));
    storage.put("chancery/draft/odd name/a", "?");
    storage.put("chancery/draft/two/c", "?");
    let listing = drafts.list();
    let found: Vec<_> = listing.drafts.iter().map(|header| (header.draft.as_str(), header.edit_number)).collect();
    assert_eq!(found, [("one", 1), ("two", 2)]);
    let aside: Vec<_> = listing.aside.iter().map(|aside| (aside.key.as_str(), aside.why, aside.bytes)).collect();
    let not = Some(RecordError::NotARecord);
    assert_eq!(
        aside,
        [
            ("chancery/draft/odd name/a", not, 1),
            (B, not, 12),
            ("chancery/draft/three/a", Some(RecordError::Newer { version: 2 }), newer_text("three").len()),
            ("chancery/draft/two/c", not, 1),
        ]
    );
    assert_eq!((listing.trouble, listing.deleted.len()), (None, 0));
    let opened = drafts.open(&one()).unwrap();
    assert_eq!(text_of(&opened.record), "first");
}

#[test]
fn the_draft_saved_last_is_listed_first() {
    let (_, drafts) = store();
    for (name, saved_at) in [("a", 20), ("b", 30), ("c", 10)] {
        let mut record = record(name, 1, "words");
        record.header.saved_at = saved_at;
        drafts.save(&record, &mut Seen::nothing()).unwrap();
    }
    let names: Vec<_> = drafts.list().drafts.into_iter().map(|header| header.draft.to_string()).collect();
    assert_eq!(names, ["b", "a", "c"]);
}

#[test]
fn a_record_in_the_slot_of_another_draft_is_not_taken_for_it() {
    let (storage, drafts) = store();
    storage.put(A, &record("two", 9, "words").encode().unwrap());
    assert_eq!(drafts.open(&one()), Err(OpenError::Damaged(RecordError::Damaged(Fault::OtherDraft))));
    let listing = drafts.list();
    assert_eq!((listing.drafts.len(), listing.aside.len()), (0, 1));
}

#[test]
fn two_tabs_never_overwrite_each_other() {
    let (storage, first) = store();
    let mut seen = Seen::nothing();
    first.save(&record("one", 1, "start"), &mut seen).unwrap();
    let second = tab(&storage);
    let mut seen_there = second.open(&one()).unwrap().seen;
    first.save(&record("one", 2, "from the first"), &mut seen).unwrap();
    let before = storage.texts();
    // The same number with another text, and a number far ahead.
    for edit in [2, 50] {
        let refused = second.save(&record("one", edit, "from the second"), &mut seen_there);
        assert_eq!(refused, Err(SaveError::Conflict { stored: 2 }));
    }
    assert_eq!(storage.texts(), before);
    // As a separate copy nothing is lost.
    second.save(&record("one-2", 50, "from the second"), &mut Seen::nothing()).unwrap();
    first.save(&record("one", 3, "on"), &mut seen).unwrap();
    // "Edit here instead" is to open again.
    let mut seen_there = second.open(&one()).unwrap().seen;
    second.save(&record("one", 4, "taken over"), &mut seen_there).unwrap();
    assert_eq!(first.save(&record("one", 9, "late"), &mut seen), Err(SaveError::Conflict { stored: 4 }));
}

#[test]
fn a_new_draft_never_replaces_one_that_is_there() {
    let (_, drafts) = store();
    drafts.save(&record("one", 1, "words"), &mut Seen::nothing()).unwrap();
    let again = drafts.save(&record("one", 9, "other words"), &mut Seen::nothing());
    assert_eq!(again, Err(SaveError::Conflict { stored: 1 }));
}

#[test]
fn an_edit_number_never_goes_back() {
    let (_, drafts) = store();
    let mut seen = Seen::nothing();
    drafts.save(&record("one", 5, "words"), &mut seen).unwrap();
    assert_eq!(drafts.save(&record("one", 4, "older"), &mut seen), Err(SaveError::Conflict { stored: 5 }));
}

#[test]
fn a_draft_that_vanished_from_the_store_is_saved_again() {
    let (storage, drafts) = store();
    let mut seen = Seen::nothing();
    drafts.save(&record("one", 1, "first"), &mut seen).unwrap();
    drafts.save(&record("one", 2, "second"), &mut seen).unwrap();
    storage.erase(B);
    drafts.save(&record("one", 3, "third"), &mut seen).unwrap();
    storage.erase(A);
    storage.erase(B);
    drafts.save(&record("one", 4, "fourth"), &mut seen).unwrap();
    assert_eq!(text_of(&drafts.open(&one()).unwrap().record), "fourth");
}

#[test]
fn a_deleted_draft_is_in_the_bin_after_a_reload_and_comes_back() {
    let (storage, drafts) = store();
    let mut seen = Seen::nothing();
    drafts.save(&record("one", 1, "words"), &mut seen).unwrap();
    drafts.save(&record("two", 1, "words"), &mut Seen::nothing()).unwrap();
    drafts.delete(&one(), 77).unwrap();
    storage.restart();
    let drafts = tab(&storage);
    let listing = drafts.list();
    assert_eq!((listing.drafts.len(), listing.deleted.len()), (1, 1));
    assert_eq!((listing.deleted[0].deleted_at, listing.deleted[0].saved_at), (Some(77), 1_763_647_500_000));
    assert_eq!(text_of(&drafts.open(&one()).unwrap().record), "words");
    drafts.bring_back(&one()).unwrap();
    assert_eq!((drafts.list().drafts.len(), drafts.list().deleted.len()), (2, 0));
    assert_eq!(text_of(&drafts.open(&one()).unwrap().record), "words");
    // A tab that still writes the draft learns of it and overwrites nothing.
    assert!(matches!(drafts.save(&record("one", 2, "late"), &mut seen), Err(SaveError::Conflict { .. })));
}

#[test]
fn only_a_draft_in_the_bin_is_deleted_for_good() {
    let (storage, drafts) = store();
    drafts.save(&record("one", 1, "words"), &mut Seen::nothing()).unwrap();
    assert_eq!(drafts.purge(&one()), Err(DeleteError::NotInBin));
    drafts.delete(&one(), 77).unwrap();
    // The browser ends after the first of the two removals: the draft is still in the bin.
    storage.set_faults(Faults { changes_left: Some(1), ..Faults::default() });
    assert!(drafts.purge(&one()).is_err());
    storage.restart();
    assert_eq!((drafts.list().drafts.len(), drafts.list().deleted.len()), (0, 1));
    drafts.purge(&one()).unwrap();
    assert_eq!(storage.texts().len(), 0);
    assert_eq!(drafts.purge(&one()), Err(DeleteError::Open(OpenError::Absent)));
}

#[test]
fn a_purge_that_the_browser_only_pretends_to_do_is_an_error() {
    let (storage, drafts) = store();
    drafts.save(&record("one", 1, "words"), &mut Seen::nothing()).unwrap();
    drafts.delete(&one(), 77).unwrap();
    storage.set_faults(Faults { drop_changes: true, ..Faults::default() });
    assert_eq!(drafts.purge(&one()), Err(DeleteError::NotRemoved));
}

#[test]
fn a_draft_can_be_deleted_when_there_is_no_room_for_a_second_record() {
    let (storage, drafts) = store();
    drafts.save(&record("one", 1, "words"), &mut Seen::nothing()).unwrap();
    full(&storage, 30);
    drafts.delete(&one(), 1_763_647_500_000).unwrap();
    assert_eq!(drafts.list().deleted.len(), 1);
    drafts.purge(&one()).unwrap();
    assert_eq!(storage.used(), 0);
}

#[test]
fn the_reserve_lets_a_last_save_through_and_nothing_else_is_given_up() {
    let (storage, drafts) = store();
    let mut seen = Seen::nothing();
    drafts.save(&record("one", 1, "first"), &mut seen).unwrap();
    drafts.save(&record("two", 1, "words"), &mut Seen::nothing()).unwrap();
    assert_eq!(drafts.hold_reserve(), Ok(true));
    assert_eq!(drafts.usage().unwrap().reserve, RESERVE_UNITS + RESERVE.len());
    storage.put("other-app", &"x".repeat(1_000_000));
    full(&storage, 10);
    let saved = drafts.save(&record("one", 2, "second"), &mut seen).unwrap();
    assert!(saved.reserve_used);
    assert_eq!(storage.text(RESERVE), None);
    assert_eq!(drafts.hold_reserve(), Ok(false), "there is no room for it now");
    let long = "y".repeat(2 * RESERVE_UNITS);
    assert_eq!(drafts.save(&record("one", 3, &long), &mut seen), Err(SaveError::Full));
    assert_eq!((drafts.list().drafts.len(), storage.text("other-app").unwrap().len()), (2, 1_000_000));
}

#[test]
fn use_of_the_room_is_told_by_owner_in_utf_16_units() {
    let (storage, drafts) = store();
    drafts.save(&record("one", 1, "犯罪🗎"), &mut Seen::nothing()).unwrap();
    storage.put("chancery/aside/one/a/1", "🗎");
    storage.put("chancery/setting/theme", "dark");
    storage.put("chancery/unknown", "1");
    storage.put("small", "12");
    storage.put("large", "123");
    let usage = drafts.usage().unwrap();
    assert_eq!(usage.drafts, A.len() + storage.text(A).unwrap().encode_utf16().count());
    assert_eq!((usage.aside, usage.settings, usage.ours), (22 + 2, 22 + 4, 16 + 1));
    assert_eq!(usage.foreign, [("large".to_owned(), 8), ("small".to_owned(), 7)]);
    assert_eq!((usage.total_units, usage.left()), (storage.used(), LIMIT - storage.used()));
}

#[test]
fn keys_of_other_owners_are_never_touched() {
    let (storage, drafts) = store();
    let foreign = ["theirs", "chancery", "Chancery/draft/one/a", "chancery-draft/one/a", ""];
    for key in foreign {
        storage.put(key, &record("one", 99, "theirs").encode().unwrap());
    }
    let before = storage.texts();
    let mut seen = Seen::nothing();
    drafts.hold_reserve().unwrap();
    drafts.save(&record("one", 1, "words"), &mut seen).unwrap();
    storage.put(B, "damaged");
    drafts.save(&record("one", 2, "words"), &mut seen).unwrap();
    assert_eq!(drafts.list().drafts.len(), 1);
    drafts.delete(&one(), 1).unwrap();
    drafts.purge(&one()).unwrap();
    drafts.delete_aside("chancery/aside/one/b/1").unwrap();
    storage.remove(RESERVE).unwrap();
    assert_eq!(storage.texts(), before);
}

#[test]
fn a_setting_is_kept_or_the_reason_is_told() {
    let storage = MemoryStorage::new();
    let settings = Settings::new(Arc::new(storage.clone()));
    assert_eq!(settings.read("theme"), Ok(None));
    settings.write("theme", "dark").unwrap();
    assert_eq!(settings.read("theme"), Ok(Some("dark".into())));
    assert_eq!(storage.text("chancery/setting/theme").as_deref(), Some("dark"));
    for name in ["", "../draft/one/a", "Theme", &"x".repeat(41)] {
        assert_eq!(settings.write(name, "x"), Err(SettingError::Name));
    }
    storage.set_faults(Faults { drop_changes: true, ..Faults::default() });
    assert_eq!(settings.write("theme", "light"), Err(SettingError::NotKept));
    assert_eq!(settings.remove("theme"), Err(SettingError::NotKept));
    storage.set_faults(Faults { blocked: true, ..Faults::default() });
    assert_eq!(settings.read("theme"), Err(SettingError::Storage(StorageError::Blocked)));
    storage.restart();
    settings.remove("theme").unwrap();
    assert_eq!(settings.read("theme"), Ok(None));
}

#[test]
fn a_draft_key_is_a_name_without_separators() {
    for name in ["", "a/b", "ä", "a b", "..", &"k".repeat(81)] {
        assert!(DraftKey::parse(name).is_err(), "{name}");
    }
    assert_eq!(DraftKey::parse(&"k".repeat(80)).unwrap().as_str().len(), 80);
}

#[test]
fn the_store_can_stand_behind_its_trait() {
    let (_, drafts) = store();
    let drafts: Arc<dyn Drafts> = Arc::new(drafts);
    drafts.save(&record("one", 1, "words"), &mut Seen::nothing()).unwrap();
    assert_eq!(drafts.list().drafts.len(), 1);
}

#[derive(Clone, Debug)]
enum Step {
    Type(usize),
    Save(usize),
    Reopen(usize),
    Reload(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => (0..2usize).prop_map(Step::Type),
        4 => (0..2usize).prop_map(Step::Save),
        1 => (0..2usize).prop_map(Step::Reopen),
        1 => (0..2usize).prop_map(Step::Reload),
    ];
    prop::collection::vec(step, 1..60)
}

struct Tab {
    record: Record,
    seen: Seen,
    typed: u64,
}

proptest! {
    /// Whatever two tabs do in turn: a save goes through only on top of the text that this tab last had, and a
    /// refused save changes nothing.
    #[test]
    fn two_tabs_in_any_order_never_overwrite(steps in steps()) {
        let (storage, drafts) = store();
        let mut seen = Seen::nothing();
        let mut stored = "".to_owned();
        drafts.save(&record("one", 1, ""), &mut seen).unwrap();
        let open = |storage: &MemoryStorage| {
            let opened = tab(storage).open(&one()).unwrap();
            Tab { record: opened.record, seen: opened.seen, typed: 0 }
        };
        let mut tabs = [open(&storage), open(&storage)];
        let mut bases = [stored.clone(), stored.clone()];
        for step in steps {
            match step {
                Step::Type(t) => {
                    let tab = &mut tabs[t];
                    tab.typed += 1;
                    tab.record.header.edit_number += 1;
                    tab.record.body = json!({"text": format!("{}{t}", text_of(&tab.record))});
                }
                Step::Save(t) => {
                    let before = storage.texts();
                    let outcome = tab(&storage).save(&tabs[t].record, &mut tabs[t].seen);
                    prop_assert_eq!(outcome.is_ok(), bases[t] == stored);
                    if outcome.is_ok() {
                        stored = text_of(&tabs[t].record).to_owned();
                        bases[t] = stored.clone();
                        // An unchanged text may be saved by both in turn; the other one then has to open again.
                        if tabs[t].typed == 0 {
                            bases[1 - t] = "(not the newest any more)".into();
                        }
                        tabs[t].typed = 0;
                    } else {
                        prop_assert_eq!(storage.texts(), before);
                    }
                }
                Step::Reopen(t) | Step::Reload(t) => {
                    tabs[t] = open(&storage);
                    prop_assert_eq!(text_of(&tabs[t].record), &stored);
                    bases[t] = stored.clone();
                }
            }
        }
    }
}
