//! What is said about a report that is not finished or not right: each kind of finding with its sentence, at its place,
//! once.

use std::sync::Arc;

use chancery::template::Shape;
use serde_json::{Value, json};

use crate::scenario::{CRIMINAL_CASE, Form, Scenario, criminal_case, worked_example};

#[test]
fn an_empty_report_lists_what_every_report_needs_in_the_order_of_the_form() {
    let scenario = criminal_case();
    let lines = scenario.errors();
    let expected = [
        "/header/title: Short title is required.",
        "/header/summary: Summary is required.",
        "/header/country: Country of report is required.",
        "/header/post: Post is required.",
        "/header/reportDate: Date of report is required.",
        "/header/status: Status is required.",
        "/header/version: Version is required.",
        "/header/language: Language of report is required.",
        "/handling/marking: Handling marking is required.",
    ];
    assert_eq!(lines[..expected.len()], expected);
    let layout = CRIMINAL_CASE.template.layout();
    let mut required = Vec::new();
    for (_, node) in layout.nodes() {
        let asked = node.required && !node.hints.is_given() && node.pattern.iter().all(|token| token != "*");
        if asked && !matches!(node.shape, Shape::Group { .. }) {
            required.push(format!("/{}", node.pattern.join("/")));
        }
    }
    // A sentence also ends in a colon and a space before what is typed.
    let places: Vec<&str> = lines.iter().map(|line| line.split(": ").next().unwrap()).collect();
    assert_eq!(places, required);
    // A list of which one is needed says so, with its own words where it has some.
    assert!(lines.contains(&"/offences: Add at least 1 to Offences.".to_owned()), "{lines:?}");
    let own = &layout.node(layout.find(["facts", "defencePosition"]).unwrap()).hints.messages["required"];
    assert!(lines.contains(&format!("/facts/defencePosition: {}", own.as_str().unwrap())));
}

#[test]
fn the_worked_example_has_no_error() {
    assert_eq!(worked_example().errors(), Vec::<String>::new());
}

#[test]
fn what_another_answer_makes_necessary_says_so() {
    criminal_case()
        .expect_no_finding("/handling/designator")
        .answer("/handling/marking", "CUI")
        .expect_finding("/handling/designator", "Designated by is required because of another entry.")
        .expect_finding("/handling/cuiCategories", "CUI categories is required because of another entry.")
        .answer("/handling/marking", "UNCLASSIFIED")
        .expect_no_finding("/handling/designator");
}

#[test]
fn a_text_of_the_template_comes_before_the_default() {
    let scenario = criminal_case().add("/persons").tick("/persons/0/statusDisputed", true);
    let layout = CRIMINAL_CASE.template.layout();
    let own = |way: &[&str], keyword: &str| {
        layout.node(layout.find(way.iter().copied()).unwrap()).hints.messages[keyword].as_str().unwrap().to_owned()
    };
    let note = own(&["persons", "*", "statusDisputeNote"], "required");
    let scenario = scenario.expect_finding("/persons/0/statusDisputeNote", &note);
    // The text of a shared type holds where the place has none.
    let long = own(&["header", "title"], "maxLength");
    scenario.answer("/header/title", &"x".repeat(200)).expect_finding("/header/title", &long);
}

#[test]
fn each_kind_of_wrong_answer_has_its_sentence() {
    criminal_case()
        .add("/offences")
        .answer("/offences/0/iccs1", "no such code")
        .expect_finding("/offences/0/iccs1", "Choose a value from the list for Offence section (ICCS level 1).")
        .answer("/offences/0/statutoryMax", "twelve")
        .expect_finding("/offences/0/statutoryMax", "Enter a whole number for Statutory maximum.")
        .answer("/officer/office", &"x".repeat(301))
        .expect_finding("/officer/office", "Office or section may have at most 300 characters.")
        .tick("/handling/notClassified", true)
        .expect_no_finding("/handling/notClassified")
        .tick("/handling/notClassified", false)
        .expect_finding("/handling/notClassified", &declaration());
}

fn declaration() -> String {
    let layout = CRIMINAL_CASE.template.layout();
    let node = layout.node(layout.find(["handling", "notClassified"]).unwrap());
    node.hints.messages["const"].as_str().unwrap().to_owned()
}

#[test]
fn too_few_and_too_many_items_are_told_at_the_list() {
    let mut scenario = criminal_case();
    for _ in 0..11 {
        scenario = scenario.add("/victims");
    }
    scenario = scenario.expect_finding("/victims", "At most 10 entries are allowed in Victims (totals only).");
    scenario.remove("/victims/0").expect_no_finding("/victims");
}

/// A form in which the schema says things that no single field can.
fn whole() -> Arc<Form> {
    Arc::new(Form::of(json!({
        "type": "object",
        "additionalProperties": false,
        "title": "Trial",
        "properties": {
            "trip": {"title": "Trip", "type": "object", "required": ["from"], "properties": {
                "from": {"title": "From", "type": "string"},
                "to": {"title": "To", "type": "string", "minLength": 2, "pattern": "^[A-Z]"},
            }, "dependentRequired": {"from": ["to"]}, "additionalProperties": false},
            "rows": {"title": "Rows", "type": "array", "uniqueItems": true, "minItems": 2, "items": {
                "type": "object", "properties": {"name": {"title": "Name", "type": "string", "minLength": 3}},
            }},
            "words": {"title": "Words", "type": "array", "items": {"type": "string", "maxLength": 3}},
        },
    })))
}

#[test]
fn what_the_schema_says_of_the_whole_stands_at_a_sensible_place_and_once() {
    let form = whole();
    let errors = |values: Value| Scenario::with_values(&form, values).errors();
    assert_eq!(errors(json!({})), Vec::<String>::new());
    // Required by another answer: at the field that is missing.
    assert_eq!(errors(json!({"trip": {"from": "x"}})), ["/trip/to: To is required because of another entry."]);
    // Two rules broken by one value: one finding.
    assert_eq!(errors(json!({"trip": {"from": "x", "to": "x"}})), ["/trip/to: To must have at least 2 characters."]);
    let same = json!({"rows": [{"name": "one"}, {"name": "one"}]});
    assert_eq!(errors(same), ["/rows: Entries 1 and 2 of Rows are the same. Change or remove one."]);
    assert_eq!(errors(json!({"rows": [{"name": "one"}]})), ["/rows: Add at least 2 to Rows."]);
    // What the form does not know is named as the file names it.
    let unknown = json!({"trip": {"from": "x", "to": "Ab", "via": "y"}});
    assert_eq!(errors(unknown), ["/trip: via is not expected here. Remove it."]);
    assert_eq!(errors(json!({"more": 1})), [": more is not expected here. Remove it."]);
    // Boxes left empty are not sent; what follows them still finds its place.
    assert_eq!(errors(json!({"words": [null, "long word"]})), ["/words/1: Words may have at most 3 characters."]);
}

#[test]
fn findings_of_fields_and_of_the_whole_stand_in_one_order() {
    let form = whole();
    let values = json!({
        "words": ["long word"],
        "rows": [{"name": "same"}, {"name": "same"}, {"name": "x"}],
        "trip": {"to": "x"},
    });
    let lines = Scenario::with_values(&form, values).errors();
    let places: Vec<&str> = lines.iter().map(|line| line.split(": ").next().unwrap()).collect();
    // Words stand outside all sections, which come first. While a row has a fault of its own, what is wrong with the
    // rows together waits.
    assert_eq!(places, ["/words/0", "/trip/from", "/trip/to", "/rows/2/name"]);
}

#[test]
fn nothing_is_said_of_what_is_not_asked() {
    let scenario = worked_example().answer("/outcomes/0/court", &"x".repeat(400));
    let scenario = scenario.expect_finding("/outcomes/0/court", "Court may have at most 300 characters.");
    let hidden = scenario.answer("/outcomes/0/status", "pending");
    assert_eq!(hidden.message("/outcomes/0/court"), None);
    assert!(hidden.errors().iter().all(|line| !line.starts_with("/outcomes/0/court")));
}

#[test]
fn an_object_that_may_be_left_out_requires_nothing_until_it_is_there() {
    let form = Arc::new(Form::of(json!({"type": "object", "required": ["must"], "properties": {
        "may": {"type": "object", "required": ["name"], "properties": {
            "name": {"type": "string"}, "note": {"type": "string"},
            "inner": {"type": "object", "required": ["deep"], "properties": {"deep": {"type": "string"}}},
        }},
        "must": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}},
        "bare": {"type": "object", "properties": {"name": {"type": "string"}}},
    }})));
    let scenario = Scenario::with_values(&form, json!({}));
    assert_eq!(scenario.errors(), ["/must/name: name is required."]);
    let begun = scenario.answer("/must/name", "x").answer("/may/note", "y");
    assert_eq!(begun.errors(), ["/may/name: name is required."]);
    let done = begun.answer("/may/name", "z").answer("/may/inner/deep", "w").answer("/may/inner/deep", "");
    assert_eq!(done.errors(), Vec::<String>::new());
    assert_eq!(done.report.progress(&chancery::report::NodeId::root()).required, 2);
}

#[test]
fn an_object_that_has_to_be_there_and_needs_nothing_is_sent_without_answers() {
    let form = Arc::new(Form::of(json!({"type": "object", "required": ["notes"], "properties": {
        "notes": {"type": "object", "properties": {"text": {"type": "string"}}},
    }})));
    let scenario = Scenario::with_values(&form, json!({}));
    assert_eq!(scenario.report.outgoing().values, json!({"notes": {}}));
    assert_eq!(scenario.errors(), Vec::<String>::new());
}

#[test]
fn a_day_that_the_calendar_does_not_have_is_told_in_full_and_partial_dates() {
    let words = "Date of the event (from): the calendar has no such day. Check day and month.";
    criminal_case()
        .answer_date("/event/dateFrom", "2024", "2", "30")
        .expect_finding("/event/dateFrom", words)
        .answer_date("/event/dateFrom", "2024", "2", "29")
        .expect_no_finding("/event/dateFrom")
        .answer_date("/event/dateFrom", "2024", "2", "")
        .expect_no_finding("/event/dateFrom");
    let full = criminal_case().answer_date("/header/reportDate", "2025", "4", "31");
    full.expect_finding("/header/reportDate", "Date of report: the calendar has no such day. Check day and month.");
}
