use std::cell::{Cell, RefCell};
use std::rc::Rc;

use chancery::platform::browser::{lifecycle, page};
use wasm_bindgen_test::wasm_bindgen_test;

use super::support::{called, js};

#[wasm_bindgen_test]
async fn a_timer_calls_and_a_dropped_one_does_not() {
    let dropped = Rc::new(Cell::new(false));
    let seen = Rc::clone(&dropped);
    drop(lifecycle::after(1, move || seen.set(true)));
    called(|done| lifecycle::after(20, done).forget()).await;
    assert!(!dropped.get());
}

#[wasm_bindgen_test]
async fn a_change_of_place_is_heard_until_the_guard_goes() {
    let places = Rc::new(RefCell::new(Vec::new()));
    let seen = Rc::clone(&places);
    let listening = lifecycle::on_hash_change(move |place| seen.borrow_mut().push(place));
    called(|done| {
        lifecycle::on_hash_change(move |_| done()).forget();
        page::go_to("/report/a%20b");
    })
    .await;
    assert_eq!(page::hash(), "/report/a%20b");
    drop(listening);
    called(|done| {
        lifecycle::on_hash_change(move |_| done()).forget();
        page::go_to("/");
    })
    .await;
    assert_eq!(*places.borrow(), ["/report/a%20b"]);
}

#[wasm_bindgen_test]
fn leaving_is_held_up_only_when_it_may_not_happen() {
    let may_leave = Rc::new(Cell::new(true));
    let asked = Rc::clone(&may_leave);
    let _listening = lifecycle::on_leaving(move || asked.get());
    let leave = "return window.dispatchEvent(new Event('beforeunload', { cancelable: true }))";
    assert_eq!(js(leave).as_bool(), Some(true));
    may_leave.set(false);
    assert_eq!(js(leave).as_bool(), Some(false));
}

#[wasm_bindgen_test]
fn another_tab_tells_the_key_it_changed() {
    let keys = Rc::new(RefCell::new(Vec::new()));
    let seen = Rc::clone(&keys);
    let listening = lifecycle::on_other_tab(move |key| seen.borrow_mut().push(key));
    js("window.dispatchEvent(new StorageEvent('storage', { key: 'draft/1' }));
        window.dispatchEvent(new StorageEvent('storage', { key: null }));");
    drop(listening);
    js("window.dispatchEvent(new StorageEvent('storage', { key: 'draft/2' }));");
    assert_eq!(*keys.borrow(), [Some("draft/1".to_owned()), None]);
}

#[wasm_bindgen_test]
fn hiding_and_showing_the_page_are_told_apart() {
    let heard = Rc::new(RefCell::new(Vec::new()));
    let note = |word: &'static str| {
        let heard = Rc::clone(&heard);
        move || heard.borrow_mut().push(word)
    };
    let _listening = [
        lifecycle::on_hidden(note("hidden")),
        lifecycle::on_shown(note("shown")),
        lifecycle::on_page_left(note("left")),
    ];
    for state in ["hidden", "visible"] {
        js(&format!(
            "Object.defineProperty(document, 'visibilityState', {{ configurable: true, value: '{state}' }});
             document.dispatchEvent(new Event('visibilitychange'));"
        ));
    }
    js("delete document.visibilityState; window.dispatchEvent(new Event('pagehide'));");
    assert_eq!(*heard.borrow(), ["hidden", "shown", "left"]);
}
