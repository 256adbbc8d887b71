//! The expression language: what it means, what it refuses and how a message is filled.

use std::borrow::Cow;

use chancery::template::Pointer;
use chancery::template::expr::{Answers, Expr, Outcome, Place, Reason, Scope, fill, placeholders};
use serde_json::{Value, json};

/// A report with what surrounds it, for tests.
pub struct Desk {
    pub root: Value,
    pub data: Value,
    pub labels: Value,
    pub today: String,
    pub workspace: Option<Value>,
    pub marks: Vec<(String, Pointer)>,
    /// Places whose field is hidden.
    pub hidden: Vec<Pointer>,
}

impl Desk {
    pub fn with(root: Value) -> Self {
        Self {
            root,
            data: json!({}),
            labels: json!({}),
            today: "2026-01-31".into(),
            workspace: None,
            marks: vec![],
            hidden: vec![],
        }
    }

    pub fn hide(mut self, place: &str) -> Self {
        self.hidden.push(pointer(place));
        self
    }

    pub fn mark(mut self, mark: &str, place: &str) -> Self {
        self.marks.push((mark.into(), pointer(place)));
        self
    }

    /// Evaluates an expression of a rule on a place.
    pub fn at(&self, place: &str, source: &str) -> Outcome {
        Expr::parse(source).unwrap().evaluate(&Scope::of_rule(self, pointer(place)))
    }

    /// The value of an expression of a rule on a place.
    pub fn value(&self, place: &str, source: &str) -> Option<Value> {
        self.at(place, source).into_value()
    }
}

impl Answers for Desk {
    fn root(&self) -> &Value {
        &self.root
    }

    fn counts(&self, place: &Place<'_>) -> bool {
        if self.hidden.is_empty() {
            return true;
        }
        // The slow way and the quick way must agree.
        assert!(self.hidden.iter().all(|hidden| place.is(hidden) == (place.to_pointer() == *hidden)));
        assert!(place.to_pointer().get(&self.root).is_some(), "asked about a place that is not there");
        !self.hidden.iter().any(|hidden| place.is(hidden))
    }

    fn data(&self) -> &Value {
        &self.data
    }

    fn label(&self, codelist: &str, code: &str) -> Option<String> {
        self.labels.get(codelist)?.get(code)?.as_str().map(str::to_owned)
    }

    fn today(&self) -> &str {
        &self.today
    }

    fn marked(&self, mark: &str) -> Cow<'_, [Pointer]> {
        self.marks.iter().filter(|(other, _)| other == mark).map(|(_, place)| place.clone()).collect()
    }

    fn workspace(&self) -> Option<&Value> {
        self.workspace.as_ref()
    }
}

pub fn pointer(text: &str) -> Pointer {
    Pointer::parse(text).unwrap()
}

/// The value of an expression that stands on an empty report.
fn value(source: &str) -> Option<Value> {
    Desk::with(json!({})).value("", source)
}

#[test]
fn every_conformance_case_gives_its_result() {
    let fixture: Value = serde_json::from_str(include_str!("../fixtures/expressions/conformance.json")).unwrap();
    let mut desk = Desk::with(fixture["names"].clone());
    desk.labels = fixture["codelists"].clone();
    desk.today = fixture["today"].as_str().unwrap().into();
    let cases = fixture["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 62);
    for case in cases {
        let source = case["expression"].as_str().unwrap();
        let outcome = desk.at("", source);
        assert!(!outcome.stopped, "{source}");
        let expected = if case["absent"] == true { None } else { Some(case["result"].clone()) };
        assert_eq!(outcome.into_value(), expected, "{source}");
    }
}

#[test]
fn a_mistake_is_refused_with_its_place_and_reason() {
    let cases = [
        ("a = b", 3, Reason::BadCharacter),
        ("a & b", 3, Reason::BadCharacter),
        ("é", 1, Reason::BadCharacter),
        ("\"open", 1, Reason::UnclosedText),
        ("a == 'two\nlines'", 6, Reason::UnclosedText),
        ("'é' == \"open", 8, Reason::UnclosedText),
        (r"'a\q'", 3, Reason::BadEscape),
        (r"'\u12g4'", 2, Reason::BadEscape),
        (r"'\ud800'", 2, Reason::BadEscape),
        ("01", 1, Reason::BadNumber),
        ("1e", 1, Reason::BadNumber),
        ("12ab", 1, Reason::BadNumber),
        ("1e999", 1, Reason::BadNumber),
        ("1 < 2 < 3", 7, Reason::TwoComparisons),
        ("a == b in c", 8, Reason::TwoComparisons),
        ("upper(x)", 1, Reason::NoSuchFunction),
        ("x.matches('a')", 3, Reason::NoSuchFunction),
        ("startsWith('a')", 1, Reason::NoSuchFunction),
        ("1 + round(x)", 5, Reason::WrongArguments),
        ("today(1)", 1, Reason::WrongArguments),
        ("x.substring()", 3, Reason::WrongArguments),
        ("x.map(y)", 8, Reason::WrongArguments),
        ("x.map(y, y, y)", 11, Reason::WrongArguments),
        ("x.map(item, item)", 7, Reason::NeedsFreeVariable),
        ("x.map(1, 2)", 7, Reason::NeedsFreeVariable),
        ("x.map(in, 2)", 7, Reason::NeedsFreeVariable),
        ("collect(mark)", 9, Reason::NeedsText),
        ("label(list, code)", 7, Reason::NeedsText),
        ("has(1)", 5, Reason::NeedsPlace),
        ("has(a == b)", 7, Reason::NeedsPlace),
        ("has(size(a))", 5, Reason::NeedsPlace),
        ("a.in", 3, Reason::KeptWord),
        ("null", 1, Reason::KeptWord),
        ("a b", 3, Reason::Unexpected),
        ("(a", 3, Reason::UnexpectedEnd),
        ("a ? b", 6, Reason::UnexpectedEnd),
        ("", 1, Reason::UnexpectedEnd),
        ("a.", 3, Reason::UnexpectedEnd),
        ("[1, ]", 5, Reason::Unexpected),
        ("{}", 1, Reason::BadCharacter),
        ("1 // comment", 4, Reason::Unexpected),
    ];
    for (source, at, reason) in cases {
        let error = Expr::parse(source).expect_err(source);
        assert_eq!((error.at, error.reason), (at, reason), "{source}");
    }
}

#[test]
fn a_refusal_says_what_happened_and_never_repeats_the_expression() {
    let error = Expr::parse("secret = 1").unwrap_err();
    assert_eq!(error.to_string(), "at character 8: a character that means nothing here");
}

#[test]
fn length_and_nesting_are_limited() {
    let long = |length: usize| "a".repeat(length);
    assert!(Expr::parse(&long(2_000)).is_ok());
    assert_eq!(Expr::parse(&long(2_001)).unwrap_err().reason, Reason::TooLong);
    for (open, close) in
        [("(", ")"), ("[", "]"), ("!", ""), ("-", ""), ("size(", ")"), ("a[", "]"), ("a.map(x, ", ")"), ("a?1:", "")]
    {
        let nested = |levels: usize| format!("{}a{}", open.repeat(levels), close.repeat(levels));
        assert!(Expr::parse(&nested(32)).is_ok(), "{open}");
        assert_eq!(Expr::parse(&nested(33)).unwrap_err().reason, Reason::TooDeep, "{open}");
    }
    // A long chain is not deep.
    assert!(Expr::parse(&vec!["a.b"; 400].join("+")).is_ok());
    assert!(Expr::parse(&vec!["a"; 500].join("&&")).is_ok());
}

#[test]
fn texts_are_written_with_either_mark_and_with_escapes() {
    assert_eq!(value(r#"'a "b" \'c\' \\ \n\t \u00e9 \ud83d\ude00'"#), Some(json!("a \"b\" 'c' \\ \n\t é 😀")));
    assert_eq!(value(r#""it's""#), Some(json!("it's")));
}

#[test]
fn operators_bind_in_the_order_of_the_grammar() {
    assert_eq!(value("1 + 2 * 3 - 4 / 2"), Some(json!(5)));
    assert_eq!(value("10 - 3 - 2"), Some(json!(5)));
    assert_eq!(value("-2 * -3"), Some(json!(6)));
    assert_eq!(value("true || false && false"), Some(json!(true)));
    assert_eq!(value("!false && false"), Some(json!(false)));
    assert_eq!(value("1 + 1 == 2 && 1 in [1]"), Some(json!(true)));
    assert_eq!(value("false ? 1 : true ? 2 : 3"), Some(json!(2)));
    assert_eq!(value("[1, 2][0] + 'abc'.substring(1).substring(1).startsWith('c')"), None);
}

#[test]
fn numbers_are_given_in_their_shortest_form() {
    for (source, text) in [
        ("1.50", "1.5"),
        ("100 * 1.0", "100"),
        ("1 / 3", "0.3333333333333333"),
        ("1e3", "1000"),
        ("0.1 + 0.2", "0.30000000000000004"),
        ("-0", "0"),
        ("round(-0.001, 1)", "0"),
        ("1e21", "1e+21"),
    ] {
        assert_eq!(value(source).unwrap().to_string(), text, "{source}");
    }
    // A number of the report too, whatever it was written like.
    let desk = Desk::with(serde_json::from_str(r#"{"a": 10428.00}"#).unwrap());
    assert_eq!(desk.value("", "a").unwrap().to_string(), "10428");
}

#[test]
fn a_message_is_filled_with_texts_numbers_lists_and_dashes() {
    let desk = Desk::with(json!({"text": "as it is", "number": 1.50, "list": ["a", 2], "yes": true}));
    let scope = Scope::of_rule(&desk, Pointer::root());
    let known = ["text", "number", "list", "missing", "yes"];
    let filled = fill("{text} {number} ({list}) {missing} {yes} {other} {1} {} { text } {", |name| {
        known.contains(&name).then(|| scope.name(name))
    });
    assert_eq!(filled, "as it is 1.5 (a, 2) – true {other} {1} {} { text } {");
    assert_eq!(placeholders("The {sum} is {total}{x}, {not this}.").collect::<Vec<_>>(), ["sum", "total", "x"]);
    assert_eq!(fill("", |_| None), "");
}

#[test]
fn a_text_with_braces_is_put_into_a_message_without_being_filled_again() {
    let desk = Desk::with(json!({"a": "{b}", "b": "secret"}));
    let scope = Scope::of_rule(&desk, Pointer::root());
    assert_eq!(fill("{a}", |name| Some(scope.name(name))), "{b}");
}

#[test]
fn an_expression_is_shared_between_threads_and_equal_to_its_copy() {
    let expr = Expr::parse("1 + 1").unwrap();
    let copy = expr.clone();
    let outcome = std::thread::spawn(move || {
        let desk = Desk::with(json!({}));
        copy.evaluate(&Scope::of_field(&desk, Pointer::root())).into_value()
    });
    assert_eq!(outcome.join().unwrap(), Some(json!(2)));
    assert_eq!(expr.source(), "1 + 1");
    assert!(expr == Expr::parse("1 + 1").unwrap() && expr != Expr::parse("1+1").unwrap());
}
