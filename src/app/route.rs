//! The places of the app as hash routes, so that they work from a file too.

/// A place in the app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The drafts and exported reports of this browser.
    Reports,
    /// The choice of a template.
    New,
    /// One report being written.
    Editor {
        /// The draft.
        draft: String,
        /// The key of the section; the first one when absent.
        section: Option<String>,
        /// The field to go to.
        at: Option<String>,
    },
    /// Every finding of a report, and the way out.
    Check {
        /// The draft.
        draft: String,
    },
    /// The templates of this browser.
    Templates,
    /// Storage, appearance, about.
    Settings,
    /// No place of this name.
    Unknown,
}

impl Route {
    /// Reads the part of an address behind `#`.
    pub fn parse(hash: &str) -> Self {
        let hash = hash.trim_start_matches('#');
        let (path, query) = hash.split_once('?').unwrap_or((hash, ""));
        let tokens: Vec<&str> = path.split('/').filter(|token| !token.is_empty()).collect();
        match tokens.as_slice() {
            [] => Self::Reports,
            ["new"] => Self::New,
            ["templates"] => Self::Templates,
            ["settings"] => Self::Settings,
            ["report", draft] => Self::editor(draft, None, query),
            ["report", draft, "in", section] => Self::editor(draft, Some(decode(section)), query),
            ["report", draft, "check"] => Self::Check { draft: decode(draft) },
            _ => Self::Unknown,
        }
    }

    fn editor(draft: &str, section: Option<String>, query: &str) -> Self {
        let at = query.split('&').find_map(|pair| pair.strip_prefix("at=")).map(decode);
        Self::Editor { draft: decode(draft), section, at }
    }

    /// The address of the place, from `#` on.
    pub fn hash(&self) -> String {
        match self {
            Self::Reports | Self::Unknown => "#/".to_owned(),
            Self::New => "#/new".to_owned(),
            Self::Templates => "#/templates".to_owned(),
            Self::Settings => "#/settings".to_owned(),
            Self::Check { draft } => format!("#/report/{}/check", encode(draft)),
            Self::Editor { draft, section, at } => {
                let section = section.as_ref().map(|section| format!("/in/{}", encode(section))).unwrap_or_default();
                let at = at.as_ref().map(|at| format!("?at={}", encode(at))).unwrap_or_default();
                format!("#/report/{}{section}{at}", encode(draft))
            }
        }
    }

    /// The draft that the place belongs to.
    pub fn draft(&self) -> Option<&str> {
        match self {
            Self::Editor { draft, .. } | Self::Check { draft } => Some(draft),
            _ => None,
        }
    }
}

fn encode(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        let escaped = (*first == b'%').then(|| tail.split_at_checked(2)).flatten();
        let byte = escaped.and_then(|(digits, tail)| {
            let digits = std::str::from_utf8(digits).ok()?;
            Some((u8::from_str_radix(digits, 16).ok()?, tail))
        });
        match byte {
            Some((byte, after)) => {
                bytes.push(byte);
                rest = after;
            }
            None => bytes.push(*first),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
