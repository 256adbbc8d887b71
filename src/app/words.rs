//! Words that several pages say alike: states, dates, times, counts.

use crate::exchange::parts::State;
use crate::exchange::time;
use crate::template::MONTHS;

/// The name of a state as a person reads it.
pub fn state(state: State) -> &'static str {
    match state {
        State::Draft => "Draft",
        State::Complete => "Complete",
        State::Corrected => "Corrected",
        State::Withdrawn => "Withdrawn",
    }
}

/// The state and the revision it leads to, for the line under the title.
pub fn state_line(state: State, revision: u64) -> String {
    match (state, revision) {
        (State::Draft, 0) => "draft, not exported yet".to_owned(),
        (State::Draft, revision) => format!("draft of revision {}", revision + 1),
        (other, 0) => format!("{}, not exported yet", self::state(other).to_lowercase()),
        (other, revision) => format!("{}, revision {revision}", self::state(other).to_lowercase()),
    }
}

/// A count with its noun: `1 error`, `2 errors`.
pub fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

/// `14:32` in local time.
pub fn clock(at_millis: i64, offset_minutes: i32) -> String {
    let minutes = (at_millis / 60_000 + i64::from(offset_minutes)).rem_euclid(24 * 60);
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// `26 November`, with the year when it is another one; `Today` and `Yesterday` for these.
pub fn day(at_millis: i64, now_millis: i64, offset_minutes: i32) -> String {
    let (date, today) = (time::civil_date(at_millis, offset_minutes), time::civil_date(now_millis, offset_minutes));
    let yesterday = time::civil_date(now_millis - 86_400_000, offset_minutes);
    if date == today {
        return "Today".to_owned();
    }
    if date == yesterday {
        return "Yesterday".to_owned();
    }
    let month = MONTHS.get(usize::from(date.month.saturating_sub(1))).copied().unwrap_or("");
    if date.year == today.year {
        format!("{} {month}", date.day)
    } else {
        format!("{} {month} {}", date.day, date.year)
    }
}

/// `Today, 14:32`.
pub fn moment(at_millis: i64, now_millis: i64, offset_minutes: i32) -> String {
    format!("{}, {}", day(at_millis, now_millis, offset_minutes), clock(at_millis, offset_minutes))
}

/// How long ago in days: `today`, `yesterday`, `9 days ago`.
pub fn days_ago(at_millis: i64, now_millis: i64) -> String {
    match (now_millis - at_millis).div_euclid(86_400_000) {
        ..=0 => "today".to_owned(),
        1 => "1 day ago".to_owned(),
        days => format!("{days} days ago"),
    }
}
