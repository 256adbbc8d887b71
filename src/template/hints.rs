//! `x-form`: the presentational part of a template, as typed fields. FORMAT.md, section 1, names every key.

use std::fmt;

use serde_json::{Map, Value};

use super::Pointer;
use super::expr::{Expr, ExprError};
use super::subschema::Subschema;

/// A hint that cannot be read; the template is refused with this reason.
#[derive(Clone, Debug)]
pub enum HintError {
    /// An expression that is not one.
    Expression {
        /// The key of `x-form`.
        key: String,
        /// What is wrong with it, and where.
        error: ExprError,
    },
    /// A key with a value of another kind than it needs.
    Kind {
        /// The key of `x-form`.
        key: &'static str,
    },
}

impl fmt::Display for HintError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Expression { key, error } => write!(f, "x-form.{key} is no expression: {error}"),
            Self::Kind { key } => write!(f, "x-form.{key} has a value of the wrong kind"),
        }
    }
}

impl std::error::Error for HintError {}

/// What the application fills in by itself.
#[derive(Clone, Debug)]
pub enum SetBy {
    /// A number with a prefix, given when an item is made and never given again: S1, S2.
    Number {
        /// The letters before the number.
        prefix: String,
    },
    /// The report identifier, proposed from the siblings `country` and `reportDate`.
    ReportId,
    /// The id of the template.
    TemplateId,
    /// The version of the template.
    TemplateVersion,
    /// True for samples: started from the worked example, or as soon as the expression holds; never taken back.
    Sample(Option<Expr>),
    /// A mark only: the post's own word for the state of the report. It is still typed.
    ReportStatus,
}

/// Where a reference chooses from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum From {
    /// The items of an array of the same report.
    Items(Pointer),
    /// The reports in this browser.
    Workspace,
}

/// A choice among the items of another array, stored by their key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Where the items are.
    pub from: From,
    /// The property that is stored.
    pub key: String,
    /// The text that is read, with properties in braces: `{id}, {role}`.
    pub label: String,
}

/// All hints of one subschema.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    /// The widget asked for, where the schema alone does not tell.
    pub widget: Option<String>,
    /// The sentence under the label.
    pub hint: Option<String>,
    /// The unit after the box.
    pub unit: Option<String>,
    /// The width of the box: `4`, `8`, `16`, `28` or `full`.
    pub width: Option<String>,
    /// Whether the field stands beside the next one of its kind when there is room.
    pub pair: bool,
    /// The caption in the section list.
    pub part: Option<String>,
    /// Why a conditional field is asked.
    pub why: Option<String>,
    /// One line that stands for an item, with properties in braces.
    pub summary: Option<String>,
    /// What one item is called, in lower case.
    pub item_title: Option<String>,
    /// The field is asked while this holds.
    pub show_if: Option<Expr>,
    /// The field is required while this holds.
    pub required_if: Option<Expr>,
    /// The value, when it is calculated.
    pub calculate: Option<Expr>,
    /// Named expressions for `calculate`.
    pub with: Vec<(String, Expr)>,
    /// Which options are offered.
    pub filter: Option<Expr>,
    /// A choice among other items.
    pub reference: Option<Reference>,
    /// A mark for rules over all of a kind.
    pub mark: Option<String>,
    /// What the application fills in.
    pub set: Option<SetBy>,
    /// A list that is offered, not enforced.
    pub codelist: Option<String>,
    /// Texts for keywords.
    pub messages: Map<String, Value>,
    /// `no`, `official`, `scan` or `pseudonymous`.
    pub personal_data: Option<String>,
}

impl Hints {
    /// Reads the hints of a subschema.
    ///
    /// # Errors
    /// When an expression is not one, or a key has a value of the wrong kind.
    pub fn read(schema: &Subschema<'_>) -> Result<Self, HintError> {
        let text = |key| text(schema, key);
        let pair = schema.hint("pair").map(|pair| pair.as_bool().ok_or(HintError::Kind { key: "pair" })).transpose()?;
        Ok(Self {
            widget: text("widget")?,
            hint: text("hint")?.or_else(|| schema.text("description").map(str::to_owned)),
            unit: text("unit")?,
            width: text("width")?,
            pair: pair == Some(true),
            part: text("part")?,
            why: text("why")?,
            summary: text("summary")?,
            item_title: text("itemTitle")?,
            show_if: expression(schema, "showIf")?,
            required_if: expression(schema, "requiredIf")?,
            calculate: expression(schema, "calculate")?,
            with: named(schema)?,
            filter: expression(schema, "filter")?,
            reference: schema.hint("ref").map(reference).transpose()?,
            mark: text("type")?,
            set: schema.hint("set").map(set_by).transpose()?,
            codelist: codelist(schema)?,
            messages: messages(schema)?,
            personal_data: text("personalData")?,
        })
    }

    /// Whether the application, not the person, gives the value.
    pub fn is_given(&self) -> bool {
        self.calculate.is_some() || matches!(&self.set, Some(set) if !matches!(set, SetBy::ReportStatus))
    }
}

fn text(schema: &Subschema<'_>, key: &'static str) -> Result<Option<String>, HintError> {
    match schema.hint(key) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(HintError::Kind { key }),
    }
}

/// The name of one list. Several lists, of which a value may come from any, are not offered; they are no mistake.
fn codelist(schema: &Subschema<'_>) -> Result<Option<String>, HintError> {
    match schema.hint("codelist") {
        Some(Value::Array(names)) if names.iter().all(Value::is_string) => Ok(None),
        _ => text(schema, "codelist"),
    }
}

/// Texts are joined keyword by keyword; those at the place come before those of a shared type.
fn messages(schema: &Subschema<'_>) -> Result<Map<String, Value>, HintError> {
    const WRONG: HintError = HintError::Kind { key: "messages" };
    let mut joined = Map::new();
    for messages in schema.hints("messages") {
        for (keyword, text) in messages.as_object().ok_or(WRONG)? {
            if !text.is_string() {
                return Err(WRONG);
            }
            joined.entry(keyword.clone()).or_insert_with(|| text.clone());
        }
    }
    Ok(joined)
}

fn parse(key: &str, source: &str) -> Result<Expr, HintError> {
    Expr::parse(source).map_err(|error| HintError::Expression { key: key.to_owned(), error })
}

fn expression(schema: &Subschema<'_>, key: &'static str) -> Result<Option<Expr>, HintError> {
    match schema.hint(key) {
        None => Ok(None),
        Some(Value::String(source)) => parse(key, source).map(Some),
        Some(_) => Err(HintError::Kind { key }),
    }
}

fn named(schema: &Subschema<'_>) -> Result<Vec<(String, Expr)>, HintError> {
    let Some(with) = schema.hint("with") else { return Ok(Vec::new()) };
    let with = with.as_object().ok_or(HintError::Kind { key: "with" })?;
    let source = |value: &Value| value.as_str().map(str::to_owned).ok_or(HintError::Kind { key: "with" });
    with.iter().map(|(name, value)| Ok((name.clone(), parse(&format!("with.{name}"), &source(value)?)?))).collect()
}

fn set_by(value: &Value) -> Result<SetBy, HintError> {
    const WRONG: HintError = HintError::Kind { key: "set" };
    match value.as_str() {
        Some("reportId") => return Ok(SetBy::ReportId),
        Some("templateId") => return Ok(SetBy::TemplateId),
        Some("templateVersion") => return Ok(SetBy::TemplateVersion),
        Some("sample") => return Ok(SetBy::Sample(None)),
        Some("reportStatus") => return Ok(SetBy::ReportStatus),
        Some(_) => return Err(WRONG),
        None => {}
    }
    if let Some(source) = value.get("sample").and_then(Value::as_str) {
        return Ok(SetBy::Sample(Some(parse("set.sample", source)?)));
    }
    let prefix = value.get("id").and_then(|id| id.get("prefix")).and_then(Value::as_str).ok_or(WRONG)?;
    Ok(SetBy::Number { prefix: prefix.to_owned() })
}

fn reference(value: &Value) -> Result<Reference, HintError> {
    const WRONG: HintError = HintError::Kind { key: "ref" };
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    let key = text("key").ok_or(WRONG)?.to_owned();
    let from = match text("from").ok_or(WRONG)? {
        "workspace" => From::Workspace,
        place => From::Items(Pointer::parse(place).map_err(|_| WRONG)?),
    };
    let label = text("label").map_or_else(|| format!("{{{key}}}"), str::to_owned);
    Ok(Reference { from, key, label })
}
