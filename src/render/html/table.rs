//! Tables, each in a region of its own that scrolls on a narrow screen.

use std::fmt::Write;

use super::Writer;
use super::block::Place;
use super::text::phrased;
use crate::document::{Alignment, FIGURE, Inline, Table, fraction, headline, inset, plain, sum_end};
use crate::script::width;
use crate::words;
use crate::xml::attribute;

impl Writer<'_> {
    /// The region of a table, and the table's beginning.
    fn opened(&mut self, out: &mut String, table: &Table, place: Place<'_>) {
        let label = match place.heading {
            "" => words::table(self.document.lang),
            heading => heading,
        };
        let label = self.region(label);
        let (class, style) = if place.amount { ("", String::new()) } else { table.room() };
        let _ = writeln!(
            out,
            "<div class=\"scroll{class}\"{style} tabindex=\"0\" role=\"region\" aria-label=\"{}\">\n<table>",
            attribute(&label)
        );
    }

    pub(super) fn table(&mut self, out: &mut String, table: &Table, place: Place<'_>) {
        self.opened(out, table, place);
        let mut rows = Vec::new();
        let pairs = (place.bars && !place.amount).then(|| table.pairs()).flatten();
        if place.amount {
            // Each row of the amount box is a name and an amount; the first only looks like a header.
            rows.push(&table.header);
        } else {
            out.push_str("<thead>\n<tr>");
            for (column, (cell, alignment)) in table.header.iter().zip(&table.alignments).enumerate() {
                let mut text = phrased(&self.inlines(cell));
                let class = if table.tells(column) { " class=\"told\"" } else { class(*alignment, "") };
                let of = pairs.as_ref().and_then(|it| it.columns.iter().position(|at| *at == column));
                if let Some(of) = of {
                    text.insert_str(0, KEYS[of]);
                }
                let _ = match text.is_empty() {
                    true => write!(out, "<td{class}></td>"),
                    false => write!(out, "<th scope=\"col\"{class}>{text}</th>"),
                };
                if pairs.as_ref().is_some_and(|it| it.after == column) {
                    out.push_str("<td class=\"bars\"></td>");
                }
            }
            out.push_str("</tr>\n</thead>\n");
        }
        rows.extend(&table.rows);
        out.push_str("<tbody>\n");
        let most = table.alignments.iter().enumerate().map(|(column, alignment)| match alignment {
            Alignment::Right => longest_fraction(table, column),
            _ => String::new(),
        });
        let most: Vec<String> = most.collect();
        for (number, row) in rows.into_iter().enumerate() {
            let kind = if self.compares { "" } else { kind(row) };
            let _ = write!(out, "<tr{kind}");
            // A row that leads to a sheet is where that sheet leads back to.
            if let Some(id) =
                row.first().and_then(|cell| sheet(cell)).filter(|id| self.ids.insert((*id).to_owned()))
            {
                let _ = write!(out, " id=\"{}\"", attribute(id));
            }
            out.push('>');
            for (column, (cell, alignment)) in row.iter().zip(&table.alignments).enumerate() {
                let own = plain(cell);
                let is_figure = *alignment == Alignment::Right && width(&own) <= FIGURE;
                let mut text = if is_figure { self.loose(cell) } else { self.inlines(cell) };
                if *alignment == Alignment::Right && sum_end(&own).is_some() {
                    text = parted(&text);
                }
                let short = most.get(column).and_then(|most| most.get(decimals(&own)?.len()..));
                let class = class(*alignment, &own);
                let class = match short.filter(|it| *alignment == Alignment::Right && !it.is_empty()) {
                    Some(rest) => format!("{class} data-rest=\"{}\"", attribute(rest)),
                    None => class.to_owned(),
                };
                let class = if place.amount && number == 0 { sized(&class, &own) } else { class };
                let names = column == 0 && *alignment != Alignment::Right && !text.is_empty();
                let _ = if names {
                    named(out, class, &own, &text)
                } else if place.amount {
                    write!(out, "<td{class}>{}</td>", if is_figure { amount(&text) } else { text })
                } else if self.compares || is_figure {
                    // A browser breaks at `<wbr>` even what is to stay on one line.
                    write!(out, "<td{class}>{text}</td>")
                } else {
                    write!(out, "<td{class}>{}</td>", phrased(&text))
                };
                if let Some(pairs) = pairs.as_ref().filter(|it| it.after == column) {
                    bars(out, pairs.rows.get(number).copied().unwrap_or_default());
                }
            }
            out.push_str("</tr>\n");
        }
        out.push_str("</tbody>\n</table>\n</div>\n");
    }
}

impl Table {
    /// The class and the style of the table's box, which tell the style sheet how much room its columns want: what on a phone the widest figure
    /// needs, which may not be cut at an edge, and the whole of a table that is wider than a page's text.
    fn room(&self) -> (&'static str, String) {
        let named = self.longest_name();
        // A phone's first column is as wide as a long word, or as short names are.
        let widest = self.widest_name();
        let first = match if widest < SHORT { widest } else { named } {
            wide if !(SHORT..=NAME).contains(&wide) => {
                format!("--first:{}rem;", hundredths((wide * 48 + 80).min(1100)))
            }
            _ => String::new(),
        };
        let (least, whole, need) = (self.breadth(1), self.breadth(2), self.widest_figure());
        let mut style = first + &needs(need);
        if least <= PAGE {
            let style = if style.is_empty() { style } else { format!(" style=\"{style}\"") };
            return (if least > TABLET { " tight" } else { "" }, style);
        }
        let _ = write!(style, "--wide:{}em;", hundredths(whole * LETTER));
        // Paper has no room to scroll.
        let _ = write!(style, "--fit:{};--fit-wide:{}", fit(least, PORTRAIT), fit(least, LANDSCAPE));
        (" broad", format!(" style=\"{style}\""))
    }
}

/// How wide a column of type is, in hundredths of its size.
const LETTER: usize = 58;

/// What every column of figures on a phone has room for, and what a page's text, a tablet and a page of paper have room for, in columns of type.
const USUAL: usize = 7;
const PAGE: usize = 104;
const TABLET: usize = 64;
const PORTRAIT: usize = 104;
const LANDSCAPE: usize = 190;

/// The longest word that a phone's first column has room for as it is, in columns.
const NAME: usize = 15;

/// What names are shorter than that need no more room than they take.
const SHORT: usize = 9;

/// The longest amount that a phone has room for in the size of a headline, in columns.
const LONG: usize = 14;

/// And the longest that any window's box has room for in that size.
const LONGER: usize = 20;

/// The style of a table's box whose widest figure is so wide, in columns.
pub(super) fn needs(figure: usize) -> String {
    if figure > USUAL { format!("--need:{};", hundredths(figure * LETTER + 140)) } else { String::new() }
}

fn hundredths(value: usize) -> String {
    format!("{}.{:02}", value / 100, value % 100)
}

/// By how much type is set smaller for a table that is wider than its paper: not by so much that it could not be read.
fn fit(whole: usize, paper: usize) -> String {
    hundredths((100 * paper / whole.max(1)).clamp(60, 100))
}

/// What says in a column's head which bar shows its amounts.
const KEYS: [&str; 2] = ["<i class=\"key\"></i>", "<i class=\"key prior\"></i>"];

/// The class of a row by what it says.
fn kind(row: &[Vec<Inline>]) -> &'static str {
    match (Table::is_total(row), Table::steps_back(row)) {
        (true, _) => " class=\"total\"",
        (_, true) => " class=\"rest\"",
        _ => "",
    }
}

/// A cell that names a row, with all its lines as far in as its level.
fn named(out: &mut String, class: String, own: &str, text: &str) -> std::fmt::Result {
    let class = match inset(own).0 {
        0 => class,
        level => format!(" class=\"in{}\"", level.min(4)),
    };
    let text = text.trim_start_matches(['\u{3000}', '\u{a0}']);
    write!(out, "<th scope=\"row\"{class}>{}</th>", phrased(text))
}

/// A cell with the bars of a row, which only show what its figures say: last year's amount above the year's.
fn bars(out: &mut String, [year, before]: [Option<u32>; 2]) {
    out.push_str("<td class=\"bars\" aria-hidden=\"true\">");
    for (class, share) in [(" class=\"prior\"", before), ("", year)] {
        let _ = share
            .filter(|it| *it > 0)
            .map(|it| write!(out, "<i{class} style=\"width:{}.{:02}%\"></i>", it / 100, it % 100));
    }
    out.push_str("</td>");
}

/// A figure's decimals with their point, where nothing stands behind them.
fn decimals(text: &str) -> Option<&str> {
    fraction(text).filter(|it| !it.contains(['%', '％', ')', '）']))
}

/// The longest fraction in a column, without its table's first row; cells with shorter ones get the rest of it as white.
fn longest_fraction(table: &Table, column: usize) -> String {
    let cells = table.rows.iter().filter_map(|row| row.get(column)).map(|cell| plain(cell));
    let fractions = cells.filter_map(|cell| decimals(&cell).map(str::to_owned));
    fractions.max_by_key(String::len).unwrap_or_default()
}

/// The class of a cell by its column and what it says.
fn class(alignment: Alignment, text: &str) -> &'static str {
    match alignment {
        Alignment::Left => "",
        Alignment::Center => " class=\"center\"",
        Alignment::Right if width(text) > FIGURE => " class=\"figures words\"",
        Alignment::Right => " class=\"figures\"",
    }
}

/// The sheet that a cell is a link to.
fn sheet(cell: &[Inline]) -> Option<&str> {
    match cell {
        [Inline::Text(indent), link] if indent.trim().is_empty() => sheet(std::slice::from_ref(link)),
        [Inline::Link { target, .. }] => {
            target.strip_suffix(".md").filter(|stem| !stem.contains(['/', ':', '#', '?']))
        }
        _ => None,
    }
}

/// The class of the headline's amount, by how long it is.
fn sized(class: &str, own: &str) -> String {
    let number = &own[..sum_end(own).unwrap_or(own.len())];
    let size = match (width(number) > LONGER, width(own) > LONG) {
        (true, _) => "figures longer",
        (_, true) => "figures long",
        _ => "figures",
    };
    class.replacen("figures", size, 1)
}

/// A sum that may end its line before the sign, and not behind it.
fn parted(text: &str) -> String {
    match text.split_once('＋') {
        Some((amount, rest)) if !rest.contains(['<', '＋']) && width(rest) < FIGURE => {
            format!("{amount}<wbr><span class=\"word\">＋{rest}</span>")
        }
        Some((amount, rest)) => format!("{amount}<wbr>＋{rest}"),
        None => text.to_owned(),
    }
}

/// An amount with its unit set apart, so that the digits can be set larger.
fn amount(text: &str) -> String {
    match headline(text) {
        (number, unit) if !number.is_empty() && !text.contains(['<', '&']) => {
            format!("{number}<span class=\"unit\">{unit}</span>")
        }
        _ => text.to_owned(),
    }
}
