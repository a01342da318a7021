//! Which lines of two years are, and may be, the same.

use gaisan::diff::{Diff, Link, diff_over, json};
use gaisan::model::Lang;
use gaisan::read::Reading;
use gaisan::rollup::Rollup;

use super::{chapter, chapters, compared, shown};

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
