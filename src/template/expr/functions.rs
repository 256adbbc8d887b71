//! The functions and methods.

use super::ast::{Function, Kind, Method, Node};
use super::dates;
use super::decimal::{rounded, total};
use super::run::{Evaluated, Run};
use super::value::{Text, Val, ascending};
use super::words;

impl<'a> Run<'a> {
    /// Calls a function. The parser has seen to the number of arguments.
    pub(super) fn call(&mut self, function: Function, arguments: &'a [Node]) -> Evaluated<Val<'a>> {
        let (first, second) = match (function, arguments) {
            (Function::Today, _) => return Ok(Val::Text(Text::Read(self.answers.today()))),
            (Function::Collect | Function::Label, [Node { kind: Kind::Text(name), .. }, rest @ ..]) => {
                return match rest {
                    [code] => self.label(name, code),
                    _ => self.collect(name),
                };
            }
            (_, [first]) => (self.eval(first)?, Val::Absent),
            (_, [first, second]) => (self.eval(first)?, self.eval(second)?),
            _ => return Ok(Val::Absent),
        };
        match function {
            Function::Has => self.has(&first),
            Function::Size => self.size(&first),
            Function::Sum => self.sum(first),
            Function::Distinct => self.distinct(first),
            Function::Sort => self.sort(first),
            Function::Words => self.words(&first, second),
            _ => Ok(plain(function, &first, &second).unwrap_or(Val::Absent)),
        }
    }

    fn label(&mut self, codelist: &str, code: &'a Node) -> Evaluated<Val<'a>> {
        let code = self.eval(code)?;
        let title = code.as_text().and_then(|code| self.answers.label(codelist, code));
        Ok(match title {
            Some(title) => Val::text(title),
            // Only a text can be a code.
            None if code.as_text().is_some() => code,
            None => Val::Absent,
        })
    }

    /// Present and not blank.
    fn has(&mut self, value: &Val<'a>) -> Evaluated<Val<'a>> {
        Ok(Val::Bool(match value {
            Val::Absent => false,
            Val::Bool(_) | Val::Number(_) => true,
            Val::Text(text) => {
                self.spend_on_text(text.as_str())?;
                !text.as_str().trim_start().is_empty()
            }
            Val::List(list) => list.len() > 0,
            Val::Object(map, place) => !self.keys(map, *place)?.is_empty(),
        }))
    }

    fn size(&mut self, value: &Val<'a>) -> Evaluated<Val<'a>> {
        let size = match value {
            Val::Absent => 0,
            Val::Text(text) => {
                self.spend_on_text(text.as_str())?;
                text.as_str().chars().count()
            }
            Val::List(list) => list.len(),
            Val::Object(map, place) => self.keys(map, *place)?.len(),
            _ => return Ok(Val::Absent),
        };
        #[expect(clippy::cast_precision_loss, reason = "a length in memory")]
        Ok(Val::number(size as f64))
    }

    fn sum(&mut self, value: Val<'a>) -> Evaluated<Val<'a>> {
        let list = match value {
            Val::Absent => return Ok(Val::number(0.0)),
            Val::List(list) => list,
            _ => return Ok(Val::Absent),
        };
        self.spend(list.len() / 8)?;
        let mut numbers = Vec::with_capacity(list.len());
        for index in 0..list.len() {
            let Val::Number(number) = self.element(&list, index)? else { return Ok(Val::Absent) };
            numbers.push(number);
        }
        Ok(total(&numbers).map_or(Val::Absent, Val::number))
    }

    /// The items of a list at one step each; of anything else none.
    fn counted_items(&mut self, value: Val<'a>) -> Evaluated<Vec<Val<'a>>> {
        let Val::List(list) = value else { return Ok(Vec::new()) };
        self.spend(list.len())?;
        self.items(&list)
    }

    fn distinct(&mut self, value: Val<'a>) -> Evaluated<Val<'a>> {
        let items = self.counted_items(value)?;
        let mut first = vec![true; items.len()];
        // In ascending order equal texts and numbers stand side by side, the first of them first.
        let mut kept: Vec<&Val<'a>> = Vec::new();
        for which in ascending(&items) {
            let (Some(item), Some(first)) = (items.get(which), first.get_mut(which)) else { continue };
            // Lists, objects and true or false have no order and are compared with all that are kept.
            let ordered = matches!(item, Val::Number(_) | Val::Text(_));
            for other in kept.iter().rev().take(if ordered { 1 } else { kept.len() }) {
                self.spend(usize::from(!ordered))?;
                if self.equal(item, other)? {
                    *first = false;
                    break;
                }
            }
            if *first {
                kept.push(item);
            }
        }
        Ok(Val::list(items.iter().zip(first).filter(|(_, first)| *first).map(|(item, _)| item.clone()).collect()))
    }

    fn sort(&mut self, value: Val<'a>) -> Evaluated<Val<'a>> {
        let items = self.counted_items(value)?;
        let numbers = items.iter().filter(|item| matches!(item, Val::Number(_))).count();
        let texts = items.iter().filter(|item| matches!(item, Val::Text(_))).count();
        if numbers.max(texts) < items.len() {
            return Ok(Val::Absent);
        }
        let order = ascending(&items);
        Ok(Val::list(order.into_iter().filter_map(|which| items.get(which).cloned()).collect()))
    }

    fn words(&mut self, text: &Val<'a>, entries: Val<'a>) -> Evaluated<Val<'a>> {
        let Some(text) = text.as_text() else { return Ok(Val::list(Vec::new())) };
        let entries = match entries {
            Val::List(list) => self.items(&list)?,
            Val::Object(map, place) => self.keys(map, place)?,
            _ => Vec::new(),
        };
        // Long lists of entries cost more, because each of them is tried at each word.
        self.spend((text.len() / 20).saturating_mul(entries.len() / 64 + 1))?;
        let texts: Vec<&str> = entries.iter().map(|entry| entry.as_text().unwrap_or_default()).collect();
        let found = words::found(text, &texts);
        Ok(Val::list(found.into_iter().filter_map(|which| entries.get(which).cloned()).collect()))
    }

    /// Calls a method.
    pub(super) fn method(&mut self, method: Method, on: &Val<'a>, arguments: &'a [Node]) -> Evaluated<Val<'a>> {
        let first = match arguments.first() {
            Some(node) => self.eval(node)?,
            None => Val::Absent,
        };
        let test: fn(&str, &str) -> bool = match method {
            Method::StartsWith => |text, part| text.starts_with(part),
            Method::EndsWith => |text, part| text.ends_with(part),
            Method::Contains => |text, part| text.contains(part),
            Method::Join => return self.join(on, &first),
            Method::Substring => {
                let to = match arguments.get(1) {
                    Some(node) => Some(self.eval(node)?),
                    None => None,
                };
                let Some(text) = on.as_text() else { return Ok(Val::Absent) };
                self.spend_on_text(text)?;
                return Ok(substring(text, &first, to.as_ref()).unwrap_or(Val::Absent));
            }
        };
        let (Some(text), Some(part)) = (on.as_text(), first.as_text()) else { return Ok(Val::Bool(false)) };
        self.spend_on_text(text)?;
        Ok(Val::Bool(test(text, part)))
    }

    fn join(&mut self, on: &Val<'a>, separator: &Val<'a>) -> Evaluated<Val<'a>> {
        let (Val::List(list), Some(separator)) = (on, separator.as_text()) else { return Ok(Val::Absent) };
        let items = self.items(list)?;
        let texts: Option<Vec<&str>> = items.iter().map(Val::as_text).collect();
        match texts {
            Some(texts) => self.joined(&texts, separator),
            None => Ok(Val::Absent),
        }
    }
}

/// Functions that need nothing but their arguments.
fn plain<'a>(function: Function, first: &Val<'a>, second: &Val<'a>) -> Option<Val<'a>> {
    Some(match function {
        Function::Round => {
            let places = second.as_position().filter(|places| *places <= 15)?;
            Val::number(rounded(first.as_number()?, i32::try_from(places).ok()?)?)
        }
        // Not finite is absent, and so is the root of a negative number.
        Function::Sqrt => Val::number(first.as_number()?.sqrt()),
        Function::Exp => Val::number(first.as_number()?.exp()),
        Function::Earliest => Val::text(dates::earliest(first.as_text()?)?),
        Function::Latest => Val::text(dates::latest(first.as_text()?)?),
        #[expect(clippy::cast_precision_loss, reason = "days between dates of four-digit years")]
        Function::Days => Val::number(dates::days(first.as_text()?, second.as_text()?)? as f64),
        _ => return None,
    })
}

/// The characters from one position up to another; `None` when one of them lies outside the text.
fn substring<'a>(text: &str, from: &Val<'a>, to: Option<&Val<'a>>) -> Option<Val<'a>> {
    let from = from.as_position()?;
    let mut rest = text.chars();
    for _ in 0..from {
        rest.next()?;
    }
    let Some(to) = to else { return Some(Val::text(rest.collect())) };
    let length = to.as_position()?.checked_sub(from)?;
    let part: String = rest.clone().take(length).collect();
    (rest.take(length).count() == length).then(|| Val::text(part))
}
