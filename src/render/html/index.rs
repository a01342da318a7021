//! The front page of an output folder: every sheet of every chapter, with links to the formats that were made.

use std::fmt::Write;

use super::table::needs;
use super::text::{href, phrased};
use super::{END, head, skip_link};
use crate::document::FIGURE;
use crate::model::{Lang, Paper};
use crate::script::width;
use crate::sheet::Printed;
use crate::words;
use crate::xml::{attribute, escape};

/// What the front page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexPage {
    /// The page's language.
    pub lang: Lang,
    /// Its title.
    pub title: String,
    /// The paper that it is printed on.
    pub paper: Paper,
}

/// One chapter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IndexChapter {
    /// The chapter's title.
    pub title: String,
    /// Year, stage and ministry, e.g. `令和4年度概算要求　文部科学省`.
    pub subtitle: String,
    /// What the year's amount is called at the chapter's stage.
    pub amount: String,
    /// The sheets in order.
    pub sheets: Vec<IndexSheet>,
}

/// One sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexSheet {
    /// The program's title.
    pub title: String,
    pub printed: Printed,
    /// The files that exist: the format's name and the relative address. The first HTML file, or else the first file,
    /// is what the title leads to.
    pub files: Vec<(String, String)>,
}

/// The front page as one HTML file.
pub fn index(page: &IndexPage, chapters: impl Iterator<Item = IndexChapter>) -> String {
    let mut body = head(page.lang, &page.title, None, page.paper);
    body.push_str(&skip_link(page.lang, "main"));
    let _ = writeln!(body, "<main id=\"main\" class=\"index\">\n<h1>{}</h1>", escape(&page.title));
    let chapters: Vec<IndexChapter> = chapters.collect();
    let many = chapters.iter().map(|chapter| chapter.sheets.len()).sum::<usize>() > OPEN;
    for chapter in chapters {
        // Chapters of several years differ in nothing else, so the year is part of the heading.
        let _ = write!(body, "<section>\n<h2>{}", phrased(&escape(&chapter.title)));
        if !chapter.subtitle.is_empty() {
            let _ = write!(body, " <span class=\"subtitle\">{}</span>", phrased(&escape(&chapter.subtitle)));
        }
        body.push_str("</h2>\n");
        if many && !chapter.sheets.is_empty() {
            let sheets = words::folded(page.lang, chapter.sheets.len());
            let _ = writeln!(body, "<details><summary>{sheets}</summary>");
        }
        sheets(&mut body, page.lang, &chapter);
        body.push_str(if many && !chapter.sheets.is_empty() {
            "</details>\n</section>\n"
        } else {
            "</section>\n"
        });
    }
    body.push_str("</main>\n");
    body.push_str(END);
    body
}

/// Of more sheets than these, chapters are folded.
const OPEN: usize = 400;

fn sheets(out: &mut String, lang: Lang, chapter: &IndexChapter) {
    if chapter.sheets.is_empty() {
        return;
    }
    let requested = phrased(&escape(&chapter.amount));
    let heads = [words::programs, words::prior_year, words::change, words::formats];
    let [sheet, prior, change, files] = heads.map(|head: fn(Lang) -> &'static str| head(lang));
    let printed = chapter.sheets.iter().map(|it| &it.printed);
    let widest = printed.flat_map(|it| [&it.requested, &it.prior, &it.change]).map(|it| width(it)).max();
    let widest = widest.unwrap_or_default().min(FIGURE);
    let _ = writeln!(
        out,
        "<div class=\"scroll\" style=\"{}\" tabindex=\"0\" role=\"region\" aria-label=\"{}\">\n<table>\n<thead>\n<tr>\
         <th scope=\"col\">{sheet}</th><th scope=\"col\" class=\"figures\">{requested}</th>\
         <th scope=\"col\" class=\"figures\">{prior}</th><th scope=\"col\" class=\"figures\">{change}</th>\
         <th scope=\"col\">{files}</th></tr>\n</thead>\n<tbody>",
        needs(widest),
        attribute(format!("{} {}", chapter.title, chapter.subtitle).trim_end())
    );
    for sheet in &chapter.sheets {
        let page = sheet.files.iter().find(|(_, address)| address.ends_with(".html")).or(sheet.files.first());
        let name = phrased(&escape(&sheet.title));
        let title = match page {
            Some((_, address)) => {
                format!("<a href=\"{}\">{}</a>", href(address), name)
            }
            None => name,
        };
        let _ = write!(out, "<tr><th scope=\"row\">{title}</th>");
        let Printed { requested, prior, change } = &sheet.printed;
        for amount in [requested, prior, change] {
            let class = if width(amount) > FIGURE { " class=\"words\"" } else { "" };
            let _ = write!(out, "<td{class}>{}</td>", escape(amount));
        }
        out.push_str("<td class=\"files\">");
        for (label, address) in &sheet.files {
            // The row's head says of what.
            let _ = write!(out, "<a href=\"{}\">{}</a> ", href(address), escape(label));
        }
        out.push_str("</td></tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
}
