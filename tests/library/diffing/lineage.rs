//! Lines that lineage holds together, with amounts in every state: what `check`, tables, bridges, movers and exports say of them is one.

use gaisan::diff::{Diff, csv, diff_over, json};
use gaisan::model::Lang;
use gaisan::read::Reading;
use gaisan::rollup::Rollup;
use serde_json::Value;

use super::{compared, reading, text};

/// A chapter's text: its programs by id, each with what it states, and what stands before them.
pub(super) fn chapter(id: &str, year: u16, more: &str, programs: &[(&str, &str)]) -> String {
    let programs: Vec<String> =
        programs.iter().map(|(id, said)| format!("  - {{id: {id}, title: 事業{id}, {said}}}\n")).collect();
    format!(
        "gaisan: 1\nid: {id}\ntitle: 章{id}\nministry: 省\nfiscal_year: {year}\nstage: request\nunit: 百万円\nbreakdown: complete\n{more}programs:\n{}",
        programs.concat()
    )
}

pub(super) fn side(texts: &[String]) -> Reading {
    let named = texts.iter().enumerate().map(|(at, text)| (format!("{at}.yaml"), text.clone()));
    reading(&named.collect::<Vec<_>>())
}

/// Two years of one chapter.
pub(super) fn pair(old: &[(&str, &str)], crosswalk: &str, new: &[(&str, &str)]) -> (Reading, Reading) {
    (side(&[chapter("c", 2022, "", old)]), side(&[chapter("c", 2023, crosswalk, new)]))
}

/// What the rules find in all files of both sides: codes and messages.
pub(super) fn checked(sides: &[&Reading]) -> Vec<String> {
    let rollups: Vec<Rollup<'_>> = sides.iter().flat_map(|side| &side.requests).map(Rollup::of).collect();
    gaisan::check::check(&rollups).iter().map(|it| format!("{}: {}", it.code, it.message)).collect()
}

/// What became of a line in the first pair of columns, as JSON has it.
pub(super) fn line(diff: &Diff<'_>, id: &str) -> Value {
    let report: Value = serde_json::from_str(&json(diff)).unwrap();
    let mut lines =
        report["chapters"].as_array().unwrap().iter().flat_map(|it| it["lines"].as_array().unwrap());
    let is_meant = |line: &&Value| line["new"].as_array().unwrap().iter().any(|member| member["id"] == id);
    lines.find(is_meant).unwrap()["amounts"][0].clone()
}

/// A bridge's steps: `listed 20`, in 百万円.
fn steps(amount: &Value) -> Vec<String> {
    let items = amount["bridge"]["items"].as_array().unwrap().iter();
    let digits = |item: &Value| item["amount"].as_str().unwrap().replace("000000", "");
    items.map(|item| format!("{} {}", item["kind"].as_str().unwrap(), digits(item))).collect()
}

const PLAIN: (&str, &str) = ("x", "requested: 10, prior: 10");

#[test]
fn a_group_with_a_line_that_is_not_stated_has_no_known_total() {
    let merged = "crosswalk: [{kind: merged, from: [a, b], to: m}]\n";
    let split = "crosswalk: [{kind: split, from: m, to: [m, b]}]\n";
    let cases = [
        pair(
            &[("a", "requested: 10, prior: 10"), ("b", "requested: 記載なし, prior: 記載なし"), PLAIN],
            merged,
            &[("m", "requested: 30, prior: 25"), PLAIN],
        ),
        pair(
            &[("a", "requested: 10, prior: 10"), ("b", "prior: 5"), PLAIN],
            merged,
            &[("m", "requested: 30, prior: 25"), PLAIN],
        ),
        pair(
            &[("m", "requested: 100, prior: 90"), PLAIN],
            split,
            &[("m", "requested: 70, prior: 60"), ("b", "requested: 未定, prior: 30"), PLAIN],
        ),
    ];
    let said = [["listed 20", "not_stated"], ["listed 20", "not_stated"], ["unlisted -30", "undecided"]];
    for ((old, new), [step, state]) in cases.iter().zip(said) {
        compared(old, new, None, |diff| {
            for id in ["m", "c"] {
                let amount = line(diff, id);
                let states = [&amount["old"]["state"], &amount["new"]["state"]];
                assert!(states.contains(&&Value::from(state)), "{amount:#}");
                assert!(amount.get("change").is_none() && amount.get("percent").is_none(), "{amount:#}");
                assert_eq!(amount["outcome"], "incomparable");
                assert_eq!(steps(&amount), [step]);
                assert_eq!(amount["bridge"]["open"].as_array().unwrap().len(), 1);
            }
            assert!(diff.chapters[0].movers(0).is_empty());
            let table = text(diff, Some(Lang::En));
            assert!(!table.contains('%') && table.contains("(what is stated)"), "{table}");
            assert!(table.contains("the total and its change are not known"), "{table}");
            let csv = csv(diff).unwrap();
            let row = csv.lines().find(|row| row.contains(",a b,m,") || row.contains(",m,m b,")).unwrap();
            assert!(row.ends_with(",,,JPY,,incomparable"), "{row}");
        });
    }
}

#[test]
fn enacted_amounts_of_which_one_is_not_given_make_no_known_total() {
    let (old, new) = pair(
        &[("a", "requested: 100, prior: 90, enacted: 95"), ("b", "requested: 60, prior: 50"), PLAIN],
        "crosswalk: [{kind: merged, from: [a, b], to: m}]\n",
        &[("m", "requested: 155, prior: 150"), PLAIN],
    );
    compared(&old, &new, None, |diff| {
        let amount = &diff.chapters[0].lines[1].amounts[1];
        assert_eq!((amount.old, amount.change()), (gaisan::model::Money::Unknown, None));
        let table = text(diff, Some(Lang::En));
        assert!(!table.contains("63.2"), "{table}");
    });
}

#[test]
fn what_is_not_stated_hides_a_total_beside_what_is_open_too() {
    let a = ("a", "requested: 事項要求, prior: 新規");
    let n = ("n", "requested: 記載なし, prior: 記載なし");
    let (old, new) = pair(
        &[a, n, ("p", "requested: 50, prior: 40")],
        "",
        &[
            ("a", "requested: 12, prior: 5"),
            ("n", "requested: 100, prior: 80"),
            ("p", "requested: 50, prior: 50"),
        ],
    );
    compared(&old, &new, None, |diff| {
        let table = text(diff, None);
        assert!(!table.contains("50＋事項要求") && !table.contains('%'), "{table}");
        assert_eq!(steps(&line(diff, "c")), ["open 12", "listed 100"]);
        assert_eq!(line(diff, "c")["old"]["state"], "not_stated");
    });
    let merged = "crosswalk: [{kind: merged, from: [a, n, p], to: m}]\n";
    for known in ["requested: 50, prior: 40", "requested: 事項要求, prior: 40"] {
        let (old, new) = pair(&[a, n, ("p", known)], merged, &[("m", "requested: 200, prior: 120")]);
        compared(&old, &new, None, |diff| {
            for id in ["m", "c"] {
                assert_eq!(line(diff, id)["old"]["state"], "not_stated", "{known}");
            }
            let whole = &diff.chapters_together()[0].change.lines[0].amounts[0];
            assert_eq!(whole.old, gaisan::model::Money::Unknown, "{known}");
        });
    }
    // A stated total above such parts is open, too, wherever they lie.
    let nested = "breakdown: complete, children: [{id: q, title: 甲, requested: 事項要求, prior: 新規}, {id: r, title: 乙, requested: 記載なし, prior: 記載なし}]";
    let stated = side(&[chapter("c", 2022, "requested: 90\nprior: 70\n", &[("p", nested), PLAIN])]);
    let found = checked(&[&stated]);
    assert!(found.iter().any(|finding| finding.starts_with("W0212")), "{found:#?}");
}

#[test]
fn a_total_is_known_whatever_group_its_lines_are_in() {
    let old = side(&[
        chapter("c1", 2022, "", &[("z", "requested: 30, prior: 20, enacted: 29")]),
        chapter("c2", 2022, "", &[("b", "requested: 50, prior: 40")]),
    ]);
    let moved = "crosswalk: [{kind: moved, from: z, to: b, chapter: c1}]\n";
    let new = side(&[
        chapter("c1", 2023, "", &[("z", "requested: 20, prior: 19")]),
        chapter("c2", 2023, moved, &[("b", "requested: 65, prior: 60")]),
    ]);
    compared(&old, &new, None, |diff| {
        let total =
            |at: usize| diff.chapters[at].lines[0].amounts[1].old.addable().map(|it| it.coefficient());
        assert_eq!((total(0), total(1)), (Some(29), None));
    });
}

#[test]
fn zero_is_a_fact_and_nothing_that_was_rounded() {
    let coarse = "rounding: truncate\n";
    let old = side(&[chapter("c", 2022, coarse, &[("x", "requested: 0, prior: 0, enacted: 0")])]);
    let new = side(&[chapter("c", 2023, "", &[("x", "requested: 0.9, prior: 0.9")])]);
    compared(&old, &new, None, |diff| {
        assert_eq!(line(diff, "x")["outcome"], "from_nothing");
        assert!(!diff.is_same());
    });
    let found = checked(&[&old, &new]);
    assert!(found.iter().any(|finding| finding.starts_with("E0407")), "{found:#?}");
}

#[test]
fn what_goes_to_another_chapter_is_moved_out_here_and_in_there() {
    let old = side(&[
        chapter("c1", 2022, "", &[("a", "requested: 100, prior: 90"), PLAIN]),
        chapter("c2", 2022, "", &[("y", "requested: 20, prior: 20")]),
    ]);
    let moved = "crosswalk: [{kind: moved, from: a, to: b, chapter: c1}]\n";
    let new = side(&[
        chapter("c1", 2023, "", &[("a", "requested: 70, prior: 65"), PLAIN]),
        chapter("c2", 2023, moved, &[("y", "requested: 20, prior: 20"), ("b", "requested: 50, prior: 35")]),
    ]);
    compared(&old, &new, None, |diff| {
        assert_eq!(steps(&line(diff, "c1")), ["increased 20", "moved_out -50"]);
        assert_eq!(steps(&line(diff, "c2")), ["moved_in 50"]);
    });
}

#[test]
fn a_line_that_is_counted_elsewhere_is_not_added_to_its_group() {
    let (old, new) = pair(
        &[
            ("a", "requested: 95, prior: 95, enacted: 95"),
            ("b", "requested: 45, prior: 45, enacted: 45, notes: [{kind: recount, of: a}]"),
        ],
        "crosswalk: [{kind: merged, from: [a, b], to: m}]\n",
        &[("m", "requested: 145, prior: 95")],
    );
    let found = checked(&[&old, &new]);
    assert!(!found.iter().any(|finding| finding.starts_with("E0407")), "{found:#?}");
    compared(&old, &new, None, |diff| {
        assert_eq!(steps(&line(diff, "m")), ["increased 50"]);
        assert_eq!(steps(&line(diff, "c")), ["increased 50"]);
        assert_eq!(line(diff, "m")["old"]["amount"], "95000000");
        let table = text(diff, Some(Lang::En));
        assert!(table.contains("not counted"), "{table}");
    });
}

/// The breaks of a comparison, and whether its text calls anything one.
fn breaks(old: &Reading, others: &[&Reading], new: &Reading) -> (usize, bool) {
    let rolled = |sides: &[&'_ Reading]| -> usize { sides.iter().map(|side| side.requests.len()).sum() };
    assert!(rolled(&[old, new]) > 1);
    let old: Vec<Rollup<'_>> = old.requests.iter().map(Rollup::of).collect();
    let new: Vec<Rollup<'_>> = new.requests.iter().map(Rollup::of).collect();
    let others: Vec<Rollup<'_>> = others.iter().flat_map(|it| &it.requests).map(Rollup::of).collect();
    let [old, others, new] = [&old, &others, &new].map(|side| side.iter().collect::<Vec<_>>());
    let diff = diff_over(&old, &others, &new, None).unwrap();
    let found = diff.chapters.iter().map(|chapter| chapter.continuity.breaks.len()).sum();
    (found, text(&diff, Some(Lang::En)).contains("is not the"))
}

#[test]
fn a_comparison_calls_only_that_a_break_which_a_check_does() {
    let old = [("a", "requested: 500, prior: 480, enacted: 480")];
    let is_error = |sides: &[&Reading]| checked(sides).iter().any(|it| it.starts_with("E0407"));
    for basis in ["revised", "restated"] {
        let said = format!("requested: 450, prior: {{amount: 420, basis: {basis}}}");
        let (old, new) = pair(&old, "", &[("a", &said)]);
        assert_eq!((is_error(&[&old, &new]), breaks(&old, &[], &new)), (false, (0, false)));
    }
    // A chapter of another id is another chapter.
    let new = [("a", "requested: 450, prior: 420")];
    let (old_side, new_side) = (side(&[chapter("c", 2022, "", &old)]), side(&[chapter("d", 2023, "", &new)]));
    assert_eq!((is_error(&[&old_side, &new_side]), breaks(&old_side, &[], &new_side)), (false, (0, false)));
    // What was enacted may stand in a file that is not compared.
    let asked = side(&[chapter("c", 2022, "", &[("a", "requested: 500, prior: 480")])]);
    let enacted = chapter("c", 2022, "", &[("a", "requested: 490, prior: 480")]);
    let enacted = side(&[enacted.replace("stage: request", "stage: enacted")]);
    let new = side(&[chapter("c", 2023, "", &new)]);
    assert_eq!((is_error(&[&asked, &enacted, &new]), breaks(&asked, &[&enacted], &new)), (true, (1, true)));
}

#[test]
fn an_entry_that_a_check_refuses_is_used_by_nobody() {
    // What was renamed is still here, with a prior amount of its own.
    let (old, new) = pair(
        &[("b", "requested: 100, prior: 90, enacted: 95")],
        "crosswalk: [{kind: renamed, from: b, to: n}]\n",
        &[("b", "requested: 80, prior: 95"), ("n", "requested: 30, prior: 20")],
    );
    let found = checked(&[&old, &new]);
    assert!(found.iter().any(|it| it.starts_with("E0410")), "{found:#?}");
    assert!(!found.iter().any(|it| it.starts_with("E0407")), "{found:#?}");
    compared(&old, &new, None, |diff| {
        assert_eq!(steps(&line(diff, "b")), ["decreased -20"]);
        assert_eq!(steps(&line(diff, "n")), ["new 30"]);
        assert_eq!(diff.chapters[0].unused.len(), 1);
    });
    // What the year between does not have led nowhere, also from further back.
    let first = side(&[chapter("c", 2022, "", &[("a", "requested: 100, prior: 90"), PLAIN])]);
    let between = side(&[chapter("c", 2023, "", &[PLAIN])]);
    let renamed = "crosswalk: [{kind: renamed, from: a, to: b}]\n";
    let last = side(&[chapter("c", 2024, renamed, &[("b", "requested: 130, prior: 新規"), PLAIN])]);
    let found = checked(&[&first, &between, &last]);
    assert!(found.iter().any(|it| it.starts_with("E0410")), "{found:#?}");
    let rolled = [&first, &between, &last].map(|side| Rollup::of(&side.requests[0]));
    let [old, other, new] = &rolled;
    let diff = diff_over(&[old], &[other], &[new], None).unwrap();
    assert_eq!(steps(&line(&diff, "b")), ["new 130"]);
    assert_eq!(diff.chapters[0].unused.len(), 1);
}

#[test]
fn a_renamed_line_is_no_more_new_than_a_kept_one() {
    let renamed = "crosswalk: [{kind: renamed, from: p, to: q}]\n";
    let merged = "crosswalk: [{kind: merged, from: [p, x], to: q}]\n";
    let before = [("p", "requested: 100, prior: 90"), PLAIN];
    let x = ("x", "requested: 12, prior: 10");
    let cases = [
        pair(&before, "", &[("p", "requested: 110, prior: 新規"), x]),
        pair(&before, renamed, &[("q", "requested: 110, prior: 新規"), x]),
        pair(&before, merged, &[("q", "requested: 110, prior: 新規")]),
        pair(
            &[("p", "requested: 終了, prior: 90"), PLAIN],
            renamed,
            &[("q", "requested: 終了, prior: 9"), x],
        ),
        pair(&before, renamed, &[("q", "requested: 100, prior: 90"), PLAIN]),
    ];
    for (old, new) in &cases {
        let found = checked(&[old, new]);
        assert!(found.iter().any(|it| it.starts_with("W0414")), "{found:#?}");
    }
    let (old, new) = pair(
        &[("p", "requested: 100, prior: 90, enacted: 0"), PLAIN],
        renamed,
        &[("q", "requested: 110, prior: 新規"), x],
    );
    assert!(!checked(&[&old, &new]).iter().any(|it| it.starts_with("W0414")));
}

#[test]
fn a_total_of_which_all_is_over_has_a_bridge() {
    let (old, new) = pair(
        &[("a", "requested: 30, prior: 30"), PLAIN],
        "",
        &[("a", "requested: 終了, prior: 30"), ("x", "requested: 終了, prior: 10")],
    );
    compared(&old, &new, None, |diff| {
        let table = text(diff, Some(Lang::En));
        assert!(table.contains("From the old total to the new") && table.contains("ended (2)"), "{table}");
    });
}

#[test]
fn no_word_stands_where_a_rate_over_negative_amounts_would_mean_nothing() {
    let (old, new) = pair(
        &[("a", "requested: △50, prior: △40"), PLAIN],
        "",
        &[("a", "requested: 終了, prior: △50"), ("b", "requested: △50, prior: 新規"), PLAIN],
    );
    compared(&old, &new, None, |diff| {
        let table = text(diff, None);
        assert!(!table.contains("皆増") && !table.contains("皆減"), "{table}");
    });
    let rollup = Rollup::of(&new.requests[0]);
    let sheets = gaisan::sheet::sheets(&rollup, &gaisan::lineage::Lineage::of([&rollup]), Lang::Ja);
    for sheet in sheets {
        let sheet = gaisan::compose::Templates::new(&[]).unwrap().markdown(&sheet).unwrap();
        assert!(!sheet.contains("皆増") && !sheet.contains("皆減"), "{sheet}");
    }
}
