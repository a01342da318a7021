//! A waterfall: from an old total, over what happened, to the new one. A row a step, each beginning where the one above ended.

use super::label::{Style, clear_of_lettering, text_width, widest_phrase, wrap};
use super::legend::{edge, unit};
use super::shape::{CANVAS, Drawing, Ink, SMALLEST, Shape, length};
use super::{PHONE, Step, StepKind, Waterfall};
use crate::model::Lang;

const SIZE: f64 = 8.5;
/// What stands under a name, on paper and on a phone.
const SMALL: (f64, f64) = (6.8, 8.0);
const BAR: f64 = 14.0;
const STEP: f64 = 8.0;
const BETWEEN: f64 = 5.0;
const LABEL_ROOM: f64 = 186.0;
const TEXT_ROOM: f64 = 110.0;

/// Draws a waterfall; on a narrow canvas each row's name stands above its bar.
pub(super) fn draw(waterfall: &Waterfall, lang: Lang, canvas: f64) -> Drawing {
    let is_narrow = canvas < CANVAS;
    let small_size = if canvas <= PHONE { SMALL.1 } else { SMALL.0 };
    let mut shapes = Vec::new();
    let (head, _) = unit(&waterfall.unit, lang, canvas, &mut shapes);
    let mut y = head + if head > 0.0 { 3.0 } else { 2.0 };

    let rows: Vec<Row<'_>> = rows(waterfall);
    let widest = |text: fn(&Step) -> (&str, f64)| {
        let widths = waterfall.steps.iter().map(|step| {
            let (text, size) = text(step);
            text_width(text, size)
        });
        widths.fold(0.0, f64::max)
    };
    let details = waterfall.steps.iter().flat_map(|step| step.detail.lines());
    let details = details.map(|line| text_width(line, small_size)).fold(0.0, f64::max);
    let labels = widest(|step| (&step.label, SIZE)).max(details);
    let axis = if is_narrow { 0.0 } else { (labels + 8.0).clamp(48.0, LABEL_ROOM) };
    let label_room = if is_narrow { canvas } else { axis - 8.0 };
    let text_room = widest(|step| (&step.text, SIZE)).min(TEXT_ROOM.min(canvas * 0.4));
    let text_room = text_room.max(unbroken(waterfall).min(canvas * 0.7) + 0.1);
    let scale = Scale::of(&rows, axis, canvas - axis - text_room - 5.0);

    let top = y;
    let mut before: Option<(f64, f64)> = None;
    for (at, row) in rows.iter().enumerate() {
        let style = Style::new(SIZE);
        let style = if row.is_total() { style.bold() } else { style };
        let small = Style::new(small_size).ink(Ink::Muted);
        let label = wrap(&row.step.label, SIZE, label_room);
        let lines = row.step.detail.lines();
        let detail: Vec<String> = lines.flat_map(|line| wrap(line, small_size, label_room)).collect();
        let text = wrap(&row.step.text, SIZE, text_room + 0.1);
        let lettered = style.height(label.len()) + small.height(detail.len());
        let beside = BAR.max(style.height(text.len()));
        let height = if is_narrow { beside } else { beside.max(lettered) };

        let under = if is_narrow { y } else { y + (height - lettered) / 2.0 };
        shapes.extend(style.lines(&label, (0.0, under)));
        shapes.extend(small.lines(&detail, (0.0, under + style.height(label.len()))));
        y += if is_narrow { lettered } else { 0.0 };
        let (left, right) = (scale.place(row.low()), scale.place(row.high()));
        // Totals are set apart from what led from one to the other.
        let thick = if row.is_total() { BAR } else { STEP };
        let bar = y + (height - thick) / 2.0;
        // What one row ends with the next begins with.
        if let Some((x, from)) = before {
            shapes.push(Shape::Line { points: vec![(x, from), (x, bar)], ink: Ink::Muted, width: 0.5 });
        }
        // What changed by nothing is not drawn; what changed at all is to be seen.
        if row.low() < row.high() {
            let fill = row.ink();
            shapes.push(Shape::Rect {
                x: left,
                y: bar,
                w: (right - left).max(SMALLEST),
                h: thick,
                radius: 0.0,
                fill: Some(fill),
                stroke: edge(fill),
            });
        }
        if row.is_total() && scale.is_cut() && right > scale.axis + 16.0 {
            shapes.extend(cut(scale.axis + 7.0, bar));
        }
        let middle = y + (height - style.height(text.len())) / 2.0;
        shapes.extend(style.lines(&text, (right.max(left) + 4.0, middle)));
        before = Some((scale.place(row.end), bar + thick));
        y += height + if at + 1 < rows.len() { BETWEEN } else { 0.0 };
    }
    let zero = scale.place(scale.from.max(0));
    shapes.push(Shape::Line {
        points: vec![(zero, top - 2.0), (zero, y + 2.0)],
        ink: Ink::Muted,
        width: 0.8,
    });
    Drawing { width: canvas, height: y + 3.0, shapes: clear_of_lettering(shapes) }
}

/// How wide the widest figure is, which is not broken.
fn unbroken(waterfall: &Waterfall) -> f64 {
    waterfall.steps.iter().map(|step| widest_phrase(&step.text, SIZE)).fold(0.0, f64::max)
}

/// A step with where it begins and ends.
struct Row<'w> {
    step: &'w Step,
    start: i128,
    end: i128,
}

fn rows(waterfall: &Waterfall) -> Vec<Row<'_>> {
    let mut running = 0_i128;
    let row = |step| {
        let step: &Step = step;
        let start = match step.kind {
            StepKind::Change | StepKind::Aside => running,
            StepKind::Old | StepKind::New => 0,
        };
        running = start.saturating_add(step.value);
        Row { step, start, end: running }
    };
    waterfall.steps.iter().map(row).collect()
}

impl Row<'_> {
    fn low(&self) -> i128 {
        self.start.min(self.end)
    }

    fn high(&self) -> i128 {
        self.start.max(self.end)
    }

    fn is_total(&self) -> bool {
        matches!(self.step.kind, StepKind::Old | StepKind::New)
    }

    /// Totals as in the bars of years; an increase is full and a decrease pale, so that they differ in gray, too.
    fn ink(&self) -> Ink {
        match self.step.kind {
            StepKind::Old => Ink::Prior,
            StepKind::New => Ink::Accent,
            StepKind::Aside => Ink::Paper,
            StepKind::Change if self.step.value < 0 => Ink::AccentSoft,
            StepKind::Change => Ink::Accent,
        }
    }
}

/// From amounts to places. Where all that happens lies far from nothing, the axis begins nearer to it and totals are shown cut.
struct Scale {
    axis: f64,
    longest: f64,
    from: i128,
    to: i128,
}

impl Scale {
    fn of(rows: &[Row<'_>], axis: f64, longest: f64) -> Self {
        let ends = || rows.iter().map(|row| row.end);
        let (lowest, highest) = (ends().min().unwrap_or(0), ends().max().unwrap_or(0));
        let span = highest.saturating_sub(lowest);
        let from = if lowest > 0 && span < lowest / 2 {
            // A third of the chart is left to what lies before the changes.
            lowest.saturating_sub((span / 2).max(1))
        } else {
            lowest.min(0)
        };
        Self { axis, longest, from: from.max(lowest.min(0)), to: highest.max(0) }
    }

    fn is_cut(&self) -> bool {
        self.from > 0
    }

    fn place(&self, value: i128) -> f64 {
        let along = value.saturating_sub(self.from);
        let whole = self.to.saturating_sub(self.from);
        self.axis + length(along, whole, self.longest)
    }
}

/// Two strokes across a bar that is longer than it is drawn.
fn cut(x: f64, y: f64) -> [Shape; 1] {
    let lean = 3.0;
    [Shape::Polygon {
        points: vec![
            (x + lean, y - 0.5),
            (x + lean + 3.0, y - 0.5),
            (x + 3.0, y + BAR + 0.5),
            (x, y + BAR + 0.5),
        ],
        fill: Ink::Paper,
    }]
}
