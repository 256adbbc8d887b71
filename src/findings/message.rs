//! From a violation to one sentence for the officer: what is wrong and what to do, with the label of the field. All
//! sentences stand in [`SENTENCES`], under the keys by which a translation replaces them.
//!
//! A template's own text for a keyword (`x-form.messages`) comes before the sentences here.

use serde_json::{Map, Value};

use super::evaluate::{Kind, Obstacle, Type, Types, Violation};

/// What else is known about the field.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// Its `format`, or its `x-form.widget` where that says what the text is (`partialDate`).
    pub format: Option<&'a str>,
}

/// Every sentence with its key. `{title}` is the label of the field; `{min}`, `{max}` and `{limit}` come from the schema.
#[rustfmt::skip]
pub const SENTENCES: &[(&str, &str)] = &[
    ("violation-required", "{title} is required."),
    ("violation-required-conditional", "{title} is required because of another entry."),
    ("violation-list", "Choose a value from the list for {title}."),
    ("violation-integer", "Enter a whole number for {title}."),
    ("violation-number", "Enter a number for {title}."),
    ("violation-text", "Enter a text for {title}."),
    ("violation-boolean", "Answer yes or no for {title}."),
    ("violation-array", "Enter a list for {title}."),
    ("violation-object", "Fill in the entries of {title}."),
    ("violation-null", "Leave {title} without an answer."),
    ("violation-type", "Enter another kind of value for {title}."),
    ("violation-declaration", "Tick {title} to confirm it."),
    ("violation-const", "{title} has a fixed value. Put it back."),
    ("violation-date", "Enter a date as year-month-day, for example 2025-03-14."),
    ("violation-no-such-day", "{title}: the calendar has no such day. Check day and month."),
    ("violation-partial-date", "Enter a year, a month or a day, for example 2025, 2025-03 or 2025-03-14."),
    ("violation-date-time", "Enter date and time in UTC, for example 2025-03-14T09:15:00Z."),
    ("violation-time", "Enter a time of day, for example 09:15:00Z."),
    ("violation-url", "Enter a full address that starts with https:// or http://."),
    ("violation-email", "Enter a valid e-mail address."),
    ("violation-pattern", "{title} has the wrong form."),
    ("violation-too-short", "{title} must have at least {min} characters."),
    ("violation-too-short-one", "{title} must have at least 1 character."),
    ("violation-too-long", "{title} may have at most {max} characters."),
    ("violation-too-long-one", "{title} may have at most 1 character."),
    ("violation-minimum", "{title} must be {limit} or more."),
    ("violation-above", "{title} must be more than {limit}."),
    ("violation-maximum", "{title} must be {limit} or less."),
    ("violation-below", "{title} must be less than {limit}."),
    ("violation-step", "{title} must be a multiple of {limit}."),
    ("violation-too-few", "Add at least {min} to {title}."),
    ("violation-too-many", "At most {max} entries are allowed in {title}."),
    ("violation-too-many-one", "At most 1 entry is allowed in {title}."),
    ("violation-twice", "Entries {min} and {max} of {title} are the same. Change or remove one."),
    ("violation-contains-few", "{title} needs at least {min} of the entries that are asked for."),
    ("violation-contains-many", "{title} may have at most {max} of the entries that are limited."),
    ("violation-unexpected", "{title} is not expected here. Remove it."),
    ("violation-name", "The name of {title} is not allowed. Change it."),
    ("violation-no-branch", "Check {title}: it fits none of the allowed forms."),
    ("violation-many-branches", "Check {title}: it fits more than one form where only one is allowed."),
    ("violation-not", "Change {title}: this value is not allowed here."),
    ("unchecked-pattern", "The format of {title} could not be checked."),
    ("unchecked-deep", "{title} could not be checked, because it is nested too deeply."),
    ("unchecked-much", "{title} could not be checked, because its form asks for too much work."),
    ("unchecked-digits", "{title} could not be checked, because the number has too many digits."),
    ("unchecked-no-schema", "{title} could not be checked, because the form does not describe it."),
];

/// The sentence for a violation. `label` is that of the field at [`Violation::place`], `messages` the
/// `x-form.messages` of its node: texts by keyword, in which the same marks may stand as in [`SENTENCES`].
pub fn sentence(
    violation: &Violation,
    label: &str,
    messages: Option<&Map<String, Value>>,
    context: Context<'_>,
) -> String {
    let bounds = bounds(&violation.kind);
    let own = messages.and_then(|messages| own_text(violation, messages));
    fill(own.unwrap_or_else(|| default_text(&violation.kind, context)), label, &bounds)
}

/// The sentence for a date whose form is right and whose day does not exist.
pub fn no_such_day(label: &str) -> String {
    let text = SENTENCES.iter().find(|(key, _)| *key == "violation-no-such-day").map_or("", |(_, text)| text);
    text.replace("{title}", label)
}

/// The template's text for a violation. What could not be checked is not wrong, so the template has no say in it.
fn own_text<'a>(violation: &Violation, messages: &'a Map<String, Value>) -> Option<&'a str> {
    if matches!(violation.kind, Kind::Unchecked(_)) {
        return None;
    }
    let text = |keyword: &str| messages.get(keyword).and_then(Value::as_str);
    text(violation.keyword).or_else(|| same_to_an_officer(&violation.kind).iter().find_map(|keyword| text(keyword)))
}

/// Keywords that are one thing to whoever writes the template, so that a text for one of them serves for all.
fn same_to_an_officer(kind: &Kind) -> &'static [&'static str] {
    match kind {
        Kind::Required { .. } => &["required", "dependentRequired", "dependencies"],
        Kind::NotInList => &["enum", "oneOf", "anyOf"],
        Kind::Pattern | Kind::Format { .. } => &["pattern", "format"],
        Kind::TooSmall { .. } => &["minimum", "exclusiveMinimum"],
        Kind::TooLarge { .. } => &["maximum", "exclusiveMaximum"],
        Kind::Contains { .. } => &["contains", "minContains", "maxContains"],
        Kind::Unevaluated => &["additionalProperties"],
        _ => &[],
    }
}

/// The text of [`SENTENCES`] for a violation, with its marks.
fn default_text(kind: &Kind, context: Context<'_>) -> &'static str {
    let key = default_key(kind, context);
    SENTENCES.iter().find(|(each, _)| *each == key).map_or("", |(_, text)| text)
}

fn default_key(kind: &Kind, context: Context<'_>) -> &'static str {
    match kind {
        Kind::Required { conditional: false, .. } => "violation-required",
        Kind::Required { conditional: true, .. } => "violation-required-conditional",
        Kind::Type { want } => type_key(*want, context),
        Kind::NotInList => "violation-list",
        Kind::Const { declaration: true } => "violation-declaration",
        Kind::Const { declaration: false } => "violation-const",
        Kind::Pattern => format_key(context.format).unwrap_or("violation-pattern"),
        Kind::Format { name } => format_key(context.format.or(Some(name))).unwrap_or("violation-pattern"),
        Kind::TooShort { want: 1, .. } => "violation-too-short-one",
        Kind::TooShort { .. } => "violation-too-short",
        Kind::TooLong { want: 1, .. } => "violation-too-long-one",
        Kind::TooLong { .. } => "violation-too-long",
        Kind::TooSmall { exclusive: false, .. } => "violation-minimum",
        Kind::TooSmall { exclusive: true, .. } => "violation-above",
        Kind::TooLarge { exclusive: false, .. } => "violation-maximum",
        Kind::TooLarge { exclusive: true, .. } => "violation-below",
        Kind::MultipleOf { step } if step == "1" => "violation-integer",
        Kind::MultipleOf { .. } => "violation-step",
        Kind::TooFewItems { .. } | Kind::TooFewProperties { .. } => "violation-too-few",
        Kind::TooManyItems { want: 1, .. } | Kind::TooManyProperties { want: 1, .. } => "violation-too-many-one",
        Kind::TooManyItems { .. } | Kind::TooManyProperties { .. } => "violation-too-many",
        Kind::NotUnique { .. } => "violation-twice",
        Kind::Contains { got, least, .. } if got < least => "violation-contains-few",
        Kind::Contains { .. } => "violation-contains-many",
        Kind::AdditionalItem { .. } | Kind::AdditionalProperty { .. } | Kind::Unevaluated | Kind::False => {
            "violation-unexpected"
        }
        Kind::PropertyName { .. } => "violation-name",
        Kind::NoBranch { .. } => "violation-no-branch",
        Kind::ManyBranches { .. } => "violation-many-branches",
        Kind::Not => "violation-not",
        Kind::Unchecked(why) => unchecked_key(*why),
    }
}

fn type_key(want: Types, context: Context<'_>) -> &'static str {
    let mut real = want.iter().filter(|each| *each != Type::Null);
    match (real.next(), real.next()) {
        (None, _) => "violation-null",
        (Some(Type::Integer), None) => "violation-integer",
        (Some(Type::Number), None) | (Some(Type::Integer), Some(Type::Number)) => "violation-number",
        (Some(Type::String), None) => format_key(context.format).unwrap_or("violation-text"),
        (Some(Type::Boolean), None) => "violation-boolean",
        (Some(Type::Array), None) => "violation-array",
        (Some(Type::Object), None) => "violation-object",
        _ => "violation-type",
    }
}

fn format_key(format: Option<&str>) -> Option<&'static str> {
    match format? {
        "date" => Some("violation-date"),
        "partialDate" => Some("violation-partial-date"),
        "date-time" => Some("violation-date-time"),
        "time" => Some("violation-time"),
        "uri" | "iri" => Some("violation-url"),
        "email" | "idn-email" => Some("violation-email"),
        _ => None,
    }
}

fn unchecked_key(why: Obstacle) -> &'static str {
    match why {
        Obstacle::Pattern => "unchecked-pattern",
        Obstacle::TooDeep => "unchecked-deep",
        Obstacle::TooMuch => "unchecked-much",
        Obstacle::Digits => "unchecked-digits",
        Obstacle::NoSubschema => "unchecked-no-schema",
    }
}

/// What stands for the marks in a text.
#[derive(Default)]
struct Bounds {
    min: String,
    max: String,
    limit: String,
}

fn bounds(kind: &Kind) -> Bounds {
    let none = Bounds::default;
    match kind {
        Kind::TooShort { want, .. } | Kind::TooFewItems { want, .. } | Kind::TooFewProperties { want, .. } => {
            Bounds { min: grouped(*want), ..none() }
        }
        Kind::TooLong { want, .. } | Kind::TooManyItems { want, .. } | Kind::TooManyProperties { want, .. } => {
            Bounds { max: grouped(*want), ..none() }
        }
        Kind::Contains { least, most, .. } => {
            Bounds { min: grouped(*least), max: most.map(grouped).unwrap_or_default(), ..none() }
        }
        // Officers count from one.
        Kind::NotUnique { first, second } => {
            Bounds { min: grouped(first.saturating_add(1)), max: grouped(second.saturating_add(1)), ..none() }
        }
        // A limit keeps the digits of the schema: it may be a year.
        Kind::TooSmall { limit, .. } => Bounds { min: limit.clone(), limit: limit.clone(), ..none() },
        Kind::TooLarge { limit, .. } => Bounds { max: limit.clone(), limit: limit.clone(), ..none() },
        Kind::MultipleOf { step } => Bounds { limit: step.clone(), ..none() },
        _ => none(),
    }
}

/// A count with commas between thousands.
fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (nth, digit) in digits.chars().enumerate() {
        if nth > 0 && (digits.len() - nth).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Puts label and bounds in place of the marks, in one pass: a label that looks like a mark stays as it is.
fn fill(text: &str, label: &str, bounds: &Bounds) -> String {
    let marks = [("{title}", label), ("{min}", &bounds.min), ("{max}", &bounds.max), ("{limit}", &bounds.limit)];
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let known = marks.iter().find_map(|(mark, by)| Some((from.strip_prefix(mark)?, by)));
        rest = match known {
            Some((after, by)) => {
                out.push_str(by);
                after
            }
            None => {
                out.push('{');
                from.get(1..).unwrap_or_default()
            }
        };
    }
    out.push_str(rest);
    out
}
