//! The driver of whole flows without a browser: an officer at one report, over the in-memory platform. Fields are named
//! by pointers as they are at that moment; boxes take text, as on the page.

use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};

use chancery::exchange::envelope::{Envelope, Integrity};
use chancery::exchange::parts::{FindingCounts, State};
use chancery::exchange::read::{Limits, read_json};
use chancery::findings::evaluate::Evaluator;
use chancery::findings::{Checker, Finding, Rules, Severity};
use chancery::platform::memory::{MemoryPlatform, MemoryStorage};
use chancery::platform::{Downloads, Random};
use chancery::report::codec::{self, DateParts};
use chancery::report::{Edit, NodeId, Report, Surroundings};
use chancery::store::draft::{self, Draft};
use chancery::store::{DraftKey, DraftStore, Drafts, SaveError, Seen, TemplateRef};
use chancery::template::{Pointer, Template};
use serde_json::{Map, Value, json};

use crate::patterns::NativePatterns;

/// A template with everything that is made from it.
pub struct Form {
    pub template: Arc<Template>,
    pub evaluator: Evaluator,
    pub rules: Rules,
    pub reference: TemplateRef,
}

impl Form {
    pub fn of(document: Value) -> Self {
        let evaluator = Evaluator::new(&document, &[]).unwrap().asserting_formats();
        let template = Template::read(document).unwrap_or_else(|error| panic!("{error}"));
        let rules = Rules::read(&template).unwrap_or_else(|error| panic!("{error}"));
        let reference = draft::template_ref(&template).unwrap();
        Self { template: Arc::new(template), evaluator, rules, reference }
    }
}

pub static CRIMINAL_CASE: LazyLock<Arc<Form>> = LazyLock::new(|| {
    let text = include_bytes!("../../src/catalogue/templates/criminal-case.json");
    Arc::new(Form::of(read_json(text, &Limits::TEMPLATE).unwrap()))
});

pub struct Scenario {
    pub form: Arc<Form>,
    pub browser: MemoryPlatform,
    pub report: Report,
    pub draft: Draft,
    seen: Seen,
    removed: Vec<Edit>,
}

/// An empty criminal case report.
pub fn criminal_case() -> Scenario {
    Scenario::start(&CRIMINAL_CASE, MemoryPlatform::default())
}

/// The worked example of the criminal case, opened as if it were a report of this post.
pub fn worked_example() -> Scenario {
    Scenario::with_values(&CRIMINAL_CASE, CRIMINAL_CASE.template.sample().unwrap().clone())
}

pub fn around(browser: &MemoryPlatform, besides: Option<&DraftKey>) -> Surroundings {
    let listing = store(browser).list();
    let others = listing.drafts.iter().filter(|header| Some(&header.draft) != besides);
    let entry = |header: &chancery::store::Header| {
        header.report.identifier.as_ref().map(|id| json!({"reportId": id, "templateId": header.template.id}))
    };
    Surroundings { today: "2026-11-20".into(), workspace: others.filter_map(entry).collect() }
}

fn store(browser: &MemoryPlatform) -> DraftStore {
    DraftStore::new(Arc::new(browser.storage.clone()))
}

impl Scenario {
    /// A new report in a browser.
    pub fn start(form: &Arc<Form>, browser: MemoryPlatform) -> Self {
        let report = Report::new(Arc::clone(&form.template), around(&browser, None));
        Self::with(form, browser, report)
    }

    /// A report with these values, as from a file.
    pub fn with_values(form: &Arc<Form>, values: Value) -> Self {
        let browser = MemoryPlatform::default();
        let report = Report::from_values(Arc::clone(&form.template), values, around(&browser, None));
        Self::with(form, browser, report)
    }

    /// A report started from the worked example of its template.
    pub fn from_example(form: &Arc<Form>, browser: MemoryPlatform) -> Self {
        let values = form.template.sample().unwrap().clone();
        let mut report = Report::from_values(Arc::clone(&form.template), values, around(&browser, None));
        report.mark_sample();
        Self::with(form, browser, report)
    }

    fn with(form: &Arc<Form>, browser: MemoryPlatform, report: Report) -> Self {
        let id = chancery::exchange::uuid::uuid_v7(1_763_647_500_000, browser.random.bytes());
        let draft = Draft::new(DraftKey::parse(&id).unwrap(), id, form.reference.clone());
        let (seen, removed) = (Seen::nothing(), Vec::new());
        Self { form: Arc::clone(form), browser, report, draft, seen, removed }
    }

    /// The node at a pointer at this moment.
    pub fn id(&self, place: &str) -> NodeId {
        let id = self.report.id_at(&Pointer::parse(place).unwrap());
        assert_eq!(self.report.pointer(&id).unwrap().to_string(), place, "the form has no such place");
        id
    }

    pub fn apply(&mut self, edit: Edit) {
        let now = chancery::platform::Clock::now_millis(&self.browser.clock);
        self.report.apply(edit, now).unwrap();
        self.draft.state = State::Draft;
    }

    /// Types a text into a box, or chooses a code.
    pub fn answer(mut self, place: &str, text: &str) -> Self {
        let at = self.id(place);
        let node = self.report.node(&at).unwrap();
        let listed = node.codelist.iter().flat_map(|list| list.entries()).find(|entry| entry.code() == text);
        let value = match listed {
            Some(entry) => Some(entry.value.clone()),
            None => codec::parse(node.widget().unwrap(), node.codelist.as_deref(), text),
        };
        self.apply(Edit::Set { at, value });
        self
    }

    /// Types a text letter by letter.
    pub fn type_slowly(mut self, place: &str, text: &str) -> Self {
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).collect::<Vec<_>>();
        for end in ends {
            self = self.answer(place, &text[..end]);
            self.browser.clock.advance(100);
        }
        self
    }

    /// Types a date into its three boxes, one after the other.
    pub fn answer_date(mut self, place: &str, year: &str, month: &str, day: &str) -> Self {
        let mut parts = DateParts::default();
        for (text, part) in [(year, 0), (month, 1), (day, 2)] {
            *[&mut parts.year, &mut parts.month, &mut parts.day][part] = text.to_owned();
            let value = parts.text().map(Value::String);
            let at = self.id(place);
            self.apply(Edit::Set { at, value });
        }
        self
    }

    /// Ticks boxes of a field that takes several codes; none takes the answer away.
    pub fn choose(mut self, place: &str, codes: &[&str]) -> Self {
        let at = self.id(place);
        self.apply(Edit::Set { at, value: (!codes.is_empty()).then(|| json!(codes)) });
        self
    }

    pub fn tick(self, place: &str, ticked: bool) -> Self {
        self.answer(place, if ticked { "true" } else { "false" })
    }

    pub fn leave(mut self) -> Self {
        self.report.end_step();
        self
    }

    pub fn add(mut self, list: &str) -> Self {
        let (edit, _) = self.report.new_item(&self.id(list)).unwrap();
        self.apply(edit);
        self
    }

    pub fn duplicate(mut self, item: &str) -> Self {
        let item = self.id(item);
        let (edit, _) = self.report.duplicate(&item.parent().unwrap(), &item.last().unwrap()).unwrap();
        self.apply(edit);
        self
    }

    pub fn remove(mut self, item: &str) -> Self {
        let item = self.id(item);
        let (remove, back) = self.report.removal(&item.parent().unwrap(), &item.last().unwrap()).unwrap();
        self.removed.push(back);
        self.apply(remove);
        self
    }

    pub fn bring_back(mut self) -> Self {
        let back = self.removed.pop().unwrap();
        self.apply(back);
        self
    }

    pub fn shift(mut self, item: &str, to: usize) -> Self {
        let item = self.id(item);
        self.apply(Edit::Move { list: item.parent().unwrap(), id: item.last().unwrap(), to });
        self
    }

    pub fn undo(mut self) -> Self {
        assert!(self.report.undo().is_some(), "nothing to undo");
        self
    }

    pub fn redo(mut self) -> Self {
        assert!(self.report.redo().is_some(), "nothing to redo");
        self
    }

    pub fn save(&mut self) -> Result<(), SaveError> {
        let record = self.draft.to_record(&self.report, None, 1_763_647_500_000).unwrap();
        store(&self.browser).save(&record, &mut self.seen).map(|_| ())
    }

    /// The draft is saved, the browser is killed and started again, and the draft opened.
    pub fn crash_and_reopen(mut self) -> Self {
        self.save().unwrap();
        self.browser.storage.restart();
        self.reopen()
    }

    /// Opens what is stored, whatever is on the page.
    pub fn reopen(mut self) -> Self {
        let opened = store(&self.browser).open(&self.draft.key).unwrap_or_else(|error| panic!("{error}"));
        let (draft, content) = Draft::from_record(&opened.record).unwrap();
        let around = around(&self.browser, Some(&draft.key));
        let edits = opened.record.header.edit_number;
        self.report = Report::restore(Arc::clone(&self.form.template), content, edits, around);
        (self.draft, self.seen) = (draft, opened.seen);
        self.removed.clear();
        self
    }

    /// A copy of the draft as a report of its own, in the same browser.
    pub fn copy(&self) -> Self {
        let content = self.report.content().clone();
        let around = around(&self.browser, None);
        let mut report = Report::restore(Arc::clone(&self.form.template), content, 0, around);
        report.renew_identifier();
        Self::with(&self.form, self.browser.clone(), report)
    }

    pub fn envelope(&self, now: i64) -> Envelope {
        let counts = FindingCounts {
            errors: self.errors().len() as u64,
            warnings: 0,
            not_sent: self.report.outgoing().not_sent.len() as u64,
            kept: Vec::new(),
            extra: Map::new(),
        };
        self.draft.envelope(&self.report, counts, now).unwrap()
    }

    /// Exports as the page does, and answers the text of the file.
    pub fn export(&mut self, now: i64) -> String {
        let envelope = self.envelope(now);
        let file = envelope.to_file(None, draft::identifier(&self.report)).unwrap();
        self.browser.downloads.offer(&file.name, "application/json", &file.text).unwrap();
        self.report.fix_identifier();
        self.draft.note_export(&envelope, file.digest, now).unwrap();
        file.text
    }

    /// Opens the text of a file in another browser.
    pub fn open_file(form: &Arc<Form>, text: &str) -> Self {
        let value = read_json(text.as_bytes(), &Limits::REPORT).unwrap();
        let opened = Envelope::read(value).unwrap();
        let values = opened.envelope.values.clone();
        let mut scenario = Self::with_values(form, values);
        scenario.report.fix_identifier();
        let key = scenario.draft.key.clone();
        scenario.draft = Draft::from_file(key, &opened, form.reference.clone());
        scenario
    }

    pub fn mark_complete(mut self) -> Self {
        assert_eq!(self.errors(), Vec::<String>::new());
        self.draft.state = State::Complete;
        self
    }

    pub fn findings(&self) -> Vec<Finding> {
        let patterns = NativePatterns::default();
        let rules = Some(&self.form.rules);
        Checker { evaluator: &self.form.evaluator, patterns: &patterns, rules }.report(&self.report)
    }

    /// What the schema and the conditions say, as `place: message` lines in their order.
    pub fn errors(&self) -> Vec<String> {
        let of_schema = |finding: &&Finding| finding.rule.is_none() && finding.severity == Severity::Error;
        let line = |finding: &Finding| {
            let place = self.report.pointer(&finding.at).map_or_else(|| finding.at.to_string(), |at| at.to_string());
            format!("{place}: {}", finding.message)
        };
        self.findings().iter().filter(of_schema).map(line).collect()
    }

    /// What is said at a field when it is left.
    pub fn message(&self, place: &str) -> Option<String> {
        let patterns = NativePatterns::default();
        let checker = Checker { evaluator: &self.form.evaluator, patterns: &patterns, rules: None };
        checker.field(&self.report, &self.id(place)).map(|finding| finding.message)
    }

    pub fn expect_finding(self, place: &str, message: &str) -> Self {
        assert_eq!(self.message(place).as_deref(), Some(message), "{place}");
        let at = format!("{place}: {message}");
        let same = self.errors().iter().filter(|line| **line == at).count();
        assert_eq!(same, 1, "{at} in the list of all findings");
        self
    }

    pub fn expect_no_finding(self, place: &str) -> Self {
        assert_eq!(self.message(place), None, "{place}");
        let begins = format!("{place}: ");
        let all = self.errors();
        assert_eq!(all.iter().find(|line| line.starts_with(&begins)), None);
        self
    }

    pub fn value(&self, place: &str) -> Option<&Value> {
        Pointer::parse(place).unwrap().get(self.report.values())
    }

    pub fn expect_value(self, place: &str, value: Value) -> Self {
        assert_eq!(self.value(place), Some(&value), "{place}");
        self
    }

    pub fn expect_absent(self, place: &str) -> Self {
        assert_eq!(self.value(place), None, "{place}");
        self
    }

    pub fn expect_sent(self, place: &str, value: Option<Value>) -> Self {
        let sent = self.report.outgoing().values;
        assert_eq!(Pointer::parse(place).unwrap().get(&sent), value.as_ref(), "{place}");
        self
    }

    /// The places of the answers that an export would leave out.
    pub fn not_sent(&self) -> Vec<String> {
        let places = self.report.outgoing().not_sent;
        places.iter().map(|id| self.report.pointer(id).unwrap().to_string()).collect()
    }

    pub fn is_asked(&self, place: &str) -> bool {
        self.report.is_relevant(&self.id(place))
    }

    pub fn items(&self, list: &str) -> Vec<String> {
        self.report.items(&self.id(list)).to_vec()
    }

    /// One text that differs whenever values or ids differ; the order of keys is no difference.
    pub fn picture(&self) -> String {
        let mut picture = chancery::exchange::canonical(self.report.values()).unwrap();
        for (list, ids) in self.report.content().items.lists() {
            write!(picture, "\n{list}: {}", ids.join(" ")).unwrap();
        }
        picture
    }

    pub fn storage(&self) -> &MemoryStorage {
        &self.browser.storage
    }
}

/// Whether the digest of a file is right, and the file as an envelope.
pub fn read_file(text: &str) -> Envelope {
    let opened = Envelope::read(read_json(text.as_bytes(), &Limits::REPORT).unwrap()).unwrap();
    assert_eq!((opened.integrity, opened.values_intact), (Integrity::Intact, true));
    opened.envelope
}
