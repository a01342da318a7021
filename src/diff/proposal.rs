//! Lines without counterparts that may be the same.

use super::change::Member;
use crate::model::{Amount, CrosswalkKind};
use crate::named::named;

/// Two lines that may be one. Nothing is compared by a proposal until the author says so in the crosswalk.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Proposal<'a> {
    /// The line of the old side.
    pub old: Member<'a>,
    /// The line of the new side.
    pub new: Member<'a>,
    /// What speaks for it.
    pub likeness: Likeness,
    /// The amount that both have, where that speaks for it, too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount>,
    /// The kind of entry that would say it: renamed, or moved from another chapter.
    pub kind: CrosswalkKind,
    /// The crosswalk entry to paste into the later year's chapter; `None` where both sides are of one year, and the id should
    /// not have changed at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
}

named! {
    /// What of two lines is alike.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub enum Likeness {
        /// The same id, in another chapter.
        SameId = "same_id",
        SameTitle = "same_title",
        /// Titles that differ in less than half.
        NearTitle = "near_title",
        /// Only the amount.
        SameAmount = "same_amount",
    }
}
