use chancery::template::Pointer;
use proptest::prelude::*;
use serde_json::json;

proptest! {
    #[test]
    fn printing_and_parsing_give_the_pointer_back(tokens in prop::collection::vec("[/~.\\[\\]0a\\- ]{0,4}", 0..5)) {
        let pointer: Pointer = tokens.into_iter().collect();
        prop_assert_eq!(Pointer::parse(&pointer.to_string()), Ok(pointer));
    }
}

#[test]
fn a_pointer_with_a_broken_escape_is_refused_with_its_position() {
    assert_eq!(Pointer::parse("/a~2").unwrap_err().at, 2);
    assert_eq!(Pointer::parse("a").unwrap_err().at, 0);
}

#[test]
fn an_index_with_a_leading_zero_names_nothing() {
    let value = json!({"list": [1, 2]});
    assert_eq!(Pointer::parse("/list/1").unwrap().get(&value), Some(&json!(2)));
    assert_eq!(Pointer::parse("/list/01").unwrap().get(&value), None);
}
