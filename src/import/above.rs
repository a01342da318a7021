//! What stands above a table: its title, its office, its account, its unit and its year.

use super::Cell;
use super::grid::{Fate, Filled, Grid, Kind};
use super::remark::Remark;
use super::table::Table;
use super::{days, words};
use crate::model::{FiscalCalendar, FiscalYear, Unit};

/// What stands above a table.
#[derive(Default)]
pub(super) struct Above {
    pub(super) title: Option<String>,
    pub(super) ministry: Option<String>,
    pub(super) account: Option<String>,
    pub(super) unit: Option<(Unit, String)>,
    pub(super) year: Option<FiscalYear>,
    pub(super) remarks: Vec<Remark>,
}

/// Reads what stands above a table. What it does not use stays open, and is named with all that is left.
pub(super) fn above(grid: &Grid, table: &Table, file: &str) -> Above {
    let (mut above, calendar) = (Above::default(), grid.calendar);
    let mut titles: Vec<(&Filled, String)> = Vec::new();
    for row in table.above.clone() {
        let cells = grid.rows.get(row).map(|row| row.cells.as_slice()).unwrap_or_default();
        for (at, filled) in cells.iter().enumerate() {
            let mut text = filled.text.split_whitespace().collect::<Vec<_>>().join(" ");
            // 単位 and 千円 may stand in two cells.
            let before = at.checked_sub(1).and_then(|at| cells.get(at));
            if let Some(before) = before.filter(|before| words::unit_in_two(&before.text, &text).is_some()) {
                before.mark(Fate::Taken);
                text = format!("（単位：{}）", text.trim_matches([':', '：', ' ', '（', '）', '(', ')']));
            }
            let title = above.read(filled, &text, Cell { row, column: filled.column }, calendar);
            titles.extend(title.map(|title| (filled, title)));
        }
    }
    let tells = |text: &String| {
        let words =
            ["要求", "予算", "総括", "調書", "一覧", "内訳", "Budget", "budget", "Request", "request"];
        words::year_in(text, None, calendar).is_some() || words.iter().any(|word| text.contains(word))
    };
    let title = titles.iter().find(|(_, text)| tells(text)).or(titles.first());
    above.title = title.map(|(filled, text)| {
        filled.mark(Fate::Taken);
        text.clone()
    });
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    above.unit = above.unit.or_else(|| Some((words::unit(stem)?, "the file's name".to_owned())));
    above
}

impl Above {
    /// Takes what a cell says of the table; gives what may be its title.
    fn read(&mut self, filled: &Filled, text: &str, cell: Cell, calendar: FiscalCalendar) -> Option<String> {
        let unit = words::unit(text);
        match (unit, &self.unit) {
            (Some(unit), Some((first, from))) if *first != unit => self.remarks.push(Remark::new(
                super::ASSUMED,
                cell,
                format!("`{text}` states another unit than {from}, which was taken"),
                "say which one holds with `--unit`, or take the other out of the sheet",
            )),
            (Some(unit), None) => self.unit = Some((unit, cell.to_string())),
            _ => {}
        }
        self.year = self.year.or_else(|| words::year_in(text, None, calendar));
        let behind = |word: &str| {
            let rest = text.split(word).nth(1)?.trim_start_matches(['：', ':', ' ', '\u{3000}']);
            let end = rest.find([' ', '\u{3000}', '）', ')']).unwrap_or(rest.len());
            rest.get(..end).filter(|named| !named.is_empty()).map(str::to_owned)
        };
        let is_office = ["省", "庁", "府", "局", "院"].iter().any(|end| text.ends_with(end));
        let ministry = behind("所管").or_else(|| is_office.then(|| text.to_owned()));
        let account = behind("会計：").or_else(|| behind("会計:"));
        let is_new =
            ministry.is_some() && self.ministry.is_none() || account.is_some() && self.account.is_none();
        if is_new || unit.is_some() {
            filled.mark(Fate::Taken);
        }
        let is_known = ministry.is_some() || account.is_some();
        self.ministry = self.ministry.take().or(ministry);
        self.account = self.account.take().or(account);
        let bare = match unit {
            Some(_) => {
                text.rsplit_once(['（', '(', '【', '〔', '[']).map_or("", |(before, _)| before).to_owned()
            }
            None => text.to_owned(),
        };
        let is_annex = ["別紙", "別添", "別表", "様式", "資料", "参考", "機密", "取扱", "Annex"];
        let is_title = !is_known
            && filled.kind != Kind::Date
            && !days::is_date(text)
            && !bare.trim().is_empty()
            && !bare.contains("単位")
            && !words::unit_word(&bare)
            && !is_annex.iter().any(|word| bare.starts_with(word))
            && !matches!(bare.trim(), "案" | "秘");
        is_title.then(|| bare.trim().to_owned())
    }
}
