//! The reports that the whole-page tests typed by hand and exported: valid by an independent validator, exactly as they
//! left. Run by `make test` after the whole-page tests.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::fs;
use std::path::PathBuf;

use chancery::exchange::envelope::{Envelope, Integrity};
use chancery::exchange::parts::State;
use chancery::exchange::read::{Limits, read_json};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn the_typed_criminal_case_is_complete_intact_and_valid_against_its_template() {
    let bytes = fs::read(root().join("tests/e2e/typed/criminal-case.json")).unwrap();
    let opened = Envelope::read(read_json(&bytes, &Limits::REPORT).unwrap()).unwrap();
    assert_eq!(opened.integrity, Integrity::Intact);
    assert_eq!(opened.envelope.report.state, State::Complete);

    let template = fs::read(root().join("src/catalogue/templates/criminal-case.json")).unwrap();
    let template: serde_json::Value = serde_json::from_slice(&template).unwrap();
    let validator = jsonschema::draft202012::options().should_validate_formats(true).build(&template).unwrap();
    let wrong: Vec<String> =
        validator.iter_errors(&opened.envelope.values).map(|error| error.instance_path().to_string()).collect();
    assert_eq!(wrong, Vec::<String>::new());
}
