//! 新旧対照表: what stands side by side, and what takes the full width.

use std::path::Path;

use gaisan::document::{self, Block, Inline, Section};
use gaisan::figure::Figures;
use gaisan::model::Lang;
use gaisan::render::{html, markdown};
use proptest::prelude::*;

use crate::{change, commonmark, pdf};

/// The Markdown of the change sheet of two chapters that differ in the body of a program.
fn composed(old: &str, new: &str) -> String {
    let folders = [old, new].map(|body| {
        let folder = tempfile::tempdir().unwrap();
        let body = body.replace('\n', "\n    ");
        let chapter = format!(
            "gaisan: 1\nid: c\ntitle: 章\nministry: 省\nfiscal_year: R4\nstage: request\nunit: 円\nbreakdown: complete\nprograms:\n- id: a\n  title: 甲\n  requested: 1\n  prior: 1\n  body: |\n    {body}\n"
        );
        std::fs::write(folder.path().join("request.yaml"), chapter).unwrap();
        folder
    });
    let [old, new]: [&Path; 2] = [folders[0].path(), folders[1].path()];
    change::markdown(old, new, None)
}

/// The same as a file and as a page.
fn shown(old: &str, new: &str) -> [String; 2] {
    let document = document::read(&composed(old, new), Lang::Ja);
    let (figures, imprint) = (Figures::new(), pdf::sheet::imprint());
    [markdown::page(&document, &figures, &imprint), html::page(&document, &figures, &imprint)]
}

fn in_order(text: &str, wanted: &[&str]) {
    let mut rest = text;
    for part in wanted {
        let at = rest.find(part).unwrap_or_else(|| panic!("{part} not in its place in {text}"));
        rest = &rest[at + part.len()..];
    }
}

#[test]
fn a_paragraph_of_one_side_takes_the_full_width_where_it_stands() {
    let old = "観測網を維持する。\n\n変わらない段落。\n\n最後の段落を残す。";
    let new = "観測網を拡充する。\n\n変わらない段落。\n\n新しい取組を全国で始める。\n\n最後の段落を直す。";
    let [file, page] = shown(old, new);
    in_order(
        &file,
        &["を**拡充**", "を~~維持~~", "#### 本文（新設）\n\n新しい取組を全国で始める。", "を**直す**"],
    );
    in_order(
        &page,
        &["<ins>拡充</ins>", "<del>維持</del>", "class=\"whole\"", "新しい取組", "<ins>直す</ins>"],
    );
    assert!(!file.contains("記載なし"), "{file}");
}

#[test]
fn items_stay_items_with_their_numbers_and_those_within_them() {
    let old =
        "- ✓ 岸壁を12か所整備する。\n- ✓ 変わらない。\n    - 照明を更新する。\n\n1. 選ぶ。\n2. 設計を行う。";
    let new = "- ✓ 岸壁を15か所整備する。\n- ✓ 変わらない。\n    - 照明をすべて更新する。\n\n1. 選ぶ。\n2. 設計を行い、審査を受ける。";
    let [file, page] = shown(old, new);
    in_order(
        &file,
        &[
            "**本文　改正後**\n\n- ✓ 岸壁を**15**",
            "\n- *（略）*\n  - 照明を**すべて**更新する。\n\n*（略）*\n\n2. 設計を**",
            "**本文　改正前**\n\n- ✓ 岸壁を~~12~~",
        ],
    );
    in_order(
        &page,
        &[
            "<td data-side=\"改正後\">\n<ul",
            "<ul>\n<li>照明を<ins>すべて</ins>",
            "<ol start=\"2\">",
            "<td data-side=\"改正前\">\n<ul",
        ],
    );
}

#[test]
fn a_table_stays_a_table_with_its_head_and_a_row_of_one_side_in_it() {
    let old = "| 港 | 延長 |\n|:--|--:|\n| 横浜 | 250 |\n| 神戸 | 180 |\n| 博多 | 120 |";
    let new = "| 港 | 水深 | 延長 |\n|:--|--:|--:|\n| 横浜 | 16 | 270 |\n| 新潟 | 12 | 60 |\n| 神戸 | 15 | 180 |\n| 博多 | 15 | 120 |";
    let [file, page] = shown(old, new);
    in_order(
        &file,
        &[
            "| 港 | **水深** | 延長 |\n|:---|---:|---:|\n| 横浜 | **16** | **270** |\n| **新潟** | **12** | **60** |\n| 神戸 | **15** | 180 |",
            "| 港 | 延長 |\n|:---|---:|\n| 横浜 | ~~250~~ |",
        ],
    );
    in_order(
        &page,
        &[
            "<table class=\"versions\">",
            "<td data-side=\"改正後\">",
            "<table>",
            "<ins>水深</ins>",
            "<td data-side=\"改正前\">",
            "<table>",
        ],
    );
    // Nothing but marked words is no total.
    let (_, table) = page.split_once("<table class=\"versions\">").unwrap();
    assert!(!table.contains("class=\"total\""), "{table}");
}

#[test]
fn a_table_for_which_a_column_has_no_room_stands_above_its_older_self() {
    let table = |cost: &str| {
        format!(
            "| 区分 | 内容 | 対象 | 期限 | 経費 |\n|:--|:--|:--|:--|--:|\n| 手続 | 入出港手続の電子化を全国の港湾で進め、窓口での待ち時間を減らす | 全国の重要港湾 | 令和6年度 | {cost} |"
        )
    };
    let [file, page] = shown(&table("120"), &table("150"));
    in_order(&file, &["**本文　改正後**", "**150**", "**本文　改正前**", "~~120~~"]);
    in_order(
        &page,
        &[
            "<p class=\"side\">本文",
            "改正後",
            "<ins>150</ins>",
            "<p class=\"side\">本文",
            "改正前",
            "<del>120</del>",
        ],
    );
    assert!(!page.contains("<table class=\"versions\">"), "{page}");
}

#[test]
fn no_table_stands_for_nothing_but_what_is_left_out() {
    let table = |cost: &str| {
        format!(
            "変わらない段落。\n\n| 区分 | 内容 | 対象 | 期限 | 経費 |\n|:--|:--|:--|:--|--:|\n| 手続 | 入出港手続の電子化を全国の港湾で進め、窓口での待ち時間を減らす | 全国の重要港湾 | 令和6年度 | {cost} |\n\n変わらない段落。"
        )
    };
    let [file, page] = shown(&table("120"), &table("150"));
    assert!(!page.contains("<table class=\"versions\">") && !page.contains("<em>（略）"), "{page}");
    assert!(!file.contains("*（略）*"), "{file}");
    // Below it the table says again of which text.
    let [_, page] = shown(&(table("120") + "\n\n期限は3年。"), &(table("150") + "\n\n期限は5年。"));
    in_order(
        &page,
        &["<p class=\"side\">本文", "<table class=\"versions\">", "<th scope=\"row\">本文</th>", "<ins>"],
    );
}

/// However texts change, what a side shows of them reads as Markdown again: lists and tables, no signs of them as words.
#[test]
fn no_sign_of_a_list_or_a_table_is_left_as_words() {
    let texts = [
        "- 甲を行う。\n- 乙を行う。\n\n| A | B |\n|--|--|\n| 1 | 2 |",
        "1. 甲を行わない。\n3. 乙を行う。\n   - 丙\n\n   続き。\n\n| A |\n|--|\n| 9 |",
        "甲を行う。\n\n- 乙を行う。また。\n\n---\n\n- ① 別の表\n\n| A | B |\n|--|--|\n| 1 | 3 |\n\n| C | B |\n|--|--|\n| 1 | 2 |",
        "> - 甲を行う\n> - 1\\. 丁\n\n10. 乙を行う。\n11. 乙を行う！\n\n* 別の箇条\n+ さらに別",
    ];
    for old in texts {
        for new in texts.iter().filter(|new| **new != old) {
            let document = document::read(&composed(old, new), Lang::Ja);
            let said = document.plain();
            for line in said.lines() {
                let is_sign = |sign: &str| line.starts_with(sign);
                assert!(!["- ", "| ", "|:", "* ", "+ "].iter().any(|it| is_sign(it)), "{line} in {said}");
            }
            let rows = document.sections().into_iter().filter(|section| section.has("versions"));
            for side in rows.flat_map(|section| &section.blocks) {
                assert!(
                    matches!(side, Block::Section(side) if !side.blocks.is_empty()),
                    "{old} → {new}: {side:?}"
                );
            }
        }
    }
}

/// Running text without what only says its language.
fn flat(words: &[Inline]) -> Vec<&Inline> {
    let parts = words.iter().map(|it| match it {
        Inline::Foreign { content, .. } => flat(content),
        other => vec![other],
    });
    parts.flatten().collect()
}

/// What a side of changed texts shows is the text itself, whatever words were put in or taken out and whatever they stand between: no mark of
/// a change is left as a star or a tilde, in a page, a PDF or another reader of the file.
fn is_marked_without_a_trace(old: &str, new: &str) {
    let [escaped_old, escaped_new] = [old, new].map(document::escaped);
    let document = document::read(&composed(&escaped_old, &escaped_new), Lang::Ja);
    let (figures, imprint) = (Figures::new(), pdf::sheet::imprint());
    let sides = document.sections().into_iter().filter(|section| section.has("versions"));
    let sides: Vec<&Section> = sides
        .flat_map(|section| &section.blocks)
        .map(|side| match side {
            Block::Section(side) => side,
            other => panic!("{other:?}"),
        })
        .collect();
    let mut marked = 0;
    for (side, text) in sides.iter().zip([new, old]) {
        let [Block::Paragraph(words)] = side.blocks.as_slice() else { panic!("{old} → {new}: {side:?}") };
        let whole = document::plain(words);
        assert_eq!(whole, text, "{old} → {new}: {words:?}");
        marked += flat(words).iter().filter(|it| matches!(it, Inline::Strong(_) | Inline::Strike(_))).count();
    }
    assert!(marked > 0, "{old} → {new}: {sides:?}");
    let file = markdown::page(&document, &figures, &imprint);
    let page = html::page(&document, &figures, &imprint).replace("ins>", "strong>");
    for seen in commonmark::file_shows(&file) {
        let seen = seen.concat();
        for side in &sides {
            let mut blocks = String::new();
            for inline in side.blocks.iter().flat_map(|block| match block {
                Block::Paragraph(words) => flat(words),
                _ => Vec::new(),
            }) {
                match inline {
                    Inline::Strong(words) => blocks.push_str(&format!("【{}】", document::plain(words))),
                    Inline::Strike(words) => blocks.push_str(&format!("〔{}〕", document::plain(words))),
                    other => blocks.push_str(&document::plain(std::slice::from_ref(other))),
                }
            }
            let blocks = blocks.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(seen.contains(&blocks), "{old} → {new}: {blocks} in {seen}");
        }
    }
    assert!(page.contains("<strong>") || page.contains("<del>"), "{page}");
}

#[test]
fn words_that_begin_with_any_mark_are_marked_behind_any_letter() {
    for (old, new) in [
        ("崩壊対策を行う。", "崩壊対策、河川改修を行う。"),
        ("崩壊対策を行う。", "崩壊対策，河川改修を行う。"),
        ("meters that bill.", "meters, cables and software that bill."),
        ("the pier opens.", "the pier (phase 2) opens."),
        ("the pier opens.", "the pier: (phase 2) opens."),
        ("第1号を行う。", "第1号*2を行う。"),
        ("対象は3県。", "対象は3県Ⓐ。"),
    ] {
        is_marked_without_a_trace(old, new);
        is_marked_without_a_trace(new, old);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]
    #[test]
    fn any_words_are_marked_between_any_neighbors(
        before in "甲乙丙丁は(対策|meters|[0-9]|[、。・：（「」）]|[,.;()%/]|[△＋〜…※Ⓐ①]|[*~_`<&]){1,2}",
        words in "([、，。・：；（）「」]|[,.;:()%/-]|[△＋〜…※Ⓐ①]|[*~_`<&]|[0-9]|河川|[a-z]| ){1,5}",
        after in "(を|that|[0-9]|[、。）]|[,.)]|[*~_]|△){1}戊己庚辛",
    ) {
        // What parts a Latin word in two changes most of the text, which is then marked as a whole or not at all.
        prop_assume!(!(words.trim().is_empty() || before.ends_with("meters") && after.starts_with("that")));
        let (old, new) = (format!("{before}{after}"), format!("{before}{words}{after}"));
        is_marked_without_a_trace(&old, &new);
    }
}
