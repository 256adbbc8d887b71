//! Rules that cannot be used: each refuses the template with its place and the reason.

use chancery::findings::{RuleError, Rules};
use chancery::template::Template;
use serde_json::{Value, json};

fn read(rules: Value) -> Result<Rules, RuleError> {
    let document = json!({
        "type": "object",
        "properties": {
            "scope": {"$ref": "#/$defs/scope"},
            "rows": {"type": "array", "items": {
                "type": "object",
                "properties": {
                    "key": {"type": "string", "x-form": {"type": "key"}},
                    "count": {"type": "integer"},
                    "item": {"type": "string"},
                    "any": {},
                },
            }},
        },
        "$defs": {"scope": {
            "type": "object",
            "properties": {"from": {"type": "string"}, "to": {"type": "string"}},
            "if": {"properties": {"from": {"const": "x"}}},
            "then": {"properties": {"more": {"type": "string"}}},
        }},
        "x-form": {"rules": rules},
    });
    Rules::read(&Template::read(document).unwrap())
}

fn rule() -> Value {
    json!({"id": "R1", "severity": "error", "for": "rows[]", "when": "count > 1", "at": "count", "message": "Look."})
}

/// The rule with one key changed; `null` takes the key away.
fn with(key: &str, value: Value) -> Value {
    let mut rule = rule();
    match value {
        Value::Null => drop(rule.as_object_mut().unwrap().remove(key)),
        value => rule[key] = value,
    }
    rule
}

/// What is said of a second rule that is wrong.
fn refused(rule: Value) -> String {
    read(json!([self::rule(), rule])).unwrap_err().to_string()
}

#[test]
fn a_template_without_rules_has_none() {
    assert!(read(json!([])).unwrap().is_empty());
    let plain = Template::read(json!({"type": "object"})).unwrap();
    assert!(Rules::read(&plain).unwrap().is_empty());
}

#[test]
fn what_is_no_list_of_rules_is_refused() {
    assert_eq!(read(json!({})).unwrap_err().to_string(), "At /x-form/rules: the rules are no list.");
    assert_eq!(refused(json!("rule")), "At /x-form/rules/1: an object is needed here.");
    let many = read(Value::Array(vec![rule(); 1001])).unwrap_err().to_string();
    assert_eq!(many, "At /x-form/rules: more than 1,000 rules.");
    assert_eq!(read(Value::Array(vec![rule(); 1000])).unwrap().len(), 1000);
}

#[test]
fn too_many_constants_are_refused() {
    let document = |many: usize| json!({"type": "object", "x-form": {"data": {"codes": vec![1; many]}}});
    let read = |many| Rules::read(&Template::read(document(many)).unwrap());
    assert!(read(19_998).is_ok());
    assert_eq!(read(19_999).unwrap_err().to_string(), "At /x-form/data: more than 20,000 constants.");
}

#[test]
fn every_key_of_a_rule_is_needed() {
    for key in ["id", "severity", "for", "when", "at", "message"] {
        let expected = format!("At /x-form/rules/1/{key}: a text is needed here.");
        assert_eq!(refused(with(key, Value::Null)), expected);
        assert_eq!(refused(with(key, json!(1))), expected);
    }
    assert!(refused(with("severity", json!("fatal"))).starts_with("At /x-form/rules/1/severity: write \"error\""));
}

#[test]
fn a_selection_that_selects_nothing_is_refused() {
    for (selection, reason) in [
        ("rows[", "write"),
        ("rows]", "write"),
        (".rows", "write"),
        ("rows[].", "write"),
        ("@", "write"),
        ("rows[0]", "write"),
        ("raws[]", "unknown field raws"),
        ("rows.key", "unknown field key"),
        ("rows[][]", "unknown field []"),
        ("scope[].from", "unknown field []"),
        ("@kay", "no field is marked kay"),
    ] {
        let said = refused(with("for", json!(selection)));
        let start = format!("At /x-form/rules/1/for: {reason}");
        assert!(said.starts_with(&start), "{selection}: {said}");
    }
}

#[test]
fn a_field_or_mark_that_the_form_does_not_have_is_refused() {
    for (when, reason) in [
        ("counts > 1", "unknown field counts"),
        ("root.scop.from == \"x\"", "unknown field scop"),
        ("root.rows.exists(r, r.cuont > count)", "unknown field cuont"),
        ("parent.scope.frm == \"x\"", "unknown field frm"),
        ("size(collect(\"kay\")) > 1", "no field is marked kay"),
        ("upper(key) == \"X\"", "at character 1: no such function"),
        ("count = 1", "at character 7: a character that means nothing here"),
    ] {
        let said = refused(with("when", json!(when)));
        assert_eq!(said, format!("At /x-form/rules/1/when: {reason}."), "{when}");
    }
    for when in ["this.item == key", "any.what.ever > 1", "root.scope.more == key", "root.scope[key] == key"] {
        assert!(read(json!([with("when", json!(when))])).is_ok(), "{when}");
    }
}

#[test]
fn a_place_or_a_placeholder_that_does_not_exist_is_refused() {
    for at in ["cuont", "/scop", "/scope/form", "/rows/key"] {
        assert!(refused(with("at", json!(at))).starts_with("At /x-form/rules/1/at: unknown field "), "{at}");
    }
    for at in ["", "any", "/scope/from", "/scope/more", "/rows", "/rows/0/key"] {
        assert!(read(json!([with("at", json!(at))])).is_ok(), "{at}");
    }
    let said = refused(with("message", json!("{key} and {kay}.")));
    assert_eq!(said, "At /x-form/rules/1/message: unknown name kay in braces.");
    let mut of_text = with("for", json!("rows[].key"));
    (of_text["at"], of_text["when"]) = (json!("count"), json!("count > size(this)"));
    assert_eq!(refused(of_text.clone()), "At /x-form/rules/1/at: unknown field count.");
    (of_text["at"], of_text["message"]) = (json!(""), json!("{count} {this} {index}"));
    assert!(read(json!([of_text])).is_ok());
}

#[test]
fn names_of_with_are_checked() {
    let said = |names: Value| refused(with("with", names));
    assert_eq!(said(json!([])), "At /x-form/rules/1/with: an object is needed here.");
    assert_eq!(said(json!({"a": 1})), "At /x-form/rules/1/with/a: a text is needed here.");
    assert_eq!(said(json!({"a": "1 +"})), "At /x-form/rules/1/with/a: at character 4: the expression ends too early.");
    assert_eq!(said(json!({"a": "cuont"})), "At /x-form/rules/1/with/a: unknown field cuont.");
    for name in ["a-b", "", "1a", "in"] {
        assert!(said(json!({name: "1"})).contains("a name has letters"), "{name}");
    }
    let many: serde_json::Map<String, Value> = (0..17).map(|n| (format!("n{n}"), json!("1"))).collect();
    assert_eq!(said(many.into()), "At /x-form/rules/1/with: more than 16 names.");
}

#[test]
fn names_that_need_themselves_are_refused() {
    for names in [
        json!({"a": "b + 1", "b": "a + 1"}),
        json!({"x": "1", "a": "root.rows.filter(r, r.count == b)", "b": "size(c)", "c": "[a]"}),
        json!({"a": "true ? b : 1", "b": "\"x\".startsWith(a)"}),
    ] {
        let said = refused(with("with", names.clone()));
        assert!(said.starts_with("At /x-form/rules/1/with: ") && said.contains("needs itself"), "{names}: {said}");
    }
    // In its own expression a name keeps its outer meaning; the variable of a macro is another name.
    for names in [json!({"count": "count + 1", "b": "count"}), json!({"a": "b", "b": "root.rows.map(a, a.count)"})] {
        assert!(read(json!([with("with", names.clone())])).is_ok(), "{names}");
    }
}
