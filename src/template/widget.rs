//! Which input a field is drawn with: the `Widget` enum and the one function that chooses it.

use super::codelist::Codelist;
use super::hints::{From, Hints, SetBy};
use super::subschema::Subschema;

/// Up to this many choices are radios.
const RADIOS: usize = 5;
/// Up to this many choices are a list; above it, a box that searches.
const LIST: usize = 12;
/// A text that may be longer than this is a growing area.
const ONE_LINE: usize = 200;

/// The kind of input a field is drawn with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Widget {
    /// One line of text.
    Text,
    /// A growing text area with a counter.
    Area,
    /// Typed digits; the typed text is kept while it is no number.
    Number {
        /// Whether only whole numbers are answers.
        whole: bool,
    },
    /// A date in three boxes.
    Date,
    /// A date of which month and day may stay open, with marks for uncertain and approximate.
    PartialDate,
    /// One optional checkbox.
    Tick,
    /// Yes or no, as radios.
    YesNo,
    /// A checkbox that only a person ticks and that must be ticked.
    Declaration,
    /// Radios, one choice.
    Radios,
    /// A list, one choice.
    List,
    /// A box that searches in a list. `open` lists take other texts too.
    Combobox {
        /// Whether a text outside the list is an answer.
        open: bool,
    },
    /// Checkboxes, several choices.
    Checkboxes,
    /// A box that searches and adds; `open` lists take other texts too.
    Several {
        /// Whether a text outside the list is an answer.
        open: bool,
    },
    /// A scale of grades with the last one apart.
    Grade,
    /// One item of another array of the report.
    Item,
    /// Several items of another array of the report.
    Items,
    /// The identifier of a report, typed or chosen from this browser.
    Report,
    /// The report identifier, proposed by the application.
    ReportId,
    /// Set or calculated by the application; shown as text.
    Given,
    /// Anything else, as JSON text.
    Json,
}

/// The widget of a subschema that holds no fields of its own.
pub fn choose(schema: &Subschema<'_>, hints: &Hints, codelist: Option<&Codelist>, required: bool) -> Widget {
    match &hints.set {
        Some(SetBy::ReportId) => return Widget::ReportId,
        _ if hints.is_given() || schema.get("readOnly").and_then(serde_json::Value::as_bool) == Some(true) => {
            return Widget::Given;
        }
        _ => {}
    }
    let listed = hints.codelist.is_some();
    if schema.is_type("array") {
        return match &hints.reference {
            Some(_) => Widget::Items,
            None if listed && codelist.is_none() => Widget::Several { open: true },
            None => match codelist.map(|list| list.entries().len()) {
                Some(count) if count <= LIST => Widget::Checkboxes,
                Some(_) => Widget::Several { open: false },
                None => Widget::Json,
            },
        };
    }
    if let Some(reference) = &hints.reference {
        return if reference.from == From::Workspace { Widget::Report } else { Widget::Item };
    }
    if let Some(list) = codelist {
        return match list.entries().len() {
            _ if hints.widget.as_deref() == Some("grade") => Widget::Grade,
            count if hints.filter.is_some() && count > RADIOS => Widget::Combobox { open: false },
            count if count <= RADIOS => Widget::Radios,
            count if count <= LIST => Widget::List,
            _ => Widget::Combobox { open: false },
        };
    }
    if listed {
        return Widget::Combobox { open: true };
    }
    scalar(schema, hints, required)
}

fn scalar(schema: &Subschema<'_>, hints: &Hints, required: bool) -> Widget {
    if schema.is_type("boolean") {
        return match schema.get("const").map(serde_json::Value::as_bool) {
            Some(Some(true)) => Widget::Declaration,
            Some(_) => Widget::Given,
            None if required => Widget::YesNo,
            None => Widget::Tick,
        };
    }
    if schema.get("const").is_some() {
        return Widget::Given;
    }
    if schema.is_type("integer") || schema.is_type("number") {
        return Widget::Number { whole: !schema.is_type("number") };
    }
    if schema.is_type("string") {
        return match hints.widget.as_deref() {
            Some("partialDate") => Widget::PartialDate,
            Some("textarea") => Widget::Area,
            _ if schema.text("format") == Some("date") => Widget::Date,
            _ if schema.count("maxLength").is_some_and(|most| most > ONE_LINE) && hints.width.is_none() => Widget::Area,
            _ => Widget::Text,
        };
    }
    Widget::Json
}
