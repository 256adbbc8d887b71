//! The keys of the browser's store that belong to Chancery. Defined by FORMAT.md, section 2.1.
//!
//! The store is shared with every page of the same origin, and with every local file when the app is opened
//! from a disk. A key that is not named here is another owner's and is never touched.

use std::fmt;

/// What every key of Chancery begins with.
pub const OURS: &str = "chancery/";
/// What the key of every draft slot begins with.
pub const DRAFTS: &str = "chancery/draft/";
/// What the key of every text set aside begins with.
pub const ASIDE: &str = "chancery/aside/";
/// What the key of every setting begins with.
pub const SETTINGS: &str = "chancery/setting/";
/// The key of the reserve, which is given up to let a last save through.
pub const RESERVE: &str = "chancery/reserve";

const LONGEST: usize = 80;

/// The name of one draft in this browser. Two drafts can be copies of one report, so it is not the report's id.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DraftKey(String);

/// A text that cannot be a draft's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DraftKeyError;

impl fmt::Display for DraftKeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not the name of a draft: use 1 to {LONGEST} letters, digits, hyphens and underscores")
    }
}

impl std::error::Error for DraftKeyError {}

impl DraftKey {
    /// Takes 1 to 80 ASCII letters, digits, `-` and `_`.
    ///
    /// # Errors
    /// When the text is empty, longer, or has any other character.
    pub fn parse(text: &str) -> Result<Self, DraftKeyError> {
        let fits = (1..=LONGEST).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if fits { Ok(Self(text.to_owned())) } else { Err(DraftKeyError) }
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DraftKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One of the two places where a draft is written alternately.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// The slot whose key ends in `/a`.
    A,
    /// The slot whose key ends in `/b`.
    B,
}

impl Slot {
    /// The other slot.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }

    /// The letter at the end of the key.
    pub fn letter(self) -> &'static str {
        match self {
            Self::A => "a",
            Self::B => "b",
        }
    }
}

/// The key of a draft's slot.
pub fn slot_key(draft: &DraftKey, slot: Slot) -> String {
    format!("{DRAFTS}{draft}/{}", slot.letter())
}

/// What the keys of texts set aside from one slot begin with; a number follows.
pub fn aside_prefix(draft: &DraftKey, slot: Slot) -> String {
    format!("{ASIDE}{draft}/{}/", slot.letter())
}

/// What a key of the browser's store is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A slot of a draft.
    Slot(DraftKey, Slot),
    /// Begins like a slot, and is none. Some other version may know it, so it is shown and left alone.
    Stray,
    /// A text set aside, and the draft it came from where the key says so.
    Aside(Option<DraftKey>),
    /// A setting.
    Setting,
    /// The reserve.
    Reserve,
    /// Chancery's, and unknown to this version.
    Ours,
    /// Another owner's.
    Foreign,
}

impl Place {
    /// What `key` is.
    pub fn of(key: &str) -> Self {
        if let Some(rest) = key.strip_prefix(DRAFTS) {
            return slot_place(rest).unwrap_or(Self::Stray);
        }
        if let Some(rest) = key.strip_prefix(ASIDE) {
            let draft = rest.split('/').next().unwrap_or(rest);
            return Self::Aside(DraftKey::parse(draft).ok());
        }
        if key.starts_with(SETTINGS) {
            Self::Setting
        } else if key == RESERVE {
            Self::Reserve
        } else if key.starts_with(OURS) {
            Self::Ours
        } else {
            Self::Foreign
        }
    }
}

fn slot_place(rest: &str) -> Option<Place> {
    let (draft, letter) = rest.split_once('/')?;
    let draft = DraftKey::parse(draft).ok()?;
    let slot = [Slot::A, Slot::B].into_iter().find(|slot| slot.letter() == letter)?;
    Some(Place::Slot(draft, slot))
}
