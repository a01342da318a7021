//! `gaisan check`.

use anstream::println;
use gaisan::examine;

use super::args::CheckArgs;
use super::{FINDINGS, FINE, TROUBLE, report};

pub(super) fn run(args: &CheckArgs) -> u8 {
    let reading = gaisan::read::read(&args.paths);
    reading.troubles.iter().for_each(report::trouble);
    let mut examined = examine(&reading);
    report::apply(args.deny, &mut examined.findings);
    report::findings(&examined.findings, &reading.sources);
    if !reading.troubles.is_empty() {
        return TROUBLE;
    }
    if !report::any_chapter(reading.requests.len(), &examined.findings, &args.paths) {
        return TROUBLE;
    }
    let lines: usize = examined
        .rollups
        .iter()
        .map(|rollup| rollup.rows.len())
        .sum();
    let (chapters, lines) = (
        report::counted(reading.requests.len(), "chapter"),
        report::counted(lines, "line"),
    );
    println!(
        "{chapters}, {lines}, {}",
        report::tally(&examined.findings, 0)
    );
    if examined.has_errors() {
        FINDINGS
    } else {
        FINE
    }
}
