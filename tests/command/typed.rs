//! What comes of what a person types into cells of an exported workbook, by openpyxl.

use std::process::Command;

use crate::spreadsheet::{fine, gaisan};
use crate::support::python_with;

/// Types into cells of the first sheet, as a person does; `C5=` empties one, `row=3` takes a row out, `plain=B5` a number's format, and `sort=5:7`
/// turns visible columns round.
const TYPE: &str = "
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
sheet = book.worksheets[0]
for change in sys.argv[3:]:
    cell, said = change.split('=', 1)
    if cell == 'row': sheet.delete_rows(int(said))
    elif cell == 'plain': sheet[said].number_format = 'General'
    elif cell == 'sort':
        first, last = map(int, said.split(':'))
        shown = [column for column in range(1, sheet.max_column + 1) if sheet.cell(3, column).value not in ('gaisan:id', 'gaisan:line', 'gaisan:shown')]
        rows = [[sheet.cell(row, column).value for column in shown] for row in range(first, last + 1)]
        for row, values in enumerate(reversed(rows), first):
            for column, value in zip(shown, values): sheet.cell(row, column).value = value
    else: sheet[cell] = float(said) if said.lstrip('-').replace('.', '').isdigit() else said or None
book.save(sys.argv[2])
";

/// What comes of a chapter whose workbook is changed in some cells while its file is changed in some words: the code, what is said, and the lines of
/// the file that the import changed.
fn edited(
    python: &str,
    chapter: &str,
    cells: &[&str],
    file: &[(&str, &str)],
) -> (Option<i32>, String, Vec<String>) {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path();
    let path = folder.join("budgets/fy2027/c/request.yaml");
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let head = "gaisan: 1\nid: c\nnumber: 1-2\ntitle: 章\nministry: 省\nfiscal_year: R9\nstage: 概算要求\nunit: 百万円\nbreakdown: complete\n";
    let mut text = format!("{head}{chapter}");
    std::fs::write(&path, &text).unwrap();
    fine(folder, &["export", "--to", "a.xlsx"]);
    let typed =
        Command::new(python).args(["-c", TYPE, "a.xlsx", "b.xlsx"]).args(cells).current_dir(folder).output();
    let typed = typed.unwrap();
    assert!(typed.status.success(), "{}", String::from_utf8_lossy(&typed.stderr));
    for (old, new) in file {
        assert!(text.contains(old), "{old}: {text}");
        text = text.replace(old, new);
    }
    std::fs::write(&path, &text).unwrap();
    let run = gaisan(folder, &["import", "b.xlsx", "--to", "budgets/fy2027/c"]);
    let said = [run.stdout, run.stderr].map(|said| String::from_utf8(said).unwrap()).concat();
    let now = std::fs::read_to_string(&path).unwrap();
    let lines = |of: &str| of.lines().map(|line| line.trim().to_owned()).collect::<Vec<_>>();
    let (old, new) = (lines(&text), lines(&now));
    (run.status.code(), said, new.into_iter().filter(|line| !old.contains(line)).collect())
}

/// A chapter, what is typed into its workbook, what is changed in its file, the code, what is said, and the lines that the import changed.
type Case<'c> = (&'c str, &'c [&'c str], &'c [(&'c str, &'c str)], i32, &'c [&'c str], &'c [&'c str]);

/// Tries cases, and tells of all that come out otherwise.
fn hold(python: &str, cases: &[Case<'_>]) {
    let mut wrong = Vec::new();
    for (chapter, cells, file, code, wanted, changed) in cases {
        let (ended, said, lines) = edited(python, chapter, cells, file);
        let is_said = wanted.iter().all(|wanted| said.contains(wanted));
        if ended != Some(*code) || !is_said || lines != *changed {
            wrong.push(format!("{cells:?} {file:?}: {ended:?} {lines:?} {said}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_typed_into_a_workbook_comes_in_as_that_one_change_or_is_named() {
    let Some(python) = python_with("openpyxl", "openpyxl") else { return };
    let two = "programs:\n  - {id: a, title: 甲, requested: 3, prior: 3}\n  - {id: b, title: 乙, requested: 5, prior: 4}\n";
    let split = "programs:\n  - {id: a, title: 甲, number: （１）, requested: {request: 3, wish: 1}, prior: 3}\n  - id: b\n    title: 乙\n    requested: 7\n    prior: 4\n    enacted: 3\n    accounts: [{name: 一般会計, requested: 7}]\n";
    let coarse = "rounding: 四捨五入\nrequested: 142億円\nprior: 7\nprograms:\n  - {id: a, title: 甲, requested: '7,085', prior: 3}\n  - {id: b, title: 乙, requested: '7,130', prior: 4}\n";
    let exact = coarse.replace("142億円", "'14,216'");
    let noted = "programs:\n  - id: a\n    title: 甲\n    requested: 3\n    prior: {amount: 3, basis: combined, with: [海底, 深海]}\n    notes:\n      - {kind: remark, text: '一行'}  # 後ろ\n      # 二つ目\n      - kind: remark\n        text: 二行目   # 尾\n";
    let more = "programs:\n  - {id: a, title: 甲, requested: 6億円+事項要求, prior: 3}\n  - {id: b, title: 乙, requested: 事項要求, prior: 4}\n";
    let drafted = "programs:\n  - id: a\n    title: 甲\n    requested: 3\n    prior: {amount: 3, basis: requested}\n    notes: {kind: remark, text: 一行}\n  - {id: b, title: 乙, requested: 5, prior: 4}\n";
    let signed = "programs:\n  - {id: a, title: '甲  乙', requested: △50.25, prior: 記載なし}\n  - {id: b, title: ' 丙', requested: 5, prior: 4}\n";
    let cases: &[Case<'_>] = &[
        // A total that is stated less finely than its lines follows them as finely as it is stated.
        (
            coarse,
            &["B5=7090"],
            &[],
            0,
            &["a  要求 7,085 → 7,090 百万円（B5）"],
            &["- {id: a, title: 甲, requested: '7,090', prior: 3}"],
        ),
        (
            coarse,
            &["B5=7190"],
            &[],
            0,
            &["c  要求 142億円 → 143億円（B7）"],
            &["requested: 143億円", "- {id: a, title: 甲, requested: '7,190', prior: 3}"],
        ),
        (
            coarse,
            &["B5=7190", "B7==SUM(B5:B6)-15"],
            &[],
            0,
            &["c  要求 142億円 → 143億円（B7）"],
            &["requested: 143億円", "- {id: a, title: 甲, requested: '7,190', prior: 3}"],
        ),
        (
            &exact,
            &["B5=7090"],
            &[],
            1,
            &["c  要求 stays: what makes it up has changed"],
            &["- {id: a, title: 甲, requested: '7,090', prior: 3}"],
        ),
        // What the sheet leaves as it was stays as newer files have it, and what both have changed is named.
        (
            two,
            &[],
            &[("甲", "甲々"), ("requested: 3", "requested: 30")],
            1,
            &["since the sheet was made: a;", "nothing changed"],
            &[],
        ),
        (
            two,
            &["B6=7"],
            &[("requested: 3", "requested: 30")],
            1,
            &["b  要求 5 → 7"],
            &["- {id: b, title: 乙, requested: 7, prior: 4}"],
        ),
        (
            two,
            &["B5=7", "A6=丙"],
            &[("requested: 3, prior: 3", "requested: 30, prior: 9"), ("乙", "丁")],
            1,
            &[
                "a  要求 is `30百万円` in the files and `7百万円` in the sheet（B5）, and was `3百万円`",
                "b  title is `丁` in the files and `丙`",
            ],
            &[],
        ),
        // That all that the files have otherwise is changed in the sheet, too, says nothing of where it came from.
        (
            two,
            &["B5=7", "A6=丙"],
            &[("requested: 3", "requested: 30"), ("乙", "丁")],
            1,
            &[
                "a  要求 is `30百万円` in the files and `7百万円`",
                "b  title is `丁` in the files",
                "nothing changed",
            ],
            &[],
        ),
        (
            two,
            &[],
            &[("  - {id: b, title: 乙, requested: 5, prior: 4}\n", "")],
            1,
            &["b  is in the sheet（A6） and in the files no more"],
            &[],
        ),
        (
            two,
            &["B5=7"],
            &[("百万円", "千円"), ("3", "'3,000'"), ("5", "'5,000'"), ("4", "'4,000'")],
            1,
            &["made: c;"],
            &["- {id: a, title: 甲, requested: '7百万円', prior: '3,000'}"],
        ),
        (
            split,
            &["C7=9"],
            &[("会計, requested: 7", "会計, requested: 8"), ("prior: 4", "prior: 6")],
            1,
            &["b  一般会計 要求 is `8百万円` in the files and `9百万円` in the sheet（C7）"],
            &[],
        ),
        // Blank cells, and those that are worked out.
        (split, &["D6=7"], &[], 1, &["W0706", "`7` is one part of what is asked for"], &[]),
        (split, &["D8=99"], &[], 1, &["`99` is one part of what is asked for"], &[]),
        (
            split,
            &["D6=5", "E6=2"],
            &[],
            0,
            &["b  うち要望 – → 2"],
            &["requested:", "amount: 7", "request: 5", "wish: 2"],
        ),
        (
            split,
            &["D7=1", "G7=4", "G5=未定"],
            &[],
            1,
            &[
                "`1` stands beside `会計別：一般会計`",
                "`4` stands beside",
                "`未定` is no amount of a budget that was enacted",
            ],
            &[],
        ),
        (
            split,
            &["A6=（２）", "A5="],
            &[],
            0,
            &["b  number – → `（２）`", "a  number `（１）` → –"],
            &["- {id: a, title: 甲, requested: {request: 3, wish: 1}, prior: 3}", "number: （２）"],
        ),
        (
            split,
            &["C5=9", "C8=8"],
            &[],
            1,
            &["`9` was typed over what the sheet works out", "`8` was typed over"],
            &[],
        ),
        // Remarks are changed where they stand; what gaisan words itself is not theirs.
        (
            noted,
            &["F5=一行の改。二行目。前年度予算額は海底、深海との合計額"],
            &[],
            0,
            &["a  note `一行` → `一行の改`"],
            &["- {kind: remark, text: '一行の改'}  # 後ろ"],
        ),
        (
            noted,
            &["F5=一行。二行目。前年度予算額は海底との合計額"],
            &[],
            1,
            &["it is not taken", "nothing changed"],
            &[],
        ),
        (
            noted,
            &["F5=", "B5=4"],
            &[],
            1,
            &["a  note `二行目` → –", "`前年度予算額は海底、深海との合計額` follows from what the files say"],
            &["requested: 4"],
        ),
        // Blanks, signs and words that stand there stay.
        (signed, &[], &[], 0, &["0 cells changed since", "nothing changed"], &[]),
        (
            signed,
            &["B5=-51", "C5=7"],
            &[],
            0,
            &["a  前年度 記載なし → 7 百万円"],
            &["- {id: a, title: '甲  乙', requested: △51, prior: 7}"],
        ),
        // What a number's format says behind it is not what is typed.
        (more, &["plain=B5"], &[], 0, &["0 cells changed since", "nothing changed"], &[]),
        (
            more,
            &["plain=B5", "B5=700"],
            &[],
            0,
            &["a  要求 6億円＋事項要求 → 700＋事項要求"],
            &["- {id: a, title: 甲, requested: 700＋事項要求, prior: 3}"],
        ),
        (
            more,
            &["B6=55"],
            &[],
            0,
            &["b  要求 事項要求 → 55 百万円"],
            &["- {id: b, title: 乙, requested: 55, prior: 4}"],
        ),
        // What was requested is not that when it is another amount; a word stands in the column of its year; one note need be no list.
        (
            drafted,
            &["C5=4", "B6=新規", "F5=二行。前年度予算額・要求額"],
            &[],
            1,
            &[
                "a  basis `requested` → –",
                "`新規` says nothing of the year of its column",
                "a  note `一行` → `二行`",
            ],
            &["prior: {amount: 4}", "notes: {kind: remark, text: 二行}"],
        ),
        // The title of the chapter with its number; rows that do not belong to what stands beside them.
        (
            two,
            &["A1=令和9年度概算要求　2-2. 新題"],
            &[],
            0,
            &["c  number `1-2` → `2-2`"],
            &["number: 2-2", "title: 新題"],
        ),
        (two, &["sort=5:6"], &[], 2, &["E0702", "rows show the titles of others: A5 `乙`, A6 `甲`"], &[]),
        (two, &["row=3"], &[], 2, &["E0702", "the row above the heads is gone"], &[]),
    ];
    hold(&python, cases);
}

#[test]
fn totals_follow_what_the_files_say_and_never_what_a_sheet_shows_in_their_place() {
    let Some(python) = python_with("openpyxl", "openpyxl") else { return };
    let parts = "programs:\n  - {id: a, title: 甲, requested: 3, prior: 3}\n  - {id: b, title: 乙, requested: 5, prior: 4}\n";
    let total = format!(
        "requested: 8\nprior: 7\naccounts:\n  - name: 一般会計\n    requested: 8\n    prior: 7\n{parts}"
    );
    let open = total.replace("requested: 3", "requested: 未定").replace("requested: 8", "requested: 未定");
    let split = "requested: {amount: 8, request: 6, wish: 2}\nprior: 7\nprograms:\n  - {id: a, title: 甲, requested: {request: 2, wish: 1}, prior: 3}\n  - {id: b, title: 乙, requested: {request: 4, wish: 1}, prior: 4}\n";
    let cases: &[Case<'_>] = &[
        // What hides a sum hides it in the files, too, whatever a spreadsheet makes of a word.
        (
            &total,
            &["B5=未定"],
            &[],
            1,
            &[
                "c  要求 8 百万円 → 未定（B7）",
                "c  一般会計 要求 8 百万円 → 未定（B8）",
                "the sheet shows `5`（B7）",
            ],
            &["requested: 未定", "requested: 未定", "- {id: a, title: 甲, requested: 未定, prior: 3}"],
        ),
        (&open, &[], &[], 0, &["0 cells changed since", "nothing changed"], &[]),
        (
            &open,
            &["B5=4"],
            &[],
            0,
            &["c  要求 未定 → 9 百万円（B7）", "c  一般会計 要求 未定 → 9 百万円（B8）"],
            &["requested: 9", "requested: 9", "- {id: a, title: 甲, requested: 4, prior: 3}"],
        ),
        // What is not taken changes no total, and neither does what is typed over one.
        (&total, &["B5="], &[], 1, &["its cell is empty now", "the sheet shows `5`", "nothing changed"], &[]),
        (
            &total,
            &["B7=9", "B8=9"],
            &[],
            1,
            &["c  要求: `9` was typed over", "c  一般会計 要求: `9` was typed over"],
            &[],
        ),
        // Two changes of different parts make the total of both.
        (
            &total,
            &["B5=4"],
            &[("requested: 5", "requested: 6"), ("requested: 8", "requested: 9")],
            1,
            &["c  要求 9 → 10 百万円（B7）", "have changed since the sheet was made: b;"],
            &["requested: 10", "requested: 10", "- {id: a, title: 甲, requested: 4, prior: 3}"],
        ),
        (
            split,
            &["C5=3"],
            &[],
            0,
            &["c  うち要求 6 → 7 百万円（C7）", "c  要求 8 → 9 百万円（B7）"],
            &[
                "requested: {amount: 9, request: 7, wish: 2}",
                "- {id: a, title: 甲, requested: {request: 3, wish: 1}, prior: 3}",
            ],
        ),
    ];
    hold(&python, cases);
}

/// What stands in place of the only remark of a line is the only entry of a new list, however the old one was laid out.
#[test]
fn the_only_remark_of_a_line_may_become_another_note() {
    let Some(python) = python_with("openpyxl", "openpyxl") else { return };
    let line = "programs:\n  - id: a\n    title: 甲\n    requested: 3\n    prior: 3\n";
    for notes in [
        "    notes:\n      - {kind: remark, text: 備考}\n",
        "    notes:\n      - kind: remark\n        text: 備考\n",
        "    notes:\n    - {kind: remark, text: 備考}\n    body: |\n      本文。\n",
        "    notes: [{kind: remark, text: 備考}]\n",
        "    notes: {kind: remark, text: 備考}\n",
    ] {
        for (typed, kind) in [("再掲", "{kind: recount}"), ("内数", "{kind: within}")] {
            let cell = format!("F5={typed}");
            let (code, said, lines) = edited(&python, &format!("{line}{notes}"), &[&cell, "B5=4"], &[]);
            let is_it = |line: &String| line.contains(kind);
            assert!(code == Some(0) && said.contains("note `備考` → –"), "{notes}{typed}: {said}");
            assert!(lines.len() <= 3 && lines.iter().any(is_it), "{notes}{typed}: {lines:?}");
        }
    }
}

/// An open total is filled in with what all of its parts make, whatever a spreadsheet makes of the cells.
#[test]
fn a_total_that_waits_is_what_all_of_its_parts_make() {
    let Some(python) = python_with("openpyxl", "openpyxl") else { return };
    let open = "enacted: 未定\nprograms:\n  - {id: a, title: 甲, requested: 100, prior: 100, enacted: 未定}\n  - {id: b, title: 乙, requested: 100, prior: 100, enacted: 未定}\n";
    let half = open.replace("prior: 100, enacted: 未定}\n  - {id: b", "prior: 100}\n  - {id: b");
    for (chapter, cells, total) in [
        (open, &["D5=1億円", "D6=90"][..], Some("enacted: 190")),
        (open, &["D5=95", "D6=90"], Some("enacted: 185")),
        (open, &["D5=95", "D6=90", "G6=再掲"], Some("enacted: 95")),
        (open, &["D5=95"], None),
        (&half, &["D6=90"], None),
    ] {
        let (_, said, lines) = edited(&python, chapter, cells, &[]);
        let filled: Vec<&String> = lines.iter().filter(|line| line.starts_with("enacted:")).collect();
        assert_eq!(filled.first().map(|line| line.as_str()), total, "{cells:?} {lines:?}: {said}");
        assert!(lines.iter().any(|line| line.contains("enacted: 9")), "{cells:?} {lines:?}: {said}");
    }
}
