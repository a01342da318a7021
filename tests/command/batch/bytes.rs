//! Files and folders whose names are no text.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use super::{command, contents, copy, edit, said_of, support};

/// A name that is not UTF-8.
fn name(ending: &str) -> std::ffi::OsString {
    OsStr::from_bytes(&[b"\xFFx\xFE", ending.as_bytes()].concat()).to_owned()
}

/// A project below a folder of such a name, with a chapter in another one and one beside it.
fn project(folder: &Path) -> std::path::PathBuf {
    let desk = folder.join(name("desk"));
    for (folder, id) in [(name(""), "odd"), ("plain".into(), "plain")] {
        let budgets = desk.join("budgets").join(&folder);
        copy(&support::budgets("fy2022/mext-5"), &budgets);
        edit(&budgets.join("request.yaml"), "id: mext-5", &format!("id: {id}"));
    }
    desk
}

/// Runs gaisan with arguments of any bytes.
fn gaisan(folder: &Path, arguments: &[&OsStr]) -> (i32, String) {
    let (code, said) = said_of(command(folder, &[]).args(arguments));
    assert!(!said.contains("panicked") && !said.contains("gaisan itself"), "{arguments:?}: {said}");
    (code, said)
}

#[test]
fn folders_whose_names_are_no_text_are_built_like_others() {
    let folder = tempfile::tempdir().unwrap();
    let desk = project(folder.path());
    let out = name("out");
    let build = |more: &[&str]| {
        let all: Vec<&OsStr> = ["build", "--out"]
            .into_iter()
            .map(OsStr::new)
            .chain([&*out])
            .chain(more.iter().map(OsStr::new))
            .collect();
        gaisan(&desk, &all)
    };
    let (code, said) = build(&[]);
    assert!(code == 0 && said.contains("14 sheets"), "{said}");
    let (code, said) = build(&["--check"]);
    assert!(code == 0 && said.contains("up to date"), "{said}");
    let before = contents(&desk.join(&out));
    assert!(before.contains_key("fy2022/odd/q-leap.pdf") && before.contains_key("fy2022/plain/q-leap.pdf"));
    let (code, said) = build(&[]);
    assert!(code == 0 && said.contains("all up to date"), "{said}");

    // What is in the folder is known by its bytes: a chapter that is gone is gone.
    fs::remove_dir_all(desk.join("budgets").join(name(""))).unwrap();
    let (code, said) = build(&["--prune"]);
    assert!(code == 0 && said.contains("removed: fy2022/odd/q-leap.pdf"), "{said}");
    assert!(!contents(&desk.join(&out)).contains_key("fy2022/odd/q-leap.pdf"));
}

#[test]
fn every_command_takes_names_that_are_no_text() {
    let folder = tempfile::tempdir().unwrap();
    let desk = project(folder.path());
    let [odd, table, book, sheets, made] = ["", ".csv", ".xlsx", "-out", "-new"].map(name);
    let inside = Path::new("budgets").join(&odd);
    fs::write(desk.join(&table), "事項,R9要求額(千円)\n甲,5\n乙,7\n").unwrap();
    fs::write(desk.join(name(".yaml")), "gaisan: 1\nid: a b\n").unwrap();
    let words = |text: &'static str| text.split(' ').map(OsStr::new).collect::<Vec<_>>();
    let runs: [(Vec<&OsStr>, &[&OsStr], i32); 14] = [
        (words("check"), &[inside.as_os_str()], 0),
        (words("check --output-format json"), &[inside.as_os_str()], 0),
        (words("ls"), &[inside.as_os_str()], 0),
        // A side of a comparison can be a revision, which is a text; what lies below it can have any name.
        (words("diff"), &[inside.as_os_str(), OsStr::new("budgets/plain")], 2),
        (words("diff budgets/plain budgets"), &[], 1),
        (words("export"), &[inside.as_os_str(), OsStr::new("--to"), &book], 0),
        (words("import --to new"), &[&table], 1),
        (words("check"), &[&table], 0),
        (words("build --format html"), &[inside.as_os_str(), OsStr::new("--out"), &sheets], 0),
        (words("verify"), &[&sheets], 0),
        (words("release --date 2024-08-31 --out"), &[&sheets, inside.as_os_str()], 1),
        // The folder does not name its year.
        (words("roll --to 2023"), &[inside.as_os_str()], 2),
        (words("init"), &[&made], 0),
        (words("fmt"), &[inside.as_os_str()], 0),
    ];
    let mut others = Vec::new();
    for (mut arguments, more, expected) in runs {
        arguments.extend(more);
        let (code, said) = gaisan(&desk, &arguments);
        if code != expected {
            others.push(format!("{arguments:?}: {code} {said}"));
        }
    }
    assert!(others.is_empty(), "{}", others.join("\n"));
    // A wrong file is named as far as its name can be shown, and the others are built.
    let wrong = Path::new("budgets").join(name(".yaml"));
    fs::write(desk.join(&wrong), "gaisan: 1\nid: a b\n").unwrap();
    let (code, said) = gaisan(&desk, &["build", "--format", "md"].map(OsStr::new));
    assert!(code == 1 && said.contains("budgets/\u{FFFD}x\u{FFFD}.yaml:2:5"), "{code} {said}");
    assert!(desk.join("output/fy2022/odd/q-leap.md").is_file(), "{said}");
}
