//! What spreadsheets work out: sums, what is left of a whole, changes and their rates.

use crate::import::Cell;

/// The most that a formula may refer to, and the longest that it may be.
const MOST_REFERENCES: usize = 250;
const LONGEST: usize = 8_000;

/// A cell's name.
pub(super) fn name(row: u32, column: u16) -> String {
    Cell { row: row as usize, column: usize::from(column) }.to_string()
}

/// Rows of a column, given in order; those that follow one another become a range.
fn references(rows: &[u32], column: u16) -> Vec<String> {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for &row in rows {
        match ranges.last_mut().filter(|(_, last)| *last + 1 == row) {
            Some((_, last)) => *last = row,
            None => ranges.push((row, row)),
        }
    }
    let references = ranges.iter().map(|(first, last)| match first == last {
        true => name(*first, column),
        false => format!("{}:{}", name(*first, column), name(*last, column)),
    });
    references.collect()
}

/// The sum of rows of a column, given in order. `None` where there are too many for a formula.
pub(super) fn sum(rows: &[u32], column: u16) -> Option<String> {
    let references = references(rows, column);
    let sums = references.chunks(MOST_REFERENCES).map(|chunk| format!("SUM({})", chunk.join(",")));
    let text = sums.collect::<Vec<_>>().join("+");
    (text.len() < LONGEST).then_some(text)
}

/// A sum that shows a word as long as one of its rows does.
pub(super) fn gaps(rows: &[u32], column: u16, word: &str, sum: &str) -> Option<String> {
    let counts = references(rows, column).into_iter().map(|range| format!("COUNTIF({range},\"{word}\")"));
    let text = format!("IF({}>0,\"{word}\",{sum})", counts.collect::<Vec<_>>().join("+"));
    (text.len() < LONGEST).then_some(text)
}

/// The change from one cell to another; all of an amount that is new, and all of one that has ended.
pub(super) fn change(requested: &str, prior: &str, words: &[&str; 8]) -> String {
    let [new, ended, ..] = words;
    format!(
        "IF(COUNT({requested},{prior})=2,{requested}-{prior},IF(AND({prior}=\"{new}\",ISNUMBER({requested})),{requested},\
         IF(AND({requested}=\"{ended}\",ISNUMBER({prior})),-{prior},\"\")))"
    )
}

/// The rate of that change, or the word that stands for it.
pub(super) fn rate(requested: &str, prior: &str, words: &[&str; 8]) -> String {
    let [new, ended, all_new, all_gone, same, from_zero, to_zero, none] = words;
    format!(
        "IF({prior}=\"{new}\",IF(N({requested})<0,\"{none}\",\"{all_new}\"),\
         IF({requested}=\"{ended}\",IF(N({prior})<0,\"{none}\",\"{all_gone}\"),IF(COUNT({requested},{prior})<2,\"\",\
         IF({requested}={prior},\"{same}\",IF(AND({prior}=0,{requested}>0),\"{from_zero}\",\
         IF(AND({requested}=0,{prior}>0),\"{to_zero}\",IF({prior}<=0,\"{none}\",({requested}-{prior})/{prior})))))))"
    )
}
