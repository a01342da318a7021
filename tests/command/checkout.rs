//! One commit has one edition on every machine, whatever line ends a checkout gives to its files.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::batch::{contents, said_of};
use crate::diff_command::{away, git};
use crate::verify::RICH;

const PICTURE: &str =
    "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>\n<circle cx='4' cy='4' r='3'/>\n</svg>\n";

/// Runs gaisan away from the settings of whoever tests.
fn gaisan(folder: &Path, arguments: &[&str]) -> (i32, String) {
    said_of(away(&mut crate::batch::command(folder, arguments)))
}

fn write(folder: &Path, name: &str, text: &str) {
    fs::create_dir_all(folder.join(name).parent().unwrap()).unwrap();
    fs::write(folder.join(name), text).unwrap();
}

/// A repository with a chapter, a picture, a template and everything that is built of them.
fn origin() -> TempDir {
    let origin = TempDir::new().unwrap();
    let at = origin.path();
    write(at, "budgets/request.yaml", &format!("{RICH}revision: 1\n"));
    write(at, "budgets/p.svg", PICTURE);
    write(at, "templates/sheet.md.tera", "{# ours #}\n{% extends \"builtin/sheet.md.tera\" %}\n");
    write(at, ".gitignore", "output/.gaisan\n");
    let (code, said) = gaisan(at, &["build"]);
    assert_eq!(code, 0, "{said}");
    git(at, &["init", "-q", "-b", "main"]);
    git(at, &["add", "."]);
    git(at, &["commit", "-q", "-m", "要求"]);
    origin
}

/// A clone as Git for Windows makes it, or as others do.
fn clone(origin: &Path, converts: bool) -> TempDir {
    let clone = TempDir::new().unwrap();
    let setting = format!("core.autocrlf={converts}");
    let (from, to) = (origin.to_str().unwrap(), clone.path().to_str().unwrap());
    git(origin, &["clone", "-q", "-c", &setting, from, to]);
    let chapter = fs::read(clone.path().join("budgets/request.yaml")).unwrap();
    assert_eq!(chapter.contains(&b'\r'), converts);
    clone
}

/// What lies in an output folder, but for the manifest, which says the commit.
fn outputs(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut outputs = contents(&folder.join("output"));
    outputs.retain(|name, _| !name.ends_with("manifest.json"));
    outputs
}

#[test]
fn a_commit_has_one_edition_however_it_is_checked_out() {
    let origin = origin();
    let mut released = Vec::new();
    for converts in [false, true] {
        let clone = clone(origin.path(), converts);
        let at = clone.path();
        let (code, said) = gaisan(at, &["build", "--check"]);
        assert_eq!(code, 0, "{said}");
        assert_eq!(said.contains("with the line ends of a checkout"), converts, "{said}");
        assert!(!said.contains("edited by hand"), "{said}");
        let (code, said) = gaisan(at, &["verify", "--manifest", "output/manifest.json"]);
        assert_eq!(code, 0, "{said}");
        let (code, said) = gaisan(at, &["verify", "output"]);
        assert_eq!(code, 0, "{said}");
        let (code, said) = gaisan(at, &["release", "--date", "2025-08-31"]);
        assert_eq!(code, 0, "{said}");
        let frozen = contents(&at.join("output/fy2024/c/r1"));
        assert!(frozen.len() > 10, "{frozen:?}");
        released.push(frozen);
        assert_eq!(gaisan(at, &["build", "--check"]).0, 0);
        fs::remove_dir_all(at.join("output/fy2024/c/r1")).unwrap();

        // A build writes the same bytes everywhere.
        let (code, said) = gaisan(at, &["build"]);
        assert_eq!(code, 0, "{said}");
        assert!(outputs(at) == outputs(origin.path()));
        let (code, said) = gaisan(at, &["diff", "budgets", origin.path().join("budgets").to_str().unwrap()]);
        assert_eq!(code, 0, "{said}");
    }
    assert!(released[0] == released[1]);
}

#[test]
fn what_was_edited_in_a_converted_checkout_is_still_told() {
    let origin = origin();
    let clone = clone(origin.path(), true);
    let at = clone.path();
    let sheet = at.join("output/fy2024/c/p.html");
    let page = fs::read_to_string(&sheet).unwrap();
    for (edited, told) in [
        (page.replacen("事業", "訂正", 1), "edited by hand: fy2024/c/p.html"),
        (page.replacen("\r\n", "\n", 1), "edited by hand: fy2024/c/p.html"),
        (page.replacen("<h1>", "\r<h1>", 1), "edited by hand: fy2024/c/p.html"),
    ] {
        fs::write(&sheet, edited).unwrap();
        let (code, said) = gaisan(at, &["build", "--check"]);
        assert_eq!((code, said.contains(told)), (1, true), "{said}");
        let (code, said) = gaisan(at, &["verify", "output/fy2024/c/p.html"]);
        assert_eq!((code, said.contains("NOT PROVEN")), (1, true), "{said}");
    }
    fs::write(&sheet, page).unwrap();
    let chapter = at.join("budgets/request.yaml");
    let text = fs::read_to_string(&chapter).unwrap();
    fs::write(&chapter, text.replace("title: 次", "title: 先")).unwrap();
    let (code, said) = gaisan(at, &["build", "--check"]);
    assert_eq!((code, said.contains("out of date: fy2024/c/q.html")), (1, true), "{said}");
}

#[test]
fn any_line_ends_make_one_edition() {
    let desk = TempDir::new().unwrap();
    let mut made = Vec::new();
    let mixed: String = RICH
        .split_inclusive('\n')
        .zip(["\r\n", "\n", "\r"].iter().cycle())
        .fold(String::new(), |text, (line, end)| text + line.trim_end_matches('\n') + end);
    let texts = [
        RICH.to_owned(),
        RICH.replace('\n', "\r\n"),
        RICH.replace('\n', "\r"),
        mixed,
        format!("\u{feff}{}", RICH.replace('\n', "\r\n")),
    ];
    for text in &texts {
        write(desk.path(), "request.yaml", text);
        write(desk.path(), "p.svg", &PICTURE.replace('\n', if text.contains('\r') { "\r\n" } else { "\n" }));
        let (code, said) = gaisan(desk.path(), &["build", "request.yaml", "--force"]);
        assert_eq!(code, 0, "{said}");
        made.push(contents(&desk.path().join("output")));
        let (code, said) = gaisan(desk.path(), &["build", "request.yaml"]);
        assert_eq!((code, said.contains("all up to date")), (0, true), "{said}");
    }
    assert!(made.windows(2).all(|pair| pair[0] == pair[1]));
}

#[cfg(unix)]
#[test]
fn no_program_that_a_strangers_checkout_names_is_run() {
    use std::os::unix::fs::PermissionsExt;

    let origin = origin();
    let at = origin.path();
    write(at, "monitor", "#!/bin/sh\ntouch \"$(dirname \"$0\")/was-run\"\n");
    fs::set_permissions(at.join("monitor"), fs::Permissions::from_mode(0o755)).unwrap();
    git(at, &["config", "core.fsmonitor", at.join("monitor").to_str().unwrap()]);
    assert_eq!(gaisan(at, &["build"]).0, 0);
    assert_eq!(gaisan(at, &["diff", "HEAD:budgets", "budgets"]).0, 0);
    assert!(!at.join("was-run").exists());
}
