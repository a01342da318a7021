//! Two texts side by side, paragraph by paragraph.

use std::collections::BTreeMap;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::tokens::tokens;
use super::{Fate, Segment, redline};
use crate::document;
use crate::model::Lang;

/// Two paragraphs are versions of one when they have at least this much in common, in percent.
const ALIKE: usize = 35;

/// More pairs of changed paragraphs than these are not searched for the best fit.
const SEARCHED: usize = 10_000;

/// A paragraph, a list item or a heading on its way from the old text to the new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Passage {
    /// It is the same in both.
    Kept(String),
    /// It changed; a new or a lost one is added or removed as a whole.
    Changed(Vec<Segment>),
}

/// The passages of two texts in order. Of Markdown the words are compared, and where links lead, which is shown where it changed;
/// emphasis and the signs of headings and lists are not.
pub fn passages(old: &str, new: &str, is_markdown: bool) -> Vec<Passage> {
    let (before, after) = split(old, new, is_markdown);
    let mut passages = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &before, &after) {
        let old = before.get(op.old_range()).unwrap_or_default();
        let new = after.get(op.new_range()).unwrap_or_default();
        match op.tag() {
            DiffTag::Equal => passages.extend(new.iter().cloned().map(Passage::Kept)),
            _ => passages.extend(paired(old, new).into_iter().map(Passage::Changed)),
        }
    }
    passages
}

/// Pairs changed paragraphs in order, so that the pairs have the most in common.
fn paired(old: &[String], new: &[String]) -> Vec<Vec<Segment>> {
    let whole = |fate, text: &String| vec![Segment { fate, text: text.clone() }];
    let all = || {
        let removed = old.iter().map(|text| whole(Fate::Removed, text));
        removed.chain(new.iter().map(|text| whole(Fate::Added, text)))
    };
    if old.len() * new.len() > SEARCHED {
        return all().collect();
    }
    // best[i][j]: how much the paragraphs from i and j on have in common at best.
    let likes: Vec<Vec<usize>> =
        old.iter().map(|old| new.iter().map(|new| likeness(old, new)).collect()).collect();
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
                passages.push(redline(before, after));
                (at, to) = (at + 1, to + 1);
            }
            _ if here == value(&best, at + 1, to) => {
                passages.push(whole(Fate::Removed, before));
                at += 1;
            }
            _ => {
                passages.push(whole(Fate::Added, after));
                to += 1;
            }
        }
    }
    passages.extend(old.iter().skip(at).map(|text| whole(Fate::Removed, text)));
    passages.extend(new.iter().skip(to).map(|text| whole(Fate::Added, text)));
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
fn split(old: &str, new: &str, is_markdown: bool) -> (Vec<String>, Vec<String>) {
    if is_markdown {
        let (mut old, mut new) = (document::read(old, Lang::Ja), document::read(new, Lang::Ja));
        let (before, after) = (old.links(), new.links());
        old.show_targets(&after);
        new.show_targets(&before);
        return (old.passages(), new.passages());
    }
    let lines =
        |text: &str| text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    (lines(old), lines(new))
}
