//! The signals around one open report. The report itself is a plain structure outside the reactive graph; every mounted
//! field has one trigger, and an edit wakes the triggers of what it changed.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use leptos::prelude::*;
use serde_json::Value;

use super::item_edits::Removed;
use super::overview::{Heading, SectionLine};
use super::saving::SaveStatus;
use super::templates::Loaded;
use crate::findings::evaluate::Patterns;
use crate::findings::{Finding, Severity};
use crate::platform::Platform;
use crate::report::{Changed, Edit, NodeId, Report, Surroundings, codec};
use crate::sorting::sort_by;
use crate::store::draft::Draft;
use crate::store::{Autosave, Drafts, Seen};
use crate::template::NodeIndex;

/// A place that something on the page looks at.
pub(super) struct Mounted {
    /// Its node.
    pub(super) node: NodeIndex,
    /// Wakes those who look.
    pub(super) trigger: ArcTrigger,
    /// How many look.
    pub(super) holders: usize,
}

/// The open report and everything that belongs to it.
pub struct Open {
    /// The report.
    pub report: Report,
    /// What it is beside its answers.
    pub draft: Draft,
    /// Fields that were left, whose errors are shown.
    pub touched: HashSet<NodeId>,
    /// Whether everything was checked, so that all errors are shown.
    pub checked: bool,
    /// When the draft was kept last.
    pub saved_at: Option<i64>,
    pub(super) mounted: HashMap<NodeId, Mounted>,
}

/// What the store knows of a draft that is opened.
pub struct Kept {
    /// What came with the record, for the next save.
    pub seen: Seen,
    /// When it was saved last; `None` for a draft that is not stored yet.
    pub saved_at: Option<i64>,
    /// The numbers of errors and warnings when everything was checked before; then all errors are shown from the start.
    pub counts: Option<(u64, u64)>,
}

impl Kept {
    /// Of a draft that was never stored.
    pub fn nothing() -> Self {
        Self { seen: Seen::nothing(), saved_at: None, counts: None }
    }
}

/// What every editor needs from the application.
pub struct Around {
    /// The platform.
    pub platform: Platform,
    /// Regular expressions.
    pub patterns: Arc<dyn Patterns>,
    /// The drafts of this browser.
    pub store: Arc<dyn Drafts>,
}

/// A handle on the open report, for views.
#[derive(Clone, Copy)]
pub struct Editor {
    pub(super) open: StoredValue<Open>,
    loaded: StoredValue<Loaded>,
    platform: StoredValue<Platform>,
    pub(super) patterns: StoredValue<Arc<dyn Patterns>>,
    pub(super) store: StoredValue<Arc<dyn Drafts>>,
    pub(super) seen: StoredValue<Seen>,
    pub(super) autosave: StoredValue<Autosave>,
    pub(super) timer: StoredValue<Option<TimeoutHandle>>,
    /// Whether what is on the page is kept.
    pub status: RwSignal<SaveStatus>,
    /// Title, identifier, marking.
    pub heading: RwSignal<Heading>,
    /// One line per section.
    pub lines: RwSignal<Vec<SectionLine>>,
    /// Everything there is to say, as of the last check.
    pub findings: RwSignal<Vec<Finding>>,
    /// The edit number at which findings were looked for last.
    pub(super) looked: StoredValue<Option<u64>>,
    /// The numbers of errors and warnings that the record has.
    pub(super) counted: StoredValue<Option<(u64, u64)>>,
    /// The key of the section that was on the page last.
    pub section: RwSignal<Option<String>>,
    /// Goes up when another field was left, for those who list what is shown.
    pub(super) touches: RwSignal<usize>,
    /// Whether undo and redo have something to do.
    pub history: RwSignal<(bool, bool)>,
    /// Items that are open in their lists.
    pub unfolded: RwSignal<BTreeSet<NodeId>>,
    /// Items removed in this session, until another edit makes them stale.
    pub removed: RwSignal<Vec<Removed>>,
}

impl Editor {
    /// Takes over a report. Signals belong to the owner that is current.
    pub fn new(report: Report, draft: Draft, kept: Kept, loaded: Loaded, around: Around) -> Self {
        let autosave = Autosave::new(report.edit_number());
        let open = Open {
            report,
            draft,
            touched: HashSet::new(),
            checked: kept.counts.is_some(),
            saved_at: kept.saved_at,
            mounted: HashMap::new(),
        };
        let editor = Self {
            open: StoredValue::new(open),
            loaded: StoredValue::new(loaded),
            platform: StoredValue::new(around.platform),
            patterns: StoredValue::new(around.patterns),
            store: StoredValue::new(around.store),
            seen: StoredValue::new(kept.seen),
            autosave: StoredValue::new(autosave),
            timer: StoredValue::new(None),
            status: RwSignal::new(SaveStatus::Saved(kept.saved_at)),
            heading: RwSignal::new(Heading::default()),
            lines: RwSignal::new(Vec::new()),
            findings: RwSignal::new(Vec::new()),
            looked: StoredValue::new(None),
            counted: StoredValue::new(kept.counts),
            section: RwSignal::new(None),
            touches: RwSignal::new(0),
            history: RwSignal::new((false, false)),
            unfolded: RwSignal::new(BTreeSet::new()),
            removed: RwSignal::new(Vec::new()),
        };
        editor.look_over();
        editor
    }

    /// Reads the open report.
    pub fn with<T>(&self, read: impl FnOnce(&Report) -> T) -> T {
        self.open.with_value(|open| read(&open.report))
    }

    /// Reads everything about the open report.
    pub fn with_open<T>(&self, read: impl FnOnce(&Open) -> T) -> T {
        self.open.with_value(read)
    }

    /// Changes what a report is beside its answers.
    pub fn update_draft(&self, change: impl FnOnce(&Report, &mut Draft)) {
        self.open.update_value(|open| change(&open.report, &mut open.draft));
        self.refresh_heading();
    }

    /// Whether nothing was ever typed into it and nothing of it ever left.
    pub(super) fn is_untouched(&self) -> bool {
        self.with_open(|open| open.report.edit_number() == 0 && open.draft.last.is_none())
    }

    /// Whether the report is still open. Whoever waited for something asks first.
    pub fn is_open(&self) -> bool {
        self.open.try_with_value(|_| ()).is_some()
    }

    /// Tells the report the day and the other reports of this browser.
    pub(super) fn set_surroundings(&self, around: Surroundings) {
        let known = self.open.try_with_value(|open| open.report.surroundings() == &around);
        if known == Some(false) {
            self.open.update_value(|open| open.report.set_surroundings(around));
            self.looked.set_value(None);
        }
    }

    pub(super) fn note_saved_at(&self, at: i64) {
        self.open.update_value(|open| open.saved_at = Some(at));
    }

    /// Errors and warnings as of the last check, once everything was checked.
    pub(super) fn error_counts(&self) -> Option<(u64, u64)> {
        let count = |severity| {
            self.findings.with_untracked(|all| all.iter().filter(|finding| finding.severity == severity).count() as u64)
        };
        self.with_open(|open| open.checked).then(|| (count(Severity::Error), count(Severity::Warning)))
    }

    /// The report identifier has left this browser and changes no more.
    pub fn fix_identifier(&self) {
        self.open.update_value(|open| open.report.fix_identifier());
    }

    /// The template with its evaluator.
    pub fn loaded(&self) -> Loaded {
        self.loaded.get_value()
    }

    /// The platform.
    pub fn platform(&self) -> Platform {
        self.platform.get_value()
    }

    /// The time of the device in milliseconds.
    pub fn now(&self) -> i64 {
        self.platform.with_value(|platform| platform.clock.now_millis())
    }

    /// Carries out an edit of the person.
    pub fn apply(&self, edit: Edit) {
        let now = self.now();
        let mut changed = None;
        self.open.update_value(|open| {
            changed = open.report.apply(edit, now).ok();
            open.draft.state = crate::exchange::parts::State::Draft;
        });
        self.after(changed);
    }

    pub(super) fn after(&self, changed: Option<Changed>) {
        let Some(changed) = changed else { return };
        self.wake(|id, node| changed.concerns(id, node));
        self.refresh_heading();
        self.history.set(self.with(|report| (report.can_undo(), report.can_redo())));
        self.note_edit();
    }

    pub(super) fn wake(&self, concerned: impl Fn(&NodeId, NodeIndex) -> bool) {
        let triggers: Vec<ArcTrigger> = self.with_open(|open| {
            let woken = open.mounted.iter().filter(|(id, mounted)| concerned(id, mounted.node));
            woken.map(|(_, mounted)| mounted.trigger.clone()).collect()
        });
        // Outside the borrow: what wakes may read the report at once.
        for trigger in triggers {
            trigger.notify();
        }
    }

    /// Gives a field a value.
    pub fn set(&self, at: &NodeId, value: Option<Value>) {
        if self.with(|report| report.value(at).cloned()) != value {
            self.apply(Edit::Set { at: at.clone(), value });
        }
    }

    /// Takes the text of a box.
    pub fn type_text(&self, at: &NodeId, text: &str) {
        let value = self.with(|report| {
            let node = report.node(at)?;
            Some(codec::parse(node.widget()?, report.template().offered(node).map(Arc::as_ref), text))
        });
        if let Some(value) = value {
            self.set(at, value);
        }
    }

    /// Takes the code of a radio or of a line of a list; no code takes the answer away.
    pub fn choose_one(&self, at: &NodeId, code: &str) {
        let value = self.with(|report| {
            let node = report.node(at)?;
            let listed =
                node.codelist.as_ref().and_then(|list| list.entries().iter().find(|entry| entry.code() == code));
            Some(match listed {
                Some(entry) => Some(entry.value.clone()),
                None => codec::parse(node.widget()?, None, code),
            })
        });
        if let Some(value) = value {
            self.set(at, value);
        }
    }

    /// Ticks or unticks one of several choices. The order is that of the list.
    pub fn choose(&self, at: &NodeId, options: &[Value], code: &Value, chosen: bool) {
        let mut picked: Vec<Value> =
            self.with(|report| report.value(at).and_then(Value::as_array).cloned().into_iter().flatten().collect());
        picked.retain(|value| value != code);
        if chosen {
            picked.push(code.clone());
            let place = |value: &Value| options.iter().position(|option| option == value).unwrap_or(usize::MAX);
            sort_by(&mut picked, |one, other| place(one).cmp(&place(other)));
        }
        self.set(at, (!picked.is_empty()).then_some(Value::Array(picked)));
    }

    /// The field was left: from now on its errors are shown, and the draft is kept at once.
    pub fn leave(&self, at: &NodeId) {
        self.open.update_value(|open| {
            open.report.end_step();
            open.touched.insert(at.clone());
        });
        self.look_over();
        self.touches.update(|touches| *touches += 1);
        self.wake(|id, _| id == at);
        self.save_if_waiting();
    }

    /// Undoes or redoes one step; answers where something changed.
    pub fn step(&self, back: bool) -> Option<NodeId> {
        let mut changed = None;
        self.open.update_value(|open| {
            changed = if back { open.report.undo() } else { open.report.redo() };
            if changed.is_some() {
                open.draft.state = crate::exchange::parts::State::Draft;
            }
        });
        // What the application filled in follows from what the person did; the person goes back to their own field.
        let own = |place: &&NodeId| self.with(|report| report.node(place).is_none_or(|node| !node.hints.is_given()));
        let place = changed.as_ref().and_then(|changed| changed.places.iter().find(own).cloned());
        self.after(changed);
        self.look_over();
        place
    }
}
