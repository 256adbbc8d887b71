//! The order in which findings are read: that of the form on the page.

use crate::report::{NodeId, Report};
use crate::template::Shape;

/// Where a place appears in the form; places compare as they follow each other, what holds others first.
pub(super) fn appearance(report: &Report, id: &NodeId) -> Vec<usize> {
    let layout = report.template().layout();
    let mut order = Vec::new();
    let (mut here, mut node) = (NodeId::root(), layout.root());
    for token in id.tokens() {
        let Some(next) = layout.child(node, &token) else { break };
        let place = match &layout.node(node).shape {
            Shape::Repeat { .. } => report.items(&here).iter().position(|item| *item == token),
            _ => layout.children(node).iter().position(|part| *part == next),
        };
        if node == layout.root() {
            // What stands outside all sections is drawn before them.
            order.push(usize::from(report.template().is_section(next)));
        }
        order.push(place.unwrap_or(usize::MAX));
        (here, node) = (here.child(&token), next);
    }
    order
}
