//! JSON numbers as text: whether a text is one, and whether two texts are the same number.
//!
//! Values keep the digits that were typed, so nothing here may go through binary floating point.

/// What a look at the beginning of a text found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scan {
    /// A number of so many bytes. What follows was not looked at, save that it is no further digit.
    Number(usize),
    /// The text ends inside the number, at this byte.
    EndsEarly(usize),
    /// The byte at this position cannot stand there.
    Fault(usize),
}

/// Scans a number (RFC 8259, section 6) at the beginning of `bytes`.
pub(crate) fn scan(bytes: &[u8]) -> Scan {
    let mut at = usize::from(bytes.first() == Some(&b'-'));
    let whole = digits(bytes, at);
    if whole == 0 {
        return missing(bytes, at);
    }
    if whole > 1 && bytes.get(at) == Some(&b'0') {
        return Scan::Fault(at);
    }
    at += whole;
    if bytes.get(at) == Some(&b'.') {
        at += 1;
        let fraction = digits(bytes, at);
        if fraction == 0 {
            return missing(bytes, at);
        }
        at += fraction;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        at += 1;
        at += usize::from(matches!(bytes.get(at), Some(b'+' | b'-')));
        let exponent = digits(bytes, at);
        if exponent == 0 {
            return missing(bytes, at);
        }
        at += exponent;
    }
    Scan::Number(at)
}

fn digits(bytes: &[u8], from: usize) -> usize {
    bytes.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count()
}

fn missing(bytes: &[u8], at: usize) -> Scan {
    if at < bytes.len() { Scan::Fault(at) } else { Scan::EndsEarly(at) }
}

/// Whether the whole text is one number as JSON writes them.
pub fn is_json_number(text: &str) -> bool {
    scan(text.as_bytes()) == Scan::Number(text.len())
}

/// Whether two JSON numbers are the same number: `1.50` and `15e-1` are, `0.1` and `0.10000000000000001` are not.
/// Texts that are no JSON numbers are never the same.
pub fn same_number(one: &str, other: &str) -> bool {
    match (Decimal::of(one), Decimal::of(other)) {
        (Some(one), Some(other)) => one == other,
        _ => false,
    }
}

/// A decimal number in the one form that makes equal numbers equal: its digits without zeros at either end, and
/// the power of ten of the last of them. Zero has no digits and no sign.
#[derive(Debug, PartialEq, Eq)]
struct Decimal {
    negative: bool,
    digits: String,
    exponent: i64,
}

impl Decimal {
    fn of(text: &str) -> Option<Self> {
        if !is_json_number(text) {
            return None;
        }
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (mantissa, power) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        let trimmed = all.trim_end_matches('0');
        let digits = trimmed.trim_start_matches('0').to_owned();
        if digits.is_empty() {
            return Some(Self { negative: false, digits, exponent: 0 });
        }
        let dropped = all.len() - trimmed.len();
        let exponent = exponent(power).saturating_sub(count(fraction.len())).saturating_add(count(dropped));
        Some(Self { negative: unsigned.len() < text.len(), digits, exponent })
    }
}

/// An exponent too long for 64 bits is far outside what any number here can have, so it stays at the edge.
fn exponent(power: &str) -> i64 {
    power.parse().unwrap_or(if power.starts_with('-') { i64::MIN } else { i64::MAX })
}

fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

/// The greatest whole number up to which 64-bit floating point holds every one: 2^53 - 1.
pub const MOST_EXACT: u64 = (1 << 53) - 1;
