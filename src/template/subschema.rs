//! One subschema as the form reads it: its own keywords first, then those of what its `$ref` points to, then those of
//! the parts of its `allOf` that always hold.
//!
//! This is how a form is *drawn*; what is *valid* is decided by the evaluator, which follows the standard to the letter.

use serde_json::{Map, Value};

use super::Pointer;

/// How many maps one subschema may be put together from before its references are taken for a circle.
const MOST_LINKS: usize = 64;

/// A subschema and the subschemas that it takes in, nearest first.
#[derive(Clone, Debug)]
pub struct Subschema<'a> {
    location: Pointer,
    links: Vec<Link<'a>>,
    names: Vec<String>,
}

/// One map of keywords and where it stands.
#[derive(Clone, Debug)]
struct Link<'a> {
    at: Pointer,
    map: &'a Map<String, Value>,
}

impl<'a> Subschema<'a> {
    /// The subschema at `location` in `document`; `None` when nothing is there, or a reference leads nowhere or in a
    /// circle.
    pub fn at(document: &'a Value, location: Pointer) -> Option<Self> {
        let mut read = Self { location: location.clone(), links: Vec::new(), names: Vec::new() };
        read.take_in(document, location)?;
        Some(read)
    }

    fn take_in(&mut self, document: &'a Value, at: Pointer) -> Option<()> {
        let schema = at.get(document)?;
        let Some(map) = schema.as_object() else {
            // `true` and `false` are schemas without keywords.
            return schema.is_boolean().then_some(());
        };
        if self.links.len() == MOST_LINKS {
            return None;
        }
        self.links.push(Link { at: at.clone(), map });
        if let Some(reference) = map.get("$ref") {
            let target = resolve(document, reference.as_str()?)?;
            self.names.extend(target.last().map(str::to_owned));
            self.take_in(document, target)?;
        }
        let parts = map.get("allOf").and_then(Value::as_array).into_iter().flatten();
        // A part with a condition says what is valid while it holds; it is no part of what is always drawn.
        for (position, _) in parts.enumerate().filter(|(_, part)| part.get("if").is_none()) {
            self.take_in(document, at.child("allOf").child(position))?;
        }
        Some(())
    }

    /// Where the subschema stands in the document; references are not followed.
    pub fn location(&self) -> &Pointer {
        &self.location
    }

    /// Where everything stands that the subschema is put together from, itself first.
    pub fn locations(&self) -> impl Iterator<Item = &Pointer> {
        self.links.iter().map(|link| &link.at)
    }

    /// The last tokens of the references followed, nearest first: the names under `$defs`.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The value of a keyword, the nearest first.
    pub fn get(&self, keyword: &str) -> Option<&'a Value> {
        self.links.iter().find_map(|link| link.map.get(keyword))
    }

    /// The text of a keyword.
    pub fn text(&self, keyword: &str) -> Option<&'a str> {
        self.get(keyword)?.as_str()
    }

    /// The count of a keyword such as `maxLength`.
    pub fn count(&self, keyword: &str) -> Option<usize> {
        usize::try_from(self.get(keyword)?.as_u64()?).ok()
    }

    /// Whether `type` is, or holds, this type.
    pub fn is_type(&self, name: &str) -> bool {
        match self.get("type") {
            Some(Value::String(only)) => only == name,
            Some(Value::Array(several)) => several.iter().any(|one| one == name),
            _ => false,
        }
    }

    /// A key of `x-form`, the nearest first.
    pub fn hint(&self, key: &str) -> Option<&'a Value> {
        self.hints(key).next()
    }

    /// Every value of a key of `x-form`, the nearest first.
    pub fn hints(&self, key: &str) -> impl Iterator<Item = &'a Value> {
        self.links.iter().filter_map(move |link| link.map.get("x-form")?.get(key))
    }

    /// The location of the nearest map that holds a keyword, followed by the keyword.
    pub fn part(&self, keyword: &str) -> Option<Pointer> {
        self.parts(keyword).next()
    }

    /// The locations of a keyword in all maps that hold it, the nearest first.
    pub fn parts(&self, keyword: &str) -> impl Iterator<Item = Pointer> {
        self.links.iter().filter(move |link| link.map.contains_key(keyword)).map(move |link| link.at.child(keyword))
    }

    /// The property names that `required` names, wherever it stands.
    pub fn required(&self) -> Vec<&'a str> {
        let lists = self.links.iter().filter_map(|link| link.map.get("required")?.as_array());
        lists.flatten().filter_map(Value::as_str).collect()
    }
}

/// The place in the document that a reference names: by a pointer, by an anchor, or by the `$id` of a part.
fn resolve(document: &Value, reference: &str) -> Option<Pointer> {
    let (resource, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let is = |schema: &Map<String, Value>, id: &str| ["$id", "id"].iter().any(|key| names(schema, key, id));
    let own = resource.is_empty() || document.as_object().is_some_and(|schema| is(schema, resource));
    let base = if own { Pointer::root() } else { search(document, &|schema| is(schema, resource))? };
    if fragment.is_empty() {
        return Some(base);
    }
    let part = base.get(document)?;
    let inside = if fragment.starts_with('/') {
        Pointer::parse(&percent_decoded(fragment)?).ok()?
    } else {
        let old = format!("#{fragment}");
        search(part, &|schema| names(schema, "$anchor", fragment) || is(schema, &old))?
    };
    Some(base.tokens().iter().chain(inside.tokens()).collect())
}

/// Whether a subschema has this name under a keyword.
fn names(schema: &Map<String, Value>, keyword: &str, name: &str) -> bool {
    schema.get(keyword).and_then(Value::as_str).is_some_and(|other| other.strip_suffix('#').unwrap_or(other) == name)
}

/// The first object that fits, values that only look like schemas left out.
fn search(value: &Value, fits: &dyn Fn(&Map<String, Value>) -> bool) -> Option<Pointer> {
    let mut open = vec![(Pointer::root(), value)];
    while let Some((at, value)) = open.pop() {
        match value {
            Value::Object(map) if fits(map) => return Some(at),
            Value::Object(map) => {
                let schemas = map.iter().filter(|(key, _)| !["const", "enum", "default", "x-form"].contains(&&***key));
                open.extend(schemas.map(|(key, part)| (at.child(key), part)));
            }
            Value::Array(items) => open.extend(items.iter().enumerate().map(|(index, part)| (at.child(index), part))),
            _ => {}
        }
    }
    None
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let digits = std::str::from_utf8(after.get(..2)?).ok()?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = after.get(2..)?;
    }
    String::from_utf8(bytes).ok()
}
