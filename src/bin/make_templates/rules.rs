//! Conditions, calculations, filters and cross-field rules, and which field of which template they are for.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::MakeError;

/// The whole file of rules.
#[derive(Deserialize)]
pub struct RuleBook {
    /// Constants that expressions read as `data.name`.
    pub data: Map<String, Value>,
    conditions: Map<String, Value>,
    calculations: Map<String, Value>,
    filters: Map<String, Value>,
    rules: Vec<Map<String, Value>>,
}

/// A condition as it applies to one field.
#[derive(Clone)]
pub struct Condition {
    /// Its name in the field tables.
    pub name: String,
    /// Its expression.
    pub expr: String,
}

/// What decides whether a field is shown and whether it must be answered.
#[derive(Clone, Default)]
pub struct Conditions {
    /// The field is hidden while this is false.
    pub show: Option<Condition>,
    /// An answer is required while this is true.
    pub require: Option<Condition>,
    /// Whether the condition speaks only of the template, so that it is decided when the template is made.
    pub decided: Option<bool>,
}

/// A filter of a list.
pub struct Filter {
    /// The expression, if it narrows anything.
    pub expr: Option<String>,
    /// Where the options come from and their key, when they are items of the report.
    pub from: Option<(String, String)>,
}

#[derive(Deserialize)]
struct Use {
    template: String,
    field: String,
    #[serde(rename = "as")]
    kinds: Vec<String>,
}

#[derive(Deserialize)]
struct Entry {
    expr: String,
    uses: Vec<Use>,
}

impl RuleBook {
    /// The conditions of a field; `Ok(None)` when it is conditional in other templates only.
    pub fn conditions(&self, letters: &str, template_id: &str, path: &str) -> Result<Option<Conditions>, MakeError> {
        let mut found = Conditions::default();
        let mut elsewhere = false;
        for (name, value) in &self.conditions {
            let entry: Entry = serde_json::from_value(value.clone())
                .map_err(|source| MakeError::Json { name: "report-rules.json".to_owned(), source })?;
            for usage in entry.uses.iter().filter(|usage| place(&usage.field) == path) {
                if usage.template != "all" && usage.template != letters {
                    elsewhere = true;
                    continue;
                }
                if let Some(list) = entry.expr.strip_prefix("root.header.templateId in ") {
                    found.decided = Some(list.contains(&format!("\"{template_id}\"")));
                    continue;
                }
                let condition = Condition { name: name.clone(), expr: entry.expr.clone() };
                if usage.kinds.iter().any(|kind| kind == "showIf") {
                    found.show = Some(condition.clone());
                }
                if usage.kinds.iter().any(|kind| kind == "requiredIf") {
                    found.require = Some(condition);
                }
            }
        }
        let none = found.show.is_none() && found.require.is_none() && found.decided.is_none();
        Ok(if none && elsewhere { None } else { Some(found) })
    }

    /// Whether there is a condition of this name.
    pub fn has_condition(&self, name: &str) -> bool {
        self.conditions.contains_key(name)
    }

    /// The calculation of a field: its expression and its named parts.
    pub fn calculation(&self, letters: &str, path: &str) -> Option<(&Value, Option<&Value>)> {
        let (_, found) =
            self.calculations.iter().find(|(_, c)| applies(c, letters) && place(text(c, "field")) == path)?;
        Some((found.get("expr")?, found.get("with")))
    }

    /// The filter of a field.
    pub fn filter(&self, letters: &str, path: &str) -> Option<Filter> {
        let (_, found) = self.filters.iter().find(|(field, f)| applies(f, letters) && place(field) == path)?;
        let expr = text(found, "expr");
        let from = text(found, "options").strip_prefix("from: ").and_then(|rest| rest.split_once(", key: "));
        Some(Filter {
            expr: (expr != "true").then(|| expr.to_owned()),
            from: from.map(|(from, key)| (from.to_owned(), key.to_owned())),
        })
    }

    /// The rules of a template, each with the keys that a template document has.
    pub fn rules(&self, letters: &str) -> Vec<Value> {
        let keys = ["id", "severity", "for", "when", "at", "with", "message"];
        let kept = |rule: &Map<String, Value>| {
            keys.iter().filter_map(|key| Some(((*key).to_owned(), rule.get(*key)?.clone()))).collect()
        };
        self.of(letters).map(|rule| Value::Object(kept(rule))).collect()
    }

    /// Whether a rule of the template has this message.
    pub fn says(&self, letters: &str, message: &str) -> bool {
        self.of(letters).any(|rule| rule.get("message").is_some_and(|said| said == message))
    }

    fn of(&self, letters: &str) -> impl Iterator<Item = &Map<String, Value>> {
        let mine = move |rule: &&Map<String, Value>| match rule.get("templates") {
            Some(Value::Array(list)) => list.iter().any(|one| one == letters),
            Some(all) => all == "all",
            None => false,
        };
        self.rules.iter().filter(mine)
    }
}

fn applies(entry: &Value, letters: &str) -> bool {
    ["all", letters].contains(&text(entry, "template"))
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// `offences[].iccs2` is `offences.iccs2`; `every statement, field caveat` is `statement.caveat`.
fn place(field: &str) -> String {
    match field.strip_prefix("every ").and_then(|rest| rest.split_once(", field ")) {
        Some((shared, key)) => format!("{shared}.{key}"),
        None => field.replace("[]", ""),
    }
}
