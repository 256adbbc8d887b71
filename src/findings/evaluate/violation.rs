//! What a check can say: a violation as data. Sentences are made in `findings::message` only.

use std::fmt;

use serde_json::Value;

use crate::template::Pointer;

/// A value that breaks a keyword of the schema.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// The place in the values. For a missing property it is the object that lacks it, see [`Violation::place`].
    pub pointer: Pointer,
    /// Which document `schema_location` is in: 0 is the template, `n` is the `n`th document given beside it.
    pub document: usize,
    /// The subschema object that holds the keyword, from the root of its document, after following references.
    pub schema_location: Pointer,
    /// The keyword that is broken; empty when the subschema is `false`.
    pub keyword: &'static str,
    /// What is wrong.
    pub kind: Kind,
}

impl Violation {
    /// The place of the field that the violation is about: the missing property, or the value itself.
    pub fn place(&self) -> Pointer {
        match &self.kind {
            Kind::Required { property, .. } => self.pointer.child(property),
            _ => self.pointer.clone(),
        }
    }

    /// The violations that an officer can act on: in place of a choice of which no branch holds, those of the
    /// branch that was evidently meant, when there is one.
    pub fn speaking(self) -> Vec<Violation> {
        match self.kind {
            Kind::NoBranch { violations, .. } if !violations.is_empty() => {
                violations.into_iter().flat_map(Violation::speaking).collect()
            }
            _ => vec![self],
        }
    }
}

/// What is wrong with a value.
#[expect(missing_docs, reason = "a variant says what its fields are")]
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A property is missing. `conditional`: it is only asked for because of another entry.
    Required { property: String, conditional: bool },
    /// The value is of another type.
    Type { want: Types },
    /// The value is not one of those listed (`enum`, or a choice of constants).
    NotInList,
    /// The value is not the fixed one. `declaration`: the fixed value is `true`, a box to be ticked.
    Const { declaration: bool },
    /// A text has too few characters (code points).
    TooShort { got: usize, want: usize },
    /// A text has too many characters (code points).
    TooLong { got: usize, want: usize },
    /// A text does not match the pattern.
    Pattern,
    /// A text is not of the named format.
    Format { name: String },
    /// A number is below its limit. The limit has the digits of the schema.
    TooSmall { limit: String, exclusive: bool },
    /// A number is above its limit. The limit has the digits of the schema.
    TooLarge { limit: String, exclusive: bool },
    /// A number is not a multiple of the step.
    MultipleOf { step: String },
    /// A list has too few items.
    TooFewItems { got: usize, want: usize },
    /// A list has too many items.
    TooManyItems { got: usize, want: usize },
    /// Two items of a list are equal.
    NotUnique { first: usize, second: usize },
    /// Too few or too many items of a list are of the kind asked for.
    Contains { got: usize, least: usize, most: Option<usize> },
    /// An item beyond those the list may have.
    AdditionalItem { index: usize },
    /// A property that the object may not have.
    AdditionalProperty { property: String },
    /// A property whose name is not allowed.
    PropertyName { property: String },
    /// An object has too few properties.
    TooFewProperties { got: usize, want: usize },
    /// An object has too many properties.
    TooManyProperties { got: usize, want: usize },
    /// No branch of a choice holds. When one branch was evidently meant, its number and its violations.
    NoBranch { branch: Option<usize>, violations: Vec<Violation> },
    /// More than one branch of `oneOf` holds.
    ManyBranches { branches: Vec<usize> },
    /// The value is of a kind that is excluded by `not`.
    Not,
    /// Nothing may stand here (the subschema is `false`).
    False,
    /// A property or item that no part of the schema provides for.
    Unevaluated,
    /// The check could not be made or finished, so the value is not known to be valid.
    Unchecked(Obstacle),
}

/// Why a check could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Obstacle {
    /// The value or the way through the schema is nested too deeply, or a reference leads back to itself.
    TooDeep,
    /// The schema asks for more work than is reasonable for the value.
    TooMuch,
    /// The pattern is no regular expression, or it could not be run in time.
    Pattern,
    /// The number has too many digits to be divided.
    Digits,
    /// There is no subschema at the place that was asked for.
    NoSubschema,
}

/// A type of JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Type {
    /// `null`
    Null,
    /// `boolean`
    Boolean,
    /// `integer`: a number without fraction
    Integer,
    /// `number`
    Number,
    /// `string`
    String,
    /// `array`
    Array,
    /// `object`
    Object,
}

impl Type {
    const ALL: [Type; 7] =
        [Type::Null, Type::Boolean, Type::Integer, Type::Number, Type::String, Type::Array, Type::Object];

    /// The name in a schema.
    pub fn name(self) -> &'static str {
        match self {
            Type::Null => "null",
            Type::Boolean => "boolean",
            Type::Integer => "integer",
            Type::Number => "number",
            Type::String => "string",
            Type::Array => "array",
            Type::Object => "object",
        }
    }

    /// The type of that name.
    pub fn named(name: &str) -> Option<Type> {
        Type::ALL.into_iter().find(|each| each.name() == name)
    }

    /// The type of a value. A number is a [`Type::Number`], whole or not.
    pub fn of(value: &Value) -> Type {
        match value {
            Value::Null => Type::Null,
            Value::Bool(_) => Type::Boolean,
            Value::Number(_) => Type::Number,
            Value::String(_) => Type::String,
            Value::Array(_) => Type::Array,
            Value::Object(_) => Type::Object,
        }
    }

    fn bit(self) -> u8 {
        1 << (self as u8)
    }
}

/// A set of types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Types(u8);

impl Types {
    /// This set and one type more.
    #[must_use]
    pub fn with(self, one: Type) -> Types {
        Types(self.0 | one.bit())
    }

    /// Whether the type is in the set.
    pub fn has(self, one: Type) -> bool {
        self.0 & one.bit() != 0
    }

    /// The types in the set, in a fixed order.
    pub fn iter(self) -> impl Iterator<Item = Type> {
        Type::ALL.into_iter().filter(move |each| self.has(*each))
    }
}

impl fmt::Display for Types {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nth, each) in self.iter().enumerate() {
            write!(f, "{}{}", if nth == 0 { "" } else { ", " }, each.name())?;
        }
        Ok(())
    }
}
