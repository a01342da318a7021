//! Characters that a text must not have.

use crate::diagnostic::Diagnostic;
use crate::read::codes;
use crate::source::{FileId, Span};

/// How many findings of one kind are shown for one file.
const REPEAT_LIMIT: usize = 10;

/// Reports characters that YAML readers treat differently, and replaces them by as many bytes of blanks so that reading goes on.
pub(super) fn without_forbidden(text: &str, file: FileId, findings: &mut Vec<Diagnostic>) -> String {
    let name = |character: char| match character {
        '\u{2028}' => Some("a line separator (U+2028)".to_owned()),
        '\u{2029}' => Some("a paragraph separator (U+2029)".to_owned()),
        '\u{85}' => Some("a next-line character (U+0085)".to_owned()),
        '\u{FEFF}' => Some("a byte order mark (U+FEFF) inside the text".to_owned()),
        '\n' | '\r' | '\t' => None,
        other if other.is_control() || matches!(other, '\u{FFFE}' | '\u{FFFF}') => {
            Some(format!("a control character (U+{:04X})", u32::from(other)))
        }
        _ => None,
    };
    let mut clean = String::with_capacity(text.len());
    let mut found = 0;
    for (start, character) in text.char_indices() {
        let Some(name) = name(character) else {
            clean.push(character);
            continue;
        };
        clean.extend(std::iter::repeat_n(' ', character.len_utf8()));
        found += 1;
        if found <= REPEAT_LIMIT {
            let span = Span { file, start, end: start + character.len_utf8() };
            findings.push(
                Diagnostic::new(codes::CHARACTER, span, format!("the text contains {name}"))
                    .here("here, though it cannot be seen")
                    .help("delete it and, where a new line is meant, press Enter; such characters come along when text is pasted from Word or a PDF"),
            );
        }
    }
    clean
}
