//! `if` / `then` branches of an object: which answers are required while a condition holds.

use serde_json::{Map, Value, json};

use super::condition;

/// Collects the conditional fields of one object, those of one condition together.
#[derive(Default)]
pub struct Branches {
    found: Vec<Branch>,
}

struct Branch {
    expression: String,
    keys: Vec<String>,
    /// Lists that may be empty by themselves. An empty list is no answer, so the branch asks for one item.
    filled: Vec<String>,
}

impl Branches {
    /// Notes that a field must be answered while the expression is true.
    pub fn require(&mut self, expression: &str, key: &str, may_be_empty: bool) {
        let at = self.found.iter().position(|branch| branch.expression == expression).unwrap_or_else(|| {
            self.found.push(Branch { expression: expression.to_owned(), keys: Vec::new(), filled: Vec::new() });
            self.found.len() - 1
        });
        if let Some(branch) = self.found.get_mut(at) {
            branch.keys.push(key.to_owned());
            if may_be_empty {
                branch.filled.push(key.to_owned());
            }
        }
    }

    /// The branches as the items of an `allOf`. Conditions that a schema cannot say are left to the expressions.
    pub fn schemas(self, data: &Map<String, Value>) -> Vec<Value> {
        let made = |branch: Branch| {
            let holds = condition::schema(&branch.expression, data)?;
            let mut then = json!({"required": branch.keys});
            if let (Some(map), false) = (then.as_object_mut(), branch.filled.is_empty()) {
                let properties: Map<String, Value> =
                    branch.filled.into_iter().map(|key| (key, json!({"minItems": 1}))).collect();
                map.insert("properties".to_owned(), properties.into());
            }
            Some(json!({"if": holds, "then": then}))
        };
        self.found.into_iter().filter_map(made).collect()
    }
}
