//! Text as XML and HTML want it: none of it is taken for markup, and what they forbid is U+FFFD.

/// Text as content.
pub(crate) fn escape(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, character| {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' => out.push(character),
            '\u{fdd0}'..='\u{fdef}' => out.push('\u{fffd}'),
            _ if character.is_control() || u32::from(character) & 0xfffe == 0xfffe => out.push('\u{fffd}'),
            _ => out.push(character),
        }
        out
    })
}

/// Text between double quotes.
pub(crate) fn attribute(text: &str) -> String {
    escape(text).replace('"', "&quot;").replace('\'', "&#39;")
}
