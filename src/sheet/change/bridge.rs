//! The waterfall from the old total to the new one.

use super::Page;
use crate::diff::{AmountChange, ColumnPair, Item, ItemKind, LineChange};
use crate::figure::{Figure, Figures, Step, StepKind, Waterfall};
use crate::model::{Amount, Money};
use crate::sheet::figures::FigureLink;
use crate::words;

/// How many lines a step names.
const NAMED: usize = 2;

impl Page<'_, '_> {
    /// The chart, where both sides have a total and something happened between them.
    pub(super) fn chart(&self, stem: &str, figures: &mut Figures) -> Option<FigureLink> {
        let (_, amount) = self.top()?;
        let steps = self.steps(0, self.leading(), amount);
        if steps.is_empty() {
            return None;
        }
        let target = format!("figures/{stem}-bridge.svg");
        let alt = self.described(&steps);
        let chart = Waterfall { unit: self.wording.unit_label(), steps };
        figures.insert(target.clone(), Figure::Waterfall(chart));
        Some(FigureLink { id: "bridge".to_owned(), target, alt, title: self.words.bridge.to_owned() })
    }

    /// What happened between two totals; nothing where one of them is not there, or nothing happened.
    pub(super) fn steps(&self, at: usize, columns: ColumnPair, amount: &AmountChange) -> Vec<Step> {
        let bridge = &amount.bridge;
        // Where all is over, or all is new, one of the totals is nothing.
        let is_on_both = self.chapter.old.is_some() && self.chapter.new.is_some();
        let nothing = |money: Money, other: Option<Amount>| {
            let other = other.filter(|_| is_on_both && matches!(money, Money::Ended | Money::New));
            other.map(|other| Amount::zero(other.unit()))
        };
        let old = bridge.old.or(nothing(amount.old, bridge.new));
        let (Some(old), Some(new)) = (old, bridge.new.or(nothing(amount.new, bridge.old))) else {
            return Vec::new();
        };
        if bridge.items.is_empty() {
            return Vec::new();
        }
        let (notation, unit) = (&self.wording.notation, self.wording.unit());
        let [old_label, new_label] = self.labels(columns);
        let total = |kind, label: &str, money: &Money, known: &Amount| Step {
            kind,
            // Of a total that is not known, what is known of it.
            label: match money.is_gap() {
                true => self.wording.bracketed(label, self.words.known_part),
                false => label.to_owned(),
            },
            detail: match amount.is_listed && !money.is_gap() {
                true => self.words.listed_total.to_owned(),
                false => String::new(),
            },
            text: if money.is_gap() { notation.figure(known, unit) } else { notation.cell(money, unit) },
            value: known.smallest_units(),
        };
        let mut steps = vec![total(StepKind::Old, &old_label, &amount.old, &old)];
        // What is on one side only comes first and last, so that what can be compared stands together.
        let mut items: Vec<&Item> = bridge.items.iter().collect();
        items.sort_by_key(|item| match item.kind {
            ItemKind::Unlisted => 0,
            ItemKind::Listed => 2,
            _ => 1,
        });
        steps.extend(items.into_iter().map(|item| {
            let label = item.kind.label(self.relation, self.wording.lang);
            Step {
                kind: match item.kind {
                    ItemKind::Listed | ItemKind::Unlisted => StepKind::Aside,
                    _ => StepKind::Change,
                },
                label: match item.lines {
                    0 => label.to_owned(),
                    lines => words::step_of(self.wording.lang, label, lines),
                },
                detail: self.named(at, item),
                text: self.signed(&item.amount),
                value: item.amount.smallest_units(),
            }
        }));
        steps.push(total(StepKind::New, &new_label, &amount.new, &new));
        steps
    }

    /// A change in the unit of the tables, with its sign.
    pub(super) fn signed(&self, change: &Amount) -> String {
        let text = self.wording.notation.figure(change, self.wording.unit());
        let shown = self.wording.notation.shown(*change);
        match shown.is_negative() || shown.is_zero() {
            true => text,
            false => format!("{}{text}", words::plus(self.wording.lang)),
        }
    }

    /// The lines to which something happened, the largest first: `AIPセンター △199 ほか`.
    fn named(&self, at: usize, item: &Item) -> String {
        let movers = self.chapter.movers(at);
        let found: Vec<(&LineChange<'_>, Amount)> = movers
            .iter()
            .filter_map(|mover| {
                let line = self.chapter.lines.get(mover.line)?;
                Some((line, line.amounts.get(at)?.bridge.item(item.kind)?.amount))
            })
            .collect();
        if found.is_empty() {
            return String::new();
        }
        let names: Vec<String> = found
            .iter()
            .take(NAMED)
            .map(|(line, change)| format!("{} {}", self.short(line), self.signed(change)))
            .collect();
        let names = names.join("\n");
        match item.lines.max(found.len()) > NAMED.min(found.len()) {
            true => words::and_others(self.wording.lang, names),
            false => names,
        }
    }

    /// All figures of the chart in words.
    fn described(&self, steps: &[Step]) -> String {
        let lang = self.wording.lang;
        let gap = words::gap(lang);
        let steps: Vec<String> = steps
            .iter()
            .map(|step| match step.detail.is_empty() {
                true => format!("{}{}{gap}{}", step.label, self.words.colon.trim_end(), step.text),
                false => {
                    let text = format!("{}{}{gap}{}", step.label, self.words.colon.trim_end(), step.text);
                    let detail = step.detail.replace('\n', self.wording.words.comma);
                    self.wording.bracketed(&text, &detail)
                }
            })
            .collect();
        words::waterfall(lang, self.wording.unit_line(), steps.join(words::steps_gap(lang)))
    }
}
