//! Files of a project that change together: all of them, or none.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::{Path, PathBuf};

use super::Failure;
use super::run::failure;
use super::write::Output;

/// Writes files. All of them are on the disk before the first one is moved to its place, and where one cannot be moved those before it go
/// back.
///
/// # Errors
/// Names the file that could not be written, and why.
pub fn replace(files: &BTreeMap<PathBuf, Vec<u8>>) -> Result<(), Failure> {
    let folder = |path: &Path| match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_path_buf(),
        _ => PathBuf::from("."),
    };
    let mut outputs: BTreeMap<PathBuf, Output> = BTreeMap::new();
    let done = (|| {
        for path in files.keys().filter(|path| path.file_name().is_some()) {
            if let Entry::Vacant(place) = outputs.entry(folder(path)) {
                let output = Output::open(place.key()).map_err(|error| failure(path, error))?;
                place.insert(output);
            }
        }
        let mut staged = Vec::new();
        for (path, bytes) in files {
            let Some((output, name)) = outputs.get(&folder(path)).zip(path.file_name()) else { continue };
            let file = output.stage(Path::new(name), bytes).map_err(|error| failure(path, error))?;
            file.like_before();
            staged.push((path, file));
        }
        let mut before: Vec<(&Path, Option<Vec<u8>>)> = Vec::new();
        for (path, file) in staged {
            let old = crate::source::bytes(path).ok();
            if let Err(error) = file.place(true) {
                for (path, old) in before {
                    let _ = match old {
                        Some(old) => std::fs::write(path, old),
                        None => std::fs::remove_file(path),
                    };
                }
                return Err(failure(path, error));
            }
            before.push((path, old));
        }
        Ok(())
    })();
    for output in outputs.into_values() {
        // Each file is on the disk already.
        let _ = output.close();
    }
    done
}
