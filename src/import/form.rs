//! A form (個票): boxes of words with what they ask for beside them, one program a sheet.

use std::ops::Range;

use super::grid::{Fate, Filled, Grid};
use super::remark::Remark;
use super::value::{Value, value};
use super::words::{self, Meaning, Role};
use super::{Cell, Figure, Place, TakenAmount, TakenLine, units};
use crate::model::{Money, Unit, fold};

/// What a form says.
pub(super) struct Form<'g> {
    /// The rows above its boxes.
    pub(super) above: Range<usize>,
    /// What is asked for, and what stands beside it.
    fields: Vec<(&'g Filled, Cell, &'g Filled)>,
    /// The last row.
    pub(super) end: Cell,
}

/// The longest word of a box, in characters.
const LONGEST_LABEL: usize = 16;

/// Reads the rows of a grid down to one as a form, where they name a program and an amount.
pub(super) fn form(grid: &Grid, end: usize) -> Option<Form<'_>> {
    let mut form = Form { above: 0..0, fields: Vec::new(), end: Cell::default() };
    for (row, cells) in grid.rows.iter().enumerate().take(end) {
        // A title may have the unit of all boxes beside it.
        let is_head = form.fields.is_empty() && cells.cells.iter().any(|cell| units::is_mark(&cell.text));
        for pair in cells.cells.chunks(2) {
            if let [label, beside] = pair
                && label.text.trim().chars().count() <= LONGEST_LABEL
                && !is_head
            {
                form.above.end = if form.fields.is_empty() { row } else { form.above.end };
                let cell = Cell { row, column: beside.column };
                form.end = cell;
                form.fields.push((label, cell, beside));
            }
        }
    }
    let has_amount = form.fields.iter().any(|(label, ..)| figure(label).is_some());
    (form.name().is_some() && has_amount && form.fields.len() > 2).then_some(form)
}

/// The figure that a box asks for.
fn figure(label: &Filled) -> Option<Figure> {
    match words::role(&label.text)? {
        Role::Amount(Meaning::Requested | Meaning::Total) => Some(Figure::Requested),
        Role::Amount(Meaning::Wish) => Some(Figure::Wish),
        Role::Amount(Meaning::Prior) => Some(Figure::Prior),
        Role::Amount(Meaning::Enacted) => Some(Figure::Enacted),
        Role::Amount(Meaning::Supplementary) => Some(Figure::Supplementary),
        _ => None,
    }
}

impl Form<'_> {
    /// The field of the program's name.
    fn name(&self) -> Option<(Cell, &str)> {
        let asks = |label: &Filled| {
            matches!(
                words::folded(&label.text).as_str(),
                "事業名"
                    | "事業の名称"
                    | "事業名称"
                    | "施策名"
                    | "件名"
                    | "name"
                    | "title"
                    | "program"
                    | "project"
            )
        };
        let (_, cell, beside) = self.fields.iter().find(|(label, ..)| asks(label))?;
        Some((*cell, beside.text.trim()))
    }

    /// The ministry that one of its boxes names.
    pub(super) fn ministry(&self) -> Option<String> {
        let asks = |label: &Filled| {
            matches!(
                words::folded(&label.text).as_str(),
                "府省" | "府省名" | "府省庁" | "府省庁名" | "省庁名" | "所管" | "ministry"
            )
        };
        let (_, _, beside) = self.fields.iter().find(|(label, ..)| asks(label))?;
        Some(beside.text.trim().to_owned())
    }

    /// The unit that a box of its own says.
    pub(super) fn unit(&self) -> Option<Unit> {
        self.fields.iter().find_map(|(label, _, beside)| units::unit_in_two(&label.text, &beside.text))
    }

    /// Notes that its boxes are taken.
    pub(super) fn mark(&self) {
        self.fields
            .iter()
            .flat_map(|(label, _, beside)| [label, beside])
            .for_each(|cell| cell.mark(Fate::Taken));
    }

    /// How many boxes it has.
    pub(super) fn count(&self) -> usize {
        self.fields.len()
    }

    /// The program, and the unit of its amounts: that of the first one, where nobody says another.
    pub(super) fn line(&self, said: Option<Unit>, remarks: &mut Vec<Remark>) -> (TakenLine, Option<Unit>) {
        let (cell, name) = self.name().unwrap_or_default();
        let origin = Place { origin: 0, cell };
        let mut line =
            TakenLine { title: name.to_owned(), origin, is_complete: true, ..TakenLine::default() };
        let mut unit = said;
        for (label, cell, beside) in &self.fields {
            let Some(figure) = figure(label) else {
                let asked: String = label.text.chars().filter(|c| fold(*c) != ' ').collect();
                if *cell != origin.cell && units::unit_in_two(&label.text, &beside.text).is_none() {
                    line.texts.push((asked, beside.text.trim().to_owned()));
                }
                continue;
            };
            let states_unit =
                beside.text.contains(|c: char| matches!(c, '円' | '億') || c.is_ascii_alphabetic());
            let bare = beside.text.trim().trim_matches(['（', '）', '(', ')']);
            let bare = Filled { text: bare.to_owned(), ..(*beside).clone() };
            let place = Place { origin: 0, cell: *cell };
            match value(&bare, unit.unwrap_or_default(), false) {
                Value::Money(Money::Known(_), _) if unit.is_none() && !states_unit => {
                    let what = format!("`{}` does not say in which unit it is", bare.text);
                    let help = "write the unit behind it, or give it with `--unit`";
                    remarks.push(Remark::new(super::NO_AMOUNT, *cell, what, help));
                }
                Value::Money(money, text) | Value::Bracketed(money, text, _) => {
                    unit = unit.or(money.amount().map(|amount| amount.unit()));
                    line.amounts.push(TakenAmount { figure, account: None, money, text, place });
                }
                Value::Wrong(what, help) => remarks.push(Remark::new(super::NO_AMOUNT, *cell, what, help)),
            }
        }
        (line, unit)
    }
}
