//! One build at a time in an output folder.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

use super::write::PRIVATE;
use crate::source::display_name;

/// The right to write into an output folder; it ends with this value, or with the process.
#[derive(Debug)]
pub struct Lock {
    _file: Option<File>,
}

impl Lock {
    /// Asks for the right; `None` while another build has it. Where the disk knows no locks everybody gets it.
    ///
    /// # Errors
    /// When the folder cannot be made or written to, or what is gaisan's own in it is a link.
    pub fn ask(out: &Path) -> io::Result<Option<Self>> {
        let folder = out.join(PRIVATE);
        let path = folder.join("lock");
        for own in [&folder, &path] {
            let metadata = std::fs::symlink_metadata(own);
            if metadata.is_ok_and(|metadata| metadata.is_symlink()) {
                let shown = display_name(own);
                return Err(io::Error::other(format!(
                    "`{shown}` is a link, and may lead elsewhere; remove it"
                )));
            }
        }
        std::fs::create_dir_all(&folder)?;
        let file = File::options().create(true).truncate(false).write(true).open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { _file: Some(file) })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                Ok(Some(Self { _file: None }))
            }
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}
