//! Sheets that are the details of lines of another one: a summary, and a sheet for each of its lines. Their lines are parts of those.

use std::collections::BTreeSet;

use super::compared::explains;
use super::gather::find;
use super::grid::Grid;
use super::numbers;
use super::remark::Remark;
use super::table::Table;
use super::taking::Taking;
use super::told::{place, tell};
use super::totals::{amount as said, told};
use super::words::folded;
use super::{Cell, Figure, Import, TakenAmount, TakenLine};
use crate::model::{Amount, Rounding, Unit};

/// Puts the tables of sheets that are called as a line of another sheet is below that line, and holds them against it. Each table comes with its place
/// among what was taken.
pub(super) fn attach(
    import: &mut Import,
    name: &str,
    tables: &[(&Grid, usize)],
    taken: Vec<Taking>,
) -> Vec<Taking> {
    let is_alone = |grid: &Grid| tables.iter().filter(|(other, _)| other.name == grid.name).count() == 1;
    let mut above: Vec<Option<(usize, String)>> = vec![None; taken.len()];
    let mut taken = taken;
    for (detail, at) in tables.iter().filter(|(grid, _)| !grid.name.is_empty() && is_alone(grid)) {
        for (grid, of) in tables.iter().filter(|(grid, _)| grid.name != detail.name) {
            let is_free =
                above.get(*at).is_some_and(Option::is_none) && above.get(*of).is_some_and(Option::is_none);
            let is_used = above.iter().flatten().any(|(used, _)| used == at);
            let (Some(parts), Some(whole)) = (taken.get(*at), taken.get(*of)) else { continue };
            let Some((title, remarks, complete)) =
                line_of(&detail.name, parts, whole).filter(|_| is_free && !is_used)
            else {
                continue;
            };
            for (of_year, is_complete) in
                taken.get_mut(*of).into_iter().flat_map(|it| &mut it.years).zip(complete)
            {
                find(&mut of_year.lines, &title).into_iter().for_each(|line| line.is_complete = is_complete);
            }
            if let Some(above) = above.get_mut(*at) {
                *above = Some((*of, title));
            }
            tell(import, name, grid, remarks);
        }
    }
    let mut kept: Vec<Option<Taking>> = taken.into_iter().map(Some).collect();
    for (at, above) in above.into_iter().enumerate() {
        if let Some((of, title)) = above
            && let Some(detail) = kept.get_mut(at).and_then(Option::take)
            && let Some(Some(summary)) = kept.get_mut(of)
        {
            summary.below.push((title, detail));
        }
    }
    kept.into_iter().flatten().collect()
}

/// Puts the table below the boxes of a form into the program of the form, as its parts. The forms come first among what was taken.
pub(super) fn attach_forms(
    import: &mut Import,
    name: &str,
    tables: &[(&Grid, Table)],
    (taken, forms): (&mut Vec<Taking>, usize),
) {
    for at in 0..forms {
        let Some(form) = taken.get(at) else { return };
        let is_below = |parts: &Taking| parts.origin.sheet == form.origin.sheet;
        let Some(place) = taken.iter().skip(forms).position(is_below) else { continue };
        let parts = taken.remove(forms + place);
        let Some(form) = taken.get_mut(at) else { return };
        let Some(line) = form.years.first().and_then(|of| of.lines.first()) else { continue };
        let (title, mut remarks) = (folded(&line.title), differences(line, &parts, form));
        // Parts say nothing of last year where they have no column of it.
        let of_parts = parts.years.iter().flat_map(|of| leaves(&of.lines)).flat_map(|line| &line.amounts);
        let figures: BTreeSet<Figure> = of_parts.map(|amount| amount.figure).collect();
        let unsaid = line.amounts.iter().filter(|amount| !figures.contains(&amount.figure));
        let unsaid: Vec<Cell> = unsaid.map(|amount| amount.place.cell).collect();
        remarks.retain(|remark| !unsaid.contains(&remark.cell));
        let lines = form.years.iter_mut().flat_map(|of| &mut of.lines);
        lines.for_each(|line| line.is_complete = remarks.is_empty());
        let is_it =
            |(grid, _): &&(&Grid, Table)| form.origin.sheet.as_ref().is_none_or(|sheet| grid.name == *sheet);
        if let Some((grid, _)) = tables.iter().find(is_it) {
            tell(import, name, grid, remarks);
        }
        form.below.push((title, parts));
    }
}

/// Leaves out the tables whose lines are groups of another sheet. What is said otherwise there is a finding.
pub(super) fn leave_summaries(
    import: &mut Import,
    name: &str,
    tables: &[(&Grid, usize)],
    taken: &mut [Taking],
) {
    for (grid, at) in tables {
        for (other, of) in tables.iter().filter(|(other, _)| other.name != grid.name) {
            let (Some(summary), Some(whole)) = (taken.get(*at), taken.get(*of)) else { continue };
            let Some(remarks) = groups(summary, whole) else { continue };
            tell(import, name, grid, remarks);
            let start = summary.origin.range.0;
            if let Some(summary) = taken.get_mut(*at) {
                summary.years.clear();
            }
            let what = format!("its lines are groups of sheet `{}`, and were held against them", other.name);
            import.left.push(format!("{}: {what}", place(name, grid, Some(start))));
        }
    }
}

/// In which amounts the lines of a table are not those of lines of the same titles at the top of another one, which have parts; `None` where it is not
/// about the same.
fn groups(summary: &Taking, whole: &Taking) -> Option<Vec<Remark>> {
    let (own, other) = (summary.years.first()?, whole.years.first()?);
    let is_flat = own.lines.iter().all(|line| line.children.is_empty());
    if own.lines.len() < 2
        || own.year != other.year
        || !is_flat
        || summary.unit.currency() != whole.unit.currency()
    {
        return None;
    }
    let (mut remarks, mut equal, mut has_parts) = (Vec::new(), 0_usize, false);
    for line in &own.lines {
        let same = other.lines.iter().find(|same| folded(&same.title) == folded(&line.title))?;
        has_parts |= !same.children.is_empty();
        for amount in line.amounts.iter().filter(|amount| amount.account.is_none()) {
            let Some(stated) = amount.money.addable() else { continue };
            let mut addends = Vec::new();
            add(same, amount.figure, &mut addends);
            match difference(line, amount, stated, &addends, summary.unit) {
                Some(remark) => remarks.push(remark),
                None => equal += 1,
            }
        }
    }
    (has_parts && equal > remarks.len()).then_some(remarks)
}

/// The line whose details a sheet is: its title, what differs, and in which years its parts are all of it.
pub(super) fn line_of(
    sheet: &str,
    parts: &Taking,
    whole: &Taking,
) -> Option<(String, Vec<Remark>, Vec<bool>)> {
    let bare = folded(numbers::numbered(sheet).map_or(sheet, |(_, _, title)| title));
    let mut titles = whole.years.iter().flat_map(|of| leaves(&of.lines));
    let said =
        [Some(&sheet.to_owned()), parts.title.as_ref(), parts.heading.as_ref(), parts.ministry.as_ref()];
    let said = said.map(|said| said.map_or_else(String::new, |said| folded(said)));
    let title = titles.find_map(|line| {
        let title = folded(&line.title);
        let is_named = title == bare || title == folded(sheet);
        // Words that only have the title in them need the same amounts.
        let is_within = title.chars().count() > 1
            && said.iter().any(|said| said.contains(&title))
            && !line.amounts.is_empty();
        (is_named || is_within && differences(line, parts, whole).is_empty()).then_some(title)
    })?;
    let mut remarks = Vec::new();
    let complete = whole.years.iter().map(|of| {
        let line = leaves(&of.lines).find(|line| folded(&line.title) == title);
        let found = line.map(|line| differences(line, parts, whole)).unwrap_or_default();
        let is_complete = found.is_empty();
        remarks.extend(found);
        is_complete
    });
    let complete = complete.collect();
    Some((title, remarks, complete))
}

/// The lines that have none below them.
pub(super) fn leaves(lines: &[TakenLine]) -> Box<dyn Iterator<Item = &TakenLine> + '_> {
    Box::new(lines.iter().flat_map(|line| match line.children.is_empty() {
        true => Box::new(std::iter::once(line)) as Box<dyn Iterator<Item = &TakenLine>>,
        false => leaves(&line.children),
    }))
}

/// In which amounts a line is not what the lines of a sheet add up to.
fn differences(line: &TakenLine, parts: &Taking, whole: &Taking) -> Vec<Remark> {
    let year = whole.years.iter().find(|of| leaves(&of.lines).any(|other| std::ptr::eq(other, line)));
    let parts = year.and_then(|of| parts.years.iter().find(|parts| parts.year == of.year));
    let differs = |amount: &TakenAmount| {
        let stated = amount.money.addable().filter(|_| amount.account.is_none())?;
        let mut addends = Vec::new();
        parts.into_iter().flat_map(|of| &of.lines).for_each(|line| add(line, amount.figure, &mut addends));
        difference(line, amount, stated, &addends, whole.unit)
    };
    line.amounts.iter().filter_map(differs).collect()
}

/// What is to be said of an amount of a line that others do not add up to.
fn difference(
    line: &TakenLine,
    amount: &TakenAmount,
    stated: Amount,
    addends: &[Amount],
    unit: Unit,
) -> Option<Remark> {
    let sum = Amount::sum(addends.iter().copied()).ok().flatten();
    let makes = sum.map_or_else(|| "0".to_owned(), |sum| told(&said(sum.smallest_units(), unit), unit));
    let printed = told(&amount.text, unit);
    let what = format!("`{}` says {printed}, and the lines of its sheet add up to {makes}", line.title);
    let help = "the printed figure is kept; mend whichever is wrong in the workbook and import it again";
    (!makes_up(addends, stated)).then(|| Remark::new(super::TOTAL, amount.place.cell, what, help))
}

/// Whether amounts add up to a total, or would if they were rounded as it is: it may count a larger unit.
pub(super) fn makes_up(addends: &[Amount], total: Amount) -> bool {
    let sum = Amount::sum(addends.iter().copied()).ok().flatten();
    sum.is_some_and(|sum| {
        let is_finer = sum.quantum_exponent() < total.quantum_exponent();
        sum.same_value(total) || is_finer && explains(&Rounding::ALL, addends, total)
    })
}

/// What a line adds of a figure: its own amount, or those of its parts.
pub(super) fn add(line: &TakenLine, figure: Figure, into: &mut Vec<Amount>) {
    if line.aside.is_some() {
        return;
    }
    match line.amounts.iter().find(|amount| amount.figure == figure && amount.account.is_none()) {
        Some(amount) => into.extend(amount.money.addable()),
        None => line.children.iter().for_each(|child| add(child, figure, into)),
    }
}
