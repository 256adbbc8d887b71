//! Where a field stands in one report, by the identity of items rather than their position, so that moving or removing
//! an item changes the name of nothing else. Printed, it is also the element id of the control, after the letter `f`.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use crate::template::pointer::escape;

/// A way from the root of the values; where a pointer has an index, it has the id of the item.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(Arc<str>);

impl NodeId {
    /// The whole report.
    pub fn root() -> Self {
        Self("".into())
    }

    /// Takes a printed id. Whether anything stands there is known only to a report.
    pub fn from_text(text: &str) -> Self {
        Self(text.into())
    }

    /// The printed id, in the form of a JSON Pointer.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// One step further, to a property or an item.
    #[must_use]
    pub fn child(&self, token: &str) -> Self {
        Self(format!("{}/{}", self.0, escape(token)).into())
    }

    /// The tokens, decoded.
    pub fn tokens(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.0.split('/').skip(1).map(decoded)
    }

    /// The tokens, each with the printed id of the place that holds it.
    pub(super) fn steps(&self) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        let slashes = self.0.match_indices('/').map(|(at, _)| at);
        slashes.filter_map(|at| {
            let (holder, rest) = self.0.split_at_checked(at)?;
            Some((holder, decoded(rest.get(1..)?.split('/').next()?)))
        })
    }

    /// The place that holds this one; `None` for the report.
    pub fn parent(&self) -> Option<Self> {
        let (before, _) = self.0.rsplit_once('/')?;
        Some(Self(before.into()))
    }

    /// The last token, decoded.
    pub fn last(&self) -> Option<String> {
        let (_, last) = self.0.rsplit_once('/')?;
        Some(decoded(last).into_owned())
    }

    /// Whether `other` is this place or lies inside it.
    pub fn contains(&self, other: &Self) -> bool {
        match other.0.strip_prefix(&*self.0) {
            Some(rest) => rest.is_empty() || rest.starts_with('/'),
            None => false,
        }
    }
}

fn decoded(token: &str) -> Cow<'_, str> {
    match token.contains('~') {
        true => token.replace("~1", "/").replace("~0", "~").into(),
        false => token.into(),
    }
}

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
