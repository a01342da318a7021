//! From a document to a Markdown file that every reader shows alike: GitHub, GitLab, an editor's preview.
//!
//! In: a [`Document`], its figures and an [`Imprint`]. Out: CommonMark with GitHub's tables and strikethrough. What only gaisan's own
//! dialect knows (attributes of headings, footnotes, definitions, alerts) is written in plain forms that show the same.

mod anchors;
mod line;

use super::Imprint;
use crate::document::{
    Alignment, Block, Document, FigureRef, Inline, List, Quote, Table, plain, rows, versions,
};
use crate::figure::Figures;
use crate::model::Lang;
use crate::words::{self, ChangeWords};
use anchors::Anchors;
use line::Place;

/// A document as a Markdown file, signed with the edition that HTML and PDF have at their feet.
pub fn page(document: &Document, figures: &Figures, imprint: &Imprint) -> String {
    let notes = words::footnotes(document.lang);
    let writer = Writer { lang: document.lang, figures, anchors: Anchors::of(document, notes) };
    let title = [Inline::Text(imprint.title.clone())];
    let title = if document.title.is_empty() { title.as_slice() } else { &document.title };
    let mut pieces = vec![writer.heading(1, title)];
    pieces.extend(imprint.draft.map(|mark| format!("**{mark}**")));
    writer.blocks(&document.blocks, "", &mut pieces);
    if !document.footnotes.is_empty() {
        pieces.push(format!("## {notes}"));
        let items = document.footnotes.iter().map(|note| (None, note.as_slice())).collect();
        pieces.push(writer.items(Some(1), '.', items));
    }
    if !imprint.edition.is_empty() {
        pieces.push("---".to_owned());
        pieces.push(imprint.edition.clone());
    }
    let mut text = pieces.join("\n\n");
    text.push('\n');
    text
}

/// What writing a sheet needs to know throughout.
struct Writer<'a> {
    lang: Lang,
    figures: &'a Figures,
    anchors: Anchors,
}

impl Writer<'_> {
    /// Blocks below a heading, each as a piece of text without a line end.
    fn blocks(&self, all: &[Block], heading: &str, pieces: &mut Vec<String>) {
        // Two lists in a row would become one if their marks were the same.
        let mut is_other = false;
        let mut after_list = false;
        for (at, block) in all.iter().enumerate() {
            if let Some(table) = versions(all, at) {
                self.versions(table, pieces);
                continue;
            }
            let is_list = matches!(block, Block::List(_));
            is_other = is_list && after_list && !is_other;
            after_list = is_list;
            match block {
                Block::Section(section) => {
                    pieces.push(self.heading(section.level, &section.heading));
                    self.blocks(&section.blocks, &plain(&section.heading), pieces);
                }
                Block::Paragraph(text) => pieces.push(self.paragraph(text)),
                Block::List(list) => pieces.push(self.list(list, is_other)),
                Block::Quote(quote) => pieces.push(self.quote(quote)),
                Block::Table(table) => pieces.push(self.table(table)),
                Block::Figure(figure) => self.figure(figure, heading, pieces),
                Block::Code(code) => pieces.push(fenced(code)),
                Block::Definitions(definitions) => {
                    for definition in definitions {
                        pieces.push(self.paragraph(&[Inline::Strong(definition.term.clone())]));
                        let details = definition.details.iter().map(|detail| (None, detail.as_slice()));
                        pieces.push(self.items(None, '-', details.collect()));
                    }
                }
                // A line of hyphens or stars would be taken for items where it begins one.
                Block::Rule => pieces.push("___".to_owned()),
            }
        }
    }

    /// Texts beside their older selves: paragraphs in a table, and one above the other what no cell can hold.
    fn versions(&self, sections: &[Block], pieces: &mut Vec<String>) {
        let said = ChangeWords::of(self.lang);
        let mut table: Option<Table> = None;
        for row in rows(sections, |row| row.texts().is_none()) {
            let [new, old] = row.sides;
            if let Some([new_text, old_text]) = row.texts() {
                let field = row.field.map(|field| field.heading.clone()).unwrap_or_default();
                let table = table.get_or_insert_with(|| Table {
                    alignments: vec![Alignment::Left; 3],
                    header: vec![
                        vec![Inline::Text(said.field.to_owned())],
                        new.heading.clone(),
                        old.heading.clone(),
                    ],
                    rows: Vec::new(),
                });
                table.rows.push(vec![field, new_text.to_vec(), old_text.to_vec()]);
                continue;
            }
            pieces.extend(table.take().map(|table| self.table(&table)));
            for side in row.sides {
                pieces.push(self.paragraph(&[Inline::Strong(row.caption(side, said.gap))]));
                self.blocks(&side.blocks, "", pieces);
            }
        }
        pieces.extend(table.map(|table| self.table(&table)));
    }

    fn paragraph(&self, text: &[Inline]) -> String {
        self.line(text, Place::Paragraph)
    }

    fn heading(&self, level: u8, text: &[Inline]) -> String {
        format!("{} {}", "#".repeat(usize::from(level)), self.line(text, Place::Heading))
            .trim_end()
            .to_owned()
    }

    fn list(&self, list: &List, is_other: bool) -> String {
        let mark = match (list.start.is_some(), is_other) {
            (true, false) => '.',
            (true, true) => ')',
            (false, false) => '-',
            (false, true) => '*',
        };
        let items = list.items.iter().map(|item| (item.marker.as_deref(), item.blocks.as_slice()));
        self.items(list.start, mark, items.collect())
    }

    /// Items, each with the marker before its text. Where all are short they stand close together.
    fn items(&self, start: Option<u64>, mark: char, items: Vec<(Option<&str>, &[Block])>) -> String {
        let is_close = items.iter().all(|(_, blocks)| {
            matches!(blocks, [] | [Block::Paragraph(_)] | [Block::Paragraph(_), Block::List(_)])
        });
        let gap = if is_close { "\n" } else { "\n\n" };
        let mut written = Vec::new();
        for ((marker, blocks), number) in items.into_iter().zip(start.unwrap_or(1)..) {
            let label = if start.is_some() { format!("{number}{mark} ") } else { format!("{mark} ") };
            let mut pieces = Vec::new();
            let rest = match (marker, blocks) {
                (Some(marker), [Block::Paragraph(text), rest @ ..]) => {
                    let mut marked = vec![Inline::Text(format!("{marker} "))];
                    marked.extend_from_slice(text);
                    pieces.push(self.paragraph(&marked));
                    rest
                }
                (Some(marker), rest) => {
                    pieces.push(self.paragraph(&[Inline::Text(marker.to_owned())]));
                    rest
                }
                (None, all) => all,
            };
            self.blocks(rest, "", &mut pieces);
            let text = indented(&pieces.join(gap), &" ".repeat(label.len()));
            written.push(format!("{label}{}", text.trim_start()).trim_end().to_owned());
        }
        written.join(gap)
    }

    fn quote(&self, quote: &Quote) -> String {
        let mut pieces: Vec<String> =
            quote.name(self.lang).map(|name| format!("**{name}**")).into_iter().collect();
        self.blocks(&quote.blocks, "", &mut pieces);
        let lines = pieces.join("\n\n");
        let lines = lines.lines().map(|line| format!("> {line}").trim_end().to_owned());
        lines.collect::<Vec<_>>().join("\n")
    }

    fn table(&self, table: &Table) -> String {
        let row = |cells: &[Vec<Inline>]| {
            let cells = cells.iter().map(|cell| self.line(cell, Place::Cell));
            format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
        };
        let rule = table.alignments.iter().map(|alignment| match alignment {
            Alignment::Left => ":---|",
            Alignment::Center => ":---:|",
            Alignment::Right => "---:|",
        });
        let mut lines = vec![row(&table.header), format!("|{}", rule.collect::<String>())];
        lines.extend(table.rows.iter().map(|cells| row(cells)));
        lines.join("\n")
    }

    fn figure(&self, figure: &FigureRef, heading: &str, pieces: &mut Vec<String>) {
        pieces.push(self.paragraph(&[Inline::Image(FigureRef { caption: None, ..figure.clone() })]));
        // As on the page: a caption that only repeats the heading says nothing.
        if let Some(caption) = figure.caption.as_ref().filter(|caption| *caption != heading) {
            pieces.push(self.paragraph(&[Inline::Text(caption.clone())]));
        }
    }
}

/// Lines moved to the right; empty ones stay empty.
fn indented(text: &str, by: &str) -> String {
    let lines = text.lines().map(|line| if line.is_empty() { String::new() } else { format!("{by}{line}") });
    lines.collect::<Vec<_>>().join("\n")
}

/// Code between fences longer than any in it.
fn fenced(code: &str) -> String {
    let fence = "`".repeat(line::longest_run(code, '`').max(2) + 1);
    format!("{fence}\n{code}\n{fence}")
}
