//! A line of a request: what it is called, what it asks for, and what is said of its amounts.

use super::request::{Breakdown, Status};
use super::{Amount, Id, Money, Prose};
use crate::source::{Span, Spanned};

/// What every budget line has, a chapter or a program of any depth.
#[derive(Clone, Debug)]
pub struct Line {
    /// Unique among its chapter's lines and stable over the years.
    pub id: Spanned<Id>,
    /// The title in the chapter's language.
    pub title: String,
    pub title_en: Option<String>,
    /// The short name, e.g. `Q-LEAP`.
    pub abbreviation: Option<String>,
    /// What the author claims the status to be; it is derived from the amounts, and a claim that contradicts them is an error.
    pub status: Option<Spanned<Status>>,
    /// The amount asked for.
    pub requested: Requested,
    /// Last year's amount.
    pub prior: Prior,
    /// The initial budget that was enacted for this year, where it is known.
    pub enacted: Option<Spanned<Amount>>,
    /// The sum of this year's supplementary budgets, where it is known.
    pub supplementary: Option<Spanned<Amount>>,
    /// Where it says 未定 of these, which are filled in once they are known.
    pub slots: Slots,
    /// The accounts (会計) that the amounts come from; all of them, or none.
    pub accounts: Vec<SplitPart>,
    /// The instruments (経費の種類) by which the money is given; all of them, or none.
    pub instruments: Vec<SplitPart>,
    /// Whether the lines below make up the whole of this one.
    pub breakdown: Option<Spanned<Breakdown>>,
    /// What must be known to read the amounts.
    pub notes: Vec<Note>,
    /// Warnings that the author accepts, with the reason.
    pub accept: Vec<Accept>,
    /// All texts of the line that are printed as they are written, from its title to its footnotes, for rules on wording.
    pub texts: Vec<Prose>,
    /// Whether an amount, `breakdown` or a part is there and could not be read. That has been reported; sums would say nothing.
    pub unread: bool,
}

impl Line {
    /// Whether the lines below make up the whole of it.
    pub fn is_complete(&self) -> bool {
        self.breakdown.is_some_and(|breakdown| breakdown.value == Breakdown::Complete)
    }

    /// The splits of the line's amounts by their keys: the accounts, and the instruments.
    pub fn splits(&self) -> impl Iterator<Item = (&'static str, &[SplitPart])> {
        let splits = [("accounts", self.accounts.as_slice()), ("instruments", self.instruments.as_slice())];
        splits.into_iter().filter(|(_, parts)| !parts.is_empty())
    }

    /// The places that make a draft of it: amounts that are not settled yet (未定), a prior amount that is only what was requested, and notes
    /// whose text is still to be written.
    pub fn drafts(&self) -> impl Iterator<Item = Span> {
        let split = self.requested.split.into_iter().flat_map(|(request, wish)| [request, wish]);
        let parts = self.splits().flat_map(|(_, parts)| parts).flat_map(|part| [part.requested, part.prior]);
        let all = [self.requested.money, self.prior.money].into_iter().chain(split).chain(parts.flatten());
        let undecided = all.filter(|money| money.value == Money::Undecided).map(|money| money.span);
        let asked = (self.prior.basis == Basis::Requested).then_some(self.prior.money.span);
        undecided.chain(asked).chain(self.unwritten())
    }

    /// The notes whose text is still to be written.
    pub fn unwritten(&self) -> impl Iterator<Item = Span> {
        let notes = self.notes.iter().filter(|note| note.text.as_deref() == Some(UNWRITTEN));
        notes.map(|note| note.span)
    }

    /// Whether it has a prior amount of its own, which is not zero.
    pub fn has_prior(&self) -> bool {
        self.prior.money.value.amount().is_some_and(|amount| !amount.is_zero())
    }

    /// Whether another line is this one over again: it has its id, its title and its amounts.
    pub fn is_copied_in(&self, other: &Self) -> bool {
        let same = |one: Spanned<Money>, other: Spanned<Money>| one.value == other.value;
        self.id.value == other.id.value
            && self.title == other.title
            && same(self.requested.money, other.requested.money)
            && same(self.prior.money, other.prior.money)
    }

    /// What its notes and its prior amount name, other lines by their ids among it.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.notes.iter().filter_map(Note::of).chain(self.prior.with.iter().map(String::as_str))
    }

    /// Whether the line's amounts may be added into the line above: 再掲 and 内数 are counted elsewhere.
    pub fn is_addable(&self) -> bool {
        !self.notes.iter().any(|note| matches!(note.kind, NoteKind::Recount { .. } | NoteKind::Within { .. }))
    }
}

/// The places of a line that are left for amounts of later in its year.
#[derive(Clone, Copy, Debug, Default)]
pub struct Slots {
    pub enacted: Option<Span>,
    pub supplementary: Option<Span>,
}

/// The amount asked for.
#[derive(Clone, Debug)]
pub struct Requested {
    /// The whole. Its span is the amount's own, or the line's `id` where nothing is stated.
    pub money: Spanned<Money>,
    /// Its parts 要求 and 要望, where they are told apart.
    pub split: Option<(Spanned<Money>, Spanned<Money>)>,
}

/// What one account or one instrument has of a line's amounts. At least one of the two is there, unless that has been reported.
#[derive(Clone, Debug)]
pub struct SplitPart {
    /// The account's or the instrument's name, e.g. 一般会計, 委託費.
    pub name: String,
    /// Its part of the requested amount.
    pub requested: Option<Spanned<Money>>,
    /// Its part of last year's amount.
    pub prior: Option<Spanned<Money>>,
}

/// Last year's amount.
#[derive(Clone, Debug)]
pub struct Prior {
    /// The amount. Its span is the amount's own, or the line's `id` where nothing is stated.
    pub money: Spanned<Money>,
    /// Which of last year's figures it is.
    pub basis: Basis,
    /// The programs whose prior amounts are in it too, for [`Basis::Combined`].
    pub with: Vec<String>,
}

impl Prior {
    /// Whether it is last year's initial budget of this line alone.
    pub fn is_initial(&self) -> bool {
        self.basis == Basis::Initial && self.with.is_empty()
    }
}

/// Which of last year's figures a prior amount is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// 当初予算, the initial budget.
    #[default]
    Initial,
    /// 補正後, after supplementary budgets.
    Revised,
    /// 組替え後, rearranged to this year's structure.
    Restated,
    /// Together with that of other programs.
    Combined,
    /// 要求額: what was requested, for as long as nothing is enacted. The file is a draft.
    Requested,
}

/// A typed note to the amounts of a line.
#[derive(Clone, Debug)]
pub struct Note {
    pub kind: NoteKind,
    /// Wording of the author's own, printed instead of ours.
    pub text: Option<String>,
    pub span: Span,
}

impl Note {
    /// The line or the scheme that it names as the one that its own is counted in or a part of.
    fn of(&self) -> Option<&str> {
        match &self.kind {
            NoteKind::Recount { of, .. } | NoteKind::Within { of } | NoteKind::Part { of } => of.as_deref(),
            _ => None,
        }
    }
}

/// A line that others name by its id: 再掲（…に計上）.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedLine {
    pub id: Id,
    pub title: String,
    pub title_en: Option<String>,
}

/// The text of a note that is still to be written.
pub const UNWRITTEN: &str = "…";

/// What a note says about the amounts of its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoteKind {
    /// 推計額: an estimate inside an agency's operating grant.
    Estimate {
        /// The grant, e.g. NIMS運営費交付金.
        of: Option<String>,
        /// What the estimate covers, e.g. 進行中の領域のみ.
        scope: Option<String>,
    },
    /// 推計額含む: somewhere below is an estimate.
    IncludesEstimate {
        /// The grant.
        of: Option<String>,
    },
    /// Requested jointly with other ministries.
    Joint {
        /// The others.
        with: Vec<String>,
    },
    /// 再掲: already counted elsewhere; left out of sums.
    Recount {
        /// Only a part of it is counted elsewhere (一部再掲).
        partly: bool,
        /// Where it is counted.
        of: Option<String>,
    },
    /// 内数: an unknown share of a larger figure; left out of sums.
    Within {
        /// The larger figure.
        of: Option<String>,
    },
    /// 一部: a part of a larger scheme; the amount is the part's own.
    Part {
        /// The scheme.
        of: Option<String>,
    },
    /// このほか: something outside this amount; never added.
    InAddition {
        /// Its amount, if known.
        amount: Option<Spanned<Amount>>,
    },
    /// 備考: anything else.
    Remark,
}

/// A warning the author accepts.
#[derive(Clone, Debug)]
pub struct Accept {
    /// The rule's code.
    pub rule: Spanned<String>,
    /// Why it is all right.
    pub reason: String,
}

impl Accept {
    /// Whether it is for findings of a code.
    pub fn is_for(&self, code: &str) -> bool {
        self.rule.value.eq_ignore_ascii_case(code)
    }
}
