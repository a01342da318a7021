//! Files that are either old or new, never half written.

use std::fmt;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

/// A file that could not be written.
#[derive(Debug)]
pub(super) enum WriteError {
    /// The path would lead out of the output folder.
    Outside(PathBuf),
    /// The system refused.
    System(io::Error),
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Outside(path) => write!(f, "`{}` leads out of the output folder", path.display()),
            Self::System(error) => write!(f, "cannot be written: {error}"),
        }
    }
}

/// Writes a file below the output folder: into a temporary file beside it, to the disk, and then in its place.
pub(super) fn file(out: &Path, path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    if !path
        .components()
        .all(|part| matches!(part, Component::Normal(_)))
    {
        return Err(WriteError::Outside(path.to_path_buf()));
    }
    let target = out.join(path);
    let folder = target.parent().unwrap_or(out);
    std::fs::create_dir_all(folder).map_err(WriteError::System)?;
    let write = || -> io::Result<()> {
        let mut temporary = builder().prefix(".gaisan-").tempfile_in(folder)?;
        temporary.write_all(bytes)?;
        temporary.as_file().sync_all()?;
        temporary.persist(&target).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(WriteError::System)
}

/// A temporary file that others may read once it is in place, as far as the system's mask allows.
fn builder() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder
}
