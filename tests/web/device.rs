use chancery::platform::browser::{BrowserClock, BrowserDownloads, BrowserRandom};
use chancery::platform::{Clock, Downloads, Random};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

use super::support::{js, text};

#[wasm_bindgen_test]
fn the_clock_tells_the_time_of_the_device() {
    let before = js("return Date.now()").as_f64().unwrap() as i64;
    let now = BrowserClock.now_millis();
    let after = js("return Date.now()").as_f64().unwrap() as i64;
    assert!((before..=after).contains(&now));
}

#[wasm_bindgen_test]
fn the_offset_is_positive_east_of_greenwich() {
    // `make test-web` sets the time zone of the browser to India, which has no summer time.
    if text("return Intl.DateTimeFormat().resolvedOptions().timeZone").ends_with("olkata")
        || text("return Intl.DateTimeFormat().resolvedOptions().timeZone").ends_with("alcutta")
    {
        assert_eq!(BrowserClock.offset_minutes(1_700_000_000_000), 330);
    } else {
        panic!("run this test with TZ=Asia/Kolkata");
    }
}

#[wasm_bindgen_test]
fn random_bytes_differ_from_call_to_call() {
    let first = BrowserRandom.bytes();
    assert_ne!(first, [0; 16]);
    assert_ne!(first, BrowserRandom.bytes());
}

#[wasm_bindgen_test]
async fn a_download_offers_the_text_under_its_name() {
    js("window.pressed = null;
        HTMLAnchorElement.prototype.click = function () {
          window.pressed = { name: this.download, href: this.href, attached: this.isConnected };
        };");
    let offered = BrowserDownloads.offer("Report é.json", "application/json", "{\"a\":\"漢\"}");
    js("delete HTMLAnchorElement.prototype.click; return window.pressed");
    assert_eq!(offered, Ok(()));
    assert_eq!(text("return window.pressed.name"), "Report é.json");
    assert_eq!(js("return window.pressed.attached").as_bool(), Some(true));
    let read =
        js("return fetch(window.pressed.href).then(async (r) => r.headers.get('content-type') + ' ' + await r.text())");
    let read = JsFuture::from(read.unchecked_into::<js_sys::Promise>()).await.unwrap();
    assert_eq!(read.as_string().unwrap(), "application/json {\"a\":\"漢\"}");
}
