//! Schema and hints become a tree of sections, groups, repeats and fields. A node stands for a place in the template,
//! not in a report: an item node stands for all items of its repeat.

use std::sync::Arc;

use serde_json::Value;

use super::codelist::Codelist;
use super::hints::Hints;
use super::subschema::Subschema;
use super::widget::{self, Widget};
use super::{Pointer, TemplateError};

/// The token that stands for any item in the pattern of a node.
pub const ANY: &str = "*";

/// How deep groups and repeats may lie in each other. Deeper parts are JSON boxes.
const DEEPEST: usize = 12;

/// How often a subschema is drawn inside itself. The next time it is a JSON box, since recursion has no end.
const ROUNDS: usize = 3;

/// The most nodes of one template. A document with more is refused: it would not be drawn in a lifetime.
const MOST: usize = 20_000;

/// Number of a node in its layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeIndex(u32);

impl NodeIndex {
    /// The position in the order of the layout, parents before their parts.
    pub fn number(self) -> usize {
        self.0 as usize
    }
}

/// What a node is.
#[derive(Clone, Debug)]
pub enum Shape {
    /// An object: its parts in the order of the schema.
    Group {
        /// The parts.
        children: Vec<NodeIndex>,
    },
    /// An array whose items are drawn one by one.
    Repeat {
        /// What every item is drawn as.
        item: NodeIndex,
        /// Fewest items.
        min: usize,
        /// Most items.
        max: Option<usize>,
    },
    /// A place where something is answered.
    Field(Widget),
}

/// One place of a template.
#[derive(Clone, Debug)]
pub struct Node {
    /// The property name; [`ANY`] for an item, empty for the report.
    pub key: String,
    /// The node that holds this one.
    pub parent: Option<NodeIndex>,
    /// The way from the root, with [`ANY`] for items.
    pub pattern: Vec<String>,
    /// Where the subschema stands in the document.
    pub schema: Pointer,
    /// What the officer reads: `title`, or the property name.
    pub label: String,
    /// Whether the schema always requires an answer.
    pub required: bool,
    /// Group, repeat or field.
    pub shape: Shape,
    /// The hints.
    pub hints: Hints,
    /// The choices of a choice.
    pub codelist: Option<Arc<Codelist>>,
    /// The name of the list under `$defs`, for expressions and messages.
    pub codelist_name: Option<String>,
    /// Most characters, where the schema says so.
    pub longest: Option<usize>,
    /// What the node starts with when it is made.
    pub default: Option<Value>,
    /// The only value that is valid, which is filled in and not asked. A declaration has none: a person makes it.
    pub constant: Option<Value>,
    /// Whether the value is a date-time, an address and so on, for the box.
    pub format: Option<String>,
    /// The type mark of the values of a list that is one field.
    pub item_mark: Option<String>,
}

impl Node {
    /// The widget of a field.
    pub fn widget(&self) -> Option<Widget> {
        match self.shape {
            Shape::Field(widget) => Some(widget),
            _ => None,
        }
    }

    /// Whether this is a list whose items keep an identity.
    pub fn is_repeat(&self) -> bool {
        matches!(self.shape, Shape::Repeat { .. })
    }
}

/// All nodes of a template.
#[derive(Clone, Debug)]
pub struct Layout {
    nodes: Vec<Node>,
}

impl Layout {
    /// Makes the layout of a document.
    ///
    /// # Errors
    /// When a part cannot be read; the error names its place.
    pub fn new(document: &Value) -> Result<Self, TemplateError> {
        let mut maker = Maker { document, nodes: Vec::new(), open: Vec::new() };
        maker.node(Pointer::root(), String::new(), None, true)?;
        Ok(Self { nodes: maker.nodes })
    }

    /// The node of the whole report.
    pub fn root(&self) -> NodeIndex {
        NodeIndex(0)
    }

    /// A node by its number. A number of another layout gives the root.
    pub fn node(&self, index: NodeIndex) -> &Node {
        // The root is always there: `new` makes it first.
        #[expect(clippy::indexing_slicing, reason = "layouts have at least their root")]
        self.nodes.get(index.0 as usize).unwrap_or(&self.nodes[0])
    }

    /// All nodes with their numbers, parents before their parts.
    pub fn nodes(&self) -> impl Iterator<Item = (NodeIndex, &Node)> {
        self.nodes.iter().enumerate().map(|(index, node)| (number(index), node))
    }

    /// The parts of a group; the item of a repeat; nothing for a field.
    pub fn children(&self, index: NodeIndex) -> &[NodeIndex] {
        match &self.node(index).shape {
            Shape::Group { children } => children,
            Shape::Repeat { item, .. } => std::slice::from_ref(item),
            Shape::Field(_) => &[],
        }
    }

    /// The part with this property name; for a repeat, its item whatever the token is.
    pub fn child(&self, index: NodeIndex, token: &str) -> Option<NodeIndex> {
        match &self.node(index).shape {
            Shape::Group { children } => children.iter().copied().find(|child| self.node(*child).key == token),
            Shape::Repeat { item, .. } => Some(*item),
            Shape::Field(_) => None,
        }
    }

    /// The node at the end of a way from the root. Tokens below a repeat may be indexes, item ids or [`ANY`].
    pub fn find<'t>(&self, tokens: impl IntoIterator<Item = &'t str>) -> Option<NodeIndex> {
        tokens.into_iter().try_fold(self.root(), |node, token| self.child(node, token))
    }

    /// All nodes that lie inside a node, without itself. They follow it in the order of the layout.
    pub fn inside(&self, index: NodeIndex) -> impl Iterator<Item = NodeIndex> {
        let pattern = &self.node(index).pattern;
        let after = self.nodes.iter().enumerate().skip(index.number() + 1);
        after.take_while(move |(_, node)| node.pattern.starts_with(pattern)).map(|(index, _)| number(index))
    }

    /// This node and all nodes that hold it, nearest first.
    pub fn ancestors(&self, index: NodeIndex) -> impl Iterator<Item = NodeIndex> {
        std::iter::successors(Some(index), |at| self.node(*at).parent)
    }
}

fn number(index: usize) -> NodeIndex {
    NodeIndex(u32::try_from(index).unwrap_or(u32::MAX))
}

struct Maker<'a> {
    document: &'a Value,
    nodes: Vec<Node>,
    /// Where the subschemas stand that are being drawn, each inside the one before.
    open: Vec<Pointer>,
}

impl Maker<'_> {
    fn node(
        &mut self,
        schema: Pointer,
        key: String,
        parent: Option<NodeIndex>,
        required: bool,
    ) -> Result<NodeIndex, TemplateError> {
        if self.nodes.len() == MOST {
            return Err(TemplateError::TooLarge { most: MOST });
        }
        let read = Subschema::at(self.document, schema.clone())
            .ok_or_else(|| TemplateError::Reference { at: schema.clone() })?;
        let hint = |error| TemplateError::Hint { at: schema.clone(), error };
        let mut hints = Hints::read(&read).map_err(hint)?;
        let inner = self.plain_items(&read);
        let item_hints = inner.as_ref().map(Hints::read).transpose().map_err(hint)?;
        // What the items are chosen from stands on the items; the list is drawn with it.
        if let Some(item) = &item_hints {
            hints.reference = hints.reference.or_else(|| item.reference.clone());
            hints.filter = hints.filter.or_else(|| item.filter.clone());
            hints.codelist = hints.codelist.or_else(|| item.codelist.clone());
        }
        let index = number(self.nodes.len());
        let holder = parent.and_then(|at| self.nodes.get(at.number()));
        let mut pattern = holder.map_or_else(Vec::new, |holder| holder.pattern.clone());
        pattern.extend(parent.is_some().then(|| key.clone()));
        let label = match (read.text("title"), holder) {
            (Some(title), _) => title.to_owned(),
            // An item without a title of its own is called like its list.
            (None, Some(holder)) if key == ANY => holder.label.clone(),
            (None, _) => key.clone(),
        };
        let (codelist, codelist_name) = self.codelist(&read, &hints);
        self.nodes.push(Node {
            label,
            longest: read.count("maxLength"),
            default: read.get("default").cloned(),
            constant: read.get("const").filter(|constant| **constant != Value::Bool(true)).cloned(),
            format: read.text("format").map(str::to_owned),
            shape: Shape::Field(Widget::Json),
            key,
            parent,
            pattern,
            schema,
            required,
            hints,
            codelist,
            codelist_name,
            item_mark: item_hints.and_then(|hints| hints.mark),
        });
        let before = self.open.len();
        self.open.extend(read.locations().cloned());
        let shape = self.shape(&read, index)?;
        self.open.truncate(before);
        if let Some(node) = self.nodes.get_mut(index.number()) {
            // A box in a list may be left empty; it is no answer then.
            node.required = required && !(node.key == ANY && matches!(shape, Shape::Field(_)));
            node.shape = shape;
        }
        Ok(index)
    }

    /// The items of a list of plain values.
    fn plain_items<'d>(&'d self, read: &Subschema<'d>) -> Option<Subschema<'d>> {
        let items = read.part("items").filter(|_| read.is_type("array"))?;
        Subschema::at(self.document, items).filter(|inner| inner.get("properties").is_none())
    }

    fn shape(&mut self, read: &Subschema<'_>, index: NodeIndex) -> Result<Shape, TemplateError> {
        if !self.is_too_deep(read, index) {
            if read.get("properties").is_some() && !read.is_type("array") {
                return self.group(read, index);
            }
            if let Some(items) = self.repeated(read, index) {
                let item = self.node(items, ANY.to_owned(), Some(index), true)?;
                let min = read.count("minItems").unwrap_or(0);
                return Ok(Shape::Repeat { item, min, max: read.count("maxItems") });
            }
        }
        let node = self.nodes.get(index.number());
        let widget = node.map(|node| widget::choose(read, &node.hints, node.codelist.as_deref(), node.required));
        Ok(Shape::Field(widget.unwrap_or(Widget::Json)))
    }

    /// Whether the subschema lies too deep, or too often inside itself, to be drawn part by part.
    fn is_too_deep(&self, read: &Subschema<'_>, index: NodeIndex) -> bool {
        let depth = self.nodes.get(index.number()).map_or(0, |node| node.pattern.len());
        // Its own places have been noted once by now.
        let again = |at: &Pointer| self.open.iter().filter(|other| *other == at).count() > ROUNDS;
        depth >= DEEPEST || read.locations().any(again)
    }

    fn group(&mut self, read: &Subschema<'_>, index: NodeIndex) -> Result<Shape, TemplateError> {
        let required = read.required();
        let mut children: Vec<NodeIndex> = Vec::new();
        for properties in read.parts("properties") {
            let map = properties.get(self.document).and_then(Value::as_object);
            let keys: Vec<String> = map.map_or_else(Vec::new, |map| map.keys().cloned().collect());
            for key in keys {
                let known = |child: &NodeIndex| self.nodes.get(child.number()).is_some_and(|node| node.key == key);
                if !children.iter().any(known) {
                    let needed = required.contains(&key.as_str());
                    children.push(self.node(properties.child(&key), key, Some(index), needed)?);
                }
            }
        }
        Ok(Shape::Group { children })
    }

    /// Where the items stand, when this is an array whose items are drawn one by one rather than chosen.
    fn repeated(&self, read: &Subschema<'_>, index: NodeIndex) -> Option<Pointer> {
        let node = self.nodes.get(index.number())?;
        let chosen = node.codelist.is_some() || node.hints.reference.is_some() || node.hints.codelist.is_some();
        let items = read.part("items").filter(|_| read.is_type("array") && !chosen)?;
        items.get(self.document)?.is_object().then_some(items)
    }

    /// The list of a choice: of the node itself, or of its items when several are chosen.
    fn codelist(&self, read: &Subschema<'_>, hints: &Hints) -> (Option<Arc<Codelist>>, Option<String>) {
        let inner = read.part("items").and_then(|at| Subschema::at(self.document, at));
        for one in [Some(read), inner.as_ref()].into_iter().flatten() {
            let list = ["oneOf", "anyOf", "enum"].into_iter().find_map(|keyword| one.part(keyword));
            let holder = list.and_then(|at| at.parent()).and_then(|at| at.get(self.document));
            if let Some(list) = holder.and_then(Codelist::read) {
                let name = hints.codelist.clone().or_else(|| one.names().last().cloned());
                return (Some(Arc::new(list)), name);
            }
        }
        (None, hints.codelist.clone())
    }
}
