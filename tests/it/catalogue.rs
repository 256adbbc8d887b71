//! The built-in templates against the catalogue they are made from: nothing lost, nothing added by hand.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde_json::Value;

#[path = "../../src/bin/make_templates/mod.rs"]
mod make_templates;

use make_templates::{COMMITTED, Sources};

const ALL: [&str; 8] = ["CC", "CT", "EX", "PS", "HR", "GR", "EN", "PR"];

static CATALOGUE: LazyLock<Value> = LazyLock::new(|| read("reports-catalogue.json"));
pub static RULES: LazyLock<Value> = LazyLock::new(|| read("report-rules.json"));
/// The document of each template, by its letters.
pub static DOCUMENTS: LazyLock<Vec<(&str, Value)>> = LazyLock::new(|| {
    let sources = Sources::read(&folder()).unwrap();
    ALL.iter().map(|letters| (*letters, make_templates::document(&sources, letters).unwrap())).collect()
});

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/catalogue")
}

fn read(name: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(folder().join(name)).unwrap()).unwrap()
}

pub fn criminal_case() -> &'static Value {
    &DOCUMENTS[0].1
}

/// Sections of a template as the catalogue has them, the common ones first.
fn sections(letters: &str) -> Vec<&'static Value> {
    let common = CATALOGUE["common"].as_array().unwrap();
    common.iter().chain(CATALOGUE["templates"][letters]["sections"].as_array().unwrap()).collect()
}

/// Every row of a template with the key of its section.
pub fn rows(letters: &str) -> impl Iterator<Item = (&'static str, &'static Value)> {
    sections(letters).into_iter().flat_map(|section| {
        let key = section["key"].as_str().unwrap();
        section["fields"].as_array().unwrap().iter().map(move |row| (key, row))
    })
}

/// The object that holds the fields of a section: the section, or one of its items.
pub fn holder<'a>(document: &'a Value, section: &str) -> &'a Value {
    let section = &document["properties"][section];
    if section["type"] == "array" { &section["items"] } else { section }
}

/// The rows that a template leaves out because their condition speaks of sections it does not have.
fn left_out(letters: &str, section: &str, key: &Value) -> bool {
    section == "privacy" && key == "necessity" && !["CC", "EX"].contains(&letters)
}

/// The schema of one value: the field itself, or the items of a list.
pub fn value_of(field: &Value) -> &Value {
    if field["type"] == "array" { &field["items"] } else { field }
}

pub fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// Every string that stands under one of these keys, at any depth. The worked example is not searched.
pub fn texts_under<'a>(value: &'a Value, keys: &[&str], found: &mut BTreeSet<&'a str>) {
    fn all<'a>(value: &'a Value, found: &mut BTreeSet<&'a str>) {
        match value {
            Value::String(text) => drop(found.insert(text)),
            Value::Array(items) => items.iter().for_each(|item| all(item, found)),
            Value::Object(map) => map.values().for_each(|item| all(item, found)),
            _ => {}
        }
    }
    match value {
        Value::Object(map) => {
            for (key, inside) in map.iter().filter(|(key, _)| *key != "sample") {
                if keys.contains(&key.as_str()) { all(inside, found) } else { texts_under(inside, keys, found) }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| texts_under(item, keys, found)),
        _ => {}
    }
}

/// Every subschema of a document with its place, definitions included.
pub fn subschemas(document: &Value) -> Vec<(String, &Value)> {
    fn walk<'a>(at: String, schema: &'a Value, found: &mut Vec<(String, &'a Value)>) {
        for (name, inside) in schema["properties"].as_object().into_iter().flatten() {
            walk(format!("{at}/{name}"), inside, found);
        }
        if schema["items"].is_object() {
            walk(format!("{at}[]"), &schema["items"], found);
        }
        found.push((at, schema));
    }
    let mut found = Vec::new();
    walk(String::new(), document, &mut found);
    for (name, definition) in document["$defs"].as_object().unwrap() {
        walk(format!("${name}"), definition, &mut found);
    }
    found
}

#[test]
fn the_committed_templates_are_what_the_program_makes() {
    let sources = Sources::read(&folder()).unwrap();
    for letters in COMMITTED {
        let (name, made) = make_templates::file(&sources, letters).unwrap();
        let committed = std::fs::read_to_string(folder().join("templates").join(&name)).unwrap();
        assert!(committed == made, "{name} is out of date: run make-templates");
        let parsed: Value = serde_json::from_str(&committed).unwrap();
        assert_eq!(parsed, make_templates::document(&sources, letters).unwrap());
    }
}

#[test]
fn every_row_of_the_field_tables_stands_in_its_template_with_title_need_and_codelist() {
    let mut seen = 0;
    for (letters, document) in &*DOCUMENTS {
        for (section, row) in rows(letters) {
            let at = format!("{letters} {section}.{}", row["key"]);
            let holder = holder(document, section);
            let field = &holder["properties"][text(&row["key"])];
            if left_out(letters, section, &row["key"]) {
                assert!(field.is_null(), "{at} does not belong there");
                continue;
            }
            assert_eq!(field["title"], row["title"], "{at}");
            check_need(&at, row, field, holder);
            check_codelist(&at, row, field, document);
            seen += 1;
        }
    }
    let own: usize = ALL.iter().map(|letters| rows(letters).count()).sum();
    assert_eq!(seen, own - 6, "one field is left out of six templates");
}

fn check_need(at: &str, row: &Value, field: &Value, holder: &Value) {
    let required = holder["required"].as_array().is_some_and(|names| names.contains(&row["key"]));
    let hints = &field["x-form"];
    let conditional = hints["showIf"].is_string() || hints["requiredIf"].is_string();
    let set = hints["calculate"].is_string() || !hints["set"].is_null() && field["readOnly"] == true;
    let decided = ["analysis.\"keyJudgments\"", "analysis.\"alternatives\""].iter().any(|path| at.ends_with(path));
    match text(&row["req"]) {
        _ if decided => assert!(!conditional && required == (field["minItems"] == 1), "{at}"),
        "R" => assert!(required && !conditional, "{at}"),
        "O" => assert!(!required && !hints["requiredIf"].is_string(), "{at}"),
        "C" => assert!(!required && conditional, "{at}"),
        "D" => assert!(!required && (set || hints["set"] == "reportId"), "{at}"),
        other => panic!("{at}: {other}"),
    }
    let scope = match text(&row["pd"]) {
        "N" => "no",
        "O" => "official",
        "M" => "scan",
        _ => "pseudonymous",
    };
    assert_eq!(hints["personalData"], scope, "{at}");
}

fn check_codelist(at: &str, row: &Value, field: &Value, document: &Value) {
    let mut named = BTreeSet::new();
    codelists_of(value_of(field), document, &mut named);
    for slug in text(&row["cl"]).split("; ").filter(|slug| *slug != "-") {
        assert!(named.contains(slug), "{at} does not name the codelist {slug}");
        let made = document["$defs"][slug]["oneOf"].as_array().unwrap().iter();
        let made: Vec<_> = made.map(|entry| (&entry["const"], &entry["title"])).collect();
        let wanted = CATALOGUE["codelists"][slug]["rows"].as_array().unwrap().iter();
        let wanted: Vec<_> = wanted.map(|row| (&row[0], &row[1])).collect();
        assert_eq!(made.get(..wanted.len()).unwrap(), wanted, "{slug}");
        let more = usize::from(slug == "post");
        assert_eq!(made.len(), wanted.len() + more, "only the list of posts has one more entry: other");
    }
}

/// The codelists of a value. Those of an object stand on its keys.
fn codelists_of<'a>(value: &'a Value, document: &'a Value, named: &mut BTreeSet<&'a str>) {
    match &value["x-form"]["codelist"] {
        Value::String(slug) => drop(named.insert(slug)),
        Value::Array(several) => named.extend(several.iter().map(text)),
        _ => {
            let target = value["$ref"].as_str().map(|target| &document["$defs"][target.trim_start_matches("#/$defs/")]);
            let keys = target.unwrap_or(value)["properties"].as_object();
            keys.into_iter().flatten().for_each(|(_, key)| codelists_of(value_of(key), document, named));
        }
    }
}

#[test]
fn the_sections_stand_in_the_order_of_a_report() {
    let names: Vec<&str> = criminal_case()["properties"].as_object().unwrap().keys().map(String::as_str).collect();
    let order = "header handling officer clearance selection offences event persons victims proceedings outcomes \
                 removal facts comparators sources analysis privacy";
    assert_eq!(names, order.split_whitespace().collect::<Vec<_>>());
    let required = criminal_case()["required"].as_array().unwrap();
    let optional: Vec<_> = names.iter().filter(|name| !required.iter().any(|r| r == **name)).collect();
    assert_eq!(optional, [&"clearance", &"victims", &"removal", &"comparators"]);
}

#[test]
fn every_message_of_the_field_tables_occurs_word_for_word() {
    for (letters, document) in &*DOCUMENTS {
        let mut said = BTreeSet::new();
        texts_under(document, &["messages", "message"], &mut said);
        for (section, row) in rows(letters).filter(|(section, row)| !left_out(letters, section, &row["key"])) {
            if let Some((_, message)) = text(&row["cons"]).split_once(" => ") {
                assert!(said.contains(message), "{letters} {section}.{}: {message}", row["key"]);
            }
        }
    }
}

#[test]
fn the_messages_of_formats_and_shared_types_occur_word_for_word() {
    let mut said = BTreeSet::new();
    texts_under(criminal_case(), &["messages", "message"], &mut said);
    for message in [
        "Report identifier must look like XA-CC-2025-0001.",
        "Version must look like 1.0.0.",
        "Enter a date as year-month-day, for example 2025-03-14.",
        "Enter a year, a month or a day, for example 2025, 2025-03 or 2025-03-14.",
        "Enter date and time of the archived copy in UTC.",
        "Enter a full address that starts with https:// or http://.",
        "A SHA-256 hash has 64 hexadecimal digits.",
        "This reference has the wrong form.",
        "Use a two-letter country code, XXA for stateless or XXX for unspecified.",
        "Enter a valid e-mail address.",
        "A statement must have 3 to 2,000 characters.",
        "A source of unknown reliability or credibility is used. Add a caveat.",
        "Add page, paragraph or table so that the reader finds the passage.",
        "Give the basis for the confidence level.",
        "Every key judgment needs at least one source.",
        "Enter the length in months.",
        "Enter the amount or the number of day-fines.",
        "Say what changes if the assumption is wrong.",
        "Give evidence for and against, or write none found.",
        "Give a reason of at least 10 characters for keeping the text.",
    ] {
        assert!(said.contains(message), "{message}");
    }
}

#[test]
fn every_text_has_a_limit_and_every_format_a_pattern() {
    for (at, schema) in subschemas(criminal_case()) {
        let set = schema["readOnly"] == true || schema["x-form"]["set"] == "reportId";
        if schema["type"] == "string" && !set && !schema["oneOf"].is_array() {
            let bounded = schema["pattern"].is_string() || schema["maxLength"].is_u64();
            assert!(bounded, "{at} may be of any length");
        }
        if schema["format"].is_string() {
            assert!(schema["pattern"].is_string(), "{at}: a format alone is only an annotation");
        }
        for keyword in schema["x-form"]["messages"].as_object().into_iter().flatten().map(|(keyword, _)| keyword) {
            let known = ["required", "minItems", "rule"].contains(&keyword.as_str());
            assert!(known || !schema[keyword].is_null(), "{at}: a message for {keyword}, which is not there");
        }
    }
}

#[test]
fn a_template_is_one_document_that_refers_only_to_itself() {
    for (letters, document) in &*DOCUMENTS {
        let definitions = document["$defs"].as_object().unwrap();
        let mut targets = BTreeSet::new();
        texts_under(document, &["$ref"], &mut targets);
        let mut lists = BTreeSet::new();
        texts_under(document, &["codelist"], &mut lists);
        let mut expressions = BTreeSet::new();
        texts_under(document, &["when", "with"], &mut expressions);
        let labels = expressions.iter().flat_map(|text| text.split("label(\"").skip(1));
        let labels = labels.map(|rest| rest.split('"').next().unwrap());
        let names: BTreeSet<&str> =
            targets.iter().map(|target| target.strip_prefix("#/$defs/").unwrap()).chain(lists).chain(labels).collect();
        let defined: BTreeSet<&str> = definitions.keys().map(String::as_str).collect();
        assert_eq!(names, defined, "{letters}");
    }
}

#[test]
fn the_worked_example_travels_unchanged() {
    for (letters, document) in &*DOCUMENTS {
        assert_eq!(document["x-form"]["sample"], CATALOGUE["examples"][*letters]);
    }
}

#[test]
fn every_section_and_every_list_of_the_criminal_case_has_its_words() {
    for (name, section) in criminal_case()["properties"].as_object().unwrap() {
        let hints = &section["x-form"];
        assert!(["Report", "The case", "Evidence"].contains(&text(&hints["part"])), "{name}");
        assert!(text(&hints["hint"]).ends_with('.'), "{name}");
    }
    for (at, schema) in subschemas(criminal_case()) {
        let items = &schema["items"];
        if schema["type"] != "array" || schema["uniqueItems"] == true {
            continue;
        }
        let title = text(&schema["x-form"]["itemTitle"]);
        assert!(title.starts_with(|c: char| c.is_lowercase()) || title.starts_with("CUI"), "{at}: {title}");
        let is_object = items["type"] == "object" || items["$ref"].is_string();
        assert_eq!(schema["x-form"]["summary"].is_string(), is_object, "{at}");
        if items["type"] == "object" {
            check_summary(&at, text(&schema["x-form"]["summary"]), items);
        }
    }
}

fn check_summary(at: &str, summary: &str, items: &Value) {
    let names = summary.split('{').skip(1).map(|rest| rest.split('}').next().unwrap());
    for name in names {
        assert!(items["properties"][name].is_object(), "{at}: the summary names {name}, which is not there");
    }
}

#[test]
fn what_the_application_sets_says_how() {
    let header = &criminal_case()["properties"]["header"]["properties"];
    assert_eq!(header["reportId"]["x-form"]["set"], "reportId");
    assert!(header["reportId"]["readOnly"].is_null(), "the officer may change the number");
    assert_eq!(header["templateId"]["const"], "criminal-case");
    assert_eq!(header["status"]["x-form"]["set"], "reportStatus");
    assert!(header["status"]["readOnly"].is_null(), "the status is the post's own word");
    assert_eq!(header["sample"]["x-form"]["set"]["sample"], "country == \"XA\"");
    let prefix = |section: &str| &holder(criminal_case(), section)["properties"]["id"]["x-form"]["set"]["id"]["prefix"];
    assert_eq!([prefix("sources"), prefix("persons"), prefix("offences")], ["S", "P", "O"]);
}

#[test]
fn no_word_of_the_catalogue_calls_the_application_a_tool() {
    for (letters, document) in &*DOCUMENTS {
        let mut said = BTreeSet::new();
        texts_under(document, &["hint", "description", "title", "messages"], &mut said);
        let tool = said.iter().find(|text| text.to_lowercase().contains("the tool"));
        assert_eq!(tool, None, "{letters}");
    }
}

#[test]
fn words_for_a_field_that_does_not_exist_are_refused_with_their_place() {
    let made = |from: &str, to: &str| {
        let copy = std::env::temp_dir().join(format!("chancery-catalogue-{}-{}", std::process::id(), to.len()));
        std::fs::create_dir_all(&copy).unwrap();
        for name in ["reports-catalogue.json", "report-rules.json", "presentation.json"] {
            let text = std::fs::read_to_string(folder().join(name)).unwrap();
            assert!(name != "presentation.json" || text.contains(from), "{from}");
            std::fs::write(copy.join(name), text.replace(from, to)).unwrap();
        }
        let error = make_templates::document(&Sources::read(&copy).unwrap(), "CC").unwrap_err().to_string();
        std::fs::remove_dir_all(&copy).unwrap();
        error
    };
    let field = made("\"caseLabel\": {\"width\"", "\"caseTitle\": {\"width\"");
    assert_eq!(field, "presentation.json, CC selection: there is no field caseTitle");
    let key = made("\"plan\": {\"title\"", "\"plans\": {\"title\"");
    assert_eq!(key, "presentation.json, analysis.gaps: there is no key plans");
    let why = made("\"statusDisputed is true\": \"Asked because there are conflicting statements on status.\",", "");
    assert_eq!(why, "presentation.json, why: nothing for: statusDisputed is true");
}
