//! `unevaluatedItems` and `unevaluatedProperties`: what no other part of the schema has provided for.

use serde_json::Value;

use super::index::NodeId;
use super::run::{Here, NotesTo, Run};
use super::violation::Kind;

/// `unevaluatedItems`
#[inline(never)]
pub(super) fn items<'v>(
    run: &mut Run<'_>,
    here: Here<'_>,
    rest: NodeId,
    value: &'v Value,
    notes: NotesTo<'_, 'v>,
) -> bool {
    let (Value::Array(items), Some(notes)) = (value, notes) else { return true };
    let mut valid = true;
    for (index, item) in items.iter().enumerate().filter(|(index, _)| !notes.has_item(*index)) {
        let at = here.at.index(index);
        valid &= one(run, Here { at: &at, ..here }, "unevaluatedItems", rest, item);
    }
    notes.all_items = true;
    valid
}

/// `unevaluatedProperties`
#[inline(never)]
pub(super) fn properties<'v>(
    run: &mut Run<'_>,
    here: Here<'_>,
    rest: NodeId,
    value: &'v Value,
    notes: NotesTo<'_, 'v>,
) -> bool {
    let (Value::Object(map), Some(notes)) = (value, notes) else { return true };
    let mut valid = true;
    for (name, member) in map.iter().filter(|(name, _)| !notes.has_name(name)) {
        let at = here.at.name(name);
        valid &= one(run, Here { at: &at, ..here }, "unevaluatedProperties", rest, member);
    }
    notes.all_names = true;
    valid
}

fn one(run: &mut Run<'_>, here: Here<'_>, keyword: &'static str, rest: NodeId, value: &Value) -> bool {
    if run.node(rest).is_some_and(|node| node.is_false()) {
        return run.fail(here, keyword, || Kind::Unevaluated);
    }
    run.check(rest, value, here.at, None)
}
