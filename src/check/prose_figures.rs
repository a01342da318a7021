//! W0306 and W0420: what the prose of a line says of the line's own amounts, and of a year in two names, is so. What is said to be about
//! something else, or not exactly, is left alone.

use std::ops::Range;

use super::prose::paragraphs;
use super::said::{Figure, Flat, Said, Subject, are_of_parts, years};
use crate::diagnostic::{Cure, Diagnostic, Edit};
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
                .zip(are_of_parts(&flats))
                .flat_map(|(flat, is_of_part)| {
                    flat.said(year, unit, is_of_part).into_iter().map(move |said| (flat, said))
                })
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

/// What the line says: with its sign, without it, and whether it is a decrease; nothing where it is neither.
struct Truth {
    signed: String,
    bare: String,
    is_decrease: Option<bool>,
}

/// The words that say how an amount changes, each with its opposite.
const DIRECTIONS: [(&str, &str); 10] = [
    ("増額", "減額"),
    ("増加", "減少"),
    ("増", "減"),
    ("+", "△"),
    ("increase of", "decrease of"),
    ("a rise of", "a reduction of"),
    ("growth of", "decrease of"),
    ("increases by", "decreases by"),
    ("rises by", "falls by"),
    ("grows by", "shrinks by"),
];

fn opposite(word: &str) -> Option<String> {
    let word = word.to_lowercase();
    let bare = word.trim_start_matches("an ").trim_start_matches("a ");
    let found = DIRECTIONS.iter().find_map(|(up, down)| match () {
        () if [word.as_str(), bare].contains(up) => Some(*down),
        () if [word.as_str(), bare].contains(down) => Some(*up),
        () => None,
    })?;
    Some(match (bare != word, found.strip_prefix("a ").unwrap_or(found)) {
        (true, found) if found.starts_with('i') => format!("an {found}"),
        (true, found) => format!("a {found}"),
        (false, _) => found.to_owned(),
    })
}

/// What is to stand where, so that the prose says what the line says.
fn edits(flat: &Flat, said: &Said, truth: &Truth) -> Option<Vec<(Range<usize>, String)>> {
    let decrease = match said.figure {
        Figure::Amount(_, decrease) | Figure::Percent(.., decrease) => decrease,
    };
    let word = said.direction.clone().filter(|_| matches!(said.subject, Subject::Change(_)));
    let Some((word, decrease)) = word.zip(decrease) else {
        return Some(vec![(said.range.clone(), truth.signed.clone())]);
    };
    let mut edits = Vec::new();
    if truth.is_decrease? != decrease {
        edits.push((word.clone(), opposite(flat.text.get(word)?)?));
    }
    if flat.text.get(said.range.clone())? != truth.bare {
        edits.push((said.range.clone(), truth.bare.clone()));
    }
    edits.sort_by_key(|(range, _)| range.start);
    Some(edits)
}

fn finding(prose: &Prose, flat: &Flat, said: &Said, truth: &Truth, row: &Row<'_>) -> Diagnostic {
    let end = said.direction.as_ref().map_or(0, |word| word.end).max(said.whole.end);
    let whole = said.whole.start..end;
    let quoted = prose.text.get(flat.place(&whole)).unwrap_or_default();
    let key = match said.subject {
        Subject::Requested | Subject::Total => "`requested`",
        Subject::Prior => "`prior`",
        Subject::Change(_) => "the change from `prior` to `requested`",
    };
    let span = prose.place(&flat.place(&said.range));
    let finding = Diagnostic::new("W0306", span, format!("`{quoted}` does not agree with {key}"))
        .here(format!("the line says {}", truth.signed))
        .about(&row.line.id.value);
    let edits = edits(flat, said, truth);
    let written = flat.text.get(whole.clone()).unwrap_or_default();
    let mut meant = if edits.is_some() { written } else { &truth.signed }.to_owned();
    for (range, text) in edits.iter().flatten().rev() {
        meant.replace_range(range.start - whole.start..range.end - whole.start, text);
    }
    let exact: Option<Vec<Edit>> = edits.and_then(|edits| {
        let edit = |(range, text): (Range<usize>, String)| {
            let (place, span) = (flat.place(&range), prose.place(&flat.place(&range)));
            (span.end - span.start == place.len()).then_some(Edit { span, text })
        };
        edits.into_iter().map(edit).collect()
    });
    let help = match exact.as_deref() {
        Some([edit]) if edit.span == span => {
            "Or correct the line, or say what else the figure is of.".to_owned()
        }
        _ => format!("write `{meant}`, or what else the figure is of; or correct the line"),
    };
    finding.help(help).cure(exact.map(|edits| Cure { edits, is_certain: false }))
}

/// What the line says instead of a figure; `None` where it says the same, or nothing that can be compared.
fn truth(said: &Said, row: &Row<'_>, notation: &Notation) -> Option<Truth> {
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
            (!agrees).then(|| Truth {
                signed: if is_change { notation.signed(&own) } else { notation.amount(&own) },
                bare: notation.amount(&own.abs()),
                is_decrease: (!own.is_zero()).then_some(own.is_negative()),
            })
        }
        Figure::Percent(stated, worth, decrease) => {
            let rate = Rate::between(requested?, prior?)?;
            let exact = rate.percent(4);
            let signed = if decrease == Some(true) { -stated } else { stated };
            let near = |value: i128| (value - exact).abs() < worth;
            // 前年度比110% is also said of what grows by a tenth.
            let agrees = near(signed) || decrease.is_none() && (near(-stated) || near(stated - 1_000_000));
            let signed = notation.rate(&rate);
            (!agrees).then(|| Truth {
                bare: signed.trim_start_matches(|c: char| !c.is_ascii_digit()).to_owned(),
                is_decrease: (exact != 0).then_some(exact < 0),
                signed,
            })
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
