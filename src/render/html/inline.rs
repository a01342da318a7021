//! Running text.

use std::fmt::Write;

use super::Writer;
use super::data_uri::{data_uri, vector_uri};
use super::text::{held, href};
use crate::document::Inline;
use crate::figure::Figure;
use crate::words;
use crate::xml::{attribute, escape};

impl Writer<'_> {
    /// A run of inlines as HTML, with figures held together.
    pub(super) fn inlines(&mut self, inlines: &[Inline]) -> String {
        held(self.loose(inlines))
    }

    /// The same for a place where lines do not end.
    pub(super) fn loose(&mut self, inlines: &[Inline]) -> String {
        let mut out = String::new();
        for inline in inlines {
            self.inline(&mut out, inline);
        }
        out
    }

    fn inline(&mut self, out: &mut String, inline: &Inline) {
        let (open, content, close) = match inline {
            Inline::Strong(content) if self.compares => ("<ins>", content, "</ins>"),
            Inline::Strike(content) if self.compares => ("<del>", content, "</del>"),
            Inline::Strong(content) => ("<strong>", content, "</strong>"),
            Inline::Emphasis(content) => ("<em>", content, "</em>"),
            Inline::Strike(content) => ("<s>", content, "</s>"),
            Inline::Link { target, content } => {
                let _ = write!(out, "<a href=\"{}\">", href(&page_target(target)));
                ("", content, "</a>")
            }
            Inline::Foreign { lang, content } => {
                let _ = write!(out, "<span lang=\"{}\">", lang.tag());
                ("", content, "</span>")
            }
            Inline::Abbreviation { short, expansion } => {
                let title = attribute(expansion);
                let _ = write!(out, "<abbr title=\"{title}\">{}</abbr>", escape(short));
                return;
            }
            Inline::Text(text) => return out.push_str(&escape(text)),
            Inline::Code(code) => {
                let _ = write!(out, "<code>{}</code>", escape(code));
                return;
            }
            Inline::Image(image) => {
                match self.figures.get(&image.target) {
                    Some(Figure::Image(file)) => {
                        let alt = attribute(&image.alt);
                        let _ = write!(out, "<img src=\"{}\" alt=\"{alt}\">", data_uri(file));
                    }
                    Some(Figure::Vector(vector)) => {
                        let alt = attribute(&image.alt);
                        let _ = write!(out, "<img src=\"{}\" alt=\"{alt}\">", vector_uri(vector));
                    }
                    _ => out.push_str(&escape(&image.alt)),
                }
                return;
            }
            Inline::FootnoteRef(number) => return self.reference(out, *number),
            Inline::Break => return out.push_str("<br>\n"),
        };
        out.push_str(open);
        for inline in content {
            self.inline(out, inline);
        }
        out.push_str(close);
    }

    fn reference(&mut self, out: &mut String, number: usize) {
        let Some(note) = self.notes.get(number).cloned() else {
            return;
        };
        let id = self.fresh(&format!("reference-{}", number + 1));
        let label = words::footnote(self.document.lang, number + 1);
        let _ = write!(
            out,
            "<sup><a id=\"{}\" role=\"doc-noteref\" href=\"{}\" aria-label=\"{label}\">{number}</a></sup>",
            attribute(&id),
            href(&format!("#{note}")),
            number = number + 1
        );
        self.references[number].push(id);
    }
}

/// A link to another sheet leads to its page.
fn page_target(target: &str) -> String {
    let (path, place) = target.find(['#', '?']).map_or((target, ""), |at| target.split_at(at));
    let outside = path.split('/').next().is_some_and(|head| head.contains(':'));
    match path.strip_suffix(".md") {
        Some(stem) if !outside => format!("{stem}.html{place}"),
        _ => target.to_owned(),
    }
}
