//! What spreadsheets work out: sums, what is left of a whole, changes and their rates.

use crate::import::{ABOVE, Cell};

/// The longest that a formula may be.
const LONGEST: usize = 8_000;

/// A cell's name.
pub(super) fn name(row: u32, column: u16) -> String {
    Cell { row: row as usize, column: usize::from(column) }.to_string()
}

/// Rows that follow one another, from one on to another or to the row above the formula.
#[derive(Clone, Copy)]
pub(super) struct Span {
    pub(super) first: u32,
    pub(super) last: Option<u32>,
}

impl Span {
    /// These rows in a column.
    pub(super) fn cells(self, column: u16) -> String {
        let first = name(self.first, column);
        match self.last {
            Some(last) if last == self.first => first,
            Some(last) => format!("{first}:{}", name(last, column)),
            None => {
                let letters = first.trim_end_matches(|c: char| c.is_ascii_digit());
                format!("{first}:INDEX({letters}:{letters}{ABOVE}")
            }
        }
    }
}

/// The sum of rows of a column that no level tells, given in order: of those that are still there. With a word, that as long as one of them shows
/// it. `None` where there are too many for a formula.
pub(super) fn references(rows: &[u32], column: u16, word: Option<&str>) -> Option<String> {
    let mut ranges: Vec<Span> = Vec::new();
    for &row in rows {
        match ranges.last_mut().filter(|span| span.last.is_some_and(|last| last + 1 == row)) {
            Some(span) => span.last = Some(row),
            None => ranges.push(Span { first: row, last: Some(row) }),
        }
    }
    let cells: Vec<String> = ranges.into_iter().map(|span| span.cells(column)).collect();
    let of = |made: &dyn Fn(&String) -> String| {
        let all = cells.iter().map(|cells| format!("IF(ISREF({cells}),{},0)", made(cells)));
        all.collect::<Vec<_>>().join("+")
    };
    let sum = of(&|cells| format!("SUM({cells})"));
    let text = match word {
        Some(word) => {
            format!("IF({}>0,\"{word}\",{sum})", of(&|cells| format!("COUNTIF({cells},\"{word}\")")))
        }
        None => sum,
    };
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
