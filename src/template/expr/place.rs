//! Places of values while an expression runs. A place is one number in a list of steps, so that reading a property
//! allocates nothing of its own.

use std::borrow::Cow;

use crate::template::Pointer;

/// A place in the list of steps of one evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PlaceId(pub(super) u32);

impl PlaceId {
    /// The place of what does not stand in the report: constants, the entry examined, the reports kept.
    pub(super) const OUTSIDE: Self = Self(u32::MAX);
}

/// How a place is reached.
#[derive(Debug)]
pub(super) enum Way<'a> {
    /// From the root, by these tokens.
    Tokens(&'a [String]),
    /// From the root, by this pointer.
    Pointer(Pointer),
    Key(PlaceId, &'a str),
    Index(PlaceId, usize),
}

/// A place in the report, as [`Answers::counts`](super::Answers::counts) is asked about it.
#[derive(Clone, Copy, Debug)]
pub struct Place<'p> {
    ways: &'p [Way<'p>],
    last: Last<'p>,
}

#[derive(Clone, Copy, Debug)]
enum Last<'p> {
    Tokens(&'p [String]),
    Key(PlaceId, &'p str),
    Index(PlaceId, usize),
}

impl<'p> Place<'p> {
    /// The place of a pointer.
    pub fn of(pointer: &'p Pointer) -> Self {
        Self { ways: &[], last: Last::Tokens(pointer.tokens()) }
    }

    pub(super) fn of_tokens(tokens: &'p [String]) -> Self {
        Self { ways: &[], last: Last::Tokens(tokens) }
    }

    pub(super) fn key(ways: &'p [Way<'p>], before: PlaceId, key: &'p str) -> Self {
        Self { ways, last: Last::Key(before, key) }
    }

    pub(super) fn index(ways: &'p [Way<'p>], before: PlaceId, index: usize) -> Self {
        Self { ways, last: Last::Index(before, index) }
    }

    /// The tokens from the root. Allocates; ask [`Place::is`] where a comparison will do.
    pub fn tokens(&self) -> Vec<Cow<'p, str>> {
        let mut tokens = Vec::with_capacity(8);
        self.backwards(&mut |token| {
            tokens.push(token);
            true
        });
        tokens.reverse();
        tokens
    }

    /// The property name at its end; `None` for an item.
    pub fn last_key(&self) -> Option<&'p str> {
        match self.last {
            Last::Key(_, key) => Some(key),
            Last::Index(..) => None,
            Last::Tokens(tokens) => {
                let last = tokens.last()?.as_str();
                crate::template::pointer::index(last).is_none().then_some(last)
            }
        }
    }

    /// The place as a pointer of its own.
    pub fn to_pointer(&self) -> Pointer {
        self.tokens().into_iter().collect()
    }

    /// Whether it is the place of this pointer. Compares from the last token, so that most places differ at once.
    pub fn is(&self, pointer: &Pointer) -> bool {
        let mut expected = pointer.tokens().iter().rev();
        let same = self.backwards(&mut |token| expected.next().is_some_and(|other| *other == *token));
        same && expected.next().is_none()
    }

    /// Shows the tokens from the last to the first, for as long as `visit` wants more; whether it wanted all.
    fn backwards(&self, visit: &mut dyn FnMut(Cow<'p, str>) -> bool) -> bool {
        let mut before = match self.last {
            Last::Tokens(tokens) => return all_back(tokens, visit),
            Last::Key(before, key) => visit(Cow::Borrowed(key)).then_some(before),
            Last::Index(before, index) => visit(Cow::Owned(index.to_string())).then_some(before),
        };
        while let Some(PlaceId(at)) = before {
            before = match self.ways.get(at as usize) {
                None => return true,
                Some(Way::Tokens(tokens)) => return all_back(tokens, visit),
                Some(Way::Pointer(pointer)) => return all_back(pointer.tokens(), visit),
                Some(Way::Key(before, key)) => visit(Cow::Borrowed(key)).then_some(*before),
                Some(Way::Index(before, index)) => visit(Cow::Owned(index.to_string())).then_some(*before),
            };
        }
        false
    }
}

fn all_back<'p>(tokens: &'p [String], visit: &mut dyn FnMut(Cow<'p, str>) -> bool) -> bool {
    tokens.iter().rev().all(|token| visit(Cow::Borrowed(token)))
}
