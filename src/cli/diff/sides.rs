//! From what the command line names to what is read: files as they are, or as they were at a revision.

use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

use gaisan::read::{Project, read_in};
use gaisan::source::display_name;
use gaisan::verify::{Contents, LARGEST, VerifyError, contents};

use super::git::{self, Rooted};

/// Where a side is read from.
pub(super) enum Side {
    /// Files and folders on disk.
    Disk(PathBuf),
    /// A path at a revision of the repository around the current folder.
    Revision {
        /// As git understands it: `HEAD~1`, `main`.
        revision: String,
        path: String,
        rooted: Rooted,
    },
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Disk(path) => f.write_str(&display_name(path)),
            Self::Revision { revision, path, .. } => write!(f, "{revision}:{path}"),
        }
    }
}

impl Side {
    /// The old and the new side. One path alone is compared with itself: at two revisions, at the last commit and now, or where
    /// something else tells the sides apart, on disk.
    pub(super) fn both(
        named: &[String],
        revisions: Option<&str>,
        is_one_place: bool,
    ) -> Result<[Self; 2], String> {
        match (named, revisions) {
            ([old, new], None) => Ok([Self::of(old), Self::of(new)]),
            ([_, _], Some(_)) => Err(
                "--rev compares one path at two revisions; name one path, or write both sides as `REV:PATH`"
                    .to_owned(),
            ),
            (named, Some(revisions)) => {
                let path = named.first().map_or("budgets", String::as_str);
                let at = |revision: &str| Self::Revision {
                    revision: revision.to_owned(),
                    path: path.to_owned(),
                    rooted: Rooted::Here,
                };
                if let Some((one, other)) = revisions.split_once("...") {
                    let (one, other) = (or_head(one), or_head(other));
                    return Ok([at(&git::merge_base(one, other)?), at(other)]);
                }
                match revisions.split_once("..") {
                    Some((old, new)) => Ok([at(or_head(old)), at(or_head(new))]),
                    None => Ok([at(revisions), Self::Disk(PathBuf::from(path))]),
                }
            }
            (named, None) => {
                let path = named.first().map_or("budgets", String::as_str);
                if is_one_place {
                    return Ok([Self::of(path), Self::of(path)]);
                }
                let old = match Self::of(path) {
                    Self::Revision { .. } => {
                        return Err(format!(
                            "`{path}` is one side; name the other one, too, e.g. `gaisan diff {path} budgets`"
                        ));
                    }
                    Self::Disk(_) => Self::Revision {
                        revision: "HEAD".to_owned(),
                        path: path.to_owned(),
                        rooted: Rooted::Here,
                    },
                };
                Ok([old, Self::Disk(PathBuf::from(path))])
            }
        }
    }

    /// A path, or what git means by `REV:PATH`: from the root of the repository, unless it begins with `./` or `../`.
    fn of(named: &str) -> Self {
        let is_drive = |before: &str| cfg!(windows) && before.len() == 1;
        match named.split_once(':') {
            Some((revision, path))
                if !Path::new(named).exists() && !revision.is_empty() && !is_drive(revision) =>
            {
                let is_here = path.starts_with("./") || path.starts_with("../");
                Self::Revision {
                    revision: revision.to_owned(),
                    path: path.to_owned(),
                    rooted: if is_here { Rooted::Here } else { Rooted::AtTop },
                }
            }
            _ => Self::Disk(PathBuf::from(named)),
        }
    }

    /// Reads the side; a PDF or an HTML page is a sheet, which carries its data and what its own project says.
    pub(super) fn read(&self, project: &Project) -> Result<Contents, String> {
        let trouble = |error: io::Error| format!("`{self}` cannot be read: {error}");
        let reading = match self {
            Self::Disk(path) if self.is_sheet() => {
                // A file of the wrong size is not even read.
                if fs::metadata(path).map_err(trouble)?.len() > LARGEST as u64 {
                    return Err(format!("`{self}`: {}", VerifyError::TooLarge));
                }
                return self.sheet(&gaisan::source::bytes(path).map_err(trouble)?);
            }
            Self::Revision { revision, path, rooted } if self.is_sheet() => {
                return self.sheet(&git::file(revision, path, *rooted)?);
            }
            Self::Disk(path) => read_in(project, std::slice::from_ref(path)),
            Self::Revision { revision, path, rooted } => git::reading(project, revision, path, *rooted)?,
        };
        Ok(Contents { reading, program: None })
    }

    /// Whether the side is a sheet.
    pub(super) fn is_sheet(&self) -> bool {
        let has_end = |path: &Path| {
            let end = path.extension().and_then(|end| end.to_str()).unwrap_or_default().to_ascii_lowercase();
            matches!(end.as_str(), "pdf" | "html" | "htm")
        };
        match self {
            Self::Disk(path) => has_end(path) && path.is_file(),
            Self::Revision { path, .. } => has_end(Path::new(path)),
        }
    }

    fn sheet(&self, bytes: &[u8]) -> Result<Contents, String> {
        contents(bytes).map_err(|error| format!("`{self}`: {error}"))
    }
}

fn or_head(revision: &str) -> &str {
    if revision.is_empty() { "HEAD" } else { revision }
}
