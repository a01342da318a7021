//! Files of a revision, by way of the `git` process: what is there from one `ls-tree`, all texts from one `cat-file`.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::process::Stdio;

use gaisan::read::{Project, Reading, read_stored};
use gaisan::source::FileKind;

use super::super::git::git;

/// From where a path is counted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rooted {
    /// The current folder.
    Here,
    /// The top of the repository.
    AtTop,
}

/// A file of a revision.
struct Blob {
    /// Its path from the top of the repository.
    path: String,
    object: String,
}

impl Blob {
    fn is(&self, kind: FileKind) -> bool {
        FileKind::of(Path::new(&self.path)) == Some(kind)
    }
}

/// Where two revisions parted.
pub(super) fn merge_base(one: &str, other: &str) -> Result<String, String> {
    let (one, other) = (commit(one)?, commit(other)?);
    let base = asked(&["merge-base", &one, &other])
        .map_err(|_| "the two revisions have no commit in common".to_owned())?;
    Ok(base.trim().to_owned())
}

/// Reads the chapters below a path at a revision. They may refer to any YAML file of the revision, and to pictures beside them.
pub(super) fn reading(
    project: &Project,
    revision: &str,
    path: &str,
    rooted: Rooted,
) -> Result<Reading, String> {
    let commit = commit(revision)?;
    let wanted = from_top(path, rooted)?;
    let blobs = blobs(&commit)?;
    let is_wanted = |blob: &&Blob| {
        wanted.is_empty()
            || blob.path == wanted
            || blob.path.strip_prefix(&wanted).is_some_and(|rest| rest.starts_with('/'))
    };
    let is_exact = blobs.iter().any(|blob| blob.path == wanted);
    if !blobs.iter().any(|blob| is_wanted(&blob)) {
        return Err(format!("there is no `{wanted}` at `{revision}`"));
    }
    let folder = match (is_exact, wanted.rsplit_once('/')) {
        (true, Some((folder, _))) => format!("{folder}/"),
        (true, None) => String::new(),
        (false, _) if wanted.is_empty() => String::new(),
        (false, _) => format!("{wanted}/"),
    };
    let needed: Vec<&Blob> = blobs
        .iter()
        .filter(|blob| {
            blob.is(FileKind::Budget) || blob.is(FileKind::Picture) && blob.path.starts_with(&folder)
        })
        .chain(blobs.iter().filter(|blob| is_exact && blob.path == wanted && !blob.is(FileKind::Budget)))
        .collect();
    let name = |path: &str| PathBuf::from(format!("{revision}:{path}"));
    let paths: Vec<PathBuf> = blobs
        .iter()
        .filter(is_wanted)
        .filter(|blob| is_exact || blob.is(FileKind::Budget) && !is_hidden(&blob.path, &folder))
        .map(|blob| name(&blob.path))
        .collect();
    let files = contents(&needed)?;
    let files: BTreeMap<PathBuf, Vec<u8>> =
        files.into_iter().map(|(path, bytes)| (name(&path), bytes)).collect();
    Ok(read_stored(project, files, &paths))
}

/// The bytes of one file at a revision.
pub(super) fn file(revision: &str, path: &str, rooted: Rooted) -> Result<Vec<u8>, String> {
    let wanted = from_top(path, rooted)?;
    let found = blobs(&commit(revision)?)?.into_iter().find(|blob| blob.path == wanted);
    let blob = found.ok_or_else(|| format!("there is no `{wanted}` at `{revision}`"))?;
    Ok(contents(&[&blob])?.pop().map(|(_, bytes)| bytes).unwrap_or_default())
}

/// The commit that a revision names.
fn commit(revision: &str) -> Result<String, String> {
    let named = format!("{revision}^{{commit}}");
    match asked(&["rev-parse", "--quiet", "--verify", "--end-of-options", &named]) {
        Ok(commit) => Ok(commit.trim().to_owned()),
        Err(Refused::NoGit(error)) => Err(error),
        Err(Refused::Said(_)) => {
            top()?;
            Err(format!("there is no revision `{revision}` in this repository"))
        }
    }
}

/// The repository around the current folder.
fn top() -> Result<PathBuf, String> {
    match asked(&["rev-parse", "--show-toplevel"]) {
        Ok(top) => Ok(PathBuf::from(top.trim_end_matches(['\n', '\r']))),
        Err(Refused::NoGit(error)) => Err(error),
        Err(Refused::Said(said)) if said.contains("not a git repository") => {
            Err("this folder is in no git repository, so there are no revisions to compare; name two files or folders"
                .to_owned())
        }
        Err(Refused::Said(said)) => Err(format!("git: {}", said.trim())),
    }
}

/// A path counted from the top of the repository, without `.` and `..`.
fn from_top(path: &str, rooted: Rooted) -> Result<String, String> {
    let outside = || format!("`{path}` lies outside the repository");
    let mut parts: Vec<String> = Vec::new();
    let given = Path::new(path);
    let mut given = given.to_path_buf();
    if rooted == Rooted::Here && given.is_absolute() {
        let top = top()?;
        let top = top.canonicalize().unwrap_or(top);
        let whole = given.canonicalize().unwrap_or(given);
        given = whole.strip_prefix(&top).map_err(|_| outside())?.to_path_buf();
    } else if rooted == Rooted::Here {
        top()?;
        let prefix = asked(&["rev-parse", "--show-prefix"]).map_err(|refused| refused.to_string())?;
        let prefix = prefix.trim_end_matches(['\n', '\r']);
        parts.extend(prefix.split('/').filter(|part| !part.is_empty()).map(str::to_owned));
    }
    for part in given.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                parts.pop().ok_or_else(outside)?;
            }
            Component::Normal(part) => parts.push(part.to_string_lossy().into_owned()),
            Component::RootDir | Component::Prefix(_) => return Err(outside()),
        }
    }
    Ok(parts.join("/"))
}

/// All files of a commit; links and repositories inside it are left out.
fn blobs(commit: &str) -> Result<Vec<Blob>, String> {
    let listed =
        asked(&["ls-tree", "-r", "-z", "--full-tree", commit]).map_err(|refused| refused.to_string())?;
    let blob = |entry: &str| {
        let (about, path) = entry.split_once('\t')?;
        let mut about = about.split(' ');
        let (mode, kind, object) = (about.next()?, about.next()?, about.next()?);
        (kind == "blob" && mode != "120000")
            .then(|| Blob { path: path.to_owned(), object: object.to_owned() })
    };
    Ok(listed.split('\0').filter_map(blob).collect())
}

/// The bytes of files, by their paths.
fn contents(blobs: &[&Blob]) -> Result<Vec<(String, Vec<u8>)>, String> {
    let trouble = |error: std::io::Error| format!("git cat-file: {error}");
    let mut child = git()
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| missing(&error))?;
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err("git cat-file cannot be spoken to".to_owned());
    };
    let asked: String = blobs.iter().map(|blob| format!("{}\n", blob.object)).collect();
    // Git answers while it is still being asked; one thread for both would wait for itself.
    let asking = std::thread::spawn(move || input.write_all(asked.as_bytes()));
    let mut output = BufReader::new(output);
    let mut files = Vec::new();
    for blob in blobs {
        let mut head = String::new();
        output.read_line(&mut head).map_err(trouble)?;
        let size = head.split_whitespace().nth(2).and_then(|size| size.parse().ok());
        let size: usize = size.ok_or_else(|| format!("git cannot give `{}`", blob.path))?;
        let mut bytes = vec![0; size + 1];
        output.read_exact(&mut bytes).map_err(trouble)?;
        bytes.pop();
        files.push((blob.path.clone(), bytes));
    }
    drop(output);
    let _ = asking.join();
    child.wait().map_err(trouble)?;
    Ok(files)
}

/// Why git did not answer.
enum Refused {
    /// It could not be started.
    NoGit(String),
    /// It said no.
    Said(String),
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoGit(error) => f.write_str(error),
            Self::Said(said) => write!(f, "git: {}", said.trim()),
        }
    }
}

fn asked(arguments: &[&str]) -> Result<String, Refused> {
    let output = git().args(arguments).output().map_err(|error| Refused::NoGit(missing(&error)))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(Refused::Said(String::from_utf8_lossy(&output.stderr).into_owned()))
    }
}

fn missing(error: &std::io::Error) -> String {
    format!("git cannot be started ({error}); revisions are read by it")
}

/// Whether a file, or a folder that it is in below another one, is hidden.
fn is_hidden(path: &str, folder: &str) -> bool {
    let below = path.strip_prefix(folder).unwrap_or(path);
    below.split('/').any(|part| part.starts_with('.'))
}
