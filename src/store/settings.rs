//! Small texts under names: the preferences of this browser. Not for anything that somebody typed into a report.

use std::fmt;
use std::sync::Arc;

use super::keys::SETTINGS;
use crate::platform::{Storage, StorageError};

const LONGEST_NAME: usize = 40;

/// Why a setting was not read or kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingError {
    /// Not a name: 1 to 40 lower-case letters, digits and hyphens.
    Name,
    /// The browser said yes, and what it gave back was not what was written.
    NotKept,
    /// The store could not be read or changed.
    Storage(StorageError),
}

impl fmt::Display for SettingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name => write!(f, "a setting is named with 1 to {LONGEST_NAME} small letters, digits and hyphens"),
            Self::NotKept => write!(f, "the browser did not keep the setting; it holds until the page is closed"),
            Self::Storage(error) => write!(f, "{error}; the setting holds until the page is closed"),
        }
    }
}

impl std::error::Error for SettingError {}

impl From<StorageError> for SettingError {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

/// The settings of this browser.
#[derive(Clone)]
pub struct Settings(Arc<dyn Storage>);

impl Settings {
    /// Settings kept in `storage`.
    pub fn new(storage: Arc<dyn Storage>) -> Self {
        Self(storage)
    }

    /// The text under `name`; `Ok(None)` when it was never set.
    ///
    /// # Errors
    /// When the name is none, or the store cannot be read.
    pub fn read(&self, name: &str) -> Result<Option<String>, SettingError> {
        Ok(self.0.read(&key(name)?)?)
    }

    /// Keeps `text` under `name` and reads it back.
    ///
    /// # Errors
    /// When the name is none, or the store does not keep the text.
    pub fn write(&self, name: &str, text: &str) -> Result<(), SettingError> {
        let key = key(name)?;
        self.0.write(&key, text)?;
        if self.0.read(&key)?.as_deref() == Some(text) { Ok(()) } else { Err(SettingError::NotKept) }
    }

    /// Forgets `name`.
    ///
    /// # Errors
    /// When the name is none, or the store does not forget it.
    pub fn remove(&self, name: &str) -> Result<(), SettingError> {
        let key = key(name)?;
        self.0.remove(&key)?;
        if self.0.read(&key)?.is_none() { Ok(()) } else { Err(SettingError::NotKept) }
    }
}

fn key(name: &str) -> Result<String, SettingError> {
    let fits = (1..=LONGEST_NAME).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if fits { Ok(format!("{SETTINGS}{name}")) } else { Err(SettingError::Name) }
}
