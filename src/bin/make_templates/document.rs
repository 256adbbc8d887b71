//! The whole document: sections, definitions, rules, constants, worked example.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::catalogue::Codelist;
use super::field::Context;
use super::value::definition;
use super::{MakeError, Sources, section};

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The document of a template.
pub fn document(sources: &Sources, letters: &str) -> Result<Value, MakeError> {
    sources.look.check(&sources.catalogue, &sources.rules)?;
    let template = sources.catalogue.template(letters)?;
    let ctx = Context { sources, letters, template_id: &template.id };
    let mut properties = Map::new();
    let mut required = Vec::new();
    for one in sources.catalogue.sections(letters)? {
        let (schema, must) = section::section(ctx, one)?;
        if must {
            required.push(one.key.as_str());
        }
        properties.insert(one.key.clone(), schema);
    }
    let rules = Value::from(sources.rules.rules(letters));
    let properties = Value::from(properties);
    let definitions = definitions(ctx, &properties, &rules)?;
    let data = constants(sources, &[&properties, &definitions, &rules])?;
    let version = &sources.look.version;
    let look = sources.look.template(letters)?;
    let sample = sources.catalogue.examples.get(letters);
    let sample = sample.ok_or_else(|| MakeError::content(letters, "there is no worked example"))?;
    Ok(json!({
        "$schema": DIALECT,
        "$id": format!("urn:chancery:template:{}:{version}", template.id),
        "title": template.title,
        "description": template.purpose,
        "type": "object",
        "required": required,
        "properties": properties,
        "$defs": definitions,
        "x-form": {
            "id": template.id,
            "version": version,
            "letters": letters,
            "purpose": look.purpose,
            "languages": ["en"],
            "summary": "{header.title}",
            "data": data,
            "rules": rules,
            "sample": sample,
        },
    }))
}

/// Everything that is referred to: shared types first, then codelists, each in the order of their names.
fn definitions(ctx: Context<'_>, properties: &Value, rules: &Value) -> Result<Value, MakeError> {
    let mut shared = Map::new();
    let mut names = BTreeSet::new();
    named(properties, &mut names);
    named(rules, &mut names);
    loop {
        let before = shared.len();
        for name in ctx.sources.look.shared.keys() {
            let def = definition(ctx, name)?;
            if names.contains(&def) && !shared.contains_key(&def) {
                let schema = section::shared(ctx, name)?;
                named(&schema, &mut names);
                shared.insert(def, schema);
            }
        }
        if shared.len() == before {
            break;
        }
    }
    shared.sort_keys();
    for (slug, list) in ctx.sources.catalogue.codelists.iter().filter(|(slug, _)| names.contains(*slug)) {
        shared.insert(slug.clone(), codelist(ctx, slug, list));
    }
    match names.iter().find(|name| !shared.contains_key(*name)) {
        Some(name) => Err(MakeError::content(name, "nothing is defined under this name")),
        None => Ok(shared.into()),
    }
}

/// Notes every name under `$defs` that a value refers to, also by a codelist that is only offered or only read.
fn named(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, inside) in map {
                match (key.as_str(), inside) {
                    ("$ref", Value::String(target)) => names.extend(target.strip_prefix("#/$defs/").map(str::to_owned)),
                    ("codelist", Value::String(slug)) => names.extend([slug.clone()]),
                    _ => named(inside, names),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| named(item, names)),
        Value::String(text) => {
            let parts = text.split("label(\"").skip(1);
            names.extend(parts.filter_map(|part| part.split('"').next()).map(str::to_owned));
        }
        _ => {}
    }
}

fn codelist(ctx: Context<'_>, slug: &str, list: &Codelist) -> Value {
    let look = ctx.sources.look.lists.get(slug);
    let internal = look.is_some_and(|look| look.notes_are_internal);
    let more = look.map(|look| look.more.as_slice()).unwrap_or_default();
    let entry = |(code, title, note): &(String, String, String)| {
        let mut entry = json!({"const": code, "title": title});
        if let (Some(map), false) = (entry.as_object_mut(), note.is_empty() || internal) {
            map.insert("description".to_owned(), ctx.sources.look.say(note).into());
        }
        entry
    };
    json!({
        "title": list.title,
        "$comment": format!("Source: {}. Licence: {}.", list.source, list.licence),
        "type": "string",
        "oneOf": list.rows.iter().chain(more).map(entry).collect::<Vec<_>>(),
    })
}

/// The constants that the expressions of the document read.
fn constants(sources: &Sources, parts: &[&Value]) -> Result<Map<String, Value>, MakeError> {
    let mut names = BTreeSet::new();
    parts.iter().for_each(|part| read_constants(part, &mut names));
    if let Some(name) = names.iter().find(|name| !sources.rules.data.contains_key(*name)) {
        return Err(MakeError::content(format!("data.{name}"), "there is no such constant"));
    }
    let used = sources.rules.data.iter().filter(|(name, _)| names.contains(*name));
    Ok(used.map(|(name, value)| (name.clone(), value.clone())).collect())
}

fn read_constants(value: &Value, names: &mut BTreeSet<String>) {
    const PLACES: [&str; 6] = ["when", "showIf", "requiredIf", "calculate", "filter", "with"];
    match value {
        Value::Object(map) => {
            for (key, inside) in map {
                match inside {
                    Value::String(text) if PLACES.contains(&key.as_str()) => constants_in(text, names),
                    Value::Object(with) if key == "with" => {
                        with.values().filter_map(Value::as_str).for_each(|text| constants_in(text, names));
                    }
                    _ => read_constants(inside, names),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| read_constants(item, names)),
        _ => {}
    }
}

fn constants_in(expression: &str, names: &mut BTreeSet<String>) {
    for part in expression.split("data.").skip(1) {
        names.insert(part.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect());
    }
}
