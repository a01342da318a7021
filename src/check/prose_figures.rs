//! W0306 and W0420: what the prose of a line says of the line's own amounts, and of a year in two names, is so.
//!
//! Only sentences count that cannot be about anything else: `要求額は60百万円`, `前年度50百万円`, `増減率は＋20.0%`. What is said to be about,
//! of which (うち), or of something named before it is left alone.

use std::ops::Range;

use super::prose::{Paragraph, paragraphs};
use crate::diagnostic::{Cure, Diagnostic};
use crate::model::{Amount, Basis, Era, FiscalYear, Prose, Rate, Rounding, fold};
use crate::notation::Notation;
use crate::rollup::{Rollup, Row};

/// What a figure is said to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    Requested,
    /// The requested amount, where the sentence says that it is requested.
    Total,
    Prior,
    /// The change or its rate.
    Change,
}

/// The words before a figure, the longer before those that they begin with.
const LEADS: &[(&str, Subject)] = &[
    ("概算要求額", Subject::Requested),
    ("要求・要望額", Subject::Requested),
    ("要求額", Subject::Requested),
    ("総額", Subject::Total),
    ("対前年度比", Subject::Change),
    ("対前年度", Subject::Change),
    ("前年度比", Subject::Change),
    ("前年度当初予算額", Subject::Prior),
    ("前年度当初予算", Subject::Prior),
    ("前年度予算額", Subject::Prior),
    ("前年度予算", Subject::Prior),
    ("前年度額", Subject::Prior),
    ("前年度", Subject::Prior),
    ("増減額", Subject::Change),
    ("増減率", Subject::Change),
    ("伸び率", Subject::Change),
];
/// What may stand right before these words, so that they are about the line itself.
const OWN: [&str; 9] =
    ["本事業の", "当事業の", "本章の", "本施策の", "本年度の", "今年度の", "今回の", "年度", "年度の"];
/// Words of a sentence that is about a part, or about several things.
const OTHER: [&str; 13] = [
    "うち",
    "内訳",
    "各",
    "それぞれ",
    "ほか",
    "他の",
    "当たり",
    "あたり",
    "合わせ",
    "併せ",
    "除く",
    "除き",
    "平均",
];
/// Words behind a figure that is not exact.
const ROUGH: [&str; 13] =
    ["程度", "前後", "以上", "以下", "以内", "未満", "超", "規模", "余", "弱", "強", "の内数", "台"];

/// A paragraph in half width and without marks of emphasis; each of its bytes knows its place in the text.
struct Flat {
    text: String,
    places: Vec<usize>,
}

/// A figure as it is said.
#[derive(Debug, PartialEq)]
struct Said {
    subject: Subject,
    figure: Figure,
    /// The words and the figure, in the flat text, and the figure alone.
    whole: Range<usize>,
    range: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Figure {
    /// An amount; of a change, whether it is a decrease, where that is said.
    Amount(Amount, Option<bool>),
    /// Ten-thousandths of a percent, and what its last digit is worth.
    Percent(i128, i128, Option<bool>),
}

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    let year = rollup.request.fiscal_year.value;
    let notation = Notation::new(rollup.request.lang);
    for row in &rollup.rows {
        let own = match row.program {
            Some(program) => vec![&program.summary, &program.points, &program.body],
            None => vec![&rollup.request.overview],
        };
        let own: Vec<&str> = own.into_iter().flatten().map(|text| text.value.as_str()).collect();
        for prose in row.line.texts.iter().filter(|prose| own.contains(&prose.text.as_str())) {
            let flats: Vec<Flat> = paragraphs(prose).iter().map(Flat::of).collect();
            let all: Vec<(&Flat, Said)> = flats
                .iter()
                .flat_map(|flat| said(&flat.text, year).into_iter().map(move |said| (flat, said)))
                .collect();
            for (flat, said) in &all {
                // A text with several amounts of one kind speaks of several things.
                let is_list =
                    all.iter().any(|(_, other)| other.subject == said.subject && other.figure != said.figure);
                let truth =
                    truth(said, row, &notation).filter(|_| !is_list || said.subject == Subject::Change);
                findings.extend(truth.map(|truth| finding(prose, flat, said, &truth, row)));
            }
        }
    }
}

fn finding(prose: &Prose, flat: &Flat, said: &Said, truth: &str, row: &Row<'_>) -> Diagnostic {
    let (figure, whole) = (flat.place(&said.range), flat.place(&said.whole));
    let quoted = prose.text.get(whole).unwrap_or_default();
    let key = match said.subject {
        Subject::Requested | Subject::Total => "`requested`",
        Subject::Prior => "`prior`",
        Subject::Change => "the change from `prior` to `requested`",
    };
    let span = prose.place(&figure);
    let is_exact = span.end - span.start == figure.len();
    let finding = Diagnostic::new("W0306", span, format!("`{quoted}` does not agree with {key}"))
        .here(format!("the line says {truth}"))
        .about(&row.line.id.value)
        .help(format!("write {truth}, or what else the figure is of; or correct the line"));
    let cure = Cure::suggested(span, truth);
    if is_exact {
        finding.help("Or correct the line, or say what else the figure is of.").cure(cure)
    } else {
        finding
    }
}

impl Flat {
    fn of(paragraph: &Paragraph) -> Self {
        let mut flat = Self { text: String::new(), places: Vec::new() };
        for (at, found) in paragraph.iter().filter(|(_, found)| !matches!(found, '*' | '\n' | '\r')) {
            flat.text.push(fold(*found));
            flat.places.resize(flat.text.len(), *at);
        }
        flat.places.push(paragraph.last().map_or(0, |(at, found)| at + found.len_utf8()));
        flat
    }

    /// Where a range of the flat text stands in the prose.
    fn place(&self, range: &Range<usize>) -> Range<usize> {
        let at = |byte: usize| self.places.get(byte).copied().unwrap_or_default();
        at(range.start)..at(range.end)
    }
}

/// The figures of a paragraph that are plainly the line's own.
fn said(text: &str, year: FiscalYear) -> Vec<Said> {
    let mut found: Vec<Said> = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let lead = LEADS.iter().find(|(lead, _)| rest.starts_with(lead));
        let Some((lead, subject)) = lead else {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        if is_own(text.get(..at).unwrap_or_default(), *subject, year) {
            found.extend(figures(text, at, at + lead.len(), *subject));
        }
        at += lead.len();
    }
    found
}

/// Whether the words behind `before` are about the line itself.
fn is_own(before: &str, subject: Subject, year: FiscalYear) -> bool {
    let sentence = before.rsplit('。').next().unwrap_or_default();
    let end = sentence.trim_end();
    let is_free = end.is_empty()
        || end.ends_with(['、', '(', '「', '・', ':', ';', ','])
        || sentence.ends_with(char::is_whitespace)
        || OWN.iter().any(|own| end.ends_with(own))
        || subject == Subject::Total && end.ends_with('は');
    let years: Vec<u16> = years(sentence).map(|(_, year)| year).collect();
    is_free
        && !OTHER.iter().any(|other| sentence.contains(other))
        && (years.is_empty() || years.contains(&year.western()))
}

/// The figure behind words that end at `end`, and the rate that an amount of last year is followed by.
fn figures(text: &str, start: usize, end: usize, subject: Subject) -> Vec<Said> {
    let skip = |at: usize, words: &[&str]| {
        let rest = text.get(at..).unwrap_or_default();
        let word = words.iter().find(|word| rest.trim_start().starts_with(**word));
        let blank = rest.len() - rest.trim_start().len();
        at + word.map_or(0, |word| blank + word.len())
    };
    let begin = skip(skip(end, &["は", "が", ":", "="]), &["、", "計"]);
    let Some((figure, range)) = figure(text, begin) else { return Vec::new() };
    let after = text.get(range.end..).unwrap_or_default().trim_start();
    let fits = match (subject, figure) {
        (Subject::Total, Figure::Amount(..)) => {
            ["を要求", "を計上", "を要望"].iter().any(|it| after.starts_with(it))
        }
        (Subject::Change, _) => true,
        (_, Figure::Amount(..)) => true,
        _ => false,
    };
    if !fits || ROUGH.iter().any(|rough| after.starts_with(rough)) {
        return Vec::new();
    }
    let mut said = vec![Said { subject, figure, whole: start..range.end, range: range.clone() }];
    let next = skip(range.end, &["から", "比"]);
    if subject == Subject::Prior
        && next > range.end
        && let Some((figure @ Figure::Percent(.., Some(_)), range)) = self::figure(text, next)
    {
        said.push(Said { subject: Subject::Change, figure, whole: start..range.end, range });
    }
    said
}

/// The amount or percentage that begins at a place: `△20百万円`, `+9.9%`, `5億円増`.
fn figure(text: &str, start: usize) -> Option<(Figure, Range<usize>)> {
    let rest = text.get(start..)?;
    let blank = rest.len() - rest.trim_start().len();
    let sign = rest.trim_start().chars().next().filter(|c| matches!(c, '+' | '-' | '△' | '▲' | '−'));
    let from = start + blank + sign.map_or(0, char::len_utf8);
    let rest = text.get(from..)?;
    let length = rest.find(|c: char| {
        !c.is_ascii_digit() && !matches!(c, ',' | '.' | '十' | '百' | '千' | '万' | '億' | '兆' | '円')
    });
    let number = rest.get(..length.unwrap_or(rest.len()))?;
    let behind = rest.get(number.len()..)?;
    let begin = if sign == Some('+') { from } else { start + blank };
    let direction = |behind: &str| {
        let behind = behind.trim_start_matches('の');
        match sign {
            _ if behind.starts_with('減') => Some(true),
            _ if behind.starts_with('増') => Some(false),
            Some('+') => Some(false),
            Some(_) => Some(true),
            None => None,
        }
    };
    if number.ends_with('円') {
        let amount = Amount::parse(number, crate::model::Unit::YEN).ok()?;
        return Some((Figure::Amount(amount, direction(behind)), begin..from + number.len()));
    }
    let behind = behind.strip_prefix('%')?;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let decimals = u32::try_from(fraction.len()).ok().filter(|decimals| *decimals <= 4)?;
    let worth = 10_i128.checked_pow(4 - decimals)?;
    let digits: i128 = format!("{}{fraction}", whole.replace(',', "")).parse().ok()?;
    let figure = Figure::Percent(digits.checked_mul(worth)?, worth, direction(behind));
    Some((figure, begin..from + number.len() + 1))
}

/// What the line says instead of a figure; `None` where it says the same, or nothing that can be compared.
fn truth(said: &Said, row: &Row<'_>, notation: &Notation) -> Option<String> {
    let (requested, prior) = (row.requested.amount, row.prior.amount);
    let is_closed = !row.requested_money().is_open() && row.line.prior.basis == Basis::Initial;
    let own = match said.subject {
        Subject::Requested | Subject::Total => requested,
        Subject::Prior => prior.filter(|_| is_closed),
        Subject::Change => requested?.checked_sub(prior.filter(|_| is_closed)?).ok(),
    }?;
    match said.figure {
        Figure::Amount(amount, decrease) => {
            let split = row.line.requested.split.as_ref();
            let parts =
                split.map_or([None; 2], |(request, wish)| [request.value.addable(), wish.value.addable()]);
            let is_change = said.subject == Subject::Change;
            let turned = is_change && decrease.is_some_and(|decrease| decrease != own.is_negative());
            let compared = if is_change { own.abs() } else { own };
            let agrees = agrees(amount, compared) && !turned
                || parts.into_iter().flatten().any(|part| !is_change && agrees(amount, part));
            (!agrees).then(|| if is_change { notation.signed(&own) } else { notation.amount(&own) })
        }
        Figure::Percent(stated, worth, decrease) => {
            let rate = Rate::between(requested?, prior?)?;
            let exact = rate.percent(4);
            let signed = if decrease == Some(true) { -stated } else { stated };
            let near = |value: i128| (value - exact).abs() < worth;
            // 前年度比110% is also said of what grows by a tenth.
            let agrees = near(signed) || decrease.is_none() && (near(-stated) || near(stated - 1_000_000));
            (!agrees).then(|| notation.rate(&rate))
        }
    }
}

/// Whether two amounts can be one amount, rounded to the units that each is stated in.
fn agrees(one: Amount, other: Amount) -> bool {
    let rounds = |fine: Amount, coarse: Amount, rule| {
        let rounded = fine.rounded_to(coarse.unit(), coarse.decimals(), rule);
        rounded.is_some_and(|it| it.smallest_units() == coarse.smallest_units())
    };
    one.smallest_units() == other.smallest_units()
        || Rounding::ALL.into_iter().any(|rule| rounds(one, other, rule) || rounds(other, one, rule))
}

/// The years of a text by their era, as `令和5年`, and by the Western calendar, as `2022年`: where each ends, and which it is.
fn years(text: &str) -> impl Iterator<Item = (Range<usize>, u16)> {
    text.match_indices('年').filter_map(|(end, _)| {
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
    })
}

/// W0420: `令和5年度（2022年）` names one year.
pub(super) fn check_years(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    for line in rollup.rows.iter().map(|row| row.line) {
        for prose in &line.texts {
            for flat in paragraphs(prose).iter().map(Flat::of) {
                let years: Vec<(Range<usize>, u16)> = years(&flat.text).collect();
                for pair in years.windows(2) {
                    let [(first, one), (second, other)] = pair else { continue };
                    let between = flat.text.get(first.end..second.start).unwrap_or_default();
                    let closed = flat.text.get(second.end..).is_some_and(|rest| rest.starts_with(')'));
                    if between.trim() != "(" || !closed || one == other {
                        continue;
                    }
                    let place = flat.place(&(first.start..second.end));
                    let quoted = prose.text.get(place.clone()).unwrap_or_default();
                    findings.push(
                        Diagnostic::new(
                            "W0420",
                            prose.place(&place),
                            format!("`{quoted}）` names two years"),
                        )
                        .here(format!("{one} and {other}"))
                        .about(&line.id.value)
                        .help("correct one of the two names"),
                    );
                }
            }
        }
    }
}
