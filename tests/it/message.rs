//! The sentences that officers read.

use std::collections::BTreeSet;

use chancery::findings::evaluate::{Evaluator, Kind, Obstacle, Type, Types, Violation};
use chancery::findings::message::{Context, SENTENCES, sentence};
use chancery::template::Pointer;
use serde_json::{Map, Value, json};

use crate::patterns::NativePatterns;

fn violation(keyword: &'static str, kind: Kind) -> Violation {
    Violation { pointer: Pointer::root(), document: 0, schema_location: Pointer::root(), keyword, kind }
}

fn said(keyword: &'static str, kind: Kind) -> String {
    sentence(&violation(keyword, kind), "Date of event", None, Context::default())
}

/// What is said about a value, from the schema on.
fn about(schema: Value, value: Value, format: Option<&str>) -> String {
    let found = Evaluator::new(&schema, &[]).unwrap().violations(&value, &NativePatterns::default());
    let first = found.into_iter().flat_map(Violation::speaking).next().unwrap();
    sentence(&first, "Months", None, Context { format })
}

fn messages(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

#[test]
fn the_defaults_of_the_catalogue_stand_word_for_word() {
    for (schema, value, format, text) in [
        (json!({"required": ["m"]}), json!({}), None, "Months is required."),
        (
            json!({"dependentRequired": {"a": ["m"]}}),
            json!({"a": 1}),
            None,
            "Months is required because of another entry.",
        ),
        (
            json!({"oneOf": [{"const": "a", "title": "A"}]}),
            json!("b"),
            None,
            "Choose a value from the list for Months.",
        ),
        (json!({"type": "integer"}), json!("x"), None, "Enter a whole number for Months."),
        (json!({"type": ["number", "null"]}), json!("x"), None, "Enter a number for Months."),
        (
            json!({"pattern": "^[0-9]{4}$"}),
            json!("x"),
            Some("date"),
            "Enter a date as year-month-day, for example 2025-03-14.",
        ),
        (
            json!({"pattern": "^[0-9]{4}$"}),
            json!("x"),
            Some("partialDate"),
            "Enter a year, a month or a day, for example 2025, 2025-03 or 2025-03-14.",
        ),
        (json!({"minItems": 2}), json!([]), None, "Add at least 2 to Months."),
        (json!({"maxItems": 2}), json!([1, 2, 3]), None, "At most 2 entries are allowed in Months."),
        (json!({"maxLength": 10_000}), json!("x".repeat(10_001)), None, "Months may have at most 10,000 characters."),
    ] {
        assert_eq!(about(schema, value, format), text);
    }
}

#[test]
fn a_limit_on_a_number_keeps_its_digits_since_it_may_be_a_year() {
    assert_eq!(about(json!({"maximum": 2100}), json!(2101), None), "Months must be 2100 or less.");
    assert_eq!(about(json!({"exclusiveMinimum": 0}), json!(0), None), "Months must be more than 0.");
    assert_eq!(about(json!({"multipleOf": 1}), json!(0.5), None), "Enter a whole number for Months.");
}

#[test]
fn equal_entries_are_counted_from_one() {
    let text = about(json!({"uniqueItems": true}), json!(["a", "b", "a"]), None);
    assert_eq!(text, "Entries 1 and 3 of Months are the same. Change or remove one.");
}

#[test]
fn the_text_of_the_template_comes_first_with_its_marks_filled() {
    let own = messages(json!({"minLength": "{title}: {min} or more, please see {annex}.", "pattern": 3}));
    let say = |keyword, kind| sentence(&violation(keyword, kind), "Name", Some(&own), Context::default());
    assert_eq!(say("minLength", Kind::TooShort { got: 1, want: 3 }), "Name: 3 or more, please see {annex}.");
    assert_eq!(say("maxLength", Kind::TooLong { got: 5, want: 3 }), "Name may have at most 3 characters.");
    assert_eq!(say("pattern", Kind::Pattern), "Name has the wrong form.");
}

#[test]
fn a_text_serves_for_all_keywords_that_mean_the_same_to_an_officer() {
    let own = messages(json!({"required": "R", "enum": "E", "pattern": "P", "minimum": "M"}));
    let say = |keyword, kind| sentence(&violation(keyword, kind), "Name", Some(&own), Context::default());
    assert_eq!(say("dependentRequired", Kind::Required { property: "a".into(), conditional: true }), "R");
    assert_eq!(say("oneOf", Kind::NotInList), "E");
    assert_eq!(say("format", Kind::Format { name: "date".into() }), "P");
    assert_eq!(say("exclusiveMinimum", Kind::TooSmall { limit: "1".into(), exclusive: true }), "M");
}

#[test]
fn what_could_not_be_checked_is_not_called_wrong() {
    let own = messages(json!({"pattern": "Report identifier must look like XA-CC-2025-0001."}));
    let unchecked = violation("pattern", Kind::Unchecked(Obstacle::Pattern));
    let text = sentence(&unchecked, "Report identifier", Some(&own), Context::default());
    assert_eq!(text, "The format of Report identifier could not be checked.");
}

#[test]
fn a_label_that_looks_like_a_mark_stays_as_it_is() {
    let kind = Kind::TooLong { got: 9, want: 3 };
    let text = sentence(&violation("maxLength", kind), "{max} {title} {", None, Context::default());
    assert_eq!(text, "{max} {title} { may have at most 3 characters.");
}

#[test]
fn every_sentence_is_said_for_something_and_every_kind_has_one() {
    let one = |kind: Type| Kind::Type { want: Types::default().with(kind) };
    let count =
        |want| [Kind::TooShort { got: 0, want }, Kind::TooLong { got: 9, want }, Kind::TooManyItems { got: 9, want }];
    let limit = |exclusive| {
        let limit = "5".to_owned();
        [Kind::TooSmall { limit: limit.clone(), exclusive }, Kind::TooLarge { limit, exclusive }]
    };
    let property = || "p".to_owned();
    let mut kinds = vec![
        Kind::Required { property: property(), conditional: false },
        Kind::Required { property: property(), conditional: true },
        Kind::Type { want: Types::default().with(Type::Array).with(Type::Object) },
        Kind::NotInList,
        Kind::Const { declaration: true },
        Kind::Const { declaration: false },
        Kind::Pattern,
        Kind::MultipleOf { step: "0.25".into() },
        Kind::TooFewItems { got: 0, want: 2 },
        Kind::TooFewProperties { got: 0, want: 2 },
        Kind::TooManyProperties { got: 3, want: 2 },
        Kind::NotUnique { first: 0, second: 1 },
        Kind::Contains { got: 0, least: 1, most: None },
        Kind::Contains { got: 3, least: 1, most: Some(2) },
        Kind::AdditionalItem { index: 2 },
        Kind::AdditionalProperty { property: property() },
        Kind::PropertyName { property: property() },
        Kind::NoBranch { branch: None, violations: Vec::new() },
        Kind::ManyBranches { branches: vec![0, 1] },
        Kind::Not,
        Kind::False,
        Kind::Unevaluated,
    ];
    kinds.extend(
        [Type::Null, Type::Boolean, Type::Integer, Type::Number, Type::String, Type::Array, Type::Object].map(one),
    );
    kinds.extend([count(1), count(2)].into_iter().flatten());
    kinds.extend([limit(true), limit(false)].into_iter().flatten());
    let formats = ["date", "partialDate", "date-time", "time", "uri", "email", "uuid"];
    kinds.extend(formats.map(|name| Kind::Format { name: name.to_owned() }));
    use Obstacle::{Digits, NoSubschema, Pattern, TooDeep, TooMuch};
    kinds.extend([Digits, NoSubschema, Pattern, TooDeep, TooMuch].map(Kind::Unchecked));

    let mut texts: BTreeSet<String> = kinds.into_iter().map(|kind| said("", kind)).collect();
    texts.insert(chancery::findings::message::no_such_day("Date"));
    for text in &texts {
        assert!(text.len() > 10 && text.ends_with('.') && !text.contains(['{', '}', '!']), "{text:?}");
    }
    assert_eq!(texts.len(), SENTENCES.len(), "as many sentences as are in the table");
    let keys: BTreeSet<&str> = SENTENCES.iter().map(|(key, _)| *key).collect();
    assert_eq!(keys.len(), SENTENCES.len(), "no key stands for two sentences");
}
