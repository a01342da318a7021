//! What stands around the table: movers, links, texts, continuity, proposals.

use super::Page;
use super::table::{Cell, Table, Tone, fitted, room};
use crate::diff::change::{LineChange, Link, Member};
use crate::diff::continuity::Break;
use crate::diff::texts::WordChange;
use crate::model::{Amount, Basis, Lang};

/// How many lines that moved a total, breaks or proposals are shown.
const SHOWN: usize = 5;
/// The longest text whose change is shown word for word.
const SHORT: usize = 36;

impl<'a> Page<'_, 'a> {
    /// What moved the total most.
    pub(super) fn movers(&self, at: usize) -> String {
        let movers = self.chapter.movers(at);
        if movers.len() < 3 {
            return String::new();
        }
        let mut table = Table::default();
        for mover in movers.iter().take(SHOWN) {
            let Some(line) = self.chapter.lines.get(mover.line) else {
                continue;
            };
            let tone = match mover.change.is_negative() {
                true => Tone::Less,
                false => Tone::More,
            };
            let share = mover.share.map(|share| self.notation.share(&share));
            table.push([
                Cell::new(format!("  {}", self.names(line.members())), Tone::Plain),
                Cell::new(self.notation.signed_figure(&mover.change, self.unit), tone),
                Cell::new(share.unwrap_or_default(), Tone::Faint),
                Cell::default(),
            ]);
        }
        let head = self.said(
            "増減の大きい事業（増減総額に占める割合）",
            "What moved most (share of all movement)",
        );
        format!(
            "\n{}\n{}",
            self.paint(Tone::Faint, &head),
            table.lines(self.look.width, self.look.color)
        )
    }

    /// What is said of a line beside its amounts.
    pub(super) fn link(&self, line: &LineChange<'a>) -> String {
        let lang = self.notation.lang;
        let mut said = Vec::new();
        if !line.link.is_one_sided() && line.link != Link::Kept {
            let label = line.link.label(self.relation, lang);
            let before = line
                .old
                .iter()
                .map(|member| member.row.line.id.value.as_str());
            let before: Vec<&str> = before.collect();
            said.push(
                self.notation
                    .bracketed(label, &before.join(self.notation.comma())),
            );
        }
        if let Some(moved) = line.moved {
            let from = match moved.from.row.program {
                Some(_) => self.name(moved.from.row.line).to_owned(),
                None => moved.from.chapter.line.id.value.to_string(),
            };
            said.push(self.said(
                &format!("移管（{from}から）"),
                &format!("moved (from {from})"),
            ));
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
        let changed = self
            .chapter
            .lines
            .iter()
            .filter(|line| !line.words.is_empty());
        let lines: Vec<String> = changed
            .map(|line| {
                let name = match line.depth {
                    0 => self.said("章", "chapter"),
                    _ => self.names(line.members()),
                };
                let words: Vec<String> =
                    line.words.iter().map(|change| self.word(change)).collect();
                let words = words.join(self.notation.comma());
                let colon = self.said("：", ": ");
                fitted(
                    &format!("{name}{colon}{words}"),
                    self.look.width.saturating_sub(2),
                )
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
            (old, new) if !change.is_markdown && is_short(old) && is_short(new) => self.said(
                &format!("{label}「{old}」→「{new}」"),
                &format!("{label} “{old}” → “{new}”"),
            ),
            _ => label.to_owned(),
        }
    }

    fn breaks(&self) -> String {
        let continuity = &self.chapter.continuity;
        let mut lines: Vec<String> = continuity
            .breaks
            .iter()
            .take(SHOWN)
            .map(|found| self.told_break(found))
            .collect();
        let more = continuity.breaks.len().saturating_sub(SHOWN);
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
        self.section(
            &self.said("前年度予算額の連続性", "Whether prior amounts continue"),
            &lines,
        )
    }

    fn told_break(&self, found: &Break<'a>) -> String {
        let notation = &self.notation;
        let name = self.names(&found.new);
        let prior = found
            .prior
            .map_or_else(|| self.said("新規", "new"), |prior| notation.amount(&prior));
        let budgeted = notation.amount(&found.budgeted);
        let difference = notation.signed(&found.difference);
        let basis = match (found.basis, notation.lang) {
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
            let why: Vec<&str> = std::iter::once(proposal.likeness.label(lang))
                .chain(amount.as_deref())
                .collect();
            let why = why.join(self.notation.comma());
            lines.push(self.notation.bracketed(
                &format!(
                    "{} → {}",
                    self.called(proposal.old),
                    self.called(proposal.new)
                ),
                &why,
            ));
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
            let chapter = entry
                .chapter
                .iter()
                .map(|chapter| format!("chapter: {}, ", chapter.value));
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

    /// One line for each pair of columns.
    pub(super) fn stat(&self) -> String {
        let id = &self.request.line.id.value;
        let mut lines = String::new();
        for (at, columns) in self.columns.iter().enumerate() {
            let amount = self.chapter.top().and_then(|top| top.amounts.get(at));
            let Some(amount) = amount else { continue };
            let is_first = at == 0;
            let is_one_sided = self.chapter.old.is_none() || self.chapter.new.is_none();
            if !is_first && (is_one_sided || amount.bridge.items.is_empty()) {
                continue;
            }
            let heading = |request: Option<&crate::model::Request>, column: crate::diff::Column| {
                let heading = column.heading(request.unwrap_or(self.request), &self.notation);
                heading.join(self.notation.gap())
            };
            let (old, new) = (
                heading(self.chapter.old, columns.old),
                heading(self.chapter.new, columns.new),
            );
            let names = if old == new {
                new
            } else {
                format!("{old} → {new}")
            };
            let money = |amount: Option<Amount>| {
                amount.map_or_else(
                    || self.said("－", "–"),
                    |amount| self.notation.amount(&amount),
                )
            };
            let (before, after) = (money(amount.bridge.old), money(amount.bridge.new));
            let mut line = format!("{id}  {names}  {before} → {after}");
            let change = match amount.bridge.difference() {
                Some(difference) if !difference.is_zero() => {
                    let rate = match is_one_sided {
                        true => String::new(),
                        false => self.notation.rate_of(&amount.comparison),
                    };
                    let change = self.notation.signed(&difference);
                    let shown: Vec<&str> = [change.as_str(), rate.as_str()]
                        .into_iter()
                        .filter(|text| !text.is_empty())
                        .collect();
                    self.notation
                        .bracketed("", &shown.join(self.notation.comma()))
                }
                _ => String::new(),
            };
            line.push_str(&change);
            let counts = amount
                .bridge
                .items
                .iter()
                .filter(|item| item.lines > 0)
                .map(|item| {
                    let label = item.kind.label(self.relation, self.notation.lang);
                    format!("{label} {}", item.lines)
                });
            let words = self
                .chapter
                .lines
                .iter()
                .filter(|line| !line.words.is_empty())
                .count();
            let words = (is_first && words > 0)
                .then(|| self.said(&format!("文言 {words}"), &format!("texts {words}")));
            let counts: Vec<String> = counts.chain(words).collect();
            if !counts.is_empty() {
                line.push_str("  ");
                line.push_str(&counts.join(" · "));
            } else if self.chapter.is_same() {
                line.push_str(&self.said("  変更なし", "  no change"));
            }
            lines.push_str(&line);
            lines.push('\n');
        }
        lines
    }

    /// Titles of lines.
    fn names(&self, members: &[Member<'a>]) -> String {
        let names: Vec<&str> = members
            .iter()
            .map(|member| self.name(member.row.line))
            .collect();
        names.join(self.notation.comma())
    }

    /// A line's id and title.
    fn called(&self, member: Member<'a>) -> String {
        let line = member.row.line;
        format!("{} {}", line.id.value, self.name(line))
    }
}
