//! What `gaisan.yaml` says of printing and of fiscal years, through the commands.

use std::fs;
use std::path::Path;

use super::support::files;

const CHAPTER: &str = "\
gaisan: 1
id: harbors
title: 港湾
ministry: 国土交通省
fiscal_year: 令和4年度
stage: 概算要求
unit: 円
revision: 1
requested: 1,906,450,000
prior: 1,520,400,000
breakdown: complete
programs:
  - {id: wall, title: 防波堤, requested: \"1,906,450,000\", prior: \"1,520,400,000\"}
";

fn gaisan(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let mut command = crate::support::gaisan();
    let output = command.args(arguments).current_dir(folder).env("NO_COLOR", "1").output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(said).unwrap())
}

fn page(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join("output").join(name)).unwrap()
}

#[test]
fn a_project_that_prints_in_another_unit_builds_releases_and_compares_by_it() {
    let project = tempfile::tempdir().unwrap();
    let folder = project.path();
    fs::create_dir_all(folder.join("budgets/old")).unwrap();
    fs::write(folder.join("budgets/old/request.yaml"), CHAPTER).unwrap();
    let ran = |arguments: &[&str]| {
        let (code, said) = gaisan(folder, arguments);
        assert_eq!(code, 0, "{arguments:?}: {said}");
        said
    };
    let overview = "fy2022/harbors/overview.md";

    ran(&["build"]);
    assert!(page(folder, overview).contains("| 1,906,450,000円 |"));
    let exact = page(folder, "manifest.json");

    let settings = folder.join("gaisan.yaml");
    fs::write(&settings, "print: {unit: 百万円, rounding: 切捨て}\nfiscal_year_starts: 10\n").unwrap();
    assert!(
        ran(&["build"]).contains("wall  要求 1,906,450,000円 → 1,906百万円"),
        "another unit makes every sheet anew"
    );
    let printed = page(folder, overview);
    for said in ["| 1,906百万円 |", "令和4年度は令和3年10月から令和4年9月まで", "（単位：百万円）"]
    {
        assert!(printed.contains(said), "{said}: {printed}");
    }
    assert!(exact.contains("1906450000") && page(folder, "manifest.json").contains("1906450000"));

    // A sheet is proven with nothing beside it, by whoever gets it.
    let elsewhere = tempfile::tempdir().unwrap();
    for file in files(&folder.join("output/fy2022")) {
        if file.extension().is_some_and(|end| end == "html" || end == "pdf") {
            let (code, said) = gaisan(elsewhere.path(), &["verify", file.to_str().unwrap()]);
            assert_eq!(code, 0, "{said}");
        }
    }

    ran(&["release"]);
    let released = files(folder).into_iter().find(|file| file.ends_with("r1/overview.md"));
    assert_eq!(fs::read_to_string(released.unwrap()).unwrap(), printed);

    fs::create_dir_all(folder.join("budgets/new")).unwrap();
    let new = CHAPTER.replace("1,906,450,000", "1,908,999,999");
    fs::write(folder.join("budgets/new/request.yaml"), new).unwrap();
    let sides = ["diff", "budgets/old", "budgets/new"];
    for format in ["table", "csv", "json", "md"] {
        let (_, said) = gaisan(folder, &[&sides[..], &["--format", format]].concat());
        assert!(said.replace(',', "").contains("2549999"), "{format} tells exactly: {said}");
    }
    let _ = gaisan(folder, &[&sides[..], &["--out", "changes"]].concat());
    let sheet = files(&folder.join("changes"))
        .into_iter()
        .find(|file| file.extension().is_some_and(|end| end == "md"));
    let sheet = fs::read_to_string(sheet.unwrap()).unwrap();
    assert!(sheet.contains("＋2百万円") && sheet.contains("百万円単位に切り捨てて表示"), "{sheet}");
}

#[test]
fn settings_that_cannot_be_applied_are_named_in_every_command_that_goes_by_them() {
    let project = tempfile::tempdir().unwrap();
    let folder = project.path();
    fs::create_dir(folder.join("budgets")).unwrap();
    fs::write(folder.join("budgets/request.yaml"), CHAPTER).unwrap();
    fs::write(folder.join("gaisan.yaml"), "print: 百万\nfiscal_year_starts: 13\n").unwrap();
    for arguments in [&["check"][..], &["build"], &["release"], &["diff", "budgets", "budgets"]] {
        let (_, said) = gaisan(folder, arguments);
        assert!(
            said.contains("gaisan.yaml:1:8") && said.contains("`13` is not a month"),
            "{arguments:?}: {said}"
        );
    }
}

#[test]
fn an_error_in_the_settings_holds_back_every_sheet() {
    let project = tempfile::tempdir().unwrap();
    let folder = project.path();
    fs::create_dir(folder.join("budgets")).unwrap();
    fs::write(folder.join("budgets/request.yaml"), CHAPTER).unwrap();
    let settings = folder.join("gaisan.yaml");
    let made = || files(folder).iter().filter(|file| file.starts_with(folder.join("output/fy2022"))).count();
    let wrong = [
        "print: 千円\nprint: 百万円\n",
        "print: 千匹\n",
        "fiscal_year_starts: 13\n",
        "print: {unit: 千円\n",
        "layout: poster\n",
        "fonts: {fallback: fonts/none.ttf}\n",
        "severity: {W9999: deny}\n",
        "severity: {E0201: allow}\n",
        "- print: 千円\n",
        "colors: blue\n",
    ];
    for text in wrong {
        fs::write(&settings, text).unwrap();
        let (code, said) = gaisan(folder, &["build"]);
        assert_eq!(code, 1, "{text}: {said}");
        assert!(said.contains("skipped: 2 sheets, because the project's settings have errors"), "{said}");
        assert_eq!(made(), 0, "{text}");
        for arguments in [&["release"][..], &["diff", "budgets", "budgets"], &["ls"]] {
            let (code, said) = gaisan(folder, arguments);
            assert_eq!(code, 2, "{arguments:?} {text}: {said}");
            assert!(said.contains("gaisan.yaml") && said.contains("error[E"), "{arguments:?} {text}: {said}");
        }
    }
    fs::write(&settings, "").unwrap();
    let (code, said) = gaisan(folder, &["build"]);
    assert_eq!((code, made()), (0, 6), "{said}");

    // What was made before stays, and is not called up to date.
    fs::write(&settings, "fiscal_year_starts: 13\n").unwrap();
    for arguments in [&["build"][..], &["build", "--check"]] {
        let (code, said) = gaisan(folder, arguments);
        assert_eq!((code, made()), (1, 6), "{said}");
        assert!(said.contains("skipped: 2 sheets") && !said.contains("all up to date"), "{said}");
    }
    fs::remove_file(&settings).unwrap();
    let (code, said) = gaisan(folder, &["build", "--config", "none.yaml"]);
    assert_eq!((code, made()), (2, 6), "{said}");
    assert!(said.contains("none.yaml") && said.contains("skipped: 2 sheets"), "{said}");
}
