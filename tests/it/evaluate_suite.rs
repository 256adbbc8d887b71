//! The official JSON Schema test suite of every draft that can be read.
#![allow(clippy::print_stdout, reason = "the counts are worth reading")]

use std::fs;
use std::path::{Path, PathBuf};

use chancery::findings::evaluate::Evaluator;
use serde_json::Value;

use crate::patterns::NativePatterns;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/json-schema-test-suite")
}

fn read(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The JSON files of a folder, with those of its subfolders when `deep`.
fn files(folder: &Path, deep: bool) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && deep {
            found.extend(files(&path, true));
        } else if path.extension().is_some_and(|extension| extension == "json") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The documents that the tests refer to, with the names under which they are known.
fn known_documents() -> Vec<(String, Value)> {
    let remotes = folder().join("remotes");
    let name = |path: &Path| format!("http://localhost:1234/{}", path.strip_prefix(&remotes).unwrap().display());
    let mut known: Vec<(String, Value)> = files(&remotes, true).iter().map(|path| (name(path), read(path))).collect();
    known.extend(files(&folder().join("metaschemas"), true).iter().map(|path| (String::new(), read(path))));
    known
}

struct Outcome {
    passed: usize,
    /// "file: group: test", and what went otherwise.
    failed: Vec<(String, String)>,
}

fn run(paths: &[PathBuf], draft: &str, assert_formats: bool) -> Outcome {
    let known = known_documents();
    let others: Vec<(&str, &Value)> = known.iter().map(|(name, value)| (name.as_str(), value)).collect();
    let patterns = NativePatterns::default();
    let mut outcome = Outcome { passed: 0, failed: Vec::new() };
    for path in paths {
        for group in read(path).as_array().unwrap() {
            let mut schema = group["schema"].clone();
            // The drafts before 2019-09 do not name themselves in their tests.
            if let Some(schema) = schema.as_object_mut().filter(|_| draft.starts_with("draft-0")) {
                schema.entry("$schema").or_insert_with(|| format!("http://json-schema.org/{draft}/schema#").into());
            }
            // Most tests refer to nothing, and reading all known documents for each of them takes its time.
            let evaluator = Evaluator::new(&schema, &[]).or_else(|_| Evaluator::with_named(&schema, &others));
            let evaluator = evaluator.map(|each| if assert_formats { each.asserting_formats() } else { each });
            for test in group["tests"].as_array().unwrap() {
                let text = |value: &Value| value["description"].as_str().unwrap().to_owned();
                let file = path.file_stem().unwrap().to_string_lossy();
                let name = format!("{file}: {}: {}", text(group), text(test));
                match &evaluator {
                    Err(error) => outcome.failed.push((name, error.to_string())),
                    Ok(evaluator) => {
                        let violations = evaluator.violations(&test["data"], &patterns);
                        let valid = evaluator.is_valid(&test["data"], &patterns);
                        assert_eq!(valid, violations.is_empty(), "{name}: the two ways of asking must agree");
                        if valid == test["valid"].as_bool().unwrap() {
                            outcome.passed += 1;
                        } else {
                            outcome.failed.push((name, format!("{violations:?}")));
                        }
                    }
                }
            }
        }
    }
    outcome
}

fn mandatory(folder_name: &str, draft: &str, count: usize) {
    let outcome = run(&files(&folder().join("tests").join(folder_name), false), draft, false);
    println!("{folder_name}: {} mandatory tests passed, {} failed", outcome.passed, outcome.failed.len());
    assert_eq!(outcome.failed, [], "mandatory tests of {folder_name}");
    assert_eq!(outcome.passed, count, "as many tests as the fixture holds");
}

#[test]
fn all_mandatory_tests_of_draft_2020_12_pass() {
    mandatory("draft2020-12", "draft/2020-12", 1257);
}

#[test]
fn all_mandatory_tests_of_draft_2019_09_pass() {
    mandatory("draft2019-09", "draft/2019-09", 1227);
}

#[test]
fn all_mandatory_tests_of_draft_07_pass() {
    mandatory("draft7", "draft-07", 913);
}

#[test]
fn all_mandatory_tests_of_draft_06_pass() {
    mandatory("draft6", "draft-06", 829);
}

#[test]
fn all_mandatory_tests_of_draft_04_pass() {
    mandatory("draft4", "draft-04", 610);
}

/// The optional files of the suite of which not every test passes, with the reason.
const NOT_PASSED: [(&str, &str); 3] = [
    ("content", "what a text encodes is only noted, as every draft since 2019-09 has it"),
    ("idn-hostname", "host names beyond ASCII need tables of Unicode that no report does; the format is only noted"),
    ("uri-template", "templates of addresses are in no report; the format is only noted"),
];

#[test]
fn all_optional_tests_pass_but_those_listed_with_a_reason() {
    for (folder_name, draft, others, formats) in [
        ("draft2020-12", "draft/2020-12", 158, 456),
        ("draft2019-09", "draft/2019-09", 154, 448),
        ("draft7", "draft-07", 114, 399),
        ("draft6", "draft-06", 106, 213),
        ("draft4", "draft-04", 100, 153),
    ] {
        let optional = folder().join("tests").join(folder_name).join("optional");
        for (path, count, what) in
            [(optional.clone(), others, "optional"), (optional.join("format"), formats, "format")]
        {
            let outcome = run(&files(&path, false), draft, what == "format");
            println!("{folder_name}: {} {what} tests passed, {} not", outcome.passed, outcome.failed.len());
            for (name, went) in outcome.failed {
                let file = name.split(':').next().unwrap();
                assert!(NOT_PASSED.iter().any(|(each, _)| *each == file), "{folder_name}: {name}: {went}");
            }
            assert_eq!(outcome.passed, count, "{folder_name}, {what}");
        }
    }
}
