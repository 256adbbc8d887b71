//! What the parts of an expression mean. Nothing here fails: an operand that is absent or of the wrong type gives
//! what the tables of the language say.

use serde_json::Value;

use super::ast::{Kind, Macro, Node, Operator, Relation, Selector, SelectorStep};
use super::decimal::shortest;
use super::run::{Evaluated, MOST_MADE, Run, Stop};
use super::value::{List, Text, Val};

impl<'a> Run<'a> {
    /// What a part of an expression means here.
    pub(super) fn meaning(&mut self, node: &'a Node) -> Evaluated<Val<'a>> {
        Ok(match &node.kind {
            Kind::Number(number) => Val::number(*number),
            Kind::Text(text) => Val::Text(Text::Read(text)),
            Kind::Bool(value) => Val::Bool(*value),
            Kind::Variable(variable) => self.variable(*variable),
            Kind::Name(name, reserved) => self.name(name, *reserved)?,
            Kind::List(items) => self.made_list(items)?,
            Kind::Or(operands) => Val::Bool(self.any(operands, true)?),
            Kind::And(operands) => Val::Bool(!self.any(operands, false)?),
            Kind::Choose(parts) => {
                let [condition, yes, no] = &**parts;
                let chosen = if self.eval(condition)?.is_true() { yes } else { no };
                self.eval(chosen)?
            }
            Kind::Relation(relation, sides) => {
                let [left, right] = &**sides;
                let (left, right) = (self.eval(left)?, self.eval(right)?);
                Val::Bool(self.relate(*relation, &left, &right)?)
            }
            Kind::Chain(first, rest) => self.chain(first, rest)?,
            Kind::Not(operand) => Val::Bool(!self.eval(operand)?.is_true()),
            Kind::Negative(operand) => self.eval(operand)?.as_number().map_or(Val::Absent, |n| Val::number(-n)),
            Kind::Member(first, selectors) => self.member(first, selectors)?,
            Kind::Call(function, arguments) => self.call(*function, arguments)?,
            Kind::Steady(needed, part) => self.steady(*needed, part)?,
        })
    }

    /// Whether one of the operands is true, or one is not, in this order and no further than needed.
    fn any(&mut self, operands: &'a [Node], wanted: bool) -> Evaluated<bool> {
        for operand in operands {
            if self.eval(operand)?.is_true() == wanted {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn made_list(&mut self, nodes: &'a [Node]) -> Evaluated<Val<'a>> {
        let mut items = Vec::with_capacity(nodes.len());
        for node in nodes {
            items.push(self.eval(node)?);
        }
        Ok(Val::list(items))
    }

    fn chain(&mut self, first: &'a Node, rest: &'a [(Operator, Node)]) -> Evaluated<Val<'a>> {
        let mut left = self.eval(first)?;
        for (operator, node) in rest {
            // Absent in any part makes the whole absent.
            if left.is_absent() {
                return Ok(Val::Absent);
            }
            let right = self.eval(node)?;
            left = self.operate(*operator, left, right)?;
        }
        Ok(left)
    }

    fn operate(&mut self, operator: Operator, left: Val<'a>, right: Val<'a>) -> Evaluated<Val<'a>> {
        let (a, b) = match (left, right) {
            (Val::Number(a), Val::Number(b)) => (a.value, b.value),
            (Val::Text(a), Val::Text(b)) if operator == Operator::Plus => {
                return self.joined(&[a.as_str(), b.as_str()], "");
            }
            (Val::List(a), Val::List(b)) if operator == Operator::Plus => return self.both(&a, &b),
            _ => return Ok(Val::Absent),
        };
        Ok(Val::number(match operator {
            Operator::Plus => a + b,
            Operator::Minus => a - b,
            Operator::Times => a * b,
            // Division by zero is not finite and so absent.
            Operator::Over => a / b,
            Operator::Remainder if a.fract() == 0.0 && b.fract() == 0.0 && b != 0.0 => remainder(a, b),
            Operator::Remainder => return Ok(Val::Absent),
        }))
    }

    /// Texts joined, at one step for each 100 characters.
    pub(super) fn joined(&mut self, texts: &[&str], separator: &str) -> Evaluated<Val<'a>> {
        let between = separator.len().saturating_mul(texts.len().saturating_sub(1));
        let bytes = texts.iter().fold(between, |sum, text| sum.saturating_add(text.len()));
        // Bytes are at least as many as characters, so that most joined texts need not be counted.
        let texts = if bytes / 4 > MOST_MADE { return Err(Stop) } else { texts.join(separator) };
        let characters = if bytes > 100 { texts.chars().count() } else { bytes };
        self.spend(characters / 100)?;
        if characters > MOST_MADE { Err(Stop) } else { Ok(Val::text(texts)) }
    }

    fn both(&mut self, first: &List<'a>, second: &List<'a>) -> Evaluated<Val<'a>> {
        if first.len() + second.len() > MOST_MADE {
            return Err(Stop);
        }
        let mut items = self.items(first)?;
        items.extend(self.items(second)?);
        Ok(Val::list(items))
    }

    fn relate(&mut self, relation: Relation, left: &Val<'a>, right: &Val<'a>) -> Evaluated<bool> {
        if left.is_absent() || right.is_absent() {
            return Ok(false);
        }
        let order = match relation {
            Relation::Equal => return self.equal(left, right),
            Relation::Unequal => return Ok(!self.equal(left, right)?),
            Relation::In => return self.is_in(left, right),
            _ => match (left, right) {
                (Val::Number(a), Val::Number(b)) => a.value.partial_cmp(&b.value),
                (Val::Text(a), Val::Text(b)) => {
                    self.spend_on_text(a.as_str())?;
                    // Bytes of UTF-8 are in the order of code points.
                    Some(a.as_str().cmp(b.as_str()))
                }
                _ => None,
            },
        };
        Ok(order.is_some_and(|order| match relation {
            Relation::Less => order.is_lt(),
            Relation::LessOrEqual => order.is_le(),
            Relation::Greater => order.is_gt(),
            _ => order.is_ge(),
        }))
    }

    /// Whether two values are the same. Absent parts of lists and objects are the same as one another.
    pub(super) fn equal(&mut self, left: &Val<'a>, right: &Val<'a>) -> Evaluated<bool> {
        Ok(match (left, right) {
            (Val::Absent, Val::Absent) => true,
            (Val::Bool(a), Val::Bool(b)) => a == b,
            (Val::Number(a), Val::Number(b)) => a.value == b.value,
            (Val::Text(a), Val::Text(b)) => {
                self.spend_on_text(a.as_str())?;
                a.as_str() == b.as_str()
            }
            (Val::List(a), Val::List(b)) => a.len() == b.len() && self.deeper(|run| run.equal_lists(a, b))?,
            (Val::Object(a, at), Val::Object(b, other)) => self.deeper(|run| {
                let same = run.keys(a, *at)?.len() == run.keys(b, *other)?.len();
                for key in a.keys() {
                    run.spend(1)?;
                    let (a, b) = (run.property(a, *at, key)?, run.property(b, *other, key)?);
                    if !same || !run.equal(&a, &b)? {
                        return Ok(false);
                    }
                }
                Ok(same)
            })?,
            _ => false,
        })
    }

    fn equal_lists(&mut self, left: &List<'a>, right: &List<'a>) -> Evaluated<bool> {
        for index in 0..left.len() {
            self.spend(1)?;
            let (a, b) = (self.element(left, index)?, self.element(right, index)?);
            if !self.equal(&a, &b)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn is_in(&mut self, item: &Val<'a>, holder: &Val<'a>) -> Evaluated<bool> {
        match holder {
            Val::List(list) => {
                for index in 0..list.len() {
                    if index % 8 == 7 {
                        self.spend(1)?;
                    }
                    let other = self.element(list, index)?;
                    if self.equal(item, &other)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Val::Object(map, place) => match item.as_text() {
                Some(key) => Ok(!self.property(map, *place, key)?.is_absent()),
                None => Ok(false),
            },
            _ => Ok(false),
        }
    }

    fn member(&mut self, first: &'a Node, selectors: &'a [Selector]) -> Evaluated<Val<'a>> {
        let mut value = self.eval(first)?;
        // One step for each selection; the step of the whole part is that of the first.
        self.spend(selectors.len().saturating_sub(1))?;
        for selector in selectors {
            value = match (&selector.step, value) {
                (SelectorStep::Field(name), Val::Object(map, place)) => self.property(map, place, name)?,
                (SelectorStep::Field(_), _) => Val::Absent,
                (SelectorStep::Element(key), value) => self.element_by(value, key)?,
                (SelectorStep::Macro(kind, body), value) => self.macro_over(*kind, value, body)?,
                (SelectorStep::Method(method, arguments), value) => self.method(*method, &value, arguments)?,
            };
        }
        Ok(value)
    }

    fn element_by(&mut self, holder: Val<'a>, key: &'a Node) -> Evaluated<Val<'a>> {
        if holder.is_absent() {
            return Ok(Val::Absent);
        }
        let key = self.eval(key)?;
        match (holder, key.as_position(), key.as_text()) {
            (Val::List(list), Some(index), _) => self.element(&list, index),
            (Val::Object(map, place), _, Some(name)) => self.property(map, place, name),
            _ => Ok(Val::Absent),
        }
    }

    /// A macro runs over the items of a list or the keys of an object. Over anything else it runs as over an empty
    /// list.
    fn macro_over(&mut self, kind: Macro, holder: Val<'a>, body: &'a Node) -> Evaluated<Val<'a>> {
        let list = match holder {
            Val::List(list) => list,
            Val::Object(map, place) => List::Made(self.keys(map, place)?.into()),
            _ => List::Made(Vec::new().into()),
        };
        let mut kept = Vec::new();
        let mut count = 0_u32;
        for index in 0..list.len() {
            let item = self.element(&list, index)?;
            let value = self.eval_with(item.clone(), body)?;
            match kind {
                Macro::Map => kept.push(value),
                Macro::Filter if value.is_true() => kept.push(item),
                Macro::All if !value.is_true() => return Ok(Val::Bool(false)),
                Macro::Exists if value.is_true() => return Ok(Val::Bool(true)),
                Macro::ExistsOne => count += u32::from(value.is_true()),
                _ => {}
            }
        }
        Ok(match kind {
            Macro::Map | Macro::Filter => Val::list(kept),
            Macro::All => Val::Bool(true),
            Macro::Exists => Val::Bool(false),
            Macro::ExistsOne => Val::Bool(count == 1),
        })
    }

    /// The value as JSON, without its absent parts. Each part is a step, because a made list may hold another list
    /// many times.
    pub(super) fn json(&mut self, value: &Val<'a>) -> Evaluated<Option<Value>> {
        Ok(Some(match value {
            Val::Absent => return Ok(None),
            Val::Bool(value) => Value::Bool(*value),
            Val::Number(number) => Value::Number(serde_json::Number::from_string_unchecked(shortest(number.value))),
            Val::Text(text) => Value::String(text.as_str().to_owned()),
            Val::List(list) => {
                let mut items = Vec::new();
                for index in 0..list.len() {
                    self.spend(1)?;
                    let item = self.element(list, index)?;
                    items.extend(self.deeper(|run| run.json(&item))?);
                }
                Value::Array(items)
            }
            Val::Object(map, place) => {
                let mut object = serde_json::Map::new();
                for key in map.keys() {
                    self.spend(1)?;
                    let value = self.property(map, *place, key)?;
                    if let Some(json) = self.deeper(|run| run.json(&value))? {
                        object.insert(key.clone(), json);
                    }
                }
                Value::Object(object)
            }
        }))
    }
}

/// The remainder of whole numbers, with the sign of the first. The operator of the language is written for fractions
/// as well and takes three kilobytes of the page. Doubling and halving are exact, and so is each difference.
fn remainder(a: f64, b: f64) -> f64 {
    let (mut rest, divisor) = (a.abs(), b.abs());
    let mut multiple = divisor;
    while multiple * 2.0 <= rest {
        multiple *= 2.0;
    }
    while multiple >= divisor {
        if rest >= multiple {
            rest -= multiple;
        }
        multiple /= 2.0;
    }
    rest.copysign(a)
}
