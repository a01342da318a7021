//! Setting text in lines of a measure. Linear in the text's length, whatever the text.

use super::breaks::opportunities;
use super::copy::{Copy, Span, Style};
use crate::typeface::{FIGURE_ADVANCE, Fonts, is_invisible};

/// The most that letters are spaced out to reach the right edge, in ems.
const LOOSEST: f32 = 0.07;

/// Rounding slack, so that text as wide as its column fits it.
const SLACK: f32 = 0.01;

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
    /// Extra space after every character, in points.
    pub tracking: f32,
    /// Its look.
    pub style: Style,
    /// The node of the structure.
    pub leaf: Option<usize>,
    /// The link that it shows.
    pub link: Option<usize>,
}

/// Breaks text into lines no wider than `measure`; a word that is wider is broken where the line is full.
pub fn set(copy: &Copy, fonts: &Fonts, measure: f32) -> Vec<Line> {
    composed(copy, fonts, broken(copy, fonts, measure))
}

/// The same for text that is not spaced out to the right edge: a last line of a letter or two borrows from the line above.
pub fn set_ragged(copy: &Copy, fonts: &Fonts, measure: f32) -> Vec<Line> {
    let mut lines = broken(copy, fonts, measure);
    for at in 1..lines.len() {
        let (Some(&(start, end, false)), Some(&(cut, last, true))) = (lines.get(at - 1), lines.get(at))
        else {
            continue;
        };
        let letters = |from: usize, to: usize| {
            let text = copy.text.get(from..to).unwrap_or_default();
            text.chars().filter(|c| c.is_alphanumeric()).count()
        };
        if cut != end || letters(cut, last) >= FEWEST || letters(start, last) < 4 * FEWEST {
            continue;
        }
        let places = opportunities(&copy.text);
        let earlier = places.iter().rev();
        let mut better = earlier.filter(|place| !place.forced && place.at > start && place.at < cut);
        if let Some(place) = better.find(|place| letters(place.at, last) >= FEWEST) {
            lines[at - 1].1 = place.at;
            lines[at].0 = place.at;
        }
    }
    composed(copy, fonts, lines)
}

/// The fewest letters of a last line.
const FEWEST: usize = 4;

/// Where lines begin and end, and whether the author or the text ends them.
fn broken(copy: &Copy, fonts: &Fonts, measure: f32) -> Vec<(usize, usize, bool)> {
    let places = opportunities(&copy.text);
    let mut coming = places.iter().peekable();
    let mut walk = Walk::new(copy, fonts);
    let mut lines = Vec::new();
    let mut start = 0;
    let mut width = 0.0;
    let mut best: Option<(usize, f32)> = None;

    for (at, character) in copy.text.char_indices() {
        while let Some(place) = coming.next_if(|p| p.at <= at) {
            if place.at < at || place.at == 0 {
                continue;
            }
            if place.forced {
                lines.push((start, at, true));
                (start, width, best) = (at, 0.0, None);
            } else {
                best = Some((at, width));
            }
        }
        let advance = walk.advance(at, character);
        if !character.is_whitespace() && advance > 0.0 {
            while width + advance > measure + SLACK && at > start {
                let (cut, used) = best.take().filter(|(cut, _)| *cut > start).unwrap_or((at, width));
                lines.push((start, cut, false));
                start = cut;
                width -= used;
            }
        }
        width += advance;
    }
    lines.push((start, copy.text.len(), true));
    lines
}

fn composed(copy: &Copy, fonts: &Fonts, lines: Vec<(usize, usize, bool)>) -> Vec<Line> {
    let mut spans = copy.spans.iter().peekable();
    lines.into_iter().map(|(start, end, last)| compose(copy, fonts, &mut spans, (start, end), last)).collect()
}

/// The width of the text if it is broken only where it must be.
pub fn natural_width(copy: &Copy, fonts: &Fonts) -> f32 {
    widest(copy, fonts, |forced| forced)
}

/// The width of the widest stretch that holds no opportunity to break.
pub fn longest_word(copy: &Copy, fonts: &Fonts) -> f32 {
    widest(copy, fonts, |_| true)
}

fn widest(copy: &Copy, fonts: &Fonts, ends: impl Fn(bool) -> bool) -> f32 {
    let mut walk = Walk::new(copy, fonts);
    let mut start = 0;
    let mut widest = 0.0_f32;

    for place in opportunities(&copy.text).iter() {
        if !ends(place.forced) && place.at < copy.text.len() {
            continue;
        }
        let Some(part) = copy.text.get(start..place.at) else {
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

/// Measures characters in the order of the text.
struct Walk<'a> {
    spans: std::slice::Iter<'a, Span>,
    span: Option<&'a Span>,
    fonts: &'a Fonts,
}

impl<'a> Walk<'a> {
    fn new(copy: &'a Copy, fonts: &'a Fonts) -> Self {
        let mut spans = copy.spans.iter();
        let span = spans.next();
        Self { spans, span, fonts }
    }

    fn advance(&mut self, at: usize, character: char) -> f32 {
        while let Some(span) = self.span
            && span.end <= at
        {
            self.span = self.spans.next();
        }
        let Some(span) = self.span else {
            return 0.0;
        };
        if is_invisible(character) {
            return 0.0;
        }
        let natural = i32::from(self.fonts.face(span.style.weight).shown(character).advance);
        let set = if span.style.figures && character.is_ascii_digit() { FIGURE_ADVANCE } else { natural };
        set as f32 * span.style.size / 1000.0
    }
}

fn compose(
    copy: &Copy,
    fonts: &Fonts,
    spans: &mut std::iter::Peekable<std::slice::Iter<'_, Span>>,
    (start, end): (usize, usize),
    last: bool,
) -> Line {
    let mut line = Line { last, ..Line::default() };
    let content = copy.text.get(start..end).unwrap_or_default();
    let kept = start + content.trim_end().len();
    // One space at a line's end keeps words apart for those who hear the sheet; more would reach over the margin.
    let shown = kept
        + copy
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
        let visible = copy.text.get(from..to.min(shown).max(from)).unwrap_or_default();
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
        width += advance;
        if span.style.figures && character.is_ascii_digit() {
            let extra = FIGURE_ADVANCE - advance;
            let before = extra / 2;
            match kerns.last_mut() {
                Some((at, kern)) if *at == place => *kern += before,
                _ => kerns.push((place, before)),
            }
            kerns.push((place + 1, extra - before));
            width += extra;
        }
    }
    Piece {
        x,
        width: width as f32 * span.style.size / 1000.0,
        text: shown,
        kerns,
        tracking: 0.0,
        style: span.style,
        leaf: span.leaf,
        link: span.link,
    }
}

impl Line {
    /// Spaces the letters of a full line out to the measure, if that takes only a little.
    pub fn justify(&mut self, measure: f32) {
        let letters: usize = self.pieces.iter().map(|p| p.text.trim_end().chars().count()).sum();
        let size = self.pieces.first().map_or(0.0, |p| p.style.size);
        if self.last || letters < 2 || size == 0.0 {
            return;
        }
        let tracking = (measure - self.width) / (letters - 1) as f32;
        if tracking <= 0.0 || tracking > LOOSEST * size {
            return;
        }
        let mut shift = 0.0;
        for piece in &mut self.pieces {
            let extra = tracking * piece.text.chars().count() as f32;
            piece.x += shift;
            piece.width += extra;
            piece.tracking = tracking;
            shift += extra;
        }
        self.width = measure;
    }
}
