//! From an old text and a new one to what was struck out and what was put in, in whole words.
//!
//! Texts are first laid side by side by paragraph, then by word. Islands of a word or two between changes are given up, because
//! a sentence is read more easily as `~~old words~~ **new words**` than as confetti.

mod paragraphs;
mod patch;
mod tokens;

pub use paragraphs::{Passage, columns, passages};
pub use patch::patch;

use std::collections::BTreeSet;
use std::ops::Range;

use similar::{Algorithm, capture_diff_slices};

use crate::script::{Script, script};
use tokens::{is_glue, tokens};

/// A stretch of a text that changed as a whole, or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// What became of it.
    pub fate: Fate,
    pub text: String,
}

/// What became of a stretch of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is in both texts.
    Kept,
    /// It is only in the old text.
    Removed,
    /// It is only in the new text.
    Added,
}

/// Kept stretches of glue between two changes are given up below this many characters.
const ISLAND: usize = 4;

/// Texts that have less than one part in this many in common are not versions of each other.
const COMMON: usize = 5;

/// The bytes that changed: of the old text, of the new one.
struct Change {
    old: Range<usize>,
    new: Range<usize>,
}

/// What of a line of text changed, word by word. The kept and removed stretches together are the old text, the kept and added ones
/// the new one.
pub fn redline(old: &str, new: &str) -> Vec<Segment> {
    let changes = joined(new, changes(old, new));
    let mut segments: Vec<Segment> = Vec::new();
    let mut kept = 0;
    for change in changes {
        let (removed, added) = (piece(old, &change.old), piece(new, &change.new));
        let (head, tail) = common(removed, added);
        let within = |text: &str| head..text.len() - tail;
        add(&mut segments, Fate::Kept, piece(new, &(kept..change.new.start)));
        add(&mut segments, Fate::Kept, piece(added, &(0..head)));
        add(&mut segments, Fate::Removed, piece(removed, &within(removed)));
        add(&mut segments, Fate::Added, piece(added, &within(added)));
        add(&mut segments, Fate::Kept, piece(added, &(added.len() - tail..added.len())));
        kept = change.new.end;
    }
    add(&mut segments, Fate::Kept, piece(new, &(kept..new.len())));

    let kept = segments.iter().filter(|segment| segment.fate == Fate::Kept);
    let kept: usize = kept.map(|segment| segment.text.len()).sum();
    if kept * COMMON < old.len().max(new.len()) {
        segments.clear();
        add(&mut segments, Fate::Removed, old);
        add(&mut segments, Fate::Added, new);
    }
    segments
}

fn piece<'t>(text: &'t str, range: &Range<usize>) -> &'t str {
    text.get(range.clone()).unwrap_or_default()
}

fn add(segments: &mut Vec<Segment>, fate: Fate, text: &str) {
    if text.is_empty() {
        return;
    }
    match segments.last_mut() {
        Some(last) if last.fate == fate => last.text.push_str(text),
        _ => segments.push(Segment { fate, text: text.to_owned() }),
    }
}

/// The changes between two texts by words, in order.
fn changes(old: &str, new: &str) -> Vec<Change> {
    let (before, after) = (tokens(old), tokens(new));
    let (old_bytes, new_bytes) = (begins(&before), begins(&after));
    let bytes = |begins: &[usize], tokens: Range<usize>| {
        let place = |at: usize| begins.get(at).copied().unwrap_or_default();
        place(tokens.start)..place(tokens.end)
    };
    let ops = capture_diff_slices(Algorithm::Myers, &before, &after);
    ops.iter()
        .filter(|op| op.tag() != similar::DiffTag::Equal)
        .map(|op| Change { old: bytes(&old_bytes, op.old_range()), new: bytes(&new_bytes, op.new_range()) })
        .collect()
}

/// Where each token begins, in bytes, and where the last one ends.
fn begins(tokens: &[&str]) -> Vec<usize> {
    let mut begins = vec![0];
    let mut at = 0;
    begins.extend(tokens.iter().map(|token| {
        at += token.len();
        at
    }));
    begins
}

/// The changes without islands between them that say nothing by themselves.
fn joined(new: &str, changes: Vec<Change>) -> Vec<Change> {
    let mut joined: Vec<Change> = Vec::new();
    for change in changes {
        match joined.last_mut() {
            Some(last) if is_island(piece(new, &(last.new.end..change.new.start))) => {
                last.old.end = change.old.end;
                last.new.end = change.new.end;
            }
            _ => joined.push(change),
        }
    }
    joined
}

fn is_island(kept: &str) -> bool {
    let length = kept.chars().count();
    length < 2 || length <= ISLAND && is_glue(kept)
}

/// How many bytes at the start and at the end of two stretches are the same and may be left out of a change. Only whole words
/// are: of a compound of kanji two characters are one, and a number is never divided.
fn common(old: &str, new: &str) -> (usize, usize) {
    let (old_parts, new_parts) = (parts(old, true), parts(new, true));
    let shared = |(one, other): &(char, char)| one == other;
    let head: usize = old.chars().zip(new.chars()).take_while(shared).map(|(c, _)| c.len_utf8()).sum();
    let head =
        (0..=head).rev().find(|at| old_parts.contains(at) && new_parts.contains(at)).unwrap_or_default();
    let (old_parts, new_parts) = (parts(old, false), parts(new, false));
    let tail: usize = piece(old, &(head..old.len()))
        .chars()
        .rev()
        .zip(piece(new, &(head..new.len())).chars().rev())
        .take_while(shared)
        .map(|(c, _)| c.len_utf8())
        .sum();
    let tail = (0..=tail)
        .rev()
        .find(|at| old_parts.contains(&(old.len() - at)) && new_parts.contains(&(new.len() - at)))
        .unwrap_or_default();
    (head, tail)
}

/// The bytes at which a stretch may be parted; compounds are counted from their start or from their end.
fn parts(text: &str, from_start: bool) -> BTreeSet<usize> {
    let mut parts = BTreeSet::from([text.len()]);
    let mut at = 0;
    for token in tokens(text) {
        parts.insert(at);
        if token.chars().all(|c| script(c) == Script::Kanji) {
            let odd = usize::from(!from_start && token.chars().count() % 2 == 1);
            let pairs = token.char_indices().skip(odd).step_by(2);
            parts.extend(pairs.map(|(inside, _)| at + inside));
        }
        at += token.len();
    }
    parts
}
