//! E0407: a prior amount is what last year's file says was enacted. N0408: where that is not known, it is set beside last year's
//! request.

use super::years::Years;
use crate::diagnostic::Diagnostic;
use crate::model::{Amount, Basis, Line, Money, Rounding};
use crate::notation::Notation;
use crate::rollup::{Rollup, Row};

/// How many lines of a chapter a note shows.
const SHOWN: usize = 5;

pub(super) fn check_enacted(rollups: &[Rollup<'_>], findings: &mut Vec<Diagnostic>) {
    for years in Years::adjacent(rollups) {
        let notation = Notation::new(years.now.request.lang);
        for (row, before) in years.lines().filter(|(row, _)| is_initial(row.line)) {
            let Some(enacted) = before.enacted else {
                continue;
            };
            let prior = match row.line.prior.money.value {
                Money::Known(prior) if !may_be_same(prior, enacted.value) => prior,
                Money::New if !enacted.value.is_zero() => Amount::zero(enacted.value.unit()),
                _ => continue,
            };
            let id = &row.line.id.value;
            let finding = Diagnostic::new(
                "E0407",
                row.line.prior.money.span,
                format!("the prior amount of `{id}` is not what last year's file says was enacted"),
            )
            .here(notation.money(&row.line.prior.money.value))
            .also(
                enacted.span,
                format!("enacted {}", notation.amount(&enacted.value)),
            );
            let finding = match prior.checked_sub(enacted.value) {
                Ok(difference) => finding.note(format!(
                    "{} − {} = {}; rounding does not explain it",
                    notation.amount(&prior),
                    notation.amount(&enacted.value),
                    notation.amount(&difference)
                )),
                Err(_) => finding,
            };
            findings.push(finding.help("correct one of the two; if `prior` is another figure, say which: `{amount: …, basis: revised}` (補正後), `restated` (組替え後) or `combined`"));
        }
    }
}

pub(super) fn check_requested(rollups: &[Rollup<'_>], findings: &mut Vec<Diagnostic>) {
    for years in Years::adjacent(rollups) {
        let differing: Vec<(&Row<'_>, &Line, Amount, Amount)> = years
            .lines()
            .filter(|(row, before)| is_initial(row.line) && before.enacted.is_none())
            .filter_map(|(row, before)| {
                let (Money::Known(prior), Money::Known(requested)) =
                    (row.line.prior.money.value, before.requested.money.value)
                else {
                    return None;
                };
                (!may_be_same(prior, requested)).then_some((row, before, prior, requested))
            })
            .collect();
        let Some((first, before, ..)) = differing.first() else {
            continue;
        };
        let notation = Notation::new(years.now.request.lang);
        let chapter = &years.now.request.line.id.value;
        let mut finding = Diagnostic::new(
            "N0408",
            first.line.prior.money.span,
            format!(
                "{} from last year's requests, and what was enacted is not known",
                match differing.len() {
                    1 => format!("the prior amount of one line of `{chapter}` differs"),
                    many => format!("the prior amounts of {many} lines of `{chapter}` differ"),
                }
            ),
        )
        .here("prior")
        .also(before.requested.money.span, "last year's request")
        .about(chapter);
        for (row, _, prior, requested) in differing.iter().take(SHOWN) {
            finding = finding.note(format!(
                "`{}`: requested {}, prior {}",
                row.line.id.value,
                notation.amount(requested),
                notation.amount(prior)
            ));
        }
        if differing.len() > SHOWN {
            finding = finding.note(format!("and {} more", differing.len() - SHOWN));
        }
        findings.push(
            finding.help("add `enacted: …` to last year's lines, and the two years are checked against each other"),
        );
    }
}

/// Whether a prior amount claims to be last year's initial budget.
fn is_initial(line: &Line) -> bool {
    line.prior.basis == Basis::Initial && line.prior.with.is_empty()
}

/// Whether two printed amounts can stand for one exact amount, each under some rule of rounding.
fn may_be_same(one: Amount, other: Amount) -> bool {
    Rounding::ALL.iter().any(|first| {
        Rounding::ALL
            .iter()
            .any(|second| one.interval(*first).intersects(other.interval(*second)))
    })
}

#[cfg(test)]
mod tests {
    use crate::check::check;
    use crate::read::read_texts;
    use crate::rollup::Rollup;

    fn chapter(year: u16, line: &str) -> String {
        format!(
            "gaisan: 1\nid: c\ntitle: 章\nministry: 文部科学省\nfiscal_year: {year}\nstage: request\nunit: 百万円\nbreakdown: partial\nprograms:\n  - {{id: p, title: 事業, {line}}}\n"
        )
    }

    fn codes(last: &str, this: &str) -> Vec<&'static str> {
        let texts = [chapter(2022, last), chapter(2023, this)];
        let [last, this] = &texts;
        let reading = read_texts(&[("2022.yaml", last), ("2023.yaml", this)]);
        let rollups: Vec<Rollup<'_>> = reading.requests.iter().map(Rollup::of).collect();
        let findings = check(&rollups);
        findings.iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn a_prior_amount_is_what_was_enacted() {
        let last = "requested: 500, prior: 400, enacted: 450.6";
        assert_eq!(codes(last, "requested: 480, prior: 450.6"), [""; 0]);
        assert_eq!(codes(last, "requested: 480, prior: 451"), [""; 0]);
        assert_eq!(codes(last, "requested: 480, prior: 450"), [""; 0]);
        assert_eq!(codes(last, "requested: 480, prior: 460"), ["E0407"]);
        assert_eq!(codes(last, "requested: 480, prior: 新規"), ["E0407"]);
    }

    #[test]
    fn another_basis_is_another_figure() {
        let last = "requested: 500, prior: 400, enacted: 450";
        for basis in ["revised", "restated", "combined"] {
            let this = format!("requested: 480, prior: {{amount: 600, basis: {basis}}}");
            assert_eq!(codes(last, &this), [""; 0]);
        }
    }

    #[test]
    fn a_request_is_only_set_beside() {
        let last = "requested: 500, prior: 400";
        assert_eq!(codes(last, "requested: 480, prior: 450"), ["N0408"]);
        assert_eq!(codes(last, "requested: 480, prior: 500"), [""; 0]);
    }
}
