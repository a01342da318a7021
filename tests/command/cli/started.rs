//! A project from nothing, in a folder that has something.

use std::fs;

use super::{command, run};

#[test]
fn a_project_begins_beside_what_a_repository_has() {
    let root = tempfile::tempdir().unwrap();
    let at = root.path();
    fs::write(at.join(".gitignore"), "*.tmp").unwrap();
    fs::write(at.join(".gitattributes"), "* text=auto\r\n").unwrap();
    let init = |lang| run(command().current_dir(at).args(["init", ".", "--year", "R9", "--lang", lang]));
    assert_eq!(init("ja").code, 0);
    assert_eq!(fs::read_to_string(at.join(".gitignore")).unwrap(), "*.tmp\n/output/.gaisan/\n");
    let attributes = fs::read_to_string(at.join(".gitattributes")).unwrap();
    assert_eq!(attributes, "* text=auto\r\noutput/** -text\r\n");
    let workflow = fs::read_to_string(at.join(".github/workflows/sheets.yml")).unwrap();
    assert!(workflow.starts_with("# 数値を"), "{workflow}");

    let again = init("en");
    assert_eq!(again.code, 2);
    assert!(again.err.contains("add to this project with `gaisan new program`"), "{}", again.err);
}
