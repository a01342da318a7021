//! What stands around the text block of every page: the running head, the page number and the edition.

use super::compositor::rule;
use super::galley::Strip;
use super::{Drawn, Item, Layout, Text};
use crate::document::Document;
use crate::document::plain;
use crate::render::Imprint;
use crate::render::pdf::text::{Run, runs};
use crate::render::pdf::theme::{Ink, Theme};
use crate::typeface::{Fonts, Weight};

/// The size of running heads and page numbers.
const SIZE: f32 = 7.5;

/// The least space between the running head and the title beside it.
const GAP: f32 = 20.0;

/// The longest word that a shortened text leaves out whole, in letters.
const LONGEST: usize = 20;

/// Adds the running heads, with the sheet's title from the second page on, and the page numbers. What stands under the title on the first
/// page is not said above it, too.
pub(super) fn furnish(
    layout: &mut Layout,
    document: &Document,
    imprint: &Imprint,
    fonts: &Fonts,
    theme: &Theme,
) {
    let title = plain(&document.title);
    let count = layout.pages.len();
    let lying = theme.turned();
    for (number, page) in layout.pages.iter_mut().enumerate() {
        let theme = if page.turned { &lying } else { theme };
        let [left, top, _, bottom] = theme.margins;
        let right = left + theme.measure();
        let shape = |text: &str, most: f32| {
            let text = shortened(text, most, fonts);
            let width = width(&text, fonts);
            (text, width)
        };
        let (head, head_width) = shape(&imprint.running_head, theme.measure() * 0.6);
        let (edition, edition_width) = shape(&imprint.edition, theme.measure() * 0.4);
        let (folio, width) = shape(&format!("{} / {count}", number + 1), theme.measure());
        let mut put = |text: &str, x: f32, y: f32| line(page, text, (x, y), fonts, theme);
        let head_line = top - 22.0;
        let says_it = number == 0 && document.begins_with(&imprint.running_head);
        if !says_it {
            put(&head, left, head_line);
        }
        if number > 0 {
            let (title, width) = shape(&title, theme.measure() - head_width - GAP);
            put(&title, right - width, head_line);
        }
        let foot = theme.paper.1 - bottom + 28.0;
        put(&folio, (left + right - width) / 2.0, foot);
        put(&edition, right - edition_width, foot);
        if !says_it {
            page.items.push(rule((left, top - 16.0), (right, top - 16.0), 0.4, theme.hairline));
        }
    }
}

/// Adds edition and page number at the right end of the foot of a sheet on one page.
pub(super) fn folios(layout: &mut Layout, imprint: &Imprint, fonts: &Fonts, theme: &Theme) {
    let right = theme.paper.0 - theme.margins[2];
    let foot = theme.paper.1 - theme.margins[3];
    let count = layout.pages.len();
    for (number, page) in layout.pages.iter_mut().enumerate() {
        let folio = format!("{} / {count}", number + 1);
        let lines = [imprint.edition.as_str(), folio.as_str()];
        for (text, y) in lines.into_iter().filter(|text| !text.is_empty()).rev().zip([0.0, 9.5]) {
            let text = shortened(text, theme.measure() * 0.4, fonts);
            let x = right - width(&text, fonts);
            line(page, &text, (x, foot - 2.0 - y), fonts, theme);
        }
    }
}

/// A line of small type as a strip, with what stands at either end of it; nothing where that is nothing.
pub(super) fn small_line(
    [first, last]: [&str; 2],
    (left, measure): (f32, f32),
    theme: &Theme,
    fonts: &Fonts,
) -> Strip {
    if first.is_empty() && last.is_empty() {
        return Strip::default();
    }
    let wide = width(last, fonts);
    let first = shortened(first, measure - wide - if last.is_empty() { 0.0 } else { GAP }, fonts);
    let mut items = set(&first, (left, SIZE * 1.1), (SIZE, theme.muted), fonts);
    items.extend(set(last, (left + measure - wide, SIZE * 1.1), (SIZE, theme.muted), fonts));
    Strip { height: SIZE * 1.8, items, ..Strip::default() }
}

/// Puts a line of small type on a page.
fn line(page: &mut super::Page, text: &str, place: (f32, f32), fonts: &Fonts, theme: &Theme) {
    page.items.extend(set(text, place, (SIZE, theme.muted), fonts));
}

/// The mark of a draft as wide as the text block, behind everything else in the middle of each page.
pub(super) fn mark(layout: &mut Layout, imprint: &Imprint, fonts: &Fonts, theme: &Theme) {
    let Some(mark) = imprint.draft else { return };
    let lying = theme.turned();
    for page in &mut layout.pages {
        let theme = if page.turned { &lying } else { theme };
        let size = (theme.measure() * SIZE / width(mark, fonts).max(1.0)).min(120.0);
        let x = theme.margins[0] + (theme.measure() - width(mark, fonts) * size / SIZE) / 2.0;
        let items = set(mark, (x, theme.paper.1 / 2.0), (size, theme.mark), fonts);
        page.items.splice(0..0, items);
    }
}

/// A line of type that is no part of the content.
fn set(text: &str, (mut x, y): (f32, f32), (size, ink): (f32, Ink), fonts: &Fonts) -> Vec<Item> {
    let stretches = runs(text, Weight::Regular, fonts).into_iter();
    let items = stretches.map(|run| {
        let width = run.width as f32 * size / 1000.0;
        let Run { weight, text, kerns, .. } = run;
        let text = Text { x, y, width, weight, size, ink, text, slanted: false, kerns };
        x += width;
        Item { leaf: None, drawn: Drawn::Text(text) }
    });
    items.collect()
}

/// As much of a text as fits, with an ellipsis if that is not all; an English word is left out whole.
fn shortened(text: &str, most: f32, fonts: &Fonts) -> String {
    if width(text, fonts) <= most {
        return text.to_owned();
    }
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let cut = |at: usize| format!("{}…", text[..at].trim_end_matches([' ', ',']));
    let fitting = ends.partition_point(|at| *at == 0 || width(&cut(*at), fonts) <= most);
    let at = fitting.checked_sub(1).and_then(|last| ends.get(last)).copied().unwrap_or_default();
    let is_within = text[at..].starts_with(|c: char| c.is_ascii_alphanumeric());
    let word = text[..at].rfind(' ').filter(|_| is_within);
    cut(word.filter(|word| at - word <= LONGEST).unwrap_or(at))
}

/// The width of a text in points.
fn width(text: &str, fonts: &Fonts) -> f32 {
    let runs = runs(text, Weight::Regular, fonts);
    runs.iter().map(|run| run.width).sum::<i32>() as f32 * SIZE / 1000.0
}
