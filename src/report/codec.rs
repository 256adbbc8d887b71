//! Box text to value and back, for every widget that is typed into. Text that is no value yet is kept as text, so that a
//! reload does not lose it; the check says what is wrong with it.

use serde_json::{Number, Value};

use crate::float;
pub use crate::template::DateParts;
use crate::template::{Codelist, Widget};

/// How many lists and objects may lie inside each other in typed JSON. A draft keeps twice as many.
const DEEPEST_JSON: usize = 64;

/// The value that the text of a box stands for; `None` is no answer. White space alone is no answer.
pub fn parse(widget: Widget, codelist: Option<&Codelist>, text: &str) -> Option<Value> {
    let typed = text.trim();
    if typed.is_empty() {
        return None;
    }
    Some(match widget {
        Widget::Number { whole } => number(typed, whole).unwrap_or_else(|| Value::String(text.to_owned())),
        Widget::Tick | Widget::YesNo | Widget::Declaration => match typed {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            _ => Value::String(text.to_owned()),
        },
        Widget::Json => json(typed).unwrap_or_else(|| Value::String(text.to_owned())),
        Widget::Radios | Widget::List | Widget::Grade | Widget::Combobox { .. } => {
            let known = codelist.and_then(|list| list.named(typed)).map(|entry| entry.value.clone());
            known.unwrap_or_else(|| Value::String(typed.to_owned()))
        }
        // A text area gives line feeds only; a pasted or restored text may hold both.
        _ => Value::String(text.replace("\r\n", "\n").replace('\r', "\n")),
    })
}

/// What the box shows for a value.
pub fn show(widget: Widget, codelist: Option<&Codelist>, value: Option<&Value>) -> String {
    match (widget, value) {
        (_, None | Some(Value::Null)) => String::new(),
        (Widget::Combobox { .. }, Some(value)) => {
            let titled = codelist.and_then(|list| list.find(value)).map(|entry| entry.title.clone());
            titled.unwrap_or_else(|| plain(value))
        }
        // A text that would be read as something else stands in quotation marks.
        (Widget::Json, Some(value @ Value::String(text))) if text.trim().is_empty() || json(text.trim()).is_some() => {
            value.to_string()
        }
        (_, Some(value)) => plain(value),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A number exactly as typed, when the typed text is a JSON number. `1,5` and `007` are none and are asked about.
fn number(typed: &str, whole: bool) -> Option<Value> {
    let digits = typed.strip_prefix('-').unwrap_or(typed);
    if whole && !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    serde_json::from_str::<Number>(typed).ok().filter(is_storable)?;
    // The reader writes exponents in a form of its own; what was typed stays as it is.
    Some(Value::Number(Number::from_string_unchecked(typed.to_owned())))
}

/// Typed JSON that can be kept and read again: no number beyond what floating point holds, not too many levels.
fn json(typed: &str) -> Option<Value> {
    serde_json::from_str(typed).ok().filter(|value| is_keepable(value, DEEPEST_JSON))
}

fn is_keepable(value: &Value, levels: usize) -> bool {
    match value {
        Value::Number(number) => is_storable(number),
        Value::Array(items) => levels > 0 && items.iter().all(|item| is_keepable(item, levels - 1)),
        Value::Object(map) => levels > 0 && map.values().all(|part| is_keepable(part, levels - 1)),
        _ => true,
    }
}

fn is_storable(number: &Number) -> bool {
    float::nearest(number.as_str()).is_some()
}
