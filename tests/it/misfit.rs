//! Files whose values cannot be held by the form are refused before anything is made of them.

use chancery::report::misfit::{MOST_ITEMS, Misfit, fit};
use chancery::template::Pointer;
use serde_json::{Value, json};

use crate::scenario::CRIMINAL_CASE;

fn found(values: &Value) -> Option<Misfit> {
    fit(&CRIMINAL_CASE.template, values).err()
}

fn kind(at: &str) -> Option<Misfit> {
    Some(Misfit::Kind(Pointer::parse(at).unwrap()))
}

#[test]
fn the_worked_example_fits() {
    assert_eq!(found(CRIMINAL_CASE.template.sample().unwrap()), None);
}

#[test]
fn a_text_or_list_where_the_form_has_a_group_is_refused_with_its_place() {
    assert_eq!(found(&json!({"event": "yesterday"})), kind("/event"));
    assert_eq!(found(&json!({"event": []})), kind("/event"));
    assert_eq!(found(&json!({"persons": ["P1"]})), kind("/persons/0"));
    assert_eq!(found(&json!({"facts": {"alleged": [{"sourceRefs": "S1"}]}})), kind("/facts/alleged/0/sourceRefs"));
    assert_eq!(found(&json!([])), kind(""));
}

#[test]
fn a_wrong_answer_in_a_field_fits_and_is_left_to_the_check() {
    assert_eq!(found(&json!({"header": {"version": "three", "title": 7, "country": ["XA"]}})), None);
}

#[test]
fn a_list_longer_than_a_page_can_show_is_refused() {
    let items = vec![json!({}); MOST_ITEMS + 1];
    assert_eq!(found(&json!({"sources": items})), Some(Misfit::Length(Pointer::parse("/sources").unwrap())));
}

#[test]
fn the_sentence_names_the_place_and_no_answer() {
    let misfit = found(&json!({"event": "yesterday"})).unwrap();
    assert_eq!(
        misfit.to_string(),
        "This report does not fit its form: what stands at \"/event\" cannot be filled in there."
    );
}
