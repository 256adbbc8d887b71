//! One row of a field table as a schema with hints.

use serde_json::{Value, json};

use super::catalogue::{Row, cell, range_of};
use super::constraint::Constraint;
use super::kind::{Kind, Type};
use super::node::Node;
use super::presentation::Look;
use super::rules::{Condition, Conditions};
use super::value::{add_filter, pattern_of, value_node};
use super::{MakeError, Sources};

/// A string whose longest text is longer than this would be drawn as a text area.
const BOX: u64 = 200;

/// Which template is made, from what.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The files.
    pub sources: &'a Sources,
    /// The letters of the template.
    pub letters: &'a str,
    /// Its identifier.
    pub template_id: &'a str,
}

/// A field that was made.
pub struct Made {
    /// Its schema.
    pub schema: Value,
    /// Whether an answer is always required.
    pub required: bool,
    /// The expression under which an answer is required.
    pub required_if: Option<String>,
    /// A list that may be empty as far as its own schema goes.
    pub may_be_empty: bool,
}

/// Makes the field of a row; `None` when the row is conditional in other templates only. `path` names the object
/// that holds the field, `holder` is the personal-data letter of the field that this row is a key of.
pub fn field(ctx: Context<'_>, path: &str, row: &Row, holder: Option<&str>) -> Result<Option<Made>, MakeError> {
    let at = format!("{path}.{}", row.key);
    let problem = |reason: &str| MakeError::content(format!("{} {at}", ctx.letters), reason);
    let look = look(ctx, path, row, holder.is_some());
    let repeat = cell(&row.repeat).map(|text| range_of(text).ok_or_else(|| problem("unknown repeat"))).transpose()?;
    let Type { kind, list } = Type::parse(&row.kind, repeat.is_some()).ok_or_else(|| problem("unknown type"))?;
    let Some(conditions) = ctx.sources.rules.conditions(ctx.letters, ctx.template_id, &at)? else { return Ok(None) };
    if row.req == "C" && conditions.show.is_none() && conditions.require.is_none() && conditions.decided.is_none() {
        return Err(problem("a conditional field without a condition"));
    }
    let required = row.req == "R" || conditions.decided == Some(true);
    let asked = required || row.req == "C";

    let mut constraint = Constraint::parse(&row.cons, ctx.template_id, |name| pattern_of(ctx, name).ok());
    let mut value = value_node(ctx, &at, row, &kind, &look, constraint.inner.take(), holder)?;
    if constraint.keywords.contains_key("pattern") {
        value.schema.shift_remove("maxLength");
    }
    value.schema.append(&mut constraint.keywords);
    put_text(row, &kind, holder, &look, asked || list, &mut value);
    if let Some((name, filter)) = look.get_key_value("filter") {
        value.hint(name, filter.clone());
    }
    add_filter(ctx, &at, &mut value);
    let mut node = if list { list_node(ctx, &kind, row, (repeat, required), &look, value) } else { value };

    if let Some(message) = &constraint.message {
        say_constraint(ctx, &mut node, list, &constraint, message);
    }
    put_title(ctx, &mut node, row);
    put_conditions(ctx, &mut node, &conditions)?;
    if row.req == "D" {
        put_set(ctx, &at, row, &mut node, &look).map_err(|reason| problem(&reason))?;
    }
    if let (None, Some(letter)) = (holder, cell(&row.pd)) {
        node.hint("personalData", personal_data(letter).ok_or_else(|| problem("unknown personal data"))?);
    }
    put_look(&mut node, &look);
    let may_be_empty = list && node.schema.get("minItems").is_none();
    Ok(Some(Made {
        schema: node.finish(),
        required,
        required_if: conditions.require.map(|condition| condition.expr),
        may_be_empty,
    }))
}

fn look(ctx: Context<'_>, path: &str, row: &Row, inside: bool) -> Look {
    let section = if inside { None } else { ctx.sources.look.section(ctx.letters, path) };
    let found = section.and_then(|section| section.fields.get(&row.key));
    found.cloned().unwrap_or_else(|| row.look.clone())
}

/// Whether the text is in the words of the post, so that the rules on wording read it.
fn own_words(row: &Row, kind: &Kind, holder: Option<&str>, look: &Look) -> bool {
    let scanned = cell(&row.pd).or(holder) == Some("M");
    let excepted = look.get("ownWords") == Some(&json!(false));
    scanned && !excepted && matches!(kind, Kind::Text | Kind::String)
}

/// What holds for texts only: the mark of the post's own words, no blank answer, a box for one line.
fn put_text(row: &Row, kind: &Kind, holder: Option<&str>, look: &Look, asked: bool, value: &mut Node) {
    if own_words(row, kind, holder, look) {
        value.hint("type", "ownWords");
    }
    let no_limit = !value.schema.contains_key("minLength") && !value.schema.contains_key("pattern");
    if matches!(kind, Kind::Text | Kind::String) && no_limit && asked {
        // Blank is no answer, so a file from elsewhere must not pass with an empty text.
        value.keyword("minLength", 1);
    }
    let longest = value.schema.get("maxLength").and_then(Value::as_u64);
    if matches!(kind, Kind::String | Kind::Format(_)) && longest.is_some_and(|max| max > BOX) {
        value.hints.entry("widget").or_insert_with(|| "text".into());
    }
}

/// A list of the values, with its number of repeats and whether it must be answered.
fn list_node(
    ctx: Context<'_>,
    kind: &Kind,
    row: &Row,
    (repeat, required): (Option<(u64, u64)>, bool),
    look: &Look,
    mut value: Node,
) -> Node {
    let mut node = Node::default();
    node.keyword("type", "array");
    let least = repeat.map_or(0, |(min, _)| min).max(u64::from(required));
    if least > 0 {
        node.keyword("minItems", least);
    }
    if let Some((_, max)) = repeat {
        node.keyword("maxItems", max);
    }
    if matches!(kind, Kind::Code | Kind::Ref(_)) || cell(&row.cl).is_some() && *kind == Kind::String {
        node.keyword("uniqueItems", true);
    }
    // A list takes the whole line: its choices stand beside each other.
    value.hints.shift_remove("width");
    let name = match (kind, look.get("shared").and_then(Value::as_str)) {
        (_, Some(shared)) => Some(shared),
        (Kind::Shared(name), None) => Some(name.as_str()),
        _ => None,
    };
    if let Some(shared) = name.and_then(|name| ctx.sources.look.shared.get(name)) {
        node.hint("itemTitle", shared.item_title.as_str());
        node.hint("summary", shared.summary.as_str());
        if let Some(widget) = &shared.list_widget {
            node.hint("widget", widget.as_str());
        }
    } else if matches!(kind, Kind::Inline(_) | Kind::String | Kind::Format(_)) {
        node.hint("itemTitle", ctx.sources.look.say(&row.title).to_lowercase());
    }
    node.keyword("items", value.finish());
    node
}

/// Puts the message of the constraint where its keyword stands.
fn say_constraint(ctx: Context<'_>, node: &mut Node, list: bool, constraint: &Constraint, message: &str) {
    if constraint.is_rule {
        // The rule says its own message; the wording of the field table is kept only where it differs.
        if !ctx.sources.rules.says(ctx.letters, message) {
            node.message("rule", message);
        }
        return;
    }
    if constraint.speaks_for.is_empty() {
        node.message("required", message);
        if list {
            node.message("minItems", message);
        }
    }
    for keyword in &constraint.speaks_for {
        match node.schema.get_mut("items").filter(|_| list) {
            Some(items) => put_inner_message(items, keyword, message),
            None => node.message(keyword, message),
        }
    }
}

fn put_inner_message(items: &mut Value, keyword: &str, message: &str) {
    if let Some(messages) = items.pointer_mut("/x-form/messages").and_then(Value::as_object_mut) {
        messages.insert(keyword.to_owned(), message.into());
    } else if let Some(map) = items.as_object_mut() {
        let hints = map.entry("x-form").or_insert_with(|| json!({}));
        if let Some(hints) = hints.as_object_mut() {
            hints.insert("messages".to_owned(), json!({keyword: message}));
        }
    }
}

fn put_title(ctx: Context<'_>, node: &mut Node, row: &Row) {
    node.keyword("title", row.title.as_str());
    if let Some(hint) = cell(&row.hint) {
        node.hint("hint", ctx.sources.look.say(hint));
    }
}

fn put_conditions(ctx: Context<'_>, node: &mut Node, conditions: &Conditions) -> Result<(), MakeError> {
    if let Some(Condition { name, expr }) = &conditions.show {
        let why = ctx.sources.look.why.get(name);
        let why = why.ok_or_else(|| MakeError::content("presentation.json, why", format!("nothing for: {name}")))?;
        node.hint("why", why.as_str());
        node.hint("showIf", expr.as_str());
    }
    if let Some(condition) = &conditions.require {
        node.hint("requiredIf", condition.expr.as_str());
    }
    Ok(())
}

/// A field that the application sets: by a calculation, by the presentation, or as the number of an item.
fn put_set(ctx: Context<'_>, at: &str, row: &Row, node: &mut Node, look: &Look) -> Result<(), String> {
    let given = look.get("set");
    if let Some((expr, with)) = ctx.sources.rules.calculation(ctx.letters, at) {
        node.hint("calculate", expr.clone());
        if let Some(with) = with {
            node.hint("with", with.clone());
        }
    } else if given.is_none() {
        let format = row.kind.strip_prefix("string:").unwrap_or_default();
        let pattern = pattern_of(ctx, format).map_err(|_| "nothing says how the application sets it".to_owned())?;
        let prefix = pattern.strip_prefix('^').and_then(|rest| rest.chars().next()).filter(char::is_ascii_uppercase);
        let prefix = prefix.ok_or("nothing says how the application sets it")?;
        node.hint("set", json!({"id": {"prefix": prefix.to_string()}}));
    }
    if given.and_then(Value::as_str) != Some("reportId") {
        // The identifier of the report is proposed, and the officer may change it.
        node.keyword("readOnly", true);
    }
    Ok(())
}

fn put_look(node: &mut Node, look: &Look) {
    for (name, value) in look {
        match (name.as_str(), value) {
            ("keys" | "shared" | "ownWords" | "filter", _) => {}
            ("messages", Value::Object(messages)) => node.messages.extend(messages.clone()),
            ("default", value) => node.keyword("default", value.clone()),
            (name, value) => node.hint(name, value.clone()),
        }
    }
}

fn personal_data(letter: &str) -> Option<&'static str> {
    Some(match letter {
        "N" => "no",
        "O" => "official",
        "M" => "scan",
        "P" => "pseudonymous",
        _ => return None,
    })
}
