//! What an expression depends on, found without running it.

use chancery::template::expr::{Dependency, Expr, Standpoint};

/// The dependencies of the expression of a field as short texts: places with `/`, shapes with `/` and `#`.
fn of_field(at: &str, source: &str) -> Vec<String> {
    shown(Expr::parse(source).unwrap().dependencies(&at.split('/').collect::<Vec<_>>()))
}

fn of_rule(at: &str, source: &str, with: &[(&str, &str)]) -> Vec<String> {
    let at: Vec<&str> = at.split('/').filter(|token| !token.is_empty()).collect();
    let with: Vec<(String, Expr)> =
        with.iter().map(|(name, source)| ((*name).to_owned(), Expr::parse(source).unwrap())).collect();
    shown(Expr::parse(source).unwrap().dependencies_from(Standpoint { at: &at, own: true, with: &with }))
}

fn shown(dependencies: Vec<Dependency>) -> Vec<String> {
    let text = |dependency: &Dependency| match dependency {
        Dependency::Place(pattern) => format!("/{}", pattern.join("/")),
        Dependency::Shape(pattern) => format!("/{}#", pattern.join("/")),
        Dependency::Mark(mark) => format!("@{mark}"),
        Dependency::Today => "today".into(),
        Dependency::Workspace => "workspace".into(),
    };
    let mut shown: Vec<String> = dependencies.iter().map(text).collect();
    shown.sort();
    shown
}

#[test]
fn siblings_and_root_paths_are_places() {
    let at = "sources/*/quotedTranslation";
    assert_eq!(
        of_field(at, "has(quotedOriginal) && language != root.header.language"),
        ["/header/language", "/sources/*/language", "/sources/*/quotedOriginal#"]
    );
    assert_eq!(of_field(at, "this"), ["/sources/*/quotedTranslation"]);
    assert_eq!(of_field(at, "this == item.id"), ["/sources/*/id", "/sources/*/quotedTranslation"]);
    assert_eq!(of_field(at, "parent.header.status + root['header']['title']"), ["/header/status", "/header/title"]);
    assert_eq!(of_field(at, "index > 0"), ["/sources#"]);
    assert_eq!(of_field("codes/*", "name"), ["/name"]);
    assert_eq!(of_field("title", "has(item) || has(parent) || index == 1"), Vec::<String>::new());
    assert_eq!(of_field(at, "root"), ["/"]);
}

#[test]
fn a_variable_is_followed_back_to_its_list() {
    assert_eq!(
        of_field("table/*/rate", "root.table.filter(r, !r.isTotal && r.offence == offence)[0].count / count"),
        ["/table#", "/table/*/count", "/table/*/isTotal", "/table/*/offence"]
    );
    assert_eq!(of_field("a", "sum(list.map(x, x.inner).map(y, y.amount))"), ["/list#", "/list/*/inner/amount"]);
    assert_eq!(
        of_field("a", "list.map(x, x.rows.filter(r, r.open))"),
        ["/list#", "/list/*/rows#", "/list/*/rows/*", "/list/*/rows/*/open"]
    );
    assert_eq!(of_field("a", "list.exists(x, x in others)"), ["/list#", "/list/*", "/others"]);
    assert_eq!(of_field("a", "list.filter(x, x.on)"), ["/list#", "/list/*", "/list/*/on"]);
    assert_eq!(of_field("a", "size(list.filter(x, x.on))"), ["/list#", "/list/*/on"]);
    assert_eq!(of_field("a", "(f ? one : two).x + [one, two][0].y"), ["/f", "/one/x", "/one/y", "/two/x", "/two/y"]);
    assert_eq!(of_field("a", "(one + two).exists(x, x.v)"), ["/one", "/two"]);
    assert_eq!(of_field("a", "list.map(x, [1].map(y, x.v))"), ["/list#", "/list/*/v"]);
}

#[test]
fn an_element_by_number_reads_an_item_and_by_name_any_property() {
    assert_eq!(of_field("a", "list[0].v"), ["/list#", "/list/*/v"]);
    assert_eq!(of_field("a", "list[size(list) - 1].v"), ["/list#", "/list/*/v"]);
    assert_eq!(of_field("rows/*/a", "root.rows[index - 1].v"), ["/rows#", "/rows/*/v"]);
    assert_eq!(of_field("a", "map['my-key'].v"), ["/map/my-key/v"]);
    assert_eq!(of_field("a", "map[key].v"), ["/key", "/map", "/map/*/v"]);
    assert_eq!(of_field("a", "map['x' + 'y']"), ["/map", "/map/*"]);
}

#[test]
fn marks_the_day_and_the_workspace_are_named() {
    assert_eq!(of_field("a", "collect('sourceId').exists(x, x.id == b)"), ["/b", "@sourceId"]);
    assert_eq!(of_field("a", "due < today() && today() > due"), ["/due", "today"]);
    assert_eq!(of_field("a", "workspace.exists(w, w.reportId == id)"), ["/id", "workspace"]);
    assert_eq!(of_field("a", "option.value.startsWith(code) && b in data.list"), ["/b", "/code"]);
    assert_eq!(
        of_field("a", "label('c', code) + words(text, list)[0] + text.substring(from)"),
        ["/code", "/from", "/list", "/text"]
    );
}

#[test]
fn names_of_with_count_when_they_are_used() {
    let with = [("cited", "root.sources.filter(s, s.id in sourceRefs.map(r, r.sourceId))"), ("unused", "root.other")];
    assert_eq!(
        of_rule("facts/*", "cited.exists(s, s.level != 'primary')", &with),
        ["/facts/*/sourceRefs#", "/facts/*/sourceRefs/*/sourceId", "/sources#", "/sources/*/id", "/sources/*/level"]
    );
    assert_eq!(of_rule("rows/*", "group", &[("group", "label('c', group)")]), ["/rows/*/group"]);
    assert_eq!(of_rule("rows/*", "a", &[("a", "b"), ("b", "a")]), Vec::<String>::new());
    assert_eq!(
        of_rule("rows/*", "list[index]", &[("index", "key")]),
        ["/rows/*/key", "/rows/*/list", "/rows/*/list/*"]
    );
    assert_eq!(of_rule("", "header.status == 'x'", &[]), ["/header/status"]);
}
