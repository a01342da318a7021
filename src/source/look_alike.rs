//! A missing file and the one beside it whose name only looks the same.

use std::path::Path;

use unicode_normalization::UnicodeNormalization;

/// What is to be done about a file that is not there, although one beside it has a name that looks the same: on Windows and macOS
/// it would have been found. `None` where there is no such file.
#[must_use]
pub fn look_alike(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    let entries = std::fs::read_dir(folder.unwrap_or(Path::new("."))).ok()?;
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let loose = |name: &str| name.nfkc().collect::<String>().to_lowercase();
    let found =
        names.filter(|found| loose(found) == loose(name)).min_by_key(|found| !found.nfc().eq(name.nfc()))?;
    Some(if found.nfc().eq(name.nfc()) {
        "there is a file of this name in another Unicode form, as archives made on a Mac have it; rename it as it is written here"
            .to_owned()
    } else {
        format!("did you mean `{found}`? Small letters and capitals are told apart")
    })
}
