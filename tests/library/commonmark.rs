//! The written Markdown in the eyes of another reader: what it shows is what the HTML page shows.

use std::path::PathBuf;

use gaisan::build::{Format, jobs};
use gaisan::compose::Templates;
use gaisan::document;
use gaisan::examine;
use gaisan::figure::Figures;
use gaisan::model::Lang;
use gaisan::render::{Imprint, html, markdown as written};
use markdown::{CompileOptions, Constructs, Options, ParseOptions};
use proptest::prelude::*;

/// What a reader without extensions but tables and strikethrough makes of Markdown, and what GitHub does.
fn rendered(text: &str) -> [String; 2] {
    let plain = Constructs { gfm_table: true, gfm_strikethrough: true, ..Constructs::default() };
    [plain, Constructs::gfm()].map(|constructs| {
        let parse = ParseOptions { constructs, ..ParseOptions::gfm() };
        let compile = CompileOptions { allow_dangerous_html: true, ..CompileOptions::gfm() };
        markdown::to_html_with_options(text, &Options { parse, compile }).unwrap()
    })
}

/// The lines that HTML shows, strong text in 【】, emphasis in 〈〉, struck text in 〔〕.
pub(crate) fn shown(html: &str) -> Vec<String> {
    let mut text = String::new();
    let mut rest = html;
    let mut depths = [0; 3];
    while let Some(at) = rest.find('<') {
        text.push_str(&unescaped(&rest[..at]));
        let end = rest[at..].find('>').map_or(rest.len(), |end| at + end + 1);
        let tag = &rest[at..end];
        let name = tag.trim_matches(['<', '>', '/']).split([' ', '/']).next().unwrap();
        rest = &rest[end..];
        match (name, tag.starts_with("</")) {
            ("strong" | "dt", ends) => mark(&mut text, &mut depths[0], ['【', '】'], ends),
            ("em", ends) => mark(&mut text, &mut depths[1], ['〈', '〉'], ends),
            ("s" | "del", ends) => mark(&mut text, &mut depths[2], ['〔', '〕'], ends),
            ("svg", false) => rest = rest.split_once("</svg>").map_or("", |it| it.1),
            // Marks of notes and the ways back to them are drawn in ways of their own.
            ("sup", false) => rest = rest.split_once("</sup>").map_or("", |it| it.1),
            ("a", false) if tag.contains("class=\"back\"") => rest = rest.split_once("</a>").unwrap().1,
            ("p", false) if tag.contains("class=\"name\"") => {
                let (name, after) = rest.split_once("</p>").unwrap();
                text.push_str(&format!("\n【{name}】\n"));
                rest = after;
            }
            ("a" | "span" | "code" | "abbr" | "div" | "img" | "input" | "wbr", _) => {}
            _ => text.push('\n'),
        }
    }
    text.push_str(&unescaped(rest));
    let raised = |c: char| "⁰¹²³⁴⁵⁶⁷⁸⁹".contains(c);
    let lines =
        text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ").replace(raised, ""));
    lines.filter(|line| !line.is_empty()).collect()
}

/// Marks the ends of a span; what is strong within strong text, or strong again, looks no other.
fn mark(text: &mut String, depth: &mut usize, marks: [char; 2], ends: bool) {
    *depth = if ends { depth.saturating_sub(1) } else { *depth + 1 };
    match (ends, *depth) {
        (false, 1) if text.ends_with(marks[1]) => drop(text.pop()),
        (false, 1) => text.push(marks[0]),
        (true, 0) => text.push(marks[1]),
        _ => {}
    }
}

fn unescaped(text: &str) -> String {
    let plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    plain.replace("&amp;", "&")
}

/// The lines that the main part of a page shows.
fn page_shows(page: &str) -> Vec<String> {
    let main = page.split_once("<main").unwrap().1.split_once('>').unwrap().1;
    shown(main.split_once("</main>").unwrap().0)
}

/// The lines that another reader shows of a written sheet, without the edition at its end.
pub(crate) fn file_shows(file: &str) -> [Vec<String>; 2] {
    let text = file.rsplit_once("\n---\n").map_or(file, |(text, _)| text);
    rendered(text).map(|html| shown(&html))
}

pub(crate) fn both(text: &str) -> (Vec<String>, String) {
    let document = document::read(text, Lang::Ja);
    let figures = Figures::new();
    let imprint = Imprint {
        title: "題".to_owned(),
        author: String::new(),
        running_head: String::new(),
        lang: Lang::Ja,
        edition: String::new(),
        enclosure: None,
        glossary: Vec::new(),
        draft: None,
        paper: gaisan::model::Paper::A4,
        links: Vec::new(),
    };
    let page = html::page(&document, &figures, &imprint);
    (page_shows(&page), written::page(&document, &figures, &imprint))
}

#[test]
fn every_sheet_of_the_budgets_shows_the_same_elsewhere() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("budgets");
    let reading = gaisan::read::read(&[folder]);
    let examined = examine(&reading);
    let templates = Templates::new(&[]).unwrap();
    let mut count = 0;
    for lang in [None, Some(Lang::En)] {
        for job in jobs(&examined, &templates, lang) {
            let file = |format| {
                let files = job.files(format, &templates, reading.fonts()).unwrap();
                String::from_utf8(files.into_iter().next().unwrap().1).unwrap()
            };
            let (text, page) = (file(Format::Markdown), file(Format::Html));
            for seen in file_shows(&text) {
                similar_asserts::assert_eq!(seen, page_shows(&page), "{}", job.name());
            }
            assert!(!text.contains("{."), "{}: attributes are for gaisan alone", job.name());
            count += 1;
        }
    }
    assert!(count > 20, "{count} sheets are not all");
}

#[test]
fn everything_that_prose_can_hold_shows_the_same_elsewhere() {
    let (page, text) = both(include_str!("../data/prose.md"));
    insta::assert_snapshot!(text);
    for seen in file_shows(&text) {
        similar_asserts::assert_eq!(seen, page);
    }
}

#[test]
fn links_lead_to_the_headings_that_readers_make_anchors_of() {
    let (_, text) = both("# 題\n\n[甲](#a) [乙](#b) [丙](#none)\n\n## 概要 1 {#a .box}\n\n## 概要 1 {#b}\n");
    assert!(text.contains("[甲](#概要-1) [乙](#概要-1-1) [丙](#none)"), "{text}");
    assert!(text.contains("\n## 概要 1\n"), "{text}");
}

#[test]
fn only_targets_that_lead_to_pages_are_links() {
    for target in [
        "javascript:alert(1)", "JavaScript&colon;x", "data:text/html,x", "vbscript:x", "java&#10;script:x",
        "//h/x",
    ] {
        let (page, text) = both(&format!("[語]({target}) [語]: {target}"));
        let html = rendered(&text);
        assert!(html.iter().all(|html| !html.contains("<a ")), "{target}: {text}");
        assert_eq!(html.map(|html| shown(&html)), [page.clone(), page]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    /// Spans, marks and letters in any order.
    #[test]
    fn any_running_text_shows_the_same_elsewhere(
        text in "([*]{1,3}|~~?|_|`|[「」。、（）△▲※]|[かな漢字鍵]|[a-z]|[0-9]|[.)#>+!&;=|-]|\\[|\\]\\(b\\.md\\)|\\\\|<b>|&amp;|\n| |\u{3000}){1,24}"
    ) {
        let (page, text) = both(&format!("前{text}"));
        for seen in file_shows(&text) {
            prop_assert_eq!(&seen, &page, "{}", text);
        }
    }
}

/// The sheets of a chapter whose texts all end in one way.
fn texts_that_end(with: &str) -> Vec<String> {
    let text = |key: &str, indent: usize| {
        let lines = format!("本文\n\n{with}");
        let blank = " ".repeat(indent);
        let lines: String = lines.lines().map(|line| format!("{blank}  {line}\n")).collect();
        format!("{blank}{key}: |\n{lines}")
    };
    let head = "gaisan: 1\nid: c\ntitle: 章\nministry: 省\nfiscal_year: R4\nstage: request\nunit: 百万円\nbreakdown: complete\n";
    let program =
        "programs:\n  - id: a\n    title: 甲\n    requested: 60\n    prior: 50\n    breakdown: complete\n";
    let part = "    children:\n      - {id: b, title: 乙, requested: 60, prior: 50}\n";
    let area = format!("    areas:\n      - title: 丙\n{}", text("body", 8));
    let texts: String = ["summary", "points", "body"].iter().map(|key| text(key, 4)).collect();
    let chapter = format!("{head}{}{program}{texts}{area}{part}", text("overview", 0));
    let reading = gaisan::read::read_texts(&[("request.yaml", &chapter)]);
    let examined = examine(&reading);
    let templates = Templates::new(&[]).unwrap();
    jobs(&examined, &templates, None).iter().map(|job| templates.markdown(&job.sheet).unwrap()).collect()
}

#[test]
fn what_a_text_leaves_open_takes_nothing_of_its_sheet_with_it() {
    let shape = |sheets: &[String]| -> Vec<(usize, usize, usize)> {
        let count = |html: &str| {
            (html.matches("<h").count(), html.matches("<table").count(), html.matches("<pre").count())
        };
        sheets.iter().map(|sheet| count(&rendered(sheet)[1])).collect()
    };
    let plain = shape(&texts_that_end("続き"));
    for open in ["<!-- 後で直す", "<pre>", "<script>\n\n<style>", "<?php", "<![CDATA[", "<!X", "<textarea>"]
    {
        let open = shape(&texts_that_end(&format!("{open}\n続き")));
        assert_eq!(open, plain, "{open:?}");
    }
    let ended = shape(&texts_that_end("~~~~\n続き\n~~~~"));
    for open in ["~~~~\n続き", "```\n続き", "````\n```"] {
        assert_eq!(shape(&texts_that_end(open)), ended, "{open}");
    }
}

#[test]
fn footnotes_of_one_label_are_those_of_their_texts() {
    for sheet in texts_that_end("続き[^1]\n\n[^1]: 注") {
        let document = document::read(&sheet, Lang::Ja);
        assert_eq!(document.footnotes.len(), sheet.matches("]: 注").count());
        assert!(document.footnotes.len() > 1);
    }
}
