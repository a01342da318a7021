//! `gaisan check`.

use gaisan::check::{RULES, Rule};
use gaisan::diagnostic::{self, Diagnostic, RuleCard, Tally};
use gaisan::examine_in_turn;
use gaisan::read::survey;
use gaisan::source::SourceMap;

use super::args::{CheckArgs, OutputArg};
use super::say::{print, println};
use super::{FINDINGS, FINE, TROUBLE, report};

pub(super) fn run(args: &CheckArgs) -> u8 {
    let mut survey = survey(&args.paths);
    let Some(severities) = report::severities(&args.severity, &mut survey.apart) else {
        return TROUBLE;
    };
    let (mut chapters, mut lines) = (0, 0);
    let findings = examine_in_turn(&mut survey, &severities, &mut |examined| {
        chapters += examined.rollups.len();
        lines += examined.rollups.iter().map(|it| it.rows.len()).sum::<usize>();
    });
    survey.apart.troubles.iter().for_each(report::trouble);
    let (findings, sources) = (findings.list, findings.sources);
    print(args.output, &findings, &sources);
    if !survey.apart.troubles.is_empty() {
        return TROUBLE;
    }
    if !report::any_chapter(chapters, &findings, &args.paths) {
        return TROUBLE;
    }
    if args.output == OutputArg::Human {
        let chapters = report::counted(chapters, "chapter");
        let lines = report::counted(lines, "line");
        println!("{chapters}, {lines}, {}", report::tally(&findings, 0));
    }
    if Tally::of(&findings).errors > 0 { FINDINGS } else { FINE }
}

fn print(output: OutputArg, findings: &[Diagnostic], sources: &SourceMap) {
    let cards = || -> Vec<RuleCard> {
        let card = |rule: &Rule| RuleCard { code: rule.code, title: rule.title, manual: rule.manual };
        RULES.iter().map(card).collect()
    };
    match output {
        OutputArg::Human => report::findings(findings, sources),
        OutputArg::Json => print!("{}", diagnostic::json(findings, sources)),
        OutputArg::Sarif => print!("{}", diagnostic::sarif(findings, sources, &cards())),
        OutputArg::Github => print!("{}", diagnostic::github(findings, sources)),
    }
}
