//! Calendar dates as texts: full dates, partial dates and UTC date-times. Knows no clock and no time zone.

/// A date as far as it is known: a year, or a year and a month, or a full date. All of it exists in the calendar.
struct Known<'a> {
    year: &'a str,
    month: Option<&'a str>,
    day: Option<&'a str>,
}

/// First day of what the text means; `None` when it names no day, month or year of the calendar.
pub(super) fn earliest(text: &str) -> Option<String> {
    let known = Known::read(text)?;
    Some(joined(known.year, known.month.unwrap_or("01"), known.day.unwrap_or("01")))
}

/// Last day of what the text means.
pub(super) fn latest(text: &str) -> Option<String> {
    let known = Known::read(text)?;
    let month = known.month.unwrap_or("12");
    let last = match length_of_month(number(known.year)?, number(month)?) {
        28 => "28",
        29 => "29",
        30 => "30",
        _ => "31",
    };
    Some(joined(known.year, month, known.day.unwrap_or(last)))
}

/// Days from one full date to another; `None` when one of them is partial, marked as uncertain, or no date.
pub(super) fn days(from: &str, to: &str) -> Option<i64> {
    Some(day_number(to)? - day_number(from)?)
}

fn joined(year: &str, month: &str, day: &str) -> String {
    [year, month, day].join("-")
}

impl<'a> Known<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let date = match text.split_once('T') {
            Some((date, time)) if date.len() == 10 && is_utc_time(time) => date,
            Some(_) => return None,
            None => text.strip_suffix(['?', '~', '%']).unwrap_or(text),
        };
        let mut parts = date.split('-');
        let known = Known { year: parts.next()?, month: parts.next(), day: parts.next() };
        if parts.next().is_some() || known.year.len() != 4 {
            return None;
        }
        let year = number(known.year)?;
        let Some(month) = known.month else { return Some(known) };
        let month = two_digits(month, 1, 12)?;
        match known.day {
            Some(day) => two_digits(day, 1, length_of_month(year, month)).map(|_| known),
            None => Some(known),
        }
    }
}

/// `09:15:00Z`, also with a fraction of the second and with a leap second.
fn is_utc_time(time: &str) -> bool {
    let Some(time) = time.strip_suffix('Z') else { return false };
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let mut parts = time.split(':');
    let mut part = |most| parts.next().and_then(|text| two_digits(text, 0, most)).is_some();
    let fits = part(23) && part(59) && part(60);
    fits && parts.next().is_none() && !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit())
}

fn number(text: &str) -> Option<u32> {
    if text.bytes().all(|b| b.is_ascii_digit()) { text.parse().ok() } else { None }
}

fn two_digits(text: &str, least: u32, most: u32) -> Option<u32> {
    number(text).filter(|n| text.len() == 2 && (least..=most).contains(n))
}

fn length_of_month(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since the first day of March of the year 0, a calendar in which the leap day is the last day of a year.
fn day_number(text: &str) -> Option<i64> {
    if text.len() != 10 || Known::read(text)?.day.is_none() {
        return None;
    }
    let part = |range| text.get(range).and_then(number).map(i64::from);
    let (year, month, day) = (part(0..4)?, part(5..7)?, part(8..10)?);
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    Some(year * 365 + leap_days + (month * 153 + 2) / 5 + day)
}
