//! A request as it is now, as text for a terminal.

use super::Look;
use super::table::{Cell, Table, Tone};
use crate::sheet::{Listing, ListingRow, Standing};
use crate::source::harmless;

/// How wide the bar of the whole is, in characters.
const BAR: usize = 8;

/// The lines of a chapter, or of a part of it, one below the other.
pub fn listed(listing: &Listing, look: Look) -> String {
    let heading = Tone::Strong.paint(&listing.heading, look.color);
    format!("{heading}{}\n{}", harmless(&listing.unit_line), rows(listing, look))
}

/// A line with its parts, its years and its notes.
pub fn shown(standing: &Standing, look: Look) -> String {
    let mut text = listed(&standing.listing, look);
    if let Some(series) = &standing.series {
        let mut table = Table::default();
        table.push(series.columns.iter().map(|head| Cell::new(head, Tone::Faint)).chain([Cell::default()]));
        for row in &series.rows {
            let tone = if row.own { Tone::Strong } else { Tone::Plain };
            let cells = std::iter::once(&row.year).chain(&row.figures).map(|cell| Cell::new(cell, tone));
            table.push(cells.chain([Cell::default()]));
        }
        text.push_str(&format!("\n{}", table.lines(look.width, look.color)));
        for note in &series.notes {
            text.push_str(&format!("{}\n", Tone::Faint.paint(note, look.color)));
        }
    }
    if !standing.notes.is_empty() {
        let label = Tone::Faint.paint(standing.notes_label, look.color);
        text.push_str(&format!("\n{label}  {}\n", harmless(&standing.notes)));
    }
    text
}

fn rows(listing: &Listing, look: Look) -> String {
    let heads = &listing.columns;
    let mut table = Table::default();
    let heads = [&heads.title, &heads.requested, &heads.prior, &heads.change, &heads.rate];
    table.push(heads.map(|head| Cell::new(head, Tone::Faint)).into_iter().chain([Cell::default()]));
    for row in &listing.rows {
        let name = match (row.depth, row.id.is_empty()) {
            (_, true) => Tone::Faint,
            (0, _) => Tone::Strong,
            _ => Tone::Plain,
        };
        let change = match row.sign {
            1 => Tone::More,
            -1 => Tone::Less,
            _ => Tone::Faint,
        };
        let title = Cell::new(format!("{}{}", "  ".repeat(row.depth), row.title), name);
        let tones = [name, Tone::Plain, change, change];
        let figures = row.figures.iter().zip(tones).map(|(figure, tone)| Cell::new(figure, tone));
        let last = if look.bars { format!("{}  {}", bar(row), row.id) } else { row.id.clone() };
        let cells = std::iter::once(title).chain(figures);
        table.push(cells.chain([Cell::new(last.trim_end(), Tone::Faint)]));
    }
    table.lines(look.width, look.color)
}

/// A line's part of the whole as a bar, to an eighth of a character.
fn bar(row: &ListingRow) -> String {
    let eighths = usize::from(row.share) * BAR * 8 / 1_000;
    let rest = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"].get(eighths % 8).copied().unwrap_or_default();
    let bar = format!("{}{rest}", "█".repeat(eighths / 8));
    let blanks = BAR - bar.chars().count().min(BAR);
    format!("{bar}{}", " ".repeat(blanks))
}
