//! The last step of the build, on a small page as Trunk would leave it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

const PAGE: &str = r#"<!doctype html>
<html lang="en"><head>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'">
<meta name="templates" content="">
<link rel="icon" href="data:image/svg+xml,%3Csvg/>">
<link rel="stylesheet" href="./base-1.css"/>
<link rel="stylesheet" media="print" href="./print-2.css"/>
<script type="module" src="./boot.js" data-js="./app-3.js" data-wasm="./app-3_bg.wasm"></script>
<link rel="modulepreload" href="./app-3.js"><link rel="preload" href="./app-3_bg.wasm" as="fetch"></head>
<body><p id="trouble" hidden></p></body></html>
"#;
const GLUE: &str = "export class A {}\nasync function __wbg_init(x) {}\nexport { initSync, __wbg_init as default };\n";

/// A folder that goes when the test ends, with a staged page and two templates.
struct Build(PathBuf);

impl Build {
    fn of(name: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&root);
        let build = Self(root);
        build.put_page();
        build.put("stage/app-3.js", GLUE);
        build.put("stage/app-3_bg.wasm", program());
        build.put("src/catalogue/templates/visit.json", r#"{"title":"A </script> <!-- in a title"}"#);
        build.put("src/catalogue/templates/arrest.json", r#"{"title":"a < b"}"#);
        build
    }

    fn put(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn put_page(&self) {
        self.put("stage/index.html", PAGE);
        self.put("stage/base-1.css", "body { color: red }\n");
        self.put("stage/print-2.css", "body { color: black }\n");
    }

    fn finish(&self, profile: &str) -> Output {
        Command::new(env!("CARGO_BIN_EXE_finish-build"))
            .env("TRUNK_STAGING_DIR", self.0.join("stage"))
            .env("TRUNK_SOURCE_DIR", &self.0)
            .env("TRUNK_PROFILE", profile)
            .output()
            .unwrap()
    }

    fn finished(name: &str) -> Self {
        let build = Self::of(name);
        let output = build.finish("release");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        build
    }

    fn bytes(&self, path: &str) -> Vec<u8> {
        fs::read(self.0.join("stage").join(path)).unwrap()
    }

    fn text(&self, path: &str) -> String {
        String::from_utf8(self.bytes(path)).unwrap()
    }
}

impl Drop for Build {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A module with a custom section to keep, one that names functions, and a section of types longer than 127 bytes.
fn program() -> Vec<u8> {
    let mut module = b"\0asm\x01\0\0\0".to_vec();
    module.extend(custom("kept", b"1"));
    module.extend([1, 0x80 + 2, 1]);
    module.extend([7; 130]);
    module.extend(custom("name", b"secret names"));
    module
}

fn custom(name: &str, content: &[u8]) -> Vec<u8> {
    let size = 1 + name.len() + content.len();
    let head = [0, u8::try_from(size).unwrap(), u8::try_from(name.len()).unwrap()];
    [&head, name.as_bytes(), content].concat()
}

/// The text between the first `<name …>` that contains `mark` and the end tag that follows it.
fn element<'a>(page: &'a str, name: &str, mark: &str) -> &'a str {
    let start = page.match_indices(&format!("<{name}")).find(|(at, _)| {
        let tag = page[*at..].split('>').next().unwrap();
        tag.contains(mark)
    });
    let rest = &page[start.unwrap_or_else(|| panic!("no <{name}> with {mark}")).0..];
    rest.split_once('>').unwrap().1.split_once(&format!("</{name}>")).unwrap().0
}

fn source(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

#[test]
fn the_program_loses_its_names_and_nothing_else() {
    let build = Build::finished("names");
    let whole = program();
    assert_eq!(build.bytes("app-3_bg.wasm"), whole[..whole.len() - custom("name", b"secret names").len()]);
}

#[test]
fn templates_stand_beside_the_page_and_are_listed_in_it() {
    let build = Build::finished("templates");
    let page = build.text("index.html");
    let list = page.split_once("name=\"templates\" content=\"").unwrap().1.split('"').next().unwrap();
    let entries: Vec<_> = list.split(' ').map(|entry| entry.split_once('=').unwrap()).collect();
    assert_eq!(entries.iter().map(|entry| entry.0).collect::<Vec<_>>(), ["arrest", "visit"]);
    assert_eq!(build.text(entries[0].1), r#"{"title":"a < b"}"#);
}

#[test]
fn templates_lose_their_line_breaks_and_keep_their_words() {
    let build = Build::of("spaces");
    build.put("src/catalogue/templates/visit.json", "{\n  \"a  b\": [1.50, \"c \\\" d\\\\\", \"e\" ]\n}\n");
    assert!(build.finish("release").status.success());
    let page = build.text("chancery.html");
    assert_eq!(element(&page, "script", "data-template=\"visit\""), r#"{"a  b":[1.50,"c \" d\\","e"]}"#);
}

#[test]
fn style_sheets_for_the_same_media_become_one_in_their_order() {
    let build = Build::of("styles");
    let link = |name: &str| format!("<link rel=\"stylesheet\" href=\"./{name}.css\"/>\n");
    build.put("stage/index.html", PAGE.replace(&link("base-1"), &format!("{}{}", link("base-1"), link("more-4"))));
    build.put("stage/more-4.css", "/* A note. */\n  p::before { content: \"/* \\\" no note */ \\\n  x\" }\n\n");
    assert!(build.finish("release").status.success());
    let page = build.text("index.html");
    let links: Vec<_> =
        page.split("<link rel=\"stylesheet\"").skip(1).map(|rest| rest.split('>').next().unwrap()).collect();
    let name = |link: &str| link.split_once("href=\"./").unwrap().1.split('"').next().unwrap().to_owned();
    assert_eq!(links.len(), 2, "{page}");
    assert_eq!(
        build.text(&name(links[0])),
        "body { color: red }\np::before { content: \"/* \\\" no note */ \\\n  x\" }\n"
    );
    assert!(links[1].contains("media=\"print\""));
    assert_eq!(build.text(&name(links[1])), "body { color: black }\n");
    assert!(!build.0.join("stage/base-1.css").exists() && !build.0.join("stage/more-4.css").exists());
}

#[test]
fn a_style_sheet_that_imports_another_ends_the_build() {
    let build = Build::of("import");
    build.put("stage/print-2.css", "@import 'other.css';");
    let output = build.finish("release");
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("@import"));
}

#[test]
fn a_template_that_changes_has_another_address() {
    let build = Build::finished("address");
    let before = build.text("index.html");
    build.put_page();
    build.put("src/catalogue/templates/visit.json", "{}");
    assert!(build.finish("release").status.success());
    assert_ne!(build.text("index.html"), before);
}

#[test]
fn the_one_file_has_everything_inside_and_allows_exactly_that() {
    let build = Build::finished("one-file");
    let page = build.text("chancery.html");
    assert!(!page.contains("href=\"./") && !page.contains("src=") && !page.contains("rel=\"preload\""));
    assert_eq!(element(&page, "style", "media=\"print\""), "body { color: black }\n");
    let script = element(&page, "script", "type=\"module\"");
    assert!(script.contains("await __wbg_init("));
    let policy = page.split_once("Content-Security-Policy\" content=\"").unwrap().1.split('"').next().unwrap();
    let styles = format!("{} {}", source("body { color: red }\n"), source("body { color: black }\n"));
    let expected = format!(
        "default-src 'none'; script-src {} 'wasm-unsafe-eval'; style-src {styles}; img-src data:; base-uri 'none'",
        source(script)
    );
    assert_eq!(policy, expected);
}

#[test]
fn templates_in_the_one_file_are_the_same_json_and_cannot_end_their_element() {
    let build = Build::finished("inlined");
    let page = build.text("chancery.html");
    assert_eq!(element(&page, "script", "data-template=\"arrest\""), r#"{"title":"a < b"}"#);
    let visit: serde_json::Value = serde_json::from_str(element(&page, "script", "data-template=\"visit\"")).unwrap();
    assert_eq!(visit["title"], "A </script> <!-- in a title");
}

#[test]
fn a_link_that_cannot_be_put_inside_ends_the_build() {
    let build = Build::of("link");
    build.put("stage/index.html", PAGE.replace("rel=\"icon\" href=\"data:", "rel=\"icon\" href=\"./icon.svg?"));
    let output = build.finish("release");
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot be put into one file"));
}

#[test]
fn a_debug_build_gets_the_templates_only() {
    let build = Build::of("debug");
    assert!(build.finish("debug").status.success());
    assert!(build.text("index.html").contains("arrest=templates/arrest-"));
    assert!(!build.0.join("stage/chancery.html").exists());
}
