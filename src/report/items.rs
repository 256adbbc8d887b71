//! The identity of items: for every repeat in a report, the ids of its items in their order.
//!
//! Ids are kept beside the values and never exported. They are issued here only, so that none is given twice.

use std::collections::BTreeMap;
use std::ops::Bound;

use serde_json::{Map, Value};

use super::NodeId;

/// The ids under one repeat and everything inside it, for taking an item out and putting it back.
pub type Branch = BTreeMap<String, Vec<String>>;

/// The item ids of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Items {
    lists: BTreeMap<String, Vec<String>>,
    issued: u64,
}

impl Items {
    /// The ids of the items of a repeat, in order.
    pub fn of(&self, list: &NodeId) -> &[String] {
        self.at(list.text())
    }

    /// The ids of the items of a repeat by its printed id.
    pub(super) fn at(&self, list: &str) -> &[String] {
        self.lists.get(list).map_or(&[], Vec::as_slice)
    }

    /// The position of an item.
    pub fn position(&self, list: &NodeId, id: &str) -> Option<usize> {
        self.of(list).iter().position(|other| other == id)
    }

    /// A fresh id.
    pub fn issue(&mut self) -> String {
        self.issued += 1;
        format!("i{}", self.issued)
    }

    /// Puts an item into a repeat; a position past the end is the end.
    pub fn insert(&mut self, list: &NodeId, at: usize, id: String) {
        let ids = self.lists.entry(list.text().to_owned()).or_default();
        ids.insert(at.min(ids.len()), id);
    }

    /// Takes an item out and everything inside it; the answer puts the inside back with [`Items::graft`].
    pub fn remove(&mut self, list: &NodeId, id: &str) -> Branch {
        if let Some(ids) = self.lists.get_mut(list.text()) {
            ids.retain(|other| other != id);
            if ids.is_empty() {
                self.lists.remove(list.text());
            }
        }
        self.prune(&list.child(id))
    }

    /// Takes out the ids of everything inside a place.
    pub fn prune(&mut self, place: &NodeId) -> Branch {
        let keys: Vec<String> = self.inside(place).map(|(key, _)| key.clone()).collect();
        let mut branch = Branch::new();
        branch.extend(keys.into_iter().filter_map(|key| self.lists.remove_entry(&key)));
        branch
    }

    /// The ids of everything inside a place, as [`Items::prune`] would take them out.
    pub fn branch(&self, place: &NodeId) -> Branch {
        let mut branch = Branch::new();
        branch.extend(self.inside(place).map(|(key, ids)| (key.clone(), ids.clone())));
        branch
    }

    fn inside(&self, place: &NodeId) -> impl Iterator<Item = (&String, &Vec<String>)> {
        let start = place.text();
        let from = self.lists.range::<str, _>((Bound::Included(start), Bound::Unbounded));
        let begun = from.take_while(move |(key, _)| key.starts_with(start));
        // `/a/i1` is the beginning of `/a/i10` as well.
        begun
            .filter(move |(key, _)| key.get(start.len()..).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
    }

    /// Puts back what [`Items::remove`] or [`Items::prune`] took out.
    pub fn graft(&mut self, branch: Branch) {
        self.lists.extend(branch);
    }

    /// Moves an item to another position of its repeat. Answers where it was.
    pub fn shift(&mut self, list: &NodeId, id: &str, to: usize) -> Option<usize> {
        let from = self.position(list, id)?;
        let ids = self.lists.get_mut(list.text())?;
        let id = ids.remove(from);
        ids.insert(to.min(ids.len()), id);
        Some(from)
    }

    /// Every repeat that has items.
    pub fn lists(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.lists.iter().map(|(list, ids)| (list.as_str(), ids.as_slice()))
    }

    /// The ids as JSON.
    pub fn to_json(&self) -> Value {
        let ids = |ids: &Vec<String>| Value::Array(ids.iter().cloned().map(Value::String).collect());
        let lists: Map<String, Value> = self.lists.iter().map(|(list, all)| (list.clone(), ids(all))).collect();
        let mut map = Map::new();
        map.insert("lists".into(), Value::Object(lists));
        map.insert("issued".into(), self.issued.into());
        Value::Object(map)
    }

    /// Reads what [`Items::to_json`] wrote; `None` when anything is missing or of another kind.
    pub fn from_json(json: &Value) -> Option<Self> {
        let ids = |value: &Value| {
            value.as_array()?.iter().map(|id| id.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()
        };
        let mut lists = BTreeMap::new();
        for (list, all) in json.get("lists")?.as_object()? {
            lists.insert(list.clone(), ids(all)?);
        }
        // An id is never issued twice, whatever the count says.
        let highest = lists.values().flatten().filter_map(|id| id.strip_prefix('i')?.parse::<u64>().ok()).max();
        let issued = json.get("issued")?.as_u64()?.max(highest.unwrap_or(0));
        Some(Self { lists, issued })
    }
}
