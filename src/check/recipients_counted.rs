//! E0504: a stated count agrees with the recipients listed.

use crate::diagnostic::Diagnostic;
use crate::rollup::Rollup;

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    let programs = rollup.rows.iter().filter_map(|row| row.program);
    for group in programs.flat_map(|program| &program.areas).flat_map(|area| &area.groups) {
        let (Some(count), Some(first), Some(last)) =
            (group.count, group.recipients.first(), group.recipients.last())
        else {
            continue;
        };
        let listed: u32 =
            group.recipients.iter().map(|recipient| recipient.count).fold(0, u32::saturating_add);
        if listed == count.value {
            continue;
        }
        let listing = if first.span.file == last.span.file {
            crate::source::Span { end: last.span.end, ..first.span }
        } else {
            first.span
        };
        // `[甲、乙]` is one name to YAML.
        let names = |name: &str| name.split(['、', '，']).filter(|name| !name.trim().is_empty()).count();
        let several =
            group.recipients.iter().filter(|recipient| recipient.count == 1 && names(&recipient.name) > 1);
        let more: usize = several.clone().map(|recipient| names(&recipient.name) - 1).sum();
        let meant = several.map(|recipient| &recipient.name).next();
        let help = match meant.filter(|_| u32::try_from(more).ok() == count.value.checked_sub(listed)) {
            Some(name) => format!(
                "`{name}` is one recipient: part the names with commas in half width, or write one a line"
            ),
            None => {
                "correct the count or the list; one with several awards is written `{name: 大阪大, count: 2}`"
                    .to_owned()
            }
        };
        findings.push(
            Diagnostic::new(
                "E0504",
                count.span,
                format!("{} awards are stated for `{}` and {listed} are listed", count.value, group.title),
            )
            .here("stated")
            .also(listing, format!("these make {listed}"))
            .help(help),
        );
    }
}
