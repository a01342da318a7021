//! From an old total to a new one, item by item.

use crate::model::{Amount, ArithmeticError};
use crate::named::named;

/// How an old amount becomes a new one. The items add up exactly to the difference.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Bridge {
    /// The old total that is compared; `None` where there is none.
    pub old: Option<Amount>,
    /// The new total that is compared; `None` where there is none.
    pub new: Option<Amount>,
    /// What happened on the way, in the order of [`ItemKind::ALL`]; only what did happen.
    pub items: Vec<Item>,
    /// How many lines stayed as they were.
    pub same: usize,
}

/// One step of a bridge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Item {
    pub kind: ItemKind,
    /// By how much it changes the total: below zero for a decrease.
    pub amount: Amount,
    /// To how many lines it happened.
    pub lines: usize,
}

named! {
    /// What can happen between two totals. Lines are counted where the tree of both sides ends; what is added below them is theirs.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum ItemKind {
        /// 新規: lines that were not there.
        New = "new",
        /// 増額.
        Increased = "increased",
        /// 減額.
        Decreased = "decreased",
        /// 終了: lines that are over.
        Ended = "ended",
        /// 移管(受入): lines that come from elsewhere, at their old amounts.
        MovedIn = "moved_in",
        /// 移管(移出): lines that went elsewhere, at their old amounts.
        MovedOut = "moved_out",
        /// 組替え: what rearranging made of amounts.
        Restated = "restated",
        /// 事項要求: lines that have no amount, or not all of it, on a side. What is known of them changes the known total.
        Open = "open",
        /// Lines that only the new side lists or states, without being new.
        Listed = "listed",
        /// Lines that only the old side lists or states, without having ended.
        Unlisted = "unlisted",
        /// The change of what partial breakdowns do not list.
        Remainder = "remainder",
        /// 端数: what rounding makes between complete breakdowns and their totals.
        Rounding = "rounding",
    }
}

impl Bridge {
    /// Whether nothing is in it but what rounding explains.
    pub fn is_of_rounding(&self) -> bool {
        self.items.iter().all(|item| item.kind == ItemKind::Rounding)
    }

    /// Whether rounding explains at least half of it.
    pub(super) fn is_mostly_rounding(&self) -> Result<bool, ArithmeticError> {
        let is_rounding = |item: &&Item| item.kind == ItemKind::Rounding;
        let sum = |amounts: Vec<Amount>| Ok(Amount::sum(amounts)?.map(Amount::abs));
        let rounding = sum(self.items.iter().filter(is_rounding).map(|item| item.amount).collect())?;
        let others = self.items.iter().filter(|item| !is_rounding(item)).map(|item| item.amount).collect();
        Ok(match (rounding, sum(others)?) {
            (_, None) => true,
            (None, Some(others)) => others.is_zero(),
            (Some(rounding), Some(others)) => !rounding.checked_sub(others)?.is_negative(),
        })
    }

    /// The new total less the old one, a missing one counting as nothing; `None` where both are missing.
    pub fn difference(&self) -> Option<Amount> {
        difference(self.new, self.old).ok().flatten()
    }

    /// The item of a kind, if that happened.
    pub fn item(&self, kind: ItemKind) -> Option<&Item> {
        self.items.iter().find(|item| item.kind == kind)
    }

    /// In which item one line alone is counted; of several, what happened to it where it came to rest.
    pub fn counted(&self) -> Option<ItemKind> {
        let is_move = |item: &&Item| matches!(item.kind, ItemKind::MovedIn | ItemKind::MovedOut);
        let mut items = self.items.iter().filter(|item| !is_move(item));
        items.find(|item| item.lines > 0).or(self.items.first()).map(|item| item.kind)
    }

    /// To how many lines something of a kind happened.
    pub fn lines(&self, kind: ItemKind) -> usize {
        self.item(kind).map_or(0, |item| item.lines)
    }

    /// Adds what happened, at its place.
    pub(super) fn add(
        &mut self,
        kind: ItemKind,
        amount: Amount,
        lines: usize,
    ) -> Result<(), ArithmeticError> {
        match self.items.binary_search_by_key(&kind, |item| item.kind) {
            Ok(at) => {
                if let Some(item) = self.items.get_mut(at) {
                    item.amount = item.amount.checked_add(amount)?;
                    item.lines += lines;
                }
            }
            Err(at) => self.items.insert(at, Item { kind, amount, lines }),
        }
        Ok(())
    }

    /// Takes over everything that happened in a part.
    pub(super) fn include(&mut self, part: &Self) -> Result<(), ArithmeticError> {
        self.same += part.same;
        for item in &part.items {
            self.add(item.kind, item.amount, item.lines)?;
        }
        Ok(())
    }

    /// The sum of the items.
    pub(super) fn sum(&self) -> Result<Option<Amount>, ArithmeticError> {
        Amount::sum(self.items.iter().map(|item| item.amount))
    }
}

/// One amount less another, a missing one counting as nothing; `None` where both are missing.
pub(super) fn difference(
    new: Option<Amount>,
    old: Option<Amount>,
) -> Result<Option<Amount>, ArithmeticError> {
    match (new, old) {
        (Some(new), Some(old)) => new.checked_sub(old).map(Some),
        (None, Some(old)) => Ok(Some(old.negated())),
        (new, None) => Ok(new),
    }
}
