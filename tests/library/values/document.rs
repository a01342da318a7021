//! Markdown as blocks, by example.

use proptest::prelude::*;

use gaisan::document::*;
use gaisan::model::*;

fn document(markdown: &str) -> Document {
    read(markdown, Lang::Ja)
}

/// A paragraph with its strong parts in 【】, emphasis in 〈〉, code in ` and the rest as it stands.
fn shown(markdown: &str) -> String {
    let document = document(markdown);
    let [Block::Paragraph(inlines)] = document.blocks.as_slice() else {
        return format!("{:?}", document.blocks);
    };
    show(inlines)
}

fn show(inlines: &[Inline]) -> String {
    let each = |inline: &Inline| match inline {
        Inline::Text(text) => text.clone(),
        Inline::Strong(content) => format!("【{}】", show(content)),
        Inline::Emphasis(content) => format!("〈{}〉", show(content)),
        Inline::Strike(content) => format!("〔{}〕", show(content)),
        Inline::Code(code) => format!("`{code}`"),
        Inline::Link { target, content } => format!("[{}]({target})", show(content)),
        Inline::Image(image) => format!("!{}", image.alt),
        Inline::FootnoteRef(number) => format!("^{number}"),
        Inline::Foreign { content, .. } => show(content),
        Inline::Abbreviation { short, .. } => short.clone(),
        Inline::Break => "/".to_owned(),
    };
    inlines.iter().map(each).collect()
}

#[test]
fn emphasis_works_beside_japanese_marks() {
    let cases = [
        ("下位は**「鍵」**となる", "下位は【「鍵」】となる"),
        ("**🄰**（一）", "【🄰】（一）"),
        ("**「鍵」**となる", "【「鍵」】となる"),
        ("令和2年1月の**戦略(研究DX)**の鍵", "令和2年1月の【戦略(研究DX)】の鍵"),
        ("**重要。**次に", "【重要。】次に"),
        ("**100%**増", "【100%】増"),
        ("費用は**△1,234**百万円", "費用は【△1,234】百万円"),
        ("費用は**▲5**、", "費用は【▲5】、"),
        ("**「A」**と**「B」**と**「C」**の", "【「A」】と【「B」】と【「C」】の"),
        ("（**「鍵」**）と「**鍵**」", "（【「鍵」】）と「【鍵】」"),
        ("***「鍵」***となる", "〈【「鍵」】〉となる"),
        ("*「鍵」*となる", "〈「鍵」〉となる"),
        ("これは**重要な*「鍵」*となる。**次に", "これは【重要な〈「鍵」〉となる。】次に"),
        ("~~「旧」~~を", "〔「旧」〕を"),
        ("**半開き。次に", "**半開き。次に"),
        ("は**「半開き」と", "は**「半開き」と"),
        ("**「鍵」**\n**「錠」**と", "【「鍵」】【「錠」】と"),
        ("は**`code`**と", "は【`code`】と"),
        ("は**[「鍵」](a.md)**と", "は【[「鍵」](a.md)】と"),
        ("[は**「鍵」**と](a.md)", "[は【「鍵」】と](a.md)"),
        ("第**①**は", "第【①】は"),
        ("葛󠄀**「城」**と", "葛󠄀【「城」】と"),
        ("**鍵**[^1]と", "【鍵】[^1]と"),
        ("**A**と**B**", "【A】と【B】"),
    ];
    for (markdown, expected) in cases {
        assert_eq!(shown(markdown), expected, "{markdown}");
    }
}

#[test]
fn stars_of_products_and_notes_are_no_emphasis() {
    let cases = [
        ("単価*1は100、人数*2は5、計*3は500", "単価*1は100、人数*2は5、計*3は500"),
        ("面積は2*3*4である", "面積は2*3*4である"),
        ("2**3**4と10~~20~~30と5~10件、20~30件", "2**3**4と10~~20~~30と5~10件、20~30件"),
        ("単価*人数*12月", "単価*人数*12月"),
        ("3人*2日*単価、100*2*人", "3人*2日*単価、100*2*人"),
        ("*1：税抜*2：税込", "*1：税抜*2：税込"),
        ("*1 単価は*重要*である", "*1 単価は〈重要〉である"),
        ("総額は*10億円*を、*重点*2件と*斜体*。", "総額は〈10億円〉を、〈重点〉2件と〈斜体〉。"),
        ("*2024年度*の計画と*2025年度*の", "〈2024年度〉の計画と〈2025年度〉の"),
        ("**100億円**2件、**重点*1**の", "【100億円】2件、【重点*1】の"),
        ("単価*1は\n*「斜体」*の", "単価*1は〈「斜体」〉の"),
        ("*「鍵」と**錠***の", "〈「鍵」と【錠】〉の"),
        ("＊1と2＊3＊4", "＊1と2＊3＊4"),
    ];
    for (markdown, expected) in cases {
        assert_eq!(shown(markdown), expected, "{markdown}");
    }
}

/// A star that is taken for emphasis is seen by nobody, so every one that may be a mark or a sign is shown.
#[test]
fn stars_that_may_be_marks_or_signs_are_shown() {
    let literal = [
        "A社*、B社*が参加する。",
        "A社*とB社*が参加する。",
        "A社（*）、B社（*）",
        "「甲」*と「乙」*が",
        "見込み*と取組み*が",
        "A*B*C",
        "(a+b)*c*(d+e)",
        "単価*数量*月数を掛ける",
        "注*1を参照し、金額*を",
        "*印は新規、*印は継続",
        "*は新規。*は継続。",
        "*注1）税抜*注2）税込",
        "*甲は新規。その*乙は継続",
        "*A社、*B社",
        "*A社は参加。*B社は不参加。",
        "*1は税抜、*2は税込",
        "budgets/*/a.yamlと*.csvとtests/*",
        "A社**、B社**、C社***",
        "Smith* and Jones*, 10%*20*30",
        "f(x)*g(x)*h(x)",
        "甲社*は参加、\n乙社*は不参加",
    ];
    for markdown in literal {
        assert_eq!(shown(markdown), markdown.replace('\n', ""), "{markdown}");
    }
    let emphasis = [
        ("これは*italic*と*強調*です", "これは〈italic〉と〈強調〉です"),
        ("「*強調*」、（*強調*）、*強調*", "「〈強調〉」、（〈強調〉）、〈強調〉"),
        ("an *italic* word, *here*, and (*there*).", "an 〈italic〉 word, 〈here〉, and (〈there〉)."),
        ("この*重点*分野の*がん対策*と*はじめに*", "この〈重点〉分野の〈がん対策〉と〈はじめに〉"),
        ("*重要である。*\n次に*2つの柱*を", "〈重要である。〉次に〈2つの柱〉を"),
        ("A社*が、この*重点*を担う", "A社*が、この〈重点〉を担う"),
        (
            "*印は新規、*印は継続。この*重点*を、「*強調*」も",
            "*印は新規、*印は継続。この〈重点〉を、「〈強調〉」も",
        ),
        ("*印は新規。*印は継続、*印は終了。*注*を", "*印は新規。*印は継続、*印は終了。〈注〉を"),
        ("*Note.* Then 5*x and *y*", "〈Note.〉 Then 5*x and 〈y〉"),
    ];
    for (markdown, expected) in emphasis {
        assert_eq!(shown(markdown), expected, "{markdown}");
    }
}

#[test]
fn what_is_not_emphasis_stays_as_written() {
    let cases = [
        ("は\\*\\*「鍵」\\*\\*と", "は**「鍵」**と"),
        ("は`**「鍵」**と`", "は`**「鍵」**と`"),
        ("5*(3)と4*(5)", "5*(3)と4*(5)"),
        ("<a href='は**「x」**と'>", "<a href='は**「x」**と'>"),
    ];
    for (markdown, expected) in cases {
        assert_eq!(shown(markdown), expected, "{markdown}");
    }
    let linked = shown("[鍵](は**「x」**と.md)");
    assert!(linked.ends_with("(は**「x」**と.md)"), "{linked}");
    let code = document("```\nは**「鍵」**と\n```").blocks;
    assert_eq!(code, [Block::Code("は**「鍵」**と".into())]);
}

#[test]
fn a_line_end_between_full_width_characters_vanishes() {
    assert_eq!(shown("量子\n技術"), "量子技術");
    assert_eq!(shown("量子\nDX"), "量子 DX");
    assert_eq!(shown("one\ntwo"), "one two");
    assert_eq!(shown("**量子。**\n技術"), "【量子。】技術");
    assert_eq!(shown("**one**\n*two*"), "【one】 〈two〉");
}

#[test]
fn html_is_text_and_only_known_schemes_are_links() {
    assert_eq!(shown("a <b>c</b>"), "a <b>c</b>");
    assert_eq!(document("<script>alert(1)</script>").plain(), "<script>alert(1)</script>");
    assert_eq!(shown("[a](javascript:alert(1))"), "a");
    assert_eq!(shown("[a](JavaScript&colon;x) [b](data:x) [c](vbscript:x) [d](//h/x)"), "a b c d");
    assert_eq!(
        shown("[a](b.md#c) [d](#e) [f](https://g) [h](mailto:i@j)"),
        "[a](b.md#c) [d](#e) [f](https://g) [h](mailto:i@j)"
    );
    assert_eq!(shown("<i@j.jp> <https://g.jp>"), "[i@j.jp](mailto:i@j.jp) [https://g.jp](https://g.jp)");
}

#[test]
fn sections_nest_one_level_at_a_time_with_ids_of_their_own() {
    let document = document(
        "# 題\n\n前\n\n## 内訳\n\n#### 深い {#x .box}\n\n### 浅い {#x}\n\n# 後\n\n## 内訳 {.notes}\n\n### !?",
    );
    assert_eq!(document.plain_title(), "題");
    let mut seen = Vec::new();
    fn walk(blocks: &[Block], seen: &mut Vec<String>) {
        for block in blocks {
            if let Block::Section(section) = block {
                seen.push(format!("{} {} {:?}", section.level, section.id, section.classes));
                walk(&section.blocks, seen);
            }
        }
    }
    walk(&document.blocks, &mut seen);
    assert_eq!(
        seen,
        ["2 内訳 []", "3 x [\"box\"]", "3 x-2 []", "2 後 []", "2 内訳-2 [\"notes\"]", "3 section []"]
    );
}

#[test]
fn markers_are_taken_out_of_items_and_tightness_does_not_matter() {
    let text = "- ✓ **量子**技術\n- ・下位\n- ①一\n- ※1 注\n- (2) 二\n- ○○大学\n- 中・黒\n- **① 太字**";
    let markers = |markdown: &str| {
        let [Block::List(list)] = &document(markdown).blocks[..] else {
            return Vec::new();
        };
        list.items
            .iter()
            .map(|item| (item.marker.clone().unwrap_or_default(), plain_blocks(&item.blocks)))
            .collect::<Vec<_>>()
    };
    let expected = [
        ("✓", "量子技術"),
        ("・", "下位"),
        ("①", "一"),
        ("※1", "注"),
        ("(2)", "二"),
        ("", "○○大学"),
        ("", "中・黒"),
        ("", "① 太字"),
    ];
    let expected: Vec<_> = expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    assert_eq!(markers(text), expected);
    assert_eq!(document(text), document(&text.replace("\n-", "\n\n-")));
}

fn plain_blocks(blocks: &[Block]) -> String {
    let text = |block: &Block| match block {
        Block::Paragraph(inlines) => plain(inlines),
        other => format!("{other:?}"),
    };
    blocks.iter().map(text).collect()
}

#[test]
fn footnotes_come_in_the_order_of_their_references() {
    let document = document("い[^b]ろ[^a]は[^b]に[^none]\n\n[^a]: 甲[^c]\n[^b]: 乙\n[^c]: 丙\n[^d]: 丁");
    assert_eq!(document.plain(), "いろはに[^none]\n乙\n甲\n丙");
    let [Block::Paragraph(inlines)] = document.blocks.as_slice() else { unreachable!() };
    assert_eq!(show(inlines), "い^0ろ^1は^0に[^none]");
}

#[test]
fn a_picture_alone_is_a_figure_and_alerts_and_definitions_are_known() {
    insta::assert_debug_snapshot!(
        document("![代替の*文*](f.svg \"図\")\n\n> [!NOTE]\n> 注\n\n用語\n: 定義\n\n| a | b |\n|:--|--:|\n| **「x」**と | 1 |\n").blocks
    );
}

#[test]
fn depth_is_capped_and_long_texts_are_read_in_linear_time() {
    for unit in ["> ", "- ", "*a ", "**「", "[", "![", "<", "[^a", "| ", "~~a", "*「a」*と"] {
        let _ = document(&unit.repeat(8_000)).plain();
    }
    let deep: String = (0..300).map(|depth| format!("{}- x{depth}\n", "  ".repeat(depth))).collect();
    let plain = document(&deep).plain();
    assert!(plain.contains("x299"), "nothing is lost");
}

#[test]
fn word_joiners_reach_no_text() {
    let document = document(
        "# は**「題」**と\u{2060}\n\n## は**「節」**と\n\n`\u{2060}`&#x2060;\n\n| は**「題」**と |\n|--|\n",
    );
    assert!(!format!("{document:?}").contains("u{2060}"));
}

proptest! {
    #[test]
    fn any_text_is_read(text in "(\\PC|[*_~`>#|\\[\\]()!:\\-\n 「」。、鍵a1△\u{2060}\\\\<&;^]){0,80}") {
        let document = read(&text, Lang::Ja);
        let joiner = '\u{2060}';
        prop_assert!(!document.plain().contains(joiner), "a joiner came through");
    }
}
