//! Mappings that were written as one phrase, the way people say them: `period: R4～R8`, `scale: 1億円程度`, `prior: 50（補正後）` and
//! `requested: 60（うち要望10）`. Goes in: the phrase; comes out: the keys that it names, with their values.

use super::Reader;
use super::choices::{all_words, named};
use super::codes;
use super::line::NOTE_KINDS;
use super::mapping::Fields;
use super::scalars::BASES;
use super::synonyms;
use super::written::scalar;
use super::yaml::{Kind, Node};
use crate::diagnostic::{Cure, Diagnostic};
use crate::model::{Amount, Examples, FiscalCalendar, FiscalYear, Hedge, Id, Unit, fold_text, grouped};
use crate::source::line_start;

/// What a phrase says, key by key.
pub(super) struct Phrase {
    entries: Vec<(&'static str, String)>,
    /// Whether nothing else can have been meant.
    is_certain: bool,
}

/// What stands between the ends of a range.
const BETWEEN: [&str; 16] =
    ["から", "より", " to ", " through ", "..", "~", "〜", "∼", "…", "–", "—", "―", "−", "→", "-", "ー"];
/// Ends that nobody knows yet.
const OPEN: &str = "未定|継続|継続中|現在|当面|期限なし|終期なし|present|ongoing|open";
const MOST: [&str; 5] = ["最長", "最大", "up to ", "at most ", "max "];
const LENGTHS: [&str; 8] = ["年間", "か年", "ヵ年", "カ年", "ヶ年", "ケ年", "years", "year"];
const PER: [&str; 4] = ["当たり", "あたり", "につき", "ごと"];

/// The text before and behind what parts a range.
fn parted(text: &str) -> Option<(&str, &str)> {
    let first =
        BETWEEN.iter().filter_map(|mark| text.find(mark).map(|at| (at, mark))).min_by_key(|(at, _)| *at);
    let (before, after) = text.split_once(first?.1)?;
    Some((before.trim(), after.trim().trim_end_matches("まで").trim_end_matches('迄')))
}

/// A text without its first brackets, and what stands in them.
fn remark(text: &str) -> (String, &str) {
    const OPENING: [char; 4] = ['(', '[', '【', '〔'];
    let Some((before, rest)) = text.split_once(OPENING) else { return (text.to_owned(), "") };
    let (inside, after) = rest.split_once([')', ']', '】', '〕']).unwrap_or((rest, ""));
    (format!("{before}{after}").trim().to_owned(), inside.trim())
}

/// `R4～R8`, `令和4～8年度`, `R4から最長5年` and `R4～R8（5年間）`.
pub(super) fn period(text: &str, calendar: FiscalCalendar, examples: Examples) -> Option<Phrase> {
    let folded = fold_text(text);
    // `2027-28` is a year where years are named so.
    if FiscalYear::parse_in(&folded, calendar).is_ok() {
        return None;
    }
    let (span, remark) = remark(&folded);
    let (from, to) = parted(&span)?;
    let mut is_certain = true;
    let mut entries = Vec::new();
    let mut year = |key, text: &str| match FiscalYear::parse_in(text, calendar) {
        Ok(_) => Some((key, text.to_owned())),
        Err(error) => {
            is_certain = false;
            error.meant(examples).map(|meant| (key, meant))
        }
    };
    if !from.is_empty() {
        entries.push(year("from", from)?);
    }
    match to {
        "" if from.is_empty() => return None,
        "" => {}
        to if OPEN.split('|').any(|open| open == to) => is_certain = false,
        to => entries.push(match length(to) {
            Some(length) => length,
            None => year("to", &completed(from, to))?,
        }),
    }
    if !remark.is_empty() {
        entries.push(length(remark).unwrap_or(("note", remark.to_owned())));
    }
    Some(Phrase { entries, is_certain })
}

/// `5年間` and `最長5年`.
fn length(text: &str) -> Option<(&'static str, String)> {
    let bare = MOST.iter().find_map(|most| text.strip_prefix(most));
    let counted = bare.unwrap_or(text).trim();
    let digits = LENGTHS.iter().find_map(|word| counted.strip_suffix(word));
    let digits = digits.or_else(|| counted.strip_suffix('年').filter(|_| bare.is_some()))?.trim();
    let is_count = (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_count.then(|| (if bare.is_some() { "max_years" } else { "years" }, digits.to_owned()))
}

/// The last year of a range, which may lack what it has in common with the first one: 8年度 of `令和4～8年度`, 26 of `2022-26`.
fn completed(from: &str, to: &str) -> String {
    let digits = to.find(|c: char| !c.is_ascii_digit()).unwrap_or(to.len());
    let begin = from.find(|c: char| c.is_ascii_digit() || c == '元').unwrap_or(from.len());
    let (era, first) = from.split_at(begin);
    let is_western =
        first.starts_with(|c: char| c.is_ascii_digit()) && first.bytes().take(4).all(|b| b.is_ascii_digit());
    match digits {
        1 | 2 if is_western && first.len() >= 4 => {
            format!("{era}{}{to:0>2}", first.get(..2).unwrap_or_default())
        }
        1..=4 => format!("{era}{to}"),
        _ => to.to_owned(),
    }
}

/// `1億円程度`, `約20百万円以内`, `10～20百万円/課題・年` and `1課題当たり年間20百万円`.
pub(super) fn scale(text: &str, unit: Unit, examples: Examples) -> Option<Phrase> {
    let folded = fold_text(text);
    let (bare, remark) = remark(&folded);
    let (mut bare, mut per) = (bare.as_str(), Vec::new());
    let each = |text: &str| {
        let text = PER.iter().find_map(|word| text.strip_suffix(word))?;
        Some(text.trim_start_matches(['1', '一']).trim().to_owned()).filter(|text| !text.is_empty())
    };
    if let Some((amount, what)) = bare.rsplit_once('/').or_else(|| bare.split_once(" per ")) {
        per.push(what.trim().to_owned());
        bare = amount;
    }
    let head = PER.iter().filter_map(|word| Some(bare.find(word)? + word.len())).min();
    if let Some((what, amount)) = head.and_then(|end| bare.split_at_checked(end)) {
        per.push(each(what)?);
        bare = amount.trim_start_matches(['、', ',', '、', ' ']);
    }
    if let Some(amount) = ["年間", "毎年", "年額", "年"].iter().find_map(|word| bare.strip_prefix(word))
    {
        per.push("年".to_owned());
        bare = amount;
    }
    if !remark.is_empty() {
        per.push(each(remark)?);
    }
    let (bare, hedge) = Hedge::of(bare);
    let (min, max) = match parted(&bare) {
        Some((min, max)) => (min.to_owned(), max.to_owned()),
        None if hedge.is_most => (String::new(), bare.clone()),
        None if hedge.is_least => (bare.clone(), String::new()),
        None => (bare.clone(), bare.clone()),
    };
    // 10～20百万円: both count the same unit.
    let counted = max.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.'));
    let is_bare = !min.is_empty() && min.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'));
    let min = if is_bare && !max.is_empty() { format!("{min}{counted}") } else { min };
    let mut entries = Vec::new();
    for (key, amount) in [("min", min), ("max", max)] {
        if !amount.is_empty() {
            Amount::parse(&amount, unit).ok()?;
            entries.push((key, amount));
        }
    }
    per.dedup();
    entries.extend((!per.is_empty()).then(|| ("per", per.join(examples.pick("・", " and ")))));
    entries.extend(hedge.is_about.then(|| ("about", "true".to_owned())));
    (!entries.is_empty()).then_some(Phrase { entries, is_certain: !hedge.is_more })
}

/// `50（補正後）`, `補正後50百万円` and `50 revised`: last year's amount and which one it is.
pub(super) fn prior(text: &str, unit: Unit, examples: Examples) -> Option<Phrase> {
    let folded = fold_text(text);
    let (bare, inside) = remark(&folded);
    let begin = folded.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    let head = folded
        .split_at_checked(begin)
        .map(|(head, rest)| (rest.to_owned(), head.trim_end_matches([':', ' '])));
    let tail = || folded.rsplit_once(' ').map(|(rest, tail)| (rest.to_owned(), tail));
    let told = if inside.is_empty() {
        head.filter(|(_, head)| !head.is_empty()).or_else(tail)
    } else {
        Some((bare, inside))
    };
    let (amount, word) = told?;
    Amount::parse(&amount, unit).ok()?;
    let known = all_words(BASES).find(|known| *known == word);
    let basis = known.or_else(|| synonyms::said(BASES, word, examples.lang))?;
    Some(Phrase {
        is_certain: known.is_some(),
        entries: vec![("amount", amount), ("basis", basis.to_owned())],
    })
}

/// `要求50、要望10` and `60（うち要望10）`: the parts of a request, of which one may be left to reckon.
pub(super) fn requested(text: &str, unit: Unit, examples: Examples) -> Option<Phrase> {
    const LABELS: [(&str, &[&str]); 2] = [
        ("wish", &["要望額", "要望枠", "要望", "wish"]),
        ("request", &["要求額", "要求枠", "要求", "request"]),
    ];
    let folded = fold_text(text);
    let mut rest = folded.as_str();
    let mut found: Vec<(&'static str, &str)> = Vec::new();
    let trim = |text: &str| {
        let text = text.trim_matches(|c: char| " 、,()[]・+;:=は".contains(c));
        let text = text.trim_end_matches("うち").trim_end_matches("内").trim_end_matches("of which");
        text.trim_end_matches(|c: char| " 、,([・+;".contains(c)).to_owned()
    };
    let labels = || LABELS.iter().flat_map(|(key, words)| words.iter().map(move |word| (*key, *word)));
    let next = |rest: &str| {
        let first = labels().filter_map(|(key, word)| Some((rest.find(word)?, key, word)));
        first.min_by_key(|(at, _, word)| (*at, std::cmp::Reverse(word.len())))
    };
    let mut key = "amount";
    while let Some((at, label, word)) = next(rest) {
        found.push((key, rest.get(..at)?));
        rest = rest.get(at + word.len()..)?;
        key = label;
    }
    found.push((key, rest));
    let mut amounts: Vec<(&'static str, String, Amount)> = Vec::new();
    for (key, text) in found {
        let text = trim(text);
        if !text.is_empty() || key != "amount" {
            let amount = Amount::parse(&text, unit).ok()?;
            amounts.push((key, text, amount));
        }
    }
    let get = |key| amounts.iter().find(|(known, ..)| *known == key).map(|(_, _, amount)| *amount);
    let other = match (get("amount"), get("request"), get("wish")) {
        (Some(whole), Some(part), None) => Some(("wish", whole.checked_sub(part).ok()?)),
        (Some(whole), None, Some(part)) => Some(("request", whole.checked_sub(part).ok()?)),
        (_, Some(_), Some(_)) => None,
        _ => return None,
    };
    let is_bare = amounts.iter().all(|(_, text, _)| text.ends_with(|c: char| c.is_ascii_digit()));
    let mut entries: Vec<(&'static str, String)> =
        amounts.into_iter().map(|(key, text, _)| (key, text)).collect();
    if let Some((key, amount)) = other.filter(|(_, amount)| !amount.is_negative()) {
        let digits = grouped(&amount.digits());
        let text = if is_bare { digits } else { examples.with_unit(&digits, amount.unit().exponent()) };
        entries.push((key, text));
    }
    Some(Phrase { is_certain: other.is_none(), entries })
}

/// `運営費交付金の推計額`: a note in words; of one word its kind.
pub(super) fn note(text: &str) -> Option<Phrase> {
    let text = text.trim();
    let kind = named(NOTE_KINDS, text).is_some();
    let entries = match kind {
        true => vec![("kind", text.to_owned())],
        false => vec![("kind", "remark".to_owned()), ("text", text.to_owned())],
    };
    Some(Phrase { entries, is_certain: false })
}

/// `keikaku`: the document alone.
pub(super) fn cite(text: &str) -> Option<Phrase> {
    let id = text.trim();
    Id::parse(id).ok()?;
    Some(Phrase { entries: vec![("cite", id.to_owned())], is_certain: true })
}

/// `old-id → new-id`: a line of a crosswalk.
pub(super) fn crossing(text: &str) -> Option<Phrase> {
    let marks = ["→", "⇒", "->", "=>", "から"];
    let (from, to) = marks.iter().find_map(|mark| text.split_once(mark))?;
    let ids = [("from", from.trim()), ("to", to.trim())];
    ids.iter().all(|(_, id)| Id::parse(id).is_ok()).then(|| {
        let named = ids.map(|(key, id)| (key, id.to_owned()));
        Phrase {
            entries: [("kind", "renamed".to_owned())].into_iter().chain(named).collect(),
            is_certain: false,
        }
    })
}

impl Phrase {
    /// Its keys with their values between braces.
    pub(super) fn braced(&self) -> String {
        let said = |(key, value): &(&str, String)| format!("{key}: {}", scalar(value, true));
        let each: Vec<String> = self.entries.iter().map(said).collect();
        format!("{{{}}}", each.join(", "))
    }
}

impl Reader {
    /// Reports a mapping of this name that is written as a phrase, where it is.
    pub(super) fn is_phrase(
        &mut self,
        node: &Node,
        key: &str,
        phrase: impl Fn(&str) -> Option<Phrase>,
    ) -> bool {
        let text = match &node.kind {
            Kind::Scalar(text) => text.clone(),
            // `[R4, R8]`: the ends of a range.
            Kind::Sequence(items) if matches!(key, "period" | "scale") => {
                let texts: Option<Vec<&str>> = items.iter().map(Node::text).collect();
                texts.filter(|texts| texts.len() == 2).unwrap_or_default().join("~")
            }
            _ => return false,
        };
        let Some(phrase) = phrase(&text) else { return false };
        let cure = Cure { is_certain: phrase.is_certain, ..Cure::certain(node.span, phrase.braced()) };
        let finding = self.phrase_found(node, key, cure);
        self.push_with_key(node, finding);
        true
    }

    /// Reports a value of a mapping that says what other keys of it are there for: `{max: 20百万円程度}`.
    pub(super) fn says_more(
        &mut self,
        fields: Fields<'_>,
        key: &str,
        phrase: impl Fn(&str) -> Option<Phrase>,
    ) -> bool {
        let Some(node) = fields.get(key) else { return false };
        let Some(Phrase { entries, is_certain }) = node.text().and_then(phrase) else { return false };
        let own = entries.iter().find(|(known, _)| *known == key).or(entries.first());
        let Some((_, own)) = own.cloned() else { return false };
        let is_new = |(other, value): &&(&'static str, String)| {
            *other != key && *value != own && fields.get(other).is_none()
        };
        let Kind::Mapping(keys) = &fields.node.kind else { return false };
        let place =
            keys.iter().find(|(_, value)| value.span == node.span).map_or(node.span, |(key, _)| key.span);
        let is_flow = self.sources.slice(fields.node.span).starts_with('{');
        let text = &self.sources.file(place.file).text;
        let column = place.start - line_start(text, place.start);
        let gap = if is_flow { ", ".to_owned() } else { format!("\n{}", " ".repeat(column)) };
        let mut written = scalar(&own, is_flow);
        for (other, value) in entries.iter().filter(is_new) {
            written.push_str(&format!("{gap}{other}: {}", scalar(value, is_flow)));
        }
        let help = format!("write each behind its key, as in `{key}: {}`", written.replace(&gap, ", "));
        let finding = self.phrase_found(node, key, Cure { is_certain, ..Cure::certain(node.span, written) });
        self.findings.push(finding.help(help));
        true
    }

    pub(super) fn phrase_found(&self, node: &Node, key: &str, cure: Cure) -> Diagnostic {
        let message = format!("`{key}` says in one phrase what has keys of its own");
        Diagnostic::new(codes::WRONG_SHAPE, self.first_line(node.span), message).cure(cure)
    }
}
