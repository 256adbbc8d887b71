//! The seam to the browser: traits, an in-memory version with fault switches, and `browser`.
//!
//! The traits speak text, bytes and numbers; what they mean is decided above the seam, where it is tested.
//! Only `platform::browser` may name browser crates.

use std::fmt;
use std::sync::Arc;

pub mod memory;

#[cfg(feature = "web")]
pub mod browser;

/// Why the store of this browser did not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StorageError {
    /// There is no store: blocked by a setting, private mode, or a policy.
    Blocked,
    /// The store is full. What stood under the key is unchanged.
    Full,
    /// The store refused for another reason. The text is the browser's name for it, never a user's text.
    Refused(String),
}

impl fmt::Display for StorageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Blocked => write!(f, "this browser does not let the page keep anything"),
            Self::Full => write!(f, "the room this browser gives to the page is full"),
            Self::Refused(name) => write!(f, "the browser refused to keep the text ({name})"),
        }
    }
}

impl std::error::Error for StorageError {}

/// Texts under keys, kept by the browser. Keys are those of the whole origin.
pub trait Storage: Send + Sync {
    /// The text under `key`; `Ok(None)` when there is none.
    ///
    /// # Errors
    /// When there is no store or it cannot be read.
    fn read(&self, key: &str) -> Result<Option<String>, StorageError>;

    /// Puts `text` under `key`. On an error what stood there is unchanged.
    ///
    /// # Errors
    /// When the store is blocked, full, or refuses.
    fn write(&self, key: &str, text: &str) -> Result<(), StorageError>;

    /// Removes `key`; a key that is not there is no error.
    ///
    /// # Errors
    /// When the store is blocked or refuses.
    fn remove(&self, key: &str) -> Result<(), StorageError>;

    /// All keys of the origin, in no order.
    ///
    /// # Errors
    /// When the store is blocked or refuses.
    fn keys(&self) -> Result<Vec<String>, StorageError>;
}

/// The time of the device.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    fn now_millis(&self) -> i64;
    /// Minutes that local time is ahead of UTC at that moment.
    fn offset_minutes(&self, at_millis: i64) -> i32;
}

/// Random bytes that nobody can guess.
pub trait Random: Send + Sync {
    /// Sixteen fresh bytes.
    fn bytes(&self) -> [u8; 16];
}

/// The browser did not take a file that was offered for download.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DownloadError;

impl fmt::Display for DownloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the browser did not take the file")
    }
}

impl std::error::Error for DownloadError {}

/// Files handed to the person.
pub trait Downloads: Send + Sync {
    /// Offers `text` as a file called `name` of media type `mime`.
    ///
    /// # Errors
    /// When the browser cannot make the file.
    fn offer(&self, name: &str, mime: &str, text: &str) -> Result<(), DownloadError>;
}

/// Everything the program needs from outside, each part replaceable in a test.
#[derive(Clone)]
pub struct Platform {
    /// Where drafts are kept.
    pub storage: Arc<dyn Storage>,
    /// The time of the device.
    pub clock: Arc<dyn Clock>,
    /// Random bytes for identifiers.
    pub random: Arc<dyn Random>,
    /// Files handed to the person.
    pub downloads: Arc<dyn Downloads>,
}
