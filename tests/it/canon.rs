use chancery::exchange::canon::CanonError;
use chancery::exchange::number::{is_json_number, same_number};
use chancery::exchange::read::{Limits, MAX_DEPTH, read_json};
use chancery::exchange::{Digest, canonical, digest_of, inexact_numbers, sha256};
use proptest::prelude::*;
use serde_json::{Number, Value, json};

use super::read::any_json;

fn value(text: &str) -> Value {
    read_json(text.as_bytes(), &Limits::REPORT).unwrap()
}

fn number(text: &str) -> Value {
    Value::Number(Number::from_string_unchecked(text.to_owned()))
}

#[test]
fn the_sample_of_rfc_8785_section_3_2_2_gives_its_canonical_text() {
    let sample = value(
        r#"{
          "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
          "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
          "literals": [null, true, false]
        }"#,
    );
    let expected = concat!(
        r#"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"#,
        r#""string":"€$\u000f\nA'B\"\\\\\"/"}"#
    );
    assert_eq!(canonical(&sample).unwrap(), expected);
}

#[test]
fn keys_are_sorted_as_rfc_8785_section_3_2_3_shows() {
    let sample = value(
        r#"{"\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
            "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control",
            "\u00f6": "Latin Small Letter O With Diaeresis"}"#,
    );
    let text = canonical(&sample).unwrap();
    let order = ["Carriage", "One", "Control", "Latin", "Euro", "Emoji", "Hebrew"].map(|word| text.find(word).unwrap());
    assert!(order.is_sorted(), "{text}");
    assert!(text.starts_with("{\"\\r\":"));
}

#[test]
fn numbers_are_written_as_appendix_b_of_rfc_8785_lists_them() {
    let table = [
        (0x0000_0000_0000_0000, "0"),
        (0x8000_0000_0000_0000, "0"),
        (0x0000_0000_0000_0001, "5e-324"),
        (0x8000_0000_0000_0001, "-5e-324"),
        (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
        (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"),
        (0x4340_0000_0000_0000, "9007199254740992"),
        (0xc340_0000_0000_0000, "-9007199254740992"),
        (0x4430_0000_0000_0000, "295147905179352830000"),
        (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
        (0x44b5_2d02_c7e1_4af6, "1e+23"),
        (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
        (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
        (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"),
        (0x444b_1ae4_d6e2_ef50, "1e+21"),
        (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
        (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
        (0x41b3_de43_5555_5553, "333333333.3333332"),
        (0x41b3_de43_5555_5554, "333333333.33333325"),
        (0x41b3_de43_5555_5555, "333333333.3333333"),
        (0x41b3_de43_5555_5556, "333333333.3333334"),
        (0x41b3_de43_5555_5557, "333333333.33333343"),
        (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
        (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
    ];
    for (bits, expected) in table {
        let float = f64::from_bits(bits);
        assert_eq!(canonical(&number(&format!("{float:e}"))).unwrap(), expected, "{bits:016x}");
    }
}

#[test]
fn texts_have_only_the_escapes_that_json_demands() {
    let text = "\0\u{8}\t\n\u{b}\u{c}\r\u{1f} \"\\/\u{7f}é\u{2028}😀";
    let expected = "\"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f \\\"\\\\/\u{7f}é\u{2028}😀\"";
    assert_eq!(canonical(&json!(text)).unwrap(), expected);
}

#[test]
fn a_number_that_cannot_be_carried_is_refused_with_its_place() {
    // Put in by hand: `json!` would write the number out and read it again.
    let holding = |text: &str| Value::Array(vec![Value::Null, number(text)]);
    let at = |text: &str| canonical(&Value::from_iter([("a/b", holding(text))])).unwrap_err();
    assert!(matches!(at("1e400"), CanonError::NumberOutOfRange { at } if at.to_string() == "/a~1b/1"));
    for rubbish in ["", "12.", "1,5", "inf", "NaN", "+1", "01", "1 "] {
        assert!(matches!(at(rubbish), CanonError::BadNumber { at } if at.to_string() == "/a~1b/1"), "{rubbish}");
    }
}

#[test]
fn a_value_too_deep_to_be_read_again_has_no_canonical_text() {
    let nested = |depth: usize| (1..depth).fold(json!([]), |inner, _| json!([inner]));
    assert!(canonical(&nested(MAX_DEPTH)).is_ok());
    let error = canonical(&nested(MAX_DEPTH + 1)).unwrap_err();
    assert!(matches!(error, CanonError::TooDeep { at } if at.tokens().len() == MAX_DEPTH));
}

#[test]
fn numbers_whose_canonical_text_is_another_number_are_listed() {
    let sample = value(
        r#"{"exact": [0, -0, 1.50, 1E5, 0.1, 9007199254740993e0, 1e23, 100000000000000000000000],
            "rounded": [9007199254740993, 0.1000000000000000055, 1e-400, 333333333.33333329],
            "text": "9007199254740993"}"#,
    );
    let places: Vec<String> = inexact_numbers(&sample).iter().map(ToString::to_string).collect();
    assert_eq!(places, ["/exact/5", "/rounded/0", "/rounded/1", "/rounded/2", "/rounded/3"]);
}

#[test]
fn a_number_that_has_no_canonical_text_is_listed_too() {
    let places = inexact_numbers(&Value::Array(vec![number("1e400"), number("1,5"), number("1")]));
    assert_eq!(places.iter().map(ToString::to_string).collect::<Vec<_>>(), ["/0", "/1"]);
}

#[test]
fn numbers_are_compared_by_what_they_are_and_not_by_how_they_are_written() {
    for (one, other) in [("1.50", "15e-1"), ("0", "-0.00e9"), ("1e21", "1000000000000000000000"), ("-2.0", "-0.2e+1")] {
        assert!(same_number(one, other), "{one} {other}");
    }
    for (one, other) in
        [("1", "-1"), ("1", "10"), ("0.1", "0.10000000000000001"), ("1e99999999999999999999", "1"), ("x", "x")]
    {
        assert!(!same_number(one, other), "{one} {other}");
    }
    assert!(is_json_number("-1.5e+3") && !is_json_number("1.5.") && !is_json_number("٣"));
}

#[test]
fn digests_are_those_of_the_standard() {
    let empty = sha256(b"");
    assert_eq!(empty.to_string(), "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_eq!(empty.short(), "e3b0c442");
    let abc = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(Digest::parse(abc), Some(sha256(b"abc")));
}

#[test]
fn a_digest_has_one_text() {
    let text = sha256(b"abc").to_string();
    let wrong = [text.to_uppercase(), text.replace("sha256:", ""), text.replace("ba78", "BA78"), format!("{text}00")];
    assert!(
        wrong.iter().chain([&text[..70].to_owned(), &text.replace('b', "g")]).all(|text| Digest::parse(text).is_none())
    );
}

proptest! {
    #[test]
    fn canonical_text_is_a_fixed_point_and_its_digest_is_that_of_its_bytes(value in any_json()) {
        let text = canonical(&value).unwrap();
        let again = read_json(text.as_bytes(), &Limits::REPORT).unwrap();
        prop_assert_eq!(&canonical(&again).unwrap(), &text);
        prop_assert!(inexact_numbers(&again).is_empty());
        prop_assert_eq!(digest_of(&value).unwrap(), sha256(text.as_bytes()));
    }

    #[test]
    fn the_order_of_keys_does_not_change_the_canonical_text(mut pairs in prop::collection::vec((any::<String>(), 0..9), 0..9)) {
        pairs.sort();
        pairs.dedup_by(|one, other| one.0 == other.0);
        let forward: Value = pairs.iter().cloned().collect();
        let backward: Value = pairs.iter().rev().cloned().collect();
        prop_assert_eq!(canonical(&forward), canonical(&backward));
    }

    #[test]
    fn every_finite_number_survives_its_canonical_text(bits in any::<u64>()) {
        let float = f64::from_bits(bits);
        if float.is_finite() {
            let text = canonical(&number(&format!("{float:e}"))).unwrap();
            prop_assert_eq!(text.parse::<f64>().unwrap(), float);
            prop_assert!(is_json_number(&text));
        }
    }
}
