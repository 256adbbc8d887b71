//! What can be wrong with the rules of a template, and where.

use std::fmt;

use crate::template::Pointer;
use crate::template::expr::ExprError;

/// Rules that cannot be used. The template is refused with the reason and the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleError {
    /// The place in the document of the template.
    pub at: Pointer,
    /// What is wrong there.
    pub reason: RuleReason,
}

/// Why a rule is refused. Names are those of the template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleReason {
    /// `rules` is no list.
    NotAList,
    /// More rules than a template may have.
    TooManyRules,
    /// More constants than a template may have.
    TooMuchData,
    /// A rule, or its `with`, is no object.
    NotAnObject,
    /// A key that is missing, or stands for no text.
    NotAText,
    /// A weight that is none of the three.
    NotASeverity,
    /// A selection that does not follow `for`.
    NotASelection,
    /// More names in one `with` than are allowed.
    TooManyNames,
    /// A name in `with` that no expression could use.
    NotAName,
    /// An expression that cannot be read.
    Expression(ExprError),
    /// Named expressions that need each other in a circle.
    Circle {
        /// The name in `with` it was found at.
        name: String,
    },
    /// A mark that no field has.
    UnknownMark {
        /// The mark.
        mark: String,
    },
    /// A field that the form does not have there.
    UnknownField {
        /// The name of the property.
        name: String,
    },
    /// A placeholder that is no name in scope.
    UnknownPlaceholder {
        /// What stands in the braces.
        name: String,
    },
}

impl fmt::Display for RuleReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAList => write!(f, "the rules are no list"),
            Self::TooManyRules => write!(f, "more than 1,000 rules"),
            Self::TooMuchData => write!(f, "more than 20,000 constants"),
            Self::NotAnObject => write!(f, "an object is needed here"),
            Self::NotAText => write!(f, "a text is needed here"),
            Self::NotASeverity => write!(f, "write \"error\", \"warning\" or \"info\""),
            Self::NotASelection => write!(f, "write \"\", the way to a field such as \"table[].count\", or \"@mark\""),
            Self::TooManyNames => write!(f, "more than 16 names"),
            Self::NotAName => write!(f, "a name has letters, digits and underscores, and is no word of the language"),
            Self::Expression(error) => error.fmt(f),
            Self::Circle { name } => write!(f, "{name} needs itself by way of other names"),
            Self::UnknownMark { mark } => write!(f, "no field is marked {mark}"),
            Self::UnknownField { name } => write!(f, "unknown field {name}"),
            Self::UnknownPlaceholder { name } => write!(f, "unknown name {name} in braces"),
        }
    }
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "At {}: {}.", self.at, self.reason)
    }
}

impl std::error::Error for RuleError {}
