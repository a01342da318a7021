//! The cures of findings, applied.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::Plan;
use crate::diagnostic::{Code, Cure, Diagnostic, Edit};
use crate::edit::edited;
use crate::enclosure::Digest;
use crate::examine::examine_with;
use crate::read::{Reading, unread};
use crate::settings::Severities;
use crate::source::{self, FileId, SourceMap};

/// How often files are read again at most. What is still found then is left to a person.
const MOST: usize = 100;

/// Files with what they read as: those that are given here, the others as they are on the disk. `None` where it cannot be.
type Read<'r> = dyn FnMut(BTreeMap<PathBuf, Vec<u8>>) -> Option<(Reading, Severities)> + 'r;

/// What came of applying cures.
#[derive(Debug)]
pub struct Mended {
    /// The files that change.
    pub plan: Plan,
    /// What was put right, in the order in which it was.
    pub cured: Vec<Cured>,
    /// What remains, as the files are read with their changes.
    pub reading: Reading,
    /// The same with the severities of the run.
    pub findings: Vec<Diagnostic>,
}

/// A finding that was put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cured {
    /// The rule's code.
    pub code: Code,
    /// Where, `budgets/a.yaml:12:3`, in the file as it was then.
    pub place: String,
    /// What was wrong.
    pub message: String,
    /// What stood there and what stands there now, where both can be shown in a line.
    pub change: Option<(String, String)>,
}

/// The files being worked on.
#[derive(Default)]
struct Work {
    /// Each file that changes, as it is to be.
    files: BTreeMap<PathBuf, Vec<u8>>,
    /// What the files were at any time. None is made again what it was, so that this ends.
    seen: BTreeSet<(PathBuf, Digest)>,
    cured: Vec<Cured>,
}

/// Applies the cures of what is found, those that are certain or also those that are `suggested`, until none is left. One cure often
/// brings to light what was hidden, so files are read again after each change; nothing is written.
pub fn mend(read: &mut Read<'_>, suggested: bool) -> Option<Mended> {
    let mut work = Work::default();
    for pass in 0..=MOST {
        let (reading, severities) = read(work.files.clone())?;
        let findings = examine_with(&reading, &severities).findings;
        let has_changed = pass < MOST
            && reading.unreadable.is_empty()
            && (work.pass(&findings, &reading.sources, |cure| cure.is_certain)
                // What is only likely is looked at in files in which all that is certain is right.
                || suggested && work.pass(&findings, &reading.sources, |_| true));
        if !has_changed {
            return Some(work.done(reading, findings));
        }
    }
    None
}

impl Work {
    /// Applies the cures of some findings, as far as they are about different pieces. Whether anything has changed.
    fn pass(&mut self, findings: &[Diagnostic], sources: &SourceMap, wanted: impl Fn(&Cure) -> bool) -> bool {
        let mut edits: BTreeMap<FileId, Vec<&Edit>> = BTreeMap::new();
        let mut chosen = Vec::new();
        let mut summed = BTreeSet::new();
        for finding in findings {
            let Some(cure) = finding.cure.as_ref().filter(|cure| !cure.edits.is_empty() && wanted(cure))
            else {
                continue;
            };
            // What makes other YAML of a text takes nothing out of it but the mark of an entry.
            let is_mark = |edit: &Edit| edit.text.trim() == "-";
            if cure.is_certain
                && is_syntax(finding)
                && !cure.keeps(sources)
                && !cure.edits.iter().all(is_mark)
            {
                continue;
            }
            // One figure may be in several sums, and the next one is right when the first is.
            let is_sum = !cure.is_certain && finding.code.get(1..3) == Some("02");
            let is_apart = |edit: &Edit| {
                let others = edits.get(&edit.span.file).into_iter().flatten();
                others.into_iter().all(|other| are_apart(other, edit))
            };
            if !cure.edits.iter().all(is_apart) || is_sum && !summed.insert(finding.primary.span.file) {
                continue;
            }
            for edit in &cure.edits {
                edits.entry(edit.span.file).or_default().push(edit);
            }
            chosen.push((finding, cure));
        }
        let is_certain = chosen.iter().all(|(_, cure)| cure.is_certain);
        let changed: BTreeSet<FileId> = edits
            .into_iter()
            .filter(|(file, edits)| self.change(sources, *file, edits, is_certain))
            .map(|it| it.0)
            .collect();
        let is_done = |cure: &Cure| cure.edits.iter().all(|edit| changed.contains(&edit.span.file));
        let cured = chosen.into_iter().filter(|(_, cure)| is_done(cure));
        self.cured.extend(cured.map(|(finding, cure)| Cured::of(finding, cure, sources)));
        !changed.is_empty()
    }

    /// Edits a file. Not one that is no UTF-8, whose bytes are not those of its text, and not one that would be again what it was.
    fn change(&mut self, sources: &SourceMap, file: FileId, edits: &[&Edit], is_certain: bool) -> bool {
        let file = sources.file(file);
        let digest = |bytes: &[u8]| (file.path.clone(), Digest::of(bytes));
        let old = match self.files.get(&file.path) {
            Some(bytes) => Some(bytes.clone()),
            None => source::read_bytes(&file.path).ok(),
        };
        let edits: Vec<Edit> = edits.iter().map(|edit| (*edit).clone()).collect();
        let Some(old) = old.filter(|_| file.invalid_at.is_none()) else { return false };
        self.seen.insert(digest(&old));
        // With what is certain no less of a file can be read than before.
        let is_better = |new: &Vec<u8>| !is_certain || unread(new) <= unread(&old);
        let Some(new) = edited(&old, &edits).filter(|new| is_better(new) && self.seen.insert(digest(new)))
        else {
            return false;
        };
        self.files.insert(file.path.clone(), new);
        true
    }

    fn done(self, reading: Reading, findings: Vec<Diagnostic>) -> Mended {
        let mut plan = Plan::default();
        for (path, bytes) in self.files {
            plan.file(path, bytes);
        }
        Mended { plan, cured: self.cured, reading, findings }
    }
}

/// Whether a finding is about how YAML reads a file.
fn is_syntax(finding: &Diagnostic) -> bool {
    matches!(finding.code, "E0102" | "E0111")
}

/// Whether two edits can be made side by side; at one point only one thing is added.
fn are_apart(one: &Edit, other: &Edit) -> bool {
    let (one, other) = (one.span, other.span);
    one.start != other.start && (one.end <= other.start || other.end <= one.start)
}

impl Cured {
    fn of(finding: &Diagnostic, cure: &Cure, sources: &SourceMap) -> Self {
        let span = cure.edits.first().map_or(finding.primary.span, |edit| edit.span);
        let position = sources.position(span);
        let change = match cure.edits.as_slice() {
            [Edit { span, text }] => Some((sources.slice(*span).trim(), text.trim())),
            _ => None,
        };
        let is_shown = |text: &str| !text.is_empty() && !text.contains('\n') && text.chars().count() <= 60;
        Self {
            code: finding.code,
            place: format!("{}:{}:{}", sources.file(span.file).name, position.line, position.column),
            message: finding.message.clone(),
            change: change
                .filter(|(from, to)| is_shown(from) && is_shown(to))
                .map(|(from, to)| (from.to_owned(), to.to_owned())),
        }
    }
}
