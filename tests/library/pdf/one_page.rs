//! A program on one page: what a page holds, and that nothing is cut where it holds too little.

use gaisan::document::{self, Document};
use gaisan::figure::Figures;
use gaisan::model::Lang;
use gaisan::render::pdf::layout::{Drawn, Layout, fitted};
use gaisan::typeface::Fonts;
use proptest::prelude::*;

use super::figures::ends_at;
use super::goes_on::odd;
use super::sheet::imprint;
use crate::support::squeezed;

pub(super) fn laid_out(document: &Document) -> Layout {
    fitted(document, &Figures::new(), &imprint(), Fonts::builtin().unwrap())
}

pub(super) fn is_across(layout: &Layout) -> bool {
    layout.paper.0 > layout.paper.1
}

/// What all pages show of the document, in the order in which it is drawn.
pub(super) fn shown(layout: &Layout) -> String {
    let items = layout.pages.iter().flat_map(|page| &page.items);
    let texts = items.filter(|item| item.leaf.is_some()).filter_map(|item| match &item.drawn {
        Drawn::Text(text) => Some(squeezed(&text.text)),
        _ => None,
    });
    texts.collect()
}

/// The texts that leave the paper's margins.
fn outside(layout: &Layout) -> Vec<String> {
    let (width, height) = layout.paper;
    let items = layout.pages.iter().flat_map(|page| &page.items);
    let texts = items.filter_map(|item| if let Drawn::Text(text) = &item.drawn { Some(text) } else { None });
    let is_outside =
        |x: f32, y: f32, end: f32| x < 20.0 || end > width - 20.0 || y < 20.0 || y > height - 15.0;
    texts
        .filter(|text| is_outside(text.x, text.y, text.x + text.width))
        .map(|text| format!("{} at {:?}", text.text, (text.x, text.y)))
        .collect()
}

/// Whether a text is there, in one piece or in pieces as long as a page's end leaves them.
pub(super) fn is_told(line: &str, text: &str) -> bool {
    if text.contains(line) {
        return true;
    }
    let ends: Vec<usize> = line.char_indices().map(|(at, _)| at).collect();
    let longest = ends.partition_point(|end| text.contains(&line[..*end])) - 1;
    longest >= 30 && is_told(&line[ends[longest]..], text)
}

pub(super) fn assert_whole(document: &Document, layout: &Layout) {
    let text = shown(layout);
    // The headings over amounts, notes and facts have no room in the band.
    for line in document.plain().lines().filter(|line| !line.starts_with("隠")) {
        assert!(is_told(&squeezed(line), &text), "`{line}` is lost of\n{}", document.plain());
    }
    assert_eq!(outside(layout), Vec::<String>::new());
}

/// A sheet whose sections have these texts.
pub(super) fn sheet(sections: &[(String, String)]) -> Document {
    let mut markdown = "# 光・量子飛躍フラッグシッププログラム（Q-LEAP） {.one-page}\n\n令和4年度概算要求\n\n文部科学省\n\n\
        ## 隠れた見出し {.amount #amount}\n\n| 令和4年度要求・要望額 | 4,592百万円 |\n|:---|---:|\n| （前年度予算額） | （3,494百万円） |\n\n\
        ## 隠れた注記 {.notes #notes}\n\n- ※ 運営費交付金中の推計額含む\n\n"
        .to_owned();
    for (heading, text) in sections {
        markdown.push_str(&format!("## {heading}\n\n{text}\n\n"));
    }
    markdown.push_str("## 出典・留意事項 {.notes #provenance}\n\n見本。\n");
    document::read(&markdown, Lang::Ja)
}

pub(super) fn plain(count: usize, letters: usize) -> Vec<(String, String)> {
    let text =
        |at: usize| format!("第{at}の文章。{}", "量子技術を活用して課題を解決する。".repeat(letters / 17));
    (0..count).map(|at| (format!("第{at}節"), text(at))).collect()
}

#[test]
fn a_short_sheet_is_set_large_and_a_long_one_small_before_it_takes_a_second_page() {
    let size = |document: &Document| {
        let layout = laid_out(document);
        let items = layout.pages.iter().flat_map(|page| &page.items);
        let sizes = items.filter_map(|item| match &item.drawn {
            Drawn::Text(text) if text.text.starts_with('第') && text.text.contains("文章") => {
                Some(text.size)
            }
            _ => None,
        });
        (layout.pages.len(), sizes.fold(f32::INFINITY, f32::min))
    };
    assert_eq!(size(&sheet(&plain(2, 100))), (1, 9.5));
    let (pages, middle) = size(&sheet(&plain(8, 330)));
    assert!(pages == 1 && (8.0..9.5).contains(&middle), "{pages} pages in {middle}");
    let (pages, _) = size(&sheet(&plain(30, 400)));
    assert!(pages > 1);
}

#[test]
fn a_heading_without_text_has_no_empty_box() {
    let document = sheet(&[("空の節".to_owned(), String::new()), ("背景".to_owned(), "本文。".to_owned())]);
    let frames = |layout: &Layout| {
        let rules = layout.pages[0].items.iter();
        rules.filter(|item| matches!(&item.drawn, Drawn::Rule { from, to, .. } if from.0 == to.0)).count()
    };
    assert_eq!(frames(&laid_out(&document)), 2);
}

#[test]
fn notes_beyond_what_the_band_holds_stand_in_a_box() {
    let notes: String = (0..40).map(|at| format!("- ※ 金額を読むために知っておくべき注{at}\n")).collect();
    let markdown = format!(
        "# 題名 {{.one-page}}\n\n年度\n\n省\n\n## 額 {{.amount #amount}}\n\n| 額 | 1円 |\n|:---|---:|\n\n\
         ## 注記 {{.notes #notes}}\n\n{notes}\n## 背景\n\n本文。\n"
    );
    let document = document::read(&markdown, Lang::Ja);
    let layout = laid_out(&document);
    assert!(is_across(&layout) && layout.pages.len() == 1);
    assert!(shown(&layout).contains("注39"));
}

/// A section of some kind.
fn section() -> impl Strategy<Value = (String, String)> {
    let letters = 1..240_usize;
    let words = |letters: usize, seed: usize| -> String {
        (0..letters)
            .map(|at| char::from_u32(0x4E00 + ((at * 37 + seed * 101) % 3000) as u32).unwrap_or('字'))
            .collect()
    };
    (0..17_usize, proptest::collection::vec((letters, any::<u16>()), 1..9)).prop_map(move |(kind, texts)| {
        let lines: Vec<String> =
            texts.iter().map(|(letters, seed)| words(*letters, usize::from(*seed))).collect();
        let seed = usize::from(texts[0].1);
        let heading = format!("節{seed}");
        let list = |mark: &str| lines.iter().map(|line| format!("{mark} {line}\n")).collect::<String>();
        match kind {
            0 => (heading, lines.join("\n\n")),
            1 => (heading, list("-")),
            2 => (format!("{heading} {{.box #points}}"), list("- ①")),
            3 => (
                format!("{heading} {{.basis}}"),
                lines.iter().map(|line| format!("【戦略（令和3年）】\n\n> {line}\n\n")).collect(),
            ),
            4 | 5 => {
                let class = if kind == 4 { "cards" } else { "columns" };
                let parts = lines.iter().enumerate().map(|(at, line)| format!("### 項{at}\n\n- {line}\n\n"));
                (format!("{heading} {{.{class}}}"), parts.collect())
            }
            6 => {
                let parts =
                    lines.iter().enumerate().map(|(at, line)| format!("### 小見出し{at}\n\n{line}\n\n"));
                (heading, parts.collect())
            }
            7 => {
                let rows = lines.iter().enumerate().map(|(at, line)| format!("| {line} | {at} |\n"));
                (heading, format!("| 事業 | 額 |\n|:---|---:|\n{}", rows.collect::<String>()))
            }
            9..=15 => (heading, odd(kind - 9, &lines)),
            _ => {
                let rows: String = (0..texts.len() * 3).map(|at| format!("| 事項{at} | {at} |\n")).collect();
                let parts = lines
                    .iter()
                    .enumerate()
                    .map(|(at, line)| format!("### 子{at} {{.part}}\n\n10百万円\n\n- {line}\n\n"));
                let table = format!("（単位：百万円）\n\n| 事業 | 額 |\n|:---|---:|\n{rows}\n");
                (format!("{heading} {{.breakdown #breakdown}}"), table + &parts.collect::<String>())
            }
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_lost_and_nothing_leaves_the_page(sections in proptest::collection::vec(section(), 0..14)) {
        let document = sheet(&sections);
        let layout = laid_out(&document);
        assert_whole(&document, &layout);
    }
}

#[test]
fn bars_show_both_amounts_of_each_line_and_stand_in_no_column_of_text() {
    let table = |class: &str, remark: &str| {
        let text = format!(
            "| 事業 | 要求額 | 前年度 | 備考 |\n|:---|---:|---:|:---|\n| 甲 | 4,000 | 2,000 | {remark} |\n| 乙 | 1,000 | 新規 | 短い |\n| **計** | **5,000** | **2,000** | |\n"
        );
        laid_out(&sheet(&[(format!("内訳 {{.breakdown{class} #breakdown}}"), text)]))
    };
    let bars = |layout: &Layout| -> Vec<[f32; 4]> {
        let items = layout.pages[0].items.iter();
        let fills = items.filter_map(|item| match &item.drawn {
            Drawn::Fill { area, .. }
                if item.leaf.is_none()
                    && area[1] > 90.0
                    && (3.0..6.0).contains(&area[3])
                    && area[2] != area[3] =>
            {
                Some(*area)
            }
            _ => None,
        });
        fills.collect()
    };
    assert_eq!(bars(&table("", "短い")), Vec::<[f32; 4]>::new());
    let layout = table(" .bars", &"とても長い備考。".repeat(40));
    let drawn = bars(&layout);
    let [before, year, other] = drawn.as_slice() else { panic!("three bars: {drawn:?}") };
    assert!((year[2] - 2.0 * before[2]).abs() < 0.1 && (year[2] - 4.0 * other[2]).abs() < 0.1, "{drawn:?}");
    assert!(before[1] < year[1] && year[0] == other[0]);
    let remark = layout.pages[0].items.iter().find_map(|item| match &item.drawn {
        Drawn::Text(text) if text.text.starts_with("とても") => Some(text.x),
        _ => None,
    });
    assert!(remark.unwrap() > year[0] + year[2] && ends_at(&layout, "2,000") < year[0]);
    assert_eq!(outside(&layout), Vec::<String>::new());
}

/// The frames of a page's boxes, as pairs of their left and right edges.
fn frames(layout: &Layout) -> Vec<(f32, f32)> {
    let sides = layout.pages[0].items.iter().filter_map(|item| match &item.drawn {
        Drawn::Rule { from, to, .. } if from.0 == to.0 => Some(from.0),
        _ => None,
    });
    let sides: Vec<f32> = sides.collect();
    sides.chunks(2).map(|pair| (pair[0], pair[1])).collect()
}

#[test]
fn a_remark_stands_in_a_line_below_the_boxes_and_has_none() {
    let text = "量子技術を活用して課題を解決する。".repeat(20);
    let remark = "※ 図は載せていない。";
    let own = |heading: &str, text: &str| (heading.to_owned(), text.to_owned());
    let document = sheet(&[own("事業スキーム", remark), own("背景", &text), own("概要", &text)]);
    let layout = laid_out(&document);
    assert_whole(&document, &layout);
    let depth = |wanted: &str| {
        let texts = layout.pages[0].items.iter().filter_map(|item| match &item.drawn {
            Drawn::Text(text) if text.text.contains(wanted) => Some(text.y),
            _ => None,
        });
        texts.fold(0.0, f32::max)
    };
    assert!(depth("※ 図は") > depth("解決する"), "{} {}", depth("※ 図は"), depth("解決する"));
    assert_eq!(depth("※ 図は"), depth("事業スキーム"));
    assert_eq!(frames(&layout).len(), 2);
}

#[test]
fn a_wide_table_stands_above_the_boxes_that_the_author_put_after_it() {
    let row = |cell: &str| format!("|{}\n", format!("{cell}|").repeat(9));
    let wide = ("実績".to_owned(), row("令和8年度") + &row("---:") + &row("1,234,567"));
    let text = ("担当".to_owned(), "量子技術を活用して課題を解決する。".repeat(20));
    let depth = |document: &Document, wanted: &str| {
        let layout = laid_out(document);
        assert_whole(document, &layout);
        let texts = layout.pages[0].items.iter().filter_map(|item| match &item.drawn {
            Drawn::Text(text) if text.text.contains(wanted) => Some(text.y),
            _ => None,
        });
        texts.fold(0.0, f32::max)
    };
    let [first, last] = [sheet(&[wide.clone(), text.clone()]), sheet(&[text, wide])];
    assert!(depth(&first, "1,234,567") < depth(&first, "解決"));
    assert!(depth(&last, "1,234,567") > depth(&last, "解決"));
}

#[test]
fn one_box_alone_goes_across_the_page() {
    let layout = laid_out(&sheet(&[("背景".to_owned(), "短い本文。".to_owned())]));
    let [(left, right)] = frames(&layout)[..] else { panic!("{:?}", frames(&layout)) };
    assert!(right - left > layout.paper.0 * 0.9, "{left} to {right}");
}

#[test]
fn bullets_are_large_enough_to_be_seen_and_those_within_lists_are_dashes() {
    let layout = laid_out(&sheet(&[("背景".to_owned(), "- 一つ\n  - 二つ\n- 三つ".to_owned())]));
    let sizes = |wanted: &str| -> Vec<f32> {
        let items = layout.pages[0].items.iter().filter_map(|item| match &item.drawn {
            Drawn::Text(text) if text.text == wanted => Some(text.size),
            _ => None,
        });
        items.collect()
    };
    assert_eq!((sizes("•").len(), sizes("–").len()), (2, 1));
    assert!(sizes("•")[0] > 1.5 * sizes("一つ")[0]);
}

#[test]
fn a_short_table_is_not_parted_between_the_columns_of_its_box() {
    let text = "- 契約件数は令和元年度に12,345件、執行額は約1,234億円であった。これを次第に契約に移す。\n  - 内訳は次のとおり。\n\n\
        \x20   | 区分 | 要求 | 前年度 |\n    |:---|---:|---:|\n    | 研究費 | 1,234.5 | 1,148 |\n    | 設備費 | 98 | 12,345,678 |\n    | 総計 | 1,332.5 | 12,346,826 |\n\
        - 全国の47都道府県の約3,000か所の拠点において、10億ドルで整備する支援体制を構築する。\n  1. 第一に、プラットフォームの構築\n  2. 第二に、コミュニティの形成\n";
    let layout = laid_out(&sheet(&[("背景・課題".to_owned(), text.to_owned())]));
    let place = |wanted: &str| {
        let found = layout.pages[0].items.iter().find_map(|item| match &item.drawn {
            Drawn::Text(text) if text.text.starts_with(wanted) => Some((text.x, text.y)),
            _ => None,
        });
        found.unwrap_or_else(|| panic!("no `{wanted}`"))
    };
    let (first, last) = (place("研究費"), place("総計"));
    assert!((first.0 - last.0).abs() < 0.1 && last.1 > first.1, "{first:?} {last:?}");
}

#[test]
fn the_label_of_a_fact_stands_with_what_it_says() {
    for count in 1..24 {
        let who = "機構".repeat(count);
        let facts = format!(
            "- **実施主体**　{who}\n- **事業期間**　平成30年度～令和12年度\n- **事業規模**　6億円程度"
        );
        let text = format!(
            "# 題 {{.one-page}}\n\n令和4年度　章\n\n## 事実 {{.facts}}\n\n{facts}\n\n## 概要\n\n本文。"
        );
        let layout = laid_out(&document::read(&text, Lang::Ja));
        let line = |wanted: &str| {
            let mut items = layout.pages[0].items.iter().filter_map(|item| match &item.drawn {
                Drawn::Text(text) if text.text.contains(wanted) => Some(text.y),
                _ => None,
            });
            items.next().unwrap_or_else(|| panic!("no {wanted}"))
        };
        assert_eq!(line("事業期間"), line("平成30年度"), "{count}");
    }
}

#[test]
fn heads_stay_on_one_line_where_there_is_room_and_another_years_amount_behind_a_figure_is_whole() {
    let table = "| 事業 | 令和9年度要求・要望額 | 前年度予算額 |\n|:---|---:|---:|\n| 甲 | 25 | 30 |\n| 乙 | 26 | 31 |\n";
    let layout = laid_out(&sheet(&[("表".to_owned(), table.to_owned())]));
    ends_at(&layout, "令和9年度要求・要望額");
    let accounts = "| 会計別 | 要求額（前年度） |\n|:---|---:|\n| 会計別：一般会計 | 10,000,000百万円（前年度 9,987,654.32百万円） |\n| 経費別：補助金 | 345,678百万円（前年度 0百万円） |\n";
    let boxes = [
        ("会計別".to_owned(), accounts.to_owned()),
        ("背景".to_owned(), "- 高齢化が進む。\n".repeat(9)),
        ("概要".to_owned(), "- 国庫で負担する。\n".repeat(9)),
    ];
    let layout = laid_out(&sheet(&boxes));
    let texts = layout.pages[0].items.iter().filter_map(|item| match &item.drawn {
        Drawn::Text(text) => Some(text.text.as_str()),
        _ => None,
    });
    let aside: Vec<&str> = texts.filter(|text| text.contains("前年度 ")).collect();
    assert!(aside.iter().all(|text| text.contains("百万円）")) && aside.len() == 2, "{aside:?}");
}
