//! The years of a program on its sheet, found by id and by crosswalk.

use std::path::Path;

use gaisan::compose::Templates;
use gaisan::lineage::Lineage;
use gaisan::model::Lang;
use gaisan::rollup::Rollup;
use gaisan::sheet;
use gaisan::{examine, figure};

use crate::support::{self, CHAPTERS};

/// The section of a sheet of a run that shows the years, up to the next heading of its level.
fn years(paths: &[&Path], slug: &str, stem: &str, lang: Lang) -> String {
    let paths: Vec<_> = paths.iter().map(|path| path.to_path_buf()).collect();
    let reading = gaisan::read::read(&paths);
    let examined = examine(&reading);
    let lineage = Lineage::of(&examined.rollups);
    let rollup =
        examined.rollups.iter().find(|rollup| rollup.request.fiscal_year.value.slug() == slug).unwrap();
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
