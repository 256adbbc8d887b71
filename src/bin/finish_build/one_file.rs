//! The whole app in one file that runs when it is opened from a disk: the styles, the templates and the program
//! are inside, and the page's policy allows exactly these.

use std::io::Write as _;
use std::ops::Range;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest as _, Sha256};

use crate::templates::Template;
use crate::{FinishError, bytes, markup, text};

/// What starts the program, after the JavaScript that goes with it.
const START: &str = include_str!("start.js");

/// The page with everything it links put inside.
pub fn build(page: &str, staging: &Path, templates: &[Template]) -> Result<String, FinishError> {
    let mut changes = Vec::new();
    let styles = inline_links(page, staging, &mut changes)?;
    let script = inline_program(page, staging, templates, &mut changes)?;
    let list = templates.iter().map(|t| t.name.as_str()).collect::<Vec<_>>().join(" ");
    let meta = markup::only(page, "meta", "name", "templates")?;
    changes.push((meta.place, format!("<meta name=\"templates\" content=\"{list}\">")));

    let policy = markup::only(page, "meta", "http-equiv", "Content-Security-Policy")?;
    let content = policy.attribute("content").ok_or_else(|| FinishError::Page("the policy has no content".into()))?;
    let content = narrowed(content, &source(&script), &styles.iter().map(|style| source(style)).collect::<Vec<_>>());
    changes.push((policy.place, format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{content}\">")));
    Ok(markup::replaced(page, changes))
}

/// Puts each linked style sheet inside, takes the preloads out, and refuses any other link but one to `data:`.
/// Returns the texts of the style elements.
fn inline_links(
    page: &str,
    staging: &Path,
    changes: &mut Vec<(Range<usize>, String)>,
) -> Result<Vec<String>, FinishError> {
    let mut styles = Vec::new();
    for tag in markup::tags(page, "link")? {
        let href = tag.attribute("href").unwrap_or_default();
        match tag.attribute("rel").unwrap_or_default() {
            "stylesheet" => {
                let style = text(&staging.join(href))?;
                refuse_end_tag(&style, "</style", href)?;
                let media = tag.attribute("media").map(|media| format!(" media=\"{media}\"")).unwrap_or_default();
                changes.push((tag.place, format!("<style{media}>{style}</style>")));
                styles.push(style);
            }
            "preload" | "modulepreload" | "manifest" => changes.push((tag.place, String::new())),
            _ if href.starts_with("data:") => {}
            rel => return Err(FinishError::Page(format!("a link ({rel}) to {href} cannot be put into one file"))),
        }
    }
    Ok(styles)
}

/// Puts the templates and the program where the start script stands. Returns the text of the script.
fn inline_program(
    page: &str,
    staging: &Path,
    templates: &[Template],
    changes: &mut Vec<(Range<usize>, String)>,
) -> Result<String, FinishError> {
    let program = markup::script_of_program(page)?;
    let script = script(&text(&staging.join(&program.js))?)?;
    let mut elements = String::new();
    for template in templates {
        let json = as_script_data(&text(&staging.join(&template.address))?);
        elements.push_str(&format!(
            "<script type=\"application/json\" data-template=\"{}\">{json}</script>\n",
            template.name
        ));
    }
    let wasm = STANDARD.encode(packed(&bytes(&staging.join(&program.wasm))?)?);
    elements.push_str(&format!("<script type=\"text/plain\" id=\"program\">{wasm}</script>\n"));
    elements.push_str(&format!("<script type=\"module\">{script}</script>"));
    changes.push((program.place, elements));
    Ok(script)
}

/// The JavaScript of wasm-bindgen as an inline module that starts itself. Its `export`s are harmless there: they
/// are part of the language of modules, and nobody can import from this one.
fn script(glue: &str) -> Result<String, FinishError> {
    if glue.lines().any(|line| line.starts_with("import ")) {
        return Err(FinishError::Page("the program's JavaScript imports another file".into()));
    }
    let start = glue
        .lines()
        .rev()
        .find_map(|line| {
            line.strip_prefix("export {")?.split([',', '}']).find_map(|e| e.trim().strip_suffix(" as default"))
        })
        .ok_or_else(|| FinishError::Page("the program's JavaScript exports no start function".into()))?;
    let script = format!("{glue}\n{}", START.replace("START", start));
    refuse_end_tag(&script, "</script", "the program's JavaScript")?;
    refuse_end_tag(&script, "<!--", "the program's JavaScript")?;
    Ok(script)
}

fn refuse_end_tag(content: &str, end: &str, what: &str) -> Result<(), FinishError> {
    if content.to_ascii_lowercase().contains(end) {
        return Err(FinishError::Page(format!("{what} contains {end} and cannot be put into the page")));
    }
    Ok(())
}

/// JSON that cannot end the script element it stands in. `<` occurs only inside strings, where it may be written
/// as an escape; without need the text stays as it is, byte for byte.
fn as_script_data(json: &str) -> String {
    let lower = json.to_ascii_lowercase();
    if ["</script", "<script", "<!--"].iter().any(|end| lower.contains(end)) {
        json.replace('<', "\\u003c")
    } else {
        json.to_owned()
    }
}

fn packed(content: &[u8]) -> Result<Vec<u8>, FinishError> {
    let failed = |error| FinishError::File("the packed program".into(), error);
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).map_err(failed)?;
    encoder.finish().map_err(failed)
}

/// How a policy names an inline text.
fn source(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

/// The page's policy for one file: only these texts, and nothing from anywhere.
fn narrowed(policy: &str, script: &str, styles: &[String]) -> String {
    let directives = policy.split(';').filter_map(|directive| {
        let (name, sources) = directive.trim().split_once(' ')?;
        let kept: Vec<&str> = match name {
            "connect-src" | "manifest-src" | "worker-src" => return None,
            "script-src" => [script].into_iter().chain(sources.split(' ').filter(|s| *s != "'self'")).collect(),
            "style-src" => styles.iter().map(String::as_str).collect(),
            _ => sources.split(' ').filter(|s| *s != "'self'").collect(),
        };
        if kept.is_empty() { Some(format!("{name} 'none'")) } else { Some(format!("{name} {}", kept.join(" "))) }
    });
    directives.collect::<Vec<_>>().join("; ")
}
