//! From a document to a form: what is drawn how, what is refused, and what depends on what.

use std::collections::BTreeMap;

use chancery::template::{Layout, NodeIndex, Shape, Template, Widget};
use serde_json::{Map, Value, json};

use crate::catalogue::DOCUMENTS;
use crate::scenario::CRIMINAL_CASE;

fn read(document: Value) -> Template {
    Template::read(document).unwrap_or_else(|error| panic!("{error}"))
}

fn refused(document: Value) -> String {
    Template::read(document).map(|_| ()).unwrap_err().to_string()
}

fn find(layout: &Layout, way: &str) -> NodeIndex {
    layout.find(way.split('/').filter(|token| !token.is_empty())).unwrap_or_else(|| panic!("no {way}"))
}

fn widget(template: &Template, way: &str) -> Option<Widget> {
    template.layout().node(find(template.layout(), way)).widget()
}

/// A form of one object with these properties.
fn form(properties: Value) -> Template {
    read(json!({"type": "object", "properties": properties}))
}

#[test]
fn the_sections_of_the_criminal_case_stand_in_the_order_of_the_document() {
    let template = &CRIMINAL_CASE.template;
    let names: Vec<&str> =
        template.sections().into_iter().map(|section| template.layout().node(section).key.as_str()).collect();
    let keys: Vec<&String> = template.document()["properties"].as_object().unwrap().keys().collect();
    assert_eq!(names, keys);
    assert_eq!((template.id(), template.version(), template.letters()), ("criminal-case", "1.0.0", "CC"));
}

#[test]
fn every_property_of_the_criminal_case_is_one_node_with_a_widget_of_its_own_kind() {
    let layout = CRIMINAL_CASE.template.layout();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (_, node) in layout.nodes() {
        let kind = match &node.shape {
            Shape::Group { .. } => "Group".to_owned(),
            Shape::Repeat { .. } => "Repeat".to_owned(),
            Shape::Field(widget) => format!("{widget:?}"),
        };
        assert_ne!(kind, "Json", "{:?} has no widget", node.pattern);
        assert!(node.label != "*" && !node.label.is_empty(), "{:?} has no label", node.pattern);
        *counts.entry(kind).or_default() += 1;
    }
    assert!(counts["Group"] >= 50 && counts["Repeat"] >= 38 && counts.len() > 20, "{counts:?}");
}

#[test]
fn the_fields_of_the_criminal_case_have_the_widgets_they_need() {
    let template = &CRIMINAL_CASE.template;
    for (way, expected) in [
        ("header/reportId", Widget::ReportId),
        ("header/templateId", Widget::Given),
        ("header/region", Widget::Given),
        ("header/sample", Widget::Given),
        ("header/title", Widget::Text),
        ("header/summary", Widget::Area),
        ("header/country", Widget::Combobox { open: false }),
        ("header/post", Widget::Combobox { open: true }),
        ("header/reportDate", Widget::Date),
        ("header/status", Widget::List),
        ("header/version", Widget::Number { whole: true }),
        ("header/relatedReports/*/reportId", Widget::Report),
        ("handling/marking", Widget::Radios),
        ("handling/cuiCategories", Widget::Several { open: true }),
        ("handling/disseminationControls", Widget::Checkboxes),
        ("handling/releaseList", Widget::Text),
        ("handling/notClassified", Widget::Declaration),
        ("handling/containsPersonalData", Widget::YesNo),
        ("offences/*/iccs2", Widget::Combobox { open: false }),
        ("event/dateFrom", Widget::PartialDate),
        ("persons/*/statusDisputed", Widget::Tick),
        ("persons/*/citizenships/*", Widget::Text),
        ("proceedings/*/personRefs", Widget::Items),
        ("outcomes/*/personRef", Widget::Item),
        ("sources/*/reliability", Widget::Grade),
        ("comparators/*/controls", Widget::Several { open: false }),
    ] {
        assert_eq!(widget(template, way), Some(expected), "{way}");
    }
}

#[test]
fn an_item_without_a_title_is_called_like_its_list() {
    let layout = CRIMINAL_CASE.template.layout();
    assert_eq!(layout.node(find(layout, "persons/*/citizenships/*")).label, "Citizenship(s)");
    assert!(!layout.node(find(layout, "persons/*/citizenships/*")).required);
    assert_eq!(layout.node(find(layout, "offences/*/sourceRefs/*")).label, "Source");
}

#[test]
fn messages_of_a_shared_type_are_joined_to_those_of_the_place() {
    let template = read(json!({
        "$defs": {"code": {"type": "string", "x-form": {"messages": {"pattern": "shared", "required": "shared"}, "hint": "far"}}},
        "type": "object",
        "properties": {"a": {"$ref": "#/$defs/code", "x-form": {"messages": {"required": "own"}, "hint": "near"}}},
    }));
    let node = template.layout().node(find(template.layout(), "a"));
    assert_eq!(node.hints.messages, *json!({"required": "own", "pattern": "shared"}).as_object().unwrap());
    assert_eq!(node.hints.hint.as_deref(), Some("near"));
}

#[test]
fn all_eight_templates_draw_and_every_reader_of_a_field_is_found() {
    for (letters, document) in &*DOCUMENTS {
        let mut document = document.clone();
        // A choice from a list that is found by an expression cannot be drawn yet.
        if let Some(hints) = document.pointer_mut("/properties/table/items/properties/category/x-form") {
            hints.as_object_mut().unwrap().remove("ref");
        }
        let template = read(document);
        assert!(template.layout().nodes().count() > 100, "{letters}");
    }
}

fn dependents(template: &Template, way: &str) -> Vec<String> {
    let layout = template.layout();
    let woken = template.graph().dependents(find(layout, way));
    woken.iter().map(|index| layout.node(*index).pattern.join("/")).collect()
}

#[test]
fn the_dependents_of_a_field_are_what_it_decides_about() {
    let template = &CRIMINAL_CASE.template;
    assert_eq!(dependents(template, "header/title"), Vec::<String>::new());
    let country = dependents(template, "header/country");
    assert!(
        country.contains(&"header/region".to_owned()) && country.contains(&"header/post".to_owned()),
        "{country:?}"
    );
    let marking = dependents(template, "handling/marking");
    for part in ["cuiCategories", "disseminationControls", "releaseList", "designator", "banner"] {
        assert!(marking.contains(&format!("handling/{part}")), "{part}");
    }
    // What is inside a part that appears may be different, too.
    let status = dependents(template, "outcomes/*/status");
    assert!(status.contains(&"outcomes/*/sanctions/*/months".to_owned()), "{status:?}");
    let reliability = dependents(template, "sources/*/reliability");
    assert!(
        reliability.iter().all(|place| place.ends_with("caveat") || place.ends_with("sourceId")),
        "{reliability:?}"
    );
}

#[test]
fn a_chain_of_conditions_and_calculations_is_followed_to_its_end() {
    let text = |hints: Value| json!({"type": "string", "x-form": hints});
    let template = form(json!({
        "a": text(json!({})),
        "b": text(json!({"showIf": "has(a)"})),
        "c": text(json!({"calculate": "b"})),
        "d": text(json!({"requiredIf": "has(c)"})),
        "e": text(json!({"showIf": "has(d)"})),
        "listed": {"type": "array", "items": {"type": "string", "enum": ["x"], "x-form": {"type": "own"}}},
        "f": text(json!({"showIf": "size(collect('own')) > 0"})),
    }));
    // Being required is no answer: what reads `d` is not concerned.
    assert_eq!(dependents(&template, "a"), ["b", "c", "d"]);
    assert_eq!(dependents(&template, "listed"), ["f"]);
}

#[test]
fn a_field_that_decides_about_itself_is_refused_with_its_place() {
    let text = |hints: Value| json!({"type": "string", "x-form": hints});
    let circle = |properties: Value| refused(json!({"type": "object", "properties": properties}));
    let two = json!({"a": text(json!({"showIf": "has(b)"})), "b": text(json!({"showIf": "has(a)"}))});
    assert_eq!(circle(two), "The condition or calculation of /a depends on itself.");
    let mixed = json!({"a": text(json!({"calculate": "b"})), "b": text(json!({"showIf": "a == \"x\""}))});
    assert!(circle(mixed).contains("depends on itself"));
    let inside =
        json!({"g": {"type": "object", "x-form": {"showIf": "has(g.a)"}, "properties": {"a": {"type": "string"}}}});
    assert!(circle(inside).contains("/g depends on itself"));
    // Needs and offers decide about no answer: to read oneself there is no circle.
    form(
        json!({"a": text(json!({"requiredIf": "has(b)", "showIf": "has(c)"})), "b": text(json!({"filter": "has(a)"})), "c": text(json!({}))}),
    );
    // Nor is it one to count the rows of the own table.
    form(json!({"rows": {"type": "array", "items": {"type": "object", "properties": {
        "n": {"type": "integer", "x-form": {"calculate": "size(root.rows)"}},
    }}}}));
}

#[test]
fn a_hint_of_the_wrong_kind_is_refused_with_its_place() {
    for (hints, key) in [
        (json!({"widget": 1}), "widget"),
        (json!({"hint": ["x"]}), "hint"),
        (json!({"pair": "yes"}), "pair"),
        (json!({"messages": "x"}), "messages"),
        (json!({"messages": {"required": 1}}), "messages"),
        (json!({"showIf": true}), "showIf"),
        (json!({"with": []}), "with"),
        (json!({"set": "no such"}), "set"),
        (json!({"set": {"id": "S"}}), "set"),
        (json!({"ref": {"from": "/a"}}), "ref"),
        (json!({"ref": {"from": "no pointer", "key": "id"}}), "ref"),
        (json!({"codelist": 7}), "codelist"),
    ] {
        let message = refused(json!({"type": "object", "properties": {"a": {"type": "string", "x-form": hints}}}));
        assert_eq!(message, format!("At /properties/a: x-form.{key} has a value of the wrong kind."));
    }
    let message = refused(json!({"properties": {"a": {"x-form": {"showIf": "a =="}}}}));
    assert!(message.starts_with("At /properties/a: x-form.showIf is no expression"), "{message}");
    assert!(
        form(json!({"a": {"type": "string", "x-form": {"widget": "later", "unknown": 1}}})).layout().nodes().count()
            == 2
    );
}

#[test]
fn a_reference_that_leads_nowhere_or_in_a_circle_is_refused() {
    let message = "The reference at /properties/a leads nowhere or in a circle.";
    let a = |schema: Value| json!({"$defs": {"x": {"$ref": "#/$defs/y"}, "y": {"$ref": "#/$defs/x"}}, "properties": {"a": schema}});
    assert_eq!(refused(a(json!({"$ref": "#/$defs/none"}))), message);
    assert_eq!(refused(a(json!({"$ref": "#/$defs/x"}))), message);
    assert_eq!(refused(a(json!({"$ref": "https://example.org/other"}))), message);
    assert_eq!(refused(a(json!({"$ref": 1}))), message);
    assert_eq!(refused(a(json!({"allOf": [{"$ref": "#/properties/a"}]}))), message);
    assert_eq!(refused(json!({"$ref": "#"})), "The reference at the top of the document leads nowhere or in a circle.");
    assert_eq!(refused(json!([])), "A template is a JSON object; this document is none.");
}

#[test]
fn a_form_inside_itself_ends_after_three_rounds() {
    let template = read(json!({
        "$defs": {"task": {"type": "object", "properties": {
            "name": {"type": "string"},
            "parts": {"type": "array", "items": {"$ref": "#/$defs/task"}},
            "first": {"$ref": "#/$defs/task"},
            "last": {"$ref": "#/$defs/task"},
        }}},
        "$ref": "#/$defs/task",
    }));
    let layout = template.layout();
    assert!(layout.node(find(layout, "parts/*/parts")).is_repeat());
    assert_eq!(widget(&template, "first/last/name"), Some(Widget::Text));
    assert_eq!(widget(&template, "first/first/first"), Some(Widget::Json));
    assert_eq!(widget(&template, "parts/*/last/first"), Some(Widget::Json));
    assert!(layout.nodes().count() < 100);
}

#[test]
fn a_form_too_large_to_be_drawn_is_refused_and_soon() {
    let parts: Map<String, Value> = (0..60).map(|part| (format!("p{part}"), json!({"$ref": "#/$defs/x"}))).collect();
    let message = refused(json!({"$defs": {"x": {"type": "object", "properties": parts}}, "$ref": "#/$defs/x"}));
    assert_eq!(message, "This form has more than 20000 fields. Split it into several forms.");
}

#[test]
fn schemas_of_other_drafts_draw_without_a_single_hint() {
    for (draft, defs) in [
        ("http://json-schema.org/draft-04/schema#", "definitions"),
        ("http://json-schema.org/draft-06/schema#", "definitions"),
        ("http://json-schema.org/draft-07/schema#", "definitions"),
        ("https://json-schema.org/draft/2019-09/schema", "$defs"),
        ("https://json-schema.org/draft/2020-12/schema", "$defs"),
    ] {
        let template = read(json!({
            "$schema": draft,
            "title": "Inventory",
            "type": "object",
            "required": ["name", "flag"],
            defs: {"place": {"type": "object", "title": "Place", "properties": {"town": {"type": "string", "description": "Where it is"}}}},
            "properties": {
                "name": {"type": "string", "title": "Name"},
                "notes": {"type": "string", "maxLength": 5000},
                "count": {"type": ["integer", "null"]},
                "price": {"type": "number"},
                "flag": {"type": "boolean"},
                "maybe": {"type": "boolean"},
                "colour": {"enum": ["red", "green"]},
                "many": {"type": "array", "uniqueItems": true, "items": {"enum": ["x", "y"]}},
                "words": {"type": "array", "items": {"type": "string"}},
                "day": {"type": "string", "format": "date"},
                "kind": {"const": 4},
                "free": {},
                "seen": {"type": "string", "readOnly": true},
                "place": {"$ref": format!("#/{defs}/place")},
                "visits": {"type": "array", "items": {"$ref": format!("#/{defs}/place")}},
            },
        }));
        for (way, expected) in [
            ("name", Widget::Text),
            ("notes", Widget::Area),
            ("count", Widget::Number { whole: true }),
            ("price", Widget::Number { whole: false }),
            ("flag", Widget::YesNo),
            ("maybe", Widget::Tick),
            ("colour", Widget::Radios),
            ("many", Widget::Checkboxes),
            ("words/*", Widget::Text),
            ("day", Widget::Date),
            ("kind", Widget::Given),
            ("free", Widget::Json),
            ("seen", Widget::Given),
            ("place/town", Widget::Text),
            ("visits/*/town", Widget::Text),
        ] {
            assert_eq!(widget(&template, way), Some(expected), "{draft}: {way}");
        }
        let layout = template.layout();
        assert_eq!((template.id(), template.title()), ("Inventory", "Inventory"));
        assert_eq!(layout.node(find(layout, "notes")).label, "notes");
        assert_eq!(layout.node(find(layout, "place")).label, "Place");
        assert_eq!(layout.node(find(layout, "place/town")).hints.hint.as_deref(), Some("Where it is"));
        // What stands outside objects and lists of objects is one first section, the report itself.
        let sections: Vec<&str> = template.sections().iter().map(|index| layout.node(*index).key.as_str()).collect();
        assert_eq!(sections, ["", "place", "visits"]);
    }
}

#[test]
fn parts_of_all_of_are_drawn_and_their_needs_count() {
    let template = read(json!({
        "$defs": {"base": {"properties": {"id": {"type": "string"}, "name": {"title": "far"}}, "required": ["id"]}},
        "type": "object",
        "properties": {"name": {"type": "string", "title": "near"}},
        "allOf": [
            {"$ref": "#/$defs/base"},
            {"if": {"required": ["name"]}, "then": {"required": ["more"]}},
            {"properties": {"more": {"type": "boolean"}}},
        ],
    }));
    let layout = template.layout();
    let keys: Vec<&str> = layout.children(layout.root()).iter().map(|index| layout.node(*index).key.as_str()).collect();
    assert_eq!(keys, ["name", "id", "more"]);
    assert_eq!(layout.node(find(layout, "name")).label, "near");
    assert!(layout.node(find(layout, "id")).required && !layout.node(find(layout, "more")).required);
}

#[test]
fn references_by_anchor_by_id_and_with_escapes_are_found() {
    let template = read(json!({
        "$id": "https://example.org/form",
        "$defs": {
            "a b/c": {"type": "integer"},
            "named": {"$anchor": "day", "type": "string", "format": "date"},
            "old": {"id": "#flag", "type": "boolean"},
            "part": {"$id": "https://example.org/part", "$defs": {"text": {"type": "string"}}, "type": "number"},
        },
        "x-form": {"data": {"$anchor": "day"}},
        "properties": {
            "escaped": {"$ref": "#/$defs/a%20b~1c"},
            "anchor": {"$ref": "#day"},
            "old": {"$ref": "#flag"},
            "id": {"$ref": "https://example.org/part"},
            "inside": {"$ref": "https://example.org/part#/$defs/text"},
            "own": {"$ref": "https://example.org/form#/$defs/named"},
        },
    }));
    for (way, expected) in [
        ("escaped", Widget::Number { whole: true }),
        ("anchor", Widget::Date),
        ("old", Widget::Tick),
        ("id", Widget::Number { whole: false }),
        ("inside", Widget::Text),
        ("own", Widget::Date),
    ] {
        assert_eq!(widget(&template, way), Some(expected), "{way}");
    }
}

#[test]
fn a_summary_leaves_no_gap_where_an_answer_is_missing() {
    let template = &CRIMINAL_CASE.template;
    let layout = template.layout();
    let fill =
        |text: &str, way: &str, values: Value| template.fill(text, find(layout, way), values.as_object().unwrap());
    let person = |values: Value| fill("{id}, {role}", "persons/*", values);
    assert_eq!(person(json!({"id": "P1", "role": "witness"})).split(',').next(), Some("P1"));
    assert_eq!(person(json!({"id": "P1"})), "P1");
    assert_eq!(person(json!({"id": "P1", "role": " "})), "P1");
    assert_eq!(person(json!({})), "");
    let victim = |values: Value| fill("{group}; {count}; {ageBand}", "victims/*", values);
    assert_eq!(victim(json!({"group": "Bystanders", "count": 0})), "Bystanders; 0");
    assert_eq!(victim(json!({"count": 2})), "2");
    assert_eq!(fill("no place", "victims/*", json!({})), "no place");
    assert_eq!(fill("{header.title}", "", json!({"header": {"title": "Robbery"}})), "Robbery");
    assert_eq!(fill("{unknown} {group", "victims/*", json!({"group": "x"})), "");
}
