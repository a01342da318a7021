//! W0306 and W0420: what the prose of a line says of the line's own amounts, and of a year in two names, is so. What is said to be about
//! something else, or not exactly, is left alone.

use std::ops::Range;

use super::prose::paragraphs;
use super::said::{Figure, Flat, Said, Subject, years};
use crate::diagnostic::{Cure, Diagnostic};
use crate::model::{Amount, Prose, Rate, Rounding};
use crate::notation::Notation;
use crate::rollup::{Rollup, Row};

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    let (year, unit) = (rollup.request.fiscal_year.value, rollup.request.unit);
    let notation = Notation::new(rollup.request.lang);
    for row in &rollup.rows {
        let own = match row.program {
            Some(program) => vec![&program.summary, &program.points, &program.body],
            None => vec![&rollup.request.overview],
        };
        let own: Vec<&str> = own.into_iter().flatten().map(|text| text.value.as_str()).collect();
        for prose in row.line.texts.iter().filter(|prose| own.contains(&prose.text.as_str())) {
            let flats: Vec<Flat> = paragraphs(prose).iter().map(Flat::of).collect();
            let all: Vec<(&Flat, Said)> = flats
                .iter()
                .flat_map(|flat| flat.said(year, unit).into_iter().map(move |said| (flat, said)))
                .collect();
            for (flat, said) in &all {
                // A text with several amounts of one kind speaks of several things.
                let is_list =
                    all.iter().any(|(_, other)| other.subject == said.subject && other.figure != said.figure);
                let truth = truth(said, row, &notation)
                    .filter(|_| !is_list || matches!(said.subject, Subject::Change(_)));
                findings.extend(truth.map(|truth| finding(prose, flat, said, &truth, row)));
            }
        }
    }
}

fn finding(prose: &Prose, flat: &Flat, said: &Said, truth: &str, row: &Row<'_>) -> Diagnostic {
    let (figure, whole) = (flat.place(&said.range), flat.place(&said.whole));
    let quoted = prose.text.get(whole).unwrap_or_default();
    let key = match said.subject {
        Subject::Requested | Subject::Total => "`requested`",
        Subject::Prior => "`prior`",
        Subject::Change(_) => "the change from `prior` to `requested`",
    };
    let span = prose.place(&figure);
    let is_exact = span.end - span.start == figure.len();
    let finding = Diagnostic::new("W0306", span, format!("`{quoted}` does not agree with {key}"))
        .here(format!("the line says {truth}"))
        .about(&row.line.id.value)
        .help(format!("write {truth}, or what else the figure is of; or correct the line"));
    let cure = Cure::suggested(span, truth);
    if is_exact {
        finding.help("Or correct the line, or say what else the figure is of.").cure(cure)
    } else {
        finding
    }
}

/// What the line says instead of a figure; `None` where it says the same, or nothing that can be compared.
fn truth(said: &Said, row: &Row<'_>, notation: &Notation) -> Option<String> {
    let (requested, prior) = (row.requested.amount, row.prior.amount);
    let is_closed = !row.requested_money().is_open() && row.line.prior.is_initial();
    let own = match said.subject {
        Subject::Requested | Subject::Total => requested,
        Subject::Prior => prior.filter(|_| is_closed),
        Subject::Change(_) => requested?.checked_sub(prior.filter(|_| is_closed)?).ok(),
    }?;
    match said.figure {
        Figure::Amount(amount, _) if amount.unit().currency() != own.unit().currency() => None,
        Figure::Amount(amount, decrease) => {
            let split = row.line.requested.split.as_ref();
            let parts =
                split.map_or([None; 2], |(request, wish)| [request.value.addable(), wish.value.addable()]);
            let is_change = matches!(said.subject, Subject::Change(_));
            let turned = is_change && decrease.is_some_and(|decrease| decrease != own.is_negative());
            let compared = if is_change { own.abs() } else { own };
            let agrees = agrees(amount, compared) && !turned
                || parts.into_iter().flatten().any(|part| !is_change && agrees(amount, part));
            (!agrees).then(|| if is_change { notation.signed(&own) } else { notation.amount(&own) })
        }
        Figure::Percent(stated, worth, decrease) => {
            let rate = Rate::between(requested?, prior?)?;
            let exact = rate.percent(4);
            let signed = if decrease == Some(true) { -stated } else { stated };
            let near = |value: i128| (value - exact).abs() < worth;
            // 前年度比110% is also said of what grows by a tenth.
            let agrees = near(signed) || decrease.is_none() && (near(-stated) || near(stated - 1_000_000));
            (!agrees).then(|| notation.rate(&rate))
        }
    }
}

/// Whether two amounts can be one amount, rounded to the units that each is stated in.
fn agrees(one: Amount, other: Amount) -> bool {
    let rounds = |fine: Amount, coarse: Amount, rule| {
        let rounded = fine.rounded_to(coarse.unit(), coarse.decimals(), rule);
        rounded.is_some_and(|it| it.smallest_units() == coarse.smallest_units())
    };
    one.smallest_units() == other.smallest_units()
        || Rounding::ALL.into_iter().any(|rule| rounds(one, other, rule) || rounds(other, one, rule))
}

/// W0420: `令和5年度（2022年）` names one year.
pub(super) fn check_years(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    for line in rollup.rows.iter().map(|row| row.line) {
        for prose in &line.texts {
            for flat in paragraphs(prose).iter().map(Flat::of) {
                let years: Vec<(Range<usize>, u16)> = years(&flat.text).collect();
                for pair in years.windows(2) {
                    let [(first, one), (second, other)] = pair else { continue };
                    let between = flat.text.get(first.end..second.start).unwrap_or_default();
                    let closed = flat.text.get(second.end..).is_some_and(|rest| rest.starts_with(')'));
                    if between.trim() != "(" || !closed || one == other {
                        continue;
                    }
                    let place = flat.place(&(first.start..second.end));
                    let quoted = prose.text.get(place.clone()).unwrap_or_default();
                    findings.push(
                        Diagnostic::new(
                            "W0420",
                            prose.place(&place),
                            format!("`{quoted}）` names two years"),
                        )
                        .here(format!("{one} and {other}"))
                        .about(&line.id.value)
                        .help("correct one of the two names"),
                    );
                }
            }
        }
    }
}
