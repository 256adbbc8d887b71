//! Random bytes of the browser.

use crate::platform::Random;

use super::window;

/// The browser's source of random bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserRandom;

impl Random for BrowserRandom {
    fn bytes(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        let filled = window()
            .and_then(|window| window.crypto().ok())
            .is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
        if !filled {
            // Every browser that runs this program has the source above. Should it refuse, identifiers that
            // differ matter more than identifiers that nobody can guess: a panic would end the program and
            // with it the text that is not saved yet.
            fill_by_chance(&mut bytes);
        }
        bytes
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the product lies in 0..256")]
fn fill_by_chance(bytes: &mut [u8]) {
    for byte in bytes {
        *byte = (js_sys::Math::random() * 256.0) as u8;
    }
}
