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
fn a_total_above_its_lines_is_verified() {
    let below = "Ⅰ 甲,100,90\n１ 甲一,60,50\n２ 甲二,40,40\nⅡ 乙,75,80\n１ 乙一,70,75\n２ 乙二,5,5\n";
    for (total, expected) in [
        ("合計,175,170\n", &[][..]),
        ("計,175,170\n", &[]),
        ("合計,185,170\n", &["W0704 要求.csv B4"]),
        ("計,175,171\n", &["W0704 要求.csv C4"]),
    ] {
        for end in ["", "合計,175,170\n"] {
            let import = sheet(&format!("事項,要求額,前年度\n{total}{below}{end}"));
            assert_eq!(findings(&import), expected, "{total}{end}");
            let said = import.left.join("\n");
            assert!(!said.contains("B4"), "{said}");
        }
    }
    // And so is one that stands below the heading of a group.
    let group = |total: &str| {
        sheet(&format!(
            "事項,要求額\n一般会計,\n計,{total}\n甲,60\n乙,40\n特別会計,\n計,75\n丙,75\n合計,175\n"
        ))
    };
    assert_eq!(findings(&group("100")), Vec::<String>::new());
    assert_eq!(findings(&group("101")), ["W0704 要求.csv B5"]);
    assert_eq!(lines(&group("100"))[..2], ["一般会計: Requested 100", "  甲: Requested 60"]);
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

#[test]
fn totals_have_many_names() {
    for name in [
        "合計額", "(合計)", "【合計】", "合計：", "総額", "要求総額", "全体", "計Ａ", "計1", "計①",
        "計 (1)+(2)", "SUM", "累計", "計",
    ] {
        let import = sheet(&format!("事項,前年度,要求額\n甲,100,120\n乙,50,40\n{name},150,160\n"));
        assert_eq!(lines(&import).len(), 2, "{name}: {:?}", lines(&import));
        assert_eq!(findings(&import), Vec::<String>::new(), "{name}");
    }
    let import = sheet("事項,要求額\n甲,120\n累計,120\n乙,40\n累計,160\n丙,5\n累計,165\n");
    assert_eq!((lines(&import).len(), findings(&import)), (3, Vec::new()));
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
fn what_adds_up_the_lines_beside_it_is_added_once_and_asked_about() {
    for (rows, sum) in [
        ("甲,100,120\n乙,50,40\n所要見込,150,160\n", 160),
        ("所要見込,150,160\n甲,100,120\n乙,50,40\n丙,1,1\n", 161),
        ("甲,1000,\n乙,123,\n丙,456,\n丁,421,\n", 0),
    ] {
        let import = sheet(&format!("事項,前年度,要求額\n{rows}"));
        let [finding] = &import.findings[..] else { panic!("{rows}: {:?}", findings(&import)) };
        assert!(finding.message.contains("has the amounts of the"), "{}", finding.message);
        assert!(sum == 0 || requested(&import) == sum, "{:?}", lines(&import));
    }
    // Lines numbered alike stand side by side, and two amounts may make a third by chance.
    let import = sheet("事項,前年度,要求額\n１．甲,150,160\n２．乙,100,120\n３．丙,50,40\n");
    assert_eq!((requested(&import), findings(&import)), (320, vec!["W0706 要求.csv B4".to_owned()]));
    assert_eq!(findings(&sheet("事項,要求額\n甲,1\n乙,2\n丙,3\n")), Vec::<String>::new());
    // What the total says needs no question.
    let import = sheet("事項,前年度,要求額\n甲,150,160\n乙,100,120\n丙,50,40\n合計,300,320\n");
    assert_eq!((requested(&import), findings(&import)), (320, Vec::new()));
}

#[test]
fn of_several_readings_that_one_is_meant_which_totals_verify() {
    for [one, a, a1, b, two] in [
        ["1 ", "1-1 ", "1-1-1 ", "1-2 ", "2 "],
        ["◎", "○", "・", "○", "◎"],
        ["■", "□", "-", "□", "■"],
        ["I. ", "A. ", "1. ", "B. ", "II. "],
        ["I 甲", "A. ", "a) ", "B. ", "II 乙"],
        ["", "├ ", "│├ ", "└ ", ""],
        ["A. ", "(1) ", "(a) ", "(2) ", "B. "],
        ["①", "(1) ", "ア ", "(2) ", "②"],
        ["", "　", "　", "　", ""],
        ["", "", "", "", ""],
    ] {
        let second = a1.replace('1', "2").replace("1-2-1", "1-1-2").replace("a)", "b)").replace('ア', "イ");
        let second = if a1 == "1-1-1 " { "1-1-2 ".to_owned() } else { second };
        let rows = format!(
            "{one}観測,150,160\n{a}海底,100,120\n{a1}船体,60,70\n{second}機器,40,50\n{b}潮位,50,40\n{two}通信,10,10\n"
        );
        for total in ["合計,160,170\n", ""] {
            let import = sheet(&format!("事項,前年度,要求額\n{rows}{total}"));
            let said = lines(&import);
            assert_eq!(requested(&import), 170, "{one}{a}{a1}: {said:?}");
            let depths: Vec<usize> = said.iter().map(|line| line.len() - line.trim_start().len()).collect();
            assert_eq!(depths, [0, 2, 4, 4, 2, 0], "{one}{a}{a1}: {said:?}");
            let is_asked = !total.is_empty() || one.chars().chain(a.chars()).any(|c| !c.is_whitespace());
            assert_eq!(findings(&import).is_empty(), is_asked, "{one}{a}{a1}: {:?}", findings(&import));
        }
    }
    // One printed total tells that a group has a single line, and that marks are none of levels.
    let import = sheet("事項,要求額\n観測,30\n海底,30\n通信,10\n合計,40\n");
    assert_eq!((requested(&import), findings(&import)), (40, Vec::new()));
    let import = sheet("事項,要求額\n○観測,30\n●海底,20\n○通信,10\n合計,60\n");
    assert_eq!((requested(&import), findings(&import)), (60, Vec::new()));
}

#[test]
fn shares_of_accounts_stand_below_years_as_below_amounts() {
    for (one, other, whole) in [
        ("一般会計", "特別会計", "計"),
        ("一般", "特別", "合 計"),
        ("General Fund", "Special Funds", "Total"),
    ] {
        let accounts = format!("{one},{other},{whole}");
        let import = sheet(&format!(
            "事項,令和8年度,,,令和9年度,,\n,{accounts},{accounts}\n甲,60,40,100,80,40,120\n乙,50,0,50,30,10,40\n計,110,40,150,110,50,160\n"
        ));
        assert_eq!(findings(&import), Vec::<String>::new());
        assert_eq!(import.chapters.len(), 1);
        let amounts = import.chapters[0].lines[0].amounts.iter();
        let said: Vec<(&str, &str)> =
            amounts.map(|it| (it.account.as_deref().unwrap_or("-"), it.text.as_str())).collect();
        assert_eq!(
            said,
            [(one, "60"), (other, "40"), ("-", "100"), (one, "80"), (other, "40"), ("-", "120")]
        );
    }
}

#[test]
fn parts_of_a_total_are_no_parts_of_the_line_above_it() {
    let import = sheet(
        "事項,前年度,要求額\n甲,100,120\n乙,50,40\n合計,150,160\nうち一般会計,100,110\nうち特別会計,50,50\n",
    );
    assert_eq!(lines(&import), ["甲: Prior 100, Requested 120", "乙: Prior 50, Requested 40"]);
    assert_eq!(import.left.len(), 2, "{:?}", import.left);
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
fn words_that_begin_as_totals_and_asides_do_are_words() {
    for title in ["小計画の策定", "うちわ祭り", "うち水の普及", "内数学教育", "再掲示板"]
    {
        let import = sheet(&format!("事項,前年度,要求額\n甲,100,120\n{title},50,40\n合計,150,160\n"));
        assert_eq!((lines(&import).len(), findings(&import)), (2, Vec::new()), "{title}");
    }
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
fn a_total_is_that_of_the_group_beside_it() {
    let import = sheet(
        "局,事業,前年度,要求額\n港湾局,局計,150,160\n,甲,100,120\n,乙,50,40\n道路局,局計,10,10\n,丙,10,10\n総計,,160,170\n",
    );
    assert_eq!(lines(&import).len(), 5, "{:?}", lines(&import));
    assert_eq!(findings(&import), Vec::<String>::new());
    // What a heading below the total says is counted elsewhere is listed.
    let import = sheet(
        "事項,前年度,要求額\n甲,100,120\n乙,50,40\n合計,150,160\n（再掲）,,\nデジタル,30,35\nGX,20,22\n",
    );
    assert_eq!((lines(&import).len(), findings(&import), import.left.len()), (2, Vec::new(), 3));
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
fn accounts_set_in_below_a_total_are_its_shares() {
    let import = sheet(
        "事項,前年度,要求額\n甲,100,120\n　一般会計,60,80\n　特別会計,40,40\n乙,50,40\n　一般会計,50,40\n計,150,160\n　一般会計,110,120\n　特別会計,40,40\n",
    );
    assert_eq!((requested(&import), findings(&import), import.left.len()), (160, Vec::new(), 2));
    let import = sheet("事項,要求額\n甲,10\n一般会計計,10\n特別会計,5\n合計,15\n");
    assert_eq!((requested(&import), findings(&import)), (15, Vec::new()));
}

#[test]
fn what_is_left_behind_a_deduction_is_a_total_if_the_lines_make_it() {
    for [less, net] in [["Less: transfers", "Net budget"], ["控除", "差引額"]] {
        let import = sheet(&format!(
            "事項,前年度,要求額\n甲,100,120\n乙,50,40\nTotal,150,160\n{less},-10,-15\n{net},140,145\n"
        ));
        assert_eq!(
            (lines(&import).len(), requested(&import), findings(&import)),
            (3, 145, Vec::new()),
            "{net}"
        );
    }
    let import = sheet("事項,前年度,要求額\nNet repairs,100,120\nNests,50,40\nTotal,150,160\n");
    assert_eq!((lines(&import).len(), findings(&import)), (2, Vec::new()));
}

#[test]
fn lines_are_numbered_on_beyond_a_hundred() {
    let import = sheet(
        "事項,前年度,要求額\n98．甲,3,5\n（1）子,1,2\n（2）丑,2,3\n99．乙,1,2\n（1）寅,1,2\n100．丙,4,4\n（1）卯,4,4\n101．丁,1,1\n計,9,12\n",
    );
    assert_eq!((requested(&import), findings(&import)), (12, Vec::new()), "{:?}", lines(&import));
}

#[test]
fn what_pages_carry_over_is_a_check() {
    let import = sheet(
        "事項,要求額,前年度\n甲,10,9\n乙,20,18\n頁計,30,27\n- 1 -,,\n事項,要求額,前年度\n前頁より繰越,30,27\n丙,30,30\n丁,40,41\n頁計,100,98\n合計,100,98\n",
    );
    assert_eq!((lines(&import).len(), findings(&import)), (4, Vec::new()), "{:?}", lines(&import));
}

#[test]
fn lines_of_numbers_that_follow_each_other_are_lines() {
    let import = sheet("事項,前々年度決算額,前年度予算額,要求額\n防災,1,2,3\n観測,4,5,6\n");
    assert_eq!(lines(&import), ["防災: Prior 2, Requested 3", "観測: Prior 5, Requested 6"]);
    let import = sheet("事項,前年度予算額,要求額\n1,2,3\n防災,2,3\n");
    assert_eq!(lines(&import), ["防災: Prior 2, Requested 3"]);
}

#[test]
fn a_line_called_like_a_total_is_one_where_the_total_of_all_counts_it() {
    let rows = |total| format!("事項,要求額\nOps,1234\nTotal Quality Program,500\nGrants,89\n計,{total}\n");
    let import = sheet(&rows(1823));
    assert_eq!((requested(&import), findings(&import)), (1823, Vec::new()));
    assert_eq!(findings(&sheet(&rows(1323))), ["W0704 要求.csv B5"]);
    for total in ["Ⅰ＋Ⅱ", "①＋②", "(A)+(B)"] {
        let import = sheet(&format!(
            "事項,要求額\nⅠ 一般会計,\n１ 人件費,500\n２ 物件費,300\n計,800\nⅡ 特別会計,\n１ 人件費,150\n計,150\n{total},950\n"
        ));
        assert_eq!((requested(&import), findings(&import)), (950, Vec::new()), "{total}");
    }
}

#[test]
fn errors_of_the_spreadsheet_are_said_in_rates_too() {
    let import = sheet("事項,前年度予算額,要求額,伸率\n甲,100,120,20%\n乙,0,10,#DIV/0!\n");
    assert_eq!(findings(&import), ["N0707 要求.csv D5"]);
}
