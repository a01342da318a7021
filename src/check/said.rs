//! What prose says of its line's own figures, so plainly that it cannot be about anything else: `要求額は60百万円`, `前年度50百万円`,
//! `the request is ¥70 million`, `an increase of 20%`; and the years that it names.

mod own;

use std::ops::Range;

use super::prose::Paragraph;
use crate::model::{Amount, FiscalYear, Unit, fold};
use own::is_own;
pub(super) use own::{are_of_parts, years};

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
/// Words behind a figure that is not exact, or not the whole of something.
const ROUGH: &str = "程度|前後|以上|以下|以内|未満|超|規模|余|弱|強|の内数|台|分|ずつ|近く|ほど|相当|単位|or so|or more|or less|at most|at least|plus|per|each|a year|annually|to ¥|to $|-|for|in|on|of|at|by";
/// Words behind an amount that is a change, or was something else before.
const CHANGED: &str = "増|減|追加|上積|上乗|加算|拡|削|圧縮|縮|多|少|大き|小さ|高|低|上回|下回|不足|引き上|引き下|引上|引下|積み増|積増|伸|上限|下限|目途|目安|比べ|満た|届|達し|及ば|下|切る|切り|から|より|超|場合|とき|なら|であれば|すれば|する場合|仮定|, or|more|less|higher|lower|greater|smaller|above|below|up|down|over|under|short|extra|additional|increase|decrease|rise|cut|reduction|to";
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
                '’' => flat.text.push('\''),
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

    /// The figures of a paragraph that are plainly the line's own, which in one that is about a part has to be said; a number with a symbol of several currencies is in that of `unit`.
    pub(super) fn said(&self, year: FiscalYear, unit: Unit, is_of_part: bool) -> Vec<Said> {
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
            if is_own(self.text.split_at(at), lead, subject, year, is_of_part) {
                let said = self.figures(at, at + lead.len(), subject, unit);
                let is_now = |said: &Said| own::is_of_year(self.text.get(said.range.end..), year);
                found.extend(said.into_iter().filter(is_now));
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
                let next = skip(range.end, "と|及び|並びに|および|and ");
                let is_addend = next > range.end && self::figure(text, next, unit).is_some();
                let is_working = after.starts_with(['×', '+', '/', '÷', '*', '=']);
                begins(behind, CHANGED).is_none()
                    && !is_working
                    && !is_addend
                    && !text.get(begin..range.end).unwrap_or_default().trim_start().starts_with('+')
            }
            _ => false,
        };
        let is_year = own::year_behind(after).is_some();
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
