//! `words`: which entries of a list stand in a text, outside quoted passages. Plain comparison, no patterns, so that
//! the time is bounded by the length of the text times the number of entries.

/// Opening marks and the partners that may close them. Single marks are not here: they are apostrophes.
const QUOTES: [(char, &[char]); 6] =
    [('"', &['"']), ('“', &['”']), ('„', &['“', '”']), ('«', &['»']), ('»', &['«']), ('‹', &['›'])];

/// The entries found, as positions in `entries`: in the order of the text, each once.
///
/// At each place the longest entry that fits wins, and the search goes on behind it. An entry fits between
/// characters that are neither letters, digits nor underscore; letter case is ignored, white space of any length
/// fits a space, and the endings `s` and `es` are allowed.
pub(super) fn found(text: &str, entries: &[&str]) -> Vec<usize> {
    let text = without_quotes(text);
    let entries: Vec<Vec<char>> = entries.iter().map(|entry| prepared(entry)).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        match longest(&text, at, &entries) {
            Some((which, end)) => {
                if !found.contains(&which) {
                    found.push(which);
                }
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// An entry in small letters, with one space between its parts.
fn prepared(entry: &str) -> Vec<char> {
    let mut chars = Vec::with_capacity(entry.len());
    for part in entry.split_whitespace() {
        if !chars.is_empty() {
            chars.push(' ');
        }
        chars.extend(part.chars().map(folded));
    }
    chars
}

/// The longest entry that fits at this place, the first of equals, and where it ends.
fn longest(text: &[char], at: usize, entries: &[Vec<char>]) -> Option<(usize, usize)> {
    if !is_boundary(text, at.checked_sub(1)) {
        return None;
    }
    let mut best = None;
    let mut longest = 0;
    for (which, entry) in entries.iter().enumerate() {
        // Most entries are told apart by their first letter. A blank entry has none and fits nowhere.
        if entry.first() == text.get(at)
            && entry.len() > longest
            && let Some(end) = fit(text, at, entry)
        {
            (best, longest) = (Some((which, end)), entry.len());
        }
    }
    best
}

/// Where the entry ends when it fits at this place.
fn fit(text: &[char], at: usize, entry: &[char]) -> Option<usize> {
    let mut end = at;
    for expected in entry {
        if *expected == ' ' {
            let spaces = text.get(end..)?.iter().take_while(|c| c.is_whitespace()).count();
            if spaces == 0 {
                return None;
            }
            end += spaces;
        } else if text.get(end) == Some(expected) {
            end += 1;
        } else {
            return None;
        }
    }
    let rest = text.get(end..)?;
    [&[][..], &['s'], &['e', 's']]
        .iter()
        .find(|ending| rest.starts_with(ending) && is_boundary(text, Some(end + ending.len())))
        .map(|ending| end + ending.len())
}

/// Whether no word goes on at this place; before the text and behind it none does.
fn is_boundary(text: &[char], at: Option<usize>) -> bool {
    !at.and_then(|at| text.get(at)).is_some_and(|c| c.is_alphanumeric() || *c == '_')
}

/// The text in small letters, each quoted passage replaced by a space. A passage ends on its own line; a mark
/// without a partner is an ordinary character.
fn without_quotes(text: &str) -> Vec<char> {
    let mut kept = Vec::new();
    let mut rest = text.chars();
    // Marks known to have no partner on this line. Without this a line of opening marks would cost its square.
    let mut alone = [false; QUOTES.len()];
    while let Some(c) = rest.next() {
        if is_line_end(c) {
            alone = [false; QUOTES.len()];
        }
        let quote = QUOTES.iter().zip(&mut alone).find(|((open, _), alone)| *open == c && !**alone);
        if let Some(((_, partners), alone)) = quote {
            let mut ahead = rest.clone();
            if ahead.find(|c| partners.contains(c) || is_line_end(*c)).is_some_and(|c| !is_line_end(c)) {
                rest = ahead;
                kept.push(' ');
                continue;
            }
            *alone = true;
        }
        kept.push(folded(c));
    }
    kept
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r')
}

/// The first of the small letters of a character; every character keeps its place.
fn folded(c: char) -> char {
    if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) }
}
