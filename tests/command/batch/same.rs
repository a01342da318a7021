//! The same data give the same bytes, however and wherever they are built.

use std::fs;
use std::path::PathBuf;

use gaisan::build::{Format, Job, Options, remake};
use gaisan::compose::Templates;
use gaisan::diagnostic::{Color, text};
use gaisan::examine;
use tempfile::TempDir;

use super::{assert_same, chapters, command, copy, edit, gaisan, project, raise_q_leap, said, support};

#[test]
fn a_sheet_is_made_again_from_what_rides_inside_it() {
    let mut sheets = 0;
    for chapters in [vec!["fy2022", "fy2023", "fy2024"], vec!["demo-en"]] {
        let paths: Vec<PathBuf> = chapters.iter().map(|it| support::budgets(it)).collect();
        for lang in ["ja", "en"] {
            let out = TempDir::new().unwrap();
            let mut build = command(out.path(), &["build", "--lang", lang, "--out"]);
            build.arg(out.path()).args(&paths);
            let (code, said) = said(&build.output().unwrap());
            assert_eq!(code, 0, "{said}");
            let reading = gaisan::read::read(&paths);
            let examined = examine(&reading);
            let templates = Templates::new(&[]).unwrap();
            let lang = if lang == "ja" { gaisan::model::Lang::Ja } else { gaisan::model::Lang::En };
            for job in gaisan::build::jobs(&examined, &templates, Some(lang)) {
                let enclosure = job.sheet.imprint.enclosure.clone().unwrap();
                let again = remake(&enclosure).unwrap();
                let report = text(&again.findings, &again.reading.sources, Color::Never);
                let remade = again.job.unwrap_or_else(|| panic_with(&enclosure.sheet, &report));
                for format in Format::SHEETS {
                    for (path, bytes) in remade.files(format, &again.templates, None).unwrap() {
                        let built = fs::read(out.path().join(&path)).unwrap();
                        assert!(built == bytes, "{} is not the same again", path.display());
                    }
                }
                sheets += 1;
            }
        }
    }
    assert!(sheets >= 40, "{sheets}");
}

#[expect(clippy::panic, reason = "a test may fail loudly")]
fn panic_with<T>(sheet: &str, report: &str) -> T {
    panic!("{sheet} cannot be made again:\n{report}")
}

#[test]
fn the_same_data_gives_the_same_bytes_however_it_is_built() {
    let project = project();
    let folder = project.path();
    copy(&support::budgets("fy2023/mext-5"), &folder.join("budgets/later"));
    let (code, said) = gaisan(folder, &["build", "--jobs", "1"]);
    assert_eq!(code, 0, "{said}");

    let mut other = command(folder, &["build", "budgets/later", "budgets/mext-5"]);
    other.args(["--jobs", "8", "--out", "other"]);
    other.env("TZ", "Asia/Tokyo").env("LANG", "ja_JP.UTF-8");
    other.env("SOURCE_DATE_EPOCH", "1");
    assert!(other.output().unwrap().status.success());
    assert_same(&folder.join("output"), &folder.join("other"));

    fs::create_dir(folder.join("elsewhere")).unwrap();
    let (code, _) = gaisan(&folder.join("elsewhere"), &["build", "../budgets", "--out", "../third"]);
    assert_eq!(code, 0);
    assert_same(&folder.join("output"), &folder.join("third"));

    // Step by step: another amount first, one chapter alone, then everything.
    raise_q_leap(folder);
    assert_eq!(gaisan(folder, &["build", "--out", "steps"]).0, 0);
    edit(&folder.join("budgets/mext-5/q-leap.yaml"), "requested: 4,692", "requested: 4,592");
    let part = ["build", "budgets/mext-5", "--out", "steps", "--format", "pdf"];
    assert_eq!(gaisan(folder, &part).0, 0);
    assert_eq!(gaisan(folder, &["build", "--out", "steps"]).0, 0);
    assert_same(&folder.join("output"), &folder.join("steps"));
}

#[test]
fn the_library_makes_the_bytes_of_the_command() {
    let project = project();
    let folder = project.path();
    fs::write(folder.join("gaisan.yaml"), "print: {unit: 億円}\nseverity:\n  W0303: allow\n").unwrap();
    let (code, said) = gaisan(folder, &["build"]);
    assert_eq!(code, 0, "{said}");

    let project = gaisan::read(&[folder.join("budgets")]);
    let templates = Templates::new(&[]).unwrap();
    let checked = gaisan::check(&project);
    let sheets = gaisan::sheets(&checked, &templates);
    assert!(sheets.len() > 5, "{}", sheets.len());
    for (sheet, format) in sheets.iter().flat_map(|sheet| Format::SHEETS.map(|format| (sheet, format))) {
        for (path, bytes) in gaisan::render(sheet, format, &templates, &project).unwrap() {
            let written = fs::read(folder.join("output").join(&path)).unwrap();
            assert!(written == bytes, "{} is not the command's", path.display());
        }
    }

    let options = Options { out: folder.join("output"), ..Options::default() };
    let built = gaisan::build(&[folder.join("budgets")], &templates, &options);
    assert_eq!((built.sheets, built.written), (sheets.len(), 0), "{built:?}");
}

#[test]
fn the_last_sheet_of_a_process_has_the_bytes_that_it_had_as_the_first() {
    let desk = TempDir::new().unwrap();
    chapters::ministry(desk.path(), 60, 1);
    let reading = gaisan::read::read(&[desk.path().to_path_buf()]);
    let examined = examine(&reading);
    let templates = Templates::new(&[]).unwrap();
    let jobs = gaisan::build::jobs(&examined, &templates, None);
    assert_eq!(jobs.len(), 60);
    let files = |job: &Job| Format::SHEETS.map(|format| job.files(format, &templates, None).unwrap());
    let first: Vec<_> = jobs[..3].iter().map(files).collect();
    let again = || jobs[..3].iter().map(files);
    for job in &jobs {
        for format in Format::SHEETS {
            job.files(format, &templates, None).unwrap();
        }
    }
    assert!(again().eq(first.iter().cloned()), "not the same bytes");
    // Also while other sheets are made beside it.
    std::thread::scope(|scope| {
        for part in jobs[3..].chunks(29) {
            scope.spawn(move || part.iter().for_each(|job| drop(files(job))));
        }
        for _ in 0..8 {
            assert!(again().eq(first.iter().cloned()), "not the same bytes");
        }
    });
}
