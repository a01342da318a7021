//! Pages, by example.

use std::collections::HashSet;

use gaisan::document::read;
use gaisan::figure::{Bar, BarGroup, Bars, Figure, Figures, Flow, FlowEdge, FlowNode, Image, ImageKind};
use gaisan::model::*;
use gaisan::render::html::*;
use gaisan::sheet::*;

fn imprint() -> Imprint {
    Imprint {
        title: "Q-LEAP <令和4年度>".to_owned(),
        author: "文部\"科学省\"".to_owned(),
        running_head: "令和4年度概算要求　文部科学省".to_owned(),
        edition: String::new(),
        enclosure: None,
        lang: Lang::Ja,
        glossary: Vec::new(),
        draft: None,
        paper: gaisan::model::Paper::A4,
        links: vec![("概要".to_owned(), "overview.html#q-leap".to_owned())],
    }
}

fn html(markdown: &str) -> String {
    page(&read(markdown, Lang::Ja), &figures(), &imprint())
}

fn figures() -> Figures {
    let bar = |value: i128, text: &str| Bar { value: Some(value), text: text.to_owned() };
    let node = |label: &str| FlowNode { label: label.to_owned(), detail: None };
    let edge =
        |from, to, instrument: &str| FlowEdge { from, to, instrument: instrument.to_owned(), detail: None };
    Figures::from([
        (
            "figures/chart.svg".to_owned(),
            Figure::Bars(Bars {
                unit: "単位：百万円".to_owned(),
                series: vec!["前年度予算額".to_owned(), "要求・要望額".to_owned()],
                groups: vec![BarGroup {
                    whole: false,
                    label: "Q-LEAP".to_owned(),
                    bars: vec![bar(3494, "3,494"), bar(4592, "4,592")],
                }],
            }),
        ),
        (
            "figures/flow.svg".to_owned(),
            Figure::Flow(Flow {
                nodes: vec![node("国"), node("資金配分機関"), node("大学等")],
                edges: vec![edge(0, 1, "補助金"), edge(1, 2, "委託費")],
            }),
        ),
        ("dot.png".to_owned(), Figure::Image(Image { kind: ImageKind::Png, bytes: vec![1, 2, 3] })),
    ])
}

/// What Markdown would swallow and an author did not mean as marks: definitions of links that are none, underscores of names.
#[test]
fn nothing_that_looks_like_markup_by_chance_is_lost() {
    for (written, shown) in [
        ("本文[注1]。\n\n[注1]: 令和3年度補正を含む", "[注1]: 令和3年度補正を含む"),
        ("本文。\n\n[*1]: 税抜\n[参考]: 引用文である", "[*1]: 税抜\n[参考]: 引用文である"),
        ("See [Note].\n\n[Note]: excludes-rescissions", "[Note]: excludes-rescissions"),
        ("> 本文\n>\n> [注]: 1.5倍", "[注]: 1.5倍"),
        ("本文。\n\n[注1]: 令和3年度]:補正", "。\n[注1]: 令和3年度]:補正"),
        ("- 甲\n\n  [注]:\n  次の行", "[注]: 次の行"),
        ("本文。\n\n[使わない]: https://example.jp", "[使わない]: https://example.jp"),
        ("[正]\n\n[正]: https://example.jp/1\n[正]: https://example.jp/2", "[正]: https://example.jp/2"),
        ("ファイル __init__ と __main__.py", "ファイル __init__ と __main__.py"),
        ("_id_、snake_case_name、（__）年（__）月", "_id_、snake_case_name、（__）年（__）月"),
        ("`__all__`、第 __ 条 __ 項", "__all__、第 __ 条 __ 項"),
    ] {
        let found = read(written, Lang::Ja).plain().replace('\u{2060}', "");
        assert!(found.replace(' ', "\n").contains(&shown.replace(' ', "\n")), "{written:?}: {found:?}");
    }
    let page = html("[資料]、[別紙][資料]、[見出し]\n\n[資料]: https://example.jp/a_b_c\n[見出し]: #a");
    assert_eq!(page.matches("href=\"https://example.jp/a_b_c\"").count(), 2, "{page}");
    assert!(page.contains("href=\"#a\""), "{page}");
    assert!(
        html("_these words_ and __those ones__")
            .contains("<em>these words</em> and <strong>those ones</strong>")
    );
}

/// The page without its head, which is the same for all.
fn body(page: &str) -> &str {
    page.split_once("<body>").map_or(page, |(_, body)| body)
}

#[test]
fn the_sample_sheet_is_a_page() {
    insta::assert_snapshot!(body(&html(include_str!("../../data/sample.md"))));
}

#[test]
fn nothing_an_author_writes_becomes_markup() {
    let page = html(
        "# <script>alert(1)</script> & \"q\"\n\n<img src=x onerror=alert(1)>\n\n![<b>\"](x.png \"<i>\")\n\n[a](b\"c.md)\n",
    )
    .replace("<wbr>", "");
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; \"q\""));
    assert!(page.contains("&lt;img src=x onerror=alert(1)&gt;"));
    assert!(page.contains("<title>Q-LEAP &lt;令和4年度&gt;</title>"));
    assert!(page.contains("content=\"文部&quot;科学省&quot;\""));
    for tag in ["<script", "<img", "<b>", "<i>"] {
        assert!(!page.contains(tag), "{tag}");
    }
}

#[test]
fn sheets_link_to_pages_and_pictures_are_inside() {
    let page = html("[a](b.md) [c](d.md#e) [f](https://g/h.md)\n\n![点](dot.png)\n");
    for part in [
        "href=\"b.html\"",
        "href=\"d.html#e\"",
        "href=\"https://g/h.md\"",
        "href=\"overview.html#q-leap\"",
        "<img src=\"data:image/png;base64,AQID\" alt=\"点\">",
    ] {
        assert!(page.contains(part), "{part}");
    }
}

#[test]
fn every_page_has_one_h1_and_no_id_twice() {
    let sheets = [
        include_str!("../../data/sample.md"),
        "",
        "## 節 {#main}\n\n## 節 {#note-1}\n\n## 節 {#reference-1}\n\n## {#figure-1}\n\n![図](figures/flow.svg)\n\n一[^1]二[^1]三[^2]\n\n[^1]: 注[^2]\n[^2]: 注",
    ];
    for sheet in sheets {
        let page = html(sheet);
        assert_eq!(page.matches("<h1").count(), 1);
        let ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let unique: HashSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "{ids:?}");
        for target in page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(unique.contains(target), "{target}");
        }
        assert_eq!(page, html(sheet), "the same input gives the same bytes");
    }
}

#[test]
fn the_front_page_links_to_the_formats_that_exist() {
    let sheet = |files: &[(&str, &str)]| IndexSheet {
        title: "光<量子>".to_owned(),
        printed: Printed {
            requested: "4,592百万円".to_owned(),
            prior: "新規".to_owned(),
            change: String::new(),
        },
        files: files.iter().map(|(label, address)| ((*label).to_owned(), (*address).to_owned())).collect(),
    };
    let page = IndexPage { lang: Lang::Ja, title: "概算要求".to_owned(), paper: Paper::A4 };
    let chapter = IndexChapter {
        title: "章".to_owned(),
        subtitle: "令和4年度".to_owned(),
        amount: "要求額".to_owned(),
        sheets: vec![
            sheet(&[("PDF", "a/b.pdf"), ("HTML", "a/b.html")]),
            sheet(&[("PDF", "c.pdf")]),
            sheet(&[]),
        ],
    };
    insta::assert_snapshot!(body(&index(&page, std::iter::once(chapter))));
}

/// Figures stand point below point also where one of them is open; where the column is narrow, what is open stands below its figure.
#[test]
fn an_open_figure_stands_below_those_that_are_not() {
    let table = |rows: &str| html(&format!("# 章\n\n| 事業 | 要求額 |\n|:---|---:|\n{rows}"));
    let page = table(
        "| 甲 | 20,908.4＋事項要求 |\n| 乙 | 340 |\n| 丙 | 新規 |\n| **計** | **12,351,403＋事項要求** |\n",
    );
    for cell in [
        "<td class=\"figures\">20,908.4<span class=\"open\">＋事項要求</span></td>",
        "<td class=\"figures\" data-rest=\".4\" data-open=\"＋事項要求\">340</td>",
        "<td class=\"figures\">新規</td>",
        "<strong>12,351,403<span class=\"open\">＋事項要求</span></strong>",
    ] {
        assert!(page.contains(cell), "{cell} in {page}");
    }
    // In a table as wide as its page the words stand below their figures, and the figures end at the column's edge.
    let wide = "| 令和8年度の要求額 ".repeat(9);
    let cells = "| 20,908.4＋事項要求 ".repeat(9);
    let page = html(&format!("# 章\n\n| 事業 {wide}|\n|:---{}|\n| 甲 {cells}|\n", "|---:".repeat(9)));
    assert!(
        page.contains("20,908.4<wbr><span class=\"word\">＋事項要求</span>")
            && !page.contains("data-open=\""),
        "{page}"
    );
}

#[test]
fn another_years_amount_behind_a_figure_is_whole() {
    let page = html(
        "# 章\n\n| 会計 | 要求額（前年度） |\n|:---|---:|\n| 一般会計 | 10,000,000百万円（前年度 9,987,654.32百万円） |\n",
    );
    assert!(page.contains("<wbr><span class=\"aside\">（前年度 "), "{page}");
    let (_, cell) = page.split_once("<span class=\"aside\">").unwrap();
    assert!(!cell.split_once("</td>").unwrap().0.contains("<wbr>"), "{cell}");
}

#[test]
fn columns_of_short_words_are_told_from_those_of_text() {
    let page = html(
        "# 章\n\n| 港 | 区分 | 期限 | 備考 |\n|:---|:---|:---|:---|\n| 横浜 | 直轄 | 令和9年 | 全国の港湾で使う設備を含む |\n",
    );
    assert!(
        page.contains("<td class=\"short\">直轄</td><td class=\"short\"><span class=\"word\">令和9年</span></td><td>全国の"),
        "{page}"
    );
}

#[test]
fn a_table_too_wide_for_a_page_that_stands_has_one_that_lies_and_a_short_sheet_lies_as_a_whole() {
    let head = "| 機関名 |".to_owned() + &" 令和元年度 |".repeat(14);
    let rule = "|:--|".to_owned() + &"--:|".repeat(14);
    let table = format!("{head}\n{rule}\n| 機構 |{}", " 1,975,308 |".repeat(14));
    let page = html(&format!("# 題\n\n## 交付額\n\n{table}"));
    assert!(
        page.contains("<main id=\"main\" class=\"lying\">") && page.contains("class=\"scroll broad lying\"")
    );
    let page = html(&format!("# 題\n\n## 背景\n\n{}\n\n## 交付額\n\n{table}", "長い文を読む。".repeat(200)));
    assert!(page.contains("<main id=\"main\">") && page.contains("class=\"scroll broad lying\""));
    let page = html("# 題\n\n## 交付額\n\n| 機関名 | 令和元年度 |\n|:--|--:|\n| 機構 | 1 |");
    assert!(page.contains("<main id=\"main\">") && !page.contains("broad lying\""));
}

#[test]
fn a_box_between_two_across_the_sheet_shares_its_width_with_none() {
    let sheet =
        |boxes: &str| html(&format!("# 題 {{.one-page}}\n\n{boxes}\n\n## 流れ {{.funding-flow}}\n\n流れ"));
    assert!(sheet("## 概要\n\n- 補助する。").contains("<section class=\"alone\">\n<h2 id=\"概要\">"));
    assert!(
        sheet(&format!("## 概要\n\n{}", "補助する。".repeat(80))).contains("<section class=\"alone long\">")
    );
    assert!(sheet("## 推移\n\n### 甲\n\n甲\n\n### 乙\n\n乙").contains("<section class=\"alone long\">"));
    assert!(!sheet("## 概要\n\n- 補助する。\n\n## 背景\n\n- 不足する。").contains("\"alone"));
}

#[test]
fn a_title_stays_with_its_number() {
    let page =
        html("# 12. 未来社会の実現\n\n文部科学省　令和4年度概算要求　(3) 基盤\n\n令和4年度に5件。次の文");
    let body = body(&page);
    assert!(body.contains("12.\u{a0}") && body.contains("(3)\u{a0}基盤"), "{body}");
    assert_eq!(body.matches('\u{a0}').count(), 2, "{body}");
}

#[test]
fn a_phones_first_column_has_six_letters_or_as_many_as_its_names() {
    let page =
        |name: &str| html(&format!("# 題\n\n## 研究\n\n| 分野 | 成果 |\n|:--|:--|\n| {name} | 吉野 |"));
    assert!(page("磁石").contains("--first:2.72rem"));
    assert!(!body(&page("リチウム電池")).contains("--first:"));
    assert!(!body(&page("設備の更新")).contains("--first:"));
}
