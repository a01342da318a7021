//! The commit that budget files are at, where they are in a Git repository.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The commit, with `-dirty` where some of the files differ from it; `None` outside a repository, or without Git.
pub(super) fn commit(paths: &[PathBuf]) -> Option<String> {
    let first = paths.first()?;
    let folder = if first.is_dir() {
        first.as_path()
    } else {
        first.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."))
    };
    let commit = said(folder, &["rev-parse", "HEAD"], &[])?;
    let whole: Vec<PathBuf> = paths.iter().filter_map(|path| std::path::absolute(path).ok()).collect();
    let changed = said(folder, &["status", "--porcelain", "--"], &whole)?;
    let commit = commit.trim();
    Some(if changed.is_empty() { commit.to_owned() } else { format!("{commit}-dirty") })
}

/// The `git` process. Its messages are looked at in English, reading must not wait for a lock or ask anybody, and what a folder's own
/// settings call a monitor of files is not started.
pub(super) fn git() -> Command {
    let mut git = Command::new("git");
    git.args(["-c", "core.fsmonitor=false"])
        .env("LC_ALL", "C")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_TERMINAL_PROMPT", "0")
        .stdin(Stdio::null());
    git
}

fn said(folder: &Path, arguments: &[&str], paths: &[PathBuf]) -> Option<String> {
    let output = git().arg("-C").arg(folder).args(arguments).args(paths).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then_some(text)
}
