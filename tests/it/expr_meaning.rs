//! What expressions mean beyond the conformance cases: names at a place, hidden answers, wrong types, functions,
//! limits.

use chancery::template::Pointer;
use chancery::template::expr::{Expr, Scope};
use serde_json::{Value, json};

use crate::expr::{Desk, pointer};

fn value(source: &str) -> Option<Value> {
    Desk::with(json!({})).value("", source)
}

fn with(names: &[(&str, &str)]) -> Vec<(String, Expr)> {
    names.iter().map(|(name, source)| ((*name).to_owned(), Expr::parse(source).unwrap())).collect()
}

fn measures() -> Desk {
    Desk::with(json!({
        "title": "report",
        "codes": ["a", "b"],
        "measures": [
            {"title": "first", "history": [{"date": "2024"}]},
            {"title": "second", "history": [{"date": "2025", "title": "step"}, {"date": "2026"}]},
        ],
    }))
}

#[test]
fn bare_names_of_a_field_are_its_siblings() {
    let desk = measures();
    let of_field = |place: &str, source: &str| {
        Expr::parse(source).unwrap().evaluate(&Scope::of_field(&desk, pointer(place))).into_value()
    };
    assert_eq!(of_field("/measures/1/history/1/title", "date"), Some(json!("2026")));
    assert_eq!(of_field("/measures/1/history/1/title", "parent.title"), Some(json!("second")));
    assert_eq!(of_field("/measures/1/history", "title"), Some(json!("second")));
    assert_eq!(of_field("/measures/1/history", "this[0].date"), Some(json!("2025")));
    assert_eq!(of_field("/measures/1/history", "item.title + '/' + parent.title"), Some(json!("second/report")));
    assert_eq!(of_field("/codes/1", "this + title"), Some(json!("breport")));
    assert_eq!(of_field("/codes/1", "index"), Some(json!(1)));
    assert_eq!(of_field("/title", "index"), None);
    assert_eq!(of_field("/title", "has(item) || has(parent)"), Some(json!(false)));
}

#[test]
fn bare_names_of_a_rule_are_properties_of_the_selected_object() {
    let desk = measures();
    assert_eq!(desk.value("/measures/1", "title"), Some(json!("second")));
    assert_eq!(desk.value("/measures/1", "parent.title"), Some(json!("report")));
    assert_eq!(desk.value("/measures/1/history/0", "title + parent.title"), Some(json!("stepsecond")));
    assert_eq!(desk.value("/measures/1/history/0", "item.date == date && this.date == date"), Some(json!(true)));
    assert_eq!(desk.value("/measures/1/history/0", "parent.history[index + 1].date"), Some(json!("2026")));
    // A selected text has no properties, so the names belong to the object that holds it.
    assert_eq!(desk.value("/codes/0", "this + title"), Some(json!("areport")));
    assert_eq!(desk.value("/measures/0/title", "this + title"), Some(json!("firstfirst")));
}

#[test]
fn names_do_not_reach_past_an_object_that_is_not_there_yet() {
    let desk = Desk::with(json!({"status": "draft"}));
    let scope = Scope::of_field(&desk, pointer("/header/note"));
    assert!(Expr::parse("status").unwrap().evaluate(&scope).is_absent());
    assert!(Expr::parse("this").unwrap().evaluate(&scope).is_absent());
    assert_eq!(Expr::parse("parent.status").unwrap().evaluate(&scope).into_value(), Some(json!("draft")));
}

#[test]
fn a_hidden_answer_is_absent_however_it_is_reached() {
    let desk = Desk::with(json!({"a": 1, "list": [{"v": 1}, {"v": 2}], "m": {"p": 1}, "group": {"x": "1"}}))
        .hide("/a")
        .hide("/list/0/v")
        .hide("/m/p")
        .hide("/group");
    for source in ["a", "root.a", "this.a", "this['a']", "list[0].v", "group.x", "root['group']['x']"] {
        assert!(desk.at("", source).is_absent(), "{source}");
    }
    assert!(desk.at("/a", "this").is_absent());
    assert_eq!(desk.value("", "list.map(r, r.v)"), Some(json!([2])));
    assert_eq!(desk.value("", "has(m) || 'p' in m || size(m) > 0 || m.exists(k, true)"), Some(json!(false)));
    assert_eq!(desk.value("", "root"), Some(json!({"list": [{}, {"v": 2}], "m": {}})));
}

#[test]
fn constants_entries_and_kept_reports_are_read_as_they_are() {
    let mut desk = Desk::with(json!({"code": "b", "item": "i"})).hide("/word");
    desk.data = json!({"word": "w", "map": {"b": 2}});
    desk.workspace = Some(json!([{"reportId": "R1"}]));
    assert_eq!(desk.value("", "data.word"), Some(json!("w")));
    assert_eq!(desk.value("", "data.map[code]"), Some(json!(2)));
    assert_eq!(desk.value("", "workspace[0].reportId"), Some(json!("R1")));
    assert_eq!(desk.value("", "this.item"), Some(json!("i")));
    let entry = json!({"value": "b1"});
    let scope = Scope { option: Some(&entry), ..Scope::of_field(&desk, pointer("/x")) };
    assert!(Expr::parse("option.value.startsWith(code)").unwrap().evaluate(&scope).is_true());
    desk.workspace = None;
    assert_eq!(desk.value("", "workspace.exists(w, true)"), Some(json!(false)));
    assert_eq!(desk.value("", "option"), None);
}

#[test]
fn collect_gives_the_marked_values_that_are_present() {
    let desk = Desk::with(json!({"a": "x", "b": [" ", "y"], "c": {"d": 1}}))
        .hide("/c/d")
        .mark("m", "/a")
        .mark("m", "/b/0")
        .mark("m", "/b/1")
        .mark("m", "/c")
        .mark("m", "/gone");
    assert_eq!(desk.value("", "collect('m')"), Some(json!(["x", "y", {}])));
    assert_eq!(desk.value("", "collect('m').exists(v, has(v.d))"), Some(json!(false)));
    assert_eq!(desk.value("", "collect('other')"), Some(json!([])));
}

#[test]
fn a_name_of_with_is_evaluated_at_most_once_and_keeps_its_outer_meaning_inside_itself() {
    let desk = Desk::with(json!({"group": "g", "n": [1, 2, 3], "root": "r"}));
    let names = with(&[
        ("group", "group + '!'"),
        ("twice", "group + group"),
        ("costly", "n.map(a, n.map(b, n.map(c, a * b * c)))"),
        ("root", "root.root"),
        ("unused", "unknown.anything"),
    ]);
    let scope = Scope { with: &names, ..Scope::of_rule(&desk, Pointer::root()) };
    let run = |source: &str| Expr::parse(source).unwrap().evaluate(&scope);
    assert_eq!(run("twice").into_value(), Some(json!("g!g!")));
    assert_eq!(run("root").into_value(), Some(json!("r")));
    assert_eq!(scope.name("twice").into_value(), Some(json!("g!g!")));
    let (once, again) = (run("size(costly)").steps, run("size(costly) + size(costly)").steps);
    assert!(again < once + 10, "{once} {again}");
}

#[test]
fn a_name_of_with_does_not_see_the_variables_around_its_use() {
    let desk = Desk::with(json!({"r": "property", "n": [1]}));
    let names = with(&[("outer", "r"), ("own", "n.map(q, r)")]);
    let scope = Scope { with: &names, ..Scope::of_rule(&desk, Pointer::root()) };
    let run = |source: &str| Expr::parse(source).unwrap().evaluate(&scope).into_value();
    assert_eq!(run("n.map(r, outer)"), Some(json!(["property"])));
    assert_eq!(run("n.map(r, [r] + own)[0]"), Some(json!([1, "property"])));
}

#[test]
fn names_of_with_in_a_circle_are_absent_and_end() {
    let desk = Desk::with(json!({}));
    let names = with(&[("a", "b"), ("b", "a")]);
    let scope = Scope { with: &names, ..Scope::of_rule(&desk, Pointer::root()) };
    let outcome = Expr::parse("a").unwrap().evaluate(&scope);
    assert!(outcome.is_absent() && !outcome.stopped);
}

#[test]
fn the_inner_variable_of_a_macro_hides_the_outer_one() {
    assert_eq!(value("[1].map(x, [2].map(x, x)[0] + x)"), Some(json!([3])));
    assert_eq!(value("[1, 2].map(x, [10, 20].map(y, x * y))"), Some(json!([[10, 20], [20, 40]])));
}

#[test]
fn a_part_that_does_not_use_the_variable_is_evaluated_once_and_means_the_same() {
    let desk = Desk::with(json!({"n": [1, 2, 3], "many": (0..300).collect::<Vec<_>>(), "few": [2, 3]}));
    for (source, expected) in [
        ("n.map(a, few.map(b, b * a))", json!([[2, 3], [4, 6], [6, 9]])),
        ("n.map(a, n.map(b, few.map(c, c * a)))[2][0]", json!([6, 9])),
        ("n.map(a, n.map(b, few.map(c, c * b)))[0][2]", json!([6, 9])),
        ("n.map(a, few.map(b, n.filter(c, c >= a).map(d, d * b)))[1]", json!([[4, 6], [6, 9]])),
        ("n.filter(a, a in few.filter(b, b > 2))", json!([3])),
        ("n.map(a, [a].map(a, few.map(x, x + a)))[1][0]", json!([4, 5])),
    ] {
        assert_eq!(desk.value("", source), Some(expected), "{source}");
    }
    let outcome = desk.at("", "many.exists(a, a in many.map(b, b + 300))");
    assert!(!outcome.stopped && outcome.steps < 300 * 300 / 8 + 5_000, "{}", outcome.steps);
    // Inside a name of `with` variables are counted anew.
    let names = with(&[("w", "few.map(b, few.map(c, n.map(d, d * b)))")]);
    let scope = Scope { with: &names, ..Scope::of_rule(&desk, Pointer::root()) };
    let found = Expr::parse("n.map(a, n.map(b, w))[0][0]").unwrap().evaluate(&scope).into_value();
    assert_eq!(found, Some(json!([[[2, 4, 6], [2, 4, 6]], [[3, 6, 9], [3, 6, 9]]])));
}

#[test]
fn values_of_the_wrong_type_give_what_absent_ones_give() {
    for (source, expected) in [
        ("'a' < 1", json!(false)),
        ("true < false", json!(false)),
        ("1 in 'abc'", json!(false)),
        ("'b' in 'abc'", json!(false)),
        ("[1] == '1'", json!(false)),
        ("[1] != '1'", json!(true)),
        ("true != 1", json!(true)),
        ("!1", json!(true)),
        ("1 && true", json!(false)),
        ("'true' || false", json!(false)),
        ("1 ? 'yes' : 'no'", json!("no")),
        ("size(distinct(5)) + size(sort('a')) + size(words(1, ['a'])) + size(words('a', 'a'))", json!(0)),
        ("5.all(x, false)", json!(true)),
        ("5.exists(x, true) || 5.exists_one(x, true)", json!(false)),
        ("'text'.map(x, x)", json!([])),
        ("1.startsWith('1') || '1'.endsWith(1) || ['a'].contains('a')", json!(false)),
    ] {
        assert_eq!(value(source), Some(expected), "{source}");
    }
    for source in [
        "true + 1",
        "[1] + 1",
        "-'a'",
        "'a' * 2",
        "5.5 % 2",
        "5 % 0",
        "1e308 * 10",
        "size(true)",
        "sum('1')",
        "sum([1, 'a'])",
        "round('1', 0)",
        "round(1, 16)",
        "round(1, -1)",
        "round(1, 0.5)",
        "sqrt(-1)",
        "exp(1000)",
        "earliest(2024)",
        "days('2024-01-01', 5)",
        "label('c', 1)",
        "['a', 1].join(',')",
        "['a'].join(1)",
        "'a'.join('')",
        "'abc'.substring('1')",
        "'abc'.substring(1.5)",
        "'abc'.substring(2, 1)",
        "'abc'.substring(0, 4)",
        "'abc'.substring(-1)",
        "5.field",
        "'a'.size",
        "[1]['0']",
        "'abc'[0]",
        "[1][0.5]",
        "[1][true]",
    ] {
        assert_eq!(value(source), None, "{source}");
    }
}

#[test]
fn lists_and_objects_are_equal_when_their_parts_are() {
    let desk =
        Desk::with(json!({"a": {"x": [1, null], "y": null}, "b": {"x": [1.0, " "]}, "c": {"x": [1, 2]}, "d": {}}));
    for (source, expected) in [
        ("a == b", true),
        ("a == c", false),
        ("a == d", false),
        ("d == a", false),
        ("a in [c, b]", true),
        ("[[1]] == [[1]]", true),
        ("[1, 2] == [2, 1]", false),
        ("size(distinct([a, b, c, a])) == 2", true),
        ("distinct([true, 1, true, '1', 1]) == [true, 1, '1']", true),
    ] {
        assert_eq!(desk.value("", source), Some(json!(expected)), "{source}");
    }
}

#[test]
fn blank_items_keep_their_place_in_a_list_of_the_report_and_are_left_out_of_made_lists() {
    let desk = Desk::with(json!({"n": [1, null, 3], "t": ["a", " ", "b"]}));
    for (source, expected) in [
        ("size(n)", json!(3)),
        ("n[2]", json!(3)),
        ("has(n[1])", json!(false)),
        ("n + []", json!([1, 3])),
        ("n.filter(x, true)", json!([1, 3])),
        ("t.join('-')", json!("a-b")),
        ("sort(n)", json!([1, 3])),
    ] {
        assert_eq!(desk.value("", source), Some(expected), "{source}");
    }
    assert_eq!(desk.value("", "sum(n)"), None);
}

#[test]
fn a_limit_stops_the_evaluation_and_says_so() {
    let desk = Desk::with(json!({
        "n": (0..100).collect::<Vec<_>>(),
        "long": "x".repeat(60_000),
        "many": vec![0; 60_000],
        "lists": vec![vec!["y".repeat(100); 10]; 10],
    }));
    for source in [
        "n.map(a, n.map(b, n.map(c, 1)))",
        "long + long",
        "[long, long].join('')",
        "many + many",
        "n.map(a, many.map(x, x))",
        "true || n.all(a, n.all(b, n.all(c, true)))",
    ] {
        let outcome = desk.at("", source);
        let stops = !source.starts_with("true");
        assert_eq!((outcome.stopped, outcome.is_absent()), (stops, stops), "{source}");
    }
    // A value that would be huge as JSON is not built.
    let names: Vec<(String, Expr)> = (0..16)
        .map(|i| {
            (
                format!("w{i}"),
                Expr::parse(&if i == 0 { "[1]".into() } else { format!("[w{0}, w{0}, w{0}]", i - 1) }).unwrap(),
            )
        })
        .collect();
    let scope = Scope { with: &names, ..Scope::of_rule(&desk, Pointer::root()) };
    assert!(Expr::parse("w15").unwrap().evaluate(&scope).stopped);
    assert!(Expr::parse("w15 == w15 + []").unwrap().evaluate(&scope).stopped);
}

#[test]
fn deep_expressions_end_within_a_small_stack() {
    // Five parts inside each other on each level of brackets.
    let deep = |inner: &str| format!("{}{inner}{}", "(false || true && 1 == 0 + 1 * ".repeat(30), ")".repeat(30));
    let outcome = Desk::with(json!({})).at("", &deep("1"));
    assert_eq!((outcome.stopped, outcome.into_value()), (false, Some(json!(false))));
    let names: Vec<(String, Expr)> = (0..16)
        .map(|i| (format!("w{i}"), Expr::parse(&deep(&format!("w{}", i + 1))).unwrap()))
        .chain([("w16".to_owned(), Expr::parse("1").unwrap())])
        .collect();
    let stack = std::thread::Builder::new().stack_size(1 << 20);
    let outcome = stack
        .spawn(move || {
            let desk = Desk::with(json!({}));
            let scope = Scope { with: &names, ..Scope::of_rule(&desk, Pointer::root()) };
            Expr::parse("w0").unwrap().evaluate(&scope).stopped
        })
        .unwrap();
    assert!(outcome.join().unwrap());
}
