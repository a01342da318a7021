//! Where pages end: nothing stands alone, no page is left empty, and what goes on says so.

use gaisan::document::{Block, Document, Item, List};
use gaisan::figure::{Figure, Figures, Flow, FlowEdge, FlowNode};
use gaisan::model::Lang;
use gaisan::render::pdf::layout::{Drawn, Layout, fitted};
use gaisan::render::pdf::theme::Theme;
use gaisan::typeface::Fonts;

use super::laid_out::{laid_out, texts};
use super::sheet;

/// A sheet as it is published.
fn published(document: &Document) -> Layout {
    fitted(document, &sheet::figures(), &sheet::imprint(), Fonts::builtin().unwrap())
}

/// How much of each page's text block is filled.
pub(super) fn filled(layout: &Layout) -> Vec<f32> {
    let theme = Theme::default();
    let mut ends = vec![0.0_f32; layout.pages.len()];
    for (page, leaf, text) in texts(layout) {
        if leaf.is_some() {
            ends[page] = ends[page].max(text.y);
        }
    }
    ends.into_iter().map(|end| (end - theme.margins[1]) / theme.depth()).collect()
}

/// The page that a text stands on as content.
pub(super) fn page_of(layout: &Layout, wanted: &str) -> usize {
    let found = texts(layout).find(|(_, leaf, text)| leaf.is_some() && text.text.starts_with(wanted));
    found.unwrap_or_else(|| panic!("{wanted} is not there")).0
}

/// What stands on a page and is not read again.
fn repeated(layout: &Layout, page: usize) -> String {
    texts(layout)
        .filter(|(at, leaf, _)| *at == page && leaf.is_none())
        .map(|(.., text)| text.text.as_str())
        .collect()
}

fn notes(text: &str) -> Block {
    let item = Item { marker: Some("※".to_owned()), blocks: vec![sheet::paragraph(text)] };
    Block::List(List { start: None, items: vec![item] })
}

pub(super) fn filler(lines: usize) -> Vec<Block> {
    (0..lines).map(|at| sheet::paragraph(&format!("第{at}行"))).collect()
}

#[test]
fn a_chain_that_no_page_holds_leaves_no_page_empty() {
    let part = |at: usize| {
        let amounts = sheet::paragraph(&format!("{at}百万円（前年度 {at}百万円）"));
        sheet::section(3, &format!("内訳{at}"), "part", vec![amounts])
    };
    let headings = |at: usize| sheet::section(3, &format!("見出し{at}"), "", Vec::new());
    for chain in [(0..60).map(part).collect::<Vec<_>>(), (0..120).map(headings).collect()] {
        let layout = laid_out(&sheet::document(chain));
        let filled = filled(&layout);
        let (last, full) = filled.split_last().unwrap();
        assert!(layout.pages.len() > 2 && *last > 0.3, "{filled:?}");
        assert!(full.iter().all(|share| *share > 0.85), "{filled:?}");
    }
}

#[test]
fn heading_amounts_and_notes_stand_on_the_page_of_their_text() {
    for class in ["part", "card"] {
        for lines in 20..50 {
            let told = vec![
                sheet::paragraph("4,592百万円"),
                notes("運営費交付金中の推計額"),
                sheet::paragraph("本文は次のとおりである。"),
            ];
            let mut blocks = filler(lines);
            blocks.push(sheet::section(3, "内訳の見出し", class, told));
            let layout = laid_out(&sheet::document(blocks));
            let pages = ["内訳の見出し", "4,592", "運営費", "本文は"].map(|text| page_of(&layout, text));
            assert!(pages.iter().all(|page| *page == pages[0]), "{class} {lines}: {pages:?}");
        }
    }
}

#[test]
fn a_part_has_its_amounts_at_the_right_end_of_its_heading() {
    let told = |amounts: &str| vec![sheet::paragraph(amounts), sheet::paragraph("本文は次のとおりである。")];
    let place = |layout: &Layout, wanted: &str| {
        let found = texts(layout).find(|(_, leaf, text)| leaf.is_some() && text.text.starts_with(wanted));
        let (.., text) = found.unwrap();
        (text.x, text.x + text.width, text.y)
    };
    let short = sheet::section(3, "内訳の見出し", "part priced", told("4,592百万円（前年度 3,494百万円）"));
    let layout = laid_out(&sheet::document(vec![short]));
    let (heading, amounts) = (place(&layout, "内訳の"), place(&layout, "4,592"));
    assert!((heading.2 - amounts.2).abs() < 0.1 && amounts.0 > heading.1, "{heading:?} {amounts:?}");
    let title = "内訳の見出し".repeat(7);
    for (title, class) in [(title.as_str(), "part priced"), ("内訳の見出し", "part")] {
        let layout = laid_out(&sheet::document(vec![sheet::section(3, title, class, told("4,592百万円"))]));
        assert!(place(&layout, "4,592").2 > place(&layout, "内訳の").2 + 5.0, "{class}");
    }
}

#[test]
fn a_total_keeps_a_row_and_a_last_page_is_a_third_full() {
    for count in 25..130 {
        let mut rows = sheet::rows(count);
        rows.push("*合計|*1|*2|*3|".to_owned());
        let table = sheet::table("事業名|要求額>|前年度>|増減>|備考", &rows);
        let layout = published(&sheet::document(vec![table]));
        let last = format!("事業番号{count:04}");
        assert_eq!(page_of(&layout, "合計"), page_of(&layout, &last), "{count}");
        let filled = filled(&layout);
        assert!(filled.len() == 1 || *filled.last().unwrap() > 0.3, "{count}: {filled:?}");
    }
    for lines in 30..130 {
        let filled = filled(&published(&sheet::document(filler(lines))));
        assert!(filled.len() == 1 || *filled.last().unwrap() > 0.3, "{lines}: {filled:?}");
    }
}

#[test]
fn pages_are_filled_from_the_first_and_a_last_page_takes_its_lines_from_the_one_before() {
    let mut taken = 0;
    for lines in 60..140 {
        let layout = laid_out(&sheet::document(filler(lines)));
        let filled = filled(&layout);
        let [full @ .., before, _] = filled.as_slice() else { continue };
        assert!(full.iter().all(|share| *share > 0.93), "{lines} lines: {filled:?}");
        taken += usize::from(!full.is_empty() && *before < 0.9);
    }
    assert!(taken > 5, "of three pages the last is short only where the second gives it lines: {taken}");
}

#[test]
fn what_goes_on_says_of_what() {
    let table = sheet::table("事業名|要求額>|前年度>|増減>|備考", &sheet::rows(90));
    let layout = laid_out(&sheet::document(vec![sheet::section(2, "事業一覧", "", vec![table])]));
    assert!(!repeated(&layout, 0).contains("（続き）") && layout.pages.len() > 2);
    for page in 1..layout.pages.len() {
        assert!(repeated(&layout, page).contains("事業一覧（続き）"), "{page}");
    }
    let points = sheet::section(2, "要求のポイント", "box", filler(120));
    let layout = laid_out(&sheet::document(vec![points, sheet::paragraph("終わり")]));
    for page in 1..layout.pages.len() {
        let first = texts(&layout).find(|(at, leaf, _)| *at == page && leaf.is_some()).unwrap().2;
        let over =
            texts(&layout).find(|(at, _, text)| *at == page && text.text.contains("（続き）")).unwrap().2;
        assert!(over.text.contains("要求のポイント") && over.y < first.y - over.size, "{page}");
    }
    // A box that goes on is open where it is cut.
    let across = |page: usize| {
        let is_across = |item: &&gaisan::render::pdf::layout::Item| matches!(item.drawn, Drawn::Rule { from, to, thickness, .. } if from.1 == to.1 && thickness == 0.6);
        layout.pages[page].items.iter().filter(is_across).count()
    };
    assert_eq!((across(0), across(1), across(layout.pages.len() - 1)), (1, 0, 1));
}

#[test]
fn a_table_that_goes_on_says_its_unit_again_and_a_box_what_it_is_once() {
    let unit = sheet::paragraph("（単位：百万円）");
    let table = sheet::table("事業名|要求額>|前年度>|増減>|備考", &sheet::rows(90));
    for class in ["", "box"] {
        let blocks = vec![unit.clone(), table.clone()];
        let layout = laid_out(&sheet::document(vec![sheet::section(2, "事業一覧", class, blocks)]));
        assert!(layout.pages.len() > 2);
        for page in 1..layout.pages.len() {
            let repeated = repeated(&layout, page);
            assert_eq!(repeated.matches("（単位：百万円）").count(), 1, "{page}: {repeated}");
            assert_eq!(repeated.matches("事業一覧（続き）").count(), 1, "{page}: {repeated}");
        }
    }
}

#[test]
fn texts_beside_their_older_selves_say_of_which_program_where_they_go_on() {
    let side = |name: &str, at: usize| format!("##### {name}\n\n{name}の段落{at}を、この欄に示す。\n\n");
    let rows: String = (0..60).map(|at| side("改正後", at) + &side("改正前", at)).collect();
    let row = |at: usize| {
        format!(
            "| 手続{at} | 入出港手続の電子化を全国の港湾で進め、待ち時間を減らす | 全国の重要港湾 | 令和6年度 | {at} |\n"
        )
    };
    let table = "| 区分 | 内容 | 対象 | 期限 | 経費 |\n|:--|:--|:--|:--|--:|\n".to_owned()
        + &(0..60).map(row).collect::<String>();
    let added: String = (0..60).map(|at| format!("新設の段落{at}。\n\n")).collect();
    let text = format!(
        "# 変更点\n\n## 新旧対照表 {{.redline #redline}}\n\n### 港湾事業 {{.line #a}}\n\n#### 本文 {{.versions}}\n\n{rows}\
         #### 表 {{.versions}}\n\n##### 改正後\n\n{table}\n##### 改正前\n\n{table}\n#### 目的（新設） {{.whole}}\n\n{added}\
         ### 後の事業 {{.line #b}}\n\n#### 題名 {{.versions}}\n\n##### 改正後\n\n甲\n\n##### 改正前\n\n乙\n"
    );
    let layout = laid_out(&gaisan::document::read(&text, Lang::Ja));
    let last = page_of(&layout, "後の事業");
    let mut kinds = [0; 3];
    for page in 1..=last {
        let repeated = repeated(&layout, page);
        assert_eq!(repeated.matches("港湾事業（続き）").count(), 1, "{page}: {repeated}");
        let heads = ["欄改正後改正前", "表　改正後（続き）", "目的（新設）（続き）"];
        for (kind, head) in kinds.iter_mut().zip(heads) {
            *kind += repeated.matches(head).count();
        }
    }
    assert!(kinds.iter().all(|count| *count > 0), "{kinds:?}");
}

#[test]
fn a_row_that_heads_others_keeps_the_first_of_them() {
    for count in 20..50 {
        let row = |name: &str| format!("| {name} | 1 | 2 |\n");
        let rows: String = (0..count).map(|at| row(&format!("　項目{at}"))).collect();
        let table = "| 事業 | 要求額 | 前年度 |\n|:---|---:|---:|\n".to_owned()
            + &rows
            + &row("宇宙・航空")
            + &row("　衛星の開発")
            + &rows;
        let layout = laid_out(&gaisan::document::read(&format!("# 章\n\n{table}"), Lang::Ja));
        assert_eq!(page_of(&layout, "宇宙・航空"), page_of(&layout, "　衛星の開発"), "{count}");
    }
}

#[test]
fn a_title_has_the_amounts_on_its_page_and_a_high_drawing_can_be_read() {
    for parties in [8, 12, 16, 20] {
        let node = |label: String| FlowNode { label, detail: None };
        let nodes = std::iter::once(node("国".to_owned()));
        let nodes = nodes.chain((1..=parties).map(|at| node(format!("第{at}機関")))).collect();
        let edge =
            |to| FlowEdge {
                from: 0, to, instrument: "補助金".to_owned(), detail: Some("公募".to_owned())
            };
        let flow = Flow { nodes, edges: (1..=parties).map(edge).collect() };
        let figures = Figures::from([("figures/flow.svg".to_owned(), Figure::Flow(flow))]);
        let amounts =
            sheet::table("令和4年度要求額|4,592百万円", &["（前年度予算額）|（3,494百万円）".to_owned()]);
        let amounts = sheet::section(2, "要求額", "amount", vec![amounts]);
        let drawn =
            sheet::section(2, "資金の流れ", "", vec![sheet::figure("figures/flow.svg", "流れ", None)]);
        let document = sheet::document(vec![amounts, drawn]);
        let layout = fitted(&document, &figures, &sheet::imprint(), Fonts::builtin().unwrap());
        assert_eq!(page_of(&layout, "光・量子"), page_of(&layout, "令和4年度要求額"), "{parties}");
        assert_eq!(page_of(&layout, "資金の流れ"), page_of(&layout, "第1機関"), "{parties}");
        let smallest = texts(&layout).filter(|(_, leaf, _)| leaf.is_some()).map(|(.., it)| it.size);
        assert!(smallest.fold(f32::INFINITY, f32::min) > 5.99, "{parties}");
    }
}

#[test]
fn a_flow_told_payer_by_payer_goes_on_over_pages_and_leaves_none_empty() {
    let node = |label: String| FlowNode { label, detail: Some("公益財団法人".to_owned()) };
    let count = 14;
    let nodes = (0..count)
        .map(|at| node(format!("第{at}情報通信技術研究開発推進機構及び関係する都道府県")))
        .collect();
    let edge = |from, to| FlowEdge {
        from,
        to,
        instrument: "技術開発委託費".to_owned(),
        detail: Some("公募・審査".to_owned()),
    };
    let edges = (0..count)
        .flat_map(|from| (1..4).map(move |by| (from, (from + by) % count)))
        .map(|(from, to)| edge(from, to));
    let flow = Flow { nodes, edges: edges.collect() };
    let figures = Figures::from([("figures/flow.svg".to_owned(), Figure::Flow(flow))]);
    for lines in [1, 8, 20, 30] {
        let drawn =
            sheet::section(2, "資金の流れ", "", vec![sheet::figure("figures/flow.svg", "流れ", None)]);
        let document = sheet::document([filler(lines), vec![drawn]].concat());
        let layout = fitted(&document, &figures, &sheet::imprint(), Fonts::builtin().unwrap());
        let filled = filled(&layout);
        assert!(filled.len() > 1 && filled.iter().all(|share| *share > 0.33), "{lines}: {filled:?}");
        let smallest = texts(&layout).filter(|(_, leaf, _)| leaf.is_some()).map(|(.., it)| it.size);
        assert!(smallest.fold(f32::INFINITY, f32::min) > 5.99, "{lines}");
        assert_eq!(page_of(&layout, "資金の流れ"), page_of(&layout, "第0情報"), "{lines}");
    }
}

#[test]
fn what_a_section_says_first_stands_with_its_first_part() {
    for lines in 25..50 {
        let part = sheet::section(3, "表の見出し", "", vec![sheet::table("欄|改正後", &sheet::rows(5))]);
        let legend = sheet::paragraph("印のある部分は、改正前にないものである。");
        let section = sheet::section(2, "新旧対照表", "", vec![legend, part]);
        let layout = laid_out(&sheet::document([filler(lines), vec![section]].concat()));
        let pages = ["新旧対照表", "印のある", "表の見出し"].map(|text| page_of(&layout, text));
        assert!(pages.iter().all(|page| *page == pages[0]), "{lines}: {pages:?}");
    }
}

#[test]
fn a_quotation_that_goes_on_says_of_what_and_leaves_no_line_alone() {
    let mut parted = 0;
    for lines in 20..45 {
        let quoted: String = (0..16).map(|at| format!("> 引用{at}の文章\n>\n")).collect();
        let filler: String = (0..lines).map(|at| format!("第{at}行\n\n")).collect();
        let text = format!("# 章\n\n{filler}**政策文書**　改正前だけにある文章\n\n{quoted}\n{filler}");
        let layout = laid_out(&gaisan::document::read(&text, Lang::Ja));
        let pages: Vec<usize> = (0..16).map(|at| page_of(&layout, &format!("引用{at}"))).collect();
        assert!(pages[0] == pages[1] && pages[14] == pages[15], "{lines}: {pages:?}");
        if pages[0] != pages[15] {
            parted += 1;
            assert!(repeated(&layout, pages[15]).contains("政策文書　改正前だけにある文章（続き）"));
        }
    }
    assert!(parted > 2, "{parted}");
}
