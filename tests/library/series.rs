//! The years of a program on its sheet, found by id and by crosswalk.

use std::path::Path;

use gaisan::compose::Templates;
use gaisan::lineage::Lineage;
use gaisan::model::Lang;
use gaisan::read::Reading;
use gaisan::rollup::Rollup;
use gaisan::sheet;
use gaisan::{examine, figure};

use crate::support::{self, CHAPTERS};

/// The alternative text of a section's chart.
pub(crate) fn alternative(section: &str) -> &str {
    section.split_once("![").and_then(|(_, rest)| rest.split_once("](")).map_or("", |(alt, _)| alt)
}

/// The section of a sheet of a run that shows the years, up to the next heading of its level.
fn years(paths: &[&Path], slug: &str, stem: &str, lang: Lang) -> String {
    let paths: Vec<_> = paths.iter().map(|path| path.to_path_buf()).collect();
    section(&gaisan::read::read(&paths), slug, stem, lang)
}

/// The same of the last chapter of a year in a reading.
pub(crate) fn section(reading: &Reading, slug: &str, stem: &str, lang: Lang) -> String {
    let examined = examine(reading);
    let lineage = Lineage::of(&examined.rollups);
    let of_year = |rollup: &&Rollup<'_>| rollup.request.fiscal_year.value.slug() == slug;
    let rollup = examined.rollups.iter().rfind(of_year).unwrap();
    let sheets = sheet::sheets(rollup, &lineage, lang);
    let sheet = sheets.iter().find(|sheet| sheet.stem == stem).unwrap();
    let markdown = Templates::new(&[]).unwrap().markdown(sheet).unwrap();
    let mut wanted = false;
    let section = markdown.lines().filter(|line| {
        if line.starts_with("## ") {
            wanted = line.contains("{.series");
        }
        wanted
    });
    section.map(|line| format!("{line}\n")).collect()
}

/// The chapters of `budgets/` that are one chapter in three years.
fn real(stem: &str, slug: &str, lang: Lang) -> String {
    let folders = CHAPTERS.map(support::budgets);
    let folders: Vec<&Path> = folders.iter().map(AsRef::as_ref).collect();
    years(&folders, slug, stem, lang)
}

/// A run of two years whose crosswalk has an entry of each kind.
fn crossed(stem: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/errors/103-right-crosswalk");
    years(&[&folder], "fy2023", stem, Lang::Ja)
}

#[test]
fn the_years_of_a_real_program_stay_as_they_are() {
    insta::assert_snapshot!("q_leap", real("q-leap", "fy2024", Lang::Ja));
    insta::assert_snapshot!("q_leap_en", real("q-leap", "fy2023", Lang::En));
    insta::assert_snapshot!("materials", real("materials-dx", "fy2024", Lang::Ja));
    insta::assert_snapshot!("overview", real("overview", "fy2024", Lang::Ja));
}

#[test]
fn a_single_year_is_no_series() {
    let folder = support::budgets("fy2022/mext-5");
    assert_eq!(years(&[&folder], "fy2022", "q-leap", Lang::Ja), "");
    assert_eq!(years(&[&folder], "fy2022", "overview", Lang::Ja), "");
}

#[test]
fn a_new_name_and_another_chapter_do_not_end_a_series() {
    let renamed = crossed("quantum-people");
    assert!(renamed.contains("| 令和4年度 | 40 | 40 |"), "{renamed}");
    let moved = crossed("photon");
    assert!(moved.contains("| 令和4年度 | 120 | 110 |"), "{moved}");
    assert!(!renamed.contains("比較できない") && !moved.contains("比較できない"));
}

#[test]
fn years_before_a_merger_or_a_split_are_shown_with_a_warning() {
    let merged = crossed("quantum-devices");
    assert!(merged.contains("| 令和4年度 | 530 | 500 |"), "{merged}");
    assert!(merged.contains("令和4年度は「量子計測の研究」「量子通信の研究」の計（統合があり"), "{merged}");
    // A year that is known from theirs alone is of the same lines.
    assert!(merged.contains("令和3年度、令和4年度は「量子計測の研究」"), "{merged}");
    let split = crossed("laser-training");
    assert!(split.contains("| 令和4年度 | 90 | 90 |"), "{split}");
    assert!(split.contains("令和4年度は「レーザーの研究」の額（分割があり"), "{split}");
    let restated = crossed("a-line");
    assert!(restated.contains("| 令和4年度 | 30 | 30 |"), "{restated}");
    assert!(restated.contains("組替えがあり"), "{restated}");
}

#[test]
fn a_sheet_names_the_files_of_the_years_before_that_it_shows_and_its_chart_has_their_figures() {
    let folders = CHAPTERS.map(support::budgets);
    let reading = gaisan::read::read(&folders);
    let examined = examine(&reading);
    let lineage = Lineage::of(&examined.rollups);
    let year = |rollup: &Rollup<'_>| rollup.request.fiscal_year.value;
    for rollup in &examined.rollups {
        let before = |other: &&Rollup<'_>| year(other) < year(rollup);
        let earlier = examined.rollups.iter().filter(before).count();
        for sheet in sheet::sheets(rollup, &lineage, rollup.request.lang) {
            let others: Vec<_> = examined
                .rollups
                .iter()
                .filter(|other| other.request.file != rollup.request.file)
                .filter(|other| sheet.sources.contains(&other.request.file))
                .collect();
            let has_series = Templates::new(&[]).unwrap().markdown(&sheet).unwrap().contains("{.series");
            let name = format!("{}/{}", rollup.request.fiscal_year.value.slug(), sheet.stem);
            assert_eq!(others.len(), if has_series { earlier } else { 0 }, "{name}");
            assert!(!has_series || earlier > 0, "{name} looks ahead");
        }
    }
    let mut rollups = examined.rollups.iter();
    let rollup = rollups.find(|rollup| year(rollup).slug() == "fy2024").unwrap();
    let sheets = sheet::sheets(rollup, &lineage, Lang::Ja);
    let sheet = sheets.iter().find(|sheet| sheet.stem == "q-leap").unwrap();
    let drawing = figure::draw(&sheet.figures["figures/q-leap-series.svg"], Lang::Ja).unwrap();
    let svg = figure::svg(&drawing, "", "series");
    for text in ["3,494", "4,592", "4,221.9", "4,451.416", "令和6年度"] {
        assert!(svg.contains(&format!(">{text}<")), "{text}: {svg}");
    }
}

#[test]
fn what_the_year_added_is_counted_to_its_budget() {
    let chapter = |year: u32, prior: u32| {
        format!(
            "gaisan: 1\nid: c\ntitle: 章\nministry: 省\nfiscal_year: {year}年度\nstage: 概算要求\nunit: 百万円\nrequested: 120\n\
             prior: {prior}\nenacted: 110\nsupplementary: 2.5\nbreakdown: partial\nprograms: []\n"
        )
    };
    let folder = tempfile::tempdir().unwrap();
    for (year, prior) in [(2022, 100), (2023, 110)] {
        std::fs::write(folder.path().join(format!("{year}.yaml")), chapter(year, prior)).unwrap();
    }
    let section = years(&[folder.path()], "fy2023", "overview", Lang::Ja);
    assert!(section.contains("120 | 110 | 2.5 | 112.5 |"), "{section}");
}

/// The years of a program `p` on the sheet of the last of some files, each given by its year, its stage, its amounts and what else it says.
pub(crate) fn staged(files: &[(u16, &str, &str, &str)], lang: Lang) -> String {
    let text = |(year, stage, amounts, more): &(u16, &str, &str, &str)| {
        format!(
            "gaisan: 1\nid: c\ntitle: 章\nministry: 庁\nfiscal_year: {year}\nstage: {stage}\nunit: 百万円\nbreakdown: partial\n{more}\nprograms:\n{amounts}\n"
        )
    };
    let texts: Vec<(String, String)> =
        files.iter().enumerate().map(|(at, file)| (format!("{at}.yaml"), text(file))).collect();
    let texts: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let reading = gaisan::read::read_texts(&texts);
    assert!(reading.findings.is_empty(), "{:?}", reading.findings);
    let year = files.last().unwrap().0;
    section(&reading, &format!("fy{year}"), "p", lang)
}

pub(crate) fn program(amounts: &str) -> String {
    format!("  - {{id: p, title: 事業, {amounts}}}")
}

#[test]
fn every_stage_of_a_year_has_its_column() {
    let settled = program("requested: \"1,000\", prior: 900");
    let asked = program("requested: \"1,100\", prior: \"1,050\"");
    let years = staged(&[(2024, "settled", &settled, ""), (2025, "request", &asked, "")], Lang::Ja);
    assert!(years.contains("| 年度 | 要求・要望額 | 当初予算額 | 決算額 |"), "{years}");
    assert!(years.contains("| 令和6年度 |  | 1,050 | 1,000 |"), "{years}");
    assert!(years.contains("翌年度の要求に示された前年度予算額"), "{years}");

    let all = [
        (2023, "request", program("requested: 90, prior: 80")),
        (2023, "proposal", program("requested: 85, prior: 80")),
        (2023, "enacted", program("requested: 84, prior: 80")),
        (2023, "supplementary", program("requested: 6, prior: 80")),
        (2023, "settled", program("requested: 88, prior: 80")),
        (2024, "enacted", program("requested: 91, prior: 84")),
    ];
    let files: Vec<_> =
        all.iter().map(|(year, stage, program)| (*year, *stage, program.as_str(), "")).collect();
    let years = staged(&files, Lang::En);
    let head = "| Fiscal year | requested | proposed | Initial budget | Supplementary budgets | Initial and supplementary | settled |";
    assert!(years.contains(head), "{years}");
    assert!(years.contains("| FY2023 | 90 | 85 | 84 | 6 | 90 | 88 |"), "{years}");
    assert!(years.contains("| **FY2024** |  |  | 91 |  |  |  |"), "{years}");
    assert!(years.contains("FY2022 is the prior amount stated in the next year's request"), "{years}");
    // The chart has every stage that the table has.
    let alt = alternative(&years);
    let said = "FY2023: requested 90, proposed 85, Initial budget 84, Supplementary budgets 6, settled 88";
    assert!(alt.contains(said), "{alt}");
}

#[test]
fn an_open_amount_stays_open_at_every_stage_and_where_the_next_year_recalls_it() {
    let files = [
        (2022, "request", program("requested: 90+事項要求, prior: 80")),
        (2022, "proposal", program("requested: 85+事項要求, prior: 80")),
        (2022, "enacted", program("requested: 84+事項要求, prior: 80")),
        (2022, "supplementary", program("requested: 6, prior: 80")),
        (2022, "settled", program("requested: 事項要求, prior: 80")),
        (2024, "request", program("requested: 95, prior: 91+事項要求")),
    ];
    let files: Vec<_> =
        files.iter().map(|(year, stage, program)| (*year, *stage, program.as_str(), "")).collect();
    let years = staged(&files, Lang::Ja);
    let row = "| 令和4年度 | 90＋事項要求 | 85＋事項要求 | 84＋事項要求 | 6 | 90＋事項要求 | 事項要求 |";
    assert!(years.contains(row), "{years}");
    assert!(years.contains("| 令和5年度 |  |  | 91＋事項要求 |"), "{years}");
    let alt = alternative(&years);
    for said in ["85＋事項要求", "84＋事項要求", "決算額事項要求", "令和5年度：当初予算額91＋事項要求"]
    {
        assert!(alt.contains(said), "{said}: {alt}");
    }
    // 新規 says that there was no budget, and is none.
    let new = staged(
        &[
            (2022, "request", &program("requested: 5, prior: 4"), ""),
            (2024, "request", &program("requested: 8, prior: 新規"), ""),
        ],
        Lang::Ja,
    );
    assert!(!new.contains("令和5年度"), "{new}");
}

#[test]
fn a_line_that_only_a_later_stage_has_is_followed_too() {
    let with_q =
        "  - {id: q, title: 別, requested: 5, prior: 新規}\n  - {id: p, title: 事業, requested: 7, prior: 6}";
    let years = staged(
        &[
            (2023, "request", "  - {id: q, title: 別, requested: 5, prior: 新規}", ""),
            (2023, "enacted", with_q, ""),
            (2024, "request", &program("requested: 8, prior: 7"), ""),
        ],
        Lang::Ja,
    );
    assert!(years.contains("| 令和5年度 |  | 7 |"), "{years}");
}

#[test]
fn what_takes_a_line_together_in_the_series_does_so_whatever_the_kind() {
    let last = "  - {id: p, title: 事業, requested: 100, prior: 90}\n  - {id: b, title: 別, requested: 50, prior: 40}";
    let kept = program("requested: 131, prior: {amount: 140, basis: restated}");
    for (entry, said) in [
        ("{kind: restated, from: b, to: p}", "| 令和4年度 | 150 |"),
        ("{kind: merged, from: [p, b], to: p}", "| 令和4年度 | 150 |"),
        ("{kind: restated, to: p}", "| 令和4年度 | 100 |"),
        // What leads nowhere is set aside, and the kept id counts.
        ("{kind: restated, from: x, to: p}", "| 令和4年度 | 100 |"),
        ("{kind: renamed, from: x, to: p}", "| 令和4年度 | 100 |"),
    ] {
        let crosswalk = format!("crosswalk: [{entry}]");
        let years = staged(&[(2022, "request", last, ""), (2023, "request", &kept, &crosswalk)], Lang::Ja);
        assert!(years.contains(said), "{entry}: {years}");
    }
}

#[test]
fn a_year_that_is_not_there_does_not_end_a_series() {
    let years = staged(
        &[
            (2020, "request", &program("requested: 5, prior: 4"), ""),
            (2021, "request", "  - {id: q, title: 別, requested: 5, prior: 新規}", ""),
            (2023, "request", &program("requested: 8, prior: 7"), ""),
        ],
        Lang::Ja,
    );
    assert!(years.contains("| 令和2年度 | 5 |"), "{years}");
}

#[test]
fn a_chart_with_many_stages_shows_fewer_years_rather_than_broken_figures() {
    let stages = ["request", "proposal", "enacted", "settled"];
    let files: Vec<(u16, &str, String)> = (2016..2026)
        .flat_map(|year| {
            stages.map(|stage| (year, stage, program("requested: \"4,451.416\", prior: \"4,451.416\"")))
        })
        .collect();
    let files: Vec<_> = files.iter().map(|(year, stage, text)| (*year, *stage, text.as_str(), "")).collect();
    let all = staged(&files, Lang::Ja);
    let few = staged(&files.iter().filter(|file| file.1 == "request").copied().collect::<Vec<_>>(), Lang::Ja);
    let charted = |section: &str| alternative(section).matches("年度：").count();
    assert!(all.contains("| 平成28年度 | 4,451.416 |"), "{all}");
    assert_eq!((charted(&all), charted(&few)), (4, 5), "{all}\n{few}");
}

#[test]
fn the_budget_of_a_line_is_that_of_its_parts_and_no_prior_amount_of_another_basis() {
    let with = |amounts: &str, parts: [&str; 2]| {
        let [a, b] = parts.map(|part| format!("      - {{{part}}}\n"));
        format!("  - id: p\n    title: 事業\n    breakdown: complete\n    {amounts}\n    children:\n{a}{b}")
    };
    let enacted = [
        "id: a, title: 甲, requested: 100, prior: 90, enacted: 95, supplementary: 10",
        "id: b, title: 乙, requested: 50, prior: 40, enacted: 45, supplementary: 0",
    ];
    let restated = [
        "id: a, title: 甲, requested: 110, prior: {amount: 60, basis: restated}",
        "id: b, title: 乙, requested: 55, prior: 45",
    ];
    let [before, now] = [with("prior: 130", enacted), with("requested: 165", restated)];
    let shown = staged(&[(2024, "request", &before, ""), (2025, "request", &now, "")], Lang::Ja);
    assert!(shown.contains("| 令和6年度 | 150 | 140 | 10 | 150 |"), "{shown}");

    // Without what was enacted nothing is known of it: the other basis says another figure.
    let plain = ["id: a, title: 甲, requested: 100, prior: 90", "id: b, title: 乙, requested: 50, prior: 40"];
    let before = with("prior: 130", plain);
    let shown = staged(&[(2024, "request", &before, ""), (2025, "request", &now, "")], Lang::Ja);
    assert!(!shown.contains("105"), "{shown}");
}

#[test]
fn the_years_are_shown_where_the_newest_is_not_stated() {
    let before = program("requested: 100, prior: 90, enacted: 95, supplementary: 5");
    let now = program("requested: 記載なし, prior: 95");
    let shown = staged(&[(2022, "request", &before, ""), (2023, "request", &now, "")], Lang::Ja);
    assert!(shown.contains("| 令和4年度 | 100 | 95 | 5 | 100 |"), "{shown}");
    assert!(shown.contains("| **令和5年度** |  |  |  |  |"), "{shown}");
    assert!(alternative(&shown).ends_with("令和5年度：記載なし"), "{shown}");
}

#[test]
fn what_is_counted_elsewhere_is_not_in_the_years_of_what_it_became() {
    let parts = "  - {id: a, title: 甲, requested: 95, prior: 90}\n  - {id: b, title: 乙, requested: 45, prior: 45, notes: [{kind: recount, of: a}]}\n";
    let merged = "crosswalk: [{kind: merged, from: [a, b], to: p}]\n";
    let now = program("requested: 145, prior: 95");
    let shown = staged(&[(2022, "request", parts, ""), (2023, "request", &now, merged)], Lang::Ja);
    assert!(shown.contains("| 令和4年度 | 95 |") && !shown.contains("140"), "{shown}");
}

#[test]
fn a_year_of_which_one_line_is_not_stated_keeps_its_row() {
    let years = [
        "  - {id: a, title: 甲, requested: 100, prior: 90}\n  - {id: b, title: 乙, requested: 10, prior: 10}\n",
        "  - {id: a, title: 甲, requested: 記載なし, prior: 100}\n  - {id: b, title: 乙, requested: 12, prior: 10}\n",
    ];
    let merged = "crosswalk: [{kind: merged, from: [a, b], to: p}]\n";
    let now = program("requested: 150, prior: 120");
    let files =
        [(2022, "request", years[0], ""), (2023, "request", years[1], ""), (2024, "request", &now, merged)];
    let shown = staged(&files, Lang::Ja);
    assert!(
        shown.contains("| 令和4年度 | 110 | 110 |") && shown.contains("| 令和5年度 |  | 120 |"),
        "{shown}"
    );
}

#[test]
fn a_year_that_is_not_stated_keeps_its_row_at_every_stage() {
    let [before, then, now] =
        ["requested: 40, prior: 30", "requested: 記載なし, prior: 40", "requested: 30, prior: 記載なし"]
            .map(program);
    for stage in ["request", "proposal", "enacted", "settled"] {
        let files = [(2021, stage, &*before, ""), (2022, stage, &*then, ""), (2023, "request", &*now, "")];
        let shown = staged(&files, Lang::Ja);
        assert!(shown.contains("| 令和4年度 |  |"), "{stage}: {shown}");
        assert!(alternative(&shown).contains("令和4年度：記載なし"), "{stage}: {shown}");
    }
}

#[test]
fn the_amounts_of_a_year_are_those_of_the_same_lines() {
    let line = |id: &str, said: &str| format!("  - {{id: {id}, title: 事業{id}, {said}}}\n");
    let old = line("a", "requested: 100, prior: 90") + &line("b", "requested: 50, prior: 40");
    let split = line("a", "requested: 70, prior: 60")
        + &line("e", "requested: 45, prior: 40")
        + &line("b", "requested: 55, prior: 50");
    let merged = line("a", "requested: 71, prior: 70") + &line("p", "requested: 101, prior: 100");
    let files = [
        (2022, "request", &*old, ""),
        (2023, "request", &*split, "crosswalk: [{kind: split, from: a, to: [a, e]}]\n"),
        (2024, "request", &*merged, "crosswalk: [{kind: merged, from: [e, b], to: p}]\n"),
    ];
    let shown = staged(&files, Lang::Ja);
    assert!(shown.contains("| 令和4年度 | 150 |  |") && shown.contains("| 令和5年度 | 100 |"), "{shown}");
}
