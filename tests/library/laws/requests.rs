//! Requests that no file could make, built of the public types: whatever they hold, reading's other half goes through.

use gaisan::compose::Templates;
use gaisan::diagnostic::{Color, concise, github, json, sarif, text};
use gaisan::lineage::Lineage;
use gaisan::model::{
    Amount, Basis, Breakdown, FiscalYear, Id, Lang, Line, Money, Note, NoteKind, Period, Print, Program,
    Request, Rounding, Scale, SplitPart, Stage, Status, Unit,
};
use gaisan::read::Reading;
use gaisan::render::terminal::{self, Look};
use gaisan::rollup::Rollup;
use gaisan::source::Spanned;
use gaisan::{Project, build::Format, exchange, sheet};
use proptest::prelude::*;

use super::cases;
use crate::support;
use crate::values::any::{amounts, calendars, money, nowhere, prints, roundings, texts, units, years};

/// What a change is made of; which of it is taken depends on `kind`.
#[derive(Clone, Debug)]
struct Change {
    kind: u8,
    at: usize,
    money: [Money; 2],
    amount: Amount,
    text: String,
    year: FiscalYear,
    unit: Unit,
    rounding: Rounding,
    print: Print,
    calendar: gaisan::model::FiscalCalendar,
    number: u16,
}

fn change() -> impl Strategy<Value = Change> {
    let values = (money(), money(), amounts(), texts(), years());
    let rules = (units(), roundings(), prints(), calendars(), any::<u16>());
    (any::<u8>(), any::<usize>(), values, rules).prop_map(
        |(kind, at, (one, other, amount, text, year), (unit, rounding, print, calendar, number))| Change {
            kind,
            at,
            money: [one, other],
            amount,
            text,
            year,
            unit,
            rounding,
            print,
            calendar,
            number,
        },
    )
}

impl Change {
    fn apply(&self, request: &mut Request) {
        match self.kind % 5 {
            0 => self.chapter(request),
            kind => {
                let program = nth(&mut request.programs, self.at);
                match (program, kind) {
                    (Some(program), 1 | 2) => self.line(&mut program.line),
                    (Some(program), _) => self.program(program),
                    (None, _) => self.line(&mut request.line),
                }
            }
        }
    }

    fn chapter(&self, request: &mut Request) {
        match self.number % 12 {
            0 | 1 => request.fiscal_year.value = self.year,
            2 => request.unit = self.unit,
            3 => request.rounding = Some(self.rounding),
            4 => request.conventions.print = Some(self.print),
            5 => request.conventions.calendar = Some(self.calendar),
            6 => request.lang = if self.at.is_multiple_of(2) { Lang::Ja } else { Lang::En },
            7 => request.stage = if self.at.is_multiple_of(2) { Stage::Enacted } else { Stage::Proposal },
            8 => request.programs.clear(),
            9 => request.ministry.clone_from(&self.text),
            10 => request.programs.extend(request.programs.clone()),
            _ => request.file = nowhere().file,
        }
    }

    fn line(&self, line: &mut Line) {
        let [one, other] = self.money;
        let span = if self.at.is_multiple_of(7) { nowhere() } else { line.id.span };
        let note = |kind| Note { kind, text: (self.at.is_multiple_of(3)).then(|| self.text.clone()), span };
        match self.number % 16 {
            0 => line.requested.money = Spanned::new(one, span),
            1 => line.prior.money = Spanned::new(one, span),
            2 => line.requested.split = Some((Spanned::new(one, span), Spanned::new(other, span))),
            3 => line.enacted = Some(Spanned::new(self.amount, span)),
            4 => line.supplementary = Some(Spanned::new(self.amount, span)),
            5 => {
                let part = |requested, prior| SplitPart { name: self.text.clone(), requested, prior };
                let (one, other) = (Spanned::new(one, span), Spanned::new(other, span));
                line.accounts = vec![part(Some(one), None), part(None, None), part(Some(other), Some(one))];
            }
            6 => line.breakdown = Some(Spanned::new(Breakdown::Complete, span)),
            7 => line.breakdown = None,
            8 => line.id = Spanned::new(Id::stand_in(""), span),
            9 => line.title.clone_from(&self.text),
            10 => {
                line.notes.push(note(NoteKind::InAddition { amount: Some(Spanned::new(self.amount, span)) }))
            }
            11 => line.notes.push(note(NoteKind::Recount { partly: true, of: Some(self.text.clone()) })),
            12 => line.notes.push(note(NoteKind::Within { of: None })),
            13 => line.status = Some(Spanned::new(Status::New, span)),
            14 => {
                (line.prior.basis, line.prior.with) =
                    (Basis::Combined, vec![self.text.clone(), String::new()])
            }
            _ => line.unread = true,
        }
    }

    fn program(&self, program: &mut Program) {
        let span = nowhere();
        let of = |bit: u16| self.number & bit != 0;
        match self.at % 6 {
            0 => {
                program.period = Some(Box::new(Period {
                    from: of(1).then(|| Spanned::new(self.year, span)),
                    to: of(2).then(|| Spanned::new(self.year.next(), span)),
                    years: of(4).then(|| Spanned::new(self.number, span)),
                    max_years: of(8).then(|| Spanned::new(self.number, span)),
                    note: None,
                }));
            }
            1 => {
                let bound = |bit| of(bit).then(|| Spanned::new(self.amount, span));
                program.scale =
                    Some(Box::new(Scale { min: bound(1), max: bound(2), per: None, about: of(4) }));
            }
            2 => program.body = Some(Spanned::new(self.text.clone(), span)),
            3 => program.summary = Some(Spanned::new(self.text.clone(), span)),
            4 => program.children = vec![program.clone(), program.clone()],
            _ => {
                // Deeper than a file can nest.
                let mut inner = program.clone();
                inner.children.clear();
                for _ in 0..120 {
                    inner = Program { children: vec![inner.clone()], ..inner };
                }
                program.children = vec![inner];
            }
        }
    }
}

/// One of the programs and their parts.
fn nth(programs: &mut [Program], at: usize) -> Option<&mut Program> {
    let count = programs.len().checked_add(1)?;
    let program = programs.get_mut(at % count)?;
    let below = at / count;
    if below.is_multiple_of(2) || program.children.is_empty() {
        Some(program)
    } else {
        nth(&mut program.children, below / 2)
    }
}

/// Goes every way through the library, and says what came out. What the library itself contains of its faults it says, too.
fn all_of(old: &Project, new: &Project) -> String {
    let templates = Templates::new(&[]).unwrap();
    let (before, after) = (gaisan::check(old), gaisan::check(new));
    let (findings, sources) = (&after.findings, &new.reading.sources);
    let mut said = text(findings, sources, Color::Always);
    said += &[concise(findings, sources), github(findings, sources), json(findings, sources, None)].concat();
    said += &sarif(findings, sources, &[], None);
    for job in gaisan::sheets(&after, &templates) {
        for format in [Format::Markdown, Format::Html, Format::Pdf] {
            said += &gaisan::render(&job, format, &templates, new).err().unwrap_or_default();
        }
    }
    let look = Look { width: 80, all: true, color: true, bars: true };
    let rollups: Vec<Rollup<'_>> =
        old.reading.requests.iter().chain(&new.reading.requests).map(Rollup::of).collect();
    let lineage = Lineage::of(&rollups);
    for rollup in &rollups {
        for row in &rollup.rows {
            said += &terminal::shown(&sheet::standing(&lineage, rollup, row, Some(Lang::En)), look);
        }
    }
    for (one, other) in [(&before, &after), (&after, &before), (&after, &after)] {
        if let Ok(diff) = gaisan::diff(one, other) {
            said += &gaisan::diff::json(&diff);
            said += &gaisan::diff::csv(&diff).unwrap();
            said += &terminal::text(&sheet::glance(&diff, None, true), look);
            said += &sheet::stat(&diff, None).concat();
            said += &format!("{:?}", sheet::changes(&diff, Some(Lang::Ja)).len());
        }
    }
    said += &exchange::json(&rollups);
    said += &exchange::tidy(&rollups, exchange::Delimiter::Comma);
    said
}

fn project(folder: &str) -> Project {
    let reading: Reading = support::reading(folder);
    Project { reading, severities: gaisan::settings::Severities::default() }
}

proptest! {
    #![proptest_config(cases(20))]

    #[test]
    fn no_request_panics_anywhere(changes in proptest::collection::vec(change(), 1..6), folder in 0..2_usize) {
        let folder = ["fy2022/mext-5", "demo-en"][folder];
        let (old, mut new) = (project(folder), project(folder));
        for change in &changes {
            change.apply(&mut new.reading.requests[0]);
        }
        let said = all_of(&old, &new);
        prop_assert!(!said.contains("gaisan itself has failed"), "{changes:?}: {}", said.split("gaisan itself").nth(1).unwrap_or_default().chars().take(300).collect::<String>());
    }
}
