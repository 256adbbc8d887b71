//! Regular expressions for native tests: ECMA-262 with the `u` flag, translated for the `regex` crate. In the page the
//! browser's own are used.

use std::collections::HashMap;
use std::sync::Mutex;

use chancery::findings::evaluate::Patterns;
use regex::Regex;

/// Patterns run by the `regex` crate. Looking ahead or back and back references are not to be had there: such a
/// pattern "could not be run".
#[derive(Default)]
pub struct NativePatterns {
    compiled: Mutex<HashMap<String, Option<Regex>>>,
}

impl Patterns for NativePatterns {
    fn matches(&self, pattern: &str, text: &str) -> Option<bool> {
        let mut compiled = self.compiled.lock().unwrap();
        let regex = compiled
            .entry(pattern.to_owned())
            .or_insert_with(|| translate(pattern).and_then(|pattern| Regex::new(&pattern).ok()));
        regex.as_ref().map(|regex| regex.is_match(text))
    }
}

const SPACE: &str = r"\t\n\x0B\x0C\r\x{FEFF}\x{2028}\x{2029}\p{Zs}";

/// `None` for what is no pattern in ECMA-262.
fn translate(pattern: &str) -> Option<String> {
    let mut out = String::new();
    let mut chars = pattern.chars().peekable();
    let mut in_class = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' => escape(&mut chars, &mut out)?,
            '[' if in_class => out.push_str(r"\["),
            '[' => {
                in_class = true;
                out.push('[');
                if chars.next_if_eq(&'^').is_some() {
                    out.push('^');
                }
                if chars.next_if_eq(&']').is_some() {
                    return None;
                }
            }
            ']' => {
                in_class = false;
                out.push(']');
            }
            '.' if !in_class => out.push_str(r"[^\n\r\x{2028}\x{2029}]"),
            '(' if !in_class && chars.next_if_eq(&'?').is_some() => match chars.peek() {
                Some(':' | '<') => out.push_str("(?"),
                _ => return None,
            },
            '&' | '~' if in_class => {
                out.push('\\');
                out.push(c);
            }
            other => out.push(other),
        }
    }
    Some(out)
}

fn escape(chars: &mut std::iter::Peekable<std::str::Chars<'_>>, out: &mut String) -> Option<()> {
    match chars.next()? {
        'd' => out.push_str("[0-9]"),
        'D' => out.push_str("[^0-9]"),
        'w' => out.push_str("[0-9A-Za-z_]"),
        'W' => out.push_str("[^0-9A-Za-z_]"),
        's' => out.push_str(&format!("[{SPACE}]")),
        'S' => out.push_str(&format!("[^{SPACE}]")),
        'b' => out.push_str(r"(?-u:\b)"),
        'c' => {
            let letter = chars.next().filter(char::is_ascii_alphabetic)?;
            out.push_str(&format!(r"\x{:02X}", letter as u32 % 32));
        }
        '0' => out.push_str(r"\x00"),
        'u' if chars.peek() == Some(&'{') => out.push_str(r"\x"),
        'u' => {
            let digits: String = chars.by_ref().take(4).collect();
            out.push_str(&format!(r"\x{{{digits}}}"));
        }
        c @ ('p' | 'P' | 'x' | 't' | 'n' | 'v' | 'f' | 'r') => out.extend(['\\', c]),
        c if r"^$\.*+?()[]{}|/-".contains(c) => out.extend(['\\', c]),
        _ => return None,
    }
    Some(())
}
