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
