//! The values an expression works with. What comes from the report is borrowed and read when it is needed.

use std::cmp::Ordering;
use std::rc::Rc;

use serde_json::{Map, Value};

use super::decimal::Number;
use super::place::PlaceId;
use crate::float;

/// A value, or the lack of one.
#[derive(Clone, Debug)]
pub(super) enum Val<'a> {
    Absent,
    Bool(bool),
    Number(Number<'a>),
    Text(Text<'a>),
    List(List<'a>),
    /// Objects are read and never made.
    Object(&'a Map<String, Value>, PlaceId),
}

/// A text that was read or one that was made.
#[derive(Clone, Debug)]
pub(super) enum Text<'a> {
    Read(&'a str),
    Made(Rc<str>),
}

/// A list that was read, whose items may be absent, or one that was made, whose items are not.
#[derive(Clone, Debug)]
pub(super) enum List<'a> {
    Read(&'a [Value], PlaceId),
    Made(Rc<Vec<Val<'a>>>),
}

impl<'a> Val<'a> {
    /// The number, or absent when it is not finite.
    pub(super) fn number(value: f64) -> Self {
        if value.is_finite() { Val::Number(Number { value, written: None }) } else { Val::Absent }
    }

    pub(super) fn text(text: String) -> Self {
        Val::Text(Text::Made(text.into()))
    }

    /// A made list; absent items are left out.
    pub(super) fn list(mut items: Vec<Val<'a>>) -> Self {
        items.retain(|item| !item.is_absent());
        Val::List(List::Made(Rc::new(items)))
    }

    /// A value of the report, of the constants or of another document, standing at this place.
    pub(super) fn read(json: &'a Value, place: PlaceId) -> Self {
        match json {
            Value::Null => Val::Absent,
            Value::Bool(value) => Val::Bool(*value),
            Value::Number(number) => match float::nearest(number.as_str()) {
                Some(value) => Val::Number(Number { value, written: Some(number.as_str()) }),
                None => Val::Absent,
            },
            Value::String(text) if text.trim_start().is_empty() => Val::Absent,
            Value::String(text) => Val::Text(Text::Read(text)),
            Value::Array(items) => Val::List(List::Read(items, place)),
            Value::Object(map) => Val::Object(map, place),
        }
    }

    pub(super) fn is_absent(&self) -> bool {
        matches!(self, Val::Absent)
    }

    pub(super) fn is_true(&self) -> bool {
        matches!(self, Val::Bool(true))
    }

    pub(super) fn as_number(&self) -> Option<f64> {
        match self {
            Val::Number(number) => Some(number.value),
            _ => None,
        }
    }

    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Val::Text(text) => Some(text.as_str()),
            _ => None,
        }
    }

    /// The number as a position or a count; `None` when it is not a whole number from 0 up.
    pub(super) fn as_position(&self) -> Option<usize> {
        let value = self.as_number().filter(|value| value.fract() == 0.0 && (0.0..=1e9).contains(value))?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number from 0 to 1e9")]
        Some(value as usize)
    }
}

impl Text<'_> {
    pub(super) fn as_str(&self) -> &str {
        match self {
            Text::Read(text) => text,
            Text::Made(text) => text,
        }
    }
}

impl List<'_> {
    pub(super) fn len(&self) -> usize {
        match self {
            List::Read(items, _) => items.len(),
            List::Made(items) => items.len(),
        }
    }
}

/// The positions of texts and numbers in ascending order, numbers first; other values last. Equal values stay in
/// their order.
///
/// A merge of growing runs. The sort of the standard library is faster and its code ten times as large, which every
/// reader of the page would have to load.
pub(super) fn ascending(items: &[Val<'_>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    let mut run = 1;
    while run < items.len() {
        let mut merged = Vec::with_capacity(order.len());
        for pair in order.chunks(run * 2) {
            let (mut left, mut right) = pair.split_at(run.min(pair.len()));
            loop {
                let from = match (left.first(), right.first()) {
                    (Some(a), Some(b)) if compare(items.get(*b), items.get(*a)).is_lt() => &mut right,
                    (Some(_), _) => &mut left,
                    (None, Some(_)) => &mut right,
                    (None, None) => break,
                };
                if let Some((first, rest)) = from.split_first() {
                    merged.push(*first);
                    *from = rest;
                }
            }
        }
        order = merged;
        run *= 2;
    }
    order
}

fn compare(a: Option<&Val<'_>>, b: Option<&Val<'_>>) -> Ordering {
    match (a, b) {
        (Some(Val::Number(a)), Some(Val::Number(b))) => a.value.partial_cmp(&b.value).unwrap_or(Ordering::Equal),
        (Some(Val::Text(a)), Some(Val::Text(b))) => a.as_str().cmp(b.as_str()),
        (a, b) => rank(a).cmp(&rank(b)),
    }
}

fn rank(item: Option<&Val<'_>>) -> u8 {
    match item {
        Some(Val::Number(_)) => 0,
        Some(Val::Text(_)) => 1,
        _ => 2,
    }
}
