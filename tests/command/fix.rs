//! `gaisan check --fix`: what is put right in the files, what is only shown, and what is said of it.

use std::fs;
use std::path::Path;

use crate::support::validate;
use serde_json::Value;
use tempfile::TempDir;

/// Slips with one cure each (a key, an amount, a colon), one with a probable cure, and comments.
const CHAPTER: &str = "\
gaisan: 1
id: chips-6
title: 次世代半導体研究開発
ministry：文部科学省   # 本省
fiscal_year: 令和4年度
stage: 概算要求
unit: 百万円
breakdown: complete
programs:
  - id: chip-design
    title: 先端半導体設計基盤の整備
    要求額: 3,000、  # 8月20日の案
    pior: 2,100
";

fn project(text: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("request.yaml"), text).unwrap();
    folder
}

fn text(folder: &Path) -> String {
    String::from_utf8(fs::read(folder.join("request.yaml")).unwrap()).unwrap()
}

/// The exit code, the standard output and what was said besides.
fn check(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let mut command = crate::support::gaisan();
    command.arg("check").args(args).current_dir(folder).env("NO_COLOR", "1");
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn what_has_one_cure_is_put_right_and_the_rest_reported() {
    // As Windows writes it.
    let crlf = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let folder = project(&crlf(CHAPTER));
    let (code, out, err) = check(folder.path(), &[".", "--fix", "--output-format", "concise"]);
    assert_eq!(code, 1);
    assert_eq!(
        out,
        "request.yaml:4:9: E0102 `：` → `:`\n\
         request.yaml:12:5: E0104 `要求額` → `requested`\n\
         request.yaml:12:10: E0301 `3,000、` → `3,000`\n\
         request.yaml:13:5: E0104 a program has no key `pior`\n\
         1 chapter, 2 lines, 1 error, 0 warnings\n"
    );
    assert_eq!(
        err,
        "3 findings in 1 file put right\n1 finding more can be put right with `--suggested`; look at what it makes of them\n"
    );
    let right = CHAPTER.replace('：', ": ").replace("要求額", "requested").replace('、', "");
    assert_eq!(text(folder.path()), crlf(&right));
    let again = check(folder.path(), &[".", "--fix", "--suggested", "--output-format", "concise"]);
    assert_eq!(again.0, 0);
    assert_eq!(text(folder.path()), crlf(&right.replace("pior", "prior")));
    let (code, _, err) = check(folder.path(), &[".", "--fix", "--suggested"]);
    assert_eq!((code, err.as_str()), (0, "0 findings in 0 files put right\n"));
}

#[test]
fn a_diff_shows_what_would_change_and_writes_nothing() {
    let folder = project(CHAPTER);
    let (code, out, err) = check(folder.path(), &[".", "--fix", "--suggested", "--diff"]);
    assert_eq!((code, err.as_str()), (1, "4 findings in 1 file would be put right\n"));
    insta::assert_snapshot!(out);
    assert_eq!(text(folder.path()), CHAPTER);
    assert_eq!(check(folder.path(), &[".", "--fix", "--suggested", "-q"]).0, 0);
    assert_eq!(check(folder.path(), &[".", "--diff"]).0, 0);
}

#[test]
fn programs_read_the_cures_and_what_remains() {
    let folder = project(&CHAPTER.replace('：', ": "));
    let (_, sarif, _) = check(folder.path(), &[".", "--output-format", "sarif"]);
    validate("tests/data/schema/sarif-2.1.0-rtm.5.json", &sarif);
    let sarif: Value = serde_json::from_str(&sarif).unwrap();
    let fixes: Vec<&Value> =
        sarif["runs"][0]["results"].as_array().unwrap().iter().map(|result| &result["fixes"][0]).collect();
    let change = &fixes[0]["artifactChanges"][0];
    assert_eq!(change["replacements"][0]["insertedContent"]["text"], "requested");
    assert_eq!(change["replacements"][0]["deletedRegion"]["endColumn"], 8);
    assert_eq!([&fixes[0]["properties"]["certain"], &fixes[2]["properties"]["certain"]], [true, false]);
    let (code, json, err) = check(folder.path(), &[".", "--fix", "--output-format", "json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((code, json["findings"].as_array().unwrap().len()), (1, 1), "{err}");
}

#[test]
fn what_is_no_chapter_and_what_may_not_be_written_stays() {
    let folder = project(CHAPTER);
    for args in [["-", "--fix"], ["要求.xlsx", "--fix"]] {
        let (code, out, err) = check(folder.path(), &args);
        assert_eq!((code, out.as_str()), (2, ""));
        assert_eq!(err, "error: only the files of chapters can be put right; name them, or their folder\n");
    }
    assert_eq!(check(folder.path(), &[".", "--suggested"]).0, 2);
    // A rule that the project does not ask has no cures to apply.
    fs::write(folder.path().join("gaisan.yaml"), "severity: {W0602: allow}\n").unwrap();
    let odd =
        CHAPTER.replace('：', ": ").replace("要求額", "requested").replace("、", "").replace("pior", "prior");
    let odd = odd.replace("先端", "先⽤端");
    fs::write(folder.path().join("request.yaml"), &odd).unwrap();
    assert_eq!(check(folder.path(), &[".", "--fix", "--suggested"]).0, 0);
    assert_eq!(text(folder.path()), odd);
}
