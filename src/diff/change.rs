//! What changed between two requests, as data: what tables, change sheets and exports are made from.

use super::bridge::Bridge;
use super::column::ColumnPair;
use super::continuity::Continuity;
use super::proposal::Proposal;
use super::texts::WordChange;
pub use crate::lineage::Link;
use crate::model::{Amount, Comparison, Crosswalk, FiscalYear, Money, Request, Stage};
use crate::rollup::{Rollup, Row};

/// Two sets of chapters compared.
#[derive(Clone, Debug)]
pub struct Diff<'a> {
    /// How the two sets relate in time.
    pub relation: Relation,
    /// Which amounts are compared; the first pair is the leading one, by which changes are ranked. Never empty.
    pub columns: Vec<ColumnPair>,
    /// The chapters: those of the new side in its order, then those that only the old side has.
    pub chapters: Vec<ChapterChange<'a>>,
    /// Years between those of the two sides of which no chapter is known, so that nothing is known of what was rearranged in them.
    pub unread: Vec<FiscalYear>,
}

/// How two sets of chapters relate in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Two states of the same requests: yesterday's draft and today's.
    Drafts,
    /// The same year at two stages: request and enacted.
    Stages,
    /// Two fiscal years.
    Years,
}

/// A chapter compared with its counterpart.
#[derive(Clone, Debug)]
pub struct ChapterChange<'a> {
    /// The chapter on the old side, if it is there.
    pub old: Option<&'a Request>,
    /// The chapter on the new side, if it is there. At least one of the two is.
    pub new: Option<&'a Request>,
    /// The fiscal year and the stage of both sides; where the chapter is on one side of two years or stages only, those of the other side's
    /// chapters, if all have the same.
    pub times: [Option<(FiscalYear, Stage)>; 2],
    /// The lines in printed order, each followed by what is below it. The first is the chapter's own.
    pub lines: Vec<LineChange<'a>>,
    /// Lines that may be the same under another id. Nothing is compared by a proposal.
    pub proposals: Vec<Proposal<'a>>,
    /// Prior amounts that are not what the old side says the year had.
    pub continuity: Continuity<'a>,
    /// Crosswalk entries that could not be used, because lines they name are not there or because they contradict themselves.
    pub unused: Vec<&'a Crosswalk>,
}

/// A line compared with its counterpart, or lines with theirs where a crosswalk holds several together.
#[derive(Clone, Debug)]
pub struct LineChange<'a> {
    /// 0 for the chapter, 1 for its programs, and so on.
    pub depth: usize,
    /// The place of the line above, in [`ChapterChange::lines`].
    pub parent: Option<usize>,
    /// The places of the lines directly below, in printed order.
    pub children: Vec<usize>,
    /// What makes the two sides counterparts.
    pub link: Link,
    /// Where the line was before, if it is now below another line or in another chapter.
    pub moved: Option<Move<'a>>,
    /// The lines of the old side; none for a new line.
    pub old: Vec<Member<'a>>,
    /// The lines of the new side; none for one that is gone.
    pub new: Vec<Member<'a>>,
    /// Whether its amounts are added into the line above; 再掲 and 内数 are not.
    pub is_counted: bool,
    /// Whether the line had ended in the old year already and is left out of the new one: nothing became of it between the two.
    pub was_over: bool,
    /// The amounts, in the order of [`Diff::columns`].
    pub amounts: Vec<AmountChange>,
    /// The texts that changed, in printed order.
    pub words: Vec<WordChange>,
}

/// A line of one side.
#[derive(Clone, Copy, Debug)]
pub struct Member<'a> {
    /// The chapter's lines.
    pub rollup: &'a Rollup<'a>,
    /// Its chapter.
    pub chapter: &'a Request,
    /// The line.
    pub row: &'a Row<'a>,
}

/// From where to where a line was moved. Without its lines it is the chapter itself.
#[derive(Clone, Copy, Debug, serde::Serialize)]
pub struct Move<'a> {
    /// The line it was below.
    pub from: Member<'a>,
    /// The line it is below now.
    pub to: Member<'a>,
}

/// What became of an amount.
#[derive(Clone, Debug)]
pub struct AmountChange {
    /// The old amount or state as compared: the stated one, or the sum of what is listed where [`Self::is_listed`].
    pub old: Money,
    /// The new one.
    pub new: Money,
    /// What became of it: the change and its rate, or 新規, 皆増, 皆減, 同額, 終了.
    pub comparison: Comparison,
    /// Whether sums of listed parts are compared, because one of the sides states no total.
    pub is_listed: bool,
    /// Whether the change is told as this line's own, and not as that of lines below it.
    pub is_whole: bool,
    /// How the old amount becomes the new one.
    pub bridge: Bridge,
    /// Of a chapter the stated amounts that make up what is compared, on either side.
    pub(super) addends: [Vec<Amount>; 2],
}

impl<'a> ChapterChange<'a> {
    /// The chapter on the new side, otherwise on the old one.
    pub fn request(&self) -> Option<&'a Request> {
        self.new.or(self.old)
    }

    /// The chapter's own line.
    pub fn top(&self) -> Option<&LineChange<'a>> {
        self.lines.first()
    }

    /// Whether nothing at all changed.
    pub fn is_same(&self) -> bool {
        self.lines.iter().all(LineChange::is_same)
    }
}

impl Diff<'_> {
    /// Whether nothing at all changed.
    pub fn is_same(&self) -> bool {
        self.chapters.iter().all(ChapterChange::is_same)
    }
}

impl<'a> LineChange<'a> {
    /// The line as it is now, or as it was where it is gone; of several, the first.
    pub fn member(&self) -> Option<Member<'a>> {
        self.new.first().or(self.old.first()).copied()
    }

    /// The lines as they are now, or as they were where they are gone.
    pub fn members(&self) -> &[Member<'a>] {
        if self.new.is_empty() { &self.old } else { &self.new }
    }

    /// Whether the line is the same on both sides: its place, its amounts, its words.
    pub fn is_same(&self) -> bool {
        self.was_over
            || self.link == Link::Kept
                && self.moved.is_none()
                && self.words.is_empty()
                && self.amounts.iter().all(AmountChange::is_same)
    }
}

impl AmountChange {
    /// By how much the amount changed; nothing where a side is not stated (記載なし), not settled (未定), or open (事項要求).
    pub fn change(&self) -> Option<Amount> {
        let is_known = |money: Money| !money.is_gap() && !money.is_open();
        self.bridge.difference().filter(|_| is_known(self.old) && is_known(self.new))
    }

    /// Whether a side has more than what is known of it, and it is not stated (記載なし), so that the total is not known.
    pub fn is_hidden(&self) -> bool {
        let is_hidden = |money: Money, known: Option<Amount>| money.is_gap() && known.is_some();
        is_hidden(self.old, self.bridge.old) || is_hidden(self.new, self.bridge.new)
    }

    /// Whether one of the two amounts is the other one rounded.
    pub fn is_rounded(&self) -> bool {
        matches!(self.comparison, Comparison::WithinRounding(_))
    }

    /// Whether the amount is the same, within what rounding explains, or the state where there is none.
    pub fn is_same(&self) -> bool {
        match (self.old.amount(), self.new.amount()) {
            _ if self.is_rounded() => true,
            (Some(old), Some(new)) => {
                old.same_value(new) && std::mem::discriminant(&self.old) == std::mem::discriminant(&self.new)
            }
            (None, None) => self.old == self.new && self.bridge.items.is_empty(),
            _ => false,
        }
    }
}
