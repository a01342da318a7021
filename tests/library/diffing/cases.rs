//! Single cases, each a pair of small chapters and the whole table that its reader sees.

use gaisan::diff::{ColumnPair, Diff, DiffError, Link, Threshold, csv, diff_over, json};
use gaisan::model::Lang;
use gaisan::read::Reading;
use gaisan::rollup::Rollup;

use super::{compared, reading, stat, text, try_compared};

/// A chapter of a year, with what is to stand in it.
fn chapter(year: u16, more: &str) -> Reading {
    chapters(year, &[("mext-5", more)])
}

fn chapters(year: u16, of: &[(&str, &str)]) -> Reading {
    let texts: Vec<(String, String)> = of
        .iter()
        .map(|(id, more)| {
            let text = format!(
                "gaisan: 1\nid: {id}\ntitle: 先端研究の抜本的強化\nministry: 文部科学省\nfiscal_year: {year}\nstage: request\nunit: 百万円\n{more}"
            );
            (format!("{year}-{id}.yaml"), text)
        })
        .collect();
    reading(&texts)
}

fn shown(old: &Reading, new: &Reading) -> String {
    compared(old, new, None, |diff| text(diff, None))
}

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
fn likely_counterparts_are_proposed_with_the_entry_to_paste() {
    let old = chapters(
        2022,
        &[
            (
                "mext-5",
                "breakdown: complete\nprograms:\n  - {id: a1, title: 量子技術の社会実装, requested: 300, prior: 300, enacted: 280}\n  - {id: b1, title: 海洋観測データの利活用促進事業, requested: 200, prior: 200, enacted: 200}\n  - {id: c1, title: 甲, requested: 123, prior: 120, enacted: 117}\n  - {id: d1, title: 何の関係もない事業, requested: 90, prior: 90, enacted: 90}\n",
            ),
            (
                "mext-6",
                "breakdown: complete\nprograms:\n  - {id: sea, title: 移った事業, requested: 80, prior: 80}\n  - {id: ice, title: 極域観測, requested: 70, prior: 70}\n",
            ),
        ],
    );
    let new = chapters(
        2023,
        &[
            (
                "mext-5",
                "breakdown: complete\nprograms:\n  - {id: a2, title: 量子技術の社会実装, requested: 310, prior: 280}\n  - {id: b2, title: 海洋観測データ利活用推進事業, requested: 210, prior: 205}\n  - {id: c2, title: 名前がまるで違う, requested: 130, prior: 117}\n  - {id: sea, title: 移った事業, requested: 85, prior: 80}\n  - {id: z, title: 真に新しい事業, requested: 10, prior: 新規}\n",
            ),
            (
                "mext-6",
                "breakdown: complete\nprograms:\n  - {id: ice, title: 極域観測, requested: 70, prior: 70}\n",
            ),
        ],
    );
    insta::assert_snapshot!(shown(&old, &new));
    compared(&old, &new, None, |diff| {
        let applied = diff.chapters.iter().flat_map(|chapter| &chapter.lines);
        let linked = applied.filter(|line| !line.link.is_one_sided()).map(|line| line.link);
        assert!(linked.into_iter().all(|link| link == Link::Kept));
    });
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
fn two_years_on_both_sides_cannot_be_paired() {
    let both = |years: [u16; 2]| {
        let line =
            "breakdown: complete\nprograms:\n  - {id: a, title: 拠点形成, requested: 500, prior: 480}\n";
        let text = |year: u16| {
            format!(
                "gaisan: 1\nid: mext-5\ntitle: 章\nministry: 省\nfiscal_year: {year}\nstage: request\nunit: 百万円\n{line}"
            )
        };
        reading(&years.map(|year| (format!("{year}.yaml"), text(year))))
    };
    let (old, new) = (both([2020, 2021]), both([2022, 2023]));
    let error = try_compared(&old, &new, None, |_| ()).unwrap_err();
    assert!(matches!(error, DiffError::Ambiguous(_)));
    insta::assert_snapshot!(error.to_string(), @"`mext-5` is there for FY2020 request, FY2021 request on the old side and for FY2022 request, FY2023 request on the new one");
    let same = both([2022, 2023]);
    compared(&new, &same, None, |diff: &Diff<'_>| assert!(diff.is_same()));
}

#[test]
fn thresholds_name_what_passes_them() {
    let old = chapter(
        2022,
        "breakdown: complete\nprograms:\n  - {id: a, title: 拠点形成, requested: 1000, prior: 480, enacted: 900}\n  - {id: b, title: 共同研究, requested: 200, prior: 200, enacted: 190}\n  - {id: c, title: 終わる事業, requested: 200, prior: 200}\n",
    );
    let new = chapter(
        2023,
        "breakdown: complete\nprograms:\n  - {id: a, title: 拠点の形成, requested: 1050, prior: 900}\n  - {id: b, title: 共同研究, requested: 150, prior: 200}\n  - {id: d, title: 新しい事業, requested: 10, prior: 新規}\n",
    );
    let hits = |limit: &str| {
        let limit = Threshold::parse(limit).unwrap();
        compared(&old, &new, None, |diff| limit.hits(diff).join("\n"))
    };
    assert_eq!(hits("increase>5%"), "");
    assert_eq!(hits("increase>4.9999%"), "increase>4.9999%: mext-5/a, +50 million yen (5.0%)");
    assert_eq!(hits("change>49百万円").lines().count(), 3);
    assert_eq!(hits("change>50百万円"), "change>50百万円: mext-5, −190 million yen (−13.6%)");
    assert_eq!(hits("decrease>25%"), "");
    assert_eq!(hits("decrease>0.2億円").lines().count(), 2);
    assert_eq!(hits("total-decrease>10%"), "total-decrease>10%: mext-5, −190 million yen (−13.6%)");
    assert_eq!(hits("new"), "new: mext-5/d");
    assert_eq!(hits("ended"), "ended: mext-5/c");
    assert_eq!(hits("words"), "words: mext-5/a, title");
    assert_eq!(hits("discontinuity"), "discontinuity: mext-5/b, +10 million yen");
    assert_eq!(hits("moved"), "");
    for text in ["", "growth>5%", "new>5%", "increase>", "increase>x", "total-new", "increase>-5%"] {
        assert!(Threshold::parse(text).is_err(), "{text}");
    }
    let error = Threshold::parse("growth>5%").unwrap_err().to_string();
    insta::assert_snapshot!(error);
}

#[test]
fn csv_and_json_have_exact_digits() {
    let old = chapter(
        2022,
        "breakdown: complete\nprograms:\n  - {id: a, title: \"引用\\\"符、と,コンマ\", requested: 1.5億円, prior: 480}\n  - {id: b, title: 共同研究, requested: 200, prior: 200}\n",
    );
    let new = chapter(
        2023,
        "crosswalk: [{kind: renamed, from: b, to: b2}]\nbreakdown: complete\nprograms:\n  - {id: a, title: \"引用\\\"符、と,コンマ\", requested: 151.25, prior: 事項要求}\n  - {id: b2, title: 共同研究, requested: 事項要求, prior: 200}\n",
    );
    compared(&old, &new, None, |diff| {
        insta::assert_snapshot!("csv", csv(diff).unwrap());
        insta::assert_snapshot!("json", json(diff));
    });
}

#[test]
fn amounts_in_two_currencies_are_refused() {
    let line = "breakdown: complete\nprograms:\n  - {id: a, title: A, requested: 5, prior: 4}\n";
    let old = chapter(2022, line);
    let text = format!(
        "gaisan: 1\nid: mext-5\ntitle: 章\nministry: 省\nfiscal_year: 2023\nstage: request\nunit: million USD\n{line}"
    );
    let new = reading(&[("2023.yaml".to_owned(), text)]);
    let error =
        try_compared(&old, &new, Some(&[ColumnPair::parse("requested").unwrap()]), |_| ()).unwrap_err();
    insta::assert_snapshot!(error.to_string(), @"the two sides cannot be compared: amounts in different currencies cannot be added");
}

/// What the leading bridge of a chapter holds: kind, amount in 百万円, lines.
fn items(diff: &Diff<'_>) -> Vec<String> {
    let bridge = &diff.chapters[0].top().unwrap().amounts[0].bridge;
    let items = bridge.items.iter();
    items
        .map(|item| format!("{} {} {}", item.kind.slug(), item.amount.to_base_units_string(), item.lines))
        .collect()
}

fn lines(amounts: &[&str]) -> String {
    let lines = amounts.iter().enumerate();
    let lines = lines.map(|(at, amount)| {
        format!("  - id: n{at}\n    title: 事業{at}\n    requested: {amount}\n    prior: 1\n")
    });
    format!("breakdown: complete\nprograms:\n{}", lines.collect::<String>())
}

#[test]
fn an_amount_and_the_same_one_rounded_are_the_same() {
    for (rounding, coarse, fine, is_same) in [
        ("", "1,148", "1,147.797", true),
        ("", "1,147", "1,147.797", true),
        ("", "1,148", "1,146.9", false),
        ("", "1,148", "1,149", false),
        ("", "1,148", "1,149.0", false),
        ("rounding: 四捨五入\n", "1,147", "1,147.797", false),
        ("rounding: 切捨て\n", "1,147", "1,147.797", true),
        ("rounding: 切捨て\n", "1,148", "1,147.797", false),
        ("", "831億円", "83,149", true),
        ("", "831億円", "83,250", false),
        ("", "△154", "△153.6", true),
        ("", "1,148", "1,147,797千円", true),
    ] {
        let year = |year, amount| chapter(year, &format!("{rounding}{}", lines(&[amount, "50"])));
        for (old, new) in [(coarse, fine), (fine, coarse)] {
            compared(&year(2022, old), &year(2023, new), None, |diff| {
                assert_eq!(diff.is_same(), is_same, "{rounding}{old} → {new}");
                let is_told = text(diff, None).is_empty();
                assert_eq!(is_told, is_same, "{rounding}{old} → {new}");
                let said = [stat(diff, None), csv(diff).unwrap(), json(diff)];
                let words = ["端数処理の範囲で同額", "same_within_rounding", "same_within_rounding"];
                for (said, word) in said.iter().zip(words) {
                    assert_eq!(said.contains(word), is_same, "{rounding}{old} → {new}: {said}");
                }
                assert!(!is_same || items(diff).iter().all(|item| item.starts_with("rounding")));
                for limit in ["change", "decrease", "increase"] {
                    let hits = Threshold::parse(limit).unwrap().hits(diff);
                    assert!(!is_same || hits.is_empty(), "{hits:?}");
                }
            });
        }
    }
}

#[test]
fn rounding_among_changes_is_told_apart_from_them() {
    let old = chapter(2022, &lines(&["1,148", "500", "70"]));
    let new = chapter(2023, &lines(&["1,147.797", "520", "70"]));
    insta::assert_snapshot!(shown(&old, &new));
    // What does not add up is no rounding.
    let old = chapter(2022, &format!("requested: 900\nprior: 1\n{}", lines(&["400", "500"])));
    let new = chapter(2023, &format!("requested: 1,000\nprior: 1\n{}", lines(&["400", "500"])));
    compared(&old, &new, None, |diff| assert!(!diff.is_same()));
}

#[test]
fn every_line_stands_in_one_item_and_has_one_word() {
    let old = chapter(2022, &lines(&["100", "50", "30", "0", "10", "7"]));
    let new = chapter(2023, &lines(&["99", "終了", "0", "20", "事項要求", "7"]));
    compared(&old, &new, None, |diff| {
        assert_eq!(
            items(diff),
            ["increased 20000000 1", "decreased -31000000 2", "ended -50000000 1", "open -10000000 1"]
        );
        for (lang, word) in [(Lang::Ja, "終了"), (Lang::En, "ended")] {
            let sheets = gaisan::sheet::changes(diff, Some(lang));
            let gaisan::sheet::Facts::Change(change) = &sheets[0].1.facts else { unreachable!() };
            let steps = &change.tables[0].steps;
            let named: Vec<&str> = steps.iter().flat_map(|step| step.detail.lines()).collect();
            let mut lines: Vec<&str> = named.iter().map(|name| name.split(' ').next().unwrap()).collect();
            lines.sort_unstable();
            lines.dedup();
            assert_eq!(lines.len(), named.len(), "{named:?}");
            let alt = &change.chart.as_ref().unwrap().alt;
            assert!(named.iter().all(|name| alt.contains(name)), "{alt}");
            let row = change.tables[0].rows.iter().find(|row| row.name == "事業1").unwrap();
            let mover = change.movers.iter().find(|mover| mover.title == "事業1").unwrap();
            assert_eq!((row.what.as_str(), row.figures[3].as_str(), mover.remark.as_str()), (word, "", word));
        }
    });
}

#[test]
fn the_changes_of_a_table_add_up_however_much_it_leaves_out() {
    let office = |at: usize, amounts: &[i64]| {
        let lines = amounts.iter().enumerate().map(|(line, amount)| {
            format!("      - {{id: n{at}-{line}, title: 給与, requested: {amount}, prior: 1}}\n")
        });
        let lines: String = lines.collect();
        format!("  - id: o{at}\n    title: 局{at}\n    breakdown: complete\n    children:\n{lines}")
    };
    let all = |year: u16| -> String {
        let offices = (0..12_i64).map(|at| {
            let amounts: Vec<i64> =
                (0..20).map(|line| 1_000 + (at * 31 + line * i64::from(year % 7)) % 97 * 11).collect();
            office(usize::try_from(at).unwrap(), &amounts)
        });
        format!("breakdown: complete\nprograms:\n{}", offices.collect::<String>())
    };
    let (a, b) = (all(2022), all(2023));
    let old = chapters(2022, &[("mext-5", &a), ("mext-6", &a)]);
    let new = chapters(2023, &[("mext-5", &b), ("mext-6", &a)]);
    compared(&old, &new, None, |diff| {
        let glance = gaisan::sheet::glance(diff, None, false);
        assert_eq!(glance.len(), 1, "both chapters at once");
        let table = &glance[0].tables[0];
        let number = |text: &str| -> i64 {
            let text = text.replace(',', "").replace('△', "-");
            if text.is_empty() { 0 } else { text.parse().unwrap() }
        };
        let (total, rows) = table.rows.split_last().unwrap();
        assert!(rows.len() < 20 && !table.cut.is_empty());
        // A line whose parts are shown is their sum and not counted again.
        let has_parts = |at: usize| rows.get(at + 1).is_some_and(|next| next.depth > rows[at].depth);
        let ends = rows.iter().enumerate().filter(|(at, _)| !has_parts(*at));
        let sum: i64 = ends.map(|(_, row)| number(&row.figures[2])).sum();
        assert_eq!(sum, number(&total.figures[2]));
        let text = text(diff, None);
        assert!(text.lines().count() <= 50, "{text}");
        insta::assert_snapshot!("a_large_comparison", text);
        let whole = gaisan::sheet::glance(diff, None, true);
        let lines: usize = whole.iter().skip(1).map(|change| change.tables[0].rows.len()).sum();
        assert_eq!(lines, 2 * (12 * 21 + 1));
    });
}

#[test]
fn no_cell_of_the_csv_is_a_formula() {
    let titles = ["=1+1", "＝HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\\t=1", " =1", "－2", "事業-1", "△5"];
    let lines = titles.iter().enumerate();
    let lines =
        lines.map(|(at, title)| format!("  - {{id: n{at}, title: \"{title}\", requested: 5, prior: 9}}\n"));
    let old = chapter(2022, &format!("breakdown: complete\nprograms:\n{}", lines.collect::<String>()));
    let new =
        chapter(2023, "breakdown: complete\nprograms:\n  - {id: z, title: 残る, requested: 3, prior: 5}\n");
    let csv = compared(&old, &new, None, |diff| csv(diff).unwrap());
    let cells: Vec<&str> = csv.lines().flat_map(|line| line.split(',')).collect();
    for (title, is_formula) in
        titles.iter().zip([true, true, true, true, true, true, true, true, false, false])
    {
        let guarded = format!("'{}", title.replace("\\t", "").trim());
        assert_eq!(cells.contains(&guarded.as_str()), is_formula, "{title}: {csv}");
    }
    assert!(cells.contains(&"-5000000") && !csv.contains("'-5"), "{csv}");
}

/// Agencies with lines of one title each, as appropriations have them.
fn agencies(year: u16, of: &[(&str, &str, &str)]) -> Reading {
    let agencies = of.iter().map(|(agency, id, amounts)| {
        format!(
            "  - id: {agency}\n    title: Agency {agency}\n    breakdown: complete\n    children:\n      - {{id: {agency}-kept, title: Salaries and expenses, requested: 77, prior: 77}}\n      - {{id: {id}, title: Salaries and expenses, {amounts}}}\n"
        )
    });
    chapter(year, &format!("breakdown: complete\nprograms:\n{}", agencies.collect::<String>()))
}

#[test]
fn a_title_that_many_lines_have_proposes_nothing_by_itself() {
    let proposals = |old: &Reading, new: &Reading| -> Vec<String> {
        compared(old, new, None, |diff| {
            let proposals = diff.chapters[0].proposals.iter();
            proposals
                .map(|it| format!("{} → {}", it.old.row.line.id.value, it.new.row.line.id.value))
                .collect()
        })
    };
    let old =
        agencies(2022, &[("a", "a1", "requested: 500, prior: 500"), ("b", "b1", "requested: 80, prior: 80")]);
    // One agency loses a line, another one has a new one: the title says nothing.
    let new = agencies(
        2023,
        &[("a", "a1", "requested: 510, prior: 500"), ("b", "b2", "requested: 900, prior: 870")],
    );
    assert!(proposals(&old, &new).is_empty());
    // Below the same agency, and of about the same amount, it does.
    let new =
        agencies(2023, &[("a", "a2", "requested: 510, prior: 490"), ("b", "b1", "requested: 80, prior: 80")]);
    assert_eq!(proposals(&old, &new), ["a1 → a2"]);
    // An amount of many digits says it anywhere.
    let old = agencies(
        2022,
        &[("a", "a1", "requested: 512.345, prior: 500"), ("b", "b1", "requested: 80, prior: 80")],
    );
    let new = agencies(
        2023,
        &[("a", "b1", "requested: 70, prior: 70"), ("b", "b3", "requested: 520, prior: 512.345")],
    );
    assert!(proposals(&old, &new).contains(&"a1 → b3".to_owned()));
    // A ship of another year is another ship.
    let ship = |year: u16, id: &str, title: &str| {
        chapter(
            year,
            &format!(
                "breakdown: complete\nprograms:\n  - {{id: {id}, title: {title}, requested: 70, prior: 60}}\n"
            ),
        )
    };
    let (old, new) = (ship(2022, "a", "平成26年度潜水艦建造費"), ship(2023, "b", "令和2年度潜水艦建造費"));
    assert!(proposals(&old, &new).is_empty());
    // What its file calls new was no other line, below the same line or not.
    let staff = |year: u16, id: &str, amounts: &str| {
        chapter(
            year,
            &format!("breakdown: complete\nprograms:\n  - {{id: {id}, title: 観測網の人件費, {amounts}}}\n"),
        )
    };
    let old = staff(2022, "a", "requested: 794, prior: 700");
    assert!(proposals(&old, &staff(2023, "b", "requested: 721, prior: 新規")).is_empty());
    assert_eq!(proposals(&old, &staff(2023, "b", "requested: 721, prior: 780")), ["a → b"]);
}

/// The lines of a comparison of two years that a third one lies between: ids, link, amounts in 百万円.
fn over(old: &Reading, between: &[&Reading], new: &Reading, look: impl FnOnce(&Diff<'_>, Vec<String>)) {
    let old: Vec<Rollup<'_>> = old.requests.iter().map(Rollup::of).collect();
    let others: Vec<Rollup<'_>> =
        between.iter().flat_map(|reading| &reading.requests).map(Rollup::of).collect();
    let new: Vec<Rollup<'_>> = new.requests.iter().map(Rollup::of).collect();
    let old: Vec<&Rollup<'_>> = old.iter().collect();
    let others: Vec<&Rollup<'_>> = others.iter().collect();
    let new: Vec<&Rollup<'_>> = new.iter().collect();
    let diff = diff_over(&old, &others, &new, None).unwrap();
    let ids = |members: &[gaisan::diff::Member<'_>]| {
        members.iter().map(|it| it.row.line.id.value.to_string()).collect::<Vec<_>>().join("+")
    };
    let lines = diff.chapters[0].lines.iter().skip(1).map(|line| {
        let amount = &line.amounts[0];
        let digits = |money: gaisan::model::Money| {
            money
                .amount()
                .map_or_else(String::new, |amount| amount.to_base_units_string().replace("000000", ""))
        };
        format!(
            "{} {} {} {}→{}",
            ids(&line.old),
            line.link.slug(),
            ids(&line.new),
            digits(amount.old),
            digits(amount.new)
        )
    });
    let lines = lines.collect();
    look(&diff, lines);
}

#[test]
fn two_years_apart_lines_are_followed_through_the_year_between() {
    let old = chapter(
        2022,
        "breakdown: complete\nprograms:\n  - {id: a, title: 甲, requested: 100, prior: 90}\n  - {id: b, title: 乙, requested: 50, prior: 40}\n  - {id: c, title: 丙, requested: 30, prior: 30}\n  - {id: d, title: 丁, requested: 7, prior: 7}\n  - {id: e, title: 戊, requested: 9, prior: 9}\n",
    );
    let between = chapter(
        2023,
        "breakdown: complete\ncrosswalk:\n  - {kind: renamed, from: a, to: a2}\n  - {kind: merged, from: [b, c], to: bc}\n  - {kind: split, from: e, to: [e1, e2]}\nprograms:\n  - {id: a2, title: 甲, requested: 110, prior: 100}\n  - {id: bc, title: 乙丙, requested: 85, prior: 80}\n  - {id: e1, title: 戊一, requested: 5, prior: 5}\n  - {id: e2, title: 戊二, requested: 4, prior: 4}\n",
    );
    let new = chapter(
        2024,
        "breakdown: complete\ncrosswalk: [{kind: renamed, from: a2, to: a3}, {kind: renamed, from: bc, to: m}]\nprograms:\n  - {id: a3, title: 甲, requested: 120, prior: 110}\n  - {id: m, title: 乙丙, requested: 90, prior: 85}\n  - {id: a, title: 別の事業, requested: 3, prior: 新規}\n  - {id: d, title: 丁, requested: 8, prior: 0}\n  - {id: e1, title: 戊一, requested: 6, prior: 5}\n",
    );
    let followed =
        ["a renamed a3 100→120", "b+c merged m 80→90", " new a →3", "d kept d 7→8", "e split e1 9→6"];
    over(&old, &[&between], &new, |diff, lines| {
        assert_eq!(lines, followed);
        assert!(
            diff.unread.is_empty() && diff.chapters[0].unused.is_empty(),
            "{:?}",
            diff.chapters[0].unused
        );
    });
    // The later year may be the old side.
    over(&new, &[&between], &old, |_, lines| {
        let back =
            ["a3 renamed a 120→100", "m split b+c 90→80", "e1 merged e 6→9", "d kept d 8→7", "a ended  3→"];
        let mut sorted = [lines, back.map(str::to_owned).to_vec()];
        sorted.iter_mut().for_each(|lines| lines.sort());
        assert_eq!(sorted[0], sorted[1]);
    });
    // Of another chapter's year nothing can be known; and where it is not read, it is said.
    let other = chapters(
        2023,
        &[("mext-6", "breakdown: complete\nprograms:\n  - {id: z, title: 己, requested: 1, prior: 1}\n")],
    );
    for between in [&[][..], &[&other]] {
        over(&old, between, &new, |diff, lines| {
            assert_eq!(lines[0], " new a3 →120", "{lines:?}");
            let years: Vec<u16> = diff.unread.iter().map(|year| year.western()).collect();
            assert_eq!(years, [2023]);
            assert!(json(diff).contains("\"unread_years\": [\n    2023\n  ]"));
            let sheets = gaisan::sheet::changes(diff, Some(Lang::Ja));
            let gaisan::sheet::Facts::Change(change) = &sheets[0].1.facts else { unreachable!() };
            assert_eq!(
                change.notes.iter().filter(|note| note.contains("令和5年度の資料は読んでおらず")).count(),
                1
            );
        });
    }
}
