//! The browser side of the platform, in a real browser: `make test-web`.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

mod web {
    mod assets;
    mod device;
    mod files;
    mod lifecycle;
    mod page;
    mod regexp;
    mod storage;
    mod support;
}
