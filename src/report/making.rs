//! New items and their identity: the edits that add, copy and remove items, and the ids of items that came with a file.

use std::sync::Arc;

use serde_json::Value;

use super::edit::Edit;
use super::items::Items;
use super::{NodeId, Report, given};
use crate::template::{NodeIndex, Shape};

impl Report {
    /// The edit that adds an item at the end of a repeat, with its number, its defaults, and its id.
    pub fn new_item(&mut self, list: &NodeId) -> Option<(Edit, String)> {
        let item = self.item_of(list)?;
        let value = given::fresh(self, list, item);
        Some(self.insertion(list, self.items(list).len(), value))
    }

    /// The edit that adds an item with these values behind the item `after` or at the end. Its number is new, and what
    /// it does not have begins with its default.
    pub fn item_with(&mut self, list: &NodeId, value: Value, after: Option<&str>) -> Option<(Edit, String)> {
        let item = self.item_of(list)?;
        let mut value = value;
        if let (Value::Object(map), Value::Object(fresh)) = (&mut value, given::fresh(self, list, item)) {
            for (key, begun) in fresh {
                if given::is_numbered(self.template(), item, &key) || !map.contains_key(&key) {
                    map.insert(key, begun);
                }
            }
        }
        let at = after.and_then(|id| self.content().items.position(list, id));
        let at = at.map_or(self.items(list).len(), |at| at + 1);
        Some(self.insertion(list, at, value))
    }

    /// The edit that duplicates an item right behind itself. The copy has a number of its own, and nothing else that the
    /// first one does not have.
    pub fn duplicate(&mut self, list: &NodeId, id: &str) -> Option<(Edit, String)> {
        let item = self.item_of(list)?;
        let mut value = self.value(&list.child(id)).cloned().unwrap_or(Value::Null);
        let at = self.content().items.position(list, id)?;
        given::renumber(self, list, item, &mut value);
        Some(self.insertion(list, at + 1, value))
    }

    /// The edits that remove an item and bring it back.
    pub fn removal(&self, list: &NodeId, id: &str) -> Option<(Edit, Edit)> {
        let at = self.content().items.position(list, id)?;
        let place = list.child(id);
        let value = self.value(&place).cloned().unwrap_or(Value::Null);
        let inside = self.content().items.branch(&place);
        let back = Edit::Insert { list: list.clone(), at, id: id.to_owned(), value, inside };
        Some((Edit::Remove { list: list.clone(), id: id.to_owned() }, back))
    }

    fn item_of(&self, list: &NodeId) -> Option<NodeIndex> {
        match self.node(list)?.shape {
            Shape::Repeat { item, .. } => Some(item),
            _ => None,
        }
    }

    fn insertion(&mut self, list: &NodeId, at: usize, value: Value) -> (Edit, String) {
        let id = self.content_mut().items.issue();
        let mut inside = Items::default();
        self.identify_inside(&list.child(&id), &value, &mut inside);
        let inside = inside.branch(&NodeId::root());
        (Edit::Insert { list: list.clone(), at, id: id.clone(), value, inside }, id)
    }

    /// Issues ids for every item that has none, and drops ids that no item has.
    pub(super) fn identify(&mut self) {
        let values = std::mem::take(&mut self.content_mut().values);
        let mut right = Items::default();
        self.identify_inside(&NodeId::root(), &values, &mut right);
        let content = self.content_mut();
        content.values = values;
        if content.items.lists().ne(right.lists()) {
            content.items.prune(&NodeId::root());
            content.items.graft(right.branch(&NodeId::root()));
        }
        given::recall_numbers(self);
    }

    fn identify_inside(&mut self, at: &NodeId, value: &Value, found: &mut Items) {
        let Some(node) = self.index(at) else { return };
        let template = Arc::clone(self.template());
        match (&template.layout().node(node).shape, value) {
            (Shape::Group { children }, Value::Object(map)) => {
                for child in children {
                    let key = &template.layout().node(*child).key;
                    if let Some(part) = map.get(key) {
                        self.identify_inside(&at.child(key), part, found);
                    }
                }
            }
            (Shape::Repeat { .. }, Value::Array(items)) => {
                for (position, item) in items.iter().enumerate() {
                    let known = self.items(at).get(position).cloned();
                    // Two items of one list never share an id.
                    let known = known.filter(|known| found.position(at, known).is_none());
                    let id = known.unwrap_or_else(|| self.content_mut().items.issue());
                    found.insert(at, position, id.clone());
                    self.identify_inside(&at.child(&id), item, found);
                }
            }
            _ => {}
        }
    }
}
