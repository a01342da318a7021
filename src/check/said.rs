//! What prose says of its line's own figures, so plainly that it cannot be about anything else: `要求額は60百万円`, `前年度50百万円`,
//! `the request is ¥70 million`, `an increase of 20%`; and the years that it names.

use std::ops::Range;

use super::prose::Paragraph;
use crate::model::{Amount, Era, FiscalYear, Unit, fold};

/// What a figure is said to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    Requested,
    /// The requested amount, where the sentence says that it is requested.
    Total,
    Prior,
    /// The change or its rate, and whether the words before it say that it is a decrease.
    Change(Option<bool>),
}

/// The words before a figure, the longer before those that they begin with.
const LEADS: &[(&str, Subject)] = &[
    ("概算要求額|要求・要望額|要求額", Subject::Requested),
    ("総額", Subject::Total),
    ("対前年度比|対前年度|前年度比|増減額|増減率|伸び率", Subject::Change(None)),
    ("前年度当初予算額|前年度当初予算|前年度予算額|前年度予算|前年度額|前年度", Subject::Prior),
    (
        "request is|request amounts to|requested amount is|requested amount of|amount requested is|we request|requests a total of|request totals",
        Subject::Requested,
    ),
    (
        "an increase of|increase of|a rise of|growth of|increases by|rises by|grows by",
        Subject::Change(Some(false)),
    ),
    (
        "a decrease of|decrease of|a reduction of|decreases by|falls by|shrinks by",
        Subject::Change(Some(true)),
    ),
    (
        "last year's budget was|last year's budget of|last year's|prior year's budget of|prior year's|prior-year budget of|previous year's budget of|previous year's|prior amount is|prior amount of",
        Subject::Prior,
    ),
];
/// What may stand right before these words, so that they are about the line itself.
const OWN: &str = "本事業の|当事業の|本章の|本施策の|本年度の|今年度の|今回の|本年度|今年度";
const OWN_ENGLISH: &str = "|the|our|its|this|total|the total|this program's|the program's|this chapter's|the chapter's|this year's|and|or|from|against|over|of";
/// Words of a sentence that is about a part, or about several things.
const OTHER: &str = "来年度|昨年度|翌年度|次年度|前々年度|例年|うち|内訳|各|それぞれ|ほか|他の|当たり|あたり|合わせ|併せ|除く|除き|平均";
const OTHER_ENGLISH: &str = "of which|each|respectively|other|per|average|excluding|including|together|for|part|in addition|component|if|would|could|target|more than";
/// Words behind a figure that is not exact, or not the whole of something.
const ROUGH: &str = "程度|前後|以上|以下|以内|未満|超|規模|余|弱|強|の内数|台|分|ずつ|近く|ほど|相当|単位|or so|or more|or less|at most|at least|plus|per|each|a year|annually|to ¥|to $|-|for|in|on|of|at|by";
/// Words behind an amount that is a change, or was something else before.
const CHANGED: &str = "増|減|追加|上積|上乗|加算|拡|削|圧縮|縮|多|少|大き|小さ|高|低|上回|下回|不足|引き上|引き下|引上|引下|積み増|積増|伸|上限|下限|目途|目安|比べ|満た|届|達し|及ば|下|切る|切り|から|より|, or|more|less|higher|lower|greater|smaller|above|below|up|down|over|under|short|extra|additional|increase|decrease|rise|cut|reduction|to";
/// Words of a sentence about a budget, without which a change or last year's figure may be of anything.
const BUDGET: &str = "要求|要望|予算|計上|概算|増減|request|budget|funding|appropriation|we ask";

/// A paragraph in half width and without marks of emphasis; each of its bytes knows its place in the text.
pub(super) struct Flat {
    pub(super) text: String,
    places: Vec<usize>,
}

/// A figure as it is said.
#[derive(Debug, PartialEq)]
pub(super) struct Said {
    pub(super) subject: Subject,
    pub(super) figure: Figure,
    /// The words and the figure, in the flat text, and the figure alone.
    pub(super) whole: Range<usize>,
    pub(super) range: Range<usize>,
    /// The word or the plus sign by which a change says its direction.
    pub(super) direction: Option<Range<usize>>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Figure {
    /// An amount; of a change, whether it is a decrease, where that is said.
    Amount(Amount, Option<bool>),
    /// Ten-thousandths of a percent, and what its last digit is worth.
    Percent(i128, i128, Option<bool>),
}

impl Flat {
    pub(super) fn of(paragraph: &Paragraph) -> Self {
        let mut flat = Self { text: String::new(), places: Vec::new() };
        for (at, found) in paragraph.iter().filter(|(_, found)| !matches!(found, '*' | '\r')) {
            // Between Japanese letters the end of a line is no blank.
            match fold(*found) {
                '\n' if flat.text.ends_with(|c: char| c.is_ascii_graphic()) => flat.text.push(' '),
                '\n' => continue,
                other => flat.text.push(other),
            }
            flat.places.resize(flat.text.len(), *at);
        }
        flat.places.push(paragraph.last().map_or(0, |(at, found)| at + found.len_utf8()));
        flat
    }

    /// Where a range of the flat text stands in the prose.
    pub(super) fn place(&self, range: &Range<usize>) -> Range<usize> {
        let at = |byte: usize| self.places.get(byte).copied().unwrap_or_default();
        at(range.start)..at(range.end)
    }

    /// The figures of a paragraph that are plainly the line's own; a number with a symbol of several currencies is in that of `unit`.
    pub(super) fn said(&self, year: FiscalYear, unit: Unit) -> Vec<Said> {
        let text = self.text.to_ascii_lowercase();
        let mut found: Vec<Said> = Vec::new();
        // Most places begin none of the words, which one look at their first letters says.
        let words = LEADS.iter().flat_map(|(leads, _)| leads.split('|'));
        let first: Vec<char> = words.filter_map(|word| word.chars().next()).collect();
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let lead = || LEADS.iter().find_map(|(leads, subject)| Some((begins(rest, leads)?, *subject)));
            let Some((lead, subject)) = rest.starts_with(first.as_slice()).then(lead).flatten() else {
                at += rest.chars().next().map_or(1, char::len_utf8);
                continue;
            };
            if is_own(self.text.get(..at).unwrap_or_default(), lead, subject, year) {
                found.extend(self.figures(at, at + lead.len(), subject, unit));
            }
            at += lead.len();
        }
        found
    }

    /// The figure behind words that end at `end`, and the rate that an amount of last year is followed by.
    fn figures(&self, start: usize, end: usize, subject: Subject, unit: Unit) -> Vec<Said> {
        let text = &self.text;
        let skip = |at: usize, words: &str| {
            let rest = text.get(at..).unwrap_or_default();
            let word = begins(rest.trim_start(), words);
            at + word.map_or(0, |word| rest.len() - rest.trim_start().len() + word.len())
        };
        let begin = skip(skip(end, "は|が|:|="), "、|計");
        let Some((figure, range, direction)) = figure(text, begin, unit) else { return Vec::new() };
        let after = text.get(range.end..).unwrap_or_default().trim_start();
        // `70百万円の減`, `を10百万円上回る` and `$100 million more than …` are changes, whatever stands before them.
        let behind = after.trim_start_matches(['の', 'を', 'が', 'だ', 'け', 'に', 'と']);
        let fits = match (subject, figure) {
            (Subject::Total, Figure::Amount(..)) => begins(after, "を要求|を計上|を要望").is_some(),
            (Subject::Change(_), _) => true,
            (Subject::Prior, Figure::Amount(..)) if begins(after, "から|より").is_some() => true,
            // `last year's $5 million loan` is no budget.
            (Subject::Prior, _)
                if after.starts_with(|c: char| c.is_ascii_alphabetic())
                    && begins(after, "level|budget|figure|request|appropriation|amount|to|and|in")
                        .is_none() =>
            {
                false
            }
            // `+$10 million` is a change, `5百万円×12か月` a working.
            (_, Figure::Amount(..)) => {
                let aside = behind.strip_prefix('(').and_then(|rest| rest.split_once(')'));
                let behind = aside.map_or(behind, |(_, rest)| rest.trim_start());
                let is_working = after.starts_with(['×', '+', '/', '÷', '*', '=']);
                begins(behind, CHANGED).is_none()
                    && !is_working
                    && !text.get(begin..range.end).unwrap_or_default().trim_start().starts_with('+')
            }
            _ => false,
        };
        let is_year =
            ["for FY", "in FY", "for fiscal", "in fiscal"].iter().any(|year| after.starts_with(year));
        if !fits || !is_year && begins(after, ROUGH).is_some() {
            return Vec::new();
        }
        let lead = Some(start..end);
        let (figure, direction) = match (subject, figure) {
            (Subject::Change(known @ Some(_)), Figure::Amount(amount, None)) => {
                (Figure::Amount(amount, known), lead)
            }
            (Subject::Change(known @ Some(_)), Figure::Percent(rate, worth, None)) => {
                (Figure::Percent(rate, worth, known), lead)
            }
            (_, figure) => (figure, direction),
        };
        let mut said =
            vec![Said { subject, figure, whole: start..range.end, range: range.clone(), direction }];
        let next = skip(range.end, "から|比");
        if subject == Subject::Prior
            && next > range.end
            && let Some((figure @ Figure::Percent(.., Some(_)), range, direction)) =
                self::figure(text, next, unit)
        {
            let whole = start..range.end;
            said.push(Said { subject: Subject::Change(None), figure, whole, range, direction });
        }
        said
    }
}

/// The one of some words, parted by `|`, that a text begins with; an English one with all of its last word.
fn begins<'w>(text: &str, words: &'w str) -> Option<&'w str> {
    words.split('|').find(|word| {
        let behind = text.strip_prefix(word).map(|rest| rest.chars().next());
        let goes_on = |next: Option<char>| {
            word.ends_with(|c: char| c.is_ascii_alphabetic())
                && next.is_some_and(|c| c.is_ascii_alphanumeric())
        };
        behind.is_some_and(|next| !goes_on(next))
    })
}

/// Whether the words behind `before` are about the line itself.
fn is_own(before: &str, lead: &str, subject: Subject, year: FiscalYear) -> bool {
    let sentence = before.rsplit(['。', '\n']).next().unwrap_or_default();
    let sentence = sentence.rsplit(". ").next().unwrap_or_default();
    let end = sentence.trim_end();
    let named: Vec<u16> = years(sentence).map(|(_, year)| year).collect();
    let lower = sentence.to_ascii_lowercase();
    let is_of_budget = matches!(subject, Subject::Requested | Subject::Total)
        || BUDGET.split('|').any(|word| lower.contains(word) || lead.contains(word));
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
        return is_free && is_right_year && !OTHER_ENGLISH.split('|').any(has);
    }
    let is_free = end.is_empty()
        || end.ends_with(['、', '(', '「', '・', ':', ';', ','])
        || sentence.ends_with(char::is_whitespace)
        || OWN.split('|').any(|own| end.ends_with(own))
        || years(end).last().is_some_and(|(place, _)| place.end == end.trim_end_matches('の').len())
        || subject == Subject::Total && end.ends_with('は');
    // `人件費：要求額30百万円` and `委託費（要求額30百万円）` are about a part.
    let head = end.trim_end_matches([':', '(']).trim_end();
    let is_part = subject == Subject::Requested
        && head.len() < end.len()
        && !head.is_empty()
        && !head.ends_with(['円', '%'])
        && !["事業", "章", "施策", "金額", "予算", "規模", "要求"].iter().any(|own| head.ends_with(own));
    is_free && is_right_year && !is_part && !OTHER.split('|').any(|other| sentence.contains(other))
}

/// The amount or percentage that begins at a place, `△20百万円`, `+9.9%`, `5億円増`, `¥70 million`: what it is, where it stands, and
/// where its direction is said, if not by a minus sign.
fn figure(text: &str, start: usize, unit: Unit) -> Option<(Figure, Range<usize>, Option<Range<usize>>)> {
    let rest = text.get(start..)?;
    let blank = rest.len() - rest.trim_start().len();
    let sign = rest.trim_start().chars().next().filter(|c| matches!(c, '+' | '-' | '△' | '▲' | '−'));
    let from = start + blank + sign.map_or(0, char::len_utf8);
    let rest = text.get(from..)?;
    let begin = if sign == Some('+') { from } else { start + blank };
    let direction = |end: usize| {
        let behind = text.get(end..).unwrap_or_default();
        let word = behind.trim_start_matches('の');
        let at = end + behind.len() - word.len();
        match (begins(word, "減額|減少|減|増額|増加|増"), sign) {
            (Some(found), _) => (Some(found.starts_with('減')), Some(at..at + found.len())),
            (None, Some('+')) => (Some(false), Some(from - 1..from)),
            (None, sign) => (sign.map(|_| true), None),
        }
    };
    if let Some((amount, length)) = Amount::spoken(rest, unit) {
        let (decrease, word) = direction(from + length);
        return Some((Figure::Amount(amount, decrease), begin..from + length, word));
    }
    let length = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.'))?;
    let (number, behind) = rest.split_at(length);
    let sign = begins(behind, "%| percent| per cent")?;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let decimals = u32::try_from(fraction.len()).ok().filter(|decimals| *decimals <= 4)?;
    let worth = 10_i128.checked_pow(4 - decimals)?;
    let digits: i128 = format!("{}{fraction}", whole.replace(',', "")).parse().ok()?;
    let end = from + length + sign.len();
    let (decrease, word) = direction(end);
    Some((Figure::Percent(digits.checked_mul(worth)?, worth, decrease), begin..end, word))
}

/// The years of a text by their era, as `令和5年`, and by the Western calendar, as `2022年` and `FY2022`: where each stands, and which it is.
pub(super) fn years(text: &str) -> impl Iterator<Item = (Range<usize>, u16)> {
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
            let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let year = rest.get(..digits).filter(|year| year.len() == 4)?;
            Some((start..start + word.len() + digits, year.parse().ok()?))
        })
    });
    japanese.chain(english)
}
