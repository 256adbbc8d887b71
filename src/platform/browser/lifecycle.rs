//! What happens to the page: hidden, left, opened in another tab, moved to another place; and timers.
//!
//! Each function takes a closure and returns a guard: when the guard is dropped the closure is no longer called.
//! A page-long listener is kept with `forget`.

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{BeforeUnloadEvent, Event, EventTarget, StorageEvent, VisibilityState};

use super::{document, page, window};

/// A listener that ends when this is dropped.
#[must_use = "the listener ends when its guard is dropped"]
pub struct Listening(Option<Attached>);

struct Attached {
    target: EventTarget,
    name: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listening {
    fn to(target: Option<EventTarget>, name: &'static str, hear: impl FnMut(Event) + 'static) -> Self {
        let closure = Closure::<dyn FnMut(Event)>::new(hear);
        let attached = target.and_then(|target| {
            target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref()).ok()?;
            Some(Attached { target, name, closure })
        });
        Self(attached)
    }

    /// Listens as long as the page lives.
    pub fn forget(mut self) {
        if let Some(attached) = self.0.take() {
            attached.closure.forget();
        }
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        if let Some(Attached { target, name, closure }) = self.0.take() {
            let _ = target.remove_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
        }
    }
}

/// The page is no longer seen: another tab, another program, or about to be closed. The last moment that every
/// browser grants for saving, on phones the only one.
pub fn on_hidden(mut hear: impl FnMut() + 'static) -> Listening {
    Listening::to(document().map(Into::into), "visibilitychange", move |_| {
        if is_hidden() {
            hear();
        }
    })
}

/// The page is seen again.
pub fn on_shown(mut hear: impl FnMut() + 'static) -> Listening {
    Listening::to(document().map(Into::into), "visibilitychange", move |_| {
        if !is_hidden() {
            hear();
        }
    })
}

/// Whether the page is out of sight at this moment.
pub fn is_hidden() -> bool {
    document().is_some_and(|document| document.visibility_state() == VisibilityState::Hidden)
}

/// The page is left: closed, reloaded, or another address.
pub fn on_page_left(mut hear: impl FnMut() + 'static) -> Listening {
    Listening::to(window().map(Into::into), "pagehide", move |_| hear())
}

/// Before the page is left, `may_leave` is asked. When it says no, the browser asks the person, in its own words.
pub fn on_leaving(mut may_leave: impl FnMut() -> bool + 'static) -> Listening {
    Listening::to(window().map(Into::into), "beforeunload", move |event| {
        if may_leave() {
            return;
        }
        event.prevent_default();
        // Older browsers ask only when there is a text as well.
        if let Some(event) = event.dyn_ref::<BeforeUnloadEvent>() {
            event.set_return_value("not saved");
        }
    })
}

/// Another tab of this origin changed the local storage: the key, or `None` when it removed everything.
pub fn on_other_tab(mut hear: impl FnMut(Option<String>) + 'static) -> Listening {
    Listening::to(window().map(Into::into), "storage", move |event| {
        if let Some(event) = event.dyn_ref::<StorageEvent>() {
            hear(event.key());
        }
    })
}

/// The place in the app changed: the address after `#`, as `page::hash` gives it.
pub fn on_hash_change(mut hear: impl FnMut(String) + 'static) -> Listening {
    Listening::to(window().map(Into::into), "hashchange", move |_| hear(page::hash()))
}

/// A call that is due later, and is cancelled when this is dropped.
#[must_use = "the call is cancelled when its guard is dropped"]
pub struct Timer(Timeout);

impl Timer {
    /// Lets the call happen, whatever becomes of the caller.
    pub fn forget(self) {
        self.0.forget();
    }
}

/// Calls `act` once, after `millis` milliseconds.
pub fn after(millis: u32, act: impl FnOnce() + 'static) -> Timer {
    Timer(Timeout::new(millis, act))
}
