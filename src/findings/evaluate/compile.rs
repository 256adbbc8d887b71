//! From documents to a compiled schema. Everything that makes a document unusable is found here, with its place.

use serde_json::Value;

use super::dialect::Draft;
use super::equality::{Choices, measure};
use super::error::{Fault, SchemaError};
use super::formats::Format;
use super::index::{Index, NodeId, at};
use super::loops::looping;
use super::schema::{Check, Contains, Counted, Limit, Node, Properties, Schema, Scope, listed};
use super::source::{Compiled, Source};
use super::violation::{Type, Types};
use crate::sorting::sort;
use crate::template::pointer;

/// Deepest nesting of a schema document. Published schemas stay far below.
const DEEPEST_DOCUMENT: usize = 256;

/// Compiles a template and as much of the documents beside it as it refers to.
pub(super) fn compile(template: &Value, others: &[(&str, &Value)]) -> Result<(Schema, Draft), SchemaError> {
    for (nth, document) in std::iter::once(&template).chain(others.iter().map(|(_, document)| document)).enumerate() {
        measure(document, DEEPEST_DOCUMENT).ok_or_else(|| at(nth, "", Fault::TooDeep))?;
    }
    let index = Index::new(template, others)?;
    let mut compiler = Compiler { index, nodes: Vec::new(), wanted: Vec::new(), queued: Vec::new() };
    compiler.run()?;
    let Compiler { index, nodes, queued, .. } = compiler;
    let root = index.place_at(0, "").unwrap_or_default();
    let draft = index.root_dialect().draft;
    let by_location = index.in_template().filter(|id| queued.get(*id) == Some(&true)).collect();
    let resources = index.resources.into_iter().map(|resource| Scope {
        root: resource.root,
        dynamic: resource.dynamic,
        recursive: resource.recursive,
    });
    let schema = Schema { root, resources: resources.collect(), by_location, nodes };
    match looping(&schema) {
        Some(node) => Err(at(node.document, &node.location, Fault::Loop)),
        None => Ok((schema, draft)),
    }
}

struct Compiler<'a> {
    index: Index<'a>,
    nodes: Vec<Node>,
    /// Subschemas still to be compiled.
    wanted: Vec<NodeId>,
    queued: Vec<bool>,
}

impl<'a> Compiler<'a> {
    fn run(&mut self) -> Compiled<()> {
        // All of the template, so that each of its subschemas can be asked for; of the others what is referred to.
        let template: Vec<NodeId> = self.index.in_template().collect();
        for id in template.into_iter().rev() {
            self.want(id);
        }
        while let Some(id) = self.wanted.pop() {
            self.compile(id)?;
        }
        Ok(())
    }

    fn want(&mut self, id: NodeId) {
        if self.queued.len() < self.index.places.len() {
            self.queued.resize(self.index.places.len(), false);
            self.nodes.resize_with(self.index.places.len(), Node::default);
        }
        if let Some(queued) = self.queued.get_mut(id).filter(|queued| !**queued) {
            *queued = true;
            self.wanted.push(id);
        }
    }

    fn compile(&mut self, id: NodeId) -> Compiled<()> {
        let Some(place) = self.index.places.get(id) else { return Ok(()) };
        let (document, location, value, resource) =
            (place.document, place.location.clone(), place.value, place.resource);
        let Some(scope) = self.index.resources.get(resource) else { return Ok(()) };
        let dialect = scope.dialect;
        let reachable: Vec<NodeId> = scope.dynamic.values().copied().chain([scope.root]).collect();
        reachable.into_iter().for_each(|id| self.want(id));
        let checks = match value {
            Value::Bool(true) => Vec::new(),
            Value::Bool(false) => vec![Check::False],
            Value::Object(schema) => self.checks(Source { id, document, location: &location, schema, dialect })?,
            _ => return Err(at(document, &location, Fault::NotASchema)),
        };
        let notes =
            checks.iter().any(|check| matches!(check, Check::UnevaluatedItems(_) | Check::UnevaluatedProperties(_)));
        if let Some(node) = self.nodes.get_mut(id) {
            *node = Node { document, location, resource, checks, notes };
        }
        Ok(())
    }

    fn checks(&mut self, from: Source<'_>) -> Compiled<Vec<Check>> {
        let mut checks = Vec::new();
        if from.dialect.draft.reference_stands_alone()
            && let Some(Value::String(reference)) = from.schema.get("$ref")
        {
            checks.push(Check::Reference(self.reference(from, reference)?));
            return Ok(checks);
        }
        for keyword in from.dialect.keywords() {
            if let Some(value) = from.schema.get(keyword.name) {
                self.keyword(from, keyword.name, value, &mut checks)?;
            }
        }
        Ok(checks)
    }

    /// Adds the checks of one keyword. Keywords that belong together are compiled with the first of them.
    fn keyword(&mut self, from: Source<'_>, name: &'static str, value: &Value, into: &mut Vec<Check>) -> Compiled<()> {
        let check = match name {
            "type" => self.types(from, value)?,
            "enum" => Check::Listed { keyword: name, choices: Choices::new(from.list(name, value)?) },
            "const" => Check::Const { choice: Choices::new([value]), declaration: *value == Value::Bool(true) },
            "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => self.limit(from, name, value)?,
            "multipleOf" => {
                let step = from.number(name, value)?;
                if !step.is_positive() {
                    return Err(from.malformed(name, "a number above zero"));
                }
                Check::MultipleOf { step, text: value.to_string() }
            }
            "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" => Check::Count {
                keyword: name,
                of: counted(name),
                most: name.starts_with("max"),
                limit: from.count(name, value)?,
            },
            "pattern" => Check::Pattern(from.text(name, value)?.to_owned()),
            "format" => match Format::named(from.text(name, value)?) {
                Some(format) => Check::Format { format, always: from.dialect.asserts_formats() },
                None => return Ok(()),
            },
            "required" => Check::Required(from.names(name, value)?),
            "dependentRequired" => Check::DependentRequired { keyword: name, lists: from.name_lists(name, value)? },
            "uniqueItems" => match value {
                Value::Bool(true) => Check::UniqueItems,
                Value::Bool(false) => return Ok(()),
                _ => return Err(from.malformed(name, "true or false")),
            },
            "$ref" => {
                let reference = from.text(name, value)?.to_owned();
                Check::Reference(self.reference(from, &reference)?)
            }
            "$dynamicRef" => self.dynamic_reference(from, name, value)?,
            "$recursiveRef" => {
                let reference = from.text(name, value)?.to_owned();
                Check::RecursiveReference(self.reference(from, &reference)?)
            }
            _ if from.begins(name, &["properties", "patternProperties", "additionalProperties"]) => {
                self.properties(from)?
            }
            _ if from.begins(name, &["prefixItems", "items", "additionalItems"]) => self.items(from)?,
            "propertyNames" => Check::PropertyNames(self.below(from, name, &[])?),
            "contains" => self.contains(from)?,
            "allOf" => Check::AllOf(self.below_each(from, name, value)?),
            "anyOf" | "oneOf" => self.choice(from, name, value)?,
            "not" => Check::Not(self.below(from, name, &[])?),
            "if" => Check::If {
                condition: self.below(from, name, &[])?,
                then: self.below_if_there(from, "then")?,
                otherwise: self.below_if_there(from, "else")?,
            },
            "dependentSchemas" => Check::DependentSchemas(self.members(from, name, value)?),
            "dependencies" => return self.dependencies(from, name, value, into),
            "unevaluatedItems" => Check::UnevaluatedItems(self.below(from, name, &[])?),
            "unevaluatedProperties" => Check::UnevaluatedProperties(self.below(from, name, &[])?),
            _ => return Ok(()),
        };
        into.push(check);
        Ok(())
    }

    fn types(&self, from: Source<'_>, value: &Value) -> Compiled<Check> {
        let wrong = || from.malformed("type", "the name of a type or a list of names of types");
        let mut want = Types::default();
        let one = std::slice::from_ref(value);
        for name in value.as_array().map_or(one, Vec::as_slice) {
            want = want.with(name.as_str().and_then(Type::named).ok_or_else(wrong)?);
        }
        Ok(Check::Type { want, by_form: from.dialect.draft == Draft::Four })
    }

    fn limit(&self, from: Source<'_>, keyword: &'static str, value: &Value) -> Compiled<Check> {
        let beside = match keyword {
            "minimum" => "exclusiveMinimum",
            _ => "exclusiveMaximum",
        };
        // Draft 04 had `exclusiveMinimum: true` beside the limit in place of a limit of its own.
        let exclusive = keyword.starts_with("exclusive")
            || (from.dialect.draft == Draft::Four && from.schema.get(beside) == Some(&Value::Bool(true)));
        Ok(Check::Limit(Limit {
            keyword,
            upper: keyword.ends_with("aximum"),
            exclusive,
            limit: from.number(keyword, value)?,
            text: value.to_string(),
        }))
    }

    fn dynamic_reference(&mut self, from: Source<'_>, name: &'static str, value: &Value) -> Compiled<Check> {
        let reference = from.text(name, value)?.to_owned();
        let to = self.reference(from, &reference)?;
        // It is only dynamic when what it leads to at first is itself a dynamic anchor of that name.
        let anchor = self.index.places.get(to).and_then(|place| {
            let anchor = place.value.get("$dynamicAnchor")?.as_str()?;
            let fragment = super::uri::decode(super::uri::split(&reference).1)?;
            (fragment == anchor).then_some(fragment)
        });
        Ok(match anchor {
            Some(anchor) => Check::DynamicReference { to, anchor },
            None => Check::Reference(to),
        })
    }

    fn properties(&mut self, from: Source<'_>) -> Compiled<Check> {
        let mut properties = Properties::default();
        if let Some(value) = from.schema.get("properties") {
            properties.named = self.members(from, "properties", value)?;
            properties.sorted = properties.named.iter().map(|(name, _)| name.clone()).collect();
            sort(&mut properties.sorted);
        }
        if let Some(value) = from.schema.get("patternProperties") {
            properties.patterns = self.members(from, "patternProperties", value)?;
        }
        properties.rest = self.below_if_there(from, "additionalProperties")?;
        Ok(Check::Properties(properties))
    }

    fn items(&mut self, from: Source<'_>) -> Compiled<Check> {
        let (first, rest) = match (from.dialect.draft, from.schema.get("items")) {
            (Draft::D2020, _) => (Some("prefixItems"), "items"),
            (_, Some(Value::Array(_))) => (Some("items"), "additionalItems"),
            (_, Some(_)) => (None, "items"),
            // Without `items` there is nothing that `additionalItems` could be additional to.
            (_, None) => return Ok(Check::Items { first: Vec::new(), rest: None, keyword: "items" }),
        };
        let mut checked = Vec::new();
        if let Some((first, value)) = first.and_then(|first| Some((first, from.schema.get(first)?))) {
            checked = self.below_each(from, first, value)?;
        }
        Ok(Check::Items { first: checked, rest: self.below_if_there(from, rest)?, keyword: rest })
    }

    fn contains(&mut self, from: Source<'_>) -> Compiled<Check> {
        Ok(Check::Contains(Contains {
            least: from.count_if_there("minContains")?.unwrap_or(1),
            most: from.count_if_there("maxContains")?,
            node: self.below(from, "contains", &[])?,
            notes: from.dialect.draft >= Draft::D2020,
        }))
    }

    /// `anyOf` or `oneOf`: a list of constants with titles is a code list, everything else a choice of shapes.
    fn choice(&mut self, from: Source<'_>, name: &'static str, value: &Value) -> Compiled<Check> {
        let branches = self.below_each(from, name, value)?;
        let plain = |name: &str| !from.knows(name);
        let values = value.as_array().filter(|_| from.knows("const") && from.knows("enum"));
        let lists =
            values.and_then(|values| values.iter().map(|branch| listed(branch, plain)).collect::<Option<Vec<_>>>());
        if let Some(lists) = lists {
            let choices =
                if name == "oneOf" { Choices::of_one(&lists) } else { Choices::new(lists.into_iter().flatten()) };
            return Ok(Check::Listed { keyword: name, choices });
        }
        Ok(if name == "oneOf" { Check::OneOf(branches) } else { Check::AnyOf(branches) })
    }

    fn dependencies(
        &mut self,
        from: Source<'_>,
        name: &'static str,
        value: &Value,
        into: &mut Vec<Check>,
    ) -> Compiled<()> {
        let Value::Object(members) = value else {
            return Err(from.malformed(name, "an object"));
        };
        let mut lists = Vec::new();
        let mut schemas = Vec::new();
        for (property, value) in members {
            if value.is_array() {
                lists.push((property.clone(), from.names(name, value)?));
            } else {
                schemas.push((property.clone(), self.below(from, name, &[property])?));
            }
        }
        if !lists.is_empty() {
            into.push(Check::DependentRequired { keyword: name, lists });
        }
        if !schemas.is_empty() {
            into.push(Check::DependentSchemas(schemas));
        }
        Ok(())
    }

    fn reference(&mut self, from: Source<'_>, reference: &str) -> Compiled<NodeId> {
        let to = self.index.resolve(from.id, reference)?;
        self.want(to);
        Ok(to)
    }

    /// The subschema under a keyword.
    fn below(&mut self, from: Source<'_>, name: &'static str, tokens: &[&str]) -> Compiled<NodeId> {
        let mut location = format!("{}/{}", from.location, pointer::escape(name));
        for token in tokens {
            location.push('/');
            location.push_str(&pointer::escape(token));
        }
        let found = self.index.place_at(from.document, &location);
        let found = found.ok_or_else(|| from.malformed(name, "a schema"))?;
        self.want(found);
        Ok(found)
    }

    fn below_if_there(&mut self, from: Source<'_>, name: &'static str) -> Compiled<Option<NodeId>> {
        let known = from.schema.contains_key(name) && from.knows(name);
        if known { self.below(from, name, &[]).map(Some) } else { Ok(None) }
    }

    fn below_each(&mut self, from: Source<'_>, name: &'static str, value: &Value) -> Compiled<Vec<NodeId>> {
        let count = from.list(name, value)?.len();
        (0..count).map(|nth| self.below(from, name, &[&nth.to_string()])).collect()
    }

    fn members(&mut self, from: Source<'_>, name: &'static str, value: &Value) -> Compiled<Vec<(String, NodeId)>> {
        let Value::Object(members) = value else {
            return Err(from.malformed(name, "an object of schemas"));
        };
        members.keys().map(|member| Ok((member.clone(), self.below(from, name, &[member])?))).collect()
    }
}

fn counted(keyword: &str) -> Counted {
    match keyword {
        "minLength" | "maxLength" => Counted::Characters,
        "minItems" | "maxItems" => Counted::Items,
        _ => Counted::Properties,
    }
}
