//! Sheets on one page: the layout that a run asks for, what is said of one that runs over, and how a fit is explained.

use std::fs;
use std::path::Path;

const CHAPTER: &str = "\
gaisan: 1
id: harbors
title: 港湾
ministry: 国土交通省
fiscal_year: 令和4年度
stage: 概算要求
unit: 百万円
requested: 190
prior: 150
breakdown: complete
programs:
  - id: wall
    title: 防波堤
    requested: 190
    prior: 150
    body: |
      ## 背景

      短い背景。

      ## 事業概要

";

fn gaisan(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let mut command = crate::support::gaisan();
    let output = command.args(arguments).current_dir(folder).env("NO_COLOR", "1").output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(said).unwrap())
}

/// A project whose one program has so many sentences.
fn project(sentences: usize, more: &str) -> tempfile::TempDir {
    let project = tempfile::tempdir().unwrap();
    fs::create_dir_all(project.path().join("budgets")).unwrap();
    let text = "防波堤を改良し、港湾を津波と高潮から守る。".repeat(sentences);
    fs::write(project.path().join("budgets/request.yaml"), format!("{CHAPTER}      {text}\n{more}")).unwrap();
    project
}

#[test]
fn a_sheet_that_runs_over_is_a_finding_each_time_until_it_is_accepted_or_a_report() {
    let long = project(300, "");
    let folder = long.path();
    for arguments in [&["build"][..], &["build"], &["build", "--force"]] {
        let (code, said) = gaisan(folder, arguments);
        assert_eq!(code, 0, "{said}");
        assert!(
            said.contains("warning[W0606]: the sheet of `wall` is ") && said.contains(" lines too long"),
            "{said}"
        );
        assert!(
            said.contains("budgets/request.yaml:12:9") && said.contains("`事業概要` takes the most room"),
            "{said}"
        );
    }
    let (code, said) = gaisan(folder, &["build", "--deny", "W0606"]);
    assert!(code == 1 && said.contains("error[W0606]"), "{said}");
    let (code, said) = gaisan(folder, &["build", "--allow", "W0606"]);
    assert!(code == 0 && !said.contains("W0606"), "{said}");
    let (code, said) = gaisan(folder, &["build", "--layout", "report", "--deny", "warnings"]);
    assert!(code == 0 && !said.contains("W0606"), "{said}");

    let endless = project(3_000, "");
    let (code, said) = gaisan(endless.path(), &["build"]);
    assert!(
        code == 0 && said.contains("the sheet of `wall` is far longer than one page: it is set as a report"),
        "{said}"
    );
    assert!(
        said.contains("which it is set as; nothing is left out") && !said.contains("further page"),
        "{said}"
    );

    let accepted = project(300, "    accept:\n      - {rule: W0606, reason: 二頁で配布する。}\n");
    let (code, said) = gaisan(accepted.path(), &["build", "--deny", "warnings"]);
    assert!(code == 0 && !said.contains("W0606") && !said.contains("W0508"), "{said}");
}

#[test]
fn a_run_lays_out_what_says_nothing_itself_and_its_sheets_are_proven() {
    let short = project(3, "");
    let folder = short.path();
    let is_across = || {
        let page = fs::read_to_string(folder.join("output/fy2022/harbors/wall.html")).unwrap();
        page.contains("class=\"one-page\"")
    };
    for (layout, across) in [("report", false), ("one-page", true)] {
        let (code, said) = gaisan(folder, &["build", "--layout", layout]);
        assert_eq!(code, 0, "{said}");
        assert_eq!(is_across(), across);
        let (code, said) = gaisan(folder, &["verify", "output"]);
        assert_eq!(code, 0, "{said}");
    }
    let (code, said) = gaisan(folder, &["build", "--layout", "poster"]);
    assert!(code == 2 && said.contains("one-page"), "{said}");
}

#[test]
fn a_fit_is_explained_step_by_step() {
    let short = project(3, "");
    let (code, said) = gaisan(short.path(), &["build", "--explain-layout", "wall"]);
    assert!(
        code == 0 && said.contains("fy2022/harbors/wall: one page in step 1, 9.5/15 pt, columns 6+6, "),
        "{said}"
    );
    assert!(said.lines().any(|line| line.starts_with("→ step  1  9.5/15 pt, columns 6+6")), "{said}");
    let long = project(300, "");
    let (_, said) = gaisan(long.path(), &["build", "--explain-layout", "wall"]);
    assert!(said.contains("lines too many for one; `事業概要` takes the most room"), "{said}");
    assert!(said.contains("  step 12  8/10.25 pt, columns 12") && said.contains("lines over"), "{said}");
    let (code, said) = gaisan(long.path(), &["build", "--explain-layout", "walls"]);
    assert!(code == 2 && said.contains("no sheet `walls` was made"), "{said}");
}

/// What a text says, without white and hyphens at lines' ends.
fn said_of(text: &str) -> String {
    text.split_whitespace().collect::<String>().replace('-', "")
}

#[test]
fn the_english_demo_loses_nothing_on_one_page() {
    let out = tempfile::tempdir().unwrap();
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("budgets/demo-en");
    let [demo, to] = [&demo, out.path()].map(|path| path.to_str().unwrap());
    let (code, said) = gaisan(out.path(), &["build", demo, "--layout", "one-page", "--out", to]);
    assert_eq!(code, 0, "{said}");
    for name in ["clean-berths", "coal-quays", "harbor-data", "storm-walls"] {
        let sheet = out.path().join("fy2027/harbor").join(name);
        let pdf = sheet.with_extension("pdf");
        let pdf = pdf.to_str().unwrap();
        let Some(info) = crate::support::output("pdfinfo", &[pdf], &[]) else { return };
        let count = info.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap().trim();
        assert!(count == "1" && info.contains("841.89 x 595.28"), "{name}: {info}");
        let text = crate::support::output("pdftotext", &["-raw", pdf, "-"], &[]).unwrap();
        let text = said_of(&text);
        let markdown = fs::read_to_string(sheet.with_extension("md")).unwrap();
        let document = gaisan::document::read(&markdown, gaisan::model::Lang::En).plain();
        // What stands side by side may be found in another order, so each word is looked for; the headings over amounts, notes and facts have
        // no room in the band.
        let words = document.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
        for word in words.filter(|word| !["Amounts", "Notes"].contains(word)) {
            assert!(text.contains(&said_of(word)), "{name}: `{word}` is lost");
        }
    }
    let (code, said) = gaisan(out.path(), &["verify", to]);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn an_index_is_printed_on_the_paper_of_most_chapters() {
    for (settings, is_letter) in [("", false), ("paper: letter\n", true)] {
        let project = project(3, "");
        fs::write(project.path().join("gaisan.yaml"), settings).unwrap();
        let (code, said) = gaisan(project.path(), &["build"]);
        assert_eq!(code, 0, "{said}");
        let index = fs::read_to_string(project.path().join("output/index.html")).unwrap();
        assert_eq!(index.contains("@page{size:letter}"), is_letter);
    }
}
