use gaisan::drafting;
use gaisan::import::{Figure, Options};
use gaisan::model::{FiscalCalendar, Money, Stage, Unit};
use gaisan::read::Project;
use rust_xlsxwriter::{Format, Workbook};

use super::{findings, lines, taken};

/// A workbook of one sheet: its rows, with the cells that begin with `*` in bold.
fn book(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let (bold, plain) = (Format::new().set_bold(), Format::new());
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(*cells).filter(|(_, text)| !text.is_empty()) {
            let format = if text.starts_with('*') { &bold } else { &plain };
            let text = text.trim_start_matches('*');
            match text.parse::<f64>() {
                Ok(number) => sheet.write_with_format(row, column, number, format).unwrap(),
                Err(_) => sheet.write_with_format(row, column, text, format).unwrap(),
            };
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn a_line_without_numbers_is_no_header() {
    let csv = "（単位：千円）\n事項,R9要求額,前年度予算額\n観測網,10,5\n要求事項の調整,事項要求,－\n要求事務,－,－\n通信,20,－\n";
    let import = taken("要求.csv", csv);
    assert_eq!(findings(&import), Vec::<String>::new());
    assert_eq!(import.tables.len(), 1);
    assert_eq!(lines(&import)[1], "要求事項の調整: Requested 事項要求, Prior -");
}

#[test]
fn what_one_table_of_a_sheet_says_holds_for_the_next() {
    let csv = "令和９年度概算要求,,（単位：千円）\n\n港湾事業,前年度予算額,要求額\n税,10,20\n\n道路事業,前年度予算額,要求額\n観測,7,9\n";
    let import = taken("要求.csv", csv);
    assert_eq!(findings(&import), Vec::<String>::new());
    assert_eq!(
        lines(&import),
        ["港湾事業: ", "  税: Prior 10, Requested 20", "道路事業: ", "  観測: Prior 7, Requested 9"]
    );
    assert_eq!(import.tables.len(), 2);
    assert!(import.tables[1].said[0].ends_with("unit 千円 (C1)"), "{:?}", import.tables[1].said);
}

#[test]
fn tables_side_by_side_are_two() {
    let import = taken(
        "歳入歳出.xlsx",
        book(&[
            &["令和９年度予算要求", "", "", "", "", "（単位：千円）"],
            &["港湾事業", "要求額", "", "道路事業", "要求額", "備考"],
            &["税", "30", "", "観測網", "10", "推進枠"],
            &["手数料", "5", "", "通信", "25"],
            &["計", "35", "", "計", "35"],
        ]),
    );
    assert_eq!(findings(&import), Vec::<String>::new());
    assert_eq!(import.tables.len(), 2);
    let ranges: Vec<String> = import.tables.iter().map(|table| table.origin.to_string()).collect();
    assert_eq!(ranges, ["歳入歳出.xlsx Sheet1!A2:B5", "歳入歳出.xlsx Sheet1!D2:F5"]);
    let said = lines(&import);
    assert!(
        said.contains(&"  手数料: Requested 5".to_owned())
            && said.contains(&"  通信: Requested 25".to_owned()),
        "{said:?}"
    );
}

#[test]
fn bold_rows_are_groups_where_their_amounts_say_so() {
    let rows: &[&[&str]] = &[
        &["事項", "R9要求額（千円）"],
        &["*観測", "30"],
        &["海底", "10"],
        &["潮位", "20"],
        &["*通信", "7"],
        &["回線", "7"],
        &["*合計", "37"],
    ];
    let import = taken("要求.xlsx", book(rows));
    assert_eq!(
        lines(&import),
        [
            "観測: Requested 30", "  海底: Requested 10", "  潮位: Requested 20", "通信: Requested 7",
            "  回線: Requested 7"
        ]
    );
    // Bold for what is new, not for groups.
    let rows: &[&[&str]] =
        &[&["事項", "R9要求額（千円）"], &["*観測", "30"], &["海底", "10"], &["*潮位", "20"], &["*計", "60"]];
    let import = taken("要求.xlsx", book(rows));
    assert_eq!(lines(&import), ["観測: Requested 30", "海底: Requested 10", "潮位: Requested 20"]);
    assert_eq!(findings(&import), Vec::<String>::new());
}

#[test]
fn codes_that_begin_with_others_are_levels() {
    let of = |rows: &str| lines(&taken("予算.csv", format!("コード,事項,R9要求額（千円）\n{rows}")));
    let expected = [
        "総務費: Requested 30",
        "  管理費: Requested 10",
        "  徴税費: Requested 20",
        "    賦課: Requested 20",
        "民生費: Requested 5",
    ];
    assert_eq!(of("2,総務費,30\n201,管理費,10\n202,徴税費,20\n20201,賦課,20\n3,民生費,5\n"), expected);
    assert_eq!(of("1,総務費,30\n1.1,管理費,10\n1.2,徴税費,20\n1.2.1,賦課,20\n2,民生費,5\n"), expected);
    assert_eq!(
        of("020000,総務費,30\n020100,管理費,10\n020200,徴税費,20\n020201,賦課,20\n030000,民生費,5\n"),
        expected
    );
    // Numbers that only count, and codes of one length.
    assert_eq!(
        of("1,甲,30\n2,乙,10\n10,丙,20\n11,丁,5\n"),
        ["甲: Requested 30", "乙: Requested 10", "丙: Requested 20", "丁: Requested 5"]
    );
}

#[test]
fn a_table_over_several_pages_is_one() {
    let csv = "事項,R9要求額(千円)\n観測網,10\n- 1 -,\n事項,R9要求額(千円)\n通信,5\n2/3,\n事項,R9要求額(千円)\n（次頁へ続く）,\n計,15\n";
    let import = taken("要求.csv", csv);
    assert_eq!(lines(&import), ["観測網: Requested 10", "通信: Requested 5"]);
    assert_eq!(findings(&import), Vec::<String>::new());
    assert!(import.left.contains(&"要求.csv A3: the foot of a page `- 1 -`".to_owned()), "{:?}", import.left);
}

#[test]
fn a_page_that_says_its_title_and_unit_again_goes_on_with_the_table() {
    for again in [
        "令和９年度　総括表（続き）",
        "令和９年度 総括表（2/2）",
        "令和９年度総括表 つづき",
        "令和８年８月31日現在",
    ] {
        let csv = format!(
            "令和９年度　総括表,（単位：千円）\n事項,要求額\n観測網,10\n\n{again},（単位：千円）\n事項,要求額\n通信,5\n計,15\n"
        );
        let import = taken("要求.csv", csv);
        assert_eq!((import.tables.len(), findings(&import)), (1, Vec::new()), "{again}");
        assert_eq!(import.chapters[0].total[0].text, "15", "{again}");
    }
}

#[test]
fn columns_of_years_are_chapters_with_what_was_enacted_and_settled() {
    let csv = "事項,R6決算額,R7当初予算額,R7補正予算額,R8当初予算額,R9要求額\n観測網,8,10,2,11,12\n";
    let options = Options { unit: Some(Unit::THOUSAND_YEN), ..Options::default() };
    let import = gaisan::import::import(&[("推移.csv".to_owned(), csv.into())], &options);
    let said: Vec<_> = import
        .chapters
        .iter()
        .map(|chapter| {
            let amounts: Vec<_> =
                chapter.lines[0].amounts.iter().map(|it| (it.figure, it.text.as_str())).collect();
            (chapter.year.western(), chapter.stage, amounts)
        })
        .collect();
    assert_eq!(
        said,
        [
            (2027, Stage::Request, vec![(Figure::Prior, "11"), (Figure::Requested, "12")]),
            (2026, Stage::Enacted, vec![(Figure::Prior, "10"), (Figure::Requested, "11")]),
            (2025, Stage::Enacted, vec![(Figure::Requested, "10"), (Figure::Supplementary, "2")]),
            (2024, Stage::Settled, vec![(Figure::Requested, "8")]),
        ]
    );
}

#[test]
fn two_calendar_years_are_one_fiscal_year_by_the_calendar_of_the_project() {
    let csv = "Program,2024-25 budget,2025-26 budget,2026-27 request\nA,8,10,12\n";
    let years = |starts: u8| {
        let calendar = FiscalCalendar::new(starts, None).unwrap();
        let options = Options { unit: Some(Unit::THOUSAND_YEN), calendar, ..Options::default() };
        let import = gaisan::import::import(&[("years.csv".to_owned(), csv.into())], &options);
        import.chapters.iter().map(|chapter| chapter.year.western()).collect::<Vec<_>>()
    };
    assert_eq!((years(4), years(10)), (vec![2026, 2025, 2024], vec![2027, 2026, 2025]));
    // The map of columns goes by it, too.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("columns.yaml");
    std::fs::write(&path, "year: 2025-26\ncolumns: []\n").unwrap();
    let year = |starts: u8| {
        let calendar = FiscalCalendar::new(starts, None).unwrap();
        let map = gaisan::import::Map::read(&path, calendar, &mut gaisan::import::Import::default());
        map.unwrap().year.unwrap().western()
    };
    assert_eq!((year(4), year(10)), (2025, 2026));
}

#[test]
fn an_adjacency_list_may_name_what_comes_later_and_says_what_it_names_wrongly() {
    let csv = "id,parent,name,requested,unit\nb,a,海底,10,千円\na,,観測,10,千円\nc,z,通信,5,百万円\nd,e,甲,1,千円\ne,d,乙,1,千円\n";
    let options = Options { year: gaisan::model::FiscalYear::new(2027), ..Options::default() };
    let import = gaisan::import::import(&[("list.csv".to_owned(), csv.into())], &options);
    let said = lines(&import);
    assert_eq!(said[..2], ["観測: Requested 10".to_owned(), "  海底: Requested 10".to_owned()]);
    assert!(said.contains(&"通信: Requested 5百万円".to_owned()), "{said:?}");
    assert_eq!(findings(&import), ["W0706 list.csv C4", "W0706 list.csv C5"]);
    assert!(import.findings[1].message.contains("round in a circle"), "{}", import.findings[1].message);
}

#[test]
fn what_stands_above_a_table_is_told_apart() {
    let csv = "別紙１,,令和8年8月31日\n防災海洋庁,,\n令和９年度 概算要求総括表（単位：千円）,,\n事項,前年度予算額,要求額\n観測網,10,20\n";
    let import = taken("要求.csv", csv);
    let chapter = &import.chapters[0];
    assert_eq!(chapter.title.as_deref(), Some("令和９年度 概算要求総括表"));
    assert_eq!((chapter.year.western(), chapter.ministry.as_deref()), (2027, Some("防災海洋庁")));
    assert_eq!(import.left, ["要求.csv A1: `別紙１`", "要求.csv C1: `令和8年8月31日`"]);
    let two = "（単位：千円）,,（単位：百万円）\n事項,前年度予算額,R9要求額\n観測網,10,20\n";
    assert_eq!(findings(&taken("要求.csv", two)), ["W0706 要求.csv C1"]);
}

#[test]
fn a_day_in_a_title_is_no_year_and_takes_none_away() {
    for title in [
        "令和９年度概算要求総括表（令和８年８月31日現在）",
        "R8.8.31 令和九年度概算要求総括表",
        "2026/8/31　R9要求",
    ] {
        let import = taken("要求.csv", format!("{title}（単位：千円）,\n事項,要求額\n観測網,10\n"));
        assert_eq!(findings(&import), Vec::<String>::new(), "{title}");
        assert_eq!(import.chapters[0].year.western(), 2027, "{title}");
        assert!(import.chapters[0].title.is_some(), "{title}");
    }
    let import = taken("要求.csv", "令和８年８月31日現在,\n事項,要求額（千円）\n観測網,10\n");
    assert_eq!(findings(&import), ["E0702 要求.csv A2"], "a day alone says no fiscal year");
}

#[test]
fn a_title_may_stand_directly_above_the_header_and_below_another_table() {
    let csv = "令和９年度　港湾予算要求（単位：千円）,,\n款,前年度予算額,要求額\n税,10,20\n\n令和９年度　道路予算要求（単位：百万円）,,\n款,前年度予算額,要求額\n観測,7,9\n";
    let import = taken("要求.csv", csv);
    assert_eq!(findings(&import), Vec::<String>::new());
    assert_eq!(
        lines(&import),
        [
            "令和９年度 港湾予算要求: ",
            "  税: Prior 10, Requested 20",
            "令和９年度 道路予算要求: ",
            "  観測: Prior 7, Requested 9"
        ]
    );
    let root = tempfile::tempdir().unwrap();
    drafting::import(&Project::default(), &import.chapters[0], root.path()).apply().unwrap();
    let reading = gaisan::read::read(&[root.path().to_path_buf()]);
    let line = |at: usize| reading.requests[0].programs[at].children[0].line.requested.money.value;
    let of = |text: &str| Money::parse(text, Unit::THOUSAND_YEN).unwrap();
    assert_eq!((line(0), line(1)), (of("20"), of("9百万円")), "each in its own unit");
}

#[test]
fn the_amounts_of_setsu_stand_in_a_column_of_their_own() {
    let rows: &[&[&str]] = &[
        &["令和９年度予算（単位：千円）"],
        &["款", "項", "目", "本年度", "前年度", "比較", "節", "", "説明"],
        &["", "", "", "", "", "", "区分", "金額"],
        &["総務費", "", "", "30", "28", "2"],
        &["", "管理費", "", "30", "28", "2"],
        &["", "", "一般管理費", "30", "28", "2", "１報酬", "10", "委員"],
        &["", "", "", "", "", "", "２給料", "20", "職員"],
    ];
    let import = taken("予算.xlsx", book(rows));
    assert_eq!(
        lines(&import),
        [
            "総務費: Requested 30, Prior 28",
            "  管理費: Requested 30, Prior 28",
            "    一般管理費: Requested 30, Prior 28",
            "      １報酬: Requested 10, Prior 記載なし",
            "      ２給料: Requested 20, Prior 記載なし"
        ]
    );
    assert_eq!(findings(&import), Vec::<String>::new());
}

#[test]
fn totals_and_asides_are_known_by_their_words_and_their_sums() {
    let csv = "事項,前年度予算額（千円）,R9要求額（千円）\n一般会計,,\n（項）観測費,,\n　１　観測網,10,20\n　２　地震計,5,7\n　〔うち人件費〕,〔2.5〕,〔3.0〕\n　港湾〔一部〕,〔1〕,〔2〕\n観測費計,15,27\n（項）研究費,,\n　基礎,3,4\n研究費計,3,4\n一般会計計,18,31\n特別会計,,\n　運用,1,2\n特別会計計,1,2\n総計,19,33\n";
    let import = taken("要求.csv", csv);
    assert_eq!(
        lines(&import),
        [
            "一般会計: Prior 18, Requested 31",
            "  （項）観測費: Prior 15, Requested 27",
            "    観測網: Prior 10, Requested 20",
            "    地震計: Prior 5, Requested 7",
            "      〔うち人件費〕 (OfWhich): Prior 2.5, Requested 3.0",
            "    港湾〔一部〕 (Recount): Prior 1, Requested 2",
            "  （項）研究費: Prior 3, Requested 4",
            "    基礎: Prior 3, Requested 4",
            "特別会計: Prior 1, Requested 2",
            "  運用: Prior 1, Requested 2",
        ]
    );
    assert_eq!(findings(&import), Vec::<String>::new());
}

#[test]
fn years_without_an_era_are_those_of_the_title_and_words_behind_amounts_are_remarks() {
    let csv = "令和９年度予算（億円）,,,,,\n款,8年度,9年度,増減,節,説明\n総務費,28,30,2,１報酬,委員\n,,,,２給料,職員\n計,28,30,2,,\n";
    let import = taken("予算.csv", csv);
    assert_eq!(lines(&import), ["総務費: Prior 28, Requested 30"]);
    assert_eq!(import.chapters[0].lines[0].notes, ["１報酬", "委員", "２給料", "職員"]);
    assert_eq!(findings(&import), Vec::<String>::new());
}

#[test]
fn a_row_of_figures_without_words_is_a_total_or_nothing() {
    let rows = "事項,R9要求額（千円）\n観測網,10\n通信,5\n";
    assert_eq!(lines(&taken("a.csv", format!("{rows},15\n"))), ["観測網: Requested 10", "通信: Requested 5"]);
    let import = taken("a.csv", format!("{rows},16\n"));
    assert_eq!((lines(&import).len(), findings(&import)), (2, vec!["W0706 a.csv B4".to_owned()]));
}

#[test]
fn a_column_of_numbers_that_nothing_explains_is_asked_about() {
    let import = taken("a.csv", "事項,R9要求額（千円）,イ欄,構成比\n観測網,10,3,0.5\n通信,10,4,0.5\n");
    assert_eq!(findings(&import), ["W0706 a.csv C1"]);
    let taken: Vec<&str> = import.tables[0].columns.iter().map(|column| column.taken.as_str()).collect();
    assert_eq!(taken, ["level", "requested", "not taken", "not taken: rate, which nothing verifies"]);
}

#[test]
fn the_same_finding_in_a_column_is_one_with_all_its_cells() {
    let csv = "事項,前年度予算額（千円）,R9要求額（千円）,増減額\n甲,1,2,#VALUE!\n乙,(139),4,#VALUE!\n丙,1,#REF!,1\n計,143,7,\n";
    let import = taken("a.csv", csv.replace("乙,(139),4", "乙（内数）,(139),4"));
    let said: Vec<String> = import.findings.iter().map(|finding| format!("{finding:?}")).collect();
    let said = said.join("\n");
    assert!(said.contains("the same in D3"), "{said}");
    assert!(said.contains("not added: `139の内数` (B3)"), "{said}");
}

#[test]
fn a_last_total_is_held_against_all_lines() {
    for (total, lines) in [
        ("計,200,180,-20", "A,100,120,20\nB,200,180,-20\n"),
        ("合計,250,230,-20", "A,100,120,20\nB,200,180,-20\nC,50,50,0\n"),
    ] {
        let import =
            taken("要求.csv", format!("事項,前年度予算額(千円),R9要求額(千円),増減額\n{lines}{total}\n"));
        let row = lines.lines().count() + 2;
        assert_eq!(findings(&import), [format!("W0704 要求.csv B{row}")], "{total}");
        let kept: Vec<&str> = import.chapters[0].total.iter().map(|amount| amount.text.as_str()).collect();
        assert_eq!(kept, total.split(',').skip(1).take(2).collect::<Vec<_>>(), "the printed figures");
    }
}

#[test]
fn a_header_of_two_rows_says_whose_budget_it_is() {
    for header in ["事項,前年度,要求額\n,予算額,\n", "事項,前年度,令和9年度\n,予算額,要求額\n"]
    {
        let import = taken(
            "要求.csv",
            format!("令和9年度概算要求,,\n（単位：千円）,,\n{header}A,110,100\n計,110,100\n"),
        );
        assert_eq!(lines(&import), ["A: Prior 110, Requested 100"], "{header}");
    }
}
