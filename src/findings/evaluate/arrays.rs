//! Keywords on lists.

use serde_json::Value;

use super::equality::key;
use super::index::NodeId;
use super::run::{Here, NotesTo, Run};
use super::schema::Contains;
use super::violation::Kind;
use crate::sorting::sort;

/// `prefixItems` and `items`; before 2020-12 `items` and `additionalItems`
#[inline(never)]
pub(super) fn items<'v>(
    run: &mut Run<'_>,
    here: Here<'_>,
    (first, rest, keyword): (&[NodeId], Option<NodeId>, &'static str),
    value: &'v Value,
    notes: NotesTo<'_, 'v>,
) -> bool {
    let Value::Array(items) = value else { return true };
    let never = rest.and_then(|rest| run.node(rest)).is_some_and(|node| node.is_false());
    let mut valid = true;
    for (index, item) in items.iter().enumerate() {
        let at = here.at.index(index);
        valid &= match (first.get(index), rest) {
            (Some(node), _) => run.check(*node, item, &at, None),
            (None, Some(_)) if never => run.fail(Here { at: &at, ..here }, keyword, || Kind::AdditionalItem { index }),
            (None, Some(node)) => run.check(node, item, &at, None),
            (None, None) => break,
        };
        if !valid && (!run.collecting || run.given_up.is_some()) {
            break;
        }
    }
    if let Some(notes) = notes {
        notes.all_items |= rest.is_some();
        notes.items_before = notes.items_before.max(first.len());
    }
    valid
}

/// `contains`, `minContains` and `maxContains`
#[inline(never)]
pub(super) fn contains<'v>(
    run: &mut Run<'_>,
    here: Here<'_>,
    contains: &Contains,
    value: &'v Value,
    mut notes: NotesTo<'_, 'v>,
) -> bool {
    let Value::Array(items) = value else { return true };
    let mut got = 0;
    for (index, item) in items.iter().enumerate() {
        if run.is_valid(contains.node, item, &here.at.index(index), None) {
            got += 1;
            if let Some(notes) = notes.as_deref_mut().filter(|_| contains.notes) {
                notes.items.insert(index);
            }
        }
    }
    let (least, most) = (contains.least, contains.most);
    if got < least {
        let keyword = if least == 1 { "contains" } else { "minContains" };
        return run.fail(here, keyword, || Kind::Contains { got, least, most });
    }
    most.is_none_or(|most| got <= most) || run.fail(here, "maxContains", || Kind::Contains { got, least, most })
}

/// `uniqueItems`
#[inline(never)]
pub(super) fn unique(run: &mut Run<'_>, here: Here<'_>, value: &Value) -> bool {
    let Value::Array(items) = value else { return true };
    let mut keys: Vec<(String, usize)> = items.iter().enumerate().map(|(index, item)| (key(item), index)).collect();
    sort(&mut keys);
    let equal = keys.windows(2).filter_map(|pair| match pair {
        [(one, first), (other, second)] if one == other => Some((*second, *first)),
        _ => None,
    });
    match equal.min() {
        None => true,
        Some((second, first)) => run.fail(here, "uniqueItems", || Kind::NotUnique { first, second }),
    }
}
