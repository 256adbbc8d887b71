use std::error::Error;
use std::path::PathBuf;

use chancery::exchange::envelope::{Envelope, EnvelopeError, Integrity, Opened};
use chancery::exchange::parts::{
    AppHead, Attachment, Extra, FindingCounts, KeptFinding, Profile, ReportHead, State, TemplateHead,
};
use chancery::exchange::{Digest, Limits, canonical, digest_of, inexact_numbers, read_json, sha256};
use chancery::template::Pointer;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::read::any_json;

fn fixture(name: &str) -> Vec<u8> {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests", "fixtures", name].iter().collect();
    std::fs::read(path).unwrap()
}

/// Opens bytes as the app does: strictly, then as an envelope.
fn open(bytes: &[u8]) -> Result<Opened, Box<dyn Error>> {
    Ok(Envelope::read(read_json(bytes, &Limits::REPORT)?)?)
}

fn golden() -> Value {
    read_json(&fixture("envelopes/criminal-case.json"), &Limits::REPORT).unwrap()
}

fn none() -> Extra {
    Map::new()
}

fn small() -> Envelope {
    Envelope {
        report: ReportHead {
            id: "0193a1b2-c3d4-7e5f-8a6b-0123456789ab".to_owned(),
            revision: 3,
            state: State::Complete,
            supersedes: None,
            sample: false,
            extra: none(),
        },
        template: TemplateHead {
            id: "criminal-case".to_owned(),
            version: "1.0.0".to_owned(),
            digest: sha256(b"template"),
            extra: none(),
        },
        app: AppHead { name: "chancery".to_owned(), version: "0.1.0".to_owned(), extra: none() },
        exported_at: "2026-11-20T14:05:00Z".to_owned(),
        profile: Profile::Full,
        findings: FindingCounts { errors: 0, warnings: 0, not_sent: 0, kept: Vec::new(), extra: none() },
        quality: Map::new(),
        values: json!({"summary": {"text": "Nothing to report."}}),
        attachments: Vec::new(),
        signature: None,
        extra: none(),
    }
}

#[test]
fn golden_files_are_intact_and_are_written_with_the_same_bytes() {
    // Their digests were taken with another implementation of RFC 8785, in another language.
    for name in ["envelopes/criminal-case.json", "envelopes/draft.json"] {
        let bytes = fixture(name);
        let opened = open(&bytes).unwrap();
        assert_eq!((opened.integrity, opened.values_intact), (Integrity::Intact, true), "{name}");
        assert_eq!(opened.envelope.write().unwrap().into_bytes(), bytes, "{name}");
        assert_eq!(opened.envelope.digest().unwrap(), opened.digest, "{name}");
    }
}

#[test]
fn a_golden_file_is_read_with_all_its_members() {
    let envelope = open(&fixture("envelopes/criminal-case.json")).unwrap().envelope;
    assert_eq!(envelope.report.revision, 3);
    assert_eq!(envelope.report.state, State::Complete);
    assert_eq!(envelope.report.supersedes, Some(sha256(b"the export before")));
    assert!(envelope.report.sample);
    assert_eq!(envelope.profile, Profile::Full);
    assert_eq!(envelope.findings.not_sent, 2);
    assert_eq!(envelope.findings.kept[0].at, Pointer::parse("/sources/1").unwrap());
    assert_eq!(envelope.attachments[0].digest, sha256(b"Hello, file.\n"));
    assert_eq!(envelope.values.pointer("/caseFacts/distanceKm").unwrap().to_string(), "1.50");
    let unknown: Vec<String> = [&envelope.report.extra, &envelope.template.extra, &envelope.app.extra, &envelope.extra]
        .iter()
        .chain(&[&envelope.findings.extra, &envelope.findings.kept[0].extra, &envelope.attachments[0].extra])
        .flat_map(|extra| extra.keys().cloned())
        .collect();
    assert_eq!(unknown, ["clearedBy", "source", "build", "laterMember", "info", "by", "pages"]);
    assert!(envelope.signature.is_some());
}

#[test]
fn every_damaged_file_says_what_is_wrong_and_where() {
    let not_json = "This file is not JSON: at";
    let not_read = "This file cannot be read:";
    let wide = "This file is not text in UTF-8 but in UTF-16 or UTF-32. Save it as UTF-8 and open it again.";
    let format = "This exported report is not as its format demands:";
    let cases = [
        ("empty", "This file is empty.".to_owned()),
        ("spaces-only", "This file is empty.".to_owned()),
        ("cut-off", "This file ends in the middle, at line 12, column 10.".to_owned()),
        ("utf-16-with-mark", wide.to_owned()),
        ("utf-16-without-mark", wide.to_owned()),
        ("windows-1252", "This file is not text in UTF-8: byte 725 (line 31, column 17) cannot be read.".to_owned()),
        (
            "duplicate-key",
            format!("{not_read} \"/values/summary/text\" stands twice in one object, again at line 32, column 7."),
        ),
        (
            "lone-surrogate",
            format!("{not_read} at line 31, column 21, a text holds half a character (a lone surrogate)."),
        ),
        (
            "raw-line-break",
            format!(
                "{not_json} line 31, column 23, a text holds a control character, such as a line break or a tab, as itself."
            ),
        ),
        (
            "bad-escape",
            format!(
                "{not_json} line 31, column 18, a backslash is followed by something that it cannot stand before."
            ),
        ),
        ("trailing-comma", format!("{not_json} line 32, column 5, a name in double quotes is expected.")),
        ("two-documents", format!("{not_read} more text follows after its end, at line 36, column 1.")),
        ("number-out-of-range", format!("{not_read} the number at line 6, column 17 is out of range.")),
        (
            "leading-zero",
            format!("{not_json} line 6, column 17, a number is not written as JSON writes numbers."),
        ),
        (
            "too-deep",
            format!("{not_read} at line 1, column 129, lists and objects lie more than 128 deep in each other."),
        ),
        ("not-json", format!("{not_json} line 1, column 1, a value is expected.")),
        ("a-list", "This file is JSON, but not an exported report: it does not hold an object.".to_owned()),
        ("a-backup", "This file is a backup, not an exported report.".to_owned()),
        ("a-configuration", "This file is a configuration, not an exported report.".to_owned()),
        ("a-template", "This file is a template, not an exported report.".to_owned()),
        ("bare-values", "This file is JSON of another kind, not an exported report.".to_owned()),
        (
            "newer-format",
            "This report has format version 2, and this app reads up to version 1. Open it with a newer version of the app."
                .to_owned(),
        ),
        ("no-values", "This exported report is not whole: \"/values\" is missing.".to_owned()),
        ("revision-as-text", format!("{format} \"/report/revision\" is not a whole number from 1 up.")),
        (
            "unknown-state",
            format!("{format} \"/report/state\" is not one of draft, complete, corrected, withdrawn."),
        ),
        (
            "short-digest",
            format!("{format} \"/digest\" is not a digest (sha256: and 64 hexadecimal digits in lower case)."),
        ),
    ];
    for (name, expected) in cases {
        let said = open(&fixture(&format!("damaged/{name}.json"))).unwrap_err().to_string();
        assert_eq!(said, expected, "{name}");
    }
}

#[test]
fn a_file_changed_after_its_export_is_read_and_said_to_be_changed() {
    let header = open(&fixture("damaged/changed-header.json")).unwrap();
    assert_eq!((header.integrity, header.values_intact), (Integrity::Changed, true));
    let word = open(&fixture("damaged/changed-word.json")).unwrap();
    assert_eq!((word.integrity, word.values_intact), (Integrity::Changed, false));
    assert_eq!(word.envelope.values, json!({"summary": {"text": "Something to report."}}));
    assert_ne!(word.envelope.digest().unwrap(), word.digest);
}

#[test]
fn no_byte_of_a_file_can_be_changed_unseen_save_in_the_signature_and_in_digits_that_are_rounded() {
    let bytes = fixture("envelopes/criminal-case.json");
    let text = String::from_utf8(bytes.clone()).unwrap();
    let signature = text.find("\"signature\"").unwrap();
    let long = text.find("12345678901234567890").unwrap();
    for at in 0..signature {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        if let Ok(opened) = open(&changed) {
            let unseen = opened.integrity == Integrity::Intact;
            assert!(!unseen || (long..long + 20).contains(&at), "byte {at}");
        }
    }
    let places: Vec<String> = inexact_numbers(&golden()).iter().map(ToString::to_string).collect();
    assert_eq!(places, ["/values/caseFacts/populationOfTown"]);
}

#[test]
fn the_order_of_members_in_a_foreign_file_does_not_break_its_digest() {
    let Value::Object(members) = golden() else { panic!("an object") };
    let backward: Value = members.into_iter().rev().collect();
    let opened = Envelope::read(backward).unwrap();
    assert_eq!(opened.integrity, Integrity::Intact);
    assert_eq!(opened.envelope.write().unwrap().into_bytes(), fixture("envelopes/criminal-case.json"));
}

#[test]
fn members_stand_in_the_order_of_the_format() {
    let mut envelope = small();
    envelope.report.supersedes = Some(sha256(b"before"));
    envelope.attachments.push(attachment());
    let text = envelope.write().unwrap();
    let names = [
        "\"format\": \"chancery-report\"",
        "\"formatVersion\": 1",
        "\"report\"",
        "\"id\"",
        "\"revision\": 3",
        "\"state\": \"complete\"",
        "\"supersedes\"",
        "\"sample\": false",
        "\"template\"",
        "\"app\"",
        "\"exportedAt\"",
        "\"profile\": \"full\"",
        "\"findings\"",
        "\"errors\": 0",
        "\"warnings\": 0",
        "\"notSent\": 0",
        "\"kept\": []",
        "\"quality\": {}",
        "\"valuesDigest\"",
        "\"values\"",
        "\"attachments\"",
        "\"mediaType\"",
    ];
    let places: Vec<usize> = names.iter().map(|name| text.find(name).unwrap_or_else(|| panic!("{name}"))).collect();
    assert!(places.is_sorted(), "{text}");
    assert!(text.rfind("\"digest\"").unwrap() > *places.last().unwrap());
    assert!(text.ends_with("\"\n}\n") && text.starts_with("{\n  \"format\""));
}

fn attachment() -> Attachment {
    Attachment {
        at: Pointer::parse("/sources/0/file").unwrap(),
        name: "judgment.txt".to_owned(),
        media_type: "text/plain".to_owned(),
        size: 13,
        digest: sha256(b"Hello, file.\n"),
        data: "SGVsbG8sIGZpbGUuCg==".to_owned(),
        extra: none(),
    }
}

#[test]
fn the_digest_is_over_everything_but_itself_and_the_signature() {
    let text = small().write().unwrap();
    let mut whole = read_json(text.as_bytes(), &Limits::REPORT).unwrap();
    let said = whole.as_object_mut().unwrap().shift_remove("digest").unwrap();
    assert_eq!(said, digest_of(&whole).unwrap().to_string());
    assert_eq!(whole["valuesDigest"], digest_of(&whole["values"]).unwrap().to_string());
    let signed = Envelope { signature: Some(json!("later")), ..small() };
    assert_eq!(signed.digest().unwrap(), small().digest().unwrap());
    assert!(signed.write().unwrap().ends_with("\",\n  \"signature\": \"later\"\n}\n"));
}

#[test]
fn attachments_are_left_out_when_there_are_none_and_an_empty_list_that_came_stays() {
    assert!(!small().write().unwrap().contains("attachments"));
    let mut envelope = small();
    envelope.extra.insert("attachments".to_owned(), json!([]));
    envelope.extra.insert("later".to_owned(), json!(1));
    let text = envelope.write().unwrap();
    let opened = open(text.as_bytes()).unwrap();
    assert_eq!(opened.integrity, Integrity::Intact);
    assert!(opened.envelope.attachments.is_empty());
    assert_eq!(opened.envelope.write().unwrap(), text);
}

#[test]
fn unknown_members_cannot_stand_in_for_known_ones() {
    let mut envelope = small();
    for name in ["digest", "signature", "values", "format"] {
        envelope.extra.insert(name.to_owned(), json!("forged"));
    }
    envelope.report.extra.insert("id".to_owned(), json!("forged"));
    assert_eq!(envelope.write().unwrap(), small().write().unwrap());
}

#[test]
fn numbers_that_cannot_leave_are_named_with_their_place_in_the_file() {
    let mut envelope = small();
    let huge = serde_json::Number::from_string_unchecked("1e999".to_owned());
    envelope.values["summary"]["count"] = Value::Number(huge);
    assert_eq!(
        envelope.write().unwrap_err().to_string(),
        "The number at \"/values/summary/count\" is too large to be exchanged. Correct it and export again."
    );
}

#[test]
fn every_member_that_the_format_demands_is_missed_by_its_name() {
    let whole = golden();
    let mut checked = 0;
    for parent in ["", "/report", "/template", "/app", "/findings", "/findings/kept/0", "/attachments/0"] {
        let known: Vec<String> = whole.pointer(parent).unwrap().as_object().unwrap().keys().cloned().collect();
        let free = ["format", "supersedes", "attachments", "signature", "laterMember", "clearedBy", "source", "build"];
        for name in known.iter().filter(|name| ![&free[..], &["info", "by", "pages"]].concat().contains(&name.as_str()))
        {
            let mut without = whole.clone();
            without.pointer_mut(parent).unwrap().as_object_mut().unwrap().shift_remove(name);
            let at = Pointer::parse(&format!("{parent}/{name}")).unwrap();
            assert_eq!(Envelope::read(without), Err(EnvelopeError::Missing { at: at.clone() }));
            let mut wrong = whole.clone();
            wrong.pointer_mut(parent).unwrap()[name] = Value::Null;
            assert!(matches!(Envelope::read(wrong), Err(EnvelopeError::IllTyped { at: place, .. }) if place == at));
            checked += 1;
        }
    }
    assert_eq!(checked, 11 + 4 + 3 + 2 + 4 + 3 + 6);
}

#[test]
fn members_of_the_right_type_with_a_wrong_content_are_refused() {
    let cases = [
        ("/report/id", json!("../../etc/passwd"), "a UUID in lower case"),
        ("/report/id", json!("0193A1B2-C3D4-7E5F-8A6B-0123456789AB"), "a UUID in lower case"),
        ("/report/revision", json!(0), "a whole number from 1 up"),
        ("/report/revision", json!(9_007_199_254_740_992_u64), "a whole number from 1 up"),
        ("/findings/errors", json!(-1), "a whole number"),
        ("/findings/errors", json!(1.5), "a whole number"),
        ("/findings/kept/0/at", json!("sources"), "a JSON Pointer"),
        ("/findings/kept/0", json!([]), "an object"),
        ("/exportedAt", json!("2026-02-29T14:05:00Z"), "a time in UTC such as 2026-11-20T14:05:00Z"),
        ("/profile", json!("part"), "one of full, withoutIndividualData"),
        ("/values", json!([]), "an object"),
        ("/attachments", json!({}), "a list"),
        ("/formatVersion", json!(0), "a whole number from 1 up"),
    ];
    for (place, content, expected) in cases {
        let mut value = golden();
        *value.pointer_mut(place).unwrap() = content;
        let at = Pointer::parse(place).unwrap();
        assert_eq!(Envelope::read(value), Err(EnvelopeError::IllTyped { at, expected }), "{place}");
    }
}

#[test]
fn no_message_repeats_what_a_file_says() {
    let mut value = golden();
    value["report"]["state"] = json!("Secret word");
    assert!(!Envelope::read(value).unwrap_err().to_string().contains("Secret"));
    assert!(!Envelope::read(json!({"format": "Secret word"})).unwrap_err().to_string().contains("Secret"));
}

#[test]
fn the_export_is_named_after_its_contents() {
    let file = small().to_file(Some("XA"), Some("XA-CC-2025-0001")).unwrap();
    let short = file.digest.short();
    assert_eq!(file.name, format!("criminal-case_XA_XA-CC-2025-0001_r3_{short}.json"));
    assert_eq!(file.text, small().write().unwrap());
    assert!(file.text.contains(&format!("\"digest\": \"sha256:{short}")));
}

fn any_object() -> impl Strategy<Value = Map<String, Value>> {
    prop::collection::vec((any::<String>(), any_json()), 0..4).prop_map(|pairs| pairs.into_iter().collect())
}

/// Members that no object of the envelope knows.
fn any_extra() -> impl Strategy<Value = Extra> {
    prop::collection::vec(("x[a-z]{0,3}", any_json()), 0..3).prop_map(|pairs| pairs.into_iter().collect())
}

fn any_digest() -> impl Strategy<Value = Digest> {
    any::<[u8; 4]>().prop_map(|bytes| sha256(&bytes))
}

fn any_pointer() -> impl Strategy<Value = Pointer> {
    prop::collection::vec(any::<String>(), 0..3).prop_map(Pointer::from_iter)
}

fn any_report() -> impl Strategy<Value = ReportHead> {
    let states = [State::Draft, State::Complete, State::Corrected, State::Withdrawn];
    let parts = (1..=9_007_199_254_740_991_u64, prop::sample::select(states.to_vec()));
    (parts, prop::option::of(any_digest()), any::<bool>(), any_extra()).prop_map(
        |((revision, state), supersedes, sample, extra)| ReportHead {
            revision,
            state,
            supersedes,
            sample,
            extra,
            ..small().report
        },
    )
}

fn any_findings() -> impl Strategy<Value = FindingCounts> {
    let kept = (any::<String>(), any_pointer(), any::<String>(), any_extra())
        .prop_map(|(rule, at, reason, extra)| KeptFinding { rule, at, reason, extra });
    (0..9_u64, 0..9_u64, 0..9_u64, prop::collection::vec(kept, 0..3), any_extra())
        .prop_map(|(errors, warnings, not_sent, kept, extra)| FindingCounts { errors, warnings, not_sent, kept, extra })
}

fn any_envelope() -> impl Strategy<Value = Envelope> {
    let files = (any_pointer(), any::<String>(), any_extra()).prop_map(|(at, name, extra)| Attachment {
        at,
        name,
        extra,
        ..attachment()
    });
    let heads = (any_report(), any::<String>(), any_extra(), any_extra(), any_findings());
    let rest =
        (any_object(), any_object(), prop::collection::vec(files, 0..3), prop::option::of(any_json()), any_extra());
    (heads, rest).prop_map(
        |((report, word, of_template, of_app, findings), (quality, values, attachments, signature, extra))| Envelope {
            report,
            template: TemplateHead { id: word.clone(), extra: of_template, ..small().template },
            app: AppHead { version: word, extra: of_app, ..small().app },
            findings,
            quality,
            values: Value::Object(values),
            attachments,
            signature,
            extra,
            ..small()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_leaves_comes_back_the_same_and_leaves_again_with_the_same_bytes(envelope in any_envelope()) {
        let text = envelope.write().unwrap();
        let opened = open(text.as_bytes()).unwrap();
        prop_assert_eq!(opened.integrity, Integrity::Intact);
        prop_assert!(opened.values_intact);
        prop_assert_eq!(&opened.envelope, &envelope);
        prop_assert_eq!(opened.envelope.write().unwrap(), text);
    }

    #[test]
    fn any_object_put_in_place_of_a_member_is_read_or_refused(member in 0..15_usize, other in any_json()) {
        let mut value = golden();
        let before = canonical(&value).unwrap();
        let name = value.as_object().unwrap().keys().nth(member).unwrap().clone();
        value[&name] = other;
        let same = canonical(&value).unwrap() == before;
        if let Ok(opened) = Envelope::read(value) {
            prop_assert!(same || name == "signature" || opened.integrity == Integrity::Changed);
        }
    }
}
