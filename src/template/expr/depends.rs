//! What an expression reads, found from its tree without running it. Places are patterns from the root, with `*` for
//! the items of a list.

use super::Expr;
use super::ast::{Function, Kind, Macro, Node, Operator, Reserved, Selector, SelectorStep};

/// Something whose change can change the outcome of an expression. Whether it is hidden is part of what stands at a
/// place.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Dependency {
    /// What stands at a place, and everything below it.
    Place(Vec<String>),
    /// What stands at a place, but nothing below it: the value itself when it is not a list or an object, else the
    /// number and order of its items or the names of its properties. Read by `size`, `has`, `index` and by macros, so
    /// that a calculation in one row may search the rows of its own table.
    Shape(Vec<String>),
    /// Every value with this type mark, everything below it, and which values have it.
    Mark(String),
    /// The day.
    Today,
    /// The reports kept in the application.
    Workspace,
}

/// Where an expression stands, as patterns.
#[derive(Clone, Copy, Debug)]
pub struct Standpoint<'a> {
    /// The place, from the root, with `*` for items.
    pub at: &'a [&'a str],
    /// Whether bare names are properties of the object at the place itself, as for a rule that selects objects.
    pub own: bool,
    /// The names of `with`. What they read is counted when they are used.
    pub with: &'a [(String, Expr)],
}

impl Expr {
    /// What the expression of a field reads. `at` is the pattern of the field, for example
    /// `["sources", "*", "quotedTranslation"]`.
    pub fn dependencies(&self, at: &[&str]) -> Vec<Dependency> {
        self.dependencies_from(Standpoint { at, own: false, with: &[] })
    }

    /// What the expression reads from a standpoint. Each dependency stands once, in the order of first use.
    pub fn dependencies_from(&self, standpoint: Standpoint<'_>) -> Vec<Dependency> {
        let mut reading = Reading {
            standpoint,
            found: Vec::new(),
            variables: Vec::new(),
            base: 0,
            inside: None,
            named: vec![Named::Unused; standpoint.with.len()],
        };
        let value = reading.node(self.node());
        reading.whole(&value);
        reading.found
    }
}

type Pattern = Vec<String>;

/// Where a value may come from. What is in neither list has been read as a whole already.
#[derive(Clone, Debug, Default)]
struct Origin {
    /// The value stands at one of these places.
    places: Vec<Pattern>,
    /// The value is a made list and its items stand at these places.
    items: Vec<Pattern>,
}

#[derive(Clone)]
enum Named {
    Unused,
    Busy,
    Known(Origin),
}

struct Reading<'a> {
    standpoint: Standpoint<'a>,
    found: Vec<Dependency>,
    variables: Vec<Origin>,
    base: usize,
    inside: Option<usize>,
    named: Vec<Named>,
}

impl Reading<'_> {
    fn add(&mut self, dependency: Dependency) {
        if !self.found.contains(&dependency) {
            self.found.push(dependency);
        }
    }

    /// The value is used as a whole.
    fn whole(&mut self, origin: &Origin) {
        for place in origin.places.iter().chain(&origin.items) {
            self.add(Dependency::Place(place.clone()));
        }
    }

    /// Only the shape of the value is used. That of a made list follows from what made it.
    fn shape(&mut self, origin: &Origin) {
        for place in &origin.places {
            self.add(Dependency::Shape(place.clone()));
        }
    }

    fn use_all<'n>(&mut self, nodes: impl IntoIterator<Item = &'n Node>) -> Origin {
        for node in nodes {
            let origin = self.node(node);
            self.whole(&origin);
        }
        Origin::default()
    }

    fn node(&mut self, node: &Node) -> Origin {
        match &node.kind {
            Kind::Number(_) | Kind::Text(_) | Kind::Bool(_) => Origin::default(),
            Kind::Variable(variable) => self.variables.get(self.base + variable).cloned().unwrap_or_default(),
            Kind::Name(name, reserved) => self.name(name, *reserved),
            Kind::Or(operands) | Kind::And(operands) => self.use_all(operands),
            Kind::Relation(_, sides) => self.use_all(&**sides),
            Kind::Chain(first, rest) => {
                self.use_all([&**first]);
                self.use_all(rest.iter().map(|(_, node)| node))
            }
            Kind::Not(operand) | Kind::Negative(operand) => self.use_all([&**operand]),
            Kind::List(items) => {
                let mut list = Origin::default();
                for item in items {
                    let origin = self.node(item);
                    self.made_item(origin, &mut list);
                }
                list
            }
            Kind::Choose(parts) => {
                let [condition, yes, no] = &**parts;
                self.use_all([condition]);
                let (mut origin, other) = (self.node(yes), self.node(no));
                origin.places.extend(other.places);
                origin.items.extend(other.items);
                origin
            }
            Kind::Member(first, selectors) => {
                let mut origin = self.node(first);
                for selector in selectors {
                    origin = self.select(origin, selector);
                }
                origin
            }
            Kind::Call(function, arguments) => self.call(*function, arguments),
            Kind::Steady(_, node) => self.node(node),
        }
    }

    /// Puts a value into a made list. A made list inside another is not followed further.
    fn made_item(&mut self, item: Origin, list: &mut Origin) {
        for place in item.items {
            self.add(Dependency::Place(place));
        }
        list.items.extend(item.places);
    }

    fn call(&mut self, function: Function, arguments: &[Node]) -> Origin {
        match (function, arguments) {
            (Function::Has | Function::Size, [operand]) => {
                let origin = self.node(operand);
                self.shape(&origin);
            }
            (Function::Collect, [Node { kind: Kind::Text(mark), .. }]) => self.add(Dependency::Mark(mark.clone())),
            (Function::Today, _) => self.add(Dependency::Today),
            _ => {
                self.use_all(arguments);
            }
        }
        Origin::default()
    }

    fn select(&mut self, origin: Origin, selector: &Selector) -> Origin {
        match &selector.step {
            SelectorStep::Field(name) => Origin { places: below(origin.places, name), items: Vec::new() },
            SelectorStep::Element(key) => self.element(origin, key),
            SelectorStep::Macro(kind, body) => self.over(origin, *kind, body),
            SelectorStep::Method(_, arguments) => {
                self.whole(&origin);
                self.use_all(arguments)
            }
        }
    }

    fn element(&mut self, origin: Origin, key: &Node) -> Origin {
        self.use_all([key]);
        if let Kind::Text(name) = &key.kind {
            return Origin { places: below(origin.places, name), items: Vec::new() };
        }
        if self.is_number(key) {
            self.shape(&origin);
        } else {
            // The key may name any property.
            self.whole(&origin);
        }
        let mut places = below(origin.places, "*");
        places.extend(origin.items);
        Origin { places, items: Vec::new() }
    }

    fn over(&mut self, origin: Origin, kind: Macro, body: &Node) -> Origin {
        self.shape(&origin);
        let mut items = below(origin.places, "*");
        items.extend(origin.items);
        self.variables.push(Origin { places: items.clone(), items: Vec::new() });
        let value = self.node(body);
        self.variables.pop();
        let mut list = Origin::default();
        match kind {
            Macro::Map => self.made_item(value, &mut list),
            Macro::Filter => {
                self.whole(&value);
                list.items = items;
            }
            Macro::All | Macro::Exists | Macro::ExistsOne => self.whole(&value),
        }
        list
    }

    fn name(&mut self, name: &str, reserved: Option<Reserved>) -> Origin {
        let with = self.standpoint.with;
        let mut names = with.iter().enumerate();
        if let Some((which, (_, expr))) = names.find(|(which, (other, _))| other == name && self.inside != Some(*which))
        {
            return self.named(which, expr);
        }
        let at = self.standpoint.at;
        let place = match reserved {
            None => self.names().map(|mut names| {
                names.push(name.to_owned());
                names
            }),
            Some(Reserved::This) => Some(pattern(at)),
            Some(Reserved::Root) => Some(Vec::new()),
            Some(Reserved::Parent) => self.names().and_then(|names| holder(&names)),
            Some(Reserved::Item | Reserved::Index) => {
                let item = at.iter().rposition(|token| *token == "*");
                let end = item.map(|item| if reserved == Some(Reserved::Index) { item } else { item + 1 });
                end.and_then(|end| at.get(..end)).map(pattern)
            }
            Some(Reserved::Workspace) => {
                self.add(Dependency::Workspace);
                None
            }
            // Constants do not change, and what is examined is given by the one who filters.
            Some(Reserved::Data | Reserved::Option) => None,
        };
        let origin = Origin { places: place.into_iter().collect(), items: Vec::new() };
        if reserved == Some(Reserved::Index) {
            self.shape(&origin);
            return Origin::default();
        }
        origin
    }

    fn named(&mut self, which: usize, expr: &Expr) -> Origin {
        match self.named.get_mut(which) {
            Some(Named::Known(origin)) => return origin.clone(),
            Some(slot @ Named::Unused) => *slot = Named::Busy,
            _ => return Origin::default(),
        }
        let outer = (self.base, self.inside);
        (self.base, self.inside) = (self.variables.len(), Some(which));
        let origin = self.node(expr.node());
        (self.base, self.inside) = outer;
        if let Some(slot) = self.named.get_mut(which) {
            *slot = Named::Known(origin.clone());
        }
        origin
    }

    /// The object whose properties are the bare names.
    fn names(&self) -> Option<Pattern> {
        let at = pattern(self.standpoint.at);
        if self.standpoint.own { Some(at) } else { holder(&at) }
    }

    /// Whether the value can be nothing but a number, or absent.
    fn is_number(&self, node: &Node) -> bool {
        match &node.kind {
            Kind::Number(_) | Kind::Negative(_) => true,
            Kind::Steady(_, node) => self.is_number(node),
            Kind::Name(name, Some(Reserved::Index)) => !self.standpoint.with.iter().any(|(other, _)| other == name),
            Kind::Chain(first, rest) => {
                let joins = rest.iter().all(|(operator, _)| *operator == Operator::Plus);
                !joins || self.is_number(first) || rest.iter().any(|(_, node)| self.is_number(node))
            }
            Kind::Call(function, _) => matches!(
                function,
                Function::Size | Function::Sum | Function::Round | Function::Sqrt | Function::Exp | Function::Days
            ),
            _ => false,
        }
    }
}

fn pattern(tokens: &[&str]) -> Pattern {
    tokens.iter().map(|token| (*token).to_owned()).collect()
}

/// The nearest object that holds a place: what holds an item is a list.
fn holder(place: &[String]) -> Option<Pattern> {
    let property = place.iter().rposition(|token| token != "*")?;
    place.get(..property).map(<[String]>::to_vec)
}

fn below(mut places: Vec<Pattern>, token: &str) -> Vec<Pattern> {
    for place in &mut places {
        place.push(token.to_owned());
    }
    places
}
