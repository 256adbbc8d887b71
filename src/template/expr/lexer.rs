//! From the text of an expression to its tokens. Knows characters, and no grammar.

use super::error::{ExprError, Reason};
use crate::float;

/// The most characters one expression may have.
const MOST_CHARACTERS: usize = 2_000;

/// Marks, the longer ones first, so that `<=` is not read as `<`.
const MARKS: [&str; 22] = [
    "==", "!=", "<=", ">=", "&&", "||", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ".", ",", "(", ")", "[", "]",
];

/// A token and the character it begins at, counted from 1.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) at: usize,
    pub(super) kind: TokenKind,
}

/// The kinds of token.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind {
    Number(f64),
    Text(String),
    /// A name or a kept word; the parser tells them apart.
    Word(String),
    /// An operator, a bracket or another mark.
    Mark(&'static str),
    End,
}

/// All tokens of an expression; the last one is [`TokenKind::End`].
pub(super) fn tokens(source: &str) -> Result<Vec<Token>, ExprError> {
    let mut lexer = Lexer { chars: source.chars().collect(), next: 0 };
    if lexer.chars.len() > MOST_CHARACTERS {
        return Err(ExprError { at: MOST_CHARACTERS + 1, reason: Reason::TooLong });
    }
    let mut tokens = Vec::new();
    loop {
        while matches!(lexer.peek(), Some(' ' | '\t' | '\n' | '\r')) {
            lexer.next += 1;
        }
        let at = lexer.next + 1;
        let kind = lexer.token()?;
        let end = kind == TokenKind::End;
        tokens.push(Token { at, kind });
        if end {
            return Ok(tokens);
        }
    }
}

struct Lexer {
    chars: Vec<char>,
    next: usize,
}

impl Lexer {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.next).copied()
    }

    fn take(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.next += 1;
        Some(c)
    }

    fn token(&mut self) -> Result<TokenKind, ExprError> {
        match self.peek() {
            None => Ok(TokenKind::End),
            Some(c) if c.is_ascii_digit() => self.number(),
            Some(c) if is_word(c) => Ok(TokenKind::Word(self.run(is_word))),
            Some(quote @ ('"' | '\'')) => self.text(quote),
            Some(_) => self.mark(),
        }
    }

    fn mark(&mut self) -> Result<TokenKind, ExprError> {
        let rest = self.chars.get(self.next..).unwrap_or_default();
        for mark in MARKS {
            if mark.chars().eq(rest.iter().copied().take(mark.len())) {
                self.next += mark.len();
                return Ok(TokenKind::Mark(mark));
            }
        }
        Err(self.fault(self.next, Reason::BadCharacter))
    }

    /// The characters from here on that `fits` accepts.
    fn run(&mut self, fits: fn(char) -> bool) -> String {
        let mut run = String::new();
        while let Some(c) = self.peek().filter(|c| fits(*c)) {
            run.push(c);
            self.next += 1;
        }
        run
    }

    /// `0` or digits without a leading zero, then a fraction, then a power of ten. A point that no digit follows
    /// is left for the parser: it selects a field.
    fn number(&mut self) -> Result<TokenKind, ExprError> {
        let begin = self.next;
        let mut written = self.run(is_digit);
        let mut good = written == "0" || !written.starts_with('0');
        if self.peek() == Some('.') && self.chars.get(self.next + 1).is_some_and(char::is_ascii_digit) {
            self.next += 1;
            written.push('.');
            written.push_str(&self.run(is_digit));
        }
        if matches!(self.peek(), Some('e' | 'E')) {
            self.next += 1;
            written.push('e');
            if let Some(sign) = self.peek().filter(|c| matches!(c, '+' | '-')) {
                self.next += 1;
                written.push(sign);
            }
            let power = self.run(is_digit);
            good &= !power.is_empty();
            written.push_str(&power);
        }
        good &= !self.peek().is_some_and(is_word);
        match float::nearest(&written) {
            Some(value) if good => Ok(TokenKind::Number(value)),
            _ => Err(self.fault(begin, Reason::BadNumber)),
        }
    }

    fn text(&mut self, quote: char) -> Result<TokenKind, ExprError> {
        let begin = self.next;
        self.next += 1;
        let mut text = String::new();
        loop {
            match self.take() {
                None | Some('\n' | '\r') => return Err(self.fault(begin, Reason::UnclosedText)),
                Some(c) if c == quote => return Ok(TokenKind::Text(text)),
                Some('\\') => {
                    let at = self.next - 1;
                    let escaped = self.escape();
                    text.push(escaped.ok_or_else(|| self.fault(at, Reason::BadEscape))?);
                }
                Some(c) => text.push(c),
            }
        }
    }

    /// What follows a backslash. A character outside the basic plane is written as a pair of surrogates, as in JSON.
    fn escape(&mut self) -> Option<char> {
        match self.take()? {
            c @ ('"' | '\'' | '\\') => Some(c),
            'n' => Some('\n'),
            't' => Some('\t'),
            'u' => {
                let unit = self.four_digits()?;
                if !(0xD800..0xDC00).contains(&unit) {
                    return char::from_u32(unit);
                }
                if self.take() != Some('\\') || self.take() != Some('u') {
                    return None;
                }
                let low = self.four_digits().filter(|low| (0xDC00..0xE000).contains(low))?;
                char::from_u32(0x1_0000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
            }
            _ => None,
        }
    }

    fn four_digits(&mut self) -> Option<u32> {
        let mut unit = 0;
        for _ in 0..4 {
            unit = unit * 16 + self.take()?.to_digit(16)?;
        }
        Some(unit)
    }

    fn fault(&self, index: usize, reason: Reason) -> ExprError {
        ExprError { at: index + 1, reason }
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}
