//! Where in its life the budget of each year of a table stands: the heads of its columns say it, then the title, as far as that is about the year. Of columns
//! of one year and several stages only those of the table's own stage are its amounts.

use super::Options;
use super::amounts::{INITIAL, SUPPLEMENTARY, is_stated, says, staged, staged_by};
use super::changes::changes_made;
use super::dated::{names_year, title_of};
use super::remark::Remark;
use super::rows::Entry;
use super::table::Column;
use super::words::{Meaning, Role};
use super::years::{Kind, Years, is_next, kind};
use crate::model::{FiscalCalendar, FiscalYear, Stage};
use crate::read::stage_word;

/// What is known of the stages of a table beside its columns.
pub(super) struct Stages {
    title: Option<String>,
    /// The stage that the caller names.
    asked: Option<Stage>,
    /// The year of the table.
    base: FiscalYear,
    calendar: FiscalCalendar,
}

impl Stages {
    pub(super) fn new(title: Option<&String>, options: &Options, base: FiscalYear) -> Self {
        Self { title: title.cloned(), asked: options.stage, base, calendar: options.calendar }
    }

    /// Whether the caller names none.
    pub(super) fn is_open(&self) -> bool {
        self.asked.is_none()
    }

    fn title(&self, year: FiscalYear) -> Option<String> {
        title_of(self.title.as_deref()?, year, self.calendar)
    }

    /// Where the budget of a year stands.
    pub(super) fn of(&self, years: &Years<'_>, year: FiscalYear) -> Stage {
        if years.main() == Some(year)
            && let Some(asked) = self.asked
        {
            return asked;
        }
        let (heads, title) = (years.heads(year), self.title(year));
        let texts = || heads.iter().copied().chain(title.as_deref());
        let any = |words| texts().any(|text| says(text, words));
        if any(SUPPLEMENTARY) && !any(INITIAL) {
            Stage::Supplementary
        } else if !years.asks(year) && years.has(year, Kind::Settled) {
            Stage::Settled
        } else if let Some(stage) = self.of_title(&heads, year).or_else(|| staged_by(&heads)) {
            stage
        } else if !years.asks(year) && year < self.base {
            Stage::Enacted
        } else {
            let otherwise = if any("予算額") { Stage::Proposal } else { Stage::Request };
            title.as_deref().and_then(staged).unwrap_or(otherwise)
        }
    }

    /// The stage that the title says of the table's own year, where its heads say another one: 当初 in a 要求書 says which budget is asked for. Heads that
    /// state a stage in so many words yield only to a title that names their year.
    fn of_title(&self, heads: &[&str], year: FiscalYear) -> Option<Stage> {
        let title = self.title(year).filter(|_| year == self.base)?;
        let (own, said) = (staged(&title)?, staged_by(heads)?);
        let names = || names_year(&title) && !is_stated(&[&title], said);
        let is_other = own != said && said != Stage::Request && is_stated(&[&title], own);
        (is_other && (!is_stated(heads, said) || names())).then_some(own)
    }

    /// Says that the title was followed, and not the head of a column that states another stage.
    fn overruled(&self, columns: &[Column], list: &[Entry]) -> Option<Remark> {
        let is_own = |column: &&Column| self.of_column(column).is_some();
        let heads: Vec<&str> = columns.iter().filter(is_own).map(|column| column.header.as_str()).collect();
        let own = self.of_title(&heads, self.base).filter(|_| self.asked.is_none())?;
        let is_stating =
            |column: &Column| self.of_column(column).is_some_and(|it| is_stated(&[&column.header], it));
        let at = columns.iter().position(is_stating)?;
        let (column, first) =
            (columns.get(at)?, list.iter().find_map(|entry| entry.figures.get(at)?.as_ref())?);
        let what = format!("`{}` was taken for the {}, as the title says", column.header, stage_word(own));
        Some(Remark::assumed(first.cell, what, "name the one that is meant with `--stage`"))
    }

    /// The stage of an amount of the table's own year, as its head says it.
    fn of_column(&self, column: &Column) -> Option<Stage> {
        let Role::Amount(meaning) = column.role else { return None };
        let is_own = !is_next(column) && column.year(Some(self.base)).unwrap_or(self.base) == self.base;
        let said = staged(&column.header);
        match kind(meaning).filter(|_| is_own)? {
            Kind::Asked => said.or(Some(Stage::Request)),
            Kind::Budget => said.filter(|said| *said != Stage::Request),
            _ => None,
        }
    }

    /// Where a table has amounts of its year at several stages, takes those of its own as what is asked for: the stage that was named, that of the title, or
    /// the one that the changes are made from. What is enacted of a request stays beside it.
    pub(super) fn choose(&self, columns: &mut [Column], list: &[Entry]) -> Vec<Remark> {
        let stages: Vec<Option<Stage>> = columns.iter().map(|column| self.of_column(column)).collect();
        let has = |stage| stages.contains(&Some(stage));
        let of_title = || self.title(self.base).as_deref().and_then(staged);
        let of_changes = || {
            let made = |at: &usize| changes_made(columns, list, self.base, *at);
            let staged = (0..columns.len()).filter(|at| stages.get(*at).is_some_and(Option::is_some));
            let best = staged.filter(|at| made(at) > 0).max_by_key(made)?;
            stages.get(best).copied().flatten()
        };
        let found = [self.asked, of_title()].into_iter().flatten().find(|stage| has(*stage));
        let own = found.or_else(of_changes).unwrap_or(Stage::Request);
        let is_left = |stage: Stage| stage != own && (own, stage) != (Stage::Request, Stage::Enacted);
        if !has(own) || !stages.iter().flatten().any(|stage| is_left(*stage)) {
            return self.overruled(columns, list).into_iter().collect();
        }
        let mut remarks = Vec::new();
        for (at, (column, stage)) in columns.iter_mut().zip(&stages).enumerate() {
            let Some(stage) = *stage else { continue };
            if is_left(stage) {
                column.role = Role::Amount(Meaning::Passed);
                let first = list.iter().find_map(|entry| entry.figures.get(at)?.as_ref());
                remarks.extend(first.map(|first| {
                    let what = format!(
                        "`{}` is the {} of the same year, and the {} was taken",
                        column.header,
                        stage_word(stage),
                        stage_word(own)
                    );
                    let help = "name the one that is meant with `--stage`";
                    Remark::assumed(first.cell, what, help)
                }));
            } else if stage == own
                && matches!(column.role, Role::Amount(meaning) if kind(meaning) == Some(Kind::Budget))
            {
                column.role = Role::Amount(Meaning::Requested);
            }
        }
        if self.asked == Some(own) { Vec::new() } else { remarks }
    }
}
