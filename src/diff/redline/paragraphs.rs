//! Two texts side by side, paragraph by paragraph.

use std::collections::BTreeMap;
use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::tokens::tokens;
use super::{Fate, Segment, redline};
use crate::document::{self, Piece};
use crate::model::Lang;

/// Two paragraphs are versions of one when they have at least this much in common, in percent.
const ALIKE: usize = 35;

/// More pairs of changed paragraphs than these are not searched for the best fit.
const SEARCHED: usize = 10_000;

/// A passage on its way from the old text to the new one.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// As it was; `None` where it is new.
    pub old: Option<Piece>,
    /// As it is; `None` where it is gone.
    pub new: Option<Piece>,
    /// What became of its words; empty where it is the same in both.
    pub segments: Vec<Segment>,
}

impl Passage {
    /// Whether it is the same on both sides.
    pub fn is_kept(&self) -> bool {
        self.segments.is_empty()
    }

    /// Whether its sides have nothing in common.
    pub fn is_whole(&self) -> bool {
        !self.is_kept() && self.segments.iter().all(|segment| segment.fate != Fate::Kept)
    }

    fn removed(piece: &Piece) -> Self {
        let segments = vec![Segment { fate: Fate::Removed, text: piece.text.clone() }];
        Self { old: Some(piece.clone()), new: None, segments }
    }

    fn added(piece: &Piece) -> Self {
        let segments = vec![Segment { fate: Fate::Added, text: piece.text.clone() }];
        Self { old: None, new: Some(piece.clone()), segments }
    }
}

/// The passages of two texts in order. Of Markdown the words are compared, the marks that the author put before them, and where links lead, which
/// is shown where it changed; emphasis, and the signs and numbers of headings and lists are not.
pub fn passages(old: &str, new: &str, is_markdown: bool) -> Vec<Passage> {
    let (before, after) = split(old, new, is_markdown);
    let keys = |pieces: &[Piece]| pieces.iter().map(Piece::marked).collect::<Vec<_>>();
    let mut passages = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &keys(&before), &keys(&after)) {
        let old = before.get(op.old_range()).unwrap_or_default();
        let new = after.get(op.new_range()).unwrap_or_default();
        match op.tag() {
            DiffTag::Equal => passages.extend(old.iter().zip(new).map(|(old, new)| Passage {
                old: Some(old.clone()),
                new: Some(new.clone()),
                segments: Vec::new(),
            })),
            _ => passages.extend(paired(old, new)),
        }
    }
    passages
}

/// Which columns of two tables stand for each other, by what heads them; one that the other table does not have stands alone.
pub fn columns(old: &[String], new: &[String]) -> Vec<(Option<usize>, Option<usize>)> {
    if old.len() == new.len() {
        return (0..new.len()).map(|at| (Some(at), Some(at))).collect();
    }
    let mut columns = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        let (old, new) = (op.old_range(), op.new_range());
        let longer = old.len().max(new.len());
        columns.extend((0..longer).map(|at| {
            let of = |range: &Range<usize>| (at < range.len()).then_some(range.start + at);
            (of(&old), of(&new))
        }));
    }
    columns
}

/// Pairs changed paragraphs in order, so that the pairs have the most in common.
fn paired(old: &[Piece], new: &[Piece]) -> Vec<Passage> {
    if old.len() * new.len() > SEARCHED {
        return old.iter().map(Passage::removed).chain(new.iter().map(Passage::added)).collect();
    }
    // best[i][j]: how much the paragraphs from i and j on have in common at best.
    let likes: Vec<Vec<usize>> =
        old.iter().map(|old| new.iter().map(|new| likeness(&old.text, &new.text)).collect()).collect();
    let like = |at: usize, to: usize| {
        let like = likes.get(at).and_then(|row| row.get(to)).copied();
        like.filter(|like| *like >= ALIKE).unwrap_or_default()
    };
    let mut best = vec![vec![0; new.len() + 1]; old.len() + 1];
    let value = |best: &[Vec<usize>], at: usize, to: usize| -> usize {
        best.get(at).and_then(|row| row.get(to)).copied().unwrap_or_default()
    };
    for at in (0..old.len()).rev() {
        for to in (0..new.len()).rev() {
            let pair = match like(at, to) {
                0 => 0,
                like => like + value(&best, at + 1, to + 1),
            };
            let choice = pair.max(value(&best, at + 1, to)).max(value(&best, at, to + 1));
            if let Some(cell) = best.get_mut(at).and_then(|row| row.get_mut(to)) {
                *cell = choice;
            }
        }
    }

    let mut passages = Vec::new();
    let (mut at, mut to) = (0, 0);
    while let (Some(before), Some(after)) = (old.get(at), new.get(to)) {
        let here = value(&best, at, to);
        match like(at, to) {
            like if like > 0 && here == like + value(&best, at + 1, to + 1) => {
                passages.push(Passage {
                    old: Some(before.clone()),
                    new: Some(after.clone()),
                    segments: redline(&before.text, &after.text),
                });
                (at, to) = (at + 1, to + 1);
            }
            _ if here == value(&best, at + 1, to) => {
                passages.push(Passage::removed(before));
                at += 1;
            }
            _ => {
                passages.push(Passage::added(after));
                to += 1;
            }
        }
    }
    passages.extend(old.iter().skip(at).map(Passage::removed));
    passages.extend(new.iter().skip(to).map(Passage::added));
    passages
}

/// How much two paragraphs have in common, in percent of their characters.
fn likeness(old: &str, new: &str) -> usize {
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for token in tokens(old) {
        *left.entry(token).or_default() += 1;
    }
    let mut shared = 0;
    for token in tokens(new) {
        if let Some(count) = left.get_mut(token).filter(|count| **count > 0) {
            *count -= 1;
            shared += token.chars().count();
        }
    }
    let all = old.chars().count() + new.chars().count();
    2 * shared * 100 / all.max(1)
}

/// The paragraphs of two texts as they are printed; outside Markdown every line is one.
fn split(old: &str, new: &str, is_markdown: bool) -> (Vec<Piece>, Vec<Piece>) {
    if is_markdown {
        let (mut old, mut new) = (document::read(old, Lang::Ja), document::read(new, Lang::Ja));
        let (before, after) = (old.links(), new.links());
        old.show_targets(&after);
        new.show_targets(&before);
        return (old.passages(), new.passages());
    }
    let lines =
        |text: &str| text.lines().map(str::trim).filter(|line| !line.is_empty()).map(Piece::line).collect();
    (lines(old), lines(new))
}
