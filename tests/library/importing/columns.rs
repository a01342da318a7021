//! Which figure a column is: its whole header says it, or what stands beside it, and what is no amount of one year is none.

use gaisan::import::{Import, Map, Options, import};
use gaisan::model::{FiscalCalendar, FiscalYear, Stage};

use super::kinds::sheet;
use super::{findings, lines, taken};

/// What the columns behind the first are taken for.
fn taken_as(import: &Import) -> Vec<&str> {
    import.tables[0].columns.iter().skip(1).map(|column| column.taken.as_str()).collect()
}

/// A request of two lines.
fn request(header: &str, one: &str, two: &str) -> Import {
    sheet(&format!("事業,{header}\n甲,{one}\n乙,{two}\n"))
}

const NOT: &str = "not taken";
const SOURCE: &str = "not taken: it says where the money comes from";

#[test]
fn what_is_counted_beside_money_is_no_money() {
    for header in [
        "要求数",
        "要求件数",
        "要求人員",
        "前年度人員",
        "要求単価",
        "要求数量",
        "要求順位",
        "要求枠",
        "予算額累計",
        "日数",
        "台数",
        "月数",
        "面積",
        "延長",
        "時間",
        "要求ID",
        "次年度以降要求額",
        "令和10年度以降",
        "R7までの実績",
        "査定額",
        "財政課査定",
        "内示額",
        "復活要求額",
        "Requested FTE",
        "Requested Positions",
        "Request Priority",
        "Request ID",
        "Prior Year FTE",
        "Budgeted FTE",
    ] {
        for at in 0..3 {
            let mut heads = vec!["要求額", "前年度予算額"];
            heads.insert(at, header);
            let of = |one: &str, rest: [&str; 2]| {
                let mut cells = rest.to_vec();
                cells.insert(at, one);
                cells.join(",")
            };
            let import = request(&heads.join(","), &of("10", ["5000", "4500"]), &of("3", ["600", "610"]));
            assert_eq!(lines(&import)[0], "甲: Requested 5,000, Prior 4,500", "{header}");
            assert_eq!((taken_as(&import)[at], findings(&import)), (NOT, Vec::new()), "{header}");
            assert_eq!(import.chapters.len(), 1, "{header}");
        }
    }
    // A rate is one, and a code.
    for (header, expected) in [
        ("要求年度", "year"),
        ("対前年度", "not taken: change, which nothing verifies"),
        ("% of Request", "not taken: rate, which nothing verifies"),
        ("Budget Code", "code"),
    ] {
        let (one, two) = if expected == "year" { ("2027", "2027") } else { ("10", "3") };
        let import = request(&format!("{header},要求額"), &format!("{one},5000"), &format!("{two},600"));
        assert_eq!((taken_as(&import)[0], lines(&import).len()), (expected, 2), "{header}");
    }
    let import = sheet("区分,令和9年度要求額,,\n,単価,日数,金額\n甲,200,24,4800\n乙,150,12,1800\n");
    assert_eq!(lines(&import), ["甲: Requested 4,800", "乙: Requested 1,800"]);
}

#[test]
fn where_the_money_comes_from_is_no_budget() {
    for (header, sources) in [
        ("要求額,前年度当初予算額,本年度の財源内訳　国庫支出金", 1),
        ("要求額,前年度当初予算額,国庫支出金,県債,その他,一般財源", 4),
        ("要求額,前年度当初予算額,うち国庫,うち一般財源", 2),
    ] {
        let cells = |figures: &str| format!("{figures}{}", ",1".repeat(sources));
        let import = request(header, &cells("60,50"), &cells("4,3"));
        assert_eq!(lines(&import)[0], "甲: Requested 60, Prior 50", "{header}");
        assert_eq!(taken_as(&import)[2..], vec![SOURCE; sources], "{header}");
        assert_eq!(findings(&import), Vec::<String>::new(), "{header}");
    }
    // Its parts stand in a row of their own, below a head that goes no further down.
    let import = sheet(
        "事業名,本年度予算額,本年度予算額の財源内訳,,前年度予算額\n,,国県支出金,その他,\n甲,100,60,40,90\n乙,5,3,2,4\n",
    );
    assert_eq!((lines(&import)[0].as_str(), findings(&import)), ("甲: Requested 100, Prior 90", Vec::new()));
}

#[test]
fn nothing_of_the_year_that_is_asked_for_is_enacted_without_a_word_that_says_it() {
    for header in
        ["本年度予算額", "現年度予算額", "既定予算額", "8当初", "現行予算額", "予算額", "成立予算額"]
    {
        let import = request(&format!("要求額,{header}"), "1234,1100", "89,50");
        assert_eq!(lines(&import)[0], "甲: Requested 1,234, Prior 1,100", "{header}");
        assert_eq!(findings(&import), Vec::<String>::new(), "{header}");
    }
    // Beside last year's budget it is asked about.
    for header in ["本年度予算額", "Base Budget", "Budget Authority", "金額", "計上額"] {
        let import = request(&format!("要求額,{header},前年度予算額"), "1234,1100,7", "89,50,8");
        assert_eq!(lines(&import)[0], "甲: Requested 1,234, Prior 7", "{header}");
        assert_eq!(findings(&import), ["W0706 要求.csv C3"], "{header}");
    }
    for header in ["R9予算案", "R9最終", "FY2027 Proposed"] {
        let import = request(&format!("要求額,{header},前年度予算額"), "1234,1100,7", "89,50,8");
        assert_eq!(
            (lines(&import)[0].as_str(), findings(&import)),
            ("甲: Requested 1,234, Prior 7", vec!["W0706 要求.csv C4".to_owned()])
        );
    }
    // Of two, the changes say which it is.
    let import = request("要求額,既定予算額,予算額,増減", "12,10,7,5", "9,8,8,1");
    assert_eq!(lines(&import)[0], "甲: Requested 12, Prior 7");
    assert_eq!(findings(&import), ["W0706 要求.csv C3"]);
    let import = request("R9要求額,R9成立予算額", "12,10", "9,8");
    assert_eq!(lines(&import)[0], "甲: Requested 12, Enacted 10");
}

#[test]
fn the_year_before_last_has_a_chapter_of_its_own() {
    for (header, stage) in [("前々年度予算額", "enacted"), ("前々年度決算額", "settled")] {
        let import = request(&format!("{header},前年度予算額,要求額"), "110,200,300", "400,500,600");
        assert_eq!(lines(&import)[0], "甲: Prior 200, Requested 300", "{header}");
        let [_, before] = &import.chapters[..] else { panic!("{header}") };
        assert_eq!((before.year.western(), before.stage.slug()), (2025, stage), "{header}");
    }
}

#[test]
fn the_stage_is_that_of_the_tables_own_year() {
    for (csv, stage) in [
        ("令和9年度予算案（千円）\n事業,8年度成立予算,9年度予算案\n", "proposal"),
        ("（千円）\n事業,R8成立予算,R9予算案\n", "proposal"),
        ("令和9年度当初予算案（千円）\n事業,前年度当初予算,本年度\n", "proposal"),
        ("令和9年度概算要求（千円）\n事業,8年度成立予算,9年度\n", "request"),
        ("令和9年度（千円）\n事業,8年度要求,9年度成立予算\n", "enacted"),
        ("令和8年度補正予算要求（千円）\n事業,既定予算額,補正要求額\n", "supplementary"),
        ("Proposed Budget 2027 (thousand USD)\nDepartment,Adopted 2026,Proposed 2027\n", "proposal"),
    ] {
        let import = taken("要求.csv", format!("{csv}甲,1,2\n"));
        assert_eq!(import.chapters[0].stage.slug(), stage, "{csv}");
    }
    let said = request("要求額", "1", "2").tables[0].when;
    assert_eq!(said, Some((FiscalYear::new(2027).unwrap(), Some(Stage::Request))));
    let import = sheet("事業,既定予算額,補正要求額,改予算額\n甲,8,2,10\n乙,20,-1,19\n").chapters;
    assert_eq!(import[0].lines[0].amounts.len(), 1, "what it is added to is not last year's");
}

#[test]
fn a_year_with_its_supplements_is_verified_and_several_of_them_are_added_up() {
    for header in ["R8当初,R8補正1号,R8補正2号,R8現計", "8年度当初,8年度第1次補正,8年度第2次補正,8年度計"]
    {
        let import = request(&format!("R9要求,{header}"), "15,8,2,1,11", "20,20,,0,20");
        assert_eq!(findings(&import), Vec::<String>::new(), "{header}");
        let before = &import.chapters[1].lines[0].amounts;
        let said: Vec<_> = before.iter().map(|it| (it.figure.slug(), it.text.as_str())).collect();
        assert_eq!(said, [("requested", "8"), ("supplementary", "3")], "{header}");
        assert_eq!(taken_as(&import)[3..], ["added to the column before it", "amount, verified"], "{header}");
        assert_eq!(import.left, Vec::<String>::new());
    }
    let import = request("前年度当初予算額,前年度補正予算額,前年度計,要求額", "8,2,10,15", "20,,20,20");
    assert_eq!((lines(&import)[0].as_str(), import.chapters.len()), ("甲: Prior 8, Requested 15", 1));
    assert_eq!((findings(&import), taken_as(&import)[2]), (Vec::new(), "amount, verified"));
    // A change may be that of the totals.
    let import = sheet(
        "事項,令和9年度,,,令和8年度,,,増減\n,要求額,要望額,計,当初,補正,計,\n甲,10,5,15,8,2,10,5\n乙,20,0,20,20,－,20,0\n",
    );
    assert_eq!((findings(&import), import.chapters.len()), (Vec::new(), 2));
    assert_eq!(import.chapters[1].lines[0].amounts[0].text, "8");
}

#[test]
fn the_whole_of_a_head_goes_before_its_end() {
    let import = request("新規要求,継続要求,要求額,前年度予算額", "10,20,30,25", "0,5,5,5");
    assert_eq!((lines(&import)[0].as_str(), findings(&import)), ("甲: Requested 30, Prior 25", Vec::new()));
    let import = request("うち要求額,要求額", "10,30", "1,5");
    assert_eq!(lines(&import)[0], "甲: Requested 30");
    assert_eq!(findings(&import), ["W0706 要求.csv B4"]);
}

#[test]
fn accounts_beside_each_other_are_shares_of_what_is_asked_for() {
    for header in [
        "一般会計,特別会計,計,前年度予算額",
        "一般会計,復興特会,要求額,前年度予算額",
        "要求額（一般会計）,要求額（特別会計）,要求額計,前年度予算額",
    ] {
        let import = request(header, "1100,2200,3300,3000", "5000,6000,11000,10000");
        assert_eq!(findings(&import), Vec::<String>::new(), "{header}");
        let amounts = import.chapters[0].lines[0].amounts.iter();
        let said: Vec<_> = amounts.map(|it| (it.account.as_deref(), it.text.as_str())).collect();
        assert_eq!(said.len(), 4, "{header}");
        assert_eq!((said[0], said[2]), ((Some("一般会計"), "1,100"), (None, "3,300")), "{header}");
    }
}

#[test]
fn words_are_no_codes_and_a_name_of_money_is_none() {
    let import = taken(
        "b.csv",
        "Division,Account,FY2027 Request (thousand USD)\nPatrol,Salaries,20\nPatrol,Overtime,3\nPool,Salaries,1\n",
    );
    assert_eq!(lines(&import)[1], "  Salaries: Requested 20");
    let import = request("総事業費,要求額", "100,20", "10,5");
    assert_eq!(
        (taken_as(&import), findings(&import)),
        (vec![NOT, "requested"], vec!["W0706 要求.csv B3".to_owned()])
    );
    // A year alone may be the head of an amount, and Increase that of a change.
    let import = taken(
        "b.csv",
        "FY 2027 Budget Request ($ thousands)\nProgram,2026,Request,Increase\nRoads,10,12,2\nParks,5,4,-1\n",
    );
    assert_eq!(lines(&import)[0], "Roads: Prior 10, Requested 12", "{:?}", import.findings);
    assert_eq!(taken_as(&import)[2], "change, verified");
}

#[test]
fn a_map_goes_before_what_is_guessed_and_says_what_was_done() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("columns.yaml");
    let csv = "防災庁\n令和9年度概算要求（千円）\n事業,最大要求額,要求額,査定額\n甲,9,7,5\n乙,4,3,2\n";
    let with = |map: &str| {
        std::fs::write(&path, map).unwrap();
        let mut found = Import::default();
        let map = Map::read(&path, FiscalCalendar::default(), &mut found).unwrap();
        found.take(&[("要求.csv".to_owned(), csv.into())], &Options { map, ..Options::default() });
        found
    };
    let mapped = with("columns:\n  - {header: 最大要求額, as: requested}\n");
    assert_eq!((lines(&mapped)[0].as_str(), findings(&mapped)), ("甲: Requested 9", Vec::new()));
    let written = Map::written(&mapped);
    assert!(
        written.contains("{header: 最大要求額, as: requested}\n  - {header: 要求額, as: nothing}"),
        "{written}"
    );
    assert_eq!(lines(&with(&written)), lines(&mapped), "as it was written");
    let wrong = with(
        "columns:\n  - {header: 存在しない, as: requested}\n  - {header: 要求額, as: requested}\n  - {header: 要求額, as: nothing}\n",
    );
    let codes: Vec<&str> = wrong.findings.iter().map(|finding| finding.code).collect();
    assert_eq!((codes, lines(&wrong)[0].as_str()), (vec!["W0706"; 2], "甲: Requested 7"));
    let plain = import(&[("要求.csv".to_owned(), csv.into())], &Options::default());
    assert_eq!(lines(&plain)[0], "甲: Requested 7");
    let misspelled = with("colums: {A: title}\n");
    assert!(misspelled.findings[0].message.contains("no key `colums`"), "{:?}", misspelled.findings);
    let unlisted = with("columns: {A: title}\n");
    assert!(unlisted.findings[0].message.contains("are a list"), "{:?}", unlisted.findings);
}

#[test]
fn lines_that_a_column_of_types_calls_revenue_are_not_added() {
    let rows = "A,Revenue,Fees,100\nA,Expenditure,Pay,70\nB,Expenditure,Pay,50\nB,Transfer In,x,10\nB,Transfer Out,y,10\nC,Revenue,Rent,1\n";
    let csv = format!("Dept,Type,Account,FY2027 Budget (USD)\n{rows}");
    let import = taken("b.csv", csv.clone());
    assert_eq!(findings(&import), ["W0706 b.csv A2"]);
    assert_eq!(import.tables[0].columns[3].sums[0].1, "130");
    let said = lines(&import).join(" ");
    assert!(!said.contains("Fees") && !said.contains("C:") && said.contains("Transfer Out"), "{said}");
    let cells = &import.cells[0];
    assert_eq!((cells.taken, cells.named), (4 + 3 * 4, 3 * 4), "{cells:?}");
    // A total of both says that they are added.
    let import = taken("b.csv", format!("{csv}Total,,,241\n"));
    assert!(lines(&import).join(" ").contains("Fees"));
}
