//! `format`: what the named formats allow. Only asserted when the caller or the meta-schema asks for it. A name that
//! is not here is an annotation.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::Patterns;
use super::uri;

/// A named format that can be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Date,
    Time,
    DateTime,
    Duration,
    Email,
    IdnEmail,
    Hostname,
    Ipv4,
    Ipv6,
    Uri,
    UriReference,
    Iri,
    IriReference,
    Uuid,
    JsonPointer,
    RelativeJsonPointer,
    Regex,
}

const NAMES: [(&str, Format); 17] = [
    ("date", Format::Date),
    ("time", Format::Time),
    ("date-time", Format::DateTime),
    ("duration", Format::Duration),
    ("email", Format::Email),
    ("idn-email", Format::IdnEmail),
    ("hostname", Format::Hostname),
    ("ipv4", Format::Ipv4),
    ("ipv6", Format::Ipv6),
    ("uri", Format::Uri),
    ("uri-reference", Format::UriReference),
    ("iri", Format::Iri),
    ("iri-reference", Format::IriReference),
    ("uuid", Format::Uuid),
    ("json-pointer", Format::JsonPointer),
    ("relative-json-pointer", Format::RelativeJsonPointer),
    ("regex", Format::Regex),
];

impl Format {
    pub fn named(name: &str) -> Option<Format> {
        NAMES.iter().find(|(each, _)| *each == name).map(|(_, format)| *format)
    }

    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(_, format)| *format == self).map_or("", |(name, _)| name)
    }

    pub fn fits(self, text: &str, patterns: &dyn Patterns) -> bool {
        match self {
            Format::Date => date(text),
            Format::Time => time(text),
            Format::DateTime => {
                let parts = text.split_once(['T', 't']);
                parts.is_some_and(|(day, hour)| date(day) && time(hour))
            }
            Format::Duration => duration(text),
            Format::Email => text.is_ascii() && email(text),
            Format::IdnEmail => email(text),
            Format::Hostname => text.is_ascii() && hostname(text),
            Format::Ipv4 => text.parse::<Ipv4Addr>().is_ok(),
            Format::Ipv6 => text.parse::<Ipv6Addr>().is_ok(),
            Format::Uri => text.is_ascii() && uri::has_scheme(text) && uri::is_reference(text),
            Format::UriReference => text.is_ascii() && uri::is_reference(text),
            Format::Iri => uri::has_scheme(text) && uri::is_reference(text),
            Format::IriReference => uri::is_reference(text),
            Format::Uuid => uuid(text),
            Format::JsonPointer => json_pointer(text),
            Format::RelativeJsonPointer => relative_json_pointer(text),
            Format::Regex => patterns.matches(text, "").is_some(),
        }
    }
}

/// A text of exactly `length` digits.
fn digits(text: &str, length: usize) -> Option<u32> {
    if text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

/// A day that exists: `2026-02-30` is none.
fn date(text: &str) -> bool {
    let mut parts = text.split('-');
    let mut next = |length| parts.next().and_then(|part| digits(part, length));
    let (Some(year), Some(month), Some(day)) = (next(4), next(2), next(2)) else { return false };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    parts.next().is_none() && (1..=days).contains(&day)
}

/// A time of day with its offset (RFC 3339).
fn time(text: &str) -> bool {
    let Some((clock, offset)) = text.find(['Z', 'z', '+', '-']).and_then(|at| text.split_at_checked(at)) else {
        return false;
    };
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let mut parts = clock.split(':');
    let mut next = || parts.next().and_then(|part| digits(part, 2));
    let (Some(hour), Some(minute), Some(second)) = (next(), next(), next()) else { return false };
    let Some(ahead) = minutes_ahead(offset) else { return false };
    // A leap second stands at the end of a day of universal time only.
    let universal = (i64::from(hour) * 60 + i64::from(minute) - ahead).rem_euclid(24 * 60);
    let ends_day = universal == 23 * 60 + 59;
    parts.next().is_none()
        && hour < 24
        && minute < 60
        && (second < 60 || (second == 60 && ends_day))
        && !fraction.is_empty()
        && fraction.bytes().all(|byte| byte.is_ascii_digit())
}

fn minutes_ahead(offset: &str) -> Option<i64> {
    if matches!(offset, "Z" | "z") {
        return Some(0);
    }
    let (sign, rest) =
        if let Some(rest) = offset.strip_prefix('+') { (1, rest) } else { (-1, offset.strip_prefix('-')?) };
    let (hours, minutes) = rest.split_once(':')?;
    let (hours, minutes) = (digits(hours, 2)?, digits(minutes, 2)?);
    (hours < 24 && minutes < 60).then_some(sign * i64::from(hours * 60 + minutes))
}

/// A duration such as `P1Y6M` or `PT36H` (RFC 3339, appendix A): units in order, none left out in between.
fn duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('P') else { return false };
    let (days, clock) = match rest.split_once('T') {
        Some((days, clock)) => (days, Some(clock)),
        None => (rest, None),
    };
    if clock.is_none() && units(days, "W") {
        return true;
    }
    let days_fit = units(days, "YMD") || (days.is_empty() && clock.is_some());
    days_fit && clock.is_none_or(|clock| units(clock, "HMS"))
}

/// One or more numbers, each followed by the next of the units.
fn units(text: &str, units: &str) -> bool {
    let mut rest = text;
    let mut last: Option<usize> = None;
    while !rest.is_empty() {
        let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let Some(unit) = after.chars().next().filter(|_| after.len() < rest.len()) else { return false };
        let Some(at) = units.find(unit).filter(|at| last.is_none_or(|last| *at == last + 1)) else { return false };
        last = Some(at);
        rest = after.get(unit.len_utf8()..).unwrap_or_default();
    }
    last.is_some()
}

fn email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let quoted = local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let local_fits = match quoted {
        Some(quoted) => quoted_text(quoted),
        None => local.split('.').all(|part| !part.is_empty() && part.chars().all(is_atom)),
    };
    let address = domain.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let domain_fits = match address {
        Some(address) => match address.strip_prefix("IPv6:") {
            Some(address) => address.parse::<Ipv6Addr>().is_ok(),
            None => address.parse::<Ipv4Addr>().is_ok(),
        },
        None => hostname(domain),
    };
    local_fits && domain_fits
}

fn is_atom(c: char) -> bool {
    !c.is_ascii() || c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c)
}

fn quoted_text(text: &str) -> bool {
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let fits = match c {
            '"' => false,
            '\\' => chars.next().is_some_and(|c| !c.is_control()),
            other => !other.is_control(),
        };
        if !fits {
            return false;
        }
    }
    true
}

/// Labels of letters, digits and hyphens. What stands behind an `xn--` is not decoded.
fn hostname(text: &str) -> bool {
    let label = |label: &str| {
        let reserved = label.chars().skip(2).take(2).eq("--".chars());
        !label.is_empty()
            && label.len() <= 63
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || !c.is_ascii())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && (!reserved || label.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("xn")))
    };
    text.len() <= 253 && text.split('.').all(label)
}

fn uuid(text: &str) -> bool {
    let lengths = [8, 4, 4, 4, 12];
    let mut groups = text.split('-');
    let fits = |length| {
        groups.next().is_some_and(|group| group.len() == length && group.bytes().all(|b| b.is_ascii_hexdigit()))
    };
    lengths.into_iter().all(fits) && groups_end(text)
}

fn groups_end(text: &str) -> bool {
    text.bytes().filter(|byte| *byte == b'-').count() == 4
}

fn json_pointer(text: &str) -> bool {
    crate::template::Pointer::parse(text).is_ok()
}

fn relative_json_pointer(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = text.get(..text.len() - rest.len()).unwrap_or_default();
    let plain = !number.is_empty() && (number == "0" || !number.starts_with('0'));
    plain && (rest == "#" || json_pointer(rest))
}
