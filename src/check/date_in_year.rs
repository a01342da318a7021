//! W0415: a date agrees with the fiscal years: what a request cites is decided before its year is over, and a target lies ahead.

use crate::diagnostic::Diagnostic;
use crate::model::{Due, Outcome, Program, Stage};
use crate::notation::Notation;
use crate::rollup::Rollup;
use crate::source::Spanned;

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    let request = rollup.request;
    // Settled accounts look back.
    if request.fiscal_year.value.is_stand_in() || request.stage > Stage::Proposal {
        return;
    }
    let year = Notation::new(request.lang).fiscal_year(request.fiscal_year.value);
    if let Some((_, last)) = request.calendar().months(request.fiscal_year.value) {
        let dated = request.citations.iter().filter_map(|citation| Some((citation, citation.date?)));
        for (citation, date) in dated.filter(|(_, date)| last.is_before(date.value)) {
            let message = format!("`{}` is dated after the fiscal year it is cited in", citation.id.value);
            findings.push(
                Diagnostic::new("W0415", date.span, message)
                    .here(format!("{}; {year} ends with {}", date.value.iso(), last.iso()))
                    .also(request.fiscal_year.span, "the fiscal year of the request")
                    .help("correct the date, or the year: a request rests on what was decided before"),
            );
        }
    }
    for program in rollup.rows.iter().filter_map(|row| row.program) {
        findings.extend(targets(program).filter_map(|due| past(rollup, program, due)));
    }
}

fn targets(program: &Program) -> impl Iterator<Item = Spanned<Due>> {
    let model = program.logic_model.iter();
    let lists = model.flat_map(|model| [&model.outputs, &model.outcomes, &model.impacts]);
    lists.flatten().filter_map(|outcome: &Outcome| outcome.date)
}

/// The finding for a target that is over before its program begins.
fn past(rollup: &Rollup<'_>, program: &Program, due: Spanned<Due>) -> Option<Diagnostic> {
    let request = rollup.request;
    let start = program.period.as_ref().and_then(|period| period.from).unwrap_or(request.fiscal_year);
    let (first, _) = request.calendar().months(start.value)?;
    let is_past = match due.value {
        Due::Date(date) => date.is_before(first),
        Due::FiscalYear(year) => year < start.value,
    };
    let year = Notation::new(request.lang).fiscal_year(start.value);
    is_past.then(|| {
        let id = &program.line.id.value;
        Diagnostic::new("W0415", due.span, format!("a target of `{id}` is due before the program begins"))
            .here(format!("{year} begins with {}", first.iso()))
            .also(start.span, "its first fiscal year")
            .about(id)
            .help("correct the date or the period; what was reached before is a `baseline`")
    })
}
