//! The `gaisan` command as its users meet it: files written, what is said, and the exit code.

mod said;
mod started;
mod templates;
mod terminal;
mod written;
mod wrong;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

pub(crate) const CHAPTER: &str = "budgets/fy2022/mext-5";

/// What a run left behind.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    pub(crate) fn last_line(&self) -> &str {
        self.out.lines().last().unwrap_or_default()
    }
}

/// Runs `gaisan` in the package's folder, away from the environment of whoever tests.
pub(crate) fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gaisan"));
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command.env("COLUMNS", "100").env("GAISAN_LANG", "en");
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR"] {
        command.env_remove(name);
    }
    command
}

pub(crate) fn run(command: &mut Command) -> Run {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

pub(crate) fn gaisan(arguments: &[&str]) -> Run {
    run(command().args(arguments))
}

/// A build into a folder of its own.
pub(crate) fn build(paths: &[&str], options: &[&str]) -> (TempDir, Run) {
    let out = TempDir::new().unwrap();
    let mut command = command();
    command.arg("build").args(paths).args(options);
    let run = run(command.arg("--out").arg(out.path()));
    (out, run)
}

/// All files below a folder with their bytes, by their names with `/`.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
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

pub(crate) fn names(folder: &Path) -> Vec<String> {
    files(folder).into_keys().collect()
}

/// A copy of the real chapter that a test may break.
pub(crate) fn copied_chapter() -> (TempDir, PathBuf) {
    let copy = TempDir::new().unwrap();
    let folder = copy.path().join("mext-5");
    copy_chapter(&folder);
    (copy, folder)
}

pub(crate) fn copy_chapter(folder: &Path) {
    std::fs::create_dir_all(folder).unwrap();
    let chapter = Path::new(env!("CARGO_MANIFEST_DIR")).join(CHAPTER);
    for entry in std::fs::read_dir(chapter).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, folder.join(path.file_name().unwrap())).unwrap();
    }
}

pub(crate) fn replace(file: &Path, from: &str, to: &str) {
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "`{from}` is not in {}", file.display());
    std::fs::write(file, text.replacen(from, to, 1)).unwrap();
}

pub(crate) fn utf8(path: &Path) -> &str {
    path.to_str().unwrap()
}

pub(crate) const SHEETS: [&str; 7] = [
    "overview",
    "materials-dx",
    "q-leap",
    "research-data-ecosystem",
    "aip",
    "math-platform",
    "economic-security",
];
