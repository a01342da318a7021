//! Amounts that share a cell, a column or a sheet with others: two in a cell, kinds of amounts in rows, a form with a table below it, a table without remarks.

use super::again::done;
use super::kinds::sheet;
use super::{findings, lines, taken};

#[test]
fn two_amounts_of_a_cell_are_those_that_the_header_or_the_sheet_names() {
    let expected = ["次世代計算: Requested 1,200, Prior 1,000", "宇宙: Requested 3,000, Prior 2,900"];
    for rows in [
        "事業名,\"令和９年度\n要求額\n（前年度予算額）\",備考\n次世代計算,\"1,200\n(1,000)\",\n宇宙,\"3,000\n（2,900）\",\n計,\"4,200\n(3,900)\",\n",
        "事業名,要求額 (前年度予算額)\n次世代計算,\"1,200 (1,000)\"\n宇宙,\"3,000 (2,900)\"\n計,\"4,200 (3,900)\"\n",
        "（　）内は前年度予算額\n事業名,要求額,備考\n次世代計算,1200,\n,\"(1,000)\",\n宇宙,3000,\n,(2900),\n計,4200,\n,(3900),\n",
        "（上段（　）書きは前年度予算額）\n事業名,要求額\n次世代計算,(1000)\n,1200\n宇宙,(2900)\n,3000\n計,(3900)\n,4200\n",
    ] {
        let import = sheet(rows);
        assert_eq!(lines(&import), expected, "{rows}");
        assert_eq!((findings(&import), import.chapters.len()), (Vec::new(), 1), "{rows}");
        assert!(import.cells.iter().all(|cells| cells.named == 0), "{rows} {:?}", import.left);
    }
    let import = sheet("事業名,令和9年度要求額（令和8年度予算額）\n甲,12 (10)\n乙,－ (3)\n丙,4\n");
    assert_eq!(lines(&import), ["甲: Requested 12, Prior 10", "乙: Requested -, Prior 3", "丙: Requested 4"]);
    // What the brackets mean must be said.
    let import = sheet("事業名,要求額（千円）\n甲,12 (10)\n");
    assert_eq!(
        (lines(&import)[0].as_str(), findings(&import)),
        ("甲: Requested 12", vec!["W0706 要求.csv B4".to_owned()])
    );
}

#[test]
fn rows_say_which_amount_they_have() {
    for [asked, before] in
        [["令和９年度要求額", "令和８年度予算額"], ["要求額", "前年度予算額"], ["R9要求", "R8当初"]]
    {
        let import = sheet(&format!(
            "事業,区分,金額,備考\nA事業,{asked},120,\n,{before},100,\n,増減,20,\nB事業,{asked},50,\n,{before},60,\n,増減,-10,\n"
        ));
        assert_eq!(
            lines(&import),
            ["A事業: Requested 120, Prior 100", "B事業: Requested 50, Prior 60"],
            "{before}"
        );
        assert_eq!(findings(&import), Vec::<String>::new(), "{before}");
    }
}

#[test]
fn a_currency_over_thousands_is_a_unit_below_the_heads() {
    for unit in ["$000", "($000)", "$'000"] {
        let import = taken(
            "b.csv",
            format!(
                "Program,FY2026 Enacted,FY2027 Request,Increase/(Decrease),Percent\n,{unit},{unit},{unit},%\nShips,\"1,000\",\"1,250\",250,25.0\n"
            ),
        );
        assert_eq!(lines(&import), ["Ships: Prior 1,000, Requested 1,250"], "{unit} {:?}", import.findings);
        assert_eq!(import.chapters[0].unit, gaisan::model::Unit::parse("thousand USD").unwrap(), "{unit}");
        assert_eq!(import.tables[0].columns[3].taken, "change, verified", "{unit}");
    }
}

#[test]
fn a_form_has_the_table_below_it_as_its_parts() {
    let form = |parts: &str| {
        format!(
            "令和９年度予算要求　事業調書\n部局,環境部,課,自然保護課\n事業名,希少種保護,事業コード,E-01\n要求額,500,前年度当初予算額,400\n単位,千円\n事業の目的,保全\n積算内訳\n区分,金額,説明\n{parts}"
        )
    };
    let import = taken("調書.csv", form("報酬,400,\n旅費,100,\n"));
    assert_eq!(
        lines(&import),
        ["希少種保護: Requested 500, Prior 400", "  報酬: Requested 400", "  旅費: Requested 100"]
    );
    assert_eq!((findings(&import), import.chapters[0].ministry.as_deref()), (Vec::new(), None));
    let line = &import.chapters[0].lines[0];
    assert!(line.is_complete && line.texts.iter().any(|(head, _)| head == "事業の目的"), "{line:?}");
    assert_eq!(findings(&taken("調書.csv", form("報酬,400,\n旅費,50,\n"))), ["W0704 調書.csv B4"]);
    // Boxes that are no form are named.
    let import = sheet("要求総額,500\n\n事業,要求額\n甲,500\n");
    assert_eq!(findings(&import), ["W0706 要求.csv B3"]);
}

#[test]
fn a_table_without_remarks_leaves_those_that_are_there() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("x");
    let title = "防災庁\n令和9年度概算要求（単位：千円）\n";
    done(&format!("{title}事業,要求額,備考\n漁港,120,補修\n漁場,210,\n"), &folder);
    let short = format!("{title}事業,要求額\n漁港,130\n漁場,210\n");
    assert_eq!(done(&short, &folder), "p-1  要求 120 → 130 千円（B4）\n");
    assert_eq!(done(&short, &folder), "");
    // A column that is empty says that there are none.
    let emptied = done(&format!("{title}事業,要求額,備考\n漁港,130,\n漁場,210,\n"), &folder);
    assert_eq!(emptied, "p-1  note `補修` → –（A4）\n");
}

#[test]
fn what_is_counted_elsewhere_comes_and_goes_with_the_table() {
    let root = tempfile::tempdir().unwrap();
    let title = "防災庁\n令和9年度概算要求（単位：千円）\n";
    let plain = "漁港,,120,\n漁場,,210,補修\n";
    for (at, marked) in [
        "漁港,○,120,\n漁場,,210,補修\n",
        "漁港,有,120,\n漁場,,210,補修\n",
        "漁港,,120,再掲\n漁場,,210,補修\n",
        "漁港【再掲】,,120,\n漁場,,210,補修\n",
    ]
    .into_iter()
    .enumerate()
    {
        let folder = root.path().join(format!("x{at}"));
        let file = || std::fs::read_to_string(folder.join("request.yaml")).unwrap();
        let of = |rows: &str| done(&format!("{title}事業,再掲,要求額,備考\n{rows}"), &folder);
        of(plain);
        let first = file();
        let said = of(marked);
        assert!(said.contains("p-1  note – → `再掲`（A4）\n"), "{marked} {said}");
        assert_eq!(file().matches("kind: recount").count(), 1, "{marked} {}", file());
        assert_eq!(of(marked), "");
        // A table without remarks says nothing of what one said.
        let short = done(&format!("{title}事業,要求額\n{}", "漁港,120\n漁場,210\n"), &folder);
        assert_eq!(short.contains("note"), marked.contains('【'), "{marked} {short}");
        let said = [short, of(plain)].concat();
        assert!(said.contains("p-1  note `再掲` → –（A4）\n"), "{marked} {said}");
        assert_eq!(file(), first, "{marked}");
    }
    let folder = root.path().join("y");
    let of = |rows: &str| done(&format!("{title}事業,再掲,要求額,備考\n{rows}"), &folder);
    of("漁港,○,120,\n漁場,,210,\n");
    // What is counted elsewhere no more has a remark instead.
    assert_eq!(
        of("漁港,,120,補修\n漁場,,210,\n"),
        "p-1  note `再掲` → –（A4）\np-1  note – → `補修`（A4）\n"
    );
    let path = folder.join("request.yaml");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(
        text.contains("    notes:\n      - {kind: remark, text: 補修}\n") && !text.contains("recount"),
        "{text}"
    );
    // Of what the chapter says more it asks.
    of("漁港,○,120,補修\n漁場,,210,\n");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("{kind: recount}", "{kind: recount, of: 港湾}")).unwrap();
    let said = of("漁港,,120,補修\n漁場,,210,\n");
    assert!(said.contains("the table no longer says `再掲`"), "{said}");
}
