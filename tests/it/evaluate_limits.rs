//! No schema and no value makes a check run without end or use up the stack.

use chancery::findings::evaluate::{Evaluator, Fault, Kind, Obstacle, Violation};
use serde_json::{Value, json};

use crate::evaluate::{only, read, violations};
use crate::patterns::NativePatterns;

#[test]
fn a_document_nested_too_deeply_is_refused() {
    let mut schema = json!(true);
    for _ in 0..100_000 {
        schema = Value::Object([("not".to_owned(), schema)].into_iter().collect());
    }
    assert_eq!(Evaluator::new(&schema, &[]).unwrap_err().fault, Fault::TooDeep);
    forget(schema);
}

/// Takes a deep value apart step by step: dropping it at once would use up the stack.
fn forget(mut value: Value) {
    loop {
        value = match &mut value {
            Value::Array(items) if !items.is_empty() => items.remove(0),
            Value::Object(map) if !map.is_empty() => {
                let name = map.keys().next().unwrap().clone();
                map.remove(&name).unwrap()
            }
            _ => return,
        };
    }
}

#[test]
fn a_value_nested_too_deeply_is_not_followed() {
    let mut value = json!(1);
    for _ in 0..100_000 {
        value = Value::Array(vec![value]);
    }
    for schema in [json!({"items": {"$ref": "#"}}), json!({"const": 1}), json!({"uniqueItems": true})] {
        let found = read(&schema).violations(&value, &NativePatterns::default());
        assert_eq!(found[0].kind, Kind::Unchecked(Obstacle::TooDeep));
    }
    forget(value);
}

#[test]
fn a_deep_tree_within_the_limits_is_checked_to_its_end() {
    let schema = json!({"$ref": "#/$defs/tree", "$defs": {"tree": {
        "type": "object", "allOf": [{"properties": {"next": {"$ref": "#/$defs/tree"}}}], "unevaluatedProperties": false
    }}});
    let mut value = json!({"end": 1});
    for _ in 0..120 {
        value = json!({"next": value});
    }
    let found = violations(&schema, &value);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].pointer.tokens().len(), &found[0].kind), (121, &Kind::Unevaluated));
}

#[test]
fn a_long_way_through_references_ends_in_too_deep() {
    let mut schema = json!({"$ref": "#/$defs/0", "$defs": {}});
    for step in 0..2_000 {
        schema["$defs"][step.to_string()] = json!({"allOf": [{"$ref": format!("#/$defs/{}", step + 1)}]});
    }
    schema["$defs"]["2000"] = json!(true);
    assert_eq!(only(&schema, &json!(1)), Kind::Unchecked(Obstacle::TooDeep));
}

#[test]
fn a_reference_that_goes_round_only_while_checking_ends_in_too_deep() {
    let schema = json!({
        "$id": "https://example.org/outer", "$dynamicAnchor": "node", "$ref": "inner",
        "$defs": {"inner": {"$id": "inner", "$dynamicRef": "#here", "$defs": {"a": {"$dynamicAnchor": "here", "$dynamicRef": "#here"}}}}
    });
    assert_eq!(only(&schema, &json!(1)), Kind::Unchecked(Obstacle::TooDeep));
    // Turned round by `not`, what is not known does not become valid.
    let turned = json!({"not": schema});
    assert!(!read(&turned).is_valid(&json!(1), &NativePatterns::default()));
}

#[test]
fn a_schema_that_doubles_the_work_with_every_reference_is_given_up() {
    for keyword in ["allOf", "anyOf", "oneOf"] {
        let mut schema = json!({"$ref": "#/$defs/0", "$defs": {}});
        for step in 0..60 {
            let next = format!("#/$defs/{}", step + 1);
            schema["$defs"][step.to_string()] = json!({keyword: [{"$ref": next}, {"$ref": next}]});
        }
        schema["$defs"]["60"] = json!({"type": "string"});
        let found = read(&schema).violations(&json!(1), &NativePatterns::default());
        assert_eq!(found.last().unwrap().kind, Kind::Unchecked(Obstacle::TooMuch), "{keyword}");
    }
}

/// Runs a check on a stack of the size that a page has. Without optimisation each call needs several times as much.
fn on_the_stack_of_a_page(check: impl FnOnce() -> Kind + Send + 'static) -> Kind {
    let size = if cfg!(debug_assertions) { 2 << 20 } else { 1 << 19 };
    std::thread::Builder::new().stack_size(size).spawn(check).unwrap().join().unwrap()
}

#[test]
fn the_deepest_check_needs_less_than_the_stack_of_a_page() {
    let round = json!({"$ref": "#/$defs/a", "$defs": {
        "a": {"$anchor": "a", "if": true, "then": {"$dynamicRef": "#d"}},
        "d": {"$dynamicAnchor": "d", "allOf": [{"$dynamicRef": "#e"}]},
        "e": {"$dynamicAnchor": "e", "anyOf": [{"oneOf": [{"dependentSchemas": {"x": {"$dynamicRef": "#d"}}}]}]}
    }});
    let kind = on_the_stack_of_a_page(move || only(&round, &json!({"x": 1})));
    assert_eq!(kind, Kind::Unchecked(Obstacle::TooDeep));

    // Here each level is looked through twice, and the violations of all levels are kept.
    let nested = json!({"anyOf": [{"oneOf": [{"properties": {"x": {"$ref": "#"}, "y": false}}], "unevaluatedProperties": false}]});
    let mut value = json!({"y": 1});
    for _ in 0..126 {
        value = json!({"x": value});
    }
    let kind = on_the_stack_of_a_page(move || {
        let found = violations(&nested, &value);
        found.into_iter().flat_map(Violation::speaking).next().unwrap().kind
    });
    assert_eq!(kind, Kind::False);
}
