//! From `q-leap` to a stable identifier that is safe as a file name and in an address.

use std::borrow::Borrow;
use std::fmt;

use super::fold::fold_text;
use crate::source::unaccented;

/// The identifier of a chapter, a program, a citation or a figure: `q-leap`. Lower-case letters and
/// digits in words joined by single hyphens, at most 64 characters, and no name that Windows keeps
/// for devices, since sheets are files of that name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
pub struct Id(String);

/// The identifier of a program, which stays the same over the years.
pub type ProgramId = Id;

const LONGEST: usize = 64;

impl Id {
    /// Takes an identifier as it is written.
    ///
    /// # Errors
    /// If it is empty, too long, reserved, or has a character or a hyphen out of place.
    pub fn parse(text: &str) -> Result<Self, IdError> {
        let is_word = |word: &str| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        };
        let kind = if text.is_empty() {
            IdErrorKind::Empty
        } else if !text.split('-').all(is_word) {
            IdErrorKind::Malformed
        } else if text.len() > LONGEST {
            IdErrorKind::TooLong
        } else if is_reserved(text) {
            IdErrorKind::Reserved
        } else {
            return Ok(Self(text.to_owned()));
        };

        Err(IdError { kind, text: text.to_owned() })
    }

    /// Takes an identifier after which no file is named, so that `con` is as good as any.
    ///
    /// # Errors
    /// If it is empty, too long, or has a character or a hyphen out of place.
    pub fn parse_nameless(text: &str) -> Result<Self, IdError> {
        match Self::parse(text) {
            Err(IdError { kind: IdErrorKind::Reserved, text }) => Ok(Self(text)),
            parsed => parsed,
        }
    }

    /// Stands in for an identifier that could not be read, so that everything else can be, and shows the name that its line has instead.
    pub fn stand_in(name: &str) -> Self {
        Self(format!(" {name}"))
    }

    /// Tells whether this only stands in for an identifier that could not be read.
    pub fn is_stand_in(&self) -> bool {
        self.0.starts_with(' ')
    }

    /// The identifier as text.
    pub fn as_str(&self) -> &str {
        self.0.trim_start()
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl AsRef<str> for Id {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// A text that is no identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdError {
    pub kind: IdErrorKind,
    text: String,
}

/// The ways in which an identifier can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IdErrorKind {
    /// There is nothing.
    Empty,
    /// A character that is no lower-case letter or digit, or a hyphen at an end or beside another.
    Malformed,
    /// More than 64 characters.
    TooLong,
    /// A name that Windows keeps for a device.
    Reserved,
}

impl IdError {
    /// The nearest identifier, where there is one.
    pub fn meant(&self) -> Option<String> {
        let plain = unaccented(&self.text);
        let is_latin = fold_text(&plain).chars().all(|c| c.is_ascii() || !c.is_alphanumeric());
        nearest(&plain).filter(|_| is_latin).map(|id| id.0)
    }

    /// How an identifier is written.
    pub fn help(&self) -> String {
        match self.meant() {
            Some(_) => String::new(),
            None => "write lower-case letters, digits and single hyphens, as in `q-leap`".into(),
        }
    }
}

impl fmt::Display for IdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = &self.text;
        match self.kind {
            IdErrorKind::Empty => write!(f, "an id is missing"),
            IdErrorKind::Malformed => {
                write!(f, "`{text}` is not an id: only a-z, 0-9 and single hyphens between them")
            }
            IdErrorKind::TooLong => {
                write!(f, "the id `{text}` has more than {LONGEST} characters")
            }
            IdErrorKind::Reserved => write!(f, "`{text}` cannot name a file on Windows"),
        }
    }
}

impl std::error::Error for IdError {}

fn nearest(text: &str) -> Option<Id> {
    let folded = fold_text(text).to_ascii_lowercase();
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut slug = words.join("-");
    slug.truncate(LONGEST);
    let slug = slug.trim_end_matches('-');

    let free = if is_reserved(slug) { format!("{slug}-1") } else { slug.to_owned() };
    Id::parse(&free).ok()
}

fn is_reserved(text: &str) -> bool {
    let is_port = |name: &str| {
        text.strip_prefix(name)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit()))
    };
    matches!(text, "con" | "prn" | "aux" | "nul") || is_port("com") || is_port("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_words_joined_by_single_hyphens() {
        for text in ["q-leap", "mext-5", "a", "2022", "com10", "console"] {
            assert_eq!(Id::parse(text).as_ref().map(Id::as_str), Ok(text));
            assert_eq!(Id::parse_nameless(text), Id::parse(text));
        }
        let long = "a".repeat(65);
        for text in ["", "Q-LEAP", "-a", "a-", "a--b", "a_b", "量子", "con", "lpt1", &long] {
            assert!(Id::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_wrong_id_is_corrected() {
        let meant = |text: &str| Id::parse(text).err().and_then(|error| error.meant());
        assert_eq!(meant("Q-LEAP").as_deref(), Some("q-leap"));
        assert_eq!(meant(" Ｑ－ＬＥＡＰ (2) ").as_deref(), Some("q-leap-2"));
        assert_eq!(meant("café").as_deref(), Some("cafe"));
        assert_eq!(Id::parse_nameless("con").as_ref().map(Id::as_str), Ok("con"));
        assert!(Id::parse_nameless("Con").is_err());
        assert_eq!(meant("con").as_deref(), Some("con-1"));
        assert_eq!(meant("量子"), None);
    }
}
