use super::{findings, lines, taken};

/// A sheet of a ministry, with its unit and its year.
pub(super) fn sheet(rows: &str) -> gaisan::import::Import {
    taken("要求.csv", format!("防災庁,,\n令和9年度概算要求（単位：千円）,,\n{rows}"))
}

#[test]
fn lines_numbered_alike_are_of_one_level_whatever_their_amounts() {
    for [one, two, three, four] in [
        ["１．", "２．", "３．", "４．"],
        ["(1) ", "(2) ", "(3) ", "(4) "],
        ["8．", "9．", "10．", "11．"],
        ["98．", "99．", "100．", "101．"],
        ["Ⅰ ", "Ⅱ ", "Ⅲ ", "Ⅳ "],
        ["一、", "二、", "三、", "四、"],
        ["①", "②", "③", "④"],
        ["ア ", "イ ", "ウ ", "エ "],
        ["A. ", "B. ", "C. ", "D. "],
        ["（項）", "（項）", "（項）", "（項）"],
    ] {
        let rows =
            format!("事項,要求額,備考\n{one}堤防,3000,\n{two}水門,,\n{three}通信,70,\n{four}庁舎,30,\n");
        for total in ["合計,3100,\n", "小計,100,\n合計,3100,\n", ""] {
            let import = sheet(&format!("{rows}{total}"));
            let depths: Vec<bool> = lines(&import).iter().map(|line| line.starts_with(' ')).collect();
            assert_eq!(depths, [false; 4], "{one} {total} {:?}", lines(&import));
            assert_eq!(findings(&import), ["W0706 要求.csv A5"], "{one} {total}");
        }
    }
    // A column of codes says so, too, and so does a remark that says why a line has no amount.
    for rows in [
        "コード,事項,要求額\n01,堤防,3000\n02,水門,\n03,通信,70\n04,庁舎,30\n合計,,3100\n",
        "事項,要求額,備考\n堤防,3000,\n水門,,終了\n通信,70,\n庁舎,30,\n合計,3100,\n",
        "事項,要求額,備考\n堤防,3000,\n水門,,なし\n通信,70,\n庁舎,30,\n合計,3100,\n",
    ] {
        assert_eq!(
            lines(&sheet(rows))[1..],
            ["水門: ", "通信: Requested 70", "庁舎: Requested 30"],
            "{rows}"
        );
    }
}

#[test]
fn a_heading_without_amounts_has_lines_that_count_anew_or_otherwise() {
    for [head, one, two] in [
        ["１．観測", "１．", "２．"],
        ["１．観測", "（１）", "（２）"],
        ["観測", "", ""],
        ["●観測", "・", "・"],
        ["【観測】", "(1) ", "(2) "],
    ] {
        let import = sheet(&format!("事項,要求額\n{head},\n{one}海底,10\n{two}潮位,20\n計,30\n"));
        let said = lines(&import);
        assert_eq!(said[1..], ["  海底: Requested 10", "  潮位: Requested 20"], "{head} {one}");
    }
}

#[test]
fn tables_side_by_side_may_have_the_same_header() {
    for (header, title) in [
        ("事業名,要求額,前年度,,事業名,要求額,前年度", "防災庁,,,,,,"),
        ("事項,要求額,前年度,,事項,要求額,前年度", "防災庁,,,,,,"),
        ("款,要求額,前年度,,項,要求額,前年度", "防災庁,,,,,,"),
    ] {
        let import = taken(
            "要求.csv",
            format!(
                "{title}\n令和9年度要求（千円）,,,,,,\n{header}\n甲,500,480,,丙,100,100\n乙,100,120,,丁,450,500\n計,600,600,,計,550,600\n"
            ),
        );
        assert_eq!(findings(&import), Vec::<String>::new(), "{header}");
        let chapter = &import.chapters[0];
        let count = |at: usize| chapter.lines[at].children.len();
        assert_eq!((import.tables.len(), chapter.lines.len(), count(0), count(1)), (2, 2, 2, 2), "{header}");
        assert!(chapter.lines[0].children.iter().all(|line| line.notes.is_empty()), "{header}");
    }
    // Without a gap, below a title in two cells, and with other words before the same amounts.
    for header in
        ["事業名,要求額,前年度,事業名,要求額,前年度", "港湾事業,要求額,前年度,道路事業,要求額,前年度"]
    {
        let import = taken(
            "要求.csv",
            format!(
                "防災庁,,令和9年度要求（千円）,,,\n{header}\n甲,500,480,丙,100,100\n乙,100,120,丁,450,500\n"
            ),
        );
        let said = lines(&import);
        assert_eq!((said.len(), import.chapters[0].ministry.as_deref()), (6, Some("防災庁")), "{said:?}");
        assert!(said.contains(&"  丁: Requested 450, Prior 500".to_owned()), "{said:?}");
    }
}

#[test]
fn a_quotient_of_columns_is_a_rate_and_has_no_sum() {
    let import = taken(
        "要求.csv",
        "令和9年度概算要求（単位：百万円）,,,,,,\n事項,令和8年度,,,令和9年度,増減,増減\n,当初予算額 A,補正額 B,補正後 A+B,要求額 C,C-A,C/A\n甲,100,10,110,120,20,1.2\n乙,50,10,60,40,-10,0.8\n計,150,20,170,160,10,1.067\n",
    );
    assert_eq!(findings(&import), Vec::<String>::new());
    let taken: Vec<&str> = import.tables[0].columns.iter().map(|column| column.taken.as_str()).collect();
    assert_eq!(taken[3], "amount, verified");
    assert_eq!(taken[6], "rate, verified");
    assert!(!import.left.join("\n").contains('D'), "{:?}", import.left);
}

/// What the lines at the top of the newest chapter ask for.
pub(super) fn requested(import: &gaisan::import::Import) -> i128 {
    let is_it = |it: &&gaisan::import::TakenAmount| {
        matches!(it.figure, gaisan::import::Figure::Requested) && it.account.is_none()
    };
    let lines = import.chapters[0].lines.iter().filter(|line| line.aside.is_none());
    let amounts = lines.filter_map(|line| line.amounts.iter().find(is_it)?.money.addable());
    gaisan::model::Amount::sum(amounts).unwrap().unwrap().coefficient()
}

#[test]
fn no_column_of_money_is_left_out_without_a_word() {
    let import = sheet("事業,昨年度予算,今年度要求\n甲,1000,1200\n");
    assert_eq!(lines(&import), ["甲: Prior 1,000, Requested 1,200"]);
    let import = sheet("事業,所要,今年度要求\n甲,1000,1200\n");
    assert_eq!(findings(&import), ["W0706 要求.csv B3"]);
}

#[test]
fn the_only_column_of_words_names_the_lines() {
    for header in ["Account", "Fund", "コード", "No", "摘要", "会計"] {
        let import = sheet(&format!("{header},前年度,要求額\n甲,1000,1200\n乙,5,7\n"));
        assert_eq!(lines(&import).len(), 2, "{header}");
        assert_eq!(findings(&import), Vec::<String>::new(), "{header}");
    }
}

#[test]
fn a_line_of_two_rows_has_the_amounts_that_are_not_in_brackets() {
    for remark in ["上段（）は内数", ""] {
        let import = sheet(&format!(
            "事項,前年度,要求額,備考\n甲,(139),(150),\n,1000,1200,{remark}\n乙,10,20,\n計,1010,1220,\n"
        ));
        assert_eq!(lines(&import), ["甲: Prior 1,000, Requested 1,200", "乙: Prior 10, Requested 20"]);
        assert_eq!(findings(&import), Vec::<String>::new());
        assert_eq!(import.left.len(), 1, "{:?}", import.left);
    }
}

#[test]
fn a_table_for_other_programs_is_refused_as_what_it_is() {
    let import = taken("o.csv", "chapter,id,title,path,group,level,year,amount\na,a,甲,a,,0,2027,5\n");
    assert_eq!(findings(&import), ["E0701 o.csv"]);
    assert!(import.is_unreadable());
}

#[test]
fn rates_have_many_heads_and_no_sums() {
    for head in ["Change (%)", "Pct", "%", "増減（％）", "YoY", "Pct. Change"] {
        let import = sheet(&format!(
            "Account,FY26 Enacted,FY27 Request,Diff,{head}\nOps,100,120,20,20%\nGrants,50,40,-10,-20%\nTotal,150,160,10,6.7%\n"
        ));
        assert_eq!(findings(&import), Vec::<String>::new(), "{head}");
    }
}

#[test]
fn small_numbers_that_nothing_explains_are_asked_about_unless_they_count() {
    let of =
        |one: &str, two: &str| findings(&sheet(&format!("事業,所要,要求額\n甲,{one},120\n乙,{two},40\n")));
    assert_eq!(of("7", "12"), ["W0706 要求.csv B3"]);
    assert_eq!(of("1", "2"), Vec::<String>::new());
}

#[test]
fn a_word_that_strayed_is_listed_and_no_remark_of_the_chapter() {
    let import = sheet("事項,要求額\n甲,120\n合計,120\n\nx,\n計数は四捨五入による。,\n");
    assert_eq!(import.chapters[0].notes, ["計数は四捨五入による。"]);
    assert_eq!(import.left, ["要求.csv A7: `x`"]);
}

#[test]
fn names_that_a_formula_was_to_make_are_missed_at_their_cells() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["事項", "R9要求額（千円）"]).unwrap();
    sheet.write(1, 0, "甲").unwrap().write(1, 1, 120).unwrap().write(2, 1, 40).unwrap();
    sheet.write_formula(2, 0, rust_xlsxwriter::Formula::new("=VLOOKUP(1,A1,1)").set_result("#N/A")).unwrap();
    let import = taken("要求.xlsx", book.save_to_buffer().unwrap());
    assert!(findings(&import).contains(&"E0703 要求.xlsx Sheet1!A3".to_owned()), "{:?}", findings(&import));
}

#[test]
fn what_stands_beside_amounts_and_is_none_is_not_taken_for_one() {
    // Staff beside amounts, and parts of an amount beside what they make up.
    let import = sheet(
        "Program,FY 2026 Enacted,,FY 2027 Request,\n,FTE,Amount,FTE,Amount\nOps,11,1100,12,1300\nGrants,5,520,5,480\nTotal,16,1620,17,1780\n",
    );
    assert_eq!(lines(&import)[0], "Ops: Prior 1,100, Requested 1,300");
    assert_eq!(findings(&import), Vec::<String>::new());
    let import = sheet(
        "事項,前年度,要求額,,\n,予算額,経常,臨時,計\n甲,100,80,30,110\n乙,50,20,20,40\n計,150,100,50,150\n",
    );
    assert_eq!(lines(&import), ["甲: Prior 100, Requested 110", "乙: Prior 50, Requested 40"]);
    assert_eq!(findings(&import), ["W0706 要求.csv C3", "W0706 要求.csv D3"]);
    // A sum over years is that of none.
    let import = sheet("事業,R8,R9,R10,合計\n甲,20,30,40,90\n乙,2,3,4,9\n");
    let of = |year: u16| import.chapters.iter().find(|chapter| chapter.year.western() == year).unwrap();
    assert_eq!(of(2027).lines[0].amounts.last().unwrap().text, "30");
}

#[test]
fn rows_that_tell_the_kinds_of_amounts_apart_are_one_line() {
    let import = sheet(
        "事項,区分,金額\n甲,前年度,100\n,要求額,120\n乙,前年度,50\n,要求額,40\n計,前年度,150\n,要求額,160\n",
    );
    assert_eq!(lines(&import), ["甲: Prior 100, Requested 120", "乙: Prior 50, Requested 40"]);
    assert_eq!(findings(&import), Vec::<String>::new());
}

#[test]
fn what_stands_in_brackets_behind_an_amount_is_asked_about() {
    for [one, other] in [["120（うち推進枠 20）", "40(10)"], ["120※2", "40 注1)"], ["120*", "40（注）"]]
    {
        let import = sheet(&format!("事項,要求額,前年度\n甲,{one},100\n乙,{other},50\n計,160,150\n"));
        assert_eq!(lines(&import), ["甲: Requested 120, Prior 100", "乙: Requested 40, Prior 50"]);
        assert_eq!(findings(&import), ["W0706 要求.csv B4", "W0706 要求.csv B5"]);
    }
}

#[test]
fn years_alone_are_heads() {
    let import = sheet("事項,R8,R9,増減\n甲,100.5,120.0,19.5\n乙,50.0,△10.0,△60.0\n計,150.5,110.0,△40.5\n");
    assert_eq!(lines(&import), ["甲: Prior 100.5, Requested 120.0", "乙: Prior 50.0, Requested -10.0"]);
    let import = sheet(",2026–27 Estimate,2027–28 Estimate\nLights,100,120\nBuoys,50,40\nTotal,150,160\n");
    assert_eq!(lines(&import)[0], "Lights: Prior 100, Requested 120", "{:?}", import.chapters.len());
}

#[test]
fn marks_without_amounts_are_remarks_on_the_line_above_them() {
    let import = sheet(
        "事項,要求額,前年度,備考\n１　甲,120,100,拡充\n　・内容：海底の整備,,,\n　・内容：潮位の整備,,,\n２　乙,40,50,\n・内容：通信,,,\n計,160,150,\n",
    );
    assert_eq!((lines(&import).len(), findings(&import)), (2, Vec::new()), "{:?}", lines(&import));
    assert_eq!(import.chapters[0].lines[0].notes, ["拡充", "・内容：海底の整備", "・内容：潮位の整備"]);
    // Headings with lines below them stay headings.
    let import = sheet("事項,要求額\n●観測,\n・海底,10\n・潮位,20\n●通信,\n・回線,7\n計,37\n");
    assert_eq!((lines(&import).len(), findings(&import)), (5, Vec::new()), "{:?}", lines(&import));
}

#[test]
fn lines_are_numbered_on_beyond_a_hundred() {
    let import = sheet(
        "事項,前年度,要求額\n98．甲,3,5\n（1）子,1,2\n（2）丑,2,3\n99．乙,1,2\n（1）寅,1,2\n100．丙,4,4\n（1）卯,4,4\n101．丁,1,1\n計,9,12\n",
    );
    assert_eq!((requested(&import), findings(&import)), (12, Vec::new()), "{:?}", lines(&import));
}

#[test]
fn lines_of_numbers_that_follow_each_other_are_lines() {
    let import = sheet("事項,前々年度決算額,前年度予算額,要求額\n防災,1,2,3\n観測,4,5,6\n");
    assert_eq!(lines(&import), ["防災: Prior 2, Requested 3", "観測: Prior 5, Requested 6"]);
    let import = sheet("事項,前年度予算額,要求額\n1,2,3\n防災,2,3\n");
    assert_eq!(lines(&import), ["防災: Prior 2, Requested 3"]);
}

#[test]
fn errors_of_the_spreadsheet_are_said_in_rates_too() {
    let import = sheet("事項,前年度予算額,要求額,伸率\n甲,100,120,20%\n乙,0,10,#DIV/0!\n");
    assert_eq!(findings(&import), ["N0707 要求.csv D5"]);
}
