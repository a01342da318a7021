//! Texts beside their older selves.

use proptest::prelude::*;

use gaisan::diff::redline::*;

/// `[-removed-]` and `{+added+}`.
fn marked(segments: &[Segment]) -> String {
    let mark = |segment: &Segment| match segment.fate {
        Fate::Kept => segment.text.clone(),
        Fate::Removed => format!("[-{}-]", segment.text),
        Fate::Added => format!("{{+{}+}}", segment.text),
    };
    segments.iter().map(mark).collect()
}

#[test]
fn changes_are_marked_in_whole_words() {
    for (old, new, expected) in [
        (
            "要求額は4,592百万円とする。",
            "要求額は4,668百万円とする。",
            "要求額は[-4,592百万円-]{+4,668百万円+}とする。",
        ),
        (
            "令和4年度は、社会実装の早期実現へ向けて研究開発を加速する。",
            "令和5年度は、社会実装の早期実現に向けて研究開発と人材育成を加速する。",
            "[-令和4年度-]{+令和5年度+}は、社会実装の早期実現[-へ-]{+に+}向けて研究開発{+と人材育成+}を加速する。",
        ),
        (
            "全国的な研究データ基盤の構築とその利用環境づくりの2年目。中核機関群を引き続き支援。",
            "全国的な研究データ基盤の構築とその利用環境づくりの3年目。中核機関群を引き続き支援。",
            "全国的な研究データ基盤の構築とその利用環境づくりの[-2年目-]{+3年目+}。中核機関群を引き続き支援。",
        ),
        (
            "先端設備の共用を続けながら、設備が生むデータを全国で使える形に整えて蓄積し、提供。",
            "先端設備の共用と、そこから生まれるデータの蓄積・提供を全国規模で継続。",
            "",
        ),
        ("量子技術研究開発推進事業", "量子技術研究開発促進事業", "量子技術研究開発[-推進-]{+促進+}事業"),
        ("フラッグシップ・プログラムを実施", "フラッグシッププログラムを実施", ""),
        (
            "The program pays for quays, cranes and yards.",
            "The program pays for quays and, from FY2023, yards.",
            "",
        ),
    ] {
        let found = marked(&redline(old, new));
        if expected.is_empty() {
            insta::assert_snapshot!(format!("{old} → {new}\n{found}"));
        } else {
            assert_eq!(found, expected);
        }
    }
}

/// Where only a link leads elsewhere, both addresses are shown; those of other links are not.
#[test]
fn where_a_link_leads_is_part_of_a_text() {
    let text = |target| format!("**[資料]({target})**と[別紙](https://example.jp/b)による。");
    let found = passages(&text("https://example.jp/old"), &text("https://example.jp/new"), true);
    let [Passage { segments, .. }] = found.as_slice() else { panic!("{found:?}") };
    let side = |fate| {
        let of = segments.iter().filter(|segment| segment.fate != fate);
        of.map(|segment| segment.text.as_str()).collect::<String>()
    };
    assert_eq!(side(Fate::Added), "資料 <https://example.jp/old>と別紙による。");
    assert_eq!(side(Fate::Removed), "資料 <https://example.jp/new>と別紙による。");
    let bold = passages("**甲**[乙](a.html)", "甲[乙](a.html)", true);
    assert!(bold.len() == 1 && bold[0].is_kept(), "{bold:?}");
}

#[test]
fn texts_with_little_in_common_are_replaced_as_a_whole() {
    assert_eq!(
        marked(&redline("光学の研究", "海洋観測網を整備し、運用する")),
        "[-光学の研究-]{+海洋観測網を整備し、運用する+}"
    );
    assert_eq!(marked(&redline("", "新設")), "{+新設+}");
    assert_eq!(marked(&redline("廃止", "")), "[-廃止-]");
    assert_eq!(redline("", ""), []);
}

#[test]
fn paragraphs_are_laid_beside_their_versions() {
    let old = "## 背景\n\n- ✓ 量子技術は、**これからの経済・社会を変える**源泉である。\n- 令和2年1月に定めた戦略に沿って進める。\n\n人材を育てる。";
    let new = "## 背景\n\n- ✓ 量子技術は、これからの経済・社会を大きく変える源泉である。\n- 国際連携を一層深め、欧米等のプロジェクトと共同で研究する。\n- 令和4年4月に改めた戦略に沿って進める。\n\n人材を育てる。";
    let lines: Vec<String> = passages(old, new, true)
        .iter()
        .map(|passage| match (passage.is_kept(), &passage.new) {
            (true, Some(piece)) => format!("= {}", piece.marked()),
            _ => format!("! {}", marked(&passage.segments)),
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn markdown_is_compared_as_its_reader_sees_it() {
    let markdown = "*Title* and __bold type__[^1]\n\n1. one\n2. ① two\n\n| Item | FTE |\n|---|---:|\n| Staff | 12 |\n\n> quoted\n> on\n\n[^1]: the note\n\nTerm\n: what it is\n\n```\ncode *x*\n```\n\n日本語の\n本文。\\*1 <b>raw</b> [link](x.html)\n\nHead\n----\n\n- ・ 点\n- plain\n  - ✓ deep";
    let found: Vec<String> =
        passages(markdown, markdown, true).into_iter().map(|passage| passage.new.unwrap().marked()).collect();
    assert_eq!(
        found,
        [
            "Title and bold type",
            "one",
            "① two",
            "Item / FTE",
            "Staff / 12",
            "quoted on",
            "Term",
            "what it is",
            "code *x*",
            "日本語の本文。*1 <b>raw</b> link",
            "Head",
            "・点",
            "plain",
            "✓ deep",
            "※1 the note",
        ]
    );
    assert!(passages("*甲* __乙__", "甲 **乙**", true).iter().all(Passage::is_kept));
    assert!(passages("1. 甲\n2. 乙", "- 甲\n- 乙", true).iter().all(Passage::is_kept));
    assert!(!passages("- ✓ 甲", "- → 甲", true).iter().all(Passage::is_kept));
}

#[test]
fn columns_are_known_by_what_heads_them() {
    let heads = |heads: &[&str]| heads.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    let found = columns(&heads(&["港", "延長"]), &heads(&["港", "水深", "延長"]));
    assert_eq!(found, [(Some(0), Some(0)), (None, Some(1)), (Some(1), Some(2))]);
    assert_eq!(
        columns(&heads(&["港", "R4"]), &heads(&["港", "R5"])),
        [(Some(0), Some(0)), (Some(1), Some(1))]
    );
}

proptest! {
    #[test]
    fn a_redline_holds_both_texts(
        old in "[量子技術研究開発をのはがするします、。A-C0-9,百万円ァ-オー ]{0,40}",
        new in "[量子技術研究開発をのはがするします、。A-C0-9,百万円ァ-オー ]{0,40}",
    ) {
        let segments = redline(&old, &new);
        let text = |without: Fate| -> String {
            segments.iter().filter(|it| it.fate != without).map(|it| it.text.as_str()).collect()
        };
        prop_assert_eq!(text(Fate::Added), old.clone());
        prop_assert_eq!(text(Fate::Removed), new.clone());
        if old == new {
            prop_assert!(segments.iter().all(|segment| segment.fate == Fate::Kept));
        }
        for pair in segments.windows(2) {
            prop_assert!(pair[0].fate != pair[1].fate);
        }
    }
}
