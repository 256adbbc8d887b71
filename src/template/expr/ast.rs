//! The tree of an expression. Chains (`a && b && c`, `a + b + c`, `a.b.c`) are one node with a list, so that the
//! depth of a tree is bounded by the nesting of its text, whatever its length.

/// A part of an expression and the character it begins at, counted from 1 (of an operator: the operator).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub(crate) at: usize,
    pub(crate) kind: Kind,
}

/// What a part of an expression is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    Number(f64),
    Text(String),
    Bool(bool),
    /// The variable of an enclosing macro, counted from the outermost one.
    Variable(usize),
    /// A name of `with`, a name with a meaning of its own, or a property, in this order.
    Name(String, Option<Reserved>),
    List(Vec<Node>),
    Or(Vec<Node>),
    And(Vec<Node>),
    /// Condition, value when it is true, value otherwise.
    Choose(Box<[Node; 3]>),
    Relation(Relation, Box<[Node; 2]>),
    /// Operators of one rank, from left to right: `+ -`, or `* / %`.
    Chain(Box<Node>, Vec<(Operator, Node)>),
    Not(Box<Node>),
    Negative(Box<Node>),
    /// A value and what is selected from it, step by step.
    Member(Box<Node>, Vec<Selector>),
    Call(Function, Vec<Node>),
    /// A costly part inside a macro that uses only so many of the variables around it, and so gives the same in many
    /// turns.
    Steady(usize, Box<Node>),
}

/// One selection and the character it begins at.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Selector {
    pub(crate) at: usize,
    pub(crate) step: SelectorStep,
}

/// What is selected from a value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum SelectorStep {
    Field(String),
    Element(Node),
    Macro(Macro, Node),
    Method(Method, Vec<Node>),
}

/// Names with a meaning of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reserved {
    This,
    Item,
    Index,
    Parent,
    Root,
    Option,
    Data,
    Workspace,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Relation {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Plus,
    Minus,
    Times,
    Over,
    Remainder,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Macro {
    All,
    Exists,
    ExistsOne,
    Map,
    Filter,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    StartsWith,
    EndsWith,
    Contains,
    Join,
    Substring,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Function {
    Has,
    Size,
    Sum,
    Round,
    Sqrt,
    Exp,
    Distinct,
    Sort,
    Earliest,
    Latest,
    Days,
    Today,
    Words,
    Label,
    Collect,
    None,
}

impl Reserved {
    pub(crate) fn named(word: &str) -> Option<Self> {
        Some(match word {
            "this" => Self::This,
            "item" => Self::Item,
            "index" => Self::Index,
            "parent" => Self::Parent,
            "root" => Self::Root,
            "option" => Self::Option,
            "data" => Self::Data,
            "workspace" => Self::Workspace,
            _ => return None,
        })
    }
}

impl Macro {
    pub(crate) fn named(word: &str) -> Option<Self> {
        Some(match word {
            "all" => Self::All,
            "exists" => Self::Exists,
            "exists_one" => Self::ExistsOne,
            "map" => Self::Map,
            "filter" => Self::Filter,
            _ => return None,
        })
    }
}

impl Method {
    /// The method of a name, with the least and the most arguments it takes.
    pub(crate) fn named(word: &str) -> Option<(Self, usize, usize)> {
        Some(match word {
            "startsWith" => (Self::StartsWith, 1, 1),
            "endsWith" => (Self::EndsWith, 1, 1),
            "contains" => (Self::Contains, 1, 1),
            "join" => (Self::Join, 1, 1),
            "substring" => (Self::Substring, 1, 2),
            _ => return None,
        })
    }
}

impl Function {
    /// The function of a name, with the number of arguments it takes.
    pub(crate) fn named(word: &str) -> Option<(Self, usize)> {
        Some(match word {
            "has" => (Self::Has, 1),
            "size" => (Self::Size, 1),
            "sum" => (Self::Sum, 1),
            "round" => (Self::Round, 2),
            "sqrt" => (Self::Sqrt, 1),
            "exp" => (Self::Exp, 1),
            "distinct" => (Self::Distinct, 1),
            "sort" => (Self::Sort, 1),
            "earliest" => (Self::Earliest, 1),
            "latest" => (Self::Latest, 1),
            "days" => (Self::Days, 2),
            "today" => (Self::Today, 0),
            "words" => (Self::Words, 2),
            "label" => (Self::Label, 2),
            "collect" => (Self::Collect, 1),
            "none" => (Self::None, 0),
            _ => return None,
        })
    }
}

/// Words that are never names, because CEL keeps them.
pub(crate) fn is_kept(word: &str) -> bool {
    const KEPT: [&str; 21] = [
        "true",
        "false",
        "null",
        "in",
        "as",
        "break",
        "const",
        "continue",
        "else",
        "for",
        "function",
        "if",
        "import",
        "let",
        "loop",
        "package",
        "namespace",
        "return",
        "var",
        "void",
        "while",
    ];
    KEPT.contains(&word)
}
