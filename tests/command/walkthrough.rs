//! Manuals that tell a way step by step: every command in their `console` blocks is run, one after another in one folder, and shows
//! what the manual shows.

use std::path::Path;
use std::process::Command;

/// Runs the commands of a manual, and gives the manual with what they really show.
fn walked(manual: &str, folder: &Path) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_gaisan"));
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let mut folder = folder.to_path_buf();
    let mut out = String::new();
    let mut is_console = false;
    for line in manual.lines() {
        match line {
            "```console" => is_console = true,
            "```" => is_console = false,
            _ => {}
        }
        if is_console && !line.starts_with("$ ") && line != "```console" {
            continue;
        }
        out.push_str(line);
        out.push('\n');
        let Some(command) = line.strip_prefix("$ ").filter(|_| is_console) else { continue };
        if let Some(to) = command.strip_prefix("cd ") {
            folder.push(to);
            continue;
        }
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("{command} 2>&1")]).current_dir(&folder);
        shell.env("PATH", &path).env("COLUMNS", "100").env("NO_COLOR", "1").env("LC_ALL", "C.UTF-8");
        let shown = shell.output().unwrap().stdout;
        for line in String::from_utf8(shown).unwrap().lines() {
            // How long something took is another time each time.
            let timed = line.rsplit_once(" in ").filter(|(_, time)| time.ends_with(" s") && time.len() < 8);
            out.push_str(&timed.map_or(line.to_owned(), |(said, _)| format!("{said} in 0.1 s")));
            out.push('\n');
        }
    }
    out
}

fn walk(name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
    let manual = std::fs::read_to_string(&path).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let shown = walked(&manual, folder.path());
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        std::fs::write(&path, &shown).unwrap();
    }
    similar_asserts::assert_eq!(manual, shown, "docs/{name}");
}

#[test]
fn a_new_project_and_a_new_year_go_as_the_manual_says() {
    walk("year.md");
}
