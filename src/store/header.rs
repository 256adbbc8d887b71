//! What a stored record says about a draft beside its answers: enough for the list of drafts.
//!
//! Written and read by hand and strictly: every field must be there, with its own type, and nothing else may be.
//! A field that is missing is never read as empty. Defined by FORMAT.md, section 2.3.

use serde_json::{Map, Value};

use super::keys::DraftKey;

/// The template a draft was started with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateRef {
    /// The template's id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// The digest of the template document.
    pub digest: String,
}

/// The report that a draft is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportRef {
    /// The report's id.
    pub id: String,
    /// What the list shows as its title.
    pub title: String,
    /// The identifier for people, once there is one.
    pub identifier: Option<String>,
    /// Draft, complete, corrected or withdrawn: a word of the envelope.
    pub state: String,
    /// How many times the report was exported after an edit.
    pub revision: u64,
}

/// Numbers for the list of drafts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Required fields that are answered.
    pub answered: u64,
    /// Required fields.
    pub required: u64,
    /// Errors found; `None` when the draft was not checked.
    pub errors: Option<u64>,
    /// Warnings found; `None` when the draft was not checked.
    pub warnings: Option<u64>,
}

/// What is said about a draft beside its answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The draft's name in this browser.
    pub draft: DraftKey,
    /// Counter of the draft, one more with each edit.
    pub edit_number: u64,
    /// Counter of the draft's saves. The store sets it; it tells two records with the same edit number apart.
    pub save_number: u64,
    /// When the answers were last saved, milliseconds since 1970 UTC.
    pub saved_at: i64,
    /// The template the draft was started with.
    pub template: TemplateRef,
    /// The report that the draft is.
    pub report: ReportRef,
    /// Numbers for the list.
    pub counts: Counts,
    /// When the report was last exported.
    pub exported_at: Option<i64>,
    /// When a copy last left this browser: an export, a backup or a saved file.
    pub last_copy: Option<i64>,
    /// Whether the answers changed since the last export.
    pub changed_since_export: bool,
    /// When the draft was put into the bin; `None` when it is not there.
    pub deleted_at: Option<i64>,
}

impl Header {
    /// Adds the fields to the line that opens a record, in the order of FORMAT.md.
    pub(super) fn write_into(&self, line: &mut Map<String, Value>) {
        let mut put = |name: &str, value: Value| {
            line.insert(name.to_owned(), value);
        };
        put("draft", self.draft.as_str().into());
        put("editNumber", self.edit_number.into());
        put("saveNumber", self.save_number.into());
        put("savedAt", self.saved_at.into());
        put("template", self.template.to_json());
        put("report", self.report.to_json());
        put("counts", self.counts.to_json());
        put("exportedAt", self.exported_at.into());
        put("lastCopy", self.last_copy.into());
        put("changedSinceExport", self.changed_since_export.into());
        put("deletedAt", self.deleted_at.into());
    }

    /// Reads the fields that are left in `line`; `None` when one is missing, unfit or unknown.
    pub(super) fn read_from(line: Map<String, Value>) -> Option<Self> {
        let mut fields = Fields(line);
        let header = Self {
            draft: DraftKey::parse(&fields.text("draft")?).ok()?,
            edit_number: fields.count("editNumber")?,
            save_number: fields.count("saveNumber")?,
            saved_at: fields.take("savedAt")?.as_i64()?,
            template: TemplateRef::read_from(fields.part("template")?)?,
            report: ReportRef::read_from(fields.part("report")?)?,
            counts: Counts::read_from(fields.part("counts")?)?,
            exported_at: fields.optional("exportedAt", Value::as_i64)?,
            last_copy: fields.optional("lastCopy", Value::as_i64)?,
            changed_since_export: fields.take("changedSinceExport")?.as_bool()?,
            deleted_at: fields.optional("deletedAt", Value::as_i64)?,
        };
        fields.end(header)
    }
}

impl TemplateRef {
    fn to_json(&self) -> Value {
        object([
            ("id", self.id.as_str().into()),
            ("version", self.version.as_str().into()),
            ("digest", self.digest.as_str().into()),
        ])
    }

    fn read_from(mut fields: Fields) -> Option<Self> {
        let template =
            Self { id: fields.text("id")?, version: fields.text("version")?, digest: fields.text("digest")? };
        fields.end(template)
    }
}

impl ReportRef {
    fn to_json(&self) -> Value {
        object([
            ("id", self.id.as_str().into()),
            ("title", self.title.as_str().into()),
            ("identifier", self.identifier.as_deref().into()),
            ("state", self.state.as_str().into()),
            ("revision", self.revision.into()),
        ])
    }

    fn read_from(mut fields: Fields) -> Option<Self> {
        let report = Self {
            id: fields.text("id")?,
            title: fields.text("title")?,
            identifier: fields.optional("identifier", |value| value.as_str().map(str::to_owned))?,
            state: fields.text("state")?,
            revision: fields.count("revision")?,
        };
        fields.end(report)
    }
}

impl Counts {
    fn to_json(&self) -> Value {
        object([
            ("answered", self.answered.into()),
            ("required", self.required.into()),
            ("errors", self.errors.into()),
            ("warnings", self.warnings.into()),
        ])
    }

    fn read_from(mut fields: Fields) -> Option<Self> {
        let counts = Self {
            answered: fields.count("answered")?,
            required: fields.count("required")?,
            errors: fields.optional("errors", Value::as_u64)?,
            warnings: fields.optional("warnings", Value::as_u64)?,
        };
        fields.end(counts)
    }
}

fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    Value::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// Fields that are taken out one by one, so that what is left over is noticed.
struct Fields(Map<String, Value>);

impl Fields {
    fn take(&mut self, name: &str) -> Option<Value> {
        // Keeping the order of what is left costs time and nobody looks at it.
        self.0.swap_remove(name)
    }

    fn text(&mut self, name: &str) -> Option<String> {
        match self.take(name)? {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    fn count(&mut self, name: &str) -> Option<u64> {
        self.take(name)?.as_u64()
    }

    /// A field that may be `null`, and may not be missing.
    fn optional<T>(&mut self, name: &str, read: impl Fn(&Value) -> Option<T>) -> Option<Option<T>> {
        match self.take(name)? {
            Value::Null => Some(None),
            value => read(&value).map(Some),
        }
    }

    fn part(&mut self, name: &str) -> Option<Fields> {
        match self.take(name)? {
            Value::Object(fields) => Some(Fields(fields)),
            _ => None,
        }
    }

    /// Gives `read` when nothing is left over. A field that this version does not know would be lost at the next
    /// save, so a record that has one is not taken for a record of this version.
    fn end<T>(self, read: T) -> Option<T> {
        self.0.is_empty().then_some(read)
    }
}
