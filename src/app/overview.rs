//! The report as a whole: the line above it, the section list, the findings. Brought up to date on pauses, not on keys.

use leptos::prelude::*;

use super::editor::{Editor, Open};
use super::words;
use crate::findings::{Finding, Severity};
use crate::report::{NodeId, Progress, Report};
use crate::store::draft;
use crate::template::NodeIndex;

/// What stands above the report on every page of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heading {
    /// The title, or what stands for it.
    pub title: String,
    /// The identifier for people.
    pub identifier: Option<String>,
    /// The handling marking.
    pub marking: Option<String>,
    /// "draft of revision 3".
    pub state: String,
}

/// One line of the section list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SectionLine {
    /// Required fields with an answer, and required fields.
    pub progress: (usize, usize),
    /// Errors shown in the section.
    pub errors: usize,
    /// Warnings in the section.
    pub warnings: usize,
}

impl Editor {
    /// Brings section list, counts and findings up to date. Not on the path of a key.
    pub fn look_over(&self) {
        let number = self.with(|report| report.edit_number());
        let looked = self.looked.get_value() == Some(number);
        // Leaving a field without an edit changes what is shown, not what there is to say.
        let findings = match looked {
            true => self.findings.with_untracked(Clone::clone),
            false => self.checking(|checker, open| checker.report(&open.report)),
        };
        self.looked.set_value(Some(number));
        let lines = self.with_open(|open| {
            let template = open.report.template();
            template.sections().iter().map(|section| line(open, *section, &findings)).collect::<Vec<_>>()
        });
        if self.lines.with_untracked(|old| *old != lines) {
            self.lines.set(lines);
        }
        let before = self.findings.with_untracked(Clone::clone);
        if before != findings {
            let moved: Vec<NodeId> = findings.iter().chain(&before).map(|finding| finding.at.clone()).collect();
            self.findings.set(findings);
            self.wake(|id, _| moved.contains(id));
        }
        self.refresh_heading();
    }

    /// Shows every error from now on.
    pub fn check_everything(&self) {
        self.open.update_value(|open| open.checked = true);
        self.look_over();
        self.touches.update(|touches| *touches += 1);
        self.wake(|_, _| true);
    }

    pub(super) fn refresh_heading(&self) {
        let heading = self.with_open(|open| {
            let revision = open.draft.last.as_ref().map_or(0, |last| last.envelope.report.revision);
            Heading {
                title: draft::title(&open.report),
                identifier: draft::identifier(&open.report).map(str::to_owned),
                marking: marking(&open.report),
                state: words::state_line(open.draft.state, revision),
            }
        });
        if self.heading.with_untracked(|old| *old != heading) {
            self.heading.set(heading);
        }
    }
}

fn line(open: &Open, section: NodeIndex, findings: &[Finding]) -> SectionLine {
    let report = &open.report;
    let layout = report.template().layout();
    let place = report.instances(section).into_iter().next().unwrap_or_else(NodeId::root);
    let root = section == layout.root();
    let own = |id: &NodeId| match root {
        // The first section holds the fields that stand outside all sections.
        true => {
            let part = id.tokens().next().and_then(|key| layout.child(layout.root(), &key));
            part.is_some_and(|part| !report.template().is_section(part))
        }
        false => place.contains(id),
    };
    let shown = |finding: &&Finding| own(&finding.at) && (open.checked || open.touched.contains(&finding.at));
    let count = |severity| findings.iter().filter(shown).filter(|finding| finding.severity == severity).count();
    let progress = if root { root_progress(report) } else { report.progress(&place) };
    SectionLine {
        progress: (progress.answered, progress.required),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
    }
}

fn root_progress(report: &Report) -> Progress {
    let layout = report.template().layout();
    let mut sum = Progress::default();
    for child in layout.children(layout.root()) {
        if !report.template().is_section(*child) {
            let part = report.progress(&NodeId::root().child(&layout.node(*child).key));
            sum.answered += part.answered;
            sum.required += part.required;
        }
    }
    sum
}

/// The handling marking: the calculated banner, in reports that have one.
fn marking(report: &Report) -> Option<String> {
    let (layout, graph) = (report.template().layout(), report.template().graph());
    // Asked at every key, so that only the few calculated nodes are looked at, not the whole form.
    let banner = graph.calculated().iter().find(|index| layout.node(**index).key == "banner")?;
    let at = report.instances(*banner).into_iter().next()?;
    report.text(&at).map(str::to_owned)
}
