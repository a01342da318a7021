//! Amounts of which each stands in several columns, told in several ways: commitments and payments; gross, income and net. One of them is the amount.

use super::Cell;
use super::amounts::Sure;
use super::remark::Remark;
use super::table::{Column, Table};
use super::words::{Role, folded};

/// The ways in which amounts are told beside each other, the one first that is taken.
const WAYS: [&[&str]; 2] = [
    &["commitments commitment commitmentappropriations ca", "payments payment paymentappropriations pa"],
    &[
        "net nettotal netexpenditure netprovision",
        "gross grosstotal grossexpenditure grossprovision",
        "income receipts appropriationsinaid appropriations-in-aid",
    ],
];

/// Which of the names of a way the last words of a header are.
fn of(way: &[&str], column: &Column) -> Option<usize> {
    let said: Vec<String> = column.header.split(' ').map(folded).collect();
    let tails = (0..said.len()).map(|from| said.get(from..).unwrap_or_default().concat());
    let tails: Vec<String> = tails.map(|tail| tail.trim_matches(['(', ')']).to_owned()).collect();
    way.iter().position(|names| names.split(' ').any(|name| tails.iter().any(|tail| tail == name)))
}

/// Takes of amounts that are told in several ways the one, and leaves the others.
pub(super) fn settle(columns: &mut [Column]) {
    for way in WAYS {
        let is_open = |column: &Column| match column.role {
            Role::Amount(_) => column.is_part || column.sure == Sure::Partly,
            role => role == Role::Change,
        };
        let found: Vec<Option<usize>> =
            columns.iter().map(|column| of(way, column).filter(|_| is_open(column))).collect();
        let has = |wanted: &dyn Fn(usize) -> bool| found.iter().flatten().any(|at| wanted(*at));
        let is_mapped = columns.iter().any(|column| column.sure == Sure::Mapped);
        if is_mapped || !has(&|at| at == 0) || !has(&|at| at > 0) {
            continue;
        }
        for (column, found) in columns.iter_mut().zip(found) {
            match found {
                Some(0) => (column.is_part, column.is_said, column.sure) = (false, true, Sure::Whole),
                Some(_) => (column.role, column.is_said, column.is_part) = (Role::Nothing, true, false),
                None => {}
            }
        }
    }
}

/// The question which of the ways is meant.
pub(super) fn asked(table: &Table) -> Option<Remark> {
    WAYS.iter().find_map(|way| {
        let taken = table.columns.iter().find(|column| {
            matches!(column.role, Role::Amount(_))
                && column.sure != Sure::Mapped
                && of(way, column) == Some(0)
        })?;
        let other = table.columns.iter().find(|column| {
            column.role == Role::Nothing && column.is_said && of(way, column).is_some_and(|at| at > 0)
        })?;
        let what = format!(
            "`{}` and `{}` tell the same money in two ways; the first was taken",
            taken.header, other.header
        );
        let help = "if the other is meant, say so in the map of columns that `--save-map` writes";
        Some(Remark::assumed(Cell { row: table.header.start, column: taken.at }, what, help))
    })
}
