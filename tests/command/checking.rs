//! `gaisan check`: severities that a project and a run set, and the findings for programs.

use std::fs;
use std::path::Path;
use std::process::{Output, Stdio};

use crate::support::validate;
use serde_json::Value;
use tempfile::TempDir;

const BROKEN: &str = "tests/data/broken";

/// One warning, W0203, and no error.
const CHAPTER: &str = "\
gaisan: 1
id: chips-6
title: 次世代半導体研究開発
ministry: 文部科学省
fiscal_year: 令和4年度
stage: 概算要求
unit: 百万円
requested: 4,592
prior: 3,494
breakdown: partial
programs:
  - id: chip-design
    title: 先端半導体設計基盤の整備
    requested: 3,000
    prior: 2,100
";

fn gaisan(folder: &Path, args: &[&str]) -> Output {
    crate::support::gaisan()
        .args(args)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// A folder with the chapter and, unless empty, settings.
fn project(settings: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("request.yaml"), CHAPTER).unwrap();
    if !settings.is_empty() {
        fs::write(folder.path().join("gaisan.yaml"), settings).unwrap();
    }
    folder
}

/// The exit code, the severities of the findings by code, and what was said about the command line.
fn check(folder: &Path, args: &[&str]) -> (i32, Vec<String>, String) {
    let mut all = vec!["check", ".", "--output-format", "json"];
    all.extend(args);
    let output = gaisan(folder, &all);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let found = report["findings"].as_array().cloned().unwrap_or_default();
    let found = found
        .iter()
        .map(|finding| {
            let (severity, code) = (&finding["severity"], &finding["code"]);
            format!("{} {}", severity.as_str().unwrap(), code.as_str().unwrap())
        })
        .collect();
    let said = String::from_utf8(output.stderr).unwrap();
    (output.status.code().unwrap(), found, said)
}

#[test]
fn a_settings_file_is_neither_a_chapter_nor_an_unused_file() {
    let (code, found, _) = check(project("severity: {W0506: allow}").path(), &[]);
    assert_eq!((code, found), (0, vec!["warning W0203".to_owned()]));
}

#[test]
fn a_chapter_in_a_file_of_settings_is_reported() {
    let folder = project("");
    fs::create_dir(folder.path().join("old")).unwrap();
    fs::write(folder.path().join("old/gaisan.yaml"), CHAPTER).unwrap();
    let (code, found, _) = check(folder.path(), &[]);
    assert_eq!(code, 1);
    assert_eq!(found, ["error E0113", "warning W0203"]);
}

#[test]
fn the_command_line_goes_before_the_settings_and_these_before_the_rule() {
    let cases: [(&str, &[&str], i32, &[&str]); 9] = [
        ("", &[], 0, &["warning W0203"]),
        ("severity: {W0203: deny}", &[], 1, &["error W0203"]),
        ("severity: {W0203: allow}", &[], 0, &[]),
        ("severity: {W0203: allow}", &["--deny", "w0203"], 1, &["error W0203"]),
        ("severity: {W0203: allow}", &["--deny", "warnings"], 0, &[]),
        ("", &["--deny", "warnings"], 1, &["error W0203"]),
        ("", &["--deny=warnings", "--warn=W0203"], 0, &["warning W0203"]),
        ("severity: {W0203: deny}", &["--allow", "W0506,W0203"], 0, &[]),
        ("severity: {W0203: deny}", &["--allow=W0506", "--allow=W0203"], 0, &[]),
    ];
    for (settings, args, code, found) in cases {
        let (really, reported, said) = check(project(settings).path(), args);
        assert_eq!(
            (really, reported.as_slice()),
            (code, found.iter().map(|f| (*f).to_owned()).collect::<Vec<_>>().as_slice()),
            "{settings} {args:?} {said}"
        );
    }
}

#[test]
fn a_named_settings_file_takes_the_place_of_the_usual_one() {
    let folder = project("severity: {W0203: deny}");
    let elsewhere = project("");
    let name = elsewhere.path().join("ci.yaml");
    fs::write(&name, "severity: {W0203: allow}").unwrap();
    let (code, found, _) = check(folder.path(), &["--config", name.to_str().unwrap()]);
    assert_eq!((code, found), (0, Vec::new()));
    fs::rename(&name, folder.path().join("ci.yaml")).unwrap();
    let (code, found, _) = check(folder.path(), &["--config", "ci.yaml"]);
    assert_eq!((code, found), (0, Vec::new()));
    let (code, _, said) = check(folder.path(), &["--config", "none.yaml"]);
    assert_eq!(code, 2);
    assert!(said.contains("none.yaml"), "{said}");
}

#[test]
fn what_the_command_line_cannot_ask_for_is_trouble() {
    let folder = project("");
    for (args, wanted) in [
        (["--allow", "W0302"], "--allow W0302: there is no rule `W0302`; did you mean `E0302`?"),
        (["--warn", "E0201"], "`E0201` is an error and cannot be lowered to a warning"),
        (["--allow", "warnings"], "there is no rule `warnings`"),
    ] {
        let (code, found, said) = check(folder.path(), &args);
        assert_eq!((code, found), (2, Vec::new()));
        assert!(said.contains(wanted), "{said}");
    }
}

#[test]
fn an_accepted_warning_is_out_before_severities_are_asked() {
    let folder = project("severity: {W0203: deny}");
    let accepted =
        CHAPTER.replace("programs:", "accept: [{rule: W0203, reason: 主な事業のみ掲げる}]\nprograms:");
    fs::write(folder.path().join("request.yaml"), accepted).unwrap();
    let (code, found, _) = check(folder.path(), &[]);
    assert_eq!((code, found), (0, Vec::new()));
}

#[test]
fn a_denied_warning_keeps_its_sheet_from_being_built() {
    let args = ["build", ".", "--format", "md"];
    let folder = project("severity: {W0203: deny}");
    let output = gaisan(folder.path(), &args);
    assert_eq!(output.status.code(), Some(1));
    assert!(!folder.path().join("output/fy2022/chips-6/overview.md").exists());
    let folder = project("severity: {W0203: allow}");
    assert_eq!(gaisan(folder.path(), &args).status.code(), Some(0));
    assert!(folder.path().join("output/fy2022/chips-6/overview.md").exists());
}

/// What is printed about the broken chapter, with its own folder as the current one.
fn broken(style: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(BROKEN);
    let output = gaisan(&folder, &["check", "request.yaml", "--output-format", style]);
    assert_eq!(output.status.code(), Some(1));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn findings_as_json_stay_as_they_are() {
    insta::assert_snapshot!(broken("json"));
}

#[test]
fn findings_as_sarif_stay_as_they_are() {
    let mut log: Value = serde_json::from_str(&broken("sarif")).unwrap();
    let rules = log["runs"][0]["tool"]["driver"]["rules"].take();
    let rules = rules.as_array().unwrap();
    assert_eq!(rules.len(), gaisan::check::RULES.len());
    for result in log["runs"][0]["results"].as_array_mut().unwrap() {
        let at = result["ruleIndex"].take().as_u64().unwrap();
        assert_eq!(rules[usize::try_from(at).unwrap()]["id"], result["ruleId"]);
    }
    log["runs"][0]["tool"]["driver"]["semanticVersion"].take();
    insta::assert_snapshot!(serde_json::to_string_pretty(&log).unwrap());
}

#[test]
fn findings_as_workflow_commands_stay_as_they_are() {
    insta::assert_snapshot!(broken("github"));
}

#[test]
fn json_keeps_its_schema() {
    let schema = "docs/schema/findings.schema.json";
    validate(schema, &broken("json"));
    let folder = project("");
    fs::write(folder.path().join("request.yaml"), "a: [").unwrap();
    let output = gaisan(folder.path(), &["check", ".", "--output-format", "json"]);
    validate(schema, &String::from_utf8(output.stdout).unwrap());
    let fine = project("severity: {W0203: allow}");
    let output = gaisan(fine.path(), &["check", ".", "--output-format", "json"]);
    validate(schema, &String::from_utf8(output.stdout).unwrap());
}

#[test]
fn sarif_keeps_the_schema_of_the_standard() {
    validate("tests/data/schema/sarif-2.1.0-rtm.5.json", &broken("sarif"));
}

/// A chapter of a year at the stage of the request, whose lines have the titles given.
fn lined(id: &str, year: u16, titles: &[&str]) -> String {
    let lines = titles.iter().enumerate().map(|(at, title)| {
        format!("  - {{id: {id}-{at}, title: {title}, requested: 5{year}, prior: 4{year}}}\n")
    });
    format!(
        "gaisan: 1\nid: {id}\ntitle: 章\nministry: 庁\nfiscal_year: {year}\nstage: request\nunit: 百万円\nbreakdown: complete\nprograms:\n{}",
        lines.collect::<String>()
    )
}

#[test]
fn what_is_true_of_many_chapters_is_said_once_a_run() {
    let folder = tempfile::tempdir().unwrap();
    // Each chapter is a family of its own; in each all ids have other titles, and other prior amounts than last year's requests.
    let titles = [
        ["海洋観測", "地震防災", "宇宙輸送", "火山監視"],
        ["文化財修復", "語学教育", "基礎数学", "児童福祉"],
    ];
    for id in ["a", "b", "c"] {
        for (year, titles) in [2023, 2024].into_iter().zip(&titles) {
            fs::write(folder.path().join(format!("{id}-{year}.yaml")), lined(id, year, titles)).unwrap();
        }
    }
    for command in [&["check", "."][..], &["build", ".", "--format", "md"]] {
        let output = gaisan(folder.path(), command);
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8(said).unwrap();
        for code in ["N0408", "W0409"] {
            assert_eq!(said.matches(&format!("[{code}]")).count(), 1, "{code}: {said}");
        }
        assert_eq!(said.matches("likewise in 2 more chapters").count(), 2, "{said}");
    }
}

#[test]
fn a_prior_amount_is_asked_for_where_the_parts_do_not_give_it() {
    let chapter = |breakdown: &str, part: &str| {
        let text = "gaisan: 1\nid: c\ntitle: 章\nministry: 庁\nfiscal_year: 2024\nstage: request\nunit: 百万円\nrequested: 9\n";
        format!("{text}breakdown: {breakdown}\nprograms:\n  - {{id: a, title: 甲, requested: 9{part}}}\n")
    };
    for (breakdown, part, asked) in [
        ("complete", ", prior: 4", 0),
        ("complete", ", prior: 新規", 0),
        ("complete", ", prior: 記載なし", 0),
        ("complete", "", 2),
        ("partial", ", prior: 4", 1),
    ] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("c.yaml"), chapter(breakdown, part)).unwrap();
        let (_, found, _) = check(folder.path(), &[]);
        let errors = found.iter().filter(|found| *found == "error E0404").count();
        assert_eq!(errors, asked, "{breakdown}{part}: {found:?}");
    }
}
