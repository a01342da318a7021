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

/// What the command line writes into files is what reading them takes: a title that a check would refuse is refused before it is written.
#[test]
fn no_text_is_written_that_reading_would_refuse() {
    let root = tempfile::tempdir().unwrap();
    let at = root.path();
    assert_eq!(run(command().current_dir(at).args(["init", ".", "--year", "R9", "--lang", "ja"])).code, 0);
    let chapter = "budgets/fy2027/chapter-1";
    let list = fs::read(at.join(chapter).join("request.yaml")).unwrap();
    for (text, why) in [
        ("a\u{1b}[31mb", "the text contains U+001B CONTROL CHARACTER, which cannot be seen; delete it"),
        ("単価\u{202E}321", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("水\u{200B}位", "U+200B ZERO WIDTH SPACE"),
        ("a\u{feff}", "U+FEFF"),
        ("two\nlines", "several lines"),
        (" ", "the text is empty"),
        (&"水".repeat(1_400), "longer than 4 kB"),
    ] {
        for arguments in [
            &["new", "program", "gauges", "--in", chapter, "--title", text][..],
            &["release", "--label", text, "--date", "2026-08-31"],
        ] {
            let done = run(command().current_dir(at).args(arguments));
            assert_eq!(done.code, 2, "{arguments:?}: {}", done.err);
            assert!(done.err.contains(why), "{arguments:?}: {}", done.err);
        }
        assert!(!at.join(chapter).join("gauges.yaml").exists());
        assert_eq!(fs::read(at.join(chapter).join("request.yaml")).unwrap(), list);
    }
    let title = ["new", "program", "gauges", "--in", chapter, "--title", "水位計 = 更新: # 葛\u{E0100}城"];
    assert_eq!(run(command().current_dir(at).args(title)).code, 0);
    let check = run(command().current_dir(at).arg("check"));
    assert!(!check.out.contains("error["), "{}", check.out);
}

#[test]
fn what_a_killed_command_left_half_written_is_gone_after_the_next() {
    let root = tempfile::tempdir().unwrap();
    let at = root.path();
    assert_eq!(run(command().current_dir(at).args(["init", ".", "--year", "R9", "--lang", "ja"])).code, 0);
    let chapter = "budgets/fy2027/chapter-1";
    let left = at.join(chapter).join(".gaisan/tmp");
    fs::create_dir_all(&left).unwrap();
    fs::write(left.join(".tmpAb12Cd"), "title: 半").unwrap();
    assert_eq!(run(command().current_dir(at).arg("check")).code, 0);
    assert_eq!(run(command().current_dir(at).args(["new", "program", "gauges", "--in", chapter])).code, 0);
    assert!(!at.join(chapter).join(".gaisan").exists());
}
