//! Many sheets: the same bytes however they are built, what is made anew, releases, parts of a build, and what must not happen.

#[cfg(target_os = "linux")]
mod bytes;
mod damaged;
#[cfg(target_os = "linux")]
mod disk;
mod incremental;
#[cfg(unix)]
mod interrupted;
mod names;
mod parts;
mod passed;
mod refused;
mod released;
mod same;
#[cfg(target_os = "linux")]
mod weather;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use crate::support::{self, chapters};

/// A folder with a copy of the real chapter below `budgets/`.
pub(crate) fn project() -> TempDir {
    let project = TempDir::new().unwrap();
    copy(&support::budgets("fy2022/mext-5"), &project.path().join("budgets/mext-5"));
    project
}

pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

pub(crate) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = crate::support::gaisan();
    command.args(arguments).current_dir(folder).env("NO_COLOR", "1").stdin(Stdio::null());
    command
}

/// The exit code, and everything that was printed.
pub(crate) fn gaisan(folder: &Path, arguments: &[&str]) -> (i32, String) {
    said(&command(folder, arguments).output().unwrap())
}

pub(crate) fn said_of(command: &mut Command) -> (i32, String) {
    said(&command.output().unwrap())
}

pub(crate) fn said(output: &Output) -> (i32, String) {
    let text = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    (output.status.code().unwrap_or(-1), String::from_utf8(text).unwrap())
}

/// What was printed after the findings, without the time.
pub(crate) fn lines(said: &str) -> Vec<String> {
    let after = said.lines().rev().take_while(|line| !line.starts_with("   "));
    let mut lines: Vec<String> = after
        .map(|line| line.split(" in ").next().unwrap_or(line).to_owned())
        .filter(|line| !line.is_empty() && !line.starts_with("see "))
        .collect();
    lines.reverse();
    lines
}

/// Builds the chapter of a project as its first revision, and releases it.
pub(crate) fn release_first(folder: &Path) {
    let chapter = folder.join("budgets/mext-5/request.yaml");
    edit(&chapter, "lang: ja", "revision: 1\nlang: ja");
    assert_eq!(gaisan(folder, &["build"]).0, 0);
    assert_eq!(gaisan(folder, &["release", "--date", "2021-08-31"]).0, 0);
}

pub(crate) fn edit(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "`{from}` is not in {}", file.display());
    fs::write(file, text.replacen(from, to, 1)).unwrap();
}

/// All files below a folder with their bytes, but for gaisan's own.
pub(crate) fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    support::files(folder)
        .into_iter()
        .filter_map(|path| {
            let name = path.strip_prefix(folder).unwrap().to_str().unwrap();
            let own = name.starts_with(".gaisan");
            (!own).then(|| (name.to_owned(), fs::read(&path).unwrap()))
        })
        .collect()
}

pub(crate) fn assert_same(one: &Path, other: &Path) {
    let (one, other) = (contents(one), contents(other));
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&one), names(&other));
    for (name, bytes) in &one {
        assert!(*bytes == other[name], "{name} differs");
    }
    assert!(one.len() > 10, "{} files", one.len());
}

/// Q-LEAP asks for a hundred million yen more.
pub(crate) fn raise_q_leap(project: &Path) {
    edit(&project.join("budgets/mext-5/q-leap.yaml"), "requested: 4,592", "requested: 4,692");
}
