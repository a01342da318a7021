//! The `gaisan` command as its users meet it: files written, what is said, and the exit code.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test may fail loudly")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

const CHAPTER: &str = "budgets/fy2022/mext-5";

/// What a run left behind.
struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Run {
    fn last_line(&self) -> &str {
        self.out.lines().last().unwrap_or_default()
    }
}

/// Runs `gaisan` in the package's folder, away from the environment of whoever tests.
fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gaisan"));
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command.env("COLUMNS", "100");
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR"] {
        command.env_remove(name);
    }
    command
}

fn run(command: &mut Command) -> Run {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

fn gaisan(arguments: &[&str]) -> Run {
    run(command().args(arguments))
}

/// A build into a folder of its own.
fn build(paths: &[&str], options: &[&str]) -> (TempDir, Run) {
    let out = TempDir::new().unwrap();
    let mut command = command();
    command.arg("build").args(paths).args(options);
    let run = run(command.arg("--out").arg(out.path()));
    (out, run)
}

/// All files below a folder with their bytes, by their names with `/`.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                // What gaisan remembers is no output.
                if !path.ends_with(".gaisan") {
                    folders.push(path);
                }
                continue;
            }
            let name = path.strip_prefix(folder).unwrap().to_string_lossy();
            files.insert(name.replace('\\', "/"), std::fs::read(&path).unwrap());
        }
    }
    files
}

fn names(folder: &Path) -> Vec<String> {
    files(folder).into_keys().collect()
}

/// A copy of the real chapter that a test may break.
fn copied_chapter() -> (TempDir, PathBuf) {
    let copy = TempDir::new().unwrap();
    let folder = copy.path().join("mext-5");
    copy_chapter(&folder);
    (copy, folder)
}

fn copy_chapter(folder: &Path) {
    std::fs::create_dir_all(folder).unwrap();
    let chapter = Path::new(env!("CARGO_MANIFEST_DIR")).join(CHAPTER);
    for entry in std::fs::read_dir(chapter).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, folder.join(path.file_name().unwrap())).unwrap();
    }
}

fn replace(file: &Path, from: &str, to: &str) {
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "`{from}` is not in {}", file.display());
    std::fs::write(file, text.replacen(from, to, 1)).unwrap();
}

fn utf8(path: &Path) -> &str {
    path.to_str().unwrap()
}

const SHEETS: [&str; 7] = [
    "overview",
    "materials-dx",
    "q-leap",
    "research-data-ecosystem",
    "aip",
    "math-platform",
    "economic-security",
];

#[test]
fn the_first_command_writes_every_sheet_in_three_formats() {
    let (out, run) = build(&[], &[]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let names = names(out.path());
    for sheet in SHEETS {
        for format in ["md", "html", "pdf"] {
            let name = format!("fy2022/mext-5/{sheet}.{format}");
            assert!(names.contains(&name), "{name} is missing from {names:#?}");
        }
    }
    for folder in ["fy2023/mext-5", "fy2024/mext-5", "fy2027/harbor"] {
        assert!(
            names.contains(&format!("{folder}/overview.pdf")),
            "{folder}"
        );
    }
    assert!(names.contains(&"index.html".to_owned()));
    let left: Vec<&String> = names
        .iter()
        .filter(|name| name.contains(".gaisan-"))
        .collect();
    assert!(left.is_empty(), "temporary files: {left:?}");
    assert_closing(run.last_line(), names.len());
}

/// `22 sheets, 95 files, 0 errors, 1 warning in 0.2 s`.
fn assert_closing(line: &str, files: usize) {
    let (counts, time) = line.split_once(" in ").unwrap();
    let words: Vec<&str> = counts
        .split([' ', ','])
        .filter(|word| !word.is_empty())
        .collect();
    let [sheets, _, counted, _, errors, _, warnings, _] = words.as_slice() else {
        panic!("`{line}` does not count sheets, files, errors and warnings");
    };
    assert!(sheets.parse::<usize>().unwrap() > 7, "{line}");
    assert_eq!(counted.parse::<usize>(), Ok(files), "{line}");
    assert_eq!(*errors, "0", "{line}");
    assert!(warnings.parse::<usize>().is_ok(), "{line}");
    assert!(time.ends_with(" s"), "{line}");
}

#[test]
fn one_format_alone_can_be_asked_for() {
    let (out, run) = build(&[CHAPTER], &["--format", "md"]);
    assert_eq!(run.code, 0);
    let names = names(out.path());
    assert_eq!(names.iter().filter(|name| name.ends_with(".md")).count(), 7);
    let others = |name: &&String| {
        !name.ends_with(".md") && !name.ends_with(".svg") && *name != "manifest.json"
    };
    assert_eq!(names.iter().find(others), None);
}

#[test]
fn every_picture_of_a_markdown_sheet_is_beside_it() {
    let (out, _) = build(&[CHAPTER], &["--format", "md"]);
    let files = files(out.path());
    let mut pictures = 0;
    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".md")) {
        let text = String::from_utf8_lossy(bytes);
        for rest in text.split("](").skip(1) {
            let target = rest.split([')', ' ']).next().unwrap_or_default();
            if target.starts_with("http") || target.starts_with('#') {
                continue;
            }
            let path = format!("fy2022/mext-5/{target}");
            assert!(files.contains_key(&path), "{name} links to {target}");
            pictures += usize::from(target.ends_with(".svg"));
        }
    }
    assert!(pictures > 0);
}

#[test]
fn sheets_in_another_language_have_a_folder_of_their_own() {
    let (out, run) = build(&[CHAPTER], &["--format", "md", "--lang", "en"]);
    assert_eq!(run.code, 0);
    let files = files(out.path());
    assert!(
        files
            .keys()
            .all(|name| name.starts_with("fy2022/mext-5/en/") || name == "manifest.json")
    );
    let overview = String::from_utf8_lossy(&files["fy2022/mext-5/en/overview.md"]).into_owned();
    assert!(overview.contains("FY2022 budget request"), "{overview}");
}

#[test]
fn a_denied_warning_stops_its_sheet() {
    let (_copy, chapter) = copied_chapter();
    let accepted = "accept: [{rule: W0203, reason: 第5章の他の事業}]\nunit:";
    replace(&chapter.join("request.yaml"), "unit:", accepted);
    let figure = "    alt: 2018年の輸出総額（81兆円）の内訳を示す帯グラフ。素材が約2割、その他（差引き）が約8割。\n";
    replace(&chapter.join("materials-dx.yaml"), figure, "");

    let (out, run) = build(&[utf8(&chapter)], &["--format", "md"]);
    assert_eq!(run.code, 0, "{}", run.out);
    assert!(run.out.contains("warning[W0506]"), "{}", run.out);
    assert_eq!(
        names(out.path())
            .iter()
            .filter(|name| name.ends_with(".md"))
            .count(),
        7
    );

    let (out, run) = build(&[utf8(&chapter)], &["--format", "md", "--deny", "warnings"]);
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(run.out.contains("error[W0506]"), "{}", run.out);
    let names = names(out.path());
    assert!(!names.contains(&"fy2022/mext-5/materials-dx.md".to_owned()));
    assert!(names.contains(&"fy2022/mext-5/q-leap.md".to_owned()));
}

#[test]
fn a_broken_file_does_not_stop_the_others() {
    for breakdown in ["partial", "complete"] {
        let (_copy, chapter) = copied_chapter();
        replace(
            &chapter.join("request.yaml"),
            "breakdown: partial",
            &format!("breakdown: {breakdown}"),
        );
        replace(&chapter.join("aip.yaml"), "title: ", "title: \"");
        let (out, run) = build(&[utf8(&chapter)], &["--format", "md"]);
        assert_eq!(run.code, 1, "{}", run.out);
        assert_eq!(run.out.matches("error[").count(), 1, "{}", run.out);
        assert!(run.out.contains("error[E0102]"), "{}", run.out);
        assert!(
            run.out
                .contains("skipped: fy2022/mext-5/overview has errors"),
            "{}",
            run.out
        );
        let names = names(out.path());
        for sheet in SHEETS {
            let written = names.contains(&format!("fy2022/mext-5/{sheet}.md"));
            assert_eq!(written, !matches!(sheet, "overview" | "aip"), "{sheet}");
        }
    }
}

#[test]
fn a_wrong_sum_stops_its_sheet_and_the_overview_alone() {
    let (_copy, chapter) = copied_chapter();
    replace(
        &chapter.join("aip.yaml"),
        "requested: 7,458",
        "requested: 7,548",
    );
    let (out, run) = build(&[utf8(&chapter)], &["--format", "md"]);
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(run.out.contains("error[E0201]"), "{}", run.out);
    let names = names(out.path());
    for sheet in SHEETS {
        let written = names.contains(&format!("fy2022/mext-5/{sheet}.md"));
        assert_eq!(written, !matches!(sheet, "overview" | "aip"), "{sheet}");
    }
}

#[test]
fn a_broken_chapter_does_not_stop_the_one_beside_it() {
    let copy = TempDir::new().unwrap();
    copy_chapter(&copy.path().join("mext-5"));
    std::fs::write(copy.path().join("mext-6.yaml"), "gaisan: 1\nid: [\n").unwrap();
    let (out, run) = build(&[utf8(copy.path())], &["--format", "md"]);
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(run.out.contains("mext-6.yaml:"), "{}", run.out);
    assert_eq!(
        names(out.path())
            .iter()
            .filter(|name| name.ends_with(".md"))
            .count(),
        7
    );
}

#[test]
fn a_missing_path_is_trouble() {
    let (_out, run) = build(&["no/such/folder"], &[]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("no/such/folder"), "{}", run.err);
    assert_eq!(gaisan(&["check", "no/such/folder"]).code, 2);
}

#[test]
fn a_bad_flag_is_trouble() {
    let run = gaisan(&["build", "--fromat", "md"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("--format"), "{}", run.err);
    assert_eq!(gaisan(&["build", "--format", "docx"]).code, 2);
    assert_eq!(gaisan(&["build", "--color", "sometimes"]).code, 2);
}

#[test]
fn a_folder_without_a_chapter_is_trouble() {
    let empty = TempDir::new().unwrap();
    for part in [None, Some("id: aip\ntitle: AIP\n")] {
        if let Some(part) = part {
            std::fs::write(empty.path().join("aip.yaml"), part).unwrap();
        }
        for command in ["build", "check"] {
            let run = gaisan(&[command, utf8(empty.path())]);
            assert_eq!(run.code, 2, "{}", run.out);
            assert!(run.err.contains("gaisan: 1"), "{}", run.err);
        }
    }
}

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
    assert!(
        run.err.contains("sheet.md.tera:3") || run.err.contains("sheet.md.tera:4"),
        "{}",
        run.err
    );
    assert!(names(out.path()).is_empty());
}

#[test]
fn a_template_that_asks_for_something_unknown_fails_its_sheets_alone() {
    let folder = templates("sheet.md.tera", "# {{ titel }}\n");
    let (out, run) = build(
        &[CHAPTER],
        &["--format", "md", "--templates", utf8(folder.path())],
    );
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("titel"), "{}", run.err);
    assert!(names(out.path()).contains(&"fy2022/mext-5/overview.md".to_owned()));
}

#[test]
fn an_office_template_changes_its_own_sheets_alone() {
    let folder = templates("sheet.md.tera", "# {{ title }}\n\nOur own sheet.\n");
    let (plain, _) = build(&[CHAPTER], &["--format", "md"]);
    let (own, run) = build(
        &[CHAPTER],
        &["--format", "md", "--templates", utf8(folder.path())],
    );
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
    let builtin = include_str!("../templates/sheet.md.tera");
    let (_, rest) = builtin.split_once("{% block ").unwrap();
    let block = rest.split(' ').next().unwrap();
    let text = format!(
        "{{% extends \"builtin/sheet.md.tera\" %}}\n{{% block {block} %}}\n\nOur own block.\n\n{{% endblock %}}\n"
    );
    let folder = templates("sheet.md.tera", &text);
    let (plain, _) = build(&[CHAPTER], &["--format", "md"]);
    let (own, run) = build(
        &[CHAPTER],
        &["--format", "md", "--templates", utf8(folder.path())],
    );
    assert_eq!(run.code, 0, "{}", run.err);
    let read = |files: &BTreeMap<String, Vec<u8>>| {
        String::from_utf8(files["fy2022/mext-5/aip.md"].clone()).unwrap()
    };
    let (plain, own) = (read(&files(plain.path())), read(&files(own.path())));
    assert!(own.contains("Our own block."), "{own}");
    let kept = own
        .lines()
        .filter(|line| !line.is_empty() && plain.contains(line))
        .count();
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
    assert_eq!(
        std::fs::read_to_string(dir.join("sheet.md.tera")).unwrap(),
        "ours"
    );
}

#[test]
fn copied_templates_make_the_same_sheets() {
    let folder = TempDir::new().unwrap();
    gaisan(&["templates", "--write", "--dir", utf8(folder.path())]);
    let (plain, _) = build(&[CHAPTER], &["--format", "md"]);
    let (copied, run) = build(
        &[CHAPTER],
        &["--format", "md", "--templates", utf8(folder.path())],
    );
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(files(plain.path()) == files(copied.path()));
}

#[test]
fn the_rules_are_listed_and_explained() {
    let list = gaisan(&["rules"]);
    assert_eq!(list.code, 0);
    for rule in gaisan::check::RULES {
        let is_listed = list
            .out
            .lines()
            .any(|line| line.trim_start().starts_with(rule.code) && line.ends_with(rule.title));
        assert!(is_listed, "{} is not in\n{}", rule.code, list.out);
    }
    for code in ["E0201", "e0201"] {
        let manual = gaisan(&["rules", code]);
        assert_eq!(manual.code, 0);
        assert!(
            manual
                .out
                .starts_with("# E0201: a complete breakdown adds up\n")
        );
    }
}

#[test]
fn an_unknown_rule_is_trouble_with_a_suggestion() {
    let run = gaisan(&["rules", "E9999"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("`E9999`"), "{}", run.err);
    assert!(run.err.contains("gaisan rules"), "{}", run.err);
    let run = gaisan(&["rules", "E2001"]);
    assert!(run.err.contains("did you mean `E0201`?"), "{}", run.err);
}

#[test]
fn colors_come_only_when_they_are_asked_for() {
    let wrong = "tests/errors/10-key-twice.yaml";
    let plain = gaisan(&["check", wrong]);
    assert_eq!(plain.code, 1, "{}", plain.err);
    assert!(!plain.out.contains('\u{1b}'), "{:?}", plain.out);
    let no_color = run(command().args(["check", wrong]).env("NO_COLOR", "1"));
    assert_eq!(no_color.out, plain.out);
    let always = gaisan(&["check", wrong, "--color", "always"]);
    assert!(always.out.contains("\u{1b}["), "{:?}", always.out);
    let trouble = gaisan(&["check", "no/such/folder"]);
    assert!(!trouble.err.contains('\u{1b}'), "{:?}", trouble.err);
}

#[test]
fn the_same_input_gives_the_same_bytes_with_one_thread_and_with_eight() {
    let (one, _) = build(&[CHAPTER], &["--jobs", "1"]);
    let (eight, _) = build(&[CHAPTER], &["--jobs", "8"]);
    let (one, eight) = (files(one.path()), files(eight.path()));
    assert!(one.keys().eq(eight.keys()));
    for (name, bytes) in &one {
        assert!(eight[name] == *bytes, "{name} differs");
    }
}

#[test]
fn a_check_writes_nothing_and_counts() {
    let before = names(&Path::new(env!("CARGO_MANIFEST_DIR")).join("output"));
    let run = gaisan(&["check", CHAPTER]);
    assert_eq!(run.code, 0, "{}", run.out);
    assert_eq!(run.last_line(), "1 chapter, 12 lines, 0 errors, 1 warning");
    assert_eq!(
        names(&Path::new(env!("CARGO_MANIFEST_DIR")).join("output")),
        before
    );
}

#[test]
fn the_help_stays_as_it_is() {
    for arguments in [
        &["--help"][..],
        &["build", "--help"],
        &["check", "--help"],
        &["diff", "--help"],
    ] {
        let run = gaisan(arguments);
        assert_eq!(run.code, 0);
        let name = match arguments {
            [_] => "help".to_owned(),
            [command, ..] => format!("help_{command}"),
            [] => String::new(),
        };
        insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true}, {
            insta::assert_snapshot!(name, run.out);
        });
    }
}
