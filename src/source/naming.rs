//! The chapter that a file is a part of, where that is not among the files that are read.

use std::path::{Path, PathBuf};

use super::{FileKind, beside, read_bytes};

/// In how many folders a part's chapter is looked for, its own and those above it, and among how many files of one.
const FOLDERS: usize = 3;
const FILES: usize = 200;

/// The file that holds the chapter of a part: beside it or in a folder above, and it says the part's name.
pub fn chapter_of(part: &Path) -> Option<PathBuf> {
    let part = part.strip_prefix(".").unwrap_or(part);
    part.ancestors().skip(1).take(FOLDERS).find_map(|folder| {
        let name = part.file_name()?.to_str()?;
        let listed = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let entries = std::fs::read_dir(listed).ok()?.take(FILES);
        let files = entries.filter_map(|entry| Some(folder.join(entry.ok()?.file_name())));
        let mut files: Vec<PathBuf> =
            files.filter(|file| FileKind::of(file) == Some(FileKind::Budget) && *file != *part).collect();
        files.sort();
        files.into_iter().find(|file| {
            let text =
                read_bytes(file).ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
            let is_chapter = text.lines().any(|line| line.starts_with("gaisan:"));
            let mut words = text.split([' ', '"', '\'', ',', '[', ']', '\n', '\r']);
            is_chapter && words.any(|word| word.ends_with(name) && beside(file, word) == *part)
        })
    })
}
