//! W0603: a PDF can show every character.

use super::chinese_form;
use super::prose::occurrences;
use crate::diagnostic::Diagnostic;
use crate::rollup::Rollup;
use crate::source::is_ideograph;
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
        let forms = occurrences(line, |prose| {
            let found = prose.text.char_indices();
            let pairs =
                found.clone().zip(found.skip(1).map(|(at, selector)| (at + selector.len_utf8(), selector)));
            pairs
                .map(|((at, kanji), (end, selector))| (at..end, (kanji, selector)))
                .filter(|(_, (kanji, selector))| {
                    let is_selector = matches!(selector, '\u{FE00}'..='\u{FE0D}' | '\u{E0100}'..='\u{E01EF}');
                    is_selector
                        && is_ideograph(*kanji)
                        && fonts.show(*kanji)
                        && !fonts.show_form(*kanji, *selector)
                })
                .collect()
        });
        for ((kanji, selector), places) in forms {
            let (code, asked) = (u32::from(kanji), u32::from(selector));
            let message = format!(
                "`{kanji}{selector}` (U+{code:04X} U+{asked:04X}) is printed in its common form, `{kanji}`, in a PDF"
            );
            let finding = Diagnostic::new("W0603", places.first, message)
                .here("the sheets' typeface does not have this form of it")
                .about(&line.id.value)
                .help(format!("write `{kanji}` alone, without the selector of the form, or accept that the PDF shows it so; Markdown and HTML are not affected"));
            findings.push(places.told(finding, line));
        }
    }
}
