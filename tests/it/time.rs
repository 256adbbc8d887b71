use chancery::exchange::time::{
    CivilDate, civil_date, civil_from_days, days_from_civil, days_in_month, is_leap_year, parse_utc, utc_text,
};
use proptest::prelude::*;

const DAY: i64 = 86_400_000;

#[test]
fn a_moment_is_written_in_utc_to_the_second() {
    assert_eq!(utc_text(0), "1970-01-01T00:00:00Z");
    assert_eq!(utc_text(1_795_183_500_999), "2026-11-20T14:05:00Z");
    assert_eq!(utc_text(-1), "1969-12-31T23:59:59Z");
    assert_eq!(utc_text(951_827_696_000), "2000-02-29T12:34:56Z");
}

#[test]
fn a_moment_outside_four_digit_years_is_held_at_the_edge() {
    assert_eq!(utc_text(i64::MAX), "9999-12-31T23:59:59Z");
    assert_eq!(utc_text(i64::MIN), "0000-01-01T00:00:00Z");
    assert_eq!(civil_date(i64::MAX, 840).to_string(), "9999-12-31");
    assert_eq!(civil_date(i64::MIN, -720).to_string(), "0000-01-01");
}

#[test]
fn text_in_utc_is_read_back_with_its_fraction() {
    assert_eq!(parse_utc("2026-11-20T14:05:00Z"), Some(1_795_183_500_000));
    assert_eq!(parse_utc("2026-11-20T14:05:00.5Z"), Some(1_795_183_500_500));
    assert_eq!(parse_utc("2026-11-20T14:05:00.0129Z"), Some(1_795_183_500_012));
    assert_eq!(parse_utc("1969-12-31T23:59:59.999Z"), Some(-1));
}

#[test]
fn text_that_is_no_moment_in_utc_is_refused() {
    let wrong = [
        "",
        "2026-11-20",
        "2026-11-20T14:05Z",
        "2026-11-20T14:05:00",
        "2026-11-20 14:05:00Z",
        "2026-11-20t14:05:00z",
        "2026-11-20T14:05:00+01:00",
        "2026-11-20T14:05:00.Z",
        "2026-11-20T14:05:00.5.5Z",
        "2026-11-20T24:00:00Z",
        "2026-11-20T14:60:00Z",
        "2026-11-20T14:05:60Z",
        "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "2026-11-00T00:00:00Z",
        "2026-11-20-1T00:00:00Z",
        "26-11-20T00:00:00Z",
        "+026-11-20T00:00:00Z",
        "2026-11-20T14:05:00Z ",
    ];
    for text in wrong {
        assert_eq!(parse_utc(text), None, "{text}");
    }
}

#[test]
fn leap_years_follow_the_century_rule() {
    let leap = [1896, 1900, 1904, 2000, 2023, 2024, 2100, 2400].map(is_leap_year);
    assert_eq!(leap, [true, false, true, true, false, true, false, true]);
    assert_eq!([2024, 2025, 1900, 2000].map(|year| days_in_month(year, 2)), [29, 28, 28, 29]);
    assert_eq!(CivilDate::new(2100, 2, 29), None);
    assert!(CivilDate::new(2000, 2, 29).is_some());
    assert_eq!(CivilDate::new(2026, 0, 1), None);
    assert_eq!(CivilDate::new(2026, 4, 31), None);
}

#[test]
fn every_day_from_the_year_0_to_9999_follows_the_day_before() {
    let mut expected = CivilDate { year: 0, month: 1, day: 1 };
    for days in -719_528..=2_932_896 {
        assert_eq!(civil_from_days(days), expected);
        assert_eq!(days_from_civil(expected), days);
        expected = next(expected);
    }
    assert_eq!(expected, CivilDate { year: 10_000, month: 1, day: 1 });
}

fn next(date: CivilDate) -> CivilDate {
    if date.day < days_in_month(date.year, date.month) {
        CivilDate { day: date.day + 1, ..date }
    } else if date.month < 12 {
        CivilDate { month: date.month + 1, day: 1, ..date }
    } else {
        CivilDate { year: date.year + 1, month: 1, day: 1 }
    }
}

#[test]
fn the_date_on_the_wall_depends_on_the_offset() {
    let evening = parse_utc("2024-02-29T23:30:00Z").unwrap();
    let dates = [0, 60, -60, 13 * 60, -12 * 60].map(|offset| civil_date(evening, offset).to_string());
    assert_eq!(dates, ["2024-02-29", "2024-03-01", "2024-02-29", "2024-03-01", "2024-02-29"]);
    assert_eq!(civil_date(-1, 0).to_string(), "1969-12-31");
    assert_eq!(civil_date(0, -1).to_string(), "1969-12-31");
}

proptest! {
    #[test]
    fn writing_and_reading_a_moment_gives_its_second_back(millis in -719_528 * DAY..2_932_897 * DAY) {
        prop_assert_eq!(parse_utc(&utc_text(millis)), Some(millis.div_euclid(1_000) * 1_000));
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>(), shape in "[0-9]{3,5}-[0-9é]{2}-[0-9]{2}T[0-9:.]{6,12}Z") {
        parse_utc(&text);
        if let Some(millis) = parse_utc(&shape) {
            prop_assert_eq!(&utc_text(millis)[..19], &shape[..19]);
        }
    }
}
