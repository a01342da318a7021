//! What happened to a line has one name, wherever it is told.

use gaisan::compose::Templates;
use gaisan::diff::{Diff, ItemKind};
use gaisan::document;
use gaisan::model::Lang;
use gaisan::sheet;

use super::lineage::{chapter, checked, pair, side};
use super::{compared, text};

/// The change sheet as Markdown is shown.
fn shown(diff: &Diff<'_>, lang: Lang) -> String {
    let (_, sheet) = sheet::changes(diff, Some(lang)).remove(0);
    let markdown = Templates::new(&[]).unwrap().markdown(&sheet).unwrap();
    format!("{:?}", document::read(&markdown, lang))
}

#[test]
fn a_line_that_became_another_and_ended_is_over_in_tables_movers_and_bridges() {
    let was = [("a", "requested: 50, prior: 40"), ("b", "requested: 60, prior: 40")];
    for (entry, said) in [
        ("{kind: merged, from: [a, b], to: m}", "merged, ended"),
        ("{kind: renamed, from: b, to: m}", "renamed, ended"),
    ] {
        let (old, new) =
            pair(&was, &format!("crosswalk: [{entry}]\n"), &[("m", "requested: 終了, prior: 60")]);
        compared(&old, &new, None, |diff| {
            let chapter = &diff.chapters[0];
            let movers = chapter.movers(0);
            assert!(movers.iter().all(|mover| mover.kind == ItemKind::Ended), "{movers:?}");
            let table = text(diff, Some(Lang::En));
            assert!(table.contains(said), "{table}");
            for mover in movers.iter().skip(1) {
                assert!(mover.change.is_negative() && table.matches("ended").count() > 3, "{table}");
            }
        });
    }
}

#[test]
fn what_only_came_from_another_line_is_no_mover() {
    let parts = |said: &str, child: &str| {
        format!(
            "{said}, breakdown: complete, children: [{{id: {child}, title: 部分, requested: 10, prior: 10}}]"
        )
    };
    let (old, new) = (
        [
            ("f", "requested: 終了, prior: 5"),
            ("k", "requested: 10, prior: 10"),
            ("x", "requested: 3, prior: 3"),
        ],
        [("f", parts("requested: 10, prior: 新規", "k")), ("x", "requested: 4, prior: 3".to_owned())],
    );
    let new: Vec<(&str, &str)> = new.iter().map(|(id, said)| (*id, said.as_str())).collect();
    let (old, new) = pair(&old, "", &new);
    compared(&old, &new, None, |diff| {
        let chapter = &diff.chapters[0];
        let ids = chapter
            .movers(0)
            .into_iter()
            .map(|mover| chapter.lines[mover.line].new[0].row.line.id.value.to_string());
        assert_eq!(ids.collect::<Vec<_>>(), ["x"]);
    });
}

#[test]
fn a_prior_amount_is_held_against_the_figure_of_last_years_stage() {
    let settled = chapter("c", 2022, "", &[("b", "requested: 70, prior: 70")]);
    let old = side(&[settled.replace("stage: request", "stage: settled")]);
    let new = side(&[chapter("c", 2023, "", &[("b", "requested: 77, prior: 新規")])]);
    compared(&old, &new, None, |diff| {
        let table = text(diff, Some(Lang::En));
        assert!(table.contains("last year's file says was settled"), "{table}");
        assert!(text(diff, Some(Lang::Ja)).contains("前年のファイルにある決算額70百万円"));
    });
}

#[test]
fn the_marks_of_a_template_mark_indented_rows_and_remarks_behind_words() {
    let merged = "crosswalk: [{kind: merged, from: [a, b], to: m}]\n";
    let long = (1..9).map(|at| format!("段落{at}の文章です。")).collect::<Vec<_>>().join("\\n\\n");
    let with = format!("requested: 110, prior: 100, summary: \"{long}\"");
    let (old, new) = pair(
        &[
            ("a", "requested: 50, prior: 40"),
            ("b", "requested: 60, prior: 40"),
            ("x", "requested: 1, prior: 1"),
        ],
        merged,
        &[("m", "requested: 100, prior: 110"), ("x", &with)],
    );
    compared(&old, &new, None, |diff| {
        for lang in [Lang::Ja, Lang::En] {
            let shown = shown(diff, lang);
            assert!(!shown.contains('*'), "{shown}");
            let emphasis = shown.matches("Emphasis([Text").count();
            assert!(emphasis >= 3, "{emphasis}: {shown}");
        }
    });
}

#[test]
fn known_parts_are_no_more_than_their_total_beside_one_that_is_not_known() {
    for (gap, first) in [("未定", "120"), ("記載なし", "120"), ("未定", "80")] {
        let parts = format!(
            "requested: 90, prior: 80, breakdown: complete, children: [{{id: p, title: 甲, requested: {gap}, prior: 60}}, {{id: q, title: 乙, requested: {first}, prior: 20}}]"
        );
        let found = checked(&[&side(&[chapter("c", 2023, "", &[("e", &parts)])])]);
        let exceeds = found.iter().any(|finding| finding.starts_with("E0202"));
        assert_eq!(exceeds, first == "120", "{gap}: {found:#?}");
    }
}
