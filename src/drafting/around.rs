//! Lines of a corrected table that stand below another line than they did. They stay the lines that they are, with their ids and their prose: what
//! was put around programs is a group of theirs; what stands elsewhere goes over (`moves`), or stays where the chapter has it, which is said.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use super::again::Again;
use super::alike::{Alike, MOST_ALIKE, is_elsewhere};
use super::follow::Totals;
use super::ids::{self, Names, bare};
use super::lines::{Table, title};
use super::moves::Move;
use super::{Change, Planned};
use crate::import::{Place, Taken, TakenLine};
use crate::model::{Money, Program, Request};
use crate::read::Reading;

/// How many groups a program may stand in.
const MOST_GROUPS: usize = 4;

/// A table with its lines where the chapter has them.
pub(super) struct Around {
    pub(super) taken: Taken,
    /// Which line of the chapter a row is.
    pub(super) found: HashMap<Place, String>,
    pub(super) said: Vec<Change>,
    /// The lines that go over to another one.
    pub(super) moves: Vec<Move>,
}

/// The table as the chapter has its lines; `None` where they stand there as they do in the table.
pub(super) fn around(
    taken: &Taken,
    (folder, here, request): (&Path, &Reading, &Request),
    names: &Names,
) -> Option<Around> {
    let table = Table::of(taken);
    let (top, lines) = table.top();
    if taken.kept.is_some() || !is_elsewhere(lines, &request.programs, names) {
        return None;
    }
    let planned = Planned::default();
    let again = Again::of((table, names, &planned), (here, request, folder), Totals::default());
    let mut trees = Trees::of(&again, lines);
    trees.assign();
    let tops = trees.tops.clone();
    trees.place(&tops, Home::Top, &[]);
    if !trees.is_moved {
        return None;
    }
    let lines = trees.built(Home::Top);
    let lines = match top {
        Some(top) => vec![TakenLine { children: lines, ..top.clone() }],
        None => lines,
    };
    let ids = trees
        .rows
        .iter()
        .filter_map(|row| Some((row.line.origin, trees.own.get(row.is?)?.program.line.id.value.to_string())));
    Some(Around {
        taken: Taken { lines, ..taken.clone() },
        found: ids.collect(),
        said: trees.said,
        moves: trees.moves,
    })
}

pub(super) struct Row<'t> {
    pub(super) line: &'t TakenLine,
    pub(super) below: Option<usize>,
    pub(super) parts: Vec<usize>,
    /// The line of the chapter that it is.
    pub(super) is: Option<usize>,
    pub(super) name: String,
}

pub(super) struct Own<'t> {
    pub(super) program: &'t Program,
    pub(super) below: Option<usize>,
    pub(super) parts: Vec<usize>,
    pub(super) row: Option<usize>,
    pub(super) name: String,
    /// The titles above it in the table as it was.
    pub(super) path: Option<String>,
}

/// What a line stands below: the chapter, one that is there, one that is new.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Home {
    Top,
    Own(usize),
    New(usize),
}

/// A row, or a line of the chapter whose row is gone while its lines are there.
#[derive(Clone, Copy)]
enum Item {
    Row(usize),
    Gone(usize),
}

/// The lines of the table and those of the chapter.
pub(super) struct Trees<'t> {
    pub(super) again: &'t Again<'t>,
    pub(super) rows: Vec<Row<'t>>,
    pub(super) own: Vec<Own<'t>>,
    pub(super) tops: Vec<usize>,
    pub(super) own_tops: Vec<usize>,
    below: HashMap<Home, Vec<Item>>,
    groups: HashMap<usize, Vec<String>>,
    gone: HashSet<usize>,
    pub(super) said: Vec<Change>,
    pub(super) moves: Vec<Move>,
    is_moved: bool,
}

impl<'t> Trees<'t> {
    fn of(again: &'t Again<'t>, lines: &'t [TakenLine]) -> Self {
        let mut trees = Self {
            again,
            rows: Vec::new(),
            own: Vec::new(),
            tops: Vec::new(),
            own_tops: Vec::new(),
            below: HashMap::new(),
            groups: HashMap::new(),
            gone: HashSet::new(),
            said: Vec::new(),
            moves: Vec::new(),
            is_moved: false,
        };
        trees.tops = trees.rows_of(lines, None);
        trees.own_tops = trees.lines_of(&again.request.programs, None);
        let (tops, own) = (trees.tops.clone(), trees.own_tops.clone());
        trees.pair((lines, &tops), (&again.request.programs, &own), "");
        trees
    }

    fn rows_of(&mut self, lines: &'t [TakenLine], below: Option<usize>) -> Vec<usize> {
        let row = |line: &'t TakenLine| {
            let at = self.rows.len();
            self.rows.push(Row { line, below, parts: Vec::new(), is: None, name: bare(title(line)) });
            let parts = self.rows_of(&line.children, Some(at));
            self.rows.get_mut(at).into_iter().for_each(|row| row.parts.clone_from(&parts));
            at
        };
        lines.iter().map(row).collect()
    }

    fn lines_of(&mut self, programs: &'t [Program], below: Option<usize>) -> Vec<usize> {
        let own = |program: &'t Program| {
            let at = self.own.len();
            let path = self.again.known(program.line.id.value.as_str()).map(|name| bare(&name.path));
            let name = bare(&program.line.title);
            self.own.push(Own { program, below, parts: Vec::new(), row: None, name, path });
            let parts = self.lines_of(&program.children, Some(at));
            self.own.get_mut(at).into_iter().for_each(|own| own.parts.clone_from(&parts));
            at
        };
        programs.iter().map(own).collect()
    }

    /// Pairs what stands where it stood.
    fn pair(
        &mut self,
        (lines, rows): (&'t [TakenLine], &[usize]),
        (programs, own): (&'t [Program], &[usize]),
        above: &str,
    ) {
        if lines.is_empty() || programs.is_empty() {
            return;
        }
        let pairs = self.again.pairs(lines, programs, above);
        for ((line, row), pair) in lines.iter().zip(rows).zip(pairs) {
            let found = pair.and_then(|at| Some((programs.get(at)?, *own.get(at)?)));
            let Some((program, own)) = found else { continue };
            self.join(*row, own);
            let [rows, own] = [
                self.rows.get(*row).map(|row| row.parts.clone()).unwrap_or_default(),
                self.own.get(own).map(|own| own.parts.clone()).unwrap_or_default(),
            ];
            let path = ids::path(above, &line.title);
            self.pair((&line.children, &rows), (&program.children, &own), &path);
        }
    }

    fn join(&mut self, row: usize, own: usize) {
        self.rows.get_mut(row).into_iter().for_each(|it| it.is = Some(own));
        self.own.get_mut(own).into_iter().for_each(|it| it.row = Some(row));
    }

    /// Finds what stands elsewhere: a line of a title that no other has, or one of several that stands among what it stood among, has
    /// the same lines below it or the same amounts.
    fn assign(&mut self) {
        let mut titles: HashMap<&str, [Vec<usize>; 2]> = HashMap::new();
        for (at, row) in self.rows.iter().enumerate() {
            titles.entry(&row.name).or_default()[0].push(at);
        }
        for (at, own) in self.own.iter().enumerate() {
            titles.entry(&own.name).or_default()[1].push(at);
        }
        let is_new = |at: &usize| self.rows.get(*at).is_some_and(|row| row.is.is_none());
        let is_free = |at: &usize| {
            let free = self.own.get(*at).filter(|own| own.row.is_none());
            free.is_some_and(|own| own.program.line.requested.money.value != Money::Ended)
        };
        let mut alike = Alike::default();
        let mut all = Vec::new();
        for [rows, own] in titles.values() {
            let is_only = rows.len() == 1 && own.len() == 1;
            for row in rows.iter().copied().filter(is_new).take(MOST_ALIKE) {
                for own in own.iter().copied().filter(is_free).take(MOST_ALIKE) {
                    let score = alike.score(self, row, own);
                    let [is_path, parts, beside, amounts] = score;
                    if is_only || is_path > 0 || parts > 0 || beside > 1 || amounts > 0 {
                        all.push((std::cmp::Reverse(score), row, own));
                    }
                }
            }
        }
        all.sort_unstable();
        for (_, row, own) in all {
            let is_open = |trees: &Self| {
                trees.rows.get(row).is_some_and(|it| it.is.is_none())
                    && trees.own.get(own).is_some_and(|it| it.row.is_none())
            };
            if is_open(self) {
                self.join(row, own);
            }
        }
    }

    /// Puts rows below what the chapter has their lines below; what is new stays where it is.
    fn place(&mut self, rows: &[usize], home: Home, groups: &[String]) {
        let has_groups = home == Home::Top && rows.iter().any(|row| self.is_around(*row, home));
        let mut before = None;
        for &at in rows {
            let Some(row) = self.rows.get(at) else { continue };
            let (line, parts) = (row.line, row.parts.clone());
            if let Some(own) = row.is {
                let stays = self.home(own);
                if stays == home && home == Home::Top {
                    self.groups.insert(at, groups.to_vec());
                }
                self.is_moved |= stays != home || !groups.is_empty();
                self.say_moved(own, (stays, home), before);
                before = Some(own);
                self.put(Item::Row(at), stays);
                self.place(&parts, Home::Own(own), &[]);
                continue;
            }
            let is_beside = || has_groups && !parts.is_empty() && parts.iter().all(|part| self.is_new(*part));
            if !self.is_around(at, home) && !is_beside() {
                self.groups.insert(at, groups.to_vec());
                self.put(Item::Row(at), home);
                self.place(&parts, Home::New(at), &[]);
                continue;
            }
            self.is_moved = true;
            self.say_around(line, home);
            let mut groups = groups.to_vec();
            groups.extend(Some(line.title.clone()).filter(|_| groups.len() < MOST_GROUPS));
            self.place(&parts, home, &groups);
        }
    }

    fn is_new(&self, row: usize) -> bool {
        let Some(row) = self.rows.get(row) else { return false };
        row.is.is_none() && row.parts.iter().all(|part| self.is_new(*part))
    }

    /// Whether a row that is no line of the chapter was put around lines that stay where they are.
    fn is_around(&self, row: usize, home: Home) -> bool {
        let Some(row) = self.rows.get(row).filter(|row| row.is.is_none()) else { return false };
        let is_in = |part: &usize| match self.rows.get(*part).and_then(|part| part.is) {
            Some(own) => self.home(own) == home,
            None => self.is_around(*part, home),
        };
        !matches!(home, Home::New(_)) && row.parts.iter().any(is_in)
    }

    /// What the chapter has a line of its own below.
    fn home(&self, own: usize) -> Home {
        self.own.get(own).and_then(|own| own.below).map_or(Home::Top, Home::Own)
    }

    fn put(&mut self, item: Item, home: Home) {
        if let Home::Own(above) = home
            && self.own.get(above).is_some_and(|above| above.row.is_none())
            && self.gone.insert(above)
        {
            let id = self.named(home);
            self.said.push(Change::Left(format!(
                "{id}  its row is gone, and those of its lines are there; they stay below it"
            )));
            self.put(Item::Gone(above), self.home(above));
        }
        self.below.entry(home).or_default().push(item);
    }

    pub(super) fn named(&self, home: Home) -> String {
        match home {
            Home::Top => self.again.request.line.id.value.to_string(),
            Home::Own(own) => {
                self.own.get(own).map(|own| own.program.line.id.value.to_string()).unwrap_or_default()
            }
            Home::New(row) => self.rows.get(row).map(|row| row.line.title.clone()).unwrap_or_default(),
        }
    }

    /// Says what is lost of a row that is only a group, or none.
    fn say_around(&mut self, line: &TakenLine, home: Home) {
        let (above, title, cell) = (self.named(home), &line.title, self.again.table.cell(line.origin));
        if home != Home::Top {
            self.said.push(Change::Left(format!(
                "{above}  `{title}`{cell} was put around lines of it in the sheet; they stay below it, and `{title}` is not taken"
            )));
        } else if !line.is_complete && !line.amounts.is_empty() || !line.notes.is_empty() {
            self.said.push(Change::Left(format!(
                "{above}  `{title}`{cell} is a group of its lines now; its own amounts and remarks are not taken"
            )));
        }
    }

    fn built(&mut self, home: Home) -> Vec<TakenLine> {
        let items = self.below.remove(&home).unwrap_or_default();
        let line = |item| match item {
            Item::Row(at) => {
                let row = self.rows.get(at)?;
                let home = row.is.map_or(Home::New(at), Home::Own);
                let line = TakenLine { children: Vec::new(), ..row.line.clone() };
                let groups = self.groups.remove(&at).unwrap_or_default();
                Some(TakenLine { children: self.built(home), groups, ..line })
            }
            Item::Gone(own) => {
                let program = self.own.get(own)?.program;
                let name = self.again.known(program.line.id.value.as_str());
                Some(TakenLine {
                    title: program.line.title.clone(),
                    notes: name.map(|name| name.notes.clone()).unwrap_or_default(),
                    aside: name.and_then(|name| name.aside).map(|(aside, _)| aside),
                    code: name.and_then(|name| name.code.clone()),
                    children: self.built(Home::Own(own)),
                    ..TakenLine::default()
                })
            }
        };
        items.into_iter().filter_map(line).collect()
    }
}
