//! How much of what an author wrote a finding repeats.

/// The longest quotation of what is wrong, and of what is to be written, in characters.
pub(super) const WRONG: usize = 80;
pub(super) const RIGHT: usize = 240;
/// The longest text of a finding, in characters.
const LONGEST_TEXT: usize = 800;

/// A text of a finding whose quotations, and which itself, are no longer than a person reads: their middles are left out.
pub(super) fn brief(text: String, longest: usize) -> String {
    if text.len() <= longest {
        return text;
    }
    let parts: Vec<String> = text
        .split('`')
        .enumerate()
        .map(|(at, part)| if at % 2 == 1 { cut(part, longest) } else { part.to_owned() })
        .collect();
    cut(&parts.join("`"), LONGEST_TEXT)
}

/// A text without its middle where it has more characters than `most`; more of its beginning than of its end is kept.
pub fn cut(text: &str, most: usize) -> String {
    let count = text.chars().count();
    if count <= most {
        return text.to_owned();
    }
    let tail = most / 4;
    let head: String = text.chars().take(most - tail).collect();
    let rest: String = text.chars().skip(count - tail).collect();
    format!("{head}…{rest}")
}
