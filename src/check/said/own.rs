//! Whether words of a text are about its own line and its own year, or about a part of it and another year.

use std::ops::Range;

use super::{Flat, Subject, begins};
use crate::model::{Era, FiscalYear};

/// What may stand right before these words, so that they are about the line itself.
const OWN: &str = "本事業の|当事業の|本章の|本施策の|本年度の|今年度の|今回の|本年度|今年度";
const OWN_ENGLISH: &str = "|the|our|its|this|total|the total|this program's|the program's|this chapter's|the chapter's|this year's|and|or|from|against|over|of";
/// Words of a sentence that is about a part, or about several things.
const OTHER: &str = "来年度|昨年度|翌年度|次年度|前々年度|例年|うち|内訳|各|それぞれ|ほか|他の|当たり|あたり|合わせ|併せ|除く|除き|平均";
const OTHER_ENGLISH: &str = "of which|each|respectively|other|per|average|excluding|including|together|for|part|in addition|component|if|would|could|target|more than";
/// Words of a sentence about a budget, without which a change or last year's figure may be of anything.
const BUDGET: &str = "要求|要望|予算|計上|概算|増減|request|budget|funding|appropriation|we ask";

/// What names the line itself, whatever stands around it.
const NAMED: &str = "本事業|当事業|本章|本施策|当施策|本プログラム|事業全体|全体|章全体|今回|本年度|今年度";
const NAMED_ENGLISH: &str =
    "this program's|the program's|this chapter's|the chapter's|the total|total|the whole";
/// What brackets behind a figure that is the line's own begin with.
const ASIDE: &str = "前年|対前年|うち|内|+|-|△|▲|増|減|¥|$|last year|prior|previous|up|down|an increase|a decrease|of which|including";
/// Headings and labels that are of a line as much as of its parts.
const GENERAL: &str = "事業|施策|章|要求|要望|要求額|要求・要望額|概算要求|概算要求額|予算|予算額|金額|規模|事業規模|経費|所要額|総額|全体|概要|背景|目的|課題|内容|要点|ポイント|必要性|効果|現状|方針|計画|体制|総論|趣旨|まとめ|取組|取組内容|今後|見積り|積算|\
    request|budget|funding|cost|costs|overview|summary|background|purpose|aim|aims|points|scope|need|amount|total|introduction|plan|activities|note|in short|in total|this year";

/// Whether the words behind `before` are about the line itself.
pub(super) fn is_own(
    (before, rest): (&str, &str),
    lead: &str,
    subject: Subject,
    year: FiscalYear,
    is_of_part: bool,
) -> bool {
    let sentence = before.rsplit(['。', '\n']).next().unwrap_or_default();
    let sentence = sentence.rsplit(". ").next().unwrap_or_default();
    let end = sentence.trim_end();
    let named: Vec<u16> = years(sentence).map(|(_, year)| year).collect();
    let lower = sentence.to_ascii_lowercase();
    // A change that is a sentence of its own is of what the sentence before it is about.
    let earlier =
        before.get(..before.len() - sentence.len()).unwrap_or_default().trim_end_matches(['。', '.', ' ']);
    let previous = earlier.rsplit(['。', '\n']).next().unwrap_or_default();
    let previous = previous.rsplit(". ").next().unwrap_or_default().to_ascii_lowercase();
    let is_alone = matches!(subject, Subject::Change(_)) && end.is_empty() && is_all(rest);
    let is_of_budget = matches!(subject, Subject::Requested | Subject::Total)
        || is_alone && previous.is_empty()
        || BUDGET
            .split('|')
            .any(|word| lower.contains(word) || lead.contains(word) || is_alone && previous.contains(word));
    let is_right_year = (named.is_empty() || named.contains(&year.western())) && is_of_budget;
    if lead.is_ascii() {
        let lower = format!(" {} ", end.to_ascii_lowercase());
        let has = |word: &str| lower.contains(&format!(" {word} "));
        let is_free = end.is_empty()
            || end.ends_with([',', '(', ':', ';', '"', '“'])
            || OWN_ENGLISH
                .split('|')
                .any(|own| lower.trim() == own || !own.is_empty() && lower.ends_with(&format!(" {own} ")))
            || years(end).last().is_some_and(|(place, _)| place.end == end.len());
        let is_said = !is_of_part || NAMED_ENGLISH.split('|').any(|own| lower.ends_with(&format!(" {own} ")));
        return is_free && is_said && is_right_year && !is_label(end) && !OTHER_ENGLISH.split('|').any(has);
    }
    let is_free = end.is_empty()
        || end.ends_with(['、', '(', '「', '】', '・', ':', ';', ','])
        || sentence.ends_with(char::is_whitespace)
        || OWN.split('|').any(|own| end.ends_with(own))
        || years(end).last().is_some_and(|(place, _)| place.end == end.trim_end_matches('の').len())
        || subject == Subject::Total && end.ends_with('は');
    // `甲大学は、要求額30百万円` is about a part.
    let is_named = |text: &str| NAMED.split('|').any(|own| text.ends_with(own));
    let topic =
        end.strip_suffix("は、").is_some_and(|topic| !is_named(topic) && years(topic).next().is_none());
    let is_said = !(is_of_part || topic) || is_named(end.trim_end_matches('の'));
    let is_part = !is_said || is_label(end) && subject != Subject::Total;
    is_free && is_right_year && !is_part && !OTHER.split('|').any(|other| sentence.contains(other))
}

/// Whether the first sentence of a text says a change and nothing else: `前年度比10百万円増。`, `An increase of 20%.`
fn is_all(text: &str) -> bool {
    const ENDS: [&str; 11] =
        ["増", "減", "増加", "減少", "増額", "減額", "%", "円", "percent", "cent", "illion"];
    let sentence = text.split('。').next().unwrap_or_default();
    let sentence = sentence.split(". ").next().unwrap_or_default().trim_end_matches(['.', ' ']);
    let is_word = |c: char| matches!(c, '\u{3041}'..='\u{309f}') && !matches!(c, 'の' | 'は');
    !sentence.contains(is_word) && ENDS.iter().any(|end| sentence.ends_with(end))
}

/// Whether what stands in front of a figure's words is the name of a part: `人件費：`, `委託費（`, `Staff:`.
fn is_label(end: &str) -> bool {
    let head = end.trim_end_matches([':', '(']).trim_end();
    let label = head.rsplit(['。', '、', '(', ')', ',', '・']).next().unwrap_or_default();
    let is_figure = head.ends_with(['円', '%', ')']) || label.contains(|c: char| c.is_ascii_digit());
    head.len() < end.len()
        && !head.is_empty()
        && !is_figure
        && !is_general(label.trim_start_matches(['-', '*', ' ']))
}

/// Whether a heading or a label names no part.
fn is_general(label: &str) -> bool {
    let lower =
        label.trim().trim_start_matches(|c: char| c.is_ascii_digit() || ". )(".contains(c)).to_lowercase();
    let mut bare = lower.trim();
    // What may stand in front of these.
    const FRONT: &str =
        "本|当|今年度|今回|事業|施策|章|概算|要求の|要望の|予算の|の|the |this |our |program's |year's ";
    while let Some(rest) =
        FRONT.split('|').find_map(|word| bare.strip_prefix(word)).filter(|rest| !rest.is_empty())
    {
        bare = rest;
    }
    years(bare).any(|(place, _)| place.end >= bare.trim_end_matches('の').len())
        || bare
            .split(['と', 'び', '・', '、'])
            .all(|word| GENERAL.split('|').any(|own| own.trim() == word.trim_end_matches('及')))
}

/// Of each paragraph, whether it is about a part of the line: below a heading or behind a label that names one, in a table, in a list
/// within a list.
pub(in crate::check) fn are_of_parts(flats: &[Flat]) -> Vec<bool> {
    let (mut heading, mut label) = (false, false);
    let each = flats.iter().map(|flat| {
        let text = flat.text.trim();
        if text.is_empty() {
            return false;
        }
        if text.starts_with('#') {
            heading = !is_general(text.trim_start_matches('#').split('{').next().unwrap_or_default());
            label = false;
            return heading;
        }
        let item = ["- ", "* ", "+ "].iter().find_map(|mark| text.strip_prefix(mark));
        let is_within = item.is_some() && flat.text.starts_with("  ");
        let shown = item.unwrap_or(text);
        let own = begins_with_label(shown);
        let is_alone =
            !shown.contains(['。', '、', ',', '.']) && !shown.contains(|c: char| c.is_ascii_digit());
        let is_name = is_alone && shown.chars().count() <= 20 && !is_general(shown);
        // A name alone is that of the items, or of the paragraph, below it.
        let was = label;
        label = is_name || was && item.is_some();
        heading || was || own || is_within || text.starts_with('|')
    });
    each.collect()
}

/// `（甲）`, `【甲】`, `①甲`, `(1) 甲`, `甲：…` and `甲事業。`: what a paragraph about a part begins with.
fn begins_with_label(text: &str) -> bool {
    let first = text.chars().next().unwrap_or(' ');
    if matches!(first, '(' | '【' | '[' | '<' | '〈' | '《' | '■' | '□' | '●' | '○' | '◆' | '◇' | '①'..='⑳')
    {
        let inside = text.trim_start_matches(|c: char| !c.is_alphabetic());
        let end = inside.find([')', '】', ']', '>', '〉', '》', ' ', ':']).unwrap_or(inside.len());
        return !is_general(inside.get(..end).unwrap_or_default());
    }
    let sentence = text.split(['。', ' ']).next().unwrap_or_default();
    let has_words = |text: &str| text.contains(|c| matches!(c, '\u{3041}'..='\u{309f}'));
    let is_name = sentence.len() < text.len() && !sentence.is_ascii() && !has_words(sentence);
    let label = text
        .split_once(':')
        .map(|(label, _)| label)
        .filter(|label| label.chars().count() <= 20 && !label.contains(['。', '、']));
    label.or(is_name.then_some(sentence)).is_some_and(|label| {
        !is_general(label)
            && !label.contains(|c: char| c.is_ascii_digit())
            && super::LEADS.iter().all(|(leads, _)| begins(label, leads).is_none())
    })
}

/// The year that a text names right behind a figure, as in `for FY2027`, `in fiscal year 2027` and `(令和9年度)`, and what follows it.
pub(super) fn year_behind(after: &str) -> Option<(u16, &str)> {
    let rest = after.trim_start_matches(['(', ' ']);
    let rest = ["for the ", "for ", "in the ", "in ", "of "]
        .iter()
        .find_map(|word| rest.strip_prefix(word))
        .unwrap_or(rest);
    let year = years(rest)
        .find(|(place, _)| rest.get(..place.start).is_some_and(|before| matches!(before, "" | "f")))?;
    Some((year.1, rest.get(year.0.end..)?.trim_start()))
}

/// Whether a figure with this text behind it is of the year itself, as far as that is said, and of no more years; and of no part that is
/// named in brackets.
pub(super) fn is_of_year(after: Option<&str>, year: FiscalYear) -> bool {
    let goes_on = |rest: &str| begins(rest, "-|–|~|から|と|to|through|and|until|onward|onwards").is_some();
    let after = after.unwrap_or_default().trim_start();
    match year_behind(after) {
        Some((named, rest)) => named == year.western() && !goes_on(rest),
        None => after.strip_prefix('(').is_none_or(|aside| begins(aside, ASIDE).is_some()),
    }
}

/// The years of a text by their era, as `令和5年`, and by the Western calendar, as `2022年` and `FY2022`: where each stands, and which it is.
pub(in crate::check) fn years(text: &str) -> impl Iterator<Item = (Range<usize>, u16)> {
    let japanese = text.match_indices('年').filter_map(|(end, _)| {
        let before = text.get(..end)?;
        let digits = before.rfind(|c: char| !c.is_ascii_digit() && c != '元').map_or(0, |at| {
            at + before.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
        });
        let (head, number) = before.split_at(digits);
        let after = end + if text.get(end..)?.starts_with("年度") { "年度".len() } else { "年".len() };
        let era = Era::ALL.into_iter().find(|era| head.ends_with(era.name()));
        let year = match era {
            Some(era) => FiscalYear::parse(&format!("{}{number}年度", era.name())).ok()?.western(),
            None if number.len() == 4 => number.parse().ok()?,
            None => return None,
        };
        let start = digits - era.map_or(0, |era| era.name().len());
        Some((start..after, year))
    });
    let english = ["FY", "iscal year "].into_iter().flat_map(|word| {
        text.match_indices(word).filter_map(|(start, word)| {
            let rest = text.get(start + word.len()..)?;
            let blank = usize::from(rest.starts_with(' '));
            let rest = rest.get(blank..)?;
            let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let year: u16 = rest.get(..digits)?.parse().ok()?;
            let year = if digits == 2 { 2000 + year } else { year };
            let is_year = digits == 4 || digits == 2 && word == "FY";
            is_year.then_some((start..start + word.len() + blank + digits, year))
        })
    });
    japanese.chain(english)
}
