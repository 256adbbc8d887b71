//! The last step of the build, called by Trunk: takes names out of the program, puts the built-in templates
//! beside it, joins the style sheets, and writes the whole app as one file, `chancery.html`.
//!
//! Trunk says where things are: `TRUNK_STAGING_DIR` holds the page it made, `TRUNK_SOURCE_DIR` the source,
//! `TRUNK_PROFILE` is `release` or `debug`. A debug build gets the templates only.

use std::env;
use std::fmt;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use sha2::{Digest as _, Sha256};

mod markup;
mod one_file;
mod styles;
mod templates;
mod wasm;

/// Why the build could not be finished.
#[derive(Debug)]
pub enum FinishError {
    /// Trunk did not say something that this step needs.
    NotCalledByTrunk(&'static str),
    /// A file could not be read or written.
    File(PathBuf, io::Error),
    /// The page is not as expected.
    Page(String),
    /// The program is not a WebAssembly module.
    NotWasm,
    /// A template's name has characters other than small letters, digits and hyphens.
    TemplateName(String),
}

impl fmt::Display for FinishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotCalledByTrunk(name) => {
                write!(f, "{name} is not set: this step is called by Trunk, see Trunk.toml")
            }
            Self::File(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Page(what) => write!(f, "index.html: {what}"),
            Self::NotWasm => write!(f, "the program is not a WebAssembly module"),
            Self::TemplateName(name) => {
                write!(f, "template {name}: a file name has small letters, digits and hyphens only")
            }
        }
    }
}

impl std::error::Error for FinishError {}

fn main() -> ExitCode {
    match finish() {
        Ok(report) => {
            // Nobody may be listening; the files are written all the same.
            let _ = io::stdout().write_all(report.as_bytes());
            ExitCode::SUCCESS
        }
        Err(error) => {
            let _ = writeln!(io::stderr(), "finish-build: {error}");
            ExitCode::FAILURE
        }
    }
}

fn finish() -> Result<String, FinishError> {
    let staging = folder("TRUNK_STAGING_DIR")?;
    let source = folder("TRUNK_SOURCE_DIR")?;
    let release = env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");

    let index = staging.join("index.html");
    let templates = templates::copy(&source.join("src/catalogue/templates"), &staging)?;
    let page = templates::list_in(&text(&index)?, &templates)?;
    if !release {
        write(&index, page.as_bytes())?;
        return Ok(String::new());
    }
    let page = styles::join(&page, &staging)?;
    write(&index, page.as_bytes())?;

    let program = staging.join(markup::script_of_program(&page)?.wasm);
    write(&program, &wasm::without_names(&bytes(&program)?)?)?;
    let whole = one_file::build(&page, &staging, &templates)?;
    write(&staging.join("chancery.html"), whole.as_bytes())?;
    Ok(format!("{} built-in templates; chancery.html has {} kB\n", templates.len(), whole.len() / 1000))
}

fn folder(name: &'static str) -> Result<PathBuf, FinishError> {
    env::var_os(name).map(PathBuf::from).ok_or(FinishError::NotCalledByTrunk(name))
}

/// The bytes of a file.
pub fn bytes(path: &Path) -> Result<Vec<u8>, FinishError> {
    fs::read(path).map_err(|error| FinishError::File(path.to_owned(), error))
}

/// The text of a file.
pub fn text(path: &Path) -> Result<String, FinishError> {
    fs::read_to_string(path).map_err(|error| FinishError::File(path.to_owned(), error))
}

/// Sixteen hexadecimal digits that change with the content, for the name of a file.
pub fn short_digest(content: &[u8]) -> String {
    Sha256::digest(content).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Writes a file.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), FinishError> {
    fs::write(path, bytes).map_err(|error| FinishError::File(path.to_owned(), error))
}
