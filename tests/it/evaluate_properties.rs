//! What holds for every schema and every value: the evaluator answers, and answers the same again.

use chancery::findings::evaluate::{Evaluator, Kind, Obstacle, Violation};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::patterns::NativePatterns;

const KEYWORDS: [&str; 51] = [
    "$schema",
    "$id",
    "id",
    "$anchor",
    "$ref",
    "$dynamicRef",
    "$dynamicAnchor",
    "$recursiveRef",
    "$recursiveAnchor",
    "$defs",
    "definitions",
    "type",
    "enum",
    "const",
    "multipleOf",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "pattern",
    "format",
    "required",
    "dependentRequired",
    "minItems",
    "maxItems",
    "uniqueItems",
    "properties",
    "patternProperties",
    "additionalProperties",
    "propertyNames",
    "prefixItems",
    "items",
    "additionalItems",
    "contains",
    "minContains",
    "maxContains",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "then",
    "else",
    "dependentSchemas",
    "dependencies",
    "unevaluatedItems",
    "unevaluatedProperties",
    "minProperties",
    "maxProperties",
];

const DRAFTS: [&str; 5] = [
    "https://json-schema.org/draft/2020-12/schema",
    "https://json-schema.org/draft/2019-09/schema",
    "http://json-schema.org/draft-07/schema#",
    "http://json-schema.org/draft-06/schema#",
    "http://json-schema.org/draft-04/schema#",
];

fn one_of(texts: &'static [&'static str]) -> BoxedStrategy<Value> {
    prop::sample::select(texts).prop_map(Value::from).boxed()
}

fn numbers() -> BoxedStrategy<Value> {
    let odd = [
        "0",
        "-0.0",
        "1e400",
        "1E-400",
        "0.1",
        "1e99999999999999999999",
        "-1e-99999999999999999999",
        "9007199254740993",
    ];
    let odd = prop::sample::select(odd.to_vec()).prop_map(|text| serde_json::from_str(text).unwrap());
    prop_oneof![3 => (-3i64..12).prop_map(Value::from), 1 => odd].boxed()
}

fn names() -> BoxedStrategy<String> {
    prop::sample::select(vec!["a", "b", "kind", "", "a/b", "~", "$ref", "é😀"]).prop_map(str::to_owned).boxed()
}

/// Any JSON, with names and texts from a small stock so that they meet.
fn values() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        numbers(),
        names().prop_map(Value::from),
        one_of(&["2026-02-30", "2026-11-20", "x@y.z", "aaa"]),
    ];
    leaf.prop_recursive(5, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((names(), inner), 0..5).prop_map(|members| Value::from(Map::from_iter(members))),
        ]
    })
    .boxed()
}

/// Schemas that are well formed, so that most of them can be read; references lead to `#`, to definitions, to anchors.
fn schemas() -> BoxedStrategy<Value> {
    let references = || {
        prop_oneof![
            one_of(&["#", "#/$defs/a", "#/$defs/b", "#/properties/a", "#here", "#/definitions/a"]),
            one_of(&["other", "https://example.org/other#/items"])
        ]
    };
    let listed = || prop::collection::vec(names(), 0..3).prop_map(Value::from);
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        one_of(&["null", "boolean", "integer", "number", "string", "array", "object"])
            .prop_map(|name| json!({"type": name})),
        values().prop_map(|value| json!({"const": value})),
        prop::collection::vec(values(), 0..3).prop_map(|values| json!({"enum": values})),
        numbers().prop_map(|limit| json!({"minimum": limit})),
        numbers().prop_map(|limit| json!({"maximum": limit})),
        (1u8..9).prop_map(|step| json!({"multipleOf": step})),
        (0u8..5, 0u8..5).prop_map(
            |(least, most)| json!({"minLength": least, "maxLength": most, "minItems": least, "maxProperties": most})
        ),
        one_of(&["^a", "[", "(?!a)"]).prop_map(|pattern| json!({"pattern": pattern})),
        one_of(&["date", "email", "regex", "uri", "duration", "time"]).prop_map(|format| json!({"format": format})),
        listed().prop_map(|names| json!({"required": names})),
        Just(json!({"uniqueItems": true})),
        references().prop_map(|reference| json!({"$ref": reference})),
        references().prop_map(|reference| json!({"$dynamicRef": reference})),
        Just(json!({"$dynamicAnchor": "here"})),
        listed().prop_map(|names| json!({"dependentRequired": {"a": names}})),
    ];
    let inner = leaf.prop_recursive(4, 40, 4, move |inner| {
        let map = || {
            prop::collection::vec((names(), inner.clone()), 0..4)
                .prop_map(|members| Value::from(Map::from_iter(members)))
        };
        let list = || prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from);
        let keywords: Vec<BoxedStrategy<Value>> = vec![
            map().prop_map(|map| json!({"properties": map})).boxed(),
            map().prop_map(|map| json!({"patternProperties": map})).boxed(),
            map().prop_map(|map| json!({"dependentSchemas": map})).boxed(),
            map().prop_map(|map| json!({"$defs": map})).boxed(),
            list().prop_map(|list| json!({"allOf": list})).boxed(),
            list().prop_map(|list| json!({"anyOf": list})).boxed(),
            list().prop_map(|list| json!({"oneOf": list})).boxed(),
            list().prop_map(|list| json!({"prefixItems": list})).boxed(),
            (
                inner.clone(),
                prop::sample::select(vec![
                    "items",
                    "not",
                    "additionalProperties",
                    "propertyNames",
                    "contains",
                    "unevaluatedItems",
                    "unevaluatedProperties",
                ]),
            )
                .prop_map(|(schema, keyword)| json!({keyword: schema}))
                .boxed(),
            (inner.clone(), inner.clone(), inner.clone())
                .prop_map(|(one, two, three)| json!({"if": one, "then": two, "else": three}))
                .boxed(),
        ];
        // Two sets of keywords in one object, since most of the difficulty is in how they meet.
        (prop::strategy::Union::new(keywords.clone()), prop::strategy::Union::new(keywords), inner.clone()).prop_map(
            |(one, two, three)| {
                let mut all = Map::new();
                for each in [one, two, three] {
                    if let Value::Object(map) = each {
                        all.extend(map);
                    }
                }
                Value::Object(all)
            },
        )
    });
    (inner, prop::collection::vec(schema_leaves(), 2), prop::sample::select(DRAFTS.to_vec()))
        .prop_map(|(schema, definitions, draft)| {
            let mut schema = match schema {
                Value::Object(map) => map,
                other => Map::from_iter([("not".to_owned(), other)]),
            };
            schema.insert(
                "$defs".to_owned(),
                json!({"a": definitions[0], "b": definitions[1], "c": {"$anchor": "here"}}),
            );
            schema.insert("definitions".to_owned(), json!({"a": definitions[1]}));
            schema.entry("properties").or_insert_with(|| json!({"a": {"$ref": "#/$defs/b"}}));
            schema.insert("$schema".to_owned(), draft.into());
            Value::Object(schema)
        })
        .boxed()
}

fn schema_leaves() -> BoxedStrategy<Value> {
    prop_oneof![
        Just(json!({"type": "object", "properties": {"a": {"$ref": "#"}}, "unevaluatedProperties": false})),
        Just(json!({"items": {"$dynamicRef": "#here"}})),
        Just(json!({"oneOf": [{"const": "a"}, {"const": "b"}]})),
        Just(json!({"oneOf": [{"properties": {"kind": {"const": "a"}}, "required": ["kind"]}, {"type": "null"}]})),
        Just(json!(true)),
    ]
    .boxed()
}

/// Schemas of any form: keywords with whatever value.
fn nonsense() -> BoxedStrategy<Value> {
    values()
        .prop_recursive(4, 60, 5, |inner| {
            let keyword = prop::sample::select(KEYWORDS.to_vec()).prop_map(str::to_owned);
            let value = prop_oneof![
                3 => inner.clone(),
                1 => prop::collection::vec(inner, 0..3).prop_map(Value::from),
                1 => prop::sample::select(DRAFTS.to_vec()).prop_map(Value::from),
                1 => one_of(&["#", "#/$defs/a", "#/properties/a/items/0", "#here", "http://[", "a:b:c", "//", "?", "%"]),
            ];
            prop::collection::vec((keyword, value), 0..6).prop_map(|members| Value::from(Map::from_iter(members)))
        })
        .boxed()
}

/// The depth of the deepest violation is that of the value at most, and each place exists or is a missing property.
fn places_exist(violations: &[Violation], value: &Value) {
    for violation in violations {
        assert!(violation.pointer.get(value).is_some(), "{violation:?} is at no place of {value}");
        if let Kind::NoBranch { violations, .. } = &violation.kind {
            places_exist(violations, value);
        }
    }
}

fn check(schema: &Value, value: &Value) {
    let Ok(evaluator) = Evaluator::new(schema, &[json!({"$id": "https://example.org/other", "items": {"$ref": "#"}})])
    else {
        return;
    };
    let patterns = NativePatterns::default();
    for evaluator in [
        evaluator,
        Evaluator::new(schema, &[json!({"$id": "https://example.org/other", "items": {"$ref": "#"}})])
            .unwrap()
            .asserting_formats(),
    ] {
        let found = evaluator.violations(value, &patterns);
        assert_eq!(evaluator.is_valid(value, &patterns), found.is_empty(), "{schema} {value} {found:?}");
        assert_eq!(evaluator.violations(value, &patterns), found, "the same again");
        places_exist(&found, value);
        for violation in &found {
            if violation.document == 0 && violation.kind != Kind::Unchecked(Obstacle::TooDeep) {
                assert!(violation.schema_location.get(schema).is_some(), "{violation:?} is in no place of {schema}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn every_value_gets_the_same_answer_twice(schema in schemas(), value in values()) {
        check(&schema, &value);
    }

    #[test]
    fn no_schema_however_odd_brings_the_evaluator_down(schema in nonsense(), value in values()) {
        check(&schema, &value);
    }

    #[test]
    fn a_value_is_its_own_constant_and_no_other(one in values(), other in values()) {
        let evaluator = Evaluator::new(&json!({"const": one}), &[]).unwrap();
        let patterns = NativePatterns::default();
        prop_assert!(evaluator.is_valid(&one, &patterns));
        let back = Evaluator::new(&json!({"enum": [other]}), &[]).unwrap();
        prop_assert_eq!(evaluator.is_valid(&other, &patterns), back.is_valid(&one, &patterns));
    }

    #[test]
    fn whole_numbers_are_divided_as_integers_are(value in -1_000_000i64..1_000_000, step in 1i64..5_000, places in 0u32..6) {
        let shifted = |number: i64| -> Value { serde_json::from_str(&format!("{number}e-{places}")).unwrap() };
        let evaluator = Evaluator::new(&json!({"multipleOf": shifted(step)}), &[]).unwrap();
        prop_assert_eq!(evaluator.is_valid(&shifted(value), &NativePatterns::default()), value % step == 0);
        let limit = Evaluator::new(&json!({"minimum": shifted(step)}), &[]).unwrap();
        prop_assert_eq!(limit.is_valid(&shifted(value), &NativePatterns::default()), value >= step);
    }
}
