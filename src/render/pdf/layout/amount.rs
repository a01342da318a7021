//! The requested amount: a box at the right edge, its first figure large, the section's heading beside it.

use super::compositor::{Compositor, Place, baseline, fill, rule};
use super::galley::{Keep, Strip, marks};
use crate::document::{Block, Inline, Section, Table, plain};
use crate::render::pdf::tags::{Role, Scope};
use crate::render::pdf::text::{Style, StyledText, longest_word, natural_width};
use crate::typeface::Weight;

/// The size of the requested figure.
const FIGURE: f32 = 15.0;

/// The white within the box at either side, and between label and figure.
const PADDING: f32 = 10.0;
const GAP: f32 = 22.0;

/// The white above and below a row.
const AIR: f32 = 3.0;

/// The least room in which notes stand beside the amounts.
const LEAST: f32 = 110.0;

/// The room at the left of the amounts, under their heading.
pub(super) struct Beside {
    /// What follows the strips of the amounts.
    end: usize,
    measure: f32,
    top: f32,
    bottom: f32,
}

impl Compositor<'_> {
    /// Sets a section whose first block is a table of labels and figures; any other in the ordinary way.
    pub(super) fn amount(&mut self, section: &Section, place: Place) {
        let Some((Block::Table(table), rest)) = section.blocks.split_first() else {
            return self.plain_section(section, place);
        };
        let fits = table.header.len() == 2 && table.rows.iter().all(|row| row.len() <= 2) && !place.narrow;
        if !fits {
            return self.plain_section(section, place);
        }
        let node = self.tree.add(place.parent, Role::Heading(place.level));
        let size = self.theme.heading(section.level);
        let style = Style { weight: Weight::Bold, size, ink: self.theme.accent, ..place.style() };
        let heading = self.styled(&section.heading, style, node);

        self.space(4.0);
        marks(section, place.level).into_iter().for_each(|mark| self.pin(mark));
        self.amount_box(table, &heading, size, place);
        self.space(10.0);
        self.blocks(rest, place);
    }

    fn plain_section(&mut self, section: &Section, place: Place) {
        self.heading(section, place, self.theme.heading(section.level));
        self.blocks(&section.blocks, place);
    }

    fn amount_box(&mut self, table: &Table, heading: &StyledText, heading_size: f32, place: Place) {
        let rows = self.amount_rows(table, place);
        let room = place.measure - 2.0 * PADDING - GAP;
        let widest = |column: usize| {
            let texts = rows.iter().filter_map(|row| row.get(column));
            texts.map(|styled| natural_width(styled, self.fonts)).fold(0.0, f32::max)
        };
        let figures = widest(1).min(room * 0.6);
        let labels = widest(0).min(room - figures);
        let width = labels + figures + GAP + 2.0 * PADDING;
        let right = place.left + place.measure;
        let left = right - width;
        let beside = place.measure - width - GAP;
        let stands_beside =
            longest_word(heading, self.fonts) * 3.0 <= beside || natural_width(heading, self.fonts) <= beside;
        if !stands_beside {
            self.lines(heading, Place { size: heading_size, leading: 1.4, justified: false, ..place });
            self.stick();
            self.space(4.0);
        }

        let accent = self.theme.accent;
        let count = rows.len();
        let first_strip = self.galley.strips.len();
        for (number, [label, figure]) in rows.iter().enumerate() {
            let labels = self.set(label, labels);
            let figures = self.set(figure, figures);
            let size = if number == 0 { FIGURE } else { place.size };
            let (small, large) = (place.size * 1.5, size * 1.4);
            let tall = (labels.len() as f32 * small).max(figures.len() as f32 * large) + 2.0 * AIR;
            // Label and figure share the figure's baseline, whatever their sizes.
            let first = AIR + baseline(size, large);
            let mut strip = Strip {
                height: tall,
                keep: if number + 1 < count { Keep::Firm } else { Keep::Near },
                ..Strip::default()
            };

            if number == 0 {
                let area = [left, 0.0, width, tall];
                strip.items.push(fill(area, self.theme.tint));
                if stands_beside {
                    let lines = self.set(heading, beside);
                    strip.height = strip.height.max(lines.len() as f32 * heading_size * 1.4 + AIR);
                    self.column(&lines, first, heading_size * 1.4, |_| place.left, &mut strip);
                }
            }
            let (ink, thickness) = if number == 0 { (accent, 1.0) } else { (self.theme.hairline, 0.4) };
            strip.items.push(rule((left, 0.0), (right, 0.0), thickness, ink));
            self.column(&labels, first, small, |_| left + PADDING, &mut strip);
            self.column(&figures, first, large, |line| right - PADDING - line.width, &mut strip);
            let tall = strip.height;
            strip.items.push(rule((left, -0.5), (left, tall), 1.0, accent));
            strip.items.push(rule((right, -0.5), (right, tall), 1.0, accent));
            if number + 1 == count {
                strip.items.push(rule((left - 0.5, tall), (right + 0.5, tall), 1.0, accent));
            }
            self.strip(strip);
        }
        let set = self.galley.strips.get(first_strip..).unwrap_or_default();
        self.beside = stands_beside.then(|| Beside {
            end: first_strip + count,
            measure: beside,
            top: AIR + FIGURE * 1.4 + 7.0,
            bottom: set.iter().map(|strip| strip.height).sum(),
        });
    }

    /// Sets the notes on the amounts at their left, under the heading; says whether there is room.
    pub(super) fn notes_beside(&mut self, section: &Section, place: Place) -> bool {
        let Some(room) = self.beside.take().filter(|room| room.end == self.galley.strips.len()) else {
            return false;
        };
        let place = Place { measure: room.measure, narrow: true, ..place };
        let lines = |text: &[Inline]| {
            let styled = StyledText::plain(&plain(text), place.style(), None, self.fonts);
            (natural_width(&styled, self.fonts) / (room.measure - 3.0 * place.size).max(1.0)).ceil()
        };
        let paragraphs = |blocks: &[Block]| -> f32 {
            let lines =
                blocks.iter().map(|it| if let Block::Paragraph(text) = it { lines(text) } else { 99.0 });
            lines.sum()
        };
        let [Block::List(list)] = section.blocks.as_slice() else { return false };
        let lines: f32 = list.items.iter().map(|item| paragraphs(&item.blocks)).sum();
        if room.measure < LEAST || room.top + (lines + 1.0) * place.pitch() * 1.1 > room.bottom {
            return false;
        }
        let notes = self.apart(|compositor| {
            compositor.heading(section, place, place.size);
            compositor.blocks(&section.blocks, place);
        });
        // They are read after the amounts.
        if let Some(last) = self.galley.strips.last_mut() {
            let up = room.bottom - last.height;
            last.take(notes, (0.0, room.top - up));
        }
        true
    }

    /// A row of a table whose label heads the figure beside it: the nodes of both.
    pub(super) fn labeled_row(&mut self, table: usize) -> (usize, usize) {
        let row = self.tree.add(table, Role::Row);
        (self.tree.add_head(row, Scope::Row), self.tree.add(row, Role::Cell))
    }

    /// The rows as styled text: the label heads the figure beside it.
    fn amount_rows(&mut self, table: &Table, place: Place) -> Vec<[StyledText; 2]> {
        let node = self.tree.add(place.parent, Role::Table);
        let mut rows = Vec::with_capacity(table.rows.len() + 1);
        for (number, cells) in std::iter::once(&table.header).chain(&table.rows).enumerate() {
            let first = number == 0;
            let (head, cell) = self.labeled_row(node);
            let weight = if first { Weight::Bold } else { Weight::Regular };
            let label = Style { weight, ..place.style() };
            let size = if first { FIGURE } else { place.size };
            let figure = Style { weight, size, figures: true, ..place.style() };
            let text = |column: usize| cells.get(column).map_or(&[][..], Vec::as_slice);
            rows.push([self.styled(text(0), label, head), self.styled(text(1), figure, cell)]);
        }
        rows
    }
}
