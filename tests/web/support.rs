//! What the tests do to the browser that the program never does.

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Runs a piece of JavaScript; its value is that of its `return`.
pub fn js(body: &str) -> JsValue {
    Function::new_no_args(body).call0(&JsValue::NULL).expect("the test's own JavaScript runs")
}

/// The text that a piece of JavaScript returns.
pub fn text(body: &str) -> String {
    js(body).as_string().expect("the test's own JavaScript returns a text")
}

/// Waits until the call that `start` arranges has come.
pub async fn called(start: impl FnOnce(Box<dyn Fn()>)) {
    let mut start = Some(start);
    let promise = Promise::new(&mut |resolve, _| {
        let done = move || {
            resolve.call0(&JsValue::NULL).expect("a promise can be kept");
        };
        start.take().expect("a promise is started once")(Box::new(done));
    });
    JsFuture::from(promise).await.expect("the promise is kept");
}
