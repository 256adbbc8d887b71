//! Digests: SHA-256 over bytes, or over the canonical text of a value.

use std::fmt;

use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::canon::{self, CanonError, Sink};

const PREFIX: &str = "sha256:";

/// A SHA-256 digest. Its text is `sha256:` and 64 hexadecimal digits in lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest([u8; 32]);

impl Digest {
    /// Reads the text form. Upper case is refused: one digest has one text.
    pub fn parse(text: &str) -> Option<Self> {
        let hex = text.strip_prefix(PREFIX)?.as_bytes();
        let (pairs, rest) = hex.as_chunks::<2>();
        if pairs.len() != 32 || !rest.is_empty() {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
            *byte = nibble(*high)? << 4 | nibble(*low)?;
        }
        Some(Self(bytes))
    }

    /// The first eight hexadecimal digits, for file names and lists.
    pub fn short(&self) -> String {
        self.0.iter().take(4).map(|byte| format!("{byte:02x}")).collect()
    }

    /// The 32 bytes.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(PREFIX)?;
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The digest of bytes.
pub fn sha256(bytes: &[u8]) -> Digest {
    Digest(Sha256::digest(bytes).into())
}

/// The digest of the canonical text of a value.
///
/// # Errors
/// When the value has no canonical text.
pub fn digest_of(value: &Value) -> Result<Digest, CanonError> {
    let mut running = Running(Sha256::new());
    canon::write_canonical(value, &mut running)?;
    Ok(running.finish())
}

/// The digest of the canonical text of an object.
pub(crate) fn digest_of_object(members: &Map<String, Value>) -> Result<Digest, CanonError> {
    let mut running = Running(Sha256::new());
    canon::write_canonical_object(members, &mut running)?;
    Ok(running.finish())
}

/// A digest that has not yet seen all of its text.
struct Running(Sha256);

impl Running {
    fn finish(self) -> Digest {
        Digest(self.0.finalize().into())
    }
}

impl Sink for Running {
    fn put(&mut self, text: &str) {
        self.0.update(text.as_bytes());
    }
}
