//! JSON Pointer (RFC 6901): a place in a JSON value, made of tokens.

use std::fmt;

use serde_json::Value;

/// A place in a JSON value. The empty pointer is the whole value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pointer(Vec<String>);

/// A text that is not a JSON Pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointerError {
    /// Byte position of the first fault.
    pub at: usize,
}

impl fmt::Display for PointerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a JSON Pointer: fault at position {}", self.at)
    }
}

impl std::error::Error for PointerError {}

impl Pointer {
    /// The pointer to the whole value.
    pub fn root() -> Self {
        Self::default()
    }

    /// Reads the text form of RFC 6901: empty, or `/` before each token, with `~0` for `~` and `~1` for `/`.
    ///
    /// # Errors
    /// When the text does not begin with `/`, or `~` is followed by anything but `0` or `1`.
    pub fn parse(text: &str) -> Result<Self, PointerError> {
        if text.is_empty() {
            return Ok(Self::root());
        }
        let Some(rest) = text.strip_prefix('/') else {
            return Err(PointerError { at: 0 });
        };
        let mut tokens = vec![String::new()];
        let mut chars = rest.char_indices();
        while let Some((at, c)) = chars.next() {
            let decoded = match c {
                '/' => {
                    tokens.push(String::new());
                    continue;
                }
                '~' => match chars.next() {
                    Some((_, '0')) => '~',
                    Some((_, '1')) => '/',
                    _ => return Err(PointerError { at: at + 1 }),
                },
                other => other,
            };
            if let Some(last) = tokens.last_mut() {
                last.push(decoded);
            }
        }
        Ok(Self(tokens))
    }

    /// The tokens, decoded.
    pub fn tokens(&self) -> &[String] {
        &self.0
    }

    /// This place and one step further, to a property or an index.
    #[must_use]
    pub fn child(&self, token: impl ToString) -> Self {
        let mut tokens = self.0.clone();
        tokens.push(token.to_string());
        Self(tokens)
    }

    /// The place that holds this one; `None` for the whole value.
    pub fn parent(&self) -> Option<Self> {
        let (_, rest) = self.0.split_last()?;
        Some(Self(rest.to_vec()))
    }

    /// The last token; `None` for the whole value.
    pub fn last(&self) -> Option<&str> {
        self.0.last().map(String::as_str)
    }

    /// Whether `other` is this place or lies inside it.
    pub fn contains(&self, other: &Self) -> bool {
        other.0.starts_with(&self.0)
    }

    /// What stands at this place.
    pub fn get<'a>(&self, root: &'a Value) -> Option<&'a Value> {
        self.0.iter().try_fold(root, |value, token| step(value, token))
    }
}

/// One step from a value to a property or an index. An index has no sign and no leading zero (RFC 6901, 4).
pub fn step<'a>(value: &'a Value, token: &str) -> Option<&'a Value> {
    match value {
        Value::Object(map) => map.get(token),
        Value::Array(items) => items.get(index(token)?),
        _ => None,
    }
}

/// The index that a token names, when it names one.
pub fn index(token: &str) -> Option<usize> {
    let plain = token == "0" || (!token.starts_with('0') && token.bytes().all(|b| b.is_ascii_digit()));
    if plain { token.parse().ok() } else { None }
}

/// A token as it stands in the text of a pointer.
pub fn escape(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|token| write!(f, "/{}", escape(token)))
    }
}

impl<T: ToString> FromIterator<T> for Pointer {
    fn from_iter<I: IntoIterator<Item = T>>(tokens: I) -> Self {
        Self(tokens.into_iter().map(|t| t.to_string()).collect())
    }
}
