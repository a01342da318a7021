//! Totals below the last of several tables that add up all of them.

use super::details::{add, makes_up};
use super::figures::Figured;
use super::grid::{Fate, Grid};
use super::remark::Remark;
use super::taking::Taking;
use super::told::tell;
use super::{Figure, Import};
use crate::model::FiscalYear;

/// A total that may be of several tables, and what is to be said if it is not.
#[derive(Clone, Debug)]
pub(super) struct Over {
    pub(super) figures: Vec<Option<Figured>>,
    pub(super) remarks: Vec<Remark>,
}

/// Holds the totals that add up no lines of their own table against those of all tables of their sheet so far. Each table comes with its place
/// among what was taken.
pub(super) fn verify(import: &mut Import, name: &str, tables: &[(&Grid, usize)], taken: &mut [Taking]) {
    for (place, (grid, at)) in tables.iter().enumerate() {
        let Some((over, meant)) = taken.get_mut(*at).and_then(|taking| taking.over.take()) else { continue };
        let above = tables.iter().take(place + 1).filter(|(other, _)| other.name == grid.name);
        let above: Vec<&Taking> = above.filter_map(|(_, at)| taken.get(*at)).collect();
        let is_it = |(year, figure): &(FiscalYear, Figure), stated| {
            let lines = above.iter().flat_map(|taking| &taking.years).filter(|of| of.year == *year);
            let mut addends = Vec::new();
            lines.flat_map(|of| &of.lines).for_each(|line| add(line, *figure, &mut addends));
            makes_up(&addends, stated)
        };
        let figures = || {
            over.figures.iter().zip(&meant).filter_map(|(figured, meant)| figured.as_ref().zip(meant.first()))
        };
        let is_right = figures()
            .all(|(figured, meant)| figured.money.addable().is_none_or(|stated| is_it(meant, stated)));
        if is_right && figures().next().is_some() {
            over.figures.iter().flatten().for_each(|figured| grid.mark(figured.cell, Fate::Verified));
        } else {
            tell(import, name, grid, over.remarks);
        }
    }
}
