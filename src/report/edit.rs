//! One change to the values. Every edit has an inverse that puts everything back, item ids included.

use serde_json::{Map, Value};

use super::NodeId;
use super::items::{Branch, Items};
use crate::template::{Layout, NodeIndex, Pointer, Shape, pointer::index};

/// A change to a report.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Gives a field a value; `None` takes the answer away.
    Set {
        /// The field.
        at: NodeId,
        /// The value.
        value: Option<Value>,
    },
    /// Puts an item into a repeat.
    Insert {
        /// The repeat.
        list: NodeId,
        /// The position; past the end is the end.
        at: usize,
        /// The id of the item.
        id: String,
        /// The item.
        value: Value,
        /// The ids inside the item.
        inside: Branch,
    },
    /// Takes an item out.
    Remove {
        /// The repeat.
        list: NodeId,
        /// The id of the item.
        id: String,
    },
    /// Moves an item to another position.
    Move {
        /// The repeat.
        list: NodeId,
        /// The id of the item.
        id: String,
        /// The position it has afterwards.
        to: usize,
    },
    /// Puts back a group or list without answers that came so with a file, or takes it away again. Part of inverses.
    Hollow {
        /// The group, list or item.
        at: NodeId,
        /// What stood there: `{}`, `[]` or `null`.
        value: Option<Value>,
    },
    /// Several edits that are one for the person.
    Together(Vec<Edit>),
}

impl Edit {
    /// Edits in this order as one.
    pub fn together(mut edits: Vec<Self>) -> Self {
        match (edits.len(), edits.pop()) {
            (1, Some(only)) => only,
            (_, last) => Self::Together(edits.into_iter().chain(last).collect()),
        }
    }
}

/// An edit that does not fit the report: its field or item is not there. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misplaced;

/// Values and item ids, which only edits change.
pub struct Body<'a> {
    /// The answers.
    pub values: &'a mut Value,
    /// The ids of items.
    pub items: &'a mut Items,
    /// What the template knows of places.
    pub layout: &'a Layout,
}

impl Body<'_> {
    /// Carries out an edit. Answers the edit that undoes it and adds the places that changed.
    ///
    /// # Errors
    /// [`Misplaced`] when the field or item is not there; nothing is changed then.
    pub fn perform(&mut self, edit: Edit, changed: &mut Vec<NodeId>) -> Result<Edit, Misplaced> {
        match edit {
            Edit::Set { at, value } => self.set(at, value, changed),
            Edit::Insert { list, at, id, value, inside } => self.insert(list, at, id, value, inside, changed),
            Edit::Remove { list, id } => self.remove(list, id, changed),
            Edit::Move { list, id, to } => self.shift(list, id, to, changed),
            Edit::Hollow { at, value } => self.hollow(at, value, changed),
            Edit::Together(edits) => self.together(edits, changed),
        }
    }

    fn together(&mut self, edits: Vec<Edit>, changed: &mut Vec<NodeId>) -> Result<Edit, Misplaced> {
        let known = changed.len();
        let mut inverses = Vec::with_capacity(edits.len());
        for edit in edits {
            match self.perform(edit, changed) {
                Ok(inverse) => inverses.push(inverse),
                Err(error) => {
                    // All or nothing: what was done already is taken back.
                    for inverse in inverses.into_iter().rev() {
                        self.perform(inverse, changed)?;
                    }
                    changed.truncate(known);
                    return Err(error);
                }
            }
        }
        inverses.reverse();
        Ok(Edit::together(inverses))
    }

    fn set(&mut self, at: NodeId, value: Option<Value>, changed: &mut Vec<NodeId>) -> Result<Edit, Misplaced> {
        if !matches!(self.shape(&at), Some(Shape::Field(_))) {
            return Err(Misplaced);
        }
        let pointer = pointer(self.items, self.layout, &at).ok_or(Misplaced)?;
        let Some(value) = value else {
            let before = take(self.values, &pointer, self.is_item(&at));
            changed.push(at.clone());
            if before.is_some() {
                self.prune_upwards(&at, changed);
            }
            return Ok(Edit::Set { at, value: before });
        };
        let unmade = self.unmade(&at);
        let before = put(self.values, pointer.tokens(), value)?;
        changed.push(at.clone());
        Ok(made(Edit::Set { at, value: before }, unmade, changed))
    }

    fn insert(
        &mut self,
        list: NodeId,
        at: usize,
        id: String,
        value: Value,
        inside: Branch,
        changed: &mut Vec<NodeId>,
    ) -> Result<Edit, Misplaced> {
        let pointer = self.list(&list)?;
        if self.items.position(&list, &id).is_some() {
            return Err(Misplaced);
        }
        let unmade = self.unmade(&list.child(&id));
        let array = array_at(self.values, pointer.tokens())?;
        array.insert(at.min(array.len()), value);
        self.items.insert(&list, at, id.clone());
        self.items.graft(inside);
        changed.push(list.clone());
        Ok(made(Edit::Remove { list, id }, unmade, changed))
    }

    fn remove(&mut self, list: NodeId, id: String, changed: &mut Vec<NodeId>) -> Result<Edit, Misplaced> {
        let (pointer, at) = (self.list(&list)?, self.items.position(&list, &id).ok_or(Misplaced)?);
        let array = items_at(self.values, &pointer).filter(|array| at < array.len()).ok_or(Misplaced)?;
        let value = array.remove(at);
        let emptied = array.is_empty();
        let inside = self.items.remove(&list, &id);
        changed.push(list.clone());
        if emptied {
            // A list emptied is absent, like one never begun.
            take(self.values, &pointer, false);
            self.prune_upwards(&list, changed);
        }
        Ok(Edit::Insert { list, at, id, value, inside })
    }

    fn shift(&mut self, list: NodeId, id: String, to: usize, changed: &mut Vec<NodeId>) -> Result<Edit, Misplaced> {
        let (pointer, from) = (self.list(&list)?, self.items.position(&list, &id).ok_or(Misplaced)?);
        let array = items_at(self.values, &pointer).filter(|array| from < array.len()).ok_or(Misplaced)?;
        let value = array.remove(from);
        array.insert(to.min(array.len()), value);
        self.items.shift(&list, &id, to);
        changed.push(list.clone());
        Ok(Edit::Move { list, id, to: from })
    }

    fn hollow(&mut self, at: NodeId, value: Option<Value>, changed: &mut Vec<NodeId>) -> Result<Edit, Misplaced> {
        let pointer = pointer(self.items, self.layout, &at).ok_or(Misplaced)?;
        // What the application has filled in meanwhile stays.
        if pointer.get(self.values).is_some_and(|now| !is_hollow(now)) {
            return Ok(Edit::Together(Vec::new()));
        }
        let before = match value {
            Some(value) => put(self.values, pointer.tokens(), value)?,
            None => {
                let before = take(self.values, &pointer, self.is_item(&at));
                self.prune_upwards(&at, changed);
                before
            }
        };
        changed.push(at.clone());
        Ok(Edit::Hollow { at, value: before })
    }

    fn shape(&self, id: &NodeId) -> Option<&Shape> {
        Some(&self.layout.node(node_of(self.layout, id)?).shape)
    }

    /// Where a repeat stands.
    fn list(&self, id: &NodeId) -> Result<Pointer, Misplaced> {
        let repeat = matches!(self.shape(id), Some(Shape::Repeat { .. }));
        pointer(self.items, self.layout, id).filter(|_| repeat).ok_or(Misplaced)
    }

    fn is_item(&self, id: &NodeId) -> bool {
        id.parent().is_some_and(|holder| matches!(self.shape(&holder), Some(Shape::Repeat { .. })))
    }

    /// The outermost holder that an answer at `id` would make, and what stands there now: nothing, or something without
    /// answers that came with a file.
    fn unmade(&self, id: &NodeId) -> Option<(NodeId, Option<Value>)> {
        let holders = id.steps().skip(1).map(|(holder, _)| NodeId::from_text(holder));
        holders.into_iter().find_map(|holder| {
            let value = pointer(self.items, self.layout, &holder)?.get(self.values);
            match value {
                Some(Value::Object(map)) => {
                    (map.is_empty() && !self.is_item(&holder)).then(|| (holder, value.cloned()))
                }
                Some(Value::Array(items)) => items.is_empty().then(|| (holder, value.cloned())),
                None | Some(Value::Null) => Some((holder, value.cloned())),
                Some(_) => None,
            }
        })
    }

    /// Objects that hold no answer any more are absent again; items and the report itself stay.
    fn prune_upwards(&mut self, from: &NodeId, changed: &mut Vec<NodeId>) {
        let mut next = from.parent();
        while let Some(holder) = next.filter(|holder| holder.text() != "" && !self.is_item(holder)) {
            let Some(pointer) = pointer(self.items, self.layout, &holder) else { return };
            if pointer.get(self.values).and_then(Value::as_object).is_none_or(|map| !map.is_empty()) {
                return;
            }
            take(self.values, &pointer, false);
            changed.push(holder.clone());
            next = holder.parent();
        }
    }
}

/// Whether nothing is answered here and nothing can be answered inside.
fn is_hollow(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Object(map) => map.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

/// The inverse of an edit that made its holders: they are changed too, and are put back as they were.
fn made(inverse: Edit, unmade: Option<(NodeId, Option<Value>)>, changed: &mut Vec<NodeId>) -> Edit {
    let Some((holder, before)) = unmade else { return inverse };
    changed.push(holder.clone());
    match before {
        Some(before) => Edit::Together(vec![inverse, Edit::Hollow { at: holder, value: Some(before) }]),
        None => inverse,
    }
}

/// Where a node id points to at this moment. `None` when an item of it is not there or the template knows no such place.
pub fn pointer(items: &Items, layout: &Layout, id: &NodeId) -> Option<Pointer> {
    let mut node = layout.root();
    let mut tokens = Vec::new();
    for (holder, token) in id.steps() {
        tokens.push(match layout.node(node).is_repeat() {
            true => items.at(holder).iter().position(|item| *item == token)?.to_string(),
            false => token.to_string(),
        });
        node = layout.child(node, &token)?;
    }
    Some(tokens.into_iter().collect())
}

/// The node of the template that a node id belongs to.
pub fn node_of(layout: &Layout, id: &NodeId) -> Option<NodeIndex> {
    id.tokens().try_fold(layout.root(), |node, token| layout.child(node, &token))
}

fn put(root: &mut Value, tokens: &[String], value: Value) -> Result<Option<Value>, Misplaced> {
    let Some((last, holders)) = tokens.split_last() else { return Err(Misplaced) };
    match hold(root, holders)? {
        Value::Object(map) => Ok(map.insert(last.clone(), value)),
        Value::Array(items) => {
            let slot = index(last).and_then(|at| items.get_mut(at)).ok_or(Misplaced)?;
            Ok(Some(std::mem::replace(slot, value)).filter(|before| !before.is_null()))
        }
        _ => Err(Misplaced),
    }
}

/// The holder at the end of the way; missing objects are made, anything else in the way is left as it is.
fn hold<'a>(root: &'a mut Value, tokens: &[String]) -> Result<&'a mut Value, Misplaced> {
    let mut at = root;
    for token in tokens {
        at = match at {
            Value::Object(map) => map.entry(token.clone()).or_insert_with(|| Value::Object(Map::new())),
            Value::Array(items) => index(token).and_then(|at| items.get_mut(at)).ok_or(Misplaced)?,
            _ => return Err(Misplaced),
        };
        if at.is_null() {
            *at = Value::Object(Map::new());
        }
    }
    Ok(at)
}

/// The items of a list, which is made when it is not there.
fn array_at<'a>(root: &'a mut Value, tokens: &[String]) -> Result<&'a mut Vec<Value>, Misplaced> {
    let Some((last, holders)) = tokens.split_last() else { return Err(Misplaced) };
    let slot = match hold(root, holders)? {
        Value::Object(map) => map.entry(last.clone()).or_insert(Value::Null),
        Value::Array(items) => index(last).and_then(|at| items.get_mut(at)).ok_or(Misplaced)?,
        _ => return Err(Misplaced),
    };
    if slot.is_null() {
        *slot = Value::Array(Vec::new());
    }
    slot.as_array_mut().ok_or(Misplaced)
}

/// What stands at a place, to be changed.
fn place_in<'a>(root: &'a mut Value, at: &Pointer) -> Option<&'a mut Value> {
    at.tokens().iter().try_fold(root, |holder, token| match holder {
        Value::Object(map) => map.get_mut(token),
        Value::Array(items) => items.get_mut(index(token)?),
        _ => None,
    })
}

/// The items of a list that is there.
fn items_at<'a>(root: &'a mut Value, at: &Pointer) -> Option<&'a mut Vec<Value>> {
    place_in(root, at)?.as_array_mut()
}

/// Takes an answer away. A list keeps the place of its item, as `null`.
fn take(root: &mut Value, at: &Pointer, item: bool) -> Option<Value> {
    let (last, parent) = (at.last()?, at.parent()?);
    match place_in(root, &parent)? {
        Value::Object(map) => map.shift_remove(last),
        Value::Array(items) if item => {
            let slot = items.get_mut(index(last)?)?;
            Some(std::mem::take(slot)).filter(|before| !before.is_null())
        }
        _ => None,
    }
}
