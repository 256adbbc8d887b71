use chancery::exchange::canonical;
use chancery::exchange::read::{Limits, MAX_DEPTH, ReadError, read_json};
use proptest::prelude::*;
use serde_json::{Map, Number, Value, json};

fn read(text: &str) -> Result<Value, ReadError> {
    read_json(text.as_bytes(), &Limits::REPORT)
}

fn sentence(bytes: &[u8]) -> String {
    read_json(bytes, &Limits::REPORT).unwrap_err().to_string()
}

#[test]
fn a_plain_document_is_read_with_its_keys_in_their_order() {
    let value = read(" {\"z\": [1, true, null], \"a\": {\"\": \"\\u00fc\\n\\/\"}, \"m\": {}, \"l\": []}\r\n").unwrap();
    assert_eq!(value, json!({"z": [1, true, null], "a": {"": "ü\n/"}, "m": {}, "l": []}));
    assert_eq!(value.to_string(), r#"{"z":[1,true,null],"a":{"":"ü\n/"},"m":{},"l":[]}"#);
}

#[test]
fn a_value_at_the_top_need_not_be_an_object() {
    assert_eq!(read("true").unwrap(), json!(true));
    assert_eq!(read("\"\"").unwrap(), json!(""));
    assert_eq!(read("-0").unwrap().to_string(), "-0");
}

#[test]
fn numbers_keep_the_digits_of_the_file() {
    let digits = [
        "0",
        "-0",
        "-0.0",
        "1.50",
        "1E5",
        "1e5",
        "1e+05",
        "9007199254740993",
        "18446744073709551616",
        "0.1000000000000000055511151231257827",
        "1e-400",
        "123456789012345678901234567890.123456789012345678901234567890",
    ];
    for text in digits {
        assert_eq!(read(text).unwrap(), Value::Number(Number::from_string_unchecked(text.to_owned())));
        assert_eq!(read(&format!("[{text}]")).unwrap().to_string(), format!("[{text}]"));
    }
}

#[test]
fn keys_that_mean_something_to_the_general_reader_are_ordinary_keys_here() {
    for key in ["$serde_json::private::Number", "$serde_json::private::RawValue"] {
        for inner in ["\"1\"", "1", "\"no number\"", "[]"] {
            let text = format!("{{\"{key}\":{inner}}}");
            let value = read(&text).unwrap();
            assert!(value.is_object(), "{text}");
            assert_eq!(value.to_string(), text);
            assert_eq!(canonical(&value).unwrap(), text);
            assert_eq!(read(&format!("{value:#}")).unwrap(), value);
        }
    }
}

#[test]
fn one_byte_order_mark_is_dropped_and_a_second_is_not() {
    assert_eq!(read("\u{feff}{}").unwrap(), json!({}));
    assert_eq!(
        sentence("\u{feff}\u{feff}{}".as_bytes()),
        "This file is not JSON: at line 1, column 1, a value is expected."
    );
}

#[test]
fn the_size_is_checked_before_anything_else() {
    let limits = Limits { bytes: 4, ..Limits::REPORT };
    assert_eq!(read_json(b"1234", &limits).unwrap(), json!(1234));
    assert_eq!(read_json(b"\xff\xff\xff\xff\xff", &limits), Err(ReadError::TooLarge { limit: 4 }));
    let sizes = [Limits::REPORT, Limits::TEMPLATE, Limits::BACKUP]
        .map(|limits| ReadError::TooLarge { limit: limits.bytes }.to_string());
    assert_eq!(sizes[0], "This file is larger than 32 MB, the most that is read.");
    assert_eq!(sizes[1], "This file is larger than 8 MB, the most that is read.");
    assert_eq!(sizes[2], "This file is larger than 512 MB, the most that is read.");
}

#[test]
fn a_file_that_would_fill_the_memory_with_small_values_is_refused() {
    let limits = Limits { values: 4, ..Limits::REPORT };
    assert!(read_json(b"[[],{},1]", &limits).is_ok());
    assert_eq!(read_json(b"[[],{},1,2]", &limits), Err(ReadError::TooManyValues { limit: 4 }));
}

#[test]
fn text_in_utf_16_or_utf_32_is_named_with_and_without_its_mark() {
    let wide = "This file is not text in UTF-8 but in UTF-16 or UTF-32. Save it as UTF-8 and open it again.";
    let text = "{\"a\": 1}";
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let little_32: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
    let big_32: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
    let marked = [[&[0xff, 0xfe], &little[..]].concat(), [&[0xfe, 0xff], &big[..]].concat()];
    for bytes in [little, big, little_32, big_32].iter().chain(&marked) {
        assert_eq!(sentence(bytes), wide);
    }
}

#[test]
fn a_byte_that_is_no_utf_8_is_counted_from_the_beginning_of_the_file() {
    assert_eq!(
        sentence(b"{\n\"a\": \"Z\xfcrich\"}"),
        "This file is not text in UTF-8: byte 10 (line 2, column 8) cannot be read."
    );
    assert_eq!(
        sentence(b"\xef\xbb\xbf\"\xc3\xbc\xff\""),
        "This file is not text in UTF-8: byte 7 (line 1, column 3) cannot be read."
    );
    // A surrogate written as three bytes, an overlong slash, and a character cut in half.
    for bytes in [&b"\"\xed\xa0\x80\""[..], b"\"\xc0\xaf\"", b"\"\xe2\x82"] {
        assert!(matches!(read_json(bytes, &Limits::REPORT), Err(ReadError::NotUtf8 { byte: 2, .. })));
    }
}

#[test]
fn every_fault_has_its_own_sentence_and_place() {
    let not = "This file is not JSON: at";
    let cannot = "This file cannot be read:";
    let cases = [
        ("", "This file is empty.".to_owned()),
        (" \n ", "This file is empty.".to_owned()),
        ("{\"a\":\n [1,\n 2", "This file ends in the middle, at line 3, column 3.".to_owned()),
        ("\"ü", "This file ends in the middle, at line 1, column 3.".to_owned()),
        ("[tru", "This file ends in the middle, at line 1, column 5.".to_owned()),
        ("[-", "This file ends in the middle, at line 1, column 3.".to_owned()),
        ("\"\\ud8", "This file ends in the middle, at line 1, column 6.".to_owned()),
        ("\"\\ud83d\\", "This file ends in the middle, at line 1, column 9.".to_owned()),
        ("[1,]", format!("{not} line 1, column 4, a value is expected.")),
        ("[trup]", format!("{not} line 1, column 2, a value is expected.")),
        ("[NaN]", format!("{not} line 1, column 2, a value is expected.")),
        ("['a']", format!("{not} line 1, column 2, a value is expected.")),
        ("[1 // one\n]", format!("{not} line 1, column 4, a comma or a closing bracket is expected.")),
        ("[1}", format!("{not} line 1, column 3, a comma or a closing bracket is expected.")),
        ("{\"a\":1]", format!("{not} line 1, column 7, a comma or a closing brace is expected.")),
        ("{\"a\":1,}", format!("{not} line 1, column 8, a name in double quotes is expected.")),
        ("{a:1}", format!("{not} line 1, column 2, a name in double quotes is expected.")),
        ("{\"a\" 1}", format!("{not} line 1, column 6, a colon is expected.")),
        ("[\u{a0}1]", format!("{not} line 1, column 2, a value is expected.")),
        ("[01]", format!("{not} line 1, column 2, a number is not written as JSON writes numbers.")),
        ("[+1]", format!("{not} line 1, column 2, a number is not written as JSON writes numbers.")),
        ("[.5]", format!("{not} line 1, column 2, a number is not written as JSON writes numbers.")),
        ("[1.]", format!("{not} line 1, column 4, a number is not written as JSON writes numbers.")),
        ("[1e]", format!("{not} line 1, column 4, a number is not written as JSON writes numbers.")),
        ("[\n1e309]", format!("{cannot} the number at line 2, column 1 is out of range.")),
        ("[-1e99999999999999999999]", format!("{cannot} the number at line 1, column 2 is out of range.")),
        (
            "[\"a\\x\"]",
            format!("{not} line 1, column 4, a backslash is followed by something that it cannot stand before."),
        ),
        (
            "[\"\\u+123\"]",
            format!("{not} line 1, column 3, a backslash is followed by something that it cannot stand before."),
        ),
        ("\"a\\udc00\"", format!("{cannot} at line 1, column 3, a text holds half a character (a lone surrogate).")),
        ("\"\\ud83d\"", format!("{cannot} at line 1, column 2, a text holds half a character (a lone surrogate).")),
        ("\"\\ud83dx\"", format!("{cannot} at line 1, column 2, a text holds half a character (a lone surrogate).")),
        (
            "\"\\ud83d\\ud83d\"",
            format!("{cannot} at line 1, column 2, a text holds half a character (a lone surrogate)."),
        ),
        (
            "[\"a\tb\"]",
            format!(
                "{not} line 1, column 4, a text holds a control character, such as a line break or a tab, as itself."
            ),
        ),
        (
            "[\"a\0\"]",
            format!(
                "{not} line 1, column 4, a text holds a control character, such as a line break or a tab, as itself."
            ),
        ),
        ("{} {}", format!("{cannot} more text follows after its end, at line 1, column 4.")),
        ("1 2", format!("{cannot} more text follows after its end, at line 1, column 3.")),
    ];
    for (text, expected) in cases {
        assert_eq!(read(text).unwrap_err().to_string(), expected, "{text:?}");
    }
}

#[test]
fn a_surrogate_pair_is_one_character() {
    assert_eq!(read(r#""\ud83d\uDE00 \uFFFF""#).unwrap(), json!("😀 \u{ffff}"));
}

#[test]
fn a_long_text_of_escapes_costs_no_more_than_its_length() {
    // Looking for the place of each escape would make this take minutes.
    let text = format!("\"{}\"", "\\ud83d\\ude00\\n\\u00e9".repeat(200_000));
    assert_eq!(read(&text).unwrap().as_str().map(|text| text.chars().count()), Some(600_000));
}

#[test]
fn equal_keys_are_refused_with_the_whole_way_to_them() {
    let twice = "{\"list\": [0, {\"a/b\": 1,\n \"c\": 2, \"a\\/b\": 3}]}";
    assert_eq!(
        read(twice).unwrap_err().to_string(),
        "This file cannot be read: \"/list/1/a~1b\" stands twice in one object, again at line 2, column 10."
    );
    assert!(read(r#"{"a": {"a": [{"a": 1}, {"a": 1}]}}"#).is_ok());
}

#[test]
fn a_message_about_a_hostile_key_stays_one_short_line() {
    let key = "\\n".repeat(5_000);
    let message = read(&format!("{{\"{key}\":1,\"{key}\":2}}")).unwrap_err().to_string();
    assert!(message.chars().count() < 240 && !message.contains('\n'), "{message}");
}

#[test]
fn depth_is_bounded_and_never_ends_the_program() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(read(&nested(MAX_DEPTH)).is_ok());
    assert_eq!(
        read(&nested(MAX_DEPTH + 1)).unwrap_err().to_string(),
        "This file cannot be read: at line 1, column 129, lists and objects lie more than 128 deep in each other."
    );
    assert!(matches!(read(&"{\"a\":".repeat(1_000_000)), Err(ReadError::TooDeep { .. })));
    assert!(read(&format!("[{}]", vec!["[[]]"; 1_000].join(","))).is_ok());
}

/// Number texts as the general reader also keeps them: small `e`, always with a sign.
fn number() -> impl Strategy<Value = Value> {
    "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,20})?(e[+-][0-9]{1,2})?"
        .prop_map(|text| Value::Number(Number::from_string_unchecked(text)))
}

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        number(),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::String),
        "[\\x00-\\x7f]{0,8}".prop_map(Value::String),
    ]
}

/// Any JSON value.
pub fn any_json() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(6, 60, 6, |inner| {
        let entries = prop::collection::vec((prop_oneof![any::<String>(), "[a-c/~]{0,2}"], inner.clone()), 0..6);
        prop_oneof![
            prop::collection::vec(inner, 0..6).prop_map(Value::Array),
            entries.prop_map(|pairs| Value::Object(pairs.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// Whether the general reader refuses the text, or it is one of what only this reader refuses.
fn agrees(bytes: &[u8]) -> Result<(), TestCaseError> {
    let general: Result<Value, _> = serde_json::from_slice(bytes);
    match (read_json(bytes, &Limits::REPORT), general) {
        (Ok(ours), Ok(theirs)) => prop_assert_eq!(canonical(&ours), canonical(&theirs)),
        (Ok(_), Err(error)) => prop_assert!(bytes.starts_with(b"\xef\xbb\xbf"), "taken here, but: {}", error),
        (Err(error), Ok(_)) => prop_assert!(
            matches!(error, ReadError::DuplicateKey { .. } | ReadError::NumberOutOfRange { .. }),
            "{}",
            error
        ),
        (Err(_), Err(_)) => {}
    }
    Ok(())
}

proptest! {
    #[test]
    fn what_was_written_is_read_as_the_general_reader_reads_it(value in any_json()) {
        for text in [value.to_string(), format!("{value:#}")] {
            let ours = read(&text).unwrap();
            prop_assert_eq!(&ours, &serde_json::from_str::<Value>(&text).unwrap());
            prop_assert_eq!(&ours, &value);
            prop_assert_eq!(ours.to_string(), value.to_string());
        }
    }

    #[test]
    fn a_file_cut_anywhere_is_refused_as_cut(value in any_json(), cut in any::<prop::sample::Index>()) {
        let text = format!("[{value}]");
        let cut = cut.index(text.len());
        match read_json(&text.as_bytes()[..cut], &Limits::REPORT) {
            Err(ReadError::EndsEarly { .. } | ReadError::NotUtf8 { .. }) => {}
            Err(ReadError::Empty) => prop_assert_eq!(cut, 0),
            other => prop_assert!(false, "{:?}", other),
        }
    }

    #[test]
    fn changed_bytes_are_taken_or_refused_as_the_general_reader_does(
        value in any_json(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut bytes = value.to_string().into_bytes();
        for (index, byte) in changes {
            let at = index.index(bytes.len());
            bytes[at] = byte;
        }
        agrees(&bytes)?;
    }

    #[test]
    fn any_row_of_json_signs_is_taken_or_refused_as_the_general_reader_does(
        signs in prop::collection::vec(prop::sample::select(vec![
            "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\"b\":", "\\", "\\u", "d83d", "\\ude00", "\\n", "u", "00e9",
            "0", "1", "-", ".", "e", "E", "+", "9e308", "1e309", "true", "null", "fals", " ", "\n", "\t", "é", "\u{1}",
        ]), 0..14),
    ) {
        agrees(signs.concat().as_bytes())?;
    }

    #[test]
    fn any_bytes_at_all_give_a_value_or_a_sentence(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        if let Err(error) = read_json(&bytes, &Limits::REPORT) {
            prop_assert!(error.to_string().ends_with('.'));
        }
    }
}
