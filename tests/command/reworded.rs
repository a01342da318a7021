//! What a person empties, rewords or inserts in a workbook of gaisan's own: each change is taken, or said.

use std::process::Command;

use crate::spreadsheet::{fine, gaisan};
use crate::support::python_with;

/// Empties, rewords and inserts, as a person does, with nothing else.
const REWORD: &str = "
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
sheet = book.worksheets[0]
for change in sys.argv[3:]:
    cell, text = change.split(':', 1)
    if cell == 'insert':
        sheet.insert_rows(int(text))
    elif cell == 'format':
        sheet['B6'].number_format = text
    else:
        try: text = float(text)
        except ValueError: text = text.lstrip(chr(39))
        sheet[cell].value = None if text == '' else text
book.save(sys.argv[2])
";

#[test]
fn what_is_emptied_reworded_or_inserted_in_our_own_workbook_is_said_and_nothing_becomes_nought() {
    let Some(python) = python_with("openpyxl", "openpyxl") else { return };
    let root = tempfile::tempdir().unwrap();
    let folder = root.path();
    std::fs::create_dir_all(folder.join("budgets/x")).unwrap();
    let chapter = "gaisan: 1\nid: x\ntitle: 第1章\nministry: 試験省\nfiscal_year: R9\nstage: 概算要求\nunit: 百万円\nbreakdown: complete\nprograms:\n  - id: a\n    title: 甲\n    breakdown: complete\n    children:\n      - {id: a-1, title: 子, requested: 5, prior: 4}\n      - {id: a-2, title: 丑, requested: 7, prior: 6}\n  - {id: b, title: 乙, requested: 未定, prior: 新規}\n  - {id: c, title: 丙, requested: 100, prior: 100}\n";
    std::fs::write(folder.join("budgets/x/request.yaml"), chapter).unwrap();
    fine(folder, &["export", "budgets/x", "--to", "x.xlsx"]);
    let said = |changes: &[&str]| {
        let mut made = Command::new(&python);
        made.args(["-c", REWORD, "x.xlsx", "y.xlsx"]).args(changes);
        assert!(made.current_dir(folder).output().unwrap().status.success());
        let output = gaisan(folder, &["import", "y.xlsx", "--to", "budgets/x", "--dry-run"]);
        let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8_lossy(&output.stderr);
        let told: Vec<String> = text
            .lines()
            .filter(|line| line.contains("  ") || line.contains("W0706"))
            .map(str::to_owned)
            .collect();
        (told.join("\n"), output.status.code())
    };
    // Where the rows are: a, a-1, a-2, b, c from the row of `a` on.
    let (whole, _) = said(&[]);
    assert!(whole.contains("nothing changed"), "{whole}");
    let (text, code) = said(&["B6:", "C7:", "C8:"]);
    for empty in ["a-1  要求（B6）", "a-2  前年度（C7）", "b  前年度（C8）"] {
        assert!(text.contains(&format!("{empty}: its cell is empty now")), "{empty} in {text}");
    }
    assert_eq!(code, Some(1));
    let (text, _) = said(&["B9:=B8", "C9:=C8"]);
    assert!(
        text.contains("c  要求 100 百万円 → 未定") && text.contains("c  前年度 100 百万円 → 新規"),
        "{text}"
    );
    let (text, code) = said(&["B6:(50)", "B7:△7"]);
    assert!(text.contains("W0706") && text.contains("a-2  要求 7 → △7"), "{text}");
    assert_eq!(code, Some(1));
    // A number that its format shows with a unit is one in sums, too.
    let (text, _) = said(&["format:#,##0\"百万円\""]);
    assert!(text.contains("nothing changed"), "{text}");
    let (text, _) = said(&["insert:6", "A6:寅", "B6:3", "C6:2"]);
    assert!(!text.contains("not in the workbook"), "{text}");
    assert_eq!(text.matches("new: ").count(), 1, "{text}");
}

/// A chapter with all that stands in a workbook beside lines: an account, a remainder, a ministry, notes.
const WHOLE: &str = "gaisan: 1\nid: x\ntitle: 防災\nministry: 試験省\nfiscal_year: R9\nstage: 概算要求\nunit: 億円\nrequested: 9\nprior: 20\nbreakdown: complete\nrounding: 切捨て\nnotes:\n  - {kind: remark, text: 速報値}\nprograms:\n  - id: a\n    number: １\n    title: 甲計画\n    abbreviation: KO\n    requested: 330,000,000円\n    prior: 10\n    accounts:\n      - {name: 一般会計, requested: \"330,000,000円\", prior: 10}\n  - id: b\n    number: ２\n    title: 乙\n    requested: 6.6\n    prior: 10\n    breakdown: partial\n    children:\n      - {id: b-1, title: 子, requested: 5.5, prior: 4}\n";

#[test]
fn every_word_and_formula_of_our_own_workbook_that_is_changed_is_taken_or_said() {
    let Some(python) = python_with("openpyxl", "openpyxl") else { return };
    let root = tempfile::tempdir().unwrap();
    let folder = root.path();
    std::fs::create_dir_all(folder.join("budgets/x")).unwrap();
    std::fs::write(folder.join("budgets/x/request.yaml"), WHOLE).unwrap();
    fine(folder, &["export", "budgets/x", "--to", "x.xlsx"]);
    let said = |change: &str| {
        let mut made = Command::new(&python);
        made.args(["-c", REWORD, "x.xlsx", "y.xlsx", change]);
        assert!(made.current_dir(folder).output().unwrap().status.success());
        let output = gaisan(folder, &["import", "y.xlsx", "--to", "budgets/x", "--dry-run"]);
        (String::from_utf8(output.stdout).unwrap(), output.status.code())
    };
    let (text, _) = said("A1:令和9年度概算要求　防災");
    assert!(text.contains("nothing changed"), "{text}");
    // Rows: 5 甲計画, 6 its account, 7 乙, 8 子, 9 その他, 10 計. Columns: A number, B title, C requested, D prior, E change, F rate, G notes.
    for (change, taken) in [
        ("A1:令和9年度概算要求　減災", "x  title `防災` → `減災`"),
        ("A2:防災庁", "x  ministry `試験省` → `防災庁`"),
        ("A5:３", "a  number `１` → `3`（B5）"),
        ("B5:丙計画（KO）", "a  title `甲計画` → `丙計画`（B5）"),
        ("G5:推進枠", "a  note – → `推進枠`（B5）"),
        ("G10:確定値", "x  note `速報値` → `確定値`（B10）"),
        // 9.9 is the 9 that the chapter states, which cuts off.
        ("C10:=SUM(C5,C7)", "nothing changed"),
    ] {
        let (text, code) = said(change);
        assert!(text.contains(taken) && code == Some(0), "{change}: {text}");
    }
    for (change, finding) in [
        // A total follows the files' lines and rounds as the chapter says; what the sheet makes of its rows is held beside it.
        ("C10:=ROUND(SUM(C5,C7),0)", "the sheet shows `10`（C10）, and the files make `9`"),
        ("A1:速報", "`速報` stands where the sheet had `令和9年度概算要求　防災`"),
        ("A2:", "`–` stands where the sheet had `試験省`"),
        ("C4:令和10年度要求額", "`令和10年度要求額` stands where the sheet had"),
        ("B6:特別会計", "`特別会計` stands where the sheet had"),
        ("B9:残り", "`残り` stands where the sheet had `その他`"),
        ("G9:内訳あり", "`内訳あり` stands where the sheet had"),
        ("B10:合計", "`合計` stands where the sheet had `計`"),
        ("C9:7", "`7` was typed over what the sheet works out"),
        ("C9:=C7-(SUM(C8))+1", "was typed over what the sheet works out"),
        ("E5:7", "`7` was typed over what the sheet works out"),
        ("C5:'3.3", "`3.3` is stored as a text, and sums of the sheet leave it out"),
    ] {
        let (text, code) = said(change);
        assert!(text.contains(finding) && code == Some(1), "{change}: {text}");
    }
    for (change, left) in
        [("C20:担当：会計課", "x.xlsx 防災!C20: `担当：会計課`"), ("B12:（注）速報", "B12: `（注）速報`")]
    {
        let (text, _) = said(change);
        assert!(
            text.contains(&left.replace("x.xlsx", "y.xlsx")) && text.contains("nothing changed"),
            "{text}"
        );
    }
}
