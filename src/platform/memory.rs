//! In-memory versions of the platform, with fault switches.
//!
//! They serve the tests: each is a clonable handle on one shared state, so that a test can look inside, break
//! something and "restart the browser". Nothing here survives the page, and nothing here is random.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Clock, DownloadError, Downloads, Platform, Random, Storage, StorageError};

/// What is wrong with a [`MemoryStorage`]. The default is nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    /// There is no store: every call says so.
    pub blocked: bool,
    /// The room in UTF-16 units, keys and texts together. A write beyond it is refused as `Full`.
    pub room: Option<usize>,
    /// This many more writes and removals succeed, then all are refused.
    pub changes_left: Option<u64>,
    /// Writes and removals answer `Ok` and do nothing.
    pub drop_changes: bool,
    /// Reading gives what stood under the key before its last change.
    pub return_old: bool,
    /// This many more writes store their text with one byte changed.
    pub garbled_writes: u64,
    /// Changes are visible, but gone after a restart: what Chromium does when the disk is full.
    pub forgetful: bool,
}

#[derive(Default)]
struct Shelf {
    texts: BTreeMap<String, String>,
    kept: BTreeMap<String, String>,
    before: BTreeMap<String, Option<String>>,
    faults: Faults,
}

impl Shelf {
    fn used_without(&self, key: &str) -> usize {
        self.texts.iter().filter(|(other, _)| other.as_str() != key).map(|(k, text)| units(k) + units(text)).sum()
    }

    /// Whether one more change may be made; counts it.
    fn admit_change(&mut self) -> Result<(), StorageError> {
        if self.faults.blocked {
            return Err(StorageError::Blocked);
        }
        match &mut self.faults.changes_left {
            Some(0) => Err(StorageError::Refused("MemoryError".to_owned())),
            Some(left) => {
                *left -= 1;
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn set(&mut self, key: &str, text: Option<String>) {
        let old = match text.clone() {
            Some(text) => self.texts.insert(key.to_owned(), text),
            None => self.texts.remove(key),
        };
        self.before.insert(key.to_owned(), old);
        if !self.faults.forgetful {
            match text {
                Some(text) => self.kept.insert(key.to_owned(), text),
                None => self.kept.remove(key),
            };
        }
    }
}

/// Texts under keys in memory. A clone is a handle on the same texts.
#[derive(Clone, Default)]
pub struct MemoryStorage(Arc<Mutex<Shelf>>);

impl MemoryStorage {
    /// An empty store without faults.
    pub fn new() -> Self {
        Self::default()
    }

    /// A store that is not there, as in a browser that forbids it.
    pub fn blocked() -> Self {
        let storage = Self::new();
        storage.set_faults(Faults { blocked: true, ..Faults::default() });
        storage
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Replaces the fault switches.
    pub fn set_faults(&self, faults: Faults) {
        self.shelf().faults = faults;
    }

    /// The browser is killed and started again: faults end, and what was only shown and never kept is gone.
    pub fn restart(&self) {
        let mut shelf = self.shelf();
        shelf.faults = Faults::default();
        shelf.before.clear();
        shelf.texts = shelf.kept.clone();
    }

    /// What stands under `key`, past all faults.
    pub fn text(&self, key: &str) -> Option<String> {
        self.shelf().texts.get(key).cloned()
    }

    /// Puts `text` under `key`, past all faults.
    pub fn put(&self, key: &str, text: &str) {
        let mut shelf = self.shelf();
        shelf.texts.insert(key.to_owned(), text.to_owned());
        shelf.kept.insert(key.to_owned(), text.to_owned());
    }

    /// Takes `key` away, past all faults.
    pub fn erase(&self, key: &str) {
        let mut shelf = self.shelf();
        shelf.texts.remove(key);
        shelf.kept.remove(key);
    }

    /// Every key with its text, past all faults.
    pub fn texts(&self) -> BTreeMap<String, String> {
        self.shelf().texts.clone()
    }

    /// The UTF-16 units in use, keys and texts together.
    pub fn used(&self) -> usize {
        self.shelf().texts.iter().map(|(key, text)| units(key) + units(text)).sum()
    }

    /// Changes one byte of the text under `key`, as a failing disk does: `mask` is combined with the byte at `at`.
    /// A sequence that is no longer UTF-8 becomes U+FFFD. Answers whether the text is different now.
    pub fn flip(&self, key: &str, at: usize, mask: u8) -> bool {
        let Some(text) = self.text(key) else { return false };
        let garbled = flipped(&text, at, mask);
        let changed = garbled != text;
        self.put(key, &garbled);
        changed
    }
}

impl Storage for MemoryStorage {
    fn read(&self, key: &str) -> Result<Option<String>, StorageError> {
        let shelf = self.shelf();
        if shelf.faults.blocked {
            return Err(StorageError::Blocked);
        }
        if shelf.faults.return_old
            && let Some(old) = shelf.before.get(key)
        {
            return Ok(old.clone());
        }
        Ok(shelf.texts.get(key).cloned())
    }

    fn write(&self, key: &str, text: &str) -> Result<(), StorageError> {
        let mut shelf = self.shelf();
        shelf.admit_change()?;
        if shelf.faults.room.is_some_and(|room| shelf.used_without(key) + units(key) + units(text) > room) {
            return Err(StorageError::Full);
        }
        if shelf.faults.drop_changes {
            return Ok(());
        }
        let garbled = shelf.faults.garbled_writes > 0;
        shelf.faults.garbled_writes = shelf.faults.garbled_writes.saturating_sub(1);
        let stored = if garbled { flipped(text, text.len() / 2, 1) } else { text.to_owned() };
        shelf.set(key, Some(stored));
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        let mut shelf = self.shelf();
        shelf.admit_change()?;
        if !shelf.faults.drop_changes {
            shelf.set(key, None);
        }
        Ok(())
    }

    fn keys(&self) -> Result<Vec<String>, StorageError> {
        let shelf = self.shelf();
        if shelf.faults.blocked {
            return Err(StorageError::Blocked);
        }
        Ok(shelf.texts.keys().cloned().collect())
    }
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The text with one byte changed.
fn flipped(text: &str, at: usize, mask: u8) -> String {
    let mut bytes = text.as_bytes().to_vec();
    if let Some(byte) = bytes.get_mut(at) {
        *byte ^= mask;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A clock that stands still until it is set. A clone is a handle on the same time.
#[derive(Clone, Default)]
pub struct MemoryClock {
    millis: Arc<AtomicI64>,
    offset: Arc<AtomicI32>,
}

impl MemoryClock {
    /// A clock that shows `millis`, in UTC.
    pub fn at(millis: i64) -> Self {
        let clock = Self::default();
        clock.set(millis);
        clock
    }

    /// Sets the time.
    pub fn set(&self, millis: i64) {
        self.millis.store(millis, Ordering::SeqCst);
    }

    /// Moves the time on.
    pub fn advance(&self, millis: i64) {
        self.millis.fetch_add(millis, Ordering::SeqCst);
    }

    /// Sets how many minutes local time is ahead of UTC, at every moment.
    pub fn set_offset(&self, minutes: i32) {
        self.offset.store(minutes, Ordering::SeqCst);
    }
}

impl Clock for MemoryClock {
    fn now_millis(&self) -> i64 {
        self.millis.load(Ordering::SeqCst)
    }

    fn offset_minutes(&self, _at_millis: i64) -> i32 {
        self.offset.load(Ordering::SeqCst)
    }
}

/// Bytes that count upwards: never the same twice, and the same in every run.
#[derive(Clone, Default)]
pub struct MemoryRandom(Arc<AtomicU64>);

impl Random for MemoryRandom {
    fn bytes(&self) -> [u8; 16] {
        let count = u128::from(self.0.fetch_add(1, Ordering::SeqCst)) + 1;
        // An odd factor spreads the count over all bytes and keeps the values different from each other.
        count.wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835).to_be_bytes()
    }
}

/// A file that was offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// The file's name.
    pub name: String,
    /// Its media type.
    pub mime: String,
    /// What is in it.
    pub text: String,
}

/// Files handed to the person, collected. A clone is a handle on the same collection.
#[derive(Clone, Default)]
pub struct MemoryDownloads {
    files: Arc<Mutex<Vec<Offered>>>,
    refusing: Arc<AtomicBool>,
}

impl MemoryDownloads {
    /// The files offered so far.
    pub fn files(&self) -> Vec<Offered> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether offers are refused from now on.
    pub fn refuse(&self, refusing: bool) {
        self.refusing.store(refusing, Ordering::SeqCst);
    }
}

impl Downloads for MemoryDownloads {
    fn offer(&self, name: &str, mime: &str, text: &str) -> Result<(), DownloadError> {
        if self.refusing.load(Ordering::SeqCst) {
            return Err(DownloadError);
        }
        let file = Offered { name: name.to_owned(), mime: mime.to_owned(), text: text.to_owned() };
        self.files.lock().unwrap_or_else(PoisonError::into_inner).push(file);
        Ok(())
    }
}

/// Handles on all parts of an in-memory platform.
#[derive(Clone, Default)]
pub struct MemoryPlatform {
    /// The store.
    pub storage: MemoryStorage,
    /// The clock.
    pub clock: MemoryClock,
    /// The bytes that count upwards.
    pub random: MemoryRandom,
    /// The files offered.
    pub downloads: MemoryDownloads,
}

impl MemoryPlatform {
    /// The platform to hand to the program.
    pub fn platform(&self) -> Platform {
        Platform {
            storage: Arc::new(self.storage.clone()),
            clock: Arc::new(self.clock.clone()),
            random: Arc::new(self.random.clone()),
            downloads: Arc::new(self.downloads.clone()),
        }
    }
}
