//! Files that are either old or new, never half written, and never outside the output folder.

use std::collections::HashSet;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use tempfile::NamedTempFile;

use super::files::Seen;
use crate::enclosure::Digest;
use crate::source::{display_name, no_folder};

/// The folder in an output folder that is gaisan's own.
pub(super) const PRIVATE: &str = ".gaisan";

/// How many files of a run are brought to the disk one by one, each before it takes its place. Waiting for each of many takes most of
/// a first build; they are brought there all at once, before manifest and state say that they are there.
const ONE_BY_ONE: usize = 32;

/// Whether the system can bring all files of a disk there at once.
const CAN_SYNC_ALL: bool = cfg!(target_os = "linux");

/// That the system would not write.
pub(super) fn refused(error: io::Error) -> String {
    format!("cannot be written: {error}")
}

fn outside(path: &Path) -> String {
    format!("`{}` leads out of the output folder", display_name(path))
}

/// An output folder that is being written to.
#[derive(Debug)]
pub(super) struct Output {
    out: PathBuf,
    real: PathBuf,
    sound: Mutex<HashSet<PathBuf>>,
    written: AtomicUsize,
}

/// A file that is on the disk and not yet in its place.
#[derive(Debug)]
pub(super) struct Staged {
    target: PathBuf,
    temporary: NamedTempFile,
}

impl Staged {
    /// Gives it the permissions that the file in its place has.
    pub(super) fn like_before(&self) {
        if let Ok(metadata) = std::fs::metadata(&self.target) {
            let _ = self.temporary.as_file().set_permissions(metadata.permissions());
        }
    }

    /// Moves it to its place; `is_synced` where its bytes are to be on the disk for certain before.
    pub(super) fn place(self, is_synced: bool) -> Result<(), String> {
        let Self { target, temporary } = self;
        let place = || -> io::Result<()> {
            if is_synced {
                temporary.as_file().sync_all()?;
            }
            temporary.persist(target).map_err(|error| error.error)?;
            Ok(())
        };
        place().map_err(refused)
    }
}

impl Output {
    /// Opens an output folder, makes it if need be, and takes away what a killed build left.
    pub(super) fn open(out: &Path) -> Result<Self, String> {
        if out.exists() && !out.is_dir() {
            return Err(no_folder(out));
        }
        std::fs::create_dir_all(out).map_err(refused)?;
        let real = out.canonicalize().map_err(refused)?;
        let output =
            Self { out: out.to_path_buf(), real, sound: Mutex::default(), written: AtomicUsize::new(0) };
        output.check_folder(&Path::new(PRIVATE).join("tmp"))?;
        let temporary = out.join(PRIVATE).join("tmp");
        std::fs::create_dir_all(&temporary).map_err(refused)?;
        let left = std::fs::read_dir(&temporary).map_err(refused)?;
        for entry in left.flatten() {
            let _ = std::fs::remove_file(entry.path());
        }
        Ok(output)
    }

    /// Writes a file whose digest is known.
    pub(super) fn file(&self, path: &Path, bytes: &[u8], digest: Digest) -> Result<Seen, String> {
        let staged = self.stage(path, bytes)?;
        let target = staged.target.clone();
        let number = self.written.fetch_add(1, Ordering::Relaxed);
        staged.place(number < ONE_BY_ONE || !CAN_SYNC_ALL)?;
        Ok(Seen::of(&target, digest, bytes.len() as u64))
    }

    /// Writes a file of gaisan's own.
    pub(super) fn private(&self, name: &str, bytes: &[u8]) -> Result<(), String> {
        self.sync()?;
        self.temporary(self.out.join(PRIVATE).join(name), bytes)?.place(true)
    }

    /// Brings to the disk what was written and is not there for certain; what is written down of it afterwards is true then.
    pub(super) fn sync(&self) -> Result<(), String> {
        if self.written.swap(0, Ordering::Relaxed) <= ONE_BY_ONE || !CAN_SYNC_ALL {
            return Ok(());
        }
        sync_all(&self.out).map_err(refused)
    }

    /// Writes a file where nobody reads it.
    pub(super) fn stage(&self, path: &Path, bytes: &[u8]) -> Result<Staged, String> {
        self.make_folder(path)?;
        self.temporary(self.out.join(path), bytes)
    }

    fn temporary(&self, target: PathBuf, bytes: &[u8]) -> Result<Staged, String> {
        let write = || -> io::Result<NamedTempFile> {
            let mut temporary = builder().tempfile_in(self.out.join(PRIVATE).join("tmp"))?;
            // By the file itself: its errors do not name the temporary path, which tells nobody anything.
            temporary.as_file_mut().write_all(bytes)?;
            Ok(temporary)
        };
        Ok(Staged { target, temporary: write().map_err(refused)? })
    }

    /// Takes away gaisan's own folder where nothing is in it, for files that no later build needs to know of.
    pub(super) fn close(self) -> Result<(), String> {
        self.sync()?;
        let private = self.out.join(PRIVATE);
        let _ = std::fs::remove_dir(private.join("tmp"));
        let _ = std::fs::remove_dir(private);
        Ok(())
    }

    /// Removes a file below the output folder, and its folder if nothing else is in it.
    pub(super) fn remove(&self, path: &Path) -> Result<(), String> {
        self.check(path)?;
        match std::fs::remove_file(self.out.join(path)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(refused(error));
            }
            _ => {}
        }
        for folder in path.ancestors().skip(1) {
            if folder.as_os_str().is_empty() || std::fs::remove_dir(self.out.join(folder)).is_err() {
                break;
            }
        }
        Ok(())
    }

    fn make_folder(&self, path: &Path) -> Result<(), String> {
        let folder = path.parent().unwrap_or(Path::new(""));
        if self.is_sound(folder) {
            return Ok(());
        }
        self.check(path)?;
        std::fs::create_dir_all(self.out.join(folder)).map_err(refused)?;
        if let Ok(mut sound) = self.sound.lock() {
            sound.insert(folder.to_path_buf());
        }
        Ok(())
    }

    fn is_sound(&self, folder: &Path) -> bool {
        self.sound.lock().is_ok_and(|sound| sound.contains(folder))
    }

    /// Whether a path stays below the output folder, also where folders are links.
    fn check(&self, path: &Path) -> Result<(), String> {
        let normal = |part: Component<'_>| matches!(part, Component::Normal(_));
        if !path.components().all(normal) || path.starts_with(PRIVATE) {
            return Err(outside(path));
        }
        self.check_folder(path.parent().unwrap_or(Path::new("")))
    }

    fn check_folder(&self, folder: &Path) -> Result<(), String> {
        let mut whole = self.out.clone();
        for part in folder.components() {
            whole.push(part);
            let Ok(metadata) = std::fs::symlink_metadata(&whole) else {
                break;
            };
            if metadata.is_symlink() {
                let inside = whole.canonicalize().is_ok_and(|real| real.starts_with(&self.real));
                if !inside {
                    return Err(outside(&whole));
                }
            } else if !metadata.is_dir() {
                return Err(no_folder(&whole));
            }
        }
        Ok(())
    }
}

#[cfg(target_os = "linux")]
fn sync_all(folder: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(std::fs::File::open(folder)?)?)
}

#[cfg(not(target_os = "linux"))]
fn sync_all(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// A temporary file that others may read once it is in place, as far as the system's mask allows.
#[cfg_attr(not(unix), expect(unused_mut, reason = "there is nothing to set"))]
fn builder() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder
}
