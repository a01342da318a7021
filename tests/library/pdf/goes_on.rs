//! What one page does not hold: it goes on, and nothing is cut.

use gaisan::document::Document;
use gaisan::render::pdf::layout::{Drawn, Layout};

use super::one_page::{assert_whole, is_across, laid_out, plain, sheet, shown};

#[test]
fn a_sheet_that_goes_on_says_so_and_has_all_of_its_text() {
    let document = sheet(&plain(40, 400));
    let layout = laid_out(&document);
    assert!(is_across(&layout) && layout.pages.len() > 2, "{}", layout.pages.len());
    assert_whole(&document, &layout);
    for page in layout.pages.iter().skip(1) {
        let goes_on = |drawn: &Drawn| matches!(drawn, Drawn::Text(text) if text.text.contains("（続き）"));
        assert!(page.items.iter().any(|item| goes_on(&item.drawn)));
    }
}

#[test]
fn a_title_small_print_or_text_without_end_makes_a_report() {
    let mut long = sheet(&plain(2, 60));
    long.title = vec![gaisan::document::Inline::Text("題名".repeat(900))];
    assert!(!is_across(&laid_out(&long)));
    assert!(!is_across(&laid_out(&sheet(&[("本文".to_owned(), "短い段落。\n\n".repeat(2_000))]))));
}

#[test]
fn a_box_longer_than_a_page_goes_on_in_columns_and_a_table_repeats_its_head() {
    let rows: String = (0..90).map(|row| format!("| 事項{row} | {row} |\n")).collect();
    let table = format!("（単位：百万円）\n\n| 事業 | 令和4年度 |\n|:---|---:|\n{rows}");
    for (heading, text) in [
        ("内訳 {.breakdown #breakdown}", table),
        ("本文", "終わりのない文章を組む。".repeat(900)),
        (
            "領域 {.cards #areas}",
            (0..40).map(|at| format!("### 領域{at}\n\n{}\n\n", "説明。".repeat(120))).collect(),
        ),
    ] {
        let document = sheet(&[(heading.to_owned(), text)]);
        let layout = laid_out(&document);
        assert!(is_across(&layout) && layout.pages.len() > 1, "{heading}: {}", layout.pages.len());
        assert_whole(&document, &layout);
    }
}

/// How far down each page its boxes reach, and whether it says that something goes on there.
fn ends(layout: &Layout) -> Vec<(f32, bool)> {
    let of = |page: &gaisan::render::pdf::layout::Page| {
        let texts = || {
            page.items.iter().filter(|it| it.leaf.is_some()).filter_map(|it| match &it.drawn {
                Drawn::Text(text) => Some(text),
                _ => None,
            })
        };
        let body = texts().filter(|text| text.size > 7.2).map(|text| text.y);
        let goes_on = texts().any(|text| text.text.contains("続き") && text.y > 55.0);
        (body.fold(0.0, f32::max), goes_on)
    };
    layout.pages.iter().map(of).collect()
}

#[test]
fn a_table_of_any_length_leaves_no_page_nearly_empty() {
    for count in (20..110).step_by(7) {
        let rows: String = (0..count).map(|row| format!("| 事項{row} | {row} |\n")).collect();
        let table =
            format!("（単位：百万円）\n\n| 事業 | 令和4年度 |\n|:---|---:|\n{rows}| **計** | **9** |\n");
        let document = sheet(&[("内訳 {.breakdown #breakdown}".to_owned(), table)]);
        let layout = laid_out(&document);
        assert_whole(&document, &layout);
        for (number, (depth, goes_on)) in ends(&layout).into_iter().enumerate() {
            assert!(depth > 200.0, "{count} rows: page {number} ends at {depth}");
            assert_eq!(goes_on, number > 0, "{count} rows: page {number}");
        }
    }
}

#[test]
fn a_box_that_goes_on_has_its_heading_in_a_strip_and_a_frame_of_its_own_height() {
    let document = sheet(&[("本文".to_owned(), "終わりのない文章を組む。".repeat(700))]);
    let layout = laid_out(&document);
    let last = layout.pages.last().unwrap();
    let strip =
        last.items.iter().any(|item| matches!(&item.drawn, Drawn::Text(text) if text.text == "本文（続き）"));
    assert!(strip && layout.pages.len() > 1);
    let depth = ends(&layout).last().unwrap().0;
    let frame = last.items.iter().filter_map(|item| match &item.drawn {
        Drawn::Rule { from, to, thickness, .. } if from.0 == to.0 && *thickness > 0.5 => Some(to.1),
        _ => None,
    });
    let frame = frame.fold(0.0, f32::max);
    assert!((depth..depth + 12.0).contains(&frame), "text ends at {depth}, its frame at {frame}");
}

#[test]
fn a_sheet_that_runs_over_knows_by_how_much_and_what_is_longest() {
    let fit = |document: &Document| laid_out(document).fit.unwrap();
    let fits = fit(&sheet(&plain(2, 100)));
    assert!(fits.taken.is_some() && fits.over().is_none(), "{fits:?}");
    let mut long = plain(14, 400);
    long[3].1 = "量子技術を活用して課題を解決する。".repeat(60);
    let over = fit(&sheet(&long));
    assert!(over.over().is_some_and(|lines| (1..60).contains(&lines)), "{:?}", over.over());
    assert_eq!(over.longest.as_deref(), Some("第3節"));
}

/// What cannot be cut between sentences: code, links and foreign text in a line, blocks of code, definitions, figures, quotations and
/// lists inside items.
pub(super) fn odd(kind: usize, lines: &[String]) -> String {
    let long = lines.concat();
    match kind {
        0 => format!("前`{long}`後"),
        1 => format!("前[{long}](https://example.jp/)後"),
        2 => "some plain words ".repeat(long.chars().count() / 17 + 1),
        3 => format!("```\n{}\n```", lines.join("\n")),
        4 => lines.iter().enumerate().map(|(at, line)| format!("語{at}\n: {line}\n\n")).collect(),
        5 => lines.iter().map(|line| format!("![{line}](none.svg)\n\n")).collect(),
        _ => lines
            .iter()
            .map(|line| format!("1. {line}\n\n   > {line}\n\n   - {line}\n     - `{line}`\n\n"))
            .collect(),
    }
}

#[test]
fn whatever_cannot_be_cut_has_an_end() {
    for kind in 0..7 {
        for count in [1, 20] {
            let lines: Vec<String> =
                (0..count).map(|at| format!("{at}{}", "長い文".repeat(2_400 / count))).collect();
            let document = sheet(&[("節".to_owned(), odd(kind, &lines))]);
            let layout = laid_out(&document);
            assert_whole(&document, &layout);
            // Running text goes on on pages of the same kind; a line of code or one definition longer than a page makes a report.
            assert!(is_across(&layout) || kind > 2 && count == 1, "kind {kind}, {count} lines");
        }
    }
    let cell = format!(
        "| 事業 | 内容 |\n|:---|:---|\n| 甲 | `{0}` |\n| 乙 | [{0}](https://example.jp/) |\n",
        "長い文".repeat(3_000)
    );
    let document = sheet(&[("表".to_owned(), cell)]);
    assert_whole(&document, &laid_out(&document));
}

#[test]
fn a_numbered_list_goes_on_with_the_next_number() {
    let item = |at: usize| {
        format!("1. 第{at}項。{0}\n\n   > {0}\n\n", "量子技術を活用して課題を解決する。".repeat(80))
    };
    let document = sheet(&[("手順".to_owned(), (1..9).map(item).collect())]);
    let layout = laid_out(&document);
    assert_whole(&document, &layout);
    let text = shown(&layout);
    for at in 1..9 {
        assert!(text.contains(&format!("{at}.第{at}項。")), "item {at} of {text}");
    }
}

#[test]
fn a_note_stands_at_the_foot_of_the_page_that_refers_to_it() {
    let rows: String = (0..90)
        .map(|row| {
            let mark = match row {
                2 => "[^first]",
                88 => "[^last]",
                _ => "",
            };
            format!("| 事項{row}{mark} | {row} |\n")
        })
        .collect();
    let notes = "[^first]: 始めの注。\n\n[^last]: 終わりの注。\n";
    let table = format!("（単位：百万円）\n\n| 事業 | 令和4年度 |\n|:---|---:|\n{rows}\n{notes}");
    let document = sheet(&[("内訳 {.breakdown #breakdown}".to_owned(), table)]);
    let layout = laid_out(&document);
    assert!(is_across(&layout) && layout.pages.len() > 1, "{}", layout.pages.len());
    assert_whole(&document, &layout);
    let page_of = |wanted: &str| {
        let has = |drawn: &Drawn| matches!(drawn, Drawn::Text(text) if text.text.contains(wanted));
        let mut pages = layout.pages.iter();
        pages.position(|page| page.items.iter().any(|item| has(&item.drawn))).unwrap()
    };
    let last = layout.pages.len() - 1;
    let pages = ["事項2", "始めの注", "事項88", "終わりの注", "見本"].map(page_of);
    assert_eq!(pages, [0, 0, last, last, last]);
}
