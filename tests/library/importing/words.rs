//! What the words of rows say of them: which are counted elsewhere, which are totals, which are no lines at all.

use std::path::Path;

use gaisan::drafting;
use gaisan::read::Project;

use super::{findings, lines, taken};

fn sheet(rows: &str) -> String {
    format!("防災庁,,,（単位：千円）\n事項,前年度予算額,R9要求額,備考\n{rows}")
}

/// The lines of a sheet without findings.
fn read(rows: &str) -> Vec<String> {
    let import = taken("要求.csv", sheet(rows));
    assert_eq!(findings(&import), Vec::<String>::new(), "{rows}");
    lines(&import)
}

#[test]
fn only_a_remark_on_the_whole_line_sets_it_aside() {
    for (note, is_aside) in [
        ("うち70は再掲", false),
        ("うち70（再掲）", false),
        ("一部再掲", false),
        ("再掲を含む", false),
        ("70百万円は再掲", false),
        ("再掲", true),
        ("※（再掲）", true),
        ("推進枠、再掲", true),
        ("内閣府の「防災」に再掲", true),
    ] {
        let total = if is_aside { "5,30" } else { "15,130" };
        let said = read(&format!("甲,10,100,{note}\n乙,5,30,\n計,{total},\n"));
        assert_eq!(said[0].contains("Recount"), is_aside, "{note}: {said:?}");
    }
    // So it is with 内数, 新規 and 終了; titles that only begin with such a word say nothing of the kind.
    assert_eq!(
        read(
            "甲,10,100,うち12は内数\n新規就農者支援,－,5,\n廃止措置,7,－,\n【新規】乙,－,3,\n丙,4,－,R8限り\n"
        ),
        [
            "甲: Prior 10, Requested 100",
            "新規就農者支援: Prior -, Requested 5",
            "廃止措置: Prior 7, Requested -",
            "【新規】乙: Prior 新規, Requested 3",
            "丙: Prior 4, Requested 終了",
        ]
    );
}

#[test]
fn whom_to_ask_is_no_line() {
    let rows = "甲,10,100,\n乙,5,30,\n計,15,130,\n担当：会計課 主査,,,\n電話 03-1234-5678,,,\n内線,1234,,\n連絡先,03-1234-5678,,\n,a@example.go.jp,,\n（注）四捨五入,,,\n";
    let import = taken("要求.csv", sheet(rows));
    assert_eq!(lines(&import).len(), 2, "{:?}", lines(&import));
    assert_eq!(findings(&import), Vec::<String>::new());
    assert_eq!(import.chapters[0].notes, ["（注）四捨五入"]);
    assert!(import.left.iter().any(|left| left.contains("担当：会計課 主査")), "{:?}", import.left);
    // From the first of them below the total on nothing is a line, and heads that are counted there are no money.
    let below = "担当：総務課 内線 1234,,,\n作成日,2026/8/31,,\n承認,1,2,\n";
    for rows in [below, "定員（人）,120,125,\n", "Positions (FTE),120,125,\n"] {
        let import = taken("要求.csv", sheet(&format!("甲,10,100,\n計,10,100,\n{rows}")));
        assert_eq!((lines(&import).len(), findings(&import)), (1, Vec::new()), "{rows}");
        assert!(!import.left.is_empty(), "{rows}");
    }
    // With amounts, and no total above them, they are what the money is for.
    assert_eq!(read("旅費,10,100,\n電話,5,30,\n").len(), 2);
}

#[test]
fn names_of_levels_are_levels() {
    let expected = [
        "観測費: Prior 15, Requested 130",
        "  庁費: Prior 10, Requested 100",
        "  旅費: Prior 5, Requested 30",
    ];
    for (outer, inner) in
        [("（項）", "（目）"), ("【款】", "【項】"), ("2款 ", "1項 "), ("第１款　", "第１項　")]
    {
        let rows = format!(
            "{outer}観測費,15,130,\n{inner}庁費,10,100,\n{inner}旅費,5,30,\n{outer}研究費,3,4,\n{inner}庁費,3,4,\n計,18,134,\n"
        );
        let said = read(&rows);
        let bare = |line: &String| line.replace(outer, "").replace(inner, "");
        assert_eq!(said.iter().map(bare).take(3).collect::<Vec<_>>(), expected, "{outer}");
        assert_eq!(said.len(), 5);
    }
}

#[test]
fn a_unit_may_stand_in_a_cell_beside_its_word() {
    for above in ["防災庁,,単位,千円", "防災庁,,単位：,（千円）", "防災庁,,（単位,千円）"]
    {
        let import = taken("要求.csv", format!("{above}\n事項,前年度予算額,R9要求額,備考\n甲,10,100,\n"));
        assert_eq!(findings(&import), Vec::<String>::new(), "{above}");
        assert!(
            import.left.is_empty() && import.tables[0].said[0].contains("unit 千円 (D1)"),
            "{:?}",
            import.left
        );
    }
    let below = taken("要求.csv", "事項,前年度予算額,R9要求額\n,単位,百万円\n甲,10,100\n");
    assert_eq!((findings(&below), lines(&below).len()), (Vec::new(), 1));
}

#[test]
fn a_total_behind_another_is_held_against_what_fits_it_better() {
    let lines = "甲,10,100,\n乙,5,30,\n小計,15,130,\n丙,3,4,\n丁,1,1,\n";
    let total = |rows: &str| {
        let import = taken("要求.csv", sheet(rows));
        let said: Vec<String> = import.chapters[0].total.iter().map(|it| it.text.clone()).collect();
        (said.join(" "), import.findings.iter().map(|it| it.message.clone()).collect::<Vec<_>>())
    };
    assert_eq!(total(&format!("{lines}計,19,135,\n")), ("19 135".to_owned(), Vec::new()));
    let (said, findings) = total(&format!("{lines}計,34,265,\n"));
    assert!(said == "34 265" && findings[0].contains("its lines add up to 19: 15 missing"), "{findings:?}");
    // A 小計 is no total of the lines below it, nor is the first of several totals.
    assert_eq!(total(lines), (String::new(), Vec::new()));
    assert_eq!(
        total("甲,10,100,\n乙,5,30,\n計,15,130,\n丙,3,4,\n丁,1,1,\n計,4,5,\n"),
        (String::new(), Vec::new())
    );
    let (said, findings) = total("甲,10,100,\n乙,5,30,\n計,15,130,\n丙,3,4,\n");
    assert!(said == "15 130" && findings[0].contains("stands below the total of all lines"), "{findings:?}");
}

#[test]
fn what_the_sheet_says_of_rounding_explains_its_totals() {
    let rows = "甲,3.3,3.3,\n乙,3.3,3.3,\n丙,3.3,3.3,\n計,10,10,\n";
    let said = |note: &str, total: &str| {
        let rows = rows.replace("計,10,10", &format!("計,{total},{total}"));
        findings(&taken("要求.csv", sheet(&format!("{rows}{note},,,\n")).replace("千円", "億円")))
    };
    for (note, total) in [
        ("（注）四捨五入による", "10"),
        ("（注）端数は切捨て", "10"),
        ("（注）端数は切捨て", "9.9"),
        ("（注）端数処理のため計と一致しない", "10"),
    ] {
        assert_eq!(said(note, total), Vec::<String>::new(), "{note} {total}");
    }
    for (note, total) in [("（注）速報値", "10"), ("（注）端数は切捨て", "8"), ("（注）四捨五入による", "12")]
    {
        assert_eq!(said(note, total), ["W0704 要求.csv B6"], "{note} {total}");
    }
}

#[test]
fn a_number_that_is_a_text_is_said_where_a_sum_leaves_it_out() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet();
    page.write_row(0, 0, ["事項", "前年度予算額", "R9要求額（千円）"]).unwrap();
    page.write(1, 0, "甲").unwrap().write(1, 1, "10").unwrap().write(1, 2, "100").unwrap();
    page.write(2, 0, "乙").unwrap().write(2, 1, 5).unwrap().write(2, 2, 30).unwrap();
    page.write(3, 0, "計").unwrap().write(3, 1, 15).unwrap();
    let sum = rust_xlsxwriter::Formula::new("=SUM(C2:C3)").set_result("30");
    page.write_formula(3, 2, sum).unwrap();
    let import = taken("要求.xlsx", book.save_to_buffer().unwrap());
    assert_eq!(findings(&import), ["W0706 要求.xlsx Sheet1!C2", "W0704 要求.xlsx Sheet1!C4"]);
    assert_eq!(lines(&import)[0], "甲: Prior 10, Requested 100");
}

#[test]
fn a_single_line_keeps_its_title() {
    let chapter = |head: &str, rows: &str| {
        let root = tempfile::tempdir().unwrap();
        let csv = format!("{head}\n事項,前年度予算額（千円）,R9要求額（千円）,備考\n{rows}");
        drafting::import(&Project::default(), &taken("要求.csv", csv).chapters[0], root.path())
            .apply()
            .unwrap();
        let text =
            |name: &str| std::fs::read_to_string(Path::new(root.path()).join(name)).unwrap_or_default();
        text("request.yaml") + &text("p-1.yaml")
    };
    let of_which = "観測網,10,100,\nうち人件費,5,30,\nうち物件費,5,70,\n計,10,100,\n";
    let said = chapter("防災庁,,,", of_which);
    assert!(said.contains("programs:\n  - p-1.yaml") && said.contains("title: 観測網\n"), "{said}");
    let parts = "観測網,10,100,\n　人件費,5,30,\n　物件費,5,70,\n";
    let said = chapter("令和９年度　防災関係予算,,,", parts);
    assert!(said.contains("title: 防災関係予算\n") && said.contains("title: 観測網\n"), "{said}");
    // What only says that it is all of the chapter is the chapter.
    let said = chapter("令和９年度　防災関係予算,,,", &parts.replace("観測網", "歳出合計"));
    assert!(!said.contains("歳出合計") && said.contains("title: 人件費\n"), "{said}");
}

#[test]
fn an_office_may_stand_before_the_year_of_a_title_and_a_currency_in_brackets() {
    let import = taken("要求.csv", "防災省 令和9年度概算要求（千円）\n事項,前年度,要求額\n甲,1,2\n");
    let chapter = &import.chapters[0];
    assert_eq!(
        (chapter.ministry.as_deref(), chapter.title.as_deref()),
        (Some("防災省"), Some("令和9年度概算要求"))
    );
    for (above, header, unit) in [("", "(€)", "EUR"), ("(in thousands)\n", "($)", "thousand USD")] {
        let rows = format!("{above}Programme,Budget 2026 {header},Request 2027 {header}\nRoads,10,12\n");
        assert_eq!(Some(taken("a.csv", rows).chapters[0].unit), gaisan::model::Unit::parse(unit), "{header}");
    }
    let import =
        taken("a.csv", "FY2027 Request (in thousands)\nProgramme,Budget 2026,Request 2027\nRoads,10,12\n");
    assert!(import.findings[0].message.contains("counts in thousands"), "{:?}", import.findings);
}

#[test]
fn what_is_no_workbook_is_told_as_what_it_is() {
    for (bytes, said) in [
        ("", "it is empty"),
        ("%PDF-1.7", "a PDF"),
        ("\n<html><table><tr><td>要求額</td></tr></table>", "HTML"),
        ("事業,R9要求額（千円）\n\"A,1\nB,2\n計,3\n", "the quote that opens in line 2"),
    ] {
        let import = taken("要求.xls", bytes);
        assert!(
            import.is_unreadable() && import.findings[0].message.contains(said),
            "{said}: {:?}",
            import.findings
        );
    }
    assert_eq!(read("\"甲\"\"乙\"\"\",1,2,\"a\nb\"\n").len(), 1);
}
