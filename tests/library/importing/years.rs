//! Which year and which stage a table and each of its columns are of: the heads say it, then the title as far as that is about one year.

use gaisan::import::{Figure, Import, Options, import};
use gaisan::model::{FiscalYear, Stage};

use super::kinds::sheet;
use super::{findings, lines, taken};

/// The years of an import with their stages and their first line.
fn years(import: &Import) -> Vec<String> {
    let said = |chapter: &gaisan::import::Taken| {
        let amounts = chapter.lines[0].amounts.iter();
        let amounts = amounts.map(|amount| format!("{} {}", amount.figure.slug(), amount.text));
        format!(
            "{} {}: {}",
            chapter.year.western(),
            chapter.stage.slug(),
            amounts.collect::<Vec<_>>().join(", ")
        )
    };
    import.chapters.iter().map(said).collect()
}

fn with(name: &str, csv: &str, options: Options) -> Import {
    import(&[(name.to_owned(), csv.as_bytes().to_vec())], &options)
}

#[test]
fn a_title_of_several_years_says_nothing_of_one() {
    let expected =
        ["2027 request: prior 11, requested 12", "2026 enacted: requested 11", "2025 settled: requested 10"];
    for title in [
        "Budget comparison FY2026 and FY2027",
        "\"Budget authority, FY2025–FY2027\"",
        "FY2025-27 Budget",
        "Fiscal Years 2025 to 2027",
        "FY2026 Enacted and FY2027 Request",
        "FY 2027 Budget Request",
        "令和７～９年度　予算の推移",
        "令和8年度当初予算と令和9年度概算要求",
        "令和７年度決算・８年度予算・９年度要求一覧",
        "Agency Budget Request",
        "令和8年度 資料",
    ] {
        for heads in
            ["FY2025 Actual,FY2026 Enacted,FY2027 Request", "令和7年度決算,令和8年度当初,令和9年度要求"]
        {
            let csv =
                format!("{title}\n(in thousands of dollars)\nAgency,{heads}\nRoads,10,11,12\nRail,1,2,3\n");
            assert_eq!(years(&taken("b.csv", csv)), expected, "{title} {heads}");
        }
    }
    // What a column says that is not understood is of its own year, and not of another one's.
    let csv = "Agency Budget Request ($000)\nProgram,FY2026 Enacted,FY2027 Guess\nShips,1,2\n";
    let import = taken("b.csv", csv);
    assert_eq!(
        (years(&import), findings(&import)),
        (vec!["2027 request: prior 1".into()], vec!["W0706 b.csv C2".into()])
    );
}

#[test]
fn a_year_that_nothing_says_is_that_of_the_folder_or_the_one_after_the_last_budget() {
    let folder_year = FiscalYear::new(2027);
    for csv in [
        "（千円）\n事業,前年度予算額,要求額\n甲,1,2\n",
        "R8補正・R9当初 一覧（千円）\n事業,前年度予算額,要求額\n甲,1,2\n",
    ] {
        let import = with("a.csv", csv, Options { folder_year, ..Options::default() });
        assert_eq!(years(&import), ["2027 request: prior 1, requested 2"], "{csv}");
        assert_eq!(findings(&taken("a.csv", csv)), ["E0702 a.csv A2"], "{csv}");
    }
    let import = taken("a.csv", "（千円）\n事業,R7決算,R8当初,要求額\n甲,9,1,2\n");
    assert_eq!(years(&import)[0], "2027 request: prior 1, requested 2");
}

#[test]
fn of_several_stages_of_a_year_one_is_taken() {
    let csv = |title: &str, heads: &str| {
        format!("{title}（千円）\n事業,{heads},増減\n甲,100,130,120,20\n乙,50,80,60,10\n計,150,210,180,30\n")
    };
    for heads in [
        "令和8年度当初予算,令和9年度要求,令和9年度予算案",
        "R8当初,概算要求額,政府案",
        "R8当初,R9要求,R9概算決定額",
    ] {
        for (title, stage, expected, count) in [
            ("令和９年度予算案一覧", None, "2027 proposal: prior 100, requested 120", 1),
            ("令和９年度 一覧", None, "2027 proposal: prior 100, requested 120", 1),
            ("令和９年度概算要求", Some(Stage::Proposal), "2027 proposal: prior 100, requested 120", 0),
            ("令和９年度予算案一覧", Some(Stage::Request), "2027 request: prior 100, requested 130", 1),
        ] {
            let import = with("a.csv", &csv(title, heads), Options { stage, ..Options::default() });
            assert_eq!(
                (years(&import), findings(&import).len()),
                (vec![expected.to_owned()], count),
                "{title} {heads} {:?}",
                import.findings
            );
            let others = import.tables[0]
                .columns
                .iter()
                .filter(|column| column.taken == "not taken: it is of another stage");
            assert_eq!(others.count(), 1, "{title} {heads}");
        }
    }
}

#[test]
fn what_is_enacted_goes_before_what_is_only_of_its_year() {
    for heads in ["FY2026 CR,FY2026 Enacted", "FY2026 Enacted,FY2026 CR", "R8,R8当初予算額"] {
        let cells = if heads.ends_with("CR") { "11,10" } else { "10,11" };
        let import =
            taken("b.csv", format!("Budget ($ millions)\nAccount,{heads},FY2027 Request\nPay,{cells},12\n"));
        assert_eq!(years(&import)[0], "2027 request: prior 11, requested 12", "{heads}");
        assert_eq!(findings(&import).len(), 1, "{heads}");
    }
}

#[test]
fn a_remark_holds_of_the_year_that_the_table_is_about() {
    let import = sheet(
        "事業,R9要求額,R8当初予算額,R7決算額,備考\n脱炭素,500,0,0,新規\n森林,50,45,－,間伐\n水質,0,3,4,終了\n",
    );
    assert_eq!(
        lines(&import),
        [
            "脱炭素: Requested 500, Prior 新規",
            "森林: Requested 50, Prior 45",
            "水質: Requested 終了, Prior 3"
        ]
    );
    for chapter in &import.chapters[1..] {
        assert!(chapter.lines.iter().all(|line| line.notes.is_empty()), "{}", chapter.year.western());
        let amounts = chapter.lines.iter().flat_map(|line| &line.amounts);
        let requested = amounts.filter(|amount| amount.figure == Figure::Requested);
        assert!(
            requested.clone().count() > 1
                && requested.clone().all(|it| it.text.chars().all(|c| !c.is_alphabetic()))
        );
    }
    let import = sheet("事業,R9要求額,R8当初予算額,R7決算額\n脱炭素,500,新規,\n森林,新規,45,44\n");
    assert_eq!(years(&import)[1], "2026 enacted: requested 45", "what is new had no budget");
    assert_eq!(findings(&import), ["E0703 要求.csv B5"]);
}
