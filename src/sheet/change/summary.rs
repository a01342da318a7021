//! What happened, so that it can be read in ten seconds.

use serde::Serialize;

use super::Page;
use crate::diff::{AmountChange, ItemKind, LineChange, Mover};
use crate::model::{Amount, Comparison, Money};
use crate::sheet::amounts::sign;
use crate::words;

/// How many movers are named.
const NAMED: usize = 5;

/// A reason longer than this, in characters, is cut at a comma or at this length.
const REASON: usize = 70;

/// A line that moved the total.
#[derive(Clone, Debug, Serialize)]
pub struct MoverFact {
    pub title: String,
    /// The short names of the lines above it, the outermost first: titles repeat.
    pub path: Vec<String>,
    /// By how much, with sign, in the unit of the tables.
    pub figure: String,
    /// Whether it rose (1) or fell (-1).
    pub sign: i8,
    /// Its part of all movement.
    pub share: String,
    /// What happened to it, and the rate.
    pub remark: String,
    /// By how much, with sign and unit, what happened, and the rate.
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
        let named = self.named_movers();
        let told = named.iter().filter_map(|mover| self.mover(mover, self.chapter.lines.get(mover.line)?));
        (sentences, told.collect())
    }

    /// The lines that are named among those that moved the total most.
    pub(super) fn named_movers(&self) -> Vec<Mover> {
        let is_told = |mover: &Mover| !matches!(mover.kind, ItemKind::Listed | ItemKind::Unlisted);
        self.chapter.movers(0).into_iter().filter(is_told).take(NAMED).collect()
    }

    /// `掲載事業の計は32,821百万円から14,154百万円へ、△18,667百万円（△56.9%）。`
    fn whole(&self, amount: &AmountChange) -> Option<String> {
        let notation = &self.wording.notation;
        let (old, new) = (amount.bridge.old?, amount.bridge.new?);
        let what = match amount.is_listed && !amount.is_hidden() {
            true => self.words.listed_total,
            false => self.words.total,
        };
        let lang = notation.lang;
        let Some(change) = amount.change() else {
            return Some(words::moves_to(lang, what, self.stated(amount.old), self.stated(amount.new)));
        };
        let (old, new) = (notation.amount(&old), notation.amount(&new));
        if change.is_zero() {
            return Some(words::stays(lang, what, new));
        }
        if amount.is_rounded() {
            return Some(words::differ(lang, what, old, new, self.words.within_rounding));
        }
        let change = self.changed(&change, &amount.comparison);
        Some(words::moves_by(lang, what, old, new, change))
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
        let named = if lines == 1 { "line" } else { "lines" };
        Some(words::comparable(notation.lang, old, new, change, outside, lines, named))
    }

    /// How many lines' wording changed; of chapters together each chapter's own sheet shows it.
    fn wording_changes(&self) -> Option<String> {
        let lines = &self.chapter.lines;
        let changed = lines.iter().filter(|line| !line.words.is_empty()).count();
        let named = if changed == 1 { "line" } else { "lines" };
        (changed > 0 && self.chapters == 1)
            .then(|| words::wording_changes(self.wording.lang, changed, named, self.words.redline))
    }

    /// `△18,667百万円（△56.9%）`.
    pub(super) fn changed(&self, change: &Amount, comparison: &Comparison) -> String {
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
        let event = self.event(line, amount);
        let rate = match mover.kind {
            ItemKind::Increased | ItemKind::Decreased => notation.rate_of(&amount.comparison),
            _ => String::new(),
        };
        let remark: Vec<&str> = [event, &rate].into_iter().filter(|text| !text.is_empty()).collect();
        let remark = remark.join(self.wording.words.comma);
        let change = notation.signed(&mover.change);
        Some(MoverFact {
            title: self.name(line),
            path: self.path(line),
            figure: notation.signed_figure(&mover.change, self.wording.unit()),
            share: mover.share.map(|share| notation.share(&share)).unwrap_or_default(),
            sign: sign(Some(mover.change)),
            change: match remark.is_empty() {
                true => change,
                false => self.wording.bracketed(&change, &remark),
            },
            remark,
            why: self.why(line),
        })
    }

    /// The short names of the lines above a line, the outermost first, without the total.
    fn path(&self, line: &LineChange<'_>) -> Vec<String> {
        let above = |line: &LineChange<'_>| line.parent.and_then(|above| self.chapter.lines.get(above));
        let lines = std::iter::successors(above(line), |line| above(line));
        let mut path: Vec<String> =
            lines.filter(|line| line.depth > 0).map(|line| self.short(line)).collect();
        path.reverse();
        path
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
        let remark = remark.map(|note| self.wording.notation.note(note, member.chapter));
        let text = match (points, summary, remark) {
            (Some(points), ..) => points.value.clone(),
            (None, Some(summary), _) => summary.value.clone(),
            (None, None, Some(remark)) => remark,
            (None, None, None) => return String::new(),
        };
        let first = crate::document::read(&text, self.wording.lang).passages().into_iter().next();
        shortened(&first.map(|piece| piece.text).unwrap_or_default())
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
