//! Amounts of two years in a table, as parts of the largest, for bars beside them.

use super::{Alignment, Table, plain};

/// The whole that shares are parts of.
pub const WHOLE: u32 = 10_000;

/// What bars beside a table's figures show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pairs {
    /// The columns that are compared: the year's amounts, then those of the year before.
    pub columns: [usize; 2],
    /// The last column of figures; the bars stand after it.
    pub after: usize,
    /// For each row both amounts in parts of [`WHOLE`], the year's first; none where there is no amount, or the row is the sum of others.
    pub rows: Vec<[Option<u32>; 2]>,
}

impl Table {
    /// The first two columns of figures as shares of the largest amount; `None` where fewer than two rows can be compared, or an amount is below
    /// zero: beside others that are drawn it would look like nothing.
    pub fn pairs(&self) -> Option<Pairs> {
        let figures = self.alignments.iter().enumerate().filter(|(_, it)| **it == Alignment::Right);
        let figures: Vec<usize> = figures.map(|(at, _)| at).collect();
        let (&[year, before, ..], &after) = (figures.as_slice(), figures.last()?) else {
            return None;
        };
        let amounts = self.rows.iter().map(|row| match Self::is_total(row) {
            true => [None; 2],
            false => [year, before].map(|at| thousandths(&plain(row.get(at)?))),
        });
        let amounts: Vec<[Option<u128>; 2]> = amounts.collect();
        let mut lines = self.rows.iter().filter(|row| !Self::is_total(row));
        if lines.any(|row| {
            [year, before].iter().filter_map(|at| row.get(*at)).any(|it| is_below_zero(&plain(it)))
        }) {
            return None;
        }
        let largest = amounts.iter().flatten().flatten().copied().max().filter(|most| *most > 0)?;
        // What is not nothing has a share that is not.
        let share = |amount: u128| {
            u32::try_from((amount.checked_mul(WHOLE.into())? / largest).max(u128::from(amount > 0))).ok()
        };
        let rows = amounts.iter().map(|row| row.map(|amount| amount.and_then(share)));
        let rows: Vec<[Option<u32>; 2]> = rows.collect();
        let compared = rows.iter().filter(|row| row.iter().any(Option::is_some)).count();
        (compared > 1).then_some(Pairs { columns: [year, before], after, rows })
    }
}

fn is_below_zero(cell: &str) -> bool {
    let figure = cell.trim().strip_prefix(['△', '▲', '−', '-']);
    figure.is_some_and(|it| it.starts_with(|c: char| c.is_ascii_digit()))
}

/// A figure that is all of a cell, in thousandths; `None` of words, of amounts with a unit of their own and of those below zero.
fn thousandths(cell: &str) -> Option<u128> {
    let (whole, fraction) = cell.trim().split_once('.').unwrap_or((cell.trim(), ""));
    let is_digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    let whole = whole.replace(',', "");
    if whole.is_empty() || fraction.len() > 3 || !is_digits(&whole) || !is_digits(fraction) {
        return None;
    }
    format!("{whole}{fraction:0<3}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::Pairs;
    use crate::document::{Block, read};
    use crate::model::Lang;

    #[test]
    fn amounts_are_shares_of_the_largest_and_words_are_none() {
        let text = "# t\n\n| 事業 | 要求 | 前年度 | 率 |\n|:---|---:|---:|---:|\n| 甲 | 4,000 | 1,000.5 | 9% |\n| 乙 | 2 | 新規 | 1% |\n\
                    | 丙 | 831億円 | － | 1% |\n| **計** | **9,000** | **1** | |\n";
        let pairs = |text: &str| match read(text, Lang::Ja).blocks.first() {
            Some(Block::Table(table)) => table.pairs(),
            _ => None,
        };
        let rows = vec![[Some(10_000), Some(2_501)], [Some(5), None], [None, None], [None, None]];
        assert_eq!(pairs(&text.replace("831億円", "△5")), None);
        assert_eq!(pairs(text), Some(Pairs { columns: [1, 2], after: 3, rows }));
    }
}
