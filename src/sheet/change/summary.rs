//! What happened, so that it can be read in ten seconds.

use serde::Serialize;

use super::Page;
use crate::diff::{AmountChange, ItemKind, LineChange, Mover};
use crate::model::{Amount, Comparison, Lang, Money};

/// How many movers are named.
const NAMED: usize = 5;

/// A reason longer than this, in characters, is cut at a comma or at this length.
const REASON: usize = 70;

/// A line that moved the total.
#[derive(Clone, Debug, Serialize)]
pub struct MoverFact {
    /// Its title.
    pub title: String,
    /// By how much, with sign and unit, and the rate or the word in its place.
    pub change: String,
    /// Why, in the words of the request; may be empty.
    pub why: String,
}

impl Page<'_, '_> {
    /// Sentences on the whole, and the lines that moved it most.
    pub(super) fn summary(&self) -> (Vec<String>, Vec<MoverFact>) {
        let Some((_, amount)) = self.top() else {
            return (Vec::new(), Vec::new());
        };
        let mut sentences: Vec<String> = self.whole(amount).into_iter().collect();
        sentences.extend(self.comparable(amount));
        sentences.extend(self.wording_changes());
        if self.chapter.is_same() {
            sentences.push(self.words.nothing.to_owned());
        }
        let movers = self.chapter.movers(0);
        let named = movers
            .iter()
            .filter_map(|mover| {
                let line = self.chapter.lines.get(mover.line)?;
                (!matches!(kind(line, mover), ItemKind::Listed | ItemKind::Unlisted)).then_some((mover, line))
            })
            .take(NAMED)
            .filter_map(|(mover, line)| self.mover(mover, line));
        (sentences, named.collect())
    }

    /// `掲載事業の計は32,821百万円から14,154百万円へ、△18,667百万円（△56.9%）。`
    fn whole(&self, amount: &AmountChange) -> Option<String> {
        let notation = &self.wording.notation;
        let (old, new) = (amount.bridge.old?, amount.bridge.new?);
        let what = match amount.is_listed {
            true => self.words.listed_total,
            false => self.words.total,
        };
        let Some(change) = amount.change() else {
            let (old, new) = (notation.money(&amount.old), notation.money(&amount.new));
            return Some(
                self.said(format!("{what}は{old}から{new}へ。"), format!("{what}: from {old} to {new}.")),
            );
        };
        let (old, new) = (notation.amount(&old), notation.amount(&new));
        if change.is_zero() {
            return Some(
                self.said(format!("{what}は{new}で、変わらない。"), format!("{what}: {new}, unchanged.")),
            );
        }
        let change = self.changed(&change, &amount.comparison);
        Some(self.said(
            format!("{what}は{old}から{new}へ、{change}。"),
            format!("{what}: from {old} to {new}, {change}."),
        ))
    }

    /// What remains to compare when lines are on one side only without being new or over.
    fn comparable(&self, amount: &AmountChange) -> Option<String> {
        let notation = &self.wording.notation;
        let bridge = &amount.bridge;
        let zero = Amount::zero(self.wording.unit());
        let of = |kind| bridge.item(kind).map_or(zero, |item| item.amount);
        let (gone, come) = (of(ItemKind::Unlisted), of(ItemKind::Listed));
        let lines = bridge.lines(ItemKind::Unlisted) + bridge.lines(ItemKind::Listed);
        if lines == 0 || amount.change().is_none() {
            return None;
        }
        let old = bridge.old?.checked_add(gone).ok()?;
        let new = bridge.new?.checked_sub(come).ok()?;
        let change = new.checked_sub(old).ok()?;
        let comparison = Comparison::between(Money::Known(new), Money::Known(old)).ok()?;
        let (old, new) = (notation.amount(&old), notation.amount(&new));
        let change = self.changed(&change, &comparison);
        let outside = gone.checked_add(come).ok()?;
        let outside = notation.signed(&outside);
        Some(self.said(
            format!(
                "両方に掲載された事業では{old}から{new}へ、{change}。残る{outside}は、一方にだけ掲載された{lines}件による（新規や終了とは限らない）。"
            ),
            format!(
                "The lines listed on both sides: from {old} to {new}, {change}. The other {outside} comes from {lines} {} listed on one side only, which need not be new or over.",
                if lines == 1 { "line" } else { "lines" }
            ),
        ))
    }

    /// How many lines have other words.
    fn wording_changes(&self) -> Option<String> {
        let lines = &self.chapter.lines;
        let changed = lines.iter().filter(|line| !line.words.is_empty()).count();
        (changed > 0).then(|| {
            self.said(
                format!("文言の変更は{changed}件（{}に示す）。", self.words.redline),
                format!(
                    "The wording of {changed} {} changed; see \u{201c}{}\u{201d}.",
                    if changed == 1 { "line" } else { "lines" },
                    self.words.redline
                ),
            )
        })
    }

    /// `△18,667百万円（△56.9%）`.
    fn changed(&self, change: &Amount, comparison: &Comparison) -> String {
        let notation = &self.wording.notation;
        let text = notation.signed(change);
        let rate = notation.rate_of(comparison);
        match rate.is_empty() {
            true => text,
            false => self.wording.bracketed(&text, &rate),
        }
    }

    fn mover(&self, mover: &Mover, line: &LineChange<'_>) -> Option<MoverFact> {
        let amount = line.amounts.first()?;
        let notation = &self.wording.notation;
        let change = notation.signed(&mover.change);
        let label = line.link.label(self.relation, self.wording.lang);
        let remark = match (label.is_empty(), amount.comparison) {
            (_, Comparison::Changed { .. }) | (true, _) => {
                let rate = notation.rate_of(&amount.comparison);
                match label.is_empty() || line.link.is_one_sided() {
                    true => rate,
                    false => [label, &rate].join(self.wording.words.comma),
                }
            }
            (false, _) => label.to_owned(),
        };
        Some(MoverFact {
            title: self.name(line),
            change: match remark.is_empty() {
                true => change,
                false => self.wording.bracketed(&change, &remark),
            },
            why: self.why(line),
        })
    }

    /// What the request says of a line: the first of its points, or the first sentence of its summary, or a remark.
    fn why(&self, line: &LineChange<'_>) -> String {
        let Some(member) = line.member() else {
            return String::new();
        };
        // Another language than the sheet's would explain nothing.
        if member.chapter.lang != self.wording.lang {
            return String::new();
        }
        let program = member.row.program;
        let points = program.and_then(|program| program.points.as_ref());
        let summary = program.and_then(|program| program.summary.as_ref());
        let mut notes = member.row.line.notes.iter();
        let remark = notes.find(|note| matches!(note.kind, crate::model::NoteKind::Remark));
        let remark = remark.map(|note| self.wording.notation.note(note));
        let text = match (points, summary, remark) {
            (Some(points), ..) => points.value.clone(),
            (None, Some(summary), _) => summary.value.clone(),
            (None, None, Some(remark)) => remark,
            (None, None, None) => return String::new(),
        };
        let is_markdown = true;
        let first = crate::diff::redline::passages("", &text, is_markdown)
            .into_iter()
            .map(|passage| match passage {
                crate::diff::redline::Passage::Kept(text) => text,
                crate::diff::redline::Passage::Changed(segments) => {
                    segments.into_iter().map(|segment| segment.text).collect()
                }
            })
            .next();
        shortened(first.unwrap_or_default().trim_start_matches(['・', '①', '✓', ' ', '　']))
    }
}

/// What happened to a mover's line.
pub(super) fn kind(line: &LineChange<'_>, mover: &Mover) -> ItemKind {
    use crate::diff::Link;
    match line.link {
        Link::New => ItemKind::New,
        Link::Listed => ItemKind::Listed,
        Link::Ended => ItemKind::Ended,
        Link::Unlisted => ItemKind::Unlisted,
        Link::Restated => ItemKind::Restated,
        _ if mover.change.is_negative() => ItemKind::Decreased,
        _ => ItemKind::Increased,
    }
}

/// The first sentence, or as much of it as fits.
fn shortened(text: &str) -> String {
    let end = text
        .char_indices()
        .find(|(at, c)| {
            let after = text.get(at + c.len_utf8()..).unwrap_or_default();
            *c == '。' || *c == '.' && (after.is_empty() || after.starts_with(' '))
        })
        .map_or(text.len(), |(at, _)| at);
    let sentence = text.get(..end).unwrap_or_default();
    if sentence.chars().count() <= REASON {
        return sentence.to_owned();
    }
    let cut: String = sentence.chars().take(REASON).collect();
    let natural = cut.rfind(['、', ',']).filter(|at| *at > cut.len() / 2);
    format!("{}…", cut.get(..natural.unwrap_or(cut.len())).unwrap_or(&cut))
}

/// Whether a language sets its words apart by blanks.
pub(super) fn blank(lang: Lang) -> &'static str {
    if lang == Lang::En { " " } else { "" }
}
