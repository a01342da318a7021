//! Nothing that gaisan prints on a terminal carries what a file has for the terminal to obey, whatever the file and whatever is said of it.

use std::fs;
use std::path::Path;

use gaisan::source::{Unseen, unseen};
use tempfile::TempDir;

use super::{copy_chapter, files};
use crate::support;

/// A color that gaisan has no use for, and what else a terminal obeys: a bell, a backspace, a form feed, a deletion, a C1 code, an order of
/// reading turned round, a byte order mark.
const OBEYED: &str = r"\e[7m\a\b\f\x7f\x9b\u202E\uFEFF";

/// Puts it into every value between quotes, and into every plain one behind a key.
fn spoiled(text: &str, keys: &[&str]) -> String {
    let line = |line: &str| match line.split_once(": ") {
        Some((key, value))
            if keys.contains(&key.trim().trim_start_matches("- "))
                && !value.starts_with(['{', '[', '|', '&']) =>
        {
            let value = value.trim_matches(['"', '\'']).replace('"', "");
            format!("{key}: \"{value}{OBEYED}\"\n")
        }
        _ => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

/// What a run printed with colors, once it is known that nothing in it is obeyed but colors of our own.
fn printed(folder: &Path, arguments: &[&str]) -> String {
    let mut command = support::gaisan();
    command.args(["--color", "always"]).args(arguments).current_dir(folder);
    let output = command.output().unwrap();
    let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert!(!text.contains("panicked") && output.status.code().is_some(), "{arguments:?}: {text}");
    assert!(!text.contains("\u{1b}[7m"), "{arguments:?} passes a color on: {text:?}");
    for (at, character) in text.char_indices() {
        let is_color =
            text[at..].starts_with("\u{1b}[") && text[at + 2..].starts_with(|c: char| c.is_ascii_digit());
        let is_obeyed = matches!(unseen(character), Some((Unseen::Misleading, _))) && !is_color;
        let before =
            text[..at].chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect::<String>();
        assert!(!is_obeyed, "{arguments:?} prints {character:?} behind {before:?}");
    }
    text
}

/// Two years of a chapter with some values spoiled.
fn project(keys: &[&str]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for name in ["old", "budgets"] {
        copy_chapter(&folder.path().join(name));
    }
    for (name, bytes) in files(&folder.path().join("budgets")) {
        if let Ok(text) = String::from_utf8(bytes) {
            fs::write(folder.path().join("budgets").join(name), spoiled(&text, keys)).unwrap();
        }
    }
    folder
}

#[test]
fn no_value_of_a_budget_file_is_obeyed_by_the_terminal() {
    let texts = ["title", "period", "text", "source", "name", "ministry", "label", "period", "what", "alt"];
    let all =
        ["id", "unit", "fiscal_year", "stage", "requested", "prior", "lang", "include", "kind", "gaisan"];
    let mut said = String::new();
    for keys in [&texts[..], &all, &["title", "requested"]] {
        let project = project(keys);
        let folder = project.path();
        for arguments in [
            &["check", "budgets"][..],
            &["check", "budgets", "--output-format", "concise"],
            &["check", "budgets", "--output-format", "json"],
            &["check", "budgets", "--output-format", "sarif"],
            &["check", "budgets", "--output-format", "github"],
            &["check", "budgets", "--statistics"],
            &["check", "budgets", "--fix", "--suggested", "--diff"],
            &["check", "budgets", "--lang", "ja"],
            &["ls"],
            &["ls", "--lang", "en"],
            &["show", "q-leap"],
            &["show", "q-leap\u{1b}[7m\u{7}"],
            &["diff", "old", "budgets"],
            &["diff", "old", "budgets", "--stat"],
            &["diff", "old", "budgets", "--output-format", "json"],
            &["diff", "old", "budgets", "--output-format", "csv"],
            &["diff", "old", "budgets", "--output-format", "md"],
            &["diff", "old", "budgets", "--fail-on", "total>1"],
            &["build", "--format", "md"],
            &["build", "--explain-layout"],
            &["export", "--to", "out.csv"],
            &["fmt", "--diff"],
            &["roll", "budgets"],
        ] {
            said.push_str(&printed(folder, arguments));
        }
    }
    for shown in ["\\u001B[7m", "\\u202E", "<U+001B>", "U+202E RIGHT-TO-LEFT", "\"message\""] {
        assert!(said.contains(shown), "{shown} is nowhere");
    }
}

#[test]
fn no_name_of_a_file_and_no_argument_is_obeyed_by_the_terminal() {
    const NAME: &str = "x\u{1b}[7m\u{7}\u{202E}\nerror: forged";
    let project = project(&[]);
    let folder = project.path();
    fs::create_dir(folder.join(NAME)).unwrap();
    copy_chapter(&folder.join(NAME));
    let file = format!("{NAME}/{NAME}.yaml");
    fs::write(folder.join(&file), "gaisan: 1\nid: a b\n").unwrap();
    for (name, bytes) in [("a.csv", "x\n"), ("a.pdf", "%PDF-1.7"), ("a.tera", "{{"), ("a.xlsx", "PK\x03\x04")]
    {
        fs::write(folder.join(format!("{NAME}/{NAME}{name}")), bytes).unwrap();
    }
    let inside = |ending: &str| format!("{NAME}/{NAME}{ending}");
    let mut said = String::new();
    for arguments in [
        &["check", NAME][..],
        &["check", &file, "--output-format", "concise"],
        &["check", "--output-format", "github", NAME],
        &["build", NAME, "--out", NAME],
        &["build", NAME, "--config", NAME],
        &["build", "budgets", "--templates", NAME],
        &["build", "budgets", "--out", &file],
        &["build", "budgets", "--format", NAME],
        &["build", "no", NAME, "--no-such-option\u{1b}[7m"],
        &["verify", &inside("a.pdf"), "--manifest", NAME],
        &["verify", &inside("a.pdf"), "no\u{1b}[7m.pdf"],
        &["verify", NAME],
        &["import", &inside("a.csv"), &inside("a.xlsx")],
        &["import", NAME],
        &["ls", NAME],
        &["show", NAME],
        &["diff", NAME, "budgets"],
        &["diff", "budgets", "budgets", "--fail-on", NAME],
        &["release", "--out", NAME],
        &["manifest", "merge", NAME, "--out", NAME],
        &["export", NAME, "--to", &format!("{NAME}.csv")],
        &["roll", NAME],
        &["new", NAME],
        &["init", NAME],
        &["fmt", NAME],
        &["rules", NAME],
        &["templates", "--write", "--dir", &file],
        &["man", NAME],
        &[NAME],
    ] {
        let text = printed(folder, arguments);
        // What somebody has typed may stand on lines of its own, what a file is called may not.
        let is_typed = |it: &&str| ["show", "rules", "man", "new", NAME].contains(it);
        let is_typed = arguments.iter().take(1).any(is_typed)
            || arguments.iter().skip(1).any(|it| it.starts_with("--f"));
        let is_forged = text.lines().any(|line| line.starts_with("error: forged"));
        assert!(is_typed || !is_forged, "{arguments:?}: {text}");
        said.push_str(&text);
    }
    for shown in ["<U+001B>", "<U+202E>", "<U+000A>"] {
        assert!(said.contains(shown), "{shown} is nowhere");
    }
}

#[test]
fn nothing_in_a_table_or_a_sheet_is_obeyed_by_the_terminal() {
    const CELL: &str = "x\u{1b}[7m\u{7}\u{7f}\u{9b}\u{202E}\u{FEFF}";
    let project = project(&[]);
    let folder = project.path();
    fs::write(
        folder.join("a.csv"),
        format!("事項{CELL},R9要求額(千円){CELL},備考{CELL}\n甲{CELL},5{CELL},{CELL}\n計{CELL},7,\n"),
    )
    .unwrap();
    let mut said = String::new();
    for arguments in [
        &["import", "a.csv"][..],
        &["import", "a.csv", "--dry-run"],
        &["check", "a.csv"],
        &["build", "--format", "html", "--out", "output"],
    ] {
        said.push_str(&printed(folder, arguments));
    }
    let page = folder.join("output/fy2022/mext-5/q-leap.html");
    let text = fs::read_to_string(&page).unwrap();
    fs::write(&page, text.replace("fy2022/mext-5/q-leap", &format!("fy2022/{CELL}/q-leap"))).unwrap();
    let manifest = folder.join("output/manifest.json");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, text.replace("q-leap.html", "q\\u001b[7m\\u202e.html")).unwrap();
    for arguments in [
        &["verify", "output"][..],
        &["verify", "output/fy2022/mext-5/q-leap.html", "--output-format", "json"],
        &["verify", "--manifest", "output/manifest.json"],
        &["build", "--check"],
        &["diff", "output/fy2022/mext-5/q-leap.html", "budgets"],
    ] {
        said.push_str(&printed(folder, arguments));
    }
    assert!(said.contains("\\u001B[7m") || said.contains("<U+001B>"), "{said}");
}
