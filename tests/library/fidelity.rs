//! What went in comes out: the text that `pdftotext` reads is the text of the Markdown, in its order.

use std::collections::BTreeSet;

use gaisan::document::{self, Document};
use gaisan::figure::Figures;
use gaisan::model::Lang;
use gaisan::render::Imprint;
use gaisan::render::pdf::pdf;

use crate::support::{self, squeezed};

const HEAD: &str = "令和4年度概算要求　文部科学省";

/// What ministries write beyond plain kanji and kana.
const SPECIAL: [&str; 12] = [
    "①②③④⑤⑥⑦⑧⑨⑩⑪⑳",
    "※1 △1,234 ▲5 ▽ ○ ◎ ● □ ■",
    "6億円～12億円／年・技術領域",
    "ﾊﾝｶｸｶﾅと｢ｶｷﾞ｣､ﾃﾞｰﾀ｡",
    "﨑髙濵德神羽彅栁瀨",
    "10⁻¹⁸秒、CO₂、m²、10⁶",
    "✓ 済み ◆ 重要 ★",
    "㈱㈲№℡㎡㌔㍻Ⅲ",
    "“Data Free Flow”、‘a’、—…‥",
    "αβγ ±5 ×2 ÷3 ≦ ≧ → ⇒ ∞ °C",
    "ヴァイオリン ゔ ゞ ヾ 々 〆 〇",
    "AVATAR To WAVE. fi fl ffi",
];

/// The page texts of a PDF without running heads and page numbers, white space removed; `None` without the tool.
fn extracted(bytes: &[u8], head: &str, title: &str) -> Option<String> {
    let text = support::output("pdftotext", &["-raw", "-enc", "UTF-8", "-", "-"], bytes)?;
    let pages: Vec<String> = text.trim_end_matches('\u{c}').split('\u{c}').map(squeezed).collect();
    let count = pages.len();
    let mut all = String::new();
    for (number, page) in pages.iter().enumerate() {
        let folio = format!("{}/{count}", number + 1);
        let title = if number == 0 { "" } else { title };
        let furniture = format!("{}{}{folio}", squeezed(head), squeezed(title));
        all.push_str(page.strip_suffix(&furniture).unwrap_or(page));
    }
    Some(all)
}

/// Says which lines are not in a text, or not in their place.
fn lost(lines: &str, text: &str) -> Vec<String> {
    let mut from = 0;
    let mut lost = Vec::new();
    for line in lines.lines() {
        let wanted = squeezed(line);
        match text.get(from..).and_then(|rest| rest.find(&wanted)) {
            Some(at) => from += at + wanted.len(),
            None => lost.push(line.to_owned()),
        }
    }
    lost
}

/// Says which lines are not in a text as often as they should. On one page the columns decide about the order.
fn lost_on_one_page(lines: &str, text: &str) -> Vec<String> {
    let mut rest = text.to_owned();
    let mut lost = Vec::new();
    // Longer lines first: a label is also found within a sentence.
    let mut lines: Vec<&str> = lines.lines().collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.chars().count()));
    for line in lines {
        let wanted = squeezed(line);
        match rest.find(&wanted) {
            Some(at) => rest.replace_range(at..at + wanted.len(), "\n"),
            None => lost.push(line.to_owned()),
        }
    }
    lost
}

fn names() -> Vec<String> {
    let table = |text: &str| -> Vec<String> {
        let rows = text.lines().skip(1);
        rows.filter_map(|row| row.split(',').nth(4)).map(str::to_owned).collect()
    };
    let mut names: Vec<String> = include_str!("../data/names.txt").lines().map(str::to_owned).collect();
    names.extend(table(include_str!("../data/jp-mext-2019-2020.csv")));
    names.extend(table(include_str!("../data/tw-most-2017-2019.csv")));
    let mut seen = BTreeSet::new();
    names.retain(|name| seen.insert(name.clone()));
    names
}

/// Markdown that shows a text as it is.
fn escaped(text: &str) -> String {
    text.chars().flat_map(|c| c.is_ascii_punctuation().then_some('\\').into_iter().chain([c])).collect()
}

/// Asserts that every line comes out, those characters included that are printed as 〓.
fn assert_faithful(document: &Document, unshown: &str) {
    let title = document.plain_title();
    let imprint = Imprint {
        title: title.clone(),
        author: "文部科学省".to_owned(),
        running_head: HEAD.to_owned(),
        edition: String::new(),
        enclosure: None,
        lang: Lang::Ja,
        glossary: Vec::new(),
        draft: None,
        paper: gaisan::model::Paper::A4,
        links: Vec::new(),
    };
    let file = pdf(document, &Figures::new(), &imprint).unwrap();
    assert_eq!(String::from_iter(file.missing), unshown);
    if let Some(text) = extracted(&file.bytes, HEAD, &title) {
        let lost = lost(&document.plain(), &text);
        assert!(lost.is_empty(), "{} lines are lost: {lost:#?}", lost.len());
    }
}

#[test]
fn two_thousand_real_names_come_out_of_paragraphs_items_and_cells() {
    let names = names();
    assert!(names.len() >= 2_000, "{}", names.len());
    let mut markdown = String::from("# 事項一覧\n");
    for (number, some) in names.chunks(100).enumerate() {
        markdown.push_str(&format!("\n## 第{}群\n\n", number + 1));
        for (place, name) in some.iter().enumerate() {
            let name = escaped(name);
            markdown.push_str(&match number % 3 {
                0 => format!("{name}\n\n"),
                1 => format!("- {name}\n"),
                _ if place == 0 => format!("| 事項 | 額 |\n|:--|--:|\n| {name} | 1,{place:03} |\n"),
                _ => format!("| {name} | 1,{place:03} |\n"),
            });
        }
    }
    // Forms of Taiwan that a Japanese face does not have. They are shown as 〓, and copied as what they are.
    assert_faithful(&document::read(&markdown, Lang::Ja), "值內卹暨查產稅");
}

#[test]
fn special_characters_come_out_as_they_went_in() {
    let mut markdown = String::from("# 記号 №1\n");
    for special in SPECIAL {
        let special = escaped(special);
        markdown.push_str(&format!("\n文：{special}\n\n**強：{special}**\n"));
    }
    markdown.push_str("\n| 記号 | 強 |\n|---|---|\n");
    for special in SPECIAL {
        let special = escaped(special);
        markdown.push_str(&format!("| {special} | **{special}** |\n"));
    }
    assert_faithful(&document::read(&markdown, Lang::Ja), "");
}

#[test]
fn every_paragraph_and_cell_of_the_reference_chapter_comes_out_in_its_order() {
    let out = tempfile::tempdir().unwrap();
    support::built(&["fy2022/mext-5"], out.path(), 0);
    let files = support::files(out.path());
    let sheets = files.iter().filter(|path| path.extension().is_some_and(|end| end == "md"));
    let mut looked_at = 0;
    for file in sheets {
        let markdown = std::fs::read_to_string(file).unwrap();
        // The edition below the line stands at the foot of a PDF's pages.
        let (markdown, _) = markdown.rsplit_once("\n---\n").unwrap();
        let document = document::read(markdown, Lang::Ja);
        let bytes = std::fs::read(file.with_extension("pdf")).unwrap();
        let head = "文部科学省　令和4年度概算要求";
        let Some(text) = extracted(&bytes, head, &document.plain_title()) else {
            continue;
        };
        let lost = match file.ends_with("overview.md") {
            true => lost(&document.plain(), &text),
            false => lost_on_one_page(&support::on_one_page(markdown), &text),
        };
        assert!(lost.is_empty(), "{}: {lost:#?}", file.display());
        looked_at += 1;
    }
    assert!(looked_at == 7 || std::env::var_os("CI").is_none());
}
