//! The parts of an envelope: its objects as types, each written in the order of the file and read back by name.

use serde_json::{Map, Value};

use super::digest::Digest;
use super::envelope::EnvelopeError;
use super::members::Members;
use crate::template::Pointer;

/// Members that this version does not know, in the order in which they stood.
pub type Extra = Map<String, Value>;

/// How far a report is. Set by the app, never by the values alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Not marked complete.
    Draft,
    /// Marked complete, without an error.
    Complete,
    /// Complete, and says of itself that it corrects an earlier one.
    Corrected,
    /// Complete, and says of itself that it is withdrawn.
    Withdrawn,
}

impl State {
    /// The word in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Complete => "complete",
            Self::Corrected => "corrected",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state that a word names.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Draft, Self::Complete, Self::Corrected, Self::Withdrawn].into_iter().find(|state| state.name() == name)
    }
}

/// What of the report is in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// All of it.
    Full,
    /// All but the fields marked pseudonymous.
    WithoutIndividualData,
}

impl Profile {
    /// The word in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::WithoutIndividualData => "withoutIndividualData",
        }
    }

    /// The profile that a word names.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Full, Self::WithoutIndividualData].into_iter().find(|profile| profile.name() == name)
    }
}

/// Which report, and which export of it.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportHead {
    /// The UUID made with the draft.
    pub id: String,
    /// The count of exports; the first is 1.
    pub revision: u64,
    /// How far the report is.
    pub state: State,
    /// The digest of the export before this one.
    pub supersedes: Option<Digest>,
    /// Whether it is a worked example.
    pub sample: bool,
    /// Unknown members.
    pub extra: Extra,
}

impl ReportHead {
    pub(crate) fn value(&self) -> Value {
        let mut known =
            vec![("id", text(&self.id)), ("revision", self.revision.into()), ("state", text(self.state.name()))];
        known.extend(self.supersedes.map(|digest| ("supersedes", text(digest))));
        known.push(("sample", self.sample.into()));
        Value::Object(members(known, &self.extra))
    }

    pub(crate) fn read(mut from: Members) -> Result<Self, EnvelopeError> {
        Ok(Self {
            id: from.uuid("id")?,
            revision: from.count("revision", 1)?,
            state: from.text_as("state", "one of draft, complete, corrected, withdrawn", State::parse)?,
            supersedes: from.optional_digest("supersedes")?,
            sample: from.flag("sample")?,
            extra: from.rest(),
        })
    }
}

/// The template that the values belong to.
#[derive(Clone, Debug, PartialEq)]
pub struct TemplateHead {
    /// Its identifier.
    pub id: String,
    /// Its version.
    pub version: String,
    /// The digest of the template document.
    pub digest: Digest,
    /// Unknown members.
    pub extra: Extra,
}

impl TemplateHead {
    pub(crate) fn value(&self) -> Value {
        let known = vec![("id", text(&self.id)), ("version", text(&self.version)), ("digest", text(self.digest))];
        Value::Object(members(known, &self.extra))
    }

    pub(crate) fn read(mut from: Members) -> Result<Self, EnvelopeError> {
        Ok(Self {
            id: from.text("id")?,
            version: from.text("version")?,
            digest: from.digest("digest")?,
            extra: from.rest(),
        })
    }
}

/// The program that wrote the file.
#[derive(Clone, Debug, PartialEq)]
pub struct AppHead {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Unknown members.
    pub extra: Extra,
}

impl AppHead {
    pub(crate) fn value(&self) -> Value {
        Value::Object(members(vec![("name", text(&self.name)), ("version", text(&self.version))], &self.extra))
    }

    pub(crate) fn read(mut from: Members) -> Result<Self, EnvelopeError> {
        Ok(Self { name: from.text("name")?, version: from.text("version")?, extra: from.rest() })
    }
}

/// A finding that the officer kept, with the reason.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptFinding {
    /// The rule.
    pub rule: String,
    /// The place in the values.
    pub at: Pointer,
    /// Why it was kept.
    pub reason: String,
    /// Unknown members.
    pub extra: Extra,
}

impl KeptFinding {
    pub(crate) fn value(&self) -> Value {
        let known = vec![("rule", text(&self.rule)), ("at", text(&self.at)), ("reason", text(&self.reason))];
        Value::Object(members(known, &self.extra))
    }

    pub(crate) fn read(mut from: Members) -> Result<Self, EnvelopeError> {
        Ok(Self { rule: from.text("rule")?, at: from.pointer("at")?, reason: from.text("reason")?, extra: from.rest() })
    }
}

/// What the check before the export found.
#[derive(Clone, Debug, PartialEq)]
pub struct FindingCounts {
    /// Findings that keep a report from being complete.
    pub errors: u64,
    /// Findings that do not.
    pub warnings: u64,
    /// Answers that are in the draft and not in the file.
    pub not_sent: u64,
    /// Warnings kept with a reason.
    pub kept: Vec<KeptFinding>,
    /// Unknown members.
    pub extra: Extra,
}

impl FindingCounts {
    pub(crate) fn value(&self) -> Value {
        let known = vec![
            ("errors", self.errors.into()),
            ("warnings", self.warnings.into()),
            ("notSent", self.not_sent.into()),
            ("kept", self.kept.iter().map(KeptFinding::value).collect()),
        ];
        Value::Object(members(known, &self.extra))
    }

    pub(crate) fn read(mut from: Members) -> Result<Self, EnvelopeError> {
        Ok(Self {
            errors: from.count("errors", 0)?,
            warnings: from.count("warnings", 0)?,
            not_sent: from.count("notSent", 0)?,
            kept: from.list("kept", KeptFinding::read)?,
            extra: from.rest(),
        })
    }
}

/// A file that belongs to a field.
#[derive(Clone, Debug, PartialEq)]
pub struct Attachment {
    /// The field in the values.
    pub at: Pointer,
    /// The name of the file.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its length in bytes.
    pub size: u64,
    /// The digest of its bytes.
    pub digest: Digest,
    /// Its bytes in base64.
    pub data: String,
    /// Unknown members.
    pub extra: Extra,
}

impl Attachment {
    pub(crate) fn value(&self) -> Value {
        let known = vec![
            ("at", text(&self.at)),
            ("name", text(&self.name)),
            ("mediaType", text(&self.media_type)),
            ("size", self.size.into()),
            ("digest", text(self.digest)),
            ("data", text(&self.data)),
        ];
        Value::Object(members(known, &self.extra))
    }

    pub(crate) fn read(mut from: Members) -> Result<Self, EnvelopeError> {
        Ok(Self {
            at: from.pointer("at")?,
            name: from.text("name")?,
            media_type: from.text("mediaType")?,
            size: from.count("size", 0)?,
            digest: from.digest("digest")?,
            data: from.text("data")?,
            extra: from.rest(),
        })
    }
}

/// A text of anything that has one.
pub(crate) fn text(text: impl ToString) -> Value {
    Value::String(text.to_string())
}

/// The members of an object in the order of the file: the known ones, then the unknown ones that are not among them.
pub(crate) fn members(known: Vec<(&str, Value)>, extra: &Extra) -> Map<String, Value> {
    let mut all: Map<String, Value> = known.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    for (name, value) in extra {
        if !all.contains_key(name) {
            all.insert(name.clone(), value.clone());
        }
    }
    all
}
