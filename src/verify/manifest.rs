//! Whether a file is one of those that a manifest lists.

use crate::build::{Format, Manifest};
use crate::enclosure::{Digest, Enclosure};

/// Whether the manifest lists a file of these bytes, under whatever name.
pub(super) fn lists(manifest: &Manifest, bytes: &[u8]) -> bool {
    let digest = Digest::of(bytes);
    manifest.all_files().any(|file| file.sha256 == digest)
}

/// What the manifest has in place of a file that it does not list.
pub(super) fn otherwise(manifest: &Manifest, enclosure: &Enclosure, format: Format) -> String {
    let Some(sheet) = manifest.sheets.iter().find(|sheet| sheet.name == enclosure.sheet) else {
        return format!("the manifest has no sheet `{}`", enclosure.sheet);
    };
    let digest = enclosure.digest();
    if sheet.digest != digest.to_string() {
        return format!(
            "it is another edition than the one in the manifest: its data has the digest {}, and the manifest says {}",
            digest.short(),
            sheet.digest.get(..Digest::PRINTED).unwrap_or_default()
        );
    }
    let end = format!(".{}", format.extension());
    if sheet.files.iter().any(|file| file.path.ends_with(&end)) {
        "its data is that of the manifest, and the file is another one".to_owned()
    } else {
        format!("its data is that of the manifest, which lists no {end} file of the sheet")
    }
}
