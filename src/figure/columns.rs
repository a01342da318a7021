//! Columns: one line's amounts year by year, a column a stage.

use super::label::{Style, text_width, wrap};
use super::legend::{Fill, legend, unit};
use super::shape::{Anchor, CANVAS, Drawing, Ink, Shape, length};
use super::{Bar, BarGroup, Bars, ColumnChart, ColumnYear, PHONE, bars};
use crate::model::Lang;

/// The height of the highest column.
const TALL: f64 = 72.0;

/// The sizes that figures above the columns are set in: the usual one, and the smallest before the columns are laid down.
const SIZES: (f64, f64) = (7.5, 6.0);

/// A chart has no more years than these, and no fewer for the sake of columns that stand.
const MOST: usize = 8;
const LEAST: usize = 4;

/// The widest that a column with its figures is.
const WIDEST: f64 = 64.0;

/// How much of a year's width its columns take.
const FILLED: f64 = 0.92;

/// The fills of the amounts; they differ in gray, too.
const FILLS: [Fill; 5] = [
    Fill::Tone(Ink::Accent),
    Fill::Across(Ink::Accent),
    Fill::Tone(Ink::Prior),
    Fill::Tone(Ink::AccentSoft),
    Fill::Upright(Ink::Text),
];

/// Draws a chart of years. Where a column is narrower than its figure, which may not be broken, columns lie as bars.
pub(super) fn draw(columns: &ColumnChart, lang: Lang, canvas: f64) -> Drawing {
    if !fits(&columns.years, columns.years.len(), canvas) {
        return lying(columns, lang, canvas);
    }
    let mut shapes = Vec::new();
    let (unit_height, room) = unit(&columns.unit, lang, canvas, &mut shapes);
    let is_there = |at: usize| columns.years.iter().any(|year| matches!(year.amounts.get(at), Some(Some(_))));
    let entries = columns.names.iter().zip(FILLS).enumerate();
    let entries = entries.filter(|(at, _)| is_there(*at)).map(|(_, (name, fill))| (name.as_str(), fill));
    let head = unit_height.max(legend(&entries.collect::<Vec<_>>(), room, &mut shapes)) + 6.0;

    let plot = Plot::of(columns, canvas);
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
    shapes.push(Shape::Line { points: vec![(0.0, base), (canvas, base)], ink: Ink::Muted, width: 0.8 });
    Drawing { width: canvas, height: foot + 1.0, shapes }
}

/// The same amounts as bars, a group a year.
fn lying(columns: &ColumnChart, lang: Lang, canvas: f64) -> Drawing {
    let is_there = |at: usize| columns.years.iter().any(|year| matches!(year.amounts.get(at), Some(Some(_))));
    let there: Vec<usize> = (0..FILLS.len()).filter(|at| is_there(*at)).collect();
    let none = || Bar { value: None, text: String::new() };
    let group = |year: &ColumnYear| BarGroup {
        label: year.label.clone(),
        whole: false,
        bars: there.iter().map(|at| year.amounts[*at].clone().unwrap_or_else(none)).collect(),
    };
    let bars = Bars {
        unit: columns.unit.clone(),
        groups: columns.years.iter().map(group).collect(),
        series: there.iter().map(|at| columns.names[*at].clone()).collect(),
    };
    let fills: Vec<Fill> = there.iter().map(|at| FILLS[*at]).collect();
    bars::draw_filled(&bars, &fills, lang, canvas)
}

/// Whether so many of some years have room for their figures on a canvas.
fn fits(years: &[ColumnYear], shown: usize, canvas: f64) -> bool {
    let room = canvas / shown.max(1) as f64 * FILLED / count(abreast(years));
    let smallest = if canvas <= PHONE { SIZES.0 } else { SIZES.1 };
    room.min(WIDEST) - 2.0 >= widest(years) * smallest
}

/// A year's columns, from the ground on.
fn stacks(year: &ColumnYear) -> [Vec<(&Bar, Fill)>; 4] {
    let mut filled = year.amounts.iter().zip(FILLS).map(|(bar, fill)| bar.as_ref().map(|bar| (bar, fill)));
    [1, 1, 2, 1].map(|together| filled.by_ref().take(together).flatten().collect())
}

/// Which columns stand side by side in each of some years.
fn abreast(years: &[ColumnYear]) -> [bool; 4] {
    let mut stacks: Vec<[Vec<(&Bar, Fill)>; 4]> = years.iter().map(stacks).collect();
    let mut all = stacks.pop().unwrap_or_default();
    for year in stacks {
        all.iter_mut().zip(year).for_each(|(all, stack)| all.extend(stack));
    }
    all.map(|stack| !stack.is_empty())
}

fn count(abreast: [bool; 4]) -> f64 {
    abreast.into_iter().map(|is_there| f64::from(u8::from(is_there))).sum::<f64>().max(1.0)
}

/// The last years of some, as many as there is room for.
pub(super) fn shown(mut years: Vec<ColumnYear>) -> Vec<ColumnYear> {
    let most = (LEAST..=MOST).rev().find(|most| fits(&years, *most, CANVAS)).unwrap_or(LEAST);
    years.drain(..years.len().saturating_sub(most));
    years
}

/// How wide what is not broken of the figures is, in ems: `125 + amount to be determined` takes several lines.
fn widest(years: &[ColumnYear]) -> f64 {
    let bars = years.iter().flat_map(|year| &year.amounts).flatten();
    let words = bars.flat_map(|bar| bar.text.split(['＋', '+', ' ']));
    words.map(|text| text_width(text, 1.0)).fold(1.0, f64::max)
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
    fn sum(self, bars: &[(&Bar, Fill)]) -> i128 {
        let here = bars.iter().filter(|(bar, _)| Self::of(bar) == self);
        here.fold(0, |sum, (bar, _)| sum.saturating_add(magnitude(bar)))
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
    /// Which columns a year has.
    abreast: [bool; 4],
}

impl Plot {
    fn of(columns: &ColumnChart, canvas: f64) -> Self {
        let slot = canvas / columns.years.len().max(1) as f64;
        let abreast = abreast(&columns.years);
        let room = (slot * FILLED / count(abreast)).min(WIDEST);
        let widest = widest(&columns.years);
        let size = ((room - 2.0) / widest).clamp(SIZES.1, SIZES.0);
        let farthest = |side: Side| {
            let sums = columns.years.iter().flat_map(|year| stacks(year).map(|stack| side.sum(&stack)));
            sums.max().unwrap_or(0)
        };
        Self {
            slot,
            room,
            column: (widest * size + 2.0).clamp(26.0_f64.min(room - 4.0), room - 4.0),
            size,
            span: farthest(Side::Above).saturating_add(farthest(Side::Below)),
            abreast,
        }
    }

    /// A year's columns, those that no year has left out.
    fn year(&self, year: &ColumnYear) -> Year {
        let stacks = stacks(year).into_iter().zip(self.abreast).filter(|(_, is_there)| *is_there);
        Year { columns: stacks.map(|(stack, _)| self.column(&stack)).collect(), size: self.size }
    }

    /// A column, from the ground up and from the ground down.
    fn column(&self, bars: &[(&Bar, Fill)]) -> [Stack; 2] {
        [Side::Above, Side::Below]
            .map(|side| self.stack(bars.iter().copied().filter(|(bar, _)| Side::of(bar) == side)))
    }

    /// A figure stands beyond what it is about; the lowest one's stands inside where something lies on it and there is room.
    fn stack<'b>(&self, bars: impl Iterator<Item = (&'b Bar, Fill)>) -> Stack {
        let style = Style::new(self.size);
        let mut stack = Stack { segments: Vec::new(), inside: Vec::new(), beyond: Vec::new() };
        for (bar, fill) in bars {
            let own = std::mem::replace(&mut stack.beyond, wrap(&bar.text, self.size, self.room));
            let fits = own.iter().all(|text| text_width(text, self.size) <= self.column);
            match stack.segments.first() {
                Some(lowest) if fits && style.height(own.len()) < lowest.height => stack.inside = own,
                _ => stack.beyond.extend(own),
            }
            stack.segments.push(Segment { height: length(magnitude(bar), self.span, TALL), fill });
        }
        stack
    }
}

/// The columns of a year, measured.
struct Year {
    columns: Vec<[Stack; 2]>,
    size: f64,
}

struct Segment {
    height: f64,
    fill: Fill,
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
        let first = (self.columns.len() as f64 - 1.0) / 2.0;
        for (at, [up, down]) in self.columns.iter().enumerate() {
            let middle = center + (at as f64 - first) * plot.room;
            for (stack, direction) in [(up, -1.0), (down, 1.0)] {
                // Where something so high ends that lies at this distance from the ground.
                let top =
                    |from: f64, height: f64| if direction < 0.0 { base - from - height } else { base + from };
                let mut from = 0.0;
                for segment in stack.segments.iter().filter(|segment| segment.height > 0.0) {
                    let corner = (middle - plot.column / 2.0, top(from, segment.height));
                    segment.fill.area(corner, (plot.column, segment.height), shapes);
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
