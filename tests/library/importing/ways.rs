//! Ways of writing one thing: amounts with words and signs beside them, columns named by letters, one amount in several columns, kinds of lines.

use gaisan::model::Unit;

use super::heads::book;
use super::{findings, lines, taken};

fn told(rows: &str) -> (Vec<String>, Vec<String>) {
    let import = taken("b.csv", format!("令和9年度概算要求（千円）\n{rows}"));
    (lines(&import), findings(&import).into_iter().map(|it| it.replace("b.csv ", "")).collect())
}

/// The figures and the findings of one amount.
fn amount(cell: &str) -> (String, Vec<String>) {
    let (lines, findings) = told(&format!("事項,前年度予算額,要求額\n甲,10,\"{cell}\"\n"));
    (lines[0].replace("甲: Prior 10, Requested ", ""), findings)
}

#[test]
fn amounts_with_words_and_signs_are_taken_exactly_or_named() {
    let said = |text: &str, code: &str| (text.to_owned(), vec![format!("{code} C3")]);
    for (cell, expected) in [
        ("約500", said("500", "W0706")),
        ("500程度", said("500", "W0706")),
        ("およそ1,500千円", said("1,500", "W0706")),
        ("概ね500", said("500", "W0706")),
        ("事項要求（500）", said("事項要求", "W0706")),
        ("未定（500程度）", said("未定", "W0706")),
        ("￥1,234", said("1,234", "W0706")),
        ("¥1,234", said("1,234", "W0706")),
        ("1,234円", ("1,234円".to_owned(), Vec::new())),
        ("－210", ("-210".to_owned(), Vec::new())),
        ("△ 210", ("-210".to_owned(), Vec::new())),
        ("▲210", ("-210".to_owned(), Vec::new())),
    ] {
        assert_eq!(amount(cell), expected, "{cell}");
    }
    // A bound is no amount, and a dollar none of a sheet in yen.
    for cell in ["500以内", "500以上", "$500"] {
        assert_eq!(amount(cell).1, ["E0703 C3"], "{cell}");
    }
    // The sign is told once for all amounts of a column, and of yen it says nothing.
    assert_eq!(told("事項,要求額\n甲,¥10\n乙,¥20\n").1, ["W0706 B3"]);
    let yen = taken("b.csv", "令和9年度（円）\n事項,要求額\n甲,￥1234\n");
    assert_eq!((lines(&yen), findings(&yen)), (vec!["甲: Requested 1,234".into()], Vec::new()));
}

#[test]
fn changes_and_rates_are_read_with_any_sign() {
    let rows = "事項,前年度予算額,要求額,増減額,増減率\n甲,1000,790,－210,－21.0%\n乙,1000,790,▲ 210,▲ 21.0％\n丙,1000,790,△210,−21.0%\n丁,1000,1210,＋210,+21.0%\n";
    let import = taken("b.csv", format!("令和9年度概算要求（千円）\n{rows}"));
    assert_eq!(findings(&import), Vec::<String>::new());
    assert!(import.left.is_empty(), "{:?}", import.left);
    let wrong = told(&rows.replace("▲ 210,▲ 21.0％", "▲ 211,▲ 22.0％")).1;
    assert_eq!(wrong, ["W0705 D4", "W0705 E4"]);
}

#[test]
fn letters_above_or_below_the_words_of_a_head_belong_to_it() {
    for head in [
        "|(A)|(B)|(B)-(A)||(B)/(A)\n事項|令和８年度成立予算額|要求額||備考|",
        "事項|令和８年度成立予算額|要求額||備考|\n|(A)|(B)|(B)-(A)||(B)/(A)",
        "|Ａ|Ｂ|Ｃ＝Ｂ－Ａ||Ｂ／Ａ\n事項|前年度当初予算額|要求額||備考|",
        "|①|②|②－①||②/①\n事項|前年度予算額|要求額||備考|",
    ] {
        let rows: Vec<&str> = ["令和9年度概算要求（千円）"]
            .into_iter()
            .chain(head.split('\n'))
            .chain(["甲|500|600|100|増額|120%", "乙|100|90|-10||90%", "計|600|690|90||"])
            .collect();
        let csv = rows.join("\n").replace('|', ",");
        for import in [taken("b.csv", csv.clone()), taken("b.xlsx", book(&rows))] {
            let columns: Vec<&str> = import.tables[0].columns.iter().map(|it| it.taken.as_str()).collect();
            let expected = ["level", "prior", "requested", "change, verified", "notes", "rate, verified"];
            assert_eq!((columns, findings(&import)), (expected.to_vec(), Vec::new()), "{head}");
            assert!(import.left.is_empty(), "{head} {:?}", import.left);
        }
    }
    let wrong =
        told(",(A),(B),(B)-(A)\n事項,前年度予算額,要求額,\n甲,500,600,100\n乙,100,90,△11\n丙,1,2,1\n");
    assert_eq!(wrong.1, ["W0705 D5"]);
}

#[test]
fn the_budget_of_the_year_before_the_request_is_its_prior_amount() {
    for (title, heads) in [
        ("令和10年度概算要求", "令和９年度当初予算額,令和10年度要求額"),
        ("令和10年度概算要求", "令和９年度当初予算,概算要求額"),
        ("概算要求書", "令和９年度当初予算額,令和10年度要求額"),
        ("概算要求書", "令和９年度当初予算額,要求額"),
        ("令和10年度概算要求", "成立予算,要求額"),
    ] {
        let import = taken("b.csv", format!("{title}（千円）\n事項,{heads}\n甲,500,600\n"));
        assert_eq!(lines(&import), ["甲: Prior 500, Requested 600"], "{title} {heads}");
        assert_eq!((import.chapters.len(), import.chapters[0].year.western()), (1, 2028), "{title} {heads}");
    }
}

#[test]
fn of_one_amount_in_several_columns_one_is_taken_and_asked_about_once() {
    let budget = "Draft budget 2027 (EUR million)\nHeading,Budget 2026,,Draft budget 2027,,Difference,\n,Commitments,Payments,Commitments,Payments,Commitments,Payments\nSingle Market,500,450,600,500,100,50\nCohesion,100,90,90,80,-10,-10\nTotal,600,540,690,580,90,40\n";
    let import = taken("b.csv", budget);
    assert_eq!(
        lines(&import),
        ["Single Market: Prior 500, Requested 600", "Cohesion: Prior 100, Requested 90"]
    );
    assert_eq!(findings(&import), ["W0706 b.csv B2"]);
    let estimates = "Estimates 2026-27 (£ thousand)\nSubhead,2026-27 Plans,,,2025-26 Plans\n,Gross,Income,Net,Net\nPolicing,500,-50,450,400\nCourts,300,-20,280,290\nTotal,800,-70,730,690\n";
    let import = taken("b.csv", estimates);
    assert_eq!(lines(&import), ["Policing: Requested 450, Prior 400", "Courts: Requested 280, Prior 290"]);
    assert_eq!(findings(&import), ["W0706 b.csv D2"]);
}

#[test]
fn a_column_of_kinds_is_no_level_where_some_lines_have_none() {
    let expected = ["甲: Requested 600", "乙: Prior 100, Requested 90", "丙: Prior 50, Requested 60"];
    let expected = expected.map(str::to_owned).to_vec();
    for rows in [
        "事項,区分,前年度予算額,要求額\n甲,新規,,600\n乙,継続,100,90\n丙,,50,60\n計,,150,750\n",
        "区分,事項,前年度予算額,要求額\n新規,甲,,600\n継続,乙,100,90\n,丙,50,60\n,計,150,750\n",
        "事項,区分,前年度予算額,要求額\n甲,政策,,600\n乙,経常,100,90\n丙,,50,60\n計,,150,750\n",
        "事項,種別,前年度予算額,要求額\n甲,,,600\n乙,投資的経費,100,90\n丙,,50,60\n計,,150,750\n",
        "事項,区分,前年度予算額,要求額\n甲,一般会計,,600\n乙,特別会計,100,90\n丙,,50,60\n計,,150,750\n",
    ] {
        assert_eq!(told(rows), (expected.clone(), Vec::new()), "{rows}");
    }
    // Kinds that stand once above their lines are groups, and so are those that have totals.
    for rows in [
        "区分,事項,要求額\n新規,甲,60\n,乙,9\n継続,丙,6\n,丁,1\n計,,76\n",
        "区分,事項,要求額\n新規,甲,60\n,小計,60\n継続,丙,6\n,丁,1\n,小計,7\n計,,67\n",
    ] {
        assert!(told(rows).0.iter().filter(|line| line.starts_with("  ")).count() > 2, "{rows}");
    }
}

#[test]
fn an_amount_in_tortoise_brackets_beside_others_is_in_no_sum() {
    let (lines, findings) = told(
        "事項,前年度予算額,要求額,増減\n甲,500,600,100\n丙,〔50〕,〔60〕,10\n丁,〔40〕,70,30\n戊,30,〔30〕,0\n計,530,670,140\n",
    );
    assert_eq!(
        lines[1..],
        [
            "丙 (Recount): Prior 50, Requested 60",
            "丁: Prior 40の内数, Requested 70",
            "戊: Prior 30, Requested 30の内数"
        ]
    );
    assert_eq!(findings[..2], ["W0706 B5", "W0706 C6"]);
    assert!(
        !findings.iter().any(|finding| finding.starts_with("W0704 B") || finding.starts_with("W0704 C")),
        "{findings:?}"
    );
}

#[test]
fn a_remark_in_a_row_of_its_own_is_on_the_line_above() {
    for remark in ["備考：三年目,,", "備考,三年目,", "摘要: 三年目,,", "【備考】,三年目,"]
    {
        let import = taken(
            "b.csv",
            format!(
                "令和9年度概算要求（千円）\n事項,前年度予算額,要求額\n甲,500,600\n{remark}\n乙,100,90\n計,600,690\n"
            ),
        );
        let chapter = &import.chapters[0];
        assert_eq!((chapter.lines.len(), findings(&import)), (2, Vec::new()), "{remark}");
        assert_eq!(chapter.lines[0].notes, ["三年目"], "{remark}");
    }
}

#[test]
fn dollars_are_those_of_the_country_whose_sheet_it_is() {
    for (title, unit, asked) in [
        ("Government of Canada Main Estimates ($ thousands)", "thousand CAD", false),
        ("Australian Government FY2027 Budget ($ million)", "million AUD", false),
        ("New Zealand Treasury ($000)", "thousand NZD", false),
        ("City budget ($ thousands)", "thousand USD", false),
        ("U.S. Department of State: Canada ($ thousands)", "thousand USD", false),
        ("Aid to Fiji ($ thousands)", "thousand USD", true),
        ("Aid by Australia and New Zealand ($ thousands)", "thousand USD", true),
        ("Aid to Fiji (US$ thousands)", "thousand USD", false),
    ] {
        let import =
            taken("b.csv", format!("{title}\nProgram,FY2026 Enacted,FY2027 Request\nPolicing,5,6\n"));
        assert_eq!(import.chapters[0].unit, Unit::parse(unit).unwrap(), "{title}");
        assert_eq!(!findings(&import).is_empty(), asked, "{title}");
    }
}

#[test]
fn a_total_that_is_divided_is_not_added_again() {
    let lines_of = |rows: &str| {
        let (lines, findings) = told(&format!(
            "事項,区分,前年度予算額,要求額\n港湾改修費,国費,600,700\n,地方費,400,500\n漁港整備費,国費,1500,1400\n,地方費,500,500\n{rows}"
        ));
        (lines.len(), lines.iter().filter(|line| line.contains('計')).count(), findings)
    };
    let named = |cells: &[&str]| cells.iter().map(|cell| format!("W0706 {cell}")).collect::<Vec<_>>();
    assert_eq!(
        lines_of("計,国費,2100,2100\n,地方費,900,1000\n合計,,3000,3100\n"),
        (6, 0, named(&["C7", "C8"]))
    );
    assert_eq!(
        lines_of("計,国費,2100,2100\n計,地方費,900,1000\n計,計,3000,3100\n"),
        (6, 0, named(&["C7", "C8"]))
    );
    // What follows a divided total is a line again.
    assert_eq!(
        lines_of("小計,国費,2100,2100\n,地方費,900,1000\n海岸保全費,国費,5,6\n合計,,3005,3106\n"),
        (8, 0, named(&["C7", "C8"]))
    );
}
