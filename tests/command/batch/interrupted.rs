//! Ctrl-C and a polite end: what is written is whole, and the next build does the rest.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use gaisan::build::{Lock, Options, build};
use gaisan::compose::Templates;
use gaisan::read::survey;
use gaisan::settings::Severities;
use tempfile::TempDir;

use super::{assert_same, chapters, command, contents, gaisan, project, said};

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(60);

fn started(folder: &Path, arguments: &[&str]) -> Child {
    let mut build = command(folder, arguments);
    build.stdout(Stdio::piped()).stderr(Stdio::piped());
    build.spawn().unwrap()
}

fn send(signal: &str, child: &Child) {
    let mut kill = Command::new("kill");
    kill.arg(signal).arg(child.id().to_string());
    assert!(kill.status().unwrap().success());
}

fn wait_for(what: &str, mut is_so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < PATIENCE, "{what} does not come");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn an_interrupted_build_leaves_whole_files_and_the_next_one_does_the_rest() {
    let desk = TempDir::new().unwrap();
    let folder = desk.path();
    chapters::ministry(&folder.join("budgets"), 25, 5);
    assert_eq!(gaisan(folder, &["build", "--out", "fresh"]).0, 0);
    let fresh = contents(&folder.join("fresh"));
    for signal in ["-INT", "-TERM"] {
        let out = folder.join(signal);
        let build = started(folder, &["build", "--jobs", "1", "--out", &format!("./{signal}")]);
        wait_for("the first sheet", || {
            let sheet = "fy2022/chapter-0001/overview.pdf";
            out.join(sheet).exists()
        });
        send(signal, &build);
        let (code, text) = said(&build.wait_with_output().unwrap());
        assert_eq!(code, 130, "{text}");
        assert!(text.contains("interrupted: what is written is whole; build again for the rest"), "{text}");
        let there = contents(&out);
        assert!(there.len() < fresh.len() / 2, "{} files", there.len());
        for (name, bytes) in &there {
            let of_the_whole = ["index.html", "manifest.json"].contains(&name.as_str());
            assert!(of_the_whole || *bytes == fresh[name], "{name} is not the new file");
        }
        let left = fs::read_dir(out.join(".gaisan/tmp")).unwrap();
        assert_eq!(left.count(), 0);
        let (code, text) = gaisan(folder, &["build", "--out", &format!("./{signal}")]);
        assert_eq!(code, 0, "{text}");
        assert_same(&out, &folder.join("fresh"));
    }
}

#[test]
fn a_build_that_waits_ends_at_once() {
    let project = project();
    let folder = project.path();
    let lock = Lock::ask(&folder.join("output")).unwrap().unwrap();
    let mut build = started(folder, &["build", "--format", "md"]);
    let mut stderr = BufReader::new(build.stderr.take().unwrap());
    let mut line = String::new();
    stderr.read_line(&mut line).unwrap();
    assert!(line.contains("waiting: another gaisan"), "{line}");
    let start = Instant::now();
    send("-INT", &build);
    let (code, text) = said(&build.wait_with_output().unwrap());
    assert!(start.elapsed() < Duration::from_secs(10));
    assert_eq!(code, 130, "{text}");
    assert!(contents(&folder.join("output")).is_empty());
    drop(lock);
}

#[test]
fn an_interrupted_build_takes_no_chapter_for_gone_that_it_has_not_come_to() {
    let project = project();
    let folder = project.path();
    assert_eq!(gaisan(folder, &["build"]).0, 0);
    let before = contents(&folder.join("output"));
    let budgets = folder.join("budgets");
    fs::rename(budgets.join("mext-5"), budgets.join("moved")).unwrap();

    let options = Options {
        out: folder.join("output"),
        paths: vec![budgets.clone()],
        prune: true,
        ..Options::default()
    };
    options.cancel.store(true, Ordering::Relaxed);
    let built = build(
        &mut survey(&[budgets]),
        &Severities::default(),
        &Templates::new(&[]).unwrap(),
        &options,
        &|_, _| {},
    );
    assert!(built.interrupted && built.failures.is_empty(), "{built:?}");
    assert_eq!((built.removed, built.leftover), (Vec::new(), Vec::new()));
    assert!(contents(&folder.join("output")) == before);
    let (code, said) = gaisan(folder, &["build", "--prune"]);
    assert!(code == 0 && said.contains("all up to date"), "{said}");
}
