use chancery::store::record::{DEEPEST, read_header};
use chancery::store::{EncodeError, Fault, Header, Record, RecordError};
use proptest::prelude::*;
use serde_json::{Map, Number, Value, json};

use crate::draft_kit::{framed, header, key, newer_text, record, unframed};

const GOLDEN: [(&str, &str); 3] = [
    ("new", include_str!("../fixtures/records/v1/new.txt")),
    ("exported", include_str!("../fixtures/records/v1/exported.txt")),
    ("in-the-bin", include_str!("../fixtures/records/v1/in-the-bin.txt")),
];

fn number() -> impl Strategy<Value = Value> {
    "-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?"
        .prop_filter("in the range of numbers", |digits| in_range(digits))
        .prop_map(exactly)
}

/// A number as typed. The usual reader of JSON rewrites its exponent.
fn exactly(digits: String) -> Value {
    Value::Number(Number::from_string_unchecked(digits))
}

fn in_range(digits: &str) -> bool {
    digits.parse::<f64>().unwrap().is_finite()
}

fn body() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        number(),
        any::<String>().prop_map(Value::String),
        "[\\PC\n\r\t\"\\\\]{0,12}".prop_map(Value::String),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::Array),
            prop::collection::vec((any::<String>(), inner), 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

prop_compose! {
    fn any_header()(
        numbers in any::<(u64, u64, i64, u64, u64, u64)>(),
        texts in any::<(String, String, String, String, String, String)>(),
        identifier in any::<Option<String>>(),
        found in any::<(Option<u64>, Option<u64>)>(),
        times in any::<(Option<i64>, Option<i64>, Option<i64>)>(),
        changed in any::<bool>(),
        name in "[A-Za-z0-9_-]{1,80}",
    ) -> Header {
        let mut header = header(&name, numbers.0);
        header.save_number = numbers.1;
        header.saved_at = numbers.2;
        header.report.revision = numbers.3;
        header.counts.answered = numbers.4;
        header.counts.required = numbers.5;
        (header.counts.errors, header.counts.warnings) = found;
        (header.template.id, header.template.version, header.template.digest) = (texts.0, texts.1, texts.2);
        (header.report.id, header.report.title, header.report.state) = (texts.3, texts.4, texts.5);
        header.report.identifier = identifier;
        (header.exported_at, header.last_copy, header.deleted_at) = times;
        header.changed_since_export = changed;
        header
    }
}

fn refused(text: &str) -> bool {
    Record::decode(text).is_err() && read_header(text).is_err()
}

proptest! {
    #[test]
    fn any_header_and_any_body_come_back_as_they_were(header in any_header(), body in body()) {
        let record = Record { header, body };
        let text = record.encode().unwrap();
        let back = Record::decode(&text).unwrap();
        prop_assert_eq!(back.body.to_string(), record.body.to_string());
        prop_assert_eq!(&back, &record);
        prop_assert_eq!(read_header(&text).unwrap(), record.header);
    }

    #[test]
    fn a_number_keeps_the_digits_it_came_with(digits in "-?(0|[1-9][0-9]{0,40})(\\.[0-9]{1,40})?([eE][+-]?[0-9]{1,5})?") {
        let encoded = Record { header: header("one", 1), body: exactly(digits.clone()) }.encode();
        if in_range(&digits) {
            prop_assert_eq!(Record::decode(&encoded.unwrap()).unwrap().body.to_string(), digits);
        } else {
            prop_assert_eq!(encoded, Err(EncodeError::Number));
        }
    }

    #[test]
    fn a_record_cut_anywhere_is_never_accepted(header in any_header(), body in body(), part in 0.0..1.0f64) {
        let text = Record { header, body }.encode().unwrap();
        let at = (0..=(text.len() as f64 * part) as usize).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        prop_assert!(refused(&text[..at]));
    }

    #[test]
    fn a_record_with_changed_bytes_is_never_accepted(
        header in any_header(),
        body in body(),
        flips in prop::collection::vec((any::<prop::sample::Index>(), 1u8..), 1..4),
    ) {
        let text = Record { header, body }.encode().unwrap();
        let mut bytes = text.as_bytes().to_vec();
        for (at, mask) in flips {
            let at = at.index(bytes.len());
            bytes[at] ^= mask;
        }
        let changed = String::from_utf8_lossy(&bytes);
        prop_assert!(changed == text || refused(&changed));
    }

    #[test]
    fn any_text_is_read_without_a_panic(text in "(\\{\"format\":\"chancery-draft\",\"formatVersion\":)?\\PC{0,80}\n?\\PC{0,20}") {
        prop_assert!(refused(&text));
    }
}

#[test]
fn every_single_bit_and_every_single_cut_of_a_record_is_noticed() {
    let text = record("one", 12, "Zwölf\nFälle").encode().unwrap();
    for at in 0..text.len() {
        for bit in 0..8 {
            let mut bytes = text.as_bytes().to_vec();
            bytes[at] ^= 1 << bit;
            assert!(refused(&String::from_utf8_lossy(&bytes)), "bit {bit} of byte {at}");
        }
        assert!(refused(&String::from_utf8_lossy(&text.as_bytes()[..at])), "cut at {at}");
        assert!(refused(&String::from_utf8_lossy(&text.as_bytes()[at + 1..])), "begun after {at}");
    }
    assert!(refused(&format!("{text} ")), "one more space");
    assert!(refused(&format!("{text}\n")), "one more line break");
}

#[test]
fn the_records_of_version_1_still_open_and_are_still_written_so() {
    for (name, text) in GOLDEN {
        let record = Record::decode(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(record.encode().unwrap(), text, "{name}");
    }
    let exported = Record::decode(GOLDEN[1].1).unwrap();
    assert_eq!(exported.header.draft, key("0193bb_copy-2"));
    assert_eq!(exported.header.edit_number, u64::MAX);
    assert_eq!(exported.header.save_number, 4711);
    assert_eq!(exported.header.template.version, "2.1.0-rc.1");
    assert_eq!(exported.header.report.title, "Zwölf \"Fälle\"\nin Kraków – 犯罪 \0 🗎");
    assert_eq!(exported.header.report.identifier.as_deref(), Some("XA-PS-2025-0001"));
    assert_eq!((exported.header.counts.errors, exported.header.counts.warnings), (Some(0), Some(2)));
    assert_eq!(exported.header.exported_at, Some(1_763_640_000_000));
    assert!(exported.header.changed_since_export);
    assert_eq!(exported.body["values"]["rate"].to_string(), "1.10");
    assert_eq!(exported.body["values"]["tiny"].to_string(), "-0.000000000000000000010");
    assert_eq!(Record::decode(GOLDEN[2].1).unwrap().header.deleted_at, Some(1_763_647_500_999));
    assert_eq!(Record::decode(GOLDEN[0].1).unwrap().header.counts.errors, None);
}

#[test]
fn a_text_cut_short_is_told_from_a_text_that_changed() {
    let text = record("one", 1, "some words").encode().unwrap();
    assert_eq!(Record::decode(&text[..text.len() - 3]), Err(RecordError::Damaged(Fault::Cut)));
    assert_eq!(Record::decode(&text[..60]), Err(RecordError::Damaged(Fault::Cut)));
    assert_eq!(Record::decode(&text.replace("words", "wards")), Err(RecordError::Damaged(Fault::Changed)));
    assert_eq!(Record::decode("hello"), Err(RecordError::NotARecord));
    assert_eq!(Record::decode(""), Err(RecordError::NotARecord));
    assert_eq!(Record::decode("{}\n{}"), Err(RecordError::NotARecord));
}

#[test]
fn a_missing_unfit_or_unknown_field_is_never_filled_or_dropped() {
    let (line, body) = unframed(&record("one", 1, "words").encode().unwrap());
    assert!(Record::decode(&framed(&line, &body)).is_ok(), "the frame of the test itself");
    let damaged = Err(RecordError::Damaged(Fault::Header));
    let names: Vec<String> = line.as_object().unwrap().keys().skip(2).cloned().collect();
    assert_eq!(names.len(), 12);
    for name in &names {
        let mut without = line.clone();
        without.as_object_mut().unwrap().shift_remove(name);
        assert_eq!(read_header(&framed(&without, &body)), damaged, "without {name}");
        let mut unfit = line.clone();
        unfit[name] = json!(["unfit"]);
        assert_eq!(read_header(&framed(&unfit, &body)), damaged, "unfit {name}");
    }
    for part in ["template", "report", "counts"] {
        for name in line[part].as_object().unwrap().keys() {
            let mut without = line.clone();
            without[part].as_object_mut().unwrap().shift_remove(name);
            assert_eq!(read_header(&framed(&without, &body)), damaged, "without {part}.{name}");
        }
        let mut more = line.clone();
        more[part]["more"] = json!(1);
        assert_eq!(read_header(&framed(&more, &body)), damaged, "more in {part}");
    }
    let mut more = line.clone();
    more["more"] = json!(null);
    assert_eq!(read_header(&framed(&more, &body)), damaged);
    let mut name = line;
    name["draft"] = json!("no/such name");
    assert_eq!(read_header(&framed(&name, &body)), damaged);
}

#[test]
fn a_newer_record_is_recognised_only_when_it_is_whole() {
    let text = newer_text("one");
    assert_eq!(Record::decode(&text), Err(RecordError::Newer { version: 2 }));
    assert_eq!(read_header(&text), Err(RecordError::Newer { version: 2 }));
    let torn = &text[..text.len() - 1];
    assert_eq!(Record::decode(torn), Err(RecordError::Damaged(Fault::Changed)));
    // A damaged digit of the version must not pass for a newer program.
    let flipped = record("one", 1, "words").encode().unwrap().replace("\"formatVersion\":1", "\"formatVersion\":9");
    assert_eq!(Record::decode(&flipped), Err(RecordError::Damaged(Fault::Changed)));
}

#[test]
fn an_older_version_than_the_first_is_damage() {
    let (mut line, body) = unframed(&record("one", 1, "words").encode().unwrap());
    line["formatVersion"] = json!(0);
    assert_eq!(Record::decode(&framed(&line, &body)), Err(RecordError::Damaged(Fault::Header)));
}

#[test]
fn a_body_that_is_not_json_is_an_error_and_no_default() {
    let (mut line, _) = unframed(&record("one", 1, "words").encode().unwrap());
    line["bodyLength"] = json!(3);
    assert_eq!(Record::decode(&framed(&line, "{]}")), Err(RecordError::Damaged(Fault::Body)));
    line["bodyLength"] = json!(0);
    assert_eq!(Record::decode(&framed(&line, "")), Err(RecordError::Damaged(Fault::Body)));
}

#[test]
fn what_would_not_come_back_is_not_written() {
    let encode = |body: Value| Record { header: header("one", 1), body }.encode();
    let nested = |depth: usize| (0..depth).fold(json!(1), |inner, _| json!([inner]));
    let deep = encode(nested(DEEPEST)).unwrap();
    assert_eq!(Record::decode(&deep).unwrap().body, nested(DEEPEST));
    assert_eq!(encode(nested(DEEPEST + 1)), Err(EncodeError::TooDeep));
    for digits in ["1,5", "", "007", "+1", "1e999", "-1e400", "NaN"] {
        assert_eq!(encode(Value::Array(vec![exactly(digits.into())])), Err(EncodeError::Number), "{digits}");
    }
}

#[test]
fn a_name_that_the_usual_reader_keeps_for_itself_comes_back() {
    // Built by hand: the macro for JSON would itself take the object for a number.
    let mut taken = Map::new();
    taken.insert("$serde_json::private::Number".into(), json!("1"));
    let record = Record { header: header("one", 1), body: Value::Array(vec![Value::Object(taken)]) };
    assert_eq!(Record::decode(&record.encode().unwrap()), Ok(record));
}
