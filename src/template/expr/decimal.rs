//! Numbers as decimals: the shortest text that reads back, rounding, and exact sums. A sum of amounts must not show
//! the errors of binary fractions, and a rounded rate must agree with what a person calculates on paper.

use crate::float;

/// A number and, when it came from the report, the digits it was written with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number<'a> {
    pub(super) value: f64,
    pub(super) written: Option<&'a str>,
}

/// Digits as written are followed up to this length; a longer number counts as its shortest decimal. It bounds the
/// work that a hostile file can cause.
const LONGEST_WRITTEN: usize = 400;

/// The shortest decimal that reads back as the number; whole numbers have no point.
pub(super) fn shortest(value: f64) -> String {
    // Adding zero turns the negative zero into the plain one.
    ryu_js::Buffer::new().format(value + 0.0).to_owned()
}

/// Rounds the shortest decimal to so many places, half away from zero.
pub(super) fn rounded(value: f64, places: i32) -> Option<f64> {
    let decimal = Decimal::read(&shortest(value))?;
    let surplus = -places - decimal.power;
    let Ok(surplus) = usize::try_from(surplus) else { return Some(value) };
    let kept = decimal.digits.len().checked_sub(surplus);
    let mut digits = kept.and_then(|kept| decimal.digits.get(..kept)).unwrap_or_default().to_vec();
    let first_dropped = kept.and_then(|kept| decimal.digits.get(kept)).copied().unwrap_or(0);
    if first_dropped >= 5 {
        add_one(&mut digits);
    }
    Decimal { negative: decimal.negative, digits, power: -places }.value()
}

fn add_one(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit < 9 {
            *digit += 1;
            return;
        }
        *digit = 0;
    }
    digits.insert(0, 1);
}

/// The sum of the decimals as written, rounded once. `None` when it is too large for a number.
pub(super) fn total(numbers: &[Number<'_>]) -> Option<f64> {
    let mut columns = Columns { lowest: 0, sums: Vec::new() };
    for number in numbers {
        columns.add(&Decimal::of(number)?);
    }
    columns.total().value()
}

/// `digits` (from the left, each 0 to 9) times ten to the power `power`.
struct Decimal {
    negative: bool,
    digits: Vec<u8>,
    power: i32,
}

impl Decimal {
    fn of(number: &Number<'_>) -> Option<Self> {
        // What is too small for a number would need a long row of zeros and cannot change a sum.
        let written = number.written.filter(|text| text.len() <= LONGEST_WRITTEN && number.value != 0.0);
        written.and_then(Self::read).or_else(|| Self::read(&shortest(number.value)))
    }

    /// Reads a JSON number.
    fn read(text: &str) -> Option<Self> {
        let (mantissa, power) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let mut power: i32 = power.parse().ok()?;
        let (negative, mantissa) = match mantissa.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, mantissa),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        power = power.checked_sub(i32::try_from(fraction.len()).ok()?)?;
        let digits: Option<Vec<u8>> =
            whole.bytes().chain(fraction.bytes()).map(|b| b.is_ascii_digit().then(|| b - b'0')).collect();
        Some(Self { negative, digits: digits?, power })
    }

    /// The nearest number; `None` when it is too large.
    fn value(&self) -> Option<f64> {
        let mut text = String::with_capacity(self.digits.len() + 8);
        text.push_str(if self.negative { "-0" } else { "0" });
        text.extend(self.digits.iter().map(|digit| char::from(b'0' + digit)));
        text.push('e');
        text.push_str(&self.power.to_string());
        float::nearest(&text)
    }
}

/// One sum for each decimal place, from the lowest place up; carried only at the end.
struct Columns {
    lowest: i32,
    sums: Vec<i64>,
}

impl Columns {
    fn add(&mut self, decimal: &Decimal) {
        if self.sums.is_empty() {
            self.lowest = decimal.power;
        }
        if let Ok(missing) = usize::try_from(self.lowest - decimal.power) {
            self.sums.splice(0..0, std::iter::repeat_n(0, missing));
            self.lowest = self.lowest.min(decimal.power);
        }
        let offset = usize::try_from(decimal.power - self.lowest).unwrap_or(0);
        let needed = offset + decimal.digits.len();
        if self.sums.len() < needed {
            self.sums.resize(needed, 0);
        }
        let columns = self.sums.iter_mut().skip(offset);
        for (column, digit) in columns.zip(decimal.digits.iter().rev()) {
            *column += if decimal.negative { -i64::from(*digit) } else { i64::from(*digit) };
        }
    }

    fn total(mut self) -> Decimal {
        // What is carried beyond the highest column has the sign of the whole sum.
        let mut above = self.carry();
        let negative = above < 0;
        if negative {
            self.sums.iter_mut().for_each(|column| *column = -*column);
            above = self.carry() - above;
        }
        let mut digits: Vec<u8> = self.sums.iter().map(|column| u8::try_from(*column).unwrap_or(0)).collect();
        while above > 0 {
            digits.push(u8::try_from(above % 10).unwrap_or(0));
            above /= 10;
        }
        digits.reverse();
        Decimal { negative, digits, power: self.lowest }
    }

    /// Brings each column to 0 to 9 and gives what is left above the highest.
    fn carry(&mut self) -> i64 {
        let mut carry = 0;
        for column in &mut self.sums {
            let sum = *column + carry;
            *column = sum.rem_euclid(10);
            carry = sum.div_euclid(10);
        }
        carry
    }
}
