//! What stands above a table: its title, its office, its account, its unit and its year.

use super::Cell;
use super::grid::Grid;
use super::table::Table;
use super::words;
use crate::model::{FiscalYear, Unit};

/// What stands above a table.
#[derive(Default)]
pub(super) struct Above {
    pub(super) title: Option<String>,
    pub(super) ministry: Option<String>,
    pub(super) account: Option<String>,
    pub(super) unit: Option<(Unit, String)>,
    pub(super) year: Option<FiscalYear>,
    pub(super) left: Vec<(Cell, String)>,
}

pub(super) fn above(grid: &Grid, table: &Table, file: &str) -> Above {
    let mut above = Above::default();
    for row in table.above.clone() {
        let Some(cells) = grid.rows.get(row).map(|row| &row.cells) else { continue };
        for filled in cells {
            let text = filled.text.split_whitespace().collect::<Vec<_>>().join(" ");
            let cell = Cell { row, column: filled.column };
            let unit = words::unit(&text);
            let year = words::year(&text, None);
            if let Some(unit) = unit {
                above.unit.get_or_insert((unit, cell.to_string()));
            }
            above.year = above.year.or(year);
            let behind = |word: &str| {
                let rest = text.split(word).nth(1)?.trim_start_matches(['：', ':', ' ', '\u{3000}']);
                let end = rest.find([' ', '\u{3000}', '）', ')']).unwrap_or(rest.len());
                rest.get(..end).filter(|named| !named.is_empty()).map(str::to_owned)
            };
            let is_office = ["省", "庁", "府", "局", "院"].iter().any(|end| text.ends_with(end));
            let ministry = behind("所管").or_else(|| is_office.then(|| text.clone()));
            let account = behind("会計：").or_else(|| behind("会計:"));
            let is_used = unit.is_some() || ministry.is_some() || account.is_some();
            above.ministry = above.ministry.or(ministry);
            above.account = above.account.or(account);
            if !is_used && above.title.is_none() {
                above.title = Some(text);
            } else if !is_used {
                above.left.push((cell, text));
            }
        }
    }
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    above.unit = above.unit.or_else(|| Some((words::unit(stem)?, "the file's name".to_owned())));
    above
}
