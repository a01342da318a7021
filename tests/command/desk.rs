//! The habits of the command line: where it finds a project, how much it says and in which form, and what it shows of a line.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

const CHAPTER: &str = "\
gaisan: 1
id: mext-5
title: 先端研究
ministry: 文部科学省
fiscal_year: 令和5年度
stage: 概算要求
unit: 百万円
breakdown: complete
programs:
  - id: q-leap
    title: 光・量子
    requested: 4,668
    prior: 3,650
    notes: [{kind: remark, text: 補正予算を含む}]
    breakdown: complete
    children:
      - {id: q-sim, title: 量子計算, requested: 3000, prior: 2000}
      - {id: q-sense, title: 量子計測, requested: 1668, prior: 1650}
  - {id: math, title: 数理融合, requested: 202, prior: 新規}
";

struct Run {
    code: i32,
    out: String,
    err: String,
}

fn project() -> TempDir {
    let folder = TempDir::new().unwrap();
    let below = folder.path().join("budgets/fy2023");
    fs::create_dir_all(&below).unwrap();
    fs::write(below.join("mext-5.yaml"), CHAPTER).unwrap();
    let before = CHAPTER
        .replace("令和5年度", "令和4年度")
        .replace("4,668", "3,650")
        .replace("prior: 3,650", "prior: 3,494");
    let before = before
        .replace("requested: 3000, prior: 2000", "requested: 2000, prior: 1894")
        .replace("requested: 1668, prior: 1650", "requested: 1650, prior: 1600");
    let before = before
        .lines()
        .filter(|line| !line.contains("id: math"))
        .fold(String::new(), |all, line| all + line + "\n");
    fs::create_dir_all(folder.path().join("budgets/fy2022")).unwrap();
    fs::write(folder.path().join("budgets/fy2022/mext-5.yaml"), before).unwrap();
    folder
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = crate::support::gaisan();
    command.current_dir(folder).args(arguments).env("COLUMNS", "100");
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "GAISAN_COLOR"] {
        command.env_remove(name);
    }
    command
}

fn done(command: &mut Command) -> Run {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

fn run(folder: &Path, arguments: &[&str]) -> Run {
    done(&mut command(folder, arguments))
}

#[test]
fn lines_are_listed_with_their_amounts() {
    let folder = project();
    let all = run(folder.path(), &["ls", "budgets/fy2023"]);
    assert_eq!((all.code, all.err.as_str()), (0, ""));
    insta::assert_snapshot!(all.out);
    let top = run(folder.path(), &["ls", "budgets/fy2023", "--depth", "1"]).out;
    assert!(top.contains("q-leap") && !top.contains("q-sim"), "{top}");
}

#[test]
fn a_line_is_shown_with_its_parts_years_and_place() {
    let folder = project();
    let shown = run(folder.path(), &["show", "q-leap"]);
    assert_eq!((shown.code, shown.err.as_str()), (0, ""));
    insta::assert_snapshot!(shown.out);
    let of_chapter = run(folder.path(), &["show", "mext-5/q-leap", "budgets/fy2022"]);
    assert!(
        of_chapter.out.contains("3,494") && of_chapter.out.ends_with("budgets/fy2022/mext-5.yaml:10\n"),
        "{}",
        of_chapter.out
    );
    let wrong = run(folder.path(), &["show", "q-leep"]);
    assert_eq!((wrong.code, wrong.out.as_str()), (2, ""));
    assert_eq!(wrong.err, "error: there is no line `q-leep`; did you mean `q-leap`?\n");
}

#[test]
fn figures_that_may_be_wrong_are_shown_and_said() {
    let folder = project();
    let path = folder.path().join("budgets/fy2023/mext-5.yaml");
    fs::write(&path, CHAPTER.replace("requested: 3000", "requested: 3100")).unwrap();
    let shown = run(folder.path(), &["show", "q-leap"]);
    assert_eq!(shown.code, 1);
    assert_eq!(shown.err, "warning: 1 error, see `gaisan check`; amounts are shown as they are stated\n");
}

#[test]
fn a_project_is_found_from_any_folder_below_it() {
    let folder = project();
    fs::write(folder.path().join("gaisan.yaml"), "severity: {W0203: deny}\n").unwrap();
    let below = folder.path().join("budgets/fy2022");
    let checked = run(&below, &["check"]);
    assert_eq!(
        (checked.code, checked.out.lines().last()),
        (0, Some("2 chapters, 9 lines, 0 errors, 0 warnings")),
        "{}",
        checked.out
    );
    assert_eq!(run(&below, &["build", "--format", "md"]).code, 0);
    assert!(folder.path().join("output/fy2023/mext-5/q-leap.md").is_file());
    assert!(!below.join("output").exists());
}

#[test]
fn findings_are_a_line_each_or_counted() {
    let folder = project();
    let wrong = CHAPTER
        .replace("prior: 新規}", "prior: 新規, requestd: 3, summary: 課題 #12}")
        .replace("prior: 3,650", "prior: 3,651");
    let wrong = wrong.replace(", summary: 課題 #12", "");
    fs::write(folder.path().join("budgets/fy2023/mext-5.yaml"), wrong).unwrap();
    let concise = run(folder.path(), &["check", "budgets/fy2023", "--output-format", "concise"]);
    assert_eq!(concise.code, 1);
    insta::assert_snapshot!(concise.out);
    let counted = run(folder.path(), &["check", "budgets/fy2023", "--statistics"]);
    insta::assert_snapshot!(counted.out);
    // What is said besides goes where it is not wanted.
    let quiet = run(folder.path(), &["check", "budgets/fy2023", "--output-format", "concise", "-q"]);
    assert_eq!(concise.out.lines().count(), quiet.out.lines().count() + 1);
    let variable =
        done(command(folder.path(), &["check", "budgets/fy2023"]).env("GAISAN_OUTPUT_FORMAT", "concise"));
    assert_eq!(variable.out, concise.out);
}

#[test]
fn old_names_of_options_work_and_say_so() {
    let folder = project();
    let new = run(folder.path(), &["check", "--output-format", "json"]);
    let old = run(folder.path(), &["check", "--output", "json"]);
    assert_eq!((old.code, &old.out), (new.code, &new.out));
    assert_eq!(old.err, "note: `--output` is called `--output-format` now\n");
    let human = run(folder.path(), &["check", "--output", "human"]);
    assert_eq!(human.out, run(folder.path(), &["check"]).out);
    let old = run(folder.path(), &["diff", "budgets/fy2022", "budgets/fy2023", "--format", "csv"]);
    assert_eq!(old.err, "note: `--format` is called `--output-format` now\n");
    assert!(old.out.starts_with("chapter,depth,"), "{}", old.out);
}

#[test]
fn a_chapter_comes_from_the_standard_input() {
    let folder = TempDir::new().unwrap();
    let mut child = command(folder.path(), &["check", "-", "--output-format", "concise"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(CHAPTER.replace("3000", "300O").as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{out}");
    assert!(out.starts_with("<stdin>:17:"), "{out}");
}

#[test]
fn a_build_says_where_the_result_is_and_shows_it() {
    let folder = project();
    let built = run(folder.path(), &["build", "--format", "html"]);
    assert_eq!(built.err, "see output/index.html\n");
    let quiet = run(folder.path(), &["build", "--format", "html", "-q"]);
    assert_eq!((quiet.out.as_str(), quiet.err.as_str()), ("", ""));
    let out = folder.path().join("elsewhere");
    let built = done(command(folder.path(), &["build", "--format", "html"]).env("GAISAN_OUT", &out));
    assert!(out.join("index.html").is_file(), "{}", built.out);
    let missing =
        done(command(folder.path(), &["build", "--format", "html", "--open"]).env("BROWSER", "./no-browser"));
    assert!(missing.err.contains("error: `output/index.html` cannot be shown"), "{}", missing.err);
}

#[test]
fn colors_are_where_they_are_asked_for() {
    let folder = project();
    let colored = |name: &str, value: &str| {
        done(command(folder.path(), &["ls", "budgets/fy2023"]).env(name, value)).out.contains('\u{1b}')
    };
    assert!(
        colored("FORCE_COLOR", "1") && colored("CLICOLOR_FORCE", "1") && colored("GAISAN_COLOR", "always")
    );
    assert!(!colored("FORCE_COLOR", "0") && !colored("NO_COLOR", "1"));
    let both = done(command(folder.path(), &["ls"]).env("FORCE_COLOR", "1").env("NO_COLOR", "1"));
    assert!(!both.out.contains('\u{1b}'));
}

#[test]
fn shells_and_manuals_know_the_commands() {
    let folder = TempDir::new().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(folder.path(), &["completions", shell]);
        assert_eq!((script.code, script.err.as_str()), (0, ""));
        assert!(script.out.contains("output-format"), "{shell}");
    }
    let page = run(folder.path(), &["man"]);
    assert!(page.out.contains(".TH gaisan 1") && page.out.contains("gaisan\\-show(1)"), "{}", page.out);
    assert_eq!(run(folder.path(), &["man", "--out", "man1"]).code, 0);
    assert!(fs::read_to_string(folder.path().join("man1/gaisan-diff.1")).unwrap().contains("fail"));
}

#[test]
fn every_command_has_examples_below_its_help() {
    let folder = TempDir::new().unwrap();
    let help = run(folder.path(), &["--help"]).out;
    let commands =
        help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    for command in commands.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help") {
        let help = run(folder.path(), &[command, "--help"]).out;
        assert!(help.contains("\nExample") || ["manifest", "new"].contains(&command), "{command}: {help}");
    }
    for below in [["manifest", "merge", "--help"], ["new", "program", "--help"]] {
        assert!(run(folder.path(), &below).out.contains("\nExample"), "{below:?}");
    }
}

/// On a terminal a build shows how far it is, in whole sheets a second, and how long it will take.
#[cfg(target_os = "linux")]
#[test]
fn progress_is_told_in_whole_numbers_with_the_time_that_is_left() {
    let folder = project();
    let build = crate::support::gaisan().get_program().to_string_lossy().into_owned();
    let line = format!(
        "cd '{}' && TERM=xterm GAISAN_LANG=ja '{build}' build --force --jobs 1",
        folder.path().display()
    );
    let Some(said) = crate::support::output("script", &["-qec", &line, "/dev/null"], b"") else { return };
    let told: Vec<&str> = said.split('\r').filter(|line| line.contains("件  ")).collect();
    assert!(told.iter().any(|line| line.contains("/s  残り")), "{said:?}");
    assert!(told.iter().all(|line| !line.contains('.')), "{told:?}");
}

/// The shell of Windows leaves `*` to the program.
#[cfg(windows)]
#[test]
fn stars_in_paths_are_files_on_windows() {
    let folder = project();
    let run = run(folder.path(), &["check", "budgets\\*\\mext-5.yaml"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(run.out.contains("2 chapters"), "{}", run.out);
}
