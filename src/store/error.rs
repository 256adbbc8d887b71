//! What can go wrong with a draft, in plain words: what happened and what to do. Never a word of the draft.

use std::fmt;

use super::record::{EncodeError, RecordError};
use crate::platform::StorageError;

/// Why a draft cannot be opened. Absent, damaged, newer and no store are four different answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenError {
    /// There is no such draft in this browser.
    Absent,
    /// What is there cannot be read. It is kept and listed.
    Damaged(RecordError),
    /// It was written by a newer program. It is left as it is.
    Newer {
        /// Its format version.
        version: u64,
    },
    /// The store could not be read.
    Storage(StorageError),
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent => write!(f, "there is no such draft in this browser; open a file or a backup that has it"),
            Self::Damaged(why) => why.fmt(f),
            Self::Newer { version } => RecordError::Newer { version: *version }.fmt(f),
            Self::Storage(error) => write!(f, "the draft could not be read: {error}; try again"),
        }
    }
}

impl std::error::Error for OpenError {}

/// Why a draft was not saved. In every case the text is still only in the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveError {
    /// There is no store.
    Blocked,
    /// There is no room left.
    Full,
    /// The browser refused for another reason, which it names so.
    Refused(String),
    /// The browser said yes, and what it gave back was not what was written.
    NotKept,
    /// Another tab saved this draft since it was last read or written here. Its text is unchanged.
    Conflict {
        /// The edit number of what is stored.
        stored: u64,
    },
    /// A newer program wrote this draft. Its text is unchanged.
    Newer {
        /// The format version of what is stored.
        version: u64,
    },
    /// The draft has something that a record cannot carry.
    Unfit(EncodeError),
}

impl fmt::Display for SaveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Blocked => write!(f, "{}; save to a file", StorageError::Blocked),
            Self::Full => write!(f, "{}; save to a file, then delete what is not needed", StorageError::Full),
            Self::Refused(name) => write!(f, "{}; save to a file", StorageError::Refused(name.clone())),
            Self::NotKept => write!(f, "the browser did not keep the text; save to a file, then start it again"),
            Self::Conflict { .. } => {
                write!(f, "this draft was changed in another tab; keep what is here as a separate copy")
            }
            Self::Newer { .. } => write!(
                f,
                "a newer version of Chancery has saved this draft; keep what is here as a separate copy, or reload the page"
            ),
            Self::Unfit(error) => write!(f, "{error}; change the answer"),
        }
    }
}

impl std::error::Error for SaveError {}

impl From<StorageError> for SaveError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Blocked => Self::Blocked,
            StorageError::Full => Self::Full,
            StorageError::Refused(name) => Self::Refused(name),
        }
    }
}

impl From<EncodeError> for SaveError {
    fn from(error: EncodeError) -> Self {
        Self::Unfit(error)
    }
}

/// Why a draft was not put into the bin, taken out of it, or deleted for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeleteError {
    /// It could not be read.
    Open(OpenError),
    /// The change could not be kept.
    Save(SaveError),
    /// Only a draft in the bin is deleted for good, and this one is not there (any more).
    NotInBin,
    /// The browser said that it was deleted, and it is still there.
    NotRemoved,
}

impl fmt::Display for DeleteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open(error) => error.fmt(f),
            Self::Save(error) => error.fmt(f),
            Self::NotInBin => write!(f, "this draft is not in the bin; delete it first"),
            Self::NotRemoved => write!(f, "the browser did not delete the draft; start it again and try once more"),
        }
    }
}

impl std::error::Error for DeleteError {}

impl From<OpenError> for DeleteError {
    fn from(error: OpenError) -> Self {
        Self::Open(error)
    }
}

impl From<SaveError> for DeleteError {
    fn from(error: SaveError) -> Self {
        Self::Save(error)
    }
}

impl From<StorageError> for DeleteError {
    fn from(error: StorageError) -> Self {
        Self::Save(error.into())
    }
}

/// Why a text set aside was not given out or deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AsideError {
    /// It is not there any more.
    Absent,
    /// The key is not that of a text set aside: it holds a draft that can be opened, or is another owner's.
    NotAside,
    /// The browser said that it was deleted, and it is still there.
    NotRemoved,
    /// The store could not be read or changed.
    Storage(StorageError),
}

impl fmt::Display for AsideError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent => write!(f, "this text is not there any more; load the list again"),
            Self::NotAside => write!(f, "this is not a text that was set aside; load the list again"),
            Self::NotRemoved => write!(f, "the browser did not delete the text; start it again and try once more"),
            Self::Storage(error) => write!(f, "{error}; try again"),
        }
    }
}

impl std::error::Error for AsideError {}

impl From<StorageError> for AsideError {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}
