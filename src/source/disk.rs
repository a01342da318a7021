//! Which files there are, by which names they are shown, and their bytes: only of regular files, and of no more than a limit says.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::{ReadError, legible};
use crate::limits;

/// What a file is to gaisan, by the end of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// YAML, which may hold a chapter.
    Budget,
    /// A picture for a sheet.
    Picture,
    /// An office's template.
    Template,
    /// A PDF or a page, which may be a sheet.
    Sheet,
}

impl FileKind {
    /// The kind of a file; `None` for one that is nothing to gaisan.
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "yaml" | "yml" => Some(Self::Budget),
            "png" | "jpg" | "jpeg" | "svg" => Some(Self::Picture),
            "tera" => Some(Self::Template),
            "pdf" | "html" => Some(Self::Sheet),
            _ => None,
        }
    }
}

/// Files that were found.
#[derive(Debug, Default)]
pub struct Found {
    /// The files, sorted.
    pub files: Vec<PathBuf>,
    /// The links to folders behind which some of them lie, wherever those lead.
    pub links: Vec<PathBuf>,
}

/// The files of a kind: the path itself when it is a file, otherwise all below it. Hidden files and folders are left out. A link to a folder is
/// followed, unless it leads back to what is listed anyhow.
///
/// # Errors
/// When a path does not exist, a folder cannot be listed, or a link leads to a folder around it.
pub fn files(path: &Path, kind: FileKind) -> Result<Found, ReadError> {
    if !std::fs::metadata(path).map_err(|cause| ReadError { path: path.to_path_buf(), cause })?.is_dir() {
        return Ok(Found { files: vec![path.to_path_buf()], ..Found::default() });
    }
    let around = path.canonicalize().into_iter().collect();
    let mut listing = Listing { kind, found: Found::default(), around };
    listing.below(path)?;
    Ok(listing.found)
}

struct Listing {
    kind: FileKind,
    found: Found,
    /// Where the folder lies that is listed, and those that links led to.
    around: Vec<PathBuf>,
}

impl Listing {
    fn below(&mut self, folder: &Path) -> Result<(), ReadError> {
        let trouble = |cause| ReadError { path: folder.to_path_buf(), cause };
        let entries: io::Result<Vec<std::fs::DirEntry>> =
            std::fs::read_dir(folder).map_err(trouble)?.collect();
        let mut entries = entries.map_err(trouble)?;
        // Folder by folder that is the order of paths, too.
        entries.sort_by_cached_key(std::fs::DirEntry::file_name);
        for entry in entries {
            let below = entry.path();
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            let file_type = entry.file_type().map_err(trouble)?;
            if file_type.is_dir() {
                self.below(&below)?;
            } else if file_type.is_symlink() && below.is_dir() {
                self.behind(below)?;
            } else if FileKind::of(&below) == Some(self.kind) {
                self.found.files.push(below);
            }
        }
        Ok(())
    }

    fn behind(&mut self, link: PathBuf) -> Result<(), ReadError> {
        let trouble = |cause| ReadError { path: link.clone(), cause };
        let target = link.canonicalize().map_err(trouble)?;
        if self.around.iter().any(|folder| target.starts_with(folder)) {
            return Ok(());
        }
        if self.around.iter().any(|folder| folder.starts_with(&target)) {
            return Err(trouble(io::Error::other("it is a link to a folder around it")));
        }
        self.around.push(target);
        let before = self.found.files.len();
        self.below(&link)?;
        if self.found.files.len() > before {
            self.found.links.push(link);
        }
        Ok(())
    }
}

/// The path of a file that another file names, relative to the naming file's folder; `a/../b` is folded to `b`.
pub fn beside(from: &Path, name: &str) -> PathBuf {
    let mut path = from.parent().map(Path::to_path_buf).unwrap_or_default();
    for part in Path::new(name).components() {
        match part {
            std::path::Component::ParentDir if path.file_name().is_some() => {
                path.pop();
            }
            std::path::Component::CurDir => {}
            other => path.push(other),
        }
    }
    path
}

/// Whether there is a file of this name.
pub fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// Whether there is a folder of this name.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// The folders in a folder that are not hidden, sorted.
pub fn folders(path: &Path) -> Vec<PathBuf> {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
    let shown = entries.filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'));
    let mut folders: Vec<PathBuf> = shown.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// Reads a file that is not YAML, such as a picture.
///
/// # Errors
/// When the file cannot be read.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, ReadError> {
    bytes(path).map_err(|cause| ReadError { path: path.to_path_buf(), cause })
}

/// The bytes of a file. Only regular files are read: a pipe would be waited for and a device has no end.
///
/// # Errors
/// When the file cannot be read, is none, or is larger than [`limits::FILE`].
pub fn bytes(path: impl AsRef<Path>) -> io::Result<Vec<u8>> {
    bytes_up_to(path, limits::FILE)
}

/// The same with a limit of its own; a larger file is not even read.
///
/// # Errors
/// Those of [`bytes`].
pub fn bytes_up_to(path: impl AsRef<Path>, most: u64) -> io::Result<Vec<u8>> {
    let path = path.as_ref();
    let about = std::fs::metadata(path)?;
    if !about.is_file() && !about.is_dir() {
        return Err(io::Error::other("it is no regular file, but a pipe, a socket or a device"));
    }
    let mut bytes = Vec::new();
    if about.len() <= most {
        bytes.reserve_exact(usize::try_from(about.len()).map_or(0, |length| length + 1));
        // What grows while it is read is read no further, either.
        std::fs::File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    }
    match about.len().max(bytes.len() as u64) > most && !about.is_dir() {
        true => Err(io::Error::other(format!("it is larger than {} MB, and nothing real is", most >> 20))),
        false => Ok(bytes),
    }
}

/// That a file stands where a folder is needed.
pub fn no_folder(path: &Path) -> String {
    let name = display_name(path);
    format!("`{name}` is a file, and a folder is needed there; move it away, or name another folder")
}

/// A path as reports show it: without `./`, with `/`, and nothing in it that cannot be seen.
pub fn display_name(path: &Path) -> String {
    let shown = path.strip_prefix(".").unwrap_or(path).to_string_lossy();
    let mut name = String::with_capacity(shown.len());
    for character in legible(&shown).chars() {
        match character {
            std::path::MAIN_SEPARATOR => name.push('/'),
            // In a text these are seen; in a name they would begin lines that nobody wrote.
            '\n' | '\r' | '\t' => name.push_str(&format!("<U+{:04X}>", u32::from(character))),
            _ => name.push(character),
        }
    }
    name
}
