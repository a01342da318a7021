//! Blocks: sections, lists, quotations, figures.

use std::fmt::Write;

use super::Writer;
use super::data_uri::{data_uri, vector_uri};
use super::text::phrased;
use crate::document::{Block, FigureRef, Item, List, Quote, Section, captions, plain, versions};
use crate::figure::{Figure, draw, draw_narrow, inline_svg};
use crate::xml::{attribute, escape};

/// What a block has to know about where it stands.
#[derive(Clone, Copy, Default)]
pub(super) struct Place<'a> {
    /// The heading of the section around it.
    pub(super) heading: &'a str,
    /// Whether it stands in the amount box.
    pub(super) amount: bool,
    /// Whether its tables have bars beside their figures.
    pub(super) bars: bool,
}

impl Writer<'_> {
    /// Blocks that stand in no section.
    pub(super) fn blocks(&mut self, out: &mut String, blocks: &[Block]) {
        self.placed(out, blocks, Place::default());
    }

    /// The content of an item or a footnote: its first paragraph is set without a box of its own.
    pub(super) fn item_blocks(&mut self, out: &mut String, blocks: &[Block]) {
        self.item_content(out, blocks, Place::default());
    }

    fn item_content(&mut self, out: &mut String, blocks: &[Block], place: Place<'_>) {
        let rest = match blocks {
            [Block::Paragraph(text), rest @ ..] => {
                out.push_str(&self.inlines(text));
                rest
            }
            all => all,
        };
        if !rest.is_empty() {
            out.push('\n');
            self.placed(out, rest, place);
        }
    }

    pub(super) fn placed(&mut self, out: &mut String, blocks: &[Block], place: Place<'_>) {
        for (index, block) in blocks.iter().enumerate() {
            if let Some(table) = versions(blocks, index) {
                self.versions(out, table, place);
                continue;
            }
            match block {
                Block::Section(section) => self.section(out, section),
                Block::Paragraph(text) => {
                    let unit = captions(blocks, index);
                    let class = if unit { " class=\"unit\"" } else { "" };
                    let _ = writeln!(out, "<p{class}>{}</p>", self.inlines(text));
                }
                Block::List(list) => self.list(out, list, place),
                Block::Quote(quote) => self.quote(out, quote, place),
                Block::Table(table) => self.table(out, table, place),
                Block::Figure(figure) => self.figure(out, figure, place),
                Block::Code(code) => {
                    let _ = writeln!(out, "<pre><code>{}</code></pre>", escape(code));
                }
                Block::Definitions(definitions) => {
                    out.push_str("<dl>\n");
                    for definition in definitions {
                        let _ = writeln!(out, "<dt>{}</dt>", phrased(&self.inlines(&definition.term)));
                        for detail in &definition.details {
                            out.push_str("<dd>");
                            self.item_content(out, detail, place);
                            out.push_str("</dd>\n");
                        }
                    }
                    out.push_str("</dl>\n");
                }
                Block::Rule => out.push_str("<hr>\n"),
            }
        }
    }

    fn section(&mut self, out: &mut String, section: &Section) {
        let heading = plain(&section.heading);
        let remark = section.is_remark().then_some("remark");
        let dress = self.dress.get(section.id.as_str()).copied();
        let classes: Vec<&str> =
            section.classes.iter().map(String::as_str).chain(remark).chain(dress).collect();
        let class = match classes.as_slice() {
            [] => String::new(),
            classes => format!(" class=\"{}\"", attribute(&classes.join(" "))),
        };
        let (id, level) = (attribute(&section.id), section.level);
        let text = phrased(&self.inlines(&section.heading));
        let _ = writeln!(out, "<section{class}>\n<h{level} id=\"{id}\">{text}</h{level}>");
        let (amount, bars) = (section.has("amount"), section.has("bars"));
        // The boxes of a row or grid stand together, apart from what introduces them.
        let grid = section.classes.iter().any(|class| class == "cards" || class == "columns");
        let place = Place { heading: &heading, amount, bars };
        let boxes = section.blocks.iter().position(|block| matches!(block, Block::Section(_)));
        match boxes {
            Some(first) if grid => {
                self.placed(out, &section.blocks[..first], place);
                out.push_str("<div class=\"grid\">\n");
                self.placed(out, &section.blocks[first..], place);
                out.push_str("</div>\n");
            }
            _ => self.placed(out, &section.blocks, place),
        }
        out.push_str("</section>\n");
    }

    fn list(&mut self, out: &mut String, list: &List, place: Place<'_>) {
        let (name, start) = match list.start {
            Some(1) => ("ol", String::new()),
            // HTML counts list items in 32 bits.
            Some(start) => ("ol", format!(" start=\"{}\"", start.min(999_999_999))),
            None => ("ul", String::new()),
        };
        let marked = list.items.iter().any(|item| item.marker.is_some());
        let class = if marked { " class=\"marked\" role=\"list\"" } else { "" };
        let _ = writeln!(out, "<{name}{class}{start}>");
        for Item { marker, blocks } in &list.items {
            match marker {
                Some(marker) => {
                    let _ = write!(
                        out,
                        "<li class=\"marked\"><span class=\"marker\">{}</span> <div>",
                        escape(marker)
                    );
                    self.item_content(out, blocks, place);
                    out.push_str("</div></li>\n");
                }
                None => {
                    out.push_str("<li>");
                    self.item_content(out, blocks, place);
                    out.push_str("</li>\n");
                }
            }
        }
        let _ = writeln!(out, "</{name}>");
    }

    fn quote(&mut self, out: &mut String, quote: &Quote, place: Place<'_>) {
        let Some((alert, name)) = quote.alert.zip(quote.name(self.document.lang)) else {
            out.push_str("<blockquote>\n");
            self.placed(out, &quote.blocks, place);
            out.push_str("</blockquote>\n");
            return;
        };
        let _ = writeln!(
            out,
            "<div class=\"alert {alert}\" role=\"note\" aria-label=\"{name}\">\n<p class=\"name\">{name}</p>"
        );
        self.placed(out, &quote.blocks, place);
        out.push_str("</div>\n");
    }

    fn figure(&mut self, out: &mut String, figure: &FigureRef, place: Place<'_>) {
        out.push_str("<figure>\n");
        match self.figures.get(&figure.target) {
            Some(Figure::Image(image)) => {
                let _ = writeln!(out, "<img src=\"{}\" alt=\"{}\">", data_uri(image), attribute(&figure.alt));
            }
            Some(Figure::Vector(vector)) => {
                let _ =
                    writeln!(out, "<img src=\"{}\" alt=\"{}\">", vector_uri(vector), attribute(&figure.alt));
            }
            Some(other) => {
                let lang = self.document.lang;
                let drawing = draw(other, lang);
                self.drawings += 1;
                let id = self.fresh(&format!("figure-{}", self.drawings));
                let label = if place.heading.is_empty() { &figure.alt } else { place.heading };
                let label = self.region(label);
                let svg = drawing.as_ref().map(|drawing| inline_svg(drawing, &figure.alt, &id));
                let mut svg = svg.unwrap_or_default();
                let narrow = drawing.as_ref().and_then(|wide| draw_narrow(other, lang, wide));
                // Its lettering is as large on a phone; it is looked at piece by piece.
                if let Some(alone) = drawing.filter(|_| narrow.is_none()) {
                    let wide = format!("class=\"drawing\" style=\"--wide:{:.0}px\"", alone.width * 1.5);
                    svg = svg.replacen("class=\"drawing\"", &wide, 1);
                }
                if let Some(narrow) = narrow {
                    let narrow = inline_svg(&narrow, &figure.alt, &format!("{id}-narrow"));
                    svg.push_str(&narrow.replacen("class=\"drawing\"", "class=\"drawing narrow\"", 1));
                }
                let _ = writeln!(
                    out,
                    "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\">\n{svg}</div>",
                    attribute(&label)
                );
            }
            None => {
                let _ = writeln!(out, "<p>{}</p>", escape(&figure.alt));
            }
        }
        // A caption that only repeats the heading above it says nothing.
        if let Some(caption) = figure.caption.as_ref().filter(|caption| *caption != place.heading) {
            let _ = writeln!(out, "<figcaption>{}</figcaption>", phrased(&escape(caption)));
        }
        out.push_str("</figure>\n");
    }
}
