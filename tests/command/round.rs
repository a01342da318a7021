//! A project from nothing, through a year and into the next, as an officer goes: with a spreadsheet of another program on the way.

use std::path::Path;

use crate::spreadsheet::{fine, gaisan, recalculated};
use crate::support::python_with;

/// Adds 100 to the first amount of each sheet that is typed and no sum.
const RAISE: &str = "
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
for sheet in book.worksheets:
    keys = {cell.value: cell.column for cell in sheet[3]}
    cells = (sheet.cell(row, keys['gaisan:requested']) for row in range(5, sheet.max_row + 1))
    cell = next(cell for cell in cells if isinstance(cell.value, (int, float)))
    cell.value += 100
book.save(sys.argv[2])
";

#[test]
fn a_project_from_nothing_goes_through_a_spreadsheet_and_into_the_next_year() {
    let root = tempfile::tempdir().unwrap();
    fine(root.path(), &["init", "bosai", "--year", "R9", "--lang", "ja"]);
    let folder = &root.path().join("bosai");
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/example/request.xlsx");
    std::fs::copy(example, folder.join("要求.xlsx")).unwrap();
    fine(folder, &["import", "要求.xlsx", "--to", "budgets/fy2027/kikou"]);
    fine(folder, &["build", "--format", "md,html,pdf,xlsx"]);
    fine(folder, &["export", "budgets/fy2027", "--to", "全章.xlsx"]);
    let same = fine(folder, &["import", "全章.xlsx", "--to", "budgets/fy2027"]);
    assert_eq!(same.matches("  nothing changed").count(), 2, "{same}");
    for to in ["budgets", "budgets/fy2027/kikou"] {
        let elsewhere = fine(folder, &["import", "全章.xlsx", "--to", to]);
        assert_eq!(elsewhere.matches("  nothing changed").count(), 2, "{elsewhere}");
    }

    let Some(python) = python_with("openpyxl", "openpyxl") else { return };
    let raised = std::process::Command::new(python)
        .args(["-c", RAISE, "全章.xlsx", "変更.xlsx"])
        .current_dir(folder)
        .output();
    assert!(raised.unwrap().status.success());
    let Some(changed) = recalculated(folder, "変更.xlsx") else { return };
    let before = root.path().join("前回");
    std::fs::create_dir_all(&before).unwrap();
    fine(folder, &["export", "--to", before.join("a.csv").to_str().unwrap()]);
    let said = fine(folder, &["import", &changed, "--to", "budgets/fy2027"]);
    for line in [
        "chapter-1  要求 3,000 → 3,100 百万円",
        "program-a  要求 2,600 → 2,700 百万円",
        "research  要求 600 → 700 百万円",
        "kikou  要求 10,772,300 → 10,772,400 千円",
        "p-1  要求 6,120,500 → 6,120,600 千円",
        "p-1-1  要求 4,100,000 → 4,100,100 千円",
    ] {
        assert!(said.contains(line), "{line} in {said}");
    }
    assert_eq!(
        said.matches(" → ").count(),
        6 + 8,
        "and nothing else; the columns of both sheets have four each: {said}"
    );
    fine(folder, &["check", "--deny", "warnings"]);
    let after = root.path().join("b.csv");
    fine(folder, &["export", "--to", after.to_str().unwrap()]);
    let lines =
        |path: &Path| std::fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect::<Vec<_>>();
    let (old, new) = (lines(&before.join("a.csv")), lines(&after));
    assert_eq!(old.iter().zip(&new).filter(|(old, new)| old != new).count(), 6);

    let rolled = gaisan(folder, &["roll", "budgets/fy2027", "--to", "R10"]);
    // The prior amounts are what was requested, which is left to look at.
    assert_eq!(rolled.status.code(), Some(1), "{}", String::from_utf8_lossy(&rolled.stderr));
    fine(folder, &["build", "budgets/fy2028", "--format", "md,html,pdf"]);
    for page in ["chapter-1/overview", "chapter-1/program-a", "kikou/overview", "kikou/p-1"] {
        let page = folder.join(format!("output/fy2028/{page}.html"));
        assert!(std::fs::read_to_string(&page).unwrap().contains("未定稿"), "{}", page.display());
    }
    assert_eq!(gaisan(folder, &["check", "budgets/fy2028", "--deny", "draft"]).status.code(), Some(1));
}

#[test]
fn what_all_years_share_stays_where_it_is() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path();
    let chapter = |id: &str| {
        format!(
            "gaisan: 1\nid: {id}\ntitle: 章\nministry: 府\nfiscal_year: R8\nstage: 概算要求\nunit: 百万円\nglossary: ../../common/words.yaml\ncitations: ../sources.yaml\nrequested: 5\nprior: 5\nbreakdown: complete\nprograms:\n  - {{id: a, title: 甲, requested: 5, prior: 5}}\n"
        )
    };
    for (path, text) in [
        ("gaisan.yaml", "paper: a4\n".to_owned()),
        ("budgets/common/words.yaml", "防災: 災害を防ぐこと\n".to_owned()),
        ("budgets/R8/sources.yaml", "- {id: plan, title: 計画}\n".to_owned()),
        ("budgets/R8/x/request.yaml", chapter("x")),
        ("budgets/R8/y/request.yaml", chapter("y")),
    ] {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    // One chapter after the other.
    for chapter in ["budgets/R8/x", "budgets/R8/y"] {
        // A prior amount is last year's request, which is left to look at.
        let rolled = gaisan(folder, &["roll", chapter, "--to", "R9"]);
        assert_eq!(rolled.status.code(), Some(1), "{}", String::from_utf8_lossy(&rolled.stderr));
    }
    fine(folder, &["check", "budgets"]);
    let is_there = |path: &str| folder.join(path).exists();
    assert!(is_there("budgets/R9/sources.yaml") && is_there("budgets/R9/y/request.yaml"));
    assert!(!is_there("budgets/R9/common") && !is_there("budgets/common/R9"));
}
