//! Whether a file that another names, or that a link stands for, lies in the same project.

use std::io;
use std::path::{Component, Path, PathBuf};

use super::ReadError;

/// What marks the folder of a project.
const MARKS: [&str; 2] = ["gaisan.yaml", ".git"];

/// Whether a file that is there lies outside the project of the file that names it, and in none of the folders that are allowed besides. What
/// a stranger's file names would be read, and published, from anywhere on the machine otherwise.
pub fn is_outside(path: &Path, from: &Path, allowed: &[PathBuf]) -> bool {
    if is_plainly_beside(path, from) {
        return false;
    }
    let Ok(path) = path.canonicalize() else { return false };
    !allowed.iter().filter_map(|folder| folder.canonicalize().ok()).any(|folder| path.starts_with(folder))
        && project(from).is_some_and(|project| !path.starts_with(project))
}

/// Whether a file lies in the folder of the one that names it or below, and no link is on the way: nearly all do, and where the project
/// begins is then of no account.
fn is_plainly_beside(path: &Path, from: &Path) -> bool {
    let folder = from.parent().unwrap_or(Path::new(""));
    let is_plain = |part: Component<'_>| matches!(part, Component::Normal(_));
    path.strip_prefix(folder).is_ok_and(|below| {
        let mut ways = below.ancestors().filter(|way| !way.as_os_str().is_empty());
        below.components().all(is_plain) && ways.all(|way| !folder.join(way).is_symlink())
    })
}

/// Whether a file of a folder is a link that leads out of its project.
pub fn leads_out(path: &Path, allowed: &[PathBuf]) -> bool {
    path.is_symlink() && is_outside(path, path, allowed)
}

/// The link on the way to a path, within its project, that leads out of it. What is above the project's folder, and what a path names outside, is
/// nobody's else.
pub fn way_out<'t>(path: &'t Path, allowed: &[PathBuf]) -> Option<&'t Path> {
    let is_top = |way: &&Path| !way.is_symlink() && MARKS.iter().any(|mark| way.join(mark).exists());
    let mut ways = path.ancestors().filter(|way| !way.as_os_str().is_empty()).take_while(|way| !is_top(way));
    ways.find(|way| leads_out(way, allowed))
}

/// That a file of a folder is no link that leads out of its project.
///
/// # Errors
/// When it is one.
pub fn inside(path: &Path, allowed: &[PathBuf]) -> Result<(), ReadError> {
    match leads_out(path, allowed) {
        true => {
            let cause = io::Error::other("it is a link that leads out of the project");
            Err(ReadError { path: path.to_path_buf(), cause })
        }
        false => Ok(()),
    }
}

/// The folder of the project that a file belongs to: the nearest above it with settings or a repository, otherwise the working folder
/// if the file is below that, otherwise its own.
fn project(file: &Path) -> Option<PathBuf> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = folder.canonicalize().ok()?;
    let marked = folder.ancestors().find(|above| MARKS.iter().any(|mark| above.join(mark).exists()));
    let working = || Path::new(".").canonicalize().ok().filter(|working| folder.starts_with(working));
    Some(marked.map(Path::to_path_buf).or_else(working).unwrap_or(folder))
}
