//! Where the subschemas of the given documents are, and what a reference leads to: bases, identifiers, anchors.
//!
//! Only places that a keyword of the draft makes a subschema are indexed, so that an `$id` in an example or a list of
//! constants is no identifier. A reference to any other place indexes it when it is met.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::dialect::{Dialect, Draft, Shape};
use super::error::{Fault, SchemaError};
use super::uri;
use crate::template::{Pointer, pointer};

/// Number of a subschema in the index and in the compiled schema.
pub(super) type NodeId = usize;

/// A subschema in a document.
pub(super) struct Place<'a> {
    pub document: usize,
    /// The text of the pointer to it.
    pub location: String,
    pub value: &'a Value,
    /// Number of the resource it belongs to.
    pub resource: usize,
}

/// A schema with a base of its own: a document, or a part of it that has an identifier.
pub(super) struct Resource {
    document: usize,
    location: String,
    base: String,
    pub dialect: Dialect,
    pub root: NodeId,
    anchors: BTreeMap<String, NodeId>,
    /// The anchors that a reference can find from within (`$dynamicAnchor`).
    pub dynamic: BTreeMap<String, NodeId>,
    /// `$recursiveAnchor` of 2019-09.
    pub recursive: bool,
}

/// All subschemas that are known so far.
pub(super) struct Index<'a> {
    documents: Vec<&'a Value>,
    pub places: Vec<Place<'a>>,
    pub resources: Vec<Resource>,
    by_location: BTreeMap<(usize, String), NodeId>,
    by_name: BTreeMap<String, usize>,
    /// The documents by the names under which a `$schema` can mean them.
    meta_schemas: BTreeMap<String, &'a Value>,
}

impl<'a> Index<'a> {
    /// Indexes the template and the documents beside it, each with the name it is known under.
    pub fn new(template: &'a Value, others: &[(&'a str, &'a Value)]) -> Result<Index<'a>, SchemaError> {
        let mut index = Index {
            documents: Vec::new(),
            places: Vec::new(),
            resources: Vec::new(),
            by_location: BTreeMap::new(),
            by_name: BTreeMap::new(),
            meta_schemas: BTreeMap::new(),
        };
        for (name, document) in others {
            for name in [Some(*name), text(document, "$id"), text(document, "id")].into_iter().flatten() {
                index.meta_schemas.entry(uri::split(name).0.to_owned()).or_insert(document);
            }
        }
        index.add_document("", template, Dialect::standard(Draft::D2020))?;
        // A document that does not say its draft is read like the template that brings it.
        let inherited = index.root_dialect();
        for (name, document) in others {
            index.add_document(name, document, inherited)?;
        }
        Ok(index)
    }

    /// The dialect of the template.
    pub fn root_dialect(&self) -> Dialect {
        let resource = self.place_at(0, "").and_then(|root| self.resources.get(self.places.get(root)?.resource));
        resource.map_or(Dialect::standard(Draft::D2020), |resource| resource.dialect)
    }

    fn add_document(&mut self, name: &str, value: &'a Value, inherited: Dialect) -> Result<(), SchemaError> {
        let document = self.documents.len();
        self.documents.push(value);
        let outside = self.add_resource(Resource {
            document,
            location: String::new(),
            base: uri::split(name).0.to_owned(),
            dialect: inherited,
            root: self.places.len(),
            anchors: BTreeMap::new(),
            dynamic: BTreeMap::new(),
            recursive: false,
        });
        self.walk(document, String::new(), value, outside)?;
        // The identifier of the document made a second resource; the name it came under means the same one.
        let root = self.by_location.get(&(document, String::new())).and_then(|root| self.places.get(*root));
        let inside = root.map_or(outside, |place| place.resource);
        if !name.is_empty() || document == 0 {
            self.by_name.entry(uri::split(name).0.to_owned()).or_insert(inside);
        }
        Ok(())
    }

    fn add_resource(&mut self, resource: Resource) -> usize {
        self.resources.push(resource);
        self.resources.len() - 1
    }

    /// Indexes the subschema at a place and all below it. A list instead of recursion: the nesting is not ours.
    fn walk(
        &mut self,
        document: usize,
        location: String,
        value: &'a Value,
        resource: usize,
    ) -> Result<(), SchemaError> {
        let mut pending = vec![(location, value, resource)];
        while let Some((location, value, outer)) = pending.pop() {
            if self.by_location.contains_key(&(document, location.clone())) {
                continue;
            }
            let id = self.places.len();
            let resource = self.identify(document, &location, value, outer, id)?;
            let Some(dialect) = self.resources.get(resource).map(|each| each.dialect) else { continue };
            if let Value::Object(schema) = value {
                for keyword in dialect.keywords() {
                    if let Some(inner) = schema.get(keyword.name) {
                        let below = format!("{location}/{}", pointer::escape(keyword.name));
                        subschemas(&below, inner, keyword.shape, |at, inner| pending.push((at, inner, resource)));
                    }
                }
            }
            self.by_location.insert((document, location.clone()), id);
            self.places.push(Place { document, location, value, resource });
        }
        Ok(())
    }

    /// The resource that a subschema belongs to: a new one when it has an identifier. Notes its anchors.
    fn identify(
        &mut self,
        document: usize,
        location: &str,
        value: &Value,
        outer: usize,
        id: NodeId,
    ) -> Result<usize, SchemaError> {
        let (Some(outside), Value::Object(schema)) = (self.resources.get(outer), value) else { return Ok(outer) };
        let (base, inherited) = (outside.base.clone(), outside.dialect);
        let top = location.is_empty();
        let own = |name| schema.get(name).and_then(Value::as_str);
        // Only the top of a resource says its draft; which keyword makes it one depends on the draft it says.
        let dialect = match own("$schema").filter(|_| top || own("$id").or(own("id")).is_some()) {
            Some(named) => self.dialect(named, 0).map_err(|fault| at(document, location, fault))?,
            None => inherited,
        };
        let alone = dialect.draft.reference_stands_alone() && schema.get("$ref").is_some_and(Value::is_string);
        let named = own(dialect.draft.id_keyword()).filter(|_| !alone);
        let (name, mut anchor) = named.map_or(("", ""), uri::split);
        if dialect.draft >= Draft::D2019 {
            anchor = own("$anchor").unwrap_or_default();
        }
        let resource = if name.is_empty() && !top {
            outer
        } else {
            let base = uri::resolve(&base, name);
            let new = self.add_resource(Resource {
                document,
                location: location.to_owned(),
                base: base.clone(),
                dialect,
                root: id,
                anchors: BTreeMap::new(),
                dynamic: BTreeMap::new(),
                recursive: dialect.draft == Draft::D2019 && schema.get("$recursiveAnchor") == Some(&Value::Bool(true)),
            });
            if !name.is_empty() {
                self.by_name.entry(base).or_insert(new);
            }
            new
        };
        self.note_anchors(resource, anchor, schema, id);
        Ok(resource)
    }

    fn note_anchors(&mut self, resource: usize, anchor: &str, schema: &Map<String, Value>, id: NodeId) {
        let Some(resource) = self.resources.get_mut(resource) else { return };
        if !anchor.is_empty() {
            resource.anchors.entry(anchor.to_owned()).or_insert(id);
        }
        if let Some(Value::String(name)) =
            schema.get("$dynamicAnchor").filter(|_| resource.dialect.draft == Draft::D2020)
        {
            resource.anchors.entry(name.clone()).or_insert(id);
            resource.dynamic.entry(name.clone()).or_insert(id);
        }
    }

    /// The dialect that a `$schema` names, directly or through a meta-schema of its own.
    fn dialect(&self, named: &str, hops: usize) -> Result<Dialect, Fault> {
        if let Some(draft) = Draft::named(named) {
            return Ok(Dialect::standard(draft));
        }
        let unknown = || Fault::UnknownDraft { named: named.to_owned() };
        let meta_schema = *self.meta_schemas.get(uri::split(named).0).ok_or_else(unknown)?;
        let above = text(meta_schema, "$schema").filter(|above| *above != named && hops < 8).ok_or_else(unknown)?;
        let draft = self.dialect(above, hops + 1)?.draft;
        Dialect::of_meta_schema(draft, meta_schema).map_err(|named| Fault::UnknownVocabulary { named })
    }

    /// What a reference in a subschema leads to.
    pub fn resolve(&mut self, from: NodeId, reference: &str) -> Result<NodeId, SchemaError> {
        let Some(place) = self.places.get(from) else { return Ok(from) };
        let fault = |fault| at(place.document, &place.location, fault);
        let missing = || fault(Fault::MissingPlace { reference: reference.to_owned() });
        let base = self.resources.get(place.resource).map_or("", |resource| resource.base.as_str());
        let target = uri::resolve(base, reference);
        let (name, fragment) = uri::split(&target);
        let own = Some(&place.resource).filter(|_| name == base);
        let Some(resource) = own.or_else(|| self.by_name.get(name)) else {
            return Err(fault(Fault::MissingDocument { named: name.to_owned() }));
        };
        let resource = self.resources.get(*resource).ok_or_else(missing)?;
        let fragment = uri::decode(fragment).ok_or_else(missing)?;
        if fragment.is_empty() {
            return Ok(resource.root);
        }
        if !fragment.starts_with('/') {
            return resource.anchors.get(&fragment).copied().ok_or_else(missing);
        }
        let inside = Pointer::parse(&fragment).map_err(|_| missing())?;
        let document = resource.document;
        let root = resource.root;
        let location = format!("{}{inside}", resource.location);
        if let Some(found) = self.by_location.get(&(document, location.clone())) {
            return Ok(*found);
        }
        let (value, around) = self.follow(root, &inside).ok_or_else(missing)?;
        self.walk(document, location.clone(), value, around)?;
        self.by_location.get(&(document, location)).copied().ok_or_else(|| at(document, "", Fault::NotASchema))
    }

    /// Walks a pointer from a subschema: the value there, and the resource of the last subschema on the way.
    fn follow(&self, root: NodeId, inside: &Pointer) -> Option<(&'a Value, usize)> {
        let place = self.places.get(root)?;
        let (mut value, mut resource, mut location) = (place.value, place.resource, place.location.clone());
        for token in inside.tokens() {
            value = pointer::step(value, token)?;
            location = format!("{location}/{}", pointer::escape(token));
            if let Some(on_the_way) = self.place_at(place.document, &location) {
                resource = self.places.get(on_the_way)?.resource;
            }
        }
        Some((value, resource))
    }

    /// The subschemas of the template, in the order of the texts of their locations.
    pub fn in_template(&self) -> impl Iterator<Item = NodeId> {
        self.by_location.iter().take_while(|((document, _), _)| *document == 0).map(|(_, id)| *id)
    }

    /// The subschema at a place of a document, when there is one.
    pub fn place_at(&self, document: usize, location: &str) -> Option<NodeId> {
        self.by_location.get(&(document, location.to_owned())).copied()
    }
}

/// An error at a place of a document.
pub(super) fn at(document: usize, location: &str, fault: Fault) -> SchemaError {
    SchemaError { document, location: Pointer::parse(location).unwrap_or_default(), fault }
}

fn text<'a>(document: &'a Value, keyword: &str) -> Option<&'a str> {
    document.get(keyword).and_then(Value::as_str)
}

/// Calls back for each subschema in the value of a keyword. What has the wrong shape is refused when it is compiled.
fn subschemas<'a>(location: &str, value: &'a Value, shape: Shape, mut found: impl FnMut(String, &'a Value)) {
    match (shape, value) {
        (Shape::List | Shape::OneOrList, Value::Array(items)) => {
            for (nth, item) in items.iter().enumerate() {
                found(format!("{location}/{nth}"), item);
            }
        }
        (Shape::One | Shape::OneOrList, one) => found(location.to_owned(), one),
        (Shape::Map | Shape::MapOrNames, Value::Object(members)) => {
            for (name, member) in members {
                if !(shape == Shape::MapOrNames && member.is_array()) {
                    found(format!("{location}/{}", pointer::escape(name)), member);
                }
            }
        }
        _ => {}
    }
}
