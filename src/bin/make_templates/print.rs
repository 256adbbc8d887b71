//! The text of a document: one property a line, short values on one line, so that a change is a small difference.

use serde_json::Value;

/// A value that is not longer than this stands on one line.
const WIDTH: usize = 140;

/// The document as text, with a line break at its end. The same value gives the same bytes.
pub fn text(document: &Value) -> String {
    let mut out = String::new();
    write(&mut out, document, 0);
    out.push('\n');
    out
}

fn write(out: &mut String, value: &Value, depth: usize) {
    let line = inline(value);
    match value {
        Value::Object(map) if line.len() + depth > WIDTH => {
            let entries = map.iter().map(|(key, value)| (format!("{}: ", inline(&Value::from(key.as_str()))), value));
            block(out, depth, ['{', '}'], entries);
        }
        Value::Array(items) if line.len() + depth > WIDTH => {
            block(out, depth, ['[', ']'], items.iter().map(|value| (String::new(), value)));
        }
        _ => out.push_str(&line),
    }
}

fn block<'a>(out: &mut String, depth: usize, ends: [char; 2], entries: impl Iterator<Item = (String, &'a Value)>) {
    out.push(ends[0]);
    for (at, (key, value)) in entries.enumerate() {
        out.push_str(if at == 0 { "\n" } else { ",\n" });
        out.push_str(&" ".repeat(depth + 1));
        out.push_str(&key);
        write(out, value, depth + 1);
    }
    out.push('\n');
    out.push_str(&" ".repeat(depth));
    out.push(ends[1]);
}

fn inline(value: &Value) -> String {
    match value {
        Value::Object(map) => {
            let parts: Vec<_> =
                map.iter().map(|(key, v)| format!("{}: {}", Value::from(key.as_str()), inline(v))).collect();
            format!("{{{}}}", parts.join(", "))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", ")),
        scalar => scalar.to_string(),
    }
}
