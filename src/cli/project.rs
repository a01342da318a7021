//! The project around the current folder.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use gaisan::read::SETTINGS_FILE;

/// A file or folder of the project, from the current folder: `budgets`, or `../../budgets` further down.
pub(super) fn path(name: &str) -> PathBuf {
    static UP: OnceLock<PathBuf> = OnceLock::new();

    UP.get_or_init(|| {
        let here = std::env::current_dir().unwrap_or_default();
        let is_project = |folder: &Path| {
            folder.join(SETTINGS_FILE).symlink_metadata().is_ok() || folder.join("budgets").is_dir()
        };
        let up = here.ancestors().position(is_project).unwrap_or_default();
        std::iter::repeat_n("..", up).collect()
    })
    .join(name)
}
