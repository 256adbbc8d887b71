//! Items of lists: identity, numbers, defaults, copies, removing and bringing back.

use serde_json::json;

use crate::scenario::{CRIMINAL_CASE, Scenario, criminal_case, worked_example};

#[test]
fn numbers_are_given_once_and_never_again() {
    criminal_case()
        .add("/sources")
        .add("/sources")
        .expect_value("/sources/1/id", json!("S2"))
        .remove("/sources/1")
        .add("/sources")
        .expect_value("/sources/1/id", json!("S3"))
        .crash_and_reopen()
        .remove("/sources/1")
        .remove("/sources/0")
        .crash_and_reopen()
        .add("/sources")
        .expect_value("/sources/0/id", json!("S4"))
        .undo()
        .expect_absent("/sources")
        .add("/sources")
        .expect_value("/sources/0/id", json!("S5"));
}

#[test]
fn numbering_goes_on_behind_the_highest_number_of_a_file() {
    let count = worked_example().items("/sources").len();
    let scenario = worked_example().add("/sources").add("/analysis/assumptions");
    assert_eq!(scenario.value(&format!("/sources/{count}/id")), Some(&json!(format!("S{}", count + 1))));
    scenario.expect_value("/analysis/assumptions/1/id", json!("A2")).expect_absent("/analysis/keyJudgments/0");
}

#[test]
fn a_default_is_filled_when_an_item_is_made_and_never_put_back() {
    criminal_case()
        .add("/offences")
        .add("/offences/0/sourceRefs")
        .expect_value("/offences/0/sourceRefs/0", json!({"role": "supports"}))
        .answer("/offences/0/sourceRefs/0/role", "")
        .expect_absent("/offences/0/sourceRefs/0/role")
        .crash_and_reopen()
        .answer("/offences/0/sourceRefs/0/locator", "para. 2")
        .expect_absent("/offences/0/sourceRefs/0/role")
        .duplicate("/offences/0/sourceRefs/0")
        .expect_value("/offences/0/sourceRefs/1", json!({"locator": "para. 2"}));
}

#[test]
fn an_item_with_values_of_its_own_gets_a_number_and_what_it_lacks() {
    let mut scenario = criminal_case().add("/offences");
    let list = scenario.id("/offences/0/sourceRefs");
    let (edit, _) = scenario.report.item_with(&list, json!({"sourceId": "S1"}), None).unwrap();
    scenario.apply(edit);
    let register = scenario.id("/sources");
    let (edit, _) = scenario.report.item_with(&register, json!({"id": "S77", "title": "A judgment"}), None).unwrap();
    scenario.apply(edit);
    scenario
        .expect_value("/offences/0/sourceRefs/0", json!({"sourceId": "S1", "role": "supports"}))
        .expect_value("/sources/0", json!({"id": "S1", "title": "A judgment"}));
}

#[test]
fn a_copy_stands_behind_its_item_with_a_number_and_ids_of_its_own() {
    let scenario = worked_example().duplicate("/offences/0").expect_value("/offences/1/id", json!("O2"));
    let (first, copy) =
        (scenario.value("/offences/0").unwrap().clone(), scenario.value("/offences/1").unwrap().clone());
    let mut expected = first;
    expected["id"] = json!("O2");
    assert_eq!(copy, expected);
    let ids = [scenario.items("/offences/0/sourceRefs"), scenario.items("/offences/1/sourceRefs")];
    assert_eq!(ids[1].len(), 2);
    assert!(ids[0].iter().all(|id| !ids[1].contains(id)));
    // The first one and its copy are apart from now on.
    scenario
        .answer("/offences/1/sourceRefs/0/locator", "p. 9")
        .expect_value("/offences/0/sourceRefs/0/locator", json!("para. 2"));
}

#[test]
fn removing_and_bringing_back_restores_everything_inside() {
    let scenario = worked_example();
    let before = scenario.picture();
    let after = scenario.remove("/offences/0").expect_absent("/offences").bring_back();
    assert_eq!(after.picture(), before);
    let after = after.remove("/proceedings/2").remove("/proceedings/0").bring_back().bring_back();
    assert_eq!(after.picture(), before);
}

#[test]
fn an_item_keeps_its_id_while_it_moves_and_edits_find_it() {
    let scenario = worked_example();
    let ids = scenario.items("/proceedings");
    let place = scenario.id("/proceedings/0/authority");
    let scenario = scenario.shift("/proceedings/0", 2);
    assert_eq!(scenario.items("/proceedings")[2], ids[0]);
    assert_eq!(scenario.report.pointer(&place).unwrap().to_string(), "/proceedings/2/authority");
    let nested = scenario.items("/proceedings/2/description/sourceRefs");
    let scenario = scenario.shift("/proceedings/2", 99).shift("/proceedings/1", 0).undo().undo();
    assert_eq!(scenario.items("/proceedings/2/description/sourceRefs"), nested);
    let back = scenario.undo();
    assert_eq!(back.items("/proceedings"), ids);
}

#[test]
fn references_to_a_number_are_counted_wherever_they_stand() {
    let uses = |scenario: &Scenario, item: &str| scenario.report.uses(&scenario.id(item));
    let scenario = worked_example();
    let text = serde_json::to_string(scenario.report.values()).unwrap();
    let cited = text.matches("\"sourceId\":\"S1\"").count();
    assert!(cited > 5);
    assert_eq!(uses(&scenario, "/sources/0"), Some(("S1".to_owned(), cited)));
    // A list of references is one field; each of its codes counts.
    let persons = text.matches("\"P1\"").count() - 1;
    assert_eq!(uses(&scenario, "/persons/0"), Some(("P1".to_owned(), persons)));
    assert_eq!(uses(&scenario, "/offences/0"), Some(("O1".to_owned(), 1)));
    assert_eq!(uses(&scenario, "/analysis/assumptions/0"), None);
    assert_eq!(uses(&scenario, "/clearance/0"), None);
    // A hidden answer can come back, so that it still refers.
    let hidden = scenario.answer("/outcomes/0/status", "pending");
    assert_eq!(uses(&hidden, "/offences/0"), Some(("O1".to_owned(), 1)));
}

#[test]
fn a_new_item_of_another_list_never_shares_an_id() {
    let scenario =
        worked_example().add("/victims").add("/removal").duplicate("/persons/0").crash_and_reopen().add("/victims");
    let mut ids: Vec<&String> = scenario.report.content().items.lists().flat_map(|(_, ids)| ids).collect();
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count);
    assert_eq!(CRIMINAL_CASE.template.id(), "criminal-case");
}
