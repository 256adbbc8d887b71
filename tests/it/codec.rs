//! Box text to value and back.

use chancery::report::codec::{DateParts, parse, show};
use chancery::template::{Codelist, Widget};
use proptest::prelude::*;
use serde_json::{Value, json};

const WHOLE: Widget = Widget::Number { whole: true };
const DECIMAL: Widget = Widget::Number { whole: false };

fn text(value: &Value) -> String {
    value.to_string()
}

#[test]
fn a_number_is_taken_exactly_as_typed_and_anything_else_is_kept_as_text() {
    for (typed, whole, decimal) in [
        ("12", "12", "12"),
        (" 12 ", "12", "12"),
        ("-0", "-0", "-0"),
        ("123456789012345678901234567890", "123456789012345678901234567890", "123456789012345678901234567890"),
        ("1.50", "\"1.50\"", "1.50"),
        ("1e3", "\"1e3\"", "1e3"),
        ("1E+03", "\"1E+03\"", "1E+03"),
        ("1,5", "\"1,5\"", "\"1,5\""),
        ("007", "\"007\"", "\"007\""),
        ("1.", "\"1.\"", "\"1.\""),
        ("+1", "\"+1\"", "\"+1\""),
        (".5", "\".5\"", "\".5\""),
        ("-", "\"-\"", "\"-\""),
        ("1e999", "\"1e999\"", "\"1e999\""),
        ("NaN", "\"NaN\"", "\"NaN\""),
        ("12 ", "12", "12"),
    ] {
        assert_eq!(parse(WHOLE, None, typed).as_ref().map(text).as_deref(), Some(whole), "{typed}");
        assert_eq!(parse(DECIMAL, None, typed).as_ref().map(text).as_deref(), Some(decimal), "{typed}");
    }
}

#[test]
fn white_space_alone_is_no_answer_in_any_box() {
    for widget in [WHOLE, DECIMAL, Widget::Text, Widget::Area, Widget::Date, Widget::Json, Widget::Radios, Widget::Tick]
    {
        for blank in ["", " ", "\n\t\u{a0}"] {
            assert_eq!(parse(widget, None, blank), None, "{widget:?}");
        }
    }
}

#[test]
fn text_keeps_its_spaces_and_has_line_feeds_only() {
    assert_eq!(parse(Widget::Area, None, " a \r\nb\rc\n"), Some(json!(" a \nb\nc\n")));
    assert_eq!(show(Widget::Area, None, Some(&json!(" a\nb "))), " a\nb ");
    assert_eq!(show(Widget::Text, None, None), "");
    assert_eq!(show(Widget::Text, None, Some(&Value::Null)), "");
}

#[test]
fn a_choice_is_found_by_its_title_or_its_code_and_other_text_is_kept() {
    let schema = json!({"oneOf": [{"const": "FR", "title": "France"}, {"const": "france", "title": "FR"}, {"const": 7, "title": "Seven"}]});
    let list = Codelist::read(&schema).unwrap();
    let combobox = Widget::Combobox { open: false };
    let chosen = |typed: &str| parse(combobox, Some(&list), typed);
    assert_eq!(chosen(" FRANCE "), Some(json!("FR")));
    assert_eq!(chosen("seven"), Some(json!(7)));
    assert_eq!(chosen("7"), Some(json!(7)));
    assert_eq!(chosen("Fran"), Some(json!("Fran")));
    // A title is what is read, so it comes before a code of the same letters.
    assert_eq!(chosen("fr"), Some(json!("france")));
    assert_eq!(show(combobox, Some(&list), Some(&json!("FR"))), "France");
    assert_eq!(show(combobox, Some(&list), Some(&json!("Fran"))), "Fran");
    assert_eq!(show(Widget::Radios, Some(&list), Some(&json!(7))), "7");
}

#[test]
fn typed_json_that_could_not_be_kept_stays_text() {
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert!(parse(Widget::Json, None, &deep(64)).unwrap().is_array());
    assert!(parse(Widget::Json, None, &deep(65)).unwrap().is_string());
    assert_eq!(parse(Widget::Json, None, "{\"a\": [1e999]}"), Some(json!("{\"a\": [1e999]}")));
    assert_eq!(
        parse(Widget::Json, None, "{\"a\": 1.50}").map(|value| value.to_string()).as_deref(),
        Some("{\"a\":1.50}")
    );
    assert_eq!(parse(Widget::Json, None, "{\"a\":"), Some(json!("{\"a\":")));
}

#[test]
fn a_date_in_parts_says_itself_in_words_only_when_it_exists() {
    let words = |text: &str| DateParts::read(text).words();
    assert_eq!(words("2024"), Some("2024".into()));
    assert_eq!(words("2024-09~"), Some("about September 2024".into()));
    assert_eq!(words("2024-02-29?"), Some("perhaps 29 February 2024".into()));
    assert_eq!(words("1900-01-01%"), Some("perhaps about 1 January 1900".into()));
    for wrong in ["2023-02-29", "1900-02-29", "2024-04-31", "2024-13", "2024-00", "24-01", "2024--03", "", "?"] {
        assert_eq!(words(wrong), None, "{wrong}");
    }
}

proptest! {
    #[test]
    fn what_a_box_shows_is_read_as_the_same_value(typed in "[ -~\n]{0,12}|-?[0-9]{1,5}(\\.[0-9]{1,3})?|\"[0-9a-z]{0,4}\"|[\\[{][0-9,\"]{0,4}[\\]}]") {
        for widget in [WHOLE, DECIMAL, Widget::Text, Widget::Area, Widget::Json, Widget::Tick] {
            let value = parse(widget, None, &typed);
            let shown = show(widget, None, value.as_ref());
            prop_assert_eq!(parse(widget, None, &shown), value, "{:?}", widget);
        }
    }

    #[test]
    fn date_boxes_come_back_as_they_were(
        year in "[0-9]{0,4}", month in "1?[0-9]|", day in "[123]?[0-9]|", marks in any::<(bool, bool)>(),
    ) {
        let parts = DateParts { year, month, day, uncertain: marks.0, approximate: marks.1 };
        let text = parts.text();
        let back = DateParts::read(text.as_deref().unwrap_or_default());
        prop_assert_eq!(&back, &parts);
        prop_assert_eq!(back.text(), text);
    }
}
