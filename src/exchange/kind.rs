//! What a JSON file is, told by its top level alone.

use std::fmt;

use serde_json::Value;

/// The `format` of an exported report.
pub const REPORT_FORMAT: &str = "chancery-report";
/// The `format` of a backup.
pub const BACKUP_FORMAT: &str = "chancery-backup";
/// The `format` of a configuration from headquarters.
pub const CONFIGURATION_FORMAT: &str = "chancery-configuration";

/// The kinds of JSON files that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An exported report.
    Report,
    /// A backup of a whole browser.
    Backup,
    /// A configuration with code lists.
    Configuration,
    /// A template, or any JSON Schema document.
    Template,
    /// Other JSON: perhaps bare values of a report.
    Other,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Report => "an exported report",
            Self::Backup => "a backup",
            Self::Configuration => "a configuration",
            Self::Template => "a template",
            Self::Other => "JSON of another kind",
        })
    }
}

/// The kind of a value. A `format` that is known decides; only without one is a schema looked for.
pub fn kind_of(value: &Value) -> Kind {
    let Value::Object(members) = value else {
        return Kind::Other;
    };
    match members.get("format").and_then(Value::as_str) {
        Some(REPORT_FORMAT) => Kind::Report,
        Some(BACKUP_FORMAT) => Kind::Backup,
        Some(CONFIGURATION_FORMAT) => Kind::Configuration,
        _ if members.get("$schema").is_some_and(Value::is_string) => Kind::Template,
        _ if members.get("x-form").is_some_and(Value::is_object) => Kind::Template,
        _ => Kind::Other,
    }
}
