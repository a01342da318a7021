//! What stands around the text block of every page: the running head, the page number and the edition.

use super::compositor::rule;
use super::{Drawn, Item, Layout, Text};
use crate::document::Document;
use crate::document::plain;
use crate::render::Imprint;
use crate::render::pdf::theme::Theme;
use crate::typeface::{Face, Fonts, Weight, is_invisible};

/// The size of running heads and page numbers.
const SIZE: f32 = 7.5;

/// The least space between the running head and the title beside it.
const GAP: f32 = 20.0;

/// Adds the running heads, with the sheet's title from the second page on, and the page numbers.
pub(super) fn furnish(
    layout: &mut Layout,
    document: &Document,
    imprint: &Imprint,
    fonts: &Fonts,
    theme: &Theme,
) {
    let face = fonts.face(Weight::Regular);
    let [left, top, _, bottom] = theme.margins;
    let right = left + theme.measure();
    let title = plain(&document.title);
    let count = layout.pages.len();
    let shape = |text: &str, most: f32| {
        let text = shortened(text, most, face);
        let width = face.width(&text) as f32 * SIZE / 1000.0;
        (text, width)
    };
    let (head, head_width) = shape(&imprint.running_head, theme.measure() * 0.6);
    let (edition, edition_width) = shape(&imprint.edition, theme.measure() * 0.4);
    let (title, title_width) = shape(&title, theme.measure() - head_width - GAP);

    for (number, page) in layout.pages.iter_mut().enumerate() {
        let mut put = |text: &str, x: f32, y: f32, width: f32| {
            if text.is_empty() {
                return;
            }
            page.items.push(Item {
                leaf: None,
                drawn: Drawn::Text(Text {
                    x,
                    y,
                    width,
                    weight: Weight::Regular,
                    size: SIZE,
                    ink: theme.muted,
                    text: text.to_owned(),
                    kerns: Vec::new(),
                    tracking: 0.0,
                }),
            });
        };
        let line = top - 22.0;
        put(&head, left, line, head_width);
        if number > 0 {
            put(&title, right - title_width, line, title_width);
        }
        let (folio, width) = shape(&format!("{} / {count}", number + 1), theme.measure());
        let foot = theme.paper.1 - bottom + 28.0;
        put(&folio, (left + right - width) / 2.0, foot, width);
        put(&edition, right - edition_width, foot, edition_width);
        page.items.push(rule(
            (left, top - 16.0),
            (right, top - 16.0),
            0.4,
            theme.hairline,
        ));
    }
}

/// As much of a text as fits, with an ellipsis if that is not all.
fn shortened(text: &str, most: f32, face: &Face) -> String {
    let text: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    let width = |c: char| f32::from(face.shown(c).advance) * SIZE / 1000.0;
    if text.chars().map(width).sum::<f32>() <= most {
        return text;
    }
    let mut used = width('…');
    let mut kept: String = text
        .chars()
        .take_while(|c| {
            used += width(*c);
            used <= most
        })
        .collect();
    kept.push('…');
    kept
}
