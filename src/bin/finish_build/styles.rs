//! The style sheets of the page as one file. What reads better in many files is smaller, and sooner there, in one.

use std::fs;
use std::ops::Range;
use std::path::Path;

use crate::{FinishError, markup, short_digest, text, write};

/// Sheets that stand one after the other in the page and are meant for the same media.
#[derive(Default)]
struct Run {
    media: Option<String>,
    style: String,
    places: Vec<Range<usize>>,
}

/// The page with one link for each run of sheets. The files they are joined from go.
pub fn join(page: &str, staging: &Path) -> Result<String, FinishError> {
    let mut runs: Vec<Run> = Vec::new();
    for tag in markup::tags(page, "link")?.into_iter().filter(|tag| tag.has("rel", "stylesheet")) {
        let name = tag.attribute("href").unwrap_or_default();
        let path = staging.join(name);
        let style = text(&path)?;
        // These count only at the beginning of a file.
        if let Some(rule) = ["@import", "@charset", "@namespace"].into_iter().find(|rule| style.contains(rule)) {
            return Err(FinishError::Page(format!("{name} has {rule} and cannot be joined with other style sheets")));
        }
        let media = tag.attribute("media").map(str::to_owned);
        if runs.last().is_none_or(|run| run.media != media) {
            runs.push(Run { media, ..Run::default() });
        }
        if let Some(run) = runs.last_mut() {
            run.style.push_str(&without_comments(&style));
            run.places.push(tag.place);
        }
        fs::remove_file(&path).map_err(|error| FinishError::File(path, error))?;
    }
    let mut changes = Vec::new();
    for run in runs {
        let name = format!("style-{}.css", short_digest(run.style.as_bytes()));
        write(&staging.join(&name), run.style.as_bytes())?;
        let media = run.media.map(|media| format!(" media=\"{media}\"")).unwrap_or_default();
        let mut link = format!("<link rel=\"stylesheet\"{media} href=\"./{name}\">");
        // The first link becomes that of the whole run.
        changes.extend(run.places.into_iter().map(|place| (place, std::mem::take(&mut link))));
    }
    Ok(markup::replaced(page, changes))
}

/// A style sheet without comments, without indentation and without empty lines.
fn without_comments(style: &str) -> String {
    let mut kept = String::with_capacity(style.len());
    let mut quoted = None;
    let mut letters = style.chars().peekable();
    while let Some(letter) = letters.next() {
        match (quoted, letter) {
            (None, '/') if letters.next_if_eq(&'*').is_some() => {
                while letters.next().is_some_and(|letter| letter != '*' || letters.peek() != Some(&'/')) {}
                letters.next();
                continue;
            }
            (Some(_), '\\') => {
                kept.push(letter);
                kept.extend(letters.next());
                continue;
            }
            (Some(quote), _) if letter == quote => quoted = None,
            (None, '"' | '\'') => quoted = Some(letter),
            (None, ' ') if kept.is_empty() || kept.ends_with('\n') => continue,
            (None, '\n') => {
                kept.truncate(kept.trim_end().len());
                if kept.is_empty() {
                    continue;
                }
            }
            _ => {}
        }
        kept.push(letter);
    }
    kept
}
