//! What changed, as text for a terminal.
//!
//! In: the facts of change sheets and how wide the terminal is. Out: for each a table of its lines, how the old total becomes the new one, what
//! moved it most, and what is said of single lines. Nothing is worded here.

mod listing;
mod table;

use crate::figure::StepKind;
use crate::script::width as room;
use crate::sheet::{Change, ChangeRow, ChangeTable, MoverFact};
use crate::source::harmless;
pub use listing::{listed, shown};
use table::{Cell, Table, Tone, fitted};

/// How a comparison is shown.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// How many columns a line may have.
    pub width: usize,
    /// Whether everything is shown, and not what fits a screen.
    pub all: bool,
    /// Whether ANSI color codes are written.
    pub color: bool,
    /// Whether bars are drawn beside amounts.
    pub bars: bool,
}

/// How many movers, texts, breaks or proposals are shown.
const SHOWN: usize = 5;
/// How many of them beside tables that show only the largest changes.
const FEW: usize = 3;

/// Change sheets as text, one after another.
pub fn text(changes: &[Change], look: Look) -> String {
    let pages: Vec<String> = changes.iter().map(|change| Page { change, look }.text()).collect();
    pages.join("\n")
}

/// A change sheet being shown.
struct Page<'c> {
    change: &'c Change,
    look: Look,
}

impl Page<'_> {
    fn text(&self) -> String {
        let change = self.change;
        let name: Vec<&str> =
            [change.id.as_str(), &change.chapter].into_iter().filter(|text| !text.is_empty()).collect();
        let name = fitted(&name.join("  "), self.look.width);
        let mut text = format!(
            "{}\n{}{}{}\n",
            self.paint(Tone::Strong, &name),
            harmless(&change.title),
            change.words.between,
            harmless(&change.unit_line)
        );
        let is_wanted = |table: &&ChangeTable| self.look.all || table.rows.iter().any(|row| !row.same);
        let tables: Vec<&ChangeTable> = change.tables.iter().filter(is_wanted).collect();
        for table in &tables {
            text.push('\n');
            text.push_str(&self.table(table));
            text.push_str(&self.bridge(table));
        }
        if tables.is_empty() {
            text.push_str(&format!("\n{}\n", change.words.same_amounts));
        } else if change.movers.len() > 2 {
            text.push_str(&self.movers());
        }
        text.push_str(&self.remarks());
        text
    }

    fn paint(&self, tone: Tone, text: &str) -> String {
        tone.paint(text, self.look.color)
    }

    /// The lines, the total first.
    fn table(&self, shown: &ChangeTable) -> String {
        let words = self.change.words;
        let mut table = Table::default();
        let [[old_year, old], [new_year, new]] = shown.heads.clone();
        let faint = |text: String| Cell::new(text, Tone::Faint);
        table.push([String::new(), old_year, new_year].map(faint));
        let rest = [words.change, words.rate, ""].map(str::to_owned);
        table.push([words.program.to_owned(), old, new].into_iter().chain(rest).map(faint));
        let (totals, lines): (Vec<_>, Vec<_>) = shown.rows.iter().partition(|row| row.kind == "total");
        for row in totals.into_iter().chain(lines) {
            self.row(row, &mut table);
        }
        let mut text = table.lines(self.look.width, self.look.color);
        let cut = [shown.cut.as_str(), words.all].map(|note| format!("{note}{}", words.between));
        let cut = cut.concat();
        let notes =
            [(!shown.cut.is_empty()).then(|| cut.trim_end()), self.change.notes.first().map(String::as_str)];
        for note in notes.into_iter().flatten() {
            text.push_str(&format!("{}\n", self.paint(Tone::Faint, note)));
        }
        text
    }

    fn row(&self, row: &ChangeRow, table: &mut Table) {
        let tone = self.tone(row.sign);
        let name = match row.kind {
            "total" => Tone::Strong,
            "rest" | "member" => Tone::Faint,
            _ if row.depth < 2 => Tone::Strong,
            _ => Tone::Plain,
        };
        let figures = if row.kind == "member" { Tone::Faint } else { Tone::Plain };
        let [old, new, change, rate] = row.figures.clone();
        table.push([
            Cell::new(format!("{}{}", "  ".repeat(row.depth.saturating_sub(1)), row.name), name),
            Cell::new(old, figures),
            Cell::new(new, figures),
            Cell::new(change, tone),
            Cell::new(rate, tone),
            Cell::new(row.what.clone(), Tone::Other),
        ]);
    }

    fn tone(&self, sign: i8) -> Tone {
        match sign {
            1 => Tone::More,
            -1 => Tone::Less,
            _ => Tone::Faint,
        }
    }

    /// How the old total becomes the new one.
    fn bridge(&self, shown: &ChangeTable) -> String {
        if shown.steps.is_empty() {
            return String::new();
        }
        let mut table = Table::default();
        for step in &shown.steps {
            let is_total = matches!(step.kind, StepKind::Old | StepKind::New);
            let indent = if is_total { "" } else { "  " };
            let tone = match step.kind {
                StepKind::Old => Tone::Plain,
                StepKind::New => Tone::Strong,
                _ if step.value < 0 => Tone::Less,
                _ => Tone::More,
            };
            table.push([
                Cell::new(format!("{indent}{}", step.label), Tone::Plain),
                Cell::new(step.text.clone(), tone),
                Cell::default(),
            ]);
        }
        self.section(self.change.words.bridge, &table.lines(self.look.width, self.look.color))
    }

    /// What moved the total most.
    fn movers(&self) -> String {
        let mut table = Table::default();
        let movers = || self.change.movers.iter().take(SHOWN);
        let widest = |text: fn(&MoverFact) -> &String| movers().map(|it| room(text(it))).max().unwrap_or(0);
        let others = [widest(|it| &it.figure), widest(|it| &it.share), widest(|it| &it.remark)];
        let width = self.look.width.saturating_sub(others.iter().map(|width| width + 2).sum::<usize>() + 2);
        for mover in movers() {
            table.push([
                Cell::new(format!("  {}", self.path(mover, width)), Tone::Plain),
                Cell::new(mover.figure.clone(), self.tone(mover.sign)),
                Cell::new(mover.share.clone(), Tone::Faint),
                Cell::new(mover.remark.clone(), Tone::Other),
            ]);
        }
        self.section(self.change.words.movers, &table.lines(self.look.width, self.look.color))
    }

    /// A line with those above it, as far as there is room; the line itself and what is next to it matter most.
    fn path(&self, mover: &MoverFact, width: usize) -> String {
        const ARROW: &str = " › ";
        let mut shown = mover.title.clone();
        for (left, above) in mover.path.iter().enumerate().rev() {
            let more = format!("{above}{ARROW}{shown}");
            let dots = if left > 0 { room("…") + room(ARROW) } else { 0 };
            if room(&more) + dots > width {
                let rest = width.saturating_sub(room(&shown) + room(ARROW));
                return match rest {
                    0..8 => format!("…{ARROW}{shown}"),
                    _ => format!("{}{ARROW}{shown}", fitted(above, rest)),
                };
            }
            shown = more;
        }
        shown
    }

    fn section(&self, head: &str, lines: &str) -> String {
        match lines {
            "" => String::new(),
            lines => format!("\n{}\n{lines}", self.paint(Tone::Faint, head)),
        }
    }

    /// Texts that changed, prior amounts, proposals, entries that could not be used.
    fn remarks(&self) -> String {
        let (change, words) = (self.change, self.change.words);
        let texts = self.listed(&change.texts, |text| fitted(text, self.look.width.saturating_sub(2)));
        let continuity = self.listed(&change.continuity, String::clone);
        let proposals = self.listed(&change.proposals, |proposal| match proposal.entry.as_str() {
            "" => proposal.sentence.clone(),
            entry => format!("{}\n    - {entry}", proposal.sentence),
        });
        let proposals = match proposals.is_empty() {
            true => proposals,
            false => format!("  {}\n{proposals}", change.proposals_note),
        };
        let unused = self.listed(&change.unused, String::clone);
        [
            self.section(words.texts, &texts),
            self.section(words.continuity, &format!("{continuity}{unused}")),
            self.section(words.proposals, &proposals),
        ]
        .concat()
    }

    /// The first of some remarks, and how many more there are.
    fn listed<T>(&self, all: &[T], said: impl Fn(&T) -> String) -> String {
        let is_cut = self.change.tables.iter().any(|table| !table.cut.is_empty());
        let most = match self.look.all {
            true => usize::MAX,
            false => {
                if is_cut {
                    FEW
                } else {
                    SHOWN
                }
            }
        };
        let shown = all.iter().take(most).map(|one| format!("  {}\n", harmless(&said(one))));
        let mut text: String = shown.collect();
        if let more @ 1.. = all.len().saturating_sub(most) {
            text.push_str(&format!("  {}\n", self.change.words.more.replace("{}", &more.to_string())));
        }
        text
    }
}
