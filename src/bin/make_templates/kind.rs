//! The types of the field tables: `string:date`, `code[]`, `object[] {text, plan}` and so on.

/// What one value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Long text.
    Text,
    /// Short text.
    String,
    /// Text of a named format.
    Format(String),
    /// Whole number.
    Integer,
    /// Number.
    Number,
    /// Yes or no.
    Boolean,
    /// A code of a list.
    Code,
    /// One of a few codes that stand in the type itself.
    Choice(Vec<String>),
    /// The key of something elsewhere: `person`, `source`, `report` …
    Ref(String),
    /// A shared type: `statement`, `sourceRef` …
    Shared(String),
    /// An object that stands in the type itself: its keys and their types.
    Inline(Vec<InlineKey>),
}

/// One key of an object that stands in a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InlineKey {
    /// The property.
    pub key: String,
    /// Its type; `string` when none is given.
    pub kind: String,
    /// Its codelist, or a dash.
    pub codelist: String,
}

/// A type: what one value is, and whether there are several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Type {
    /// What one value is.
    pub kind: Kind,
    /// Whether it is a list of them.
    pub list: bool,
}

impl Type {
    /// Reads a type. An object with a number of repeats is a list, also when its type does not say so.
    pub fn parse(text: &str, repeats: bool) -> Option<Self> {
        if let Some(rest) = text.strip_prefix("object") {
            let (list, rest) = list_of(rest);
            let kind = match rest.trim().strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
                Some(keys) => Kind::Inline(inline_keys(keys)?),
                None => Kind::Shared(rest.trim().to_owned()),
            };
            return Some(Self { kind, list: list || repeats });
        }
        if let Some(format) = text.strip_prefix("string[] ") {
            return Some(Self { kind: Kind::Format(format.to_owned()), list: true });
        }
        let (one, list) = match text.strip_suffix("[]") {
            Some(one) => (one, true),
            None => (text, false),
        };
        Some(Self { kind: scalar(one)?, list })
    }
}

fn list_of(rest: &str) -> (bool, &str) {
    rest.strip_prefix("[]").map_or((false, rest), |rest| (true, rest))
}

fn scalar(text: &str) -> Option<Kind> {
    Some(match text {
        "text" => Kind::Text,
        "string" => Kind::String,
        "date" | "partialDate" => Kind::Format(text.to_owned()),
        "integer" => Kind::Integer,
        "number" => Kind::Number,
        "boolean" => Kind::Boolean,
        "code" => Kind::Code,
        "statement" | "sourceRef" => Kind::Shared(text.to_owned()),
        _ => {
            if let Some(codes) = text.strip_prefix("enum(").and_then(|rest| rest.strip_suffix(')')) {
                Kind::Choice(codes.split(',').map(str::to_owned).collect())
            } else if let Some(format) = text.strip_prefix("string:") {
                Kind::Format(format.to_owned())
            } else {
                Kind::Ref(text.strip_prefix("ref:")?.to_owned())
            }
        }
    })
}

/// Splits `a, b:code(list), c:enum(x,y)`. `a or b` names two keys.
fn inline_keys(text: &str) -> Option<Vec<InlineKey>> {
    let mut keys = Vec::new();
    for part in split_outside(text) {
        for one in part.split(" or ") {
            let (key, kind) = one.trim().split_once(':').unwrap_or((one.trim(), "string"));
            let list = kind.strip_prefix("code").and_then(|rest| rest.split_once('('));
            let (kind, codelist) = match list {
                Some((brackets, list)) => (format!("code{brackets}"), list.strip_suffix(')')?.to_owned()),
                None => (kind.to_owned(), "-".to_owned()),
            };
            keys.push(InlineKey { key: key.to_owned(), kind, codelist });
        }
    }
    Some(keys)
}

/// Splits at the commas that stand in no bracket.
fn split_outside(text: &str) -> Vec<&str> {
    let mut depth = 0_u32;
    let mut start = 0;
    let mut parts = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.extend(text.get(start..at));
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.extend(text.get(start..));
    parts
}
