//! Keywords that apply further subschemas to the same value: references, `allOf`, `not`, conditions.

use serde_json::Value;

use super::index::NodeId;
use super::run::{Here, Notes, NotesTo, Run};
use super::violation::Kind;

/// `$dynamicRef`: the outermost resource that was entered and has a dynamic anchor of that name.
pub(super) fn dynamic_target(run: &Run<'_>, to: NodeId, anchor: &str) -> NodeId {
    let mut scopes = run.entered.iter().filter_map(|resource| run.schema.resources.get(*resource));
    scopes.find_map(|scope| scope.dynamic.get(anchor)).copied().unwrap_or(to)
}

/// `$recursiveRef` of 2019-09: the outermost resource that was entered and has a recursive anchor, provided that the
/// resource the reference leads to has one.
pub(super) fn recursive_target(run: &Run<'_>, to: NodeId) -> NodeId {
    let scope = |resource: usize| run.schema.resources.get(resource);
    let recursive = run.node(to).and_then(|node| scope(node.resource)).is_some_and(|scope| scope.recursive);
    let mut scopes = run.entered.iter().filter_map(|resource| scope(*resource));
    let outermost = scopes.find(|scope| scope.recursive).filter(|_| recursive);
    outermost.map_or(to, |scope| scope.root)
}

/// `allOf`
#[inline(never)]
pub(super) fn all_of<'v>(
    run: &mut Run<'_>,
    here: Here<'_>,
    branches: &[NodeId],
    value: &'v Value,
    mut notes: NotesTo<'_, 'v>,
) -> bool {
    let mut valid = true;
    for branch in branches {
        valid &= run.check(*branch, value, here.at, notes.as_deref_mut());
        if !valid && !run.collecting {
            break;
        }
    }
    valid
}

/// `not`
#[inline(never)]
pub(super) fn not(run: &mut Run<'_>, here: Here<'_>, excluded: NodeId, value: &Value) -> bool {
    !run.is_valid(excluded, value, here.at, None) || run.fail(here, "not", || Kind::Not)
}

/// `if`, `then` and `else`
#[inline(never)]
pub(super) fn condition<'v>(
    run: &mut Run<'_>,
    here: Here<'_>,
    (condition, then, otherwise): (NodeId, Option<NodeId>, Option<NodeId>),
    value: &'v Value,
    mut notes: NotesTo<'_, 'v>,
) -> bool {
    let holds = holds(run, here, condition, value, notes.as_deref_mut());
    let follows = if holds { then } else { otherwise };
    follows.is_none_or(|node| run.check_because(node, value, here.at, notes))
}

/// Whether a subschema holds; what it notes only counts when it does.
#[inline(never)]
pub(super) fn holds<'v>(
    run: &mut Run<'_>,
    here: Here<'_>,
    node: NodeId,
    value: &'v Value,
    notes: NotesTo<'_, 'v>,
) -> bool {
    let Some(notes) = notes else { return run.is_valid(node, value, here.at, None) };
    let mut own = Notes::default();
    let holds = run.is_valid(node, value, here.at, Some(&mut own));
    if holds {
        notes.add(own);
    }
    holds
}

/// `dependentSchemas`, and `dependencies` with schemas
#[inline(never)]
pub(super) fn dependent_schemas<'v>(
    run: &mut Run<'_>,
    here: Here<'_>,
    members: &[(String, NodeId)],
    value: &'v Value,
    mut notes: NotesTo<'_, 'v>,
) -> bool {
    let Value::Object(map) = value else { return true };
    let mut valid = true;
    for (_, node) in members.iter().filter(|(name, _)| map.contains_key(name)) {
        valid &= run.check_because(*node, value, here.at, notes.as_deref_mut());
        if !valid && !run.collecting {
            break;
        }
    }
    valid
}
