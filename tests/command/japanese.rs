//! An officer who reads no English: from an empty folder over slips of the hand to a finished sheet, the help of every command, and how the
//! language is chosen.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::support::{gaisan, validate};

struct Run {
    code: i32,
    said: String,
}

fn japanese(folder: &Path, arguments: &[&str]) -> Run {
    run(command(folder, arguments).env("GAISAN_LANG", "ja"))
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = gaisan();
    command.current_dir(folder).args(arguments).env("NO_COLOR", "1").env("COLUMNS", "100");
    for name in ["GAISAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(name);
    }
    command
}

fn run(command: &mut Command) -> Run {
    let output = command.output().unwrap();
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    Run { code: output.status.code().unwrap(), said }
}

/// The lines with two English words side by side that are neither quoted nor a part of a file.
fn english(text: &str) -> Vec<&str> {
    let is_word = |word: &str| word.len() > 1 && word.bytes().all(|it| it.is_ascii_lowercase());
    let is_said = |line: &&str| {
        !line.contains(" │") && !line.trim_start_matches("使い方: ").trim_start().starts_with("gaisan")
    };
    text.lines()
        .filter(is_said)
        .filter(|line| {
            let bare: Vec<&str> = line.split(['「', '」', '『', '』']).step_by(2).collect();
            bare.iter().any(|part| {
                let words: Vec<&str> = part.split(' ').collect();
                words.windows(2).any(|pair| is_word(pair[0]) && is_word(pair[1]))
            })
        })
        .collect()
}

#[test]
fn the_help_of_every_command_is_in_japanese() {
    let folder = TempDir::new().unwrap();
    let all = japanese(folder.path(), &["--help"]).said;
    let commands = all.lines().filter_map(|line| line.strip_prefix("  ")?.split_once("  ").map(|it| it.0));
    let commands: Vec<&str> = commands
        .filter(|name| !matches!(*name, "" | "help") && name.bytes().all(|it| it.is_ascii_lowercase()))
        .collect();
    assert!(commands.len() > 17, "{all}");
    for name in commands.into_iter().chain(["manifest merge", "new program"]) {
        for option in ["-h", "--help"] {
            let arguments: Vec<&str> = name.split(' ').chain([option]).collect();
            let help = japanese(folder.path(), &arguments);
            assert_eq!((help.code, english(&help.said)), (0, Vec::new()), "{}", help.said);
        }
    }
}

#[test]
fn a_wrong_command_line_is_told_in_japanese() {
    let folder = TempDir::new().unwrap();
    let wrong: [&[&str]; 14] = [
        &["bild"],
        &["check", "--foo"],
        &["build", "--format", "doc"],
        &["roll", "x"],
        &["show"],
        &["release", "--date", "今日"],
        &["build", "--force", "--check"],
        &["check", "nowhere"],
        &["chek"],
        &["diff", "a", "b", "c"],
        &["roll", "x", "--to", "X"],
        &["roll", "x", "--to", "令和七年度"],
        &["import", "x.csv", "--to", "y", "--year", "foo"],
        &["rules", "E9999"],
    ];
    let said: Vec<String> = wrong.iter().map(|arguments| japanese(folder.path(), arguments).said).collect();
    insta::assert_snapshot!(said.join("----\n"));
}

/// Words of the author's stay as they are written, in excerpts as in cures.
#[test]
fn what_is_quoted_stays_as_it_is() {
    let folder = TempDir::new().unwrap();
    let text = "gaisan: 1\nid: c\ntitle: Q-LEAP: 飛躍\n";
    std::fs::write(folder.path().join("a.yaml"), text).unwrap();
    for arguments in [&["diff", "a.yaml", "a.yaml", "--lang", "ja"][..], &["check", "a.yaml"]] {
        let run = japanese(folder.path(), arguments);
        let shown = run.said;
        assert!(shown.contains("3 │ title: Q-LEAP: 飛躍"), "{shown}");
        assert!(shown.contains("「title: 'Q-LEAP: 飛躍'」"), "{shown}");
    }
}

#[test]
fn what_was_meant_on_the_command_line_is_found_or_named() {
    let folder = TempDir::new().unwrap();
    let bare = japanese(folder.path(), &[]);
    assert!(english(&bare.said).is_empty() && bare.said.contains("check        "), "{}", bare.said);
    assert!(japanese(folder.path(), &["init", "yosan", "--year", "R9"]).code == 0);
    let project = folder.path().join("yosan");
    for (arguments, code, said) in [
        (&["check", "budget"][..], 2, "  「budgets」の誤りではありませんか？\n"),
        (
            &["check", "budgets/fy2027/chapter-1/request.yml"],
            2,
            "  「budgets/fy2027/chapter-1/request.yaml」の誤りではありませんか？\n",
        ),
        (&["show", "事業A"], 0, "budgets/fy2027/chapter-1/program-a.yaml:2\n"),
        (&["show", "Ｐｒｏｇｒａｍ－ａ"], 0, "budgets/fy2027/chapter-1/program-a.yaml:2\n"),
        (&["build", "--format", "PDF"], 0, "資料3件"),
        (&["--lang", "jp", "check"], 2, "'--lang <LANG>'に'jp'という値は指定できません"),
        (&["check", "--output-format", "text"], 2, "に'text'という値は指定できません"),
        (&["build", "--jobs", "many"], 2, "整数ではありません"),
        (&["check", "--allow", "E0201"], 2, "はエラーのため、無視することはできません"),
        (
            &["check", "budgets/fy2027/chapter-1/request.yaml:12:3"],
            2,
            "  「budgets/fy2027/chapter-1/request.yaml」の誤りではありませんか？\n",
        ),
        (&["check", "budgets\\fy2027"], 2, "  「budgets/fy2027」の誤りではありませんか？\n"),
        (&["rules", "203"], 2, "「W0203」の誤りではありませんか？"),
        (
            &["check", "budgets/fy2027/chapter-1/program-a.yaml"],
            2,
            "これを含む「budgets/fy2027/chapter-1/request.yaml」を指定してください",
        ),
        (&["man"], 0, ".SH 名前\ngaisan - YAMLで書いた概算要求から"),
    ] {
        let run = japanese(&project, arguments);
        assert_eq!(run.code, code, "{arguments:?}: {}", run.said);
        assert!(run.said.contains(said) && english(&run.said).is_empty(), "{arguments:?}: {}", run.said);
    }
    let listed = japanese(&project, &["ls", "nowhere"]);
    assert_eq!(listed.said.matches("エラー").count(), 1, "{}", listed.said);
}

/// Who begins with an empty file is shown the smallest chapter, which can be copied.
#[test]
fn the_smallest_chapter_is_shown_as_it_is_to_be_written() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.yaml"), "").unwrap();
    let said = japanese(folder.path(), &["check", "a.yaml"]).said;
    let shown: Vec<&str> = said.lines().filter_map(|line| line.strip_prefix("    ")).collect();
    fs::write(folder.path().join("b.yaml"), shown.join("\n")).unwrap();
    let checked = japanese(folder.path(), &["check", "b.yaml"]);
    assert_eq!(checked.code, 0, "{said}\n{}", checked.said);
}

/// What is done to a file: its name, what stands there, and the slip.
const SLIPS: [(&str, &str, &str); 10] = [
    ("request.yaml", "requested: 3,000", "requested: 3,300"),
    ("program-a.yaml", "requested: 600", "reqested: 600"),
    ("program-a.yaml", "requested: 2,600", "requested:　2,600"),
    ("program-a.yaml", "prior: 2,400", "prior: 約2,400"),
    ("program-b.yaml", "prior: 新規", "prior: 皆増"),
    ("request.yaml", "fiscal_year: 令和9年度", "fiscal_year: 令和9年"),
    ("request.yaml", "unit: 百万円", "unit: 百万"),
    ("request.yaml", "stage: 概算要求", "stage: 8月要求"),
    ("program-b.yaml", "summary: |\n  ", "summary: 事業: "),
    ("request.yaml", "  - program-b.yaml", "  - programb.yaml"),
];

#[test]
fn an_officer_goes_from_nothing_over_ten_slips_to_proven_sheets_in_japanese() {
    let folder = TempDir::new().unwrap();
    let made = japanese(folder.path(), &["init", "yosan", "--year", "R9"]);
    assert_eq!(made.code, 0, "{}", made.said);
    let project = folder.path().join("yosan");
    let mut told = made.said;
    for (name, right, wrong) in SLIPS {
        let path = project.join("budgets/fy2027/chapter-1").join(name);
        let before = fs::read_to_string(&path).unwrap();
        assert!(before.contains(right), "{right}");
        fs::write(&path, before.replacen(right, wrong, 1)).unwrap();
        let check = japanese(&project, &["check"]);
        assert_eq!(check.code, 1, "{wrong}: {}", check.said);
        assert_eq!(english(&check.said), Vec::<&str>::new(), "{wrong}");
        told.push_str(&format!("\n======== {wrong}\n{}", check.said));
        fs::write(&path, before).unwrap();
    }
    let built = japanese(&project, &["build"]);
    let proven = japanese(&project, &["verify", "output"]);
    assert_eq!((built.code, proven.code), (0, 0), "{}{}", built.said, proven.said);
    let timed = built.said.split_once("（").map_or(built.said.as_str(), |(said, _)| said);
    assert_eq!(timed, "資料3件、12ファイル、エラー0件、警告0件");
    assert!(proven.said.ends_with("6ファイル：一致6件、不一致0件\n"), "{}", proven.said);
    insta::assert_snapshot!(told);
}

#[test]
fn the_language_is_that_of_the_option_then_of_gaisan_lang_then_of_the_locale() {
    let folder = TempDir::new().unwrap();
    let said = |variables: &[(&str, &str)], arguments: &[&str]| {
        let mut command = command(folder.path(), arguments);
        run(command.envs(variables.iter().copied())).said
    };
    let ja = |said: String| said.contains("読み取れません");
    assert!(!ja(said(&[], &["check", "x"])));
    assert!(ja(said(&[("LANG", "ja_JP.UTF-8")], &["check", "x"])));
    assert!(ja(said(&[("LANG", "C"), ("LC_MESSAGES", "ja_JP.UTF-8")], &["check", "x"])));
    assert!(!ja(said(&[("LANG", "ja_JP.UTF-8"), ("LC_ALL", "C.UTF-8")], &["check", "x"])));
    assert!(ja(said(&[("GAISAN_LANG", "ja"), ("LC_ALL", "C")], &["check", "x"])));
    assert!(!ja(said(&[("GAISAN_LANG", "ja")], &["check", "x", "--lang", "en"])));
    assert!(ja(said(&[], &["check", "--lang=ja", "x"])) && ja(said(&[], &["--lang", "ja", "check", "x"])));
    // Where sheets are made, `--lang` behind the command is the sheets' language.
    assert!(!ja(said(&[], &["build", "x", "--lang", "ja"])));
    assert!(ja(said(&[], &["--lang", "ja", "build", "x", "--lang", "en"])));
    let wrong = said(&[("GAISAN_LANG", "fr")], &["check", "x"]);
    assert!(wrong.contains("invalid value 'fr' for '--lang <LANG>'"), "{wrong}");
    let wrong = said(&[("GAISAN_LANG", "fr"), ("LANG", "ja_JP.UTF-8")], &["check", "x"]);
    assert!(wrong.contains("に'fr'という値は指定できません"), "{wrong}");
    for arguments in [&["check", "x", "--lang", "fr"][..], &["new", "program", "x", "--in", "y", "--lang=fr"]]
    {
        let wrong = said(&[], arguments);
        assert!(wrong.contains("invalid value 'fr' for '--lang <LANG>'"), "{wrong}");
    }
    // A variable that is empty is none.
    assert!(ja(said(&[("GAISAN_LANG", ""), ("GAISAN_COLOR", ""), ("LANG", "ja_JP.UTF-8")], &["check", "x"])));
    let empty = ["GAISAN_OUT", "GAISAN_FORMAT", "GAISAN_JOBS", "GAISAN_TEMPLATES"].map(|name| (name, ""));
    assert!(!ja(said(&empty, &["build", "x"])) && said(&empty, &["build", "x"]).contains("cannot read"));
}

#[test]
fn programs_get_the_english_text_with_the_japanese_beside_it() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.yaml"), "gaisan: 1\nid: a\n").unwrap();
    let json = japanese(folder.path(), &["check", "a.yaml", "--output-format", "json"]).said;
    validate("docs/schema/findings.schema.json", &json);
    assert!(json.contains("\"message\": \"this chapter has no `title`\""), "{json}");
    assert!(json.contains("\"message\": \"章に「title」がありません\""), "{json}");
    let sarif = japanese(folder.path(), &["check", "a.yaml", "--output-format", "sarif"]).said;
    assert!(
        sarif.contains("this chapter has no `title`") && sarif.contains("章に「title」がありません"),
        "{sarif}"
    );
    let english = run(&mut command(folder.path(), &["check", "a.yaml", "--output-format", "json"])).said;
    assert!(!english.contains("\"ja\""), "{english}");
}
