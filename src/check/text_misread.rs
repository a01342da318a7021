//! W0610: a text is printed as its author sees it: what other programs take for lists, tables and rules, and Markdown does not.

use std::ops::Range;

use crate::diagnostic::{Cure, Diagnostic, Edit};
use crate::markdown::{Misread, misread, own_mark};
use crate::model::Prose;
use crate::rollup::Rollup;

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    for line in rollup.rows.iter().map(|row| row.line) {
        for prose in &line.texts {
            let found = misread(&prose.text).into_iter();
            // In a text of one line only HTML is taken for more than it is.
            for (place, what) in
                found.filter(|(_, what)| prose.is_markdown || matches!(what, Misread::Html(_)))
            {
                let (message, mut help) = said(prose.text.get(place.clone()).unwrap_or_default(), &what);
                if !prose.is_markdown {
                    help = "take it out: this text is printed as one line, without marks".to_owned();
                }
                let cure = match &what {
                    Misread::Items(lines) => hyphens(prose, lines),
                    Misread::Hashes => replaced(prose, &place, |marks| {
                        let depth = marks.chars().count().max(2);
                        let blank = prose.text.get(place.end..).is_some_and(|rest| rest.starts_with(' '));
                        format!("{}{}", "#".repeat(depth), if blank { "" } else { " " })
                    }),
                    Misread::Indent => replaced(prose, &place, |blank| blank.replace('\u{3000}', "  ")),
                    Misread::Stars => replaced(prose, &place, |words| words.replace("＊＊", "**")),
                    Misread::Address => replaced(prose, &place, |address| format!("https://{address}")),
                    _ => None,
                };
                findings.push(
                    Diagnostic::new("W0610", prose.place(&place), message)
                        .about(&line.id.value)
                        .help(help)
                        .cure(cure),
                );
            }
        }
    }
}

/// What is wrong and what to do.
fn said(written: &str, what: &Misread) -> (String, String) {
    match what {
        Misread::Items(_) => {
            let first = written.lines().next().unwrap_or_default();
            let item: String = first.trim().chars().take(12).collect();
            let item = item.trim_start_matches(['-', '－', '‐', '–']).trim_start();
            (
                "these lines are printed as one".to_owned(),
                format!("begin each item with a hyphen and a blank, `- {item}…`; its own mark then takes the place of the bullet"),
            )
        }
        Misread::Rows(_) if written.lines().next().is_some_and(|row| row.contains("--")) => (
            "the rows of this table are printed as text".to_owned(),
            "take out what stands between the table's first row and its line of dashes, a blank line, too".to_owned(),
        ),
        Misread::Rows(cells) => (
            "the rows of this table are printed as text".to_owned(),
            format!("write a line of dashes below the first row, with as many cells as it has: `|{}`", "---|".repeat(*cells)),
        ),
        Misread::Heading => (
            "a line of dashes below a text makes a heading of it".to_owned(),
            "leave a line blank above the dashes for a rule across the sheet; a heading is written `## …`".to_owned(),
        ),
        Misread::Code => (
            "lines that are indented by four blanks or more are printed as code".to_owned(),
            "indent them as the lines above; where code is meant, write a line of three backticks above and below it".to_owned(),
        ),
        Misread::Hashes => (
            "the marks of this heading are printed as they are".to_owned(),
            "write `#` in half width, and a blank behind it, as in `## …`".to_owned(),
        ),
        Misread::Indent => (
            "this item is indented with a full-width blank, and printed behind the line above it".to_owned(),
            "indent it with two half-width blanks a level".to_owned(),
        ),
        Misread::Stars => (
            "these stars are full-width ones, and printed as they are".to_owned(),
            "emphasis is written in half width, `**…**`".to_owned(),
        ),
        Misread::Address => (
            format!("`{written}` leads nowhere: an address begins with `https://`"),
            String::new(),
        ),
        Misread::Html(name) => {
            let help = match name.as_str() {
                "" => "what nobody is to read stands in a comment of YAML outside the text, `# …`",
                "br" => "end the line with a backslash to begin a new one; a cell of a table is one line",
                "b" | "strong" | "mark" => "write `**…**`",
                "i" | "em" => "write `*…*`",
                "s" | "del" | "strike" => "write `~~…~~`",
                "a" => "write `[…](https://…)`",
                "li" | "ul" | "ol" => "write each item behind a hyphen and a blank, `- …`",
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "write `## …`",
                "hr" => "write `---` between two blank lines",
                "table" | "thead" | "tbody" | "tr" | "td" | "th" => "write rows of `|`, and `|---|` below the first",
                _ => "take it out: only Markdown has a meaning in a text",
            };
            (format!("`{}` is HTML, and printed as it is written", written.trim()), help.to_owned())
        }
    }
}

/// What was probably meant in a place.
fn replaced(prose: &Prose, place: &Range<usize>, meant: impl Fn(&str) -> String) -> Option<Cure> {
    Some(Cure::suggested(prose.exact(place)?, meant(prose.text.get(place.clone())?)))
}

/// The hyphens that make a list of some lines: where all of them are equally far in, and none is a list's already.
fn hyphens(prose: &Prose, lines: &[Range<usize>]) -> Option<Cure> {
    let mut margin = None;
    let mut edits = Vec::new();
    for line in lines {
        let mark = own_mark(prose.text.get(line.clone())?)?;
        let bare = mark.trim_start();
        let blank = &mark[..mark.len() - bare.len()];
        if *margin.get_or_insert(blank) != blank {
            return None;
        }
        let taken = if bare.starts_with(['-', '－', '‐', '–']) { mark } else { blank };
        edits.push(Edit {
            span: prose.exact(&(line.start..line.start + taken.len()))?,
            text: "- ".to_owned(),
        });
    }
    Some(Cure { is_certain: edits.len() > 1, edits })
}
