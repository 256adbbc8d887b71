//! Answers in the criminal case report: conditions, blank and empty, text that is no number yet, dates.

use serde_json::json;

use crate::scenario::{criminal_case, worked_example};

#[test]
fn a_hidden_answer_stays_is_counted_and_comes_back() {
    let mut scenario = criminal_case()
        .answer("/handling/marking", "CUI")
        .choose("/handling/disseminationControls", &["REL TO"])
        .answer("/handling/releaseList", "AUS, NZL")
        .answer("/handling/designator", "Political section")
        .answer("/handling/marking", "UNCLASSIFIED")
        .expect_value("/handling/releaseList", json!("AUS, NZL"))
        .expect_sent("/handling/releaseList", None)
        .expect_sent("/handling/designator", None)
        .expect_no_finding("/handling/designator");
    assert!(!scenario.is_asked("/handling/designator"));
    // The list decides about the countries and is itself hidden, so it counts as absent.
    assert!(!scenario.is_asked("/handling/releaseList"));
    let hidden = ["/handling/disseminationControls", "/handling/releaseList", "/handling/designator"];
    assert_eq!(scenario.not_sent(), hidden);
    scenario = scenario.crash_and_reopen();
    assert_eq!(scenario.not_sent(), hidden);
    scenario = scenario
        .answer("/handling/marking", "CUI")
        .expect_sent("/handling/releaseList", Some(json!("AUS, NZL")))
        .expect_sent("/handling/disseminationControls", Some(json!(["REL TO"])));
    assert!(scenario.not_sent().is_empty());
}

#[test]
fn everything_inside_a_hidden_list_is_counted_and_nothing_of_it_is_sent() {
    let scenario = worked_example();
    assert!(scenario.not_sent().is_empty());
    let hidden = scenario.answer("/outcomes/0/status", "pending").expect_sent("/outcomes/0/sanctions", None);
    let counted = hidden.not_sent();
    let sanction = ["type", "months", "execution"].map(|key| format!("/outcomes/0/sanctions/0/{key}"));
    assert!(sanction.iter().all(|place| counted.contains(place)), "{counted:?}");
    assert!(counted.contains(&"/outcomes/0/reasonsGiven/0/sourceRefs".to_owned()), "{counted:?}");
    assert!(!counted.contains(&"/outcomes/0/sanctions".to_owned()));
}

#[test]
fn white_space_is_no_answer_and_zero_is_one() {
    criminal_case()
        .answer("/header/title", "Robbery case")
        .answer("/header/title", " \n\t ")
        .expect_absent("/header/title")
        .expect_finding("/header/title", "Short title is required.")
        .add("/victims")
        .answer("/victims/0/count", "0")
        .expect_value("/victims/0/count", json!(0))
        .expect_sent("/victims/0/count", Some(json!(0)))
        .tick("/handling/containsPersonalData", false)
        .expect_value("/handling/containsPersonalData", json!(false))
        .expect_no_finding("/handling/containsPersonalData");
}

#[test]
fn a_tick_never_touched_is_absent_and_one_taken_back_is_false() {
    criminal_case()
        .add("/persons")
        .expect_absent("/persons/0/statusDisputed")
        .expect_sent("/persons/0/statusDisputed", None)
        .tick("/persons/0/statusDisputed", true)
        .tick("/persons/0/statusDisputed", false)
        .expect_sent("/persons/0/statusDisputed", Some(json!(false)));
}

#[test]
fn a_list_emptied_is_absent_and_a_list_that_came_empty_is_kept() {
    let scenario = worked_example()
        .expect_sent("/facts/established", Some(json!([])))
        .add("/facts/established")
        .remove("/facts/established/0")
        .expect_absent("/facts/established")
        .remove("/facts/alleged/0")
        .expect_absent("/facts/alleged")
        .choose("/analysis/tradecraft", &[])
        .expect_absent("/analysis/tradecraft");
    // Undo brings back the list as it came.
    scenario.undo().undo().undo().undo().expect_value("/facts/established", json!([]));
}

#[test]
fn boxes_left_empty_in_a_list_are_not_sent_and_not_wrong() {
    let scenario = criminal_case()
        .add("/persons")
        .add("/persons/0/citizenships")
        .add("/persons/0/citizenships")
        .answer("/persons/0/citizenships/1", "FR")
        .expect_value("/persons/0/citizenships", json!([null, "FR"]))
        .expect_sent("/persons/0/citizenships", Some(json!(["FR"])))
        .expect_no_finding("/persons/0/citizenships/0")
        .answer("/persons/0/citizenships/1", "France");
    // The message of the pattern stands at the box that is wrong, although an empty one before it is not sent.
    let wrong = scenario.errors().into_iter().filter(|line| line.starts_with("/persons/0/citizenships"));
    assert_eq!(wrong.count(), 1);
    scenario.answer("/persons/0/citizenships/1", "").expect_sent("/persons/0/citizenships", None);
}

#[test]
fn text_in_a_number_field_is_kept_and_asked_about() {
    criminal_case()
        .add("/offences")
        .answer("/offences/0/statutoryMin", "1,5")
        .expect_value("/offences/0/statutoryMin", json!("1,5"))
        .leave()
        .expect_finding("/offences/0/statutoryMin", "Enter a whole number for Statutory minimum.")
        .crash_and_reopen()
        .expect_value("/offences/0/statutoryMin", json!("1,5"))
        .answer("/offences/0/statutoryMin", "-1")
        .expect_value("/offences/0/statutoryMin", json!(-1))
        .answer("/offences/0/statutoryMin", "18")
        .expect_no_finding("/offences/0/statutoryMin");
}

#[test]
fn a_date_typed_in_parts_is_kept_at_every_step() {
    criminal_case()
        .answer_date("/header/reportDate", "2026", "", "")
        .expect_value("/header/reportDate", json!("2026"))
        .crash_and_reopen()
        .answer_date("/header/reportDate", "2026", "1", "3")
        .expect_value("/header/reportDate", json!("2026-01-03"))
        .expect_no_finding("/header/reportDate")
        .answer_date("/header/reportDate", "2026", "", "3")
        .expect_value("/header/reportDate", json!("2026--03"))
        .expect_finding("/header/reportDate", "Enter a date as year-month-day, for example 2025-03-14.")
        .answer_date("/header/reportDate", "", "", "")
        .expect_absent("/header/reportDate")
        .answer_date("/event/dateFrom", "2024", "9", "")
        .expect_value("/event/dateFrom", json!("2024-09"))
        .expect_no_finding("/event/dateFrom");
}

#[test]
fn a_date_that_does_not_exist_is_told_after_a_crash_too() {
    criminal_case()
        .answer_date("/header/reportDate", "2026", "11", "31")
        .leave()
        .crash_and_reopen()
        .expect_value("/header/reportDate", json!("2026-11-31"))
        .expect_finding("/header/reportDate", "Date of report: the calendar has no such day. Check day and month.");
}

#[test]
fn a_run_of_typing_is_one_step_and_a_pause_or_leaving_begins_another() {
    let scenario = criminal_case().type_slowly("/header/title", "Robbery").undo().expect_absent("/header/title").redo();
    let scenario = scenario.expect_value("/header/title", json!("Robbery")).type_slowly("/header/title", "Robbery A");
    scenario.browser.clock.advance(10_000);
    scenario
        .answer("/header/title", "Robbery AB")
        .leave()
        .answer("/header/title", "Robbery ABC")
        .undo()
        .expect_value("/header/title", json!("Robbery AB"))
        .undo()
        .expect_value("/header/title", json!("Robbery A"))
        .undo()
        .expect_value("/header/title", json!("Robbery"));
}

#[test]
fn nothing_is_required_of_an_optional_entry_until_it_is_begun() {
    // The description of a step is required, and so is its text; what is optional asks nothing before it is there.
    let scenario = criminal_case();
    assert!(scenario.errors().iter().all(|line| !line.starts_with("/victims") && !line.starts_with("/comparators")));
    let begun = scenario.add("/victims").expect_finding("/victims/0/group", "Group is required.");
    begun.remove("/victims/0").expect_absent("/victims");
}
