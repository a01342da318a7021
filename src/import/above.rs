//! What stands above a table: its title, its office, its account, its unit and its year.

use std::ops::Range;

use super::amounts::{self, Named, Sure};
use super::grid::{Fate, Filled, Grid, Kind};
use super::remark::Remark;
use super::rows::states_unit;
use super::table::{Column, Table, holds_number, is_year, states_yen};
use super::taking::Shared;
use super::versions::stem;
use super::words::{self, Role};
use super::{Cell, Options, currencies, days, numbers, parts, titles, units};
use crate::model::{FiscalCalendar, FiscalYear, Lang, Money, Unit};

/// What stands above a table.
#[derive(Default)]
pub(super) struct Above {
    pub(super) title: Option<String>,
    /// The cell of the title, and whether it says a year or that it is a budget.
    place: Cell,
    is_told: bool,
    /// The last words above it, where they are not the title.
    pub(super) heading: Option<(Cell, String)>,
    pub(super) ministry: Option<String>,
    pub(super) account: Option<String>,
    pub(super) unit: Option<(Unit, String)>,
    pub(super) year: Option<(FiscalYear, Cell)>,
    /// How many its amounts count, where no currency stands beside that: (in thousands).
    pub(super) scale: Option<&'static str>,
    /// The first words above it about a unit that are not all understood.
    pub(super) unclear: Option<String>,
    pub(super) remarks: Vec<Remark>,
}

/// Reads what stands in the rows above a table or a form. What it does not use stays open, and is named with all that is left.
pub(super) fn above(grid: &Grid, rows: Range<usize>, file: &str) -> Above {
    let (mut above, calendar) = (Above::default(), grid.calendar);
    let mut titles: Vec<(Cell, String)> = Vec::new();
    for row in rows {
        let cells = grid.rows.get(row).map(|row| row.cells.as_slice()).unwrap_or_default();
        for (at, filled) in cells.iter().enumerate() {
            let mut text = filled.text.split_whitespace().collect::<Vec<_>>().join(" ");
            // 単位 and 千円 may stand in two cells.
            let before = at.checked_sub(1).and_then(|at| cells.get(at));
            if let Some(before) = before.filter(|before| units::unit_in_two(&before.text, &text).is_some()) {
                before.mark(Fate::Taken);
                text = format!("（単位：{}）", text.trim_matches([':', '：', ' ', '（', '）', '(', ')']));
            }
            if let Some(label) = before.filter(|label| above.labeled(&label.text, &text)) {
                [label, filled].into_iter().for_each(|cell| cell.mark(Fate::Taken));
                continue;
            }
            let cell = Cell { row, column: filled.column };
            let title = above.read(filled, &text, cell, calendar);
            titles.extend(title.map(|title| (cell, title)));
        }
    }
    let tells = |text: &String| {
        let words =
            ["要求", "予算", "総括", "調書", "一覧", "内訳", "Budget", "budget", "Request", "request"];
        words::year_in(text, None, calendar).is_some() || words.iter().any(|word| text.contains(word))
    };
    let told = titles.iter().find(|(_, text)| tells(text));
    above.is_told = told.is_some();
    let title = told.or(titles.first());
    let heading =
        titles.last().filter(|last| titles.len() > 1 && Some(&last.1) != title.map(|(_, text)| text));
    let bare = |text: &str| numbers::numbered(text).map_or(text, |(_, _, title)| title).to_owned();
    above.heading = heading.map(|(cell, text)| (*cell, bare(text)));
    above.title = title.map(|(cell, text)| {
        above.place = *cell;
        grid.mark(*cell, Fate::Taken);
        text.clone()
    });
    let of_sheet = || Some((units::unit_alone(&grid.name)?, "the sheet's name".to_owned()));
    let of_file = || Some((units::unit(stem(file))?, "the file's name".to_owned()));
    above.unit = above.unit.or_else(of_sheet).or_else(of_file);
    above
}

/// What is said of amounts that stand above a table in boxes of their own, and belong to no form.
pub(super) fn boxed(grid: &Grid, rows: Range<usize>) -> Vec<Remark> {
    let pairs = rows.flat_map(|row| {
        let cells = grid.rows.get(row).map(|row| row.cells.as_slice()).unwrap_or_default();
        cells.windows(2).map(move |pair| (row, pair))
    });
    let said = |(row, pair): (usize, &[Filled])| {
        let [label, beside] = pair else { return None };
        let is_amount = matches!(amounts::named(&label.text), Some(Named::Amount(_, Sure::Whole)));
        let is_it = is_amount && holds_number(beside) && !is_year(beside);
        let what = format!(
            "`{}` above the table says {}, which was not taken",
            label.text.trim(),
            beside.text.trim()
        );
        let help = "give it a place in the table, or name the program above it, too, so that the boxes are a form (個票)";
        is_it.then(|| Remark::assumed(Cell { row, column: beside.column }, what, help))
    };
    pairs.filter_map(said).collect()
}

impl Above {
    /// Says where neither the titles nor the heads of what is requested name the year that was asked for, and some name another.
    pub(super) fn asked(&mut self, grid: &Grid, heads: &[(FiscalYear, Cell)], asked: FiscalYear) {
        let is_asked = |(year, cell): &(FiscalYear, Cell)| {
            let text = grid.cell(*cell).map_or("", |cell| cell.text.as_str());
            let mut rests = text.char_indices().filter_map(|(at, _)| text.get(at..));
            *year == asked || rests.any(|rest| words::year_in(rest, None, grid.calendar) == Some(asked))
        };
        let said: Vec<&(FiscalYear, Cell)> = self.year.iter().chain(heads).collect();
        if let Some((year, cell)) = said.first().filter(|_| !said.iter().any(|said| is_asked(said))) {
            let [year, asked] = [year, &asked].map(|year| year.slug().to_uppercase());
            let what = format!("the sheet is about {year}, and was read as of {asked}, as asked");
            let help = "leave `--year` out, or the year in the map of columns, if the sheet is right";
            self.remarks.push(Remark::assumed(*cell, what, help));
        }
    }

    /// With what the table before on its sheet says, too: below that a title may be only the heading of this one.
    pub(super) fn behind(mut self, before: &Shared) -> Self {
        if before.is_behind && before.title.is_some() && !self.is_told {
            let title = std::mem::replace(&mut self.title, before.title.clone());
            let bare = |text: String| numbers::numbered(&text).map_or(text.clone(), |it| it.2.to_owned());
            self.heading = self.heading.or(title.map(|title| (self.place, bare(title))));
        }
        self.ministry = self.ministry.or_else(|| before.ministry.clone());
        self
    }

    /// Takes what stands beside a label: 会計 and 一般会計, 所管 and 防災省; tells whether it is that.
    fn labeled(&mut self, label: &str, text: &str) -> bool {
        let place = match label_of(label) {
            Some(Labeled::Account) => &mut self.account,
            Some(Labeled::Ministry) => &mut self.ministry,
            None => return false,
        };
        let is_name = label_of(text).is_none() && text.starts_with(char::is_alphabetic);
        let is_new = is_name && place.is_none();
        if is_new {
            *place = Some(text.to_owned());
        }
        is_new
    }

    /// Takes what a cell says of the table; gives what may be its title.
    fn read(&mut self, filled: &Filled, text: &str, cell: Cell, calendar: FiscalCalendar) -> Option<String> {
        if label_of(text).is_some() {
            return None;
        }
        let unit = units::unit_alone(text);
        match (unit, &self.unit) {
            (Some(unit), Some((first, from))) if *first != unit => self.remarks.push(Remark::assumed(
                cell,
                format!("`{text}` states another unit than {from}, which was taken"),
                "say which one holds with `--unit`, or take the other out of the sheet",
            )),
            (Some(unit), None) => self.unit = Some((unit, cell.to_string())),
            _ => {}
        }
        self.scale = self.scale.or_else(|| units::scale(text));
        if self.unclear.is_none() && units::is_unclear(text) {
            self.unclear = Some(text.to_owned());
        }
        self.year = self.year.or_else(|| Some((words::only_year_in(text, calendar)?, cell)));
        let behind = |word: &str| {
            let rest = text.split(word).nth(1)?.trim_start_matches(['：', ':', ' ', '\u{3000}']);
            let end = rest.find([' ', '\u{3000}', '）', ')']).unwrap_or(rest.len());
            rest.get(..end).filter(|named| !named.is_empty()).map(str::to_owned)
        };
        // （１）港湾局 is the heading of a part, and so is what stands below another office.
        let is_whole = numbers::numbered(text).is_none() && self.ministry.is_none();
        let is_label = |text: &str| ["部局", "省庁", "府省庁"].iter().any(|label| text.ends_with(label));
        let ends = ["省", "庁", "府", "局", "院"];
        let is_of_office = |text: &str| !is_label(text) && ends.iter().any(|end| text.ends_with(end));
        let is_office = is_whole && is_of_office(text);
        // 防災省 令和9年度概算要求
        let front = text
            .split_once(' ')
            .filter(|(front, rest)| is_whole && is_of_office(front) && words::names_year(rest));
        let is_department =
            ["Department of ", "Ministry of ", "City of ", "County of ", "Town of ", "State of "]
                .iter()
                .any(|start| text.starts_with(start));
        let ministry = behind("所管").or_else(|| (is_office || is_department).then(|| text.to_owned()));
        let ministry = ministry.or_else(|| front.map(|(front, _)| front.to_owned()));
        let account = behind("会計：").or_else(|| behind("会計:"));
        let bare = match unit {
            Some(_) => {
                // Budget Authority, $ in billions
                let bracketed = text.rsplit_once(['（', '(', '【', '〔', '[']);
                let part = || {
                    text.rsplit_once([',', '、', '–', '—']).filter(|(_, tail)| units::unit(tail).is_some())
                };
                bracketed.or_else(part).map_or("", |(before, _)| before).to_owned()
            }
            None => text.to_owned(),
        };
        let bare = front.and_then(|(front, _)| bare.strip_prefix(front)).unwrap_or(&bare).trim().to_owned();
        // （１）一般会計
        let numbered = numbers::numbered(&bare).map(|(_, _, title)| title);
        let is_plain =
            |title: &&str| title.ends_with("会計") && titles::is_account(title) && !words::names_year(title);
        let plain = numbered.or(Some(bare.trim())).filter(is_plain);
        let named = plain.or_else(|| titles::account(bare.trim()));
        let account = account.or_else(|| named.map(str::to_owned));
        let is_new =
            ministry.is_some() && self.ministry.is_none() || account.is_some() && self.account.is_none();
        if is_new || unit.is_some() {
            filled.mark(Fate::Taken);
        }
        let is_known = ministry.is_some() && front.is_none() || account.is_some();
        self.ministry = self.ministry.take().or(ministry);
        self.account = self.account.take().or(account);
        let is_annex = ["別紙", "別添", "別表", "様式", "資料", "参考", "機密", "取扱", "Annex"];
        let is_title = !is_known
            && filled.kind != Kind::Date
            && !days::is_date(text)
            && !bare.trim().is_empty()
            && !bare.contains("単位")
            && !units::unit_word(&bare)
            && !is_annex.iter().any(|word| bare.starts_with(word))
            && !matches!(bare.trim(), "案" | "秘");
        is_title.then(|| bare.trim().to_owned())
    }
}

/// What a cell above a table may label beside it.
enum Labeled {
    Account,
    Ministry,
}

/// What a cell that says nothing else labels: 会計名, 所管：.
fn label_of(text: &str) -> Option<Labeled> {
    let said = words::folded(text);
    let bare = said.trim_end_matches(':');
    let bare = ["名", "区分", "種別"].iter().find_map(|end| bare.strip_suffix(end)).unwrap_or(bare);
    match bare {
        "会計" => Some(Labeled::Account),
        "所管" | "府省" | "省庁" | "府省庁" => Some(Labeled::Ministry),
        _ => None,
    }
}

/// How many rows from the last one up are looked at for notes that say a unit.
const MOST_NOTES: usize = 60;

/// The unit of a table and where it is said. In a check any will do. What is asked for goes before what the sheet says, which is then said.
pub(super) fn unit(
    above: &mut Above,
    table: &Table,
    grid: &Grid,
    options: &Options,
    before: &Shared,
) -> Option<(Unit, String)> {
    let is_word = |column: &&Column| matches!(column.role, Role::Label | Role::Name | Role::Code);
    let heads = || table.figures().into_iter().chain(table.columns.iter().filter(is_word));
    let stated = || Some((heads().find_map(|column| column.unit)?, "the header".to_owned()));
    let start = Cell { row: table.header.start, column: table.columns.first().map_or(0, |column| column.at) };
    let of_rows = || {
        let column = table.of(Role::Unit).next()?;
        let rows = grid.rows.get(table.body.clone())?;
        let unit = rows.iter().find_map(|row| units::unit_alone(row.text(column.at)))?;
        Some((unit, "the column of units".to_owned()))
    };
    let any = || Some((Unit::parse("million USD").filter(|_| options.is_check)?, "any".to_owned()));
    let below = || {
        let rows = grid.rows.iter().enumerate().skip(table.body.start).take(2);
        let mut stated = rows.filter_map(|(at, row)| Some((at, states_unit(row)?, row.cells.last()?)));
        let (row, unit, cell) = stated.next()?;
        Some((unit, Cell { row, column: cell.column }.to_string()))
    };
    // （注）単位は千円。
    let in_notes = || {
        let rows = grid.rows.iter().enumerate().skip(table.body.start).rev().take(MOST_NOTES);
        let mut cells = rows.flat_map(|(row, cells)| cells.cells.iter().map(move |cell| (row, cell)));
        cells.find_map(|(row, cell)| {
            let unit = units::unit(&cell.text).filter(|_| cell.text.contains("単位"))?;
            Some((unit, Cell { row, column: cell.column }.to_string()))
        })
    };
    // Amounts that all say it themselves: ¥1,000, 3億円.
    let of_amounts = || {
        let rows = grid.rows.get(table.body.clone())?.iter();
        let mut cells = rows.flat_map(|row| &row.cells);
        let are = |cell: &Filled| table.is_figure(cell.column) && holds_number(cell);
        let first = cells.clone().find(|cell| are(cell))?;
        let unit = Money::parse(&first.text, Unit::YEN).ok()?.amount().map_or(Unit::YEN, |it| it.unit());
        cells.all(|cell| !are(cell) || states_yen(&cell.text)).then(|| (unit, "the amounts".to_owned()))
    };
    // What a column or a row says of its own amounts holds for these, whatever is asked for.
    let of_all = || above.unit.clone().or_else(below).or_else(in_notes).or_else(|| before.unit.clone());
    if let Some(asked) = options.unit() {
        let said = of_all().filter(|(said, _)| *said != asked);
        above.remarks.extend(said.map(|(said, from)| overruled(start, (said, &from), asked)));
        return Some((asked, "as asked".to_owned()));
    }
    // Request (€), and (in thousands) above it.
    let of_symbol = || {
        let code = table.figures().into_iter().find_map(|column| units::symbol(&column.header))?;
        let unit = currencies::whole(&format!("{} {}", above.scale.unwrap_or_default(), code.code()))?;
        Some((unit, "the header".to_owned()))
    };
    // What is said above and not understood is asked about, whatever the file is called.
    let of_above =
        || above.unit.clone().filter(|(_, from)| above.unclear.is_none() || parts::cell(from).is_some());
    let found = of_above().or_else(below).or_else(stated).or_else(of_rows);
    if found.is_none() && above.unclear.is_some() {
        return None;
    }
    found
        .or_else(in_notes)
        .or_else(of_amounts)
        .or_else(of_symbol)
        .or_else(|| before.unit.clone())
        .or_else(any)
}

/// That another unit was asked for than a sheet says.
pub(super) fn overruled(start: Cell, (said, from): (Unit, &str), asked: Unit) -> Remark {
    let (said, asked) = (said.label(Lang::Ja), asked.label(Lang::Ja));
    let what = format!("the sheet counts in {said} ({from}), and was read in {asked}, as asked");
    let help = "leave `--unit` out, or the unit in the map of columns, if the sheet is right";
    Remark::assumed(parts::cell(from).unwrap_or(start), what, help)
}
