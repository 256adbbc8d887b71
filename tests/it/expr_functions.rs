//! What the functions of expressions give: sums, rounding, dates, words.

use serde_json::{Value, json};

use crate::expr::Desk;

fn value(source: &str) -> Option<Value> {
    Desk::with(json!({})).value("", source)
}

#[test]
fn numbers_of_the_report_keep_their_digits_in_sums() {
    let desk = Desk::with(
        serde_json::from_str(
            r#"{"big": [9007199254740993, 1, -9007199254740993], "mixed": [1e20, 0.1, -1e20], "below": [-0.1, -0.2, 0.05],
                "tiny": [1e-400, 1], "over": [1e308, 1e308], "huge": 1e999, "long": [1.0000000000000000000001, -1]}"#,
        )
        .unwrap(),
    );
    for (source, expected) in [
        ("sum(big)", "1"),
        ("sum(mixed)", "0.1"),
        ("sum(below)", "-0.25"),
        ("sum(tiny)", "1"),
        ("sum(long)", "1e-22"),
        ("sum([0.7, 0.1, 0.2, -1])", "0"),
        ("sum([-5, -17, 3])", "-19"),
        ("sum([99.9, 0.1])", "100"),
        ("sum([])", "0"),
    ] {
        assert_eq!(desk.value("", source).map(|v| v.to_string()).as_deref(), Some(expected), "{source}");
    }
    assert_eq!(desk.value("", "sum(over)"), None);
    assert_eq!(desk.value("", "huge"), None);
}

#[test]
fn round_works_on_the_shortest_decimal_half_away_from_zero() {
    for (source, expected) in [
        ("round(2.675, 2)", "2.68"),
        ("round(1.005, 2)", "1.01"),
        ("round(0.5, 0)", "1"),
        ("round(-0.5, 0)", "-1"),
        ("round(0.49999999999999994, 0)", "0"),
        ("round(0.05, 1)", "0.1"),
        ("round(0.04, 1)", "0"),
        ("round(0.004, 1)", "0"),
        ("round(9.99, 1)", "10"),
        ("round(99.5, 0)", "100"),
        ("round(1234.5678, 15)", "1234.5678"),
        ("round(1e21 + 0.5, 3)", "1e+21"),
        ("round(1.5e-7, 7)", "2e-7"),
        ("round(435.5336211186505, 1)", "435.5"),
    ] {
        assert_eq!(value(source).map(|v| v.to_string()).as_deref(), Some(expected), "{source}");
    }
}

#[test]
fn the_remainder_has_the_sign_of_the_first_number_and_is_exact_for_large_ones() {
    for (source, expected) in [
        ("7 % 4", 3.0_f64),
        ("-7 % 4", -3.0),
        ("7 % -4", 3.0),
        ("3 % 7", 3.0),
        ("8 % 4", 0.0),
        ("0 % 4", 0.0),
        ("9007199254740993 % 10", 9_007_199_254_740_992.0 % 10.0),
        ("1e308 % 12345", 1e308 % 12345.0),
        ("1.7e308 % 1.6e308", 1.7e308 % 1.6e308),
    ] {
        assert_eq!(value(source).and_then(|v| v.as_f64()), Some(expected), "{source}");
    }
}

#[test]
fn dates_exist_in_the_calendar_or_are_absent() {
    for (source, expected) in [
        ("earliest('2024')", "2024-01-01"),
        ("latest('2024?')", "2024-12-31"),
        ("earliest('2024-03%')", "2024-03-01"),
        ("latest('2023-02')", "2023-02-28"),
        ("latest('1900-02')", "1900-02-28"),
        ("latest('2000-02')", "2000-02-29"),
        ("latest('2024-04')", "2024-04-30"),
        ("latest('2024-03-14~')", "2024-03-14"),
        ("earliest('2025-03-14T09:15:00Z')", "2025-03-14"),
        ("latest('2025-03-14T23:59:60.5Z')", "2025-03-14"),
    ] {
        assert_eq!(value(source), Some(json!(expected)), "{source}");
    }
    for text in [
        "2024-13",
        "2024-00",
        "2024-1",
        "24",
        "2024-02-30",
        "2023-02-29",
        "2024-03-14-01",
        "2024-",
        "",
        "-2024",
        "+024",
        "2024-03T09:15:00Z",
        "2025-03-14T24:00:00Z",
        "2025-03-14T09:15Z",
        "2025-03-14T09:15:00",
        "2025-03-14T09:15:00.Z",
        "2025-03-14T09:15:00+01:00",
        "2024??",
        "２０２４",
    ] {
        assert_eq!(value(&format!("earliest('{text}')")), None, "{text}");
    }
}

#[test]
fn days_are_counted_over_leap_years_and_backwards() {
    for (from, to, expected) in [
        ("2024-02-28", "2024-03-01", 2),
        ("2023-02-28", "2023-03-01", 1),
        ("1900-02-28", "1900-03-01", 1),
        ("2000-01-01", "2001-01-01", 366),
        ("1970-01-01", "2026-01-31", 20_484),
        ("0000-01-01", "9999-12-31", 3_652_424),
        ("2024-03-01", "2024-02-28", -2),
        ("2024-12-31", "2025-01-01", 1),
    ] {
        assert_eq!(value(&format!("days('{from}', '{to}')")), Some(json!(expected)), "{from} {to}");
    }
    for other in ["2024-01", "2024-01-01~", "2024-01-01T00:00:00Z", "2024-02-30"] {
        assert_eq!(value(&format!("days('2024-01-01', '{other}')")), None, "{other}");
    }
}

#[test]
fn words_finds_entries_outside_quoted_passages() {
    let found = |text: &str, entries: Value| {
        let desk = Desk::with(json!({"text": text, "entries": entries}));
        desk.value("", "words(text, entries)").unwrap()
    };
    let thug = || json!(["thug"]);
    for quoted in ["“thug”", "„thug“", "„thug”", "«thug»", "»thug«", "‹thug›", "\"thug\""] {
        assert_eq!(found(&format!("so {quoted} he said"), thug()), json!([]), "{quoted}");
        assert_eq!(found(&format!("so {quoted} thug"), thug()), thug(), "{quoted}");
    }
    for open in
        ["a 'thug'", "a ‘thug’", "“ thug", "a “b\nthug”", "thug » b", "«\nthug»", "Thug", "THUGS", "thuges", "a-thug."]
    {
        assert_eq!(found(open, thug()), thug(), "{open}");
    }
    for other in ["thugss", "thugx", "xthug", "_thug", "thug1", "éthug", "thu g"] {
        assert_eq!(found(other, thug()), json!([]), "{other}");
    }
    assert_eq!(found("b a B a", json!(["a", "b"])), json!(["b", "a"]));
    assert_eq!(found("a flood \n of rain", json!(["flood of"])), json!(["flood of"]));
    assert_eq!(found("wave\"x\"thug", json!(["thug", "wave"])), json!(["wave", "thug"]));
    assert_eq!(found("Straße ÉTÉ", json!(["été", "straße"])), json!(["straße", "été"]));
    assert_eq!(
        found("two-tier and so-called", json!(["so-called", "two-tier", "", " "])),
        json!(["two-tier", "so-called"])
    );
    // The longer entry wins, and what it covers is not searched again.
    assert_eq!(found("very likely", json!(["likely", "very likely"])), json!(["very likely"]));
    assert_eq!(found("very unlikely", json!(["likely", "very likely"])), json!([]));
    // Keys of an object serve as entries.
    assert_eq!(found("a gang", json!({"gang": "group", "thug": "person"})), json!(["gang"]));
}

#[test]
fn a_line_of_opening_marks_does_not_cost_its_square() {
    let desk = Desk::with(json!({"text": format!("{} thug", "«".repeat(90_000))}));
    assert_eq!(desk.value("", "words(text, ['thug'])"), Some(json!(["thug"])));
}
