//! What would put a finding right, as data: reports word it, and a program can apply it.

use serde::{Deserialize, Serialize};

use crate::source::{SourceMap, Span};

/// Changes of the text that put a finding right together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cure {
    /// What is to stand where; no two places overlap.
    pub edits: Vec<Edit>,
    /// Whether nothing else can have been meant. Otherwise a person should look before it is applied.
    pub is_certain: bool,
}

/// A piece of the source and what is to stand in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// The piece; empty where something is added.
    pub span: Span,
    /// What is to stand there; empty where the piece goes.
    pub text: String,
}

/// What a rule would have in a file. Rules see no YAML, so that it becomes a [`Cure`] only where the file is at hand; none where the file
/// does not say exactly what the rule takes it to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// A word in the place of another one, wherever that stands.
    Word {
        /// Pieces of the file, with the word once each.
        places: Vec<Span>,
        /// The word.
        from: String,
        /// What is to stand there.
        to: String,
        /// Whether nothing else can have been meant.
        is_certain: bool,
    },
    /// Two neighboring digits of an amount exchanged.
    Exchange {
        /// The amount.
        place: Span,
        /// All of its digits.
        digits: String,
        /// The first of the two.
        at: usize,
        /// Whether nothing else can have been meant.
        is_certain: bool,
    },
    /// Further entries of a list; each has keys with one value or several.
    Entries {
        /// The id of the line that has the list.
        line: Span,
        /// The key of the list.
        key: &'static str,
        entries: Vec<Vec<(&'static str, Vec<String>)>>,
    },
}

impl Wish {
    /// What was probably meant by a word.
    pub fn word(place: Span, from: impl ToString, to: impl ToString) -> Self {
        Self::Word { places: vec![place], from: from.to_string(), to: to.to_string(), is_certain: false }
    }
}

impl Cure {
    /// The one thing that can have been meant.
    pub fn certain(span: Span, text: impl Into<String>) -> Self {
        Self { edits: vec![Edit { span, text: text.into() }], is_certain: true }
    }

    /// What was probably meant.
    pub fn suggested(span: Span, text: impl Into<String>) -> Self {
        Self { is_certain: false, ..Self::certain(span, text) }
    }

    /// Whether all letters and digits of what it replaces are there again, in their order.
    pub fn keeps(&self, sources: &SourceMap) -> bool {
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<Vec<_>>();
        let new: String = self.edits.iter().map(|edit| edit.text.as_str()).collect();
        let mut there = letters(&new).into_iter();
        let old: Vec<char> = self.edits.iter().flat_map(|edit| letters(sources.slice(edit.span))).collect();
        old.into_iter().all(|letter| there.any(|other| other == letter))
    }

    /// The cure in words, where one thing of one line is to stand everywhere.
    pub(super) fn words(&self) -> Option<String> {
        let (Edit { text, .. }, others) = self.edits.split_first()?;
        if others.iter().any(|other| other.text != *text) {
            return None;
        }
        let bare = text.trim().trim_matches('"');
        let shown = if bare == "-" || bare.contains([',', ':', '#']) { text.trim() } else { bare };
        Some(match self.is_certain {
            // A mark of YAML alone says nothing; that a blank follows it cannot be seen. An entry that is put into a list is told by the help.
            _ if matches!(shown, "" | ":" | "}" | "]" | "|")
                || text.ends_with(' ')
                || text.starts_with(',')
                || shown.starts_with("- {")
                || shown.contains('\n') =>
            {
                return None;
            }
            true if others.is_empty() => format!("write `{shown}`"),
            true if others.len() == 1 => format!("write `{shown}`, here and in one more place"),
            true => format!("write `{shown}`, here and in {} more places", others.len()),
            false => format!("did you mean `{shown}`?"),
        })
    }
}
