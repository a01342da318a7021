//! Findings for the author: what is wrong, where, what is true there, and what to do.

mod brief;
mod concise;
mod cure;
mod excerpt;
mod findings;
mod github;
mod json;
mod level;
mod sarif;
mod spelling;
mod text;
mod told;

pub use brief::cut;
pub use concise::{concise, statistics};
pub use cure::{Cure, Edit, Wish};
pub use findings::Findings;
pub use github::github;
pub use json::json;
pub use level::Level;
pub use sarif::{RuleCard, sarif};
pub use spelling::{by_likeness, is_like, is_misspelled, nearest};
pub use text::{Color, text, text_in};
pub use told::told;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Deserializer, Serialize};

use crate::limits;
use crate::named::named;
use crate::source::{SourceMap, Span};
use brief::{RIGHT, WRONG, brief};

named! {
    /// How grave a finding is. Errors stop a sheet from being built.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
    #[serde(rename_all = "lowercase")]
    pub enum Severity {
        /// The request cannot be right.
        Error = "error",
        /// The request is odd; a person should look.
        Warning = "warning",
        /// Worth knowing.
        Note = "note",
    }
}

impl Severity {
    /// The severity that the first letter of a rule's code stands for.
    pub fn of(code: &str) -> Self {
        match code.as_bytes().first() {
            Some(b'W') => Self::Warning,
            Some(b'N') => Self::Note,
            _ => Self::Error,
        }
    }
}

/// A place in the source with a remark on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    pub span: Span,
    /// What is true there; may be empty.
    pub text: String,
}

/// The code of a rule.
pub type Code = &'static str;

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The rule's code, e.g. `E0201`.
    #[serde(deserialize_with = "code")]
    pub code: Code,
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
    /// What to do, as far as the cure does not say it. Reports print [`Diagnostic::advice`].
    pub help: Option<String>,
    /// Of how many more chapters the same could be said, where it is said once a run; `None` for other findings.
    pub likewise: Option<usize>,
    /// What would put it right, where that can be said exactly.
    pub cure: Option<Cure>,
    /// The same as its rule knows it, until [`crate::edit::granted`] has looked into the file.
    #[serde(skip)]
    pub wish: Option<Wish>,
}

/// Reads a code. There are few, so each is kept as long as the program runs.
fn code<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Code, D::Error> {
    static KNOWN: Mutex<BTreeSet<&str>> = Mutex::new(BTreeSet::new());
    let code = String::deserialize(deserializer)?;
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(code) = known.get(code.as_str()) {
        return Ok(code);
    }
    let code: &'static str = code.leak();
    known.insert(code);
    Ok(code)
}

impl Diagnostic {
    /// A finding of a rule at a place. The severity follows from the code's first letter.
    pub fn new(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::of(code),
            message: brief(message.into().replace('\n', " "), WRONG),
            subject: None,
            primary: Label { span, text: String::new() },
            secondary: Vec::new(),
            notes: Vec::new(),
            help: None,
            likewise: None,
            cure: None,
            wish: None,
        }
    }

    /// Names the line that the finding is about.
    pub fn about(mut self, line: impl ToString) -> Self {
        self.subject = Some(line.to_string());
        self
    }

    /// Says what is true at the primary place.
    pub fn here(mut self, text: impl Into<String>) -> Self {
        self.primary.text = brief(text.into(), WRONG);
        self
    }

    /// Adds another place that matters.
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label { span, text: brief(text.into(), WRONG) });
        self
    }

    /// Adds a fact.
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(brief(text.into(), RIGHT));
        self
    }

    /// Has it said once a run, of the first chapter that it is true of.
    pub fn once(mut self) -> Self {
        self.likewise = Some(0);
        self
    }

    /// All places that it points to.
    fn spans(&mut self) -> impl Iterator<Item = &mut Span> {
        let labels = self.secondary.iter_mut().chain([&mut self.primary]).map(|label| &mut label.span);
        labels.chain(self.cure.iter_mut().flat_map(|cure| &mut cure.edits).map(|edit| &mut edit.span))
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

    /// Says what to do; nothing where that says nothing.
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into()).filter(|text| !text.is_empty()).map(|text| brief(text, RIGHT));
        self
    }

    /// Says what would put it right, where that is known.
    pub fn cure(mut self, cure: impl Into<Option<Cure>>) -> Self {
        self.cure = cure.into();
        self
    }

    /// Says what a rule would have in the file.
    pub fn wish(mut self, wish: Wish) -> Self {
        self.wish = Some(wish);
        self
    }

    /// What to do, in words: the cure, and the help.
    pub fn advice(&self) -> Option<String> {
        let cure = self.cure.as_ref().and_then(|cure| Some((brief(cure.words()?, RIGHT), cure.is_certain)));
        let is_said = |help: &str| {
            let edits = self.cure.iter().flat_map(|cure| &cure.edits).map(|edit| edit.text.trim());
            // `60` is not said by `60円`.
            let is_whole = |behind: &str| !behind.starts_with(char::is_alphanumeric);
            edits.into_iter().any(|text| {
                help.match_indices(text).any(|(at, _)| help.get(at + text.len()..).is_some_and(is_whole))
            })
        };
        match (cure, &self.help) {
            (_, Some(help)) if is_said(help) => Some(help.clone()),
            (Some((words, true)), Some(help)) => Some(format!("{words}; {help}")),
            (Some((words, false)), Some(help)) => Some(format!("{words} {help}")),
            (cure, help) => cure.map(|(words, _)| words).or_else(|| help.clone()),
        }
    }

    /// The facts and the advice, a line each.
    fn remarks(&self) -> impl Iterator<Item = String> {
        self.notes.iter().cloned().chain(self.advice())
    }
}

/// Adds a finding, or its cure to one that says the same of another place in the file.
pub fn add_alike(findings: &mut Vec<Diagnostic>, finding: Diagnostic) {
    let says_same = |other: &&mut Diagnostic| {
        (other.code, other.primary.span.file, &other.message)
            == (finding.code, finding.primary.span.file, &finding.message)
    };
    // What is alike stands close by.
    let alike = findings.iter_mut().rev().take(limits::SHOWN.0);
    let alike = alike.filter(|other| other.cure.is_some()).find(says_same);
    match (alike.and_then(|other| other.cure.as_mut()), finding.cure) {
        (Some(cure), Some(more)) => {
            cure.edits.extend(more.edits);
            cure.is_certain &= more.is_certain;
        }
        (_, cure) => findings.push(Diagnostic { cure, ..finding }),
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Tally {
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
}

impl Tally {
    /// Counts findings.
    pub fn of(findings: &[Diagnostic]) -> Self {
        let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        Self {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
        }
    }
}
