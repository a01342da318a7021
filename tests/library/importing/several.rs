use rust_xlsxwriter::Workbook;

use super::kinds::{requested, sheet};
use super::{findings, lines, taken};
use gaisan::import::{Import, Options, import};

/// A workbook of sheets by their names, with the cells of their rows parted by commas.
pub(super) fn book(sheets: &[(&str, &str)]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet().set_name(*name).unwrap();
        for (row, cells) in (0..).zip(rows.lines()) {
            for (column, text) in (0..).zip(cells.split(',')).filter(|(_, text)| !text.is_empty()) {
                match text.parse::<f64>() {
                    Ok(number) => sheet.write(row, column, number).unwrap(),
                    Err(_) => sheet.write(row, column, text).unwrap(),
                };
            }
        }
    }
    book.save_to_buffer().unwrap()
}

fn of(sheets: &[(&str, &str)]) -> Import {
    taken("要求.xlsx", book(sheets))
}

const HEADER: &str = "事項,R9要求額（千円）\n";

#[test]
fn the_details_of_a_summary_are_parts_of_its_lines() {
    let summary = format!("{HEADER}１．港湾局,160\n２．道路局,35\n３．本省,5\n合計,200\n");
    let (ports, roads) = (format!("{HEADER}甲,120\n乙,40\n計,160\n"), format!("{HEADER}丙,25\n丁,10\n"));
    for names in [["港湾局", "道路局"], ["1.港湾局", "道路局（内訳）"]] {
        for order in [[0, 1, 2], [1, 2, 0]] {
            let sheets = [("総括", summary.as_str()), (names[0], &ports), (names[1], &roads)];
            let import = of(&order.map(|at| sheets[at]));
            assert_eq!(
                lines(&import),
                [
                    "港湾局: Requested 160",
                    "  甲: Requested 120",
                    "  乙: Requested 40",
                    "道路局: Requested 35",
                    "  丙: Requested 25",
                    "  丁: Requested 10",
                    "本省: Requested 5"
                ]
            );
            assert_eq!((findings(&import), requested(&import)), (Vec::new(), 200));
            let part = &import.chapters[0].lines[1].children[0];
            let origin = &import.chapters[0].origins[part.origin.origin];
            assert_eq!(origin.sheet.as_deref(), Some(names[1]), "each with its own cell");
        }
    }
    // What a sheet is about may stand in its title.
    let [first, second] =
        [("港湾局", &ports), ("道路局", &roads)].map(|(of, rows)| format!("令和9年度要求　{of}\n{rows}"));
    let import = of(&[("総括", &summary), ("様式1", &first), ("様式2", &second)]);
    assert_eq!((findings(&import), requested(&import), lines(&import).len()), (Vec::new(), 200, 7));
    let import = of(&[("総括", &summary), ("港湾局", &ports), ("道路局", &roads.replace("10", "9"))]);
    assert_eq!((findings(&import), requested(&import)), (vec!["W0704 要求.xlsx 総括!B3".to_owned()], 200));
}

#[test]
fn a_sheet_that_names_no_year_has_that_of_the_others() {
    let import = of(&[
        (
            "合計表",
            "令和9年度概算要求（単位：千円）\n区分,前年度,要求額\n公共,100,120\n非公共,50,40\n合計,150,160\n",
        ),
        ("公共", "公共（単位：千円）\n事項,前年度,要求額\n甲,60,70\n乙,40,50\n計,100,120\n"),
    ]);
    assert_eq!((findings(&import), requested(&import), lines(&import).len()), (Vec::new(), 160, 4));
}

#[test]
fn a_copy_of_a_sheet_is_not_added() {
    let (first, second) = (format!("{HEADER}甲,120\n乙,40\n"), format!("{HEADER}甲,121\n乙,40\n"));
    for name in ["要求 (2)", "要求のコピー", "Copy of 要求", "要求_旧"] {
        let import = of(&[("要求", &first), (name, &second)]);
        assert_eq!(
            (findings(&import), requested(&import)),
            (vec![format!("W0706 要求.xlsx {name}!A1")], 160)
        );
    }
    let options = Options { sheets: vec!["要求 (2)".to_owned()], ..Options::default() };
    let import =
        import(&[("要求.xlsx".to_owned(), book(&[("要求", &first), ("要求 (2)", &second)]))], &options);
    assert_eq!(requested(&import), 161);
    // Another office with the same lines, and a second part of other ones.
    for (name, rows) in [("道路局", &second), ("要求 (2)", &format!("{HEADER}丙,7\n丁,1\n"))] {
        assert_eq!(lines(&of(&[("要求", &first), (name, rows)])).len(), 6, "{name}");
    }
}

#[test]
fn a_summary_of_the_groups_of_another_sheet_is_held_against_them() {
    let detail = "局,事業,R9要求額（千円）\n港湾局,甲,120\n,乙,40\n道路局,丙,10\n計,,170\n";
    let summary = |ports: &str| format!("局,R9要求額（千円）\n港湾局,{ports}\n道路局,10\n計,170\n");
    for turned in [false, true] {
        let right = summary("160");
        let mut sheets = [("総括", right.as_str()), ("内訳", detail)];
        if turned {
            sheets.reverse();
        }
        let import = of(&sheets);
        assert_eq!((findings(&import), lines(&import).len()), (Vec::new(), 5), "{:?}", lines(&import));
        assert_eq!(import.left.len(), 1, "{:?}", import.left);
    }
    // The same lines once more under another name, and another office with lines of the same names.
    let first = format!("{HEADER}人件費,120\n物件費,40\n");
    let import = of(&[("要求", &first), ("回議用", &first)]);
    assert_eq!((requested(&import), findings(&import).len()), (160, 1));
    let (three, corrected) = (format!("{first}役務費,7\n"), format!("{first}役務費,8\n"));
    for second in
        [&corrected, &"区分,性質,R9要求額（千円）\n１,人件費,120\n２,物件費,40\n３,役務費,7\n".to_owned()]
    {
        let import = of(&[("当初提出版", &three), ("最終版", second)]);
        assert_eq!((lines(&import).len(), findings(&import).len()), (3, 1), "{:?}", lines(&import));
    }
    let import = of(&[("港湾局", &first), ("道路局", &format!("{HEADER}人件費,12\n物件費,4\n"))]);
    assert_eq!((lines(&import).len(), findings(&import)), (6, Vec::new()));
}

#[test]
fn a_list_of_prices_is_no_request() {
    let prices = "品名,単価,数量,金額\n紙,3,10,30\n筆,1,10,10\n";
    let import = of(&[("単価表", prices), ("要求", &format!("{HEADER}甲,120\n乙,40\n"))]);
    assert_eq!((findings(&import), requested(&import)), (Vec::new(), 160));
    assert_eq!(import.left, ["要求.xlsx 単価表!A1: a list of prices and quantities"]);
}

#[test]
fn revenue_is_not_added_to_what_is_spent() {
    let title = "令和9年度予算要求（単位：千円）,\n";
    for [one, other] in [
        ["１　歳入,\n款,要求額\n", "２　歳出,\n款,要求額\n"],
        ["歳入,要求額\n", "\n歳出,要求額\n"],
        ["（１）収入の部,\n科目,要求額\n", "\n（２）支出の部,\n科目,要求額\n"],
        ["Revenues,Request\n", "\nExpenditures,Request\n"],
    ] {
        let import = taken(
            "要求.csv",
            format!("{title}{one}税,500\n債,100\n計,600\n{other}議会,100\n土木,500\n計,600\n"),
        );
        assert_eq!(lines(&import), ["議会: Requested 100", "土木: Requested 500"], "{one}");
        assert_eq!(findings(&import).len(), 1, "{one} {:?}", findings(&import));
        assert_eq!(import.chapters[0].title.as_deref(), Some("令和9年度予算要求"), "{one}");
    }
    let import = sheet("事項,要求額\n歳入,600\n　税,600\n歳出,600\n　議会,600\n");
    assert_eq!(findings(&import), ["W0706 要求.csv B4"], "one table");
}

#[test]
fn a_total_below_several_tables_is_that_of_all() {
    let import = taken(
        "要求.csv",
        "令和9年度概算要求,\n（１）一般会計（単位：百万円）,\n事項,要求額\n甲,10\n乙,5\n計,15\n\n（２）特別会計（単位：千円）,\n事項,要求額\n丙,3000\n計,3000\n合計（百万円）,18\n",
    );
    assert_eq!(findings(&import), Vec::<String>::new());
    let accounts: Vec<_> =
        import.chapters[0].lines.iter().map(|line| line.account.as_deref().unwrap()).collect();
    assert_eq!(accounts, ["一般会計", "一般会計", "特別会計"]);
    for (total, expected) in [("合計,27", &[][..]), ("合計,28", &["W0704 要求.csv B13"])] {
        let import = sheet(&format!(
            "（１）港湾局,\n事項,要求額\n甲,10\n乙,5\n計,15\n\n（２）道路局,\n事項,要求額\n丙,12\n計,12\n{total}\n"
        ));
        assert_eq!(findings(&import), expected);
        assert_eq!(
            lines(&import),
            [
                "港湾局: Requested 15",
                "  甲: Requested 10",
                "  乙: Requested 5",
                "道路局: Requested 12",
                "  丙: Requested 12"
            ]
        );
    }
}

#[test]
fn a_table_on_its_side_is_refused() {
    for rows in [
        ",甲,乙,計\n前年度予算額,100,50,150\n要求額,120,40,160\n",
        "区分,甲,乙,合計\n令和8年度,100,50,150\n令和9年度,120,40,160\n増減,20,-10,10\n",
    ] {
        let import = sheet(rows);
        assert_eq!(findings(&import), ["E0702 要求.csv A3"], "{:?}", lines(&import));
    }
    assert_eq!(lines(&sheet("事項,要求額,計\n要求の調整,3,3\n要望の聴取,4,4\n観測,1,1\n")).len(), 3);
}

#[test]
fn what_another_column_says_otherwise_is_asked_about() {
    let import = sheet("事項,本省要求額,地方要求額\n甲,10,3\n乙,5,4\n");
    assert_eq!(findings(&import), ["W0706 要求.csv B3", "W0706 要求.csv C3", "W0706 要求.csv A4"]);
    let import = sheet("事項,要求額,要求額（再）\n甲,10,10\n乙,5,5\n");
    assert_eq!(findings(&import), Vec::<String>::new(), "the same once more");
}

#[test]
fn the_same_money_in_another_cut_is_not_added() {
    let head = "事項,R9要求額（千円）,前年度\n";
    let (lines_of, kinds) = (
        format!("{head}庁舎,200,190\n文書,100,90\n起債,150,160\n計,450,440\n"),
        format!("{head}人件費,250,240\n物件費,200,200\n計,450,440\n"),
    );
    for sheets in [[("内訳", &lines_of), ("性質別", &kinds)], [("性質別", &kinds), ("内訳", &lines_of)]]
    {
        let import = of(&sheets.map(|(name, rows)| (name, rows.as_str())));
        assert_eq!((requested(&import), lines(&import).len()), (450, 3), "the finer one");
        assert_eq!(findings(&import), ["W0706 要求.xlsx 性質別!A1"]);
    }
    // Across files, too.
    let files = |names: [&str; 2], second: &str| {
        let files = [lines_of.as_str(), second].map(|rows| rows.as_bytes().to_vec());
        let files: Vec<(String, Vec<u8>)> = names.map(str::to_owned).into_iter().zip(files).collect();
        import(&files, &Options::default())
    };
    for second in [&lines_of, &lines_of.replace("200,", "201,").replace("450", "451"), &kinds] {
        let import = files(["a.csv", "b.csv"], second);
        assert_eq!(
            (lines(&import).len(), requested(&import), findings(&import).len()),
            (3, 450, 1),
            "{second}"
        );
    }
    assert_eq!(requested(&files(["a.csv", "b.csv"], &format!("{head}甲,1,2\n"))), 451);
}

#[test]
fn a_sheet_to_fill_in_by_is_no_request() {
    let rows = format!("{HEADER}甲,120\n乙,40\n");
    for name in ["記入例", "様式1（記載例）", "見本", "Example"] {
        let import = of(&[("要求", &rows), (name, &format!("{HEADER}例,999\n"))]);
        assert_eq!((requested(&import), findings(&import)), (160, Vec::new()), "{name}");
        assert_eq!(import.left, [format!("要求.xlsx {name}!A1: an example to fill in by")]);
    }
    assert_eq!(lines(&of(&[("要求", &rows), ("見本市", &format!("{HEADER}展示,999\n"))])).len(), 5);
}
