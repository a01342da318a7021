//! Text as HTML wants it beyond its escapes: addresses, and words that hold together.

use std::fmt::Write;

use crate::breaks::phrases;
use crate::script::width;
use crate::xml::attribute;

/// An address between double quotes; what may not stand in an address is written in percent form.
pub(super) fn href(target: &str) -> String {
    let clean = target.chars().fold(String::with_capacity(target.len()), |mut out, character| {
        match character {
            ' ' => out.push_str("%20"),
            '\u{3000}' => out.push_str("%E3%80%80"),
            '"' => out.push_str("%22"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '[' => out.push_str("%5B"),
            ']' => out.push_str("%5D"),
            '{' => out.push_str("%7B"),
            '}' => out.push_str("%7D"),
            '|' => out.push_str("%7C"),
            '^' => out.push_str("%5E"),
            '`' => out.push_str("%60"),
            '\\' => out.push_str("%5C"),
            _ => out.push(character),
        }
        out
    });
    attribute(&clean)
}

/// Says in a piece of HTML where the lines of a title or a cell may end: between its phrases, where copying gives nothing. The style sheet keeps
/// Japanese whole beside that. Signs with a hyphen (`Q-LEAP`), which a browser would break, are held.
pub(super) fn phrased(html: &str) -> String {
    let (plain, places) = shown(html);
    let ends = phrases(&plain);
    let is_blank = |at: usize| plain[..at].ends_with(char::is_whitespace);
    let mut out = String::with_capacity(html.len() + ends.len() * 5);
    let (mut copied, mut from) = (0, 0);
    for end in ends.into_iter().chain([plain.len()]) {
        let place = places.partition_point(|(at, _)| *at < end);
        let start =
            places.get(places.partition_point(|(at, _)| *at < from)).map_or(html.len(), |(_, at)| *at);
        let at = places.get(place).map_or(html.len(), |(_, at)| *at);
        let phrase = plain[from..end].trim();
        let is_sign = phrase.contains('-') && width(phrase) <= SIGN;
        // Its letters are all in one element.
        let last = places.get(..place).and_then(|it| it.last()).map_or(0, |(_, at)| *at);
        let sign = html.get(start..at).and_then(|it| it.split('<').next());
        let sign = sign.filter(|it| is_sign && last < start + it.len()).map(str::trim_end);
        if let Some(sign) = sign {
            out.push_str(&html[copied..start]);
            let _ = write!(out, "<span class=\"word\">{sign}</span>");
            copied = start + sign.len();
        }
        out.push_str(&html[copied..at]);
        if end < plain.len() && !is_blank(end) {
            out.push_str("<wbr>");
        }
        (copied, from) = (at, end);
    }
    out.push_str(&html[copied..]);
    out
}

/// The widest sign that is held together, in columns.
const SIGN: usize = 12;

/// What a piece of HTML shows, and for each character of it its place there and in the piece; a character reference counts as one letter.
fn shown(html: &str) -> (String, Vec<(usize, usize)>) {
    let mut plain = String::with_capacity(html.len());
    let mut places = Vec::new();
    let mut in_tag = false;
    let mut reference = false;
    for (at, character) in html.char_indices() {
        match character {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            ';' if reference => reference = false,
            _ if in_tag || reference => {}
            _ => {
                places.push((plain.len(), at));
                reference = character == '&';
                plain.push(if reference { '_' } else { character });
            }
        }
    }
    (plain, places)
}

#[cfg(test)]
mod tests {
    use super::phrased;

    #[test]
    fn lines_end_between_phrases_and_what_is_copied_stays() {
        for (html, wanted) in [
            ("令和4年度要求・要望額", "令和4年度<wbr>要求・<wbr>要望額"),
            ("研究<strong>プラットフォーム</strong>", "研究<strong><wbr>プラットフォーム</strong>"),
            ("R&amp;D投資の推進", "R&amp;D<wbr>投資の<wbr>推進"),
            (
                "<a href=\"a-b.html\">光・量子（Q-LEAP）</a>",
                "<a href=\"a-b.html\">光・<wbr>量子<wbr><span class=\"word\">（Q-LEAP）</span></a>",
            ),
            ("of which: Tide Gauges", "of which: Tide Gauges"),
            ("△1,234.5", "△1,234.5"),
        ] {
            let phrased = phrased(html);
            assert_eq!(phrased, wanted);
            let copied =
                phrased.replace("<wbr>", "").replace("<span class=\"word\">", "").replace("</span>", "");
            assert_eq!(copied, html);
        }
    }
}
