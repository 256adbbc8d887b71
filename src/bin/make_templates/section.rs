//! Objects with their fields: sections, items, shared types.

use serde_json::{Map, Value, json};

use super::branch::Branches;
use super::catalogue::{Row, Section};
use super::field::{self, Context};
use super::{MakeError, presentation};

/// The schema of an object with these fields. `holder` is the personal-data letter of the field that holds it.
pub fn object(
    ctx: Context<'_>,
    path: &str,
    rows: &[Row],
    holder: Option<&str>,
) -> Result<Map<String, Value>, MakeError> {
    let mut properties = Map::new();
    let mut required = Vec::new();
    let mut branches = Branches::default();
    for row in rows {
        let Some(made) = field::field(ctx, path, row, holder)? else { continue };
        if made.required {
            required.push(Value::from(row.key.as_str()));
        }
        if let Some(expression) = &made.required_if {
            branches.require(expression, &row.key, made.may_be_empty);
        }
        properties.insert(row.key.clone(), made.schema);
    }
    let mut object = Map::new();
    object.insert("type".to_owned(), "object".into());
    if !required.is_empty() {
        object.insert("required".to_owned(), required.into());
    }
    object.insert("properties".to_owned(), properties.into());
    let branches = branches.schemas(&ctx.sources.rules.data);
    if !branches.is_empty() {
        object.insert("allOf".to_owned(), branches.into());
    }
    Ok(object)
}

/// The schema of a section, and whether a report must have it.
pub fn section(ctx: Context<'_>, section: &Section) -> Result<(Value, bool), MakeError> {
    let default = presentation::SectionLook::default();
    let look = ctx.sources.look.section(ctx.letters, &section.key).unwrap_or(&default);
    let object = object(ctx, &section.key, &in_order(&section.fields, &look.order), None)?;
    let mut hints = Map::new();
    let own_part = &ctx.sources.look.template(ctx.letters)?.part;
    hints.insert("part".to_owned(), look.part.as_ref().unwrap_or(own_part).as_str().into());
    if let Some(widget) = &look.widget {
        hints.insert("widget".to_owned(), widget.as_str().into());
    }
    if let Some(hint) = &look.hint {
        hints.insert("hint".to_owned(), hint.as_str().into());
    }
    let mut schema = Map::new();
    schema.insert("title".to_owned(), section.title.as_str().into());
    let Some((min, max)) = section.repeat()? else {
        let required = object.contains_key("required");
        schema.extend(object);
        schema.insert("x-form".to_owned(), hints.into());
        return Ok((schema.into(), required));
    };
    let item_title = look.item_title.clone().unwrap_or_else(|| section.title.to_lowercase());
    hints.insert("itemTitle".to_owned(), item_title.into());
    if let Some(summary) = &look.summary {
        hints.insert("summary".to_owned(), summary.as_str().into());
    }
    schema.insert("type".to_owned(), "array".into());
    if min > 0 {
        schema.insert("minItems".to_owned(), min.into());
    }
    schema.insert("maxItems".to_owned(), max.into());
    schema.insert("items".to_owned(), object.into());
    schema.insert("x-form".to_owned(), hints.into());
    Ok((schema.into(), min > 0))
}

/// The rows with those named in `order` first.
fn in_order(rows: &[Row], order: &[String]) -> Vec<Row> {
    let named = order.iter().filter_map(|key| rows.iter().find(|row| row.key == *key));
    let rest = rows.iter().filter(|row| !order.contains(&row.key));
    named.chain(rest).cloned().collect()
}

/// The schema of a shared type.
pub fn shared(ctx: Context<'_>, name: &str) -> Result<Value, MakeError> {
    let shared = ctx.sources.look.shared.get(name);
    let shared = shared.ok_or_else(|| MakeError::content(name, "there is no shared type of this name"))?;
    let mut schema = Map::new();
    schema.insert("title".to_owned(), json!(shared.title));
    schema.extend(object(ctx, name, &shared.fields, Some("-"))?);
    if !shared.look.is_empty() {
        schema.insert("x-form".to_owned(), shared.look.clone().into());
    }
    Ok(schema.into())
}
