//! One evaluation: its steps, its variables, the values it reads. What the parts of an expression mean stands in
//! `eval.rs`, what the functions do in `functions.rs`.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::ast::{Node, Reserved};
use super::place::{Place, PlaceId, Way};
use super::value::{List, Text, Val};
use super::{Answers, Scope};
use crate::template::Pointer;

/// Steps that one expression may take at one place, `with` included.
const MOST_STEPS: u32 = 100_000;

/// Parts evaluated inside each other. One expression cannot reach it; names of `with` that use each other could, and
/// the stack of a browser is small.
const MOST_DEPTH: u32 = 300;

/// Characters of a text or items of a list that one operation may make.
pub(super) const MOST_MADE: usize = 100_000;

/// The root, noted first in every evaluation.
const ROOT: PlaceId = PlaceId(0);

/// The object of the bare names, noted second.
const NAMES: PlaceId = PlaceId(1);

/// The evaluation ended at a limit.
#[derive(Debug)]
pub(super) struct Stop;

pub(super) type Evaluated<T> = Result<T, Stop>;

/// A name of `with` during one evaluation.
#[derive(Clone)]
enum Named<'a> {
    Unused,
    /// Its expression is being evaluated. A name that needs itself is absent; such templates are refused earlier.
    Busy,
    Known(Val<'a>),
}

/// The value of a part while the first `needed` variables stay the same.
struct Held<'a> {
    part: &'a Node,
    needed: usize,
    value: Val<'a>,
}

/// One evaluation of an expression at a place.
pub(super) struct Run<'a> {
    pub(super) scope: &'a Scope<'a>,
    pub(super) answers: &'a dyn Answers,
    pub(super) steps: u32,
    depth: u32,
    /// Variables of macros, innermost last; those of the present expression begin at `base`.
    variables: Vec<Val<'a>>,
    base: usize,
    named: Vec<Named<'a>>,
    /// Values of steady parts that hold for as long as the variables they need stay the same.
    held: Vec<Held<'a>>,
    /// The name of `with` whose own expression is being evaluated.
    inside: Option<usize>,
    ways: Vec<Way<'a>>,
    ground: Ground<'a>,
}

impl<'a> Run<'a> {
    pub(super) fn new(scope: &'a Scope<'a>) -> Self {
        let mut run = Self {
            scope,
            answers: scope.answers,
            steps: 0,
            depth: 0,
            variables: Vec::new(),
            base: 0,
            held: Vec::new(),
            named: vec![Named::Unused; scope.with.len()],
            inside: None,
            ways: Vec::new(),
            ground: Ground::find(scope),
        };
        run.ways.push(Way::Tokens(&[]));
        run.ways.push(Way::Tokens(run.ground.names.map_or(&[], |names| names.tokens)));
        run
    }

    /// Counts steps.
    pub(super) fn spend(&mut self, steps: usize) -> Evaluated<()> {
        self.steps = self.steps.saturating_add(u32::try_from(steps).unwrap_or(u32::MAX));
        if self.steps > MOST_STEPS { Err(Stop) } else { Ok(()) }
    }

    /// Counts the steps of reading a text. Ordinary texts cost nothing; very long ones must not cost nothing again
    /// and again.
    pub(super) fn spend_on_text(&mut self, text: &str) -> Evaluated<()> {
        self.spend(text.len() >> 10)
    }

    /// Evaluates a part of an expression.
    pub(super) fn eval(&mut self, node: &'a Node) -> Evaluated<Val<'a>> {
        self.spend(1)?;
        self.deeper(|run| run.meaning(node))
    }

    /// Goes one level deeper for as long as `inner` runs.
    pub(super) fn deeper<T>(&mut self, inner: impl FnOnce(&mut Self) -> Evaluated<T>) -> Evaluated<T> {
        if self.depth >= MOST_DEPTH {
            return Err(Stop);
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    /// Evaluates the body of a macro with its variable.
    pub(super) fn eval_with(&mut self, variable: Val<'a>, body: &'a Node) -> Evaluated<Val<'a>> {
        self.variables.push(variable);
        let value = self.eval(body);
        let count = self.variables.len();
        self.held.retain(|held| held.needed < count);
        self.variables.pop();
        value
    }

    /// The value of a part that needs only some of the variables around it: evaluated again only when one of them
    /// has changed.
    pub(super) fn steady(&mut self, needed: usize, part: &'a Node) -> Evaluated<Val<'a>> {
        let known = self.held.iter().find(|held| std::ptr::eq(held.part, part));
        if let Some(held) = known {
            return Ok(held.value.clone());
        }
        let value = self.eval(part)?;
        self.held.push(Held { part, needed: self.base + needed, value: value.clone() });
        Ok(value)
    }

    pub(super) fn variable(&self, variable: usize) -> Val<'a> {
        self.variables.get(self.base + variable).cloned().unwrap_or(Val::Absent)
    }

    /// A name of `with`, else a name with a meaning of its own, else a property.
    pub(super) fn name(&mut self, name: &str, reserved: Option<Reserved>) -> Evaluated<Val<'a>> {
        let scope = self.scope;
        let mut with = scope.with.iter().enumerate();
        // In its own expression a name of `with` keeps its outer meaning.
        if let Some((which, (_, expr))) = with.find(|(which, (other, _))| other == name && self.inside != Some(*which))
        {
            return self.named(which, expr.node());
        }
        match (reserved, self.ground.names) {
            (Some(reserved), _) => self.reserved(reserved),
            (None, Some(Standing { json: Value::Object(map), .. })) => self.property(map, NAMES, name),
            _ => Ok(Val::Absent),
        }
    }

    /// The value of a name of `with`: evaluated when first used, outside the macros around the place of use.
    fn named(&mut self, which: usize, node: &'a Node) -> Evaluated<Val<'a>> {
        match self.named.get(which) {
            Some(Named::Known(value)) => return Ok(value.clone()),
            Some(Named::Unused) => {}
            _ => return Ok(Val::Absent),
        }
        self.remember(which, Named::Busy);
        let outer = (self.base, self.inside);
        (self.base, self.inside) = (self.variables.len(), Some(which));
        let value = self.eval(node);
        (self.base, self.inside) = outer;
        let value = value?;
        self.remember(which, Named::Known(value.clone()));
        Ok(value)
    }

    fn remember(&mut self, which: usize, named: Named<'a>) {
        if let Some(slot) = self.named.get_mut(which) {
            *slot = named;
        }
    }

    fn reserved(&mut self, reserved: Reserved) -> Evaluated<Val<'a>> {
        let standing = match reserved {
            Reserved::Root => return Ok(Val::read(self.answers.root(), ROOT)),
            Reserved::Data => return Ok(Val::read(self.answers.data(), PlaceId::OUTSIDE)),
            Reserved::Option => return Ok(outside(self.scope.option)),
            Reserved::Workspace => return Ok(outside(self.answers.workspace())),
            #[expect(clippy::cast_precision_loss, reason = "a position in a list in memory")]
            Reserved::Index => return Ok(self.ground.index.map_or(Val::Absent, |index| Val::number(index as f64))),
            Reserved::This => self.ground.this,
            Reserved::Item => self.ground.item,
            Reserved::Parent => self.ground.parent,
        };
        let Some(Standing { json, tokens }) = standing else { return Ok(Val::Absent) };
        if reserved == Reserved::This && !self.answers.counts(&Place::of_tokens(tokens)) {
            return Ok(Val::Absent);
        }
        let place = self.way(Way::Tokens(tokens));
        self.read(json, place)
    }

    fn read(&mut self, json: &'a Value, place: PlaceId) -> Evaluated<Val<'a>> {
        match json {
            Value::String(text) => self.spend_on_text(text)?,
            Value::Number(number) => self.spend_on_text(number.as_str())?,
            _ => {}
        }
        Ok(Val::read(json, place))
    }

    /// Notes how a place is reached.
    fn way(&mut self, way: Way<'a>) -> PlaceId {
        let place = PlaceId(u32::try_from(self.ways.len()).unwrap_or(u32::MAX));
        self.ways.push(way);
        place
    }

    /// A property of an object; absent when its field is hidden.
    pub(super) fn property(&mut self, map: &'a Map<String, Value>, place: PlaceId, name: &str) -> Evaluated<Val<'a>> {
        let Some((key, json)) = entry(map, name) else { return Ok(Val::Absent) };
        if place == PlaceId::OUTSIDE {
            return self.read(json, place);
        }
        if !self.answers.counts(&Place::key(&self.ways, place, key)) {
            return Ok(Val::Absent);
        }
        let place = if is_container(json) { self.way(Way::Key(place, key)) } else { PlaceId::OUTSIDE };
        self.read(json, place)
    }

    /// An item of a list, from 0.
    pub(super) fn element(&mut self, list: &List<'a>, index: usize) -> Evaluated<Val<'a>> {
        let (json, place) = match list {
            List::Made(items) => return Ok(items.get(index).cloned().unwrap_or(Val::Absent)),
            List::Read(items, place) => match items.get(index) {
                Some(json) => (json, *place),
                None => return Ok(Val::Absent),
            },
        };
        if place == PlaceId::OUTSIDE {
            return self.read(json, place);
        }
        if !self.answers.counts(&Place::index(&self.ways, place, index)) {
            return Ok(Val::Absent);
        }
        let place = if is_container(json) { self.way(Way::Index(place, index)) } else { PlaceId::OUTSIDE };
        self.read(json, place)
    }

    /// The items of a list that are present.
    pub(super) fn items(&mut self, list: &List<'a>) -> Evaluated<Vec<Val<'a>>> {
        self.spend(list.len() / 8)?;
        let mut items = Vec::new();
        for index in 0..list.len() {
            let item = self.element(list, index)?;
            if !item.is_absent() {
                items.push(item);
            }
        }
        Ok(items)
    }

    /// The keys of an object whose values are present. What is left out of an export must not be counted before it.
    pub(super) fn keys(&mut self, map: &'a Map<String, Value>, place: PlaceId) -> Evaluated<Vec<Val<'a>>> {
        self.spend(map.len() / 8)?;
        let mut keys = Vec::new();
        for key in map.keys() {
            if !self.property(map, place, key)?.is_absent() {
                keys.push(Val::Text(Text::Read(key)));
            }
        }
        Ok(keys)
    }

    /// Every value of the report with the mark that is present, in document order.
    pub(super) fn collect(&mut self, mark: &str) -> Evaluated<Val<'a>> {
        let root = self.answers.root();
        let places = self.answers.marked(mark);
        self.spend(places.len() / 8)?;
        let mut items = Vec::with_capacity(places.len());
        let mut add = |run: &mut Self, pointer: &Pointer, way: &dyn Fn() -> Way<'a>| {
            let Some(json) = pointer.get(root) else { return Ok(()) };
            let place = if is_container(json) { run.way(way()) } else { PlaceId::OUTSIDE };
            items.push(run.read(json, place)?);
            Ok(())
        };
        match places {
            Cow::Borrowed(places) => {
                places.iter().try_for_each(|place| add(self, place, &|| Way::Tokens(place.tokens())))?;
            }
            Cow::Owned(places) => {
                places.iter().try_for_each(|place| add(self, place, &|| Way::Pointer(place.clone())))?;
            }
        }
        Ok(Val::list(items))
    }
}

/// A property with its key. In small objects comparing the keys is faster than hashing the name.
fn entry<'a>(map: &'a Map<String, Value>, name: &str) -> Option<(&'a String, &'a Value)> {
    if map.len() <= 16 { map.iter().find(|(key, _)| *key == name) } else { map.get_key_value(name) }
}

fn outside(json: Option<&Value>) -> Val<'_> {
    json.map_or(Val::Absent, |json| Val::read(json, PlaceId::OUTSIDE))
}

fn is_container(json: &Value) -> bool {
    matches!(json, Value::Array(_) | Value::Object(_))
}

/// A value of the report and the tokens of its place.
#[derive(Clone, Copy)]
struct Standing<'a> {
    json: &'a Value,
    tokens: &'a [String],
}

/// What the names with a meaning of their own stand for at a place.
struct Ground<'a> {
    this: Option<Standing<'a>>,
    /// The object whose properties are the bare names.
    names: Option<Standing<'a>>,
    /// The object that holds it.
    parent: Option<Standing<'a>>,
    item: Option<Standing<'a>>,
    index: Option<usize>,
}

impl<'a> Ground<'a> {
    /// Walks from the root to the place. A part of the way that is not there yet counts as an object without
    /// properties, so that names do not change their meaning when it appears.
    fn find(scope: &'a Scope<'a>) -> Self {
        let tokens = scope.place.tokens();
        let mut ground = Self { this: None, names: None, parent: None, item: None, index: None };
        let mut here = Some(scope.answers.root());
        for (depth, token) in tokens.iter().enumerate() {
            let standing =
                |json: Option<&'a Value>, length| Some(Standing { json: json?, tokens: tokens.get(..length)? });
            let next = here.and_then(|json| crate::template::pointer::step(json, token));
            if matches!(here, Some(Value::Array(_))) {
                ground.item = standing(next, depth + 1);
                ground.index = crate::template::pointer::index(token);
            } else {
                ground.parent = ground.names;
                ground.names = standing(here, depth);
            }
            here = next;
        }
        ground.this = here.map(|json| Standing { json, tokens });
        if scope.own && matches!(here, Some(Value::Object(_))) {
            ground.parent = ground.names;
            ground.names = ground.this;
        }
        ground
    }
}
