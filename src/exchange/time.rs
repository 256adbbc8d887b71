//! Times as text and dates of the calendar, by arithmetic alone.
//!
//! A moment is a number of milliseconds since 1970-01-01T00:00:00Z. The clock and the offset of local time come
//! from outside.

use std::fmt;

const DAY_MILLIS: i64 = 86_400_000;
const MINUTE_MILLIS: i64 = 60_000;
/// 0000-01-01T00:00:00.000Z and 9999-12-31T23:59:59.999Z: years of four digits, as RFC 3339 has them.
const FIRST_MILLIS: i64 = -62_167_219_200_000;
const LAST_MILLIS: i64 = 253_402_300_799_999;

/// A day of the calendar. Its text is `2026-11-20`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CivilDate {
    /// The year.
    pub year: i64,
    /// The month, from 1.
    pub month: u8,
    /// The day of the month, from 1.
    pub day: u8,
}

impl CivilDate {
    /// The date, when the calendar has it.
    pub fn new(year: i64, month: u8, day: u8) -> Option<Self> {
        let exists = (1..=12).contains(&month) && day >= 1 && day <= days_in_month(year, month);
        exists.then_some(Self { year, month, day })
    }
}

impl fmt::Display for CivilDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Whether the year has a 29 February.
pub fn is_leap_year(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// How many days the month has; 0 for a number that is no month.
pub fn days_in_month(year: i64, month: u8) -> u8 {
    match month {
        2 if is_leap_year(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => 0,
    }
}

/// Days from 1970-01-01 to a date. The year is counted from March, so that the leap day is its last.
pub fn days_from_civil(date: CivilDate) -> i64 {
    let month = i64::from(date.month);
    let year = if month <= 2 { date.year - 1 } else { date.year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(date.day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The date so many days after 1970-01-01.
pub fn civil_from_days(days: i64) -> CivilDate {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    CivilDate { year, month: small(month), day: small(day) }
}

/// Months and days fit; the conversion cannot fail for what the arithmetic above gives.
fn small(number: i64) -> u8 {
    u8::try_from(number).unwrap_or(1)
}

/// The date on the wall where local time is `offset_minutes` ahead of UTC. Moments outside the years 0 to 9999
/// are held at the edge.
pub fn civil_date(millis: i64, offset_minutes: i32) -> CivilDate {
    let local = millis.saturating_add(i64::from(offset_minutes) * MINUTE_MILLIS);
    civil_from_days(local.clamp(FIRST_MILLIS, LAST_MILLIS).div_euclid(DAY_MILLIS))
}

/// A moment as RFC 3339 text in UTC, to the second: `2026-11-20T14:05:00Z`. Moments outside the years 0 to 9999,
/// which only a clock set wrongly gives, are held at the edge.
pub fn utc_text(millis: i64) -> String {
    let millis = millis.clamp(FIRST_MILLIS, LAST_MILLIS);
    let second = millis.rem_euclid(DAY_MILLIS) / 1_000;
    let date = civil_from_days(millis.div_euclid(DAY_MILLIS));
    format!("{date}T{:02}:{:02}:{:02}Z", second / 3_600, second / 60 % 60, second % 60)
}

/// The moment that an RFC 3339 text in UTC names: `T` and `Z` in upper case, a fraction of the second allowed and
/// taken to the millisecond. `None` for any other text, for days that do not exist, and for leap seconds.
pub fn parse_utc(text: &str) -> Option<i64> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let [year, month, day] = parts(date, '-', [4, 2, 2])?;
    let (clock, fraction) = time.split_once('.').map_or((time, None), |(clock, fraction)| (clock, Some(fraction)));
    let [hour, minute, second] = parts(clock, ':', [2, 2, 2])?;
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let date = CivilDate::new(year, small_or_none(month)?, small_or_none(day)?)?;
    let seconds = hour * 3_600 + minute * 60 + second;
    Some(days_from_civil(date) * DAY_MILLIS + seconds * 1_000 + fraction.map_or(Some(0), millis_of)?)
}

fn small_or_none(number: i64) -> Option<u8> {
    u8::try_from(number).ok()
}

/// Three numbers of fixed widths.
fn parts(text: &str, separator: char, widths: [usize; 3]) -> Option<[i64; 3]> {
    let mut pieces = text.split(separator);
    let mut numbers = [0; 3];
    for (number, width) in numbers.iter_mut().zip(widths) {
        let piece = pieces.next()?;
        if piece.len() != width || !all_digits(piece) {
            return None;
        }
        *number = piece.parse().ok()?;
    }
    pieces.next().is_none().then_some(numbers)
}

fn millis_of(fraction: &str) -> Option<i64> {
    if fraction.is_empty() || !all_digits(fraction) {
        return None;
    }
    format!("{fraction}00").get(..3)?.parse().ok()
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}
