//! Which figure of last year is the right one, where several stages state it.

use gaisan::check::check;
use gaisan::read::read_texts;
use gaisan::rollup::Rollup;

fn chapter(year: u16, line: &str) -> String {
    format!(
        "gaisan: 1\nid: c\ntitle: 章\nministry: 文部科学省\nfiscal_year: {year}\nstage: request\nunit: 百万円\nbreakdown: partial\nprograms:\n  - {{id: p, title: 事業, {line}}}\n"
    )
}

fn codes(last: &str, this: &str) -> Vec<&'static str> {
    let texts = [chapter(2022, last), chapter(2023, this)];
    let [last, this] = &texts;
    let reading = read_texts(&[("2022.yaml", last), ("2023.yaml", this)]);
    let rollups: Vec<Rollup<'_>> = reading.requests.iter().map(Rollup::of).collect();
    let findings = check(&rollups);
    findings.iter().map(|finding| finding.code).collect()
}

#[test]
fn a_prior_amount_is_what_was_enacted() {
    let last = "requested: 500, prior: 400, enacted: 450.6";
    assert_eq!(codes(last, "requested: 480, prior: 450.6"), [""; 0]);
    assert_eq!(codes(last, "requested: 480, prior: 451"), [""; 0]);
    assert_eq!(codes(last, "requested: 480, prior: 450"), [""; 0]);
    assert_eq!(codes(last, "requested: 480, prior: 460"), ["E0407"]);
    assert_eq!(codes(last, "requested: 480, prior: 新規"), ["E0407"]);
}

#[test]
fn another_basis_is_another_figure() {
    let last = "requested: 500, prior: 400, enacted: 450";
    for basis in ["revised", "restated", "combined"] {
        let this = format!("requested: 480, prior: {{amount: 600, basis: {basis}}}");
        assert_eq!(codes(last, &this), [""; 0]);
    }
}

#[test]
fn a_request_is_only_set_beside() {
    let last = "requested: 500, prior: 400";
    assert_eq!(codes(last, "requested: 480, prior: 450"), ["N0408"]);
    assert_eq!(codes(last, "requested: 480, prior: 500"), [""; 0]);
}

fn codes_of(last: &str, this: &str, crosswalk: &str) -> Vec<&'static str> {
    let text = |year: u16, lines: &str, more: &str| {
        let programs: String =
            lines.split("; ").map(|line| format!("  - {{title: 事業, {line}}}\n")).collect();
        format!(
            "gaisan: 1\nid: chapter\ntitle: 章\nministry: 文部科学省\nfiscal_year: {year}\nstage: request\nunit: 百万円\nbreakdown: partial\n{more}programs:\n{programs}"
        )
    };
    let more = format!("crosswalk: [{crosswalk}]\n");
    let texts = [text(2022, last, ""), text(2023, this, &more)];
    let [last, this] = &texts;
    let reading = read_texts(&[("2022.yaml", last), ("2023.yaml", this)]);
    assert!(reading.findings.is_empty(), "{:?}", reading.findings);
    let rollups: Vec<Rollup<'_>> = reading.requests.iter().map(Rollup::of).collect();
    let findings = check(&rollups);
    findings.iter().map(|finding| finding.code).collect()
}

const LAST: &str =
    "id: a, requested: 320, prior: 300, enacted: 300; id: b, requested: 200, prior: 200, enacted: 200.4";

#[test]
fn merged_lines_are_compared_together() {
    let merged = "{kind: merged, from: [a, b], to: c}";
    let codes = |prior: &str, crosswalk: &str| {
        codes_of(LAST, &format!("id: c, requested: 480, prior: {prior}"), crosswalk)
    };
    assert_eq!(codes("500", merged), [""; 0]);
    assert_eq!(codes("501", merged), [""; 0]);
    assert_eq!(codes("503", merged), ["E0407"]);
    assert_eq!(codes("新規", merged), ["E0407"]);
    assert_eq!(codes("503", "{kind: 組替え, from: [a, b], to: c}"), ["W0413"]);
    assert_eq!(codes("500", ""), ["W0411"]);
    assert_eq!(codes("新規", ""), [""; 0]);
}

#[test]
fn entries_that_share_a_line_are_compared_together() {
    let this = "id: c, requested: 480, prior: 450; id: d, requested: 40, prior: 50";
    let steps = "{kind: merged, from: [a, b], to: c}, {kind: split, from: b, to: [c, d]}";
    assert_eq!(codes_of(LAST, this, steps), [""; 0]);
}

#[test]
fn a_line_that_lost_a_part_is_compared_with_it() {
    let this = "id: a, requested: 200, prior: 250; id: c, requested: 40, prior: 50; id: b, requested: 200, prior: 200";
    assert_eq!(codes_of(LAST, this, "{kind: 分割, from: a, to: [a, c]}"), [""; 0]);
    assert_eq!(codes_of(LAST, this, "{kind: renamed, from: a, to: c}"), ["E0407", "E0410"]);
    assert_eq!(codes_of(LAST, this, "{kind: split, from: a, to: [c]}"), ["E0407", "E0410"]);
    assert_eq!(codes_of(LAST, this, "{kind: split, from: x, to: [a, c]}"), ["E0407", "E0410"]);
}

/// What is found in files of one line each, given as year, stage and the line's amounts.
fn found(files: &[(u16, &str, &str)]) -> Vec<&'static str> {
    let texts: Vec<(String, String)> = files
        .iter()
        .map(|(year, stage, line)| {
            let text = chapter(*year, line).replace("stage: request", &format!("stage: {stage}"));
            (format!("{year}-{stage}.yaml"), text)
        })
        .collect();
    let texts: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let reading = read_texts(&texts);
    assert!(reading.findings.is_empty(), "{:?}", reading.findings);
    let rollups: Vec<Rollup<'_>> = reading.requests.iter().map(Rollup::of).collect();
    check(&rollups).iter().map(|finding| finding.code).collect()
}

#[test]
fn a_year_has_one_enacted_budget_whichever_file_says_it() {
    let request = |enacted: &str| format!("requested: 70, prior: 40, enacted: {enacted}");
    let enacted = (2022, "enacted", "requested: 60, prior: 40");
    for prior in ["60", "55", "50"] {
        let next = format!("requested: 80, prior: {prior}");
        let wrong = request("55");
        assert_eq!(
            found(&[(2022, "request", &wrong), enacted, (2023, "request", &next)]),
            ["E0416"],
            "{prior}"
        );
    }
    let right = request("59.8");
    assert_eq!(
        found(&[(2022, "request", &right), enacted, (2023, "request", "requested: 80, prior: 60")]),
        [""; 0]
    );
    let settled = (2022, "settled", "requested: 58, prior: 40, enacted: 62");
    assert_eq!(found(&[enacted, settled]), ["E0416"]);
    assert_eq!(
        found(&[(2022, "enacted", "requested: 60, prior: 40, enacted: 62")]),
        ["E0416"],
        "in one file"
    );
    assert_eq!(
        found(&[(2022, "request", &request("5")), (2022, "enacted", "requested: 終了, prior: 40")]),
        ["E0416"]
    );
}

#[test]
fn what_was_enacted_as_ended_was_nothing() {
    let ended = (2022, "enacted", "requested: 終了, prior: 40");
    assert_eq!(found(&[ended, (2023, "request", "requested: 80, prior: 50")]), ["E0407"]);
    assert_eq!(found(&[ended, (2023, "request", "requested: 80, prior: 0")]), [""; 0]);
    assert_eq!(found(&[ended, (2023, "request", "requested: 80, prior: 新規")]), [""; 0]);
}

#[test]
fn a_line_for_which_money_was_spent_is_not_new() {
    for stage in ["settled", "supplementary"] {
        let spent = |amount: &str| format!("requested: {amount}, prior: 新規");
        let next = (2023, "request", "requested: 80, prior: 新規");
        assert_eq!(found(&[(2022, stage, &spent("30")), next]), ["E0407"]);
        assert!(!found(&[(2022, stage, &spent("0")), next]).contains(&"E0407"), "nothing was spent");
        assert_eq!(
            found(&[(2022, stage, &spent("30")), (2023, "request", "requested: 80, prior: 30")]),
            [""; 0]
        );
    }
}

#[test]
fn a_copy_is_one_of_whatever_stage_and_over_whatever_gap() {
    let line = "requested: 60, prior: 40";
    for (stage, year) in
        [("request", 2023), ("enacted", 2023), ("settled", 2023), ("request", 2024), ("enacted", 2025)]
    {
        let found = found(&[(2022, stage, line), (year, "request", line)]);
        assert!(found.contains(&"W0414"), "{stage} {year}: {found:?}");
    }
    // A request of what was enacted is no copy.
    assert_eq!(
        found(&[
            (2022, "enacted", "requested: 60, prior: 60"),
            (2023, "request", "requested: 60, prior: 60")
        ]),
        [""; 0]
    );
    assert_eq!(
        found(&[
            (2022, "enacted", "requested: 60, prior: 40"),
            (2023, "request", "requested: 60, prior: 60")
        ]),
        [""; 0]
    );
    for word in ["requested: 終了, prior: 40", "requested: 60, prior: 新規"] {
        for (stage, year) in [("request", 2023), ("proposal", 2023), ("request", 2024)] {
            let found = found(&[(2022, stage, word), (year, "request", &word.replace("60", "70"))]);
            assert!(found.contains(&"W0414"), "{stage} {year} {word}: {found:?}");
        }
    }
}

#[test]
fn a_stated_rule_of_rounding_explains_no_difference_of_a_whole_unit() {
    let file = |year: u16, rounding: &str, amounts: &str| {
        format!(
            "gaisan: 1\nid: c\ntitle: 章\nministry: 省\nfiscal_year: {year}\nstage: request\nunit: 百万円\n{rounding}breakdown: partial\n\
             notes:\n  - {{kind: remark, text: 抜粋}}\nprograms:\n  - {{id: a, title: 甲, {amounts}}}\n"
        )
    };
    let codes = |rounding: &str, prior: &str| {
        let before = file(2024, rounding, "requested: 100, prior: 90, enacted: 95");
        let now = file(2025, rounding, &format!("requested: 110, prior: {prior}"));
        let reading = read_texts(&[("a.yaml", &before), ("b.yaml", &now)]);
        let rollups: Vec<Rollup<'_>> = reading.requests.iter().map(Rollup::of).collect();
        check(&rollups).iter().filter(|finding| finding.code == "E0407").count()
    };
    for rounding in ["rounding: half_up\n", "rounding: truncate\n"] {
        assert_eq!((codes(rounding, "95"), codes(rounding, "96")), (0, 1), "{rounding}");
    }
    // Nor does one that is not stated: both files follow the same.
    assert_eq!((codes("", "95"), codes("", "94"), codes("", "96")), (0, 1, 1));
}

#[test]
fn what_was_added_to_a_budget_is_not_set_beside_it() {
    let now = (2023, "request", "requested: 70, prior: 60");
    let added = (2022, "supplementary", "requested: 12, prior: 0");
    assert_eq!(found(&[added, now]), [""; 0]);
    for stage in ["request", "proposal", "settled"] {
        let other = (2022, stage, "requested: 50, prior: 40");
        assert_eq!(found(&[other, now]), ["N0408"], "{stage}");
        assert_eq!(found(&[added, other, now]), ["N0408"], "{stage}");
    }
}

#[test]
fn what_was_added_in_a_year_is_one_figure_whichever_file_says_it() {
    let settled = |added: &str| format!("requested: 88, prior: 90, enacted: 95, supplementary: {added}");
    for (added, codes) in [("7", &["E0416"][..]), ("9", &[]), ("9.2", &[])] {
        let settled = settled(added);
        let files = [(2022, "settled", &*settled), (2022, "supplementary", "requested: 9, prior: 90")];
        assert_eq!(found(&files), codes, "{added}");
    }
}

#[test]
fn another_currency_is_said_once_and_nothing_is_held_against_it() {
    let [last, this] = [
        chapter(2022, "requested: 104, prior: 94, enacted: 99").replace("百万円", "million USD"),
        chapter(2023, "requested: 105, prior: 95"),
    ];
    for last in [last.clone(), last.replace(", enacted: 99", "")] {
        let reading = read_texts(&[("2022.yaml", &last), ("2023.yaml", &this)]);
        let rollups: Vec<Rollup<'_>> = reading.requests.iter().map(Rollup::of).collect();
        let findings = check(&rollups);
        let codes: Vec<&str> = findings.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, ["W0418"], "{findings:#?}");
    }
}
