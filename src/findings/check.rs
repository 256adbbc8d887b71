//! What is wrong or missing in a report, in the order of the form: required answers, values against the schema, the rest
//! of what the schema says about the report as a whole, and what the rules of the template say.

use std::collections::HashSet;

use serde_json::Value;

use super::evaluate::{Evaluator, Kind, Patterns, Violation};
use super::message::{self, Context};
use super::order::appearance;
use super::rules::Rules;
use crate::report::relevance::is_answer;
use crate::report::{NodeId, Report, Visit};
use crate::sorting::sort_by;
use crate::template::{DateParts, Node, Pointer, Shape, Widget, pointer};

/// How much a finding weighs. Only errors hold back "Mark complete"; nothing holds back a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Stops the report from being marked complete.
    Error,
    /// To look at.
    Warning,
    /// To know.
    Info,
}

/// Something to say about one place of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The field, item or list it is about.
    pub at: NodeId,
    /// How much it weighs.
    pub severity: Severity,
    /// One sentence for the officer.
    pub message: String,
    /// The rule of the template that speaks, when it is one.
    pub rule: Option<String>,
}

/// What checks a report: the compiled schema, the rules, and the regular expressions of the place it runs in.
#[derive(Clone, Copy)]
pub struct Checker<'a> {
    /// The compiled schema of the template.
    pub evaluator: &'a Evaluator,
    /// Regular expressions.
    pub patterns: &'a dyn Patterns,
    /// The cross-field rules of the template.
    pub rules: Option<&'a Rules>,
}

impl Checker<'_> {
    /// Everything there is to say about a report, in document order.
    pub fn report(&self, report: &Report) -> Vec<Finding> {
        let mut findings = Vec::new();
        report.walk(&mut |visit| {
            if visit.relevant {
                findings.extend(self.visit(report, &visit));
            }
        });
        self.whole(report, &mut findings);
        self.rules(report, &mut findings);
        let mut placed: Vec<_> =
            findings.into_iter().map(|finding| (appearance(report, &finding.at), finding)).collect();
        sort_by(&mut placed, |(one, _), (other, _)| one.cmp(other));
        placed.into_iter().map(|(_, finding)| finding).collect()
    }

    /// What the rules say and nothing else has said at the same place.
    fn rules(&self, report: &Report, findings: &mut Vec<Finding>) {
        let Some(rules) = self.rules else { return };
        let said = |finding: &Finding| (finding.at.clone(), finding.message.clone());
        let mut spoken: HashSet<(NodeId, String)> = findings.iter().map(said).collect();
        findings.extend(rules.findings(report).into_iter().filter(|finding| spoken.insert(said(finding))));
    }

    /// What there is to say about one field, list or group by itself.
    pub fn field(&self, report: &Report, id: &NodeId) -> Option<Finding> {
        let node = report.index(id)?;
        let required = report.is_required(id);
        let visit = Visit { id: id.clone(), node, value: report.value(id), relevant: report.is_relevant(id), required };
        if visit.relevant { self.visit(report, &visit) } else { None }
    }

    fn visit(&self, report: &Report, visit: &Visit<'_>) -> Option<Finding> {
        let node = report.template().layout().node(visit.node);
        let message = match &node.shape {
            Shape::Group { .. } => None,
            Shape::Repeat { min, max, .. } => items_message(visit, node, *min, *max),
            Shape::Field(widget) => self.field_message(visit, node, *widget),
        }?;
        Some(Finding { at: visit.id.clone(), severity: Severity::Error, message, rule: None })
    }

    fn field_message(&self, visit: &Visit<'_>, node: &Node, widget: Widget) -> Option<String> {
        let answered = visit.value.is_some_and(|value| is_answer(node, value));
        // A declaration that was unticked is told as one that is not made, not as a missing answer.
        let unticked = widget == Widget::Declaration && visit.value.is_some();
        if !answered && !unticked {
            // Nobody can give what the application gives.
            let needed = visit.required && !(node.hints.is_given() && visit.value.is_none());
            return needed.then(|| missing(node));
        }
        let violations = self.evaluator.violations_at(&node.schema, visit.value?, self.patterns);
        let dated = matches!(widget, Widget::Date | Widget::PartialDate);
        let text = visit.value.and_then(Value::as_str).filter(|_| dated);
        if text.is_some_and(|text| !DateParts::read(text).is_in_calendar()) {
            return Some(message::no_such_day(&node.label));
        }
        violations.first().map(|violation| sentence(violation, node, None))
    }

    /// What the schema says of the whole and no single field has said yet.
    fn whole(&self, report: &Report, findings: &mut Vec<Finding>) {
        let values = report.outgoing().values;
        let mut spoken: HashSet<NodeId> = findings.iter().map(|finding| finding.at.clone()).collect();
        for violation in self.evaluator.violations(&values, self.patterns) {
            let at = self.place(report, &values, &violation);
            let said = spoken.iter().any(|other| at.contains(other) || other.contains(&at) && other.text() != "");
            if said {
                continue;
            }
            let Some(node) = report.node(&at) else { continue };
            let place = violation.place();
            // What the template does not know has no label but its name.
            let unknown = !matches!(node.shape, Shape::Field(_)) && place.tokens().len() > at.tokens().count();
            let name = place.last().filter(|name| unknown && pointer::index(name).is_none());
            let message = sentence(&violation, node, name);
            spoken.insert(at.clone());
            findings.push(Finding { at, severity: Severity::Error, message, rule: None });
        }
    }

    /// The field a violation is about. The values that leave have fewer items than the report where boxes were left empty,
    /// so a place is only trusted as far as the lists are of one length.
    fn place(&self, report: &Report, values: &Value, violation: &Violation) -> NodeId {
        let mut at = Pointer::root();
        for token in violation.place().tokens() {
            let length = |root| at.get(root).and_then(Value::as_array).map(Vec::len);
            if length(values) != length(report.values()) {
                break;
            }
            at = at.child(token);
        }
        report.id_at(&at)
    }
}

fn missing(node: &Node) -> String {
    said(node, "required", Kind::Required { property: node.key.clone(), conditional: !node.required })
}

fn said(node: &Node, keyword: &'static str, kind: Kind) -> String {
    let (pointer, schema_location) = (Pointer::root(), node.schema.clone());
    sentence(&Violation { pointer, document: 0, schema_location, keyword, kind }, node, None)
}

/// The sentence of a violation at a node, or at a part of it that only has a name.
fn sentence(violation: &Violation, node: &Node, name: Option<&str>) -> String {
    let format = match node.widget() {
        Some(Widget::PartialDate) => Some("partialDate"),
        _ => node.format.as_deref(),
    };
    let messages = Some(&node.hints.messages).filter(|_| name.is_none());
    message::sentence(violation, name.unwrap_or(&node.label), messages, Context { format })
}

fn items_message(visit: &Visit<'_>, node: &Node, min: usize, max: Option<usize>) -> Option<String> {
    let got = visit.value.and_then(Value::as_array).map_or(0, Vec::len);
    if got == 0 {
        // A list that is empty is no answer, whatever the fewest items are.
        let own = |keyword: &str| node.hints.messages.contains_key(keyword);
        return visit.required.then(|| match own("required") || !node.required && !own("minItems") {
            true => missing(node),
            false => said(node, "minItems", Kind::TooFewItems { got, want: min.max(1) }),
        });
    }
    if got < min {
        return Some(said(node, "minItems", Kind::TooFewItems { got, want: min }));
    }
    max.filter(|max| got > *max).map(|want| said(node, "maxItems", Kind::TooManyItems { got, want }))
}
