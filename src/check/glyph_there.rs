//! W0603: a PDF can show every character.

use super::chinese_form;
use super::prose::occurrences;
use crate::diagnostic::Diagnostic;
use crate::rollup::Rollup;
use crate::typeface::Fonts;

pub(super) fn check(rollup: &Rollup<'_>, fonts: &Fonts, findings: &mut Vec<Diagnostic>) {
    for line in rollup.rows.iter().map(|row| row.line) {
        // A Chinese form has a rule of its own, which knows the cure.
        let is_lacking =
            |found: char| !found.is_ascii() && !fonts.show(found) && chinese_form::japanese(found).is_none();
        let lacking = occurrences(line, |prose| {
            let found = prose.text.char_indices();
            found
                .filter(|(_, found)| is_lacking(*found))
                .map(|(at, found)| (at..at + found.len_utf8(), found))
                .collect()
        });
        for (found, places) in lacking {
            let code = u32::from(found);
            let finding = Diagnostic::new(
                "W0603",
                places.first,
                format!("`{found}` (U+{code:04X}) is printed as 〓 in a PDF"),
            )
            .here("the sheets' typeface does not have it")
            .about(&line.id.value)
            .help("write a common form of it, or kana, or name a font that has it in `gaisan.yaml`: `fonts: {fallback: …}`; Markdown and HTML are not affected");
            findings.push(places.told(finding, line));
        }
    }
}
