//! Writes the template documents in `src/catalogue/templates` from the catalogue of reports.
//!
//! `make-templates` writes them; `make-templates --check` only says whether they are up to date. It runs on the
//! developer's machine: nothing of it is in the program that posts use.

#[path = "make_templates/mod.rs"]
mod make_templates;

use std::path::Path;
use std::process::ExitCode;

use make_templates::{COMMITTED, MakeError, Sources};

fn main() -> ExitCode {
    let only_check = match std::env::args().nth(1).as_deref() {
        None => false,
        Some("--check") => true,
        Some(other) => {
            eprintln!("unknown argument {other}: use no argument to write the templates, or --check");
            return ExitCode::from(2);
        }
    };
    match run(only_check) {
        Ok(changed) if changed.is_empty() => ExitCode::SUCCESS,
        Ok(changed) => {
            let verb = if only_check { "is out of date: run make-templates" } else { "written" };
            changed.iter().for_each(|name| eprintln!("{name} {verb}"));
            if only_check { ExitCode::FAILURE } else { ExitCode::SUCCESS }
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Makes every committed template and gives the names of those that differ from the file; writes them if asked.
fn run(only_check: bool) -> Result<Vec<String>, MakeError> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/catalogue");
    let sources = Sources::read(&folder)?;
    let mut changed = Vec::new();
    for letters in COMMITTED {
        let (name, text) = make_templates::file(&sources, letters)?;
        let path = folder.join("templates").join(&name);
        if std::fs::read_to_string(&path).ok().as_deref() == Some(text.as_str()) {
            continue;
        }
        if !only_check {
            std::fs::write(&path, text).map_err(|source| MakeError::File { name: name.clone(), source })?;
        }
        changed.push(name);
    }
    Ok(changed)
}
