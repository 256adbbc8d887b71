//! The floating-point number nearest to a decimal text. The standard library is the judge.

use chancery::exchange::number::is_json_number;
use chancery::float::nearest;
use proptest::prelude::*;

fn by_the_standard_library(text: &str) -> Option<u64> {
    text.parse::<f64>().ok().filter(|value| value.is_finite()).map(f64::to_bits)
}

#[track_caller]
fn agrees(text: &str) {
    assert_eq!(nearest(text).map(f64::to_bits), by_the_standard_library(text), "{text}");
}

#[test]
fn numbers_at_the_edges_are_read_to_the_last_bit() {
    for text in [
        "0",
        "-0",
        "0.0e5",
        "1",
        "-1",
        "10",
        "0.1",
        "1e22",
        "1e23",
        "123456789012345e22",
        "9007199254740993",
        "9007199254740992.999999999999999",
        "1e-22",
        "1e-23",
        "5e-324",
        "2.4703282292062327e-324",
        "2.4703282292062328e-324",
        "2.2250738585072014e-308",
        "2.2250738585072011e-308",
        "4.9406564584124654e-324",
        "1.7976931348623157e308",
        "1.7976931348623158e308",
        "1.7976931348623159e308",
        "1e309",
        "1e310",
        "1e311",
        "1e400",
        "1e-330",
        "1e-331",
        "1e-400",
        "0e999999999999999999999",
        "1e999999999999999999999",
        "1e-999999999999999999999",
        "1E+2",
        "1e05",
        "179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977587207096330286416692887910946555547851940402630657488671505820681908902000708383676273854845817711531764475730270069855571366959622842914819860834936475292719074168444365510704342711559699508093042880",
    ] {
        agrees(text);
    }
}

#[test]
fn half_way_between_two_numbers_the_even_one_is_taken() {
    // 2^53 and its neighbours above are two apart; the texts stand exactly between them, or a trace beside.
    for text in ["9007199254740993", "9007199254740995", "9007199254740993.0000000000000000000000000000001"] {
        agrees(text);
    }
    let zeros = "0".repeat(900);
    agrees(&format!("9007199254740993.{zeros}1"));
    agrees(&format!("9007199254740993.{zeros}"));
    agrees(&format!("0.{}1", "0".repeat(320)));
    agrees(&format!("1{zeros}e-900"));
}

#[test]
fn what_is_no_number_is_none() {
    for text in
        ["", "-", "+1", ".5", "1e", "1e+", "1e+-1", "a", "1a", "1.2.3", "0x1", "inf", "NaN", " 1", "--1", "1e1.5"]
    {
        assert_eq!(nearest(text), None, "{text:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn every_json_number_is_read_as_the_standard_library_does(text in "-?(0|[1-9][0-9]{0,25})(\\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?") {
        prop_assert!(is_json_number(&text));
        prop_assert_eq!(nearest(&text).map(f64::to_bits), by_the_standard_library(&text));
    }

    #[test]
    fn every_number_comes_back_from_its_text(bits in any::<u64>()) {
        let number = f64::from_bits(bits);
        prop_assume!(number.is_finite());
        prop_assert_eq!(nearest(&format!("{number}")).map(f64::to_bits), Some(bits));
        prop_assert_eq!(nearest(&format!("{number:e}")).map(f64::to_bits), Some(bits));
    }

    #[test]
    fn the_middle_between_two_numbers_is_rounded_as_the_standard_library_does(mantissa in 0_u64..1 << 52, exponent in 1023_u64..1073, more in "[0-9]?") {
        let middle = exact_middle(exponent << 52 | mantissa) + &more;
        prop_assert_eq!(nearest(&middle).map(f64::to_bits), by_the_standard_library(&middle));
    }
}

/// The digits of the number half way between a number from 1 to 2^50 and the next one.
fn exact_middle(bits: u64) -> String {
    let exponent = i64::try_from(bits >> 52).unwrap() - 1075 - 1;
    let mantissa = ((bits & ((1 << 52) - 1) | (1 << 52)) << 1) + 1;
    // The mantissa times five to the n, with the point n places from the right, is the mantissa divided by two to the n.
    let places = usize::try_from(-exponent).unwrap();
    let mut digits: Vec<u8> = mantissa.to_string().bytes().map(|byte| byte - b'0').collect();
    for _ in 0..places {
        let mut carry = 0;
        for digit in digits.iter_mut().rev() {
            let product = *digit * 5 + carry;
            *digit = product % 10;
            carry = product / 10;
        }
        if carry > 0 {
            digits.insert(0, carry);
        }
    }
    let text: String = digits.iter().map(|digit| char::from(digit + b'0')).collect();
    let text = format!("{text:0>width$}", width = places + 1);
    let (whole, fraction) = text.split_at(text.len() - places);
    format!("{whole}.{fraction}")
}
