//! Shares: one bar for the whole, each part lettered where it lies; a part too thin for its name has it below the bar, or beside it if there is
//! no room, at the end of a line that leads to it. So every number has one mark, and no reader has to match tones with a legend.

use super::Shares;
use super::label::{Style, text_width, widest_phrase, wrap};
use super::legend::Fill;
use super::shape::{Anchor, Drawing, Ink, SMALLEST, Shape};

const SIZE: f64 = 8.5;
const WHOLE: f64 = 17.0;
const INKS: [Ink; 3] = [Ink::Accent, Ink::Prior, Ink::AccentSoft];

/// A part of the bar with what is written about it.
struct Piece {
    text: String,
    from: f64,
    to: f64,
    ink: Ink,
}

impl Piece {
    fn middle(&self) -> f64 {
        (self.from + self.to) / 2.0
    }

    fn is_lettered(&self) -> bool {
        text_width(&self.text, SIZE) + 4.0 <= self.to - self.from
    }
}

/// Draws a divided bar.
pub(super) fn draw(shares: &Shares, canvas: f64) -> Drawing {
    let mut shapes = Vec::new();
    let title = Style::new(9.0).bold();
    let title_lines = wrap(&shares.whole, 9.0, canvas);
    shapes.extend(title.lines(&title_lines, (0.0, 0.0)));
    let y = title.height(title_lines.len()) + if title_lines.is_empty() { 1.0 } else { 6.0 };

    let mut pieces = pieces(shares, canvas);
    let mut foot = y + WHOLE + 2.0;
    if pieces.iter().all(Piece::is_lettered) {
        bar(&pieces, 0.0, y, &mut shapes);
    } else {
        let thin: Vec<&Piece> = pieces.iter().filter(|piece| !piece.is_lettered()).collect();
        let ways = (0..=thin.len()).filter_map(|split| Some((split, below(&thin, split, canvas)?)));
        match ways.min_by_key(|(_, names)| names.iter().map(Vec::len).sum::<usize>()) {
            Some((split, names)) => {
                bar(&pieces, 0.0, y, &mut shapes);
                foot = hung(&thin, &names, split, y, &mut shapes);
            }
            None => {
                let needs = |piece: &Piece| widest_phrase(&piece.text, SIZE) + 10.2;
                let column = pieces.iter().map(needs).fold(canvas * 0.42, f64::max).min(canvas * 0.7);
                pieces = self::pieces(shares, canvas - column);
                foot = named(pieces, (column, canvas), y, &mut shapes);
            }
        }
    }
    if !shares.note.is_empty() {
        let style = Style::new(SIZE);
        let note = wrap(&shares.note, SIZE, canvas);
        shapes.extend(style.lines(&note, (0.0, foot)));
        foot += style.height(note.len());
    }
    Drawing { width: canvas, height: foot, shapes }
}

/// The lines of the names that the bar has no room for, if they can hang below it with no word broken: those of the first parts, `split` of them,
/// at the right of the lines that lead to them, those of the others at the left of theirs.
fn below(thin: &[&Piece], split: usize, canvas: f64) -> Option<Vec<Vec<String>>> {
    let taken = split.checked_sub(1).and_then(|last| thin.get(last)).map_or(0.0, |it| it.middle() + 4.0);
    let names = thin.iter().enumerate().map(|(at, piece)| {
        let room = if at < split { canvas - piece.middle() } else { piece.middle() - taken } - 10.1;
        (widest_phrase(&piece.text, SIZE) <= room).then(|| wrap(&piece.text, SIZE, room))
    });
    names.collect()
}

/// Sets them; gives the height. The one farthest from the middle comes last on each side, so that no line crosses a name.
fn hung(thin: &[&Piece], names: &[Vec<String>], split: usize, y: f64, shapes: &mut Vec<Shape>) -> f64 {
    let mut top = y + WHOLE + 4.0;
    for at in (split..thin.len()).chain((0..split).rev()) {
        let (Some(piece), Some(lines)) = (thin.get(at), names.get(at)) else { continue };
        let (way, anchor) = if at < split { (1.0, Anchor::Start) } else { (-1.0, Anchor::End) };
        let style = Style::new(SIZE).anchor(anchor);
        let (x, middle) = (piece.middle(), top + style.height(1) / 2.0);
        if piece.to > piece.from {
            let points = vec![(x, y + WHOLE), (x, middle), (x + way * 6.0, middle)];
            shapes.push(Shape::Line { points, ink: Ink::Muted, width: 0.5 });
        }
        shapes.extend(style.lines(lines, (x + way * 10.0, top)));
        top += style.height(lines.len()) + 2.0;
    }
    top
}

/// The bar beside a column of the names that it has no room for, on the side where most of those parts lie; gives the height.
fn named(pieces: Vec<Piece>, (column, canvas): (f64, f64), y: f64, shapes: &mut Vec<Shape>) -> f64 {
    let style = Style::new(SIZE);
    let track = canvas - column;
    let thin = pieces.iter().filter(|piece| !piece.is_lettered());
    let at_right = thin.clone().map(|piece| piece.middle() - track / 2.0).sum::<f64>() > 0.0;
    let left = if at_right { 0.0 } else { column };
    bar(&pieces, left, y, shapes);
    // The names nearest to their column come first, so that no line crosses another.
    let mut thin: Vec<&Piece> = thin.collect();
    if at_right {
        thin.reverse();
    }
    let mut top = y + WHOLE + 4.0;
    for piece in thin {
        let lines = wrap(&piece.text, SIZE, column - 10.1);
        let middle = top + style.height(1) / 2.0;
        let (edge, text, style) = match at_right {
            true => (track + 6.0, track + 10.0, style),
            false => (column - 6.0, column - 10.0, style.anchor(Anchor::End)),
        };
        if piece.to > piece.from {
            let x = left + piece.middle();
            let points = vec![(x, y + WHOLE), (x, middle), (edge, middle)];
            shapes.push(Shape::Line { points, ink: Ink::Muted, width: 0.5 });
        }
        shapes.extend(style.lines(&lines, (text, top)));
        top += style.height(lines.len()) + 2.0;
    }
    top
}

/// The bar with what is lettered inside. Neighbors are kept apart by a sliver of paper where there is room for one; the thinnest lie on top.
fn bar(pieces: &[Piece], left: f64, y: f64, shapes: &mut Vec<Shape>) {
    let mut drawn: Vec<&Piece> = pieces.iter().filter(|piece| piece.to > piece.from).collect();
    drawn.sort_by(|one, other| (other.to - other.from).total_cmp(&(one.to - one.from)));
    let end = drawn.iter().map(|piece| piece.to).fold(0.0, f64::max);
    for piece in drawn {
        let width = piece.to - piece.from;
        let width = if width > 3.0 { width - 1.0 } else { width.max(SMALLEST) };
        // What is drawn wider than it is reaches no farther than the bar.
        let from = piece.from.min(end - width).max(0.0);
        Fill::Tone(piece.ink).area((left + from, y), (width, WHOLE), shapes);
    }
    let style = Style::new(SIZE).anchor(Anchor::Middle);
    for piece in pieces.iter().filter(|piece| piece.is_lettered()) {
        let ink = if piece.ink == Ink::Accent { Ink::Paper } else { Ink::Text };
        let top = y + (WHOLE - style.height(1)) / 2.0;
        shapes.extend(style.ink(ink).lines(std::slice::from_ref(&piece.text), (left + piece.middle(), top)));
    }
}

/// Where each part begins and ends on the track; parts that make more than the whole are scaled to fit.
fn pieces(shares: &Shares, track: f64) -> Vec<Piece> {
    let sum: u64 = shares.parts.iter().map(|part| u64::from(part.millionths)).sum();
    let whole = sum.max(1_000_000) as f64;
    let mut before = 0u64;
    let place = |millionths: u64| millionths as f64 / whole * track;
    let parts = shares.parts.iter().zip(INKS.iter().cycle());
    parts
        .map(|(part, ink)| {
            let from = before;
            before += u64::from(part.millionths);
            let text = format!("{} {}", part.label, part.text).trim().to_owned();
            Piece { text, from: place(from), to: place(before), ink: *ink }
        })
        .collect()
}
