//! From a document to one HTML file that needs no other: styles, figures and pictures are inside, and so is what
//! the page is made from; scripts are not.
//!
//! In: a [`Document`], its figures and an [`Imprint`]. Out: a page for screens, phones and paper, light and dark.

mod block;
mod boxes;
mod data_uri;
mod enclosure;
mod index;
mod inline;
mod table;
mod text;
mod versions;

pub use enclosure::enclosed;
pub use index::{IndexChapter, IndexPage, IndexSheet, index};

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use crate::document::{Block, Document};
use crate::figure::{Figures, Ink};
use crate::model::{Lang, Paper};
use crate::render::Imprint;
use crate::words;
use crate::xml::{attribute, escape};
use text::{href, phrased};

const SHEET: &str = include_str!("sheet.css");

/// A document as a page. The same input gives the same bytes.
pub fn page(document: &Document, figures: &Figures, imprint: &Imprint) -> String {
    let mut writer = Writer::new(document, figures);
    let main = writer.fresh("main");
    let title =
        if document.title.is_empty() { escape(&imprint.title) } else { writer.inlines(&document.title) };

    let mut body = String::new();
    body.push_str(&skip_link(document.lang, &main));
    body.push_str(&page_header(document, imprint));
    let class = match document.is_one_page() {
        true => " class=\"one-page\"",
        false if boxes::lies(document) => " class=\"lying\"",
        false => "",
    };
    let _ = writeln!(body, "<main id=\"{}\"{class}>", attribute(&main));
    let (lead, rest) = lead(&document.blocks);
    if !lead.is_empty() {
        body.push_str("<div class=\"lead\">\n");
    }
    let _ = writeln!(body, "<h1>{}</h1>", phrased(&title));
    writer.blocks(&mut body, lead);
    if !lead.is_empty() {
        body.push_str("</div>\n");
    }
    if document.is_one_page() {
        let (under, boxes, foot) = boxes::tiers(rest);
        writer.dress = boxes::dress(boxes);
        writer.blocks(&mut body, under);
        body.push_str("<div class=\"boxes\">\n");
        writer.blocks(&mut body, boxes);
        body.push_str("</div>\n");
        writer.blocks(&mut body, foot);
    } else {
        writer.blocks(&mut body, rest);
    }
    writer.endnotes(&mut body);
    body.push_str("</main>\n");
    body.push_str(&page_footer(imprint));
    if let Some(enclosure) = &imprint.enclosure {
        body.push_str(&enclosure::block(enclosure));
    }
    wrap(document.lang, &imprint.title, (Some(&imprint.author), imprint.paper), &body)
}

/// The blocks set beside the title: everything up to the amount box, and the notes that follow it. Empty if there is
/// no such box near the top.
fn lead(blocks: &[Block]) -> (&[Block], &[Block]) {
    let is = |block: &Block, class: &str| matches!(block, Block::Section(section) if section.has(class));
    let first_section = blocks.iter().position(|block| matches!(block, Block::Section(_)));
    match first_section {
        Some(first) if is(&blocks[first], "amount") => {
            let notes = blocks.get(first + 1).is_some_and(|block| is(block, "notes"));
            blocks.split_at(first + 1 + usize::from(notes))
        }
        _ => (&[], blocks),
    }
}

fn skip_link(lang: Lang, main: &str) -> String {
    let label = words::skip_to_content(lang);
    format!("<a class=\"skip\" href=\"{}\">{label}</a>\n", href(&format!("#{main}")))
}

/// What stands above the sheet, without what stands under its title.
fn page_header(document: &Document, imprint: &Imprint) -> String {
    let mut out = imprint.draft.map(draft).unwrap_or_default();
    let says_it = document.begins_with(&imprint.running_head);
    if says_it && imprint.links.is_empty() {
        return out;
    }
    out.push_str("<header class=\"page\">\n");
    if !says_it {
        let _ = writeln!(out, "<p>{}</p>", escape(&imprint.running_head));
    }
    if !imprint.links.is_empty() {
        let _ = writeln!(out, "<nav aria-label=\"{}\"><ul>", words::pages(imprint.lang));
        for (label, target) in &imprint.links {
            let _ = writeln!(out, "<li><a href=\"{}\">{}</a></li>", href(target), escape(label));
        }
        out.push_str("</ul></nav>\n");
    }
    out.push_str("</header>\n");
    out
}

/// The mark of a draft, across the page on the screen and on every page of paper.
fn draft(mark: &str) -> String {
    const STYLE: &str = "position:fixed;inset:0;margin:0;display:grid;place-items:center;font-size:min(24vw,9rem);\
        font-weight:700;letter-spacing:.1em;transform:rotate(-30deg);opacity:.12;pointer-events:none;z-index:1";
    format!("<p class=\"draft\" style=\"{STYLE}\">{}</p>\n", escape(mark))
}

/// Who asks for the money, and by what the page can be matched with the data it was made from.
fn page_footer(imprint: &Imprint) -> String {
    let mut out = format!("<footer><p>{}</p>", escape(&imprint.author));
    if !imprint.edition.is_empty() {
        let _ = write!(out, "<p class=\"edition\">{}</p>", escape(&imprint.edition));
    }
    out.push_str("</footer>\n");
    out
}

/// The frame that every page has.
fn wrap(lang: Lang, title: &str, (author, paper): (Option<&str>, Paper), body: &str) -> String {
    let mut out = head(lang, title, author, paper);
    out.push_str(body);
    out.push_str(END);
    out
}

/// What every page ends with.
const END: &str = "</body>\n</html>\n";

/// What every page begins with.
fn head(lang: Lang, title: &str, author: Option<&str>, paper: Paper) -> String {
    let mut out =
        format!("<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n", lang.tag());
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.push_str("<meta name=\"color-scheme\" content=\"light dark\">\n");
    out.push_str(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; \
         style-src 'unsafe-inline'\">\n",
    );
    let _ = writeln!(out, "<title>{}</title>", escape(title));
    if let Some(author) = author {
        let _ = writeln!(out, "<meta name=\"author\" content=\"{}\">", attribute(author));
    }
    let on_paper = match paper {
        Paper::A4 => "",
        Paper::Letter => {
            "@media print{@page{size:letter}@page one-page{size:letter landscape}@page lying{size:letter landscape}}\n"
        }
    };
    let _ = writeln!(out, "<style>\n{}{SHEET}{on_paper}</style>\n</head>\n<body>", palette());
    out
}

/// The figures' inks as custom properties, which the style sheet uses for everything else too.
fn palette() -> String {
    let properties = |color: fn(Ink) -> [u8; 3]| {
        Ink::ALL.iter().fold(String::new(), |mut out, ink| {
            let [red, green, blue] = color(*ink);
            let _ = write!(out, "--{}:#{red:02x}{green:02x}{blue:02x};", ink.slug());
            out
        })
    };
    let mut out = format!(":root{{{}}}\n", properties(Ink::light));
    let _ =
        writeln!(out, "@media screen and (prefers-color-scheme:dark){{:root{{{}}}}}", properties(Ink::dark));
    for ink in Ink::ALL {
        let name = ink.slug();
        let _ = write!(out, ".fill-{name}{{fill:var(--{name})}}.stroke-{name}{{stroke:var(--{name})}}");
    }
    out.push('\n');
    out
}

/// What a page knows while it is written.
struct Writer<'a> {
    document: &'a Document,
    figures: &'a Figures,
    /// Every id on the page so far.
    ids: HashSet<String>,
    /// The ids of the references to each footnote, in order.
    references: Vec<Vec<String>>,
    /// The ids of the footnotes.
    notes: Vec<String>,
    drawings: usize,
    /// The names of regions so far; each has its own.
    regions: HashSet<String>,
    /// Whether an old text stands beside a new one, so that strong words were put in.
    compares: bool,
    /// The classes that boxes of a sheet on one page have by what stands beside them, by their ids.
    dress: HashMap<&'a str, &'static str>,
}

impl<'a> Writer<'a> {
    fn new(document: &'a Document, figures: &'a Figures) -> Self {
        let ids = document.sections().into_iter().map(|section| section.id.clone()).collect();
        let references = vec![Vec::new(); document.footnotes.len()];
        let mut writer = Self {
            document,
            figures,
            ids,
            references,
            notes: Vec::new(),
            drawings: 0,
            regions: HashSet::new(),
            compares: false,
            dress: HashMap::new(),
        };
        writer.notes =
            (1..=document.footnotes.len()).map(|number| writer.fresh(&format!("note-{number}"))).collect();
        writer
    }

    /// An id that nothing else on the page has.
    fn fresh(&mut self, stem: &str) -> String {
        let numbered = (2u64..).map(|number| format!("{stem}-{number}"));
        let free = std::iter::once(stem.to_owned()).chain(numbered).find(|id| !self.ids.contains(id));
        let id = free.unwrap_or_default();
        self.ids.insert(id.clone());
        id
    }

    /// The name of a region, numbered where another one has it.
    fn region(&mut self, label: &str) -> String {
        let numbered = (2u64..).map(|number| format!("{label} ({number})"));
        let free =
            std::iter::once(label.to_owned()).chain(numbered).find(|name| !self.regions.contains(name));
        let name = free.unwrap_or_default();
        self.regions.insert(name.clone());
        name
    }

    fn endnotes(&mut self, out: &mut String) {
        if self.document.footnotes.is_empty() {
            return;
        }
        let lang = self.document.lang;
        let (heading, back) = (words::footnotes(lang), words::back_to_text(lang));
        let id = self.fresh("footnotes");
        let _ = writeln!(
            out,
            "<section class=\"endnotes\" role=\"doc-endnotes\" aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{heading}</h2>\n<ol>",
            id = attribute(&id)
        );
        let document = self.document;
        // Notes may refer to further notes, so their text is written before the links back are known.
        let texts: Vec<String> = document
            .footnotes
            .iter()
            .map(|blocks| {
                let mut text = String::new();
                self.item_blocks(&mut text, blocks);
                text
            })
            .collect();
        for (number, text) in texts.iter().enumerate() {
            let _ = write!(out, "<li id=\"{}\">{text}", attribute(&self.notes[number]));
            for reference in &self.references[number] {
                let _ = write!(
                    out,
                    " <a class=\"back\" role=\"doc-backlink\" href=\"{}\" aria-label=\"{back}\">↩</a>",
                    href(&format!("#{reference}"))
                );
            }
            out.push_str("</li>\n");
        }
        out.push_str("</ol>\n</section>\n");
    }
}
