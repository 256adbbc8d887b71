//! The clock and the time zone of the device.

use js_sys::Date;
use wasm_bindgen::JsValue;

use crate::platform::Clock;

/// The clock of the device.
#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserClock;

impl Clock for BrowserClock {
    // Both numbers are whole and far below 2^53, so that nothing is cut.
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds fit an i64")]
    fn now_millis(&self) -> i64 {
        Date::now() as i64
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "dates lie within 2^53 ms")]
    fn offset_minutes(&self, at_millis: i64) -> i32 {
        // The browser counts the minutes that UTC is ahead. A date out of its range gives NaN, which becomes 0.
        -Date::new(&JsValue::from_f64(at_millis as f64)).get_timezone_offset() as i32
    }
}
