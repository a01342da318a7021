//! A fault of gaisan's own, through every command: what it stops is named, and everything else is done. A build for tests has a word
//! for it; a release has not.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::batch::{edit, gaisan};

const WORD: &str = "gaisan-test-fault";

/// A chapter with two programs.
fn chapter(id: &str, body: &str) -> String {
    format!(
        "gaisan: 1\nid: {id}\ntitle: 章\nministry: 庁\nfiscal_year: 2024\nstage: request\nunit: 百万円\nrevision: 1\nbreakdown: complete\nprograms:\n  - {{id: {id}-ok, title: 甲, requested: 5, prior: 4}}\n  - id: {id}-x\n    title: 乙\n    requested: 1\n    prior: 1\n    body: |\n      本文。\n\n      {body}\n"
    )
}

/// Two chapters, in whose first a text stops gaisan.
fn project(body: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("budgets")).unwrap();
    for (id, body) in [("a", body), ("b", "別の本文。")] {
        fs::write(folder.path().join(format!("budgets/{id}.yaml")), chapter(id, body)).unwrap();
    }
    folder
}

fn is_there(folder: &Path, file: &str) -> bool {
    folder.join("output").join(file).is_file()
}

#[test]
fn a_fault_ends_no_build_and_no_check() {
    if !cfg!(debug_assertions) {
        return;
    }
    let project = project(WORD);
    let folder = project.path();
    let (code, said) = gaisan(folder, &["build"]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("fy2024/a/a-x: the text at budgets/a.yaml:17: "), "{said}");
    assert!(said.contains("gaisan itself has failed here (a text asked for it)"), "{said}");
    for file in
        ["fy2024/a/a-ok.html", "fy2024/a/overview.pdf", "fy2024/b/b-x.pdf", "manifest.json", "index.html"]
    {
        assert!(is_there(folder, file), "{file}: {said}");
    }
    assert!(!is_there(folder, "fy2024/a/a-x.html"));
    let (code, said) = gaisan(folder, &["check", "budgets"]);
    assert!(code <= 1 && said.contains("2 chapters, 6 lines"), "{code} {said}");
    edit(&folder.join("budgets/a.yaml"), WORD, "本文");
    assert_eq!(gaisan(folder, &["build"]).0, 0);
    assert!(is_there(folder, "fy2024/a/a-x.html"));
}

#[test]
fn a_rule_that_fails_over_one_chapter_is_said_there_and_holds_for_the_others() {
    if !cfg!(debug_assertions) {
        return;
    }
    let project = project("gaisan-test-rule-fault");
    let folder = project.path();
    edit(&folder.join("budgets/a.yaml"), "requested: 5, prior: 4", "requested: 50, prior: 4");
    edit(&folder.join("budgets/b.yaml"), "別の本文。", "別の![図](map.png)本文。");
    let (code, said) = gaisan(folder, &["check", "budgets"]);
    assert_eq!(code, 1, "{said}");
    for words in [
        "error[E0514]: nobody knows whether a picture is a figure of its program",
        "budgets/a.yaml:2:5",
        "gaisan itself has failed here (a text asked for it); please report it, with the file",
        "the picture `map.png` stands inside a text",
        "warning[W0303]",
        "2 chapters, 6 lines, 2 errors, 1 warning",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    // What nobody could check is not printed.
    edit(&folder.join("budgets/b.yaml"), "![図](map.png)", "");
    let (code, said) = gaisan(folder, &["build"]);
    assert!(code == 1 && said.contains("skipped: fy2024/a/a-ok has errors"), "{code} {said}");
    assert!(is_there(folder, "fy2024/b/b-x.pdf") && !is_there(folder, "fy2024/a/a-ok.pdf"), "{said}");
}

#[test]
fn a_fault_ends_neither_a_release_nor_a_comparison_of_other_chapters() {
    if !cfg!(debug_assertions) {
        return;
    }
    let project = project("文。");
    let folder = project.path();
    assert_eq!(gaisan(folder, &["build"]).0, 0);
    fs::create_dir(folder.join("old")).unwrap();
    for file in ["a.yaml", "b.yaml"] {
        fs::copy(folder.join("budgets").join(file), folder.join("old").join(file)).unwrap();
    }
    edit(&folder.join("budgets/a.yaml"), "文。\n\n      文。", &format!("文。\n\n      {WORD}"));
    edit(&folder.join("budgets/b.yaml"), "別の本文", "別の文");

    let (code, said) = gaisan(folder, &["release", "--date", "2024-08-31"]);
    assert_eq!(code, 1, "{said}");
    assert!(
        ["a", "b"].iter().all(|it| said.contains(&format!("`fy2024/{it}/overview` is out of date"))),
        "{said}"
    );
    assert_eq!(gaisan(folder, &["build"]).0, 2);
    let (code, said) = gaisan(folder, &["release", "--date", "2024-08-31"]);
    assert!(code == 1 && said.contains("fy2024/b/r1: 3 sheets"), "{code} {said}");
    assert!(!is_there(folder, "fy2024/a/r1/release.json"), "{said}");

    let (code, said) = gaisan(folder, &["diff", "old", "budgets", "--out", "changes"]);
    assert!(code == 2 && said.contains("gaisan itself has failed here"), "{code} {said}");
    assert!(folder.join("changes/fy2024/b.pdf").is_file(), "{said}");
    assert!(!folder.join("changes/fy2024/a.pdf").exists(), "{said}");
}

#[test]
fn a_fault_over_one_file_leaves_the_others_verified() {
    if !cfg!(debug_assertions) {
        return;
    }
    let project = project("文。");
    let folder = project.path();
    assert_eq!(gaisan(folder, &["build", "--format", "html"]).0, 0);
    let page = folder.join("output/fy2024/a/a-x.html");
    let text = fs::read_to_string(&page).unwrap();
    fs::write(&page, format!("{text}<!-- {WORD} -->\n")).unwrap();
    let (code, said) = gaisan(folder, &["verify", "output"]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("6 files: 5 proven, 0 not, 1 unreadable"), "{said}");
    assert!(said.contains("a-x.html: gaisan itself has failed here"), "{said}");
}
