//! The lines of a file that a finding shows: only the parts of long ones that it points at, and the characters that a terminal
//! would obey made visible.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::source::{Position, SourceFile, Unseen, unseen};

/// The longest line, in characters, that is shown whole.
const LONGEST_LINE: usize = 140;
/// How many characters beside a place are shown of a longer line.
const BESIDE: usize = 24;
/// How many characters of a place are shown there.
const LONGEST_PLACE: usize = 48;
/// The most lines of one place.
const MOST_LINES: usize = 6;

/// Some lines of a file as they are shown.
pub(super) struct Excerpt<'a> {
    file: &'a SourceFile,
    pub(super) text: String,
    /// Where each line stands in the shown text, by its index in the file.
    lines: BTreeMap<usize, Range<usize>>,
    /// What of the file stands where in the shown text, in ascending order.
    pieces: Vec<(Range<usize>, usize)>,
}

impl<'a> Excerpt<'a> {
    /// The lines of a file on which places lie.
    pub(super) fn of(file: &'a SourceFile, places: &[Range<usize>]) -> Self {
        let mut excerpt = Self { file, text: String::new(), lines: BTreeMap::new(), pieces: Vec::new() };
        let places: Vec<Range<usize>> = places.iter().map(|place| excerpt.clipped(place)).collect();
        let line = |at| file.position(at).line - 1;
        let mut lines: BTreeSet<usize> = places.iter().flat_map(|it| line(it.start)..=line(it.end)).collect();
        // A single line between two shown ones is shown too.
        let between: Vec<usize> =
            lines.iter().filter(|&at| lines.contains(&(at + 2))).map(|at| at + 1).collect();
        lines.extend(between);
        for at in lines {
            excerpt.add(at, &places);
        }
        excerpt
    }

    /// A place, or its first line where it has too many.
    fn clipped(&self, place: &Range<usize>) -> Range<usize> {
        let place = place.start.min(self.file.text.len())..place.end.min(self.file.text.len());
        let covered = self.file.text.get(place.clone()).unwrap_or_default();
        match covered.split_once('\n') {
            Some((first, rest)) if rest.matches('\n').count() + 2 > MOST_LINES => {
                place.start..place.start + first.trim_end().len()
            }
            _ => place,
        }
    }

    fn add(&mut self, index: usize, places: &[Range<usize>]) {
        let starts = self.file.line_starts();
        let start = starts.get(index).copied().unwrap_or(self.file.text.len());
        let end = starts.get(index + 1).copied().unwrap_or(self.file.text.len());
        let line = self.file.text.get(start..end).unwrap_or_default();
        let begin = self.text.len();
        let line = line.trim_end_matches(['\n', '\r']);
        let mut last = 0;
        for part in parts(line, start, places) {
            if part.start > last {
                self.text.push('…');
            }
            let shown = self.text.len();
            self.text.extend(line.get(part.clone()).unwrap_or_default().chars().map(visible));
            self.pieces.push((start + part.start..start + part.end, shown));
            last = part.end;
        }
        if last < line.len() {
            self.text.push('…');
        }
        self.text.push('\n');
        self.lines.insert(index, begin..self.text.len());
    }

    /// Where a place stands in the shown text.
    pub(super) fn shown(&self, place: &Range<usize>) -> Range<usize> {
        let place = self.clipped(place);
        let start = self.at(place.start);
        start..self.at(place.end).max(start)
    }

    fn at(&self, byte: usize) -> usize {
        let after = self.pieces.partition_point(|(original, _)| original.start <= byte);
        after
            .checked_sub(1)
            .and_then(|at| self.pieces.get(at))
            .map_or(0, |(original, shown)| shown + byte.min(original.end) - original.start)
    }

    /// The line and column in the file of a byte of the shown text.
    pub(super) fn position(&self, shown: usize) -> Position {
        let after = self.pieces.partition_point(|(_, start)| *start <= shown);
        let piece = after.checked_sub(1).and_then(|at| self.pieces.get(at));
        let byte = piece.map_or(0, |(original, start)| (original.start + shown - start).min(original.end));
        self.file.position(byte)
    }

    /// The bytes of a line in the shown text, by its index in the file.
    pub(super) fn line(&self, index: usize) -> Range<usize> {
        self.lines.get(&index).cloned().unwrap_or(0..0)
    }
}

/// The parts of a line that are shown, in ascending order: the whole of a short one, and what lies around the places of a long one.
fn parts(line: &str, start: usize, places: &[Range<usize>]) -> Vec<Range<usize>> {
    if line.chars().nth(LONGEST_LINE).is_none() {
        return std::iter::once(0..line.len()).collect();
    }
    let end = start + line.len();
    let mut wanted: Vec<Range<usize>> = places
        .iter()
        .filter(|place| place.start <= end && place.end >= start)
        .map(|place| {
            let from = place.start.max(start) - start;
            let to = place.end.min(end) - start;
            back(line, from, BESIDE)..on(line, on(line, from, LONGEST_PLACE).min(to), BESIDE)
        })
        .collect();
    wanted.sort_by_key(|part| part.start);
    let mut parts: Vec<Range<usize>> = Vec::new();
    for part in wanted {
        match parts.last_mut() {
            Some(last) if part.start <= last.end => last.end = last.end.max(part.end),
            _ => parts.push(part),
        }
    }
    parts
}

fn back(line: &str, at: usize, count: usize) -> usize {
    let before = line.get(..at).unwrap_or_default();
    before.char_indices().rev().nth(count - 1).map_or(0, |(at, _)| at)
}

fn on(line: &str, at: usize, count: usize) -> usize {
    let after = line.get(at..).unwrap_or_default();
    after.char_indices().nth(count).map_or(line.len(), |(length, _)| at + length)
}

/// A character as it is shown: a visible one of as many bytes for one that a terminal would obey, or that cannot be seen.
fn visible(found: char) -> char {
    let obeyed = matches!(unseen(found), Some((Unseen::Misleading, _))) || found == '\u{200B}';
    match (obeyed, found.len_utf8()) {
        (false, _) => found,
        (true, 1) => '?',
        (true, 2) => '·',
        (true, 3) => '\u{FFFD}',
        (true, _) => '\u{1F3F4}',
    }
}
