//! Lines and chapters that were elsewhere, over a year or under another id; totals of figures that are known to other digits.

use gaisan::diff::{ColumnPair, Diff, Threshold, diff_over, json};
use gaisan::model::Lang;
use gaisan::read::Reading;
use gaisan::rollup::{Column, Rollup};
use serde_json::Value;

use super::lineage::{chapter, checked, line, pair, side};
use super::{compared, text};

/// Compares the chapters of two years of a run, with those between them.
fn over<T>(run: &Reading, years: (u16, u16), look: impl FnOnce(&Diff<'_>) -> T) -> T {
    let rollups: Vec<Rollup<'_>> = run.requests.iter().map(Rollup::of).collect();
    let of = |year: u16| -> Vec<&Rollup<'_>> {
        rollups.iter().filter(|it| it.request.fiscal_year.value.western() == year).collect()
    };
    let others: Vec<&Rollup<'_>> = rollups
        .iter()
        .filter(|it| (years.0 + 1..years.1).contains(&it.request.fiscal_year.value.western()))
        .collect();
    look(&diff_over(&of(years.0), &others, &of(years.1), None).unwrap())
}

/// Two chapters over two years, and what became of them in the third.
fn became_one(entries: &str) -> Reading {
    let renamed = "crosswalk: [{kind: renamed, from: a, to: r}]\n";
    side(&[
        chapter("c", 2024, "", &[("a", "requested: 100, prior: 90")]),
        chapter("k", 2024, "", &[("z", "requested: 10, prior: 10")]),
        chapter("c", 2025, renamed, &[("r", "requested: 110, prior: 100")]),
        chapter("k", 2025, "", &[("z", "requested: 12, prior: 10")]),
        chapter(
            "sea",
            2026,
            &format!(
                "crosswalk: [{entries}{{kind: moved, from: r, to: r, chapter: c}}, {{kind: moved, from: z, to: z, chapter: k}}]\n"
            ),
            &[("r", "requested: 120, prior: 110"), ("z", "requested: 14, prior: 12")],
        ),
    ])
}

fn passed(diff: &Diff<'_>, threshold: &str) -> usize {
    Threshold::parse(threshold).unwrap().hits(diff).len()
}

#[test]
fn lines_of_chapters_that_became_one_are_followed_over_the_year_between() {
    for entries in ["{kind: moved, from: c, to: sea, chapter: c}, ", ""] {
        over(&became_one(entries), (2024, 2026), |diff| {
            let moved = line(diff, "r");
            assert_eq!(
                (&moved["change"], &moved["percent"]),
                (&"20000000".into(), &"20.0000".into()),
                "{moved}"
            );
            assert!(diff.chapters.iter().all(|it| it.unused.is_empty() && it.proposals.is_empty()));
            assert!(diff.unread.is_empty());
        });
    }
}

#[test]
fn a_chapter_on_one_side_whose_lines_were_elsewhere_is_neither_new_nor_over() {
    over(&became_one(""), (2025, 2026), |diff| {
        let report: Value = serde_json::from_str(&json(diff)).unwrap();
        let times = serde_json::json!({
            "old": {"fiscal_year": 2025, "stage": "request"},
            "new": {"fiscal_year": 2026, "stage": "request"}
        });
        let links: Vec<&Value> =
            report["chapters"].as_array().unwrap().iter().map(|it| &it["lines"][0]["link"]).collect();
        assert_eq!(links, ["moved_in", "moved_out", "moved_out"]);
        for told in report["chapters"].as_array().unwrap().iter().chain(report["totals"].as_array().unwrap())
        {
            assert_eq!(told["times"], times);
        }
        assert_eq!(report["totals"].as_array().unwrap().len(), 1);
        assert_eq!(report["totals"][0]["amounts"][0]["change"], "12000000");
        let told = text(diff, Some(Lang::En));
        for word in ["ended", "new ", "taken out", "added", "old, FY"] {
            assert!(!told.contains(word), "{word}: {told}");
        }
        assert_eq!((passed(diff, "new"), passed(diff, "ended")), (0, 0));
    });
}

#[test]
fn a_new_heading_over_a_line_that_was_there_is_not_new() {
    let heading = "requested: 175, prior: 150, breakdown: complete, children: [{id: p1, title: 一, requested: 5, prior: 新規}, {id: a, title: 事業a, requested: 170, prior: 150}]";
    let (old, new) = pair(&[("a", "requested: 160, prior: 150")], "", &[("p", heading)]);
    compared(&old, &new, None, |diff| {
        let told = text(diff, Some(Lang::En));
        assert!(told.lines().any(|it| it.starts_with("事業p") && it.ends_with("moved in")), "{told}");
        assert_eq!(passed(diff, "new"), 1, "{told}");
    });
}

#[test]
fn chapters_that_exchange_lines_of_one_id_have_two_lines() {
    let of = |year, id: &str, more: &str, said: &str| {
        chapter(id, year, more, &[("a", said), ("x", "requested: 1, prior: 1")])
    };
    let from = |chapter: &str| format!("crosswalk: [{{kind: moved, from: a, to: a, chapter: {chapter}}}]\n");
    let old = side(&[
        of(2025, "c", "", "requested: 100, prior: 90"),
        of(2025, "k", "", "requested: 50, prior: 40").replace("id: x", "id: y"),
    ]);
    let new = side(&[
        of(2026, "c", &from("k"), "requested: 55, prior: 50"),
        of(2026, "k", &from("c"), "requested: 110, prior: 100").replace("id: x", "id: y"),
    ]);
    compared(&old, &new, None, |diff| {
        let report: Value = serde_json::from_str(&json(diff)).unwrap();
        let lines = report["chapters"].as_array().unwrap().iter().map(|it| &it["lines"][1]);
        let changes: Vec<(&Value, &Value)> =
            lines.map(|it| (&it["old"][0]["chapter"], &it["amounts"][0]["change"])).collect();
        assert_eq!(changes, [(&"k".into(), &"5000000".into()), (&"c".into(), &"10000000".into())]);
    });
}

#[test]
fn a_line_that_went_has_no_share_in_what_has_its_id_now() {
    let old = side(&[
        chapter("c", 2025, "", &[("a", "requested: 100, prior: 90"), ("b", "requested: 20, prior: 19")]),
        chapter("k", 2025, "", &[("y", "requested: 1, prior: 1")]),
    ]);
    // Its id is that of a line with another name, or of one that is new.
    let renamed = "crosswalk: [{kind: renamed, from: b, to: a}]\n";
    let moved = "crosswalk: [{kind: moved, from: a, to: a, chapter: c}]\n";
    for (entry, lines, change) in [
        (renamed, vec![("a", "requested: 22, prior: 20")], "2000000"),
        ("", vec![("a", "requested: 7, prior: 新規"), ("b", "requested: 20, prior: 20")], "7000000"),
    ] {
        let new = side(&[
            chapter("c", 2026, entry, &lines),
            chapter(
                "k",
                2026,
                moved,
                &[("a", "requested: 110, prior: 100"), ("y", "requested: 1, prior: 1")],
            ),
        ]);
        compared(&old, &new, None, |diff| {
            let report: Value = serde_json::from_str(&json(diff)).unwrap();
            let lines = report["chapters"].as_array().unwrap().iter().map(|it| &it["lines"][1]);
            let changes: Vec<&Value> = lines.map(|it| &it["amounts"][0]["change"]).collect();
            assert_eq!(changes, [&Value::from(change), &Value::from("10000000")], "{report:#}");
        });
    }
}

#[test]
fn a_heading_over_lines_that_were_there_may_say_their_prior_amount() {
    let before =
        [("a", "requested: 100, prior: 90, enacted: 96"), ("b", "requested: 9, prior: 9, enacted: 9")];
    let heading = |prior: &str| {
        format!(
            "requested: 117, prior: {prior}, breakdown: complete, children: [{{id: a, title: 事業a, requested: 105, prior: 96}}, {{id: b, \
             title: 事業b, requested: 12, prior: 9}}]"
        )
    };
    let held = |said: &str| {
        let (old, new) = pair(&before, "", &[("h", said)]);
        let found = checked(&[&old, &new]).iter().filter(|it| it.starts_with("E0407")).count();
        (found, compared(&old, &new, None, |diff| diff.chapters[0].continuity.breaks.len()))
    };
    assert_eq!(held(&heading("105")), (0, 0));
    // Where nothing below it was there either, nothing led to it.
    let (found, _) = held(&heading("105").replace("id: a,", "id: x,").replace("id: b,", "id: z,"));
    assert_eq!(found, 0, "the lines of last year are unaccounted for, of which another rule tells");
}

#[test]
fn a_heading_whose_lines_went_elsewhere_is_not_gone() {
    let with = |said: &str, part: &str| format!("{said}, breakdown: complete, children: [{part}]");
    let part = "{id: n, title: 事業n, requested: 13, prior: 12}";
    let lone = "{id: m, title: 事業m, requested: 13, prior: 12}";
    let said = |part: &str| {
        let old = with("requested: 13, prior: 12", part);
        let new = with(
            "requested: 115, prior: 100",
            "{id: a, title: 事業a, requested: 110, prior: 100}, {id: n, title: 事業n, requested: 5, prior: 13}",
        );
        let (old, new) = pair(&[("p", "requested: 103, prior: 90"), ("q", &old)], "", &[("p", &new)]);
        checked(&[&old, &new]).iter().filter(|it| it.starts_with("W0411")).count()
    };
    assert_eq!((said(part), said(lone)), (0, 1));
}

#[test]
fn what_is_not_listed_of_an_enacted_sum_is_no_rounding() {
    let parts = |a: &str, b: &str| {
        format!("breakdown: complete, children: [{{id: a, title: 事業a, {a}}}, {{id: b, title: 事業b, {b}}}]")
    };
    let old = parts("requested: 100, prior: 90, enacted: 記載なし", "requested: 10, prior: 9, enacted: 9");
    let new = parts("requested: 101, prior: 100", "requested: 10, prior: 9");
    let old = format!("requested: 110, prior: 99, enacted: 109, {old}");
    let new = format!("requested: 111, prior: 109, {new}");
    let (old, new) = pair(&[("p", &old)], "", &[("p", &new)]);
    let columns = ColumnPair { old: Column::Enacted, new: Column::Requested };
    compared(&old, &new, Some(&[columns]), |diff| {
        let report: Value = serde_json::from_str(&json(diff)).unwrap();
        let items = report["chapters"][0]["lines"][1]["amounts"][0]["bridge"].clone();
        assert!(!items.to_string().contains("rounding"), "{items:#}");
    });
}

#[test]
fn a_line_that_had_ended_and_is_left_out_is_unchanged() {
    let (old, new) = pair(
        &[("a", "requested: 100, prior: 90"), ("t", "requested: 終了, prior: 60")],
        "",
        &[("a", "requested: 100, prior: 100")],
    );
    compared(&old, &new, None, |diff| {
        assert!(diff.is_same());
        assert_eq!(passed(diff, "ended"), 0);
    });
}

#[test]
fn a_total_over_a_coarser_figure_is_the_same_within_rounding() {
    let rounded = "rounding: half_up\n";
    let of = |year, id: &str, a: &str, b: &str| {
        chapter(
            id,
            year,
            rounded,
            &[("a", &format!("requested: {a}, prior: 1")), ("b", &format!("requested: {b}, prior: 1"))],
        )
    };
    let old = side(&[of(2025, "c", "20億円", "5"), of(2025, "d", "7", "5")]);
    let new = side(&[of(2026, "c", "\"1,951\"", "6"), of(2026, "d", "8", "6")]);
    compared(&old, &new, None, |diff| {
        let report: Value = serde_json::from_str(&json(diff)).unwrap();
        let top = |at: usize| report["chapters"][at]["lines"][0]["amounts"][0]["outcome"].clone();
        assert_eq!((top(0), top(1)), ("same_within_rounding".into(), "changed".into()));
        assert_eq!(report["totals"][0]["amounts"][0]["outcome"], "same_within_rounding");
        assert_eq!(passed(diff, "total-decrease>2%"), 0);
    });
    // What changed beside a coarse figure is a change.
    let old = side(&[of(2025, "c", "20億円", "400")]);
    let new = side(&[of(2026, "c", "\"2,001\"", "50")]);
    compared(&old, &new, None, |diff| {
        let report: Value = serde_json::from_str(&json(diff)).unwrap();
        assert_eq!(report["chapters"][0]["lines"][0]["amounts"][0]["outcome"], "changed");
        assert_eq!(passed(diff, "total-decrease>5%"), 1);
    });
}

#[test]
fn a_sum_of_what_was_enacted_for_some_parts_alone_is_not_known() {
    let (old, new) = pair(
        &[("a", "requested: 100, prior: 90"), ("b", "requested: 10, prior: 9, enacted: 9")],
        "",
        &[("a", "requested: 101, prior: 95"), ("b", "requested: 10, prior: 9")],
    );
    compared(&old, &new, None, |diff| {
        let report: Value = serde_json::from_str(&json(diff)).unwrap();
        let total = &report["chapters"][0]["lines"][0]["amounts"][1];
        assert_eq!(
            (&total["old"]["state"], &total["change"], &total["percent"]),
            (&"not_stated".into(), &Value::Null, &Value::Null)
        );
    });
}

#[test]
fn lines_that_move_between_parents_break_no_prior_amount() {
    let parent = |said: &str, parts: &str| format!("{said}, breakdown: complete, children: [{parts}]");
    let line = |id: &str, said: &str| format!("{{id: {id}, title: 事業{id}, {said}}}");
    let [a, b, e] = [
        ("a", "requested: 100, prior: 90, enacted: 96"),
        ("b", "requested: 10, prior: 9, enacted: 9"),
        ("e", "requested: 7, prior: 7, enacted: 7"),
    ]
    .map(|(id, said)| line(id, said));
    let old = [
        ("p", parent("requested: 110, prior: 99, enacted: 105", &format!("{a}, {b}"))),
        ("q", parent("requested: 7, prior: 7, enacted: 7", &e)),
    ];
    let now = |priors: [&str; 2]| {
        let [a, b, e] = [
            ("a", "requested: 101, prior: 96"),
            ("b", "requested: 12, prior: 9"),
            ("e", "requested: 8, prior: 7"),
        ]
        .map(|(id, said)| line(id, said));
        [
            ("p", parent(&format!("requested: 101, prior: {}", priors[0]), &a)),
            ("q", parent(&format!("requested: 20, prior: {}", priors[1]), &format!("{e}, {b}"))),
        ]
    };
    let held = |priors: [&str; 2]| {
        let new = now(priors);
        let before: Vec<(&str, &str)> = old.iter().map(|(id, said)| (*id, said.as_str())).collect();
        let after: Vec<(&str, &str)> = new.iter().map(|(id, said)| (*id, said.as_str())).collect();
        let (old, new) = pair(&before, "", &after);
        let found = checked(&[&old, &new]).iter().filter(|it| it.starts_with("E0407")).count();
        let breaks = compared(&old, &new, None, |diff| diff.chapters[0].continuity.breaks.len());
        (found, breaks)
    };
    assert_eq!(held(["96", "16"]), (0, 0));
    // Any other amount is none of the two.
    assert_eq!(held(["100", "16"]), (1, 1));
}

#[test]
fn a_part_that_nothing_led_to_has_no_prior_amount_whether_its_total_is_stated_or_not() {
    for total in ["", "requested: 160\nprior: 109\n"] {
        let old = side(&[chapter("c", 2022, "", &[("a", "requested: 100, prior: 90, enacted: 99")])]);
        let programs = [("a", "requested: 130, prior: 99"), ("n", "requested: 30, prior: 10")];
        let new = side(&[chapter("c", 2023, total, &programs)]);
        let found = checked(&[&old, &new]);
        assert_eq!(found.iter().filter(|it| it.starts_with("E0407")).count(), 1, "{found:#?}");
        compared(&old, &new, None, |diff| {
            let report: Value = serde_json::from_str(&json(diff)).unwrap();
            let breaks = &report["chapters"][0]["continuity"]["breaks"];
            assert_eq!(
                (breaks.as_array().unwrap().len(), &breaks[0]["difference"], &breaks[0]["stage"]),
                (1, &"10000000".into(), &"enacted".into())
            );
        });
    }
}
