//! Finding and reading the tags of the page. The page is this project's own `index.html` as Trunk wrote it, so
//! that a small reader of tags is enough; whatever it does not expect ends the build.

use std::ops::Range;

use crate::FinishError;

/// An opening tag and where it stands in the page.
pub struct Tag<'a> {
    /// Its place, `<` and `>` included.
    pub place: Range<usize>,
    text: &'a str,
}

impl<'a> Tag<'a> {
    /// The value of an attribute in quotation marks, as written.
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        let mut rest = self.text;
        while let Some((before, after)) = rest.split_once('=') {
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let (value, next) = after.get(1..)?.split_once(quote)?;
            if before.rsplit(char::is_whitespace).next() == Some(name) {
                return Some(value);
            }
            rest = next;
        }
        None
    }

    /// Whether attribute `name` has exactly this value.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.attribute(name) == Some(value)
    }
}

/// All tags `<name …>` of the page, in order.
pub fn tags<'a>(page: &'a str, name: &str) -> Result<Vec<Tag<'a>>, FinishError> {
    let opening = format!("<{name}");
    let mut found = Vec::new();
    for (start, _) in page.match_indices(&opening) {
        let text = page.get(start..).unwrap_or_default();
        // `<meta` must not find `<metadata`.
        if !text.get(opening.len()..).is_some_and(|rest| rest.starts_with(|c: char| c.is_whitespace() || c == '>')) {
            continue;
        }
        let length = length(text).ok_or_else(|| FinishError::Page(format!("a tag {opening} does not end")))?;
        found.push(Tag { place: start..start + length, text: text.get(..length).unwrap_or_default() });
    }
    Ok(found)
}

/// The length of the tag at the beginning of `text`: up to the first `>` that is not inside quotation marks.
fn length(text: &str) -> Option<usize> {
    let mut quoted = None;
    for (at, c) in text.char_indices() {
        match quoted {
            Some(quote) if c == quote => quoted = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'') => quoted = Some(c),
            None if c == '>' => return Some(at + 1),
            None => {}
        }
    }
    None
}

/// The one tag `<name …>` with this value of that attribute.
pub fn only<'a>(page: &'a str, name: &str, attribute: &str, value: &str) -> Result<Tag<'a>, FinishError> {
    let mut found = tags(page, name)?.into_iter().filter(|tag| tag.has(attribute, value));
    match (found.next(), found.next()) {
        (Some(tag), None) => Ok(tag),
        _ => Err(FinishError::Page(format!("there must be one <{name} {attribute}=\"{value}\">"))),
    }
}

/// The script element that starts the program.
pub struct ProgramScript {
    /// Its place in the page, end tag included.
    pub place: Range<usize>,
    /// Address of the JavaScript that goes with the program.
    pub js: String,
    /// Address of the program.
    pub wasm: String,
}

/// The script element that Trunk wrote after `pattern_script` of Trunk.toml.
pub fn script_of_program(page: &str) -> Result<ProgramScript, FinishError> {
    const END: &str = "</script>";
    let missing = || FinishError::Page("there must be one <script data-js data-wasm></script>".to_owned());
    let tags = tags(page, "script")?;
    let tag = tags.iter().find(|tag| tag.attribute("data-js").is_some()).ok_or_else(missing)?;
    let (js, wasm) = tag.attribute("data-js").zip(tag.attribute("data-wasm")).ok_or_else(missing)?;
    if !page.get(tag.place.end..).is_some_and(|rest| rest.starts_with(END)) {
        return Err(missing());
    }
    Ok(ProgramScript { place: tag.place.start..tag.place.end + END.len(), js: js.to_owned(), wasm: wasm.to_owned() })
}

/// The page with each place replaced by a text. The places must not overlap.
pub fn replaced(page: &str, mut changes: Vec<(Range<usize>, String)>) -> String {
    changes.sort_by_key(|(place, _)| place.start);
    let mut done = String::new();
    let mut from = 0;
    for (place, text) in changes {
        done.push_str(page.get(from..place.start).unwrap_or_default());
        done.push_str(&text);
        from = place.end;
    }
    done.push_str(page.get(from..).unwrap_or_default());
    done
}
