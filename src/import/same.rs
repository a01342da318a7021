//! The same money twice: a sheet or a file with the lines of another one, or with what they add up to in another cut.

use std::cmp::Ordering;
use std::collections::{BTreeMap, VecDeque};

use super::details::{add, leaves, line_of};
use super::grid::{Fate, Grid};
use super::remark::{Remark, counted};
use super::taking::{File, Taking};
use super::told::{fatal, tell};
use super::versions::{are_apart, stem, versions};
use super::words::folded;
use super::{Figure, Import, Taken, TakenLine};
use crate::model::{Amount, FiscalYear};

/// The lines at the top of each year.
type Lines<'l> = Vec<(FiscalYear, Vec<&'l TakenLine>)>;

/// How lines are those of others.
pub(super) enum Same {
    /// They have their titles, but for this many that only one side has, and this many amounts otherwise.
    Lines(usize, usize),
    /// They add up to what those do.
    Cut,
}

/// Says that a file was given twice.
pub(super) fn file(import: &mut Import, name: &str, other: &str) {
    let what = format!("`{name}` is `{other}` once more; it was not taken");
    fatal(import, name, super::ASSUMED, what, "name each file once");
}

/// Leaves out the tables that are of the same money as another of their file, or as an earlier file. Each table comes with its place among what was taken.
pub(super) fn leave(import: &mut Import, file: File<'_>, tables: &[(&Grid, usize)], taken: &mut [Taking]) {
    let File { name, options, .. } = file;
    let is_named = |grid: &Grid| options.sheets.contains(&grid.name);
    for (at, (grid, one)) in tables.iter().enumerate() {
        for (other, two) in tables.iter().skip(at + 1) {
            // What is left out already is the lines of no other sheet.
            let of_table = |at: usize| taken.get(at).filter(|it| !it.years.is_empty());
            let (Some(first), Some(second)) = (of_table(*one), of_table(*two)) else { continue };
            // What is named one by one is to be taken.
            let are_named = grid.name != other.name && is_named(grid) && is_named(other);
            let called = [(grid, first), (other, second)].map(|(grid, it)| called(Some(&grid.name), it));
            if are_named || are_apart(&called[0], &called[1], options.calendar) {
                continue;
            }
            let (own, others) = (of(first), of(second));
            let versions = versions(&grid.name, &other.name);
            let Some(same) = same(&own, &others, versions.is_some()) else { continue };
            // A sheet that is called as a line of the other one is the details of it.
            if line_of(&grid.name, first, second).or_else(|| line_of(&other.name, second, first)).is_some() {
                continue;
            }
            // Of the same lines the later ones are kept, unless their name says that they are not, of two cuts the finer one.
            let is_first = match same {
                Same::Lines(..) => versions != Some(Ordering::Greater),
                Same::Cut => count(&own) < count(&others),
            };
            let (left, out, kept) = if is_first { (grid, one, other) } else { (other, two, grid) };
            let kept = if kept.name.is_empty() {
                format!("file `{name}`")
            } else {
                format!("sheet `{}`", kept.name)
            };
            let help = "`--sheet NAME` takes one of them, and both where each is named";
            taken
                .get_mut(*out)
                .into_iter()
                .for_each(|it| leave_out(import, (name, left), it, same.said(&kept), help));
        }
    }
    for (grid, at) in tables {
        let Some((own, called)) = taken.get(*at).map(|it| (of(it), called(Some(stem(name)), it))) else {
            continue;
        };
        let mut files: Vec<&str> =
            import.chapters.iter().flat_map(|it| &it.origins).map(|it| it.file.as_str()).collect();
        files.dedup();
        let found = files.iter().find_map(|file| {
            let is_version = versions(stem(file), stem(name)).is_some();
            if are_apart(&called, &called_so(import, file), options.calendar) {
                return None;
            }
            Some(same(&own, &of_file(import, file), is_version)?.said(&format!("file `{file}`")))
        });
        let help = "name the one that holds alone";
        found
            .into_iter()
            .zip(taken.get_mut(*at))
            .for_each(|(what, it)| leave_out(import, (name, grid), it, what, help));
    }
}

/// Leaves a table out, and says why.
pub(super) fn leave_out(
    import: &mut Import,
    (name, grid): (&str, &Grid),
    taking: &mut Taking,
    what: String,
    help: &'static str,
) {
    taking.years.clear();
    let (from, to) = taking.origin.range;
    let rows = grid.rows.get(from.row..=to.row.min(grid.rows.len().saturating_sub(1))).unwrap_or_default();
    rows.iter().flat_map(|row| &row.cells).for_each(|cell| cell.fate.set(Fate::Named));
    tell(import, name, grid, vec![Remark::assumed(from, what, help)]);
}

fn of(taking: &Taking) -> Lines<'_> {
    taking.years.iter().map(|of| (of.year, of.lines.iter().collect())).collect()
}

/// What a table is called: its sheet or its file, its title and what stands below that, its office and its account.
fn called<'t>(name: Option<&'t str>, taking: &'t Taking) -> [Option<&'t str>; 5] {
    let words = [&taking.title, &taking.heading, &taking.ministry, &taking.account].map(Option::as_deref);
    let [title, heading, ministry, account] = words;
    [name, title, heading, ministry, account]
}

/// What an earlier file is called.
fn called_so<'i>(import: &'i Import, file: &'i str) -> [Option<&'i str>; 5] {
    let first = import.offices.iter().map(|(_, own)| own).find(|own| own.file == file);
    let [title, heading, ministry] =
        first.map_or([None; 3], |first| first.said.each_ref().map(Option::as_deref));
    let lines = of_file(import, file);
    let account = lines.first().and_then(|(_, lines)| lines.first()?.account.as_deref());
    [Some(stem(file)), title, heading, ministry, account]
}

/// The lines that an earlier file gave.
fn of_file<'i>(import: &'i Import, file: &str) -> Lines<'i> {
    let own = |chapter: &'i Taken| {
        let is_own = |line: &&TakenLine| {
            chapter.kept.is_none()
                && chapter.origins.get(line.origin.origin).is_some_and(|it| it.file == file)
        };
        (chapter.year, chapter.lines.iter().filter(is_own).collect::<Vec<_>>())
    };
    let mut lines: Lines<'i> =
        import.chapters.iter().map(own).filter(|(_, lines)| !lines.is_empty()).collect();
    lines.sort_by_key(|(year, _)| *year);
    lines
}

fn ends<'l>(lines: &'l Lines<'l>) -> impl Iterator<Item = &'l TakenLine> {
    lines.iter().flat_map(|(_, lines)| lines).flat_map(|line| leaves(std::slice::from_ref(*line)))
}

/// The lines that have none below them, by their years and titles.
fn keyed_ends<'l>(lines: &'l Lines<'l>) -> impl Iterator<Item = ((FiscalYear, String), &'l TakenLine)> {
    let of_year = |(year, tops): &'l (FiscalYear, Vec<&'l TakenLine>)| {
        let ends = tops.iter().flat_map(|line| leaves(std::slice::from_ref(*line)));
        ends.map(|line| ((*year, folded(&line.title)), line))
    };
    lines.iter().flat_map(of_year)
}

fn count(lines: &Lines<'_>) -> usize {
    ends(lines).count()
}

/// Whether lines are those of others, or as much in all years and columns. What is called a version of others needs only half of their lines.
fn same(own: &Lines<'_>, other: &Lines<'_>, is_version: bool) -> Option<Same> {
    let years = |lines: &Lines<'_>| lines.iter().map(|(year, _)| *year).collect::<Vec<_>>();
    let is_several = count(own) > 1 && count(other) > 1;
    if years(own) != years(other) || !(is_several || is_version) {
        return None;
    }
    again(own, other, is_version).or_else(|| (is_several && cut(own, other)).then_some(Same::Cut))
}

/// How many lines and amounts are otherwise, where most of them are the same, or all that are told of one figure.
fn again(own: &Lines<'_>, other: &Lines<'_>, is_version: bool) -> Option<Same> {
    let mut counts: BTreeMap<Figure, (usize, usize)> = BTreeMap::new();
    let mut rest: BTreeMap<(FiscalYear, String), VecDeque<&TakenLine>> = BTreeMap::new();
    for (key, line) in keyed_ends(other) {
        rest.entry(key).or_default().push_back(line);
    }
    let (mut shared, mut alone) = (0_usize, 0_usize);
    for (key, line) in keyed_ends(own) {
        let Some(same) = rest.get_mut(&key).and_then(VecDeque::pop_front) else {
            alone += 1;
            continue;
        };
        shared += 1;
        for amount in line.amounts.iter().filter(|amount| amount.account.is_none()) {
            let there = same.amounts.iter().find(|it| it.figure == amount.figure && it.account.is_none());
            let Some((one, two)) = amount.money.addable().zip(there.and_then(|it| it.money.addable())) else {
                continue;
            };
            let (equal, different) = counts.entry(amount.figure).or_default();
            *equal += usize::from(one.same_value(two) && !one.is_zero());
            *different += usize::from(!one.same_value(two));
        }
    }
    alone += rest.values().map(VecDeque::len).sum::<usize>();
    let (equal, different) = counts.values().fold((0, 0), |sum, it| (sum.0 + it.0, sum.1 + it.1));
    let is_told = counts.values().any(|(equal, different)| *equal > 1 && *different == 0);
    let is_same = match is_version {
        true => shared >= alone,
        false => (equal > different || is_told) && (alone == 0 || shared > 2 && shared >= alone * 2),
    };
    is_same.then_some(Same::Lines(alone, different))
}

/// Whether lines add up to what others do: in two columns, or in amounts of some length, so that it is no chance.
fn cut(own: &Lines<'_>, other: &Lines<'_>) -> bool {
    let sums = |lines: &Lines<'_>| {
        let mut sums = Vec::new();
        for (year, tops) in lines {
            for figure in Figure::ALL {
                let mut addends: Vec<Amount> = Vec::new();
                tops.iter().for_each(|line| add(line, figure, &mut addends));
                let sum = Amount::sum(addends).ok().flatten().map(|sum| sum.smallest_units());
                sums.extend(sum.filter(|sum| *sum != 0).map(|sum| (*year, figure, sum)));
            }
        }
        sums
    };
    let sums_of_own = sums(own);
    let length = |sum: i128| sum.unsigned_abs().to_string().trim_end_matches('0').len();
    sums_of_own.iter().map(|(.., sum)| length(*sum)).sum::<usize>() > 3 && sums_of_own == sums(other)
}

impl Same {
    pub(super) fn said(&self, other: &str) -> String {
        match self {
            Self::Lines(0, 0) => format!("this sheet has the lines of {other} again; it was not taken"),
            Self::Lines(0, count) => format!(
                "this sheet has the lines of {other} again, {} otherwise; it was not taken",
                counted(*count, "amount")
            ),
            Self::Lines(lines, count) => {
                let others =
                    [(*lines, "line"), (*count, "amount")].into_iter().filter(|(count, _)| *count > 0);
                let others: Vec<String> = others.map(|(count, what)| counted(count, what)).collect();
                let others = others.join(" and ");
                format!("this sheet has most lines of {other} again, {others} otherwise; it was not taken")
            }
            Self::Cut => format!(
                "this table adds up to what {other} does, as another cut of the same money; it was not taken"
            ),
        }
    }
}
