//! The colours of the style sheets: every pair of tokens is far enough apart in both modes, and no
//! sheet below the tokens names a colour of its own. It holds no colour values; those are in
//! `style/tokens.css`, and the pairs are in `tests/fixtures/contrast-pairs.txt`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::LazyLock;

use regex::Regex;

static COMMENT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?s)/\*.*?\*/").unwrap());
static QUOTED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#""[^"]*""#).unwrap());
static WORD: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"#[0-9a-f]+|[a-z_-][a-z0-9_-]*\(?").unwrap());

/// One colour in the light mode and in the dark mode.
#[derive(Clone, Copy)]
struct Token {
    light: [u8; 3],
    dark: [u8; 3],
}

/// One declaration of a sheet, with the rules and conditions around it, outermost first.
struct Declaration {
    around: Vec<String>,
    property: String,
    value: String,
}

/// The colours of the reader's own system, which only forced colours may use.
const SYSTEM_COLOURS: &str = "accentcolor accentcolortext activetext buttonborder buttonface \
    buttontext canvas canvastext field fieldtext graytext highlight highlighttext linktext mark \
    marktext selecteditem selecteditemtext visitedtext";

const NAMED_COLOURS: &str = "aliceblue antiquewhite aqua aquamarine azure beige bisque black \
    blanchedalmond blue blueviolet brown burlywood cadetblue chartreuse chocolate coral \
    cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod darkgray darkgreen \
    darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon \
    darkseagreen darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink \
    deepskyblue dimgray dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro \
    ghostwhite gold goldenrod gray green greenyellow grey honeydew hotpink indianred indigo ivory \
    khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan \
    lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen \
    lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime limegreen linen \
    magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen \
    mediumslateblue mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream \
    mistyrose moccasin navajowhite navy oldlace olive olivedrab orange orangered orchid \
    palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum \
    powderblue purple rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown seagreen \
    seashell sienna silver skyblue slateblue slategray slategrey snow springgreen steelblue tan \
    teal thistle tomato turquoise violet wheat white whitesmoke yellow yellowgreen";

/// Every way to write a colour by its parts. `color-mix()` is not among them: it mixes tokens.
const COLOUR_FUNCTIONS: &str = "color device-cmyk hsl hsla hwb lab lch light-dark oklab oklch rgb rgba";

/// The only picture in the sheets. A picture cannot read a token, so its stroke repeats `--chev`.
const ARROW: &str = "url(\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='12' \
    height='8' fill='none' stroke='%23CHEV' stroke-width='2'%3E%3Cpath d='M1 1l5 5 5-5'/%3E%3C/svg%3E\")";

#[test]
fn every_pair_of_colours_reaches_its_need_in_both_modes() {
    let tokens = tokens();
    let mut short = Vec::new();
    let mut pairs = 0;
    for (ink, ground, need) in pairs_wanted() {
        let (above, below) = (token(&tokens, &ink), token(&tokens, &ground));
        for (mode, a, b) in [("light", above.light, below.light), ("dark", above.dark, below.dark)] {
            let found = contrast(a, b);
            if found < need {
                short.push(format!("{ink} on {ground}, {mode}: {found:.2} of {need}:1"));
            }
        }
        pairs += 1;
    }
    assert!(pairs >= 34, "only {pairs} pairs were read from the fixture");
    assert!(short.is_empty(), "too little contrast:\n{}", short.join("\n"));
}

#[test]
fn the_contrast_of_known_colours_is_the_published_one() {
    assert_eq!(contrast([0, 0, 0], [255, 255, 255]), 21.0);
    assert_eq!(contrast([9, 9, 9], [9, 9, 9]), 1.0);
    // The lightest grey that words may have on white, and the next one.
    assert!(contrast([0x76, 0x76, 0x76], [255, 255, 255]) >= 4.5);
    assert!(contrast([0x77, 0x77, 0x77], [255, 255, 255]) < 4.5);
}

#[test]
fn no_sheet_below_the_tokens_names_a_colour() {
    let arrow = ARROW.replace("CHEV", &hex(token(&tokens(), "chev").light));
    let mut named = Vec::new();
    let mut arrows = 0;
    for (name, text) in sheets_below_the_tokens() {
        for declaration in declarations(&text) {
            if declaration.value == arrow {
                arrows += 1;
                continue;
            }
            for colour in colours_named(&declaration) {
                named.push(format!("{name}: {}: {colour}", declaration.property));
            }
        }
    }
    assert!(named.is_empty(), "a colour belongs in tokens.css:\n{}", named.join("\n"));
    assert_eq!(arrows, 1, "the arrow of a closed list no longer has the colour of --chev");
}

#[test]
fn a_colour_is_found_however_it_is_written() {
    for value in [
        "#1d4484",
        "1px solid #FFF",
        "2px 0 0 rgb(0 0 0 / .05)",
        "RGBA(0,0,0,.4)",
        "color(srgb 1 0 0)",
        "oklch(40% 0.1 200)",
        "light-dark(var(--ink), var(--sheet))",
        "1px solid Red",
        "rebeccapurple",
        "CanvasText",
        "url(\"data:image/svg+xml,%3Csvg stroke='%23123456'/%3E\")",
    ] {
        let sheet = format!("@layer components {{ .part {{ --own: {value}; }} }}");
        let found: Vec<String> = declarations(&sheet).iter().flat_map(colours_named).collect();
        assert_eq!(found.len(), 1, "{value}: {found:?}");
    }
    for sheet in [
        ".part { color: var(--red); border: 1px solid currentColor; }",
        ".part { background: color-mix(in srgb, var(--tint) 55%, transparent); }",
        "@media (forced-colors: active) { .red:hover { outline: 2px solid Highlight; } }",
        ".part { /* not #fff, not white */ content: \"white #fff\"; background: none; }",
    ] {
        let found: Vec<String> = declarations(sheet).iter().flat_map(colours_named).collect();
        assert!(found.is_empty(), "{sheet}: {found:?}");
    }
}

#[test]
fn every_rule_of_a_sheet_stands_in_a_declared_layer() {
    let tokens = without_comments(&sheet("tokens.css"));
    let order = Regex::new(r"@layer ([a-z, ]+);").unwrap();
    let layers: Vec<String> = order.captures(&tokens).expect("tokens.css declares the layers")[1]
        .split(", ")
        .map(|layer| format!("@layer {layer}"))
        .collect();
    for (name, text) in sheets_below_the_tokens() {
        for declaration in declarations(&text) {
            // A rule outside the layers would win over all of them.
            let outermost = declaration.around.first().map_or("", String::as_str);
            assert!(
                layers.iter().any(|layer| layer == outermost),
                "{name}: {} stands in {outermost:?}",
                declaration.property
            );
        }
    }
}

#[test]
fn every_custom_property_that_is_used_is_set_somewhere() {
    let mut all = sheets_below_the_tokens();
    all.push(("tokens.css".to_owned(), sheet("tokens.css")));
    let parsed: Vec<Declaration> = all.iter().flat_map(|(_, text)| declarations(text)).collect();
    let set: BTreeSet<&str> = parsed.iter().map(|d| d.property.as_str()).collect();
    let used = Regex::new(r"var\((--[a-z0-9-]+)").unwrap();
    for declaration in &parsed {
        for found in used.captures_iter(&declaration.value) {
            assert!(set.contains(&found[1]), "{} is used and never set", &found[1]);
        }
    }
}

/// The pairs of the fixture: token, ground, need.
fn pairs_wanted() -> Vec<(String, String, f64)> {
    let path = root().join("tests/fixtures/contrast-pairs.txt");
    let text = std::fs::read_to_string(path).unwrap();
    text.lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| {
            let mut words = line.split_whitespace();
            let mut next = || words.next().unwrap().to_owned();
            (next(), next(), next().parse().unwrap())
        })
        .collect()
}

/// The colours of `tokens.css` by name: a pair, or one value for both modes.
fn tokens() -> BTreeMap<String, Token> {
    let shape = r"^(?:light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)|(#[0-9a-f]{6}))$";
    let shape = Regex::new(shape).unwrap();
    let mut tokens = BTreeMap::new();
    for declaration in declarations(&sheet("tokens.css")) {
        if let Some(found) = shape.captures(&declaration.value) {
            let part = |n: usize| found.get(n).or(found.get(3)).map(|m| rgb(m.as_str())).unwrap();
            let token = Token { light: part(1), dark: part(2) };
            tokens.insert(declaration.property.trim_start_matches("--").to_owned(), token);
        }
    }
    tokens
}

fn token(tokens: &BTreeMap<String, Token>, name: &str) -> Token {
    *tokens.get(name).unwrap_or_else(|| panic!("no colour named --{name} in tokens.css"))
}

fn rgb(hex: &str) -> [u8; 3] {
    [1, 3, 5].map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
}

fn hex(colour: [u8; 3]) -> String {
    colour.iter().map(|part| format!("{part:02x}")).collect()
}

/// The contrast ratio of two colours as WCAG 2 defines it.
fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(colour: [u8; 3]) -> f64 {
    let linear = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

/// The colours a declaration names, other than by token.
fn colours_named(declaration: &Declaration) -> Vec<String> {
    let forced = declaration.around.iter().any(|rule| rule.contains("(forced-colors: active)"));
    let lower = declaration.value.to_lowercase();
    if lower.contains("data:") {
        return vec![declaration.value.clone()];
    }
    let value = QUOTED.replace_all(&lower, "\"\"").into_owned();
    let is_in = |list: &str, word: &str| list.split_whitespace().any(|known| known == word);
    WORD.find_iter(&value)
        .map(|word| word.as_str())
        .filter(|word| match word.strip_suffix('(') {
            Some(function) => is_in(COLOUR_FUNCTIONS, function),
            None if is_in(SYSTEM_COLOURS, word) => !forced,
            None => word.starts_with('#') || is_in(NAMED_COLOURS, word),
        })
        .map(str::to_owned)
        .collect()
}

/// The declarations of a sheet. It knows comments, strings and nested blocks, which is all the sheets use.
fn declarations(css: &str) -> Vec<Declaration> {
    let mut found = Vec::new();
    let mut around: Vec<String> = Vec::new();
    let mut text = String::new();
    let mut quote = None;
    for character in without_comments(css).replace("\\\n", "").chars() {
        match (quote, character) {
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), _) if open == character => quote = None,
            (None, '{') => {
                around.push(one_line(&text));
                text.clear();
                continue;
            }
            (None, ';' | '}') => {
                // A statement such as `@layer a, b;` has no colon and declares nothing.
                if let Some((property, value)) = text.split_once(':') {
                    found.push(Declaration {
                        around: around.clone(),
                        property: property.trim().to_owned(),
                        value: one_line(value),
                    });
                }
                if character == '}' {
                    around.pop();
                }
                text.clear();
                continue;
            }
            _ => {}
        }
        text.push(character);
    }
    found
}

fn without_comments(css: &str) -> String {
    COMMENT.replace_all(css, "").into_owned()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn sheets_below_the_tokens() -> Vec<(String, String)> {
    let mut names: Vec<String> = std::fs::read_dir(root().join("style"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".css") && name != "tokens.css")
        .collect();
    names.sort();
    assert!(!names.is_empty(), "no style sheets were found");
    names.into_iter().map(|name| (name.clone(), sheet(&name))).collect()
}

fn sheet(name: &str) -> String {
    std::fs::read_to_string(root().join("style").join(name)).unwrap()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
