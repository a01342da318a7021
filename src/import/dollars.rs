//! Whose dollars a table counts in that says only `$`.

use super::currencies;
use super::grid::Grid;
use super::remark::Remark;
use super::table::Table;
use super::taking::File;
use super::versions::stem;
use super::{Cell, parts};
use crate::model::Unit;

/// The unit in the dollars of the country whose sheet it is. Dollars of no country are those of the United States where the sheet names no other one.
pub(super) fn of_sheet(
    (unit, from): (Unit, &str),
    (grid, table): (&Grid, &Table),
    file: File<'_>,
    remarks: &mut Vec<Remark>,
) -> Unit {
    let is_usual = Unit::parse("USD").map(Unit::currency) == Some(unit.currency());
    if file.options.unit().is_some() || !is_usual {
        return unit;
    }
    let start = Cell { row: table.header.start, column: table.columns.first().map_or(0, |column| column.at) };
    let place = parts::cell(from).unwrap_or(start);
    let rows = grid.rows.get(table.above.start..table.header.end).unwrap_or_default();
    let above = rows.iter().flat_map(|row| &row.cells).map(|cell| cell.text.as_str());
    let texts = above.chain([grid.name.as_str(), stem(file.name)]);
    let named: Vec<(&str, bool)> = texts.flat_map(currencies::dollars).collect();
    let others = || named.iter().filter(|(code, _)| *code != "USD");
    let Some((code, _)) = others().next().filter(|_| others().count() == named.len()) else { return unit };
    let speakers: Vec<&(&str, bool)> = named.iter().filter(|(_, speaks)| *speaks).collect();
    let own =
        speakers.iter().all(|(other, _)| other == code).then_some(code).filter(|_| !speakers.is_empty());
    let own = own.and_then(|code| Unit::parse(code)?.with_exponent(unit.exponent()));
    if own.is_none() {
        let what =
            format!("`$` names no country, and was taken for US dollars beside words about others ({code})");
        let help = "say which dollars are meant, as in `--unit \"thousand AUD\"`";
        remarks.push(Remark::assumed(place, what, help));
    }
    own.unwrap_or(unit)
}
