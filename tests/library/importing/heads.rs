//! What heads say that are easily taken for an amount or a unit that they do not name.

use gaisan::import::{Figure, Import};
use rust_xlsxwriter::{Format, Workbook};

use super::{findings, lines, taken};

/// How the columns of the first table were understood.
fn columns(import: &Import) -> Vec<&str> {
    import.tables[0].columns.iter().map(|column| column.taken.as_str()).collect()
}

/// A workbook of rows whose cells are parted by `|`; `<` goes on with the cell to the left, `^` with the one above.
pub(super) fn book(rows: &[&str]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let cells: Vec<Vec<&str>> = rows.iter().map(|row| row.split('|').map(str::trim).collect()).collect();
    let is = |row: usize, column: usize, mark: &str| {
        cells.get(row).and_then(|cells| cells.get(column)).is_some_and(|cell| *cell == mark)
    };
    let plain = Format::new();
    for (row, texts) in cells.iter().enumerate() {
        for (column, text) in texts.iter().enumerate().filter(|(_, text)| !matches!(**text, "" | "<" | "^")) {
            let right = (column + 1..).take_while(|at| is(row, *at, "<")).last().unwrap_or(column);
            let below = (row + 1..).take_while(|at| is(*at, column, "^")).last().unwrap_or(row);
            let [top, bottom] = [row, below].map(|row| u32::try_from(row).unwrap());
            let [left, last] = [column, right].map(|column| u16::try_from(column).unwrap());
            match text.parse::<f64>() {
                Ok(number) => sheet.write(top, left, number).unwrap(),
                Err(_) if (top, left) == (bottom, last) => sheet.write(top, left, *text).unwrap(),
                Err(_) => sheet.merge_range(top, left, bottom, last, text, &plain).unwrap(),
            };
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn an_amount_below_a_change_is_the_change() {
    for (head, amount, rate) in [
        ("FY 2027 Request vs. FY 2026 Enacted", "Amount", "Percent"),
        ("Change from FY 2026 Enacted", "Total", "%"),
        ("対前年度増減", "金額", "率"),
        ("増減", "計", "増減率"),
        ("前年度比", "金額", "率（％）"),
    ] {
        let import = taken(
            "b.xlsx",
            book(&[
                "FY 2027 Budget Request (Dollars in Thousands)",
                &format!("Appropriation|FY 2026 Enacted|FY 2027 Request|{head}|<"),
                &format!("|||{amount}|{rate}"),
                "Salaries|100|110|10|10.0",
                "Grants|200|190|-11|-5.0",
                "Total|300|300|0|0",
            ]),
        );
        assert_eq!(columns(&import)[1..4], ["prior", "requested", "change, verified"], "{head}");
        assert!(findings(&import).contains(&"W0705 b.xlsx Sheet1!D5".to_owned()), "{head}");
    }
}

#[test]
fn what_is_only_expected_is_no_budget_and_nothing_that_was_spent() {
    let forecast = "not taken: it is a forecast";
    for head in [
        "R8決算見込額",
        "R8執行見込額",
        "R8決算額（見込）",
        "令和8年度実績見込",
        "R8推計",
        "R8支出予定額",
        "FY2026 Estimated actual",
        "FY2026 Actual (projected)",
        "2026-27 Expected outturn",
        "R10見込",
        "FY2028 Forward estimate",
        "FY2028 Projected",
    ] {
        let import = taken("b.csv", format!("（千円）\n事業,R8当初,{head},R9要求\n甲,10,9,12\n"));
        assert_eq!(columns(&import)[1..], ["prior", forecast, "requested"], "{head}");
        assert_eq!((import.chapters.len(), findings(&import)), (1, Vec::new()), "{head}");
    }
    // It is no prior amount either, though changes are held against it; and where it is all that there is of the year, this is said.
    let import = taken("b.csv", "（千円）\n事業,R8執行見込額,R9要求額,増減\n甲,10,12,2\n");
    assert_eq!(columns(&import)[1..], [forecast, "requested", "change, verified"]);
    let import = taken("b.csv", "令和9年度（千円）\n事業,R8当初,R9見込額\n甲,10,12\n");
    assert_eq!(
        (lines(&import), findings(&import)),
        (vec!["甲: Prior 10".into()], vec!["W0706 b.csv C3".into()])
    );
    // A year behind the one that the title names is only planned for.
    let import = taken("b.csv", "令和9年度予算案（千円）\n事業,R8,R9,R10\n甲,10,12,13\n");
    let years: Vec<u16> = import.chapters.iter().map(|chapter| chapter.year.western()).collect();
    assert_eq!((years, findings(&import)), (vec![2027], vec!["W0706 b.csv D3".into()]));
}

#[test]
fn next_year_is_the_year_of_the_request() {
    let title = "令和９年度予算要求（千円）";
    for (title, heads) in [
        (title, "現年度予算額,翌年度要求額"),
        (title, "当年度予算額,次年度要求額"),
        (title, "現年度予算額,来年度要求額"),
        ("令和８年度事業評価（千円）", "現年度予算額,翌年度要求額"),
        ("（千円）", "令和８年度予算額,翌年度要求額"),
        ("（千円）", "令和８年度予算額,翌年度（R9）要求額"),
    ] {
        let import = taken("b.csv", format!("{title}\n事業,{heads}\n甲,10,12\n"));
        let chapter = &import.chapters[0];
        let figures: Vec<Figure> = chapter.lines[0].amounts.iter().map(|amount| amount.figure).collect();
        assert_eq!(
            (import.chapters.len(), chapter.year.western(), figures),
            (1, 2027, vec![Figure::Prior, Figure::Requested]),
            "{title} {heads}"
        );
    }
    let import =
        taken("b.csv", format!("{title}\n事業,前年度決算額,現年度予算額,翌年度要求額\n甲,10,12,14\n"));
    let years: Vec<u16> = import.chapters.iter().map(|chapter| chapter.year.western()).collect();
    assert_eq!(years, [2027, 2025]);
}

#[test]
fn all_words_of_a_unit_count() {
    let unit = |said: &str| {
        let import = taken("b.csv", format!("令和9年度要求 {said}\n事業,R8当初,R9要求\n甲,10,12\n"));
        let is_asked = findings(&import).first().is_some_and(|finding| finding.starts_with("E0702"));
        match import.tables.first() {
            _ if is_asked => import.findings[0].message.clone(),
            Some(table) => table.said[0].clone(),
            None => String::new(),
        }
    };
    for (said, expected) in [
        ("\"Unit: hundred million yen\"", "unit 億円"),
        ("（単位：JPY mn）", "unit 百万円"),
        ("(in thousands of Canadian dollars)", "unit thousand CAD"),
        ("(A$ million)", "unit million AUD"),
        ("（単位：千円（端数切捨て））", "unit 千円"),
        ("（百万円、％）", "unit 百万円"),
        ("＜単位：百万円＞", "unit 百万円"),
        ("（単位：1千円）", "unit 千円"),
        ("※金額は千円", "unit 千円"),
    ] {
        assert!(unit(said).contains(expected), "{said}: {}", unit(said));
    }
    for said in ["(in thousands of Zorkian dollars)", "（単位：百万ルピー円）", "(in crores of rupees)"]
    {
        assert!(unit(said).starts_with("b.csv A2: "), "{said}: {}", unit(said));
    }
    assert!(unit("(in thousands of Zorkian dollars)").contains("names no unit that is known"));
}

#[test]
fn columns_from_left_to_right_are_levels_or_tell_of_the_program() {
    for (outer, inner) in
        [("事業名", "節"), ("事業名", "細事業名"), ("事業名", "経費区分"), ("事務事業名", "細節名")]
    {
        let rows = format!(
            "令和９年度予算要求書（千円）\n{outer},{inner},R8当初,R9要求額\n情報,委託料,15,18\n,使用料,7,7\nＤＸ,委託料,3,9\n,報償費,1,2\n"
        );
        let expected =
            ["情報: ", "  委託料: Prior 15, Requested 18", "  使用料: Prior 7, Requested 7", "ＤＸ: "];
        assert_eq!(lines(&taken("b.csv", rows.clone()))[..4], expected, "{inner}");
        let filled = rows.replace("\n,使用料", "\n情報,使用料").replace("\n,報償費", "\nＤＸ,報償費");
        assert_eq!(lines(&taken("b.csv", filled))[..4], expected, "{inner}, filled");
    }
    for head in ["事業主体", "所管課", "担当部局", "款", "実施期間"] {
        let rows =
            format!("令和９年度要求（千円）\n事業名,{head},R8当初,R9要求額\n甲,県,15,18\n乙,市町村,7,8\n");
        let import = taken("b.csv", rows);
        assert_eq!(lines(&import), ["甲: Prior 15, Requested 18", "乙: Prior 7, Requested 8"], "{head}");
        assert_eq!(import.chapters[0].lines[0].notes, ["県"], "{head}");
    }
}

#[test]
fn revenue_above_what_is_spent_is_not_added_to_it() {
    let head = "款,本年度予算額,前年度予算額,比較\n";
    let (revenue, spent) = (
        "市税,500,490,10\n交付税,500,510,-10\n歳入合計,1000,1000,0\n",
        "議会費,20,19,1\n総務費,980,981,-1\n歳出合計,1000,1000,0\n",
    );
    let title = "令和９年度一般会計予算（案）,,,\n";
    for rows in [
        format!("{title}歳　入,,,（単位：千円）\n{head}{revenue}\n歳　出,,,（単位：千円）\n{head}{spent}"),
        format!("{title}（歳入）,,,（単位：千円）\n{head}{revenue}（歳出）,,,\n{head}{spent}"),
        format!("{title},,,（単位：千円）\n{head}【歳入の部】,,,\n{revenue}【歳出の部】,,,\n{spent}"),
    ] {
        let import = taken("b.csv", rows.clone());
        assert_eq!(
            lines(&import),
            ["議会費: Requested 20, Prior 19", "総務費: Requested 980, Prior 981"],
            "{rows}"
        );
        assert!(import.findings[0].message.contains("of revenue"), "{rows} {:?}", import.findings);
        assert_eq!(import.findings.len(), 1, "{:?}", import.findings);
    }
}

#[test]
fn rows_below_heads_belong_to_these() {
    let import = taken(
        "b.xlsx",
        book(&[
            "令和９年度概算要求（億円）",
            "区分|契約ベース|歳出ベース|<",
            "||令和８年度|令和９年度",
            "護衛艦|1200|100|150",
            "潜水艦|900|80|90",
            "計|2100|180|240",
        ]),
    );
    // No head says that it is the amount of a year: all are asked about, and none is a code.
    assert_eq!(
        findings(&import)[..3],
        ["W0706 b.xlsx Sheet1!B2", "W0706 b.xlsx Sheet1!C2", "W0706 b.xlsx Sheet1!D2"]
    );
    let import = taken(
        "b.xlsx",
        book(&[
            "（千円）",
            "所属|事業名|R9要求額|<|R8当初|<",
            "^|^|事業費|うち一般財源|事業費|うち一般財源",
            "総務課|研修|10|5|12|6",
            "総務課|庁舎|20|5|22|6",
        ]),
    );
    assert_eq!(lines(&import), ["研修: Requested 10, Prior 12", "庁舎: Requested 20, Prior 22"]);
    assert_eq!(findings(&import), Vec::<String>::new());
    let import = taken(
        "b.xlsx",
        book(&[
            "Estimates (million KES)",
            "Programme|Approved Estimates 2026/2027|Estimates 2027/2028|Projected Estimates|<",
            "|||2028/2029|2029/2030",
            "Roads|10|12|13|14",
        ]),
    );
    let years: Vec<u16> = import.chapters.iter().map(|chapter| chapter.year.western()).collect();
    assert_eq!((years, lines(&import)), (vec![2027], vec!["Roads: Prior 10, Requested 12".into()]));
}

#[test]
fn letters_behind_heads_say_no_more() {
    let import = taken("b.csv", "令和9年度（千円）\n事業,前年度当初①,要求額②,差②-①\n甲,10,12,3\n乙,5,6,1\n");
    assert_eq!(columns(&import)[1..], ["prior", "requested", "change, verified"]);
    assert_eq!(findings(&import), ["W0705 b.csv D3"]);
    let head = "事項,前年度予算額(A),要求額(B),対前年度比較増△減(B)-(A),増減率(%)";
    let import =
        taken("b.csv", format!("令和9年度（千円）\n{head}\nA,100,150,50,50.0\nB,100,90,△77,△10.0\n"));
    assert_eq!(findings(&import), ["W0705 b.csv D4"]);
    // What was asked for first is passed, and each change is that of its own columns.
    let import = taken(
        "b.csv",
        "令和９年度（修正後）（千円）\n事業,前年度予算額,当初要求額,修正要求額,増減,修正額\n甲,10,12,14,4,2\n乙,5,6,8,3,2\n",
    );
    assert_eq!(lines(&import)[0], "甲: Prior 10, Requested 14");
    assert_eq!(
        columns(&import)[2..],
        ["not taken: it is of another stage", "requested", "change, verified", "change, verified"]
    );
}

#[test]
fn rows_of_years_say_their_stage() {
    let import = taken(
        "b.csv",
        "予算額の推移（千円）\n事業名,年度,予算額\n河川,令和8年度当初,1100\n河川,令和9年度要求,1200\n",
    );
    let said: Vec<(u16, &str)> =
        import.chapters.iter().map(|chapter| (chapter.year.western(), chapter.stage.slug())).collect();
    assert_eq!(said, [(2027, "request"), (2026, "enacted")]);
    assert_eq!(lines(&import), ["河川: Requested 1,200, Prior 1,100"]);
    let import = taken(
        "b.csv",
        "予算額の推移（千円）\n事業名,年度,予算額\n河川,令和9年度査定,1100\n河川,令和9年度要求,1200\n河川,R10見込,1300\n",
    );
    assert_eq!(lines(&import), ["河川: Requested 1,200"]);
    assert_eq!(findings(&import), ["W0706 b.csv C3", "W0706 b.csv C5"]);
}
