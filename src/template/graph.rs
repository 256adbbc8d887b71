//! What depends on what: found from the expressions once, when a template is opened, without running them.

use std::collections::{BTreeSet, HashMap};

use super::TemplateError;
use super::expr::{Dependency, Expr, Standpoint};
use super::hints::From;
use super::layout::{ANY, Layout, Node, NodeIndex};

/// For every node, the nodes whose condition, calculation or offer may change when it changes.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    woken: Vec<Vec<NodeIndex>>,
    calculated: Vec<NodeIndex>,
    set: Vec<NodeIndex>,
}

impl Graph {
    /// Reads the dependencies of all expressions of a layout.
    ///
    /// # Errors
    /// When conditions and calculations depend on each other in a circle.
    pub fn new(layout: &Layout) -> Result<Self, TemplateError> {
        let edges = Edges::read(layout);
        edges.refuse_circles()?;
        let having = |has: fn(&Node) -> bool| {
            layout.nodes().filter(|(_, node)| has(node)).map(|(index, _)| index).collect::<Vec<_>>()
        };
        Ok(Self {
            woken: layout.nodes().map(|(index, _)| edges.woken_by(index)).collect(),
            calculated: having(|node| node.hints.calculate.is_some()),
            set: having(|node| node.hints.set.is_some()),
        })
    }

    /// The nodes that may change when `changed` changes, without `changed` itself unless it reads what it changes.
    pub fn dependents(&self, changed: NodeIndex) -> &[NodeIndex] {
        self.woken.get(changed.number()).map_or(&[], Vec::as_slice)
    }

    /// All calculated nodes, in document order.
    pub fn calculated(&self) -> &[NodeIndex] {
        &self.calculated
    }

    /// The calculated nodes inside a node, itself among them.
    pub fn calculated_inside<'g>(
        &'g self,
        layout: &'g Layout,
        node: NodeIndex,
    ) -> impl Iterator<Item = NodeIndex> + 'g {
        let pattern = &layout.node(node).pattern;
        self.calculated.iter().copied().filter(move |inner| layout.node(*inner).pattern.starts_with(pattern))
    }

    /// All nodes that the application sets, or acts on, in document order.
    pub fn set(&self) -> &[NodeIndex] {
        &self.set
    }
}

/// What an expression is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    /// Whether the reader and all inside it are asked.
    Asked,
    /// The value of the reader.
    Value,
    /// Need or offer: nothing else follows from it.
    Other,
}

/// One expression reads one place.
struct Edge {
    read: Vec<String>,
    /// Whether only the number and order of items, or the names of properties, are read.
    shape: bool,
    reader: NodeIndex,
    used: Use,
}

struct Edges<'l> {
    layout: &'l Layout,
    all: Vec<Edge>,
    /// Positions in `all` by the first token of what is read.
    by_first: HashMap<String, Vec<usize>>,
}

impl<'l> Edges<'l> {
    fn read(layout: &'l Layout) -> Self {
        let mut edges = Self { layout, all: Vec::new(), by_first: HashMap::new() };
        for (reader, node) in layout.nodes() {
            let hints = &node.hints;
            for (expr, used) in [
                (&hints.show_if, Use::Asked),
                (&hints.calculate, Use::Value),
                (&hints.required_if, Use::Other),
                (&hints.filter, Use::Other),
            ] {
                if let Some(expr) = expr {
                    edges.add_expression(reader, node, expr, used);
                }
            }
            if let Some(From::Items(place)) = hints.reference.as_ref().map(|reference| &reference.from) {
                edges.add(Edge { read: place.tokens().to_vec(), shape: false, reader, used: Use::Other });
            }
        }
        edges
    }

    fn add_expression(&mut self, reader: NodeIndex, node: &Node, expr: &Expr, used: Use) {
        let at: Vec<&str> = node.pattern.iter().map(String::as_str).collect();
        let standpoint = Standpoint { at: &at, own: false, with: &node.hints.with };
        for dependency in expr.dependencies_from(standpoint) {
            match dependency {
                Dependency::Place(read) => self.add(Edge { read, shape: false, reader, used }),
                Dependency::Shape(read) => self.add(Edge { read, shape: true, reader, used }),
                Dependency::Mark(mark) => {
                    for (_, marked) in self.layout.nodes().filter(|(_, other)| has_mark(other, &mark)) {
                        self.add(Edge { read: marked.pattern.clone(), shape: false, reader, used });
                    }
                }
                Dependency::Today | Dependency::Workspace => {}
            }
        }
    }

    fn add(&mut self, edge: Edge) {
        let first = edge.read.first().cloned().unwrap_or_default();
        self.by_first.entry(first).or_default().push(self.all.len());
        self.all.push(edge);
    }

    /// The expressions that read the node, something inside it, or something that holds it.
    fn reading(&self, changed: NodeIndex) -> impl Iterator<Item = &Edge> {
        let pattern = &self.layout.node(changed).pattern;
        // What reads the whole report has no first token.
        let firsts = match pattern.first() {
            Some(first) => vec![first.as_str(), ""],
            None => self.by_first.keys().map(String::as_str).collect(),
        };
        let found = firsts.into_iter().filter_map(|first| self.by_first.get(first)).flatten();
        found.filter_map(|at| self.all.get(*at)).filter(move |edge| related(&edge.read, pattern))
    }

    /// Everything that may be different after a change of one node.
    fn woken_by(&self, start: NodeIndex) -> Vec<NodeIndex> {
        let mut woken = BTreeSet::new();
        let mut followed = BTreeSet::new();
        followed.insert(start);
        let mut open = vec![start];
        while let Some(changed) = open.pop() {
            for edge in self.reading(changed) {
                woken.insert(edge.reader);
                if edge.used == Use::Asked {
                    woken.extend(self.layout.inside(edge.reader));
                }
                if edge.used != Use::Other && followed.insert(edge.reader) {
                    open.push(edge.reader);
                }
            }
        }
        woken.into_iter().collect()
    }

    /// A field may not decide about itself: nothing it decides about may be read by its own condition or calculation.
    ///
    /// Reading only the number of items of a list that holds the field is no circle.
    fn refuse_circles(&self) -> Result<(), TemplateError> {
        let mut deciding = BTreeSet::new();
        deciding.extend(self.all.iter().filter(|edge| edge.used != Use::Other).map(|edge| edge.reader));
        for start in deciding {
            let mut followed = BTreeSet::new();
            let mut open = vec![start];
            while let Some(changed) = open.pop() {
                let length = self.layout.node(changed).pattern.len();
                let decided = self.reading(changed).filter(|edge| edge.used != Use::Other);
                for edge in decided.filter(|edge| !edge.shape || edge.read.len() >= length) {
                    if followed.insert(edge.reader) {
                        open.push(edge.reader);
                    }
                }
            }
            if followed.contains(&start) {
                let pattern = &self.layout.node(start).pattern;
                return Err(TemplateError::Circle { at: format!("/{}", pattern.join("/")) });
            }
        }
        Ok(())
    }
}

fn has_mark(node: &Node, mark: &str) -> bool {
    node.hints.mark.as_deref() == Some(mark) || node.item_mark.as_deref() == Some(mark)
}

fn related(read: &[String], changed: &[String]) -> bool {
    // What is read lies in what changed, or holds it.
    read.iter().zip(changed).all(|(a, b)| a == b || a == ANY || b == ANY)
}
