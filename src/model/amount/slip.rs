//! What somebody meant who wrote an amount as it is spoken, or as ledgers and spreadsheets have it. Goes in: a text that was
//! refused, and the parse that refused it; comes out: a text that it takes, and what was wrong.

mod hedge;
mod kanji;
mod mends;
mod words;

pub(crate) use hedge::Hedge;
pub(crate) use kanji::without_kanji;

use super::super::fold::{fold_text, is_minus};
use super::super::{Currency, Examples};
use crate::source::legible;

/// A written amount that was refused, and what it probably is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slip {
    /// What is wrong, to be said behind the text.
    pub what: &'static str,
    /// What the author may have meant, the likeliest first; each can be read. Empty where only a person can say.
    pub meant: Vec<String>,
    /// Whether the first of them is the only thing that can have been meant.
    pub is_certain: bool,
    /// Whether one of them is another amount than the first, or lacks digits of the text, so that only the author can choose.
    pub is_open: bool,
    /// The words of the text that the first of them does not have.
    pub left_out: Vec<String>,
    /// What else there is to know.
    pub why: &'static str,
}

/// Something that an amount cannot have.
struct Rule {
    /// The text without it; further texts where it can be read in several ways; none where it is not there.
    mend: fn(&str, Examples) -> Vec<String>,
    what: &'static str,
    is_certain: bool,
    why: &'static str,
    /// Whether what it takes off says something.
    loses: bool,
}

const FOOTNOTE: &str = "carries a footnote mark";
const EXACT: &str = "a sheet adds up exact amounts; say under `notes` that it is an estimate";
const REMARK: &str = "remarks are written under `notes`, as `{kind: remark, text: …}`";
const COMMENT: &str = "a comment stands behind a blank and `#`, in half width";
const GROUPS: &str = "digits are parted by commas, in groups of three, and decimals follow a point";

/// The rules, in the order in which they are applied: from the outside of an amount to its digits.
const RULES: &[Rule] = &[
    rule(mends::shown, "hides characters that cannot be seen", true, ""),
    rule(mends::looks_alike, "has characters that only look like digits or commas", true, ""),
    rule(mends::unquoted, "stands in the quotation marks of a text", true, ""),
    rule(words::unmarked, FOOTNOTE, false, REMARK).losing(),
    rule(words::without_comment, "has a remark behind it that is no comment to YAML", false, COMMENT)
        .losing(),
    rule(mends::unit_bared, "has its unit in brackets", true, ""),
    rule(words::without_remark, "carries a remark in brackets", false, REMARK).losing(),
    rule(words::more_to_come, "has an open end", false, ""),
    rule(words::exact, "is not an exact amount", false, EXACT).losing(),
    rule(words::as_in_contracts, "is written as in a contract", true, ""),
    rule(words::sign_in_words, "has its sign in words", true, ""),
    rule(mends::bracket_off, "stands in brackets", false, ""),
    rule(mends::sign_first, "has its sign at the end", false, ""),
    rule(mends::true_minus, "begins with a dash that is no minus sign", true, ""),
    rule(mends::plus_off, "has a plus sign", true, "increases are worked out"),
    rule(mends::symbol_off, "has the symbol of a currency, and not its unit", false, ""),
    rule(mends::unit_named, "has its unit in other words", false, ""),
    rule(mends::unit_ended, "does not end in a unit", true, ""),
    rule(mends::end_off, "ends in a punctuation mark", true, ""),
    rule(mends::kanji_off, "is written in kanji", false, "amounts are written in digits"),
    rule(words::words_off, "has words beside it", false, REMARK).losing(),
    rule(mends::letters_off, "has letters among its digits", false, "letters that look like 0 and 1"),
    rule(mends::closed_up, "has a blank beside its comma", true, ""),
    rule(mends::grouped, "has something else than commas between its groups of digits", false, GROUPS),
    rule(mends::pointed, "has its points and commas exchanged", false, GROUPS),
    rule(mends::zero_before, "has no digit before the point", true, ""),
    rule(mends::zeros_off, "begins with a zero too many", false, ""),
    rule(
        mends::regrouped,
        "has a misplaced comma",
        false,
        "digits after a comma come in groups of three; is one missing?",
    ),
];

const fn rule(
    mend: fn(&str, Examples) -> Vec<String>,
    what: &'static str,
    is_certain: bool,
    why: &'static str,
) -> Rule {
    Rule { mend, what, is_certain, why, loses: false }
}

impl Rule {
    const fn losing(self) -> Self {
        Self { loses: true, ..self }
    }
}

/// What takes the place of an amount, in words that are not ours: the word of each language, and what is said instead of it.
const WORDS: [(&str, &str, &str); 5] = [
    ("新規", "new", "皆増|新設|創設|新|新規事業|新規要求|new program"),
    ("終了", "ended", "皆減|廃止|完了|終了予定|廃止予定|打切り|terminated|discontinued|abolished"),
    (
        "事項要求",
        "unspecified",
        "未定|調整中|検討中|精査中|積算中|事項|金額未定|tbd|tbc|pending|to be decided",
    ),
    ("-", "-", "なし|無し|無|該当なし|対象外|n/a|na|nil|none|--|ー|ｰ|‐|‑|─|/|…"),
    ("0", "0", "ゼロ|零|zero"),
];

impl Slip {
    /// The refused text, and what is wrong with it.
    pub fn message(&self, text: &str) -> String {
        format!("`{}` {}", legible(text.trim()), self.what)
    }

    /// Looks for what a refused text means; `reads` is the parse that refused it.
    pub fn of(text: &str, examples: Examples, reads: &dyn Fn(&str) -> bool) -> Option<Self> {
        let folded = fold_text(text);
        in_words(&folded, examples, reads)
            .or_else(|| foreign(&folded, examples).or_else(|| hopeless(&folded)))
            .or_else(|| mended(text, examples, reads))
    }
}

/// A word, or a word in brackets, that stands for one of ours.
fn in_words(folded: &str, examples: Examples, reads: &dyn Fn(&str) -> bool) -> Option<Slip> {
    let bare = folded.trim_matches(['(', ')', '[', ']', '【', '】', '「', '」', '“', '”', '"', '\'']).trim();
    let slip =
        |meant: Vec<String>, what, is_certain, why| Slip { what, meant, is_certain, why, ..Slip::default() };
    if bare != folded && !bare.chars().any(|c| c.is_ascii_digit()) && reads(bare) {
        return Some(slip(vec![bare.to_owned()], "is a word in brackets", true, ""));
    }
    // `事項要求（金額未定）`.
    let word = folded.split(['(', '[', '【']).next().unwrap_or_default().trim();
    if word != folded && !word.is_empty() && !word.contains(|c: char| c.is_ascii_digit()) && reads(word) {
        let left_out = around(folded, word);
        return Some(Slip {
            left_out,
            ..slip(vec![word.to_owned()], "carries a remark in brackets", false, REMARK)
        });
    }
    let lower = bare.to_lowercase();
    let (ja, en, _) = WORDS.iter().find(|(_, _, words)| words.split('|').any(|word| word == lower))?;
    let word = examples.pick(*ja, *en);
    if !reads(word) {
        return Some(slip(Vec::new(), "is a word, and a number is needed here", false, ""));
    }
    let mut meant = vec![word.to_owned()];
    // 皆増 and 皆減 are also what grows from, or shrinks to, an amount of 0.
    if matches!(bare, "皆増" | "皆減") {
        meant.push("0".to_owned());
    }
    Some(slip(meant, "is not a word for an amount", false, ""))
}

/// `GBP 1,234m` in a budget of another currency.
fn foreign(folded: &str, examples: Examples) -> Option<Slip> {
    let (code, number) = folded.split_at_checked(3)?;
    let is_amount = number.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let code = Currency::parse(code).filter(|code| is_amount && *code != examples.unit.currency());
    code.map(|_| Slip {
        what: "is in another currency than the chapter counts in",
        why: "give the amount in the currency of the chapter",
        ..Slip::default()
    })
}

/// What cannot be told from the text.
fn hopeless(folded: &str) -> Option<Slip> {
    let digit = |c: Option<char>| {
        c.is_some_and(|c| c.is_ascii_digit() || matches!(c, '円' | '億' | '万' | '千' | '兆'))
    };
    let is_range = folded.char_indices().any(|(at, c)| {
        let before = folded.get(..at).and_then(|text| text.trim_end().chars().next_back());
        let after = folded.get(at + c.len_utf8()..).and_then(|text| text.trim_start().chars().next());
        matches!(c, '~' | '〜' | '∼' | '-' | '–' | '―' | '−')
            && digit(before)
            && after.is_some_and(|c| c.is_ascii_digit())
    });
    let cells: Vec<&str> = folded.split(['\t', '\n']).filter(|cell| !cell.trim().is_empty()).collect();
    let (what, why) = if folded.ends_with("再掲") || folded.ends_with("再掲)") {
        (
            "says that it is counted elsewhere",
            "write the amount alone, and say so under `notes`: `{kind: 再掲}`",
        )
    } else if folded
        .split_once("年度")
        .is_some_and(|(_, amount)| amount.contains(|c: char| c.is_ascii_digit()))
    {
        ("names a year", "write one amount alone; that of last year goes under `prior`")
    } else if folded.starts_with('=') && folded.contains(|c: char| c.is_alphabetic()) {
        ("is a formula of a spreadsheet", "write what comes of it")
    } else if cells.len() > 1 {
        (
            "holds several cells of a spreadsheet",
            "write one amount behind each key, `requested: …` and `prior: …`",
        )
    } else if folded.contains(['%', '‰']) || folded.ends_with("パーセント") || folded.ends_with('割')
    {
        ("is a rate, not an amount", "write the amount; rates are worked out from the two amounts of a line")
    } else if is_between(folded, &["→", "⇒", "⇨", "➡", "➔", "->", "=>", "←", "<-", "から"]) {
        ("is a change from one amount to another", "write one amount; that of last year goes under `prior`")
    } else if folded.ends_with(['増', '減']) || folded.starts_with(['増', '減']) {
        (
            "is a change, not an amount",
            "write the amount; changes are worked out from the two amounts of a line",
        )
    } else if is_between(folded, &["×", "✕", "x", "X", "*", "÷", "/", "+", "="]) {
        (
            "is a working, not an amount",
            "write what comes of it; remarks are written under `notes`, as `{kind: remark, text: …}`",
        )
    } else if is_range || is_between(folded, &["to"]) {
        ("is a range", "write one amount; the range of the awards goes under `scale`, as `min` and `max`")
    } else if matches!(
        folded,
        "同額" | "前年同" | "前年同額" | "同" | "同上" | "同左" | "〃" | "々" | "same" | "ditto"
    ) {
        ("refers to another amount", "write the amount out")
    } else {
        return None;
    };
    Some(Slip { what, why, ..Slip::default() })
}

/// Whether one of some marks stands between two numbers.
fn is_between(text: &str, marks: &[&str]) -> bool {
    let parts = |mark: &&str| {
        text.split_once(*mark).map(|(before, after)| {
            (before.trim_end(), after.trim_start_matches(['$', '¥', '€', '£', '約', ' ']))
        })
    };
    marks.iter().filter_map(parts).any(|(before, after)| {
        let is_amount = before.ends_with(|c: char| c.is_ascii_digit() || "円億万千兆".contains(c));
        // `0x4d2` is no working.
        is_amount
            && before != "0"
            && before.contains(|c: char| c.is_ascii_digit())
            && after.starts_with(|c: char| c.is_ascii_digit())
    })
}

/// The text after every rule that applies, if it can then be read.
fn mended(text: &str, examples: Examples, reads: &dyn Fn(&str) -> bool) -> Option<Slip> {
    let mut mended = text.trim().to_owned();
    let mut applied: Vec<&Rule> = Vec::new();
    let (mut others, mut left_out) = (Vec::new(), Vec::new());
    for rule in RULES {
        let mut texts = (rule.mend)(&mended, examples).into_iter().map(|text| text.trim().to_owned());
        let Some(next) = texts.next().filter(|next| *next != mended) else { continue };
        others.extend(texts);
        if rule.loses {
            left_out.extend(around(&mended, &next));
        }
        mended = next;
        applied.push(rule);
        if reads(&mended) {
            break;
        }
    }
    let first = applied.first()?;
    let mut meant: Vec<String> = Vec::new();
    for text in std::iter::once(mended).chain(others) {
        if reads(&text) && !meant.contains(&text) {
            meant.push(text);
        }
    }
    let is_certain = meant.len() == 1 && applied.iter().all(|rule| rule.is_certain);
    let size = |text: &str| text.trim_start_matches(is_minus).to_owned();
    let is_open = meant.iter().any(|other| meant.first().map(|first| size(first)) != Some(size(other)))
        || first.what != FOOTNOTE && meant.iter().any(|meant| !has_digits_of(text, meant));
    (!meant.is_empty()).then_some(Slip {
        what: first.what,
        meant,
        is_certain,
        is_open,
        left_out,
        why: first.why,
    })
}

/// What a text has before and behind a piece of it.
fn around(text: &str, piece: &str) -> Vec<String> {
    let text = fold_text(text);
    let (before, after) = text.split_once(&fold_text(piece)).unwrap_or_default();
    [before, after].map(|part| part.trim().to_owned()).into_iter().filter(|part| !part.is_empty()).collect()
}

/// Whether an amount has all the digits of a text, in their order, but for zeros; kanji numerals are in another form.
fn has_digits_of(text: &str, meant: &str) -> bool {
    let digits = |text: &str| fold_text(text).chars().filter(|c| ('1'..='9').contains(c)).collect::<Vec<_>>();
    let mut there = digits(meant).into_iter();
    digits(text).into_iter().all(|digit| there.any(|other| other == digit))
}
