//! Setting text in lines of a measure.

use std::borrow::Cow;

use super::measured::{HYPHEN, Measured, SMALLEST, Walk, advance_of};
use super::styled::{Span, Style, StyledText, kern, tightened};
use crate::breaks::{Manner, Stop, best, opportunities};
use crate::script::is_wide;
use crate::typeface::{FIGURE_ADVANCE, Fonts, is_invisible};

/// A line of type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Its pieces from left to right.
    pub pieces: Vec<Piece>,
    /// Its width without the spaces at its end.
    pub width: f32,
    /// Whether the author ended it, or the text did.
    pub last: bool,
}

/// A stretch of a line in one style.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// Its distance from the line's start.
    pub x: f32,
    /// Its width.
    pub width: f32,
    /// What it says, without invisible characters.
    pub text: String,
    /// Extra space before a character, as (place among the characters, thousandths of an em); an entry at the end trails.
    pub kerns: Vec<(usize, i32)>,
    /// Its look.
    pub style: Style,
    /// The node of the structure.
    pub leaf: Option<usize>,
    /// The link that it shows.
    pub link: Option<usize>,
}

/// Sets text in lines of a measure.
pub(crate) fn set(styled: &StyledText, fonts: &Fonts, measure: f32, manner: Manner) -> Vec<Line> {
    let (stops, ends) = ends(styled, fonts, measure, manner);
    let mut spans = styled.spans.iter().peekable();
    let mut start = 0;
    let lines = ends.iter().enumerate().map(|(number, end)| {
        let end = &stops[*end];
        let last = end.forced || number + 1 == ends.len();
        let mut line = compose(styled, fonts, &mut spans, (start, end.at), last);
        if end.hyphen {
            line.hyphenate(fonts);
        }
        line.shrink(measure);
        start = end.at;
        line
    });
    let mut lines: Vec<Line> = lines.collect();
    if manner == Manner::Justified {
        justify(&mut lines, fonts, measure, styled.text.contains(is_wide));
    }
    if lines.is_empty() { vec![Line { last: true, ..Line::default() }] } else { lines }
}

/// Spaces lines out to the measure. Among those of Latin words one that cannot be would stand out, so that all are ragged then.
fn justify(lines: &mut Vec<Line>, fonts: &Fonts, measure: f32, is_wide: bool) {
    if is_wide {
        for line in lines {
            line.justify(fonts, measure);
        }
        return;
    }
    let mut spaced = lines.clone();
    if spaced.iter_mut().all(|line| line.justify(fonts, measure)) {
        *lines = spaced;
    }
}

/// Where the lines may end, and at which of these places they do.
fn ends(styled: &StyledText, fonts: &Fonts, measure: f32, manner: Manner) -> (Vec<Stop>, Vec<usize>) {
    let measure = f64::from(measure).max(0.1);
    let measured = Measured { styled, fonts, manner };
    let stops = measured.stops();
    let stops = match measured.within(&stops, measure) {
        Cow::Owned(more) => more,
        Cow::Borrowed(_) => stops,
    };
    let size = styled.spans.first().map_or(1.0, |span| f64::from(span.style.size)).max(0.1);
    let ends = best(&stops, measure, size, manner);
    (stops, ends)
}

/// The width of the text if it is broken only where it must be.
pub fn natural_width(styled: &StyledText, fonts: &Fonts) -> f32 {
    widest(styled, fonts, |forced| forced)
}

/// The width of the widest stretch that holds no opportunity to break.
pub fn longest_word(styled: &StyledText, fonts: &Fonts) -> f32 {
    widest(styled, fonts, |_| true)
}

fn widest(styled: &StyledText, fonts: &Fonts, ends: impl Fn(bool) -> bool) -> f32 {
    let mut walk = Walk::new(styled, fonts);
    let mut start = 0;
    let mut widest = 0.0_f32;

    for place in opportunities(&styled.text).iter().filter(|place| place.is_between_words()) {
        if !ends(place.is_forced()) && place.at < styled.text.len() {
            continue;
        }
        let Some(part) = styled.text.get(start..place.at) else {
            continue;
        };
        let kept = part.trim_end().len();
        let mut width = 0.0;
        for (at, character) in part.char_indices() {
            let advance = walk.advance(start + at, character);
            if at < kept {
                width += advance;
            }
        }
        widest = widest.max(width);
        start = place.at;
    }
    widest
}

fn compose(
    styled: &StyledText,
    fonts: &Fonts,
    spans: &mut std::iter::Peekable<std::slice::Iter<'_, Span>>,
    (start, end): (usize, usize),
    last: bool,
) -> Line {
    let mut line = Line { last, ..Line::default() };
    let content = styled.text.get(start..end).unwrap_or_default();
    let kept = start + content.trim_end().len();
    // One space at a line's end keeps words apart for those who hear the sheet; more would reach over the margin.
    let shown = kept
        + styled
            .text
            .get(kept..end)
            .unwrap_or_default()
            .chars()
            .next()
            .map_or(0, |c| if c == ' ' { 1 } else { 0 });
    let mut from = start;
    let mut x = 0.0;

    while from < end {
        while spans.next_if(|span| span.end <= from).is_some() {}
        let Some(span) = spans.peek() else {
            break;
        };
        let to = span.end.min(end);
        let visible = styled.text.get(from..to.min(shown).max(from)).unwrap_or_default();
        let piece = piece(visible, span, fonts, x);
        x += piece.width;
        if !piece.text.is_empty() {
            line.pieces.push(piece);
        }
        from = to;
    }
    let hanging =
        line.pieces.last().filter(|_| shown > kept).map_or(0.0, |piece| {
            fonts.face(piece.style.weight).width(" ") as f32 * piece.style.size / 1000.0
        });
    line.width = x - hanging;
    line
}

fn piece(text: &str, span: &Span, fonts: &Fonts, x: f32) -> Piece {
    let face = fonts.face(span.style.weight);
    let mut shown = String::with_capacity(text.len());
    let mut kerns: Vec<(usize, i32)> = Vec::new();
    let mut width = 0;

    for (place, character) in text.chars().filter(|c| !is_invisible(*c)).enumerate() {
        let advance = i32::from(face.shown(character).advance);
        shown.push(character);
        let (before, after) = if span.style.figures && character.is_ascii_digit() {
            let extra = FIGURE_ADVANCE - advance;
            (extra / 2, extra - extra / 2)
        } else {
            tightened(character, span.style.weight)
        };
        kern(&mut kerns, place, before);
        kern(&mut kerns, place + 1, after);
        width += advance + before + after;
    }
    Piece {
        x,
        width: width as f32 * span.style.size / 1000.0,
        text: shown,
        kerns,
        style: span.style,
        leaf: span.leaf,
        link: span.link,
    }
}

impl Line {
    /// Ends the line with a hyphen. It is decoration: whoever hears or copies the word has it whole.
    fn hyphenate(&mut self, fonts: &Fonts) {
        let Some(last) = self.pieces.last() else { return };
        let style = last.style;
        let width = advance_of(HYPHEN, &style, fonts);
        let x = self.width;
        self.width += width;
        self.pieces.push(Piece {
            x,
            width,
            text: HYPHEN.to_string(),
            kerns: Vec::new(),
            style,
            leaf: None,
            link: None,
        });
    }

    /// Sets a line smaller that holds a figure wider than its column.
    fn shrink(&mut self, measure: f32) {
        if self.width <= measure + 0.05 || self.width <= 0.0 {
            return;
        }
        let factor = (measure / self.width).max(SMALLEST as f32);
        self.width *= factor;
        for piece in &mut self.pieces {
            piece.x *= factor;
            piece.width *= factor;
            piece.style.size *= factor;
            piece.style.rise *= factor;
        }
    }
}
