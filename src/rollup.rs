//! The tree of lines added up once.
//!
//! In: a [`Request`]. Out: a [`Rollup`], flat rows in printed order with what each line's parts add up to. Checks and sheets
//! read these rows and never add anything themselves.

mod groups;
mod moves;
mod shares;
mod sums;

pub use groups::Entry;
pub(crate) use groups::{Place, arranged};
pub use moves::Moves;
pub use shares::Share;
pub use sums::Sums;

use crate::model::{Amount, Line, Money, NoteKind, Program, Request, SplitPart};
use crate::named::named;
use crate::source::{Span, Spanned};

/// A chapter as rows.
#[derive(Clone, Debug)]
pub struct Rollup<'r> {
    pub request: &'r Request,
    /// The chapter's own line first, then its programs, each followed by its parts.
    pub rows: Vec<Row<'r>>,
}

/// One line with what is below it.
#[derive(Clone, Debug)]
pub struct Row<'r> {
    /// 0 for the chapter, 1 for its programs, and so on.
    pub depth: usize,
    pub line: &'r Line,
    /// The program, except for the chapter's own row.
    pub program: Option<&'r Program>,
    /// The places of the lines directly below, in [`Rollup::rows`].
    pub children: Vec<usize>,
    pub requested: Sums,
    pub prior: Sums,
    /// The initial budgets that were enacted for the year.
    pub enacted: Sums,
    /// The supplementary budgets of the year.
    pub supplementary: Sums,
    /// Whether an estimate (推計額) is somewhere below the line.
    pub estimate_below: bool,
}

named! {
    /// One of the amounts that a line has.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Column {
        /// The year's amount at the file's stage: the request, the proposal, the enacted budget.
        Requested = "requested",
        /// Last year's amount.
        Prior = "prior",
        /// The enacted initial budget of the year.
        Enacted = "enacted",
        /// The supplementary budgets of the year.
        Supplementary = "supplementary",
    }
}

impl<'r> Rollup<'r> {
    /// Adds up a chapter.
    pub fn of(request: &'r Request) -> Self {
        let mut rollup = Self { request, rows: Vec::new() };
        rollup.add(&request.line, None, &request.programs, 0);
        rollup.pass_down();
        rollup
    }

    /// What lies below a line that has ended has ended with it, and what lies below a new one is new, where it has an amount in the other year
    /// and says nothing of this one.
    fn pass_down(&mut self) {
        let silent = |money: Money| matches!(money, Money::NotStated | Money::NotApplicable);
        for at in 0..self.rows.len() {
            let Some(row) = self.rows.get(at) else { continue };
            let (ended, new) = (row.requested.money == Money::Ended, row.prior.money == Money::New);
            if !ended && !new {
                continue;
            }
            for child in row.children.clone() {
                let Some(child) = self.rows.get_mut(child) else { continue };
                let (requested, prior) = (child.requested.money, child.prior.money);
                if ended && silent(requested) && prior.amount().is_some() {
                    child.requested.money = Money::Ended;
                }
                if new && silent(prior) && requested.amount().is_some() {
                    child.prior.money = Money::New;
                }
            }
        }
    }

    /// The chapter's own row.
    pub fn chapter(&self) -> Option<&Row<'r>> {
        self.rows.first()
    }

    /// The rows directly below a row.
    pub fn children_of<'a>(&'a self, row: &'a Row<'r>) -> impl Iterator<Item = &'a Row<'r>> {
        row.children.iter().filter_map(|&at| self.rows.get(at))
    }

    /// Whether a row is so, or any below it: a heading is where what is below it is.
    pub fn has_within(&self, row: &Row<'r>, is_so: &impl Fn(&Row<'r>) -> bool) -> bool {
        is_so(row) || self.children_of(row).any(|row| self.has_within(row, is_so))
    }

    /// Whether the amounts of a row and of its parts have all been read, so that a sum of them means something.
    pub fn is_readable(&self, row: &Row<'_>) -> bool {
        !row.line.unread && self.children_of(row).all(|part| !part.line.unread)
    }

    /// Whether lines may be missing because they could not be read.
    pub fn is_unread(&self) -> bool {
        self.request.is_unread()
    }

    /// Whether one of its rows lies below another one.
    pub fn is_below(&self, row: &Row<'_>, above: &Row<'_>) -> bool {
        let place = |wanted: &Row<'_>| self.rows.iter().position(|row| std::ptr::eq(row.line, wanted.line));
        let Some((row, above)) = place(row).zip(place(above)) else {
            return false;
        };
        above < row && row < above + self.subtree(above).len()
    }

    /// The place of a line's row in printed order, and the rows of everything below it.
    pub fn subtree(&self, at: usize) -> &[Row<'r>] {
        let Some(top) = self.rows.get(at) else {
            return &[];
        };
        let below = self.rows.iter().skip(at + 1).take_while(|row| row.depth > top.depth).count();
        self.rows.get(at..=at + below).unwrap_or_default()
    }

    fn add(
        &mut self,
        line: &'r Line,
        program: Option<&'r Program>,
        parts: &'r [Program],
        depth: usize,
    ) -> usize {
        let at = self.rows.len();
        let row = Row {
            depth,
            line,
            program,
            children: Vec::new(),
            requested: Sums::default(),
            prior: Sums::default(),
            enacted: Sums::default(),
            supplementary: Sums::default(),
            estimate_below: false,
        };
        self.rows.push(row);
        let children: Vec<usize> =
            parts.iter().map(|part| self.add(&part.line, Some(part), &part.children, depth + 1)).collect();

        let below: Vec<&Row<'r>> = children.iter().filter_map(|&child| self.rows.get(child)).collect();
        let complete = line.is_complete();
        let addable = || below.iter().filter(|row| row.line.is_addable());
        let split_open = |part: fn(&SplitPart) -> Option<Spanned<Money>>| {
            let parts = line.accounts.iter().chain(&line.instruments).filter_map(part);
            parts.map(|money| money.value).any(Money::is_open)
        };
        let split = line.requested.split.as_ref();
        let wish_open = split.is_some_and(|(request, wish)| request.value.is_open() || wish.value.is_open());
        let requested = Sums::of(line.requested.money.value, addable().map(|row| row.requested), complete)
            .opened(wish_open || split_open(|part| part.requested));
        let prior = Sums::of(line.prior.money.value, addable().map(|row| row.prior), complete)
            .opened(split_open(|part| part.prior));
        let enacted =
            Sums::where_known(line.enacted, addable().map(|row| row.enacted), complete).told_of(line);
        let supplementary =
            Sums::where_known(line.supplementary, addable().map(|row| row.supplementary), complete)
                .told_of(line);
        let is_estimate =
            |row: &&Row<'_>| row.line.notes.iter().any(|note| matches!(note.kind, NoteKind::Estimate { .. }));
        let estimate_below = below.iter().any(|row| row.estimate_below || is_estimate(row));
        if let Some(row) = self.rows.get_mut(at) {
            row.children = children;
            row.requested = requested;
            row.prior = prior;
            row.enacted = enacted;
            row.supplementary = supplementary;
            row.estimate_below = estimate_below;
        }
        at
    }
}

impl Column {
    /// The two that every line has.
    pub const BOTH: [Self; 2] = [Self::Requested, Self::Prior];

    /// What a line states, and where.
    fn cell(self, line: &Line) -> Spanned<Money> {
        let known = |amount: Option<Spanned<Amount>>| match amount {
            Some(amount) => amount.map(Money::Known),
            None => Spanned::new(Money::NotStated, line.id.span),
        };
        match self {
            Self::Requested => line.requested.money,
            Self::Prior => line.prior.money,
            Self::Enacted => known(line.enacted),
            Self::Supplementary => known(line.supplementary),
        }
    }

    /// What a line states.
    pub fn stated(self, line: &Line) -> Money {
        self.cell(line).value
    }

    /// Where a line states it; its `id` where it does not.
    pub fn span(self, line: &Line) -> Span {
        self.cell(line).span
    }

    /// What a line has, as stated or as its parts make it.
    pub fn money(self, row: &Row<'_>) -> Money {
        self.sums(row).money
    }

    /// The same, and 未定 where nothing is known and a place is left for it.
    pub fn awaited(self, row: &Row<'_>) -> Money {
        let slot = match self {
            Self::Enacted => row.line.slots.enacted,
            Self::Supplementary => row.line.slots.supplementary,
            Self::Requested | Self::Prior => None,
        };
        match self.money(row) {
            Money::NotStated if slot.is_some() => Money::Undecided,
            money => money,
        }
    }

    /// The amount of a line with what is listed below it.
    pub fn sums(self, row: &Row<'_>) -> Sums {
        match self {
            Self::Requested => row.requested,
            Self::Prior => row.prior,
            Self::Enacted => row.enacted,
            Self::Supplementary => row.supplementary,
        }
    }
}

impl Row<'_> {
    /// The requested amount or state, as the line says it or its parts make it.
    pub fn requested_money(&self) -> Money {
        self.requested.money
    }

    /// The prior amount or state, likewise.
    pub fn prior_money(&self) -> Money {
        self.prior.money
    }
}
