//! A draft: what a report is beside its answers, how it becomes a record, and how it leaves and comes back.
//!
//! The record's body holds the content of the report room and what is known of the last export. FORMAT.md, 2.6.

use serde_json::{Map, Value};

use super::{Counts, DraftKey, Header, Record, ReportRef, TemplateRef};
use crate::exchange::canon::CanonError;
use crate::exchange::digest::{Digest, digest_of};
use crate::exchange::envelope::{Envelope, Integrity, Opened};
use crate::exchange::parts::{AppHead, FindingCounts, Profile, ReportHead, State, TemplateHead};
use crate::exchange::read::{Limits, read_json};
use crate::exchange::time;
use crate::report::{Content, NodeId, Report};
use crate::template::Template;
use crate::template::hints::SetBy;

/// The name of this program in files.
const APP: &str = "chancery";

/// The export that went before: its envelope without the values, and the digests it carried.
#[derive(Clone, Debug, PartialEq)]
pub struct Export {
    /// The envelope; its values are left out.
    pub envelope: Envelope,
    /// The digest of the file.
    pub digest: Digest,
    /// The digest of its values; `None` when the file was changed after it was exported.
    pub values: Option<Digest>,
    /// When it left this browser; `None` when the report came here as a file.
    pub at: Option<i64>,
}

/// A draft, without its answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Its name in this browser.
    pub key: DraftKey,
    /// The UUID made with it; a copy of the same report has the same one.
    pub report_id: String,
    /// The template it was started with.
    pub template: TemplateRef,
    /// How far it is.
    pub state: State,
    /// The export that went before.
    pub last: Option<Export>,
    /// When a copy last left this browser.
    pub last_copy: Option<i64>,
    /// When it was put into the bin.
    pub deleted_at: Option<i64>,
}

/// A stored draft whose body is not what this program writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BodyError;

impl std::fmt::Display for BodyError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the answers in this stored draft are not in the form that this version of Chancery writes")
    }
}

impl std::error::Error for BodyError {}

impl Draft {
    /// A draft that has just been started.
    pub fn new(key: DraftKey, report_id: String, template: TemplateRef) -> Self {
        Self { key, report_id, template, state: State::Draft, last: None, last_copy: None, deleted_at: None }
    }

    /// A draft from a file. Its export chain goes on where the file left it.
    pub fn from_file(key: DraftKey, opened: &Opened, template: TemplateRef) -> Self {
        let intact = opened.integrity == Integrity::Intact && opened.values_intact;
        let values = digest_of(&opened.envelope.values).ok().filter(|_| intact);
        let envelope = Envelope { values: Value::Object(Map::new()), ..opened.envelope.clone() };
        let state = if intact { envelope.report.state } else { State::Draft };
        let report_id = envelope.report.id.clone();
        let last = Some(Export { envelope, digest: opened.digest, values, at: None });
        Self { key, report_id, template, state, last, last_copy: None, deleted_at: None }
    }

    /// The record that keeps the draft. `checked` are the numbers of errors and warnings, when they are known.
    ///
    /// # Errors
    /// When the envelope of the last export cannot be written.
    pub fn to_record(&self, report: &Report, checked: Option<(u64, u64)>, now: i64) -> Result<Record, CanonError> {
        let progress = report.progress(&NodeId::root());
        let header = Header {
            draft: self.key.clone(),
            edit_number: report.edit_number(),
            save_number: 0,
            saved_at: now,
            template: self.template.clone(),
            report: ReportRef {
                id: self.report_id.clone(),
                title: title(report),
                identifier: identifier(report).map(str::to_owned),
                state: self.state.name().to_owned(),
                revision: self.last.as_ref().map_or(0, |last| last.envelope.report.revision),
            },
            counts: Counts {
                answered: progress.answered as u64,
                required: progress.required as u64,
                errors: checked.map(|(errors, _)| errors),
                warnings: checked.map(|(_, warnings)| warnings),
            },
            exported_at: self.last.as_ref().and_then(|last| last.at),
            last_copy: self.last_copy,
            // Answers that no digest can be taken of are kept all the same; they are not what was exported.
            changed_since_export: self.last.is_some() && self.is_changed(report).unwrap_or(true),
            deleted_at: self.deleted_at,
        };
        Ok(Record { header, body: self.body(report)? })
    }

    fn body(&self, report: &Report) -> Result<Value, CanonError> {
        let mut body = Map::new();
        body.insert("content".into(), report.content().to_json());
        if let Some(last) = &self.last {
            let text = last.envelope.write()?;
            let mut export = Map::new();
            // The envelope is kept as its own text: it is read again by the same reader as a file.
            export.insert("envelope".into(), Value::String(text));
            export.insert("digest".into(), Value::String(last.digest.to_string()));
            if let Some(values) = &last.values {
                export.insert("valuesDigest".into(), Value::String(values.to_string()));
            }
            body.insert("lastExport".into(), Value::Object(export));
        }
        Ok(Value::Object(body))
    }

    /// Reads a record.
    ///
    /// # Errors
    /// When its body is not what this program writes; nothing is filled in.
    pub fn from_record(record: &Record) -> Result<(Self, Content), BodyError> {
        let content = record.body.get("content").and_then(Content::from_json).ok_or(BodyError)?;
        let header = &record.header;
        let last = record.body.get("lastExport").map(|export| last_export(export, header.exported_at)).transpose()?;
        let draft = Self {
            key: header.draft.clone(),
            report_id: header.report.id.clone(),
            template: header.template.clone(),
            state: State::parse(&header.report.state).ok_or(BodyError)?,
            last,
            last_copy: header.last_copy,
            deleted_at: header.deleted_at,
        };
        Ok((draft, content))
    }

    /// Whether an export now would differ from the one before.
    ///
    /// # Errors
    /// When no digest can be taken of the values.
    pub fn is_changed(&self, report: &Report) -> Result<bool, CanonError> {
        let Some(last) = &self.last else { return Ok(true) };
        if last.values.is_none() || last.envelope.report.state != self.exported_state(report) {
            return Ok(true);
        }
        Ok(last.values != Some(digest_of(&report.outgoing().values)?))
    }

    /// The envelope of an export made now. An unchanged report gives the envelope of the export before, so that the same
    /// report gives the same bytes wherever it is exported.
    ///
    /// # Errors
    /// When a number cannot be written.
    pub fn envelope(&self, report: &Report, findings: FindingCounts, now: i64) -> Result<Envelope, CanonError> {
        let values = report.outgoing().values;
        let version = env!("CARGO_PKG_VERSION");
        let same = self.last.as_ref().filter(|last| last.envelope.app.version == version);
        if let (Some(last), false) = (same, self.is_changed(report)?) {
            return Ok(Envelope { values, ..last.envelope.clone() });
        }
        let before = self.last.as_ref();
        let head = ReportHead {
            id: self.report_id.clone(),
            revision: before.map_or(0, |last| last.envelope.report.revision) + 1,
            state: self.exported_state(report),
            supersedes: before.map(|last| last.digest),
            // What was once a sample stays one, also where no field says so.
            sample: is_sample(report) || before.is_some_and(|last| last.envelope.report.sample),
            extra: before.map_or_else(Map::new, |last| last.envelope.report.extra.clone()),
        };
        let template = report.template();
        let digest = digest_of(template.document())?;
        // Members that this program does not know leave with the report that they came with.
        let extra =
            |of: fn(&Envelope) -> &Map<String, Value>| before.map_or_else(Map::new, |last| of(&last.envelope).clone());
        Ok(Envelope {
            report: head,
            template: TemplateHead {
                id: template.id().to_owned(),
                version: template.version().to_owned(),
                digest,
                extra: extra(|envelope| &envelope.template.extra),
            },
            app: AppHead {
                name: APP.to_owned(),
                version: version.to_owned(),
                extra: extra(|envelope| &envelope.app.extra),
            },
            exported_at: time::utc_text(now),
            profile: Profile::Full,
            findings,
            quality: Map::new(),
            values,
            attachments: before.map_or_else(Vec::new, |last| last.envelope.attachments.clone()),
            signature: None,
            extra: extra(|envelope| &envelope.extra),
        })
    }

    /// The envelope of a copy that leaves because this browser keeps nothing: all answers are in it, those not asked at the
    /// moment too. It is a revision of its own, so that no other text ever has its number.
    ///
    /// # Errors
    /// When a number cannot be written.
    pub fn rescue(&self, report: &Report, findings: FindingCounts, now: i64) -> Result<Envelope, CanonError> {
        let changed = Self { last: self.last.clone().map(|last| Export { values: None, ..last }), ..self.clone() };
        let envelope = changed.envelope(report, findings, now)?;
        Ok(Envelope { values: report.values().clone(), ..envelope })
    }

    /// Remembers an export that left.
    ///
    /// # Errors
    /// When no digest can be taken of the values.
    pub fn note_export(&mut self, envelope: &Envelope, digest: Digest, now: i64) -> Result<(), CanonError> {
        let values = Some(digest_of(&envelope.values)?);
        let envelope = Envelope { values: Value::Object(Map::new()), ..envelope.clone() };
        self.last = Some(Export { envelope, digest, values, at: Some(now) });
        self.last_copy = Some(now);
        Ok(())
    }

    /// The state in the file: a complete report whose own status field says corrected or withdrawn has that state.
    pub fn exported_state(&self, report: &Report) -> State {
        let status = report.set_by(|set| matches!(set, SetBy::ReportStatus));
        match (self.state, status.and_then(|at| report.text(&at).and_then(State::parse))) {
            (State::Draft, _) => State::Draft,
            (_, Some(word @ (State::Corrected | State::Withdrawn))) => word,
            (state, _) => state,
        }
    }
}

fn last_export(export: &Value, at: Option<i64>) -> Result<Export, BodyError> {
    let digest = |key: &str| export.get(key).and_then(Value::as_str).map(|text| Digest::parse(text).ok_or(BodyError));
    let text = export.get("envelope").and_then(Value::as_str).ok_or(BodyError)?;
    let envelope = read_json(text.as_bytes(), &Limits::REPORT).map_err(|_| BodyError)?;
    let opened = Envelope::read(envelope).map_err(|_| BodyError)?;
    Ok(Export {
        envelope: opened.envelope,
        digest: digest("digest").ok_or(BodyError)??,
        values: digest("valuesDigest").transpose()?,
        at,
    })
}

/// What the list calls the report.
pub fn title(report: &Report) -> String {
    let template = report.template();
    let empty = Map::new();
    let values = report.values().as_object().unwrap_or(&empty);
    let title = template.fill(template.summary(), template.layout().root(), values);
    if title.is_empty() { format!("Untitled {}", lower_first(template.title())) } else { title }
}

/// The identifier for people, once there is one.
pub fn identifier(report: &Report) -> Option<&str> {
    let at = report.set_by(|set| matches!(set, SetBy::ReportId))?;
    report.text(&at)
}

/// The reference to a template that a draft keeps.
///
/// # Errors
/// When no digest can be taken of the document.
pub fn template_ref(template: &Template) -> Result<TemplateRef, CanonError> {
    let digest = digest_of(template.document())?.to_string();
    Ok(TemplateRef { id: template.id().to_owned(), version: template.version().to_owned(), digest })
}

fn is_sample(report: &Report) -> bool {
    let marked = report.set_by(|set| matches!(set, SetBy::Sample(_)));
    report.content().sample || marked.and_then(|at| report.value(&at).cloned()) == Some(Value::Bool(true))
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
