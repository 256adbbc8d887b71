//! What a form knows under a name: whether a rule speaks of fields that exist. A rule with a misspelt name never speaks,
//! and nobody would notice.

use serde_json::Value;

use super::select::{Selection, Step};
use crate::template::expr::ast::Reserved;
use crate::template::layout::ANY;
use crate::template::subschema::Subschema;
use crate::template::{Layout, Node, NodeIndex, Shape, Template, Widget, pointer};

/// Keywords whose subschemas may describe further properties of the same object.
const BRANCHES: [&str; 9] =
    ["allOf", "anyOf", "oneOf", "if", "then", "else", "dependentSchemas", "dependencies", "patternProperties"];

/// What stands at the end of a way through a form.
#[derive(Clone, Copy, Debug)]
pub(super) enum Known {
    /// A node of the form.
    Node(NodeIndex),
    /// A value that the form knows and has no node for: one of several that are chosen in one field, or something that
    /// the schema does not describe.
    Value,
}

/// The form of a template, to look names up in.
#[derive(Clone, Copy)]
pub(super) struct Form<'t> {
    template: &'t Template,
}

impl<'t> Form<'t> {
    pub(super) fn of(template: &'t Template) -> Self {
        Self { template }
    }

    fn layout(self) -> &'t Layout {
        self.template.layout()
    }

    fn node(self, index: NodeIndex) -> &'t Node {
        self.layout().node(index)
    }

    /// What stands at the end of a way; the name of the step that leads nowhere otherwise.
    pub(super) fn find<'n>(self, tokens: impl IntoIterator<Item = &'n str>) -> Result<Known, String> {
        let mut here = self.layout().root();
        for token in tokens {
            match self.step(here, token).ok_or_else(|| token.to_owned())? {
                Known::Node(next) => here = next,
                Known::Value => return Ok(Known::Value),
            }
        }
        Ok(Known::Node(here))
    }

    fn step(self, holder: NodeIndex, token: &str) -> Option<Known> {
        let any = token == ANY;
        match &self.node(holder).shape {
            // A key that is only known when it runs.
            Shape::Group { .. } if any => Some(Known::Value),
            Shape::Group { .. } => match self.layout().child(holder, token) {
                Some(part) => Some(Known::Node(part)),
                None => self.may_hold(holder, token).then_some(Known::Value),
            },
            Shape::Repeat { item, .. } => (any || pointer::index(token).is_some()).then_some(Known::Node(*item)),
            Shape::Field(Widget::Json) => Some(Known::Value),
            Shape::Field(_) => any.then_some(Known::Value),
        }
    }

    /// Whether a branch of the schema, which has no node, describes a property.
    fn may_hold(self, holder: NodeIndex, name: &str) -> bool {
        let schema = Subschema::at(self.template.document(), self.node(holder).schema.clone());
        schema.is_some_and(|schema| BRANCHES.iter().filter_map(|key| schema.get(key)).any(|one| describes(one, name)))
    }

    /// What a selection may select: several nodes for a mark.
    pub(super) fn selected(self, selection: &Selection) -> Result<Vec<Known>, String> {
        match selection {
            Selection::Marked(mark) => Ok(self.marked(mark)),
            Selection::Way(way) => Ok(vec![self.walk(way)?]),
        }
    }

    fn walk(self, way: &[Step]) -> Result<Known, String> {
        let mut here = self.layout().root();
        for step in way {
            let token = match step {
                Step::Property(name) => name.as_str(),
                // Only lists have items; that an expression may name any property of an object is another matter.
                Step::Each if self.is_object(Known::Node(here)) => return Err("[]".to_owned()),
                Step::Each => ANY,
            };
            match self.step(here, token).ok_or_else(|| token.to_owned())? {
                Known::Node(next) => here = next,
                Known::Value => return Ok(Known::Value),
            }
        }
        Ok(Known::Node(here))
    }

    /// Where values with a mark may stand.
    pub(super) fn marked(self, mark: &str) -> Vec<Known> {
        let mut found = Vec::new();
        for (index, node) in self.layout().nodes() {
            found.extend((node.hints.mark.as_deref() == Some(mark)).then_some(Known::Node(index)));
            let chosen = node.widget().is_some() && node.item_mark.as_deref() == Some(mark);
            found.extend(chosen.then_some(Known::Value));
        }
        found
    }

    /// Whether the value itself is an object, so that bare names are its properties.
    pub(super) fn is_object(self, known: Known) -> bool {
        matches!(known, Known::Node(index) if matches!(self.node(index).shape, Shape::Group { .. }))
    }

    /// Whether a property of the selected value itself has this name.
    pub(super) fn has_property(self, known: Known, name: &str) -> bool {
        match known {
            Known::Node(index) => !self.node(index).is_repeat() && self.step(index, name).is_some(),
            Known::Value => true,
        }
    }

    /// Whether a bare name, seen from the selected value, means something.
    pub(super) fn is_in_scope(self, known: Known, name: &str) -> bool {
        let Known::Node(index) = known else { return true };
        if Reserved::named(name).is_some() || matches!(self.node(index).shape, Shape::Field(Widget::Json)) {
            return true;
        }
        let mut holders = self.layout().ancestors(index);
        let holder = holders.find(|one| matches!(self.node(*one).shape, Shape::Group { .. }));
        holder.is_some_and(|holder| self.step(holder, name).is_some())
    }

    /// The way to a selected value as a pattern, when it is a node.
    pub(super) fn pattern(self, known: Known) -> Option<Vec<&'t str>> {
        match known {
            Known::Node(index) => Some(self.node(index).pattern.iter().map(String::as_str).collect()),
            Known::Value => None,
        }
    }
}

/// Whether a subschema describes a property at any depth, or refers to one that might. Too much is let through rather
/// than too little: what is refused here is certainly a mistake.
fn describes(schema: &Value, name: &str) -> bool {
    match schema {
        Value::Object(map) => {
            let own = map.get("properties").is_some_and(|properties| properties.get(name).is_some());
            own || map.contains_key("$ref") || map.values().any(|inside| describes(inside, name))
        }
        Value::Array(several) => several.iter().any(|one| describes(one, name)),
        _ => false,
    }
}
