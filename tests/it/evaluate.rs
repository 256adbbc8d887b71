//! What the evaluator says about values: where, which keyword, and what is left unsaid. Whether a value is valid at all
//! is the matter of `evaluate_suite`.

use chancery::findings::evaluate::{Evaluator, Kind, Obstacle, Patterns, Type, Violation};
use chancery::template::Pointer;
use serde_json::{Value, json};

use crate::patterns::NativePatterns;

pub fn read(schema: &Value) -> Evaluator {
    Evaluator::new(schema, &[]).unwrap()
}

pub fn violations(schema: &Value, value: &Value) -> Vec<Violation> {
    let found = read(schema).violations(value, &NativePatterns::default());
    assert_eq!(read(schema).is_valid(value, &NativePatterns::default()), found.is_empty());
    found
}

/// Place and keyword of each violation.
pub fn found(schema: &Value, value: &Value) -> Vec<String> {
    violations(schema, value).iter().map(|each| format!("{} {}", each.place(), each.keyword)).collect()
}

pub fn only(schema: &Value, value: &Value) -> Kind {
    let mut found = violations(schema, value);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0).kind
}

#[test]
fn a_missing_property_is_placed_where_it_would_stand() {
    let schema = json!({"properties": {"event": {"required": ["date"]}}});
    let found = violations(&schema, &json!({"event": {}}));
    assert_eq!(found[0].pointer.to_string(), "/event");
    assert_eq!(found[0].place().to_string(), "/event/date");
    assert_eq!(found[0].kind, Kind::Required { property: "date".into(), conditional: false });
}

#[test]
fn the_schema_location_is_that_of_the_subschema_after_its_reference() {
    let schema = json!({
        "properties": {"people": {"items": {"$ref": "#/$defs/a~1person"}}},
        "$defs": {"a/person": {"properties": {"age": {"minimum": 18}}}}
    });
    let found = violations(&schema, &json!({"people": [{"age": 20}, {"age": 17}]}));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].pointer.to_string(), "/people/1/age");
    assert_eq!(found[0].schema_location.to_string(), "/$defs/a~1person/properties/age");
    assert_eq!((found[0].keyword, found[0].document), ("minimum", 0));
}

#[test]
fn a_violation_of_another_document_names_that_document() {
    let other = json!({"$id": "https://example.org/age", "$defs": {"adult": {"minimum": 18}}});
    let schema = json!({"properties": {"age": {"$ref": "https://example.org/age#/$defs/adult"}}});
    let evaluator = Evaluator::new(&schema, &[json!({}), other]).unwrap();
    let found = evaluator.violations(&json!({"age": 3}), &NativePatterns::default());
    assert_eq!((found[0].document, found[0].schema_location.to_string()), (2, "/$defs/adult".to_owned()));
}

#[test]
fn violations_come_in_the_order_of_the_schema_and_then_of_the_items() {
    let schema = json!({
        "required": ["z"],
        "properties": {
            "b": {"items": {"type": "integer"}}, "a": {"type": "string", "maxLength": 1}, "c": {"minimum": 5}
        }
    });
    let value = json!({"a": "xx", "c": 1, "b": [1, "x", null]});
    assert_eq!(found(&schema, &value), ["/z required", "/b/1 type", "/b/2 type", "/a maxLength", "/c minimum"]);
}

#[test]
fn one_field_is_checked_against_its_own_subschema() {
    let schema = json!({
        "required": ["event"],
        "properties": {"event": {"properties": {"date": {"type": "string", "minLength": 10}}}}
    });
    let at = Pointer::parse("/properties/event/properties/date").unwrap();
    let check = |value| read(&schema).violations_at(&at, &value, &NativePatterns::default());
    assert_eq!(check(json!("2026-11-20")), []);
    assert_eq!(check(json!("2026"))[0].kind, Kind::TooShort { got: 4, want: 10 });
    assert_eq!(check(json!("2026"))[0].pointer, Pointer::root());
}

#[test]
fn a_field_without_a_subschema_is_not_called_valid() {
    let at = Pointer::parse("/properties/nothing").unwrap();
    let found = read(&json!({})).violations_at(&at, &json!(1), &NativePatterns::default());
    assert_eq!(found[0].kind, Kind::Unchecked(Obstacle::NoSubschema));
}

#[test]
fn a_value_of_the_wrong_type_is_only_told_its_type() {
    let schema = json!({"type": ["integer", "null"], "minimum": 3, "enum": [4, 5, null], "multipleOf": 2});
    match only(&schema, &json!("three")) {
        Kind::Type { want } => {
            assert_eq!(want.iter().collect::<Vec<_>>(), [Type::Null, Type::Integer]);
            assert_eq!(want.to_string(), "null, integer");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_property_is_known_to_be_required_because_of_another_entry() {
    let conditional = |schema: Value, value: Value| match only(&schema, &value) {
        Kind::Required { conditional, .. } => conditional,
        other => panic!("{other:?}"),
    };
    let if_then = json!({
        "if": {"properties": {"status": {"const": "closed"}}, "required": ["status"]},
        "then": {"required": ["reason"], "properties": {"inner": {"required": ["deep"]}}},
        "properties": {"other": {"required": ["plain"]}}
    });
    assert!(conditional(if_then.clone(), json!({"status": "closed"})));
    assert!(conditional(if_then.clone(), json!({"status": "closed", "reason": 1, "inner": {}})));
    assert!(!conditional(if_then, json!({"status": "open", "other": {}})));
    assert!(conditional(json!({"dependentRequired": {"a": ["b"]}}), json!({"a": 1})));
    assert!(conditional(json!({"dependentSchemas": {"a": {"required": ["b"]}}}), json!({"a": 1})));
    assert!(!conditional(json!({"required": ["b"]}), json!({})));
}

#[test]
fn a_choice_of_constants_is_a_code_list_with_one_violation() {
    for keyword in ["oneOf", "anyOf"] {
        let schema = json!({keyword: [
            {"const": "a", "title": "First"},
            {"const": "b", "title": "Second", "description": "…", "x-form": {}},
            {"type": "string", "const": "c"},
            {"enum": ["d", 4]}
        ]});
        for valid in [json!("a"), json!("c"), json!("d"), json!(4.0)] {
            assert_eq!(violations(&schema, &valid), []);
        }
        let found = violations(&schema, &json!("e"));
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].keyword, &found[0].kind), (keyword, &Kind::NotInList));
    }
}

#[test]
fn a_code_that_two_branches_of_one_of_have_is_in_neither() {
    let schema = json!({"oneOf": [{"const": 1}, {"const": 1.0}, {"enum": [2, 2]}]});
    assert_eq!(only(&schema, &json!(1)), Kind::NotInList);
    assert_eq!(violations(&schema, &json!(2)), []);
}

#[test]
fn a_choice_with_a_constant_that_does_not_fit_its_type_is_no_code_list() {
    let schema = json!({"oneOf": [{"const": "a", "type": "integer"}, {"const": "b"}]});
    assert!(matches!(only(&schema, &json!("a")), Kind::NoBranch { .. }));
    assert_eq!(violations(&schema, &json!("b")), []);
}

#[test]
fn long_code_lists_over_many_rows_are_one_finding_a_row() {
    let codes: Vec<Value> = (0..500).map(|code| json!({"const": format!("C{code}"), "title": "x"})).collect();
    let schema =
        json!({"items": {"properties": {"code": {"$ref": "#/$defs/codes"}}}, "$defs": {"codes": {"oneOf": codes}}});
    let rows: Vec<Value> = (0..20_000).map(|row| json!({"code": format!("C{}", row % 501)})).collect();
    let evaluator = read(&schema);
    let rows = Value::Array(rows);
    assert_eq!(evaluator.violations(&rows, &NativePatterns::default()).len(), 39);
}

fn shapes() -> Value {
    json!({"oneOf": [
        {"$ref": "#/$defs/person"},
        {"type": "object", "properties": {"kind": {"const": "body"}, "name": {"type": "string"}}, "required": ["kind", "name", "seat"]}
    ], "$defs": {"person": {
        "type": "object",
        "properties": {"kind": {"const": "person"}, "age": {"type": "integer"}},
        "required": ["kind", "age"]
    }}})
}

#[test]
fn only_the_chosen_shape_speaks() {
    let found = violations(&shapes(), &json!({"kind": "person", "age": "old"}));
    let spoken: Vec<Violation> = found.into_iter().flat_map(Violation::speaking).collect();
    assert_eq!(spoken.len(), 1);
    assert_eq!((spoken[0].place().to_string(), spoken[0].keyword), ("/age".to_owned(), "type"));

    let found = violations(&shapes(), &json!({"kind": "body"}));
    assert!(matches!(&found[0].kind, Kind::NoBranch { branch: Some(1), violations } if violations.len() == 2));
}

#[test]
fn no_shape_speaks_when_none_was_chosen() {
    for value in [json!({"kind": "ship"}), json!(3)] {
        let kind = only(&shapes(), &value);
        assert_eq!(kind, Kind::NoBranch { branch: None, violations: Vec::new() }, "{value}");
    }
    let either = json!({"anyOf": [{"required": ["a"]}, {"required": ["b"]}]});
    assert_eq!(only(&either, &json!({})), Kind::NoBranch { branch: None, violations: Vec::new() });
}

#[test]
fn beside_no_answer_the_other_type_speaks() {
    let schema = json!({"anyOf": [{"type": "string", "minLength": 3}, {"type": "null"}]});
    let spoken: Vec<Violation> = violations(&schema, &json!("ab")).into_iter().flat_map(Violation::speaking).collect();
    assert_eq!(spoken[0].kind, Kind::TooShort { got: 2, want: 3 });
}

#[test]
fn finding_the_branch_that_was_meant_does_not_end_the_check() {
    // Untagged shapes within shapes: what each of them would say multiplies with every level.
    let shape = |name: &str| json!({"type": "object", "required": ["a", "b", name], "properties": {"a": {"$ref": "#"}, "b": {"$ref": "#"}}});
    let schema = json!({"anyOf": [{"type": "number"}, shape("x"), shape("y"), shape("z"), shape("u"), shape("v")]});
    let mut value = json!(true);
    for _ in 0..9 {
        value = json!({"a": value, "b": value, "x": 1});
    }
    let kinds: Vec<Kind> = violations(&schema, &value).into_iter().map(|each| each.kind).collect();
    assert!(matches!(kinds[..], [Kind::NoBranch { .. }]), "{kinds:?}");
}

#[test]
fn the_branches_that_hold_are_named_when_there_are_too_many() {
    let schema = json!({"oneOf": [{"minimum": 1}, {"type": "string"}, {"maximum": 9}]});
    assert_eq!(only(&schema, &json!(5)), Kind::ManyBranches { branches: vec![0, 2] });
}

#[test]
fn a_fault_in_one_part_does_not_make_the_rest_unprovided_for() {
    let schema = json!({
        "allOf": [{"properties": {"a": {"type": "string"}, "b": true}}],
        "anyOf": [{"properties": {"c": {"const": 1}, "e": {"minimum": 9}}, "required": ["c"]}, {"required": ["zz"]}],
        "unevaluatedProperties": false
    });
    assert_eq!(found(&schema, &json!({"a": 1, "b": 2, "c": 1})), ["/a type"]);
    assert_eq!(found(&schema, &json!({"c": 1, "d": 2})), ["/d unevaluatedProperties"]);
    assert_eq!(found(&schema, &json!({"c": 1, "e": 2})), [" anyOf"]);
}

#[test]
fn what_may_not_be_there_is_told_at_its_own_place() {
    let schema = json!({
        "properties": {"a": false, "list": {"prefixItems": [true], "items": false}},
        "patternProperties": {"^x-": {"type": "integer"}},
        "propertyNames": {"maxLength": 8},
        "additionalProperties": false
    });
    let value = json!({"a": 1, "list": [1, 2], "x-y": "no", "other": 1, "much too long": 1});
    assert_eq!(
        found(&schema, &value),
        [
            "/a ",
            "/list/1 items",
            "/x-y type",
            "/other additionalProperties",
            "/much too long additionalProperties",
            "/much too long propertyNames"
        ]
    );
}

#[test]
fn counts_are_told_as_got_and_wanted() {
    assert_eq!(only(&json!({"maxItems": 1}), &json!([1, 2])), Kind::TooManyItems { got: 2, want: 1 });
    assert_eq!(only(&json!({"minItems": 3.0}), &json!([1, 2])), Kind::TooFewItems { got: 2, want: 3 });
    assert_eq!(only(&json!({"minProperties": 1}), &json!({})), Kind::TooFewProperties { got: 0, want: 1 });
    assert_eq!(
        only(&json!({"uniqueItems": true}), &json!([1, {"a": 1, "b": 2}, 3, {"b": 2.0, "a": 1}, 3])),
        Kind::NotUnique { first: 1, second: 3 }
    );
    let contains = json!({"contains": {"type": "integer"}, "minContains": 2, "maxContains": 3});
    assert_eq!(only(&contains, &json!([1, "a"])), Kind::Contains { got: 1, least: 2, most: Some(3) });
    assert_eq!(only(&contains, &json!([1, 2, 3, 4])), Kind::Contains { got: 4, least: 2, most: Some(3) });
}

#[test]
fn lengths_are_counted_in_characters_not_in_bytes_or_halves() {
    let schema = json!({"minLength": 3, "maxLength": 3});
    assert_eq!(violations(&schema, &json!("é😀字")), []);
    assert_eq!(only(&schema, &json!("😀😀")), Kind::TooShort { got: 2, want: 3 });
}

#[test]
fn a_declaration_is_told_from_another_fixed_value() {
    assert_eq!(only(&json!({"const": true}), &json!(false)), Kind::Const { declaration: true });
    assert_eq!(only(&json!({"const": "1.0.0"}), &json!("2")), Kind::Const { declaration: false });
}

struct NoPatterns;

impl Patterns for NoPatterns {
    fn matches(&self, _: &str, _: &str) -> Option<bool> {
        None
    }
}

#[test]
fn a_pattern_that_cannot_be_run_leaves_the_value_unchecked() {
    let schema = json!({"properties": {"a": {"pattern": "^a$"}}, "patternProperties": {"^b": {"type": "string"}}});
    let found = read(&schema).violations(&json!({"a": "a"}), &NoPatterns);
    let kinds: Vec<(&str, &Kind)> = found.iter().map(|each| (each.keyword, &each.kind)).collect();
    let unchecked = Kind::Unchecked(Obstacle::Pattern);
    assert_eq!(kinds, [("pattern", &unchecked), ("patternProperties", &unchecked)]);
    assert!(!read(&schema).is_valid(&json!({"a": "a"}), &NoPatterns));
}

#[test]
fn the_patterns_of_a_template_can_be_tried_when_it_is_opened() {
    let schema = json!({"properties": {"a": {"pattern": "^a$"}}, "patternProperties": {"^b(": true}});
    let evaluator = read(&schema);
    let patterns: Vec<(String, &str)> = evaluator.patterns().map(|(at, pattern)| (at.to_string(), pattern)).collect();
    assert_eq!(patterns, [(String::new(), "^b("), ("/properties/a".to_owned(), "^a$")]);
}

#[test]
fn a_format_is_only_asserted_when_that_is_asked_for() {
    let schema = json!({"format": "date"});
    assert_eq!(violations(&schema, &json!("2026-02-30")), []);
    let asserting = read(&schema).asserting_formats();
    let found = asserting.violations(&json!("2026-02-30"), &NativePatterns::default());
    assert_eq!(found[0].kind, Kind::Format { name: "date".into() });
    assert!(asserting.is_valid(&json!("2028-02-29"), &NativePatterns::default()));
}
