//! E0403: a claimed status agrees with the amounts.

use crate::diagnostic::Diagnostic;
use crate::model::{Line, Money, Status};
use crate::rollup::Rollup;

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    for row in &rollup.rows {
        let line = row.line;
        check_words(line, findings);
        let Some(claim) = &line.status else { continue };
        let (wrong, prior, requested) = match claim.value {
            Status::New => (!may_be(&line.prior.money.value, Money::New), "a prior amount", ""),
            Status::Continuing => (is_new(line) || is_ended(line), "no prior amount", "ends here"),
            Status::Ended => {
                (!may_be(&line.requested.money.value, Money::Ended), "", "an amount is requested")
            }
        };
        if !wrong {
            continue;
        }
        let name = match claim.value {
            Status::New => "new (新規)",
            Status::Continuing => "continuing (継続)",
            Status::Ended => "ended (終了)",
        };
        let place = if prior.is_empty() || is_ended(line) {
            (&line.requested.money, requested)
        } else {
            (&line.prior.money, prior)
        };
        findings.push(
            Diagnostic::new(
                "E0403",
                claim.span,
                format!("`{}` is called {name}, and its amounts say otherwise", line.id.value),
            )
            .here("the claim")
            .also(place.0.span, place.1)
            .help(
                "correct the amounts, or leave `status` out: it follows from them (`prior: 新規`, `requested: 終了`)",
            ),
        );
    }
}

/// 新規 is a word for a prior amount and 終了 for a requested one; the other way round they contradict themselves.
fn check_words(line: &Line, findings: &mut Vec<Diagnostic>) {
    if line.requested.money.value == Money::New {
        findings.push(
            Diagnostic::new(
                "E0403",
                line.requested.money.span,
                "`新規` stands for the missing prior amount, not for the requested one",
            )
            .help("write the amount under `requested` and `prior: 新規`"),
        );
    }
    if line.prior.money.value == Money::Ended {
        findings.push(
            Diagnostic::new(
                "E0403",
                line.prior.money.span,
                "`終了` stands for the missing requested amount, not for the prior one",
            )
            .help("write last year's amount under `prior` and `requested: 終了`"),
        );
    }
}

/// Whether an amount is this state, or is not stated and could be.
fn may_be(money: &Money, state: Money) -> bool {
    *money == state || *money == Money::Unknown
}

fn is_new(line: &Line) -> bool {
    line.prior.money.value == Money::New
}

fn is_ended(line: &Line) -> bool {
    line.requested.money.value == Money::Ended
}
