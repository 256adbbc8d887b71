//! Conditions that compare siblings with constants, as JSON Schema.
//!
//! Only a part of the expression language is read here: names of siblings, texts, lists of texts, `data.name`,
//! `== != in ! && || has()`. Everything else gives no schema; it stays an expression only. A schema made here is
//! false while the answer it asks for is absent, exactly as the expression is.

use serde_json::{Map, Value, json};

/// The schema that an object fulfils when the condition is true; `None` when it cannot be said as a schema.
pub fn schema(expression: &str, data: &Map<String, Value>) -> Option<Value> {
    let mut parser = Parser { tokens: tokens(expression)?, at: 0, data };
    let condition = parser.either()?;
    (parser.at == parser.tokens.len()).then(|| condition.schema())
}

#[derive(Debug)]
enum Condition {
    Has(String),
    OneOf { name: String, values: Vec<Value> },
    NoneOf { name: String, values: Vec<Value>, absent_counts: bool },
    Both(Vec<Condition>),
    Either(Vec<Condition>),
}

impl Condition {
    fn schema(&self) -> Value {
        match self {
            Self::Has(name) => json!({"required": [name]}),
            Self::OneOf { name, values } => json!({"properties": {name: one_of(values)}, "required": [name]}),
            Self::NoneOf { name, values, absent_counts } => {
                let mut made = json!({"properties": {name: {"not": one_of(values)}}});
                if let (false, Some(map)) = (absent_counts, made.as_object_mut()) {
                    map.insert("required".to_owned(), json!([name]));
                }
                made
            }
            Self::Both(parts) => {
                merged(parts).unwrap_or_else(|| json!({"allOf": parts.iter().map(Self::schema).collect::<Vec<_>>()}))
            }
            Self::Either(parts) => {
                same_name(parts).unwrap_or_else(|| json!({"anyOf": parts.iter().map(Self::schema).collect::<Vec<_>>()}))
            }
        }
    }

    fn negated(self) -> Option<Self> {
        match self {
            Self::OneOf { name, values } => Some(Self::NoneOf { name, values, absent_counts: true }),
            _ => None,
        }
    }
}

fn one_of(values: &[Value]) -> Value {
    match values {
        [value] => json!({"const": value}),
        _ => json!({"enum": values}),
    }
}

/// One object for several conditions, when each property stands in one of them only.
fn merged(parts: &[Condition]) -> Option<Value> {
    let mut properties = Map::new();
    let mut required: Vec<Value> = Vec::new();
    for part in parts {
        let Value::Object(mut made) = part.schema() else { return None };
        if let Some(Value::Object(more)) = made.remove("properties") {
            for (name, schema) in more {
                if properties.insert(name, schema).is_some() {
                    return None;
                }
            }
        }
        if let Some(Value::Array(names)) = made.remove("required") {
            required.extend(names.into_iter().filter(|name| !required.contains(name)).collect::<Vec<_>>());
        }
        if !made.is_empty() {
            return None;
        }
    }
    let mut made = Map::new();
    if !properties.is_empty() {
        made.insert("properties".to_owned(), properties.into());
    }
    if !required.is_empty() {
        made.insert("required".to_owned(), required.into());
    }
    Some(made.into())
}

/// `a in [x] || a in [y]` is `a in [x, y]`.
fn same_name(parts: &[Condition]) -> Option<Value> {
    let mut all: Vec<Value> = Vec::new();
    let mut of: Option<&String> = None;
    for part in parts {
        let Condition::OneOf { name, values } = part else { return None };
        if of.is_some_and(|of| of != name) {
            return None;
        }
        of = Some(name);
        all.extend(values.iter().cloned());
    }
    Some(Condition::OneOf { name: of?.clone(), values: all }.schema())
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Name(String),
    Text(String),
    Sign(&'static str),
}

const SIGNS: [&str; 11] = ["==", "!=", "&&", "||", "!", "(", ")", "[", "]", ",", "."];

fn tokens(expression: &str) -> Option<Vec<Token>> {
    let mut rest = expression.trim_start();
    let mut tokens = Vec::new();
    while let Some(first) = rest.chars().next() {
        if let Some(text) = rest.strip_prefix('"') {
            let (text, after) = text.split_once('"')?;
            if text.contains('\\') {
                return None;
            }
            tokens.push(Token::Text(text.to_owned()));
            rest = after;
        } else if first.is_ascii_alphabetic() {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            tokens.push(Token::Name(name.to_owned()));
            rest = after;
        } else {
            let sign = SIGNS.into_iter().find(|sign| rest.starts_with(sign))?;
            tokens.push(Token::Sign(sign));
            rest = rest.strip_prefix(sign)?;
        }
        rest = rest.trim_start();
    }
    Some(tokens)
}

struct Parser<'a> {
    tokens: Vec<Token>,
    at: usize,
    data: &'a Map<String, Value>,
}

impl Parser<'_> {
    fn take(&mut self, sign: &str) -> Option<()> {
        let found = matches!(self.tokens.get(self.at), Some(Token::Sign(s)) if *s == sign);
        self.at += usize::from(found);
        found.then_some(())
    }

    fn name(&mut self) -> Option<String> {
        let Some(Token::Name(name)) = self.tokens.get(self.at) else { return None };
        self.at += 1;
        Some(name.clone())
    }

    fn either(&mut self) -> Option<Condition> {
        let mut parts = vec![self.both()?];
        while self.take("||").is_some() {
            parts.push(self.both()?);
        }
        if parts.len() == 1 { parts.pop() } else { Some(Condition::Either(parts)) }
    }

    fn both(&mut self) -> Option<Condition> {
        let mut parts = vec![self.one()?];
        while self.take("&&").is_some() {
            parts.push(self.one()?);
        }
        if parts.len() == 1 { parts.pop() } else { Some(Condition::Both(parts)) }
    }

    fn one(&mut self) -> Option<Condition> {
        if self.take("!").is_some() {
            return self.one()?.negated();
        }
        if self.take("(").is_some() {
            let inside = self.either()?;
            return self.take(")").map(|()| inside);
        }
        let name = self.name()?;
        if name == "has" {
            self.take("(")?;
            let name = self.name()?;
            return self.take(")").map(|()| Condition::Has(name));
        }
        if self.take("==").is_some() {
            return Some(Condition::OneOf { name, values: vec![self.constant()?] });
        }
        if self.take("!=").is_some() {
            return Some(Condition::NoneOf { name, values: vec![self.constant()?], absent_counts: false });
        }
        if self.tokens.get(self.at) == Some(&Token::Name("in".to_owned())) {
            self.at += 1;
            return Some(Condition::OneOf { name, values: self.list()? });
        }
        match self.tokens.get(self.at) {
            None | Some(Token::Sign("&&" | "||" | ")")) => Some(Condition::OneOf { name, values: vec![json!(true)] }),
            _ => None,
        }
    }

    fn constant(&mut self) -> Option<Value> {
        let value = match self.tokens.get(self.at)? {
            Token::Text(text) => Value::from(text.as_str()),
            Token::Name(name) if name == "true" || name == "false" => Value::from(name == "true"),
            _ => return None,
        };
        self.at += 1;
        Some(value)
    }

    fn list(&mut self) -> Option<Vec<Value>> {
        if self.tokens.get(self.at) == Some(&Token::Name("data".to_owned())) {
            self.at += 1;
            self.take(".")?;
            let name = self.name()?;
            return self.data.get(&name)?.as_array().cloned();
        }
        self.take("[")?;
        let mut values = vec![self.constant()?];
        while self.take(",").is_some() {
            values.push(self.constant()?);
        }
        self.take("]").map(|()| values)
    }
}
