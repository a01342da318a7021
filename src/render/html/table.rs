//! Tables, each in a region of its own that scrolls on a narrow screen.

use std::fmt::Write;

use super::Writer;
use super::block::Place;
use super::text::phrased;
use crate::document::{
    Alignment, FIGURE, HALF, Inline, Table, fraction, headline, inset, open_fraction, plain, sum_end,
};
use crate::script::width;
use crate::words;
use crate::xml::attribute;

impl Writer<'_> {
    /// The region of a table, and the table's beginning.
    fn opened(&mut self, out: &mut String, table: &Table, tails: &[Tail], place: Place<'_>) {
        let label = match place.heading {
            "" => words::table(self.document.lang),
            heading => heading,
        };
        let label = self.region(label);
        let (class, style) = if place.amount { ("", String::new()) } else { table.room(tails) };
        let _ = writeln!(
            out,
            "<div class=\"scroll{class}\"{style} tabindex=\"0\" role=\"region\" aria-label=\"{}\">\n<table>",
            attribute(&label)
        );
    }

    pub(super) fn table(&mut self, out: &mut String, table: &Table, place: Place<'_>) {
        let room = if self.document.is_one_page() { HALF } else { PAGE };
        let tails = table.tails(if self.compares { 0 } else { room });
        self.opened(out, table, &tails, place);
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
        let short: Vec<bool> = (0..table.alignments.len()).map(|column| table.is_short(column)).collect();
        out.push_str("<tbody>\n");
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
                let tail = tails.get(column);
                let is_open = tail.is_some_and(|tail| !tail.open.is_empty());
                if is_open {
                    text = open(&text);
                } else if *alignment == Alignment::Right && sum_end(&own).is_some() {
                    text = parted(&text);
                }
                let class = match short.get(column) {
                    _ if is_open => " class=\"figures\"",
                    Some(true) => " class=\"short\"",
                    _ => class(*alignment, &own),
                };
                let class = class.to_owned() + &tail.map_or_else(String::new, |tail| tail.beside(&own));
                let class = if place.amount && number == 0 { sized(&class, &own) } else { class };
                let names = column == 0 && *alignment != Alignment::Right && !text.is_empty();
                let _ = if names {
                    named(out, class, &own, &text)
                } else if place.amount {
                    write!(out, "<td{class}>{}</td>", if is_figure { amount(&text) } else { text })
                } else if self.compares || is_figure || sum_end(&own).is_some() {
                    // A browser breaks at `<wbr>` even what is to stay on one line.
                    write!(out, "<td{class}>{text}</td>")
                } else if let Some(text) = with_aside(*alignment, &text) {
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
    fn room(&self, tails: &[Tail]) -> (&'static str, String) {
        let named = self.longest_name();
        // A phone's first column is as wide as a long word, or as short names are.
        let widest = self.widest_name();
        let first = match if widest < SHORT { widest } else { named.max(SHORT) } {
            wide if !(SHORT..=NAME).contains(&wide) => {
                format!("--first:{}rem;", hundredths((wide * 48 + 80).min(1100)))
            }
            _ => String::new(),
        };
        let open: usize = tails.iter().map(|tail| width(&tail.open)).sum();
        let (least, whole, need) = (self.breadth(1) + open, self.breadth(2), self.widest_figure());
        let mut style = first + &needs(need);
        if least <= PAGE {
            let style = if style.is_empty() { style } else { format!(" style=\"{style}\"") };
            return (if least > TABLET { " tight" } else { "" }, style);
        }
        let _ = write!(style, "--wide:{}em;", hundredths(whole * LETTER));
        // Paper has no room to scroll.
        let lying = lies_down(self);
        let paper = if lying { LYING } else { PAGE };
        let _ = write!(style, "--fit:{};--fit-wide:{}", fit(least, paper), fit(least, LANDSCAPE));
        (if lying { " broad lying" } else { " broad" }, format!(" style=\"{style}\""))
    }
}

/// Whether a table's type would be too small on a page that stands.
pub(super) fn lies_down(table: &Table) -> bool {
    table.breadth(1) * 4 > PAGE * 5
}

/// How wide a column of type is, in hundredths of its size.
const LETTER: usize = 58;

/// What every column of figures on a phone has room for, and what a page's text, a tablet and a page of paper have room for, in columns of type.
const USUAL: usize = 7;
const PAGE: usize = 104;
const TABLET: usize = 64;
const LYING: usize = 154;
const LANDSCAPE: usize = 190;

/// The longest word that a phone's first column has room for as it is, in columns.
const NAME: usize = 15;

/// What names are shorter than that need no more room than they take; no column of longer ones is narrower.
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

/// By how much type is set smaller for a table that is wider than its paper. Nothing is cut at its edge, so there is no least size.
fn fit(whole: usize, paper: usize) -> String {
    hundredths((100 * paper / whole.max(1)).clamp(10, 100))
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

/// The longest that stands behind the whole numbers of a column: a fraction, and what is yet to be decided.
#[derive(Default)]
struct Tail {
    fraction: String,
    open: String,
}

impl Tail {
    /// What a cell lacks of it, which stands behind its figure as white.
    fn beside(&self, own: &str) -> String {
        let Some((decimals, open)) = tail(own) else { return String::new() };
        let rest = self.fraction.get(decimals.len()..).filter(|it| !it.is_empty());
        let rest = rest.map(|it| format!(" data-rest=\"{}\"", attribute(it))).unwrap_or_default();
        match open.is_empty() && !self.open.is_empty() {
            true => format!("{rest} data-open=\"{}\"", attribute(&self.open)),
            false => rest,
        }
    }
}

/// A figure's decimals with their point, and what is yet to be decided behind them.
fn tail(own: &str) -> Option<(&str, &str)> {
    let decided = decimals(own).map(|decimals| (decimals, ""));
    decided.or_else(|| open_fraction(own).and_then(|tail| tail.split_at_checked(tail.find(['＋', '+'])?)))
}

impl Table {
    /// The tails of its columns. What is yet to be decided counts where a figure of the column has it, all say the same, and the table is then no
    /// wider than the room for it.
    fn tails(&self, room: usize) -> Vec<Tail> {
        let (mut tails, mut least) = (Vec::new(), self.breadth(1));
        for (column, alignment) in self.alignments.iter().enumerate() {
            if *alignment != Alignment::Right {
                tails.push(Tail::default());
                continue;
            }
            let cells = self.rows.iter().filter_map(|row| row.get(column)).map(|cell| plain(cell));
            let cells: Vec<String> = cells.collect();
            let own: Vec<(&str, &str)> = cells.iter().filter_map(|cell| tail(cell)).collect();
            let longest = own.iter().map(|(decimals, _)| *decimals).max_by_key(|it| it.len());
            let open = own.iter().map(|(_, open)| *open).find(|open| !open.is_empty()).unwrap_or_default();
            let whole = cells.iter().map(|cell| width(cell)).max().unwrap_or_default() + width(open);
            let is_one = own.iter().all(|(_, it)| it.is_empty() || *it == open) && whole <= 2 * FIGURE;
            let open = if is_one { open } else { "" };
            least += width(open);
            tails.push(Tail { fraction: longest.unwrap_or_default().to_owned(), open: open.to_owned() });
        }
        if least > room {
            tails.iter_mut().for_each(|tail| tail.open.clear());
        }
        tails
    }
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

/// A figure with what is yet to be decided behind it, which stands below it where there is little room.
fn open(text: &str) -> String {
    in_two(text, "<span class=\"open\">")
}

/// A sum that may end its line before the sign, and not behind it.
fn parted(text: &str) -> String {
    in_two(text, "<wbr><span class=\"word\">")
}

/// A figure with another one in brackets behind it, which stay together where there is room: （前年度 2,000,000百万円）.
fn with_aside(alignment: Alignment, text: &str) -> Option<String> {
    let (figure, rest) = text.split_once('（').filter(|_| alignment == Alignment::Right)?;
    let (aside, rest) = rest.split_once('）').filter(|_| figure.contains(|c: char| c.is_ascii_digit()))?;
    (!rest.contains('（')).then(|| format!("{figure}<wbr><span class=\"aside\">（{aside}）</span>{rest}"))
}

/// A sum whose sign and what stands behind it are in an element of their own, unless that is too long to stay on one line.
fn in_two(text: &str, begins: &str) -> String {
    let Some((amount, rest)) = text.split_once('＋') else { return text.to_owned() };
    let (behind, rest) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
    match behind.contains('＋') || width(behind) >= FIGURE {
        true => format!("{amount}<wbr>＋{behind}{rest}"),
        false => format!("{amount}{begins}＋{behind}</span>{rest}"),
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
