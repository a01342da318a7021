//! The cells of a table as styled text, and what their columns wish for.

use super::WORD;
use super::heading;
use super::widths::Wish;
use crate::document::{Alignment, Inline, fraction, inset, open_fraction};
use crate::render::pdf::layout::compositor::Compositor;
use crate::render::pdf::tags::{Attributes, Role, Scope};
use crate::render::pdf::text::{Style, StyledText, longest_word, natural_width};

/// How wide a column of figures likes to be for words behind them, in letters.
const WORDS: f32 = 12.0;

/// And for what stands in brackets behind them.
const ASIDE: f32 = 20.0;

/// How many rows decide how the width is shared.
const MEASURED: usize = 200;

impl Compositor<'_> {
    pub(super) fn cells(
        &mut self,
        cells: &[Vec<Inline>],
        alignments: &[Alignment],
        style: Style,
        table: usize,
        (role, attributes): (Role, &Attributes),
    ) -> Vec<StyledText> {
        let row = self.tree.add(table, Role::Row);
        alignments
            .iter()
            .enumerate()
            .map(|(column, alignment)| {
                // What names a row heads it.
                let names = role == Role::Cell
                    && column == 0
                    && *alignment != Alignment::Right
                    && cells.first().is_some_and(|cell| !cell.is_empty());
                let node = match names {
                    true => self.tree.add_head(row, Scope::Row),
                    false => self.tree.add_with(row, role, attributes.clone()),
                };
                let style = Style { figures: *alignment == Alignment::Right, ..style };
                cells.get(column).map(|cell| self.styled(cell, style, node)).unwrap_or_default()
            })
            .collect()
    }

    pub(super) fn wishes(
        &self,
        head: &[StyledText],
        rows: &[Vec<StyledText>],
        alignments: &[Alignment],
    ) -> Vec<Wish> {
        alignments
            .iter()
            .enumerate()
            .map(|(column, alignment)| {
                let heading = head.get(column);
                let heading_word = heading.map_or(0.0, |styled| longest_word(styled, self.fonts));
                let heading_width = heading.map_or(0.0, |styled| natural_width(styled, self.fonts));
                let mut wish = Wish {
                    figures: *alignment == Alignment::Right,
                    letter: self.theme.table,
                    ..Wish::default()
                };
                for styled in rows.iter().filter_map(|row| row.get(column)) {
                    let (whole, word) = (natural_width(styled, self.fonts), longest_word(styled, self.fonts));
                    let (levels, written) = if column == 0 { inset(&styled.text) } else { (0, 0) };
                    let (inset, written) = (levels as f32 * wish.letter, written as f32 * wish.letter);
                    let (bare, within) = (whole - written, word);
                    let (whole, word) = (bare + inset, word + inset);
                    // Words that stand for a figure, or behind it, may be broken; a figure may not.
                    let width = if wish.figures { whole.min(word.max(wish.letter * WORD)) } else { whole };
                    wish.natural = wish.natural.max(width);
                    if let (true, Some(fraction)) = (wish.figures, self.fraction(styled)) {
                        wish.whole = wish.whole.max(width - fraction);
                        wish.fraction = wish.fraction.max(fraction);
                    }
                    if let (true, Some(behind)) = (wish.figures, self.open_fraction(styled)) {
                        wish.open = (wish.open.0.max(bare - behind), wish.open.1.max(behind));
                    }
                    if !wish.figures {
                        wish.word = wish.word.max(word);
                    }
                    if wish.cells.len() < MEASURED {
                        wish.cells.push((bare, within, inset));
                    }
                }
                let whole = wish
                    .cells
                    .iter()
                    .map(|(bare, _, inset)| bare + inset)
                    .fold(0.0, f32::max)
                    .min(wish.letter * WORDS);
                let cells = rows.iter().filter_map(|row| row.get(column)).filter(|_| wish.figures);
                let aside = cells.map(|styled| self.aside_of(styled)).fold(0.0, f32::max);
                let whole = whole.max(aside.min(wish.letter * ASIDE));
                wish.word = wish.word.max(heading_word);
                // With the square that says which bar is its own.
                wish.heading = heading_width + wish.letter;
                if wish.figures {
                    // Figures are not broken; the heading above them may be, into two lines or so, but not inside a word.
                    wish.natural = wish.natural.max(wish.whole + wish.fraction);
                    wish.word = wish.word.max(wish.natural);
                    let heading = heading.map_or(0.0, |styled| heading::whole_words(styled, self.fonts));
                    if heading <= wish.letter * WORD {
                        wish.word = wish.word.max(heading);
                    }
                    // In two or three lines, that is.
                    wish.natural = wish.word.max(heading).max(whole).max(wish.with_open());
                } else {
                    wish.natural = wish.natural.max(heading_width);
                }
                wish
            })
            .collect()
    }

    /// How wide what stands in brackets behind a figure is, as another year's amount with what it is.
    fn aside_of(&self, styled: &StyledText) -> f32 {
        let aside = styled.text.split_once('（').filter(|(figure, _)| !figure.is_empty());
        aside.and_then(|(_, aside)| self.width_of(&format!("（{aside}"), styled)).unwrap_or_default()
    }

    /// How wide what stands after a figure's whole number is; `None` where a cell holds more than a figure.
    pub(super) fn fraction(&self, styled: &StyledText) -> Option<f32> {
        self.width_of(fraction(&styled.text)?, styled)
    }

    /// The same with the words behind a figure that say it is open.
    pub(super) fn open_fraction(&self, styled: &StyledText) -> Option<f32> {
        self.width_of(open_fraction(&styled.text)?, styled)
    }

    fn width_of(&self, end: &str, styled: &StyledText) -> Option<f32> {
        let style = styled.spans.last()?.style;
        Some(natural_width(&StyledText::plain(end, style, None, self.fonts), self.fonts))
    }
}
