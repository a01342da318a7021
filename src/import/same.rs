//! The same money twice: a sheet or a file with the lines of another one, or with what they add up to in another cut.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::details::{add, leaves, line_of};
use super::grid::{Fate, Grid};
use super::remark::{Remark, counted};
use super::taking::{File, Taking};
use super::told::{fatal, tell};
use super::versions::{Called, Version, are_apart, called, stem, versions};
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

/// A table as it is held against all others of its file.
struct Side<'t> {
    /// Its place among the tables.
    at: usize,
    grid: &'t Grid,
    taking: &'t Taking,
    called: Called,
    version: Version,
    lines: Kin<'t>,
}

/// Leaves out the tables that are of the same money as another of their file, or as an earlier file. Each table comes with its place among what was taken.
pub(super) fn leave(import: &mut Import, file: File<'_>, tables: &[(&Grid, usize)], taken: &mut [Taking]) {
    let File { name, options, .. } = file;
    for (at, what) in repeated(file, tables, taken) {
        let help = "`--sheet NAME` takes one of them, and both where each is named";
        let Some((grid, one)) = tables.get(at) else { continue };
        taken
            .get_mut(*one)
            .into_iter()
            .for_each(|it| leave_out(import, (name, grid), it, what.clone(), help));
    }
    for (grid, at) in tables {
        let Some(taking) = taken.get(*at) else { continue };
        let (own, said) = (Kin::of(&of(taking)), called(names(Some(stem(name)), taking), options.calendar));
        let mut files: Vec<&str> =
            import.chapters.iter().flat_map(|it| &it.origins).map(|it| it.file.as_str()).collect();
        files.dedup();
        let found = files.iter().find_map(|file| {
            let is_version = versions(&Version::of(stem(file)), &Version::of(stem(name))).is_some();
            if are_apart(&said, &called(names_of(import, file), options.calendar)) {
                return None;
            }
            let same = same(&own, &Kin::of(&of_file(import, file)), is_version)?;
            Some(same.said(&format!("file `{file}`")))
        });
        let help = "name the one that holds alone";
        found
            .into_iter()
            .zip(taken.get_mut(*at))
            .for_each(|(what, it)| leave_out(import, (name, grid), it, what, help));
    }
}

/// The tables that are of the same money as another one of their file, each with what is said of it.
fn repeated(file: File<'_>, tables: &[(&Grid, usize)], taken: &[Taking]) -> Vec<(usize, String)> {
    let File { name, options, .. } = file;
    let is_named = |grid: &Grid| options.sheets.contains(&grid.name);
    let mut sides: Vec<Side<'_>> = Vec::new();
    for (at, (grid, one)) in tables.iter().enumerate() {
        let Some(taking) = taken.get(*one).filter(|it| !it.years.is_empty()) else { continue };
        let called = called(names(Some(&grid.name), taking), options.calendar);
        let (version, lines) = (Version::of(&grid.name), Kin::of(&of(taking)));
        sides.push(Side { at, grid, taking, called, version, lines });
    }
    let (mut left, mut gone) = (Vec::new(), BTreeSet::new());
    for (place, one) in sides.iter().enumerate() {
        for two in sides.iter().skip(place + 1) {
            // What is left out already is the lines of no other sheet.
            if gone.contains(&one.at) || gone.contains(&two.at) {
                continue;
            }
            let versions = versions(&one.version, &two.version);
            let Some(same) = same(&one.lines, &two.lines, versions.is_some()) else { continue };
            // What is named one by one is to be taken.
            let are_named = one.grid.name != two.grid.name && is_named(one.grid) && is_named(two.grid);
            if are_named || are_apart(&one.called, &two.called) {
                continue;
            }
            // A sheet that is called as a line of the other one is the details of it.
            let is_line = |own: &Side<'_>, other: &Side<'_>| {
                line_of(&own.grid.name, own.taking, other.taking).is_some()
            };
            if is_line(one, two) || is_line(two, one) {
                continue;
            }
            // Of the same lines the later ones are kept, unless their name says that they are not, of two cuts the finer one.
            let is_first = match same {
                Same::Lines(..) => versions != Some(Ordering::Greater),
                Same::Cut => one.lines.count < two.lines.count,
            };
            let (out, kept) = if is_first { (one, two) } else { (two, one) };
            let kept = match kept.grid.name.as_str() {
                "" => format!("file `{name}`"),
                sheet => format!("sheet `{sheet}`"),
            };
            gone.insert(out.at);
            left.push((out.at, same.said(&kept)));
        }
    }
    left
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
fn names<'t>(name: Option<&'t str>, taking: &'t Taking) -> [Option<&'t str>; 5] {
    let words = [&taking.title, &taking.heading, &taking.ministry, &taking.account].map(Option::as_deref);
    let [title, heading, ministry, account] = words;
    [name, title, heading, ministry, account]
}

/// What an earlier file is called.
fn names_of<'i>(import: &'i Import, file: &'i str) -> [Option<&'i str>; 5] {
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

/// Lines as they are held against others: taken apart once, for a workbook may have a thousand sheets.
struct Kin<'l> {
    years: Vec<FiscalYear>,
    /// The lines that have none below them, by their years and titles.
    ends: BTreeMap<(FiscalYear, String), Vec<&'l TakenLine>>,
    count: usize,
    /// What they add up to in each year and column, but for nothing.
    sums: Vec<(FiscalYear, Figure, i128)>,
}

impl<'l> Kin<'l> {
    fn of(lines: &Lines<'l>) -> Self {
        let mut ends: BTreeMap<_, Vec<&'l TakenLine>> = BTreeMap::new();
        let (mut sums, mut count) = (Vec::new(), 0);
        for (year, tops) in lines {
            for line in tops.iter().flat_map(|line| leaves(std::slice::from_ref(*line))) {
                ends.entry((*year, folded(&line.title))).or_default().push(line);
                count += 1;
            }
            for figure in Figure::ALL {
                let mut addends: Vec<Amount> = Vec::new();
                tops.iter().for_each(|line| add(line, figure, &mut addends));
                let sum = Amount::sum(addends).ok().flatten().map(|sum| sum.smallest_units());
                sums.extend(sum.filter(|sum| *sum != 0).map(|sum| (*year, figure, sum)));
            }
        }
        Self { years: lines.iter().map(|(year, _)| *year).collect(), ends, count, sums }
    }
}

/// Whether lines are those of others, or as much in all years and columns. What is called a version of others needs only half of their lines.
fn same(own: &Kin<'_>, other: &Kin<'_>, is_version: bool) -> Option<Same> {
    let is_several = own.count > 1 && other.count > 1;
    if own.years != other.years || !(is_several || is_version) {
        return None;
    }
    again(own, other, is_version).or_else(|| (is_several && cut(own, other)).then_some(Same::Cut))
}

/// How many lines and amounts are otherwise, where most of them are the same, or all that are told of one figure.
fn again(own: &Kin<'_>, other: &Kin<'_>, is_version: bool) -> Option<Same> {
    let both = || own.ends.iter().filter_map(|(key, lines)| Some((lines, other.ends.get(key)?)));
    let shared: usize = both().map(|(one, two)| one.len().min(two.len())).sum();
    let alone = own.count + other.count - 2 * shared;
    let is_kin = if is_version { shared >= alone } else { alone == 0 || shared > 2 && shared >= alone * 2 };
    if !is_kin {
        return None;
    }
    let mut counts: BTreeMap<Figure, (usize, usize)> = BTreeMap::new();
    for (line, same) in both().flat_map(|(one, two)| one.iter().zip(two)) {
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
    let (equal, different) = counts.values().fold((0, 0), |sum, it| (sum.0 + it.0, sum.1 + it.1));
    let is_told = counts.values().any(|(equal, different)| *equal > 1 && *different == 0);
    (is_version || equal > different || is_told).then_some(Same::Lines(alone, different))
}

/// Whether lines add up to what others do: in two columns, or in amounts of some length, so that it is no chance.
fn cut(own: &Kin<'_>, other: &Kin<'_>) -> bool {
    let length = |sum: i128| sum.unsigned_abs().to_string().trim_end_matches('0').len();
    own.sums == other.sums && own.sums.iter().map(|(.., sum)| length(*sum)).sum::<usize>() > 3
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
