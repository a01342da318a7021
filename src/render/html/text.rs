//! Text as HTML wants it beyond its escapes: addresses, and words that hold together.

use std::fmt::Write;

use crate::breaks::{figures, glued, phrases};
use crate::script::{opens, width};
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

/// Holds figures together with their units in a piece of HTML, which a browser would part at the digits' end: a figure without its unit, or with
/// another one, reads as another amount.
pub(super) fn held(html: String) -> String {
    if !html.contains(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c) || c == '·') {
        return html;
    }
    let html = with_glue(html);
    let (plain, places) = shown(&html);
    let place = |at: usize| places.partition_point(|(it, _)| *it < at);
    let mut out = String::with_capacity(html.len() + 64);
    let mut copied = 0;
    for (from, to) in figures(&plain) {
        let from = from - sign(&plain[..from]);
        let figure = &plain[from..to];
        let is_parted = figure.contains(|c: char| !c.is_ascii() || c == ' ' || c == '-');
        let wide = width(figure);
        let (Some((_, start)), Some((last, at))) =
            (places.get(place(from)), place(to).checked_sub(1).and_then(|it| places.get(it)))
        else {
            continue;
        };
        let length = plain[*last..].chars().next().map_or(0, char::len_utf8);
        let letters = html.get(*start..*at + length).filter(|it| !it.contains(['<', '&']));
        let Some(letters) = letters.filter(|_| is_parted && wide <= HELD && *start >= copied) else {
            continue;
        };
        out.push_str(&html[copied..*start]);
        let long = if wide > SHORT { " long" } else { "" };
        let _ = write!(out, "<span class=\"word{long}\">{letters}</span>");
        copied = at + length;
    }
    out.push_str(&html[copied..]);
    out
}

/// Holds titles to their numbers and dots to what stands before them.
fn with_glue(html: String) -> String {
    let (plain, places) = shown(&html);
    let mut out = String::with_capacity(html.len());
    let mut copied = 0;
    for at in glued(&plain) {
        let Ok(place) = places.binary_search_by_key(&at, |(at, _)| *at) else { continue };
        let at = places[place].1;
        out.push_str(&html[copied..at]);
        out.push('\u{A0}');
        copied = at + 1;
    }
    out.push_str(&html[copied..]);
    out
}

/// How long the sign at the end of a text is that belongs to what follows, ＋ of `増　＋20百万円`: not the one within a sum.
fn sign(before: &str) -> usize {
    let sign = before.chars().next_back().filter(|c| matches!(c, '＋' | '+' | '－' | '−' | '±' | '△' | '▲'));
    let sign = sign.map_or(0, char::len_utf8);
    let is_free = before[..before.len() - sign]
        .chars()
        .next_back()
        .is_none_or(|c| c.is_whitespace() || opens(c) || "、。，．：・,:".contains(c));
    if is_free { sign } else { 0 }
}

/// The widest figure that is held together, in columns, and the widest that a phone's narrowest column has room for.
const HELD: usize = 24;
const SHORT: usize = 15;

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
    use super::{held, phrased};

    #[test]
    fn lines_end_between_phrases_and_what_is_copied_stays() {
        for (html, wanted) in [
            ("アジア太平洋数理融合イノベーション", "アジア<wbr>太平洋<wbr>数理<wbr>融合<wbr>イノベーション"),
            ("自動車の内閣府、その他、超電導体", "自動車の<wbr>内閣府、<wbr>その他、<wbr>超電導体"),
            ("スマートラボラトリ化", "スマート<wbr>ラボラトリ化"),
            ("プラットフォームとの合計額", "プラットフォームとの<wbr>合計額"),
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

    #[test]
    fn a_figure_stands_with_its_unit() {
        for (html, figures) in [
            ("（前年度予算額 3,494百万円）", &["3,494百万円"][..]),
            ("約1,234億5,678万円と35台", &["約1,234億5,678万円", "35台"]),
            ("新設（新規）　＋20百万円", &["＋20百万円"]),
            ("20億円＋3億円", &["20億円", "3億円"]),
            ("全国12か所、<b>約100</b>億円", &["12か所"]),
            ("about 48.3 billion yen &amp; 12 sites", &["48.3 billion yen"]),
            ("1,234 <i title=\"3人\">x</i>", &[]),
        ] {
            let held = held(html.to_owned());
            let found: Vec<&str> = (held.split("<span class=\"word").skip(1))
                .filter_map(|it| it.split_once('>')?.1.split_once("</span>"))
                .map(|(figure, _)| figure)
                .collect();
            assert_eq!(found, figures, "{held}");
        }
    }
}
