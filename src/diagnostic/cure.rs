//! What would put a finding right, as data: reports word it, and a program can apply it.

use serde::{Deserialize, Serialize};

use crate::source::Span;

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

impl Cure {
    /// The one thing that can have been meant.
    pub fn certain(span: Span, text: impl Into<String>) -> Self {
        Self { edits: vec![Edit { span, text: text.into() }], is_certain: true }
    }

    /// What was probably meant.
    pub fn suggested(span: Span, text: impl Into<String>) -> Self {
        Self { is_certain: false, ..Self::certain(span, text) }
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
            // A mark of YAML alone says nothing; that a blank follows it cannot be seen.
            _ if matches!(shown, "" | ":") || text.ends_with(' ') || shown.contains('\n') => return None,
            true if others.is_empty() => format!("write `{shown}`"),
            true if others.len() == 1 => format!("write `{shown}`, here and in one more place"),
            true => format!("write `{shown}`, here and in {} more places", others.len()),
            false => format!("did you mean `{shown}`?"),
        })
    }
}
