//! What can be wrong in the text of an expression, and where.

use std::fmt;

/// An expression that cannot be read. It never carries the text itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExprError {
    /// The character at fault, counted from 1 in characters (not bytes); one more than the length when the text
    /// ends too early.
    pub at: usize,
    /// What is wrong there.
    pub reason: Reason,
}

/// Why an expression is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// More than 2,000 characters.
    TooLong,
    /// More than 32 brackets, arguments, branches or signs inside each other.
    TooDeep,
    /// A character that no token begins with.
    BadCharacter,
    /// A text without its closing quotation mark on the same line.
    UnclosedText,
    /// A backslash followed by something that is no escape.
    BadEscape,
    /// A number that is not written as the grammar has it, or is too large.
    BadNumber,
    /// A word kept by the language stands where a name is expected.
    KeptWord,
    /// A call of something that is no function, macro or method.
    NoSuchFunction,
    /// A call with too few or too many arguments.
    WrongArguments,
    /// A chain such as `1 < 2 < 3`.
    TwoComparisons,
    /// The variable of a macro is no name, or is a name with a meaning of its own, such as `item`.
    NeedsFreeVariable,
    /// The first argument of `label` and `collect` is written out as a text.
    NeedsText,
    /// The argument of `has` is a name, a field or an element.
    NeedsPlace,
    /// Something stands where it does not belong.
    Unexpected,
    /// The text ends before the expression does.
    UnexpectedEnd,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Reason::TooLong => "more than 2,000 characters; shorten it or name a part of it in \"with\"",
            Reason::TooDeep => "more than 32 levels inside each other; name a part of it in \"with\"",
            Reason::BadCharacter => "a character that means nothing here",
            Reason::UnclosedText => "a text without its closing quotation mark",
            Reason::BadEscape => "a backslash that is no escape; write two for one",
            Reason::BadNumber => "a number that is not written as a decimal number",
            Reason::KeptWord => "a word of the language; reach a property of that name as this[\"name\"]",
            Reason::NoSuchFunction => "no such function",
            Reason::WrongArguments => "wrong number of arguments",
            Reason::TwoComparisons => "two comparisons in a row; join them with &&",
            Reason::NeedsFreeVariable => "needs a free variable name",
            Reason::NeedsText => "the name must be written out as a text",
            Reason::NeedsPlace => "has() takes a name, a field or an element",
            Reason::Unexpected => "something that does not belong here",
            Reason::UnexpectedEnd => "the expression ends too early",
        })
    }
}

impl fmt::Display for ExprError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at character {}: {}", self.at, self.reason)
    }
}

impl std::error::Error for ExprError {}
