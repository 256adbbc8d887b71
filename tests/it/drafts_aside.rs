//! What cannot be read is moved aside, kept byte for byte, and never written over.

use chancery::platform::memory::Faults;
use chancery::store::keys::RESERVE;
use chancery::store::record::read_header;
use chancery::store::{AsideError, DeleteError, Drafts, Fault, Note, OpenError, RecordError, SaveError, Seen};
use serde_json::json;

use crate::draft_kit::{A, B, framed, full, key, newer_text, one, record, store, text_of, unframed};

#[test]
fn a_draft_that_cannot_be_read_is_set_aside_byte_for_byte() {
    let (storage, drafts) = store();
    let mut seen = Seen::nothing();
    drafts.save(&record("one", 1, "first"), &mut seen).unwrap();
    drafts.save(&record("one", 2, "second"), &mut seen).unwrap();
    assert!(storage.flip(A, 400, 4));
    let damaged = storage.text(A).unwrap();
    drafts.save(&record("one", 3, "third"), &mut seen).unwrap();
    let moved = "chancery/aside/one/a/1";
    assert_eq!(storage.text(moved), Some(damaged.clone()));
    assert_eq!(text_of(&drafts.open(&one()).unwrap().record), "third");
    assert!(storage.text(B).unwrap().contains("second"), "the record before stays too");
    let listing = drafts.list();
    assert_eq!(listing.aside.len(), 1);
    assert_eq!((listing.aside[0].draft.clone(), listing.aside[0].moved), (Some(one()), true));
    assert_eq!(listing.aside[0].why, Some(RecordError::Damaged(Fault::Changed)));
    assert_eq!(drafts.aside_text(moved), Ok(damaged));
    // A second one gets a number of its own.
    storage.put(B, "not a record");
    storage.put("chancery/aside/one/b/7", "earlier");
    drafts.save(&record("one", 4, "fourth"), &mut seen).unwrap();
    assert_eq!(storage.text("chancery/aside/one/b/8").as_deref(), Some("not a record"));
    assert_eq!(storage.text("chancery/aside/one/b/7").as_deref(), Some("earlier"));
    drafts.delete_aside(moved).unwrap();
    assert_eq!(storage.text(moved), None);
    assert_eq!(drafts.delete_aside(moved), Err(AsideError::Absent));
}

#[test]
fn both_slots_damaged_are_both_kept_when_the_draft_is_saved_again() {
    let (storage, drafts) = store();
    storage.put(A, "first damaged");
    storage.put(B, "second damaged");
    assert!(matches!(drafts.open(&one()), Err(OpenError::Damaged(_))));
    let mut seen = Seen::nothing();
    drafts.save(&record("one", 1, "again"), &mut seen).unwrap();
    drafts.save(&record("one", 2, "and again"), &mut seen).unwrap();
    let texts: Vec<String> = storage.texts().into_values().collect();
    assert!(texts.contains(&"first damaged".to_owned()) && texts.contains(&"second damaged".to_owned()));
    assert_eq!(text_of(&drafts.open(&one()).unwrap().record), "and again");
}

#[test]
fn a_slot_with_a_right_checksum_over_no_json_is_set_aside_too() {
    let (storage, drafts) = store();
    let (mut line, _) = unframed(&record("one", 9, "words").encode().unwrap());
    line["bodyLength"] = json!(3);
    let odd = framed(&line, "{]}");
    storage.put(A, &odd);
    storage.put(B, &record("one", 1, "words").encode().unwrap());
    let opened = drafts.open(&one()).unwrap();
    assert_eq!((text_of(&opened.record), opened.record.header.edit_number), ("words", 1));
    let mut seen = opened.seen;
    drafts.save(&record("one", 2, "more"), &mut seen).unwrap();
    assert_eq!(storage.text("chancery/aside/one/a/1"), Some(odd));
}

#[test]
fn a_slot_that_cannot_be_moved_is_left_alone_and_the_other_one_serves() {
    let (storage, drafts) = store();
    let mut seen = Seen::nothing();
    drafts.save(&record("one", 1, "first"), &mut seen).unwrap();
    let damaged = "x".repeat(2_000);
    storage.put(B, &damaged);
    full(&storage, 100);
    for edit in 2..5 {
        drafts.save(&record("one", edit, "later"), &mut seen).unwrap();
        assert_eq!(storage.text(B).as_deref(), Some(damaged.as_str()));
        assert_eq!(read_header(&storage.text(A).unwrap()).unwrap().edit_number, edit);
    }
    assert_eq!(storage.texts().len(), 2, "no useless copies");
    storage.set_faults(Faults::default());
    drafts.save(&record("one", 5, "room again"), &mut seen).unwrap();
    assert_eq!(storage.text("chancery/aside/one/b/1"), Some(damaged));
    assert_eq!(read_header(&storage.text(B).unwrap()).unwrap().edit_number, 5);
}

#[test]
fn two_slots_that_cannot_be_moved_are_both_left_alone() {
    let (storage, drafts) = store();
    storage.put(A, "first damaged");
    storage.put(B, "second damaged");
    let before = storage.texts();
    full(&storage, 10);
    assert_eq!(drafts.save(&record("one", 1, "words"), &mut Seen::nothing()), Err(SaveError::Full));
    assert_eq!(storage.texts(), before);
}

#[test]
fn a_move_that_was_cut_off_after_its_copy_makes_no_second_copy() {
    let (storage, drafts) = store();
    let mut seen = Seen::nothing();
    drafts.save(&record("one", 1, "first"), &mut seen).unwrap();
    storage.put(B, "damaged");
    storage.set_faults(Faults { changes_left: Some(1), ..Faults::default() });
    assert!(drafts.save(&record("one", 2, "second"), &mut seen).is_err());
    assert_eq!(storage.text("chancery/aside/one/b/1").as_deref(), Some("damaged"));
    assert_eq!(storage.text(B).as_deref(), Some("damaged"));
    storage.restart();
    drafts.save(&record("one", 2, "second"), &mut seen).unwrap();
    let copies = storage.texts().into_values().filter(|text| text == "damaged").count();
    assert_eq!(copies, 1);
}

#[test]
fn what_a_newer_program_wrote_is_listed_and_never_touched() {
    let (storage, drafts) = store();
    let newer = newer_text("one");
    storage.put(A, &newer);
    storage.put(B, &record("one", 4, "as we left it").encode().unwrap());
    let before = storage.texts();
    let opened = drafts.open(&one()).unwrap();
    assert_eq!(text_of(&opened.record), "as we left it");
    assert_eq!(opened.note, Some(Note::OtherNewer { version: 2 }));
    let mut seen = opened.seen;
    let refused = Err(SaveError::Newer { version: 2 });
    assert_eq!(drafts.save(&record("one", 5, "more"), &mut seen), refused);
    assert_eq!(drafts.delete(&one(), 1).unwrap_err(), DeleteError::Save(SaveError::Newer { version: 2 }));
    assert_eq!(drafts.purge(&one()), Err(DeleteError::Save(SaveError::Newer { version: 2 })));
    assert_eq!(storage.texts(), before);
    let listing = drafts.list();
    assert_eq!((listing.drafts.len(), listing.aside.len()), (1, 1));
    assert_eq!(drafts.aside_text(A), Ok(newer));
    drafts.delete_aside(A).unwrap();
    assert_eq!(drafts.open(&one()).unwrap().note, None);
}

#[test]
fn a_key_that_is_not_set_aside_is_not_given_out_or_deleted_as_such() {
    let (storage, drafts) = store();
    drafts.save(&record("one", 1, "words"), &mut Seen::nothing()).unwrap();
    storage.put("other-app", "theirs");
    storage.put("chancery/setting/theme", "dark");
    for key in [A, "other-app", "chancery/setting/theme", RESERVE] {
        assert_eq!(drafts.aside_text(key), Err(AsideError::NotAside), "{key}");
        assert_eq!(drafts.delete_aside(key), Err(AsideError::NotAside), "{key}");
    }
    assert_eq!(drafts.delete_aside(B), Err(AsideError::Absent));
    assert_eq!(storage.texts().len(), 3);
}

#[test]
fn a_draft_whose_only_records_were_set_aside_is_damaged_and_not_absent() {
    let (storage, drafts) = store();
    storage.put("chancery/aside/one/a/1", "damaged");
    assert_eq!(drafts.open(&one()), Err(OpenError::Damaged(RecordError::NotARecord)));
    assert_eq!(drafts.open(&key("on")), Err(OpenError::Absent));
}
