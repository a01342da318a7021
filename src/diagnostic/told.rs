//! Findings in another language.

use std::borrow::Cow;

use serde::Serialize;

use super::Diagnostic;
use crate::translation::Translation;

/// What a finding says beside its English text, for programs.
#[derive(Serialize)]
pub(super) struct Told {
    pub(super) message: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    label: String,
    related: Vec<String>,
    notes: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
}

impl Told {
    pub(super) fn of(finding: &Diagnostic, words: Option<&Translation>) -> Option<Self> {
        let told = words.map(|words| one(finding, words))?;
        Some(Self {
            message: told.message,
            label: told.primary.text,
            related: told.secondary.into_iter().map(|label| label.text).collect(),
            notes: told.notes,
            help: told.help,
        })
    }

    /// The message and below it what helps.
    pub(super) fn text(&self) -> String {
        let lines = [&self.message].into_iter().chain(&self.notes).chain(&self.help);
        lines.map(String::as_str).collect::<Vec<_>>().join("\n")
    }
}

/// Findings in the words of a translation, where one is wanted.
pub fn told<'a>(findings: &'a [Diagnostic], words: Option<&Translation>) -> Cow<'a, [Diagnostic]> {
    match words {
        Some(words) => Cow::Owned(findings.iter().map(|finding| one(finding, words)).collect()),
        None => Cow::Borrowed(findings),
    }
}

/// A finding in other words. Its cure is in its help, so that no report words it once more.
fn one(finding: &Diagnostic, words: &Translation) -> Diagnostic {
    let mut told = finding.clone();
    told.message = words.say(&told.message);
    for label in std::iter::once(&mut told.primary).chain(&mut told.secondary) {
        label.text = words.say(&label.text);
    }
    for note in &mut told.notes {
        // What stands below the first line is an example, to be copied.
        *note = match note.split_once('\n') {
            Some((head, example)) => format!("{}\n{example}", words.sentence(head)),
            None => words.sentence(note),
        };
    }
    told.help = finding.advice().map(|advice| words.sentence(&advice));
    told.cure = None;
    told
}
