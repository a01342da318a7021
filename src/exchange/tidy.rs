//! Chapters as rows of data: one row an amount, the same fields in CSV, TSV and JSON.

use serde::Serialize;

use super::counted_in;
use crate::diff::{harmless, state};
use crate::export;
use crate::model::{Amount, Basis, Lang, Money, SplitPart, Stage, Unit, pointed};
use crate::rollup::{Column, Rollup, Row};

/// An amount of a line with all that says which one it is.
#[derive(Clone, Debug, Serialize)]
struct Record {
    chapter: String,
    id: String,
    title: String,
    /// The ids from the chapter down to the line, with slashes between them.
    path: String,
    /// The groups (局, 分野) of its program, from the outermost in.
    group: Option<String>,
    /// 0 for the chapter, 1 for its programs.
    level: usize,
    /// The year and the stage of the chapter's file.
    year: u16,
    stage: Stage,
    /// Which of the line's amounts it is.
    column: &'static str,
    /// Which of last year's figures a prior amount is.
    basis: Option<Basis>,
    /// What the amount is a share by, account or instrument, and whose share it is.
    split: Option<&'static str>,
    part: Option<String>,
    /// Whether the line above counts it.
    counted: bool,
    /// Whether it is worked out from the parts of the line.
    computed: bool,
    state: &'static str,
    /// The amount in the unit of the chapter, and the step to which it is known.
    value: Option<String>,
    precision: Option<String>,
    unit: String,
    currency: String,
    /// The amount in the currency itself, and the year that it is for: a prior amount is for the year before.
    amount: Option<String>,
    amount_year: u16,
}

/// What stands between the cells of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delimiter {
    /// `,`
    Comma,
    /// A tab.
    Tab,
}

/// The amounts of some chapters as a text with a header. No cell of it is a formula to a spreadsheet.
pub fn tidy(rollups: &[Rollup<'_>], delimiter: Delimiter) -> String {
    let delimiter = if delimiter == Delimiter::Tab { b'\t' } else { b',' };
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    for mut record in records(rollups) {
        for text in
            [Some(&mut record.title), Some(&mut record.unit), record.part.as_mut(), record.group.as_mut()]
                .into_iter()
                .flatten()
        {
            *text = harmless(text);
        }
        // Writing to memory cannot fail.
        let _ = writer.serialize(record);
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// The same as a JSON document, described by `docs/schema/amounts.schema.json`.
pub fn json(rollups: &[Rollup<'_>]) -> String {
    #[derive(Serialize)]
    struct Amounts {
        amounts: Vec<Record>,
    }
    export::document("amounts", &Amounts { amounts: records(rollups) })
}

fn records(rollups: &[Rollup<'_>]) -> Vec<Record> {
    let mut records = Vec::new();
    for rollup in rollups {
        let (mut path, mut group): (Vec<String>, Option<String>) = Default::default();
        for row in &rollup.rows {
            path.truncate(row.depth);
            path.push(row.line.id.value.to_string());
            if row.depth <= 1 {
                group = row.program.map(|program| program.group.join(" / ")).filter(|it| !it.is_empty());
            }
            of_row(rollup, row, (&path.join("/"), group.as_ref()), &mut records);
        }
    }
    records
}

fn of_row(
    rollup: &Rollup<'_>,
    row: &Row<'_>,
    (path, group): (&str, Option<&String>),
    records: &mut Vec<Record>,
) {
    let (request, line) = (rollup.request, row.line);
    let mut add =
        |column: &'static str, money: Money, computed: bool, part: Option<(&'static str, &SplitPart)>| {
            let own = money.amount();
            let amount = own.and_then(|amount| counted_in(amount, request.unit));
            let year = request.fiscal_year.value;
            let is_prior = column == Column::Prior.slug();
            if money == Money::NotStated {
                return;
            }
            records.push(Record {
                chapter: request.line.id.value.to_string(),
                id: line.id.value.to_string(),
                title: line.title.clone(),
                path: path.to_owned(),
                group: group.cloned(),
                level: row.depth,
                year: year.western(),
                stage: request.stage,
                column,
                basis: is_prior.then_some(line.prior.basis),
                split: part.map(|(split, _)| split),
                part: part.map(|(_, part)| part.name.clone()),
                counted: row.depth > 0
                    && part.is_none()
                    && line.is_addable()
                    && !matches!(money, Money::Within(_)),
                computed,
                state: state(&money),
                value: amount.map(|amount| amount.digits()),
                precision: own.and_then(|amount| plain(amount.quantum(), request.unit)),
                unit: request.unit.label(Lang::En),
                currency: request.unit.currency().to_string(),
                amount: own.and_then(|amount| plain(amount, request.unit.with_exponent(0)?)),
                amount_year: if is_prior { year.prior() } else { year }.western(),
            });
        };
    for column in Column::ALL {
        let (stated, money) = (column.stated(line), column.awaited(row));
        add(column.slug(), money, stated == Money::NotStated && money == column.money(row), None);
        if column == Column::Requested
            && let Some((request, wish)) = line.requested.split
        {
            add("request", request.value, false, None);
            add("wish", wish.value, false, None);
        }
    }
    for (split, parts) in [("account", &line.accounts), ("instrument", &line.instruments)] {
        for part in parts {
            for (column, money) in [(Column::Requested, part.requested), (Column::Prior, part.prior)] {
                add(
                    column.slug(),
                    money.map_or(Money::NotStated, |money| money.value),
                    false,
                    Some((split, part)),
                );
            }
        }
    }
}

/// What an amount comes to in a unit, exactly, without zeros that say nothing.
fn plain(amount: Amount, unit: Unit) -> Option<String> {
    let digits = pointed(amount.smallest_units(), unit.exponent() + 2);
    Some(digits.trim_end_matches('0').trim_end_matches('.').to_owned())
}
