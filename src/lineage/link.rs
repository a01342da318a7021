//! What makes lines counterparts, and what an entry of a crosswalk must say for its kind.

use std::collections::BTreeSet;

use crate::model::{Crosswalk, CrosswalkKind, Id, Lang};
use crate::named::named;
use crate::source::Spanned;

named! {
    /// What makes lines counterparts, or why a line has none.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Link {
        /// The same id.
        Kept = "kept",
        /// 名称変更: the crosswalk gives one line another id.
        Renamed = "renamed",
        /// 統合: several lines became one.
        Merged = "merged",
        /// 分割: one line became several.
        Split = "split",
        /// Several lines became several others, by more than one entry of the crosswalk.
        Regrouped = "regrouped",
        /// 組替え: the amounts were rearranged and cannot be compared line by line.
        Restated = "restated",
        /// 新規: only the new side has it, and it was not there before.
        New = "new",
        /// Only the new side lists it; the old side listed only some lines, so it may have been there.
        Listed = "listed",
        /// 終了: only the old side has it, and it is over.
        Ended = "ended",
        /// Only the old side lists it; the new side lists only some lines, so it may still be there.
        Unlisted = "unlisted",
        /// 移管(受入): only the new side has it, and something in it was elsewhere.
        MovedIn = "moved_in",
        /// 移管(移出): only the old side has it, and something in it is elsewhere.
        MovedOut = "moved_out",
    }
}

impl Link {
    /// What entries make of lines that they hold together.
    pub(super) fn of(entries: &[&Crosswalk], keeps_id: bool, earlier: usize, later: usize) -> Self {
        if entries.iter().any(|entry| entry.kind == CrosswalkKind::Restated) {
            return Self::Restated;
        }
        match (earlier, later) {
            (1, 1) if keeps_id || entries.is_empty() => Self::Kept,
            (1, 1) => Self::Renamed,
            (_, 1) => Self::Merged,
            (1, _) => Self::Split,
            _ => Self::Regrouped,
        }
    }

    /// What happened to the lines between the years; nothing where they only kept their ids.
    pub fn happened(self, lang: Lang) -> &'static str {
        let japanese = match self {
            Self::Renamed => "名称変更",
            Self::Merged => "統合",
            Self::Split => "分割",
            Self::Regrouped => "再編",
            Self::Restated => "組替え",
            _ => return "",
        };
        lang.pick(japanese, self.slug())
    }

    /// The same looked at from the later side.
    pub fn reversed(self) -> Self {
        match self {
            Self::Merged => Self::Split,
            Self::Split => Self::Merged,
            link => link,
        }
    }

    /// Whether only one of the two sides has the line.
    pub fn is_one_sided(self) -> bool {
        use Link::{Ended, Listed, MovedIn, MovedOut, New, Unlisted};
        matches!(self, New | Listed | Ended | Unlisted | MovedIn | MovedOut)
    }

    /// Whether the amounts of the two sides are those of one line, whatever its name.
    pub fn is_one_line(self) -> bool {
        matches!(self, Self::Kept | Self::Renamed)
    }
}

/// What an entry of a chapter's crosswalk says against its kind, and what to do about it.
pub(crate) fn contradiction(entry: &Crosswalk, own: &Id) -> Option<(String, &'static str)> {
    use CrosswalkKind as Kind;
    let (from, to) = (entry.from.len(), entry.to.len());
    for (key, ids) in [("from", &entry.from), ("to", &entry.to)] {
        let mut seen = BTreeSet::new();
        if let Some(twice) = ids.iter().find(|id| !seen.insert(&id.value)) {
            return Some((format!("`{key}` names `{}` twice", twice.value), "name each line once"));
        }
    }
    let several = "several lines that became several others: write one entry for each step (entries that share a line are compared together), or `kind: restated` (組替え)";
    let (is_right, needs, help) = match entry.kind {
        Kind::Renamed => (
            from == 1 && to == 1,
            "one line in `from` and one in `to`",
            "write `kind: merged` (統合) for several that became one, `kind: split` (分割) for one that became several",
        ),
        Kind::Merged if from >= 2 => (to == 1, "one line in `to`", several),
        Kind::Merged => (
            false,
            "two lines or more in `from`",
            "name every line that went into it; for one alone write `kind: renamed` (名称変更)",
        ),
        Kind::Split if to >= 2 => (from == 1, "one line in `from`", several),
        Kind::Split => (
            false,
            "two lines or more in `to`",
            "name every line that came of it, one that kept its id included; for one alone write `kind: renamed` (名称変更)",
        ),
        Kind::Moved => (
            from > 0 && to > 0 && entry.chapter.as_ref().is_some_and(|from| from.value != *own),
            "`from`, `to` and another chapter in `chapter`",
            "add `chapter: …`, the id that last year's chapter has; inside one chapter write `kind: renamed` (名称変更)",
        ),
        Kind::Restated => {
            (to > 0, "at least one line in `to`", "name the lines that cannot be compared with last year's")
        }
    };
    (!is_right).then(|| (format!("a `{}` entry needs {needs}", entry.kind.slug()), help))
}

/// The lines that an entry says became others and that are here as before, with prior amounts of their own: their money would be counted twice.
pub(crate) fn still_here<'e>(
    entry: &'e Crosswalk,
    own: &Id,
    crosswalk: &[&Crosswalk],
    has_prior: impl Fn(&Id) -> bool,
) -> impl Iterator<Item = &'e Spanned<Id>> {
    let is_meant = entry.kind != CrosswalkKind::Restated && entry.chapter_before(own) == own;
    let follows = |id: &Id| crosswalk.iter().any(|entry| entry.to.iter().any(|to| to.value == *id));
    entry.from.iter().filter(move |from| is_meant && has_prior(&from.value) && !follows(&from.value))
}
