//! Paths in a file of JSON: as texts, and those that are none as their bytes.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    Text(PathBuf),
    Bytes(Vec<u8>),
}

impl Written {
    fn of(path: &Path) -> Self {
        match path.to_str() {
            Some(_) => Self::Text(path.to_path_buf()),
            None => Self::Bytes(path.as_os_str().as_encoded_bytes().to_vec()),
        }
    }

    fn path(self) -> PathBuf {
        match self {
            Self::Text(path) => path,
            Self::Bytes(bytes) => name(bytes).into(),
        }
    }
}

#[cfg(unix)]
fn name(bytes: Vec<u8>) -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes)
}

#[cfg(not(unix))]
fn name(bytes: Vec<u8>) -> OsString {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

pub(super) fn serialize<S: Serializer>(
    paths: &BTreeMap<String, PathBuf>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(paths.iter().map(|(name, path)| (name, Written::of(path))))
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, PathBuf>, D::Error> {
    let written = BTreeMap::<String, Written>::deserialize(deserializer)?;
    Ok(written.into_iter().map(|(name, path)| (name, path.path())).collect())
}
