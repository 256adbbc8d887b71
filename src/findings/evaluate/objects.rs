//! Keywords on objects.

use serde_json::{Map, Value};

use super::index::NodeId;
use super::run::{At, Here, NotesTo, Run};
use super::schema::Properties;
use super::violation::{Kind, Obstacle};

/// `required`
#[inline(never)]
pub(super) fn required(run: &mut Run<'_>, here: Here<'_>, names: &[String], value: &Value) -> bool {
    let Value::Object(map) = value else { return true };
    all_there(run, here, "required", names, map)
}

/// `dependentRequired`, and `dependencies` with lists of names
#[inline(never)]
pub(super) fn dependent_required(
    run: &mut Run<'_>,
    here: Here<'_>,
    keyword: &'static str,
    lists: &[(String, Vec<String>)],
    value: &Value,
) -> bool {
    let Value::Object(map) = value else { return true };
    let conditional = std::mem::replace(&mut run.conditional, true);
    let mut valid = true;
    for (_, names) in lists.iter().filter(|(name, _)| map.contains_key(name)) {
        valid &= all_there(run, here, keyword, names, map);
    }
    run.conditional = conditional;
    valid
}

fn all_there(
    run: &mut Run<'_>,
    here: Here<'_>,
    keyword: &'static str,
    names: &[String],
    map: &Map<String, Value>,
) -> bool {
    let mut valid = true;
    for name in names.iter().filter(|name| !map.contains_key(*name)) {
        let conditional = run.conditional;
        valid = run.fail(here, keyword, || Kind::Required { property: name.clone(), conditional });
    }
    valid
}

/// `properties`, `patternProperties` and `additionalProperties`. Named properties come in the order of the schema.
#[inline(never)]
pub(super) fn properties<'v>(
    run: &mut Run<'_>,
    here: Here<'_>,
    properties: &Properties,
    value: &'v Value,
    mut notes: NotesTo<'_, 'v>,
) -> bool {
    let Value::Object(map) = value else { return true };
    let mut valid = true;
    for (name, node) in &properties.named {
        if let Some((name, member)) = map.get_key_value(name) {
            valid &= run.check(*node, member, &here.at.name(name), None);
            if let Some(notes) = notes.as_deref_mut() {
                notes.names.insert(name);
            }
            if stop(run, valid) {
                return false;
            }
        }
    }
    if properties.patterns.is_empty() && properties.rest.is_none() {
        return valid;
    }
    for (name, member) in map {
        let at = here.at.name(name);
        let (fits, matched) = patterned(run, Here { at: &at, ..here }, properties, name, member);
        valid &= fits;
        if let Some(notes) = notes.as_deref_mut().filter(|_| matched) {
            notes.names.insert(name);
        }
        if !matched && properties.sorted.binary_search(name).is_err() {
            valid &= additional(run, here, &at, properties.rest, name, member);
        }
        if stop(run, valid) {
            return false;
        }
    }
    if let Some(notes) = notes {
        notes.all_names |= properties.rest.is_some();
    }
    valid
}

fn stop(run: &Run<'_>, valid: bool) -> bool {
    !valid && (!run.collecting || run.given_up.is_some())
}

/// `patternProperties`: whether the value fits all patterns that its name matches, and whether there was one.
#[inline(never)]
fn patterned(run: &mut Run<'_>, here: Here<'_>, properties: &Properties, name: &str, value: &Value) -> (bool, bool) {
    let (mut fits, mut matched) = (true, false);
    for (pattern, node) in &properties.patterns {
        match run.patterns.matches(pattern, name) {
            Some(true) => {
                matched = true;
                fits &= run.check(*node, value, here.at, None);
            }
            Some(false) => {}
            None => fits = run.fail(here, "patternProperties", || Kind::Unchecked(Obstacle::Pattern)),
        }
    }
    (fits, matched)
}

#[inline(never)]
fn additional(run: &mut Run<'_>, here: Here<'_>, at: &At<'_>, rest: Option<NodeId>, name: &str, value: &Value) -> bool {
    let Some(rest) = rest else { return true };
    if run.node(rest).is_some_and(|node| node.is_false()) {
        let property = || name.to_owned();
        return run
            .fail(Here { at, ..here }, "additionalProperties", || Kind::AdditionalProperty { property: property() });
    }
    run.check(rest, value, at, None)
}

/// `propertyNames`
#[inline(never)]
pub(super) fn names(run: &mut Run<'_>, here: Here<'_>, names: NodeId, value: &Value) -> bool {
    let Value::Object(map) = value else { return true };
    let mut valid = true;
    for name in map.keys() {
        let at = here.at.name(name);
        if !run.is_valid(names, &Value::String(name.clone()), &at, None) {
            valid =
                run.fail(Here { at: &at, ..here }, "propertyNames", || Kind::PropertyName { property: name.clone() });
        }
        if stop(run, valid) {
            break;
        }
    }
    valid
}
