//! Generated expressions on generated reports: whatever stands there, an evaluation ends with an outcome.

use chancery::template::expr::{Expr, Scope};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::expr::{Desk, pointer};

/// A report of any types, with the names that generated expressions use.
fn report() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-1000_i64..1000).prop_map(Value::from),
        any::<f64>().prop_map(|n| json!(n)),
        prop::sample::select(vec!["1e999", "-0.0", "1e-400", "123456789012345678901234567890.5", "0.1", "2.675"])
            .prop_map(|n| serde_json::from_str(n).unwrap()),
        prop::sample::select(vec!["2024-02~", "2023-02-30", "2024-12-31", "thug \"x\" thugs", "  ", "", "é«€»", "a"])
            .prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(prop::sample::select(vec!["a", "b", "c", "0", "item"]), inner, 0..5)
                .prop_map(|map| Value::Object(map.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())),
        ]
    })
}

/// Expressions that follow the grammar, over all functions and types.
fn expression() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "a",
        "b",
        "c",
        "x",
        "w",
        "v",
        "this",
        "item",
        "index",
        "parent",
        "root",
        "option",
        "data",
        "workspace",
        "1",
        "0",
        "2.5",
        "1e308",
        "15",
        "'a'",
        "'thug'",
        "'2024-02-29'",
        "' '",
        "true",
        "false",
        "[]",
        "today()",
        "none()",
        "collect('m')",
        "root.a",
        "this['b']",
        "data.list",
        "root.a[0]",
        "a.b.c",
    ])
    .prop_map(str::to_owned);
    leaf.prop_recursive(5, 60, 3, |inner| {
        let operator =
            prop::sample::select(vec!["+", "-", "*", "/", "%", "&&", "||", "==", "!=", "<", "<=", ">", ">=", "in"]);
        let one = prop::sample::select(vec!["size", "sum", "sqrt", "exp", "distinct", "sort", "earliest", "latest"]);
        let two = prop::sample::select(vec!["round", "days", "words"]);
        let over = prop::sample::select(vec!["all", "exists", "exists_one", "map", "filter"]);
        let method = prop::sample::select(vec!["startsWith", "endsWith", "contains", "join", "substring"]);
        let any = || inner.clone();
        prop_oneof![
            (any(), operator, any()).prop_map(|(a, op, b)| format!("({a}) {op} ({b})")),
            (any(), any(), any()).prop_map(|(a, b, c)| format!("({a}) ? ({b}) : ({c})")),
            any().prop_map(|a| format!("!({a})")),
            any().prop_map(|a| format!("-({a})")),
            (any(), any()).prop_map(|(a, b)| format!("[{a}, {b}]")),
            (any(), any()).prop_map(|(a, b)| format!("({a})[{b}]")),
            any().prop_map(|a| format!("({a}).b")),
            any().prop_map(|a| format!("has(({a}).a)")),
            any().prop_map(|a| format!("label('c', {a})")),
            (one, any()).prop_map(|(name, a)| format!("{name}({a})")),
            (two, any(), any()).prop_map(|(name, a, b)| format!("{name}({a}, {b})")),
            (any(), over, any()).prop_map(|(a, name, b)| format!("({a}).{name}(x, {b})")),
            (any(), method, any()).prop_map(|(a, name, b)| format!("({a}).{name}({b})")),
            (any(), any(), any()).prop_map(|(a, b, c)| format!("({a}).substring({b}, {c})")),
        ]
    })
}

fn place() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["", "/a", "/a/0", "/a/0/b", "/b/c/0", "/0", "/missing/x", "/a/item"])
        .prop_map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn an_evaluation_always_ends_with_an_outcome(
        root in report(), data in report(), option in report(),
        source in expression(), first in expression(), second in expression(),
        place in place(), own in any::<bool>(), hidden in place(),
    ) {
        let Ok(expr) = Expr::parse(&source) else {
            // Generated brackets may be too many, and nothing else may be wrong with them.
            let error = Expr::parse(&source).unwrap_err();
            prop_assert!(matches!(error.reason, chancery::template::expr::Reason::TooDeep | chancery::template::expr::Reason::TooLong), "{source}: {error}");
            return Ok(());
        };
        let mut desk = Desk::with(json!({"a": root, "b": {"c": [data.clone()]}})).hide(&hidden).mark("m", "/a").mark("m", "/b/c/0");
        desk.data = json!({"list": data});
        desk.workspace = Some(option.clone());
        let with: Vec<(String, Expr)> = [("w", first), ("v", second)]
            .into_iter()
            .filter_map(|(name, source)| Some((name.to_owned(), Expr::parse(&source).ok()?)))
            .collect();
        let scope = Scope { own, option: Some(&option), with: &with, ..Scope::of_field(&desk, pointer(&place)) };
        let outcome = expr.evaluate(&scope);
        prop_assert!(!outcome.stopped || outcome.is_absent());
        // The same again, and what is given is JSON that reads back.
        prop_assert_eq!(&expr.evaluate(&scope), &outcome);
        if let Some(value) = outcome.value() {
            prop_assert_eq!(&serde_json::from_str::<Value>(&value.to_string()).unwrap(), value);
        }
        let at: Vec<&str> = place.split('/').skip(1).map(|t| if t == "0" { "*" } else { t }).collect();
        expr.dependencies(&at);
    }

    #[test]
    fn any_text_is_read_or_refused_at_one_of_its_characters(source in "[a-c .,()\\[\\]!&|<>=+'\"\\\\0-9eu?:-]{0,30}|\\PC{0,20}") {
        if let Err(error) = Expr::parse(&source) {
            prop_assert!((1..=source.chars().count() + 1).contains(&error.at));
        }
    }
}
