//! The floating-point number nearest to a decimal text.
//!
//! The standard library has the same, with a table of ten kilobytes that makes it fast and that no compression makes
//! smaller. Numbers here are typed or read from a form, so that a slower way without a table does.

use std::cmp::Ordering;

/// So many digits decide between two neighbours; a longer number only needs to be known as a little more.
const MOST_DIGITS: usize = 800;

/// The number nearest to the text of a JSON number, the even one of two that are equally near. `None` when the text is
/// no such number, or when it is too large.
pub fn nearest(text: &str) -> Option<f64> {
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (digits, power) = read(unsigned)?;
    let size = i64::try_from(digits.len()).ok()?.saturating_add(power);
    let value = match size {
        _ if digits.is_empty() => 0.0,
        311.. => return None,
        ..=-331 => 0.0,
        _ => quick(&digits, power).or_else(|| exact(&digits, power))?,
    };
    Some(if negative { -value } else { value })
}

/// The digits without zeros at either end, and the power of ten by which they are multiplied.
fn read(text: &str) -> Option<(Vec<u8>, i64)> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mut digits = Vec::with_capacity(mantissa.len());
    for byte in whole.bytes().chain(fraction.bytes()) {
        digits.push(byte.is_ascii_digit().then(|| byte - b'0')?);
    }
    if whole.is_empty() {
        return None;
    }
    let exponent = read_exponent(exponent)?;
    let trailing = digits.iter().rev().take_while(|digit| **digit == 0).count();
    digits.truncate(digits.len() - trailing);
    let leading = digits.iter().take_while(|digit| **digit == 0).count();
    digits.drain(..leading);
    let mut dropped = trailing;
    if digits.len() > MOST_DIGITS {
        dropped += digits.len() - MOST_DIGITS - 1;
        digits.truncate(MOST_DIGITS);
        digits.push(1);
    }
    let power =
        exponent.saturating_add(i64::try_from(dropped).ok()?).saturating_sub(i64::try_from(fraction.len()).ok()?);
    Some((digits, power))
}

/// An exponent too long to be counted is far outside what any number can have.
fn read_exponent(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(text.parse().unwrap_or(if text.starts_with('-') { i64::MIN } else { i64::MAX }))
}

/// Up to fifteen digits and a power of ten up to 22 are both exact, so that one operation rounds once.
#[expect(clippy::cast_precision_loss, reason = "fifteen digits are exact")]
fn quick(digits: &[u8], power: i64) -> Option<f64> {
    if digits.len() > 15 || power.abs() > 22 {
        return None;
    }
    let number = digits.iter().fold(0_u64, |number, digit| number * 10 + u64::from(*digit)) as f64;
    let ten = (0..power.abs()).fold(1.0, |ten, _| ten * 10.0);
    Some(if power < 0 { number / ten } else { number * ten })
}

/// The bits of the fraction of two whole numbers, one after the other.
fn exact(digits: &[u8], power: i64) -> Option<f64> {
    let (mut above, mut below) = (Whole::default(), Whole(vec![1]));
    digits.iter().for_each(|digit| above.times_plus(10, u32::from(*digit)));
    let scaled = if power < 0 { &mut below } else { &mut above };
    (0..power.abs()).for_each(|_| scaled.times_plus(10, 0));
    // Brought to a fraction from 1 to below 2, times two to the exponent.
    let mut exponent = above.bits() - below.bits();
    if exponent < 0 {
        above.shift(-exponent)
    } else {
        below.shift(exponent)
    }
    if above.compare(&below) == Ordering::Less {
        above.shift(1);
        exponent -= 1;
    }
    let mut next_bit = || {
        let one = above.compare(&below) != Ordering::Less;
        if one {
            above.take(&below);
        }
        above.shift(1);
        u64::from(one)
    };
    if exponent > 1023 {
        return None;
    }
    // The smallest numbers have fewer bits.
    let count = 53 + (exponent + 1022).min(0);
    if count < 0 {
        return Some(0.0);
    }
    let mantissa = (0..count).fold(0, |mantissa, _| mantissa << 1 | next_bit());
    let half = next_bit() == 1;
    let up = half && (!above.0.is_empty() || mantissa & 1 == 1);
    // The leading bit of a mantissa of full length counts one in the exponent's place; so does a carry.
    let place = u64::try_from(exponent + 1022).unwrap_or(0) << 52;
    Some(f64::from_bits(place + mantissa + u64::from(up))).filter(|value| value.is_finite())
}

/// A whole number of any size, its lowest 32 bits first, without zeros at the high end.
#[derive(Default)]
struct Whole(Vec<u32>);

impl Whole {
    fn bits(&self) -> i64 {
        let high = self.0.last().map_or(0, |word| word.leading_zeros());
        i64::try_from(self.0.len()).unwrap_or(0) * 32 - i64::from(high)
    }

    fn times_plus(&mut self, by: u32, plus: u32) {
        let mut carry = u64::from(plus);
        for word in &mut self.0 {
            carry += u64::from(*word) * u64::from(by);
            *word = low(carry);
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(low(carry));
        }
    }

    fn shift(&mut self, bits: i64) {
        self.times_plus(1 << (bits % 32), 0);
        let words = usize::try_from(bits / 32).unwrap_or(0);
        if !self.0.is_empty() {
            self.0.splice(0..0, std::iter::repeat_n(0, words));
        }
    }

    fn compare(&self, other: &Self) -> Ordering {
        let (one, other) = (&self.0, &other.0);
        one.len().cmp(&other.len()).then_with(|| one.iter().rev().cmp(other.iter().rev()))
    }

    /// Takes away a number that is at most as large.
    fn take(&mut self, other: &Self) {
        let mut borrow = false;
        let mut others = other.0.iter();
        for word in &mut self.0 {
            let (rest, first) = word.overflowing_sub(others.next().copied().unwrap_or(0));
            let (rest, second) = rest.overflowing_sub(u32::from(borrow));
            *word = rest;
            borrow = first || second;
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the low half is what is asked for")]
fn low(number: u64) -> u32 {
    number as u32
}
