//! Bars: amounts side by side, last year's above this year's, one group a program.

use super::label::{Style, text_width, widest_phrase, wrap};
use super::legend::{Fill, legend, unit};
use super::shape::{Anchor, CANVAS, Drawing, Ink, Shape, length};
use super::{Bar, BarGroup, Bars, PHONE};
use crate::model::Lang;

const LABEL_ROOM: f64 = 168.0;
const TEXT_ROOM: f64 = 150.0;

/// The most groups that are drawn one by one; of more, the largest.
const MOST: usize = 12;

/// The measures of a chart; many groups are set closer so that they still fit a page.
struct Measures {
    size: f64,
    bar: f64,
    between_bars: f64,
    between_groups: f64,
}

impl Measures {
    fn of(groups: usize, series: usize, canvas: f64) -> Self {
        match groups * series.max(1) {
            // A phone's page is as long as it has to be.
            _ if canvas <= PHONE => Self { size: 8.5, bar: 11.0, between_bars: 2.0, between_groups: 8.0 },
            0..=24 => Self { size: 8.5, bar: 11.0, between_bars: 3.0, between_groups: 12.0 },
            25..=48 => Self { size: 7.5, bar: 9.8, between_bars: 1.5, between_groups: 6.0 },
            _ => Self { size: 6.6, bar: 8.6, between_bars: 0.3, between_groups: 2.5 },
        }
    }
}

/// The groups that are drawn, in their order: of very many a sum and the largest, and the places of the others.
pub(super) fn shown(groups: Vec<BarGroup>) -> (Vec<BarGroup>, Vec<usize>) {
    // To leave one or two out would save no room.
    if groups.len() <= MOST + 2 {
        return (groups, Vec::new());
    }
    let size = |group: &BarGroup| group.bars.iter().filter_map(|bar| bar.value).map(i128::unsigned_abs).max();
    let mut largest: Vec<usize> = (0..groups.len()).collect();
    largest.sort_by_key(|at| (!groups[*at].whole, std::cmp::Reverse(size(&groups[*at]))));
    let mut others = largest.split_off(MOST);
    others.sort_unstable();
    let mut place = 0..;
    let mut groups = groups;
    groups.retain(|_| place.next().is_some_and(|at| others.binary_search(&at).is_err()));
    (groups, others)
}

/// Draws a bar chart; on a narrow canvas each group's name stands above its bars.
pub(super) fn draw(bars: &Bars, lang: Lang, canvas: f64) -> Drawing {
    let series = bars.groups.iter().map(|group| group.bars.len()).max().unwrap_or(0);
    let fills: Vec<Fill> = (0..series.max(bars.series.len())).map(|place| fill(place, series)).collect();
    draw_filled(bars, &fills, lang, canvas)
}

/// The same with a fill for each series. A bar that says nothing has no row.
pub(super) fn draw_filled(bars: &Bars, fills: &[Fill], lang: Lang, canvas: f64) -> Drawing {
    let fill = |place: usize| fills.get(place).copied().unwrap_or(Fill::Tone(Ink::Accent));
    let is_narrow = canvas < CANVAS && bars.groups.len() > 1;
    let series = bars.groups.iter().map(|group| group.bars.len()).max().unwrap_or(0);
    let measures = Measures::of(bars.groups.len(), series, canvas);
    let mut shapes = Vec::new();
    let mut y = head(bars, fills, lang, canvas, &mut shapes);

    // With one program the bars are named directly and need no legend.
    let single = bars.groups.len() == 1;
    let axis = if is_narrow { 0.0 } else { names(bars, &measures, canvas) };
    let scale = Scale::of(bars, axis, measures.size, canvas);

    let top = y;
    for (index, group) in bars.groups.iter().enumerate() {
        if index > 0 {
            y += measures.between_groups;
        }
        // A sum stands apart from what it is the sum of.
        if index > 0 && bars.groups[index - 1].whole {
            let points = vec![(0.0, y), (canvas, y)];
            shapes.push(Shape::Line { points, ink: Ink::Line, width: 0.5 });
            y += measures.between_groups;
        }
        let mut rows = Vec::new();
        let mut height = 0.0;
        let told = |bar: &Bar| bar.value.is_some() || !bar.text.is_empty();
        for (place, bar) in group.bars.iter().enumerate().filter(|(_, bar)| told(bar)) {
            if !rows.is_empty() {
                height += measures.between_bars;
            }
            let name = if single { bars.series.get(place).map_or("", String::as_str) } else { "" };
            let row = Row::new(bar, name, &measures, &scale);
            rows.push((height, fill(place), row));
            height += rows.last().map_or(0.0, |(_, _, row)| row.height);
        }
        let label = Style::new(measures.size);
        let label = if group.whole { label.bold() } else { label };
        let label_room = if is_narrow { canvas } else { axis - 8.0 };
        let label_lines = if single { Vec::new() } else { wrap(&group.label, measures.size, label_room) };
        if is_narrow {
            shapes.extend(label.lines(&label_lines, (0.0, y)));
            y += label.height(label_lines.len());
        }
        let begun = y;
        let label_lines = if is_narrow { Vec::new() } else { label_lines };
        let tall = height.max(label.height(label_lines.len()));
        shapes.extend(label.lines(&label_lines, (0.0, y + (tall - label.height(label_lines.len())) / 2.0)));
        for (offset, fill, row) in rows {
            row.draw(y + (tall - height) / 2.0 + offset, fill, &measures, &scale, &mut shapes);
        }
        y += tall;
        // Through names above the bars there is no line.
        if is_narrow {
            shapes.push(line(&scale, begun - 1.0, y + 1.0));
        }
    }

    let foot = y + 3.0;
    if !is_narrow {
        shapes.push(line(&scale, top - 3.0, foot));
    }
    Drawing { width: canvas, height: foot + 1.0, shapes }
}

/// The room that the names at the left take: those of the groups, or of the bars of a single one.
fn names(bars: &Bars, measures: &Measures, canvas: f64) -> f64 {
    let names: Vec<&str> = match bars.groups.as_slice() {
        [_] => bars.series.iter().map(String::as_str).collect(),
        groups => groups.iter().map(|group| group.label.as_str()).collect(),
    };
    let widest = names.iter().map(|name| text_width(name, measures.size)).fold(0.0, f64::max);
    (widest + 8.0).clamp(48.0, LABEL_ROOM.min(canvas * 0.4))
}

/// A part of the line that the bars begin at.
fn line(scale: &Scale, from: f64, to: f64) -> Shape {
    Shape::Line { points: vec![(scale.zero, from), (scale.zero, to)], ink: Ink::Muted, width: 0.8 }
}

/// The title or the legend at the left, the unit at the right; gives the y where the bars begin.
fn head(bars: &Bars, fills: &[Fill], lang: Lang, canvas: f64, shapes: &mut Vec<Shape>) -> f64 {
    let (unit_height, room) = unit(&bars.unit, lang, canvas, shapes);

    let mut height = unit_height;
    if let [group] = bars.groups.as_slice() {
        let title = Style::new(9.0).bold();
        let lines = wrap(&group.label, 9.0, room);
        height = height.max(title.height(lines.len()));
        shapes.extend(title.lines(&lines, (0.0, 0.0)));
    } else {
        let names = bars.series.iter().map(String::as_str);
        let entries: Vec<(&str, Fill)> = names.zip(fills.iter().copied()).collect();
        height = height.max(legend(&entries, room, shapes));
    }
    height + if height > 0.0 { 9.0 } else { 4.0 }
}

/// The last series is the one asked for, the first is the year before; what lies between differs in gray, too.
fn fill(place: usize, series: usize) -> Fill {
    match place {
        _ if place + 1 >= series => Fill::Tone(Ink::Accent),
        0 => Fill::Tone(Ink::Prior),
        _ if place % 2 == 1 => Fill::Tone(Ink::AccentSoft),
        _ => Fill::Upright(Ink::Text),
    }
}

/// From amounts to places. Bars of amounts below zero go to the left of the line that the others begin at.
struct Scale {
    axis: f64,
    /// Where the line is.
    zero: f64,
    longest: f64,
    text_room: f64,
    /// For the texts of amounts below zero, at the left ends of their bars; nothing where they stand to the right of the line.
    below_room: f64,
    /// From the lowest amount to the highest, zero included.
    span: i128,
    canvas: f64,
}

impl Scale {
    fn of(bars: &Bars, axis: f64, size: f64, canvas: f64) -> Self {
        let all = || bars.groups.iter().flat_map(|group| &group.bars);
        let ends = || all().filter_map(|bar| bar.value).chain([0]);
        let (lowest, highest) = (ends().min().unwrap_or(0), ends().max().unwrap_or(0));
        let most = TEXT_ROOM.min(canvas * 0.4);
        let room = |are_there: &dyn Fn(&Bar) -> bool| {
            let bars = || all().filter(|bar| are_there(bar));
            // Words stand behind the line, and there is less room for them where it is not at the left.
            let beside_bars = bars().filter(|bar| bar.value.is_some() || lowest < 0);
            let texts = beside_bars.map(|bar| text_width(&bar.text, size)).fold(0.0, f64::max);
            // A figure is not broken.
            let figures = bars().map(|bar| widest_phrase(&bar.text, size)).fold(0.0, f64::max);
            texts.min(most).max(figures.min(canvas * 0.7) + 0.1)
        };
        let is_below = |bar: &Bar| bar.value.is_some_and(|value| value < 0);
        let (below, above) = (room(&is_below), room(&|bar| !is_below(bar)));
        // Where there is no room at both sides, all stand to the right of the line.
        let is_apart = lowest < 0 && below + above + 10.0 <= (canvas - axis) * 0.6;
        let (below_room, text_room) = if is_apart { (below + 5.0, above) } else { (0.0, room(&|_| true)) };
        let longest = canvas - axis - text_room - below_room - 5.0;
        let span = highest.saturating_sub(lowest);
        Self {
            axis,
            zero: axis + below_room + length(lowest.saturating_neg(), span, longest),
            longest,
            text_room,
            below_room,
            span,
            canvas,
        }
    }
}

/// One bar with its text, measured.
struct Row {
    /// To the right; below zero to the left.
    length: f64,
    name: Vec<String>,
    text: Vec<String>,
    known: bool,
    /// Whether its text stands at the left.
    is_below: bool,
    height: f64,
}

impl Row {
    fn new(bar: &Bar, name: &str, measures: &Measures, scale: &Scale) -> Self {
        let style = Style::new(measures.size);
        let value = bar.value.unwrap_or(0);
        let magnitude = length(value.saturating_abs(), scale.span, scale.longest);
        let length = if value < 0 { -magnitude } else { magnitude };
        let is_below = value < 0 && scale.below_room > 0.0;
        let room = match length {
            _ if is_below => scale.below_room - 4.9,
            _ if length > 0.0 => scale.text_room + 0.1,
            _ => scale.canvas - scale.zero - 4.9,
        };
        let text = wrap(&bar.text, measures.size, room);
        let name = wrap(name, measures.size, scale.axis - 8.0);
        let height = measures.bar.max(style.height(text.len())).max(style.height(name.len()));
        Self { length, name, text, known: bar.value.is_some(), is_below, height }
    }

    fn draw(self, y: f64, fill: Fill, measures: &Measures, scale: &Scale, shapes: &mut Vec<Shape>) {
        let style = Style::new(measures.size);
        let middle = |lines: &[String]| y + (self.height - style.height(lines.len())) / 2.0;
        if self.length != 0.0 {
            let corner = (scale.zero + self.length.min(0.0), y + (self.height - measures.bar) / 2.0);
            fill.area(corner, (self.length.abs(), measures.bar), shapes);
        }
        shapes.extend(style.lines(&self.name, (0.0, middle(&self.name))));
        let style = if self.known { style } else { style.ink(Ink::Muted) };
        // Beyond the bar's end, on whichever side of the line that is.
        let (style, behind) = match self.is_below {
            true => (style.anchor(Anchor::End), scale.zero + self.length - 4.0),
            false => (style, scale.zero + self.length.max(0.0) + 4.0),
        };
        shapes.extend(style.lines(&self.text, (behind, middle(&self.text))));
    }
}
