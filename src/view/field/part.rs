//! What a field is drawn from: the node of the template at one place of the report, taken out once when it is mounted.

use std::sync::Arc;

use crate::app::Editor;
use crate::report::NodeId;
use crate::template::hints::{Reference, SetBy};
use crate::template::subschema::Subschema;
use crate::template::{Codelist, NodeIndex, Widget};
use crate::view::dom;

/// One place of the open report, for views.
#[derive(Clone)]
pub struct Part {
    /// The place.
    pub id: NodeId,
    /// The node of the template.
    pub node: NodeIndex,
    /// What the officer reads.
    pub label: String,
    /// The sentence under the label.
    pub hint: Option<String>,
    /// The widget, for fields.
    pub widget: Option<Widget>,
    /// The choices.
    pub codelist: Option<Arc<Codelist>>,
    /// The choice among other items.
    pub reference: Option<Reference>,
    /// A class for the width of the box.
    pub width: &'static str,
    /// The unit after the box.
    pub unit: Option<String>,
    /// Most characters.
    pub longest: Option<usize>,
    /// The widget that the template asks for by name.
    pub asked: Option<String>,
    /// Whether the value is calculated rather than set.
    pub calculated: bool,
    /// Whether the value is yes or no.
    pub truth: bool,
    /// Whether the text is the officer's own words, which are set in serif.
    pub own_words: bool,
    /// What kind of text it is, as the schema names it.
    pub format: Option<String>,
}

impl Part {
    /// The part at a place; `None` when the template knows none.
    pub fn at(editor: &Editor, id: &NodeId) -> Option<Self> {
        editor.with(|report| {
            let index = report.index(id)?;
            let node = report.template().layout().node(index);
            let hints = &node.hints;
            let words = matches!(node.widget(), Some(Widget::Text | Widget::Area));
            // What has to have a form is a code, an address or a number: the words of the form, not of the officer.
            let schema = Subschema::at(report.template().document(), node.schema.clone());
            let truth = schema.as_ref().is_some_and(|schema| schema.is_type("boolean"));
            let code = schema.is_some_and(|schema| schema.get("pattern").is_some() || schema.get("format").is_some());
            Some(Self {
                id: id.clone(),
                node: index,
                label: node.label.clone(),
                hint: hints.hint.clone(),
                widget: node.widget(),
                codelist: node.codelist.clone(),
                reference: hints.reference.clone(),
                width: width(hints.width.as_deref(), node.widget()),
                unit: hints.unit.clone(),
                longest: node.longest,
                asked: hints.widget.clone(),
                calculated: hints.calculate.is_some() && !matches!(hints.set, Some(SetBy::Number { .. })),
                truth,
                own_words: words && !code && !hints.is_given(),
                format: node.format.clone(),
            })
        })
    }

    /// The element id of the control or group.
    pub fn dom_id(&self) -> String {
        dom::element_id(&self.id)
    }

    /// The element id of the hint.
    pub fn hint_id(&self) -> String {
        format!("h{}", self.id)
    }

    /// The element id of the error.
    pub fn error_id(&self) -> String {
        format!("e{}", self.id)
    }

    /// The element id of the counter.
    pub fn counter_id(&self) -> String {
        format!("c{}", self.id)
    }

    /// The element id of the label.
    pub fn label_id(&self) -> String {
        format!("l{}", self.id)
    }
}

fn width(asked: Option<&str>, widget: Option<Widget>) -> &'static str {
    match (asked, widget) {
        (Some("4"), _) => "w4",
        (Some("8"), _) => "w8",
        (Some("16"), _) => "w16",
        (Some("28"), _) => "w28",
        (Some(_), _) => "",
        (None, Some(Widget::Number { .. })) => "w8",
        (None, Some(Widget::List | Widget::Combobox { .. } | Widget::Item | Widget::Several { .. })) => "w28",
        (None, Some(Widget::Report)) => "w16",
        (None, _) => "",
    }
}
