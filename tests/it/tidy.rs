//! The source tree as ARCHITECTURE.md draws it: who may import whom, who may name the browser, and what no file may
//! contain. Each test lists every fault it finds.

use std::fs;
use std::path::{Path, PathBuf};

/// A room of `src/`, and the rooms that its files may import besides itself. `main.rs`, `lib.rs` and `bin/` put the
/// rooms together and are free.
const ROOMS: [(&str, &[&str]); 8] = [
    ("template", &[]),
    ("report", &["template"]),
    ("findings", &["report", "template"]),
    ("exchange", &["findings", "report", "template"]),
    ("store", &["exchange", "findings", "report", "template", "platform"]),
    ("platform", &[]),
    ("app", &["store", "exchange", "findings", "report", "template", "platform"]),
    ("view", &["app", "exchange", "findings", "report", "template"]),
];

/// The one file of `view` that touches the elements of the page: focus, scroll, the files of a picker or a drop.
const PAGE: &str = "src/view/dom.rs";

/// What may be imported of a room that is not imported otherwise, and by whom.
const PARTS: [(&str, &str); 4] = [
    ("src/view/", "store::Aside"),
    ("src/view/", "store::Header"),
    (PAGE, "platform::browser::files"),
    (PAGE, "platform::browser::page"),
];

/// The browser crates that [`PAGE`] may name, through Leptos, so that no version but its own can come in.
const THROUGH_LEPTOS: [&str; 2] = ["leptos::wasm_bindgen", "leptos::web_sys"];

/// What belongs to the browser; Leptos is named apart, because `app` and `view` are made of it.
const BROWSER: [&str; 5] = ["web_sys", "js_sys", "wasm_bindgen", "wasm_bindgen_futures", "gloo"];

/// The most lines a file may have before it is to be split.
const LONGEST: usize = 450;

struct File {
    /// Path from the root of the package, with `/`.
    path: String,
    text: String,
}

impl File {
    /// The room of `src/` that the file belongs to; `browser` for the inside of the platform.
    fn room(&self) -> Option<&str> {
        let (room, rest) = self.path.strip_prefix("src/")?.split_once('/')?;
        Some(if room == "platform" && rest.starts_with("browser") { "browser" } else { room })
    }

    /// The text without what follows `//`, so that comments may name anything.
    fn code(&self) -> String {
        self.text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
    }

    /// How many steps of `super` lead to the root of the crate.
    fn depth(&self) -> usize {
        let steps = self.path.split('/').count() - 1;
        if self.path.ends_with("/mod.rs") { steps - 1 } else { steps }
    }
}

/// All files with one of these extensions below these folders.
fn files(folders: &[&str], extensions: &[&str]) -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut open: Vec<PathBuf> = folders.iter().map(|folder| root.join(folder)).collect();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_dir() && !["node_modules", "results", "fixtures"].contains(&name) {
                open.push(path);
            } else if path.extension().is_some_and(|end| extensions.iter().any(|e| end == *e)) {
                let relative = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                found.push(File { path: relative, text: fs::read_to_string(&path).unwrap() });
            }
        }
    }
    assert!(!found.is_empty());
    found
}

/// The paths that follow each `crate::` in `code`, each to its end: `crate::{a::b, c::{d, e}}` has three.
fn imported(code: &str) -> Vec<String> {
    let mut paths = Vec::new();
    for (at, found) in code.match_indices("crate::") {
        follow(&code[at + found.len()..], "", &mut paths);
    }
    paths
}

/// Follows one branch of a path; answers the text behind it.
fn follow<'c>(text: &'c str, before: &str, paths: &mut Vec<String>) -> &'c str {
    let text = text.trim_start();
    if let Some(mut rest) = text.strip_prefix('{') {
        while let Some(c) = rest.trim_start().chars().next().filter(|c| *c != '}') {
            rest = if c == ',' { &rest.trim_start()[1..] } else { follow(rest, before, paths) };
        }
        return rest.trim_start().strip_prefix('}').unwrap_or(rest);
    }
    let word = first_word(text);
    if word.is_empty() {
        // A star, or the end of what can be read.
        paths.push(before.to_owned());
        return text.get(1..).unwrap_or_default();
    }
    let path = if before.is_empty() { word.clone() } else { format!("{before}::{word}") };
    let rest = &text[word.len()..];
    match rest.strip_prefix("::") {
        Some(deeper) => follow(deeper, &path, paths),
        None => {
            paths.push(path);
            rest.strip_prefix(" as ").map_or(rest, |rest| &rest[first_word(rest).len()..])
        }
    }
}

/// Whether this file may import this path although its room imports nothing of that room.
fn is_part(file: &File, path: &str) -> bool {
    PARTS.iter().any(|(place, part)| {
        let rest = path.strip_prefix(part);
        file.path.starts_with(place) && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    })
}

fn first_word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// Whether `name` stands in `code` as a word of its own.
fn names(code: &str, name: &str) -> bool {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(name).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + name.len()..].chars().next();
        // `gloo` stands for all crates whose names begin so.
        !before.is_some_and(word) && (name == "gloo" || !after.is_some_and(word))
    })
}

fn none(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn each_room_imports_only_the_rooms_below_it() {
    let mut faults = Vec::new();
    for file in files(&["src"], &["rs"]) {
        let Some(room) = file.room() else { continue };
        let own = if room == "browser" { "platform" } else { room };
        let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == own) else { continue };
        for path in imported(&file.code()) {
            let name = first_word(&path);
            let other = ROOMS.iter().any(|(room, _)| *room == name) && name != own;
            if other && !allowed.contains(&name.as_str()) && !is_part(&file, &path) {
                faults.push(format!("{}: `{own}` must not import `{path}`", file.path));
            }
        }
        if file.code().contains(&"super::".repeat(file.depth())) {
            faults.push(format!("{}: `super` leaves the room; write `crate::`", file.path));
        }
    }
    none(faults);
}

#[test]
fn only_the_browser_side_of_the_platform_names_browser_crates() {
    let mut faults = Vec::new();
    for file in files(&["src"], &["rs"]) {
        let room = file.room();
        if room == Some("browser") {
            continue;
        }
        let mut code = file.code();
        if file.path == PAGE {
            for name in THROUGH_LEPTOS {
                code = code.replace(name, "");
            }
        }
        let leptos = !matches!(room, None | Some("app" | "view"));
        for name in BROWSER.into_iter().chain(leptos.then_some("leptos")) {
            if names(&code, name) {
                faults.push(format!("{}: names `{name}`", file.path));
            }
        }
    }
    none(faults);
}

#[test]
fn the_platform_is_reached_through_its_traits() {
    let mut faults = Vec::new();
    for file in files(&["src"], &["rs"]) {
        if matches!(file.room(), None | Some("browser" | "platform")) {
            continue;
        }
        let paths = imported(&file.code());
        let sides = |path: &&String| path.starts_with("platform::browser") || path.starts_with("platform::memory");
        let reached: Vec<&String> = paths.iter().filter(sides).collect();
        // Each mention is one that was understood, so that no other way of writing it goes unseen.
        let mentions = ["browser::", "memory::"].iter().map(|side| file.code().matches(side).count()).sum::<usize>();
        if mentions > reached.len() || reached.iter().any(|path| !is_part(&file, path)) {
            faults.push(format!("{}: takes what it needs from the `Platform` it is given", file.path));
        }
    }
    none(faults);
}

#[test]
fn the_pure_rooms_reach_for_nothing_outside() {
    let mut faults = Vec::new();
    for file in files(&["src"], &["rs"]) {
        if !matches!(file.room(), Some("template" | "report" | "findings" | "exchange" | "store")) {
            continue;
        }
        for name in ["std::fs", "std::env", "std::process", "std::thread", "SystemTime", "Instant"] {
            if names(&file.code(), name) {
                faults.push(format!("{}: names `{name}`; it is to be given as an argument", file.path));
            }
        }
    }
    none(faults);
}

#[test]
fn every_style_file_is_linked_once_and_every_link_has_a_file() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("index.html")).unwrap();
    let files = files(&["style"], &["css"]);
    let mut faults = Vec::new();
    for file in &files {
        if page.matches(&format!("href=\"{}\"", file.path)).count() != 1 {
            faults.push(format!("{}: must be linked once in index.html", file.path));
        }
    }
    for (at, _) in page.match_indices("href=\"style/") {
        let path = page[at + 6..].split('"').next().unwrap();
        if !files.iter().any(|file| file.path == path) {
            faults.push(format!("index.html links {path}, which is not there"));
        }
    }
    none(faults);
}

#[test]
fn nothing_made_for_looking_while_programming_is_left() {
    let mut faults = Vec::new();
    for file in files(&["src", "style"], &["rs", "js", "css"]) {
        for trace in ["console.log", "console::log", "logging::log", "dbg!(", "debugger;"] {
            if file.code().contains(trace) {
                faults.push(format!("{}: contains `{trace}`", file.path));
            }
        }
    }
    none(faults);
}

#[test]
fn every_module_says_first_what_it_holds() {
    let files = files(&["src"], &["rs"]);
    none(
        files
            .iter()
            .filter(|f| !f.text.starts_with("//! "))
            .map(|f| format!("{}: begins without //!", f.path))
            .collect(),
    )
}

#[test]
fn no_file_is_longer_than_one_subject() {
    let files = files(&["src", "style", "tests"], &["rs", "css", "js", "mjs"]);
    let long = files.iter().filter(|file| file.text.lines().count() > LONGEST);
    none(long.map(|file| format!("{}: {} lines, at most {LONGEST}", file.path, file.text.lines().count())).collect());
}

#[test]
fn lists_of_imports_are_read_to_their_end() {
    let code = "use crate::{exchange::{canon, read}, store};\nlet x = crate::report::Edit;";
    assert_eq!(imported(code), ["exchange::canon", "exchange::read", "store", "report::Edit"]);
    let code = "use crate::{a::{b as x, c::*}, d};\npub use crate::e::{\n    F,\n    G,\n};\ncrate::h::i(1)";
    assert_eq!(imported(code), ["a::b", "a::c", "d", "e::F", "e::G", "h::i"]);
    assert!(names("gloo_timers::x", "gloo") && !names("igloo", "gloo") && !names("web_system", "web_sys"));
}
