//! Which line of a table is which of those that are there.

use std::collections::{BTreeSet, HashMap, VecDeque};

use super::again::Again;
use super::ids::{self, bare};
use super::lines::{number, remarks, title};
use super::since::is_same;
use crate::diagnostic::is_like;
use crate::import::{Figure, TakenAmount, TakenLine};
use crate::model::{Money, Program};

impl Again<'_> {
    /// The titles from the top of the table down to a line, those of its groups among them.
    pub(super) fn path(&self, above: &str, line: &TakenLine) -> String {
        let groups = line.groups.iter().filter(|_| self.table.taken.kept.is_none());
        let above = groups.fold(above.to_owned(), |above, group| ids::path(&above, group));
        ids::path(&above, &line.title)
    }

    /// For each line of the table the one that it is among those that are there.
    pub(super) fn pairs(&self, lines: &[TakenLine], programs: &[Program], above: &str) -> Vec<Option<usize>> {
        let name = |program: &Program| self.known(program.line.id.value.as_str());
        let path = |line: &TakenLine| bare(&self.path(above, line));
        type Of<'r, T> = &'r dyn Fn(&T) -> Option<String>;
        let rules: [(Of<'_, TakenLine>, Of<'_, Program>); 5] = [
            (&|line| self.found.get(&line.origin).or(line.id.as_ref()).cloned(), &|program| {
                Some(program.line.id.value.to_string())
            }),
            (&|line| Some(path(line) + &bare(title(line))), &|program| {
                Some(bare(&name(program)?.path) + &bare(&program.line.title))
            }),
            (&|line| Some(bare(title(line))), &|program| Some(bare(&program.line.title))),
            (&|line| Some(path(line)), &|program| Some(bare(&name(program)?.path))),
            (&|line| line.code.clone(), &|program| name(program)?.code.clone()),
        ];
        let mut pairs: Vec<Option<usize>> = vec![None; lines.len()];
        let mut free: BTreeSet<usize> = (0..programs.len()).collect();
        for (of_line, of_program) in rules {
            let mut groups: HashMap<String, (Vec<usize>, Vec<usize>)> = HashMap::new();
            for (at, line) in lines.iter().enumerate().filter(|(at, _)| pairs.get(*at) == Some(&None)) {
                if let Some(key) = of_line(line) {
                    groups.entry(key).or_default().0.push(at);
                }
            }
            if groups.is_empty() {
                continue;
            }
            for (at, program) in free.iter().filter_map(|at| Some((*at, programs.get(*at)?))) {
                if let Some((_, there)) = of_program(program).and_then(|key| groups.get_mut(&key)) {
                    there.push(at);
                }
            }
            for (own, there) in groups.into_values() {
                for (line, program) in self.within((lines, own), (programs, there)) {
                    pairs.get_mut(line).into_iter().for_each(|pair| *pair = Some(program));
                    free.remove(&program);
                }
            }
        }
        // A line that was renamed stands where it stood, behind the same line.
        let mut next = Some(0);
        for (pair, line) in pairs.iter_mut().zip(lines) {
            let stood = next.filter(|next| pair.is_none() && free.contains(next));
            let program = stood.and_then(|at| programs.get(at));
            // Another title and other amounts in a new row of a sheet of ours are another line.
            let is_same = |program| self.table.taken.kept.is_none() || says_same(line, program);
            let has = |program: &Program| holds(line, &bare(&program.line.title));
            if program.is_some_and(|program| is_renamed(line, program) && is_same(program) && !has(program)) {
                *pair = stood;
                stood.iter().for_each(|at| {
                    free.remove(at);
                });
            }
            next = pair.map(|at| at + 1);
        }
        pairs
    }

    /// Pairs lines of one title: by their amounts and remarks, then by either, and at last in their order.
    fn within(
        &self,
        (lines, mut own): (&[TakenLine], Vec<usize>),
        (programs, mut there): (&[Program], Vec<usize>),
    ) -> Vec<(usize, usize)> {
        if let ([line], [program]) = (own.as_slice(), there.as_slice()) {
            return vec![(*line, *program)];
        }
        let shown = |money: Option<Money>| match money.map(|money| (money, money.addable())) {
            Some((_, Some(amount))) => amount.smallest_units().to_string(),
            Some((money, None)) => format!("{money:?}"),
            None => String::new(),
        };
        let of_line = |at: &usize| {
            let line = lines.get(*at)?;
            let of = |figures: &[Figure]| {
                let amount =
                    line.amounts.iter().find(|it| figures.contains(&it.figure) && it.account.is_none());
                shown(amount.map(|amount| amount.money))
            };
            let amounts = of(&[Figure::Requested, Figure::Request]) + "/" + &of(&[Figure::Prior]);
            Some([amounts, remarks(line).join("/")])
        };
        let of_program = |at: &usize| {
            let line = &programs.get(*at)?.line;
            let money = |money: Money| shown(Some(money).filter(|money| *money != Money::NotStated));
            let notes = self.known(line.id.value.as_str()).map(|name| name.notes.join("/"));
            let notes = notes.unwrap_or_else(|| {
                line.notes.iter().filter_map(|note| note.text.as_deref()).collect::<Vec<_>>().join("/")
            });
            Some([money(line.requested.money.value) + "/" + &money(line.prior.money.value), notes])
        };
        let mut found = Vec::new();
        type Sign = fn(&[String; 2]) -> Option<String>;
        let signs: [Sign; 4] = [
            |[amounts, notes]| Some(format!("{amounts} {notes}")),
            |[amounts, _]| Some(amounts.clone()),
            |[_, notes]| Some(notes.clone()).filter(|notes| !notes.is_empty()),
            |_| Some(String::new()),
        ];
        for sign in signs {
            let mut known: HashMap<String, VecDeque<usize>> = HashMap::new();
            let mut rest = Vec::new();
            for at in &there {
                let sign = of_program(at).and_then(|of| sign(&of));
                match sign {
                    Some(sign) => known.entry(sign).or_default().push_back(*at),
                    None => rest.push(*at),
                }
            }
            own.retain(|at| {
                let sign = of_line(at).and_then(|of| sign(&of));
                let program = sign.and_then(|sign| known.get_mut(&sign)?.pop_front());
                found.extend(program.map(|program| (*at, program)));
                program.is_none()
            });
            there = known.into_values().flatten().chain(rest).collect();
            there.sort_unstable();
        }
        found
    }
}

/// Whether a line of a title stands below another.
fn holds(line: &TakenLine, name: &str) -> bool {
    line.children.iter().any(|child| bare(title(child)) == name || holds(child, name))
}

/// Whether a line asks for what another one does, and had as much.
pub(super) fn says_same(line: &TakenLine, program: &Program) -> bool {
    let of = |figure| {
        let mut own = line.amounts.iter().filter(|it| it.account.is_none());
        own.find(|it| it.figure == figure).map(|it| it.money)
    };
    is_same(of(Figure::Requested), Some(program.line.requested.money.value))
        && is_same(of(Figure::Prior), Some(program.line.prior.money.value))
}

/// Whether a line may be one that was renamed where it stands: in like words, with more or fewer of them, or with the same number and amount.
fn is_renamed(line: &TakenLine, program: &Program) -> bool {
    let (now, before) = (title(line), program.line.title.as_str());
    let asks = |amount: &TakenAmount| {
        matches!(amount.figure, Figure::Requested | Figure::Request)
            && amount.money == program.line.requested.money.value
    };
    let is_same = program.number.is_some()
        && program.number.as_deref() == number(line)
        && line.amounts.iter().any(asks);
    is_like(now, before) || now.contains(before) || before.contains(now) || is_same
}
