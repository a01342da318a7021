//! What spreadsheets and other programs make of what is exported, and what comes of their changes. The programs are others' than ours:
//! openpyxl changes cells, LibreOffice works out formulas, frictionless validates packages.

use std::path::Path;
use std::process::{Command, Output};

use crate::support::{python_with, skip, validate};

pub(crate) fn gaisan(folder: &Path, arguments: &[&str]) -> Output {
    crate::support::gaisan().args(arguments).current_dir(folder).output().unwrap()
}

/// Runs a command that ends with 0, and gives what it says.
pub(crate) fn fine(folder: &Path, arguments: &[&str]) -> String {
    let output = gaisan(folder, arguments);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{arguments:?}: {said}{}", String::from_utf8_lossy(&output.stderr));
    said
}

/// A folder with the reference chapter.
fn project() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("budgets/fy2022/mext-5");
    let to = root.path().join("budgets/fy2022/mext-5");
    std::fs::create_dir_all(&to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.path().is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
    root
}

/// Writes other amounts into the rows of some lines, as a person does, and leaves everything else.
const CHANGE: &str = "
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
sheet = book.worksheets[0]
keys = {cell.value: cell.column for cell in sheet[3]}
rows = {sheet.cell(row, keys['gaisan:id']).value: row for row in range(5, sheet.max_row + 1)
        if sheet.cell(row, keys['gaisan:level']).value != 'part'}
for change in sys.argv[3:]:
    line, column, amount = change.split('=')
    sheet.cell(rows[line], keys['gaisan:' + column]).value = float(amount)
book.save(sys.argv[2])
";

fn changed(python: &str, folder: &Path, from: &str, to: &str, changes: &[&str]) {
    let output =
        Command::new(python).args(["-c", CHANGE, from, to]).args(changes).current_dir(folder).output();
    let output = output.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A workbook as LibreOffice writes it again, with every formula worked out; `None` where it is not installed, and that has been said.
pub(crate) fn recalculated(folder: &Path, name: &str) -> Option<String> {
    let (out, profile) = (folder.join("recalculated"), folder.join("profile"));
    let mut office = Command::new("soffice");
    office.arg("--headless").arg(format!("-env:UserInstallation=file://{}", profile.display()));
    office.args(["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]).arg(&out).arg(folder.join(name));
    if office.output().is_err() {
        skip("soffice (libreoffice-calc-nogui)");
        return None;
    }
    let path = format!("recalculated/{name}");
    assert!(folder.join(&path).is_file(), "LibreOffice wrote nothing");
    Some(path)
}

/// The lines of a chapter that are not what they were.
fn differing(before: &Path, after: &Path) -> Vec<String> {
    let mut lines = Vec::new();
    let mut names: Vec<_> =
        std::fs::read_dir(after).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    for name in names {
        let text = |folder: &Path| std::fs::read_to_string(folder.join(&name)).unwrap_or_default();
        let (old, new) = (text(before), text(after));
        assert_eq!(old.lines().count(), new.lines().count(), "{}", name.display());
        let pairs = old.lines().zip(new.lines()).filter(|(old, new)| old != new);
        lines.extend(pairs.map(|(old, new)| format!("{} → {}", old.trim(), new.trim())));
    }
    lines
}

const CHAPTER: &str = "budgets/fy2022/mext-5";

#[test]
fn three_figures_that_another_program_changes_are_three_changed_lines() {
    let Some(python) = python_with("openpyxl", "openpyxl") else { return };
    let (project, before) = (project(), project());
    let folder = project.path();
    fine(folder, &["export", CHAPTER, "--to", "要求.xlsx"]);
    let changes = ["q-leap=requested=4700", "research-data-ecosystem=requested=1650.5", "q-leap=prior=3495"];
    changed(&python, folder, "要求.xlsx", "修正.xlsx", &changes);
    let said = fine(folder, &["import", "修正.xlsx", "--to", CHAPTER]);
    assert!(said.contains("q-leap  要求 4,592 → 4,700 百万円"), "{said}");
    assert_eq!(
        differing(&before.path().join(CHAPTER), &folder.join(CHAPTER)),
        [
            "requested: 4,592 → requested: 4,700",
            "prior: 3,494 → prior: 3,495",
            "requested: 1,650 → requested: 1,650.5"
        ]
    );
    // What has come in is there: nothing more comes of it.
    let again = fine(folder, &["import", "修正.xlsx", "--to", CHAPTER]);
    assert!(again.contains("nothing changed"), "{again}");
}

#[test]
fn a_part_that_changes_changes_the_sum_above_it_with_and_without_a_spreadsheet_in_between() {
    let Some(python) = python_with("openpyxl", "openpyxl") else { return };
    let project = project();
    let folder = project.path();
    fine(folder, &["export", CHAPTER, "--to", "a.xlsx"]);
    changed(&python, folder, "a.xlsx", "b.xlsx", &["crest-aip=requested=7500"]);
    let Some(worked_out) = recalculated(folder, "b.xlsx") else { return };
    // What another program has written without working anything out is worked out here; what LibreOffice has worked out is the same.
    let of = |name: &str| {
        let said = fine(folder, &["import", name, "--to", CHAPTER, "--dry-run"]);
        said.lines()
            .filter(|line| line.contains(" → ") && line.contains("（"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let (here, there) = (of("b.xlsx"), of(&worked_out));
    assert_eq!(here, there);
    assert_eq!(
        here,
        ["  aip  要求 11,458 → 11,500 百万円（B12）", "  crest-aip  要求 7,458 → 7,500 百万円（B14）"]
    );
    fine(folder, &["import", &worked_out, "--to", CHAPTER]);
    fine(folder, &["check", CHAPTER]);
}

/// Tells cells whose stored values are not what LibreOffice works out.
const COMPARE: &str = "
import sys, openpyxl
ours, theirs = (openpyxl.load_workbook(path, data_only=True) for path in sys.argv[1:3])
formulas = openpyxl.load_workbook(sys.argv[1])
count = 0
for sheet in formulas:
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith('='):
                count += 1
                one, other = ours[sheet.title][cell.coordinate].value, theirs[sheet.title][cell.coordinate].value
                if isinstance(one, (int, float)) and isinstance(other, (int, float)):
                    same = abs(one - other) < 1e-7
                else:
                    same = (one or '') == (other or '')
                if not same:
                    print(sheet.title, cell.coordinate, cell.value, repr(one), repr(other))
print(count, 'formulas')
";

#[test]
fn libreoffice_works_out_what_is_stored() {
    let Some(python) = python_with("openpyxl", "openpyxl") else { return };
    let root = tempfile::tempdir().unwrap();
    let folder = root.path();
    let budgets = Path::new(env!("CARGO_MANIFEST_DIR")).join("budgets");
    fine(folder, &["export", budgets.to_str().unwrap(), "--to", "a.xlsx"]);
    // openpyxl drops what was stored, so that all of it has to be worked out.
    changed(&python, folder, "a.xlsx", "b.xlsx", &[]);
    let Some(worked_out) = recalculated(folder, "b.xlsx") else { return };
    let output = Command::new(python)
        .args(["-c", COMPARE, "a.xlsx", &worked_out])
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.lines().count() == 1 && !said.starts_with("0 "), "{said}");
}

/// Writes into the hidden column of ids.
const RENAME: &str = "
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
sheet = book.worksheets[0]
column = {cell.value: cell.column for cell in sheet[3]}['gaisan:id']
new = dict(change.split('=') for change in sys.argv[3:])
for row in range(5, sheet.max_row + 1):
    old = sheet.cell(row, column).value
    if old in new: sheet.cell(row, column).value = new[old] or None
book.save(sys.argv[2])
";

#[test]
fn ids_that_were_typed_over_or_cleared_are_said_and_the_lines_stay_what_they_were() {
    let Some(python) = python_with("openpyxl", "openpyxl") else { return };
    let (project, before) = (project(), project());
    let folder = project.path();
    fine(folder, &["export", CHAPTER, "--to", "a.xlsx"]);
    let renamed = Command::new(&python)
        .args(["-c", RENAME, "a.xlsx", "b.xlsx", "q-leap=other", "aip="])
        .current_dir(folder)
        .output();
    assert!(renamed.unwrap().status.success());
    let output = gaisan(folder, &["import", "b.xlsx", "--to", CHAPTER]);
    let [out, err] = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text).into_owned());
    assert_eq!(output.status.code(), Some(1), "{out}{err}");
    for said in ["`other` stands where the sheet had `q-leap`", "`–` stands where the sheet had `aip`"] {
        assert!(err.contains(said) || out.contains(said), "{said}: {out}{err}");
    }
    assert!(out.contains("nothing changed"), "{out}");
    assert_eq!(differing(&before.path().join(CHAPTER), &folder.join(CHAPTER)), Vec::<String>::new());
}

#[test]
fn the_package_and_the_json_are_valid() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path();
    let budgets = Path::new(env!("CARGO_MANIFEST_DIR")).join("budgets");
    let budgets = budgets.to_str().unwrap();
    assert_eq!(
        fine(folder, &["export", budgets, "--to", "out/package"]),
        "wrote out/package/amounts.csv\nwrote out/package/datapackage.json\n"
    );
    fine(folder, &["export", budgets, "--to", "a.json"]);
    validate("docs/schema/amounts.schema.json", &std::fs::read_to_string(folder.join("a.json")).unwrap());
    let Some(python) = python_with("frictionless", "frictionless") else { return };
    let program = "import sys, frictionless\nreport = frictionless.validate(sys.argv[1])\nprint(report.stats)\nsys.exit(0 if report.valid else str(report.flatten()))";
    let valid = Command::new(python)
        .args(["-c", program, "out/package/datapackage.json"])
        .current_dir(folder)
        .output();
    let valid = valid.unwrap();
    assert!(valid.status.success(), "{}", String::from_utf8_lossy(&valid.stderr));
}

#[test]
fn a_text_begins_with_a_mark_if_that_is_wanted_and_holds_no_formula() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path();
    let chapter = "gaisan: 1\nid: x\ntitle: \"=HYPERLINK(1)\"\nministry: m\nfiscal_year: R9\nstage: request\nunit: 千円\nbreakdown: complete\nprograms:\n  - {id: a, title: \"+1\", group: [\"=局\", 宇宙], requested: -5, prior: 新規}\n";
    std::fs::create_dir(folder.join("budgets")).unwrap();
    std::fs::write(folder.join("budgets/x.yaml"), chapter).unwrap();
    fine(folder, &["export", "--to", "a.csv", "--bom"]);
    fine(folder, &["export", "--to", "a.tsv"]);
    let csv = std::fs::read_to_string(folder.join("a.csv")).unwrap();
    assert_eq!(
        csv,
        "\u{FEFF}chapter,id,title,path,group,level,year,stage,column,basis,split,part,counted,computed,state,value,precision,unit,currency,amount,amount_year\n\
         x,x,'=HYPERLINK(1),x,,0,2027,request,requested,,,,false,true,known,-5,1,thousand yen,JPY,-5000,2027\n\
         x,x,'=HYPERLINK(1),x,,0,2027,request,prior,initial,,,false,true,new,,,thousand yen,JPY,,2026\n\
         x,a,'+1,x/a,'=局 / 宇宙,1,2027,request,requested,,,,true,false,known,-5,1,thousand yen,JPY,-5000,2027\n\
         x,a,'+1,x/a,'=局 / 宇宙,1,2027,request,prior,initial,,,true,false,new,,,thousand yen,JPY,,2026\n"
    );
    assert!(std::fs::read_to_string(folder.join("a.tsv")).unwrap().starts_with("chapter\tid\ttitle"));
    let refused = gaisan(folder, &["export", "--to", "a.xlsx", "--bom"]);
    assert_eq!(refused.status.code(), Some(2));
    let refused = gaisan(folder, &["export", "--to", "a.ods"]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("write .xlsx, .csv, .tsv or .json"));
    std::fs::write(folder.join("budgets/x.yaml"), chapter.replace("-5", "五")).unwrap();
    let refused = gaisan(folder, &["export", "--to", "b.csv"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("see `gaisan check`"));
    assert!(!folder.join("b.csv").exists());
}

#[test]
fn a_package_has_amounts_in_their_currency_and_the_year_that_they_are_for() {
    let project = project();
    let folder = project.path();
    fine(folder, &["export", "--to", "published"]);
    let package: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("published/datapackage.json")).unwrap())
            .unwrap();
    let fields = package["resources"][0]["schema"]["fields"].as_array().unwrap();
    let of = |kind: &str| {
        let place = fields.iter().position(|field| field["columnType"] == kind);
        place.unwrap_or_else(|| panic!("{kind} in {fields:?}"))
    };
    let csv = std::fs::read_to_string(folder.join("published/amounts.csv")).unwrap();
    let rows: Vec<Vec<&str>> = csv.lines().map(|line| line.split(',').collect()).collect();
    let row = |column: &str| {
        let is_it = |row: &&Vec<&str>| row[1] == "q-leap" && row[of("value-kind:code")] == column;
        rows.iter().find(is_it).unwrap()
    };
    for (column, amount, year) in [("requested", "4592000000", "2022"), ("prior", "3494000000", "2021")] {
        let row = row(column);
        assert_eq!((row[of("value")], row[of("date:fiscal-year")]), (amount, year), "{row:?}");
        assert_eq!((row[of("value-currency:code")], row[of("phase:id")]), ("JPY", "request"));
    }
}

#[test]
fn a_check_of_a_workbook_names_what_is_wrong_at_its_cells() {
    let root = tempfile::tempdir().unwrap();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("総括表").unwrap();
    sheet.write(0, 0, "令和９年度概算要求総括表").unwrap();
    sheet.write_row(1, 0, ["事項", "前年度予算額", "要求額", "増△減額", "伸率"]).unwrap();
    for (row, title, prior, requested, change, rate) in [
        (2, "観測網", 100, 120, 20, "20.0%"),
        (3, "避難情報", 50, 60, 11, "20.0%"),
        (4, "通信", 40, 50, 10, "20.0%"),
        (5, "合計", 190, 231, 41, "21.6%"),
    ] {
        sheet.write(row, 0, title).unwrap().write_row(row, 1, [prior, requested, change]).unwrap();
        sheet.write(row, 4, rate).unwrap();
    }
    let sum = rust_xlsxwriter::Formula::new("=SUM(B3:B4)").set_result("190");
    sheet.write_formula(5, 1, sum).unwrap();
    book.save(root.path().join("要求.xlsx")).unwrap();
    let run = gaisan(root.path(), &["check", "要求.xlsx", "--output-format", "concise"]);
    let said = String::from_utf8(run.stdout).unwrap();
    assert_eq!(run.status.code(), Some(1), "{said}");
    for wanted in [
        "要求.xlsx 総括表!B6:1:4: W0704 the formula `SUM(B3:B4)` ends above `通信` in row 5",
        "要求.xlsx 総括表!C6:1:4: W0704 `合計` says 231, and its lines add up to 230: 1 missing",
        "要求.xlsx 総括表!D4:1:6: W0705 `増△減額` says 11, and its row makes 10",
        "要求.xlsx 総括表!E5:1:4: W0705 `伸率` says 20.0%",
    ] {
        assert!(said.contains(wanted), "{wanted} in {said}");
    }
    assert_eq!(said.matches(": W0").count(), 4, "{said}");
}

#[test]
fn a_build_says_which_amounts_a_workbook_cannot_keep() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path();
    let chapter = "gaisan: 1\nid: x\ntitle: 章\nministry: m\nfiscal_year: R9\nstage: request\nunit: 円\nbreakdown: complete\nprograms:\n  - {id: a, title: A, requested: \"12,345,678,901,234,567\", prior: \"12,345,678,901,234,561\"}\n";
    std::fs::create_dir(folder.join("budgets")).unwrap();
    std::fs::write(folder.join("budgets/x.yaml"), chapter).unwrap();
    let told = "warning: fy2027/x/overview.xlsx: a: 12345678901234567 has more digits than a spreadsheet's number keeps";
    for _ in 0..2 {
        let said = fine(folder, &["build", "--format", "html,xlsx"]);
        assert!(said.contains(told), "{said}");
    }
    assert!(!fine(folder, &["build", "--format", "html"]).contains("more digits"));
    assert_eq!(gaisan(folder, &["build", "--format", "xlsx", "--deny", "warnings"]).status.code(), Some(1));
}

#[test]
fn a_build_makes_workbooks_where_that_is_wanted_and_its_pages_offer_them() {
    let project = project();
    let folder = project.path();
    let built = fine(folder, &["build", "--format", "html,xlsx"]);
    assert!(built.contains("7 sheets"), "{built}");
    let out = folder.join("output");
    let workbook = out.join("fy2022/mext-5/overview.xlsx");
    fine(folder, &["export", CHAPTER, "--to", "a.xlsx"]);
    assert!(std::fs::read(&workbook).unwrap() == std::fs::read(folder.join("a.xlsx")).unwrap());
    let text = |name: &str| std::fs::read_to_string(out.join(name)).unwrap();
    assert!(text("index.html").contains("<a href=\"fy2022/mext-5/overview.xlsx\""));
    let page = text("fy2022/mext-5/overview.html");
    assert!(page.contains("<a href=\"overview.xlsx\">Excelの表（合計は数式）</a>"), "{page}");
    let link = "<a href=\"overview.xlsx\">Excelの表（合計は数式）</a>";
    assert!(text("fy2022/mext-5/q-leap.html").contains(link));
    // The page is proven all the same, and the file by the manifest.
    fine(folder, &["verify", "output"]);
    fine(folder, &["verify", "--manifest", "output/manifest.json"]);
    let forged = page.replace("Excelの表（合計は数式）", "Excel: 5,000");
    std::fs::write(folder.join("forged.html"), forged).unwrap();
    assert_eq!(gaisan(folder, &["verify", "forged.html"]).status.code(), Some(1));
    // Nothing has changed: nothing is done, and without the workbook the page no longer leads to it.
    fine(folder, &["build", "--format", "html,xlsx", "--check"]);
    let again = fine(folder, &["build", "--format", "html,xlsx", "-v"]);
    assert!(!again.contains("overview  "), "{again}");
    fine(folder, &["build", "--format", "html"]);
    for page in ["overview", "q-leap"] {
        assert!(!text(&format!("fy2022/mext-5/{page}.html")).contains("xlsx"), "{page}");
    }
}

#[test]
fn an_unknown_share_of_a_larger_amount_is_not_counted() {
    let root = tempfile::tempdir().unwrap();
    let chapter = "gaisan: 1\nid: x\ntitle: 章\nministry: m\nfiscal_year: R9\nstage: request\nunit: 百万円\nbreakdown: complete\nprograms:\n  - {id: a, title: A, requested: 4592百万円の内数, prior: 3}\n";
    std::fs::create_dir(root.path().join("budgets")).unwrap();
    std::fs::write(root.path().join("budgets/x.yaml"), chapter).unwrap();
    fine(root.path(), &["export", "--to", "a.csv"]);
    let csv = std::fs::read_to_string(root.path().join("a.csv")).unwrap();
    let counted = |column: &str| {
        csv.lines()
            .find(|line| line.contains(&format!(",a,A,x/a,,1,2027,request,{column}")))
            .unwrap()
            .split(',')
            .nth(12)
            .unwrap()
            .to_owned()
    };
    assert_eq!((counted("requested"), counted("prior")), ("false".to_owned(), "true".to_owned()), "{csv}");
}
