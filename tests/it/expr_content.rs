//! The conditions, calculations, filters and rules of the eight built-in reports, run on their worked examples and on
//! the edits of `report-rules-fixtures.json`. Selecting the places of a rule is done here in the plainest way; the
//! product has its own.

use std::collections::{BTreeMap, BTreeSet};

use chancery::template::Pointer;
use chancery::template::expr::{Dependency, Expr, Scope, Standpoint, fill, placeholders};
use serde_json::{Value, json};

use crate::expr::{Desk, pointer};

pub struct Content {
    pub rules: Value,
    pub fixtures: Value,
    pub examples: Value,
    marks: Value,
    labels: Value,
}

impl Content {
    pub fn read() -> Self {
        let read = |text: &str| serde_json::from_str(text).unwrap();
        Self {
            rules: read(include_str!("../fixtures/expressions/report-rules.json")),
            fixtures: read(include_str!("../fixtures/expressions/report-rules-fixtures.json")),
            examples: read(include_str!("../fixtures/expressions/examples.json")),
            marks: read(include_str!("../fixtures/expressions/marks.json")),
            labels: read(include_str!("../fixtures/expressions/labels.json")),
        }
    }

    /// A report of a template with its marks and constants. The day is that of the report.
    fn desk(&self, template: &str, root: Value) -> Desk {
        let mut desk = Desk::with(root);
        desk.data = self.rules["data"].clone();
        desk.labels = self.labels.clone();
        desk.today = desk.root["header"]["reportDate"].as_str().unwrap_or("2025-12-31").into();
        let mut marks = Vec::new();
        let patterns: Vec<(&str, Vec<&str>)> = self.marks[template]
            .as_object()
            .unwrap()
            .iter()
            .flat_map(|(mark, patterns)| patterns.as_array().unwrap().iter().map(move |p| (mark, p)))
            .map(|(mark, pattern)| (mark.as_str(), pattern.as_str().unwrap().split('/').skip(1).collect()))
            .collect();
        every_place(&desk.root, &Pointer::root(), &mut |place| {
            let fitting = patterns.iter().filter(|(_, pattern)| fits(pattern, place));
            marks.extend(fitting.map(|(mark, _)| ((*mark).to_owned(), place.clone())));
        });
        desk.marks = marks;
        desk
    }

    fn example(&self, template: &str) -> Desk {
        self.desk(template, self.examples[template].clone())
    }

    /// Every expression as (where it stands, its text).
    fn expressions(&self) -> Vec<(String, String)> {
        let mut all = Vec::new();
        for (kind, key) in [("conditions", "expr"), ("calculations", "expr"), ("filters", "expr"), ("rules", "when")] {
            let entries: Vec<(String, &Value)> = match &self.rules[kind] {
                Value::Object(map) => map.iter().map(|(name, entry)| (name.clone(), entry)).collect(),
                list => list.as_array().unwrap().iter().map(|entry| (text(entry, "id"), entry)).collect(),
            };
            for (name, entry) in entries {
                all.push((name.clone(), text(entry, key)));
                all.extend(with(entry).into_iter().map(|(_, expr)| (name.clone(), expr.source().to_owned())));
            }
        }
        all
    }
}

pub fn text(entry: &Value, key: &str) -> String {
    entry[key].as_str().unwrap().to_owned()
}

fn with(entry: &Value) -> Vec<(String, Expr)> {
    let names = entry.get("with").and_then(Value::as_object);
    let parse = |source: &Value| Expr::parse(source.as_str().unwrap()).unwrap();
    names.into_iter().flatten().map(|(name, source)| (name.clone(), parse(source))).collect()
}

fn every_place(value: &Value, at: &Pointer, visit: &mut dyn FnMut(&Pointer)) {
    visit(at);
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| every_place(value, &at.child(key), visit)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, value)| every_place(value, &at.child(index), visit));
        }
        _ => {}
    }
}

fn fits(pattern: &[&str], place: &Pointer) -> bool {
    pattern.len() == place.tokens().len() && pattern.iter().zip(place.tokens()).all(|(a, b)| *a == "*" || a == b)
}

/// The places that the `for` of a rule selects.
fn selected(desk: &Desk, places: &str) -> Vec<Pointer> {
    let mut found = Vec::new();
    if let Some(mark) = places.strip_prefix('@') {
        return desk.marks.iter().filter(|(other, _)| other == mark).map(|(_, place)| place.clone()).collect();
    }
    // `measures[].history[]` has the tokens `measures`, `*`, `history`, `*`.
    let path = places.replace("[]", ".*");
    let pattern: Vec<&str> = path.split('.').filter(|token| !token.is_empty()).collect();
    every_place(&desk.root, &Pointer::root(), &mut |place| {
        if fits(&pattern, place) {
            found.push(place.clone());
        }
    });
    found
}

/// What the rules of a template raise: identifier, place, message.
fn raised(content: &Content, template: &str, desk: &Desk, only: Option<&str>) -> Vec<(String, String, String)> {
    let mut findings = Vec::new();
    for rule in content.rules["rules"].as_array().unwrap() {
        let id = text(rule, "id");
        if !rule["templates"].as_array().unwrap().contains(&json!(template)) || only.is_some_and(|only| only != id) {
            continue;
        }
        let (when, names) = (Expr::parse(&text(rule, "when")).unwrap(), with(rule));
        for place in selected(desk, &text(rule, "for")) {
            let scope = Scope { with: &names, ..Scope::of_rule(desk, place.clone()) };
            let outcome = when.evaluate(&scope);
            assert!(!outcome.stopped, "{id} at {place}");
            if outcome.is_true() {
                let at = text(rule, "at");
                let at = match at.strip_prefix('/') {
                    Some(_) => pointer(&at),
                    None if at.is_empty() => place,
                    None => place.child(at),
                };
                let message = fill(&text(rule, "message"), |name| Some(scope.name(name)));
                findings.push((id.clone(), at.to_string(), message));
            }
        }
    }
    findings
}

#[test]
fn every_expression_of_the_built_in_reports_is_read() {
    let expressions = Content::read().expressions();
    for (name, source) in &expressions {
        assert!(Expr::parse(source).is_ok(), "{name}: {source}: {:?}", Expr::parse(source));
    }
    assert_eq!(expressions.len(), 278);
    let different: BTreeSet<&str> = expressions.iter().map(|(_, source)| source.as_str()).collect();
    assert_eq!(different.len(), 254);
}

#[test]
fn the_worked_examples_raise_what_is_known_and_nothing_else() {
    let content = Content::read();
    for (template, expected) in [
        ("CC", "X76 X90"),
        ("CT", "F26 X14 X17 X90"),
        ("EX", "F26 X76 X90"),
        ("PS", "F26 X13 X90"),
        ("HR", "F26 X76 X90"),
        ("GR", "X76 X90"),
        ("EN", "X90"),
        ("PR", "F26 X66 X90"),
    ] {
        let findings = raised(&content, template, &content.example(template), None);
        let ids: BTreeSet<String> = findings.into_iter().map(|(id, ..)| id).collect();
        assert_eq!(ids.into_iter().collect::<Vec<_>>().join(" "), expected, "{template}");
    }
}

#[test]
fn every_fixture_of_the_rules_is_raised_or_not_as_it_says() {
    let content = Content::read();
    let fixtures = content.fixtures.as_array().unwrap();
    assert_eq!(fixtures.len(), 311);
    let mut wrong = Vec::new();
    let mut unraised: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (number, fixture) in fixtures.iter().enumerate() {
        let (rule, template) = (text(fixture, "rule"), text(fixture, "template"));
        let mut root = content.examples[&template].clone();
        fixture["edits"].as_array().unwrap().iter().for_each(|edit| change(&mut root, edit));
        let mut desk = content.desk(&template, root);
        desk.today = content.examples[&template]["header"]["reportDate"].as_str().unwrap().into();
        if let Some(today) = fixture.get("today") {
            desk.today = today.as_str().unwrap().into();
        }
        desk.workspace = fixture.get("workspace").cloned();
        let findings = raised(&content, &template, &desk, None);
        let of_rule: Vec<_> = findings.iter().filter(|(id, ..)| *id == rule).collect();
        let fault = if fixture["expect"] == false {
            !of_rule.is_empty()
        } else {
            let places: BTreeSet<&str> = of_rule.iter().map(|(_, at, _)| at.as_str()).collect();
            let expected: BTreeSet<&str> =
                fixture["at"].as_array().unwrap().iter().map(|at| at.as_str().unwrap()).collect();
            let message = fixture["message"].as_str().unwrap();
            places != expected || !of_rule.iter().any(|(.., text)| text == message)
        };
        if fault {
            wrong.push(format!("{number} {rule} {template}: {of_rule:?} for {fixture}"));
        }
        for other in fixture.get("also").and_then(Value::as_array).into_iter().flatten() {
            let other = other.as_str().unwrap();
            if !findings.iter().any(|(id, ..)| id == other) {
                unraised.entry(rule.clone()).or_default().insert(other.to_owned());
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(unraised.is_empty(), "{unraised:?}");
}

/// Applies one edit of a fixture: `-` appends, a null value removes.
pub fn change(root: &mut Value, edit: &Value) {
    let place = pointer(edit["path"].as_str().unwrap());
    let (parent, last) = (place.parent().unwrap(), place.last().unwrap());
    let mut holder = root;
    for token in parent.tokens() {
        holder = match holder {
            Value::Array(items) => &mut items[token.parse::<usize>().unwrap()],
            other => &mut other[token.as_str()],
        };
    }
    let value = edit["value"].clone();
    match (holder, value) {
        (Value::Object(map), Value::Null) => drop(map.shift_remove(last)),
        (Value::Array(items), Value::Null) => drop(items.remove(last.parse().unwrap())),
        (Value::Array(items), value) if last == "-" => items.push(value),
        (Value::Array(items), value) => items[last.parse::<usize>().unwrap()] = value,
        (other, value) => other[last] = value,
    }
}

#[test]
fn no_answer_of_an_example_is_hidden_and_none_that_is_required_is_missing() {
    let content = Content::read();
    let (mut shown, mut required) = (0, 0);
    for (name, condition) in content.rules["conditions"].as_object().unwrap() {
        let expr = Expr::parse(&text(condition, "expr")).unwrap();
        for used in condition["uses"].as_array().unwrap() {
            let (field, conditions) = (text(used, "field"), used["as"].as_array().unwrap());
            for template in content.examples.as_object().unwrap().keys() {
                if (used["template"] != "all" && used["template"] != json!(template)) || field.starts_with("every ") {
                    continue;
                }
                let desk = content.example(template);
                let (holder, key) = field.rsplit_once('.').unwrap();
                for place in selected(&desk, holder).into_iter().map(|holder| holder.child(key)) {
                    let holds = expr.evaluate(&Scope::of_field(&desk, place.clone())).is_true();
                    let answered = place.get(&desk.root).is_some();
                    if conditions.contains(&json!("showIf")) && answered {
                        assert!(holds, "{name} hides {place} of {template}");
                        shown += 1;
                    }
                    if conditions.contains(&json!("requiredIf")) && holds {
                        assert!(answered, "{name} requires {place} of {template}");
                        required += 1;
                    }
                }
            }
        }
    }
    assert!(shown > 100 && required > 100, "{shown} {required}");
}

#[test]
fn the_stored_calculations_of_the_examples_are_found_again() {
    let content = Content::read();
    let mut compared = 0;
    for (name, calculation) in content.rules["calculations"].as_object().unwrap() {
        let (expr, names) = (Expr::parse(&text(calculation, "expr")).unwrap(), with(calculation));
        let field = text(calculation, "field");
        for template in content.examples.as_object().unwrap().keys() {
            let of_all = calculation["template"] == "all";
            if (!of_all && calculation["template"] != json!(template)) || field.contains("not stored") {
                continue;
            }
            let desk = content.example(template);
            let (holder, key) = field.rsplit_once('.').unwrap();
            for place in selected(&desk, holder).into_iter().map(|holder| holder.child(key)) {
                let scope = Scope { with: &names, ..Scope::of_field(&desk, place.clone()) };
                let stored = place.get(&desk.root).cloned();
                let (found, stored) = (expr.evaluate(&scope).into_value(), stored.map(shortened));
                assert_eq!(found, stored, "{name} at {place} of {template}");
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 48);
}

/// A number without the zeros it may be stored with.
fn shortened(value: Value) -> Value {
    match value.as_f64() {
        Some(number) if value.is_number() => Value::Number(serde_json::from_str(&number.to_string()).unwrap()),
        _ => value,
    }
}

#[test]
fn the_calculated_rates_and_limits_agree_with_the_catalogue() {
    let content = Content::read();
    let calculate = |name: &str, row: Value| {
        let calculation = &content.rules["calculations"][name];
        let desk = content.desk("CT", json!({"table": [row]}));
        let names = with(calculation);
        let scope = Scope { with: &names, ..Scope::of_field(&desk, pointer("/table/0/x")) };
        Expr::parse(&text(calculation, "expr")).unwrap().evaluate(&scope).to_text()
    };
    let first = json!({"count": 2118, "population": 486_300, "previousCount": 1987, "previousPopulation": 451_900});
    let second = json!({"count": 8214, "population": 3_912_400});
    for (name, row, expected) in [
        ("rate", &first, "435.5"),
        ("rateLow", &first, "417.2"),
        ("rateHigh", &first, "454.5"),
        ("previousRate", &first, "439.7"),
        ("countChange", &first, "131"),
        ("countChangePct", &first, "6.6"),
        ("rateChangePct", &first, "-0.9"),
        ("rate", &second, "209.9"),
        ("rateLow", &second, "205.4"),
        ("rateHigh", &second, "214.5"),
        ("countChangePct", &second, "–"),
    ] {
        assert_eq!(calculate(name, row.clone()), expected, "{name}");
    }
    let none = json!({"count": 0, "population": 1000, "previousCount": 0});
    assert_eq!(calculate("rateLow", none.clone()), "0");
    assert_eq!(calculate("countChangePct", none), "–");
}

#[test]
fn the_rate_ratio_of_the_catalogue_is_found() {
    let content = Content::read();
    let desk = content.example("CT");
    let ratio = |name: &str, row: usize| {
        let calculation = &content.rules["calculations"][name];
        let names = with(calculation);
        let scope = Scope { with: &names, ..Scope::of_field(&desk, pointer(&format!("/table/{row}/x"))) };
        Expr::parse(&text(calculation, "expr")).unwrap().evaluate(&scope).to_text()
    };
    let ratios = |row: usize| ["rateRatio", "rateRatioLow", "rateRatioHigh"].map(|name| ratio(name, row));
    assert!((0..4).map(ratios).any(|found| found == ["2.07", "1.98", "2.18"]));
}

#[test]
fn every_placeholder_of_a_message_has_a_meaning() {
    let content = Content::read();
    let mut seen = 0;
    for rule in content.rules["rules"].as_array().unwrap() {
        let names = with(rule);
        for name in placeholders(rule["message"].as_str().unwrap()) {
            seen += 1;
            let is_property = ["id"].contains(&name);
            assert!(names.iter().any(|(other, _)| other == name) || is_property, "{name} of {}", rule["id"]);
        }
    }
    assert!(seen > 10);
}

/// A change at a place that no dependency covers must not change an outcome. Takes every answer of an example away,
/// one at a time, and looks at the first two places of each rule.
#[test]
fn an_outcome_changes_only_when_something_it_depends_on_changes() {
    let content = Content::read();
    for template in ["CC", "CT"] {
        let desk = content.example(template);
        let mut places = Vec::new();
        every_place(&desk.root, &Pointer::root(), &mut |place| places.push(place.clone()));
        places.retain(|place| !place.tokens().is_empty());
        let changed: Vec<(Pointer, Desk)> = places
            .into_iter()
            .map(|place| {
                let mut root = desk.root.clone();
                change(&mut root, &json!({"path": place.to_string(), "value": null}));
                let mut other = content.desk(template, root);
                other.today.clone_from(&desk.today);
                (place, other)
            })
            .collect();
        for rule in content.rules["rules"].as_array().unwrap() {
            if !rule["templates"].as_array().unwrap().contains(&json!(template)) {
                continue;
            }
            unaffected(rule, &desk, &changed);
        }
    }
}

fn unaffected(rule: &Value, desk: &Desk, changed: &[(Pointer, Desk)]) {
    let (when, names) = (Expr::parse(&text(rule, "when")).unwrap(), with(rule));
    for selected in selected(desk, &text(rule, "for")).into_iter().take(2) {
        let scope = Scope { with: &names, ..Scope::of_rule(desk, selected.clone()) };
        let before = when.evaluate(&scope);
        let own = selected.get(&desk.root).is_some_and(Value::is_object);
        let at: Vec<&str> =
            selected.tokens().iter().map(|t| if t.parse::<usize>().is_ok() { "*" } else { t }).collect();
        let found = when.dependencies_from(Standpoint { at: &at, own, with: &names });
        for (place, other) in changed {
            // Taking an item away moves the ones behind it, so that the place is another one.
            let moves =
                place.last().is_some_and(|t| t.parse::<usize>().is_ok()) && place.parent().unwrap().contains(&selected);
            if moves || place.contains(&selected) || touches(&found, place, desk) {
                continue;
            }
            let scope = Scope { with: &names, ..Scope::of_rule(other, selected.clone()) };
            assert_eq!(
                when.evaluate(&scope).into_value(),
                before.clone().into_value(),
                "{} {place} {found:?}",
                rule["id"]
            );
        }
    }
}

/// Whether taking away what stands at a place is a change of one of these.
fn touches(dependencies: &[Dependency], place: &Pointer, desk: &Desk) -> bool {
    let meets = |pattern: &[String], place: &[String]| pattern.iter().zip(place).all(|(a, b)| a == "*" || a == b);
    dependencies.iter().any(|dependency| match dependency {
        Dependency::Place(pattern) => meets(pattern, place.tokens()),
        // The place itself, what holds it, or a part directly in it.
        Dependency::Shape(pattern) => meets(pattern, place.tokens()) && place.tokens().len() <= pattern.len() + 1,
        Dependency::Mark(mark) => {
            desk.marks.iter().any(|(other, at)| other == mark && (at.contains(place) || place.contains(at)))
        }
        Dependency::Today | Dependency::Workspace => false,
    })
}
