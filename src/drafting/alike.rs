//! What speaks for a row's being a line of the chapter that stands elsewhere.

use std::collections::{HashMap, HashSet};

use super::around::Trees;
use super::ids::{self, Names, bare};
use super::pairs::says_same;
use crate::import::TakenLine;
use crate::model::Program;

/// How many lines of one title are held against each other.
pub(super) const MOST_ALIKE: usize = 100;

/// Whether the table has lines at places that the chapter has none at, and the chapter others.
pub(super) fn is_elsewhere(lines: &[TakenLine], programs: &[Program], names: &Names) -> bool {
    fn of_lines(lines: &[TakenLine], above: &str, into: &mut HashSet<String>) {
        for line in lines {
            let path = ids::path(above, &bare(&line.title));
            of_lines(&line.children, &path, into);
            into.insert(path);
        }
    }
    type Titles<'n> = HashMap<&'n str, &'n str>;
    fn of_programs(programs: &[Program], titles: &Titles<'_>, above: &str, into: &mut HashSet<String>) {
        for program in programs {
            let own = program.line.title.as_str();
            let said = titles.get(program.line.id.value.as_str()).copied();
            let path = ids::path(above, &bare(said.unwrap_or(own)));
            of_programs(&program.children, titles, &path, into);
            into.insert(path);
        }
    }
    let titles: Titles<'_> = names.lines.iter().map(|name| (name.id.as_str(), name.title())).collect();
    let (mut table, mut chapter) = (HashSet::new(), HashSet::new());
    of_lines(lines, "", &mut table);
    of_programs(programs, &titles, "", &mut chapter);
    !table.is_subset(&chapter) && !chapter.is_subset(&table)
}

/// How many titles of rows that are nowhere yet are those of lines that are nowhere yet.
#[derive(Default)]
pub(super) struct Alike {
    known: HashMap<(Option<usize>, Option<usize>), usize>,
}

impl Alike {
    /// What speaks for a row's being a line: that it stood below the same titles, how many titles below both and beside both are the same, and whether
    /// the amounts are.
    pub(super) fn score(&mut self, trees: &Trees<'_>, row: usize, own: usize) -> [usize; 4] {
        let (Some(it), Some(line)) = (trees.rows.get(row), trees.own.get(own)) else { return [0; 4] };
        let says_something =
            it.line.amounts.iter().any(|amount| amount.money.addable().is_some_and(|it| !it.is_zero()));
        [
            usize::from(line.path.as_ref() == Some(&bare(&trees.path(row)))),
            self.count(trees, (Some(row), Some(own))),
            self.count(trees, (it.below, line.below)),
            usize::from(says_something && says_same(it.line, line.program)),
        ]
    }

    fn count(&mut self, trees: &Trees<'_>, of: (Option<usize>, Option<usize>)) -> usize {
        if let Some(known) = self.known.get(&of) {
            return *known;
        }
        let rows = of.0.map_or(Some(&trees.tops), |at| Some(&trees.rows.get(at)?.parts));
        let own = of.1.map_or(Some(&trees.own_tops), |at| Some(&trees.own.get(at)?.parts));
        let rows = rows.into_iter().flatten().filter_map(|at| trees.rows.get(*at));
        let own = own.into_iter().flatten().filter_map(|at| trees.own.get(*at));
        let titles: HashSet<&str> =
            rows.filter(|row| row.is.is_none()).map(|row| row.name.as_str()).collect();
        let count = own.filter(|own| own.row.is_none() && titles.contains(own.name.as_str())).count();
        self.known.insert(of, count);
        count
    }
}
