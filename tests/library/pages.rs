//! The files as other programs see them: PDFs that validators accept, and HTML pages that are whole, self-contained and usable
//! by everybody.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use gaisan::build::Format;
use gaisan::model::Lang;
use tempfile::TempDir;

use crate::support::{self, CHAPTERS, attribute, files, tag_name, tags};

/// The largest a sheet's PDF may be, in bytes: an office sends them by mail, many at a time.
const LARGEST_PDF: u64 = 200_000;

/// An output folder with every sheet that comes with gaisan; each test has its own, so that nothing is left behind.
fn everything() -> TempDir {
    let out = tempfile::tempdir().unwrap();
    support::built(&CHAPTERS, out.path(), 0);
    out
}

fn of_kind(out: &Path, extension: &str) -> Vec<PathBuf> {
    let found: Vec<PathBuf> =
        files(out).into_iter().filter(|path| path.extension().is_some_and(|end| end == extension)).collect();
    assert!(found.len() >= 20, "{} {extension} files", found.len());
    found
}

/// The HTML pages, by their names, the index among them.
fn pages() -> &'static [(String, String)] {
    static PAGES: OnceLock<Vec<(String, String)>> = OnceLock::new();
    PAGES.get_or_init(|| {
        let out = everything();
        let page = |path: &PathBuf| {
            (
                path.strip_prefix(out.path()).unwrap().display().to_string(),
                std::fs::read_to_string(path).unwrap(),
            )
        };
        of_kind(out.path(), "html").iter().map(page).collect()
    })
}

#[test]
fn every_pdf_is_sound_and_small() {
    let out = everything();
    for path in of_kind(out.path(), "pdf") {
        let size = std::fs::metadata(&path).unwrap().len();
        assert!(size < LARGEST_PDF, "{} has {size} bytes", path.display());
        let file = path.to_str().unwrap();
        // qpdf warns by exit code 3, which is a failure here too.
        if support::output("qpdf", &["--check", file], &[]).is_none() {
            return;
        }
    }
}

/// Prints what a validator finds wrong in each of the files, one line a finding.
const VALIDATE: &str = "
import sys
from page import validate_pdf
for path in sys.argv[1:]:
    # Whatever carries its sources is held to the third part of PDF/A, which allows that.
    carries = b'<pdfaid:part>3' in open(path, 'rb').read()
    for profile in ('3a' if carries else '2a', 'ua1'):
        for failure in validate_pdf(path, profile=profile).failures:
            print(f'{path}: PDF {profile}: {failure}')
";

#[test]
fn every_pdf_is_archival_and_accessible() {
    let Some(python) = support::pdf_validator() else {
        return;
    };
    let out = everything();
    let pdfs = of_kind(out.path(), "pdf");
    let mut arguments = vec!["-c", VALIDATE];
    arguments.extend(pdfs.iter().map(|path| path.to_str().unwrap()));
    let findings = support::output(&python, &arguments, &[]).unwrap();
    assert!(findings.is_empty(), "{findings}");
}

#[test]
fn every_page_says_its_language_and_has_one_title() {
    for (name, page) in pages() {
        let html = tags(page).find(|tag| tag_name(tag) == "html").unwrap();
        let lang = attribute(html, "lang").unwrap_or_default();
        assert!(lang == Lang::Ja.tag() || lang == Lang::En.tag(), "{name}: lang is `{lang}`");
        for one in ["<h1", "<title>", "<main"] {
            let count = tags(page).filter(|tag| tag.starts_with(one) && !in_drawing(page, tag)).count();
            assert_eq!(count, 1, "{name}: {one}");
        }
        assert!(
            page.starts_with("<!DOCTYPE html>")
                && page.contains("<meta charset=\"utf-8\">")
                && page.contains("name=\"viewport\""),
            "{name}"
        );
    }
}

/// Whether a tag, which must be a piece of the page, stands inside a drawing.
fn in_drawing(page: &str, tag: &str) -> bool {
    let at = tag.as_ptr() as usize - page.as_ptr() as usize;
    let before = &page[..at];
    before.matches("<svg").count() > before.matches("</svg>").count()
}

#[test]
fn every_element_is_closed_in_order() {
    const VOID: [&str; 7] = ["br", "hr", "img", "input", "link", "meta", "wbr"];
    for (name, page) in pages() {
        let mut open: Vec<&str> = Vec::new();
        let bare = without_style(page);
        for tag in tags(&bare) {
            let element = tag_name(tag);
            if tag.starts_with("</") {
                assert_eq!(
                    open.pop(),
                    Some(element),
                    "{name}: {tag} closes another element; open are {open:?}"
                );
            } else if !(tag.starts_with("<!") || tag.ends_with("/>") || VOID.contains(&element)) {
                open.push(element);
            }
        }
        assert!(open.is_empty(), "{name}: never closed: {open:?}");
    }
}

fn without_style(page: &str) -> String {
    let (before, rest) = page.split_once("<style>").unwrap();
    format!("{before}{}", rest.split_once("</style>").unwrap().1)
}

#[test]
fn headings_skip_no_level() {
    for (name, page) in pages() {
        let mut before = 0;
        for tag in tags(page) {
            if let ["h", level] =
                [tag_name(tag).get(..1).unwrap_or_default(), tag_name(tag).get(1..).unwrap_or_default()]
                && let Ok(level) = level.parse::<usize>()
                && !tag.starts_with("</")
            {
                assert!(level <= before + 1, "{name}: {tag} follows a heading of level {before}");
                before = level;
            }
        }
    }
}

#[test]
fn ids_are_unique_and_what_refers_to_them_finds_them() {
    for (name, page) in pages() {
        let ids: Vec<String> = tags(page).filter_map(|tag| attribute(tag, "id")).collect();
        let unique: BTreeSet<&String> = ids.iter().collect();
        let twice: Vec<&String> =
            unique.iter().filter(|id| ids.iter().filter(|other| other == *id).count() > 1).copied().collect();
        assert!(twice.is_empty(), "{name}: more than once: {twice:?}");
        for tag in tags(page) {
            let links = attribute(tag, "href").and_then(|target| target.strip_prefix('#').map(str::to_owned));
            let labels = ["aria-labelledby", "aria-describedby", "for"]
                .map(|key| attribute(tag, key).unwrap_or_default());
            let referred = labels
                .iter()
                .flat_map(|label| label.split_whitespace())
                .map(decoded)
                .chain(links.as_deref().map(decoded));
            for id in referred {
                assert!(unique.contains(&id), "{name}: {tag} refers to `{id}`, which is nowhere");
            }
        }
    }
}

/// An address with its `%XX` resolved.
fn decoded(address: &str) -> String {
    let bytes = address.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let hex = address.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (bytes[at], hex) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
            }
            (byte, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap()
}

#[test]
fn a_page_loads_nothing_and_runs_nothing() {
    for (name, page) in pages() {
        let policy =
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:;";
        assert!(page.contains(policy), "{name} lets the browser load things");
        // What the page is made from rides in it as data, which no browser runs.
        let data = "<script type=\"application/json\" id=\"gaisan-enclosure\">";
        let lower = page.replacen(data, "", 1).to_lowercase();
        for forbidden in [
            "<script", "<iframe", "<object", "<embed", "<base", "<form", "javascript:", "@import",
            "url(http", "url(//",
        ] {
            assert!(!lower.contains(forbidden), "{name}: {forbidden}");
        }
        for tag in tags(page).filter(|tag| tag_name(tag) != "a") {
            for key in ["src", "href", "srcset", "data", "poster", "action", "xlink:href"] {
                let target = attribute(tag, key).unwrap_or_default();
                assert!(
                    target.is_empty() || target.starts_with("data:") || target.starts_with('#'),
                    "{name}: {tag} loads {target}"
                );
            }
            let handler = tag.split_whitespace().find(|word| word.starts_with("on") && word.contains('='));
            assert_eq!(handler, None, "{name}: {tag}");
        }
    }
}

#[test]
fn every_picture_says_what_it_shows() {
    for (name, page) in pages() {
        let titles: Vec<(String, &str)> = page
            .match_indices("<title id=")
            .map(|(at, _)| {
                let tag = tags(&page[at..]).next().unwrap();
                (attribute(tag, "id").unwrap(), page[at + tag.len()..].split('<').next().unwrap())
            })
            .collect();
        for tag in tags(page) {
            let said = match (tag_name(tag), tag.starts_with("</")) {
                ("img", _) => attribute(tag, "alt"),
                ("svg", false) => attribute(tag, "aria-label").or_else(|| {
                    let label = attribute(tag, "aria-labelledby")?;
                    titles.iter().find(|(id, _)| *id == label).map(|(_, text)| (*text).to_owned())
                }),
                _ => continue,
            };
            let is_hidden = attribute(tag, "aria-hidden").as_deref() == Some("true");
            assert!(
                is_hidden || said.is_some_and(|text| !text.trim().is_empty()),
                "{name}: nothing is said of {tag}"
            );
        }
    }
}

#[test]
fn every_link_to_a_file_leads_to_a_file() {
    let out = everything();
    for path in of_kind(out.path(), "html") {
        let page = std::fs::read_to_string(&path).unwrap();
        let targets: Vec<String> =
            tags(&page).filter(|tag| tag_name(tag) == "a").filter_map(|tag| attribute(tag, "href")).collect();
        for target in targets.iter().filter(|target| {
            !target.contains("://") && !target.starts_with(['#']) && !target.starts_with("mailto:")
        }) {
            let file = path.parent().unwrap().join(decoded(target.split('#').next().unwrap()));
            assert!(file.is_file(), "{} leads to {target}, which is not there", path.display());
        }
        if path.ends_with("index.html") {
            for format in Format::SHEETS {
                let end = format!(".{}", format.extension());
                let linked: BTreeSet<&String> =
                    targets.iter().filter(|target| target.ends_with(&end)).collect();
                assert_eq!(
                    linked.len(),
                    of_kind(out.path(), format.extension()).len() - usize::from(format == Format::Html),
                    "{end}"
                );
            }
        }
    }
}

#[test]
fn every_figure_of_the_markdown_is_beside_it() {
    let out = everything();
    for path in of_kind(out.path(), "md") {
        let text = std::fs::read_to_string(&path).unwrap();
        for (at, _) in text.match_indices("](") {
            let target = text[at + 2..].split([')', ' ']).next().unwrap();
            if !target.contains("://") && !target.starts_with('#') {
                assert!(
                    path.parent().unwrap().join(target).is_file(),
                    "{} leads to {target}, which is not there",
                    path.display()
                );
            }
        }
    }
}

/// A phone gets charts of its own, whose names stand above the bars, and an index tells the years of a chapter apart by its headings.
#[test]
fn what_is_wide_has_a_narrow_form_and_a_chapter_its_year() {
    let with_bars =
        pages().iter().filter(|(_, page)| page.contains("aria-label") && page.contains("class=\"drawing\""));
    for (name, page) in with_bars {
        let count = |class: &str| page.matches(&format!("class=\"{class}\"")).count();
        assert_eq!(count("drawing"), count("drawing narrow"), "{name}");
    }
    let index = pages().iter().find(|(name, _)| name.ends_with("index.html")).map(|(_, page)| page).unwrap();
    let headings = index.split("<h2>").skip(1).map(|it| it.split("</h2>").next().unwrap());
    let headings: Vec<&str> = headings.collect();
    assert_eq!(headings.iter().collect::<BTreeSet<_>>().len(), headings.len(), "{headings:?}");
}

#[test]
fn bars_in_a_table_show_its_amounts_to_those_who_see_them() {
    let (_, page) = pages().iter().find(|(name, _)| name.ends_with("fy2022/mext-5/aip.html")).unwrap();
    // 3,249 and 4,000, then 7,612 and 7,458 of the largest, 7,612.
    for bar in [
        "<i class=\"prior\" style=\"width:42.68%\"></i><i style=\"width:52.54%\"></i>",
        "<i class=\"prior\" style=\"width:100.00%\"></i><i style=\"width:97.97%\"></i>",
    ] {
        assert_eq!(
            page.matches(&format!("<td class=\"bars\" aria-hidden=\"true\">{bar}</td>")).count(),
            1,
            "{bar}"
        );
    }
    assert_eq!(page.matches("<i class=\"key").count(), 2);
}
