//! Parts of lines behind the amounts of these: 節, with a 金額 of its own and the remarks on it.

use super::Cell;
use super::figures::{Figured, figure};
use super::grid::Grid;
use super::remark::Remark;
use super::rows::Entry;
use super::table::{Column, Table};
use super::words::{Meaning, Role};
use crate::model::{FiscalYear, Money, Unit};

/// Their columns.
pub(super) struct Items<'t> {
    label: &'t Column,
    amount: &'t Column,
    remarks: Vec<&'t Column>,
    figures: &'t [&'t Column],
    /// The column of figures that the parts are of.
    own: usize,
}

impl<'t> Items<'t> {
    pub(super) fn of(table: &'t Table, figures: &'t [&'t Column]) -> Option<Self> {
        let (label, amount) = (table.of(Role::Item).next()?, table.of(Role::ItemAmount).next()?);
        // They are parts of this year's amount, the latest that is not last year's; of others nothing is said.
        let is_own = |column: &&&Column| {
            matches!(column.role, Role::Amount(_)) && column.role != Role::Amount(Meaning::Prior)
        };
        let own = figures.iter().filter(is_own).rev();
        let own = own.max_by_key(|column| column.year(FiscalYear::new(2025)))?.at;
        let remarks = table.of(Role::Notes).filter(|column| column.at > amount.at).collect();
        Some(Self { label, amount, remarks, figures, own })
    }

    /// What a row says of a part of its line.
    pub(super) fn entry(
        &self,
        grid: &Grid,
        level: usize,
        (unit, at): (Unit, usize),
        remarks: &mut Vec<Remark>,
    ) -> Option<Entry> {
        let row = grid.rows.get(at)?;
        let text = row.text(self.label.at).split_whitespace().collect::<Vec<_>>().join(" ");
        let stated = figure(grid, self.amount, self.amount.unit.unwrap_or(unit), at, row, remarks)?;
        let figure = |column: &&Column| match column.at == self.own {
            true => Some(stated.clone()),
            false => matches!(column.role, Role::Amount(_)).then(|| Figured {
                money: Money::Unknown,
                text: "記載なし".to_owned(),
                ..stated.clone()
            }),
        };
        let beside = self.remarks.iter().map(|column| column.at).filter(|at| !row.text(*at).is_empty());
        let beside: Vec<usize> = beside.collect();
        Some(Entry {
            row: at,
            place: Cell { row: at, column: self.label.at },
            labels: vec![(level, text)],
            notes: beside.iter().map(|at| row.text(*at).trim().to_owned()).collect(),
            words: vec![self.label.at],
            remarks: beside,
            figures: self.figures.iter().map(figure).collect(),
            is_line: true,
            ..Entry::default()
        })
        .filter(|entry| !entry.title().is_empty())
    }
}
