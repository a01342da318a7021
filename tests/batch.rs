//! Many sheets: what is made anew, what a manifest says, releases, parts of a build, and what must not happen.

#![expect(
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test may fail loudly, and say that it is skipped"
)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use gaisan::build::{Format, Lock, Manifest, remake};
use gaisan::compose::Templates;
use gaisan::diagnostic::{Color, text};
use gaisan::examine;
use serde_json::Value;
use tempfile::TempDir;

/// A folder with a copy of the real chapter below `budgets/`.
fn project() -> TempDir {
    let project = TempDir::new().unwrap();
    copy(
        &support::budgets("fy2022/mext-5"),
        &project.path().join("budgets/mext-5"),
    );
    project
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gaisan"));
    command
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .stdin(Stdio::null());
    command
}

/// The exit code, and everything that was printed.
fn gaisan(folder: &Path, arguments: &[&str]) -> (i32, String) {
    said(&command(folder, arguments).output().unwrap())
}

fn said(output: &Output) -> (i32, String) {
    let text = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    (
        output.status.code().unwrap_or(-1),
        String::from_utf8(text).unwrap(),
    )
}

/// What was printed after the findings, without the time.
fn lines(said: &str) -> Vec<String> {
    let after = said
        .lines()
        .rev()
        .take_while(|line| !line.starts_with("   "));
    let mut lines: Vec<String> = after
        .map(|line| line.split(" in ").next().unwrap_or(line).to_owned())
        .filter(|line| !line.is_empty())
        .collect();
    lines.reverse();
    lines
}

fn edit(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "`{from}` is not in {}", file.display());
    fs::write(file, text.replacen(from, to, 1)).unwrap();
}

/// All files below a folder with their bytes, but for gaisan's own.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    support::files(folder)
        .into_iter()
        .filter_map(|path| {
            let name = path.strip_prefix(folder).unwrap().to_str().unwrap();
            let own = name.starts_with(".gaisan");
            (!own).then(|| (name.to_owned(), fs::read(&path).unwrap()))
        })
        .collect()
}

fn assert_same(one: &Path, other: &Path) {
    let (one, other) = (contents(one), contents(other));
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&one), names(&other));
    for (name, bytes) in &one {
        assert!(*bytes == other[name], "{name} differs");
    }
    assert!(one.len() > 10, "{} files", one.len());
}

/// Q-LEAP asks for a hundred million yen more.
fn raise_q_leap(project: &Path) {
    edit(
        &project.join("budgets/mext-5/q-leap.yaml"),
        "requested: 4,592",
        "requested: 4,692",
    );
}

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
            let lang = if lang == "ja" {
                gaisan::model::Lang::Ja
            } else {
                gaisan::model::Lang::En
            };
            for job in gaisan::build::jobs(&examined, &templates, Some(lang)) {
                let enclosure = job.sheet.imprint.enclosure.clone().unwrap();
                let again = remake(&enclosure).unwrap();
                let report = text(&again.findings, &again.reading.sources, Color::Never);
                let remade = again
                    .job
                    .unwrap_or_else(|| panic_with(&enclosure.sheet, &report));
                for format in Format::ALL {
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
    copy(
        &support::budgets("fy2023/mext-5"),
        &folder.join("budgets/later"),
    );
    let (code, said) = gaisan(folder, &["build", "--jobs", "1"]);
    assert_eq!(code, 0, "{said}");

    let mut other = command(folder, &["build", "budgets/later", "budgets/mext-5"]);
    other.args(["--jobs", "8", "--out", "other"]);
    other.env("TZ", "Asia/Tokyo").env("LANG", "ja_JP.UTF-8");
    other.env("SOURCE_DATE_EPOCH", "1");
    assert!(other.output().unwrap().status.success());
    assert_same(&folder.join("output"), &folder.join("other"));

    fs::create_dir(folder.join("elsewhere")).unwrap();
    let (code, _) = gaisan(
        &folder.join("elsewhere"),
        &["build", "../budgets", "--out", "../third"],
    );
    assert_eq!(code, 0);
    assert_same(&folder.join("output"), &folder.join("third"));

    // Step by step: another amount first, one chapter alone, then everything.
    raise_q_leap(folder);
    assert_eq!(gaisan(folder, &["build", "--out", "steps"]).0, 0);
    edit(
        &folder.join("budgets/mext-5/q-leap.yaml"),
        "requested: 4,692",
        "requested: 4,592",
    );
    let part = [
        "build",
        "budgets/mext-5",
        "--out",
        "steps",
        "--format",
        "pdf",
    ];
    assert_eq!(gaisan(folder, &part).0, 0);
    assert_eq!(gaisan(folder, &["build", "--out", "steps"]).0, 0);
    assert_same(&folder.join("output"), &folder.join("steps"));
}

#[test]
fn a_build_makes_what_changed_and_says_what_that_is() {
    let project = project();
    let folder = project.path();
    let (_, said) = gaisan(folder, &["build"]);
    let first = lines(&said);
    assert_eq!(first.len(), 1, "{said}");
    let (code, said) = gaisan(folder, &["build"]);
    assert_eq!(code, 0);
    assert!(said.contains("warning[W0203]"), "{said}");
    assert!(lines(&said)[0].contains("(all up to date)"), "{said}");

    let before = times(&folder.join("output"));
    raise_q_leap(folder);
    let (code, said) = gaisan(folder, &["build"]);
    assert_eq!(code, 0, "{said}");
    let lines = lines(&said);
    assert!(
        lines
            .iter()
            .any(|line| line.starts_with("q-leap  要求 4,592 → 4,692 百万円  (")),
        "{said}"
    );
    let changed: Vec<String> = times(&folder.join("output"))
        .into_iter()
        .filter(|(name, time)| before.get(name) != Some(time))
        .map(|(name, _)| name)
        .collect();
    let wanted = |name: &&String| {
        ["q-leap", "overview", "index.html", "manifest.json"]
            .iter()
            .any(|it| name.contains(it))
    };
    assert_eq!(changed.iter().find(|name| !wanted(name)), None);
    for name in ["q-leap.md", "q-leap.html", "q-leap.pdf", "overview.pdf"] {
        let name = format!("fy2022/mext-5/{name}");
        assert!(changed.contains(&name), "{name} not in {changed:?}");
    }
}

/// When each file was last written.
fn times(folder: &Path) -> BTreeMap<String, std::time::SystemTime> {
    contents(folder)
        .into_keys()
        .map(|name| {
            let time = fs::metadata(folder.join(&name)).unwrap().modified();
            (name, time.unwrap())
        })
        .collect()
}

#[test]
fn a_file_that_was_edited_or_lost_is_named_and_made_again() {
    let project = project();
    let folder = project.path();
    assert_eq!(gaisan(folder, &["build", "--check"]).0, 1);
    assert!(!folder.join("output").exists());
    assert_eq!(gaisan(folder, &["build"]).0, 0);
    assert_eq!(gaisan(folder, &["build", "--check"]).0, 0);
    let sheet = folder.join("output/fy2022/mext-5/aip.md");
    edit(&sheet, "11,458", "11,485");
    fs::remove_file(folder.join("output/fy2022/mext-5/aip.pdf")).unwrap();
    raise_q_leap(folder);
    let (code, said) = gaisan(folder, &["build", "--check"]);
    assert_eq!(code, 1);
    for line in [
        "edited by hand: fy2022/mext-5/aip.md",
        "missing: fy2022/mext-5/aip.pdf",
        "out of date: fy2022/mext-5/q-leap.pdf",
        "out of date: fy2022/mext-5/overview.md",
    ] {
        assert!(said.lines().any(|it| it == line), "{line} not in {said}");
    }
    assert!(fs::read_to_string(&sheet).unwrap().contains("11,485"));
    assert_eq!(gaisan(folder, &["build"]).0, 0);
    assert!(fs::read_to_string(&sheet).unwrap().contains("11,458"));
    let (code, said) = gaisan(folder, &["build", "--check"]);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn what_is_no_longer_there_is_named_and_removed_when_asked_for() {
    let project = project();
    let folder = project.path();
    let chapter = folder.join("budgets/mext-5/request.yaml");
    assert_eq!(gaisan(folder, &["build", "--format", "md"]).0, 0);

    // A program that cannot be read is not gone.
    let aip = folder.join("budgets/mext-5/aip.yaml");
    let text = fs::read_to_string(&aip).unwrap();
    fs::write(&aip, text.replacen("title: ", "title: \"", 1)).unwrap();
    let (code, said) = gaisan(folder, &["build", "--format", "md", "--prune"]);
    assert_eq!(code, 1);
    assert!(!said.contains("aip.md"), "{said}");
    assert!(folder.join("output/fy2022/mext-5/aip.md").exists());

    fs::remove_file(&aip).unwrap();
    edit(&chapter, "  - aip.yaml\n", "");
    let (code, said) = gaisan(folder, &["build", "--format", "md"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("left over: fy2022/mext-5/aip.md"), "{said}");
    let (_, again) = gaisan(folder, &["build", "--format", "md"]);
    assert!(again.contains("left over: fy2022/mext-5/aip.md"), "{again}");
    assert_eq!(gaisan(folder, &["build", "--check", "--format", "md"]).0, 1);
    let (code, said) = gaisan(folder, &["build", "--format", "md", "--prune"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("removed: fy2022/mext-5/aip.md"), "{said}");
    assert!(!folder.join("output/fy2022/mext-5/aip.md").exists());
    assert_eq!(gaisan(folder, &["build", "--check", "--format", "md"]).0, 0);

    // The whole chapter gets another id.
    edit(&chapter, "id: mext-5", "id: mext-6");
    let (code, said) = gaisan(folder, &["build", "--format", "md", "--prune"]);
    assert_eq!(code, 0, "{said}");
    assert!(!folder.join("output/fy2022/mext-5").exists(), "{said}");
    assert!(folder.join("output/fy2022/mext-6/overview.md").exists());
}

#[test]
fn a_part_of_a_build_keeps_the_rest() {
    let project = project();
    let folder = project.path();
    copy(
        &support::budgets("demo-en"),
        &folder.join("budgets/demo-en"),
    );
    for part in [
        ["budgets/mext-5", "--format", "md"],
        ["budgets/mext-5", "--format", "html"],
        ["budgets/demo-en", "--format", "html"],
        ["budgets/mext-5", "--lang", "en"],
    ] {
        let mut arguments = vec!["build"];
        arguments.extend(part);
        assert_eq!(gaisan(folder, &arguments).0, 0);
    }
    let manifest = Manifest::read(&folder.join("output")).unwrap().unwrap();
    let sheets = manifest.by_name();
    let files = |name: &str| sheets[name].files.len();
    assert_eq!(files("fy2022/mext-5/q-leap"), 3);
    assert!(sheets.contains_key("fy2022/mext-5/en/q-leap"));
    assert!(sheets.contains_key("fy2027/harbor/overview"));
    let index = fs::read_to_string(folder.join("output/index.html")).unwrap();
    for name in sheets.keys() {
        assert!(index.contains(&format!("{name}.html")), "{name}");
    }
}

#[test]
fn a_revision_is_released_once() {
    let project = project();
    let folder = project.path();
    let chapter = folder.join("budgets/mext-5/request.yaml");
    let (code, said) = gaisan(folder, &["release"]);
    assert_eq!(code, 1);
    assert!(said.contains("revision: 1"), "{said}");
    edit(&chapter, "lang: ja", "revision: 3\nlang: ja");
    let (code, said) = gaisan(folder, &["release"]);
    assert_eq!(code, 1);
    assert!(said.contains("run `gaisan build` first"), "{said}");

    assert_eq!(gaisan(folder, &["build"]).0, 0);
    let sheet = fs::read_to_string(folder.join("output/fy2022/mext-5/q-leap.md")).unwrap();
    assert!(sheet.contains("\n版 r3 · "), "{sheet}");
    let mut release = command(folder, &["release", "--label", "8月31日提出"]);
    release.env("SOURCE_DATE_EPOCH", "1630368000");
    let (code, out) = said_of(&mut release);
    assert_eq!(code, 0, "{out}");
    let list = fs::read(folder.join("output/fy2022/mext-5/r3/release.json")).unwrap();
    let list: Value = serde_json::from_slice(&list).unwrap();
    assert_eq!(list["date"], "2021-08-31");
    assert_eq!(list["label"], "8月31日提出");
    assert_eq!(gaisan(folder, &["build", "--check"]).0, 0);

    let frozen = contents(&folder.join("output/fy2022/mext-5/r3"));
    let (code, again) = gaisan(folder, &["release"]);
    assert_eq!(code, 0);
    assert!(again.contains("released already, unchanged"), "{again}");

    raise_q_leap(folder);
    let (code, said) = gaisan(folder, &["build", "--locked"]);
    assert_eq!(code, 1, "{said}");
    let locked =
        "locked: fy2022/mext-5/q-leap is released as r3 and would change; say `revision: 4`";
    assert!(said.contains(locked), "{said}");
    let (code, said) = gaisan(folder, &["build"]);
    assert_eq!(code, 0, "{said}");
    let (code, said) = gaisan(folder, &["release"]);
    assert_eq!(code, 1);
    assert!(
        said.contains("\n  fy2022/mext-5/q-leap  要求 4,592 → 4,692 百万円"),
        "{said}"
    );
    edit(&chapter, "revision: 3", "revision: 4");
    assert_eq!(gaisan(folder, &["build", "--locked"]).0, 0);
    assert_eq!(gaisan(folder, &["release", "--date", "2021-09-01"]).0, 0);
    assert!(contents(&folder.join("output/fy2022/mext-5/r3")) == frozen);

    let released = folder.join("output/fy2022/mext-5/r3/q-leap.md");
    edit(&released, "4,592", "4,692");
    let (code, said) = gaisan(folder, &["build", "--check"]);
    assert_eq!(code, 1);
    assert!(
        said.contains("edited by hand: fy2022/mext-5/r3/q-leap.md"),
        "{said}"
    );
}

fn said_of(command: &mut Command) -> (i32, String) {
    said(&command.output().unwrap())
}

#[test]
fn the_parts_of_a_split_build_make_the_whole() {
    let project = project();
    let folder = project.path();
    assert_eq!(gaisan(folder, &["build"]).0, 0);
    let mut sheets = 0;
    for part in 1..=3 {
        let (shard, out) = (format!("{part}/3"), format!("part-{part}"));
        let (code, said) = gaisan(folder, &["build", "--shard", &shard, "--out", &out]);
        assert_eq!(code, 0, "{said}");
        let manifest = Manifest::read(&folder.join(out)).unwrap();
        sheets += manifest.map_or(0, |manifest| manifest.sheets.len());
    }
    assert_eq!(sheets, 7);
    let merge = [
        "manifest", "merge", "part-1", "part-2", "part-3", "--out", "whole",
    ];
    let (code, said) = gaisan(folder, &merge);
    assert_eq!(code, 0, "{said}");
    assert_same(&folder.join("output"), &folder.join("whole"));
    assert_eq!(gaisan(folder, &["build", "--check", "--out", "whole"]).0, 0);

    raise_q_leap(folder);
    assert_eq!(gaisan(folder, &["build", "--out", "other"]).0, 0);
    let (code, said) = gaisan(
        folder,
        &["manifest", "merge", "output", "other", "--out", "both"],
    );
    assert_eq!(code, 1);
    assert!(said.contains("differs between"), "{said}");
}

#[test]
fn the_manifest_keeps_its_schema() {
    let project = project();
    let folder = project.path();
    let chapter = folder.join("budgets/mext-5/request.yaml");
    edit(&chapter, "lang: ja", "revision: 1\nlang: ja");
    assert_eq!(gaisan(folder, &["build"]).0, 0);
    assert_eq!(gaisan(folder, &["release", "--date", "2021-08-31"]).0, 0);
    let manifest = fs::read_to_string(folder.join("output/manifest.json")).unwrap();
    let document: Value = serde_json::from_str(&manifest).unwrap();
    let q_leap = &document["sheets"][5];
    assert_eq!(q_leap["id"], "q-leap");
    assert_eq!(q_leap["totals"]["requested"], "4592000000");
    assert_eq!(q_leap["revision"], 1);
    for file in q_leap["files"].as_array().unwrap() {
        let path = folder.join("output").join(file["path"].as_str().unwrap());
        let digest = gaisan::enclosure::Digest::of(&fs::read(path).unwrap());
        assert_eq!(file["sha256"], digest.to_string());
    }
    support::validate("docs/schema/manifest.schema.json", &manifest);
}

#[test]
fn builds_into_one_folder_wait_for_each_other() {
    let project = project();
    let folder = project.path();
    let lock = Lock::ask(&folder.join("output")).unwrap();
    assert!(lock.is_some());
    assert!(Lock::ask(&folder.join("output")).unwrap().is_none());
    let mut build = command(folder, &["build", "--format", "md"]);
    let child = build.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    std::thread::sleep(std::time::Duration::from_millis(1500));
    assert!(!folder.join("output/manifest.json").exists());
    drop(lock);
    let (code, said) = said(&child.unwrap().wait_with_output().unwrap());
    assert_eq!(code, 0);
    assert!(said.contains("waiting: another gaisan"), "{said}");
    assert!(folder.join("output/manifest.json").exists());
}

#[test]
fn what_cannot_be_written_is_named_and_the_rest_is_built() {
    let project = project();
    let folder = project.path();
    let broken = folder.join("output/fy2022/mext-5/q-leap.pdf");
    fs::create_dir_all(&broken).unwrap();
    fs::write(broken.join("x"), "").unwrap();
    let (code, said) = gaisan(folder, &["build"]);
    assert_eq!(code, 2);
    assert!(
        said.contains("fy2022/mext-5/q-leap.pdf: cannot be written"),
        "{said}"
    );
    assert!(folder.join("output/fy2022/mext-5/aip.pdf").exists());
    assert!(folder.join("output/fy2022/mext-5/q-leap.html").exists());

    fs::remove_dir_all(folder.join("output")).unwrap();
    fs::create_dir(folder.join("output")).unwrap();
    fs::write(folder.join("output/fy2022"), "").unwrap();
    let (code, said) = gaisan(folder, &["build"]);
    assert_eq!(code, 2);
    assert!(
        said.contains("output/fy2022` is a file, and a folder is needed there"),
        "{said}"
    );

    fs::write(folder.join("taken"), "").unwrap();
    let (code, said) = gaisan(folder, &["build", "--out", "taken"]);
    assert_eq!(code, 2);
    assert!(said.contains("`taken` is a file"), "{said}");
}

#[cfg(unix)]
#[test]
fn no_link_leads_out_of_the_output_folder() {
    let project = project();
    let folder = project.path();
    let outside = TempDir::new().unwrap();
    fs::create_dir(folder.join("output")).unwrap();
    std::os::unix::fs::symlink(outside.path(), folder.join("output/fy2022")).unwrap();
    let (code, said) = gaisan(folder, &["build"]);
    assert_eq!(code, 2);
    assert!(
        said.contains("`output/fy2022` leads out of the output folder"),
        "{said}"
    );
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_named_and_leaves_no_half_file() {
    let project = project();
    let folder = project.path();
    let script = "trap '' XFSZ; ulimit -f 16; exec \"$0\" build --jobs 1";
    let mut limited = Command::new("bash");
    limited
        .args(["-c", script, env!("CARGO_BIN_EXE_gaisan")])
        .current_dir(folder)
        .env("NO_COLOR", "1");
    let (code, out) = said_of(&mut limited);
    assert_eq!(code, 2, "{out}");
    assert!(out.contains(".pdf: cannot be written"), "{out}");
    let there = contents(&folder.join("output"));
    assert!(there.keys().all(|name| !name.ends_with(".pdf")));
    let (code, out) = gaisan(folder, &["build"]);
    assert_eq!(code, 0, "{out}");
    assert_eq!(gaisan(folder, &["build", "--out", "fresh"]).0, 0);
    assert_same(&folder.join("output"), &folder.join("fresh"));
    let left = fs::read_dir(folder.join("output/.gaisan/tmp")).unwrap();
    assert_eq!(left.count(), 0);
}
