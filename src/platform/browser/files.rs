//! Files that the person chose or dropped, as bytes.

use std::fmt;

use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, Event, File, FileList, HtmlInputElement};

/// A file that the person gave to the page. Nothing of it has been read yet.
#[derive(Clone, Debug)]
pub struct GivenFile(File);

/// Why a file could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileError {
    /// It is larger than the program reads; both in bytes.
    TooLarge {
        /// The size of the file.
        got: u64,
        /// The most that is read.
        limit: u64,
    },
    /// The browser could not read it: moved, removed, or without permission.
    Unreadable,
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { got, limit } => {
                write!(f, "the file has {got} bytes, and at most {limit} are read; choose a smaller file")
            }
            Self::Unreadable => write!(f, "the browser could not read the file; check that it is still there"),
        }
    }
}

impl std::error::Error for FileError {}

impl GivenFile {
    /// The name of the file, without its folder.
    pub fn name(&self) -> String {
        self.0.name()
    }

    /// The size in bytes, as the browser tells it before reading.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a size is whole and not negative")]
    pub fn size(&self) -> u64 {
        self.0.size() as u64
    }

    /// The bytes of the file, when they are at most `limit`. The size is checked before anything is read.
    ///
    /// # Errors
    /// When the file is larger, or the browser cannot read it.
    pub async fn bytes(&self, limit: u64) -> Result<Vec<u8>, FileError> {
        let got = self.size();
        if got > limit {
            return Err(FileError::TooLarge { got, limit });
        }
        let buffer = JsFuture::from(self.0.array_buffer()).await.map_err(|_| FileError::Unreadable)?;
        Ok(Uint8Array::new(&buffer).to_vec())
    }
}

/// The files chosen in the `<input type="file">` that sent `event`. The box is emptied, so that the same file
/// can be chosen again.
pub fn chosen(event: &Event) -> Vec<GivenFile> {
    let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else {
        return Vec::new();
    };
    let files = listed(input.files());
    input.set_value("");
    files
}

/// The files dropped with `event`.
pub fn dropped(event: &DragEvent) -> Vec<GivenFile> {
    listed(event.data_transfer().and_then(|transfer| transfer.files()))
}

/// Whether a drag carries files rather than text.
pub fn carries_files(event: &DragEvent) -> bool {
    let types = event.data_transfer().map(|transfer| transfer.types());
    types.is_some_and(|types| types.iter().any(|one| one.as_string().as_deref() == Some("Files")))
}

fn listed(files: Option<FileList>) -> Vec<GivenFile> {
    let Some(files) = files else {
        return Vec::new();
    };
    (0..files.length()).filter_map(|at| files.get(at)).map(GivenFile).collect()
}
