//! Keywords on texts, and the counts of characters, items and properties.

use serde_json::Value;

use super::formats::Format;
use super::run::{Here, Run};
use super::schema::Counted;
use super::violation::{Kind, Obstacle};

/// `minLength` and `maxLength`, `minItems` and `maxItems`, `minProperties` and `maxProperties`
#[inline(never)]
pub(super) fn count(
    run: &mut Run<'_>,
    here: Here<'_>,
    keyword: &'static str,
    (of, most, want): (Counted, bool, usize),
    value: &Value,
) -> bool {
    let got = match (of, value) {
        // A character is a code point: not a byte, and not half of a surrogate pair.
        (Counted::Characters, Value::String(text)) => text.chars().count(),
        (Counted::Items, Value::Array(items)) => items.len(),
        (Counted::Properties, Value::Object(map)) => map.len(),
        _ => return true,
    };
    if if most { got <= want } else { got >= want } {
        return true;
    }
    run.fail(here, keyword, || match (of, most) {
        (Counted::Characters, false) => Kind::TooShort { got, want },
        (Counted::Characters, true) => Kind::TooLong { got, want },
        (Counted::Items, false) => Kind::TooFewItems { got, want },
        (Counted::Items, true) => Kind::TooManyItems { got, want },
        (Counted::Properties, false) => Kind::TooFewProperties { got, want },
        (Counted::Properties, true) => Kind::TooManyProperties { got, want },
    })
}

/// `pattern`
#[inline(never)]
pub(super) fn pattern(run: &mut Run<'_>, here: Here<'_>, pattern: &str, value: &Value) -> bool {
    let Value::String(text) = value else { return true };
    match run.patterns.matches(pattern, text) {
        Some(true) => true,
        Some(false) => run.fail(here, "pattern", || Kind::Pattern),
        None => run.fail(here, "pattern", || Kind::Unchecked(Obstacle::Pattern)),
    }
}

/// `format`, which most drafts only note.
#[inline(never)]
pub(super) fn format(run: &mut Run<'_>, here: Here<'_>, format: Format, always: bool, value: &Value) -> bool {
    let Value::String(text) = value else { return true };
    if !(always || run.assert_formats) || format.fits(text, run.patterns) {
        return true;
    }
    run.fail(here, "format", || Kind::Format { name: format.name().to_owned() })
}
