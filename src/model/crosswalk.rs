//! How this year's lines follow from last year's, where ids alone do not say it.

use super::Id;
use crate::named::named;
use crate::source::{Span, Spanned};

/// One step from last year's lines to this year's.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Crosswalk {
    /// What happened to the lines.
    pub kind: CrosswalkKind,
    /// The chapter that last year's lines were in, if it was another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chapter: Option<Spanned<Id>>,
    /// Last year's lines.
    pub from: Vec<Spanned<Id>>,
    /// This year's lines.
    pub to: Vec<Spanned<Id>>,
    /// The first line of the entry.
    #[serde(skip)]
    pub span: Span,
}

named! {
    /// What happened to lines between two years.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum CrosswalkKind {
        /// 名称変更: a line has another id.
        Renamed = "renamed",
        /// 移管: a line comes from another chapter.
        Moved = "moved",
        /// 統合: several lines became one.
        Merged = "merged",
        /// 分割: one line became several.
        Split = "split",
        /// 組替え: amounts were rearranged; the lines cannot be compared with last year's.
        Restated = "restated",
    }
}

impl Crosswalk {
    /// What it says, wherever it stands.
    pub fn meaning(&self) -> (&'static str, Vec<&Id>, Vec<&Id>, Option<&Id>) {
        let (from, to) = (self.from.iter().map(|id| &id.value), self.to.iter().map(|id| &id.value));
        let chapter = self.chapter.as_ref().map(|chapter| &chapter.value);
        (self.kind.slug(), from.collect(), to.collect(), chapter)
    }

    /// The chapter that last year's lines were in, for an entry of the given chapter.
    pub fn chapter_before<'c>(&'c self, own: &'c Id) -> &'c Id {
        self.chapter.as_ref().map_or(own, |chapter| &chapter.value)
    }
}
