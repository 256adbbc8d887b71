//! A date as it is typed and read: year, month and day, of which any may still be open, with the marks of EDTF.

/// The names of the months.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A date typed in parts, of which any may still be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateParts {
    /// The year box.
    pub year: String,
    /// The month box.
    pub month: String,
    /// The day box.
    pub day: String,
    /// The mark `?`, or half of `%`.
    pub uncertain: bool,
    /// The mark `~`, or half of `%`.
    pub approximate: bool,
}

impl DateParts {
    /// The text that is stored: `2024`, `2024-03~`, `2024-03-14`. An empty box in the middle stays empty in the text, so
    /// that nothing typed is lost. `None` when nothing is typed and nothing is ticked.
    pub fn text(&self) -> Option<String> {
        let parts = [self.year.trim().to_owned(), padded(&self.month), padded(&self.day)];
        let filled = parts.iter().rposition(|part| !part.is_empty()).map_or(0, |last| last + 1);
        let mut text = parts.get(..filled).unwrap_or_default().join("-");
        match (self.uncertain, self.approximate) {
            (true, true) => text.push('%'),
            (true, false) => text.push('?'),
            (false, true) => text.push('~'),
            (false, false) => {}
        }
        (!text.is_empty()).then_some(text)
    }

    /// The boxes of a stored text.
    pub fn read(text: &str) -> Self {
        let (uncertain, approximate) = match text.chars().last() {
            Some('%') => (true, true),
            Some('?') => (true, false),
            Some('~') => (false, true),
            _ => (false, false),
        };
        let date = if uncertain || approximate { text.get(..text.len() - 1).unwrap_or("") } else { text };
        let mut parts = date.splitn(3, '-').map(str::to_owned);
        let mut part = || parts.next().unwrap_or_default();
        let (year, month, day) = (part(), part(), part());
        Self { year, month: plain_part(month), day: plain_part(day), uncertain, approximate }
    }

    /// Whether the calendar has the day, as far as one is given: not 30 February, not 31 April.
    pub fn is_in_calendar(&self) -> bool {
        let number = |text: &str| text.trim().parse::<u32>().ok();
        let (Some(month), Some(day)) = (number(&self.month), number(&self.day)) else { return true };
        let leap = number(&self.year).is_some_and(|year| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
        let days = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        day <= days
    }

    /// The date in words, `about September 2024`; `None` for what is no calendar date.
    pub fn words(&self) -> Option<String> {
        let year: u16 = self.year.trim().parse().ok().filter(|_| self.year.trim().len() == 4)?;
        let named = |text: &str| text.trim().parse::<usize>().ok().and_then(|month| MONTHS.get(month.checked_sub(1)?));
        let date = match (self.month.trim(), self.day.trim()) {
            ("", "") => year.to_string(),
            (month, "") => format!("{} {year}", named(month)?),
            (month, day) => {
                let last = days_in_month(year, month.parse().ok()?);
                let day: u8 = day.parse().ok().filter(|day| (1..=last).contains(day))?;
                format!("{day} {} {year}", named(month)?)
            }
        };
        Some(match (self.uncertain, self.approximate) {
            (true, true) => format!("perhaps about {date}"),
            (true, false) => format!("perhaps {date}"),
            (false, true) => format!("about {date}"),
            (false, false) => date,
        })
    }
}

fn days_in_month(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn padded(part: &str) -> String {
    let part = part.trim();
    match part.as_bytes() {
        [b'1'..=b'9'] => format!("0{part}"),
        _ => part.to_owned(),
    }
}

/// Without the nought that was only put there for the stored form.
fn plain_part(part: String) -> String {
    match part.as_bytes() {
        [b'0', b'1'..=b'9'] => part.chars().skip(1).collect(),
        _ => part,
    }
}
