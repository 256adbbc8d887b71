//! Decimal numbers of any length, compared and divided exactly from their digits. No floating point: a report
//! must not be refused or passed because a reader rounds.

use std::cmp::Ordering;

use serde_json::Number;

/// A number as its digits: `0.DIGITS` times ten to the `exponent`. Zero has no digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    negative: bool,
    /// Values 0 to 9, without zeros at either end.
    digits: Vec<u8>,
    exponent: i64,
}

/// Exponents beyond this are all the same to us: the numbers could not be written out anyway.
const FARTHEST: i64 = i64::MAX / 4;

/// A division is not tried when the two lengths multiplied exceed this.
const MOST_WORK: usize = 4_000_000;

impl Decimal {
    /// The number of a JSON value; `None` when its text is no JSON number, which only a program can make.
    pub fn of(number: &Number) -> Option<Decimal> {
        Decimal::parse(number.as_str())
    }

    /// Reads the text of a JSON number.
    pub fn parse(text: &str) -> Option<Decimal> {
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, read_exponent(exponent)?),
            None => (text, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let point = i64::try_from(whole.len()).ok()?;
        let mut digits = Vec::with_capacity(mantissa.len());
        for byte in whole.bytes().chain(fraction.bytes()) {
            digits.push(char::from(byte).to_digit(10).and_then(|digit| u8::try_from(digit).ok())?);
        }
        if whole.is_empty() {
            return None;
        }
        Some(Self::normal(negative, digits, exponent.saturating_add(point)))
    }

    fn normal(negative: bool, mut digits: Vec<u8>, exponent: i64) -> Decimal {
        while digits.last() == Some(&0) {
            digits.pop();
        }
        let leading = digits.iter().take_while(|digit| **digit == 0).count();
        digits.drain(..leading);
        if digits.is_empty() {
            return Decimal { negative: false, digits, exponent: 0 };
        }
        let exponent = exponent.saturating_sub(i64::try_from(leading).unwrap_or(FARTHEST)).clamp(-FARTHEST, FARTHEST);
        Decimal { negative, digits, exponent }
    }

    /// Whether the number has no fraction. `1.0` and `10e-1` have none.
    pub fn is_whole(&self) -> bool {
        self.scale() >= 0
    }

    /// Whether the number is above zero.
    pub fn is_positive(&self) -> bool {
        !self.negative && !self.digits.is_empty()
    }

    /// The power of ten by which the digits, read as a whole number, are multiplied.
    fn scale(&self) -> i64 {
        self.exponent.saturating_sub(i64::try_from(self.digits.len()).unwrap_or(FARTHEST))
    }

    /// The number as a count: `None` when it is negative or has a fraction; the largest count when it is larger.
    pub fn to_count(&self) -> Option<usize> {
        if self.negative || !self.is_whole() {
            return None;
        }
        if self.exponent > 20 {
            return Some(usize::MAX);
        }
        let mut count: usize = 0;
        let zeros = usize::try_from(self.scale()).unwrap_or_default();
        for digit in self.digits.iter().copied().chain(std::iter::repeat_n(0, zeros)) {
            count = count.saturating_mul(10).saturating_add(usize::from(digit));
        }
        Some(count)
    }

    /// Whether this number is a whole multiple of `step`; `None` when there are too many digits to tell.
    pub fn is_multiple_of(&self, step: &Decimal) -> Option<bool> {
        if self.digits.is_empty() {
            return Some(true);
        }
        let zeros = self.scale().saturating_sub(step.scale());
        if zeros < 0 {
            // The digits end in no zero, so a finer digit than the step's finest cannot be made up for.
            return Some(false);
        }
        // A step of n digits has fewer than 4n factors of two or five, so more zeros change nothing.
        let zeros = usize::try_from(zeros).unwrap_or(usize::MAX).min(step.digits.len().saturating_mul(4));
        let length = self.digits.len().saturating_add(zeros);
        if length.saturating_mul(step.digits.len()) > MOST_WORK {
            return None;
        }
        let mut rest: Vec<u8> = Vec::with_capacity(step.digits.len() + 1);
        for digit in self.digits.iter().copied().chain(std::iter::repeat_n(0, zeros)) {
            if !(rest.is_empty() && digit == 0) {
                rest.push(digit);
            }
            while !smaller(&rest, &step.digits) {
                subtract(&mut rest, &step.digits);
            }
        }
        Some(rest.is_empty())
    }

    /// A text that two numbers share only if they are equal.
    pub fn key(&self) -> String {
        let mut key = String::from(if self.negative { "#-" } else { "#" });
        key.extend(self.digits.iter().map(|digit| char::from(b'0' + digit)));
        key.push('e');
        key.push_str(&self.exponent.to_string());
        key
    }
}

fn read_exponent(text: &str) -> Option<i64> {
    let (negative, digits) = match text.as_bytes() {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    if digits.is_empty() {
        return None;
    }
    let mut exponent: i64 = 0;
    for byte in digits {
        let digit = i64::from(char::from(*byte).to_digit(10)?);
        exponent = exponent.saturating_mul(10).saturating_add(digit).min(FARTHEST);
    }
    Some(if negative { -exponent } else { exponent })
}

/// Whether a whole number is smaller than another; both without zeros in front.
fn smaller(one: &[u8], other: &[u8]) -> bool {
    one.len().cmp(&other.len()).then_with(|| one.cmp(other)) == Ordering::Less
}

/// Takes a whole number from one that is at least as large.
fn subtract(from: &mut Vec<u8>, what: &[u8]) {
    let mut borrow = 0;
    let mut less = what.iter().rev();
    for digit in from.iter_mut().rev() {
        let take = less.next().copied().unwrap_or(0) + borrow;
        borrow = u8::from(*digit < take);
        *digit = *digit + 10 * borrow - take;
    }
    let leading = from.iter().take_while(|digit| **digit == 0).count();
    from.drain(..leading);
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let sign = |number: &Decimal| match (number.digits.is_empty(), number.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        let size = || self.exponent.cmp(&other.exponent).then_with(|| self.digits.cmp(&other.digits));
        sign(self).cmp(&sign(other)).then_with(|| if self.negative { size().reverse() } else { size() })
    }
}
