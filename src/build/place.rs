//! Where sheets lie in the output folder. It follows from their data alone.

use std::path::{Path, PathBuf};

use crate::model::{Lang, Request, Stage};

/// `fy2022/mext-5`; stages after the request and languages other than the chapter's own have a folder below.
pub(super) fn folder(request: &Request, lang: Lang) -> PathBuf {
    let mut folder = PathBuf::from(chapter(request));
    if lang != request.lang {
        folder.push(lang.tag());
    }
    folder
}

/// A chapter's folder in its own language.
pub(super) fn chapter(request: &Request) -> String {
    let year = request.fiscal_year.value.western();
    folder_at(year, request.line.id.value.as_str(), request.stage.slug())
}

/// The folder of a chapter with this year, id and stage.
pub(super) fn folder_at(year: u16, chapter: &str, stage: &str) -> String {
    if stage == Stage::Request.slug() {
        format!("fy{year}/{chapter}")
    } else {
        format!("fy{year}/{chapter}/{stage}")
    }
}

/// The folder of an edition of a chapter that was released.
pub(super) fn released(chapter: &str, revision: u32) -> String {
    format!("{chapter}/r{revision}")
}

/// Whether a folder is called as that of a release is.
pub(super) fn is_released(folder: &Path) -> bool {
    let name = folder.file_name().and_then(|name| name.to_str());
    name.and_then(|name| name.strip_prefix('r')).is_some_and(|number| number.parse::<u32>().is_ok())
}

/// The folder of a path by its name with `/`.
pub(super) fn parent(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Whether there is a file below the output folder.
pub(super) fn is_there(out: &Path, path: &str) -> bool {
    std::fs::symlink_metadata(out.join(path)).is_ok()
}

/// A path that is the same from wherever one looks.
pub(super) fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}
