//! Findings in another language.

use super::Diagnostic;
use crate::translation::Translation;

/// Findings for people who read Japanese: every text of theirs in that language, and what to do in one.
#[must_use]
pub fn in_japanese(findings: &[Diagnostic]) -> Vec<Diagnostic> {
    let words = Translation::japanese();
    findings.iter().map(|finding| told(finding, words)).collect()
}

/// A finding in the words of a translation. Its cure is in its help, so that no report words it once more.
pub(super) fn told(finding: &Diagnostic, words: &Translation) -> Diagnostic {
    let mut told = finding.clone();
    told.message = words.say(&told.message);
    for label in std::iter::once(&mut told.primary).chain(&mut told.secondary) {
        label.text = words.say(&label.text);
    }
    told.notes.iter_mut().for_each(|note| *note = words.sentence(note));
    told.help = finding.advice().map(|advice| words.sentence(&advice));
    told.cure = None;
    told
}
