//! Columns: one line's amounts year by year, what was asked for beside what was given.

use super::label::{Style, text_width, wrap};
use super::legend::{edge, legend, unit};
use super::shape::{Anchor, CANVAS, Drawing, Ink, Shape, length};
use super::{Bar, ColumnYear, Columns};
use crate::model::Lang;

/// The height of the highest column.
const TALL: f64 = 72.0;

/// The sizes that figures above the columns are set in: the usual one, and the smallest before they are broken.
const SIZES: (f64, f64) = (7.5, 5.2);

/// The inks of requested, initial and supplementary amounts; they differ in gray, too.
const INKS: [Ink; 3] = [Ink::Accent, Ink::Prior, Ink::AccentSoft];

/// Draws a chart of years.
pub(super) fn draw(columns: &Columns, lang: Lang) -> Drawing {
    let mut shapes = Vec::new();
    let (unit_height, room) = unit(&columns.unit, lang, &mut shapes);
    let is_there = |at: usize| columns.years.iter().any(|year| bars(year)[at].is_some());
    let entries: Vec<(&str, Ink)> = columns
        .names
        .iter()
        .zip(INKS)
        .enumerate()
        .filter_map(|(at, (name, ink))| is_there(at).then_some((name.as_str(), ink)))
        .collect();
    let head = unit_height.max(legend(&entries, room, &mut shapes)) + 6.0;

    let plot = Plot::of(columns);
    let years: Vec<Year> = columns.years.iter().map(|year| plot.year(year)).collect();
    let reach = |side: Side| years.iter().map(|year| year.reach(side)).fold(0.0, f64::max);
    let base = head + reach(Side::Above);
    let under = base + reach(Side::Below);
    let mut foot = under + 2.0;
    for (at, (year, set)) in columns.years.iter().zip(&years).enumerate() {
        let center = plot.slot * (at as f64 + 0.5);
        set.draw((center, base), &plot, &mut shapes);
        let style = Style::new(SIZES.0).anchor(Anchor::Middle);
        let style = if year.own { style.bold() } else { style };
        let lines = wrap(&year.label, SIZES.0, plot.slot - 4.0);
        foot = foot.max(under + 3.0 + style.height(lines.len()));
        shapes.extend(style.lines(&lines, (center, under + 3.0)));
    }
    shapes.push(Shape::Line { points: vec![(0.0, base), (CANVAS, base)], ink: Ink::Muted, width: 0.8 });
    Drawing { width: CANVAS, height: foot + 1.0, shapes }
}

fn bars(year: &ColumnYear) -> [Option<&Bar>; 3] {
    [year.requested.as_ref(), year.initial.as_ref(), year.supplementary.as_ref()]
}

/// The side of the ground that a bar is drawn on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Above,
    Below,
}

impl Side {
    fn of(bar: &Bar) -> Self {
        if bar.value.is_some_and(|value| value < 0) { Self::Below } else { Self::Above }
    }

    /// How far some bars reach on this side together.
    fn sum<'b>(self, bars: impl IntoIterator<Item = Option<&'b Bar>>) -> i128 {
        let here = bars.into_iter().flatten().filter(|bar| Self::of(bar) == self);
        here.fold(0, |sum, bar| sum.saturating_add(magnitude(bar)))
    }
}

fn magnitude(bar: &Bar) -> i128 {
    bar.value.unwrap_or(0).saturating_abs()
}

/// The measures of a chart.
struct Plot {
    /// The width that a year has.
    slot: f64,
    /// The width that a column and the figures above it have.
    room: f64,
    column: f64,
    size: f64,
    /// From the lowest amount to the highest.
    span: i128,
}

impl Plot {
    fn of(columns: &Columns) -> Self {
        let slot = CANVAS / columns.years.len().max(1) as f64;
        let room = (slot * 0.46).min(64.0);
        let texts = columns.years.iter().flat_map(bars).flatten();
        let widest = texts.map(|bar| text_width(&bar.text, 1.0)).fold(1.0, f64::max);
        let size = ((room - 2.0) / widest).clamp(SIZES.1, SIZES.0);
        let farthest = |side: Side| {
            let sums = columns.years.iter().flat_map(|year| {
                let [requested, initial, supplementary] = bars(year);
                [side.sum([requested]), side.sum([initial, supplementary])]
            });
            sums.max().unwrap_or(0)
        };
        Self {
            slot,
            room,
            column: (widest * size + 2.0).clamp(26.0_f64.min(room - 4.0), room - 4.0),
            size,
            span: farthest(Side::Above).saturating_add(farthest(Side::Below)),
        }
    }

    /// A year's two columns: what was asked for, and what was given.
    fn year(&self, year: &ColumnYear) -> Year {
        let [requested, initial, supplementary] = bars(year);
        let given = [(initial, INKS[1]), (supplementary, INKS[2])];
        Year { columns: [self.column(&[(requested, INKS[0])]), self.column(&given)], size: self.size }
    }

    /// A column, from the ground up and from the ground down.
    fn column(&self, bars: &[(Option<&Bar>, Ink)]) -> [Stack; 2] {
        [Side::Above, Side::Below].map(|side| {
            let here = bars.iter().filter_map(|(bar, ink)| Some(((*bar)?, *ink)));
            self.stack(here.filter(|(bar, _)| Side::of(bar) == side))
        })
    }

    /// A figure stands beyond what it is about; the lowest one's stands inside where something lies on it and there is room.
    fn stack<'b>(&self, bars: impl Iterator<Item = (&'b Bar, Ink)>) -> Stack {
        let style = Style::new(self.size);
        let mut stack = Stack { segments: Vec::new(), inside: Vec::new(), beyond: Vec::new() };
        for (bar, ink) in bars {
            let own = std::mem::replace(&mut stack.beyond, wrap(&bar.text, self.size, self.room));
            let fits = own.iter().all(|text| text_width(text, self.size) <= self.column);
            match stack.segments.first() {
                Some(lowest) if fits && style.height(own.len()) < lowest.height => stack.inside = own,
                _ => stack.beyond.extend(own),
            }
            stack.segments.push(Segment { height: length(magnitude(bar), self.span, TALL), ink });
        }
        stack
    }
}

/// The columns of a year, measured.
struct Year {
    columns: [[Stack; 2]; 2],
    size: f64,
}

struct Segment {
    height: f64,
    ink: Ink,
}

struct Stack {
    /// From the ground on.
    segments: Vec<Segment>,
    /// The figure at the end of the first segment.
    inside: Vec<String>,
    /// The figures beyond all of it.
    beyond: Vec<String>,
}

impl Stack {
    fn height(&self) -> f64 {
        self.segments.iter().map(|segment| segment.height).sum()
    }
}

impl Year {
    /// How far it reaches from the ground, its figures included.
    fn reach(&self, side: Side) -> f64 {
        let style = Style::new(self.size);
        let at = usize::from(side == Side::Below);
        let stacks = self.columns.iter().filter_map(|column| column.get(at));
        let filled = stacks.filter(|stack| side == Side::Above || !stack.segments.is_empty());
        filled.map(|stack| stack.height() + style.height(stack.beyond.len()) + 1.0).fold(0.0, f64::max)
    }

    fn draw(&self, (center, base): (f64, f64), plot: &Plot, shapes: &mut Vec<Shape>) {
        let style = Style::new(self.size).anchor(Anchor::Middle);
        for ([up, down], side) in self.columns.iter().zip([-0.5, 0.5]) {
            let middle = center + side * plot.room;
            for (stack, direction) in [(up, -1.0), (down, 1.0)] {
                // Where something so high ends that lies at this distance from the ground.
                let top =
                    |from: f64, height: f64| if direction < 0.0 { base - from - height } else { base + from };
                let mut from = 0.0;
                for segment in stack.segments.iter().filter(|segment| segment.height > 0.0) {
                    shapes.push(Shape::Rect {
                        x: middle - plot.column / 2.0,
                        y: top(from, segment.height),
                        w: plot.column,
                        h: segment.height,
                        radius: 0.0,
                        fill: Some(segment.ink),
                        stroke: edge(segment.ink),
                    });
                    from += segment.height;
                }
                let lowest = stack.segments.first().map_or(0.0, |segment| segment.height);
                let inside = style.height(stack.inside.len());
                shapes.extend(style.lines(&stack.inside, (middle, top(lowest - inside, inside))));
                let beyond = style.height(stack.beyond.len());
                shapes.extend(style.lines(&stack.beyond, (middle, top(from + 1.0, beyond))));
            }
        }
    }
}
