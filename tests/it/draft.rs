//! A draft between sessions and between browsers: the record it is kept in, and the chain of its exports.

use chancery::exchange::parts::State;
use chancery::exchange::{Digest, digest_of};
use chancery::platform::memory::{Faults, MemoryPlatform};
use chancery::store::draft::{self, Draft};
use chancery::store::{Record, SaveError};
use serde_json::{Map, Value, json};

use crate::scenario::{CRIMINAL_CASE, Scenario, criminal_case, read_file, worked_example};

const FIRST: i64 = 1_763_647_500_000;
const LATER: i64 = 1_763_733_900_000;

fn digest(text: &str) -> Digest {
    let file: Value = serde_json::from_str(text).unwrap();
    Digest::parse(file["digest"].as_str().unwrap()).unwrap()
}

#[test]
fn the_first_export_is_revision_1_and_supersedes_nothing() {
    let mut scenario = criminal_case().answer("/header/title", "Robbery case");
    let file = read_file(&scenario.export(FIRST));
    assert_eq!((file.report.revision, file.report.supersedes, file.report.state), (1, None, State::Draft));
    assert_eq!(file.exported_at, "2025-11-20T14:05:00Z");
    assert_eq!(file.report.id, scenario.draft.report_id);
    assert_eq!(file.template.digest, digest_of(CRIMINAL_CASE.template.document()).unwrap());
    assert_eq!(file.values, scenario.report.outgoing().values);
    assert!(file.findings.errors > 0);
}

#[test]
fn an_unchanged_report_is_exported_as_the_same_bytes_at_any_time() {
    let mut scenario = worked_example();
    let file = scenario.export(FIRST);
    assert_eq!(scenario.export(LATER), file);
    scenario = scenario.crash_and_reopen();
    assert_eq!(scenario.export(LATER), file);
    // A change that is taken back is no change.
    scenario = scenario.answer("/header/title", "Another title").undo();
    assert_eq!(scenario.export(LATER), file);
    // An answer that is not sent changes no file.
    scenario = scenario.answer("/persons/0/statusDisputeNote", "Hidden all the time");
    assert_eq!(scenario.export(LATER), file);
}

#[test]
fn each_changed_export_supersedes_the_one_before() {
    let mut scenario = worked_example();
    let first = scenario.export(FIRST);
    scenario = scenario.answer("/header/title", "Another title").crash_and_reopen();
    let second = scenario.export(LATER);
    let head = read_file(&second).report;
    assert_eq!((head.revision, head.supersedes), (2, Some(digest(&first))));
    assert_eq!(read_file(&second).exported_at, "2025-11-21T14:05:00Z");
    scenario = scenario.answer("/header/title", "A third title");
    let head = read_file(&scenario.export(LATER)).report;
    assert_eq!((head.revision, head.supersedes), (3, Some(digest(&second))));
}

#[test]
fn the_chain_goes_on_in_another_browser() {
    let mut here = worked_example();
    let first = here.export(FIRST);
    let mut there = Scenario::open_file(&CRIMINAL_CASE, &first);
    assert_eq!(there.draft.report_id, here.draft.report_id);
    assert_eq!(there.export(LATER), first);
    there = there.answer("/header/title", "Changed there").crash_and_reopen();
    let head = read_file(&there.export(LATER)).report;
    assert_eq!((head.revision, head.supersedes), (2, Some(digest(&first))));
    // Its own last export is no longer what was opened.
    assert_eq!(there.draft.last.as_ref().and_then(|last| last.at), Some(LATER));
}

#[test]
fn a_file_changed_by_hand_is_another_text_and_never_passes_for_an_export() {
    let mut here = worked_example().mark_complete();
    let text = here.export(FIRST);
    let changed = text.replace("Solmark Police", "Solmark police");
    let mut there = Scenario::open_file(&CRIMINAL_CASE, &changed);
    assert_eq!(there.draft.state, State::Draft);
    assert!(there.draft.is_changed(&there.report).unwrap());
    let head = read_file(&there.export(LATER)).report;
    assert_eq!((head.revision, head.supersedes, head.state), (2, Some(digest(&text)), State::Draft));
}

#[test]
fn complete_ends_with_the_next_edit_and_changes_the_file() {
    let mut scenario = worked_example();
    let draft = scenario.export(FIRST);
    scenario = scenario.mark_complete();
    let complete = scenario.export(FIRST);
    assert_ne!(complete, draft);
    let head = read_file(&complete).report;
    assert_eq!((head.revision, head.state, head.supersedes), (2, State::Complete, Some(digest(&draft))));
    scenario = scenario.crash_and_reopen();
    assert_eq!(scenario.draft.state, State::Complete);
    scenario = scenario.answer("/header/title", "Another title");
    assert_eq!(read_file(&scenario.export(LATER)).report.state, State::Draft);
}

#[test]
fn a_complete_report_whose_own_status_says_corrected_or_withdrawn_has_that_state() {
    let corrected = worked_example()
        .answer("/header/status", "corrected")
        .answer("/header/supersedes", "XA-CC-2025-0001")
        .answer("/header/correctionNote", "The date of the decision was wrong.");
    assert_eq!(corrected.draft.exported_state(&corrected.report), State::Draft);
    let corrected = corrected.mark_complete();
    assert_eq!(corrected.draft.exported_state(&corrected.report), State::Corrected);
    let withdrawn = worked_example()
        .answer("/header/status", "withdrawn")
        .answer("/header/correctionNote", "Reported twice by mistake.")
        .mark_complete();
    assert_eq!(withdrawn.draft.exported_state(&withdrawn.report), State::Withdrawn);
    let approved = worked_example().mark_complete();
    assert_eq!(approved.draft.exported_state(&approved.report), State::Complete);
}

#[test]
fn unknown_members_of_a_file_leave_with_the_next_revision() {
    let mut here = worked_example();
    here.export(FIRST);
    let mut envelope = here.envelope(FIRST);
    envelope.values["further"] = json!({"kept": [1, 2]});
    envelope.extra.insert("note".into(), json!("kept"));
    envelope.report.extra.insert("desk".into(), json!("kept"));
    envelope.template.extra.insert("origin".into(), json!("kept"));
    envelope.app.extra.insert("build".into(), json!("kept"));
    let text = envelope.to_file(None, None).unwrap().text;
    let there = Scenario::open_file(&CRIMINAL_CASE, &text).answer("/header/title", "Changed there");
    let file = read_file(&there.crash_and_reopen().export(LATER));
    assert_eq!(file.values["further"], json!({"kept": [1, 2]}));
    assert_eq!((&file.extra["note"], &file.report.extra["desk"]), (&json!("kept"), &json!("kept")));
    assert_eq!((&file.template.extra["origin"], &file.app.extra["build"]), (&json!("kept"), &json!("kept")));
}

#[test]
fn a_sample_stays_one_in_a_template_without_a_field_for_it() {
    let document =
        json!({"type": "object", "properties": {"title": {"type": "string"}}, "x-form": {"sample": {"title": "x"}}});
    let form = std::sync::Arc::new(crate::scenario::Form::of(document));
    let mut example = Scenario::from_example(&form, MemoryPlatform::default());
    let file = example.export(FIRST);
    assert!(read_file(&file).report.sample);
    let mut there = Scenario::open_file(&form, &file).answer("/title", "y").crash_and_reopen();
    assert!(read_file(&there.export(LATER)).report.sample);
}

fn body_of(scenario: &Scenario) -> Record {
    scenario.draft.to_record(&scenario.report, Some((3, 1)), LATER).unwrap()
}

#[test]
fn the_record_says_what_the_list_shows() {
    let mut scenario = criminal_case();
    let record = body_of(&scenario).header;
    assert_eq!(record.report.title, "Untitled criminal case report");
    assert_eq!((record.report.identifier, record.report.revision), (None, 0));
    assert_eq!((record.exported_at, record.changed_since_export), (None, false));
    assert_eq!(record.counts.answered, 0);
    assert!(record.counts.required > 20);
    assert_eq!((record.counts.errors, record.counts.warnings), (Some(3), Some(1)));
    scenario = scenario.answer("/header/title", "Robbery case").answer("/header/country", "FR");
    scenario = scenario.answer_date("/header/reportDate", "2025", "3", "14");
    scenario.export(FIRST);
    let record = body_of(&scenario).header;
    assert_eq!(
        (record.report.title.as_str(), record.report.identifier.as_deref()),
        ("Robbery case", Some("FR-CC-2025-0001"))
    );
    assert_eq!((record.exported_at, record.changed_since_export), (Some(FIRST), false));
    assert_eq!((record.report.revision, record.counts.answered, record.edit_number), (1, 3, 5));
    let record = body_of(&scenario.answer("/header/title", "Robbery")).header;
    assert!(record.changed_since_export);
}

#[test]
fn a_record_gives_back_the_draft_and_its_content() {
    let mut scenario = worked_example().remove("/sources/5").answer("/offences/0/statutoryMin", "1.50e1");
    scenario.export(FIRST);
    let record = body_of(&scenario);
    let back = Record::decode(&record.encode().unwrap()).unwrap();
    assert_eq!(back, record);
    let (draft, content) = Draft::from_record(&back).unwrap();
    assert_eq!(draft, scenario.draft);
    assert_eq!(&content, scenario.report.content());
    assert_eq!(content.values["offences"][0]["statutoryMin"], json!("1.50e1"));
}

#[test]
fn a_body_that_is_not_what_is_written_is_an_error_and_no_default() {
    let mut scenario = worked_example();
    scenario.export(FIRST);
    let record = body_of(&scenario);
    let without = |path: &[&str]| {
        let mut record = record.clone();
        let (last, holders) = path.split_last().unwrap();
        let holder = holders.iter().fold(&mut record.body, |value, key| &mut value[*key]);
        holder.as_object_mut().unwrap().shift_remove(*last).unwrap();
        Draft::from_record(&record)
    };
    assert!(Draft::from_record(&record).is_ok());
    for path in [
        &["content"][..],
        &["content", "values"],
        &["content", "items"],
        &["content", "items", "lists"],
        &["content", "items", "issued"],
        &["content", "numbers"],
        &["content", "sample"],
        &["content", "identifierFixed"],
        &["lastExport", "envelope"],
        &["lastExport", "digest"],
    ] {
        assert!(without(path).is_err(), "without {path:?}");
    }
    let mut unfit = record.clone();
    unfit.body["lastExport"]["envelope"] = json!("{}");
    assert!(Draft::from_record(&unfit).is_err());
    let mut unfit = record;
    unfit.header.report.state = "finished".into();
    assert!(Draft::from_record(&unfit).is_err());
}

#[test]
fn ids_that_do_not_fit_the_items_are_made_to_fit() {
    let scenario = worked_example();
    let mut content = scenario.report.content().to_json();
    let lists = content["items"]["lists"].as_object_mut().unwrap();
    lists.insert("/sources".into(), json!(["i1", "i1"]));
    lists.insert("/gone".into(), json!(["i5000"]));
    lists.remove("/persons");
    content["items"]["issued"] = json!(0);
    let content = chancery::report::Content::from_json(&content).unwrap();
    let template = scenario.report.template().clone();
    let report = chancery::report::Report::restore(template, content, 7, scenario.report.surroundings().clone());
    assert_eq!(report.values(), scenario.report.values());
    for (list, ids) in report.content().items.lists() {
        let different: std::collections::BTreeSet<&String> = ids.iter().collect();
        let items = chancery::report::NodeId::from_text(list);
        let count = report.value(&items).and_then(Value::as_array).map_or(0, Vec::len);
        assert_eq!((different.len(), ids.len()), (count, count), "{list}");
    }
    assert!(report.content().items.lists().all(|(list, _)| list != "/gone"));
}

#[test]
fn what_cannot_be_kept_stays_on_the_page_and_can_be_exported() {
    let mut scenario = worked_example();
    scenario.save().unwrap();
    let kept = scenario.storage().texts();
    scenario = scenario.answer("/header/title", "Typed when the disk was full");
    for (faults, error) in [
        (Faults { room: Some(0), ..Faults::default() }, SaveError::Full),
        (Faults { blocked: true, ..Faults::default() }, SaveError::Blocked),
        (Faults { drop_changes: true, ..Faults::default() }, SaveError::NotKept),
    ] {
        scenario.storage().set_faults(faults);
        assert_eq!(scenario.save(), Err(error));
        assert_eq!(scenario.storage().texts(), kept);
    }
    let file = read_file(&scenario.export(FIRST));
    assert_eq!(file.values["header"]["title"], "Typed when the disk was full");
    assert_eq!(scenario.browser.downloads.files().len(), 1);
    scenario.storage().set_faults(Faults::default());
    scenario.save().unwrap();
    scenario.reopen().expect_value("/header/title", json!("Typed when the disk was full"));
}

#[test]
fn a_browser_that_keeps_nothing_still_lets_a_report_be_written_and_leave() {
    let browser = MemoryPlatform::default();
    browser.storage.set_faults(Faults { blocked: true, ..Faults::default() });
    let mut scenario = Scenario::start(&CRIMINAL_CASE, browser).answer("/header/title", "Robbery case");
    assert_eq!(scenario.save(), Err(SaveError::Blocked));
    assert_eq!(read_file(&scenario.export(FIRST)).values["header"]["title"], "Robbery case");
}

#[test]
fn a_damaged_newest_record_opens_as_the_one_before() {
    let mut scenario = criminal_case().answer("/header/title", "First words");
    scenario.save().unwrap();
    scenario = scenario.answer("/header/title", "Second words");
    scenario.save().unwrap();
    let texts = scenario.storage().texts();
    let (key, text) = texts.iter().find(|(_, text)| text.contains("Second words")).unwrap();
    scenario.storage().flip(key, text.len() - 5, 1);
    scenario.reopen().expect_value("/header/title", json!("First words"));
}

#[test]
fn the_title_of_a_report_is_what_its_template_says() {
    assert_eq!(
        draft::title(&worked_example().report),
        worked_example().value("/header/title").unwrap().as_str().unwrap()
    );
    let empty = CRIMINAL_CASE.template.fill(
        "{header.title}; {header.country}",
        CRIMINAL_CASE.template.layout().root(),
        &Map::new(),
    );
    assert_eq!(empty, "");
}
