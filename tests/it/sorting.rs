//! Sorting through positions.

use chancery::sorting::{sort, sort_by};
use proptest::prelude::*;

#[test]
fn equal_elements_keep_their_order() {
    let mut words = vec!["pear", "fig", "plum", "date", "kiwi", "nut"];
    sort_by(&mut words, |one, other| one.len().cmp(&other.len()));
    assert_eq!(words, ["fig", "nut", "pear", "plum", "date", "kiwi"]);
}

proptest! {
    #[test]
    fn the_order_is_that_of_the_standard_sort(numbers in prop::collection::vec(0_u8..40, 0..200)) {
        let mut pairs: Vec<(u8, usize)> = numbers.iter().copied().zip(0..).collect();
        let mut expected = pairs.clone();
        expected.sort_by_key(|(number, _)| *number);
        sort_by(&mut pairs, |(one, _), (other, _)| one.cmp(other));
        prop_assert_eq!(&pairs, &expected);

        pairs.reverse();
        sort(&mut pairs);
        prop_assert_eq!(pairs, expected);
    }
}
