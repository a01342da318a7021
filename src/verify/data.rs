//! Whether what rides inside a file is what the sheet is made from.

use std::sync::Arc;

use crate::build::{self, Remade};
use crate::enclosure::{Digest, EnclosedFile, Enclosure, Role};

/// The file inside whose bytes are not those of its digest.
pub(super) fn changed(enclosure: &Enclosure) -> Option<String> {
    enclosure.broken().map(|file| {
        format!(
            "the enclosed `{}` was changed: its digest is {}, and the sheet says {}",
            file.name,
            Digest::of(&file.bytes).short(),
            file.digest.short()
        )
    })
}

/// What is wrong with an extract, or with what the project's settings say: little is asked of these, so nothing else may call itself one.
pub(super) fn other_extract(enclosure: &Enclosure, remade: &Remade) -> Option<String> {
    let again = remade.job.as_ref()?.sheet.imprint.enclosure.as_ref()?;
    let is_meant = |file: &EnclosedFile| {
        let same_name = |other: &&Arc<EnclosedFile>| other.name == file.name;
        let made = again.files.iter().find(same_name);
        // Another version may leave out other lines.
        let is_same = |made: &EnclosedFile| made.digest == file.digest || enclosure.version != build::VERSION;
        made.is_some_and(|made| made.role == file.role && is_same(made))
    };
    let is_cut = |file: &&Arc<EnclosedFile>| matches!(file.role, Role::Extract | Role::Settings);
    let other = enclosure.files.iter().filter(is_cut).find(|file| !is_meant(file))?;
    let what = if other.role == Role::Settings { "of the project's settings" } else { "an extract" };
    Some(format!(
        "the enclosed `{}` says that it is {what}, and it is not the one that the sheet `{}` draws on",
        other.name, enclosure.sheet
    ))
}

/// Said where the data is of another sheet, or of none.
pub(super) fn no_sheet(enclosure: &Enclosure) -> String {
    format!("the enclosed data makes no sheet `{}`", enclosure.sheet)
}
