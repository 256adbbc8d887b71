//! From the rules of a template document to rules that can be run. Every mistake refuses the template with its place.

use serde_json::{Map, Value};

use super::error::{RuleError, RuleReason};
use super::known::{Form, Known};
use super::select::Selection;
use super::{At, Rule, Rules};
use crate::findings::Severity;
use crate::template::expr::ast::{Kind, Node, SelectorStep, is_kept};
use crate::template::expr::{Dependency, Expr, Standpoint, placeholders};
use crate::template::{Pointer, Template};

/// Rules in one template.
const MOST_RULES: usize = 1_000;

/// Names in one `with`.
const MOST_NAMES: usize = 16;

/// Values in the constants of a template.
const MOST_DATA: usize = 20_000;

impl Rules {
    /// Reads the rules of a template.
    ///
    /// # Errors
    /// When one cannot be used; the error names the place in the document and the reason.
    pub fn read(template: &Template) -> Result<Self, RuleError> {
        let hints: Pointer = ["x-form"].into_iter().collect();
        if count(template.data()) > MOST_DATA {
            return Err(RuleError { at: hints.child("data"), reason: RuleReason::TooMuchData });
        }
        let list = hints.child("rules");
        let rules = match list.get(template.document()) {
            None => return Ok(Self { rules: Vec::new() }),
            Some(Value::Array(rules)) => rules,
            Some(_) => return Err(RuleError { at: list, reason: RuleReason::NotAList }),
        };
        if rules.len() > MOST_RULES {
            return Err(RuleError { at: list, reason: RuleReason::TooManyRules });
        }
        let form = Form::of(template);
        let read = |(position, value)| Reader { form, at: list.child(position) }.rule(value);
        Ok(Self { rules: rules.iter().enumerate().map(read).collect::<Result<_, _>>()? })
    }
}

/// The values inside a value, itself included.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(map) => map.values().map(count).sum(),
        _ => 0,
    }
}

/// Reads one rule.
struct Reader<'t> {
    form: Form<'t>,
    at: Pointer,
}

impl Reader<'_> {
    fn refuse(&self, key: &str, reason: RuleReason) -> RuleError {
        RuleError { at: self.at.child(key), reason }
    }

    fn rule(&self, value: &Value) -> Result<Rule, RuleError> {
        let map = value.as_object();
        let map = map.ok_or_else(|| RuleError { at: self.at.clone(), reason: RuleReason::NotAnObject })?;
        let selection = Selection::parse(self.text(map, "for")?);
        let selection = selection.ok_or_else(|| self.refuse("for", RuleReason::NotASelection))?;
        let selected = self.selected(&selection)?;
        let with = self.with(map)?;
        let rule = Rule {
            id: self.text(map, "id")?.to_owned(),
            severity: self.severity(map)?,
            when: self.expression("when", self.text(map, "when")?)?,
            at: self.at(self.text(map, "at")?, &selected)?,
            message: self.text(map, "message")?.to_owned(),
            selection,
            with,
        };
        self.check_names(&rule, &selected)?;
        Ok(rule)
    }

    fn text<'v>(&self, map: &'v Map<String, Value>, key: &str) -> Result<&'v str, RuleError> {
        map.get(key).and_then(Value::as_str).ok_or_else(|| self.refuse(key, RuleReason::NotAText))
    }

    fn severity(&self, map: &Map<String, Value>) -> Result<Severity, RuleError> {
        match self.text(map, "severity")? {
            "error" => Ok(Severity::Error),
            "warning" => Ok(Severity::Warning),
            "info" => Ok(Severity::Info),
            _ => Err(self.refuse("severity", RuleReason::NotASeverity)),
        }
    }

    fn selected(&self, selection: &Selection) -> Result<Vec<Known>, RuleError> {
        let found = self.form.selected(selection);
        let found = found.map_err(|name| self.refuse("for", RuleReason::UnknownField { name }))?;
        match selection {
            Selection::Marked(mark) if found.is_empty() => {
                Err(self.refuse("for", RuleReason::UnknownMark { mark: mark.clone() }))
            }
            _ => Ok(found),
        }
    }

    fn expression(&self, key: &str, source: &str) -> Result<Expr, RuleError> {
        Expr::parse(source).map_err(|error| self.refuse(key, RuleReason::Expression(error)))
    }

    fn with(&self, map: &Map<String, Value>) -> Result<Vec<(String, Expr)>, RuleError> {
        let Some(with) = map.get("with") else { return Ok(Vec::new()) };
        let with = with.as_object().ok_or_else(|| self.refuse("with", RuleReason::NotAnObject))?;
        if with.len() > MOST_NAMES {
            return Err(self.refuse("with", RuleReason::TooManyNames));
        }
        let inside = Self { form: self.form, at: self.at.child("with") };
        let mut named = Vec::with_capacity(with.len());
        for name in with.keys() {
            if !is_name(name) {
                return Err(inside.refuse(name, RuleReason::NotAName));
            }
            named.push((name.clone(), inside.expression(name, inside.text(with, name)?)?));
        }
        match circle(&named) {
            Some(name) => Err(self.refuse("with", RuleReason::Circle { name: name.to_owned() })),
            None => Ok(named),
        }
    }

    fn at(&self, text: &str, selected: &[Known]) -> Result<At, RuleError> {
        let unknown = |name: &str| self.refuse("at", RuleReason::UnknownField { name: name.to_owned() });
        if text.is_empty() {
            return Ok(At::Value);
        }
        if text.starts_with('/') {
            let place = Pointer::parse(text).map_err(|_| unknown(text))?;
            let found = self.form.find(place.tokens().iter().map(String::as_str));
            return found.map(|_| At::Place(place)).map_err(|name| unknown(&name));
        }
        match selected.iter().all(|known| self.form.has_property(*known, text)) {
            true => Ok(At::Property(text.to_owned())),
            false => Err(unknown(text)),
        }
    }

    /// Every field, mark and placeholder that the rule names is there, wherever its selection may stand.
    fn check_names(&self, rule: &Rule, selected: &[Known]) -> Result<(), RuleError> {
        for known in selected {
            if let Some(at) = self.form.pattern(*known) {
                let own = self.form.is_object(*known);
                let standpoint = Standpoint { at: &at, own, with: &rule.with };
                self.check_reading("when", &rule.when, standpoint)?;
                let inside = Self { form: self.form, at: self.at.child("with") };
                for (name, expr) in &rule.with {
                    inside.check_reading(name, expr, Standpoint { with: &without(&rule.with, name), ..standpoint })?;
                }
            }
            let placeholder = |name: &&str| rule.with.iter().any(|(other, _)| other == name);
            for name in placeholders(&rule.message).filter(|name| !placeholder(name)) {
                if !self.form.is_in_scope(*known, name) {
                    return Err(self.refuse("message", RuleReason::UnknownPlaceholder { name: name.to_owned() }));
                }
            }
        }
        Ok(())
    }

    fn check_reading(&self, key: &str, expr: &Expr, standpoint: Standpoint<'_>) -> Result<(), RuleError> {
        for dependency in expr.dependencies_from(standpoint) {
            match dependency {
                Dependency::Place(way) | Dependency::Shape(way) => {
                    let found = self.form.find(way.iter().map(String::as_str));
                    found.map_err(|name| self.refuse(key, RuleReason::UnknownField { name }))?;
                }
                Dependency::Mark(mark) if self.form.marked(&mark).is_empty() => {
                    return Err(self.refuse(key, RuleReason::UnknownMark { mark }));
                }
                Dependency::Mark(_) | Dependency::Today | Dependency::Workspace => {}
            }
        }
        Ok(())
    }
}

/// In its own expression a name keeps its outer meaning.
fn without(with: &[(String, Expr)], name: &str) -> Vec<(String, Expr)> {
    with.iter().filter(|(other, _)| other != name).cloned().collect()
}

fn is_name(text: &str) -> bool {
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    plain && text.starts_with(|first: char| !first.is_ascii_digit()) && !is_kept(text)
}

/// A name that needs itself by way of other names.
fn circle(with: &[(String, Expr)]) -> Option<&str> {
    let needs = |which: usize| {
        let mut found = vec![false; with.len()];
        let Some((own, expr)) = with.get(which) else { return found };
        names(expr.node(), &mut |name| {
            for ((other, _), found) in with.iter().zip(&mut found).filter(|_| name != own) {
                *found |= other == name;
            }
        });
        found
    };
    let direct: Vec<Vec<bool>> = (0..with.len()).map(needs).collect();
    with.iter().enumerate().find(|(start, _)| reaches(&direct, *start, *start)).map(|(_, (name, _))| name.as_str())
}

/// Whether one name leads to another in one step or more.
fn reaches(direct: &[Vec<bool>], start: usize, goal: usize) -> bool {
    let mut seen = vec![false; direct.len()];
    let mut open = vec![start];
    while let Some(which) = open.pop() {
        for (next, _) in direct.get(which).into_iter().flatten().enumerate().filter(|(_, needed)| **needed) {
            match seen.get_mut(next) {
                _ if next == goal => return true,
                Some(known @ false) => {
                    *known = true;
                    open.push(next);
                }
                _ => {}
            }
        }
    }
    false
}

/// Shows every name in an expression that is no variable.
fn names(node: &Node, see: &mut dyn FnMut(&str)) {
    let mut all = |nodes: &[Node]| nodes.iter().for_each(|node| names(node, see));
    match &node.kind {
        Kind::Number(_) | Kind::Text(_) | Kind::Bool(_) | Kind::Variable(_) => {}
        Kind::Name(name, _) => see(name),
        Kind::List(nodes) | Kind::Or(nodes) | Kind::And(nodes) | Kind::Call(_, nodes) => all(nodes),
        Kind::Choose(nodes) => all(&**nodes),
        Kind::Relation(_, nodes) => all(&**nodes),
        Kind::Not(node) | Kind::Negative(node) | Kind::Steady(_, node) => names(node, see),
        Kind::Chain(first, rest) => {
            names(first, see);
            rest.iter().for_each(|(_, node)| names(node, see));
        }
        Kind::Member(first, selectors) => {
            names(first, see);
            for selector in selectors {
                match &selector.step {
                    SelectorStep::Field(_) => {}
                    SelectorStep::Element(node) | SelectorStep::Macro(_, node) => names(node, see),
                    SelectorStep::Method(_, nodes) => nodes.iter().for_each(|node| names(node, see)),
                }
            }
        }
    }
}
