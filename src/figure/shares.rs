//! Shares: one bar for the whole, and under it a row a part, set where the part lies in the whole.
//!
//! A part too thin for lettering still has its row, and no reader has to match colors with a legend.

use super::Shares;
use super::label::{Style, text_width, wrap};
use super::shape::{Anchor, CANVAS, Drawing, Ink, Shape};

const SIZE: f64 = 8.5;
const BAR: f64 = 11.0;
const WHOLE: f64 = 17.0;
const INKS: [Ink; 3] = [Ink::Accent, Ink::Prior, Ink::AccentSoft];

/// Draws a divided bar.
pub(super) fn draw(shares: &Shares, canvas: f64) -> Drawing {
    let style = Style::new(SIZE);
    let column = |widest: f64, most: f64| (widest + 10.0).min(most);
    let left = column(
        shares.parts.iter().map(|part| text_width(&part.label, SIZE)).fold(canvas * 0.125, f64::max),
        canvas * 0.3125,
    );
    let right = column(
        shares.parts.iter().map(|part| text_width(&part.text, SIZE)).fold(0.0, f64::max),
        canvas * 0.1875,
    );
    let track = canvas - left - right;

    let mut shapes = Vec::new();
    let title = Style::new(9.0).bold();
    let title_lines = wrap(&shares.whole, 9.0, canvas);
    shapes.extend(title.lines(&title_lines, (0.0, 0.0)));
    let mut y = title.height(title_lines.len()) + if title_lines.is_empty() { 1.0 } else { 6.0 };

    if canvas < CANVAS
        && let Some(pieces) = lettered(shares, canvas, y)
    {
        shapes.extend(pieces);
        return noted(shares, canvas, y + WHOLE + 2.0, shapes);
    }
    let spans = spans(shares, track);
    for (&(from, to), ink) in spans.iter().zip(INKS.iter().cycle()) {
        shapes.push(piece(left + from, y, to - from, WHOLE, *ink));
    }
    y += WHOLE + 7.0;

    let aligned = style.anchor(Anchor::End);
    for ((part, &(from, to)), ink) in shares.parts.iter().zip(&spans).zip(INKS.iter().cycle()) {
        let label = wrap(&part.label, SIZE, left - 10.0);
        let text = wrap(&part.text, SIZE, right - 10.0 + 0.1);
        let height = BAR.max(style.height(label.len())).max(style.height(text.len()));
        let middle = y + height / 2.0;
        shapes.push(Shape::Line {
            points: vec![(left, middle), (left + track, middle)],
            ink: Ink::Line,
            width: 0.5,
        });
        shapes.push(piece(left + from, middle - BAR / 2.0, to - from, BAR, *ink));
        shapes.extend(style.lines(&label, (0.0, middle - style.height(label.len()) / 2.0)));
        shapes.extend(aligned.lines(&text, (canvas, middle - style.height(text.len()) / 2.0)));
        y += height + 5.0;
    }
    noted(shares, canvas, y, shapes)
}

/// The drawing, with what must be known of the parts below.
fn noted(shares: &Shares, canvas: f64, mut y: f64, mut shapes: Vec<Shape>) -> Drawing {
    if !shares.note.is_empty() {
        let style = Style::new(SIZE);
        let note = wrap(&shares.note, SIZE, canvas);
        shapes.extend(style.lines(&note, (0.0, y)));
        y += style.height(note.len());
    }
    Drawing { width: canvas, height: y, shapes }
}

/// The whole as one bar with its parts named inside, if every part has room for its name.
fn lettered(shares: &Shares, canvas: f64, y: f64) -> Option<Vec<Shape>> {
    let style = Style::new(SIZE).anchor(Anchor::Middle);
    let mut shapes = Vec::new();
    let parts = shares.parts.iter().zip(spans(shares, canvas)).zip(INKS.iter().cycle());
    for ((part, (from, to)), ink) in parts {
        let text = format!("{} {}", part.label, part.text);
        if text_width(&text, SIZE) + 4.0 > to - from {
            return None;
        }
        let lettering = if *ink == Ink::Accent { Ink::Paper } else { Ink::Text };
        shapes.push(piece(from, y, to - from, WHOLE, *ink));
        let top = y + (WHOLE - style.height(1)) / 2.0;
        shapes.extend(style.ink(lettering).lines(&[text], ((from + to) / 2.0, top)));
    }
    Some(shapes)
}

/// Where each part begins and ends on the track; parts that make more than the whole are scaled to fit.
fn spans(shares: &Shares, track: f64) -> Vec<(f64, f64)> {
    let sum: u64 = shares.parts.iter().map(|part| u64::from(part.millionths)).sum();
    let whole = sum.max(1_000_000) as f64;
    let mut before = 0u64;
    let place = |millionths: u64| millionths as f64 / whole * track;
    shares
        .parts
        .iter()
        .map(|part| {
            let from = before;
            before += u64::from(part.millionths);
            (place(from), place(before))
        })
        .collect()
}

/// A part; neighbors are kept apart by a sliver of paper where there is room for one.
fn piece(x: f64, y: f64, width: f64, height: f64, ink: Ink) -> Shape {
    let w = if width > 3.0 { width - 1.0 } else { width.max(0.4) };
    let stroke = (ink == Ink::AccentSoft && w > 2.0).then_some(Ink::Line);
    Shape::Rect { x, y, w, h: height, radius: 0.0, fill: Some(ink), stroke }
}
