//! `gaisan check`.

use gaisan::check::{RULES, Rule};
use gaisan::diagnostic::{self, Diagnostic, RuleCard};
use gaisan::examine;
use gaisan::source::SourceMap;

use super::args::{CheckArgs, OutputArg};
use super::say::{print, println};
use super::{FINDINGS, FINE, TROUBLE, report};

pub(super) fn run(args: &CheckArgs) -> u8 {
    let mut reading = gaisan::read::read(&args.paths);
    let Some(severities) = report::severities(&args.severity, &mut reading) else {
        return TROUBLE;
    };
    reading.troubles.iter().for_each(report::trouble);
    let mut examined = examine(&reading);
    severities.apply(&mut examined.findings);
    print(args.output, &examined.findings, &reading.sources);
    if !reading.troubles.is_empty() {
        return TROUBLE;
    }
    if !report::any_chapter(reading.requests.len(), &examined.findings, &args.paths) {
        return TROUBLE;
    }
    if args.output == OutputArg::Human {
        let lines: usize = examined
            .rollups
            .iter()
            .map(|rollup| rollup.rows.len())
            .sum();
        let chapters = report::counted(reading.requests.len(), "chapter");
        let lines = report::counted(lines, "line");
        println!(
            "{chapters}, {lines}, {}",
            report::tally(&examined.findings, 0)
        );
    }
    if examined.has_errors() {
        FINDINGS
    } else {
        FINE
    }
}

fn print(output: OutputArg, findings: &[Diagnostic], sources: &SourceMap) {
    let cards = || -> Vec<RuleCard> {
        let card = |rule: &Rule| RuleCard {
            code: rule.code,
            title: rule.title,
            manual: rule.manual,
        };
        RULES.iter().map(card).collect()
    };
    match output {
        OutputArg::Human => report::findings(findings, sources),
        OutputArg::Json => print!("{}", diagnostic::json(findings, sources)),
        OutputArg::Sarif => print!("{}", diagnostic::sarif(findings, sources, &cards())),
        OutputArg::Github => print!("{}", diagnostic::github(findings, sources)),
    }
}
