//! Whatever is edited in whatever order: undo is the inverse of all of it, ids stay in step with items, everything that
//! is different afterwards was told, and what is exported opens as it was.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use chancery::report::{Changed, Content, Edit, NodeId, Report, Surroundings};
use chancery::template::{NodeIndex, Shape, Widget};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use crate::scenario::{CRIMINAL_CASE, Form, Scenario};

/// A small form with everything that edits can stumble over: lists in lists, a hidden list, a hidden group with a
/// condition inside, an object that may be left out, a calculation, marks, numbers, defaults, constants.
fn document() -> Value {
    let text = json!({"type": "string", "x-form": {"type": "own"}});
    let when = |condition: &str| json!({"showIf": condition});
    json!({
        "type": "object",
        "required": ["head", "bare"],
        "properties": {
            "head": {"type": "object", "required": ["kind", "count"], "properties": {
                "kind": {"type": "string", "enum": ["a", "b", "c"]},
                "count": {"type": "integer"},
                "sure": {"type": "boolean"},
                "fixed": {"const": "always"},
                "begun": {"type": "string", "default": "so far"},
                "rows": {"type": "integer", "x-form": {"calculate": "size(root.rows)"}},
                "sum": {"type": "number", "x-form": {"calculate": "sum(root.rows.map(r, r.cost)) + rows"}},
                "words": {"type": "string", "x-form": {"requiredIf": "size(collect('own')) > 2"}},
            }},
            "aside": {"type": "object", "required": ["why"], "properties": {
                "why": text, "more": {"type": "object", "required": ["deep"], "properties": {"deep": text}},
            }},
            "part": {"type": "object", "x-form": when("head.kind == 'b'"), "required": ["name"], "properties": {
                "name": text,
                "note": {"type": "string", "x-form": when("has(name)")},
                "lines": {"type": "array", "items": text},
            }},
            "bare": {"type": "object", "properties": {"any": text}},
            "rows": {"type": "array", "minItems": 1, "maxItems": 4, "items": {
                "type": "object", "required": ["title", "refs"], "properties": {
                    "id": {"type": "string", "x-form": {"set": {"id": {"prefix": "R"}}}},
                    "title": text,
                    "cost": {"type": "number", "x-form": {"showIf": "root.head.sure || index == 0"}},
                    "twice": {"type": "number", "x-form": {"calculate": "cost * 2"}},
                    "refs": {"type": "array", "items": {"type": "object", "required": ["to"], "properties": {
                        "to": {"type": "string", "x-form": {"ref": {"from": "/rows", "key": "id"}}},
                        "role": {"type": "string", "default": "supports"},
                        "odd": {"type": "string", "x-form": when("root.rows.exists(r, r.id == to && has(r.cost))")},
                    }}},
                    "codes": {"type": "array", "uniqueItems": true, "items": {"type": "string", "enum": ["x", "y", "z"]}},
                },
            }},
            "hidden": {"type": "array", "x-form": when("size(rows) > 1"), "items": {"type": "object", "properties": {
                "a": text, "b": {"type": "string", "x-form": {"showIf": "has(a)", "requiredIf": "a == 'x'"}},
            }}},
        },
    })
}

static SMALL: LazyLock<Arc<Form>> = LazyLock::new(|| Arc::new(Form::of(document())));

/// Values as a file may have them, with empty lists and objects that nobody here would make.
fn foreign() -> Value {
    json!({
        "head": {"kind": "b", "count": "1,5", "rows": 2, "sum": 5},
        "aside": {},
        "part": {"lines": [], "unknown": [1, {"a": null}]},
        "rows": [
            {"id": "R7", "title": "one", "cost": 3, "twice": 6, "refs": []},
            {"id": "R2", "refs": [{"to": "R7", "role": "x"}, {}], "codes": ["x", "z"]},
        ],
        "hidden": [{"a": "x", "b": "kept"}, null],
        "further": {"kept": true},
    })
}

/// One edit, to be read against whatever the report is then.
#[derive(Clone, Debug)]
struct Op {
    node: Index,
    what: Index,
    pause: bool,
}

fn ops(most: usize) -> impl Strategy<Value = Vec<Op>> {
    let op = (any::<Index>(), any::<Index>(), any::<bool>()).prop_map(|(node, what, pause)| Op { node, what, pause });
    prop::collection::vec(op, 1..most)
}

struct Desk {
    report: Report,
    now: i64,
    removed: Vec<Edit>,
}

impl Desk {
    fn over(form: &Form, values: Option<Value>) -> Self {
        let around = Surroundings { today: "2026-11-20".into(), workspace: Value::Null };
        let template = Arc::clone(&form.template);
        let report = match values {
            Some(values) => Report::from_values(template, values, around),
            None => Report::new(template, around),
        };
        Self { report, now: 0, removed: Vec::new() }
    }

    fn do_op(&mut self, op: &Op) -> Option<Changed> {
        let mut nodes: Vec<(NodeId, NodeIndex)> = Vec::new();
        self.report.walk(&mut |visit| nodes.push((visit.id, visit.node)));
        let (id, index) = &nodes[op.node.index(nodes.len())];
        self.now += if op.pause { 60_000 } else { 100 };
        let edit = self.edit(id, *index, op)?;
        let result = self.report.apply(edit, self.now);
        Some(result.unwrap_or_else(|_| panic!("{id}: misplaced")))
    }

    fn edit(&mut self, id: &NodeId, index: NodeIndex, op: &Op) -> Option<Edit> {
        let template = Arc::clone(self.report.template());
        let node = template.layout().node(index);
        let holder = id.parent().and_then(|holder| Some((self.report.node(&holder)?.is_repeat(), holder)));
        if let Some((true, list)) = holder.filter(|_| op.what.index(4) > 0) {
            return self.item_edit(&list, &id.last().unwrap(), op);
        }
        match node.shape {
            Shape::Group { .. } => None,
            Shape::Repeat { .. } => match op.what.index(3) {
                0 if !self.removed.is_empty() => {
                    // Its list may be gone by now; then there is nowhere to bring it back to.
                    let back = self.removed.pop()?;
                    let Edit::Insert { list, .. } = &back else { unreachable!() };
                    self.report.pointer(list).is_some().then_some(back)
                }
                _ => Some(self.report.new_item(id)?.0),
            },
            Shape::Field(widget) => {
                // The application has the last word on these.
                let given = node.hints.is_given() || widget == Widget::Given;
                let value = self.value(widget, index, op);
                (!given).then(|| Edit::Set { at: id.clone(), value })
            }
        }
    }

    fn item_edit(&mut self, list: &NodeId, item: &str, op: &Op) -> Option<Edit> {
        let count = self.report.items(list).len();
        match op.what.index(7) {
            0 | 1 => {
                let (remove, back) = self.report.removal(list, item)?;
                self.removed.push(back);
                Some(remove)
            }
            2 => Some(self.report.duplicate(list, item)?.0),
            _ => Some(Edit::Move { list: list.clone(), id: item.to_owned(), to: op.what.index(count + 1) }),
        }
    }

    fn value(&self, widget: Widget, index: NodeIndex, op: &Op) -> Option<Value> {
        let codes = self.report.template().layout().node(index).codelist.clone();
        let mut pool = vec![None, None, Some(json!("x")), Some(json!("R7")), Some(json!("2025-12-05"))];
        match widget {
            Widget::Number { .. } => pool.extend([json!(0), json!(2), json!("1,5")].map(Some)),
            Widget::Tick | Widget::YesNo | Widget::Declaration => pool.extend([json!(true), json!(false)].map(Some)),
            _ => {}
        }
        // The sample country marks a report for good, whatever is undone.
        let codes = codes.iter().flat_map(|list| list.entries()).map(|entry| entry.value.clone());
        let codes: Vec<Value> = codes.filter(|code| code != "XA").collect();
        match widget {
            Widget::Checkboxes | Widget::Several { .. } | Widget::Items => {
                pool.extend((1..=codes.len().min(3)).map(|count| Some(json!(codes[..count]))));
            }
            _ => pool.extend(codes.into_iter().map(Some)),
        }
        pool[op.what.index(pool.len())].clone()
    }

    /// What undo has to bring back: the answers and the ids.
    fn state(&self) -> (Value, Value) {
        let mut items = self.report.content().items.to_json();
        items.as_object_mut().unwrap().remove("issued");
        (self.report.values().clone(), items)
    }
}

/// Ids are in step with the items of every list, no id is there twice, and no list has ids without items.
fn check_ids(report: &Report) {
    let (mut seen, mut lists) = (BTreeSet::new(), 0);
    report.walk(&mut |visit| {
        if report.template().layout().node(visit.node).is_repeat() {
            let ids = report.items(&visit.id);
            assert_eq!(visit.value.and_then(Value::as_array).map_or(0, Vec::len), ids.len(), "{}", visit.id);
            assert!(ids.iter().all(|id| seen.insert(id.clone())), "{}: an id twice", visit.id);
            lists += usize::from(!ids.is_empty());
        }
    });
    assert_eq!(report.content().items.lists().count(), lists, "ids of lists that are not there");
}

type Shown = (bool, bool, bool, Option<Value>);

/// Everything that a page shows of a node.
fn shown(report: &Report) -> BTreeMap<NodeId, (NodeIndex, Shown)> {
    let mut all = BTreeMap::new();
    report.walk(&mut |visit| {
        let answered = report.is_answered(&visit.id);
        assert_eq!(visit.relevant, report.is_relevant(&visit.id), "{}", visit.id);
        assert_eq!(visit.required, visit.relevant && report.is_required(&visit.id), "{}", visit.id);
        assert_eq!(visit.value, report.value(&visit.id), "{}", visit.id);
        let field = matches!(report.template().layout().node(visit.node).shape, Shape::Field(_));
        let value = visit.value.filter(|_| field).cloned();
        all.insert(visit.id, (visit.node, (visit.relevant, visit.required, answered, value)));
    });
    all
}

fn undo_all_and_redo_all(mut desk: Desk, ops: &[Op]) {
    let start = desk.state();
    for op in ops {
        desk.do_op(op);
        check_ids(&desk.report);
    }
    let end = desk.state();
    let mut steps = 0;
    while desk.report.undo().is_some() {
        check_ids(&desk.report);
        steps += 1;
    }
    assert_eq!(desk.state(), start);
    for _ in 0..steps {
        assert!(desk.report.redo().is_some());
    }
    assert!(!desk.report.can_redo());
    assert_eq!(desk.state(), end);
    while desk.report.undo().is_some() {}
    assert_eq!(desk.state(), start);
}

fn every_difference_is_told(mut desk: Desk, ops: &[Op]) {
    let mut before = shown(&desk.report);
    let check = |before: &BTreeMap<NodeId, (NodeIndex, Shown)>, report: &Report, changed: &Changed, op: &str| {
        let after = shown(report);
        for (id, (node, old)) in before {
            let new = after.get(id).map(|(_, new)| new);
            assert!(new == Some(old) || changed.concerns(id, *node), "{op}: {id}: {old:?} became {new:?}");
        }
        for (id, (node, _)) in after.iter().filter(|(id, _)| !before.contains_key(*id)) {
            assert!(changed.concerns(id, *node), "{op}: {id} is new");
        }
        after
    };
    for op in ops {
        if let Some(changed) = desk.do_op(op) {
            before = check(&before, &desk.report, &changed, "edit");
        }
    }
    while let Some(changed) = desk.report.undo() {
        before = check(&before, &desk.report, &changed, "undo");
    }
}

/// A report that left as a file opens as the same report, and leaves again as the same bytes.
fn leaves_and_comes_back(form: &Arc<Form>, desk: Desk) {
    let content = desk.report.content().to_json();
    let text = content.to_string();
    let limits = chancery::exchange::read::Limits::REPORT;
    let back = chancery::exchange::read::read_json(text.as_bytes(), &limits).unwrap();
    assert_eq!(Content::from_json(&back).as_ref(), Some(desk.report.content()));

    let mut scenario = Scenario::start(form, Default::default());
    scenario.report = desk.report;
    let sent = scenario.report.outgoing();
    let file = scenario.export(1_763_647_500_000);
    let mut opened = Scenario::open_file(form, &file);
    assert_eq!(opened.report.outgoing().values, sent.values);
    assert!(opened.report.outgoing().not_sent.is_empty());
    assert_eq!(opened.export(1_763_999_999_000), file);
    check_ids(&opened.report);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn undo_is_the_inverse_of_all_edits(ops in ops(30), new in any::<bool>()) {
        undo_all_and_redo_all(Desk::over(&SMALL, (!new).then(foreign)), &ops);
    }

    #[test]
    fn everything_that_is_different_after_an_edit_was_told(ops in ops(20), new in any::<bool>()) {
        every_difference_is_told(Desk::over(&SMALL, (!new).then(foreign)), &ops);
    }

    #[test]
    fn a_report_leaves_and_comes_back_as_the_same_bytes(ops in ops(20), new in any::<bool>()) {
        let mut desk = Desk::over(&SMALL, (!new).then(foreign));
        ops.iter().for_each(|op| drop(desk.do_op(op)));
        leaves_and_comes_back(&SMALL, desk);
    }

    #[test]
    fn a_list_does_what_a_plain_list_would_do(ops in prop::collection::vec((0..6u8, any::<Index>(), any::<Index>()), 1..40)) {
        against_a_plain_list(&ops);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    #[test]
    fn so_does_the_criminal_case(ops in ops(20), new in any::<bool>()) {
        let desk = || Desk::over(&CRIMINAL_CASE, (!new).then(|| CRIMINAL_CASE.template.sample().unwrap().clone()));
        undo_all_and_redo_all(desk(), &ops);
        every_difference_is_told(desk(), &ops);
        let mut edited = desk();
        ops.iter().for_each(|op| drop(edited.do_op(op)));
        leaves_and_comes_back(&CRIMINAL_CASE, edited);
    }
}

/// Adding, removing, bringing back, moving, undoing and redoing on a list, against a vector of the words in it and the
/// whole history of that vector.
fn against_a_plain_list(ops: &[(u8, Index, Index)]) {
    let mut desk = Desk::over(&SMALL, None);
    let list = NodeId::from_text("/rows");
    let mut model: Vec<u32> = Vec::new();
    let (mut past, mut future): (Vec<Vec<u32>>, Vec<Vec<u32>>) = (Vec::new(), Vec::new());
    let mut ids: BTreeMap<u32, String> = BTreeMap::new();
    let mut next = 0;
    for (kind, first, second) in ops {
        let before = model.clone();
        let items = desk.report.items(&list).to_vec();
        let mut edit = None;
        match kind {
            0 | 1 => {
                let value = json!({"title": next.to_string()});
                let after = items.get(first.index(items.len() + 1)).cloned();
                let at = after.as_ref().and_then(|id| items.iter().position(|item| item == id));
                let (made, id) = desk.report.item_with(&list, value, after.as_deref()).unwrap();
                ids.insert(next, id);
                model.insert(at.map_or(model.len(), |at| at + 1), next);
                next += 1;
                edit = Some(made);
            }
            2 if !items.is_empty() => {
                let at = first.index(items.len());
                model.remove(at);
                edit = Some(Edit::Remove { list: list.clone(), id: items[at].clone() });
            }
            3 if !items.is_empty() => {
                let (from, to) = (first.index(items.len()), second.index(items.len()));
                let moved = model.remove(from);
                model.insert(to, moved);
                edit = Some(Edit::Move { list: list.clone(), id: items[from].clone(), to });
            }
            4 => {
                if let Some(last) = past.pop() {
                    future.push(std::mem::replace(&mut model, last));
                }
                desk.report.undo();
            }
            _ => {
                if let Some(last) = future.pop() {
                    past.push(std::mem::replace(&mut model, last));
                }
                desk.report.redo();
            }
        }
        if let Some(edit) = edit {
            desk.report.apply(edit, 0).unwrap();
            past.push(before);
            future.clear();
        }
        let titles = desk.report.values().get("rows").and_then(Value::as_array).into_iter().flatten();
        let titles: Vec<u32> = titles.map(|row| row["title"].as_str().unwrap().parse().unwrap()).collect();
        assert_eq!(titles, model);
        let expected: Vec<&String> = model.iter().map(|word| &ids[word]).collect();
        assert_eq!(desk.report.items(&list).iter().collect::<Vec<_>>(), expected);
        let numbers: BTreeSet<String> = model.iter().map(|word| format!("R{}", word + 1)).collect();
        let rows = desk.report.values().get("rows").and_then(Value::as_array).into_iter().flatten();
        assert_eq!(rows.map(|row| row["id"].as_str().unwrap().to_owned()).collect::<BTreeSet<_>>(), numbers);
    }
}

#[test]
fn an_edit_that_does_not_fit_changes_nothing() {
    let mut desk = Desk::over(&SMALL, Some(foreign()));
    let before = desk.state();
    let id = |text: &str| NodeId::from_text(text);
    let row = desk.report.items(&id("/rows"))[0].clone();
    let set = |at: &str, value: Value| Edit::Set { at: id(at), value: Some(value) };
    let insert = |list: &str, item: &str| Edit::Insert {
        list: id(list),
        at: 0,
        id: item.to_owned(),
        value: json!({}),
        inside: BTreeMap::new(),
    };
    for edit in [
        set("/rows", json!([])),
        set("/head", json!({})),
        set("", json!({})),
        set("/rows/i99/title", json!("x")),
        set("/no/such", json!("x")),
        insert("/rows", &row),
        insert("/head", "i99"),
        insert("/head/kind", "i99"),
        insert("/rows/i99/refs", "i100"),
        Edit::Remove { list: id("/rows"), id: "i99".into() },
        Edit::Move { list: id("/rows"), id: "i99".into(), to: 0 },
        Edit::Together(vec![set("/head/kind", json!("c")), insert("/rows", "i99"), set("/rows", json!([]))]),
    ] {
        assert!(desk.report.apply(edit.clone(), 0).is_err(), "{edit:?}");
        assert_eq!(desk.state(), before, "{edit:?}");
        assert!(!desk.report.can_undo());
    }
}
