//! W0513: an abbreviation of the glossary is used.

use std::collections::HashSet;

use crate::diagnostic::Diagnostic;
use crate::model::abbreviations;
use crate::rollup::Rollup;

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    let glossary = &rollup.request.glossary;
    let shorts: Vec<&str> = glossary.iter().map(|entry| entry.short.value.as_str()).collect();
    if shorts.is_empty() || rollup.rows.iter().any(|row| row.line.unread) {
        return;
    }
    let texts = rollup.rows.iter().flat_map(|row| &row.line.texts);
    let used = texts.flat_map(|prose| abbreviations(&prose.text, &shorts));
    let used: HashSet<&str> = used.filter_map(|(_, place)| shorts.get(place).copied()).collect();
    for entry in glossary {
        let short = &entry.short.value;
        if used.contains(short.as_str()) {
            continue;
        }
        findings.push(
            Diagnostic::new(
                "W0513",
                entry.short.span,
                format!("no text of the chapter uses `{short}`"),
            )
            .here("explained here")
            .help("take the entry out, or write the abbreviation as the texts do; it counts where no Latin letter, digit or hyphen joins it to another word"),
        );
    }
}
