//! Out of the app: the exported file, a copy of a draft, marking complete.

use leptos::prelude::*;

use super::editor::Editor;
use crate::exchange::envelope::ExportFile;
use crate::exchange::parts::{FindingCounts, State};
use crate::findings::Severity;
use crate::store::draft;

/// An export that was offered to the person, or why it was not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exported {
    /// The name of the file.
    File(String),
    /// A sentence.
    Refused(String),
}

impl Editor {
    /// The file that an export now would write, with the number of answers that are not sent.
    ///
    /// # Errors
    /// A sentence on why there is none.
    pub fn file(&self) -> Result<ExportFile, String> {
        self.with_open(|open| {
            let counts = self.finding_counts(open.report.outgoing().not_sent.len());
            let envelope = open.draft.envelope(&open.report, counts, self.now()).map_err(|error| error.to_string())?;
            let country = open.report.text(&crate::report::NodeId::from_text("/header/country")).map(str::to_owned);
            let identifier = draft::identifier(&open.report).map(str::to_owned);
            envelope.to_file(country.as_deref(), identifier.as_deref()).map_err(|error| error.to_string())
        })
    }

    fn finding_counts(&self, not_sent: usize) -> FindingCounts {
        let count = |severity| {
            self.findings.with_untracked(|all| all.iter().filter(|finding| finding.severity == severity).count() as u64)
        };
        FindingCounts {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            not_sent: not_sent as u64,
            kept: Vec::new(),
            extra: serde_json::Map::new(),
        }
    }

    /// Writes the report as a file, raises the revision when it changed, and keeps the draft with what it says now.
    pub fn export(&self) -> Exported {
        self.look_over();
        let now = self.now();
        let made = self.with_open(|open| {
            let counts = self.finding_counts(open.report.outgoing().not_sent.len());
            let envelope = open.draft.envelope(&open.report, counts, now).map_err(|error| error.to_string())?;
            let country = open.report.text(&crate::report::NodeId::from_text("/header/country")).map(str::to_owned);
            let identifier = draft::identifier(&open.report).map(str::to_owned);
            let file =
                envelope.to_file(country.as_deref(), identifier.as_deref()).map_err(|error| error.to_string())?;
            Ok::<_, String>((envelope, file))
        });
        let (envelope, file) = match made {
            Ok(made) => made,
            Err(error) => return Exported::Refused(super::sentence(&error)),
        };
        if let Err(error) = self.platform().downloads.offer(&file.name, "application/json", &file.text) {
            return Exported::Refused(super::sentence(&error.to_string()));
        }
        self.fix_identifier();
        self.update_draft(|_, draft| {
            // The digest was just taken for the file, so that taking it again cannot fail.
            let _ = draft.note_export(&envelope, file.digest, now);
        });
        self.save_now();
        Exported::File(file.name)
    }

    /// Marks the report complete. Answers whether it was; otherwise there are errors, and all of them are shown.
    pub fn mark_complete(&self) -> bool {
        self.check_everything();
        let errors = self.findings.with_untracked(|all| all.iter().any(|finding| finding.severity == Severity::Error));
        if !errors {
            self.update_draft(|_, draft| draft.state = State::Complete);
            self.save_now();
        }
        !errors
    }

    /// Hands all that is on the page to the person as a file that can be opened again. Answers a sentence.
    pub fn save_copy(&self) -> String {
        let now = self.now();
        let made = self.with_open(|open| {
            let envelope =
                open.draft.rescue(&open.report, self.finding_counts(0), now).map_err(|error| error.to_string())?;
            let identifier = draft::identifier(&open.report).map(str::to_owned);
            let file = envelope.to_file(None, identifier.as_deref()).map_err(|error| error.to_string())?;
            Ok::<_, String>((envelope, file))
        });
        let (envelope, file) = match made {
            Ok(made) => made,
            Err(error) => return super::sentence(&error),
        };
        match self.platform().downloads.offer(&file.name, "application/json", &file.text) {
            Ok(()) => {
                self.fix_identifier();
                self.update_draft(|_, draft| {
                    // The digest was just taken for the file, so that taking it again cannot fail.
                    let _ = draft.note_export(&envelope, file.digest, now);
                });
                format!("{} was handed to the browser.", file.name)
            }
            Err(error) => super::sentence(&error.to_string()),
        }
    }

    /// The answers as text, for the clipboard.
    pub fn copy_text(&self) -> String {
        self.with(|report| format!("{:#}\n", report.values()))
    }
}
