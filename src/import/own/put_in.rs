//! Rows that were put in: which of them are lines, and which leave open what their line says.

use super::super::formula::adds_below;
use super::super::remark::Remark;
use super::super::{Cell, Figure, Place, TakenLine};
use super::line::Taking;
use super::{FIGURES, Read, TITLE};

impl Taking<'_> {
    /// Asks about a new row that adds up those below it, which are not its parts.
    pub(super) fn asks_of_sum(&mut self, row: &Read<'_>) {
        let cells = FIGURES.iter().filter_map(|(_, word, _)| row.cell(self.grid, self.keys, word));
        let mut cells =
            cells.map(|cell| (Cell { row: row.at, column: cell.column }, cell.formula.as_deref()));
        if let Some((at, _)) = cells.find(|(at, formula)| formula.is_some_and(|it| adds_below(it, *at))) {
            let what = format!(
                "`{}` adds up rows below it, which are lines of their own and counted beside it",
                row.title
            );
            let help = "set the rows in that are its parts, or call it 小計 if it is no line";
            self.remarks.push(Remark::assumed(at, what, help));
        }
    }

    /// Whether a new row leaves open what its line asks for, so that nothing of it is taken: what cannot be read, and what is not stated of one that is
    /// counted. Where only what last year had is not stated, there was nothing: 記載なし would hide the total.
    pub(super) fn is_refused(&mut self, row: &Read<'_>, line: &mut TakenLine) -> bool {
        let has = |figures: &[Figure]| line.amounts.iter().any(|it| figures.contains(&it.figure));
        let asked = [Figure::Requested, Figure::Request, Figure::Wish];
        let is_typed = |figure: Figure| {
            let cell = row.cell(self.grid, self.keys, super::word(figure));
            cell.is_some_and(|cell| !cell.text.trim().is_empty() || cell.formula.is_some())
        };
        let at = Cell { row: row.at, column: self.keys.of(TITLE).unwrap_or(0) };
        let mut all = asked.iter().chain(&[Figure::Prior]);
        if all.any(|figure| is_typed(*figure) && !has(&[*figure])) {
            let what = format!(
                "`{}` is a new line with an amount that is not taken; nothing of its row is, nor of new ones set in below it",
                row.title
            );
            let help = "mend the amount in the sheet, and import it again";
            self.remarks.push(Remark::assumed(at, what, help));
            return true;
        }
        let is_whole = line.children.is_empty() && line.aside.is_none();
        let lacks = |figures: &[Figure]| {
            let column = figures.iter().find_map(|figure| self.keys.of(super::word(*figure)))?;
            (is_whole && !has(figures)).then_some(Cell { row: row.at, column })
        };
        if let Some(cell) = lacks(&asked) {
            let what = format!(
                "`{}` is a new line, and what it asks for is not stated; nothing of its row is taken",
                row.title
            );
            let help = "write an amount, 事項要求, 未定 or 記載なし; what is only a heading stands above rows of its own";
            self.remarks.push(Remark::assumed(cell, what, help));
            return true;
        }
        if let Some(cell) = lacks(&[Figure::Prior]) {
            let what = format!(
                "`{}` is a new line, and what last year had is not stated; － is taken for it",
                row.title
            );
            let help = "write 新規 or － there, or the amount of last year";
            self.remarks.push(Remark::assumed(cell, what, help));
            line.amounts.extend(self.amount(Figure::Prior, "-", Place { origin: 0, cell }));
        }
        false
    }
}
