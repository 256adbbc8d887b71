//! The built-in templates, read by a full validator that knows nothing of Chancery.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::path::Path;

use jsonschema::Validator;
use jsonschema::error::ValidationErrorKind;
use serde_json::{Value, json};

#[path = "../../../src/bin/make_templates/mod.rs"]
#[allow(dead_code)]
mod make_templates;

const ALL: [&str; 8] = ["CC", "CT", "EX", "PS", "HR", "GR", "EN", "PR"];

fn committed() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src/catalogue/templates/criminal-case.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn validator(template: &Value) -> Validator {
    jsonschema::options().should_validate_formats(true).build(template).unwrap()
}

/// The places of everything that is wrong, with the keyword that says so.
fn wrong(validator: &Validator, values: &Value) -> Vec<String> {
    let said = |error: jsonschema::ValidationError<'_>| match error.kind() {
        ValidationErrorKind::Required { property } => {
            format!("{}/{} required", error.instance_path(), property.as_str().unwrap())
        }
        _ => format!("{} {}", error.instance_path(), error.schema_path().to_string().rsplit('/').next().unwrap()),
    };
    let mut found: Vec<String> = validator.iter_errors(values).map(said).collect();
    found.sort();
    found
}

#[test]
fn the_template_is_a_valid_schema_of_its_draft() {
    let template = committed();
    assert_eq!(template["$schema"], "https://json-schema.org/draft/2020-12/schema");
    jsonschema::draft202012::meta::validate(&template).unwrap();
}

#[test]
fn the_worked_example_is_valid_against_the_template() {
    let template = committed();
    assert_eq!(wrong(&validator(&template), &template["x-form"]["sample"]), Vec::<String>::new());
}

#[test]
fn all_eight_templates_are_valid_schemas_and_fit_their_worked_examples() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src/catalogue");
    let sources = make_templates::Sources::read(&folder).unwrap();
    for letters in ALL {
        let template = make_templates::document(&sources, letters).unwrap();
        jsonschema::draft202012::meta::validate(&template).unwrap();
        assert_eq!(wrong(&validator(&template), &template["x-form"]["sample"]), Vec::<String>::new(), "{letters}");
    }
}

#[test]
fn the_example_in_the_description_of_the_format_is_a_template_with_a_fitting_sample() {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../FORMAT.md")).unwrap();
    let block = text.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    let template: Value = serde_json::from_str(block).unwrap();
    jsonschema::draft202012::meta::validate(&template).unwrap();
    let validator = validator(&template);
    assert_eq!(wrong(&validator, &template["x-form"]["sample"]), Vec::<String>::new());
    let other = json!({"visit": {"place": "Solmark", "purpose": "other"}});
    assert_eq!(wrong(&validator, &other), ["/visit/note required"]);
}

/// What is changed in the worked example: `null` takes the place away.
type Edits = &'static [(&'static str, &'static str)];

/// Each case: what it shows, the edits, and everything that must then be wrong.
const CASES: &[(&str, Edits, &[&str])] = &[
    ("a required answer is missing", &[("/header/title", "null")], &["/header/title required"]),
    ("a required section is missing", &[("/offences", "null")], &["/offences required"]),
    ("a required list is empty", &[("/sources", "[]")], &["/sources minItems"]),
    ("a required text is blank", &[("/officer/office", "\"\"")], &["/officer/office minLength"]),
    ("a text is too short", &[("/header/title", "\"Abc\"")], &["/header/title minLength"]),
    ("a code is not in its list", &[("/persons/0/role", "\"offender\"")], &["/persons/0/role oneOf"]),
    ("a choice is not in its type", &[("/selection/typical", "\"maybe\"")], &["/selection/typical oneOf"]),
    ("an open list takes another code", &[("/header/post", "\"xb-brindle\"")], &[]),
    ("an open list takes the word other", &[("/header/post", "\"other\"")], &[]),
    ("an open list takes no free text", &[("/header/post", "\"Brindle\"")], &["/header/post pattern"]),
    (
        "a CUI category has capital letters",
        &[("/handling/cuiCategories/0", "\"prvcy\"")],
        &["/handling/cuiCategories/0 pattern"],
    ),
    (
        "a date is not a date",
        &[("/header/reportDate", "\"5.12.2025\"")],
        &["/header/reportDate format", "/header/reportDate pattern"],
    ),
    ("a month is a partial date", &[("/event/dateFrom", "\"2024-09~\"")], &[]),
    ("a month that is none", &[("/event/dateFrom", "\"2024-13\"")], &["/event/dateFrom pattern"]),
    ("a number as text", &[("/offences/0/statutoryMin", "\"12\"")], &["/offences/0/statutoryMin type"]),
    ("a number below its least", &[("/offences/0/statutoryMin", "-1")], &["/offences/0/statutoryMin minimum"]),
    ("the identifier of another template", &[("/header/templateId", "\"engagement\"")], &["/header/templateId const"]),
    ("a declaration that was not made", &[("/handling/notClassified", "false")], &["/handling/notClassified const"]),
    (
        "a citizenship that is no code",
        &[("/persons/0/citizenships/0", "\"unspec.\"")],
        &["/persons/0/citizenships/0 pattern"],
    ),
    (
        "a reason that is too short",
        &[("/privacy/acceptedWarnings", r#"[{"path": "/header/title", "rule": "V04", "reason": "name"}]"#)],
        &["/privacy/acceptedWarnings/0/reason minLength"],
    ),
    ("a key of an inline object is missing", &[("/analysis/gaps/0/plan", "null")], &["/analysis/gaps/0/plan required"]),
    (
        "a shared type is checked wherever it stands",
        &[("/facts/alleged/0/text", "\"No\"")],
        &["/facts/alleged/0/text minLength"],
    ),
    // Conditions. The controlling answer decides; hidden answers are left out and nothing asks for them.
    (
        "marking without CUI asks for nothing",
        &[
            ("/handling/marking", "\"SBU\""),
            ("/handling/cuiCategories", "null"),
            ("/handling/disseminationControls", "null"),
            ("/handling/designator", "null"),
        ],
        &[],
    ),
    ("CUI asks for its categories", &[("/handling/cuiCategories", "null")], &["/handling/cuiCategories required"]),
    (
        "CUI is not satisfied with no category",
        &[("/handling/cuiCategories", "[]")],
        &["/handling/cuiCategories minItems"],
    ),
    (
        "no personal data, no review date",
        &[("/handling/containsPersonalData", "false"), ("/handling/retentionReview", "null")],
        &[],
    ),
    (
        "personal data need a review date",
        &[("/handling/retentionReview", "null")],
        &["/handling/retentionReview required"],
    ),
    (
        "without the controlling answer nothing is asked",
        &[("/handling/marking", "null"), ("/handling/cuiCategories", "null"), ("/handling/designator", "null")],
        &["/handling/marking required"],
    ),
    (
        "a corrected version names the one it replaces",
        &[("/header/status", "\"corrected\"")],
        &["/header/correctionNote required", "/header/supersedes required"],
    ),
    (
        "a corrected version that does",
        &[
            ("/header/status", "\"corrected\""),
            ("/header/supersedes", "\"XA-CC-2025-0002\""),
            ("/header/correctionNote", "\"The date of the decision was wrong.\""),
        ],
        &[],
    ),
    (
        "a court decision has a court level",
        &[("/proceedings/2/courtLevel", "null")],
        &["/proceedings/2/courtLevel required"],
    ),
    ("an arrest has none", &[("/proceedings/2/courtLevel", "null"), ("/proceedings/2/stage", "\"arrest\"")], &[]),
    ("a conviction has a sentence", &[("/outcomes/0/sanctions", "[]")], &["/outcomes/0/sanctions minItems"]),
    (
        "a charge has no court, no sentence, no outcome",
        &[
            ("/outcomes/0/status", "\"charged\""),
            ("/outcomes/0/court", "null"),
            ("/outcomes/0/decisionDate", "null"),
            ("/outcomes/0/outcome", "null"),
            ("/outcomes/0/perOffence", "null"),
            ("/outcomes/0/sanctions", "null"),
            ("/outcomes/0/reasonsGiven", "null"),
        ],
        &[],
    ),
    ("an appeal asks for its scope", &[("/outcomes/0/appealNote", "null")], &["/outcomes/0/appealNote required"]),
    ("no appeal, no scope", &[("/outcomes/0/appealNote", "null"), ("/outcomes/0/appealStatus", "\"noneLodged\"")], &[]),
    (
        "imprisonment has a length",
        &[("/outcomes/0/sanctions/0/months", "null")],
        &["/outcomes/0/sanctions/0/months required"],
    ),
    (
        "a fine has an amount, not a length",
        &[("/outcomes/0/sanctions/0", r#"{"type": "fine", "amount": "60 day-fines", "execution": "immediate"}"#)],
        &[],
    ),
    (
        "a decision on removal has its grounds",
        &[("/removal/0/grounds", "null"), ("/removal/0/provision", "null")],
        &["/removal/0/grounds required", "/removal/0/provision required"],
    ),
    (
        "removal that was not considered has none",
        &[("/removal/0", r#"{"personRef": "P1", "decision": "notConsidered"}"#)],
        &[],
    ),
    (
        "a stated status has a source",
        &[("/persons/0/statusSourceRefs", "null")],
        &["/persons/0/statusSourceRefs required"],
    ),
    (
        "one stated part is enough",
        &[("/persons/0/immigrationStatus", "\"unknown\""), ("/persons/0/statusSourceRefs", "null")],
        &["/persons/0/statusSourceRefs required"],
    ),
    (
        "a status that is not known has none",
        &[
            ("/persons/0/immigrationStatus", "\"unknown\""),
            ("/persons/0/citizenshipGroup", "\"unknown\""),
            ("/persons/0/statusSourceRefs", "null"),
        ],
        &[],
    ),
    (
        "conflicting statements are described",
        &[("/persons/0/statusDisputed", "true")],
        &["/persons/0/statusDisputeNote required"],
    ),
    ("a public online source has an address", &[("/sources/0/url", "null")], &["/sources/0/url required"]),
    ("a source on file has none", &[("/sources/0/url", "null"), ("/sources/0/accessState", "\"onFile\"")], &[]),
    (
        "a saved copy has a hash",
        &[("/sources/0/fileHash", "null"), ("/sources/0/hashAlgorithm", "null")],
        &["/sources/0/fileHash required"],
    ),
    (
        "no saved copy, no hash",
        &[("/sources/0/fileName", "null"), ("/sources/0/fileHash", "null"), ("/sources/0/hashAlgorithm", "null")],
        &[],
    ),
    (
        "a statement of fact has a source",
        &[("/facts/alleged/0/sourceRefs", "null")],
        &["/facts/alleged/0/sourceRefs required"],
    ),
    (
        "an empty list of sources is none",
        &[("/facts/alleged/0/sourceRefs", "[]")],
        &["/facts/alleged/0/sourceRefs minItems"],
    ),
    (
        "a search without result has none",
        &[("/facts/alleged/0/sourceRefs", "null"), ("/facts/alleged/0/kind", "\"searchNote\"")],
        &[],
    ),
    ("a part of a set names the set", &[("/selection/typical", "\"partOfSet\"")], &["/selection/setReport required"]),
    (
        "key judgments may be left out of a case report",
        &[("/analysis/keyJudgments", "null"), ("/analysis/alternatives", "null")],
        &[],
    ),
    (
        "a key judgment that is begun is complete",
        &[("/analysis/keyJudgments", r#"[{"text": "The appeal will be decided in 2026."}]"#)],
        &[
            "/analysis/keyJudgments/0/confidence required",
            "/analysis/keyJudgments/0/confidenceBasis required",
            "/analysis/keyJudgments/0/sourceRefs required",
        ],
    ),
    ("an unknown key is kept", &[("/header/remark", "\"From another version.\"")], &[]),
];

#[test]
fn each_change_of_the_worked_example_is_found_at_its_place_or_found_right() {
    let template = committed();
    let validator = validator(&template);
    for (shows, edits, expected) in CASES {
        let mut values = template["x-form"]["sample"].clone();
        edits.iter().for_each(|(at, value)| edit(&mut values, at, serde_json::from_str(value).unwrap()));
        assert_eq!(wrong(&validator, &values), *expected, "{shows}");
    }
}

/// Puts a value at a place, or takes the place away.
fn edit(values: &mut Value, at: &str, value: Value) {
    let (holder, key) = at.rsplit_once('/').unwrap();
    match (values.pointer_mut(holder).unwrap(), value) {
        (Value::Object(map), Value::Null) => drop(map.shift_remove(key).unwrap()),
        (Value::Object(map), value) => drop(map.insert(key.to_owned(), value)),
        (Value::Array(items), value) => *items.get_mut(key.parse::<usize>().unwrap()).unwrap() = value,
        (other, _) => panic!("{at}: {other}"),
    }
}

#[test]
fn empty_sections_lack_what_is_required_in_them_and_nothing_that_a_condition_asks_for() {
    let template = committed();
    let validator = validator(&template);
    let names = |schema: &Value| {
        schema["required"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let mut expected: Vec<_> = names(&template).iter().map(|name| format!("/{name} required")).collect();
    expected.sort();
    assert_eq!(wrong(&validator, &json!({})), expected);
    for (name, section) in template["properties"].as_object().unwrap() {
        let object = if section["type"] == "array" { &section["items"] } else { section };
        let (values, at) = match section["type"] == "array" {
            true => (json!({name: [{}]}), format!("/{name}/0/")),
            false => (json!({name: {}}), format!("/{name}/")),
        };
        let mut expected: Vec<_> = names(object).iter().map(|key| format!("{at}{key} required")).collect();
        expected.sort();
        let found: Vec<_> = wrong(&validator, &values).into_iter().filter(|error| error.starts_with(&at)).collect();
        assert_eq!(found, expected, "{name}");
    }
}
