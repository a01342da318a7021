//! Gives the program a name for what it is made of, `GAISAN_SOURCE`: sheets that other code made are not taken for its own.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// All that the look of a sheet depends on.
const SOURCES: [&str; 5] = ["Cargo.toml", "Cargo.lock", "build.rs", "src", "templates"];

fn main() -> io::Result<()> {
    let mut files = Vec::new();
    for source in SOURCES {
        println!("cargo:rerun-if-changed={source}");
        add(Path::new(source), &mut files)?;
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    (env::var("PROFILE").unwrap_or_default(), env::var("TARGET").unwrap_or_default()).hash(&mut hasher);
    for file in files {
        (file.to_string_lossy(), fs::read(&file)?).hash(&mut hasher);
    }
    println!("cargo:rustc-env=GAISAN_SOURCE={:016x}", hasher.finish());
    Ok(())
}

/// Adds a file, or all files below a folder; a package may come without some.
fn add(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            add(&entry?.path(), files)?;
        }
    } else if path.exists() {
        files.push(path.to_path_buf());
    }
    Ok(())
}
