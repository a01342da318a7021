//! Which line of a table is which of those that are there.

use std::collections::{BTreeSet, HashMap, VecDeque};

use super::again::Again;
use super::ids::{self, bare};
use super::lines::{number, title};
use crate::diagnostic::is_like;
use crate::import::{Figure, TakenAmount, TakenLine};
use crate::model::Program;

impl Again<'_> {
    /// For each line of the table the one that it is among those that are there.
    pub(super) fn pairs(&self, lines: &[TakenLine], programs: &[Program], above: &str) -> Vec<Option<usize>> {
        let name = |program: &Program| self.known(program.line.id.value.as_str());
        let path = |line: &TakenLine| bare(&ids::path(above, &line.title));
        type Of<'r, T> = &'r dyn Fn(&T) -> Option<String>;
        let rules: [(Of<'_, TakenLine>, Of<'_, Program>); 5] = [
            (&|line| line.id.clone(), &|program| Some(program.line.id.value.to_string())),
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
            let mut known: HashMap<String, VecDeque<usize>> = HashMap::new();
            for (at, program) in free.iter().filter_map(|at| Some((*at, programs.get(*at)?))) {
                if let Some(key) = of_program(program) {
                    known.entry(key).or_default().push_back(at);
                }
            }
            for (pair, line) in pairs.iter_mut().zip(lines).filter(|(pair, _)| pair.is_none()) {
                *pair = of_line(line).and_then(|key| known.get_mut(&key)?.pop_front());
                pair.iter().for_each(|at| {
                    free.remove(at);
                });
            }
        }
        // A line that was renamed stands where it stood, behind the same line.
        let mut next = Some(0);
        for (pair, line) in pairs.iter_mut().zip(lines) {
            let stood = next.filter(|next| pair.is_none() && free.contains(next));
            let program = stood.and_then(|at| programs.get(at));
            if program.is_some_and(|program| is_renamed(line, program)) {
                *pair = stood;
                stood.iter().for_each(|at| {
                    free.remove(at);
                });
            }
            next = pair.map(|at| at + 1);
        }
        pairs
    }
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
