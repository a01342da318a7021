//! The budget that was enacted, filled into the workbook of a chapter whose files wait for it.

use std::path::Path;
use std::process::Command;

use crate::spreadsheet::{fine, gaisan};
use crate::support::python_with;

const TYPE: &str = "
import sys, openpyxl
book = openpyxl.load_workbook('a.xlsx')
sheet = book.worksheets[0]
keys = {cell.value: cell.column for cell in sheet[3]}
rows = {sheet.cell(row, keys['gaisan:id']).value: row for row in range(5, sheet.max_row + 1)}
for change in sys.argv[1:]:
    id, said = change.split('=')
    if said == 'out': sheet.delete_rows(rows[id]); continue
    sheet.cell(rows[id], keys['gaisan:enacted']).value = float(said) if said else None
book.save('b.xlsx')
";

fn lines(folder: &Path, key: &str) -> Vec<String> {
    let files = ["request", "program-a", "program-b"].map(|file| {
        std::fs::read_to_string(folder.join(format!("budgets/fy2027/chapter-1/{file}.yaml"))).unwrap()
    });
    let all = files.iter().flat_map(|text| text.lines());
    all.filter_map(|line| line.trim().strip_prefix(key)).map(|said| said.trim().to_owned()).collect()
}

#[test]
fn what_was_enacted_is_typed_into_the_workbook_of_files_that_wait_for_it() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path();
    fine(folder, &["init", ".", "--year", "R9", "--lang", "ja"]);
    // What is left to look at is next year's.
    gaisan(folder, &["roll", "budgets/fy2027", "--to", "R10", "--enacted"]);
    assert_eq!(lines(folder, "enacted:"), ["未定"; 5]);
    for to in ["a.xlsx", "a.csv", "a.json"] {
        fine(folder, &["export", "budgets/fy2027", "--to", to]);
    }
    for (file, said) in [("a.csv", ",undecided,"), ("a.json", "\"undecided\"")] {
        assert_eq!(std::fs::read_to_string(folder.join(file)).unwrap().matches(said).count(), 5, "{file}");
    }
    let import = |file: &str| {
        let run = gaisan(folder, &["import", file, "--to", "budgets/fy2027/chapter-1"]);
        (run.status.code(), String::from_utf8(run.stdout).unwrap())
    };
    let same = import("a.xlsx");
    assert!(same.0 == Some(0) && same.1.contains("  nothing changed"), "{}", same.1);

    let Some(python) = python_with("openpyxl", "openpyxl") else { return };
    let typed = |cells: &[&str]| {
        let run = Command::new(&python).args(["-c", TYPE]).args(cells).current_dir(folder).output().unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        import("b.xlsx")
    };
    // A cell that is cleared says no more than 未定 does, and a total waits for all of its parts.
    let (code, said) = typed(&["research=550", "works="]);
    assert!(code == Some(0) && said.contains("research  当初 未定 → 550 百万円"), "{said}");
    assert_eq!(lines(folder, "enacted:"), ["未定", "未定", "550", "未定", "未定"]);
    // So it does for one whose row was taken out.
    typed(&["program-b=out", "research=550", "works=1900"]);
    assert_eq!(lines(folder, "enacted:"), ["未定", "2,450", "550", "1,900", "未定"]);
    let (code, said) = typed(&["research=550", "works=1900", "program-b=380"]);
    assert!(code == Some(0) && said.contains("chapter-1  当初 未定 → 2,830 百万円"), "{said}");
    assert_eq!(lines(folder, "enacted:"), ["2,830", "2,450", "550", "1,900", "380"]);
    // What the files say by now otherwise than the sheet is told as it is.
    let (code, said) = typed(&["research=560"]);
    assert!(
        code == Some(1) && said.contains("`550百万円` in the files and `560百万円` in the sheet"),
        "{said}"
    );
}
