//! The rules of the eight built-in templates, run over reports: every worked example, and every edit of
//! `report-rules-fixtures.json`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use chancery::findings::{Finding, Rules, Severity};
use chancery::report::{Report, Surroundings};
use chancery::template::Template;
use serde_json::Value;

use crate::catalogue::DOCUMENTS;
use crate::expr::pointer;
use crate::expr_content::{Content, change, text};

/// Rules that find fault with answers which the form hides: on those they speak only of a file as it was received.
const OF_HIDDEN: [&str; 2] = ["X11", "X26"];

/// A template with its rules.
pub struct Form {
    pub template: Arc<Template>,
    pub rules: Rules,
}

static FORMS: LazyLock<BTreeMap<&str, Form>> = LazyLock::new(|| {
    let form = |document: &Value| {
        let mut document = document.clone();
        // A choice from a list that is found by an expression cannot be drawn yet; rules do not look at it.
        if let Some(hints) = document.pointer_mut("/properties/table/items/properties/category/x-form") {
            hints.as_object_mut().unwrap().remove("ref");
        }
        let template = Template::read(document).unwrap();
        let rules = Rules::read(&template).unwrap_or_else(|error| panic!("{error}"));
        Form { template: Arc::new(template), rules }
    };
    DOCUMENTS.iter().map(|(letters, document)| (*letters, form(document))).collect()
});

pub static CONTENT: LazyLock<Content> = LazyLock::new(Content::read);

pub fn form(letters: &str) -> &'static Form {
    &FORMS[letters]
}

/// A report with these answers on the day it was made.
pub fn report(letters: &str, values: Value) -> Report {
    let today = CONTENT.examples[letters]["header"]["reportDate"].as_str().unwrap().to_owned();
    Report::from_values(form(letters).template.clone(), values, Surroundings { today, workspace: Value::Null })
}

pub fn example(letters: &str) -> Report {
    report(letters, CONTENT.examples[letters].clone())
}

fn ids(findings: &[Finding]) -> Vec<&str> {
    let ids: BTreeSet<&str> = findings.iter().map(|finding| finding.rule.as_deref().unwrap()).collect();
    ids.into_iter().collect()
}

#[test]
fn the_worked_examples_raise_what_is_known_and_nothing_else() {
    for (letters, expected) in [
        ("CC", "X76 X90"),
        ("CT", "F26 X14 X17 X90"),
        ("EX", "F26 X76 X90"),
        ("PS", "F26 X13 X90"),
        ("HR", "F26 X76 X90"),
        ("GR", "X76 X90"),
        ("EN", "X90"),
        ("PR", "F26 X66 X90"),
    ] {
        let findings = form(letters).rules.findings(&example(letters));
        assert_eq!(ids(&findings).join(" "), expected, "{letters}");
        assert!(findings.iter().all(|finding| finding.severity > Severity::Error), "{letters}");
    }
}

#[test]
fn every_rule_of_a_template_is_read() {
    for (letters, document) in &*DOCUMENTS {
        let of_template = document["x-form"]["rules"].as_array().unwrap().len();
        assert_eq!(form(letters).rules.len(), of_template);
    }
    assert_eq!(form("CC").rules.len(), 61);
}

#[test]
fn every_fixture_of_the_rules_is_raised_or_not_as_it_says() {
    let fixtures = CONTENT.fixtures.as_array().unwrap();
    assert_eq!(fixtures.len(), 311);
    let wrong: Vec<String> = fixtures.iter().filter_map(fault).collect();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

fn speaks_of_hidden(rule: &str, report: &Report) -> bool {
    let mut hidden = false;
    report.walk(&mut |visit| hidden |= !visit.relevant && visit.value.is_some());
    OF_HIDDEN.contains(&rule) && hidden
}

/// What is wrong with the findings of a fixture.
fn fault(fixture: &Value) -> Option<String> {
    let (rule, letters) = (text(fixture, "rule"), text(fixture, "template"));
    let mut values = CONTENT.examples[&letters].clone();
    fixture["edits"].as_array().unwrap().iter().for_each(|edit| change(&mut values, edit));
    let mut report = report(&letters, values);
    let mut surroundings = report.surroundings().clone();
    if let Some(today) = fixture.get("today") {
        surroundings.today = today.as_str().unwrap().into();
    }
    surroundings.workspace = fixture.get("workspace").cloned().unwrap_or(Value::Null);
    report.set_surroundings(surroundings);
    let findings = form(&letters).rules.findings(&report);
    let of_rule: Vec<&Finding> = findings.iter().filter(|one| one.rule.as_ref() == Some(&rule)).collect();
    let right = if fixture["expect"] == false || speaks_of_hidden(&rule, &report) {
        of_rule.is_empty()
    } else {
        let places: BTreeSet<&str> = of_rule.iter().map(|finding| finding.at.text()).collect();
        let expected = fixture["at"].as_array().unwrap().iter();
        let expected: Vec<_> = expected.map(|at| report.id_at(&pointer(at.as_str().unwrap()))).collect();
        let message = fixture["message"].as_str().unwrap();
        places == expected.iter().map(|id| id.text()).collect() && of_rule.iter().any(|one| one.message == message)
    };
    let others = fixture.get("also").and_then(Value::as_array).into_iter().flatten();
    let also = others.clone().all(|other| ids(&findings).contains(&other.as_str().unwrap()));
    (!right || !also).then(|| format!("{rule} {letters}: {of_rule:?}, {:?} for {fixture}", ids(&findings)))
}
