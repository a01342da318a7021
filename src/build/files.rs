//! A file of the output folder: as lists name it, as it was last seen, and what stands in its place now.

use std::path::{Component, Path};

use serde::{Deserialize, Serialize};

use super::write::PRIVATE;
use crate::enclosure::Digest;
use crate::source::Stamp;

/// A file with its digest.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileEntry {
    /// Relative to the output folder, with `/`.
    pub path: String,
    pub sha256: Digest,
    /// How many bytes.
    pub size: u64,
}

/// Whether a path in a list of files would lead out of the output folder, or to what is gaisan's own there, on any system.
pub(super) fn leads_out(path: &str) -> bool {
    let mut parts = Path::new(path).components();
    let own = |part: Component<'_>| part.as_os_str().eq_ignore_ascii_case(PRIVATE);
    path.contains(['\\', ':'])
        || parts.clone().next().is_none_or(own)
        || !parts.all(|part| matches!(part, Component::Normal(_)))
}

/// A file as it was written or read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Seen {
    pub(super) sha256: Digest,
    /// How it was on the disk then.
    stamp: Stamp,
}

impl Seen {
    /// A file that was just written.
    pub(super) fn of(path: &Path, digest: Digest, size: u64) -> Self {
        let metadata = std::fs::symlink_metadata(path).ok();
        Self { sha256: digest, stamp: metadata.map_or(Stamp::of_size(size), |it| Stamp::of(&it)) }
    }

    /// A file as it is to be.
    pub(super) fn expected(digest: Digest, size: u64) -> Self {
        Self { sha256: digest, stamp: Stamp::of_size(size) }
    }

    /// A file on the disk, read; `None` where there is none.
    fn read(path: &Path) -> Option<Self> {
        // The stamp comes first: what changes while it is read is read again next time.
        let metadata = std::fs::symlink_metadata(path).ok()?;
        let bytes = crate::source::bytes(path).ok().filter(|_| metadata.is_file())?;
        Some(Self { sha256: Digest::of(&bytes), stamp: Stamp::of(&metadata) })
    }

    /// The file as it is now, read only where it may have changed.
    fn now(&self, path: &Path) -> Option<Self> {
        let metadata = std::fs::symlink_metadata(path).ok()?;
        let is_same = metadata.is_file() && Stamp::of(&metadata).tells_same(self.stamp);
        if is_same { Some(self.clone()) } else { Self::read(path) }
    }

    /// The file as it is now, where its content is still the same.
    pub(super) fn still(&self, path: &Path) -> Option<Self> {
        Standing::of(path, self.sha256, Some(self)).same()
    }

    /// The manifest's entry of the file.
    pub(super) fn entry(&self, path: &str) -> FileEntry {
        FileEntry { path: path.to_owned(), sha256: self.sha256, size: self.stamp.size }
    }
}

/// What stands in the place of a file that is to have a certain digest. Everything that is kept, compared or refused goes by it.
pub(super) enum Standing {
    /// Nothing.
    Missing,
    /// The file itself.
    Same(Seen),
    /// Something else.
    Other(Seen),
}

impl Standing {
    /// Looks; `known` is how the file was last seen, which may save reading it.
    pub(super) fn of(path: &Path, digest: Digest, known: Option<&Seen>) -> Self {
        let now = match known {
            Some(known) => known.now(path),
            None => Seen::read(path),
        };
        match now {
            None => Self::Missing,
            Some(seen) if seen.sha256 == digest => Self::Same(seen),
            Some(seen) => Self::Other(seen),
        }
    }

    /// The file itself, if it stands there.
    pub(super) fn same(self) -> Option<Seen> {
        match self {
            Self::Same(seen) => Some(seen),
            Self::Missing | Self::Other(_) => None,
        }
    }
}

/// Whether a file holds what was written, only with the line ends that a checkout of Git gives to texts on other systems.
pub(super) fn is_converted(path: &Path, written: Digest) -> bool {
    let bytes = crate::source::bytes(path).ok().filter(|bytes| Digest::of(bytes) != written);
    bytes.is_some_and(|bytes| written.written(&bytes).is_some())
}

#[cfg(test)]
mod tests {
    use super::leads_out;

    #[test]
    fn a_list_of_files_stays_in_its_folder() {
        for path in ["index.html", "fy2022/mext-5/figures/q-leap-flow.svg", "a..b/c"] {
            assert!(!leads_out(path), "{path}");
        }
        for path in
            ["", ".", "..", "../x", "a/../../x", "/etc/x", "..\\x", "C:x", ".gaisan/lock", ".GAISAN/lock"]
        {
            assert!(leads_out(path), "{path}");
        }
    }
}
