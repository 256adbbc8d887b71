//! `anyOf` and `oneOf` as a choice of shapes. When no branch holds, only the one that was evidently meant speaks:
//! an officer who filled in one shape must not be told what is missing for the others.

use serde_json::Value;

use super::applicators::holds;
use super::index::NodeId;
use super::run::{Here, NotesTo, Run};
use super::schema::{Check, Node, Properties};
use super::violation::{Kind, Violation};

/// How far references are followed to see which shape a branch is.
const FARTHEST_LOOK: usize = 8;

/// How many subschemas are looked at for one branch.
const MOST_LOOKS: usize = 64;

/// `anyOf`
#[inline(never)]
pub(super) fn any_of<'v>(
    run: &mut Run<'_>,
    here: Here<'_>,
    branches: &[NodeId],
    value: &'v Value,
    mut notes: NotesTo<'_, 'v>,
) -> bool {
    let mut any = false;
    for branch in branches {
        any |= holds(run, here, *branch, value, notes.as_deref_mut());
        // Further branches only matter for what they note.
        if any && notes.is_none() {
            break;
        }
    }
    any || no_branch(run, here, "anyOf", branches, value, notes)
}

/// `oneOf`
#[inline(never)]
pub(super) fn one_of<'v>(
    run: &mut Run<'_>,
    here: Here<'_>,
    branches: &[NodeId],
    value: &'v Value,
    mut notes: NotesTo<'_, 'v>,
) -> bool {
    let mut held = Vec::new();
    for (nth, branch) in branches.iter().enumerate() {
        if holds(run, here, *branch, value, notes.as_deref_mut()) {
            held.push(nth);
        }
        if held.len() > 1 && !run.collecting {
            return false;
        }
    }
    match held.len() {
        0 => no_branch(run, here, "oneOf", branches, value, notes),
        1 => true,
        _ => run.fail(here, "oneOf", || Kind::ManyBranches { branches: held }),
    }
}

#[inline(never)]
fn no_branch<'v>(
    run: &mut Run<'_>,
    here: Here<'_>,
    keyword: &'static str,
    branches: &[NodeId],
    value: &'v Value,
    notes: NotesTo<'_, 'v>,
) -> bool {
    if !run.collecting || run.given_up.is_some() {
        return false;
    }
    let (branch, violations) = match meant(run, here, branches, value) {
        Some((branch, violations)) => (Some(branch), violations),
        None => (None, Vec::new()),
    };
    // The value is refused already. What an unchosen branch provides for must not be reported as unprovided on top.
    if let Some(notes) = notes {
        (notes.all_items, notes.all_names) = (true, true);
    }
    run.fail(here, keyword, || Kind::NoBranch { branch, violations })
}

/// The branch that was evidently meant, with what it says about the value. None when no branch fits, or when several
/// fit equally well.
#[inline(never)]
fn meant(run: &mut Run<'_>, here: Here<'_>, branches: &[NodeId], value: &Value) -> Option<(usize, Vec<Violation>)> {
    let likeness: Vec<Likeness> = branches.iter().map(|branch| Likeness::of(run, *branch, value)).collect();
    let most = likeness.iter().filter(|each| each.against == 0).map(|each| each.in_favour).max()?;
    let fitting = likeness.iter().zip(branches).enumerate();
    let fitting = fitting.filter(|(_, (each, _))| each.against == 0 && each.in_favour == most);
    let fitting: Vec<(usize, NodeId)> = fitting.map(|(nth, (_, branch))| (nth, *branch)).collect();
    let mut spoken = run.explain(|run| {
        let speak = |(nth, branch)| (nth, violations_of(run, here, branch, value));
        fitting.into_iter().map(speak).collect::<Vec<_>>()
    })?;
    let least = spoken.iter().map(|(_, violations)| violations.len()).min()?;
    spoken.retain(|(_, violations)| violations.len() == least);
    if spoken.len() == 1 { spoken.pop() } else { None }
}

#[inline(never)]
fn violations_of(run: &mut Run<'_>, here: Here<'_>, branch: NodeId, value: &Value) -> Vec<Violation> {
    let before = std::mem::take(&mut run.found);
    run.check(branch, value, here.at, None);
    std::mem::replace(&mut run.found, before)
}

/// What speaks for and against a branch: the type, and the constants that tell shapes apart.
struct Likeness {
    in_favour: usize,
    against: usize,
    /// How many subschemas may still be looked at.
    looks: usize,
}

impl Likeness {
    fn of(run: &Run<'_>, branch: NodeId, value: &Value) -> Likeness {
        let mut likeness = Likeness { in_favour: 0, against: 0, looks: MOST_LOOKS };
        likeness.look(run, branch, value, 0);
        likeness
    }

    fn count(&mut self, fits: bool) {
        if fits {
            self.in_favour += 1;
        } else {
            self.against += 1;
        }
    }

    fn look(&mut self, run: &Run<'_>, id: NodeId, value: &Value, depth: usize) {
        let (Some(node), true) = (run.node(id), self.looks > 0 && depth < FARTHEST_LOOK) else { return };
        self.looks -= 1;
        for check in &node.checks {
            match check {
                Check::False => self.against += 1,
                Check::Type { want, by_form } if !super::numbers::is_of(value, *want, *by_form) => self.against += 1,
                Check::Const { choice, .. } => self.count(choice.has(value)),
                Check::Reference(to) => self.look(run, *to, value, depth + 1),
                Check::AllOf(parts) => parts.iter().for_each(|part| self.look(run, *part, value, depth + 1)),
                Check::Properties(properties) => self.discriminators(run, properties, value),
                _ => {}
            }
        }
    }

    /// The properties of a shape that have a fixed value.
    fn discriminators(&mut self, run: &Run<'_>, properties: &Properties, value: &Value) {
        for (name, node) in &properties.named {
            if let (Some(value), Some(node)) = (value.get(name), run.node(*node))
                && let Some(fits) = constant_fits(run, node, value, 0)
            {
                self.count(fits);
            }
        }
    }
}

/// Whether a value is the constant of a subschema; `None` when the subschema has none.
fn constant_fits(run: &Run<'_>, node: &Node, value: &Value, depth: usize) -> Option<bool> {
    node.checks.iter().find_map(|check| match check {
        Check::Const { choice, .. } => Some(choice.has(value)),
        Check::Listed { choices, .. } => Some(choices.has(value)),
        Check::Reference(to) if depth < FARTHEST_LOOK => constant_fits(run, run.node(*to)?, value, depth + 1),
        _ => None,
    })
}
