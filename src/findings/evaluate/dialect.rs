//! The drafts of JSON Schema as one table of keywords: which draft knows a keyword, which vocabulary it belongs to,
//! and where subschemas stand in it. A further draft is further rows.

use serde_json::Value;

/// A draft of JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Draft {
    /// Draft 04
    Four,
    /// Draft 06
    Six,
    /// Draft 07
    Seven,
    /// Draft 2019-09
    D2019,
    /// Draft 2020-12
    D2020,
}

/// The names of the drafts, without the scheme, since published schemas write both `http` and `https`.
const DRAFTS: [(&str, Draft); 6] = [
    ("//json-schema.org/draft/2020-12/schema", Draft::D2020),
    ("//json-schema.org/draft/2019-09/schema", Draft::D2019),
    ("//json-schema.org/draft-07/schema", Draft::Seven),
    ("//json-schema.org/draft-06/schema", Draft::Six),
    ("//json-schema.org/draft-04/schema", Draft::Four),
    ("//json-schema.org/schema", Draft::D2020),
];

impl Draft {
    /// The draft that a `$schema` names.
    pub fn named(uri: &str) -> Option<Draft> {
        let name = uri.strip_prefix("https:").or_else(|| uri.strip_prefix("http:"))?;
        let name = name.strip_suffix('#').unwrap_or(name);
        DRAFTS.iter().find(|(each, _)| *each == name).map(|(_, draft)| *draft)
    }

    /// The keyword that names a document or a part of it.
    pub(super) fn id_keyword(self) -> &'static str {
        if self == Draft::Four { "id" } else { "$id" }
    }

    /// Whether a `$ref` stands alone, so that whatever is beside it has no meaning.
    pub(super) fn reference_stands_alone(self) -> bool {
        self <= Draft::Seven
    }
}

/// A group of keywords that a meta-schema can switch on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vocabulary {
    Core = 1,
    Applicator = 2,
    Unevaluated = 4,
    Validation = 8,
    Format = 16,
    /// No keywords of its own: formats are asserted, not only noted.
    FormatAssertion = 32,
    /// Annotations only.
    Silent = 64,
}

/// The vocabularies of 2019-09 and 2020-12 by the end of their name.
const VOCABULARIES: [(&str, Vocabulary); 9] = [
    ("core", Vocabulary::Core),
    ("applicator", Vocabulary::Applicator),
    ("unevaluated", Vocabulary::Unevaluated),
    ("validation", Vocabulary::Validation),
    ("format-annotation", Vocabulary::Format),
    ("format-assertion", Vocabulary::FormatAssertion),
    ("format", Vocabulary::FormatAssertion),
    ("meta-data", Vocabulary::Silent),
    ("content", Vocabulary::Silent),
];

/// A draft, and those of its vocabularies that are on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    pub draft: Draft,
    vocabularies: u8,
}

impl Dialect {
    /// All that the draft has by default. Formats are noted, not asserted.
    pub fn standard(draft: Draft) -> Dialect {
        Dialect { draft, vocabularies: !(Vocabulary::FormatAssertion as u8) }
    }

    /// The dialect of a meta-schema of that draft; the error is the name of a required vocabulary that is not known.
    pub fn of_meta_schema(draft: Draft, meta_schema: &Value) -> Result<Dialect, String> {
        let Some(Value::Object(listed)) = meta_schema.get("$vocabulary").filter(|_| draft >= Draft::D2019) else {
            return Ok(Dialect::standard(draft));
        };
        let mut vocabularies = Vocabulary::Core as u8;
        for (name, required) in listed {
            let known = name
                .strip_prefix(vocabulary_folder(draft))
                .and_then(|end| VOCABULARIES.iter().find(|(each, _)| *each == end).map(|(_, vocabulary)| *vocabulary));
            match known {
                // A format vocabulary that is only welcome notes formats; one that is required asserts them.
                Some(Vocabulary::FormatAssertion) if *required != Value::Bool(true) && draft == Draft::D2019 => {
                    vocabularies |= Vocabulary::Format as u8;
                }
                Some(Vocabulary::FormatAssertion) => {
                    vocabularies |= Vocabulary::Format as u8 | Vocabulary::FormatAssertion as u8;
                }
                // 2019-09 had the unevaluated keywords among the applicators.
                Some(Vocabulary::Applicator) if draft == Draft::D2019 => {
                    vocabularies |= Vocabulary::Applicator as u8 | Vocabulary::Unevaluated as u8;
                }
                Some(vocabulary) => vocabularies |= vocabulary as u8,
                None if *required == Value::Bool(true) => return Err(name.clone()),
                None => {}
            }
        }
        Ok(Dialect { draft, vocabularies })
    }

    pub fn asserts_formats(self) -> bool {
        self.has(Vocabulary::FormatAssertion)
    }

    fn has(self, vocabulary: Vocabulary) -> bool {
        self.vocabularies & vocabulary as u8 != 0
    }

    /// The keywords of this dialect in the order in which they are checked.
    pub fn keywords(self) -> impl Iterator<Item = &'static Keyword> {
        KEYWORDS.iter().filter(move |keyword| {
            keyword.from <= self.draft && self.draft <= keyword.until && self.has(keyword.vocabulary)
        })
    }
}

fn vocabulary_folder(draft: Draft) -> &'static str {
    if draft == Draft::D2019 {
        "https://json-schema.org/draft/2019-09/vocab/"
    } else {
        "https://json-schema.org/draft/2020-12/vocab/"
    }
}

/// Where subschemas stand in the value of a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Nowhere.
    None,
    /// The value is one.
    One,
    /// The value is a list of them.
    List,
    /// The value is one, or a list of them.
    OneOrList,
    /// The members of the value are subschemas.
    Map,
    /// The members of the value are subschemas or lists of names.
    MapOrNames,
}

/// One row of the table.
#[derive(Debug)]
pub(super) struct Keyword {
    pub name: &'static str,
    from: Draft,
    until: Draft,
    vocabulary: Vocabulary,
    pub shape: Shape,
}

const fn row(name: &'static str, from: Draft, until: Draft, vocabulary: Vocabulary, shape: Shape) -> Keyword {
    Keyword { name, from, until, vocabulary, shape }
}

/// All keywords that are checked or that hold subschemas. The order is the order of checking: what a value is comes
/// before what is in it, and `unevaluated…` comes last because it depends on all the others. `then`, `else` and the
/// like have a row for their subschemas but are checked with the keyword they belong to.
#[rustfmt::skip]
static KEYWORDS: [Keyword; 49] = {
    use Draft::{D2019, D2020, Four, Seven, Six};
    use Shape::{List, Map, MapOrNames, None, One, OneOrList};
    use Vocabulary::{Applicator, Core, Format, Silent, Unevaluated, Validation};
    [
        row("$defs",                 D2019, D2020, Core,        Map),
        row("definitions",           Four,  D2020, Core,        Map),
        row("type",                  Four,  D2020, Validation,  None),
        row("enum",                  Four,  D2020, Validation,  None),
        row("const",                 Six,   D2020, Validation,  None),
        row("multipleOf",            Four,  D2020, Validation,  None),
        row("minimum",               Four,  D2020, Validation,  None),
        row("exclusiveMinimum",      Six,   D2020, Validation,  None),
        row("maximum",               Four,  D2020, Validation,  None),
        row("exclusiveMaximum",      Six,   D2020, Validation,  None),
        row("minLength",             Four,  D2020, Validation,  None),
        row("maxLength",             Four,  D2020, Validation,  None),
        row("pattern",               Four,  D2020, Validation,  None),
        row("format",                Four,  D2020, Format,      None),
        row("minProperties",         Four,  D2020, Validation,  None),
        row("maxProperties",         Four,  D2020, Validation,  None),
        row("required",              Four,  D2020, Validation,  None),
        row("dependentRequired",     D2019, D2020, Validation,  None),
        row("minItems",              Four,  D2020, Validation,  None),
        row("maxItems",              Four,  D2020, Validation,  None),
        row("uniqueItems",           Four,  D2020, Validation,  None),
        row("$ref",                  Four,  D2020, Core,        None),
        row("$dynamicRef",           D2020, D2020, Core,        None),
        row("$recursiveRef",         D2019, D2019, Core,        None),
        row("properties",            Four,  D2020, Applicator,  Map),
        row("patternProperties",     Four,  D2020, Applicator,  Map),
        row("additionalProperties",  Four,  D2020, Applicator,  One),
        row("propertyNames",         Six,   D2020, Applicator,  One),
        row("prefixItems",           D2020, D2020, Applicator,  List),
        row("items",                 Four,  D2019, Applicator,  OneOrList),
        row("items",                 D2020, D2020, Applicator,  One),
        row("additionalItems",       Four,  D2019, Applicator,  One),
        row("contains",              Six,   D2020, Applicator,  One),
        row("minContains",           D2019, D2020, Validation,  None),
        row("maxContains",           D2019, D2020, Validation,  None),
        row("allOf",                 Four,  D2020, Applicator,  List),
        row("anyOf",                 Four,  D2020, Applicator,  List),
        row("oneOf",                 Four,  D2020, Applicator,  List),
        row("not",                   Four,  D2020, Applicator,  One),
        row("if",                    Seven, D2020, Applicator,  One),
        row("then",                  Seven, D2020, Applicator,  One),
        row("else",                  Seven, D2020, Applicator,  One),
        row("dependentSchemas",      D2019, D2020, Applicator,  Map),
        row("dependencies",          Four,  D2020, Applicator,  MapOrNames),
        row("contentSchema",         D2019, D2020, Silent,      One),
        row("unevaluatedItems",      D2019, D2020, Unevaluated, One),
        row("unevaluatedProperties", D2019, D2020, Unevaluated, One),
        row("$anchor",               D2019, D2020, Core,        None),
        row("$dynamicAnchor",        D2020, D2020, Core,        None),
    ]
};
