//! What stands around the table: movers, links, texts, continuity, proposals.

use super::Page;
use super::table::{Tone, fitted, room};
use crate::diff::change::{LineChange, Link, Member};
use crate::diff::continuity::Break;
use crate::diff::texts::WordChange;
use crate::model::{Basis, Lang};

/// How many lines that moved a total, breaks or proposals are shown.
const SHOWN: usize = 5;
/// The longest text whose change is shown word for word.
const SHORT: usize = 36;

impl<'a> Page<'_, 'a> {
    /// What is said of a line beside its amounts.
    pub(super) fn link(&self, line: &LineChange<'a>) -> String {
        let lang = self.notation.lang;
        let mut said = Vec::new();
        if !line.link.is_one_sided() && line.link != Link::Kept {
            let label = line.link.label(self.relation, lang);
            let before = line.old.iter().map(|member| member.row.line.id.value.as_str());
            let before: Vec<&str> = before.collect();
            said.push(self.notation.bracketed(label, &before.join(self.notation.comma())));
        }
        if let Some(moved) = line.moved {
            let from = match moved.from.row.program {
                Some(_) => self.name(moved.from.row.line).to_owned(),
                None => moved.from.chapter.line.id.value.to_string(),
            };
            said.push(self.said(&format!("移管（{from}から）"), &format!("moved (from {from})")));
        }
        said.join(self.notation.comma())
    }

    /// Texts that changed, breaks, proposals, entries that could not be used.
    pub(super) fn remarks(&self) -> String {
        let sections = [self.words(), self.breaks(), self.proposals(), self.unused()];
        sections.concat()
    }

    fn section(&self, head: &str, lines: &[String]) -> String {
        if lines.is_empty() {
            return String::new();
        }
        let lines: String = lines.iter().map(|line| format!("  {line}\n")).collect();
        format!("\n{}\n{lines}", self.paint(Tone::Faint, head))
    }

    fn words(&self) -> String {
        let changed = self.chapter.lines.iter().filter(|line| !line.words.is_empty());
        let lines: Vec<String> = changed
            .map(|line| {
                let name = match line.depth {
                    0 => self.said("章", "chapter"),
                    _ => self.names(line.members()),
                };
                let words: Vec<String> = line.words.iter().map(|change| self.word(change)).collect();
                let words = words.join(self.notation.comma());
                let colon = self.said("：", ": ");
                fitted(&format!("{name}{colon}{words}"), self.look.width.saturating_sub(2))
            })
            .collect();
        self.section(&self.said("文言の変更", "Texts that changed"), &lines)
    }

    /// A short text word for word, a long one by its name.
    fn word(&self, change: &WordChange) -> String {
        let label = change.field.label(self.notation.lang);
        let is_short = |text: &str| !text.contains('\n') && room(text) <= SHORT;
        match (change.old.as_str(), change.new.as_str()) {
            ("", _) => self.said(&format!("{label}（追加）"), &format!("{label} (added)")),
            (_, "") => self.said(&format!("{label}（削除）"), &format!("{label} (taken out)")),
            (old, new) if !change.is_markdown && is_short(old) && is_short(new) => {
                self.said(&format!("{label}「{old}」→「{new}」"), &format!("{label} “{old}” → “{new}”"))
            }
            _ => label.to_owned(),
        }
    }

    fn breaks(&self) -> String {
        let continuity = &self.chapter.continuity;
        let told = || continuity.breaks.iter().chain(&continuity.explained);
        let mut lines: Vec<String> = told().take(SHOWN).map(|found| self.told_break(found)).collect();
        let more = told().count().saturating_sub(SHOWN);
        if more > 0 {
            lines.push(self.said(&format!("ほか{more}件"), &format!("and {more} more")));
        }
        if lines.is_empty() && continuity.agree == 0 && continuity.unknown > 0 {
            let count = continuity.unknown;
            lines.push(self.said(
                &format!("{count}件は旧側に成立予算額の記載がなく、前年度予算額を確かめられない"),
                &format!("of {count} lines the old side does not say what was enacted, so prior amounts cannot be held against it"),
            ));
        }
        self.section(&self.said("前年度予算額の連続性", "Whether prior amounts continue"), &lines)
    }

    fn told_break(&self, found: &Break<'a>) -> String {
        let notation = &self.notation;
        let name = self.names(&found.new);
        let prior =
            found.amounts.prior.map_or_else(|| self.said("新規", "new"), |prior| notation.amount(&prior));
        let budgeted = notation.amount(&found.amounts.budget);
        let difference = notation.signed(&found.amounts.difference);
        let basis = match (found.amounts.basis, notation.lang) {
            (Basis::Initial, _) => "",
            (Basis::Revised, Lang::Ja) => "、補正後の額による",
            (Basis::Restated, Lang::Ja) => "、組替え後の額による",
            (Basis::Combined, Lang::Ja) => "、他事業との合計額による",
            (Basis::Revised, Lang::En) => "; it is a revised figure",
            (Basis::Restated, Lang::En) => "; it is a restated figure",
            (Basis::Combined, Lang::En) => "; it is combined with other programs",
        };
        self.said(
            &format!("{name}：新側の前年度予算額{prior}は旧側の成立予算額{budgeted}と一致しない（{difference}{basis}）"),
            &format!("{name}: the new side's prior amount {prior} is not the old side's enacted {budgeted} ({difference}{basis})"),
        )
    }

    fn proposals(&self) -> String {
        let proposals = &self.chapter.proposals;
        let lang = self.notation.lang;
        let mut lines = Vec::new();
        for proposal in proposals.iter().take(SHOWN) {
            let amount = proposal.amount.map(|amount| self.notation.amount(&amount));
            let why: Vec<&str> =
                std::iter::once(proposal.likeness.label(lang)).chain(amount.as_deref()).collect();
            let why = why.join(self.notation.comma());
            lines.push(
                self.notation.bracketed(
                    &format!("{} → {}", self.called(proposal.old), self.called(proposal.new)),
                    &why,
                ),
            );
            lines.extend(proposal.entry.iter().map(|entry| format!("  - {entry}")));
        }
        let more = proposals.len().saturating_sub(SHOWN);
        if more > 0 {
            lines.push(self.said(
                &format!("ほか{more}件（--format json に全件）"),
                &format!("and {more} more (all of them with --format json)"),
            ));
        }
        let has_entries = proposals.iter().any(|proposal| proposal.entry.is_some());
        let head = match has_entries {
            true => self.said(
                "同じ事業かもしれない行（比較には用いていない。正しければ crosswalk に書き足す）",
                "Lines that may be the same (not used; if they are, add to `crosswalk`)",
            ),
            false => self.said(
                "同じ事業かもしれない行（比較には用いていない。同じ事業なら id を変えない）",
                "Lines that may be the same (not used; if they are, they keep their id)",
            ),
        };
        self.section(&head, &lines)
    }

    fn unused(&self) -> String {
        let entries = self.chapter.unused.iter().map(|entry| {
            let ids = |ids: &[crate::source::Spanned<crate::model::Id>]| -> String {
                let ids: Vec<&str> = ids.iter().map(|id| id.value.as_str()).collect();
                format!("[{}]", ids.join(", "))
            };
            let chapter = entry.chapter.iter().map(|chapter| format!("chapter: {}, ", chapter.value));
            format!(
                "{{kind: {}, {}from: {}, to: {}}}",
                entry.kind.slug(),
                chapter.collect::<String>(),
                ids(&entry.from),
                ids(&entry.to)
            )
        });
        let lines: Vec<String> = entries.collect();
        self.section(
            &self.said(
                "使えなかった crosswalk（行が両側にそろっていない）",
                "Crosswalk entries that could not be used (not all lines are there)",
            ),
            &lines,
        )
    }

    /// Titles of lines.
    pub(super) fn names(&self, members: &[Member<'a>]) -> String {
        let names: Vec<&str> = members.iter().map(|member| self.name(member.row.line)).collect();
        names.join(self.notation.comma())
    }

    /// A line's id and title.
    fn called(&self, member: Member<'a>) -> String {
        let line = member.row.line;
        format!("{} {}", line.id.value, self.name(line))
    }
}
