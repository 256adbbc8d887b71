//! What a rule is for: the `for` of a rule, and the places of a report that it selects.

use std::borrow::Cow;

use serde_json::Value;

use super::seen::{Seen, is_present};
use crate::template::Pointer;
use crate::template::expr::Answers;

/// The values that a rule looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Selection {
    /// Every value with a type mark: `@statement`.
    Marked(String),
    /// The values at the end of a way from the root: `measures[].history[]`. Without a step it is the report.
    Way(Vec<Step>),
}

/// One step of a way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// To a property.
    Property(String),
    /// To each item of a list.
    Each,
}

impl Selection {
    /// Reads a selection; `None` when it does not follow the form.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if let Some(mark) = text.strip_prefix('@') {
            return (!mark.is_empty()).then(|| Self::Marked(mark.to_owned()));
        }
        let mut way = Vec::new();
        for part in text.split('.').filter(|_| !text.is_empty()) {
            let name = part.trim_end_matches("[]");
            if name.is_empty() || name.contains(['[', ']', '@']) {
                return None;
            }
            way.push(Step::Property(name.to_owned()));
            way.extend((0..(part.len() - name.len()) / 2).map(|_| Step::Each));
        }
        Some(Self::Way(way))
    }

    /// The places whose values are present, in document order.
    pub(super) fn places<'s>(&self, seen: &'s Seen<'_>) -> Cow<'s, [Pointer]> {
        match self {
            Self::Marked(mark) => seen.marked(mark),
            Self::Way(way) => {
                let mut found = Vec::new();
                follow(way, seen.root(), &mut Vec::new(), &mut found);
                Cow::Owned(found)
            }
        }
    }
}

fn follow(way: &[Step], value: &Value, at: &mut Vec<String>, found: &mut Vec<Pointer>) {
    let Some((step, rest)) = way.split_first() else {
        if is_present(value) {
            found.push(at.iter().collect());
        }
        return;
    };
    let mut go = |token: String, value: &Value| {
        at.push(token);
        follow(rest, value, at, found);
        at.pop();
    };
    match (step, value) {
        (Step::Property(name), Value::Object(map)) => map.get(name).into_iter().for_each(|part| go(name.clone(), part)),
        (Step::Each, Value::Array(items)) => {
            items.iter().enumerate().for_each(|(position, item)| go(position.to_string(), item));
        }
        _ => {}
    }
}
