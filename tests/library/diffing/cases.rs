//! Single cases, each a pair of small chapters and the whole table that its reader sees.

use gaisan::diff::Link;
use gaisan::model::Lang;
use gaisan::read::Reading;

use super::{chapter, chapters, compared, reading, shown, stat, text};

#[test]
fn a_moved_program_is_moved_and_not_gone_and_new() {
    let old = chapter(
        2022,
        "breakdown: complete\nprograms:\n  - id: a\n    title: 基盤研究\n    breakdown: complete\n    children:\n      - {id: x, title: 装置共用, requested: 300, prior: 250}\n      - {id: y, title: 人材育成, requested: 100, prior: 100}\n  - id: b\n    title: 応用研究\n    breakdown: complete\n    children:\n      - {id: z, title: 実証, requested: 200, prior: 200}\n",
    );
    let new = chapter(
        2023,
        "breakdown: complete\nprograms:\n  - id: a\n    title: 基盤研究\n    breakdown: complete\n    children:\n      - {id: y, title: 人材育成, requested: 100, prior: 100}\n  - id: b\n    title: 応用研究\n    breakdown: complete\n    children:\n      - {id: z, title: 実証, requested: 180, prior: 200}\n      - {id: x, title: 装置共用, requested: 350, prior: 300}\n",
    );
    insta::assert_snapshot!(shown(&old, &new));
    compared(&old, &new, None, |diff| {
        let lines = &diff.chapters[0].lines;
        let items = |id: &str| -> Vec<String> {
            let line = lines.iter().find(|line| line.new[0].row.line.id.value.as_str() == id);
            let items = line.unwrap().amounts[0].bridge.items.iter();
            items.map(|item| format!("{} {}", item.kind.slug(), item.amount.to_base_units_string())).collect()
        };
        assert_eq!(items("a"), ["moved_out -300000000"]);
        assert_eq!(items("b"), ["increased 50000000", "decreased -20000000", "moved_in 300000000"]);
        assert_eq!(items("mext-5"), ["increased 50000000", "decreased -20000000"]);
    });
}

#[test]
fn what_is_merged_and_split_is_compared_as_a_group() {
    let old = chapter(
        2022,
        "breakdown: complete\nprograms:\n  - {id: a, title: 量子計測, requested: 300, prior: 300, enacted: 290}\n  - {id: b, title: 量子計算, requested: 200, prior: 150, enacted: 180}\n  - {id: c, title: 次世代レーザー, requested: 400, prior: 400, enacted: 400}\n",
    );
    let new = chapter(
        2023,
        "crosswalk:\n  - {kind: merged, from: [a, b], to: quantum}\n  - {kind: split, from: c, to: [c, laser-use]}\nbreakdown: complete\nprograms:\n  - {id: quantum, title: 量子技術, requested: 560, prior: 470}\n  - {id: c, title: 次世代レーザー, requested: 250, prior: 260}\n  - {id: laser-use, title: レーザー利用, requested: 120, prior: 150}\n",
    );
    insta::assert_snapshot!(shown(&old, &new));
}

#[test]
fn a_line_from_another_chapter_and_a_renamed_one_are_followed() {
    let old = chapters(
        2022,
        &[
            (
                "mext-5",
                "breakdown: complete\nprograms:\n  - {id: a, title: 旧名の事業, requested: 300, prior: 300}\n",
            ),
            (
                "mext-6",
                "breakdown: complete\nprograms:\n  - {id: sea, title: 海洋観測, requested: 80, prior: 80}\n  - {id: ice, title: 極域観測, requested: 70, prior: 70}\n",
            ),
        ],
    );
    let new = chapters(
        2023,
        &[
            (
                "mext-5",
                "crosswalk:\n  - {kind: renamed, from: a, to: a2}\n  - {kind: moved, chapter: mext-6, from: sea, to: sea}\nbreakdown: complete\nprograms:\n  - {id: a2, title: 新名の事業, requested: 300, prior: 300}\n  - {id: sea, title: 海洋観測, requested: 90, prior: 80}\n",
            ),
            (
                "mext-6",
                "breakdown: complete\nprograms:\n  - {id: ice, title: 極域観測, requested: 70, prior: 70}\n",
            ),
        ],
    );
    insta::assert_snapshot!(shown(&old, &new));
}

#[test]
fn what_was_rearranged_is_told_apart_from_what_changed() {
    let old = chapter(
        2022,
        "breakdown: complete\nprograms:\n  - {id: a, title: 拠点形成, requested: 500, prior: 480, enacted: 480}\n  - {id: b, title: 共同研究, requested: 200, prior: 200, enacted: 200}\n",
    );
    let new = chapter(
        2023,
        "breakdown: complete\nprograms:\n  - {id: a, title: 拠点形成, requested: 450, prior: {amount: 420, basis: restated}}\n  - {id: b, title: 共同研究, requested: 230, prior: 210}\n",
    );
    insta::assert_snapshot!(shown(&old, &new));
}

#[test]
fn what_a_partial_list_leaves_out_has_not_ended() {
    let old = chapter(
        2022,
        "requested: 1,000\nprior: 900\nbreakdown: partial\nprograms:\n  - {id: a, title: 拠点形成, requested: 500, prior: 480}\n  - {id: b, title: 共同研究, requested: 200, prior: 200}\n  - {id: c, title: 期限付き事業, requested: 50, prior: 50, period: {from: 2019, to: 2022}}\n",
    );
    let new = chapter(
        2023,
        "requested: 1,100\nprior: 1,000\nbreakdown: partial\nprograms:\n  - {id: a, title: 拠点形成, requested: 500, prior: 500}\n  - {id: d, title: 新しい事業, requested: 60, prior: 新規}\n  - {id: e, title: 前からある事業, requested: 40, prior: 30}\n",
    );
    insta::assert_snapshot!(shown(&old, &new));
}

#[test]
fn states_without_an_amount_are_words_and_no_zeros() {
    let old = chapter(
        2022,
        "breakdown: complete\nprograms:\n  - {id: a, title: 事項の事業, requested: 100, prior: 100}\n  - {id: b, title: 終わる事業, requested: 50, prior: 50}\n  - {id: c, title: 復活する事業, requested: 0, prior: 20}\n  - {id: d, title: 再掲の事業, requested: 30, prior: 30}\n",
    );
    let new = chapter(
        2023,
        "breakdown: complete\nprograms:\n  - {id: a, title: 事項の事業, requested: 事項要求, prior: 100}\n  - {id: b, title: 終わる事業, requested: 終了, prior: 50}\n  - {id: c, title: 復活する事業, requested: 20, prior: 0}\n  - {id: d, title: 再掲の事業, requested: 35, prior: 30, notes: [{kind: recount}]}\n",
    );
    insta::assert_snapshot!(shown(&old, &new));
}

#[test]
fn a_breakdown_shown_for_the_first_time_is_nothing_new() {
    let old = chapter(
        2022,
        "breakdown: complete\nprograms:\n  - {id: a, title: 拠点形成, requested: 500, prior: 480}\n",
    );
    let new = chapter(
        2023,
        "breakdown: complete\nprograms:\n  - id: a\n    title: 拠点形成\n    requested: 520\n    prior: 500\n    breakdown: complete\n    children:\n      - {id: p, title: 拠点甲, requested: 300, prior: 290}\n      - {id: q, title: 拠点乙, requested: 220, prior: 210}\n",
    );
    insta::assert_snapshot!(shown(&old, &new));
}

#[test]
fn a_crosswalk_that_leads_nowhere_is_said_and_not_used() {
    let old = chapter(
        2022,
        "breakdown: complete\nprograms:\n  - {id: a, title: 拠点形成, requested: 500, prior: 480}\n",
    );
    let new = chapter(
        2023,
        "crosswalk:\n  - {kind: renamed, from: gone, to: a}\nbreakdown: complete\nprograms:\n  - {id: a, title: 拠点形成, requested: 500, prior: 500}\n",
    );
    let text = shown(&old, &new);
    compared(&old, &new, None, |diff| assert!(diff.is_same()));
    insta::assert_snapshot!(text);
}

/// A side of two years, the later one with a crosswalk, and a further year where it is wanted.
fn two_years(a: u32, and_a_third: bool) -> Reading {
    let years = [
        (2027, "  - {id: a, title: 甲, requested: 10, prior: 10}\n  - {id: k, title: 丙, requested: 10, prior: 10}\n".to_owned(), ""),
        (
            2028,
            format!("  - {{id: b, title: 甲, requested: {a}, prior: 10}}\n  - {{id: k, title: 丙, requested: 5, prior: 5}}\n  - {{id: l, title: 丁, requested: 5, prior: 5}}\n"),
            "crosswalk:\n  - {kind: renamed, from: a, to: b}\n  - {kind: split, from: k, to: [k, l]}\n",
        ),
        (2029, "  - {id: c, title: 甲, requested: 12, prior: 11}\n".to_owned(), "crosswalk: [{kind: renamed, from: b, to: c}]\n"),
    ];
    let texts = years.iter().take(2 + usize::from(and_a_third)).map(|(year, programs, crosswalk)| {
        let text = format!("gaisan: 1\nid: c\ntitle: 章\nministry: 庁\nfiscal_year: {year}\nstage: request\nunit: 千円\nbreakdown: complete\n{crosswalk}programs:\n{programs}");
        (format!("{year}.yaml"), text)
    });
    reading(&texts.collect::<Vec<_>>())
}

#[test]
fn drafts_of_several_years_have_no_use_for_their_crosswalks() {
    compared(&two_years(11, false), &two_years(11, false), None, |diff| {
        assert!(diff.is_same());
        assert!(diff.chapters.iter().all(|chapter| chapter.unused.is_empty()));
    });
    compared(&two_years(11, false), &two_years(13, true), None, |diff| {
        let changed = diff.chapters.iter().flat_map(|chapter| &chapter.lines).filter(|line| !line.is_same());
        let changed: Vec<(Link, &str)> =
            changed.map(|line| (line.link, line.member().unwrap().row.line.id.value.as_str())).collect();
        let third = [(Link::New, "c"), (Link::New, "c")];
        assert_eq!(changed, [&[(Link::Kept, "c"), (Link::Kept, "b")][..], &third].concat());
        assert!(diff.chapters.iter().all(|chapter| chapter.unused.is_empty()));
    });
}

#[test]
fn drafts_of_a_year_are_compared_in_everything() {
    let old = chapter(
        2023,
        "breakdown: complete\nprograms:\n  - {id: a, title: 拠点形成, requested: 500, prior: 480, summary: 拠点を五つ置く。}\n  - {id: b, title: 取り下げる事業, requested: 30, prior: 新規}\n",
    );
    let new = chapter(
        2023,
        "breakdown: complete\nprograms:\n  - {id: a, title: 拠点の形成, requested: 510, prior: 481, operator: 理化学研究所, summary: 拠点を六つ置く。}\n  - {id: c, title: 差し込む事業, requested: 40, prior: 新規}\n",
    );
    insta::assert_snapshot!(shown(&old, &new));
    let english = compared(&old, &new, None, |diff| {
        let english = Some(Lang::En);
        format!("{}{}", text(diff, english), stat(diff, english))
    });
    insta::assert_snapshot!("drafts_in_english", english);
}

#[test]
fn prior_amounts_that_do_not_continue_are_said_with_the_difference() {
    let old = chapter(
        2022,
        "breakdown: complete\nprograms:\n  - {id: a, title: 拠点形成, requested: 500, prior: 480, enacted: 470}\n  - {id: b, title: 共同研究, requested: 200, prior: 200, enacted: 190}\n  - {id: c, title: 人材育成, requested: 200, prior: 200, enacted: 195.4}\n",
    );
    let new = chapter(
        2023,
        "breakdown: complete\nprograms:\n  - {id: a, title: 拠点形成, requested: 500, prior: 475}\n  - {id: b, title: 共同研究, requested: 200, prior: {amount: 230, basis: revised}}\n  - {id: c, title: 人材育成, requested: 200, prior: 195}\n",
    );
    insta::assert_snapshot!(shown(&old, &new));
}

#[test]
fn what_is_not_settled_yet_is_no_fall_and_not_called_unstated() {
    let of = |year: u16, first: &str, second: &str| {
        chapter(
            year,
            &format!(
                "breakdown: partial\nprograms:\n  - {{id: a, title: 甲, breakdown: complete, children: [{{id: a1, title: 一, requested: {first}, prior: 80}}, {{id: a2, title: 二, requested: {second}, prior: 8}}]}}\n"
            ),
        )
    };
    insta::assert_snapshot!(shown(&of(2022, "100", "10"), &of(2023, "未定", "12")));

    // A total that is stated stands beside 未定: not the sum of the parts that are named.
    let partly = |year: u16, total: &str, part: &str| {
        chapter(
            year,
            &format!(
                "breakdown: complete\nprograms:\n  - {{id: a, title: 甲, requested: {total}, prior: 90, breakdown: partial, children: [{{id: a1, title: 一, requested: {part}, prior: 80}}]}}\n"
            ),
        )
    };
    let draft = shown(&partly(2022, "100", "70"), &partly(2023, "未定", "未定"));
    assert!(draft.contains("100") && !draft.contains("掲載事業の計"), "{draft}");
}
