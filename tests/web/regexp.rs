use chancery::platform::browser::regexp::matches;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn a_pattern_is_found_anywhere_unless_it_is_anchored() {
    assert_eq!(matches("[0-9]{2}", "a12b"), Some(true));
    assert_eq!(matches("^[0-9]{2}$", "a12b"), Some(false));
}

#[wasm_bindgen_test]
fn patterns_count_characters_and_know_letters_of_every_script() {
    assert_eq!(matches("^.$", "🏛"), Some(true));
    assert_eq!(matches(r"^\p{L}+$", "Ελλάδα"), Some(true));
}

#[wasm_bindgen_test]
fn a_broken_pattern_is_no_answer_each_time_it_is_asked() {
    assert_eq!(matches("(", "("), None);
    assert_eq!(matches("(", "("), None);
    // An escape that means nothing is refused in Unicode mode only.
    assert_eq!(matches(r"\-", "-"), None);
}

#[wasm_bindgen_test]
fn asking_twice_gives_the_same_answer() {
    assert_eq!(matches("b", "abc"), Some(true));
    assert_eq!(matches("b", "abc"), Some(true));
    assert_eq!(matches("b", "a"), Some(false));
}
