//! How deep rows stand: by their column, then by the first sign that the table has: how far words are set in, numbers, codes, bold type.

use super::rows::Entry;
use super::titles;
use super::tree::aside;
use super::words::folded;

/// How deep each entry stands.
pub(super) fn depths(entries: &[Entry]) -> Vec<usize> {
    if entries.iter().any(|entry| entry.level.is_some()) {
        return entries.iter().map(|entry| entry.level.unwrap_or(0)).collect();
    }
    let lines = || entries.iter().filter(|entry| titles::sum(entry.title()).is_none());
    let is_set_in = lines().any(|entry| entry.inset > 0 && !titles::of_which(entry.title()));
    // Names of levels go before numbers: 第1項, （目）.
    let rank = |entry: &Entry| {
        let number = || titles::numbered(entry.title()).map(|(rank, ..)| rank + 11);
        titles::level(entry.title()).map(|level| level + 1).or_else(number)
    };
    let numbered = lines().filter(|entry| rank(entry).is_some()).count();
    let by_number = |entry: &Entry| rank(entry).unwrap_or(usize::from(entry.is_line) * 20);
    let inset = || entries.iter().map(|entry| entry.inset.min(DEEPEST)).collect();
    let within: Vec<usize> = if is_set_in {
        inset()
    } else if numbered * 2 > entries.len() {
        entries.iter().map(by_number).collect()
    } else if entries.windows(2).all(|pair| matches!(pair, [one, other] if level(one) == level(other))) {
        by_code(entries).or_else(|| by_type(entries)).unwrap_or_else(inset)
    } else {
        inset()
    };
    entries.iter().zip(within).map(|(entry, within)| level(entry) * 1000 + within).collect()
}

/// The most levels that codes say.
const MOST_DEPTH: usize = 16;
/// What is set in further than this stands no deeper.
pub(super) const DEEPEST: usize = 900;

/// The column that an entry's words stand in.
fn level(entry: &Entry) -> usize {
    entry.labels.last().map_or(0, |(level, _)| *level)
}

/// The depths that codes say: one that begins with another belongs below it, `01` and `0103`, `1.1` and `1.1.4`, `0100` and `0103`.
fn by_code(entries: &[Entry]) -> Option<Vec<usize>> {
    let codes: Vec<&str> = entries.iter().map(code).collect();
    let has_code = |code: &&&str| !code.is_empty();
    let is_sum = |entry: &&Entry| titles::sum(entry.title()).is_some();
    let lines = entries.len() - entries.iter().filter(is_sum).count();
    if codes.iter().filter(has_code).count() * 10 < lines * 9 || lines < 3 {
        return None;
    }
    let whole = codes.clone();
    let without_zeros = codes.iter().map(|code| code.trim_end_matches(['0', '.', '-'])).collect();
    [whole, without_zeros].into_iter().find_map(|codes: Vec<&str>| {
        let mut above: Vec<&str> = Vec::new();
        let depths = codes.iter().map(|code| {
            while above.len() > MOST_DEPTH
                || above.last().is_some_and(|last| !code.is_empty() && !is_below(code, last))
            {
                above.pop();
            }
            above.extend((!code.is_empty()).then_some(*code));
            above.len().saturating_sub(usize::from(!code.is_empty()))
        });
        Some(depths.collect()).filter(|depths: &Vec<usize>| holds(entries, depths))
    })
}

/// The code of an entry, which may be the first of its words.
fn code(entry: &Entry) -> &str {
    let first = || entry.title().split(' ').next().filter(|first| first.len() < entry.title().len());
    let is_code = |first: &&str| {
        first.len() > 1
            && first.starts_with(|c: char| c.is_ascii_digit())
            && first.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'))
    };
    if entry.code.is_empty() { first().filter(is_code).unwrap_or_default() } else { &entry.code }
}

fn is_below(code: &str, above: &str) -> bool {
    let is_parted = |code: &str| code.contains(['.', '-']);
    match code.strip_prefix(above) {
        Some(rest) if is_parted(code) => rest.starts_with(['.', '-']),
        rest => rest.is_some_and(|rest| !rest.is_empty()),
    }
}

/// The depths that type says: what is bold has the lines below it that are not.
fn by_type(entries: &[Entry]) -> Option<Vec<usize>> {
    let is_line = |entry: &&Entry| titles::sum(entry.title()).is_none();
    let first = entries.iter().find(is_line)?;
    let is_mixed = entries.iter().filter(is_line).any(|entry| !entry.is_bold);
    let depths: Vec<usize> = entries.iter().map(|entry| usize::from(!entry.is_bold)).collect();
    (first.is_bold && is_mixed && holds(entries, &depths)).then_some(depths)
}

/// Whether a sign is to be believed: it puts lines below others, and most of those that have amounts have those of the lines below them.
fn holds(entries: &[Entry], depths: &[usize]) -> bool {
    let added = |entry: &Entry, column: usize| entry.figures.get(column)?.as_ref()?.added();
    let (mut groups, mut told, mut agree) = (0_usize, 0_usize, 0_usize);
    for (at, (entry, depth)) in entries.iter().zip(depths).enumerate() {
        let rest = entries.iter().zip(depths).skip(at + 1).take_while(|(_, below)| *below > depth);
        let parts: Vec<&Entry> = rest
            .filter(|(part, below)| {
                **below == depth + 1 && titles::sum(part.title()).is_none() && aside(part).is_none()
            })
            .map(|(part, _)| part)
            .collect();
        if parts.is_empty() || titles::sum(entry.title()).is_some() {
            continue;
        }
        groups += 1;
        let telling = (0..entry.figures.len())
            .find_map(|column| Some((column, added(entry, column).filter(|sum| *sum != 0)?)));
        if let Some((column, stated)) = telling {
            told += 1;
            let sum: i128 = parts.iter().filter_map(|part| added(part, column)).sum();
            agree += usize::from(sum == stated);
        }
    }
    groups > 0 && agree * 2 >= told
}

/// Whether a number or a code is of one kind with another and goes on behind it, or begins anew: ４． behind ３．, １． behind ３．; of another kind
/// is （１）.
pub(super) fn goes_on(before: &str, number: &str) -> Option<bool> {
    let kind = |c: char| match c {
        '0'..='9' => '1',
        'Ⅰ'..='Ⅻ' => 'Ⅰ',
        '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' => '一',
        'A'..='Z' => 'A',
        '①'..='⑳' => '①',
        'ア'..='ン' => 'ア',
        other => other,
    };
    let plain = |text: &str| folded(text).replace(['.', '、'], "").to_uppercase();
    let counts = |c: &char| kind(*c) != *c || KINDS.contains(*c);
    let kinds = |text: &str| {
        let mut kinds: Vec<char> = text.chars().map(kind).collect();
        // ９ and １０ count alike, while codes have as many digits as they have levels.
        let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
        if digits.len() <= 2 && digits.first() != Some(&'0') {
            kinds.dedup();
        }
        kinds
    };
    let (before, number) = (plain(before), plain(number));
    let counted: String = number.chars().filter(counts).collect();
    let counted = counted.trim_start_matches('0');
    let begins = counted.chars().count() == 1 && KINDS.contains(counted);
    (!counted.is_empty() && kinds(&before) == kinds(&number)).then_some(!begins)
}

/// The first numbers of each kind.
const KINDS: &str = "1Ⅰ一A①ア";
