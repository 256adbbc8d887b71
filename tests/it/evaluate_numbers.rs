//! Numbers are compared and divided as decimals, whatever their size.

use chancery::findings::evaluate::{Kind, Obstacle};
use serde_json::{Value, json};

use crate::evaluate::{only, violations};

fn number(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn numbers_are_equal_by_value_and_not_by_form() {
    for (one, other) in [
        ("1", "1.0"),
        ("1", "1e0"),
        ("100", "1E2"),
        ("0", "-0.0"),
        ("1e-2", "0.010"),
        ("12345678901234567890123", "12345678901234567890123.00"),
    ] {
        let (one, other) = (number(one), number(other));
        assert_eq!(violations(&json!({"const": one}), &other), [], "{one} {other}");
        assert_eq!(violations(&json!({"enum": [[{"a": one}]]}), &json!([{"a": other}])), []);
        assert_eq!(only(&json!({"uniqueItems": true}), &json!([one, other])), Kind::NotUnique { first: 0, second: 1 });
    }
    // Both are the same number to a reader that rounds.
    let schema = json!({"const": number("9007199254740993")});
    assert_eq!(only(&schema, &number("9007199254740992")), Kind::Const { declaration: false });
}

#[test]
fn limits_are_compared_exactly_and_keep_the_digits_of_the_schema() {
    let limit = |keyword: &str, limit: &str, value: &str| violations(&json!({keyword: number(limit)}), &number(value));
    for (keyword, at, within) in [
        ("maximum", "0.30", "0.3"),
        ("maximum", "9007199254740993", "9007199254740992.99999999999999999999"),
        ("minimum", "-1e-400", "-1e-401"),
        ("minimum", "-0.5", "0"),
        ("exclusiveMaximum", "0.3", "0.29999999999999999999999999999"),
        ("exclusiveMinimum", "1e1000000000000000000000", "1.1e1000000000000000000000"),
    ] {
        assert_eq!(limit(keyword, at, within), [], "{keyword} {at} {within}");
    }
    assert_eq!(
        limit("maximum", "0.30", "0.3000000000000000000001")[0].kind,
        Kind::TooLarge { limit: "0.30".into(), exclusive: false }
    );
    assert_eq!(limit("exclusiveMinimum", "18", "18.0")[0].kind, Kind::TooSmall { limit: "18".into(), exclusive: true });
    let old = json!({"$schema": "http://json-schema.org/draft-04/schema#", "minimum": 18, "exclusiveMinimum": true});
    assert_eq!(only(&old, &json!(18)), Kind::TooSmall { limit: "18".into(), exclusive: true });
}

#[test]
fn multiples_are_decided_in_decimals() {
    let fits = |step: &str, value: &str| violations(&json!({"multipleOf": number(step)}), &number(value)).is_empty();
    for (step, value) in [
        ("0.01", "4.35"),
        ("0.1", "1.1"),
        ("0.0001", "0.0075"),
        ("3", "-9"),
        ("7", "0"),
        ("1e-8", "12345678"),
        ("0.5", "1e308"),
        ("123456789", "15241578750190521"),
        ("2.5", "1e1000000000"),
        ("12345678901234567890123456789", "37037036703703703670370370367"),
    ] {
        assert!(fits(step, value), "{value} is a multiple of {step}");
    }
    for (step, value) in [
        ("0.01", "4.355"),
        ("2", "7"),
        ("3", "1e1000000000"),
        ("0.123456789", "1e308"),
        ("1e50", "1"),
        ("7", "1e-1000000000"),
    ] {
        assert!(!fits(step, value), "{value} is no multiple of {step}");
    }
}

#[test]
fn numbers_of_monstrous_size_are_decided_or_given_up() {
    let long = "7".repeat(20_000);
    let schema = json!({"multipleOf": number(&long), "minimum": number("1e99999999999999999999"), "type": "integer"});
    let found = violations(&schema, &number(&format!("{long}3")));
    let kinds: Vec<&Kind> = found.iter().map(|each| &each.kind).collect();
    assert!(matches!(kinds[..], [Kind::Unchecked(Obstacle::Digits), Kind::TooSmall { .. }]), "{kinds:?}");
}

#[test]
fn a_whole_number_may_have_a_point_except_in_draft_04() {
    assert_eq!(violations(&json!({"type": "integer"}), &number("1.0")), []);
    assert_eq!(violations(&json!({"type": "integer"}), &number("15e-1")).len(), 1);
    let old = json!({"$schema": "http://json-schema.org/draft-04/schema#", "type": "integer"});
    assert_eq!(violations(&old, &number("1.0")).len(), 1);
}
