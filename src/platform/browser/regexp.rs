//! Patterns in the dialect that JSON Schema asks for (ECMA-262), by the browser's own engine.

use std::cell::RefCell;
use std::collections::HashMap;

use js_sys::{Array, Function, Reflect, RegExp};
use wasm_bindgen::{JsCast, JsValue};

thread_local! {
    /// Compiled patterns, and those that do not compile. The patterns are those of the open templates, so that
    /// the list stays short.
    static COMPILED: RefCell<HashMap<String, Option<RegExp>>> = RefCell::new(HashMap::new());
}

/// Whether `pattern` is found anywhere in `text`; `None` when it is not a pattern of ECMA-262 in Unicode mode.
pub fn matches(pattern: &str, text: &str) -> Option<bool> {
    COMPILED.with_borrow_mut(|compiled| match compiled.get(pattern) {
        Some(known) => known.as_ref().map(|regexp| regexp.test(text)),
        None => {
            let made = compile(pattern);
            let found = made.as_ref().map(|regexp| regexp.test(text));
            compiled.insert(pattern.to_owned(), made);
            found
        }
    })
}

/// `new RegExp(pattern, "u")`, with the exception for a broken pattern as `None`. The constructor of `js_sys`
/// lets the exception through, which would end the program.
fn compile(pattern: &str) -> Option<RegExp> {
    let constructor: Function = Reflect::get(&js_sys::global(), &JsValue::from_str("RegExp")).ok()?.dyn_into().ok()?;
    let arguments = Array::of2(&JsValue::from_str(pattern), &JsValue::from_str("u"));
    Reflect::construct(&constructor, &arguments).ok()?.dyn_into().ok()
}
