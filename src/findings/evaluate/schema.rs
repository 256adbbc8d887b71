//! The compiled schema: subschemas as nodes, keywords as checks with their references resolved.

use std::collections::BTreeMap;

use serde_json::Value;

use super::decimal::Decimal;
use super::equality::Choices;
use super::formats::Format;
use super::index::NodeId;
use super::violation::{Type, Types};

/// All subschemas that can be reached.
#[derive(Debug)]
pub(super) struct Schema {
    pub nodes: Vec<Node>,
    pub root: NodeId,
    pub resources: Vec<Scope>,
    /// The subschemas of the template itself, sorted by location.
    pub by_location: Vec<NodeId>,
}

/// What a reference can find while a resource is being checked.
#[derive(Debug)]
pub(super) struct Scope {
    pub root: NodeId,
    pub dynamic: BTreeMap<String, NodeId>,
    pub recursive: bool,
}

/// A subschema.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub document: usize,
    /// The text of the pointer to it.
    pub location: String,
    pub resource: usize,
    pub checks: Vec<Check>,
    /// Whether it has `unevaluatedItems` or `unevaluatedProperties`, so that it must be noted what is evaluated.
    pub notes: bool,
}

impl Node {
    /// Whether it is the subschema `false`.
    pub fn is_false(&self) -> bool {
        matches!(self.checks.as_slice(), [Check::False])
    }
}

/// One keyword, or several that only mean something together.
#[derive(Debug)]
pub(super) enum Check {
    /// The subschema `false`.
    False,
    Type {
        want: Types,
        /// In draft 04 a number with a point is no integer, whatever its value.
        by_form: bool,
    },
    /// `enum`, or a choice of which every branch lists constants.
    Listed {
        keyword: &'static str,
        choices: Choices,
    },
    Const {
        choice: Choices,
        declaration: bool,
    },
    Limit(Limit),
    MultipleOf {
        step: Decimal,
        text: String,
    },
    Count {
        keyword: &'static str,
        of: Counted,
        most: bool,
        limit: usize,
    },
    Pattern(String),
    Format {
        format: Format,
        /// Whether the dialect asserts formats even when the caller does not ask for it.
        always: bool,
    },
    Required(Vec<String>),
    DependentRequired {
        keyword: &'static str,
        lists: Vec<(String, Vec<String>)>,
    },
    UniqueItems,
    Reference(NodeId),
    DynamicReference {
        to: NodeId,
        anchor: String,
    },
    RecursiveReference(NodeId),
    Properties(Properties),
    PropertyNames(NodeId),
    Items {
        first: Vec<NodeId>,
        rest: Option<NodeId>,
        /// The keyword of `rest`.
        keyword: &'static str,
    },
    Contains(Contains),
    AllOf(Vec<NodeId>),
    AnyOf(Vec<NodeId>),
    OneOf(Vec<NodeId>),
    Not(NodeId),
    If {
        condition: NodeId,
        then: Option<NodeId>,
        otherwise: Option<NodeId>,
    },
    DependentSchemas(Vec<(String, NodeId)>),
    UnevaluatedItems(NodeId),
    UnevaluatedProperties(NodeId),
}

/// `minimum` and its relations.
#[derive(Debug)]
pub(super) struct Limit {
    pub keyword: &'static str,
    pub upper: bool,
    pub exclusive: bool,
    pub limit: Decimal,
    /// The limit with the digits of the schema.
    pub text: String,
}

/// What a count is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    Characters,
    Items,
    Properties,
}

/// `properties`, `patternProperties` and `additionalProperties`.
#[derive(Debug, Default)]
pub(super) struct Properties {
    /// In the order of the schema, which is the order of the form.
    pub named: Vec<(String, NodeId)>,
    /// The same names, sorted, to tell quickly whether a property is one of them.
    pub sorted: Vec<String>,
    pub patterns: Vec<(String, NodeId)>,
    pub rest: Option<NodeId>,
}

/// `contains`, `minContains` and `maxContains`.
#[derive(Debug)]
pub(super) struct Contains {
    pub node: NodeId,
    pub least: usize,
    pub most: Option<usize>,
    /// From 2020-12 on, `unevaluatedItems` leaves out the items that were found.
    pub notes: bool,
}

impl Check {
    /// Calls back for each subschema that is applied to the same value, not to a part of it.
    pub fn in_place(&self, mut each: impl FnMut(NodeId)) {
        match self {
            Check::Reference(node)
            | Check::DynamicReference { to: node, .. }
            | Check::RecursiveReference(node)
            | Check::Not(node) => each(*node),
            Check::AllOf(nodes) | Check::AnyOf(nodes) | Check::OneOf(nodes) => nodes.iter().copied().for_each(each),
            Check::If { condition, then, otherwise } => {
                [Some(*condition), *then, *otherwise].into_iter().flatten().for_each(each);
            }
            Check::DependentSchemas(members) => members.iter().for_each(|(_, node)| each(*node)),
            _ => {}
        }
    }
}

/// The constants that a branch lists, when it does nothing else than list and describe them. `plain` tells whether a
/// name is no keyword.
pub(super) fn listed(branch: &Value, plain: impl Fn(&str) -> bool) -> Option<Vec<&Value>> {
    let branch = branch.as_object()?;
    let values: Vec<&Value> = match (branch.get("const"), branch.get("enum")) {
        (Some(value), None) => vec![value],
        (None, Some(Value::Array(values))) => values.iter().collect(),
        _ => return None,
    };
    // Generated schemas repeat the type beside the constant. It says nothing new when it agrees.
    let agrees = |name: &str| values.iter().all(|value| Type::of(value).name() == name);
    let idle = |(name, value): (&String, &Value)| match name.as_str() {
        "const" | "enum" => true,
        "type" => value.as_str().is_some_and(agrees),
        other => plain(other),
    };
    branch.iter().all(idle).then_some(values)
}
