//! E0403: a claimed status agrees with the amounts.

use crate::diagnostic::Diagnostic;
use crate::model::{Lang, Line, Money, Status};
use crate::rollup::{Column, Rollup, Row};

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    for row in &rollup.rows {
        let line = row.line;
        check_words(line, rollup.request.lang, findings);
        findings.extend(Column::BOTH.iter().filter_map(|column| contradicted(rollup, row, *column)));
        let Some(claim) = &line.status else { continue };
        let (wrong, prior, requested) = match claim.value {
            Status::New => (!may_be(row.prior_money(), Money::New), "a prior amount", ""),
            Status::Continuing => (is_new(row) || is_ended(row), "no prior amount", "ends here"),
            Status::Ended => (!may_be(row.requested_money(), Money::Ended), "", "an amount is requested"),
        };
        if !wrong {
            continue;
        }
        let name = match claim.value {
            Status::New => "new (新規)",
            Status::Continuing => "continuing (継続)",
            Status::Ended => "ended (終了)",
        };
        let place = if prior.is_empty() || is_ended(row) {
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
fn check_words(line: &Line, lang: Lang, findings: &mut Vec<Diagnostic>) {
    let [new, ended] = [lang.pick("新規", "new"), lang.pick("終了", "ended")];
    if line.requested.money.value == Money::New {
        findings.push(
            Diagnostic::new(
                "E0403",
                line.requested.money.span,
                format!("`{new}` stands for the missing prior amount, not for the requested one"),
            )
            .help(format!("write the amount under `requested` and `prior: {new}`")),
        );
    }
    if (line.requested.money.value, line.prior.money.value) == (Money::Ended, Money::New) {
        findings.push(
            Diagnostic::new(
                "E0403",
                line.requested.money.span,
                format!("what is `{new}` cannot be `{ended}` as well"),
            )
            .also(line.prior.money.span, "new")
            .help("write last year's amount under `prior`, or take the line out"),
        );
    }
    if line.prior.money.value == Money::Ended {
        findings.push(
            Diagnostic::new(
                "E0403",
                line.prior.money.span,
                format!("`{ended}` stands for the missing requested amount, not for the prior one"),
            )
            .help(format!("write last year's amount under `prior` and `requested: {ended}`")),
        );
    }
}

/// Whether an amount is this state, or is not known here and could be.
fn may_be(money: Money, state: Money) -> bool {
    money == state || money.is_gap()
}

/// 新規 and 終了 hold for all of a line, so no part of it may have an amount there.
fn contradicted(rollup: &Rollup<'_>, row: &Row<'_>, column: Column) -> Option<Diagnostic> {
    let (word, says) = match column.stated(row.line) {
        Money::New => ("新規", "had an amount last year"),
        Money::Ended => ("終了", "goes on"),
        _ => return None,
    };
    let has_amount = |part: &&Row<'_>| {
        let money = column.sums(part).counted_money();
        part.line.is_addable() && (money.is_open() || money.addable().is_some_and(|amount| !amount.is_zero()))
    };
    let part = rollup.children_of(row).find(has_amount)?;
    let (id, part) = (&row.line.id.value, part.line);
    let message = format!("`{id}` is {word}, and its part `{}` {says}", part.id.value);
    Some(
        Diagnostic::new("E0403", column.span(row.line), message)
            .here("said of all of it")
            .also(column.span(part), "this part")
            .help("correct the part, or leave the total out: it follows from a complete breakdown"),
    )
}

fn is_new(row: &Row<'_>) -> bool {
    row.prior_money() == Money::New
}

fn is_ended(row: &Row<'_>) -> bool {
    row.requested_money() == Money::Ended
}
