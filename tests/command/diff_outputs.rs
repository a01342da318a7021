//! What programs read of `gaisan diff`: JSON, CSV, comments and sheets.

use std::fs;

use tempfile::TempDir;

use crate::diff_command::{CHAPTER, here, run_in, write};
use crate::support::validate;

#[test]
fn json_keeps_its_schema() {
    let schema = "docs/schema/diff.schema.json";
    for arguments in [
        &["diff", "budgets/fy2022", "budgets/fy2023"][..],
        &["diff", "budgets/fy2023", "budgets/fy2024"],
        &["diff", "budgets", "budgets"],
        &["diff", "budgets/demo-en", "budgets"],
        &[
            "diff",
            "tests/errors/103-right-crosswalk/fy2022.yaml",
            "tests/errors/103-right-crosswalk/fy2023.yaml",
        ],
        &[
            "diff",
            "tests/errors/102-lines-gone-without-a-word/fy2022.yaml",
            "tests/errors/102-lines-gone-without-a-word/fy2023.yaml",
        ],
        &[
            "diff",
            "tests/errors/101-crosswalk-that-leads-nowhere/fy2022.yaml",
            "tests/errors/101-crosswalk-that-leads-nowhere/fy2023.yaml",
        ],
    ] {
        let arguments: Vec<&str> = arguments.iter().copied().chain(["--output-format", "json"]).collect();
        let run = here(&arguments);
        assert!(run.code < 2, "{arguments:?}: {}", run.err);
        validate(schema, &run.out);
    }
}

#[test]
fn csv_has_a_record_for_every_line() {
    let run = here(&["diff", "budgets/fy2023", "budgets/fy2024", "--output-format", "csv"]);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    insta::assert_snapshot!(run.out);
}

#[test]
fn what_chapters_come_to_together_is_in_every_output() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    for (side, amount) in [("old", 60), ("new", 75)] {
        for id in ["a", "b"] {
            let chapter = CHAPTER.replace("mext-5", id);
            let program = format!(
                "  - {{id: {id}-1, title: 事業*1*, requested: {amount}, prior: 50, operator: 機構_{side}_}}\n"
            );
            write(at, &format!("{side}/{id}.yaml"), &format!("{chapter}{program}"));
        }
    }
    let run = |more: &[&str]| run_in(at, &[&["diff", "old", "new"], more].concat());
    let json = run(&["--output-format", "json"]).out;
    validate("docs/schema/diff.schema.json", &json);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["totals"][0]["chapters"], serde_json::json!([0, 1]));
    assert_eq!(json["totals"][0]["amounts"][0]["change"], "30000000");
    let csv = run(&["--output-format", "csv"]).out;
    assert!(
        csv.lines().nth(1).unwrap().starts_with(
            ",0,total,,,,,,false,requested:requested,known,120000000,known,150000000,30000000,25.0000"
        ),
        "{csv}"
    );
    let comment = run(&["--output-format", "md"]).out;
    assert!(comment.find("2章の計").unwrap() < comment.find("先端研究").unwrap(), "{comment}");
    let sheets = run(&["--out", "out"]).out;
    assert!(sheets.starts_with("out/fy2023/all_chapters.md\n"), "{sheets}");
    let sheet = fs::read_to_string(at.join("out/fy2023/all_chapters.md")).unwrap();
    assert!(sheet.contains("| **計** | **120** | **150** | **30** | **25.0%** |"), "{sheet}");
    // Titles are texts, here and in the wording that changed.
    assert!(comment.contains(r"事業\*1\*"), "{comment}");
}
