//! Schema documents that are refused, with the reason and the place.

use chancery::findings::evaluate::{Draft, Evaluator, Fault};
use serde_json::{Value, json};

use crate::evaluate::{found, read};
use crate::patterns::NativePatterns;

fn fault(schema: &Value) -> (String, Fault) {
    let error = Evaluator::new(schema, &[]).unwrap_err();
    (error.location.to_string(), error.fault)
}

#[test]
fn the_draft_is_told_by_the_document() {
    for (named, draft) in [
        ("https://json-schema.org/draft/2020-12/schema", Draft::D2020),
        ("https://json-schema.org/draft/2019-09/schema#", Draft::D2019),
        ("http://json-schema.org/draft-07/schema#", Draft::Seven),
        ("https://json-schema.org/draft-06/schema", Draft::Six),
        ("http://json-schema.org/draft-04/schema#", Draft::Four),
    ] {
        assert_eq!(read(&json!({"$schema": named})).draft(), draft);
    }
    assert_eq!(read(&json!({})).draft(), Draft::D2020);
    assert_eq!(read(&json!(true)).draft(), Draft::D2020);
    let unknown = json!({"$schema": "http://json-schema.org/draft-03/schema#"});
    assert_eq!(fault(&unknown).1, Fault::UnknownDraft { named: "http://json-schema.org/draft-03/schema#".into() });
}

#[test]
fn a_required_vocabulary_that_is_not_known_refuses_the_document() {
    let meta_schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "https://example.org/meta",
        "$vocabulary": {"https://example.org/vocabulary": true}
    });
    let schema = json!({"$schema": "https://example.org/meta"});
    let error = Evaluator::new(&schema, &[meta_schema]).unwrap_err();
    assert_eq!(error.fault, Fault::UnknownVocabulary { named: "https://example.org/vocabulary".into() });
}

#[test]
fn a_missing_document_is_named() {
    let schema = json!({
        "$id": "https://example.org/forms/a.json",
        "properties": {"x": {"$ref": "common.json#/$defs/y"}}
    });
    let named = "https://example.org/forms/common.json".to_owned();
    assert_eq!(fault(&schema), ("/properties/x".to_owned(), Fault::MissingDocument { named }));
    let error = Evaluator::new(&schema, &[]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the document \"https://example.org/forms/common.json\" is missing; embed it in this one under \"$defs\" with its \"$id\" (at /properties/x)"
    );
    let embedded = json!({"$id": "https://example.org/forms/common.json", "$defs": {"y": {"type": "string"}}});
    let mut whole = schema.clone();
    whole["$defs"] = json!({"common": embedded.clone()});
    for evaluator in [Evaluator::new(&schema, &[embedded]), Evaluator::new(&whole, &[])] {
        assert!(!evaluator.unwrap().is_valid(&json!({"x": 1}), &NativePatterns::default()));
    }
}

#[test]
fn a_reference_to_a_place_that_does_not_exist_is_refused() {
    let missing = |reference: &str| (String::from("/items"), Fault::MissingPlace { reference: reference.into() });
    for reference in ["#/$defs/none", "#none", "#/$defs/a~2", "#%zz", "#/$defs/list/prefixItems/01"] {
        let schema = json!({"items": {"$ref": reference}, "$defs": {"list": {"prefixItems": [true, true]}}});
        assert_eq!(fault(&schema), missing(reference));
    }
}

#[test]
fn a_reference_may_lead_to_a_place_that_no_keyword_makes_a_schema() {
    let schema = json!({"$ref": "#/components/schemas/a", "components": {"schemas": {"a": {"type": "null"}}}});
    assert_eq!(found(&schema, &json!(1)), [" type"]);
    let number = json!({"$ref": "#/components/a", "components": {"a": 3}});
    assert_eq!(fault(&number), ("/components/a".to_owned(), Fault::NotASchema));
}

#[test]
fn a_keyword_with_a_wrong_value_is_refused_with_its_place() {
    for (schema, keyword) in [
        (json!({"type": "strng"}), "type"),
        (json!({"enum": "a"}), "enum"),
        (json!({"minLength": -1}), "minLength"),
        (json!({"maxItems": 1.5}), "maxItems"),
        (json!({"multipleOf": 0}), "multipleOf"),
        (json!({"minimum": "1"}), "minimum"),
        (json!({"exclusiveMinimum": true}), "exclusiveMinimum"),
        (json!({"pattern": 1}), "pattern"),
        (json!({"format": null}), "format"),
        (json!({"required": true}), "required"),
        (json!({"dependentRequired": {"a": "b"}}), "dependentRequired"),
        (json!({"dependencies": ["a"]}), "dependencies"),
        (json!({"uniqueItems": 1}), "uniqueItems"),
        (json!({"$ref": 1}), "$ref"),
        (json!({"properties": []}), "properties"),
        (json!({"prefixItems": {}}), "prefixItems"),
        (json!({"allOf": {}}), "allOf"),
        (json!({"contains": true, "minContains": "1"}), "minContains"),
    ] {
        let (at, fault) = fault(&json!({"properties": {"x": schema}}));
        assert_eq!(at, "/properties/x", "{keyword}");
        assert!(matches!(fault, Fault::Malformed { keyword: named, .. } if named == keyword), "{keyword}: {fault:?}");
    }
    assert_eq!(fault(&json!({"not": 3})), ("/not".to_owned(), Fault::NotASchema));
    assert_eq!(fault(&json!(null)), (String::new(), Fault::NotASchema));
}

#[test]
fn a_schema_that_leads_back_to_itself_without_a_step_is_refused() {
    for schema in [
        json!({"$ref": "#"}),
        json!({"allOf": [{"$ref": "#"}]}),
        json!({"anyOf": [{"type": "string"}, {"$ref": "#"}]}),
        json!({"not": {"$ref": "#"}}),
        json!({"if": {"type": "object"}, "then": {"$ref": "#"}}),
        json!({"dependentSchemas": {"a": {"$ref": "#"}}}),
        json!({"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"oneOf": [{"$ref": "#/$defs/a"}, true]}}}),
    ] {
        assert_eq!(fault(&schema).1, Fault::Loop, "{schema}");
    }
    // One step into the value each time is no loop.
    let tree = json!({"properties": {"left": {"$ref": "#"}, "right": {"$ref": "#"}}, "additionalProperties": false});
    assert_eq!(found(&tree, &json!({"left": {"right": {"x": 1}}})), ["/left/right/x additionalProperties"]);
}
