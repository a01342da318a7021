//! What is known of a line's years is shown, whatever is not.

use gaisan::examine;
use gaisan::figure::Figure;
use gaisan::lineage::Lineage;
use gaisan::model::Lang;
use gaisan::sheet;

use crate::series::{alternative, program, section, staged};

#[test]
fn the_budget_of_lines_that_became_one_is_what_the_one_calls_it() {
    let last = "  - {id: a, title: 甲, requested: 100, prior: 90}\n  - {id: b, title: 乙, requested: 60, prior: 50}\n";
    let now = program("requested: 170, prior: 150");
    for entry in ["{kind: merged, from: [a, b], to: p}", "{kind: restated, from: [a, b], to: p}"] {
        let crosswalk = format!("crosswalk: [{entry}]\n");
        let files = [(2024, "request", last, ""), (2025, "request", &now, &crosswalk)];
        let shown = staged(&files, Lang::Ja);
        assert!(shown.contains("| 令和6年度 | 160 | 150 |"), "{entry}: {shown}");
        assert!(shown.contains("令和6年度の当初予算額は、翌年度の要求"), "{entry}: {shown}");
    }
    // What also went elsewhere was more than that.
    let both = format!("{now}\n  - {{id: e, title: 戊, requested: 45, prior: 40}}\n");
    let split = "crosswalk: [{kind: merged, from: [a, b], to: p}, {kind: split, from: b, to: [p, e]}]\n";
    let shown = staged(&[(2024, "request", last, ""), (2025, "request", &both, split)], Lang::Ja);
    assert!(shown.contains("| 令和6年度 | 160 |") && !shown.contains("160 | 150"), "{shown}");
}

#[test]
fn an_amount_that_is_open_or_over_takes_no_known_year_from_table_and_chart() {
    for (requested, said) in [
        ("事項要求", "requested Amount to be determined"),
        ("5＋事項要求", "requested 5 + amount to be determined"),
        ("終了", "requested Ended"),
    ] {
        let now = program(&format!("requested: {requested}, prior: 20"));
        let settled = program("requested: 132, prior: 128");
        let enacted = program("requested: 99, prior: 145");
        let files = [
            (2024, "settled", &*settled, ""),
            (2025, "enacted", &*enacted, ""),
            (2026, "request", &*now, ""),
        ];
        let shown = staged(&files, Lang::En);
        assert!(shown.contains("| FY2024 |  | 145 | 132 |"), "{requested}: {shown}");
        let alt = "FY2023: Initial budget 128; FY2024: Initial budget 145, settled 132; FY2025: Initial budget 99; FY2026: ";
        assert!(alternative(&shown).contains(&format!("{alt}{said}")), "{requested}: {shown}");
    }
}

#[test]
fn an_amount_in_another_currency_has_its_unit_and_no_column() {
    let texts = [(2022, "million USD"), (2023, "百万円")].map(|(year, unit)| {
        format!(
            "gaisan: 1\nid: c\ntitle: 章\nministry: 庁\nfiscal_year: {year}\nstage: request\nunit: {unit}\nbreakdown: partial\nprograms:\n{}\n",
            program("requested: 118, prior: 100")
        )
    });
    let reading = gaisan::read::read_texts(&[("a.yaml", &texts[0]), ("b.yaml", &texts[1])]);
    let shown = section(&reading, "fy2023", "p", Lang::Ja);
    assert!(shown.contains("| 令和4年度 | 118 million USD |"), "{shown}");
    let examined = examine(&reading);
    let lineage = Lineage::of(&examined.rollups);
    let sheets = sheet::sheets(&examined.rollups[1], &lineage, Lang::Ja);
    let sheet = sheets.iter().find(|sheet| sheet.stem == "p").unwrap();
    let Figure::Columns(chart) = &sheet.figures["figures/p-series.svg"] else { unreachable!() };
    let lengths = chart.years.iter().map(|year| year.amounts[0].as_ref().map(|bar| bar.value.is_some()));
    assert_eq!(lengths.collect::<Vec<_>>(), [None, Some(false), Some(true)]);
}
