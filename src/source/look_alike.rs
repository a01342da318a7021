//! A missing file and the one beside it that was meant.

use std::path::Path;

use unicode_normalization::UnicodeNormalization;

use super::{beside, unseen};

/// A file that is there, and was probably meant by a name of one that is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookAlike {
    /// The name as it is to be written, relative to the naming file; empty where the file itself is to be renamed.
    pub name: String,
    /// Whether only this file can be meant.
    pub is_certain: bool,
    /// What else there is to know; may be empty.
    pub why: &'static str,
}

/// The one of some words that is most like a word.
type Nearest = for<'w> fn(&str, &[&'w str]) -> Option<&'w str>;

/// The file that was meant by a name of one that is not there: on Windows and macOS it would have been found, or it ends in `.yml`, or
/// its name is spelled in another way, which `nearest` tells. `None` where no file beside it is like it.
pub fn look_alike(from: &Path, name: &str, nearest: Nearest) -> Option<LookAlike> {
    let slashed = name.replace('\\', "/");
    let slashed = slashed.trim_start_matches("./");
    let path = beside(from, slashed);
    if slashed != name && path.is_file() {
        let (name, why) = (slashed.to_owned(), "folders are parted by `/` on every system");
        return Some(LookAlike { name, is_certain: true, why });
    }
    let seen: String = slashed.chars().filter(|c| unseen(*c).is_none()).collect();
    if seen != slashed && beside(from, &seen).is_file() {
        return Some(LookAlike {
            name: seen,
            is_certain: true,
            why: "characters that cannot be seen stand in the name",
        });
    }
    let wanted = path.file_name()?.to_str()?;
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    let entries = std::fs::read_dir(folder.unwrap_or(Path::new("."))).ok()?;
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|it| !it.starts_with('.'))
        .collect();
    names.retain(|found| beside(from, found) != *from);
    names.sort();
    let loose = |name: &str| name.nfkc().collect::<String>().to_lowercase();
    let stem = |name: &str| {
        let name = loose(name);
        let stem = name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml")).unwrap_or(&name);
        stem.to_owned()
    };
    let alike = |is_certain, why, found: &str| {
        let before = slashed.strip_suffix(wanted).unwrap_or_default();
        Some(LookAlike { name: format!("{before}{found}"), is_certain, why })
    };
    let same = names.iter().filter(|found| loose(found) == loose(wanted));
    if let Some(found) = same.min_by_key(|found| !found.nfc().eq(wanted.nfc())) {
        // What has this very name and is no file cannot be meant.
        if found == wanted {
            return None;
        }
        if found.nfc().eq(wanted.nfc()) {
            let why = "there is a file of this name in another Unicode form, as archives made on a Mac have it; rename it as it is written here";
            return Some(LookAlike { name: String::new(), is_certain: false, why });
        }
        return alike(false, "Small letters and capitals are told apart.", found);
    }
    if names.iter().any(|found| loose(found) == format!("{}.txt", loose(wanted))) {
        let why = "there is a file of this name with `.txt` behind it, which Windows does not show; take that off its name";
        return Some(LookAlike { name: String::new(), is_certain: false, why });
    }
    let mut ended = names.iter().filter(|found| stem(found) == stem(wanted));
    if let (Some(found), None) = (ended.next(), ended.next()) {
        return alike(true, "", found);
    }
    let end = Path::new(wanted).extension();
    let known: Vec<&str> =
        names.iter().map(String::as_str).filter(|found| Path::new(found).extension() == end).collect();
    // The extension alone makes no two names alike.
    let stems: Vec<String> = known.iter().map(|found| stem(found)).collect();
    let stems: Vec<&str> = stems.iter().map(String::as_str).collect();
    let near = nearest(&stem(wanted), &stems)?;
    let at = stems.iter().position(|found| *found == near)?;
    alike(false, "", known.get(at)?)
}
