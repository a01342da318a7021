//! Texts beside their older selves, in columns that are at the same places in all of a sheet.

use super::compositor::{Compositor, Place, fill, rule};
use super::galley::{FrameKind, Galley, Keep, Strip};
use crate::document::{Block, Inline, Section, Version, plain, rows};
use crate::render::pdf::tags::{Role, Scope};
use crate::render::pdf::text::Style;
use crate::typeface::Weight;
use crate::words::ChangeWords;

/// How many letters wide the first column is.
const LABEL: f32 = 6.5;

/// The white beside a cell, and above and below its text, in letters.
const BESIDE: f32 = 0.5;
const AIR: f32 = 0.3;

/// The share of a page that a row may take as one piece.
const WHOLE: f32 = 0.5;

/// The table that is being set.
struct Grid {
    /// The place of each column.
    places: [Place; 3],
    /// The node of the table.
    node: usize,
    /// Its head among those that return.
    head: Option<usize>,
}

impl Compositor<'_> {
    /// Sets sections of which each holds the sides of a text: side by side, or below each other where a column has no room for them.
    pub(super) fn versions(&mut self, sections: &[Block], place: Place) {
        let compared = std::mem::replace(&mut self.compares, true);
        let mut grid: Option<Grid> = None;
        let rows = rows(sections, Version::is_broad);
        for (at, row) in rows.iter().enumerate() {
            if row.is_broad() {
                grid = None;
                self.one_above_the_other(row, place);
                continue;
            }
            let grid = grid.get_or_insert_with(|| self.compared(row, place));
            self.side_by_side(row, grid);
            // What is left out stands with the passage behind it, or with the last one.
            let next = |by: usize| rows.get(at + by).filter(|next| next.field.is_none());
            let is_led = match next(1) {
                Some(next_row) => !row.says() || !next_row.says() && next(2).is_none(),
                None => false,
            };
            if let Some(strip) = self.galley.strips.last_mut().filter(|_| is_led) {
                strip.keep = strip.keep.near();
            }
        }
        self.compares = compared;
        self.space(place.size * 0.9);
    }

    /// Sets a text that only one side has across the measure, under what it is called.
    pub(super) fn whole(&mut self, section: &Section, place: Place) {
        let node = self.tree.add(place.parent, Role::Heading(place.level));
        let named = Place { size: self.theme.table, leading: self.theme.tight, justified: false, ..place };
        self.space(place.size * 0.9);
        self.name(&section.heading, named, node);
        self.stick();
        self.space(2.0);
        let headed = std::mem::replace(&mut self.headed, plain(&section.heading));
        let place = Place { size: named.size, leading: 1.5, ..place };
        self.framed(FrameKind::Quote, place, |compositor, place| {
            compositor.goes_on(place);
            let last = section.blocks.len().saturating_sub(1);
            let (first, last) = section.blocks.split_at(last);
            compositor.blocks(first, place);
            // How much more there is of it does not stand alone.
            if let Some(strip) = compositor.galley.strips.last_mut().filter(|_| !first.is_empty()) {
                strip.keep = strip.keep.near();
            }
            compositor.blocks(last, place);
        });
        self.headed = headed;
    }

    fn one_above_the_other(&mut self, row: &Version<'_>, place: Place) {
        for side in row.sides {
            self.space(place.size * 0.9);
            let caption = [Inline::Strong(row.caption(side, ChangeWords::of(self.document.lang).gap))];
            let compared = std::mem::replace(&mut self.compares, false);
            self.paragraph(&caption, Place { size: self.theme.table, justified: false, ..place });
            self.compares = compared;
            self.stick();
            let headed = std::mem::replace(&mut self.headed, plain(&caption));
            self.continued(place, |compositor| compositor.blocks(&side.blocks, place));
            self.headed = headed;
        }
    }

    /// Sets the head of a table, which returns on further pages.
    fn compared(&mut self, row: &Version<'_>, place: Place) -> Grid {
        let size = place.size.min(self.theme.table);
        let place = Place { size, leading: self.theme.tight, narrow: true, after: 0.2, ..place };
        let label = (LABEL * size).min(place.measure * 0.3);
        let half = (place.measure - label) / 2.0;
        let column = |left: f32, measure: f32| {
            let (left, measure) = (left + BESIDE * size, measure - 2.0 * BESIDE * size);
            Place { left: place.left + left, measure, ..place }
        };
        let places = [column(0.0, label), column(label, half), column(label + half, half)];
        let node = self.tree.add(place.parent, Role::Table);
        let named = [Inline::Text(ChangeWords::of(self.document.lang).field.to_owned())];
        let [new, old] = row.sides;
        let of_row = self.tree.add(node, Role::Row);
        let heads = [named.as_slice(), &new.heading, &old.heading];
        let cells = heads.into_iter().zip(places).map(|(head, place)| {
            let cell = self.tree.add_head(of_row, Scope::Column);
            self.apart(|compositor| compositor.name(head, place, cell))
        });
        let cells: Vec<Strip> = cells.collect();
        let (left, right) = (place.left, place.left + place.measure);
        let mut strip = beside(cells, size * AIR);
        let area = [left, 0.0, place.measure, strip.height];
        strip.items.insert(0, fill(area, self.theme.tint));
        strip.items.push(rule((left, strip.height), (right, strip.height), 0.8, self.theme.accent));
        strip.keep = Keep::Firm;

        let over = self.over(left, place.measure, None);
        let down = over.height;
        let mut again = Strip { height: strip.height + down, ..over };
        again.take(strip.clone(), (0.0, down));
        self.galley.heads.push(again);
        self.space(3.0);
        self.strip(strip);
        Grid { places, node, head: Some(self.galley.heads.len() - 1) }
    }

    /// Sets a head or the name of a text.
    fn name(&mut self, text: &[Inline], place: Place, node: usize) {
        let style = Style { weight: Weight::Bold, ..place.style() };
        let styled = self.styled(text, style, node);
        self.lines(&styled, place);
    }

    fn side_by_side(&mut self, row: &Version<'_>, grid: &Grid) {
        let [named, new, old] = grid.places;
        let of_row = self.tree.add(grid.node, Role::Row);
        let cell = match row.field {
            Some(_) => self.tree.add_head(of_row, Scope::Row),
            None => self.tree.add(of_row, Role::Cell),
        };
        let mut galleys = vec![self.aside(|compositor| {
            if let Some(field) = row.field {
                let muted = Place { ink: compositor.theme.muted, ..named };
                let styled = compositor.styled(&field.heading, muted.style(), cell);
                compositor.lines(&styled, muted);
            }
        })];
        for (side, place) in row.sides.into_iter().zip([new, old]) {
            let cell = self.tree.add(of_row, Role::Cell);
            galleys.push(self.aside(|compositor| compositor.blocks(&side.blocks, place.within(cell))));
        }
        let air = named.size * AIR;
        let (left, right) = (named.left - BESIDE * named.size, old.left + old.measure + BESIDE * named.size);
        let is_whole = galleys.iter().all(|galley| galley.height(..) <= self.theme.depth() * WHOLE);
        let mut strips = match is_whole {
            true => {
                let cells = galleys.into_iter().map(|galley| galley.into_strip(self.theme)).collect();
                vec![beside(cells, air)]
            }
            false => line_by_line(galleys, air),
        };
        if let Some(last) = strips.last_mut() {
            let height = last.height;
            last.items.push(rule((left, height), (right, height), 0.4, self.theme.hairline));
        }
        for strip in strips {
            self.strip(Strip { head: grid.head, ..strip });
        }
    }
}

/// Cells as one row.
fn beside(cells: Vec<Strip>, air: f32) -> Strip {
    let mut row = Strip::default();
    for cell in cells {
        row.height = row.height.max(cell.height);
        row.take(cell, (0.0, air));
    }
    row.height += 2.0 * air;
    row
}

/// Cells that no page holds as one row, line beside line.
fn line_by_line(galleys: Vec<Galley>, air: f32) -> Vec<Strip> {
    let mut cells: Vec<_> = galleys.into_iter().map(|galley| galley.strips.into_iter()).collect();
    let mut rows: Vec<Strip> = Vec::new();
    loop {
        let lines: Vec<Strip> = cells.iter_mut().filter_map(Iterator::next).collect();
        if lines.is_empty() {
            break;
        }
        let keep = if lines.iter().any(|line| line.keep != Keep::Free) { Keep::Near } else { Keep::Free };
        let space = lines.iter().map(|line| line.space).fold(0.0, f32::max);
        rows.push(Strip { keep, space, ..beside(lines, 0.0) });
    }
    if let Some(first) = rows.first_mut() {
        first.space = air;
    }
    if let Some(last) = rows.last_mut() {
        last.height += air;
        last.keep = Keep::Free;
    }
    rows
}
