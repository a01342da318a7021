//! Which year and which stage a table and each of its columns are of: the heads say it, then the title as far as that is about one year.

use gaisan::drafting;
use gaisan::import::{Figure, Import, Options, import};
use gaisan::model::{FiscalYear, Stage};
use gaisan::read::Project;

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
fn the_title_of_a_request_says_its_stage_and_initial_only_which_budget_it_is() {
    let of = |title: &str, heads: &str| {
        taken(
            "a.csv",
            format!("{title}（千円）\n事業,{heads},増減\n甲,100,120,20\n乙,50,60,10\n計,150,180,30\n"),
        )
    };
    let request = "2027 request: prior 100, requested 120";
    for (title, heads, expected, count) in [
        ("令和9年度 当初予算 要求書", "令和8年度当初,令和9年度当初", request, 0),
        ("令和9年度当初予算要求書", "令和8年度当初予算,令和9年度当初予算", request, 0),
        ("令和9年度当初予算見積書", "前年度,本年度", request, 0),
        ("令和９年度 歳出予算要求説明資料", "前年度当初,本年度当初", request, 0),
        ("令和９年度要求一覧", "８年度当初,９年度当初", request, 0),
        ("令和９年度概算要求", "令和８年度当初予算額,令和９年度当初予算額", request, 0),
        (
            "令和９年度当初予算（案）",
            "令和８年度当初,令和９年度当初",
            "2027 proposal: prior 100, requested 120",
            0,
        ),
        ("令和９年度当初予算", "令和８年度当初,令和９年度当初", "2027 enacted: prior 100, requested 120", 0),
        ("令和９年度 一覧", "令和８年度当初,令和９年度当初", "2027 enacted: prior 100, requested 120", 0),
        // Two that contradict each other are asked about.
        ("令和９年度概算要求", "令和８年度成立予算額,令和９年度成立予算額", request, 1),
        ("FY2027 Budget Request", "FY2026 Adopted,FY2027 Adopted", request, 1),
        ("Budget Request", "FY2026 Adopted,FY2027 Adopted", "2027 enacted: prior 100, requested 120", 0),
    ] {
        let import = of(title, heads);
        assert_eq!(
            (years(&import), findings(&import).len()),
            (vec![expected.to_owned()], count),
            "{title} {heads} {:?}",
            import.findings
        );
    }
}

#[test]
fn the_difference_of_two_amounts_is_verified_and_none_of_them() {
    for (heads, change) in [
        ("R8当初,R9要求", "R9要求-R8当初"),
        ("R8当初,R9要求", "R9要求 ー R8当初"),
        ("８年度予算,９年度要求", "９年度要求ー８年度予算"),
        ("令和８年度予算額,令和９年度要求額", "要求額－前年度予算額"),
        ("令和８年度予算額,令和９年度要求額", "要求-前年度"),
        ("令和８年度予算額,令和９年度要求額", "要求額(B)-予算額(A)"),
        ("令和８年度予算額,令和９年度要求額", "要求と予算の差"),
        ("FY2026 Enacted,FY2027 Request", "FY27 Request - FY26 Enacted"),
        ("FY2026 Enacted,FY2027 Request", "FY 2027 Request less FY 2026 Enacted"),
        ("FY2026 Enacted,FY2027 Request", "Request Over/(Under) Enacted"),
        ("FY2026 Enacted,FY2027 Request", "vs. Enacted"),
    ] {
        for (columns, [one, two]) in [
            (format!("{heads},{change}"), ["10,12,2", "20,22,2"]),
            (format!("{change},{heads}"), ["2,10,12", "2,20,22"]),
        ] {
            let import =
                taken("a.csv", format!("令和９年度要求一覧（千円）\n事業,{columns}\n甲,{one}\n乙,{two}\n"));
            assert_eq!(years(&import), ["2027 request: prior 10, requested 12"], "{columns}");
            assert!(findings(&import).is_empty(), "{columns} {:?}", import.findings);
        }
    }
    let import = taken(
        "a.csv",
        "令和９年度要求一覧（千円）\n事業,R8当初,R9要求,R9要求/R8当初\n甲,10,12,1.2\n乙,20,22,1.1\n",
    );
    assert_eq!(years(&import), ["2027 request: prior 10, requested 12"]);
    // A dash may lead on to a further word: the amounts tell.
    for (heads, figures, expected) in [
        ("前年度予算額,政府案,予算額－要求額", ["10,12,2", "20,22,2"], "change, verified"),
        ("FY2026 Enacted,FY2027 Request,FY2026-FY2027", ["10,12,2", "20,22,2"], "change, verified"),
        ("前年度予算額,決算額,予算額－要求額", ["10,9,12", "20,19,22"], "requested"),
        ("前年度予算額,決算額,FY2027 Budget - Request", ["10,9,12", "20,19,22"], "requested"),
    ] {
        let [one, two] = figures;
        let csv = format!("令和９年度一覧（千円）\n事業,{heads}\n甲,{one}\n乙,{two}\n");
        let import = taken("a.csv", csv);
        let last = &import.tables[0].columns.last().unwrap().taken;
        assert_eq!(last, expected, "{heads}");
    }
}

#[test]
fn a_line_that_comes_in_later_has_one_id_in_all_years() {
    let csv = |more: &str| {
        format!("令和９年度概算要求（千円）\n事業,R9要求,R8当初,R7決算\n道路,12,11,10\n鉄道,22,21,20\n{more}")
    };
    let root = tempfile::tempdir().unwrap();
    let import = |csv: String| {
        let import = taken("a.csv", csv);
        for placed in drafting::imports(&Project::default(), &import, &root.path().join("fy2027/x")) {
            placed.plan.unwrap().1.apply().unwrap();
        }
    };
    let ids = |year: &str| {
        let text = std::fs::read_to_string(root.path().join(year).join("x/ids.yaml")).unwrap();
        let id =
            |line: &str| Some(line.split_once("{id: ")?.1.split_once(", amounts")?.0.replace(", path:", ""));
        text.lines().filter_map(id).collect::<Vec<_>>()
    };
    import(csv(""));
    import(csv("新A,1,,\n新B,2,1,\n旧C,,5,6\n"));
    assert_eq!(ids("fy2027"), ["p-1 道路", "p-2 鉄道", "p-3 新A", "p-4 新B", "p-5 旧C"]);
    assert_eq!(ids("fy2026"), ["p-1 道路", "p-2 鉄道", "p-4 新B", "p-5 旧C"]);
    assert_eq!(ids("fy2025"), ["p-1 道路", "p-2 鉄道", "p-5 旧C"]);
    // What was asked for before gets an amount of last year.
    import(csv("新A,1,1,\n新B,2,1,\n旧C,,5,6\n"));
    assert!(ids("fy2026").contains(&"p-3 新A".to_owned()), "{:?}", ids("fy2026"));
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

#[test]
fn a_sheet_a_file_and_a_folder_called_after_a_year_are_of_it() {
    let rows = "概算要求（単位：千円）\n事業,要求額,前年度\n道路,15,14\n港湾,7,6\n";
    let of = |name: &str, sheets: &[(&str, &str)], folder: Option<u16>| {
        let folder_year = folder.and_then(FiscalYear::new);
        let options = Options { folder_year, ..Options::default() };
        let import = import(&[(name.to_owned(), super::several::book(sheets))], &options);
        import.chapters.iter().map(|chapter| chapter.year.western()).collect::<Vec<_>>()
    };
    let two = [("令和９年度", rows), ("令和８年度", rows)];
    assert_eq!(of("r14b/要求.xlsx", &two, Some(2027)), [2027, 2026]);
    for (name, folder, expected) in [
        ("R9要求.xlsx", Some(2028), &[2027][..]),
        ("R9/要求.xlsx", Some(2028), &[2028]),
        ("R9/控/要求.xlsx", None, &[2027]),
        ("fy2027/要求.xlsx", None, &[2027]),
        ("令和9年度/要求.xlsx", None, &[2027]),
        ("r14b/要求.xlsx", None, &[]),
        ("r14b/要求.xlsx", Some(2027), &[2027]),
        ("R9見積/S3.xlsx", None, &[]),
    ] {
        assert_eq!(of(name, &[("要求", rows)], folder), expected, "{name} {folder:?}");
    }
}

#[test]
fn amounts_that_look_like_years_are_the_amounts_of_lines() {
    let head = "令和9年度概算要求（千円）\n事項,前年度予算額,要求額\n";
    for (rows, expected) in [
        (
            "事業1940,1940,1940\n観測網,10,12\n計,1950,1952\n",
            ["事業1940: Prior 1,940, Requested 1,940", "観測網: Prior 10, Requested 12"],
        ),
        (
            "観測網,10,12\n事業1950,2000,2026\n計,2010,2038\n",
            ["観測網: Prior 10, Requested 12", "事業1950: Prior 2,000, Requested 2,026"],
        ),
        // Years that meet, apart from the other lines.
        (
            "\n道路改良,2014,2015\n\n河川改修,1999,2000\n計,4013,4015\n",
            ["道路改良: Prior 2,014, Requested 2,015", "河川改修: Prior 1,999, Requested 2,000"],
        ),
        // A total without words below the heads.
        (
            ",2014,2026\n甲,2000,2010\n乙,14,16\n",
            ["甲: Prior 2,000, Requested 2,010", "乙: Prior 14, Requested 16"],
        ),
    ] {
        let import = taken("b.csv", format!("{head}{rows}"));
        assert_eq!(
            (lines(&import), import.chapters.len()),
            (expected.map(str::to_owned).to_vec(), 1),
            "{rows}"
        );
    }
    let one =
        taken("b.csv", "令和9年度概算要求（千円）\n事項,要求額\n甲,2000\n乙,26\n小計,2026\n丙,1\n計,2027\n");
    assert_eq!((lines(&one).len(), findings(&one)), (3, Vec::new()));
    // A table without a header has none in a row of amounts.
    for rows in ["事業費,2026\n人件費,300\n", "甲,1940,1940\n乙,1,2\n"] {
        assert!(taken("b.csv", format!("令和9年度（千円）\n{rows}")).is_unreadable(), "{rows}");
    }
    // Years that head a further table are no line of the one above it.
    let tables = taken(
        "b.csv",
        "Budget (USD thousand)\nFunction,2026,2027\nStaff,2000,2040\nTotal,2000,2040\n\nObject,2026,2027\nGoods,2010,2030\nTotal,2010,2030\n",
    );
    assert_eq!(tables.tables.len(), 2);
}

#[test]
fn heads_of_years_are_told_from_boxes_amounts_and_rows_of_stages() {
    // A box of a form may name a year, and an amount that may be one has words beside it.
    let form = "令和9年度概算要求　個票\n事業名,観測網の整備\n区分,継続（開始：H30）\n担当課室,企画課\n前年度予算額,5004,要求額,6120\n";
    let import = taken("f.csv", format!("（単位：千円）\n{form}"));
    assert_eq!(lines(&import), ["観測網の整備: Prior 5,004, Requested 6,120"], "{:?}", import.findings);
    for (amount, shown) in [("2025〔2000〕", 300), ("約2025", 2_325), ("2025程度", 2_325)] {
        let rows = format!("甲,300\n乙,{amount}\n");
        let import = taken("b.csv", format!("令和9年度概算要求（千円）\n事項,要求額\n{rows}"));
        assert_eq!((import.chapters.len(), lines(&import).len()), (1, 2), "{amount} {shown}");
    }
    // Below a year alone stand amounts, also such as look like others.
    let rows = "事項,2023,2025,2027\n港湾改修費,2024,2026,2028\n漁港整備費,1999,1998,1997\n";
    let import = taken("y.csv", format!("令和9年度概算要求\n（単位：百万円）\n{rows}"));
    assert!(import.chapters.iter().all(|it| it.lines.len() == 2), "{:?}", import.chapters.len());
    // Stages above the years, with the name of the lines beside these.
    let rows =
        ",Actual,Enacted,Request\nProgram,2025,2026,2027\nParks,1234,2345,3456\nRoads,5026,6027,7028\n";
    let import = taken("s.csv", format!("FY2027 Budget request (thousand USD)\n{rows}"));
    assert_eq!(
        lines(&import),
        ["Parks: Prior 2,345, Requested 3,456", "Roads: Prior 6,027, Requested 7,028"]
    );
    let stages: Vec<String> =
        import.chapters.iter().map(|it| format!("{} {:?}", it.year.western(), it.stage)).collect();
    assert_eq!(stages, ["2027 Request", "2026 Enacted", "2025 Settled"]);
    // The dash that closes an amount in yen is no minus.
    let import =
        taken("d.csv", "令和9年度概算要求（円）\n事項,前年度予算額,要求額\n甲,\"￥1,200-\",\"¥1,300.-\"\n");
    assert_eq!(lines(&import), ["甲: Prior 1,200, Requested 1,300"]);
}
