//! Columns of text that line up, full-width characters included.

use anstyle::{AnsiColor, Style};

use crate::script::{columns, width as room};
use crate::source::harmless;

/// How a cell looks on a terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tone {
    #[default]
    Plain,
    /// What the eye should find first.
    Strong,
    /// What may be passed over.
    Faint,
    /// Something more or new.
    More,
    /// Something less or gone.
    Less,
    /// Something elsewhere or otherwise.
    Other,
}

/// A cell of a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) tone: Tone,
}

/// Rows of cells: the first column and the last one begin at the left, those between end at the right.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) rows: Vec<Vec<Cell>>,
}

/// Between two columns.
const GAP: usize = 2;
/// The first column is never narrower than this.
const NARROWEST: usize = 16;

impl Tone {
    pub(super) fn paint(self, text: &str, is_colored: bool) -> String {
        let style = match self {
            _ if text.is_empty() || !is_colored => Style::new(),
            Self::Plain => Style::new(),
            Self::Strong => Style::new().bold(),
            Self::Faint => Style::new().dimmed(),
            Self::More => AnsiColor::Green.on_default(),
            Self::Less => AnsiColor::Red.on_default(),
            Self::Other => AnsiColor::Cyan.on_default(),
        };
        format!("{style}{}{style:#}", harmless(text))
    }
}

impl Cell {
    pub(super) fn new(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: harmless(&text.into()).into_owned(), tone }
    }
}

impl Table {
    pub(super) fn push(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// The rows as lines of at most `limit` columns; texts that do not fit end in `…`.
    pub(super) fn lines(&self, limit: usize, is_colored: bool) -> String {
        let count = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut widths = vec![0; count];
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = room(&cell.text).max(*width);
            }
        }
        let all = |widths: &[usize]| {
            let used = widths.iter().filter(|width| **width > 0);
            used.map(|width| width + GAP).sum::<usize>().saturating_sub(GAP)
        };
        // What is too wide is taken from the first column, then from the last one.
        for at in [0, count.saturating_sub(1)] {
            let over = all(&widths).saturating_sub(limit);
            if let Some(width) = widths.get_mut(at) {
                *width = width.saturating_sub(over).max(NARROWEST.min(*width));
            }
        }
        let mut text = String::new();
        for row in &self.rows {
            let mut line = String::new();
            let mut blanks = 0;
            // A name without figures has the whole line.
            let is_alone = row.iter().skip(1).all(|cell| cell.text.is_empty());
            for (at, (cell, &width)) in row.iter().zip(&widths).enumerate() {
                let width = if at == 0 && is_alone { limit.max(width) } else { width };
                if width == 0 {
                    continue;
                }
                let shown = fitted(&cell.text, width);
                let rest = width - room(&shown);
                let is_left = at == 0 || at + 1 == count;
                if !is_left {
                    blanks += rest;
                }
                if !shown.is_empty() {
                    line.push_str(&" ".repeat(blanks));
                    line.push_str(&cell.tone.paint(&shown, is_colored));
                    blanks = 0;
                }
                if is_left {
                    blanks += rest;
                }
                blanks += GAP;
            }
            text.push_str(&line);
            text.push('\n');
        }
        text
    }
}

/// A text cut to some columns, with `…` in place of what is missing.
pub(super) fn fitted(text: &str, width: usize) -> String {
    if room(text) <= width {
        return text.to_owned();
    }
    let mut used = columns('…');
    let mut shown: String = text
        .chars()
        .take_while(|&letter| {
            used += columns(letter);
            used <= width
        })
        .collect();
    shown.truncate(shown.trim_end().len());
    shown.push('…');
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[[&str; 3]], limit: usize) -> String {
        let mut table = Table::default();
        for row in rows {
            table.push(row.map(|text| Cell::new(text, Tone::Plain)));
        }
        table.lines(limit, false)
    }

    #[test]
    fn full_width_titles_and_figures_line_up() {
        let text = table(&[["光・量子", "4,592", "新規"], ["AIP", "△154", ""]], 80);
        assert_eq!(text, "光・量子  4,592  新規\nAIP        △154\n");
        let ends: Vec<usize> = text.lines().map(|line| room(line.trim_end_matches("  新規"))).collect();
        assert_eq!(ends[0], ends[1]);
    }

    #[test]
    fn what_is_too_wide_is_cut_in_the_first_column() {
        let text = table(&[["光・量子飛躍フラッグシッププログラム", "4,592", ""]], 30);
        assert_eq!(text, "光・量子飛躍フラッグシ…  4,592\n");
        assert!(room(text.trim_end()) <= 30);
        let text = table(
            &[["光・量子飛躍フラッグシップ", "4,592", ""], ["ほか3件は同額（内1件は端数）", "", ""]],
            30,
        );
        assert!(text.contains("シ…  4,592") && text.ends_with("ほか3件は同額（内1件は端数）\n"), "{text}");
    }
}
