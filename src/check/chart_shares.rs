//! E0507: the parts of a chart make up the whole.

use crate::diagnostic::Diagnostic;
use crate::model::{Percent, PictureContent};
use crate::rollup::Rollup;

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    for figure in rollup.rows.iter().filter_map(|row| row.program).flat_map(|program| &program.figures) {
        let PictureContent::Chart { parts, .. } = &figure.content else {
            continue;
        };
        let shares: Vec<Percent> = parts.iter().map(|part| part.percent.value.clone()).collect();
        let is_whole = rollup.request.roundings().iter().any(|rule| Percent::make_whole(&shares, *rule));
        let Some((first, others)) = parts.split_first().filter(|_| !is_whole) else {
            continue;
        };
        let sum: u64 = shares.iter().map(|share| u64::from(share.millionths())).sum();
        let percent = |millionths: u64| {
            format!("{}.{:04}", millionths / 10_000, millionths % 10_000)
                .trim_end_matches('0')
                .trim_end_matches('.')
                .to_owned()
        };
        let mut finding = Diagnostic::new(
            "E0507",
            first.percent.span,
            format!("the parts of the chart `{}` add up to {}%, not to 100%", figure.id.value, percent(sum)),
        )
        .here(format!("{}%", percent(u64::from(first.percent.value.millionths()))))
        .note("that is more than rounding explains")
        .help("correct a share, or add a part for the rest");
        for part in others {
            finding = finding
                .also(part.percent.span, format!("{}%", percent(u64::from(part.percent.value.millionths()))));
        }
        findings.push(finding);
    }
}
