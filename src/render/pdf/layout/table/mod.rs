//! Tables: measured columns, light rules, heads that return on every page.

mod bars;
mod cells;
mod heading;
mod widths;

use super::compositor::{Compositor, Place, baseline, fill, rule};
use super::galley::{Keep, Strip};
use crate::breaks::Manner;
use crate::document::{Alignment, Table, inset};
use crate::render::pdf::tags::{Attributes, Role, Scope};
use crate::render::pdf::text::{Line, Style, StyledText};
use crate::typeface::Weight;
use bars::Bars;
use widths::Division;

/// How many letters of a word among figures stay on one line.
const WORD: f32 = 5.0;

/// A table of no more rows stays on one page.
const SHORT: usize = 6;

/// A cell's lines beside those of its row.
type Row = Vec<Vec<Line>>;

/// The measures of one table.
struct Grid {
    columns: Division,
    alignments: Vec<Alignment>,
    left: f32,
    right: f32,
    size: f32,
    pitch: f32,
    /// The white above and below a row's text.
    air: f32,
    /// How wide the widest fraction of each column is, and whether words behind a figure count: shorter ones are moved so that figures stand
    /// point below point.
    fractions: Vec<(f32, bool)>,
    bars: Option<Bars>,
    /// How cells are set: with room below, they may have a line more than they need.
    manner: Manner,
}

impl Compositor<'_> {
    /// Sets a table across the measure.
    pub(super) fn table(&mut self, table: &Table, place: Place) {
        let across = table.header.len().max(table.rows.iter().map(Vec::len).max().unwrap_or(0));
        if across == 0 {
            return;
        }
        let nominal = place.size.min(self.theme.table);
        let base = Style { size: nominal, ..place.style() };
        let back = Style { ink: self.theme.muted, upright: true, ..base };
        let alignments: Vec<_> =
            (0..across).map(|n| table.alignments.get(n).copied().unwrap_or_default()).collect();

        let node = self.tree.add(place.parent, Role::Table);
        let scope = Attributes { scope: Some(Scope::Column), ..Attributes::default() };
        let bold = Style { weight: Weight::Bold, ..base };
        let mut head = self.cells(&table.header, &alignments, bold, node, (Role::HeaderCell, &scope));
        let none = Attributes::default();
        let mut rows: Vec<Vec<StyledText>> = table
            .rows
            .iter()
            .map(|row| {
                let style = if Table::steps_back(row) { back } else { base };
                self.cells(row, &alignments, style, node, (Role::Cell, &none))
            })
            .collect();

        let wishes = self.wishes(&head, &rows, &alignments);
        let bars = Bars::of(table, &wishes, place, nominal);
        let room = place.measure - bars.as_ref().map_or(0.0, |bars| bars.width);
        let columns = widths::divide(&wishes, room, nominal, self.theme.smallest);
        let strain = columns.strain(&wishes, self.document.lang);
        let scale = columns.size / nominal;
        let fractions = wishes.iter().zip(&columns.widths).map(|(wish, width)| {
            let is_open =
                wish.open.1 > 0.0 && wish.with_open() * scale <= width - 2.0 * columns.padding + 0.1;
            (wish.fraction.max(if is_open { wish.open.1 } else { 0.0 }) * scale, is_open)
        });
        let fractions = fractions.collect();
        for styled in head.iter_mut().chain(rows.iter_mut().flatten()) {
            styled.scale(scale);
        }
        let size = columns.size;
        let pitch = size * self.theme.tight;
        let right = place.left + place.measure;
        let grid = Grid {
            columns,
            alignments,
            left: place.left,
            right,
            size,
            pitch,
            air: size * 0.28,
            fractions,
            bars,
            manner: if place.compact { Manner::Whole } else { Manner::Roomy },
        };

        self.space(place.white(3.0));
        let first = self.galley.strips.len();
        let head_place = self.head(&grid, &head);
        self.body(table, &rows, &grid, head_place);
        let pages = self.galley.height(first..) / self.theme.depth();
        if let Some(strip) = self.galley.strips.get_mut(first) {
            strip.strain = strain * pages.max(1.0);
        }
        self.space(place.white(place.size * 0.9));
    }

    /// Sets the rows.
    fn body(&mut self, table: &Table, rows: &[Vec<StyledText>], grid: &Grid, head: Option<usize>) {
        let last = rows.len();
        for (number, (cells, source)) in rows.iter().zip(&table.rows).enumerate() {
            let aligned = cells.iter().zip(&grid.fractions).map(|(styled, (most, is_open))| {
                let open = || self.open_fraction(styled).filter(|_| *is_open);
                let own = self.fraction(styled).or_else(open);
                own.filter(|_| *most > 0.0).map_or(0.0, |own| most - own)
            });
            let aligned: Vec<f32> = aligned.collect();
            let total = Table::is_total(source) && !self.compares;
            let mut lines = self.row_lines(grid, cells);
            let named = cells.first().filter(|_| grid.alignments.first() == Some(&Alignment::Left));
            if let (Some(first), Some(set)) = (lines.first_mut(), named.and_then(|it| self.set_in(grid, it)))
            {
                *first = set;
            }
            for (line, by) in
                lines.iter_mut().zip(&aligned).flat_map(|(cell, by)| cell.iter_mut().map(move |it| (it, by)))
            {
                line.width += by;
            }
            // A head with only one row under it, or a total alone on a page, looks like a mistake; so does a short
            // table in two, or a row that heads others without one of them.
            let depth = |row: &[StyledText]| row.first().map_or(0, |name| inset(&name.text).0);
            let heads = rows.get(number + 1).is_some_and(|next| depth(next) > depth(cells));
            let is_edge = number == 0 || number + 2 == last;
            let together = number + 1 < last && (last <= SHORT || is_edge || heads);
            let keep = if together { Keep::Near } else { Keep::Free };
            let first = self.galley.strips.len();
            self.table_row(grid, lines, (total, keep), head);
            if let (Some(bars), Some(strip)) = (&grid.bars, self.galley.strips.get_mut(first)) {
                strip.items.extend(bars.row(number, grid, self.theme));
            }
        }
    }

    fn row_lines(&self, grid: &Grid, cells: &[StyledText]) -> Row {
        cells
            .iter()
            .zip(&grid.columns.widths)
            .map(|(styled, width)| {
                if styled.is_empty() {
                    Vec::new()
                } else {
                    self.set_as(styled, width - 2.0 * grid.columns.padding, grid.manner)
                }
            })
            .collect()
    }

    /// The name of a row that stands further in, with all its lines.
    fn set_in(&self, grid: &Grid, styled: &StyledText) -> Option<Vec<Line>> {
        let (levels, written) = inset(&styled.text);
        let width = grid.columns.widths.first()? - 2.0 * grid.columns.padding;
        let by = levels as f32 * grid.size;
        let mut lines =
            (levels > 0 && by < width / 2.0).then(|| self.set_as(styled, width - by, grid.manner))?;
        for (at, line) in lines.iter_mut().enumerate() {
            let by = if at == 0 { by - written as f32 * grid.size } else { by };
            line.pieces.iter_mut().for_each(|piece| piece.x += by);
            line.width += by;
        }
        Some(lines)
    }

    /// Sets the head and returns its place among the heads that are repeated, unless it is too high for that.
    fn head(&mut self, grid: &Grid, cells: &[StyledText]) -> Option<usize> {
        let (theme, unit) = (self.theme, self.counted.take());
        let cells: Vec<StyledText> = cells
            .iter()
            .zip(&grid.columns.widths)
            .map(|(styled, width)| heading::broken(styled, self.fonts, width - 2.0 * grid.columns.padding))
            .collect();
        let lines = self.row_lines(grid, &cells);
        let count = lines.iter().map(Vec::len).max().unwrap_or(0);
        let height = count as f32 * grid.pitch + 2.0 * grid.air;
        if height > self.theme.depth() * 0.3 {
            self.table_row(grid, lines, (false, Keep::Firm), None);
            return None;
        }
        if count == 0 {
            return None;
        }
        let mut strip = Strip { height, keep: Keep::Firm, ..Strip::default() };
        let area = [grid.left, 0.0, grid.right - grid.left, height];
        strip.items.push(fill(area, theme.tint));
        strip.items.push(rule((grid.left, height), (grid.right, height), 0.8, theme.accent));
        for (column, cell) in lines.iter().enumerate() {
            let down = (count - cell.len()) as f32 * grid.pitch;
            let first = grid.air + down + baseline(grid.size, grid.pitch);
            self.column(cell, first, grid.pitch, |line| grid.start(column, line), &mut strip);
        }
        if let Some(bars) = &grid.bars {
            strip.items.extend(bars.keys(&lines, grid, self.theme, height));
        }
        // Where the table goes on, its head says of what and in which unit.
        let over = self.over(grid.left, grid.right - grid.left, unit.as_deref());
        let down = over.height;
        let mut again = Strip { height: height + down, ..over };
        again.take(strip.clone(), (0.0, down));
        self.galley.heads.push(again);
        self.strip(strip);
        Some(self.galley.heads.len() - 1)
    }

    /// Sets a row: as one strip, or line by line if a page could not hold it.
    fn table_row(&mut self, grid: &Grid, lines: Row, (total, keep): (bool, Keep), head: Option<usize>) {
        let theme = self.theme;
        let count = lines.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let height = count as f32 * grid.pitch + 2.0 * grid.air;
        let whole = height <= self.theme.depth() * 0.6;
        let above = |strip: &mut Strip| {
            if total {
                strip.items.push(rule((grid.left, 0.0), (grid.right, 0.0), 0.8, theme.accent));
            }
        };
        let below = |strip: &mut Strip, height: f32| {
            strip.items.push(rule((grid.left, height), (grid.right, height), 0.4, theme.hairline));
        };

        if whole {
            let mut strip = Strip { height, keep, head, ..Strip::default() };
            above(&mut strip);
            for (column, cell) in lines.iter().enumerate() {
                let first = grid.air + baseline(grid.size, grid.pitch);
                self.column(cell, first, grid.pitch, |line| grid.start(column, line), &mut strip);
            }
            below(&mut strip, height);
            self.strip(strip);
            return;
        }
        for number in 0..count {
            let (first, last) = (number == 0, number + 1 == count);
            let top = if first { grid.air } else { 0.0 };
            let height = grid.pitch + top + if last { grid.air } else { 0.0 };
            let mut strip = Strip { height, head, ..Strip::default() };
            if first {
                above(&mut strip);
            }
            for (column, cell) in lines.iter().enumerate() {
                if let Some(line) = cell.get(number) {
                    self.put(
                        line,
                        grid.start(column, line),
                        top + baseline(grid.size, grid.pitch),
                        &mut strip,
                    );
                }
            }
            if last {
                below(&mut strip, height);
            }
            self.strip(strip);
        }
    }
}

impl Grid {
    /// The left edge of a column.
    fn edge(&self, column: usize) -> f32 {
        let before =
            self.bars.as_ref().filter(|bars| column > bars.pairs.after).map_or(0.0, |bars| bars.width);
        self.left + self.columns.widths.iter().take(column).sum::<f32>() + before
    }

    /// Where a line of a column's cell begins.
    fn start(&self, column: usize, line: &Line) -> f32 {
        let left = self.edge(column);
        let width = self.columns.widths.get(column).copied().unwrap_or(0.0);
        let padding = self.columns.padding;
        match self.alignments.get(column) {
            Some(Alignment::Right) => left + width - padding - line.width,
            Some(Alignment::Center) => left + (width - line.width) / 2.0,
            _ => left + padding,
        }
    }
}
