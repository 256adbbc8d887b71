//! A template: one document that defines a report, read once and checked.

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::Pointer;
use super::codelist::Codelist;
use super::date_parts::DateParts;
use super::graph::Graph;
use super::hints::HintError;
use super::layout::{Layout, Node, NodeIndex, Shape};
use super::widget::Widget;

/// A document that cannot be drawn as a form, with the reason and the place.
#[derive(Clone, Debug)]
pub enum TemplateError {
    /// The document is no JSON object.
    NotAnObject,
    /// A reference leads nowhere or in a circle.
    Reference {
        /// The subschema.
        at: Pointer,
    },
    /// A hint that cannot be read.
    Hint {
        /// The subschema.
        at: Pointer,
        /// What is wrong.
        error: HintError,
    },
    /// More nodes than can be drawn.
    TooLarge {
        /// The most there may be.
        most: usize,
    },
    /// Conditions or calculations that depend on each other in a circle.
    Circle {
        /// One field of the circle.
        at: String,
    },
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAnObject => write!(f, "A template is a JSON object; this document is none."),
            Self::Reference { at } => write!(f, "The reference at {} leads nowhere or in a circle.", place(at)),
            Self::Hint { at, error } => write!(f, "At {}: {error}.", place(at)),
            Self::TooLarge { most } => write!(f, "This form has more than {most} fields. Split it into several forms."),
            Self::Circle { at } => write!(f, "The condition or calculation of {at} depends on itself."),
        }
    }
}

impl std::error::Error for TemplateError {}

/// A pointer as it is read; the whole document has no tokens to print.
fn place(at: &Pointer) -> String {
    if at.tokens().is_empty() { "the top of the document".to_owned() } else { at.to_string() }
}

/// A template, read and checked.
#[derive(Debug)]
pub struct Template {
    document: Value,
    layout: Layout,
    graph: Graph,
    codelists: BTreeMap<String, Arc<Codelist>>,
    uncounted: HashSet<String>,
}

impl Template {
    /// Reads a document.
    ///
    /// # Errors
    /// When it cannot be drawn; the error names the reason and the place.
    pub fn read(document: Value) -> Result<Self, TemplateError> {
        if !document.is_object() {
            return Err(TemplateError::NotAnObject);
        }
        let layout = Layout::new(&document)?;
        let graph = Graph::new(&layout)?;
        let defs = document.get("$defs").or_else(|| document.get("definitions")).and_then(Value::as_object);
        let mut codelists = BTreeMap::new();
        for (name, schema) in defs.into_iter().flatten() {
            if let Some(list) = Codelist::read(schema) {
                codelists.insert(name.clone(), Arc::new(list));
            }
        }
        let may_not_count =
            |node: &&Node| node.hints.show_if.is_some() || matches!(node.widget(), Some(Widget::Number { .. }));
        let uncounted =
            layout.nodes().map(|(_, node)| node).filter(may_not_count).map(|node| node.key.clone()).collect();
        Ok(Self { layout, graph, codelists, uncounted, document })
    }

    /// The whole document.
    pub fn document(&self) -> &Value {
        &self.document
    }

    /// The tree of sections, groups, repeats and fields.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// What depends on what.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// Whether what stands under this name may be hidden, or be text where a number belongs, somewhere in the template.
    /// Most names may not, which spares expressions the look at the place. Items stand under [`layout::ANY`](super::layout::ANY).
    pub fn may_not_count(&self, name: &str) -> bool {
        self.uncounted.contains(name)
    }

    /// A list by its name under `$defs`.
    pub fn codelist(&self, name: &str) -> Option<&Arc<Codelist>> {
        self.codelists.get(name)
    }

    /// The list that a field offers: its own, or the named one of a field that takes other texts too.
    pub fn offered<'a>(&'a self, node: &'a super::layout::Node) -> Option<&'a Arc<Codelist>> {
        node.codelist.as_ref().or_else(|| self.codelist(node.hints.codelist.as_deref()?))
    }

    fn hint(&self, key: &str) -> Option<&Value> {
        self.document.get("x-form")?.get(key)
    }

    fn hint_text(&self, key: &str) -> &str {
        self.hint(key).and_then(Value::as_str).unwrap_or("")
    }

    /// The id; without one, the `$id` or the title of the document.
    pub fn id(&self) -> &str {
        let plain = |key: &str| self.document.get(key).and_then(Value::as_str);
        self.hint("id")
            .and_then(Value::as_str)
            .or_else(|| plain("$id"))
            .or_else(|| plain("title"))
            .unwrap_or("template")
    }

    /// The version; `0.0.0` when the document names none.
    pub fn version(&self) -> &str {
        self.hint("version").and_then(Value::as_str).unwrap_or("0.0.0")
    }

    /// What the report is called.
    pub fn title(&self) -> &str {
        self.document.get("title").and_then(Value::as_str).unwrap_or_else(|| self.id())
    }

    /// One sentence on what the report is for.
    pub fn purpose(&self) -> &str {
        self.hint_text("purpose")
    }

    /// The letters in report identifiers.
    pub fn letters(&self) -> &str {
        self.hint_text("letters")
    }

    /// Where the title of a report stands, in braces.
    pub fn summary(&self) -> &str {
        self.hint_text("summary")
    }

    /// The worked example.
    pub fn sample(&self) -> Option<&Value> {
        self.hint("sample")
    }

    /// The constants of expressions.
    pub fn data(&self) -> &Value {
        self.hint("data").unwrap_or(&Value::Null)
    }

    /// The cross-field rules.
    pub fn rules(&self) -> &[Value] {
        self.hint("rules").and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// The sections: every part of the report that has a place of its own in the section list.
    ///
    /// Top-level objects and arrays are sections. Other top-level properties stand together in a first section, which
    /// is the root itself.
    pub fn sections(&self) -> Vec<NodeIndex> {
        let root = self.layout.root();
        let (mut sections, others): (Vec<_>, Vec<_>) =
            self.layout.children(root).iter().partition(|child| self.is_section(**child));
        if !others.is_empty() || sections.is_empty() {
            sections.insert(0, root);
        }
        sections
    }

    /// Whether a top-level part is a section of its own: an object, or a list of objects.
    pub fn is_section(&self, part: NodeIndex) -> bool {
        match self.layout.node(part).shape {
            Shape::Group { .. } => true,
            Shape::Repeat { item, .. } => !matches!(self.layout.node(item).shape, Shape::Field(_)),
            Shape::Field(_) => false,
        }
    }

    /// A text with properties of `holder` in braces filled in, codes by their titles. A part between semicolons whose
    /// properties all have no answer is left out; where only one has none, the words before it go with it.
    pub fn fill(&self, text: &str, holder: NodeIndex, values: &Map<String, Value>) -> String {
        let parts = text.split("; ").filter_map(|part| self.fill_part(part, holder, values));
        parts.collect::<Vec<_>>().join("; ")
    }

    fn fill_part(&self, part: &str, holder: NodeIndex, values: &Map<String, Value>) -> Option<String> {
        let (mut words, mut rest) = part.split_once('{').unwrap_or((part, ""));
        if words.len() == part.len() {
            return Some(part.to_owned());
        }
        let mut filled = String::new();
        let mut any = false;
        while let Some((name, after)) = rest.split_once('}') {
            let (between, next) = after.split_once('{').unwrap_or((after, ""));
            match self.read_value(holder, name, values) {
                Some(value) => {
                    filled.push_str(words);
                    filled.push_str(&value);
                    (words, any) = (between, true);
                }
                // Before the first value its words stay; between values they go with the missing one.
                None if any => words = between,
                None => {}
            }
            rest = next;
        }
        filled.push_str(words);
        any.then_some(filled)
    }

    fn read_value(&self, holder: NodeIndex, name: &str, values: &Map<String, Value>) -> Option<String> {
        let mut tokens = name.split('.');
        let first = tokens.next()?;
        let mut value = values.get(first)?;
        let mut node = self.layout.child(holder, first)?;
        for token in tokens {
            value = super::pointer::step(value, token)?;
            node = self.layout.child(node, token)?;
        }
        self.spoken(node, value)
    }

    /// A value as it is read: codes by their titles, dates in words, several with commas. `None` when there is nothing to read.
    pub fn spoken(&self, node: NodeIndex, value: &Value) -> Option<String> {
        let list = self.layout.node(node).codelist.as_deref();
        let titled = |value: &Value| list.and_then(|list| list.find(value)).map(|entry| entry.title.clone());
        match value {
            Value::String(text) if text.trim().is_empty() => None,
            Value::String(text) => {
                let dated = matches!(self.layout.node(node).widget(), Some(Widget::Date | Widget::PartialDate));
                let words = if dated { DateParts::read(text).words() } else { titled(value) };
                Some(words.unwrap_or_else(|| text.clone()))
            }
            Value::Number(number) => Some(titled(value).unwrap_or_else(|| number.to_string())),
            Value::Bool(true) => Some("yes".to_owned()),
            Value::Bool(false) => Some("no".to_owned()),
            Value::Array(items) => {
                let spoken: Vec<String> = items.iter().filter_map(|item| self.spoken(node, item)).collect();
                (!spoken.is_empty()).then(|| spoken.join(", "))
            }
            Value::Null | Value::Object(_) => None,
        }
    }
}
