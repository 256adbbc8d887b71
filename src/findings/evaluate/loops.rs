//! Subschemas that lead back to themselves without one step into the value. Checking them would never end.

use super::schema::{Check, Node, Schema};

/// A subschema from which one can come back to it without leaving the value. Checking it would never end.
pub(super) fn looping(schema: &Schema) -> Option<&Node> {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        Not,
        Open,
        Done,
    }
    let mut seen = vec![Seen::Not; schema.nodes.len()];
    for start in 0..schema.nodes.len() {
        let mut path = vec![(start, false)];
        while let Some((id, leaving)) = path.pop() {
            let (Some(node), Some(state)) = (schema.nodes.get(id), seen.get_mut(id)) else { continue };
            match (leaving, *state) {
                (true, _) => *state = Seen::Done,
                (false, Seen::Done) => {}
                (false, Seen::Open) => return Some(node),
                (false, Seen::Not) => {
                    *state = Seen::Open;
                    path.push((id, true));
                    // What a dynamic reference leads to is only known when values are checked; there the depth is limited.
                    for check in node.checks.iter().filter(|check| !is_dynamic(check)) {
                        check.in_place(|next| path.push((next, false)));
                    }
                }
            }
        }
    }
    None
}

fn is_dynamic(check: &Check) -> bool {
    matches!(check, Check::DynamicReference { .. } | Check::RecursiveReference(_))
}
