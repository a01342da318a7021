//! What comes of rows that a person takes out of an exported workbook, copies or puts in: its totals go on being right, and nothing is lost without a
//! word. The rows are moved by openpyxl, with the formulas rewritten as spreadsheet programs do it; LibreOffice works them out.

use std::path::Path;
use std::process::Command;

use crate::spreadsheet::{fine, gaisan, recalculated};
use crate::support::python_with;

/// `out=7:8` takes rows out, `copy=7:8` puts copies of them below, `put=9` an empty row; `C9=5` types into a cell; `all=1:2` replaces words in all cells.
const MOVE: &str = r#"
import re, sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
sheet = book.worksheets[0]
def moved(formula, first, last, gap):
    def row(at, is_last):
        if gap > 0: return at + gap if at >= first else at
        if first <= at <= last: return first - 1 if is_last else first
        return at - (last - first + 1) if at > last else at
    def area(found):
        one, other = found[1], found[2] or found[1]
        (column, a), (_, b) = (re.fullmatch(r'([A-Z]+)(\d+)', it).groups() for it in (one, other))
        a, b = int(a), int(b)
        if gap < 0 and first <= a and b <= last: return '#REF!'
        a, b = row(a, False), row(b, True)
        return f'{column}{a}:{column}{b}' if found[2] else f'{column}{a}'
    return re.sub(r'(?<![A-Z:])([A-Z]{1,2}\d+)(?::([A-Z]{1,2}\d+))?', area, formula)
def all_moved(first, last, gap):
    for cell in (cell for row in sheet.iter_rows() for cell in row):
        if isinstance(cell.value, str) and cell.value.startswith('='): cell.value = moved(cell.value, first, last, gap)
for change in sys.argv[3:]:
    what, said = change.split('=', 1)
    if what in ('out', 'copy'):
        first, last = map(int, said.split(':'))
        count = last - first + 1
    if what == 'out':
        all_moved(first, last, -count)
        sheet.delete_rows(first, count)
    elif what == 'copy':
        rows = [[(cell.value, cell._style) for cell in sheet[at]] for at in range(first, last + 1)]
        all_moved(last + 1, last, count)
        sheet.insert_rows(last + 1, count)
        for at, cells in enumerate(rows, last + 1):
            for column, (value, style) in enumerate(cells, 1):
                cell = sheet.cell(at, column)
                shifted = lambda found: found[1] + str(int(found[2]) + count)
                is_formula = isinstance(value, str) and value.startswith('=')
                cell.value = re.sub(r'(?<![A-Z])([A-Z]{1,2})(\d+)', shifted, value) if is_formula else value
                cell._style = style
    elif what == 'put':
        all_moved(int(said), 0, 1)
        sheet.insert_rows(int(said))
    elif what == 'all':
        old, new = said.split(':')
        for cell in (cell for row in sheet.iter_rows(min_row=5) for cell in row):
            if isinstance(cell.value, str) and not cell.value.startswith('='): cell.value = cell.value.replace(old, new)
            elif cell.value is not None and str(cell.value) == old: cell.value = float(new)
    else: sheet[what] = float(said) if said.isdigit() else said
book.save(sys.argv[2])
"#;

const SHOWN: &str = "
import sys, openpyxl
sheet = openpyxl.load_workbook(sys.argv[1], data_only=True).worksheets[0]
print(' '.join(f'{row[0].value}={row[1].value}' for row in sheet.iter_rows(min_row=5) if row[0].value))
";

/// Rows: 5 甲, 6 乙, 7 乙一, 8 乙二, 9 丙, 10 its account, 11 丙一, 12 丙二, 13 その他, 14 計. Columns: A title, B requested, C prior, D change, E rate, F notes.
const CHAPTER: &str = "gaisan: 1\nid: q\ntitle: 章\nministry: 省\nfiscal_year: R9\nstage: 概算要求\nunit: 百万円\nbreakdown: complete\nrequested: 60\nprior: 50\nprograms:\n  - {id: a, title: 甲, requested: 10, prior: 9}\n  - id: b\n    title: 乙\n    requested: 30\n    prior: 25\n    breakdown: complete\n    children:\n      - {id: b1, title: 乙一, requested: 10, prior: 10}\n      - {id: b2, title: 乙二, requested: 20, prior: 15}\n  - id: c\n    title: 丙\n    requested: 20\n    prior: 16\n    accounts: [{name: 一般会計, requested: 20, prior: 16}]\n    breakdown: partial\n    children:\n      - {id: c1, title: 丙一, requested: 7, prior: 6}\n      - {id: c2, title: 丙二, requested: 8, prior: 6, notes: [{kind: within, of: 丙一}]}\n";

fn exported(folder: &Path) {
    std::fs::create_dir_all(folder.join("budgets/fy2027/q")).unwrap();
    std::fs::write(folder.join("budgets/fy2027/q/request.yaml"), CHAPTER).unwrap();
    fine(folder, &["export", "--to", "a.xlsx"]);
}

fn moved(python: &str, folder: &Path, to: &str, changes: &[&str]) {
    let output =
        Command::new(python).args(["-c", MOVE, "a.xlsx", to]).args(changes).current_dir(folder).output();
    let output = output.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn totals_have_what_stands_below_them_whatever_rows_are_taken_out_copied_or_put_in() {
    let Some(python) = python_with("openpyxl", "openpyxl") else { return };
    let root = tempfile::tempdir().unwrap();
    let folder = root.path();
    exported(folder);
    for (at, (changes, shown)) in [
        (&["out=7:7"][..], "甲=10 乙=20 乙二=20 丙=20 会計別：一般会計=20 丙一=7 丙二=8 その他=13 計=50"),
        (&["out=7:8"], "甲=10 乙=0 丙=20 会計別：一般会計=20 丙一=7 丙二=8 その他=13 計=30"),
        (&["out=6:8"], "甲=10 丙=20 会計別：一般会計=20 丙一=7 丙二=8 その他=13 計=30"),
        (&["out=5:13"], "計=0"),
        // A row among the parts of a line, behind them, above all and below all.
        (
            &["put=8", "A8=新", "B8=100"],
            "甲=10 乙=130 乙一=10 新=100 乙二=20 丙=20 会計別：一般会計=20 丙一=7 丙二=8 その他=13 計=160",
        ),
        (
            &["put=9", "A9=新", "B9=100"],
            "甲=10 乙=30 乙一=10 乙二=20 新=100 丙=20 会計別：一般会計=20 丙一=7 丙二=8 その他=13 計=160",
        ),
        (
            &["put=5", "A5=新", "B5=100", "put=15", "A15=末", "B15=7"],
            "新=100 甲=10 乙=30 乙一=10 乙二=20 丙=20 会計別：一般会計=20 丙一=7 丙二=8 その他=13 末=7 計=167",
        ),
        // What is put in below a line of which the rest is worked out is of that rest.
        (
            &["put=12", "A12=新", "B12=3"],
            "甲=10 乙=30 乙一=10 乙二=20 丙=20 会計別：一般会計=20 丙一=7 新=3 丙二=8 その他=10 計=60",
        ),
        (
            &["copy=6:8", "A9=丁"],
            "甲=10 乙=30 乙一=10 乙二=20 丁=30 乙一=10 乙二=20 丙=20 会計別：一般会計=20 丙一=7 丙二=8 その他=13 計=90",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let name = format!("{at}.xlsx");
        moved(&python, folder, &name, changes);
        let Some(worked_out) = recalculated(folder, &name) else { return };
        let output = Command::new(&python).args(["-c", SHOWN, &worked_out]).current_dir(folder).output();
        assert_eq!(String::from_utf8(output.unwrap().stdout).unwrap().trim(), shown, "{changes:?}");
        // What is worked out here is the same: nothing is said of totals that are not what the sheet shows.
        let check = gaisan(folder, &["check", &worked_out]);
        let said = String::from_utf8(check.stdout).unwrap() + &String::from_utf8_lossy(&check.stderr);
        assert!(!said.contains("typed over"), "{changes:?}: {said}");
    }
}

#[test]
fn rows_that_come_in_by_copies_are_taken_with_all_that_belongs_to_them_or_named() {
    let Some(python) = python_with("openpyxl", "openpyxl") else { return };
    let root = tempfile::tempdir().unwrap();
    let folder = root.path();
    exported(folder);
    for (changes, code, said, lines) in [
        // The accounts of a copied line, and the notes as they were written.
        (
            &["copy=9:12", "A13=丁", "B13=5", "B14=5"][..],
            0,
            "new: 丁",
            &["- {name: 一般会計, requested: 5, prior: 16}", "- {kind: within, of: 丙一}"][..],
        ),
        // Behind the last part of a line a copy is in no sum of the sheet, and counts in the files.
        (
            &["copy=8:8", "A9=丁", "B9=5"],
            1,
            "the sheet shows `30`（B6）, and the files make `35`",
            &["title: 丁"],
        ),
        (&["copy=10:10", "B11=3"], 1, "is a second row of one account; nothing of it is taken", &[]),
        // 内数 and うち are in no sum; what is for reference is no line.
        (&["put=8", "A8=　新", "B8=5", "C8=5", "F8=内数"], 1, "the sheet shows `35`", &["{kind: within}"]),
        (&["put=8", "A8=　うち新", "B8=5", "C8=5"], 1, "new: ", &["{kind: recount, text: うち数}"]),
        (&["A16=（参考）補正", "B16=5"], 0, "`（参考）補正`, which is only for reference", &[]),
        // An id that somebody wrote where it is not shown, and one that is another line's.
        (&["put=9", "A9=新", "B9=5", "C9=5", "G9=my-id"], 0, "my-id  new: 新", &["- id: my-id"]),
        (&["put=9", "A9=新", "B9=5", "C9=5", "G9=c1"], 0, "  new: 新", &["title: 新"]),
        (
            &["put=9", "A9=新", "B9=5", "G9={id: k, title: 他}"],
            1,
            "row 9 came from a sheet with other columns",
            &[],
        ),
        // Words that are replaced in all cells are so in those that are shown.
        (&["all=乙:丑"], 0, "b  title `乙` → `丑`", &["title: 丑", "- {id: b1, title: 丑一"]),
        (&["all=20:25"], 0, "b2  要求 20 → 25 百万円", &["- {id: b2, title: 乙二, requested: 25"]),
        // A new line that adds up the rows below it, which are none of its parts.
        (
            &["put=9", "put=10", "A9=親", "B9==SUM(B10:B10)", "A10=子", "B10=4", "C10=4"],
            1,
            "`親` adds up rows below it, which are lines of their own",
            &[],
        ),
        // Cells that were moved without those that are not shown.
        (&["A13=丙二", "A14=その他"], 2, "rows show the titles of others", &[]),
        (&["A14=新", "B14=5", "A15=計", "B15=60"], 2, "rows show the titles of others: A15 `計`", &[]),
        (&["B4=前年度予算額", "C4=令和9年度要求・要望額"], 2, "columns show the heads of others", &[]),
    ] {
        moved(&python, folder, "b.xlsx", changes);
        let path = folder.join("budgets/fy2027/q/request.yaml");
        std::fs::write(&path, CHAPTER).unwrap();
        let run = gaisan(folder, &["import", "b.xlsx", "--to", "budgets/fy2027/q"]);
        let told = [run.stdout, run.stderr].map(|said| String::from_utf8(said).unwrap()).concat();
        let now: String = ["request.yaml", "p-4.yaml", "p-5.yaml"]
            .map(|name| std::fs::read_to_string(path.with_file_name(name)).unwrap_or_default())
            .concat();
        assert!(run.status.code() == Some(code) && told.contains(said), "{changes:?}: {told}");
        for line in lines {
            assert!(now.contains(line) && !CHAPTER.contains(line), "{changes:?}: {line}: {now}");
        }
        let again = gaisan(folder, &["import", "b.xlsx", "--to", "budgets/fy2027/q"]);
        assert!(
            code == 2 || String::from_utf8_lossy(&again.stdout).contains("nothing changed"),
            "{changes:?}"
        );
    }
}

#[test]
fn totals_are_made_anew_also_where_the_chapter_has_gone_on_to_another_stage() {
    let Some(python) = python_with("openpyxl", "openpyxl") else { return };
    let root = tempfile::tempdir().unwrap();
    let folder = root.path();
    exported(folder);
    moved(&python, folder, "b.xlsx", &["B7=12"]);
    let path = folder.join("budgets/fy2027/q/request.yaml");
    std::fs::write(&path, CHAPTER.replace("stage: 概算要求", "stage: 政府案")).unwrap();
    let run = gaisan(folder, &["import", "b.xlsx", "--to", "budgets/fy2027/q"]);
    let told = String::from_utf8(run.stdout).unwrap();
    assert!(told.contains("b  要求 30 → 32 百万円"), "{told}");
    let checked = gaisan(folder, &["check", "budgets"]);
    assert!(!String::from_utf8_lossy(&checked.stdout).contains("E0201"), "{checked:?}");
}

#[test]
fn a_workbook_that_somebody_went_on_working_in_is_not_overwritten_before_it_has_come_in() {
    let Some(python) = python_with("openpyxl", "openpyxl") else { return };
    let root = tempfile::tempdir().unwrap();
    let folder = root.path();
    exported(folder);
    let export = |more: &[&str]| {
        let run = gaisan(folder, &[&["export", "--to", "b.xlsx"], more].concat());
        (run.status.code(), String::from_utf8(run.stderr).unwrap())
    };
    let import = || gaisan(folder, &["import", "b.xlsx", "--to", "budgets/fy2027/q"]);
    // What nobody changed may be written again, also where the files have changed since.
    moved(&python, folder, "b.xlsx", &[]);
    let path = folder.join("budgets/fy2027/q/request.yaml");
    std::fs::write(
        &path,
        CHAPTER.replace("prior: 9}", "prior: 9}\n  - {id: n, title: 新, requested: 0, prior: 0}"),
    )
    .unwrap();
    assert_eq!(export(&[]).0, Some(0));
    std::fs::write(&path, CHAPTER).unwrap();
    for (changes, place) in [
        (&["B5=11"][..], "b.xlsx 章!B5"),
        (&["F9=備考"], "b.xlsx 章!F9"),
        (&["A2=庁"], "b.xlsx 章!A2"),
        (&["put=9", "A9=新", "B9=5", "C9=5"], "b.xlsx 章!A9"),
        (&["out=7:7"], "b.xlsx 章!B6"),
        (&["N5=担当：会計課"], "b.xlsx 章!N5"),
        (&["D5=7"], "b.xlsx 章!D5"),
    ] {
        moved(&python, folder, "b.xlsx", changes);
        let (code, said) = export(&[]);
        let wanted = format!("{place} has changed since `b.xlsx` was made");
        assert!(code == Some(2) && said.contains(&wanted) && said.contains("--force"), "{changes:?}: {said}");
    }
    moved(&python, folder, "b.xlsx", &["B5=11", "F9=備考"]);
    assert_eq!(import().status.code(), Some(0));
    assert_eq!(export(&[]), (Some(0), String::new()));
    moved(&python, folder, "b.xlsx", &["B5=12"]);
    assert_eq!(export(&["--force"]).0, Some(0));
    for name in ["b.xlsx", "b.csv", "b.json"] {
        std::fs::write(folder.join(name), "事項,要求額\n甲,5\n").unwrap();
        let run = gaisan(folder, &["export", "--to", name]);
        let said = String::from_utf8(run.stderr).unwrap();
        assert!(run.status.code() == Some(2) && said.contains("that gaisan made"), "{name}: {said}");
    }
    // A build knows what it wrote itself.
    let build = || gaisan(folder, &["build", "--format", "xlsx"]);
    assert_eq!(build().status.code(), Some(0));
    std::fs::write(&path, CHAPTER.replace("prior: 9", "prior: 8")).unwrap();
    assert_eq!(build().status.code(), Some(0));
    std::fs::write(&path, CHAPTER).unwrap();
    assert_eq!(build().status.code(), Some(0));
    std::fs::copy(folder.join("output/fy2027/q/overview.xlsx"), folder.join("a.xlsx")).unwrap();
    moved(&python, folder, "output/fy2027/q/overview.xlsx", &["B5=12"]);
    std::fs::write(&path, CHAPTER.replace("title: 甲", "title: 申")).unwrap();
    let said = String::from_utf8(build().stderr).unwrap();
    assert!(said.contains("章!B5 has changed since"), "{said}");
    assert_eq!(gaisan(folder, &["build", "--format", "xlsx", "--force"]).status.code(), Some(0));
}
