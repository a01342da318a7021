//! `gaisan diff` as its users meet it: paths, revisions, formats, exit codes.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// What a run left behind.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

pub(crate) fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    let mut command = crate::support::gaisan();
    command.current_dir(folder).args(arguments).env("COLUMNS", "100");
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR"] {
        command.env_remove(name);
    }
    let output = away(&mut command).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

/// Keeps git away from the repository around this one and from the settings of whoever tests.
pub(crate) fn away(command: &mut Command) -> &mut Command {
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(name);
    }
    command
        .env("GIT_CEILING_DIRECTORIES", std::env::temp_dir())
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
}

pub(crate) fn here(arguments: &[&str]) -> Run {
    run_in(Path::new(env!("CARGO_MANIFEST_DIR")), arguments)
}

pub(crate) fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command
        .current_dir(folder)
        .args(["-c", "user.name=役人", "-c", "user.email=a@example.invalid"])
        .args(arguments);
    let output = away(&mut command).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

pub(crate) fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

pub(crate) const CHAPTER: &str = "\
gaisan: 1
id: mext-5
title: 先端研究
ministry: 文部科学省
fiscal_year: 令和5年度
stage: 概算要求
unit: 百万円
breakdown: complete
programs:
";

/// A repository with Japanese paths and three commits: the second raises a request, the third adds a program in a file of its own.
fn repository() -> TempDir {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    let chapter = |programs: &str| format!("{CHAPTER}{programs}");
    let program =
        |requested: u32| format!("id: q-leap\ntitle: 光・量子\nrequested: {requested}\nprior: 3,650\n");
    git(at, &["init", "-q", "-b", "main"]);
    write(at, "予算/令和5年度/要求 一式.yaml", &chapter("  - 光・量子.yaml\n"));
    write(at, "予算/令和5年度/光・量子.yaml", &program(4_600));
    write(at, "予算/令和5年度/.下書き.yaml", "no: chapter\n");
    write(at, "README.md", "# 予算\n");
    git(at, &["add", "."]);
    git(at, &["commit", "-q", "-m", "最初の案"]);
    write(at, "予算/令和5年度/光・量子.yaml", &program(4_668));
    git(at, &["commit", "-q", "-a", "-m", "増額"]);
    git(at, &["tag", "増額後"]);
    write(at, "予算/令和5年度/要求 一式.yaml", &chapter("  - 光・量子.yaml\n  - ../共通/数理.yaml\n"));
    write(at, "予算/共通/数理.yaml", "id: math\ntitle: 数理融合\nrequested: 202\nprior: 新規\n");
    git(at, &["add", "."]);
    git(at, &["commit", "-q", "-m", "数理を加える"]);
    folder
}

#[test]
fn two_years_of_the_reference_chapter() {
    let run = here(&["diff", "budgets/fy2022", "budgets/fy2023"]);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    insta::assert_snapshot!("fy2022_fy2023", run.out);
    let other = here(&["diff", "budgets", "--years", "R4:R5"]);
    assert_eq!(other.out, run.out);
    let run = here(&["diff", "budgets/fy2023", "budgets/fy2024", "--lang", "en"]);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    insta::assert_snapshot!("fy2023_fy2024_in_english", run.out);
    let run = here(&["diff", "budgets/fy2023", "budgets/fy2023", "--columns", "prior:requested"]);
    insta::assert_snapshot!("fy2023_prior_requested", run.out);
    let run = here(&["diff", "budgets/demo-en", "budgets/demo-en", "--columns", "prior:requested"]);
    insta::assert_snapshot!("demo_prior_requested", run.out);
}

#[test]
fn the_readmes_show_what_is_printed() {
    let run = here(&["diff", "budgets/fy2023", "budgets/fy2024", "--columns", "requested"]);
    let (shown, _) = run.out.split_once("\n文言の変更").unwrap();
    for readme in [include_str!("../../README.md"), include_str!("../../README.ja.md")] {
        assert!(readme.replace("\r\n", "\n").contains(shown), "{shown}");
    }
}

#[test]
fn one_line_a_chapter() {
    let lines: Vec<String> =
        [("fy2022", "fy2023"), ("fy2023", "fy2024"), ("fy2022", "fy2024"), ("fy2023", "fy2022")]
            .iter()
            .map(|(old, new)| {
                let (old, new) = (format!("budgets/{old}"), format!("budgets/{new}"));
                let run = here(&["diff", &old, &new, "--stat"]);
                let skips_a_year = old.ends_with('2') && new.ends_with('4');
                assert_eq!((run.code, run.err.contains("no file of FY2023 was read")), (1, skips_a_year));
                assert!(skips_a_year || run.err.is_empty(), "{}", run.err);
                run.out
            })
            .collect();
    insta::assert_snapshot!(lines.concat());
}

#[test]
fn the_same_is_nothing_and_code_0() {
    let run = here(&["diff", "budgets", "budgets"]);
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "", ""));
    let run = here(&["diff", "budgets", "budgets", "--stat"]);
    assert_eq!(run.code, 0);
    insta::assert_snapshot!("stat_of_the_same", run.out);
    let run = here(&["diff", "budgets/demo-en", "budgets/demo-en", "--all"]);
    assert_eq!(run.code, 0);
    insta::assert_snapshot!("all_of_the_same", run.out);
}

#[test]
fn a_folder_is_compared_with_the_last_commit() {
    let folder = repository();
    let at = folder.path();
    let run = |arguments: &[&str]| run_in(at, arguments);
    let fine = run(&["diff", "予算"]);
    assert_eq!((fine.code, fine.out.as_str(), fine.err.as_str()), (0, "", ""));
    write(at, "予算/共通/数理.yaml", "id: math\ntitle: 数理融合研究\nrequested: 210\nprior: 新規\n");
    let changed = run(&["diff", "予算"]);
    assert_eq!((changed.code, changed.err.as_str()), (1, ""));
    insta::assert_snapshot!("work_tree", changed.out);
    // From inside the folder, and from one file alone, it is the same.
    let inside = run_in(&at.join("予算"), &["diff", "."]);
    assert_eq!((inside.code, inside.out), (1, changed.out.clone()));
    let file = run(&["diff", "予算/令和5年度/要求 一式.yaml"]);
    assert_eq!((file.code, file.out), (1, changed.out.clone()));
    let absolute = at.join("予算");
    let absolute = run(&["diff", absolute.to_str().unwrap()]);
    assert_eq!((absolute.code, absolute.out), (1, changed.out));
}

#[test]
fn revisions_are_compared_whatever_their_names() {
    let folder = repository();
    let at = folder.path();
    let run = |arguments: &[&str]| run_in(at, arguments);
    let range = run(&["diff", "--rev", "HEAD~2..HEAD", "予算"]);
    assert_eq!((range.code, range.err.as_str()), (1, ""));
    insta::assert_snapshot!("revisions", range.out);
    for arguments in [
        ["diff", "HEAD~2:予算", "HEAD:予算"],
        ["diff", "HEAD~2:予算/令和5年度", "予算"],
        ["diff", "HEAD~2:./予算", "main:予算/令和5年度/要求 一式.yaml"],
    ] {
        let same = run(&arguments);
        assert_eq!(
            (same.code, same.out.as_str(), same.err.as_str()),
            (1, range.out.as_str(), ""),
            "{arguments:?}"
        );
    }
    let tagged = run(&["diff", "--rev", "増額後..", "予算", "--stat"]);
    insta::assert_snapshot!("tagged", tagged.out);
    let with_disk = run(&["diff", "--rev", "増額後", "予算", "--stat"]);
    assert_eq!(with_disk.out, tagged.out);
    git(at, &["branch", "別案", "HEAD~1"]);
    let parted = run(&["diff", "--rev", "HEAD...別案", "予算"]);
    assert_eq!((parted.code, parted.out.as_str()), (0, ""));
}

#[test]
fn what_cannot_be_found_is_said_plainly() {
    let folder = repository();
    let at = folder.path();
    let outside = TempDir::new().unwrap();
    write(
        outside.path(),
        "a.yaml",
        &format!("{CHAPTER}  - {{id: a, title: 事業, requested: 5, prior: 4}}\n"),
    );
    write(at, "壊れた/a.yaml", &format!("{CHAPTER}  - {{id: a, title: 事業, requested: 五, prior: 4}}\n"));
    let mut said = String::new();
    for arguments in [
        &["diff", "nowhere:予算", "予算"][..],
        &["diff", "--rev", "nowhere..HEAD", "予算"],
        &["diff", "--rev", "-x", "予算"],
        &["diff", "HEAD:無い", "予算"],
        &["diff", "HEAD:README.md", "予算"],
        &["diff", "無い", "予算"],
        &["diff", "../elsewhere"],
        &["diff", "HEAD:予算"],
        &["diff", "予算", "予算", "--rev", "HEAD"],
        &["diff", "予算", "予算", "--years", "R9:R10"],
        &["diff", "予算", "予算", "--years", "9"],
        &["diff", "予算", "予算", "--stages", "draft"],
        &["diff", "予算", "予算", "--columns", "sum"],
        &["diff", "予算", "予算", "--fail-on", "growth>5%"],
        &["diff", "予算", "壊れた"],
    ] {
        let run = run_in(at, arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}");
        said.push_str(&format!("$ gaisan {}\n{}\n", arguments.join(" "), run.err));
    }
    let run = run_in(outside.path(), &["diff", "a.yaml"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    said.push_str(&format!("$ gaisan diff a.yaml   (in no repository)\n{}", run.err));
    insta::assert_snapshot!(said);
}

#[test]
fn thresholds_decide_the_exit_code() {
    let years = ["budgets/fy2023", "budgets/fy2024"];
    let fail_on = |limits: &[&str]| {
        let limits = limits.iter().flat_map(|limit| ["--fail-on", limit]);
        let arguments: Vec<&str> =
            ["diff"].into_iter().chain(years).chain(["--stat"]).chain(limits).collect();
        here(&arguments)
    };
    let fine = fail_on(&["increase>5%", "discontinuity", "new"]);
    assert_eq!((fine.code, fine.err.as_str()), (0, ""));
    let passed = fail_on(&["increase>1.5%", "decrease>5億円", "total-decrease>3%"]);
    assert_eq!(passed.code, 1);
    insta::assert_snapshot!(passed.err);
}

#[test]
fn errors_in_sums_are_said_and_figures_compared_as_stated() {
    let folder = TempDir::new().unwrap();
    let chapter = |sum: u32| CHAPTER.replace("breakdown", &format!("requested: {sum}\nprior: 4\nbreakdown"));
    let program = "  - {id: a, title: 事業, requested: 5, prior: 4}\n";
    write(folder.path(), "old.yaml", &format!("{}{program}", chapter(6)));
    write(folder.path(), "new.yaml", &format!("{}{program}", chapter(5)));
    let run = run_in(folder.path(), &["diff", "old.yaml", "new.yaml"]);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(format!("{}{}", run.err, run.out));
}

#[test]
fn a_sheet_of_a_revision_is_compared_by_the_data_inside_it() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    let text = |amount: u32| format!("{CHAPTER}  - {{id: a, title: 事業, requested: {amount}, prior: 50}}\n");
    write(at, "budgets/a.yaml", &text(60));
    assert_eq!(run_in(at, &["build", "--format", "html,pdf"]).code, 0);
    git(at, &["init", "-q", "-b", "main"]);
    git(at, &["add", "-f", "."]);
    git(at, &["commit", "-q", "-m", "提出"]);
    fs::remove_dir_all(at.join("output")).unwrap();
    let diff = |sheet: &str| run_in(at, &["diff", &format!("HEAD:output/fy2023/mext-5/{sheet}"), "budgets"]);
    assert_eq!(diff("a.pdf").code, 0);
    write(at, "budgets/a.yaml", &text(75));
    for sheet in ["a.pdf", "a.html", "overview.pdf"] {
        let run = diff(sheet);
        assert_eq!(run.code, 1, "{}", run.err);
        assert!(run.out.contains("25.0%"), "{}", run.out);
    }
    let gone = diff("b.pdf");
    assert_eq!(gone.code, 2);
    assert!(gone.err.contains("there is no `output/fy2023/mext-5/b.pdf` at `HEAD`"), "{}", gone.err);
}

#[test]
fn sheets_are_compared_by_the_data_inside_them() {
    let out = TempDir::new().unwrap();
    let at = out.path();
    let built = here(&[
        "build",
        "budgets/fy2022",
        "budgets/fy2023",
        "--format",
        "html,pdf",
        "--out",
        at.to_str().unwrap(),
    ]);
    assert!(built.code < 2, "{}", built.err);
    let sheet = |name: &str| at.join(name).display().to_string();
    for (old, new, code) in [
        (sheet("fy2022/mext-5/q-leap.pdf"), "budgets/fy2022".to_owned(), 0),
        (sheet("fy2022/mext-5/q-leap.html"), sheet("fy2022/mext-5/q-leap.pdf"), 0),
        (sheet("fy2022/mext-5/overview.pdf"), "budgets/fy2022".to_owned(), 0),
        ("budgets/fy2022".to_owned(), sheet("fy2023/mext-5/q-leap.pdf"), 1),
        (sheet("fy2022/mext-5/q-leap.pdf"), sheet("fy2023/mext-5/arim.pdf"), 2),
        (sheet("index.html"), "budgets/fy2022".to_owned(), 2),
    ] {
        let run = here(&["diff", &old, &new]);
        assert_eq!(run.code, code, "{old} {new}\n{}{}", run.out, run.err);
        assert_eq!(run.out.is_empty(), code != 1, "{old} {new}\n{}", run.out);
    }
    let run = here(&["diff", &sheet("fy2022/mext-5/q-leap.pdf"), "budgets/fy2023", "--columns", "requested"]);
    assert!(
        run.out.contains("4,592") && run.out.contains("4,668") && !run.out.contains("終了"),
        "{}",
        run.out
    );
    // What was changed inside is not compared.
    let page = sheet("fy2022/mext-5/q-leap.html");
    let text = fs::read_to_string(&page).unwrap();
    let place = text.rfind("requested: 4,592").unwrap();
    fs::write(&page, format!("{}requested: 9,592{}", &text[..place], &text[place + 16..])).unwrap();
    let run = here(&["diff", &page, "budgets/fy2022"]);
    assert!(run.code == 2 && run.out.is_empty() && run.err.contains("was changed"), "{}{}", run.out, run.err);
}

#[test]
fn a_year_between_is_read_on_either_side_or_said_to_be_missing_once() {
    let folder = tempfile::tempdir().unwrap();
    let chapter = |year: u16, id: &str, more: &str| {
        let text = format!(
            "gaisan: 1\nid: c\ntitle: 章\nministry: 庁\nfiscal_year: {year}\nstage: request\nunit: 百万円\nbreakdown: complete\n{more}programs:\n  - {{id: {id}, title: 事業, requested: {year}, prior: 4}}\n"
        );
        write(folder.path(), &format!("budgets/{year}/c.yaml"), &text);
    };
    chapter(2022, "a", "");
    chapter(2023, "b", "crosswalk: [{kind: renamed, from: a, to: b}]\n");
    chapter(2024, "c1", "crosswalk: [{kind: renamed, from: b, to: c1}]\n");
    let diff = |arguments: &[&str]| {
        let run = run_in(folder.path(), &[&["diff"], arguments].concat());
        (run.out, run.err)
    };
    let (out, err) = diff(&["budgets", "--years", "2022:2024"]);
    assert!(out.contains("2,022") && out.contains("名称変更") && err.is_empty(), "{out}{err}");
    let (out, err) = diff(&["budgets/2022", "budgets", "--years", "2022:2024"]);
    assert!(out.contains("名称変更") && err.is_empty(), "{out}{err}");
    let (out, err) = diff(&["budgets/2022", "budgets/2024"]);
    assert!(!out.contains("名称変更"), "{out}");
    assert_eq!(err.matches("no file of FY2023 was read").count(), 1, "{err}");
}
