//! The lines of a chapter behind the groups (局, 分野) that they belong to, each group with what its lines make on both sides.

use super::Page;
use super::extent::Extent;
use super::table::ChangeRow;
use crate::diff::{AmountChange, LineChange, Member};
use crate::model::{Request, Rounding};
use crate::rollup::{Place, arranged};
use crate::sheet::amounts::sign;
use crate::words;

/// The groups that a line is told in: those it has now, or had where it is gone.
fn groups<'a>(line: &LineChange<'a>) -> &'a [String] {
    line.member().map_or(&[], own)
}

fn own<'a>(member: Member<'a>) -> &'a [String] {
    member.row.program.map_or(&[], |program| &program.group)
}

/// The groups of either side that a line was and is in, where it has some on both.
fn both<'a>(line: &LineChange<'a>) -> Option<[&'a [String]; 2]> {
    let sides = [own(*line.old.first()?), own(*line.new.first()?)];
    sides.iter().all(|groups| !groups.is_empty()).then_some(sides)
}

impl Page<'_, '_> {
    /// The rows of the lines that are told, in their groups; `rows` makes those of one line.
    pub(super) fn grouped(
        &self,
        at: usize,
        told: &[bool],
        rows: impl Fn(usize, &LineChange<'_>, &AmountChange) -> Vec<ChangeRow>,
    ) -> Vec<ChangeRow> {
        let lines = &self.chapter.lines;
        let tops = lines.first().map_or(&[][..], |top| &top.children).to_vec();
        // Of a choice of lines, whose sum nobody can follow, each stands for itself.
        let is_grouped = !matches!(self.extent, Extent::Most(_) | Extent::Chapters);
        let of = |place: usize| lines.get(place).filter(|_| is_grouped).map_or(&[][..], groups);
        let mut table = Vec::new();
        for (inset, place) in arranged(tops, &of) {
            match place {
                Place::Item(top) => {
                    let below = lines.iter().enumerate().skip(top);
                    let own = below.take_while(|(place, line)| *place == top || line.depth > 1);
                    for (place, line) in own.filter(|(place, _)| told.get(*place) == Some(&true)) {
                        let rows = line.amounts.get(at).map(|amount| rows(place, line, amount));
                        table.extend(rows.into_iter().flatten().map(|row| self.inset(row, inset)));
                    }
                }
                Place::Group(title, members) => {
                    if members.iter().any(|member| told.get(*member) == Some(&true)) {
                        table.extend(self.group(at, (inset, title), &members));
                    }
                }
            }
        }
        table
    }

    fn inset(&self, row: ChangeRow, inset: usize) -> ChangeRow {
        let title = format!("{}{}", self.wording.words.inset.repeat(inset), row.title);
        ChangeRow { title, depth: row.depth + inset, ..row }
    }

    /// What the lines of a group make together, also those that are not shown.
    fn group(&self, at: usize, (inset, title): (usize, &str), members: &[usize]) -> Option<ChangeRow> {
        let lines = || members.iter().filter_map(|place| self.chapter.lines.get(*place));
        let amounts = lines().filter(|line| line.is_counted).filter_map(|line| line.amounts.get(at));
        let rules = [self.chapter.old, self.chapter.new]
            .map(|side| side.map_or(&Rounding::ALL[..], Request::roundings));
        let amount = AmountChange::total(&amounts.collect::<Vec<_>>(), rules).ok()?;
        let is_apart = members.iter().any(|place| self.told_above(at).get(*place) == Some(&true));
        let change = amount.change().filter(|_| !is_apart && !amount.is_rounded());
        let titles = lines().flat_map(|line| line.members().iter().copied());
        let mut name = self.group_title(inset, titles).unwrap_or(title).to_owned();
        if let Some(former) = self.former(inset, members) {
            name = self.wording.bracketed(&name, &format!("{}{former}", self.words.formerly));
        }
        let row = ChangeRow {
            kind: "group",
            depth: 1,
            title: name.clone(),
            name,
            figures: self.figures(&amount, change, true),
            sign: sign(change),
            what: self.rounded(&amount).to_owned(),
            same: amount.is_same(),
        };
        Some(self.inset(row, inset))
    }

    /// What a group of some lines is called on this sheet.
    fn group_title<'m>(
        &self,
        inset: usize,
        mut members: impl Iterator<Item = Member<'m>> + Clone,
    ) -> Option<&'m str> {
        let english = members.clone().find_map(|member| member.row.program?.group_en.get(inset));
        let title = members.find_map(|member| own(member).get(inset))?;
        Some(self.wording.lang.pick(title, english.unwrap_or(title)))
    }

    /// What a group was called, where all its lines were in one and none is there any more.
    fn former(&self, inset: usize, members: &[usize]) -> Option<&str> {
        let lines = members.iter().filter_map(|place| self.chapter.lines.get(*place));
        let mut pairs = lines.clone().filter_map(both);
        let [old, new] = pairs.next()?;
        let (old, new) = (old.get(..=inset)?, new.get(..=inset)?);
        let is_one = pairs.all(|[other, _]| other.get(..=inset) == Some(old));
        let remains =
            self.chapter.lines.iter().flat_map(|line| &line.new).any(|it| own(*it).starts_with(old));
        let is_renamed = is_one && !remains && new.last() != old.last();
        is_renamed.then(|| self.group_title(inset, lines.flat_map(|line| line.old.iter().copied())))?
    }

    /// From which group a line came to the one it is told in; nothing where the group only changed its name.
    pub(super) fn moved_group(&self, line: &LineChange<'_>) -> Option<String> {
        let [old, new] = both(line).filter(|_| line.depth == 1)?;
        let apart = old.iter().zip(new).position(|(old, new)| old != new)?;
        let now = new.get(..=apart)?;
        let tops = self.chapter.top().map_or(&[][..], |top| &top.children);
        let is_beside = |place: &&usize| {
            self.chapter.lines.get(**place).is_some_and(|line| groups(line).starts_with(now))
        };
        let beside: Vec<usize> = tops.iter().filter(is_beside).copied().collect();
        let from = self.group_title(apart, line.old.iter().copied())?;
        self.former(apart, &beside).is_none().then(|| words::moved_from(self.wording.lang, from))
    }
}
