//! One build at a time in an output folder.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

use super::write::PRIVATE;

/// The right to write into an output folder; it ends with this value, or with the process.
#[derive(Debug)]
pub struct Lock {
    _file: Option<File>,
}

impl Lock {
    /// Asks for the right; `None` while another build has it. Where the disk knows no locks everybody gets it.
    ///
    /// # Errors
    /// When the folder cannot be made or written to.
    pub fn ask(out: &Path) -> io::Result<Option<Self>> {
        let folder = out.join(PRIVATE);
        std::fs::create_dir_all(&folder)?;
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(folder.join("lock"))?;
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
