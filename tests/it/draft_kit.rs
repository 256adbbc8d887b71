//! What the tests of the store share: records to save, and texts with a right checksum around a wrong content.

use std::sync::Arc;

use chancery::platform::memory::{Faults, MemoryStorage};
use chancery::store::{Counts, DraftKey, DraftStore, Header, Record, ReportRef, TemplateRef};
use serde_json::{Value, json};

pub const A: &str = "chancery/draft/one/a";
pub const B: &str = "chancery/draft/one/b";

pub fn key(text: &str) -> DraftKey {
    DraftKey::parse(text).unwrap()
}

pub fn one() -> DraftKey {
    key("one")
}

pub fn header(draft: &str, edit_number: u64) -> Header {
    Header {
        draft: key(draft),
        edit_number,
        save_number: 0,
        saved_at: 1_763_647_500_000,
        template: TemplateRef { id: "criminal-case".into(), version: "1.0.0".into(), digest: "sha256:00".into() },
        report: ReportRef {
            id: "0193".into(),
            title: "A case".into(),
            identifier: None,
            state: "draft".into(),
            revision: 0,
        },
        counts: Counts::default(),
        exported_at: None,
        last_copy: None,
        changed_since_export: true,
        deleted_at: None,
    }
}

pub fn record(draft: &str, edit_number: u64, text: &str) -> Record {
    Record { header: header(draft, edit_number), body: json!({ "text": text }) }
}

pub fn text_of(record: &Record) -> &str {
    record.body["text"].as_str().unwrap()
}

pub fn store() -> (MemoryStorage, DraftStore) {
    let storage = MemoryStorage::new();
    (storage.clone(), tab(&storage))
}

/// One more tab, or the page after a reload: a store of its own on the same storage.
pub fn tab(storage: &MemoryStorage) -> DraftStore {
    DraftStore::new(Arc::new(storage.clone()))
}

/// A text whose checksum is right, whatever the line and the body say. `line` is the header without its checksum.
pub fn framed(line: &Value, body: &str) -> String {
    let mut line = line.to_string();
    line.pop();
    let check = crc32fast::hash(format!("{line}\n{body}").as_bytes());
    format!("{line},\"crc32\":\"{check:08x}\"}}\n{body}")
}

/// The header of a stored text without its checksum, and the body.
pub fn unframed(text: &str) -> (Value, String) {
    let (line, body) = text.split_once('\n').unwrap();
    let mut line: Value = serde_json::from_str(line).unwrap();
    line.as_object_mut().unwrap().shift_remove("crc32");
    (line, body.to_owned())
}

/// A whole record as a later version of the program might write it.
pub fn newer_text(draft: &str) -> String {
    framed(&json!({"format": "chancery-draft", "formatVersion": 2, "draft": draft, "sealed": true}), "not JSON at all")
}

/// Leaves only so much room beside what is stored.
pub fn full(storage: &MemoryStorage, spare: usize) {
    storage.set_faults(Faults { room: Some(storage.used() + spare), ..Faults::default() });
}
