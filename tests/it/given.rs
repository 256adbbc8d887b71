//! What the application fills in: template, region, banner, sample mark, report identifier.

use chancery::platform::memory::MemoryPlatform;
use serde_json::json;

use crate::scenario::{CRIMINAL_CASE, Scenario, criminal_case, read_file, worked_example};

fn dated(scenario: Scenario, country: &str, year: &str) -> Scenario {
    scenario.answer("/header/country", country).answer_date("/header/reportDate", year, "12", "5")
}

#[test]
fn a_new_report_knows_its_template_and_nothing_else() {
    let scenario = criminal_case();
    let expected = json!({"header": {"templateId": "criminal-case", "templateVersion": "1.0.0"}});
    assert_eq!(*scenario.report.values(), expected);
    assert_eq!(scenario.report.edit_number(), 0);
    assert!(!scenario.report.can_undo());
}

#[test]
fn the_identifier_is_proposed_when_country_and_date_are_known() {
    let scenario = criminal_case().answer("/header/country", "FR").expect_absent("/header/reportId");
    let scenario = scenario
        .answer_date("/header/reportDate", "2025", "12", "")
        .expect_absent("/header/reportId")
        .answer_date("/header/reportDate", "2025", "12", "5")
        .expect_value("/header/reportId", json!("FR-CC-2025-0001"));
    dated(scenario, "AT", "2026").expect_value("/header/reportId", json!("AT-CC-2026-0001"));
}

#[test]
fn the_next_free_number_is_proposed_and_the_officer_may_change_it() {
    let browser = MemoryPlatform::default();
    let mut first = dated(Scenario::start(&CRIMINAL_CASE, browser.clone()), "FR", "2025");
    first = first.type_slowly("/header/reportId", "FR-CC-2025-0041");
    first.save().unwrap();
    let second = dated(Scenario::start(&CRIMINAL_CASE, browser.clone()), "FR", "2025");
    let second = second.expect_value("/header/reportId", json!("FR-CC-2025-0042"));
    let third = dated(Scenario::start(&CRIMINAL_CASE, browser), "AT", "2025");
    third.expect_value("/header/reportId", json!("AT-CC-2025-0001"));
    // Another edit leaves the officer's number alone; another country does not.
    let second = second
        .answer("/header/reportId", "FR-CC-2025-0050")
        .answer("/header/title", "Robbery case")
        .expect_value("/header/reportId", json!("FR-CC-2025-0050"))
        .answer("/header/country", "AT")
        .expect_value("/header/reportId", json!("AT-CC-2025-0001"));
    second.undo().expect_value("/header/reportId", json!("FR-CC-2025-0050"));
}

#[test]
fn nothing_is_put_in_the_place_of_a_number_while_it_is_typed() {
    let scenario =
        dated(criminal_case(), "FR", "2025").answer("/header/reportId", "").expect_absent("/header/reportId");
    let scenario = scenario.answer("/header/reportId", "F").expect_value("/header/reportId", json!("F"));
    scenario
        .expect_finding("/header/reportId", &pattern_message())
        .answer("/header/title", "Robbery case")
        .expect_value("/header/reportId", json!("FR-CC-2025-0001"));
}

fn pattern_message() -> String {
    let form = &CRIMINAL_CASE.template;
    let node = form.layout().node(form.layout().find(["header", "reportId"]).unwrap());
    node.hints.messages["pattern"].as_str().unwrap().to_owned()
}

#[test]
fn the_identifier_never_changes_after_the_first_export() {
    let mut scenario = dated(criminal_case(), "FR", "2025");
    scenario.export(1_763_647_500_000);
    let scenario = dated(scenario, "AT", "2026").expect_value("/header/reportId", json!("FR-CC-2025-0001"));
    let scenario = scenario.crash_and_reopen().answer("/header/country", "DE");
    let mut scenario = scenario.expect_value("/header/reportId", json!("FR-CC-2025-0001"));
    let text = scenario.export(1_763_647_600_000);
    let other = Scenario::open_file(&CRIMINAL_CASE, &text).answer("/header/country", "AT");
    other.expect_value("/header/reportId", json!("FR-CC-2025-0001"));
}

#[test]
fn a_copy_of_a_report_gets_its_own_identifier() {
    let mut scenario = dated(criminal_case(), "FR", "2025");
    scenario.export(1_763_647_500_000);
    scenario.save().unwrap();
    let copy = scenario.copy().expect_value("/header/reportId", json!("FR-CC-2025-0002"));
    assert_eq!(copy.draft.last, None);
    assert_ne!(copy.draft.report_id, scenario.draft.report_id);
    assert!(!copy.report.content().identifier_fixed);
}

#[test]
fn the_region_follows_the_country() {
    criminal_case()
        .answer("/header/country", "FR")
        .expect_value("/header/region", json!("EUR"))
        .answer("/header/country", "AU")
        .leave()
        .expect_value("/header/region", json!("AUS"))
        .answer("/header/country", "")
        .expect_absent("/header/region")
        .undo()
        .expect_value("/header/region", json!("AUS"));
}

#[test]
fn the_banner_follows_marking_categories_and_controls() {
    criminal_case()
        .answer("/handling/marking", "CUI")
        .expect_value("/handling/banner", json!("CUI"))
        .choose("/handling/cuiCategories", &["PRVCY", "SP-INV"])
        .choose("/handling/disseminationControls", &["FEDCON"])
        .expect_value("/handling/banner", json!("CUI//SP-INV/PRVCY//FEDCON"))
        .answer("/handling/marking", "UNCLASSIFIED")
        .expect_value("/handling/banner", json!("UNCLASSIFIED"))
        .answer("/handling/marking", "")
        .expect_absent("/handling/banner");
}

#[test]
fn a_report_on_the_sample_country_stays_a_sample() {
    let scenario = criminal_case().answer("/header/country", "FR").expect_absent("/header/sample");
    let mut scenario = scenario
        .answer("/header/country", "XA")
        .expect_value("/header/sample", json!(true))
        .answer("/header/country", "FR")
        .expect_value("/header/sample", json!(true));
    assert!(read_file(&scenario.export(1_763_647_500_000)).report.sample);
    assert!(!read_file(&criminal_case().export(1_763_647_500_000)).report.sample);
}

#[test]
fn a_report_begun_from_the_worked_example_is_a_sample_with_an_identifier_of_its_own() {
    let browser = MemoryPlatform::default();
    let mut first = Scenario::from_example(&CRIMINAL_CASE, browser.clone());
    first =
        first.expect_value("/header/reportId", json!("XA-CC-2025-0001")).expect_value("/header/sample", json!(true));
    first.save().unwrap();
    let second = Scenario::from_example(&CRIMINAL_CASE, browser);
    let second = second.expect_value("/header/reportId", json!("XA-CC-2025-0002"));
    let second = second.answer("/header/country", "FR").crash_and_reopen();
    assert!(second.report.content().sample);
    assert!(read_file(&second.copy().export(1_763_647_500_000)).report.sample);
}

#[test]
fn a_value_that_the_application_gives_is_never_asked_for() {
    let lines = criminal_case().errors();
    for given in ["/header/reportId", "/header/templateId", "/header/region", "/handling/banner", "/header/sample"] {
        assert!(lines.iter().all(|line| !line.starts_with(given)), "{given}");
    }
    assert_eq!(worked_example().not_sent(), Vec::<String>::new());
}

#[test]
fn undoing_back_before_the_export_leaves_the_identifier_that_left() {
    let mut it = criminal_case().answer("/header/country", "Arvenia (fictional, samples only)").answer_date(
        "/header/reportDate",
        "2025",
        "12",
        "5",
    );
    it.export(1_000);
    while it.report.can_undo() {
        it = it.undo();
    }
    it.expect_absent("/header/country").expect_value("/header/reportId", json!("XA-CC-2025-0001"));
}

#[test]
fn a_number_nobody_counts_to_does_not_stop_the_numbering() {
    let mut values = crate::scenario::CRIMINAL_CASE.template.sample().unwrap().clone();
    values["sources"][0]["id"] = json!("S18446744073709551615");
    let it = crate::scenario::Scenario::with_values(&crate::scenario::CRIMINAL_CASE, values).add("/sources");
    it.expect_value("/sources/6/id", json!("S7"));
}
