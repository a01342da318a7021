//! Texts beside their older selves.

use std::fmt::Write;

use super::Writer;
use super::block::Place;
use super::text::phrased;
use crate::document::{Block, Inline, Version, plain, rows};
use crate::words::ChangeWords;
use crate::xml::attribute;

impl Writer<'_> {
    /// Sections of which each holds the sides of a text: in a table, or below each other where a cell has no room for them.
    pub(super) fn versions(&mut self, out: &mut String, sections: &[Block], place: Place<'_>) {
        let compared = std::mem::replace(&mut self.compares, true);
        let mut is_open = false;
        for row in rows(sections, Version::is_broad) {
            if row.is_broad() {
                self.close(out, &mut is_open);
                for side in row.sides {
                    let gap = ChangeWords::of(self.document.lang).gap;
                    let caption = self.inlines(&row.caption(side, gap));
                    let _ = writeln!(out, "<p class=\"side\">{}</p>", phrased(&caption));
                    self.placed(out, &side.blocks, place);
                }
                continue;
            }
            if !std::mem::replace(&mut is_open, true) {
                self.open(out, &row, place);
            }
            self.row(out, &row, place);
        }
        self.close(out, &mut is_open);
        self.compares = compared;
    }

    fn open(&mut self, out: &mut String, row: &Version<'_>, place: Place<'_>) {
        let label = self.region(place.heading);
        let _ = writeln!(
            out,
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\">\n<table class=\"versions\">",
            attribute(&label)
        );
        out.push_str("<thead>\n<tr>");
        let field = [Inline::Text(ChangeWords::of(self.document.lang).field.to_owned())];
        let [new, old] = row.sides;
        for head in [field.as_slice(), &new.heading, &old.heading] {
            let _ = write!(out, "<th scope=\"col\">{}</th>", phrased(&self.inlines(head)));
        }
        out.push_str("</tr>\n</thead>\n<tbody>\n");
    }

    fn close(&mut self, out: &mut String, is_open: &mut bool) {
        if std::mem::take(is_open) {
            out.push_str("</tbody>\n</table>\n</div>\n");
        }
    }

    fn row(&mut self, out: &mut String, row: &Version<'_>, place: Place<'_>) {
        out.push_str("<tr>");
        let _ = match row.field {
            Some(field) => write!(out, "<th scope=\"row\">{}</th>", phrased(&self.inlines(&field.heading))),
            None => write!(out, "<td></td>"),
        };
        for side in row.sides {
            let called = plain(&side.heading);
            let _ = write!(out, "<td data-side=\"{}\">", attribute(&called));
            match side.blocks.as_slice() {
                [Block::Paragraph(text)] => out.push_str(&self.inlines(text)),
                blocks => {
                    out.push('\n');
                    self.placed(out, blocks, place);
                }
            }
            out.push_str("</td>");
        }
        out.push_str("</tr>\n");
    }
}
