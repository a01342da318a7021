//! The years of a line: what was asked for, what was enacted, what supplementary budgets added.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::conventions::makes;
use super::figures::FigureLink;
use super::wording::Wording;
use super::years::{Year, known};
use crate::figure::{Bar, ColumnChart, ColumnYear, Figure, Figures};
use crate::lineage::{Lineage, Past, PastYear};
use crate::model::{Amount, Drawing, FiscalYear, Money, Stage};
use crate::rollup::{Rollup, Row};
use crate::source::FileId;
use crate::words;

/// The years of one line, as a table and a chart.
#[derive(Clone, Debug, Serialize)]
pub struct Series {
    /// The line's id.
    pub id: String,
    /// The line's title, where it is a part of the sheet's program; empty for the program itself.
    pub title: String,
    /// The unit of the table.
    pub unit_line: String,
    /// The heads of the columns, the year's first.
    pub columns: Vec<String>,
    /// The years, in order.
    pub rows: Vec<SeriesRow>,
    /// What must be known to compare the years.
    pub notes: Vec<String>,
    /// The same as a chart.
    pub chart: Option<FigureLink>,
}

/// A year of a series.
#[derive(Clone, Debug, Serialize)]
pub struct SeriesRow {
    pub year: String,
    /// Whether it is the sheet's own year.
    pub own: bool,
    /// The amounts, a cell a column.
    pub figures: Vec<String>,
}

/// The programs of a chapter, and what was asked for them year by year.
#[derive(Clone, Debug, Serialize)]
pub struct Matrix {
    /// The heading: after the requests, or where a year is known at another stage only, after the years.
    pub heading: &'static str,
    /// The unit of the table.
    pub unit_line: String,
    /// The heads of the columns, the program's first, then the years.
    pub columns: Vec<String>,
    /// A row a program.
    pub rows: Vec<MatrixRow>,
    /// What must be known to compare the years.
    pub notes: Vec<String>,
}

/// A program with what was asked for it in each year.
#[derive(Clone, Debug, Serialize)]
pub struct MatrixRow {
    /// The program's title.
    pub title: String,
    /// The amounts, a cell a year.
    pub figures: Vec<String>,
    /// The same as they are, for what prints no text.
    #[serde(skip)]
    pub amounts: Vec<Money>,
}

/// The series of a line, with the files of other chapters that it is made from; `None` where the run holds fewer than two years
/// of it. `title` names a part of the sheet's program and is empty for the program itself.
pub(super) fn series(
    lineage: &Lineage<'_>,
    rollup: &Rollup<'_>,
    row: &Row<'_>,
    title: String,
    wording: &Wording<'_>,
    (figures, sources): (&mut Figures, &mut BTreeSet<FileId>),
) -> Option<Series> {
    let past = lineage.past(rollup, row);
    let (lines, years) = (&past.years, known(&past.years));
    if !is_a_series(lines, &years) {
        return None;
    }
    sources.extend(past.files);
    let own = wording.request.fiscal_year.value;
    let mut notes = breaks(lines, Some(&years), wording);
    notes.extend(recalled(&years, wording));
    let mut sums = years.values().filter_map(|year| {
        Some((year.sum().addable()?, [year.initial, year.supplementary].map(Money::addable)))
    });
    let is_even = |(sum, parts): (Amount, [Option<Amount>; 2])| {
        makes(sum, parts.into_iter().flatten().collect(), wording)
    };
    if !sums.all(is_even) {
        notes.push(wording.words.rounding.trim_start_matches("※ ").to_owned());
    }
    let (columns, rows) = table(&years, own, wording);
    let id = row.line.id.value.to_string();
    // A program may have its chapter's id; the chapter's chart is named after its sheet.
    let of = if row.depth == 0 { "overview" } else { &id };
    Some(Series {
        unit_line: wording.unit_line_over(years.values().flat_map(Year::said).filter_map(Money::addable)),
        columns,
        rows,
        notes,
        chart: Some(chart(of, &title, &years, wording, figures)),
        id,
        title,
    })
}

/// What was asked for some lines of a chapter, year by year, with the files of other chapters that it is made from; `None` where
/// the run holds fewer than two years of each.
pub(super) fn matrix<'a, 'r: 'a>(
    lineage: &Lineage<'_>,
    rollup: &Rollup<'_>,
    rows: impl Iterator<Item = &'a Row<'r>>,
    wording: &Wording<'_>,
    sources: &mut BTreeSet<FileId>,
) -> Option<Matrix> {
    let mut programs = Vec::new();
    let mut notes = Vec::new();
    let mut columns: BTreeMap<FiscalYear, Stage> = BTreeMap::new();
    let asked = |past: &Past<'_>| -> BTreeMap<FiscalYear, (Stage, Money)> {
        known(&past.years).iter().filter_map(|(year, known)| Some((*year, known.first()?))).collect()
    };
    let mut add = |row: &Row<'_>, past: Past<'_>, part: bool| {
        let asked = asked(&past);
        let lines = past.years;
        let several = asked.len() > 1;
        if asked.is_empty() && !part {
            return several;
        }
        let title = wording.title(row.line);
        if several {
            sources.extend(past.files);
            let breaks = breaks(&lines, None, wording).into_iter();
            notes.extend(breaks.map(|note| format!("{title}{}{note}", wording.words.colon)));
        }
        for (year, (stage, _)) in &asked {
            let first = columns.entry(*year).or_insert(*stage);
            *first = (*first).min(*stage);
        }
        let of_which = if part { wording.words.of_which } else { "" };
        programs.push((format!("{of_which}{title}"), asked));
        several
    };
    for row in rows {
        if add(row, lineage.past(rollup, row), false) {
            continue;
        }
        // Of an amount that is there all parts are told, or none: what is left out would be missing in it.
        let states = row.requested.amount.is_some();
        let parts = rollup.children_of(row).map(|part| (part, lineage.past(rollup, part)));
        let parts: Vec<(&Row<'_>, Past<'_>)> = parts.collect();
        if !states || parts.iter().any(|(_, past)| asked(past).len() > 1) {
            for (part, past) in parts {
                add(part, past, states);
            }
        }
    }
    if !programs.iter().any(|(_, asked)| asked.len() > 1) {
        return None;
    }
    let unit = wording.unit();
    let asked = programs.iter().flat_map(|(_, asked)| asked.values());
    let unit_line = wording.unit_line_over(asked.filter_map(|(_, money)| money.addable()));
    let rows = programs.into_iter().map(|(title, asked)| {
        let amount = |(year, stage)| {
            asked.get(year).filter(|(said, _)| said == stage).map_or(Money::NotStated, |(_, money)| *money)
        };
        let amounts: Vec<Money> = columns.iter().map(amount).collect();
        let figures = amounts.iter().map(|money| wording.notation.cell(money, unit)).collect();
        MatrixRow { title, figures, amounts }
    });
    let is_asked = columns.values().all(|stage| *stage == Stage::Request);
    let head = |(year, stage): (&FiscalYear, &Stage)| match is_asked {
        true => wording.year(*year),
        false => {
            let notation = &wording.notation;
            format!("{}{}{}", wording.year(*year), notation.gap(), notation.requested(*stage))
        }
    };
    let program = wording.words.program.to_owned();
    Some(Matrix {
        heading: if is_asked { wording.words.matrix } else { wording.words.series },
        unit_line,
        rows: rows.collect(),
        columns: std::iter::once(program).chain(columns.iter().map(head)).collect(),
        notes,
    })
}

/// Whether the run itself holds at least two years that say something, one of them an amount; the others may say that it is open (事項要求),
/// over (終了) or not stated (記載なし).
fn is_a_series(lines: &[PastYear<'_>], years: &BTreeMap<FiscalYear, Year>) -> bool {
    let own = || lines.iter().filter_map(|lines| years.get(&lines.year));
    let says = |is: fn(&Money) -> bool| own().filter(|year| year.said().iter().any(is)).count();
    says(|money| money.amount().is_some()) > 0 && says(|money| *money != Money::NotStated) > 1
}

/// The heads and rows of the table, without columns that have nothing to say.
fn table(
    years: &BTreeMap<FiscalYear, Year>,
    own: FiscalYear,
    wording: &Wording<'_>,
) -> (Vec<String>, Vec<SeriesRow>) {
    let (words, unit) = (wording.words, wording.unit());
    let named = |stage| wording.notation.requested(stage);
    let heads = [
        named(Stage::Request),
        named(Stage::Proposal),
        words.series_initial,
        words.supplementary,
        words.series_sum,
        named(Stage::Settled),
    ];
    let cells = |year: &Year| {
        [year.requested, year.proposed, year.initial, year.supplementary, year.sum(), year.settled]
            .map(|money| wording.notation.cell(&money, unit))
    };
    let told = years.iter().filter(|(_, known)| known.is_told());
    let rows: Vec<(FiscalYear, [String; 6])> = told.map(|(year, known)| (*year, cells(known))).collect();
    let said = |at: usize| rows.iter().any(|(_, cells)| cells.get(at).is_some_and(|cell| !cell.is_empty()));
    let columns = heads.iter().enumerate().filter(|(at, _)| said(*at)).map(|(_, head)| (*head).to_owned());
    let columns = std::iter::once(words.series_year.to_owned()).chain(columns);
    let printed = rows.iter().map(|(year, cells)| SeriesRow {
        year: wording.year(*year),
        own: *year == own,
        figures: cells.iter().enumerate().filter(|(at, _)| said(*at)).map(|(_, cell)| cell.clone()).collect(),
    });
    (columns.collect(), printed.collect())
}

fn chart(
    of: &str,
    title: &str,
    years: &BTreeMap<FiscalYear, Year>,
    wording: &Wording<'_>,
    figures: &mut Figures,
) -> FigureLink {
    let (words, unit) = (wording.words, wording.unit());
    let bar = |money: Money| {
        money.is_stated().then(|| Bar {
            // An amount in another currency has no bar beside these.
            value: money.addable().filter(|it| it.currency() == unit.currency()).map(Amount::smallest_units),
            text: wording.notation.cell(&money, unit),
        })
    };
    let columns: Vec<ColumnYear> = years
        .iter()
        .filter(|(_, known)| known.is_told())
        .map(|(year, known)| {
            let added = if known.has_additions() { known.supplementary } else { Money::NotStated };
            ColumnYear {
                label: wording.year(*year),
                own: *year == wording.request.fiscal_year.value,
                amounts: [known.requested, known.proposed, known.initial, added, known.settled].map(bar),
            }
        })
        .collect();
    let columns = ColumnChart::shown(columns);
    let named = |stage| wording.notation.requested(stage);
    let names = [
        named(Stage::Request),
        named(Stage::Proposal),
        words.series_initial,
        words.supplementary,
        named(Stage::Settled),
    ]
    .map(str::to_owned);
    let sentences = columns.iter().map(|year| {
        let said: Vec<String> = names
            .iter()
            .zip(&year.amounts)
            .filter_map(|(name, bar)| Some(format!("{name}{}{}", wording.notation.gap(), bar.as_ref()?.text)))
            .collect();
        let said =
            if said.is_empty() { words::not_stated(wording.lang).to_owned() } else { said.join(words.comma) };
        format!("{}{}{said}", year.label, words.colon)
    });
    let sentences: Vec<String> = sentences.collect();
    let subject = if title.is_empty() { String::new() } else { format!("{title}{}", words.gap) };
    let sentences = sentences.join(words::years_end(wording.lang));
    let alt = words::columns_by_year(wording.lang, subject, wording.unit_line(), sentences);
    let target = format!("figures/{}", Drawing::Series.file_name(of));
    figures.insert(
        target.clone(),
        Figure::Columns(ColumnChart { unit: wording.unit_label(), names, years: columns }),
    );
    FigureLink { id: format!("{of}-series"), target, alt, title: words.series.to_owned() }
}

/// Says where lines were merged, split or rearranged, so that the years on both sides cannot simply be compared: of the years of their files, and
/// among `all` years of the one before that is known only from them.
fn breaks(
    lines: &[PastYear<'_>],
    all: Option<&BTreeMap<FiscalYear, Year>>,
    wording: &Wording<'_>,
) -> Vec<String> {
    let lang = wording.lang;
    let broken = lines.iter().filter_map(|each| Some((each, each.broken?)));
    broken
        .map(|(each, kind)| {
            let before = each.year.prior();
            let is_recalled = |known: &Year| known.recalled.is_some();
            let has_file = lines.iter().any(|other| other.year == before);
            let is_known = !has_file && all.and_then(|all| all.get(&before)).is_some_and(is_recalled);
            let own = wording.year(each.year);
            let year = if is_known { [wording.year(before), own].join(wording.words.comma) } else { own };
            let titles: Vec<String> = each
                .lines
                .iter()
                .filter_map(|line| line.first())
                .map(|place| words::quoted(lang, wording.title(place.row.line)))
                .collect();
            let (titles, why) = (titles.join(words::titles_gap(lang)), kind.happened(lang));
            match each.lines.len() {
                0 | 1 => words::of_one(lang, year, titles, why),
                _ => words::of_several(lang, year, titles, why),
            }
        })
        .collect()
}

/// Says which initial budgets are known only from the next year's file, stage by stage.
fn recalled(years: &BTreeMap<FiscalYear, Year>, wording: &Wording<'_>) -> Vec<String> {
    let mut stages: BTreeMap<Stage, Vec<String>> = BTreeMap::new();
    for (year, known) in years {
        if let Some(stage) = known.recalled {
            stages.entry(stage).or_default().push(wording.year(*year));
        }
    }
    let notes = stages.into_iter().map(|(stage, names)| {
        let file = match stage {
            Stage::Request => words::request_file(wording.lang),
            stage => wording.notation.stage(stage),
        };
        words::recalled(wording.lang, names.join(wording.words.comma), file)
    });
    notes.collect()
}
