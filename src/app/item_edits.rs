//! Items of lists: add, duplicate, remove, bring back, move.

use leptos::prelude::*;
use serde_json::Value;

use super::editor::Editor;
use crate::report::{Edit, NodeId, Report};

/// A repeat item that was removed and can be brought back.
#[derive(Clone, Debug, PartialEq)]
pub struct Removed {
    /// The repeat.
    pub list: NodeId,
    /// The id of the item.
    pub id: String,
    /// What the item was called.
    pub title: String,
    /// The edit that brings it back.
    pub back: Edit,
}

impl Editor {
    /// Adds an item at the end of a list; answers its place.
    pub fn add_item(&self, list: &NodeId) -> Option<NodeId> {
        self.insert(|report| report.new_item(list), list)
    }

    /// Adds an item with these values at the end of a list; answers its place.
    pub fn add_item_with(&self, list: &NodeId, value: Value) -> Option<NodeId> {
        self.insert(|report| report.item_with(list, value, None), list)
    }

    /// Duplicates an item right behind itself; answers the place of the copy.
    pub fn duplicate_item(&self, list: &NodeId, id: &str) -> Option<NodeId> {
        self.insert(|report| report.duplicate(list, id), list)
    }

    fn insert(&self, make: impl FnOnce(&mut Report) -> Option<(Edit, String)>, list: &NodeId) -> Option<NodeId> {
        let mut made = None;
        self.open.update_value(|open| made = make(&mut open.report));
        let (edit, id) = made?;
        let place = list.child(&id);
        self.unfolded.update(|unfolded| {
            unfolded.insert(place.clone());
        });
        self.apply(edit);
        self.look_over();
        Some(place)
    }

    /// Removes an item; it can be brought back.
    pub fn remove_item(&self, list: &NodeId, id: &str, title: String) {
        let Some((remove, back)) = self.with(|report| report.removal(list, id)) else { return };
        self.apply(remove);
        self.removed.update(|removed| {
            removed.retain(|other| other.list != *list);
            removed.push(Removed { list: list.clone(), id: id.to_owned(), title, back });
        });
        self.look_over();
    }

    /// Brings the item back that was removed last from a list; answers its place.
    pub fn bring_back(&self, list: &NodeId) -> Option<NodeId> {
        let mut found = None;
        self.removed.update(|removed| {
            let at = removed.iter().position(|other| other.list == *list);
            found = at.map(|at| removed.remove(at));
        });
        let back = found?.back;
        let Edit::Insert { id, .. } = &back else { return None };
        let place = list.child(id);
        // Undo may have brought it back already.
        if self.with(|report| report.value(&place).is_none()) {
            self.apply(back);
            self.look_over();
        }
        Some(place)
    }

    /// Moves an item by a number of places.
    pub fn move_item(&self, list: &NodeId, id: &str, by: isize) {
        let at = self.with(|report| report.items(list).iter().position(|other| other == id));
        if let Some(to) = at.and_then(|at| at.checked_add_signed(by)) {
            self.apply(Edit::Move { list: list.clone(), id: id.to_owned(), to });
        }
    }

    /// Opens an item in its list.
    pub fn unfold(&self, item: &NodeId) {
        if !self.unfolded.with_untracked(|unfolded| unfolded.contains(item)) {
            self.unfolded.update(|unfolded| {
                unfolded.insert(item.clone());
            });
        }
    }

    /// Why an item cannot be removed: other answers still name its number. `None` when none does.
    pub fn refusal(&self, list: &NodeId, id: &str) -> Option<String> {
        self.with(|report| {
            let (number, places) = report.uses(&list.child(id))?;
            let title = report.node(list).and_then(|node| node.hints.item_title.clone()).unwrap_or_default();
            let title: String =
                title.chars().take(1).flat_map(char::to_uppercase).chain(title.chars().skip(1)).collect();
            let places = if places == 1 { "1 place".to_owned() } else { format!("{places} places") };
            let is = if title == "Source" { "cited" } else { "named" };
            Some(format!("{title} {number} is {is} in {places}. Remove the references first."))
        })
    }
}
