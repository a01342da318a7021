//! Scalars as they are written, so that the reader reads them as they were meant.

/// A text as a scalar: bare where it is read as itself, otherwise in quotation marks.
pub(crate) fn scalar(text: &str, in_flow: bool) -> String {
    if is_plain(text, in_flow) { text.to_owned() } else { quoted(text) }
}

/// A text in double quotation marks.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            _ if is_escaped(c) => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Whether YAML reads a bare text as itself.
fn is_plain(text: &str, in_flow: bool) -> bool {
    let begins = match text.strip_prefix('-') {
        Some(rest) => rest.starts_with(|c: char| c.is_ascii_alphanumeric()),
        None => !text.starts_with(|c| "?:,[]{}#&*!|>'\"%@`".contains(c)),
    };
    let is_word = !matches!(text, "" | "~" | "null" | "Null" | "NULL" | "---" | "..." | "<<" | "=");
    let is_whole =
        text.trim() == text && !text.ends_with(':') && !text.contains(": ") && !text.contains(" #");
    let is_apart = !in_flow || !text.contains([',', '[', ']', '{', '}']) && !text.contains(":\"");
    is_word && begins && is_whole && is_apart && !text.chars().any(is_escaped)
}

/// Whether a character is written by its number.
pub(crate) fn is_escaped(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}
