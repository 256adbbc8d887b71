//! The conditions, calculations, marks and rules of the built-in templates against those of the catalogue.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::catalogue::{DOCUMENTS, RULES, criminal_case, holder, rows, subschemas, text, texts_under, value_of};

#[test]
fn conditions_are_word_for_word_those_of_the_rules_and_each_says_why() {
    for (letters, document) in &*DOCUMENTS {
        let mut used = 0;
        for condition in RULES["conditions"].as_object().unwrap().values() {
            for usage in condition["uses"].as_array().unwrap() {
                let applies = usage["template"] == "all" || usage["template"] == *letters;
                if !applies || text(&condition["expr"]).starts_with("root.header.templateId in ") {
                    continue;
                }
                let field = field_named(document, text(&usage["field"]));
                for kind in usage["as"].as_array().unwrap() {
                    assert_eq!(field["x-form"][text(kind)], condition["expr"], "{letters} {}", usage["field"]);
                    used += 1;
                }
            }
        }
        let hints = subschemas(document);
        let hints = hints.iter().map(|(_, schema)| &schema["x-form"]);
        let made: usize = hints
            .clone()
            .map(|h| usize::from(h["showIf"].is_string()) + usize::from(h["requiredIf"].is_string()))
            .sum();
        assert_eq!(made, used, "{letters}: a condition that the rules do not have");
        for hint in hints.filter(|hint| hint["showIf"].is_string()) {
            let why = text(&hint["why"]);
            assert!(why.starts_with("Asked because ") && why.ends_with('.'), "{why}");
        }
    }
}

/// The field that the rules name, such as `offences[].iccs2` or `every statement, field caveat`.
fn field_named<'a>(document: &'a Value, path: &str) -> &'a Value {
    if let Some((shared, key)) = path.strip_prefix("every ").and_then(|rest| rest.split_once(", field ")) {
        let shared = if shared == "sanction" { "sanctionEntry" } else { shared };
        return &document["$defs"][shared]["properties"][key];
    }
    let mut steps = path.split('.').map(|step| step.trim_end_matches("[]"));
    let mut field = &holder(document, steps.next().unwrap())["properties"][steps.next().unwrap()];
    for step in steps {
        field = &value_of(field)["properties"][step];
    }
    field
}

#[test]
fn calculations_and_filters_are_word_for_word_those_of_the_rules() {
    for (letters, document) in &*DOCUMENTS {
        let here = |entry: &Value| entry["template"] == "all" || entry["template"] == *letters;
        let calculations = RULES["calculations"].as_object().unwrap().values();
        for entry in calculations.filter(|entry| here(entry) && !text(&entry["field"]).contains("not stored")) {
            let hints = &field_named(document, text(&entry["field"]))["x-form"];
            assert_eq!((&hints["calculate"], &hints["with"]), (&entry["expr"], &entry["with"]), "{}", entry["field"]);
        }
        for (path, entry) in RULES["filters"].as_object().unwrap().iter().filter(|(_, entry)| here(entry)) {
            let hints = &value_of(field_named(document, path))["x-form"];
            let wanted = if entry["expr"] == "true" { &Value::Null } else { &entry["expr"] };
            assert_eq!(&hints["filter"], wanted, "{path}");
        }
    }
}

#[test]
fn a_branch_never_asks_for_an_answer_while_the_controlling_answer_is_absent() {
    let mut branches = 0;
    for (at, schema) in DOCUMENTS.iter().flat_map(|(_, document)| subschemas(document)) {
        for branch in schema["allOf"].as_array().into_iter().flatten() {
            branches += 1;
            // The one exception is the statement: its expression, too, is true while no kind is chosen.
            assert!(at == "$statement" || asks_for_presence(&branch["if"]), "{at}: {branch}");
            for key in branch["then"]["required"].as_array().unwrap() {
                let field = &schema["properties"][text(key)];
                assert!(field["x-form"]["requiredIf"].is_string(), "{at}: {key}");
                assert!(!schema["required"].as_array().is_some_and(|names| names.contains(key)), "{at}: {key}");
                let filled = field["type"] != "array"
                    || field["minItems"] == 1
                    || field["minItems"].as_u64() > Some(1)
                    || branch["then"]["properties"][text(key)]["minItems"] == 1;
                assert!(filled, "{at}: an empty list would pass for {key}");
            }
        }
    }
    assert!(branches > 40, "{branches}");
}

fn asks_for_presence(condition: &Value) -> bool {
    match condition["anyOf"].as_array() {
        Some(parts) => parts.iter().all(asks_for_presence),
        None => {
            let names = condition["properties"].as_object().into_iter().flatten().map(|(name, _)| name);
            let required = condition["required"].as_array();
            required.is_some_and(|list| names.clone().all(|name| list.iter().any(|one| one == name)))
        }
    }
}

#[test]
fn conditions_on_siblings_and_constants_are_branches_and_all_others_are_not() {
    let mut plain = BTreeSet::new();
    for (_, schema) in subschemas(criminal_case()) {
        let branches = schema["allOf"].as_array().into_iter().flatten();
        let in_branch: BTreeSet<&str> =
            branches.flat_map(|branch| branch["then"]["required"].as_array().unwrap()).map(text).collect();
        for (key, field) in schema["properties"].as_object().into_iter().flatten() {
            if field["x-form"]["requiredIf"].is_string() && !in_branch.contains(key.as_str()) {
                plain.insert(key.as_str());
            }
        }
    }
    // These read another section or look into a list.
    assert_eq!(plain, BTreeSet::from(["nationalTitleTranslation", "necessity", "quotedTranslation", "releaseList"]));
}

#[test]
fn the_marks_stand_where_the_rules_expect_them() {
    let marked = |mark: &str| -> BTreeSet<String> {
        let here = |(at, schema): (String, &Value)| (schema["x-form"]["type"] == mark).then_some(at);
        subschemas(criminal_case()).into_iter().filter_map(here).collect()
    };
    let set = |places: &[&str]| places.iter().map(|place| (*place).to_owned()).collect::<BTreeSet<_>>();
    for mark in RULES["typeMarks"].as_object().unwrap().keys() {
        assert!(!marked(mark).is_empty(), "no subschema is marked {mark}");
    }
    assert_eq!(marked("statement"), set(&["$statement"]));
    assert_eq!(marked("sourceRef"), set(&["$sourceRef"]));
    assert_eq!(marked("keyJudgment"), set(&["$keyJudgment"]));
    assert_eq!(marked("sanction"), set(&["$sanctionEntry"]));
    // Not on the number of a source or person itself: then every source would count as cited.
    assert_eq!(marked("sourceId"), set(&["$sourceRef/sourceId"]));
    assert_eq!(
        marked("personRef"),
        set(&["/outcomes[]/personRef", "/proceedings[]/personRefs[]", "/removal[]/personRef"])
    );
}

#[test]
fn the_mark_of_own_words_is_on_scanned_texts_but_not_on_titles_citations_or_quotations() {
    let exempt = ["title", "citation", "url", "fileName", "quotedOriginal", "quotedTranslation"];
    for (section, row) in rows("CC") {
        let field = &holder(criminal_case(), section)["properties"][text(&row["key"])];
        let plain = ["text", "string"].contains(&text(&row["type"]));
        let quoted = section == "sources" && exempt.contains(&text(&row["key"]));
        let wanted = row["pd"] == "M" && plain && !quoted;
        assert_eq!(field["x-form"]["type"] == "ownWords", wanted, "{section}.{}", row["key"]);
    }
    let inside = &criminal_case()["properties"]["privacy"]["properties"]["acceptedWarnings"]["items"]["properties"];
    assert_eq!(inside["reason"]["x-form"]["type"], "ownWords");
    assert!(inside["path"]["x-form"]["type"].is_null() && inside["rule"]["x-form"]["type"].is_null());
    let shared = &criminal_case()["$defs"];
    for at in ["statement/text", "statement/caveat", "keyJudgment/text", "assumption/ifWrong", "alternative/hypothesis"]
    {
        let (name, key) = at.split_once('/').unwrap();
        assert_eq!(shared[name]["properties"][key]["x-form"]["type"], "ownWords", "{at}");
    }
}

#[test]
fn the_rules_are_all_there_and_unchanged_and_the_constants_are_those_they_read() {
    for (letters, document) in &*DOCUMENTS {
        let mine = RULES["rules"].as_array().unwrap().iter();
        let mine = mine.filter(|rule| rule["templates"].as_array().unwrap().iter().any(|t| t == *letters));
        let made = document["x-form"]["rules"].as_array().unwrap();
        assert_eq!(mine.clone().count(), made.len(), "{letters}");
        for (rule, made) in mine.zip(made) {
            for key in ["id", "severity", "for", "when", "at", "with", "message"] {
                assert_eq!(rule[key], made[key], "{letters} {}", rule["id"]);
            }
        }
        let mut expressions = BTreeSet::new();
        texts_under(document, &["when", "with", "showIf", "requiredIf", "calculate", "filter"], &mut expressions);
        let read = |name: &str| {
            let whole = regex::Regex::new(&format!(r"\bdata\.{name}\b")).unwrap();
            expressions.iter().any(|text| whole.is_match(text))
        };
        let constants = document["x-form"]["data"].as_object().unwrap();
        for (name, value) in RULES["data"].as_object().unwrap() {
            assert!(!read(name) || constants.get(name) == Some(value), "{letters}: data.{name} is missing");
        }
        assert!(constants.keys().all(|name| read(name)), "{letters}: a constant that nothing reads");
    }
}
