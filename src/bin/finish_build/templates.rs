//! The built-in templates: each file of the catalogue beside the page, under a name that changes with its
//! content, and the list of them in the page.

use std::fs;
use std::path::{Path, PathBuf};

use crate::{FinishError, markup, short_digest, text, write};

/// A built-in template as it stands beside the page.
pub struct Template {
    /// The name of its file, without `.json`.
    pub name: String,
    /// Its address, relative to the page.
    pub address: String,
}

/// Copies `*.json` of `from` to `templates/` beside the page, in the order of their names. A folder that is not
/// there has no templates.
pub fn copy(from: &Path, staging: &Path) -> Result<Vec<Template>, FinishError> {
    let to = staging.join("templates");
    let mut templates = Vec::new();
    for path in files(from)? {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if !name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
            return Err(FinishError::TemplateName(name));
        }
        let content = without_space(&text(&path)?);
        let address = format!("templates/{name}-{}.json", short_digest(content.as_bytes()));
        fs::create_dir_all(&to).map_err(|error| FinishError::File(to.clone(), error))?;
        write(&staging.join(&address), content.as_bytes())?;
        templates.push(Template { name, address });
    }
    Ok(templates)
}

/// The page with the templates listed in `<meta name="templates">`.
pub fn list_in(page: &str, templates: &[Template]) -> Result<String, FinishError> {
    let entries: Vec<_> = templates.iter().map(|t| format!("{}={}", t.name, t.address)).collect();
    let place = markup::only(page, "meta", "name", "templates")?.place;
    let tag = format!("<meta name=\"templates\" content=\"{}\">", entries.join(" "));
    Ok(markup::replaced(page, vec![(place, tag)]))
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, FinishError> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let failed = |error| FinishError::File(folder.to_owned(), error);
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The same JSON without the spaces and line breaks that only a person reads.
fn without_space(json: &str) -> String {
    let (mut inside, mut escaped) = (false, false);
    let is_kept = |letter: &char| {
        match letter {
            _ if escaped => escaped = false,
            '"' => inside = !inside,
            '\\' => escaped = true,
            _ => {}
        }
        inside || !letter.is_ascii_whitespace()
    };
    json.chars().filter(is_kept).collect()
}
