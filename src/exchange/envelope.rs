//! The exported file: one report at one revision. FORMAT.md defines it; this module holds its members as types,
//! writes them in one fixed order, and reads them back with what was unknown among them.
//!
//! The two digests are not kept here: they are taken when the text is written, so that no envelope can carry one
//! that is not its own.

use std::fmt;

use serde_json::{Map, Value};

use super::canon::CanonError;
use super::digest::{Digest, digest_of, digest_of_object};
use super::file_name::{NameParts, file_name};
use super::kind::{Kind, REPORT_FORMAT, kind_of};
use super::members::Members;
use super::parts::{AppHead, Attachment, Extra, FindingCounts, Profile, ReportHead, TemplateHead, members, text};
use crate::template::Pointer;

/// The version of the format that is written, and the newest that is read.
pub const FORMAT_VERSION: u64 = 1;

/// One report at one revision, as it leaves.
#[derive(Clone, Debug, PartialEq)]
pub struct Envelope {
    /// Which report.
    pub report: ReportHead,
    /// Its template.
    pub template: TemplateHead,
    /// The program that wrote it.
    pub app: AppHead,
    /// When, as RFC 3339 text in UTC. Kept as text, so that a file read is written with the same digits.
    pub exported_at: String,
    /// What of the report is here.
    pub profile: Profile,
    /// What the check found.
    pub findings: FindingCounts,
    /// Counts about the form of the report.
    pub quality: Map<String, Value>,
    /// The values: an object.
    pub values: Value,
    /// Files of fields. The member is left out when there are none.
    pub attachments: Vec<Attachment>,
    /// A signature over the rest, which no digest covers.
    pub signature: Option<Value>,
    /// Unknown members.
    pub extra: Extra,
}

/// An envelope as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportFile {
    /// The name of the file.
    pub name: String,
    /// The whole text.
    pub text: String,
    /// The digest that the text carries.
    pub digest: Digest,
}

/// Whether the digest that a file carries is that of its contents. A digest sees numbers as 64-bit floating point
/// does: where `inexact_numbers` names a place, other digits there may go unseen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Integrity {
    /// It is.
    Intact,
    /// The file was changed after it was exported.
    Changed,
}

/// An envelope that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// What the file says.
    pub envelope: Envelope,
    /// The digest that the file carries. When the file was changed, writing the envelope gives another one.
    pub digest: Digest,
    /// Whether that digest is right.
    pub integrity: Integrity,
    /// Whether the digest of the values is right.
    pub values_intact: bool,
}

/// Why a value is not an envelope that can be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EnvelopeError {
    /// No object at all.
    NotAnObject,
    /// A file of another kind.
    OtherKind(Kind),
    /// Written by a later version of this app.
    NewerFormat {
        /// The version of its format.
        found: u64,
    },
    /// A member is not there.
    Missing {
        /// The member.
        at: Pointer,
    },
    /// A member is not what it has to be.
    IllTyped {
        /// The member.
        at: Pointer,
        /// What it has to be.
        expected: &'static str,
    },
    /// No digest can be taken of it.
    NotCanonical(CanonError),
}

impl fmt::Display for EnvelopeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAnObject => {
                write!(f, "This file is JSON, but not an exported report: it does not hold an object.")
            }
            Self::OtherKind(kind) => write!(f, "This file is {kind}, not an exported report."),
            Self::NewerFormat { found } => write!(
                f,
                "This report has format version {found}, and this app reads up to version {FORMAT_VERSION}. Open it with a newer version of the app."
            ),
            Self::Missing { at } => write!(f, "This exported report is not whole: \"{at}\" is missing."),
            Self::IllTyped { at, expected } => {
                write!(f, "This exported report is not as its format demands: \"{at}\" is not {expected}.")
            }
            Self::NotCanonical(_) => {
                write!(f, "No digest can be taken of this exported report, so it cannot be checked.")
            }
        }
    }
}

impl std::error::Error for EnvelopeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NotCanonical(error) => Some(error),
            _ => None,
        }
    }
}

impl From<CanonError> for EnvelopeError {
    fn from(error: CanonError) -> Self {
        Self::NotCanonical(error)
    }
}

impl Envelope {
    /// The text of the file: the same envelope always gives the same bytes.
    ///
    /// # Errors
    /// When a number cannot be written or the values are too deep to be read again.
    pub fn write(&self) -> Result<String, CanonError> {
        self.text_and_digest().map(|(text, _)| text)
    }

    /// The digest that [`Self::write`] puts into the text.
    ///
    /// # Errors
    /// As for [`Self::write`].
    pub fn digest(&self) -> Result<Digest, CanonError> {
        digest_of_object(&self.body()?)
    }

    /// The text with its digest and its name. Country and identifier stand where the template says.
    ///
    /// # Errors
    /// As for [`Self::write`].
    pub fn to_file(&self, country: Option<&str>, identifier: Option<&str>) -> Result<ExportFile, CanonError> {
        let (text, digest) = self.text_and_digest()?;
        let name = file_name(&NameParts {
            template: &self.template.id,
            country,
            identifier,
            report_id: &self.report.id,
            revision: self.report.revision,
            digest: &digest,
        });
        Ok(ExportFile { name, text, digest })
    }

    fn text_and_digest(&self) -> Result<(String, Digest), CanonError> {
        let mut whole = self.body()?;
        let digest = digest_of_object(&whole)?;
        whole.insert("digest".to_owned(), text(digest));
        if let Some(signature) = &self.signature {
            whole.insert("signature".to_owned(), signature.clone());
        }
        Ok((format!("{:#}\n", Value::Object(whole)), digest))
    }

    /// Everything that the digest is taken over, in the order of the file.
    fn body(&self) -> Result<Map<String, Value>, CanonError> {
        let values_digest = digest_of(&self.values).map_err(|error| error.inside("values"))?;
        let mut known = vec![
            ("format", text(REPORT_FORMAT)),
            ("formatVersion", FORMAT_VERSION.into()),
            ("report", self.report.value()),
            ("template", self.template.value()),
            ("app", self.app.value()),
            ("exportedAt", text(&self.exported_at)),
            ("profile", text(self.profile.name())),
            ("findings", self.findings.value()),
            ("quality", Value::Object(self.quality.clone())),
            ("valuesDigest", text(values_digest)),
            ("values", self.values.clone()),
        ];
        if !self.attachments.is_empty() {
            known.push(("attachments", self.attachments.iter().map(Attachment::value).collect()));
        }
        let mut body = members(known, &self.extra);
        for apart in ["digest", "signature"] {
            body.shift_remove(apart);
        }
        Ok(body)
    }

    /// Reads an envelope. A digest that does not match is no error: the result says so, and the file can be read.
    ///
    /// # Errors
    /// When the value is something else, was written by a later version, or lacks a member.
    pub fn read(value: Value) -> Result<Opened, EnvelopeError> {
        let kind = kind_of(&value);
        let Value::Object(whole) = value else {
            return Err(EnvelopeError::NotAnObject);
        };
        if kind != Kind::Report {
            return Err(EnvelopeError::OtherKind(kind));
        }
        let mut top = Members::new(whole, Pointer::root());
        if let Some(found) = top.peek("formatVersion").and_then(Value::as_u64).filter(|found| *found > FORMAT_VERSION) {
            return Err(EnvelopeError::NewerFormat { found });
        }
        let digest = top.digest("digest")?;
        let signature = top.optional("signature");
        let integrity = if top.digest_of_rest()? == digest { Integrity::Intact } else { Integrity::Changed };
        let values_digest = top.digest("valuesDigest")?;
        let envelope = Self::from_members(top, signature)?;
        let values_intact = digest_of(&envelope.values)? == values_digest;
        Ok(Opened { envelope, digest, integrity, values_intact })
    }

    /// Takes what the two digests have left.
    fn from_members(mut top: Members, signature: Option<Value>) -> Result<Self, EnvelopeError> {
        top.text("format")?;
        top.count("formatVersion", 1)?;
        let report = ReportHead::read(top.members("report")?)?;
        let template = TemplateHead::read(top.members("template")?)?;
        let app = AppHead::read(top.members("app")?)?;
        let exported_at = top.utc("exportedAt")?;
        let profile = top.text_as("profile", "one of full, withoutIndividualData", Profile::parse)?;
        let findings = FindingCounts::read(top.members("findings")?)?;
        let quality = top.object("quality")?;
        let values = Value::Object(top.object("values")?);
        // An empty list, which this app does not write, stays among the unknown members: it is part of the digest.
        let attachments = match top.peek("attachments") {
            None => Vec::new(),
            Some(Value::Array(none)) if none.is_empty() => Vec::new(),
            Some(_) => top.list("attachments", Attachment::read)?,
        };
        let extra = top.rest();
        Ok(Self {
            report,
            template,
            app,
            exported_at,
            profile,
            findings,
            quality,
            values,
            attachments,
            signature,
            extra,
        })
    }
}
