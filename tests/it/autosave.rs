use chancery::platform::Clock;
use chancery::platform::memory::MemoryClock;
use chancery::store::autosave::{Autosave, CEILING, QUIET, Status};
use proptest::prelude::*;

#[test]
fn a_save_is_due_when_typing_pauses() {
    let mut autosave = Autosave::new(0);
    assert_eq!(autosave.due_at(), None);
    autosave.note_edit(1, 1_000);
    autosave.note_edit(2, 1_300);
    assert_eq!(autosave.due_at(), Some(1_300 + QUIET));
    assert!(!autosave.is_due(1_699));
    assert!(autosave.is_due(1_700));
    autosave.note_saved(2);
    assert_eq!(autosave.due_at(), None);
    assert_eq!(autosave.status(), Status::Clean);
}

#[test]
fn a_typist_who_never_pauses_is_saved_within_two_seconds() {
    let clock = MemoryClock::at(50_000);
    let mut autosave = Autosave::new(0);
    let mut edits: u64 = 0;
    let mut oldest_unsaved = None;
    let mut saves = 0;
    while clock.now_millis() < 110_000 {
        edits += 1;
        autosave.note_edit(edits, clock.now_millis());
        oldest_unsaved.get_or_insert(clock.now_millis());
        // The page looks every 10 ms; a key comes every 90 ms.
        for _ in 0..9 {
            clock.advance(10);
            if autosave.is_due(clock.now_millis()) {
                autosave.note_saved(edits);
                oldest_unsaved = None;
                saves += 1;
            }
            let waits = oldest_unsaved.map_or(0, |first| clock.now_millis() - first);
            assert!(waits <= CEILING, "an edit waits for {waits} ms");
        }
    }
    assert!((25..=32).contains(&saves), "{saves} saves in a minute");
}

#[test]
fn edits_made_while_a_save_is_under_way_keep_their_own_time() {
    let mut autosave = Autosave::new(0);
    autosave.note_edit(1, 1_000);
    autosave.note_saving(1);
    assert_eq!((autosave.status(), autosave.due_at()), (Status::Saving, None));
    autosave.note_edit(2, 1_100);
    autosave.note_edit(3, 1_200);
    autosave.note_saved(1);
    assert_eq!((autosave.status(), autosave.due_at()), (Status::Waiting, Some(1_200 + QUIET)));
    for step in 1..=20 {
        autosave.note_edit(3 + step, 1_200 + 100 * step as i64);
    }
    assert_eq!(autosave.due_at(), Some(1_100 + CEILING));
    assert!(autosave.has_unsaved());
}

#[test]
fn a_save_of_an_older_edit_leaves_the_newer_one_waiting() {
    let mut autosave = Autosave::new(4);
    autosave.note_edit(5, 1_000);
    autosave.note_edit(6, 1_100);
    autosave.note_saved(5);
    assert_eq!(autosave.due_at(), Some(1_100 + QUIET));
    assert_eq!(autosave.saved_edit_number(), 5);
    autosave.note_saved(6);
    assert!(!autosave.has_unsaved());
}

#[test]
fn after_a_failure_it_tries_again_with_growing_waits_and_never_gives_up() {
    let mut autosave = Autosave::new(0);
    autosave.note_edit(1, 0);
    let mut now = 400;
    for (failures, wait) in (1..).zip([1_000, 2_000, 5_000, 10_000, 10_000, 10_000]) {
        assert!(autosave.is_due(now));
        autosave.note_failed(now);
        assert_eq!(autosave.status(), Status::Failing { failures, retry_at: now + wait });
        assert!(!autosave.is_due(now + wait - 1));
        now += wait;
    }
    for _ in 0..10_000 {
        assert!(autosave.is_due(now));
        autosave.note_failed(now);
        now += 10_000;
    }
    autosave.note_edit(2, now - 5_000);
    assert!(autosave.is_due(now));
    autosave.note_saved(2);
    assert_eq!((autosave.status(), autosave.due_at()), (Status::Clean, None));
    autosave.note_edit(3, now);
    autosave.note_failed(now);
    assert_eq!(autosave.due_at(), Some(now + 1_000), "the waits begin anew");
}

#[test]
fn typing_during_failures_does_not_put_the_next_try_off() {
    let mut autosave = Autosave::new(0);
    autosave.note_edit(1, 0);
    autosave.note_failed(400);
    for step in 1..=20 {
        autosave.note_edit(1 + step, 400 + 100 * step as i64);
    }
    assert_eq!(autosave.due_at(), Some(1_400));
    assert!(autosave.has_unsaved());
}

#[test]
fn a_clock_that_is_set_back_does_not_stop_the_saving() {
    let hour = 3_600_000;
    let mut autosave = Autosave::new(0);
    autosave.note_edit(1, 10 * hour);
    assert!(autosave.is_due(9 * hour), "no edit after the change");
    for step in 0..30 {
        autosave.note_edit(2 + step, 9 * hour + 100 * step as i64);
    }
    assert_eq!(autosave.due_at(), Some(9 * hour + CEILING));
    autosave.note_failed(9 * hour);
    assert!(autosave.is_due(8 * hour), "a retry does not wait for an hour either");
}

proptest! {
    /// Saves succeed at once or fail; keys come at any pace.
    #[test]
    fn an_edit_waits_at_most_the_ceiling_unless_saves_fail(pauses in prop::collection::vec(0..900i64, 1..200)) {
        let mut autosave = Autosave::new(0);
        let (mut now, mut edit, mut oldest) = (0, 0, None);
        for pause in pauses {
            edit += 1;
            autosave.note_edit(edit, now);
            oldest.get_or_insert(now);
            let due = autosave.due_at().unwrap();
            prop_assert!(due <= oldest.unwrap() + CEILING && due <= now + QUIET);
            now += pause;
            if autosave.is_due(now) {
                autosave.note_saved(edit);
                oldest = None;
            }
        }
    }
}
