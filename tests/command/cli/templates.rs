//! An office's own templates.

use std::collections::BTreeMap;

use tempfile::TempDir;

use super::{CHAPTER, SHEETS, build, files, gaisan, names, utf8};

/// A folder with one template.
fn templates(name: &str, text: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join(name), text).unwrap();
    folder
}

#[test]
fn a_broken_template_is_named_with_its_line() {
    let folder = templates("sheet.md.tera", "# {{ title }}\n\n{% if amount %}\n");
    let (out, run) = build(&[CHAPTER], &["--templates", utf8(folder.path())]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("sheet.md.tera"), "{}", run.err);
    assert!(run.err.contains("sheet.md.tera:3") || run.err.contains("sheet.md.tera:4"), "{}", run.err);
    assert!(names(out.path()).is_empty());
}

#[test]
fn a_template_that_asks_for_something_unknown_fails_its_sheets_alone() {
    let folder = templates("sheet.md.tera", "# {{ titel }}\n");
    let (out, run) = build(&[CHAPTER], &["--format", "md", "--templates", utf8(folder.path())]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("titel"), "{}", run.err);
    assert!(names(out.path()).contains(&"fy2022/mext-5/overview.md".to_owned()));
}

#[test]
fn an_office_template_changes_its_own_sheets_alone() {
    let folder = templates("sheet.md.tera", "# {{ title }}\n\nOur own sheet.\n");
    let (plain, _) = build(&[CHAPTER], &["--format", "md"]);
    let (own, run) = build(&[CHAPTER], &["--format", "md", "--templates", utf8(folder.path())]);
    assert_eq!(run.code, 0, "{}", run.err);
    let (plain, own) = (files(plain.path()), files(own.path()));
    for sheet in SHEETS {
        let name = format!("fy2022/mext-5/{sheet}.md");
        assert_eq!(plain[&name] == own[&name], sheet == "overview", "{sheet}");
    }
    let aip = String::from_utf8_lossy(&own["fy2022/mext-5/aip.md"]).into_owned();
    assert!(aip.contains("\n\nOur own sheet.\n\n---\n\n版 "), "{aip}");
}

#[test]
fn an_office_template_may_change_one_block_of_the_built_in_one() {
    let builtin = include_str!("../../../templates/sheet.md.tera");
    let (_, rest) = builtin.split_once("{% block ").unwrap();
    let block = rest.split(' ').next().unwrap();
    let text = format!(
        "{{% extends \"builtin/sheet.md.tera\" %}}\n{{% block {block} %}}\n\nOur own block.\n\n{{% endblock %}}\n"
    );
    let folder = templates("sheet.md.tera", &text);
    let (plain, _) = build(&[CHAPTER], &["--format", "md"]);
    let (own, run) = build(&[CHAPTER], &["--format", "md", "--templates", utf8(folder.path())]);
    assert_eq!(run.code, 0, "{}", run.err);
    let read =
        |files: &BTreeMap<String, Vec<u8>>| String::from_utf8(files["fy2022/mext-5/aip.md"].clone()).unwrap();
    let (plain, own) = (read(&files(plain.path())), read(&files(own.path())));
    assert!(own.contains("Our own block."), "{own}");
    let kept = own.lines().filter(|line| !line.is_empty() && plain.contains(line)).count();
    assert!(kept > 20, "only {kept} lines are kept:\n{own}");
}

#[test]
fn templates_are_written_once_and_never_overwritten() {
    let folder = TempDir::new().unwrap();
    let dir = folder.path().join("templates");
    let write = || gaisan(&["templates", "--write", "--dir", utf8(&dir)]);
    let first = write();
    assert_eq!(first.code, 0, "{}", first.err);
    let copied = names(&dir);
    assert!(copied.contains(&"sheet.md.tera".to_owned()), "{copied:?}");

    std::fs::write(dir.join("sheet.md.tera"), "ours").unwrap();
    let again = write();
    assert_eq!(again.code, 0);
    assert!(!again.out.contains("wrote"), "{}", again.out);
    assert_eq!(std::fs::read_to_string(dir.join("sheet.md.tera")).unwrap(), "ours");
}

#[test]
fn copied_templates_make_the_same_sheets() {
    let folder = TempDir::new().unwrap();
    gaisan(&["templates", "--write", "--dir", utf8(folder.path())]);
    let (plain, _) = build(&[CHAPTER], &["--format", "md"]);
    let (copied, run) = build(&[CHAPTER], &["--format", "md", "--templates", utf8(folder.path())]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(files(plain.path()) == files(copied.path()));
}

#[test]
fn a_template_without_end_is_ended() {
    let many = "{% for a in range(end=100000) %}{% for b in range(end=100000) %}{% endfor %}{% endfor %}";
    let folder = templates("sheet.md.tera", many);
    let (out, run) = build(&[CHAPTER], &["--format", "md", "--templates", utf8(folder.path())]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("`sheet.md.tera` at the sheet `"), "{}", run.err);
    assert!(run.err.contains("has no end after 20 seconds"), "{}", run.err);
    assert!(!names(out.path()).iter().any(|name| name.ends_with("index.html")));
}

#[test]
fn a_folder_of_templates_that_is_not_there_is_no_reason_for_other_sheets() {
    for folder in ["nowhere", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")] {
        let (_, run) = build(&[CHAPTER], &["--format", "md", "--templates", folder]);
        assert!(run.code == 2 && run.err.contains(" of templates"), "{}", run.err);
    }
}

#[test]
fn a_template_that_no_sheet_uses_is_named() {
    let folder = templates("shete.md.tera", "# {{ title }}\n");
    let (_, run) = build(&[CHAPTER], &["--format", "md", "--templates", utf8(folder.path())]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.err.contains("no sheet uses the template `") && run.err.contains("`sheet.md.tera` is meant"),
        "{}",
        run.err
    );
    // What another template names is in use.
    std::fs::write(folder.path().join("sheet.md.tera"), "{% include \"shete.md.tera\" %}").unwrap();
    let (_, run) = build(&[CHAPTER], &["--format", "md", "--templates", utf8(folder.path())]);
    assert!(!run.err.contains("no sheet uses"), "{}", run.err);
}
