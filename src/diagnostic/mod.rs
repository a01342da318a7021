//! Findings for the author: what is wrong, where, what is true there, and what to do.

mod findings;
mod github;
mod json;
mod level;
mod sarif;
mod spelling;
mod text;

pub use findings::Findings;
pub use github::github;
pub use json::json;
pub use level::Level;
pub use sarif::{RuleCard, sarif};
pub use spelling::{is_like, nearest};
pub use text::{Color, text};

use std::collections::BTreeMap;

use crate::source::{SourceMap, Span};

/// How grave a finding is. Errors stop a sheet from being built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The request cannot be right.
    Error,
    /// The request is odd; a person should look.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// The severity that the first letter of a rule's code stands for.
    #[must_use]
    pub fn of(code: &str) -> Self {
        match code.as_bytes().first() {
            Some(b'W') => Self::Warning,
            Some(b'N') => Self::Note,
            _ => Self::Error,
        }
    }

    /// The word for it in reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// A place in the source with a remark on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is true there; may be empty.
    pub text: String,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's code, e.g. `E0201`.
    pub code: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// What is wrong: one sentence in lower case, the author's words in backquotes.
    pub message: String,
    /// The id of the line it is about, by which the author can accept a warning.
    pub subject: Option<String>,
    /// The place that is wrong.
    pub primary: Label,
    /// Other places that matter, e.g. the addends of a sum.
    pub secondary: Vec<Label>,
    /// Facts that help to understand, such as the arithmetic.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Option<String>,
    /// Of how many more chapters the same could be said, where it is said once a run; `None` for other findings.
    pub likewise: Option<usize>,
}

impl Diagnostic {
    /// A finding of a rule at a place. The severity follows from the code's first letter.
    #[must_use]
    pub fn new(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::of(code),
            message: message.into(),
            subject: None,
            primary: Label { span, text: String::new() },
            secondary: Vec::new(),
            notes: Vec::new(),
            help: None,
            likewise: None,
        }
    }

    /// Names the line that the finding is about.
    #[must_use]
    pub fn about(mut self, line: impl ToString) -> Self {
        self.subject = Some(line.to_string());
        self
    }

    /// Says what is true at the primary place.
    #[must_use]
    pub fn here(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// Adds another place that matters.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label { span, text: text.into() });
        self
    }

    /// Adds a fact.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// Has it said once a run, of the first chapter that it is true of.
    #[must_use]
    pub fn once(mut self) -> Self {
        self.likewise = Some(0);
        self
    }

    /// Counts further chapters of which the same could be said.
    fn count(&mut self, more: usize) {
        let known = self.likewise.unwrap_or_default();
        if known > 0 {
            self.notes.pop();
        }
        let all = known + more;
        self.likewise = Some(all);
        self.notes.push(format!("likewise in {all} more chapter{}", if all == 1 { "" } else { "s" }));
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }
}

/// Sorts findings by file, place and code, and drops repetitions, so that a report never depends on the order of work.
pub fn sort(findings: &mut Vec<Diagnostic>, sources: &SourceMap) {
    findings.sort_by(|a, b| {
        let name = |finding: &Diagnostic| &sources.file(finding.primary.span.file).name;
        (name(a), a.primary.span, a.code, &a.message).cmp(&(name(b), b.primary.span, b.code, &b.message))
    });
    findings.dedup();
    gather(findings);
}

/// Leaves the first of the findings of each rule that is said once a run, and has it count the others.
fn gather(findings: &mut Vec<Diagnostic>) {
    let mut firsts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for finding in std::mem::take(findings) {
        let Some(more) = finding.likewise else {
            findings.push(finding);
            continue;
        };
        let first = *firsts.entry(finding.code).or_insert(findings.len());
        match findings.get_mut(first) {
            Some(first) => first.count(more + 1),
            None => findings.push(finding),
        }
    }
}

/// How many findings of each severity there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
}

impl Tally {
    /// Counts findings.
    #[must_use]
    pub fn of(findings: &[Diagnostic]) -> Self {
        let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        Self {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
        }
    }
}

/// A value as indented JSON with a final line end. Writing plain data to memory cannot fail.
fn written(value: &impl serde::Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}
