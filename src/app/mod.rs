//! Signals around reports and drafts; no markup. Everything a page needs is reached through [`App`].

pub mod editor;
mod exporting;
pub mod fields;
mod item_edits;
mod listed;
mod opening;
mod overview;
pub mod route;
pub mod saving;
pub mod templates;
pub mod words;

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::{Value, json};

pub use editor::Editor;
pub use exporting::Exported;
pub use fields::FieldState;
pub use item_edits::Removed;
pub use opening::Opening;
pub use overview::{Heading, SectionLine};
pub use route::Route;
pub use saving::SaveStatus;
pub use templates::Loaded;

use crate::exchange::{time, uuid};
use crate::findings::evaluate::Patterns;
use crate::platform::Platform;
use crate::report::{Report, Surroundings};
use crate::store::draft::Draft;
use crate::store::{DraftKey, DraftStore, Drafts, Listing, OpenError, Settings};
use editor::{Around, Kept};

/// An open report with the owner of its signals.
#[derive(Clone)]
struct Current {
    key: String,
    editor: Editor,
    owner: Owner,
    /// Whether the draft was started empty in this session.
    fresh: bool,
}

/// Why a draft cannot be shown, in one sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct NotOpened(pub String);

/// What is said when a report opens in a form that is not the one it was written with.
const OTHER_FORM: &str = "The form has changed since this report was written. It is shown in the form that is here now; answers that the form does not ask for are kept.";

/// A draft that was put into the bin and can be brought back from the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Deleted {
    /// The draft.
    pub key: DraftKey,
    /// Its title.
    pub title: String,
}

/// The whole application, for views.
#[derive(Clone)]
pub struct App {
    /// Everything from outside.
    pub platform: Platform,
    patterns: Arc<dyn Patterns>,
    store: Arc<dyn Drafts>,
    snapshots: Arc<DraftStore>,
    /// Preferences of this browser.
    pub settings: Settings,
    owner: Owner,
    /// The templates, built in and added.
    pub templates: RwSignal<Vec<Loaded>>,
    /// Templates that could not be loaded, each with a sentence.
    pub missing: RwSignal<Vec<String>>,
    /// What this browser holds.
    pub listing: RwSignal<Listing>,
    /// Where the person is.
    pub route: RwSignal<Route>,
    /// The draft that was deleted last, until the person leaves the list.
    pub deleted: RwSignal<Option<Deleted>>,
    /// What became of files whose report is shown now.
    pub opened: RwSignal<Vec<Opening>>,
    current: RwSignal<Option<Current>>,
    /// Reports whose last text could not be kept. They stay open until it is.
    unsaved: RwSignal<Vec<Current>>,
}

impl App {
    /// The application over a platform. Called once, under the owner that lives as long as the page.
    pub fn new(platform: Platform, patterns: Arc<dyn Patterns>, hash: &str) -> Self {
        let snapshots = Arc::new(DraftStore::new(Arc::clone(&platform.storage)));
        // Room for one last save on a full store. Without it every save is simply one chance less.
        let _ = snapshots.hold_reserve();
        let store: Arc<dyn Drafts> = Arc::clone(&snapshots) as Arc<dyn Drafts>;
        let app = Self {
            settings: Settings::new(Arc::clone(&platform.storage)),
            platform,
            patterns,
            store,
            snapshots,
            owner: Owner::current().unwrap_or_default(),
            templates: RwSignal::new(Vec::new()),
            missing: RwSignal::new(Vec::new()),
            listing: RwSignal::new(Listing::default()),
            route: RwSignal::new(Route::parse(hash)),
            deleted: RwSignal::new(None),
            opened: RwSignal::new(Vec::new()),
            current: RwSignal::new(None),
            unsaved: RwSignal::new(Vec::new()),
        };
        app.refresh();
        app
    }

    /// The drafts of this browser.
    pub fn store(&self) -> &Arc<dyn Drafts> {
        &self.store
    }

    /// The time of the device, and its distance to UTC.
    pub fn now(&self) -> (i64, i32) {
        let now = self.platform.clock.now_millis();
        (now, self.platform.clock.offset_minutes(now))
    }

    /// Takes a template that was loaded at start.
    pub fn take_template(&self, name: &str, bytes: &[u8]) {
        match Loaded::read(bytes) {
            Ok(loaded) => self.templates.update(|all| all.push(loaded)),
            Err(error) => self.missing.update(|all| all.push(format!("The form {name} cannot be used. {error}"))),
        }
    }

    /// The characters that this browser keeps for the page; `None` when it keeps nothing.
    pub fn usage(&self) -> Option<usize> {
        self.usage_by_owner().map(|owners| owners.iter().map(|(_, units)| units).sum())
    }

    /// The characters kept, by what they belong to; `None` when the browser keeps nothing.
    pub fn usage_by_owner(&self) -> Option<Vec<(&'static str, usize)>> {
        let usage = self.snapshots.usage().ok()?;
        Some(vec![
            ("Drafts", usage.drafts),
            ("Set aside", usage.aside),
            ("Settings and reserve", usage.settings + usage.reserve),
            ("Other pages of this origin", usage.foreign.iter().map(|(_, units)| units).sum()),
        ])
    }

    /// Goes to where the address says.
    pub fn go(&self, hash: &str) {
        let route = Route::parse(hash);
        if self.route.with_untracked(|old| *old != route) {
            if self.route.with_untracked(|old| old.draft() != route.draft()) {
                self.save_current();
            }
            self.route.set(route);
        }
    }

    /// Reads the list of drafts again.
    pub fn refresh(&self) {
        self.listing.set(self.store.list());
        // The open report learns of the day and of the other reports.
        if let Some(current) = self.current.get_untracked() {
            let around = self.surroundings(DraftKey::parse(&current.key).ok().as_ref());
            current.editor.set_surroundings(around);
        }
    }

    /// The form that a report was written with; when it is not here any more, the present one of the same name.
    fn form_of(&self, id: &str, digest: &str) -> Option<Loaded> {
        self.templates.with_untracked(|all| {
            let mut same = all.iter().rev().filter(|loaded| loaded.reference.id == id);
            same.clone().find(|loaded| loaded.reference.digest == digest).or(same.next()).cloned()
        })
    }

    /// Whether a report of this key is open, on the page or because it could not be kept.
    fn is_open(&self, key: &str) -> bool {
        let current = self.current.with_untracked(|current| current.as_ref().is_some_and(|current| current.key == key));
        current || self.unsaved.with_untracked(|all| all.iter().any(|one| one.key == key))
    }

    /// The reports whose last text is not kept, with their titles.
    pub fn unsaved_reports(&self) -> Vec<(String, String)> {
        let all = self.unsaved.get().into_iter().chain(self.current.get());
        let lost = all.filter(|one| !one.editor.is_saved());
        lost.map(|one| (one.key, one.editor.heading.with(|heading| heading.title.clone()))).collect()
    }

    /// What expressions may know beside the report: the day, and the other reports of this browser.
    fn surroundings(&self, besides: Option<&DraftKey>) -> Surroundings {
        let (now, offset) = self.now();
        let reports = self.listing.with_untracked(|listing| {
            // Reports in the bin are not offered, but their identifiers stay taken.
            let others = listing.drafts.iter().chain(&listing.deleted).filter(|header| Some(&header.draft) != besides);
            let entry = |header: &crate::store::Header| {
                let state = if header.deleted_at.is_some() { "deleted" } else { header.report.state.as_str() };
                header.report.identifier.as_ref().map(|identifier| {
                    json!({
                        "reportId": identifier, "templateId": header.template.id,
                        "status": state, "title": header.report.title,
                    })
                })
            };
            others.filter_map(entry).collect::<Vec<Value>>()
        });
        Surroundings { today: time::civil_date(now, offset).to_string(), workspace: Value::Array(reports) }
    }

    fn fresh_id(&self) -> String {
        uuid::uuid_v7(self.platform.clock.now_millis(), self.platform.random.bytes())
    }

    /// Starts a draft, empty or from the worked example, and answers its key.
    pub fn start(&self, loaded: &Loaded, example: bool) -> Option<DraftKey> {
        let id = self.fresh_id();
        let key = DraftKey::parse(&id).ok()?;
        let template = Arc::clone(&loaded.template);
        let around = self.surroundings(None);
        let report = match template.sample().filter(|_| example).cloned() {
            Some(values) => {
                let mut report = Report::from_values(template, values, around);
                report.mark_sample();
                report
            }
            None => Report::new(template, around),
        };
        let draft = Draft::new(key.clone(), id, loaded.reference.clone());
        let empty = report.content().sample;
        self.take_over(report, draft, Kept::nothing(), loaded.clone());
        self.current.update(|current| {
            if let Some(current) = current {
                current.fresh = !empty;
            }
        });
        Some(key)
    }

    /// Makes a report the open one and keeps it at once, so that it can be found again.
    fn take_over(&self, report: Report, draft: Draft, kept: Kept, loaded: Loaded) -> Editor {
        self.close();
        let key = draft.key.as_str().to_owned();
        let stored = kept.saved_at.is_some();
        let owner = self.owner.child();
        let around = Around {
            platform: self.platform.clone(),
            patterns: Arc::clone(&self.patterns),
            store: Arc::clone(&self.store),
        };
        let editor = owner.with(|| Editor::new(report, draft, kept, loaded, around));
        if !stored {
            editor.save_now();
        }
        self.current.set(Some(Current { key, editor, owner, fresh: false }));
        self.refresh();
        editor
    }

    /// The editor of a draft: the open one, or the draft from the store.
    ///
    /// # Errors
    /// When the draft cannot be opened; the sentence says why and what to do.
    pub fn editor(&self, key: &str) -> Result<Editor, NotOpened> {
        let current = self.current.with_untracked(|current| current.clone().filter(|current| current.key == key));
        if let Some(current) = current {
            return Ok(current.editor);
        }
        let kept = self.unsaved.with_untracked(|all| all.iter().find(|one| one.key == key).cloned());
        if let Some(kept) = kept {
            self.close();
            self.unsaved.update(|all| all.retain(|one| one.key != key));
            let editor = kept.editor;
            self.current.set(Some(kept));
            return Ok(editor);
        }
        let absent = |error: &OpenError| NotOpened(sentence(&error.to_string()));
        let key = DraftKey::parse(key).map_err(|_| absent(&OpenError::Absent))?;
        let opened = self.store.open(&key).map_err(|error| absent(&error))?;
        let (mut draft, content) =
            Draft::from_record(&opened.record).map_err(|error| NotOpened(sentence(&error.to_string())))?;
        if draft.deleted_at.is_some() {
            return Err(NotOpened("This report is in the bin. Bring it back from the list of reports.".to_owned()));
        }
        let loaded = self.form_of(&draft.template.id, &draft.template.digest).ok_or_else(|| {
            let TemplateName(name) = TemplateName::of(&draft.template);
            NotOpened(format!("The form of this report ({name}) is not in this browser. The report is kept as it is."))
        })?;
        let header = &opened.record.header;
        let around = self.surroundings(Some(&key));
        let report = Report::restore(Arc::clone(&loaded.template), content, header.edit_number, around);
        let kept = Kept {
            seen: opened.seen,
            saved_at: Some(header.saved_at),
            counts: header.counts.errors.zip(header.counts.warnings),
        };
        let mut notes: Vec<String> = opened.note.iter().map(|note| sentence(&note.to_string())).collect();
        if draft.template != loaded.reference {
            draft.template = loaded.reference.clone();
            notes.push(OTHER_FORM.to_owned());
        }
        let editor = self.take_over(report, draft, kept, loaded);
        if !notes.is_empty() {
            let file = editor.heading.with_untracked(|heading| heading.title.clone());
            self.opened.set(vec![Opening { file, words: notes.join(" "), draft: Some(key) }]);
        }
        Ok(editor)
    }

    /// The report that the current page belongs to.
    pub fn current_editor(&self) -> Option<Editor> {
        let draft = self.route.with_untracked(|route| route.draft().map(str::to_owned))?;
        self.current.with_untracked(|current| Some(current.as_ref().filter(|current| current.key == draft)?.editor))
    }

    /// Saves the open report, when something waits.
    pub fn save_current(&self) {
        for one in self.unsaved.get_untracked() {
            one.editor.save_if_waiting();
        }
        let (kept, lost) = self.unsaved.get_untracked().into_iter().partition(|one: &Current| one.editor.is_saved());
        self.unsaved.set(lost);
        for one in kept {
            one.owner.cleanup();
        }
        if let Some(current) = self.current.get_untracked() {
            current.editor.save_if_waiting();
            self.refresh();
        }
    }

    /// Whether everything typed is kept, in every report that is open.
    pub fn is_saved(&self) -> bool {
        let current = self.current.with_untracked(|current| current.as_ref().is_none_or(|one| one.editor.is_saved()));
        current && self.unsaved.with_untracked(|all| all.iter().all(|one| one.editor.is_saved()))
    }

    fn close(&self) {
        self.save_current();
        let old = self.current.with_untracked(Clone::clone);
        self.current.set(None);
        if let Some(old) = old {
            if !old.editor.is_saved() {
                // Its text exists only here: it stays open, is tried again, and can be gone back to.
                self.unsaved.update(|all| all.push(old));
                return;
            }
            self.drop_untouched(&old);
            // The page of the old report may still be on the screen while the new one is drawn; its signals outlive it.
            set_timeout(move || old.owner.cleanup(), std::time::Duration::from_secs(1));
        }
    }

    /// A draft in which nothing was ever typed is not kept.
    fn drop_untouched(&self, old: &Current) {
        let untouched = old.fresh && old.editor.is_untouched();
        if let (true, Ok(key)) = (untouched, DraftKey::parse(&old.key)) {
            let gone = self.store.delete(&key, self.now().0).is_ok() && self.store.purge(&key).is_ok();
            if gone {
                self.refresh();
            }
        }
    }

    /// Closes the open report when the person is at the list, so that a report without a letter does not stand there.
    pub fn leave_report(&self) {
        self.save_current();
        let untouched = self.current.with_untracked(|current| {
            current
                .as_ref()
                .is_some_and(|current| current.fresh && current.editor.with(|report| report.edit_number() == 0))
        });
        if untouched {
            self.close();
        }
        self.refresh();
    }
}

/// A template's id and version as a person reads them.
struct TemplateName(String);

impl TemplateName {
    fn of(reference: &crate::store::TemplateRef) -> Self {
        Self(format!("{} {}", reference.id, reference.version))
    }
}

/// A text that begins in lower case, as part of others, made a sentence of its own.
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    let mut sentence: String = first.into_iter().flatten().chain(letters).collect();
    if !sentence.ends_with('.') {
        sentence.push('.');
    }
    sentence
}
