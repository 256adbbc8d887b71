use chancery::exchange::Digest;
use chancery::exchange::file_name::{NameParts, file_name};
use proptest::prelude::*;

fn digest() -> Digest {
    Digest::parse(&format!("sha256:7be20c51{}", "0".repeat(56))).unwrap()
}

fn name(template: &str, country: Option<&str>, identifier: Option<&str>) -> String {
    let digest = digest();
    let report_id = "0193a1b2-c3d4-7e5f-8a6b-0123456789ab";
    file_name(&NameParts { template, country, identifier, report_id, revision: 3, digest: &digest })
}

#[test]
fn a_name_says_template_country_identifier_revision_and_digest() {
    assert_eq!(
        name("criminal-case", Some("XA"), Some("XA-CC-2025-0001")),
        "criminal-case_XA_XA-CC-2025-0001_r3_7be20c51.json"
    );
}

#[test]
fn parts_that_a_template_does_not_have_are_left_out() {
    assert_eq!(name("note", None, None), "note_456789ab_r3_7be20c51.json");
    assert_eq!(name("note", Some(" "), Some("№")), "note_456789ab_r3_7be20c51.json");
    assert_eq!(name("note", None, Some("A 1")), "note_A-1_r3_7be20c51.json");
}

#[test]
fn signs_that_a_file_system_minds_become_hyphens() {
    assert_eq!(name("../a_b\\c", Some("X:A?"), Some("a..//b.exe\n")), "a-b-c_X-A_a-b-exe_r3_7be20c51.json");
}

proptest! {
    #[test]
    fn a_name_is_always_short_and_of_safe_signs(template: String, country: Option<String>, identifier: Option<String>) {
        let name = name(&template, country.as_deref(), identifier.as_deref());
        let stem = name.strip_suffix("_r3_7be20c51.json").unwrap();
        prop_assert!(name.len() <= 255 && !stem.is_empty() && !stem.starts_with(['-', '_']));
        prop_assert!(stem.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
    }
}
