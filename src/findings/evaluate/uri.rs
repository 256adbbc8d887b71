//! URI references (RFC 3986, section 5): what a `$ref` or `$id` means from where it stands. Texts only; nothing is fetched.

/// The parts of a URI reference.
#[derive(Default)]
struct Parts<'a> {
    scheme: Option<&'a str>,
    authority: Option<&'a str>,
    path: &'a str,
    query: Option<&'a str>,
    fragment: Option<&'a str>,
}

fn parts(text: &str) -> Parts<'_> {
    let (rest, fragment) = cut(text, '#');
    let (rest, query) = cut(rest, '?');
    let (scheme, rest) = match rest.split_once(':') {
        Some((scheme, rest)) if is_scheme(scheme) => (Some(scheme), rest),
        _ => (None, rest),
    };
    let (authority, path) = match rest.strip_prefix("//") {
        Some(rest) => {
            let end = rest.find('/').unwrap_or(rest.len());
            let (authority, path) = rest.split_at(end);
            (Some(authority), path)
        }
        None => (None, rest),
    };
    Parts { scheme, authority, path, query, fragment }
}

fn cut(text: &str, at: char) -> (&str, Option<&str>) {
    match text.split_once(at) {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// Splits a URI reference into what names the document and the fragment.
pub(super) fn split(text: &str) -> (&str, &str) {
    text.split_once('#').unwrap_or((text, ""))
}

/// What `reference` means when it stands in a document whose base is `base`. The base may itself be relative or
/// empty, because a template need not have an `$id`.
pub(super) fn resolve(base: &str, reference: &str) -> String {
    let to = parts(reference);
    let from = parts(base);
    if to.scheme.is_some() {
        return join(&to, &without_dots(to.path), to.query);
    }
    let on = Parts { scheme: from.scheme, fragment: to.fragment, ..Parts::default() };
    if to.authority.is_some() {
        return join(&Parts { authority: to.authority, ..on }, &without_dots(to.path), to.query);
    }
    let on = Parts { authority: from.authority, ..on };
    if to.path.is_empty() {
        return join(&on, from.path, to.query.or(from.query));
    }
    if to.path.starts_with('/') {
        return join(&on, &without_dots(to.path), to.query);
    }
    let folder = match from.path.rfind('/') {
        Some(at) => from.path.get(..=at).unwrap_or_default(),
        None if from.authority.is_some() => "/",
        None => "",
    };
    join(&on, &without_dots(&format!("{folder}{}", to.path)), to.query)
}

fn join(parts: &Parts<'_>, path: &str, query: Option<&str>) -> String {
    let mut text = String::new();
    let mut put = |before: &str, part: Option<&str>, after: &str| {
        if let Some(part) = part {
            text.push_str(before);
            text.push_str(part);
            text.push_str(after);
        }
    };
    put("", parts.scheme, ":");
    put("//", parts.authority, "");
    put("", Some(path), "");
    put("?", query, "");
    put("#", parts.fragment, "");
    text
}

/// Takes `.` and `..` out of a path (RFC 3986, 5.2.4). A path that is not hierarchical, as in a URN, has none.
fn without_dots(path: &str) -> String {
    if !path.split('/').any(|each| each == "." || each == "..") {
        return path.to_owned();
    }
    let absolute = path.starts_with('/');
    let mut kept: Vec<&str> = Vec::new();
    let mut open = false;
    for each in path.strip_prefix('/').unwrap_or(path).split('/') {
        open = matches!(each, "." | "..");
        match each {
            "." => {}
            ".." => {
                kept.pop();
            }
            other => kept.push(other),
        }
    }
    let mut text = if absolute { "/".to_owned() } else { String::new() };
    text.push_str(&kept.join("/"));
    if open && !kept.is_empty() {
        text.push('/');
    }
    text
}

/// A fragment with its percent escapes taken out; `None` when they are not UTF-8.
pub(super) fn decode(fragment: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let high = char::from(rest.next()?).to_digit(16)?;
        let low = char::from(rest.next()?).to_digit(16)?;
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok()
}

/// Whether a text begins with a scheme, as a full URI does and a reference need not.
pub(super) fn has_scheme(text: &str) -> bool {
    parts(text).scheme.is_some()
}

/// Whether a text is a URI reference, or with characters beyond ASCII an IRI reference.
pub(super) fn is_reference(text: &str) -> bool {
    let parts = parts(text);
    let path_fits = characters(parts.path, "/:@")
        // Without a scheme a colon in the first step would be read as one.
        && (parts.scheme.is_some() || parts.authority.is_some() || !first_step(parts.path).contains(':'));
    path_fits
        && parts.authority.is_none_or(is_authority)
        && parts.query.is_none_or(|query| characters(query, "/:@?"))
        && parts.fragment.is_none_or(|fragment| characters(fragment, "/:@?"))
}

fn first_step(path: &str) -> &str {
    path.split('/').next().unwrap_or_default()
}

fn is_authority(authority: &str) -> bool {
    let (user, place) = authority.rsplit_once('@').unwrap_or(("", authority));
    let (host, port) = match place.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, port)) => {
            if address.parse::<std::net::Ipv6Addr>().is_err() && !address.starts_with(['v', 'V']) {
                return false;
            }
            ("", port)
        }
        None => place.find(':').and_then(|at| place.split_at_checked(at)).unwrap_or((place, "")),
    };
    let port_fits =
        port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.bytes().all(|b| b.is_ascii_digit()));
    characters(user, ":") && characters(host, "") && port_fits
}

/// Whether all characters may stand in a URI: unreserved ones, delimiters, percent escapes, and those of `more`.
fn characters(text: &str, more: &str) -> bool {
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let fits = match c {
            '%' => (0..2).all(|_| chars.next().is_some_and(|c| c.is_ascii_hexdigit())),
            c if !c.is_ascii() => !c.is_control(),
            c => c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=".contains(c) || more.contains(c),
        };
        if !fits {
            return false;
        }
    }
    true
}
