//! The rules of a template over one report: where a finding is shown, what counts, in which order findings stand, and
//! what happens at a limit.

use std::sync::Arc;

use chancery::findings::evaluate::Evaluator;
use chancery::findings::{Checker, Finding, Rules, Severity};
use chancery::report::{Edit, NodeId, Report, Surroundings};
use chancery::template::Template;
use serde_json::{Value, json};

use crate::catalogue::DOCUMENTS;
use crate::expr::pointer;
use crate::patterns::NativePatterns;
use crate::rules_content::{example, form, report};

/// A small form: a field outside all sections, a section with hidden parts, a list.
fn document(rules: &Value) -> Value {
    let text = json!({"type": "string", "title": "Text"});
    let marked = json!({"type": "string", "x-form": {"type": "own"}});
    json!({
        "type": "object",
        "properties": {
            "trip": {
                "type": "object",
                "properties": {
                    "kind": text,
                    "note": {"type": "string", "maxLength": 20, "x-form": {"showIf": "kind == \"other\"", "type": "own"}},
                    "cost": {"type": "number"},
                    "part": {
                        "type": "object",
                        "properties": {"name": marked},
                        "x-form": {"showIf": "kind == \"other\""},
                    },
                    "codes": {"type": "array", "items": {"type": "string", "enum": ["a", "b"]}, "uniqueItems": true},
                },
            },
            "rows": {
                "type": "array",
                "items": {"type": "object", "properties": {"key": text, "count": {"type": "integer"}, "word": marked}},
            },
            "title": text,
        },
        "x-form": {"rules": rules},
    })
}

fn rule(places: &str, when: &str, at: &str) -> Value {
    json!({"id": "R1", "severity": "warning", "for": places, "when": when, "at": at, "message": "Look."})
}

struct Case {
    rules: Rules,
    evaluator: Evaluator,
    report: Report,
}

fn case(rules: &[Value], values: Value) -> Case {
    let document = document(&rules.into());
    let evaluator = Evaluator::new(&document, &[]).unwrap();
    let template = Template::read(document).unwrap();
    let rules = Rules::read(&template).unwrap();
    let surroundings = Surroundings { today: "2026-11-20".into(), workspace: Value::Null };
    Case { rules, evaluator, report: Report::from_values(Arc::new(template), values, surroundings) }
}

impl Case {
    fn raised(&self) -> Vec<Finding> {
        self.rules.findings(&self.report)
    }

    /// The places of all findings, with the positions of items.
    fn places(&self) -> Vec<String> {
        self.raised().iter().map(|finding| self.report.pointer(&finding.at).unwrap().to_string()).collect()
    }

    fn checked(&self) -> Vec<Finding> {
        let patterns = NativePatterns::default();
        Checker { evaluator: &self.evaluator, patterns: &patterns, rules: Some(&self.rules) }.report(&self.report)
    }
}

#[test]
fn a_finding_stands_at_the_property_the_value_or_the_place_that_the_rule_names() {
    let values = json!({"trip": {"codes": ["a", "b"]}, "rows": [{"key": "x"}, {"key": "y"}]});
    let second = "key == \"y\"";
    for (places, when, at, expected) in [
        ("rows[]", second, "count", "/rows/1/count"),
        ("rows[]", second, "", "/rows/1"),
        ("rows[]", second, "/trip/note", "/trip"),
        ("rows[]", second, "/trip/cost", "/trip/cost"),
        ("rows[].key", "this == \"y\"", "", "/rows/1/key"),
        ("trip.codes[]", "this == \"b\" && index == 1", "", "/trip/codes"),
        ("", "size(rows) == 2", "/rows", "/rows"),
        ("", "true", "", ""),
    ] {
        assert_eq!(case(&[rule(places, when, at)], values.clone()).places(), [expected], "{places} {at}");
    }
}

#[test]
fn a_finding_follows_its_item_when_items_move() {
    let mut case = case(&[rule("rows[]", "key == \"y\"", "count")], json!({"rows": [{"key": "x"}, {"key": "y"}]}));
    let before = case.raised();
    let list = NodeId::root().child("rows");
    let id = case.report.items(&list)[1].clone();
    case.report.apply(Edit::Move { list, id, to: 0 }, 0).unwrap();
    assert_eq!(case.raised(), before);
    assert_eq!(case.places(), ["/rows/0/count"]);
}

#[test]
fn a_place_that_is_not_there_raises_nothing() {
    for places in ["trip", "trip.codes[]", "rows[]", "rows[].key", "@own"] {
        assert!(case(&[rule(places, "true", "")], json!({})).places().is_empty(), "{places}");
    }
    let blank = json!({"rows": [{"key": "  ", "word": " "}, {"key": null}]});
    for places in ["rows[].key", "@own"] {
        assert!(case(&[rule(places, "true", "")], blank.clone()).places().is_empty(), "{places}");
    }
}

#[test]
fn hidden_answers_do_not_count() {
    let rules = [
        rule("@own", "true", ""),
        rule("trip", "has(note) || has(part.name)", "kind"),
        rule("trip.part", "true", ""),
        rule("", "size(collect(\"own\")) > 1", "/rows"),
    ];
    let mut values = json!({"trip": {"kind": "plain", "note": "n", "part": {"name": "p"}}, "rows": [{"word": "w"}]});
    assert_eq!(case(&rules, values.clone()).places(), ["/rows/0/word"]);
    values["trip"]["kind"] = json!("other");
    let shown = ["/trip/note", "/trip/part/name", "/rows/0/word", "/trip/kind", "/trip/part", "/rows"];
    assert_eq!(case(&rules, values).places(), shown);
}

#[test]
fn what_is_typed_and_no_number_yet_does_not_count() {
    let rules = [rule("trip", "has(cost)", "cost")];
    assert!(case(&rules, json!({"trip": {"cost": "1,5"}})).places().is_empty());
    assert_eq!(case(&rules, json!({"trip": {"cost": 1.5}})).places(), ["/trip/cost"]);
}

#[test]
fn a_message_is_filled_from_named_expressions_and_properties_in_scope() {
    let mut one = rule("rows[]", "count < least", "count");
    one["with"] = json!({"least": "size(root.rows)", "count": "count"});
    one["message"] = json!("{key}: {count} is less than {least}, see {word} and {index}.");
    let found = case(&[one], json!({"rows": [{"key": "x", "count": 1}, {"key": "y", "count": 7}]})).raised();
    let messages: Vec<&str> = found.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(messages, ["x: 1 is less than 2, see – and 0."]);
    assert_eq!(found[0].rule.as_deref(), Some("R1"));
    assert_eq!(found[0].severity, Severity::Warning);
}

#[test]
fn findings_stand_in_the_order_of_the_form_whatever_speaks() {
    let rules = [
        rule("rows[]", "true", "count"),
        rule("", "true", "/title"),
        rule("trip", "true", "cost"),
        rule("trip", "true", ""),
    ];
    let values = json!({
        "trip": {"kind": "other", "note": "much more than twenty characters"},
        "rows": [{"count": "many"}, {}],
        "title": "t",
    });
    let case = case(&rules, values);
    let found = case.checked();
    let said: Vec<(String, bool)> =
        found.iter().map(|one| (case.report.pointer(&one.at).unwrap().to_string(), one.rule.is_some())).collect();
    let expected = [
        ("/title", true),
        ("/trip", true),
        ("/trip/note", false),
        ("/trip/cost", true),
        ("/rows/0/count", false),
        ("/rows/0/count", true),
        ("/rows/1/count", true),
    ];
    assert_eq!(said, expected.map(|(at, rule)| (at.to_owned(), rule)));
}

#[test]
fn a_sentence_is_said_once_at_a_place() {
    let mut twice = rule("trip", "true", "note");
    twice["message"] = json!("note may have at most 20 characters.");
    let values = json!({"trip": {"kind": "other", "note": "much more than twenty characters"}});
    let case = case(&[twice.clone(), twice, rule("trip", "true", "note")], values);
    let found = case.checked();
    let said: Vec<(&str, bool)> = found.iter().map(|one| (one.message.as_str(), one.rule.is_some())).collect();
    assert_eq!(said, [("note may have at most 20 characters.", false), ("Look.", true)]);
}

#[test]
fn a_rule_that_reaches_a_limit_says_once_that_it_could_not_be_checked() {
    let rows: Vec<Value> = (0..100).map(|count| json!({"count": count})).collect();
    let costly = "root.rows.all(a, root.rows.all(b, root.rows.all(c, a.count + b.count + c.count >= 0)))";
    let case = case(&[rule("rows[]", costly, "count"), rule("rows[]", "count == 99", "count")], json!({"rows": rows}));
    let found = case.raised();
    let said: Vec<(&str, Severity)> = found.iter().map(|one| (one.message.as_str(), one.severity)).collect();
    assert_eq!(said, [("Rule R1 could not be checked.", Severity::Info), ("Look.", Severity::Warning)]);
    assert_eq!(case.places(), ["/rows/0/count", "/rows/99/count"]);
}

#[test]
fn a_check_ends_when_all_rules_together_took_too_many_steps() {
    let rows: Vec<Value> = (0..10).map(|count| json!({"count": count})).collect();
    let mut other = rule("rows[]", "count == 9", "count");
    other["id"] = json!("R2");
    let case = case(&[rule("rows[]", "count >= 0", "count"), other], json!({"rows": rows}));
    let whole = case.rules.findings(&case.report);
    assert_eq!(whole.len(), 11);
    let cut = case.rules.findings_within(&case.report, 20);
    assert!(cut.starts_with(&whole[..5]) && cut.len() < whole.len());
    let said: Vec<&str> = cut[cut.len() - 2..].iter().map(|one| one.message.as_str()).collect();
    assert_eq!(said, ["Rule R1 could not be checked.", "Rule R2 could not be checked."]);
    assert!(cut[cut.len() - 2..].iter().all(|one| one.severity == Severity::Info));
}

#[test]
fn the_worked_example_of_the_criminal_case_has_nothing_wrong_and_three_places_to_look_at() {
    let evaluator = Evaluator::new(&DOCUMENTS[0].1, &[]).unwrap();
    let patterns = NativePatterns::default();
    let checker = Checker { evaluator: &evaluator, patterns: &patterns, rules: Some(&form("CC").rules) };
    let found = checker.report(&example("CC"));
    let ids: Vec<Option<&str>> = found.iter().map(|finding| finding.rule.as_deref()).collect();
    assert!(found.iter().all(|finding| finding.severity != Severity::Error), "{found:?}");
    assert_eq!(ids, [Some("X90"), Some("X76"), Some("X76")]);
}

#[test]
fn an_answer_that_makes_a_rule_speak_and_one_that_makes_it_silent() {
    let mut report = example("CC");
    let at = report.id_at(&pointer("/header/reportDate"));
    let x01 =
        |report: &Report| form("CC").rules.findings(report).into_iter().find(|one| one.rule.as_deref() == Some("X01"));
    assert_eq!(x01(&report), None);
    report.apply(Edit::Set { at: at.clone(), value: Some("2999-01-01".into()) }, 0).unwrap();
    let found = x01(&report).unwrap();
    assert_eq!((found.at, found.severity), (at, Severity::Error));
    report.undo();
    assert_eq!(x01(&report), None);
}

/// A criminal case with many sources and statements, as a large post might write it.
fn large_case() -> Report {
    let mut values = example("CC").values().clone();
    let sources = values["sources"].as_array().unwrap().clone();
    let many = |number: usize| {
        let mut source = sources[number % sources.len()].clone();
        source["id"] = format!("S{}", number + 1).into();
        source
    };
    values["sources"] = (0..150).map(many).collect();
    for list in ["alleged", "authorityPosition", "defencePosition"] {
        let statement = values["facts"][list][0].clone();
        values["facts"][list] = vec![statement; 30].into();
    }
    report("CC", values)
}

#[test]
fn a_large_report_is_checked_to_the_end() {
    let report = large_case();
    let found = form("CC").rules.findings(&report);
    assert!(found.iter().all(|finding| !finding.message.contains("could not be checked")));
    let uncited = found.iter().filter(|finding| finding.rule.as_deref() == Some("X79")).count();
    assert!(uncited > 100, "{uncited}");
}
