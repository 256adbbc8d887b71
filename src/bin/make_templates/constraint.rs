//! The constraint cell of a row: `3 to 80 characters => message` as keywords and messages.

use serde_json::{Map, Value, json};

/// What a constraint cell says.
#[derive(Default, Debug)]
pub struct Constraint {
    /// Keywords for the value, such as `minLength`.
    pub keywords: Map<String, Value>,
    /// The message, if the cell has one.
    pub message: Option<String>,
    /// The keywords that the message is for. None: it is for an answer that is missing.
    pub speaks_for: Vec<&'static str>,
    /// The cell names a key of the objects in the list; the rest of the cell is for that key.
    pub inner: Option<(String, String)>,
    /// The constraint is a cross-field rule, which says its own message.
    pub is_rule: bool,
}

impl Constraint {
    /// Reads a cell. `pattern_of` gives the pattern of a named format, `template_id` the value of the one `const`.
    pub fn parse(cell: &str, template_id: &str, pattern_of: impl Fn(&str) -> Option<String>) -> Self {
        let (rule, message) = match cell.split_once(" => ") {
            Some((rule, message)) => (rule, Some(message.to_owned())),
            None => (cell, None),
        };
        let mut found = Self { message, ..Self::default() };
        let mut set = |keyword: &'static str, value: Value| {
            found.keywords.insert(keyword.to_owned(), value);
            found.speaks_for.push(keyword);
        };
        let words: Vec<&str> = rule.split(' ').collect();
        match *words.as_slice() {
            ["-"] => {}
            [min, "to", max, "characters"] if both(min, max).is_some() => {
                set("minLength", number(min).into());
                set("maxLength", number(max).into());
            }
            [min, "characters", "or", "more"] if number(min).is_some() => set("minLength", number(min).into()),
            ["at", "most", max, "characters"] if number(max).is_some() => set("maxLength", number(max).into()),
            [min, "or", "more"] if number(min).is_some() => set("minimum", number(min).into()),
            ["more", "than", min] if number(min).is_some() => set("exclusiveMinimum", number(min).into()),
            [min, "to", max] if both(min, max).is_some() => {
                set("minimum", number(min).into());
                set("maximum", number(max).into());
            }
            ["pattern", name] => {
                set("pattern", pattern_of(name).unwrap_or_else(|| name.to_owned()).into());
            }
            ["const", "true"] => {
                set("const", json!(true));
                found.speaks_for.push("required");
            }
            ["const", "of", "the", "template"] => set("const", template_id.into()),
            ["64", "hexadecimal", "digits"] | ["https", "or", "http"] | ["e-mail"] | ["ISO", "3166-1", ..] => {
                // The type of the field names the format; here is only its message.
                found.speaks_for.push("pattern");
            }
            ["one", "letter", "or", "letter", "and", "digit"] => set("pattern", "^[A-Z][0-9]?$".into()),
            [key, min, "characters", "or", "more"] if number(min).is_some() => {
                let rest = cell.strip_prefix(key).unwrap_or_default().trim_start().to_owned();
                found.inner = Some((key.to_owned(), rest));
                found.message = None;
            }
            _ => found.is_rule = true,
        }
        found
    }
}

/// Reads `1,500`.
fn number(text: &str) -> Option<u64> {
    text.replace(',', "").parse().ok()
}

fn both(min: &str, max: &str) -> Option<(u64, u64)> {
    Some((number(min)?, number(max)?))
}
