use std::cell::RefCell;
use std::rc::Rc;

use chancery::platform::browser::files::{self, FileError, GivenFile};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_test::wasm_bindgen_test;

use super::support::js;

/// The files that `chosen` finds in an input that holds one file of four bytes.
fn choose() -> Vec<GivenFile> {
    let input: web_sys::HtmlInputElement = js("const input = document.createElement('input');
        input.type = 'file';
        const transfer = new DataTransfer();
        transfer.items.add(new File([new Uint8Array([0, 255, 10, 13])], 'scan 1.bin'));
        input.files = transfer.files;
        return input")
    .unchecked_into();
    let found = Rc::new(RefCell::new(Vec::new()));
    let seen = Rc::clone(&found);
    let hear = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
        *seen.borrow_mut() = files::chosen(&event);
    });
    input.add_event_listener_with_callback("change", hear.as_ref().unchecked_ref()).unwrap();
    input.dispatch_event(&web_sys::Event::new("change").unwrap()).unwrap();
    assert_eq!(input.value(), "", "the same file can be chosen again");
    found.take()
}

#[wasm_bindgen_test]
async fn a_chosen_file_is_read_byte_for_byte() {
    let files = choose();
    assert_eq!(files.len(), 1);
    assert_eq!(files[0].name(), "scan 1.bin");
    assert_eq!(files[0].size(), 4);
    assert_eq!(files[0].bytes(4).await, Ok(vec![0, 255, 10, 13]));
}

#[wasm_bindgen_test]
async fn a_file_over_the_limit_is_not_read() {
    assert_eq!(choose()[0].bytes(3).await, Err(FileError::TooLarge { got: 4, limit: 3 }));
}
