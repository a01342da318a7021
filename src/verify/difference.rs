//! Where a file differs from the one that its data makes, in words.

use crate::build::Format;
use crate::render::pdf;

/// How much of a line is shown around the first character that differs.
const AROUND: usize = 24;

/// Where a file differs from what its data makes.
pub(super) fn told(format: Format, found: &[u8], made: &[u8]) -> String {
    match format {
        Format::Pdf => pdf::difference(found, made),
        _ => lines(&String::from_utf8_lossy(found), &String::from_utf8_lossy(made)),
    }
}

/// The first line of a page that differs.
fn lines(found: &str, made: &str) -> String {
    let mut both = found.lines().zip(made.lines());
    let mut line = 1;
    let differing = both.find(|(found, made)| {
        line += usize::from(found == made);
        found != made
    });
    if let Some((found, made)) = differing {
        // What a reader sees is told before how it is marked up.
        let (seen, meant) = (bare(found), bare(made));
        let (found, made) = if seen == meant { excerpts(found, made) } else { excerpts(&seen, &meant) };
        return format!("line {line} says `{found}`, and its data makes `{made}`");
    }
    let (has, makes) = (found.lines().count(), made.lines().count());
    if has == makes {
        return "its line ends are not those that its data makes; some programs change them when they send or save a page"
            .to_owned();
    }
    format!("it has {has} lines, and its data makes {makes}")
}

/// A line without its tags.
fn bare(line: &str) -> String {
    let mut in_tag = false;
    let text = line.chars().filter(|&character| {
        let was_in_tag = in_tag;
        in_tag = match character {
            '<' => true,
            '>' => false,
            _ => in_tag,
        };
        !(was_in_tag || in_tag)
    });
    text.collect()
}

/// Two different lines around their first difference.
fn excerpts(found: &str, made: &str) -> (String, String) {
    let common = found.chars().zip(made.chars()).take_while(|(a, b)| a == b).count();
    let excerpt = |line: &str| {
        let before = common.saturating_sub(AROUND);
        let text: String = line.chars().skip(before).take(2 * AROUND).collect();
        let start = if before > 0 { "…" } else { "" };
        let end = if line.chars().count() > before + 2 * AROUND { "…" } else { "" };
        format!("{start}{text}{end}")
    };
    (excerpt(found), excerpt(made))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_that_differs_is_shown_around_the_difference() {
        let long = format!("<td>{}<b>4,592</b></td>", "額".repeat(40));
        assert_eq!(
            lines(&format!("a\n{}\nc", long.replace("92", "93")), &format!("a\n{long}\nc")),
            format!("line 2 says `…{q}4,593`, and its data makes `…{q}4,592`", q = "額".repeat(20))
        );
        assert_eq!(lines("<b>a</b>", "<i>a</i>"), "line 1 says `<b>a</b>`, and its data makes `<i>a</i>`");
        assert_eq!(lines("a\nb", "a"), "it has 2 lines, and its data makes 1");
        assert!(lines("a\r\nb\r\n", "a\nb\n").contains("line ends"));
    }
}
