//! From tokens to the tree of an expression: the grammar, and what it refuses.

use super::ast::{Function, Kind, Macro, Method, Node, Operator, Relation, Reserved, Selector, SelectorStep, is_kept};
use super::error::{ExprError, Reason};
use super::lexer::{Token, TokenKind, tokens};

/// The most brackets, arguments, branches and signs inside each other.
const MOST_LEVELS: usize = 32;

type Parsed<T> = Result<T, ExprError>;

/// Reads a whole expression.
pub(super) fn parse(source: &str) -> Parsed<Node> {
    let mut parser = Parser { tokens: tokens(source)?, next: 0, levels: 0, variables: Vec::new(), used: 0 };
    let node = parser.expression()?;
    match parser.kind() {
        TokenKind::End => Ok(node),
        _ => Err(parser.unexpected()),
    }
}

struct Parser {
    tokens: Vec<Token>,
    next: usize,
    levels: usize,
    /// Variables of the macros around the present place, innermost last.
    variables: Vec<String>,
    /// The variables used in the part being read, one bit each. Nesting keeps them below 64.
    used: u64,
}

impl Parser {
    fn kind(&self) -> &TokenKind {
        self.tokens.get(self.next).map_or(&TokenKind::End, |token| &token.kind)
    }

    fn at(&self) -> usize {
        self.tokens.get(self.next).or(self.tokens.last()).map_or(1, |token| token.at)
    }

    fn fault<T>(&self, at: usize, reason: Reason) -> Parsed<T> {
        Err(ExprError { at, reason })
    }

    fn unexpected(&self) -> ExprError {
        let reason = if *self.kind() == TokenKind::End { Reason::UnexpectedEnd } else { Reason::Unexpected };
        ExprError { at: self.at(), reason }
    }

    /// Takes the mark when it stands here.
    fn mark(&mut self, mark: &str) -> bool {
        let here = matches!(self.kind(), TokenKind::Mark(here) if *here == mark);
        self.next += usize::from(here);
        here
    }

    fn expect(&mut self, mark: &str) -> Parsed<()> {
        if self.mark(mark) { Ok(()) } else { Err(self.unexpected()) }
    }

    /// Takes the operator of the list that stands here, if one does.
    fn operator<T: Copy>(&mut self, operators: &[(&str, T)]) -> Option<T> {
        let TokenKind::Mark(here) = self.kind() else { return None };
        let (_, operator) = operators.iter().find(|(mark, _)| mark == here)?;
        self.next += 1;
        Some(*operator)
    }

    /// Goes one level deeper for as long as `read` runs.
    fn deeper(&mut self, read: fn(&mut Self) -> Parsed<Node>) -> Parsed<Node> {
        if self.levels == MOST_LEVELS {
            return self.fault(self.at(), Reason::TooDeep);
        }
        self.levels += 1;
        let node = read(self);
        self.levels -= 1;
        node
    }

    fn inner(&mut self) -> Parsed<Node> {
        self.deeper(Self::expression)
    }

    fn expression(&mut self) -> Parsed<Node> {
        let condition = self.or()?;
        let at = self.at();
        if !self.mark("?") {
            return Ok(condition);
        }
        let yes = self.deeper(Self::or)?;
        self.expect(":")?;
        let no = self.inner()?;
        Ok(Node { at, kind: Kind::Choose(Box::new([condition, yes, no])) })
    }

    fn or(&mut self) -> Parsed<Node> {
        self.series("||", Self::and, Kind::Or)
    }

    fn and(&mut self) -> Parsed<Node> {
        self.series("&&", Self::relation, Kind::And)
    }

    /// Operands joined by one mark; a single operand stays as it is.
    fn series(&mut self, mark: &str, read: fn(&mut Self) -> Parsed<Node>, kind: fn(Vec<Node>) -> Kind) -> Parsed<Node> {
        let first = read(self)?;
        let at = self.at();
        if !self.mark(mark) {
            return Ok(first);
        }
        let mut operands = vec![first, read(self)?];
        while self.mark(mark) {
            operands.push(read(self)?);
        }
        Ok(Node { at, kind: kind(operands) })
    }

    fn relation(&mut self) -> Parsed<Node> {
        let left = self.sum()?;
        let at = self.at();
        let Some(relation) = self.relation_sign() else { return Ok(left) };
        let right = self.sum()?;
        let second = self.at();
        if self.relation_sign().is_some() {
            return self.fault(second, Reason::TwoComparisons);
        }
        Ok(Node { at, kind: Kind::Relation(relation, Box::new([left, right])) })
    }

    fn relation_sign(&mut self) -> Option<Relation> {
        if matches!(self.kind(), TokenKind::Word(word) if word == "in") {
            self.next += 1;
            return Some(Relation::In);
        }
        self.operator(&[
            ("==", Relation::Equal),
            ("!=", Relation::Unequal),
            ("<", Relation::Less),
            ("<=", Relation::LessOrEqual),
            (">", Relation::Greater),
            (">=", Relation::GreaterOrEqual),
        ])
    }

    fn sum(&mut self) -> Parsed<Node> {
        self.chain(&[("+", Operator::Plus), ("-", Operator::Minus)], Self::product)
    }

    fn product(&mut self) -> Parsed<Node> {
        self.chain(&[("*", Operator::Times), ("/", Operator::Over), ("%", Operator::Remainder)], Self::unary)
    }

    fn chain(&mut self, operators: &[(&str, Operator)], read: fn(&mut Self) -> Parsed<Node>) -> Parsed<Node> {
        let first = read(self)?;
        let at = self.at();
        let mut rest = Vec::new();
        while let Some(operator) = self.operator(operators) {
            rest.push((operator, read(self)?));
        }
        Ok(if rest.is_empty() { first } else { Node { at, kind: Kind::Chain(Box::new(first), rest) } })
    }

    fn unary(&mut self) -> Parsed<Node> {
        let at = self.at();
        let kind: fn(Box<Node>) -> Kind = match self.operator(&[("!", true), ("-", false)]) {
            None => return self.member(),
            Some(true) => Kind::Not,
            Some(false) => Kind::Negative,
        };
        let operand = self.deeper(Self::unary)?;
        Ok(Node { at, kind: kind(Box::new(operand)) })
    }

    /// A member, marked when it is costly and does not use the innermost variable around it.
    fn member(&mut self) -> Parsed<Node> {
        let around = self.variables.len();
        let before = std::mem::take(&mut self.used);
        let node = self.plain_member()?;
        // Variables of macros inside the member are no business of the places around it.
        let used = self.used & ((1 << around) - 1);
        self.used = before | used;
        let needed = (u64::BITS - used.leading_zeros()) as usize;
        if needed == around || !is_costly(&node.kind) {
            return Ok(node);
        }
        Ok(Node { at: node.at, kind: Kind::Steady(needed, Box::new(node)) })
    }

    fn plain_member(&mut self) -> Parsed<Node> {
        let primary = self.primary()?;
        let mut selectors = Vec::new();
        loop {
            let at = self.at();
            let step = if self.mark("[") {
                let element = self.inner()?;
                self.expect("]")?;
                SelectorStep::Element(element)
            } else if self.mark(".") {
                self.after_point()?
            } else {
                break;
            };
            selectors.push(Selector { at, step });
        }
        if selectors.is_empty() {
            return Ok(primary);
        }
        Ok(Node { at: primary.at, kind: Kind::Member(Box::new(primary), selectors) })
    }

    /// A field, a macro or a method.
    fn after_point(&mut self) -> Parsed<SelectorStep> {
        let at = self.at();
        let word = self.name()?;
        if !self.mark("(") {
            return Ok(SelectorStep::Field(word));
        }
        if let Some(kind) = Macro::named(&word) {
            return self.macro_body(kind);
        }
        let Some((method, least, most)) = Method::named(&word) else {
            return self.fault(at, Reason::NoSuchFunction);
        };
        let arguments = self.arguments(")")?;
        if arguments.len() < least || arguments.len() > most {
            return self.fault(at, Reason::WrongArguments);
        }
        Ok(SelectorStep::Method(method, arguments))
    }

    fn macro_body(&mut self, kind: Macro) -> Parsed<SelectorStep> {
        let at = self.at();
        let variable = match self.kind() {
            TokenKind::Word(word) if !is_kept(word) && Reserved::named(word).is_none() => word.clone(),
            TokenKind::End => return Err(self.unexpected()),
            _ => return self.fault(at, Reason::NeedsFreeVariable),
        };
        self.next += 1;
        if matches!(self.kind(), TokenKind::Mark(")")) {
            return self.fault(self.at(), Reason::WrongArguments);
        }
        self.expect(",")?;
        self.variables.push(variable);
        let body = self.inner()?;
        self.variables.pop();
        if matches!(self.kind(), TokenKind::Mark(",")) {
            return self.fault(self.at(), Reason::WrongArguments);
        }
        self.expect(")")?;
        Ok(SelectorStep::Macro(kind, body))
    }

    fn name(&mut self) -> Parsed<String> {
        match self.kind() {
            TokenKind::Word(word) if is_kept(word) => self.fault(self.at(), Reason::KeptWord),
            TokenKind::Word(word) => {
                let word = word.clone();
                self.next += 1;
                Ok(word)
            }
            _ => Err(self.unexpected()),
        }
    }

    fn primary(&mut self) -> Parsed<Node> {
        let at = self.at();
        let kind = match self.kind().clone() {
            TokenKind::Number(number) => Kind::Number(number),
            TokenKind::Text(text) => Kind::Text(text),
            TokenKind::Word(word) if word == "true" || word == "false" => Kind::Bool(word == "true"),
            TokenKind::Word(_) => return self.named(at),
            TokenKind::Mark("(") => {
                self.next += 1;
                let node = self.inner()?;
                self.expect(")")?;
                return Ok(node);
            }
            TokenKind::Mark("[") => {
                self.next += 1;
                return Ok(Node { at, kind: Kind::List(self.arguments("]")?) });
            }
            _ => return Err(self.unexpected()),
        };
        self.next += 1;
        Ok(Node { at, kind })
    }

    /// A variable, a name, or a call of a function.
    fn named(&mut self, at: usize) -> Parsed<Node> {
        let word = self.name()?;
        if self.mark("(") {
            let Some((function, count)) = Function::named(&word) else {
                return self.fault(at, Reason::NoSuchFunction);
            };
            let arguments = self.arguments(")")?;
            check_call(function, count, &arguments, at)?;
            return Ok(Node { at, kind: Kind::Call(function, arguments) });
        }
        let kind = match self.variables.iter().rposition(|variable| *variable == word) {
            Some(variable) => {
                self.used |= 1 << variable;
                Kind::Variable(variable)
            }
            None => {
                let reserved = Reserved::named(&word);
                Kind::Name(word, reserved)
            }
        };
        Ok(Node { at, kind })
    }

    /// Expressions with commas between them, up to the closing mark.
    fn arguments(&mut self, close: &str) -> Parsed<Vec<Node>> {
        let mut arguments = Vec::new();
        if self.mark(close) {
            return Ok(arguments);
        }
        loop {
            arguments.push(self.inner()?);
            if self.mark(close) {
                return Ok(arguments);
            }
            self.expect(",")?;
        }
    }
}

/// The number of arguments, and what the grammar asks of the first one.
fn check_call(function: Function, count: usize, arguments: &[Node], at: usize) -> Parsed<()> {
    if arguments.len() != count {
        return Err(ExprError { at, reason: Reason::WrongArguments });
    }
    let Some(first) = arguments.first() else { return Ok(()) };
    let reason = match (function, &first.kind) {
        (Function::Label | Function::Collect, Kind::Text(_)) => return Ok(()),
        (Function::Label | Function::Collect, _) => Reason::NeedsText,
        (Function::Has, kind) if !is_place(kind) => Reason::NeedsPlace,
        _ => return Ok(()),
    };
    Err(ExprError { at: first.at, reason })
}

/// Whether evaluating this takes more than reading a value.
fn is_costly(kind: &Kind) -> bool {
    match kind {
        Kind::Member(first, selectors) => {
            let costly = |step: &SelectorStep| matches!(step, SelectorStep::Macro(..) | SelectorStep::Method(..));
            is_costly(&first.kind) || selectors.iter().any(|selector| costly(&selector.step))
        }
        Kind::Call(function, _) => matches!(
            function,
            Function::Sum | Function::Distinct | Function::Sort | Function::Words | Function::Collect | Function::Label
        ),
        _ => false,
    }
}

/// Whether this is a name, a field or an element.
fn is_place(kind: &Kind) -> bool {
    match kind {
        Kind::Steady(_, node) => is_place(&node.kind),
        Kind::Variable(_) | Kind::Name(..) => true,
        Kind::Member(_, selectors) => {
            selectors.last().is_some_and(|last| matches!(last.step, SelectorStep::Field(_) | SelectorStep::Element(_)))
        }
        _ => false,
    }
}
