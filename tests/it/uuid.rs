use chancery::exchange::uuid::{is_uuid, uuid_v7};
use proptest::prelude::*;

#[test]
fn the_example_of_rfc_9562_is_made_from_its_parts() {
    // Appendix A.6: 2022-02-22T19:22:22Z, rand_a 0xcc3, rand_b 0x18c4dc0c0c07398f.
    let random = [0, 0, 0, 0, 0, 0, 0xfc, 0xc3, 0xd8, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f];
    assert_eq!(uuid_v7(0x017f_22e2_79b0, random), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
}

#[test]
fn a_clock_set_wrongly_still_gives_a_uuid() {
    assert_eq!(uuid_v7(-5, [0; 16]), "00000000-0000-7000-8000-000000000000");
    assert_eq!(uuid_v7(i64::MAX, [0xff; 16]), "ffffffff-ffff-7fff-bfff-ffffffffffff");
}

#[test]
fn only_the_one_text_of_a_uuid_is_one() {
    let good = "0193a1b2-c3d4-7e5f-8a6b-0123456789ab";
    assert!(is_uuid(good));
    let wrong = [
        good.to_uppercase(),
        good.replace('-', ""),
        good.replace("0193a1b2-", "0193a1b-2"),
        format!("{good}0"),
        format!("{{{good}}}"),
        good.replace('a', "g"),
        good.replace("ab", "é"),
        String::new(),
        "../../../../../../../../../../etc/pas".to_owned(),
    ];
    assert!(wrong.iter().all(|text| !is_uuid(text)));
}

proptest! {
    #[test]
    fn every_uuid_made_is_one_of_version_7_and_sorts_by_time(
        earlier in 0_i64..1 << 47, later in 1_i64..1 << 40, one: [u8; 16], other: [u8; 16],
    ) {
        let first = uuid_v7(earlier, one);
        let second = uuid_v7(earlier + later, other);
        prop_assert!(is_uuid(&first) && is_uuid(&second));
        prop_assert_eq!(&first[14..15], "7");
        prop_assert!(matches!(&first[19..20], "8" | "9" | "a" | "b"));
        prop_assert!(first < second);
    }

    #[test]
    fn random_bytes_that_differ_where_they_are_used_give_other_uuids(one: [u8; 16], at in 9..16_usize, flip in 1..=255_u8) {
        let mut other = one;
        other[at] ^= flip;
        prop_assert_ne!(uuid_v7(1, one), uuid_v7(1, other));
    }
}
