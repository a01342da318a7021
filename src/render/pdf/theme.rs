//! Measures and inks of a sheet, in points.

use crate::model::Paper;

/// A color, as red, green and blue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ink(pub u8, pub u8, pub u8);

/// How a sheet looks.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// The paper's width and height.
    pub paper: (f32, f32),
    /// The margins: left, top, right, bottom.
    pub margins: [f32; 4],
    /// The size of running text.
    pub body: f32,
    /// The distance between baselines, as a multiple of the size.
    pub leading: f32,
    /// The same within tables and notes.
    pub tight: f32,
    /// The size of the type in tables, if they have room.
    pub table: f32,
    /// The smallest size that a crowded table is set in before its words are broken.
    pub smallest: f32,
    /// The size of notes, captions and the running head.
    pub small: f32,
    /// The size of the title.
    pub title: f32,
    /// The sizes of the headings of levels 2 to 6.
    pub headings: [f32; 5],
    /// The indent of one level of a list.
    pub indent: f32,
    /// The space between a frame and what it holds.
    pub padding: f32,
    /// Running text.
    pub black: Ink,
    /// What steps back: emphasis of computed rows, captions, running heads.
    pub muted: Ink,
    /// Headings, rules and links.
    pub accent: Ink,
    /// Bars of last year's amounts.
    pub prior: Ink,
    /// Light rules.
    pub hairline: Ink,
    /// The ground of table heads and quotations.
    pub tint: Ink,
    /// How large drawings are at most, of their own size.
    pub drawing: f32,
    /// The highest figure, as a share of the text block.
    pub figure: f32,
    /// Frames and the line beside quotations, where white is scarce.
    pub frame: Ink,
    /// The size and the leading of quotations there, the leading as a multiple of the size.
    pub quote: (f32, f32),
    /// The mark of a draft, behind the type.
    pub mark: Ink,
    /// The rule beside warnings.
    pub alarm: Ink,
}

impl Theme {
    /// The look of upright sheets on a paper.
    pub fn on(paper: Paper) -> Self {
        Self { paper: upright(paper), ..Self::default() }
    }

    /// The width of the text block.
    pub fn measure(&self) -> f32 {
        self.paper.0 - self.margins[0] - self.margins[2]
    }

    /// The height of the text block.
    pub fn depth(&self) -> f32 {
        self.paper.1 - self.margins[1] - self.margins[3]
    }

    /// The same look on a page lying on its long side.
    pub fn turned(&self) -> Self {
        Self { paper: (self.paper.1, self.paper.0), ..self.clone() }
    }

    /// The same look with less white, as far as `by` of 1, to save a page that would be all but empty.
    pub fn tightened(&self, by: f32) -> Self {
        let [left, top, right, bottom] = self.margins;
        Self {
            leading: self.leading - 0.14 * by,
            tight: self.tight - 0.05 * by,
            margins: [left, top - 8.0 * by, right, bottom - 8.0 * by],
            drawing: self.drawing - 0.12 * by,
            figure: self.figure - 0.15 * by,
            ..self.clone()
        }
    }

    /// The size of a heading.
    pub fn heading(&self, level: u8) -> f32 {
        let place = usize::from(level.clamp(2, 6) - 2);
        self.headings.get(place).copied().unwrap_or(self.body)
    }
}

/// The width and height of a paper held upright.
pub fn upright(paper: Paper) -> (f32, f32) {
    match paper {
        Paper::A4 => (595.28, 841.89),
        Paper::Letter => (612.0, 792.0),
    }
}

impl Default for Theme {
    fn default() -> Self {
        Self {
            paper: upright(Paper::A4),
            margins: [56.0, 62.0, 56.0, 58.0],
            body: 9.5,
            leading: 1.7,
            tight: 1.45,
            table: 8.5,
            smallest: 6.5,
            small: 8.0,
            title: 17.0,
            headings: [12.0, 10.5, 9.5, 9.5, 9.5],
            indent: 12.0,
            padding: 8.0,
            black: Ink(0x14, 0x1A, 0x22),
            muted: Ink(0x53, 0x5E, 0x6B),
            accent: Ink(0x1F, 0x43, 0x7A),
            prior: Ink(0x85, 0x92, 0xA3),
            hairline: Ink(0x8A, 0x95, 0xA3),
            tint: Ink(0xF0, 0xF3, 0xF9),
            drawing: 1.0,
            figure: 0.75,
            frame: Ink(0x76, 0x84, 0x9A),
            quote: (9.0, 1.6),
            mark: Ink(0xE3, 0xE7, 0xEE),
            alarm: Ink(0xA8, 0x32, 0x22),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::contrast;

    #[test]
    fn every_ink_of_a_page_stands_out_from_its_ground() {
        let theme = Theme::default();
        let (paper, rgb) = ([255; 3], |ink: Ink| [ink.0, ink.1, ink.2]);
        for ink in [theme.black, theme.muted, theme.accent, theme.alarm] {
            for ground in [paper, rgb(theme.tint), rgb(theme.mark)] {
                assert!(contrast(rgb(ink), ground) >= 4.5, "{ink:?} on {ground:?}");
            }
        }
        for ink in [theme.prior, theme.hairline, theme.frame] {
            assert!(contrast(rgb(ink), paper) >= 3.0, "{ink:?}");
        }
    }
}
