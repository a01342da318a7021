//! Whether what a table works out from its own columns is right: 計, 増減, 伸率, 差引. None of it is taken.

use super::changes::{compared, compared_by};
use super::compared::explains;
use super::figures::Figured;
use super::grid::{Fate, Filled, Grid, Kind};
use super::remark::Remark;
use super::rows::{Entries, Entry};
use super::table::{Column, Table};
use super::titles;
use super::totals::{amount, told};
use super::value::plain;
use super::words::{Meaning, Role};
use crate::model::{Amount, FiscalYear, Rounding, Unit, fold_text};

/// The columns that make up another one: their places among the figures, and whether they are added or taken away.
pub(super) struct Identity {
    worked_out: usize,
    parts: Vec<(usize, i128)>,
    /// Whether a part may be left out, as a 補正予算 that was none.
    may_lack: bool,
}

impl Identity {
    pub(super) fn new(worked_out: usize, parts: Vec<(usize, i128)>) -> Self {
        Self { worked_out, parts, may_lack: false }
    }
}

/// What is done about a cell that is worked out wrongly.
const MEND: &str = "it is not taken: sheets work it out; mend it in the workbook";

/// Holds what is worked out against what it is worked out from; gives how many cells agree.
pub(super) fn verify(
    grid: &Grid,
    table: &Table,
    entries: &mut Entries,
    base: FiscalYear,
    (unit, rounding): (Unit, &[Rounding]),
) -> usize {
    let columns = &entries.columns;
    let mut remarks = Vec::new();
    let mut verified = 0;
    for identity in identities(entries, base) {
        let of = |entry| worked_out(entry, &identity).map(|(stated, sum)| (entry, stated, sum));
        let compared: Vec<(&Entry, &Figured, i128)> = entries.list.iter().filter_map(of).collect();
        type Row<'e> = (&'e Entry, &'e Figured, i128);
        let (right, wrong): (Vec<&Row<'_>>, Vec<&Row<'_>>) =
            compared.iter().partition(|(entry, stated, sum)| {
                stated.added() == Some(*sum) || is_rounded(entry, &identity, rounding)
            });
        let header = columns.get(identity.worked_out).map_or("", |column| column.header.as_str());
        if let (Some((_, stated, _)), true) = (compared.first(), wrong.len() > right.len()) {
            let what = format!("`{header}` is not worked out from the columns beside it as its name says");
            remarks.push(Remark::new(super::UNVERIFIED, stated.cell, what, "say what it is with `--map`"));
            continue;
        }
        verified += right.len();
        let parts = || identity.parts.iter().map(|(part, _)| *part).chain([identity.worked_out]);
        let figures =
            right.iter().flat_map(|(entry, ..)| parts().filter_map(|at| entry.figures.get(at)?.as_ref()));
        figures.for_each(|figured| grid.mark(figured.cell, Fate::Verified));
        for (_, stated, sum) in wrong {
            let what = format!(
                "`{header}` says {}, and its row makes {}",
                told(&stated.text, unit),
                told(&amount(*sum, unit), unit)
            );
            remarks.push(Remark::new(super::CHANGE, stated.cell, what, MEND));
        }
    }
    words_of_change(grid, table, entries, base);
    verified += rates(grid, table, entries, base, &mut remarks);
    remarks.extend(entries.list.iter().flat_map(|entry| left_out(grid, entries, entry)));
    remarks.extend(texts(grid, entries, unit));
    entries.remarks.extend(remarks);
    verified
}

pub(super) fn worked_out<'a>(entry: &'a Entry, identity: &Identity) -> Option<(&'a Figured, i128)> {
    let stated = entry.figures.get(identity.worked_out)?.as_ref()?;
    stated.added()?;
    let mut sum = 0_i128;
    for (part, sign) in &identity.parts {
        match entry.figures.get(*part)? {
            Some(figured) => sum = sum.checked_add(figured.makes()? * sign)?,
            None if identity.may_lack || identity.parts.len() == 2 && *sign < 0 => {}
            None => return None,
        }
    }
    Some((stated, sum))
}

/// Whether the rounding that the sheet names makes a figure what it is: each column was rounded for itself.
fn is_rounded(entry: &Entry, identity: &Identity, rounding: &[Rounding]) -> bool {
    let of = |at: usize| entry.figures.get(at)?.as_ref()?.money.addable();
    let parts = identity.parts.iter().filter_map(|(at, sign)| of(*at).map(|amount| (amount, *sign)));
    let parts = parts.map(|(amount, sign)| if sign < 0 { amount.negated() } else { amount });
    let parts: Vec<Amount> = parts.collect();
    of(identity.worked_out).is_some_and(|stated| explains(rounding, &parts, stated))
}

fn identities(entries: &Entries, base: FiscalYear) -> Vec<Identity> {
    let columns = entries.columns.as_slice();
    let places = |meaning: Meaning| {
        let is_it = move |column: &Column| column.role == Role::Amount(meaning) && column.account.is_none();
        columns.iter().enumerate().filter(move |(_, column)| is_it(column)).map(|(at, _)| at)
    };
    let place = |meaning: Meaning| places(meaning).next();
    let mut found = Vec::new();
    if let (Some(request), Some(wish), Some(worked_out)) =
        (place(Meaning::Requested), place(Meaning::Wish), place(Meaning::Total))
    {
        found.push(Identity::new(worked_out, vec![(request, 1), (wish, 1)]));
    }
    for worked_out in
        columns.iter().enumerate().filter(|(_, column)| column.role == Role::Change).map(|it| it.0)
    {
        let pair = compared_by(entries, base, Some(worked_out));
        found.extend(pair.map(|(current, prior)| Identity::new(worked_out, vec![(current, 1), (prior, -1)])));
    }
    if let (Some(added), Some(reduced), Some(net)) =
        (place(Meaning::Added), place(Meaning::Reduced), place(Meaning::Supplementary))
    {
        found.push(Identity::new(net, vec![(added, 1), (reduced, 1)]));
    }
    // 既定予算額, 補正要求額, 改予算額
    if let (Some(requested), [before, worked_out]) =
        (place(Meaning::Requested), places(Meaning::Revised).collect::<Vec<_>>().as_slice())
        && columns.get(requested).is_some_and(|column| column.header.contains("補正"))
    {
        found.push(Identity::new(*worked_out, vec![(*before, 1), (requested, 1)]));
        return found;
    }
    let year = |at: usize| columns.get(at).and_then(|column| column.year(Some(base)));
    for worked_out in places(Meaning::Revised) {
        let is_own = |at: &usize| year(*at) == year(worked_out);
        let enacted = place(Meaning::Enacted).or_else(|| places(Meaning::Budget).find(is_own));
        let enacted = enacted.or_else(|| places(Meaning::Prior).find(is_own));
        let mut parts: Vec<(usize, i128)> =
            places(Meaning::Supplementary).filter(is_own).map(|at| (at, 1)).collect();
        if parts.is_empty() && enacted.is_some_and(|at| year(at).is_some()) {
            parts.extend(place(Meaning::Supplementary).filter(|at| year(*at).is_none()).map(|at| (at, 1)));
        }
        if let Some(enacted) = enacted.filter(|_| !parts.is_empty()) {
            parts.insert(0, (enacted, 1));
            found.push(Identity { worked_out, parts, may_lack: true });
        }
    }
    found
}

/// Verifies the words that stand for a change: 皆増, 皆減, and － where there is nothing to work out.
fn words_of_change(grid: &Grid, table: &Table, entries: &Entries, base: FiscalYear) {
    let Some((current, prior)) = compared(entries, base) else { return };
    for column in table.of(Role::Change).chain(table.of(Role::Rate)) {
        for entry in &entries.list {
            let Some(cell) = grid.cell(super::Cell { row: entry.row, column: column.at }) else { continue };
            let added = |at: usize| entry.figures.get(at).and_then(Option::as_ref).and_then(Figured::added);
            let is_none = |at: usize| added(at).is_none_or(|added| added == 0);
            let holds = match fold_text(&cell.text).trim() {
                "皆増" | "新規" => is_none(prior),
                "皆減" | "廃止" | "終了" => is_none(current),
                "-" | "―" | "—" | "…" | "事項要求" => {
                    is_none(prior) || is_none(current) || added(prior) == added(current)
                }
                _ => false,
            };
            if holds {
                cell.mark(Fate::Verified);
            }
        }
    }
}

/// A rate as it is written, and what it may say: percents or a fraction, a growth or a ratio.
struct Rate {
    cell: super::Cell,
    /// Whether it fits, by each of the [`READINGS`].
    fits: [bool; 4],
}

/// In how many powers of ten a rate may be counted, and whether it is a growth: 20% for 120, or 120%.
const READINGS: [(u32, bool); 4] = [(2, true), (2, false), (0, true), (0, false)];

/// Verifies rates of change, as exactly as they are written. What they count in is what most of them fit.
fn rates(
    grid: &Grid,
    table: &Table,
    entries: &Entries,
    base: FiscalYear,
    remarks: &mut Vec<Remark>,
) -> usize {
    for column in table.of(Role::Rate) {
        let cells = entries.list.iter().map(|entry| super::Cell { row: entry.row, column: column.at });
        let is_error = |cell: &Filled| cell.kind == Kind::Error || crate::read::error_cell(&cell.text);
        let errors = cells.filter(|cell| grid.cell(*cell).is_some_and(is_error));
        remarks.extend(errors.map(|cell| {
            let what = format!(
                "`{}` is a spreadsheet's error, not a value",
                grid.cell(cell).map_or("", Filled::shown)
            );
            Remark::new(super::UNVERIFIED, cell, what, "mend the formula in the workbook")
        }));
    }
    let has = |column: &Column, words: &[&str]| words.iter().any(|word| column.header.contains(word));
    let is_growth = |column: &&Column| has(column, &["伸", "増減率", "change", "Change", "vs", "前年"]);
    // 要求/当初, 当初予算比: the amounts tell whether it is of these two.
    let is_ratio = |column: &&Column| has(column, &["/", "／", "÷", "比", "倍"]);
    let column = table.of(Role::Rate).find(is_growth).or_else(|| table.of(Role::Rate).find(is_ratio));
    let (Some(column), Some((current, prior))) = (column, compared(entries, base)) else { return 0 };
    let of = |entry: &Entry| {
        let cell = super::Cell { row: entry.row, column: column.at };
        let added = |at: usize| entry.figures.get(at).and_then(Option::as_ref).and_then(Figured::added);
        let (mantissa, scale, told) = grid.cell(cell).and_then(rate)?;
        let (current, prior) = (added(current)?, added(prior).filter(|prior| *prior != 0)?);
        let said = mantissa.checked_mul(prior)?;
        let fits = |(power, is_growth): (u32, bool)| {
            let made = if is_growth { current - prior } else { current };
            let made = made.checked_mul(10_i128.pow(scale + told.unwrap_or(power)))?;
            // As far as a rate is written, it may be rounded either way.
            Some((said - made).abs() <= prior.abs())
        };
        Some(Rate { cell, fits: READINGS.map(|reading| fits(reading).unwrap_or(false)) })
    };
    let rates: Vec<Rate> = entries.list.iter().filter_map(of).collect();
    // 対前年度比 may be 120% or 20% for the same.
    let may_be_ratio = is_ratio(&column);
    let places = (0..READINGS.len())
        .filter(|at| may_be_ratio || READINGS.get(*at).is_some_and(|(_, is_growth)| *is_growth));
    let fitting = |at: usize| rates.iter().filter(|rate| rate.fits.get(at) == Some(&true)).count();
    let best = places.rev().max_by_key(|at| fitting(*at)).unwrap_or(0);
    let says_percent =
        rates.iter().any(|rate| grid.cell(rate.cell).and_then(self::rate).is_some_and(|it| it.2.is_some()));
    // 増減率（％） has numbers alone below it; of others the amounts must tell what they are.
    let is_told = is_growth(&column) && (says_percent || column.header.contains(['%', '％']));
    if !is_told && fitting(best) * 2 <= rates.len() {
        return 0;
    }
    for rate in rates.iter().filter(|rate| rate.fits.get(best) == Some(&false)) {
        let said = grid.cell(rate.cell).map_or("", |cell| cell.text.trim());
        let what = format!("`{}` says {said}, which its row does not make", column.header);
        remarks.push(Remark::new(super::CHANGE, rate.cell, what, MEND));
    }
    let right = rates.iter().filter(|rate| rate.fits.get(best) == Some(&true));
    right.map(|rate| grid.mark(rate.cell, Fate::Verified)).count()
}

/// Numbers that are stored as texts, and so are left out of a formula `SUM(…)` that reaches them.
fn texts(grid: &Grid, entries: &Entries, unit: Unit) -> Vec<Remark> {
    let figures = || entries.list.iter().flat_map(|entry| entry.figures.iter().flatten());
    let worded = |figured: &Figured| super::figures::worded(grid.cell(figured.cell)?, figured.cell, unit);
    let mut found: Vec<Remark> = figures().filter_map(worded).collect();
    if found.is_empty() {
        return found;
    }
    let formulas = figures().filter_map(|figured| grid.cell(figured.cell)?.formula.as_deref());
    let mut ranges: Vec<(super::Cell, super::Cell)> = formulas.flat_map(super::formula::sums).collect();
    ranges.sort_unstable();
    ranges.dedup();
    let holds = |at: super::Cell, (from, to): &(super::Cell, super::Cell)| {
        (from.row..=to.row).contains(&at.row) && (from.column..=to.column).contains(&at.column)
    };
    found.truncate(MOST_TEXTS);
    found.retain(|remark| ranges.iter().take(MOST_TEXTS).any(|range| holds(remark.cell, range)));
    found
}

/// How many texts, and how many ranges of formulas, are held against each other.
const MOST_TEXTS: usize = 2_000;

/// Lines just above a total that its formula `SUM(…)` does not reach.
fn left_out(grid: &Grid, entries: &Entries, total: &Entry) -> Vec<Remark> {
    let of = |figured: &Figured| {
        let formula = grid.cell(figured.cell)?.formula.as_deref()?.strip_prefix("SUM(")?.strip_suffix(')')?;
        let (_, last) = formula.split_once(':')?;
        let last = super::parts::cell(last).filter(|last| last.column == figured.cell.column)?;
        let is_between = |entry: &&Entry| {
            let has_figure = entry.figures.iter().flatten().any(|other| other.cell.column == last.column);
            entry.row > last.row
                && entry.row < total.row
                && has_figure
                && titles::sum(entry.title()).is_none()
        };
        let missed = entries.list.iter().find(is_between)?;
        let what =
            format!("the formula `SUM({formula})` ends above `{}` in row {}", missed.title(), missed.row + 1);
        let help = "let it reach as far as the last line, if that is meant to be added";
        Some(Remark::new(super::TOTAL, figured.cell, what, help))
    };
    total.figures.iter().flatten().filter_map(of).collect()
}

/// A rate as a whole number and the power of ten that it is to be divided by, at most a millionth; in percents it is a hundredth of that, where it
/// says so.
fn rate(cell: &Filled) -> Option<(i128, u32, Option<u32>)> {
    let text = fold_text(&cell.text);
    let percent = text.trim_end().strip_suffix('%');
    let text =
        plain(percent.unwrap_or(&text).trim(), Unit::YEN, false).replace(['△', '▲'], "-").replace("- ", "-");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let fraction = fraction.get(..fraction.len().min(6))?;
    // `19.70%` may have been rounded to 19.7.
    let fraction = fraction.get(..fraction.trim_end_matches('0').len().max(1).min(fraction.len()))?;
    let mantissa: i128 = format!("{whole}{fraction}").parse().ok()?;
    let scale = u32::try_from(fraction.len()).ok()?;
    let told = if cell.kind == Kind::Percent { Some(0) } else { percent.map(|_| 2) };
    Some((mantissa, scale, told))
}
