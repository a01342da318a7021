//! What does not fit together: last year's amounts, lines that may be the same, crosswalk entries without use.

use serde::Serialize;

use super::Page;
use crate::diff::Member;
use crate::model::Stage;
use crate::words;

/// Two lines that may be one.
#[derive(Clone, Debug, Serialize)]
pub struct ProposalFact {
    /// The two, and what speaks for it.
    pub sentence: String,
    /// The crosswalk entry to paste; empty where there is none.
    pub entry: String,
}

impl Page<'_, '_> {
    pub(super) fn continuity(&self) -> Vec<String> {
        let continuity = &self.chapter.continuity;
        let notation = &self.wording.notation;
        let names = |members: &[Member<'_>]| {
            let names = members.iter().map(|member| self.wording.title(member.row.line));
            names.collect::<Vec<_>>().join(self.wording.words.comma)
        };
        let breaks = continuity.breaks.iter().map(|found| (true, found));
        let explained = continuity.explained.iter().map(|found| (false, found));
        let mut remarks: Vec<String> = breaks
            .chain(explained)
            .map(|(is_break, found)| {
                let title = names(&found.new);
                let prior = found
                    .amounts
                    .prior
                    .map_or_else(|| self.wording.words.new.to_owned(), |prior| notation.amount(&prior));
                let budgeted = notation.amount(&found.amounts.budget);
                let difference = notation.signed(&found.amounts.difference);
                let basis = self.wording.basis(found.amounts.basis);
                let say = if is_break { words::prior_differs } else { words::prior_is_other };
                let figure = match found.amounts.stage {
                    Stage::Enacted => words::initial_enacted(self.wording.lang),
                    stage => notation.requested(stage),
                };
                say(self.wording.lang, title, basis, prior, figure, budgeted, difference)
            })
            .collect();
        if remarks.is_empty() && continuity.agree > 0 {
            remarks.push(words::priors_agree(self.wording.lang, continuity.agree));
        }
        if continuity.unknown > 0 {
            remarks.push(words::priors_unknown(self.wording.lang, continuity.unknown));
        }
        remarks
    }

    pub(super) fn proposals(&self) -> Vec<ProposalFact> {
        let title = |member: &Member<'_>| self.wording.title(member.row.line);
        let proposals = self.chapter.proposals.iter().map(|proposal| {
            let (old, new) = (title(&proposal.old), title(&proposal.new));
            let like = proposal.likeness.label(self.wording.lang);
            let amount = proposal
                .amount
                .map(|amount| {
                    format!("{}{}", self.wording.words.comma, self.wording.notation.amount(&amount))
                })
                .unwrap_or_default();
            ProposalFact {
                sentence: words::may_be_one(self.wording.lang, old, new, format!("{like}{amount}")),
                entry: proposal.entry.clone().unwrap_or_default(),
            }
        });
        proposals.collect()
    }

    /// What to do with the proposals.
    pub(super) fn proposals_note(&self) -> &'static str {
        match self.chapter.proposals.first().map(|proposal| proposal.entry.is_some()) {
            Some(true) => self.words.proposals_later,
            Some(false) => self.words.proposals_draft,
            None => "",
        }
    }

    pub(super) fn unused(&self) -> Vec<String> {
        let ids = |ids: &[crate::source::Spanned<crate::model::Id>]| {
            let ids = ids.iter().map(|id| id.value.to_string());
            ids.collect::<Vec<_>>().join(", ")
        };
        let entries = self.chapter.unused.iter().map(|entry| {
            let (kind, from, to) = (entry.kind.slug(), ids(&entry.from), ids(&entry.to));
            words::entry_unused(self.wording.lang, kind, from, to)
        });
        entries.collect()
    }
}
