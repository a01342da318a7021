//! Bars beside the figures of a table: last year's amount over the year's, in white that the columns leave.

use super::Grid;
use super::widths::Wish;
use crate::document::{Pairs, Table, WHOLE};
use crate::render::pdf::layout::Item;
use crate::render::pdf::layout::compositor::{Place, fill};
use crate::render::pdf::text::Line;
use crate::render::pdf::theme::{Ink, Theme};

/// The narrowest and the widest room for bars, and the white at either side.
const ROOM: (f32, f32) = (60.0, 160.0);
const MARGIN: f32 = 6.0;

/// How thick a bar is and how far the two are apart, as multiples of the size.
const BAR: f32 = 0.48;
const BETWEEN: f32 = 0.08;

/// The shortest bar of an amount.
const SHORTEST: f32 = 1.1;

/// The side of the square in a column's head that says which bar shows its amounts.
const KEY: f32 = 4.5;

/// The bars of a table.
pub(super) struct Bars {
    pub(super) pairs: Pairs,
    /// The room that they take.
    pub(super) width: f32,
}

impl Bars {
    /// The bars of a table, where its place has them, and its columns leave room.
    pub(super) fn of(table: &Table, wishes: &[Wish], place: Place, size: f32) -> Option<Self> {
        let pairs = place.barred.then(|| table.pairs()).flatten()?;
        let natural: f32 = wishes.iter().map(|wish| wish.natural + size).sum();
        let width = (place.measure - natural).clamp(ROOM.0, ROOM.1);
        let floor: f32 =
            wishes.iter().map(|wish| if wish.figures { wish.natural } else { wish.word } + size).sum();
        (floor + width < place.measure * 0.75).then_some(Self { pairs, width })
    }

    /// What is drawn beside a row's first line.
    pub(super) fn row(&self, number: usize, grid: &Grid, theme: &Theme) -> Vec<Item> {
        let [year, before] = self.pairs.rows.get(number).copied().unwrap_or_default();
        let left = grid.edge(self.pairs.after + 1) - self.width + MARGIN;
        let (thick, apart) = (grid.size * BAR, grid.size * BETWEEN);
        let top = grid.air + (grid.pitch - 2.0 * thick - apart) / 2.0;
        let bar = |share: Option<u32>, y: f32, ink: Ink| {
            let length = share.filter(|it| *it > 0)? as f32 / WHOLE as f32 * (self.width - 2.0 * MARGIN);
            let area = [left, y, length.max(SHORTEST), thick];
            Some(fill(area, ink))
        };
        let bars = [bar(before, top, theme.prior), bar(year, top + thick + apart, theme.accent)];
        bars.into_iter().flatten().collect()
    }

    /// The squares in the heads of the columns that are compared, before the first line of each.
    pub(super) fn keys(&self, head: &[Vec<Line>], grid: &Grid, theme: &Theme, height: f32) -> Vec<Item> {
        let keys = self.pairs.columns.iter().zip([theme.accent, theme.prior]);
        let keys = keys.filter_map(|(column, ink)| {
            let lines = head.get(*column)?;
            let line = lines.first()?;
            let x = (grid.start(*column, line) - KEY - 2.0).max(grid.edge(*column) - 1.0);
            let y = height - grid.air - lines.len() as f32 * grid.pitch + (grid.pitch - KEY) / 2.0;
            Some(fill([x, y, KEY, KEY], ink))
        });
        keys.collect()
    }
}
