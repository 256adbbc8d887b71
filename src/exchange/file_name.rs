//! The names of exported files.

use super::digest::Digest;

/// No part is longer than this, so that no file system refuses the name.
const MOST: usize = 60;

/// What the name of an exported report is made of.
#[derive(Clone, Copy, Debug)]
pub struct NameParts<'a> {
    /// `template.id`.
    pub template: &'a str,
    /// The country of the post, when the template asks for it.
    pub country: Option<&'a str>,
    /// The identifier in the report's header, when the template has one.
    pub identifier: Option<&'a str>,
    /// `report.id`, whose last eight digits stand for a missing identifier.
    pub report_id: &'a str,
    /// `report.revision`.
    pub revision: u64,
    /// The digest of the envelope.
    pub digest: &'a Digest,
}

/// `TEMPLATE_COUNTRY_REPORTID_rREVISION_SHORTDIGEST.json`, of letters, digits, `-` and `_` alone. A part that has
/// no such character is left out; without an identifier the last eight digits of the report's id stand there.
pub fn file_name(parts: &NameParts<'_>) -> String {
    let identifier = parts.identifier.map(safe).filter(|text| !text.is_empty());
    let words = [
        safe(parts.template),
        parts.country.map(safe).unwrap_or_default(),
        identifier.unwrap_or_else(|| last_digits(parts.report_id)),
        format!("r{}", parts.revision),
        parts.digest.short(),
    ];
    let kept: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).collect();
    format!("{}.json", kept.join("_"))
}

/// Letters and digits of ASCII, with one `-` for each run of anything else between them. The underscore parts the
/// name, so it is not kept inside a part; a dot could make an ending.
fn safe(text: &str) -> String {
    let words: Vec<&str> = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let joined: String = words.join("-").chars().take(MOST).collect();
    joined.trim_end_matches('-').to_owned()
}

fn last_digits(id: &str) -> String {
    let digits: Vec<char> = id.chars().filter(char::is_ascii_alphanumeric).collect();
    digits.iter().skip(digits.len().saturating_sub(8)).collect()
}
