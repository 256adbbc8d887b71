//! One value as a schema: texts, numbers, codes, references, objects. What a row says about it is added in `field`.

use serde_json::{Value, json};

use super::catalogue::{Row, cell};
use super::field::Context;
use super::kind::{InlineKey, Kind};
use super::node::Node;
use super::presentation::Look;
use super::{MakeError, section};

/// Longest text, unless a row says otherwise.
const LONG: u64 = 10_000;
/// Longest string, unless a row says otherwise.
const SHORT: u64 = 300;
/// A closed list with more codes than this is drawn as a box, not as radios.
const RADIOS: usize = 5;

/// The pattern of a named format.
pub fn pattern_of(ctx: Context<'_>, format: &str) -> Result<String, MakeError> {
    let own = ctx.sources.look.formats.get(format).and_then(|found| found.pattern.clone());
    let found = ctx.sources.catalogue.formats.get(format).cloned().or(own);
    found.ok_or_else(|| MakeError::content(format, "there is no format of this name"))
}

/// The schema of one value, without what the row says about it.
pub fn value_node(
    ctx: Context<'_>,
    at: &str,
    row: &Row,
    kind: &Kind,
    look: &Look,
    inner: Option<(String, String)>,
    holder: Option<&str>,
) -> Result<Node, MakeError> {
    let mut node = Node::default();
    match kind {
        Kind::Text => {
            node.keyword("type", "string");
            node.keyword("maxLength", LONG);
            node.hint("widget", "textarea");
        }
        Kind::String if cell(&row.cl).is_some() => open_list(ctx, row, &mut node)?,
        Kind::String => {
            node.keyword("type", "string");
            if row.req != "D" {
                node.keyword("maxLength", SHORT);
            }
        }
        Kind::Format(name) => format_node(ctx, name, &mut node)?,
        Kind::Integer => node.keyword("type", "integer"),
        Kind::Number => node.keyword("type", "number"),
        Kind::Boolean => node.keyword("type", "boolean"),
        Kind::Code => code_node(ctx, row, &mut node)?,
        Kind::Choice(codes) => {
            let options = codes.iter().map(|code| json!({"const": code, "title": choice(ctx, code)}));
            node.keyword("type", "string");
            node.keyword("oneOf", options.collect::<Vec<_>>());
        }
        Kind::Ref(name) => reference_node(ctx, at, name, &mut node)?,
        Kind::Shared(name) => node.keyword("$ref", format!("#/$defs/{}", definition(ctx, name)?)),
        Kind::Inline(keys) => match look.get("shared").and_then(Value::as_str) {
            Some(name) => node.keyword("$ref", format!("#/$defs/{}", definition(ctx, name)?)),
            None => {
                check_keys(at, keys, look)?;
                let rows = keys.iter().map(|key| inline_row(at, key, look, &inner)).collect::<Result<Vec<_>, _>>()?;
                let holder = holder.filter(|letter| *letter != "-").unwrap_or(&row.pd);
                node.schema = section::object(ctx, at, &rows, Some(holder))?;
            }
        },
    }
    Ok(node)
}

fn format_node(ctx: Context<'_>, name: &str, node: &mut Node) -> Result<(), MakeError> {
    node.keyword("type", "string");
    let found = ctx.sources.look.formats.get(name);
    let found = found.ok_or_else(|| MakeError::content(name, "presentation.json has no message for this format"))?;
    if let Some(format) = &found.format {
        node.keyword("format", format.as_str());
    }
    if let Some(widget) = &found.widget {
        node.hint("widget", widget.as_str());
    }
    if let Some(longest) = found.longest {
        node.keyword("maxLength", longest);
    }
    node.keyword("pattern", pattern_of(ctx, name)?);
    node.message("pattern", &found.message);
    Ok(())
}

/// Codes of a list that is only offered: any text of the pattern is valid.
fn open_list(ctx: Context<'_>, row: &Row, node: &mut Node) -> Result<(), MakeError> {
    let list = ctx.sources.look.lists.get(&row.cl);
    let open = list.and_then(|list| list.open.as_ref());
    let open = open.ok_or_else(|| MakeError::content(&row.cl, "text with a codelist, but the list is not open"))?;
    node.keyword("type", "string");
    node.keyword("pattern", open.as_str());
    node.hint("codelist", row.cl.as_str());
    node.hint("width", "28");
    if let Some(message) = list.and_then(|list| list.message.as_ref()) {
        node.message("pattern", message);
    }
    Ok(())
}

fn code_node(ctx: Context<'_>, row: &Row, node: &mut Node) -> Result<(), MakeError> {
    if ctx.sources.look.lists.get(&row.cl).is_some_and(|list| list.open.is_some()) {
        return open_list(ctx, row, node);
    }
    let slugs: Vec<&str> = row.cl.split("; ").collect();
    let mut codes = 0;
    for slug in &slugs {
        let list = ctx.sources.catalogue.codelists.get(*slug);
        codes += list.ok_or_else(|| MakeError::content(*slug, "there is no such codelist"))?.rows.len();
    }
    let reference = |slug: &&str| json!({"$ref": format!("#/$defs/{slug}")});
    match slugs.as_slice() {
        [slug] => {
            node.keyword("$ref", format!("#/$defs/{slug}"));
            node.hint("codelist", *slug);
        }
        several => {
            node.keyword("anyOf", several.iter().map(reference).collect::<Vec<_>>());
            node.hint("codelist", several.to_vec());
        }
    }
    if codes > RADIOS {
        node.hint("width", "28");
    }
    Ok(())
}

fn reference_node(ctx: Context<'_>, at: &str, name: &str, node: &mut Node) -> Result<(), MakeError> {
    let found = ctx.sources.look.reference(ctx.letters, name);
    let found = found.ok_or_else(|| MakeError::content(at, format!("unknown reference {name}")))?;
    format_node(ctx, &found.format, node)?;
    if let Some(widget) = &found.widget {
        node.hint("widget", widget.as_str());
    }
    if let Some(mark) = &found.mark {
        node.hint("type", mark.as_str());
    }
    node.hint("ref", json!({"from": found.from, "key": found.key, "label": found.label}));
    Ok(())
}

/// Narrows a list, and points a reference to other items of the report where the rules say so.
pub fn add_filter(ctx: Context<'_>, at: &str, node: &mut Node) {
    let Some(filter) = ctx.sources.rules.filter(ctx.letters, at) else { return };
    if let Some((from, key)) = filter.from {
        let reference = node.hints.entry("ref").or_insert_with(|| json!({"label": "{label}"}));
        if let Some(map) = reference.as_object_mut() {
            map.insert("from".to_owned(), from.into());
            map.insert("key".to_owned(), key.into());
        }
    }
    if let Some(expr) = filter.expr {
        node.hint("filter", expr);
    }
}

/// The name of a shared type in `$defs`.
pub fn definition(ctx: Context<'_>, name: &str) -> Result<String, MakeError> {
    let shared = ctx.sources.look.shared.get(name);
    let shared = shared.ok_or_else(|| MakeError::content(name, "there is no shared type of this name"))?;
    Ok(shared.def.clone().unwrap_or_else(|| name.to_owned()))
}

/// Refuses words for keys that the object does not have.
fn check_keys(at: &str, keys: &[InlineKey], look: &Look) -> Result<(), MakeError> {
    let mut named = look.get("keys").and_then(Value::as_object).into_iter().flatten().map(|(name, _)| name);
    match named.find(|name| !keys.iter().any(|key| key.key == **name)) {
        Some(name) => Err(MakeError::content(format!("presentation.json, {at}"), format!("there is no key {name}"))),
        None => Ok(()),
    }
}

/// The row of one key of an inline object: what the type says, and over it what the presentation says.
fn inline_row(at: &str, key: &InlineKey, look: &Look, inner: &Option<(String, String)>) -> Result<Row, MakeError> {
    let mut row = json!({
        "key": key.key, "title": humanised(&key.key), "type": key.kind, "cl": key.codelist, "req": "R",
    });
    let over = look.get("keys").and_then(|keys| keys.get(&key.key)).and_then(Value::as_object);
    if let (Some(map), Some(over)) = (row.as_object_mut(), over) {
        map.extend(over.clone());
    }
    if let (Some(map), Some((_, cons))) = (row.as_object_mut(), inner.as_ref().filter(|(name, _)| *name == key.key)) {
        map.insert("cons".to_owned(), cons.as_str().into());
    }
    serde_json::from_value(row).map_err(|source| MakeError::Json { name: format!("presentation.json, {at}"), source })
}

/// `evidenceFor` is "Evidence for".
pub fn humanised(key: &str) -> String {
    let mut out = String::new();
    for (at, c) in key.chars().enumerate() {
        match c {
            _ if at == 0 => out.extend(c.to_uppercase()),
            '-' => out.push(' '),
            _ if c.is_uppercase() => {
                out.push(' ');
                out.extend(c.to_lowercase());
            }
            _ => out.push(c),
        }
    }
    out
}

fn choice(ctx: Context<'_>, code: &str) -> String {
    let template = ctx.sources.catalogue.templates.values().find(|template| template.id == code);
    let known = ctx.sources.look.choices.get(code).cloned().or_else(|| template.map(|t| t.title.clone()));
    known.unwrap_or_else(|| humanised(code))
}
