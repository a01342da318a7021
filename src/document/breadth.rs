//! How wide tables want to be, and how far in their rows stand, before a renderer has chosen its type: counted in columns of it.

use super::{Alignment, Table, plain};
use crate::breaks::{figures, phrases};
use crate::model::Lang;
use crate::script::width;
use crate::words::Words;

/// The widest figure that is kept on one line where there is room, in columns; words behind it may break.
pub(crate) const FIGURE: usize = 18;

/// The widest table that half of a sheet has room for.
pub(crate) const HALF: usize = 76;

/// The widest table that a column of texts beside their older selves has room for.
pub(super) const CELL: usize = 46;

/// The widest of short words.
const SHORT: usize = 10;

/// The white beside a cell.
const WHITE: usize = 3;

/// What is longer is a sentence.
const SENTENCE: usize = 48;

/// Where a long amount that is a sum may end its line: before the sign, 47,861.2／＋事項要求.
pub(crate) fn sum_end(figure: &str) -> Option<usize> {
    figure.find('＋').filter(|at| *at > 0 && width(figure) > FIGURE / 2)
}

impl Table {
    /// Whether a column behind the first is one of sentences.
    pub(crate) fn tells(&self, column: usize) -> bool {
        let cells = || self.rows.iter().filter_map(|row| row.get(column));
        let is_text = column > 0 && self.alignments.get(column) == Some(&Alignment::Left);
        is_text && cells().any(|cell| width(&plain(cell)) > SENTENCE)
    }

    /// Whether a column behind the first is one of short words, which on a phone needs no more room than a figure.
    pub(crate) fn is_short(&self, column: usize) -> bool {
        let is_text = column > 0 && self.alignments.get(column) == Some(&Alignment::Left);
        let cells = self.rows.iter().filter_map(|row| row.get(column)).map(|cell| width(&plain(cell)));
        let head = self.header.get(column).map(|cell| phrased(&plain(cell)));
        is_text && cells.chain(head).all(|wide| wide <= SHORT)
    }

    /// How wide the table is with no figure broken and no column of text squeezed, or with `ease` of 2 at ease, in columns of type.
    pub(crate) fn breadth(&self, ease: usize) -> usize {
        let wide = self.alignments.iter().enumerate().map(|(column, alignment)| {
            let widest =
                self.rows.iter().filter_map(|row| row.get(column)).map(|cell| width(&plain(cell))).max();
            let widest = widest.unwrap_or_default();
            let text = match (column, alignment) {
                (0, _) => widest.clamp(8, 31),
                (_, Alignment::Right) => self.figure(column),
                _ if self.tells(column) => 20 * ease,
                _ => widest.clamp(8, 12 * ease),
            };
            text + WHITE
        });
        wide.sum()
    }

    pub(crate) fn widest_figure(&self) -> usize {
        let columns = self.alignments.iter().enumerate().skip(1);
        let figures =
            columns.filter(|(_, it)| **it == Alignment::Right).map(|(column, _)| self.figure(column));
        figures.max().unwrap_or_default()
    }

    /// The longest word in the names of rows.
    pub(crate) fn longest_name(&self) -> usize {
        let names = self.rows.iter().filter_map(|row| row.first()).map(|cell| plain(cell));
        names.map(|name| phrased(&name)).max().unwrap_or_default()
    }

    /// The widest name of a row, and the longest word above them.
    pub(crate) fn widest_name(&self) -> usize {
        let head = self.header.first().map(|cell| phrased(&plain(cell)));
        let names = self.rows.iter().filter_map(|row| row.first()).map(|cell| width(&plain(cell)));
        names.chain(head).max().unwrap_or_default()
    }

    /// The widest of a column that stays on one line.
    fn figure(&self, column: usize) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.get(column)).map(|cell| plain(cell));
        let cells = cells.map(|cell| match (width(&cell), sum_end(&cell)) {
            (_, Some(at)) if width(&cell[at..]) <= FIGURE => width(&cell[..at]).max(width(&cell[at..])),
            (wide, _) if wide <= FIGURE => wide,
            _ => figures(&cell).iter().map(|(from, to)| width(&cell[*from..*to])).max().unwrap_or_default(),
        });
        let head = self.header.get(column).map(|cell| plain(cell)).unwrap_or_default();
        cells.chain([phrased(&head)]).max().unwrap_or_default()
    }
}

/// How wide the widest phrase of a text is.
fn phrased(text: &str) -> usize {
    let mut from = 0;
    let ends = phrases(text).into_iter().chain([text.len()]);
    ends.map(|end| width(text[std::mem::replace(&mut from, end)..end].trim())).max().unwrap_or_default()
}

/// How many levels the name of a row stands in, and how many of these its own white makes: `うち` and `of which` stand in by one, too.
pub(crate) fn inset(name: &str) -> (usize, usize) {
    let of = |lang: Lang| {
        let Words { inset, of_which, .. } = Words::of(lang);
        let mut rest = name;
        let mut levels = 0;
        while let Some(after) = rest.strip_prefix(inset) {
            (rest, levels) = (after, levels + 1);
        }
        (levels + usize::from(rest.starts_with(of_which)), levels)
    };
    of(Lang::Ja).max(of(Lang::En))
}
