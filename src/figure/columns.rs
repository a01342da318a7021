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
    let rise = years.iter().map(Year::rise).fold(0.0, f64::max);
    let base = head + rise;
    let mut foot = base + 2.0;
    for (at, (year, set)) in columns.years.iter().zip(&years).enumerate() {
        let center = plot.slot * (at as f64 + 0.5);
        set.draw((center, base), &plot, &mut shapes);
        let style = Style::new(SIZES.0).anchor(Anchor::Middle);
        let style = if year.own { style.bold() } else { style };
        let lines = wrap(&year.label, SIZES.0, plot.slot - 4.0);
        foot = foot.max(base + 3.0 + style.height(lines.len()));
        shapes.extend(style.lines(&lines, (center, base + 3.0)));
    }
    shapes.push(Shape::Line { points: vec![(0.0, base), (CANVAS, base)], ink: Ink::Muted, width: 0.8 });
    Drawing { width: CANVAS, height: foot + 1.0, shapes }
}

fn bars(year: &ColumnYear) -> [Option<&Bar>; 3] {
    [year.requested.as_ref(), year.initial.as_ref(), year.supplementary.as_ref()]
}

fn value(bar: &Bar) -> i128 {
    bar.value.unwrap_or(0).max(0)
}

/// The measures of a chart.
struct Plot {
    /// The width that a year has.
    slot: f64,
    /// The width that a column and the figures above it have.
    room: f64,
    column: f64,
    size: f64,
    largest: i128,
}

impl Plot {
    fn of(columns: &Columns) -> Self {
        let slot = CANVAS / columns.years.len().max(1) as f64;
        let room = (slot * 0.46).min(64.0);
        let texts = columns.years.iter().flat_map(bars).flatten();
        let widest = texts.map(|bar| text_width(&bar.text, 1.0)).fold(1.0, f64::max);
        let size = ((room - 2.0) / widest).clamp(SIZES.1, SIZES.0);
        let tops = columns.years.iter().flat_map(|year| {
            let [requested, initial, supplementary] = bars(year).map(|bar| bar.map_or(0, value));
            [requested, initial.saturating_add(supplementary)]
        });
        Self {
            slot,
            room,
            column: (widest * size + 2.0).clamp(26.0_f64.min(room - 4.0), room - 4.0),
            size,
            largest: tops.max().unwrap_or(0),
        }
    }

    fn height(&self, bar: Option<&Bar>) -> f64 {
        bar.map_or(0.0, |bar| length(value(bar), self.largest, TALL))
    }

    fn text(&self, bar: Option<&Bar>) -> Vec<String> {
        let text = bar.map_or("", |bar| bar.text.as_str());
        wrap(text, self.size, self.room)
    }

    /// A year's two columns. A figure stands above what it is about; the initial budget's stands inside where
    /// supplementary budgets lie on it and there is room.
    fn year(&self, year: &ColumnYear) -> Year {
        let [requested, initial, supplementary] = bars(year);
        let style = Style::new(self.size);
        let segment = |bar: Option<&Bar>, ink| Segment { height: self.height(bar), ink };
        let asked = Stack {
            segments: vec![segment(requested, INKS[0])],
            inside: Vec::new(),
            above: self.text(requested),
        };
        let on_top = supplementary.is_some_and(|bar| value(bar) > 0);
        let (mut inside, mut above) = (Vec::new(), self.text(initial));
        if on_top {
            let own = std::mem::replace(&mut above, self.text(supplementary));
            let fits = own.iter().all(|text| text_width(text, self.size) <= self.column);
            if fits && style.height(own.len()) < self.height(initial) {
                inside = own;
            } else {
                above.extend(own);
            }
        }
        let mut segments = vec![segment(initial, INKS[1])];
        if on_top {
            segments.push(segment(supplementary, INKS[2]));
        }
        Year { stacks: [asked, Stack { segments, inside, above }], size: self.size }
    }
}

/// The columns of a year, measured.
struct Year {
    stacks: [Stack; 2],
    size: f64,
}

struct Segment {
    height: f64,
    ink: Ink,
}

struct Stack {
    /// From the ground up.
    segments: Vec<Segment>,
    /// The figure at the top of the lowest segment.
    inside: Vec<String>,
    /// The figures above all of it.
    above: Vec<String>,
}

impl Stack {
    fn height(&self) -> f64 {
        self.segments.iter().map(|segment| segment.height).sum()
    }
}

impl Year {
    /// How far it rises above the ground, its figures included.
    fn rise(&self) -> f64 {
        let style = Style::new(self.size);
        let rise = |stack: &Stack| stack.height() + style.height(stack.above.len()) + 1.0;
        self.stacks.iter().map(rise).fold(0.0, f64::max)
    }

    fn draw(&self, (center, base): (f64, f64), plot: &Plot, shapes: &mut Vec<Shape>) {
        let style = Style::new(self.size).anchor(Anchor::Middle);
        for (stack, side) in self.stacks.iter().zip([-0.5, 0.5]) {
            let middle = center + side * plot.room;
            let mut top = base;
            for segment in &stack.segments {
                top -= segment.height;
                if segment.height > 0.0 {
                    shapes.push(Shape::Rect {
                        x: middle - plot.column / 2.0,
                        y: top,
                        w: plot.column,
                        h: segment.height,
                        radius: 0.0,
                        fill: Some(segment.ink),
                        stroke: edge(segment.ink),
                    });
                }
            }
            let lowest = stack.segments.first().map_or(0.0, |segment| segment.height);
            shapes.extend(style.lines(&stack.inside, (middle, base - lowest)));
            let above = style.height(stack.above.len());
            shapes.extend(style.lines(&stack.above, (middle, base - stack.height() - above - 1.0)));
        }
    }
}
