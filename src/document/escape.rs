//! From text to Markdown that shows it.

/// Escapes text so that Markdown shows it as it is, in a paragraph, a heading, a table cell or a link.
pub fn escaped(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mut escaped = String::with_capacity(text.len() + 8);
    for (at, character) in text.char_indices() {
        let special = match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '{' | '}' | '&' | '$' | '"' => true,
            // Also at the end of a heading, where it would close the heading.
            '#' => {
                text.get(..at).is_none_or(|before| before.is_empty() || before.ends_with(char::is_whitespace))
            }
            // A list, a definition or a rule begins so; a negative amount does not.
            '+' | ':' | '-' => at == 0 && !is_figure(text),
            '=' => at == 0,
            '!' => text.get(at + 1..).is_some_and(|rest| rest.starts_with('[')),
            '.' | ')' => {
                digits > 0
                    && at == digits
                    && text.get(at + 1..).is_none_or(|rest| rest.is_empty() || rest.starts_with(' '))
            }
            _ => false,
        };
        if special {
            escaped.push('\\');
        }
        escaped.push(if matches!(character, '\n' | '\r') { ' ' } else { character });
    }
    escaped
}

/// Whether a text is a signed amount such as `-14.0`, which no reader of Markdown takes for a list.
fn is_figure(text: &str) -> bool {
    let after = text.strip_prefix(['-', '+']).unwrap_or_default();
    after.starts_with(|first: char| first.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_become_markup() {
        assert_eq!(escaped("a|b *c* [d](e) <f>"), r"a\|b \*c\* \[d\](e) \<f\>");
        assert_eq!(escaped("1. 一"), r"1\. 一");
        assert_eq!(escaped("# 見出し"), r"\# 見出し");
        assert_eq!(escaped("-5"), "-5");
        assert_eq!(escaped("- 5"), r"\- 5");
        assert_eq!(escaped("4,592百万円（31.4%）"), "4,592百万円（31.4%）");
    }
}
