//! `gaisan check`.

use std::io::Read;
use std::path::PathBuf;

use gaisan::check::{RULES, Rule, rule};
use gaisan::diagnostic::{self, Diagnostic, RuleCard, Tally, concise, statistics, told};
use gaisan::drafting::{Cured, Mended, mend};
use gaisan::examine_in_turn;
use gaisan::import::{Options, import};
use gaisan::limits;
use gaisan::read::{Reading, Survey, survey};
use gaisan::rollup::Rollup;
use gaisan::source::SourceMap;

use super::args::{CheckArgs, OutputArg};
use super::say::{self, eprintln, print, println};
use super::{Ended, FINDINGS, FINE, Stop, TROUBLE, report};

/// The ends of names of files that are imported.
const TABLES: [&str; 6] = ["xlsx", "xlsm", "xls", "ods", "csv", "tsv"];

pub(super) fn run(args: &CheckArgs) -> Ended {
    let output = say::renamed("--output", "--output-format", args.output).unwrap_or(args.output_format);
    let is_table = |path: &PathBuf| {
        let end = path.extension().map(|end| end.to_string_lossy().to_lowercase());
        end.is_some_and(|end| TABLES.contains(&end.as_str()))
    };
    let is_tables = !args.paths.is_empty() && args.paths.iter().all(is_table);
    let is_stdin = matches!(args.paths.as_slice(), [only] if only.as_os_str() == "-");
    if args.fix.fix || args.fix.diff {
        if is_stdin || is_tables {
            return Err("only the files of chapters can be put right; name them, or their folder".into());
        }
        return fix(args, output);
    }
    if is_tables {
        return tables(args, output);
    }
    let mut survey = if is_stdin { Survey::default() } else { survey(&args.paths) };
    let severities = report::severities(&args.severity, &mut survey.apart)?;
    if is_stdin {
        stdin(&mut survey.apart).map_err(|error| format!("the standard input cannot be read: {error}"))?;
    }
    let (mut chapters, mut lines) = (0, 0);
    let findings = examine_in_turn(&mut survey, &severities, &mut |examined| {
        chapters += examined.rollups.len();
        lines += examined.rollups.iter().map(|it| it.rows.len()).sum::<usize>();
    });
    survey.apart.unreadable.iter().for_each(report::unread);
    let is_whole = survey.apart.unreadable.is_empty();
    told_of(args, output, &findings.list, &findings.sources, is_whole.then_some((chapters, lines)))
}

/// Prints the findings, and how many lines of how many chapters were read, where all could be.
fn told_of(
    args: &CheckArgs,
    output: OutputArg,
    findings: &[Diagnostic],
    sources: &SourceMap,
    read: Option<(usize, usize)>,
) -> Ended {
    match args.statistics {
        true => {
            print!(
                "{}",
                statistics(findings, |code| say::in_words(rule(code).map_or("", |rule| rule.title)))
            );
        }
        false => print(output, findings, sources),
    }
    let (chapters, lines) = read.ok_or(Stop::Said)?;
    report::any_chapter(chapters, findings, &args.paths)?;
    if matches!(output, OutputArg::Full | OutputArg::Concise) && !say::is_quiet() {
        let chapters = report::counted(chapters, "chapter");
        let lines = report::counted(lines, "line");
        println!("{chapters}, {lines}, {}", report::tally(findings, 0, 0));
    }
    Ok(if Tally::of(findings).errors > 0 { FINDINGS } else { FINE })
}

/// Puts right what can be, and reports the rest; or shows what would be put right.
fn fix(args: &CheckArgs, output: OutputArg) -> Ended {
    let mut read = |files| {
        let mut reading = Reading::instead(files);
        let severities = report::severities(&args.severity, &mut reading).ok()?;
        Some((reading.and_files(&args.paths), severities))
    };
    let mended = mend(&mut read, args.fix.suggested).ok_or(Stop::Said)?;
    let Mended { plan, cured, reading, findings } = mended;
    reading.unreadable.iter().for_each(report::unread);
    if !reading.unreadable.is_empty() {
        return Err(Stop::Said);
    }
    if args.fix.diff {
        print!("{}", plan.patch());
    } else {
        report::write(&plan.files, &reading.project())?;
    }
    let is_told = matches!(output, OutputArg::Full | OutputArg::Concise);
    if is_told && !say::is_quiet() && !args.fix.diff {
        cured.iter().for_each(|Cured { code, place, message, change }| match change {
            Some((from, to)) => print!("{place}: {code} `{from}` → `{to}`\n"),
            None => print!("{place}: {code} {}\n", say::in_words(message)),
        });
    }
    let code = match args.fix.diff {
        true if !plan.files.is_empty() || Tally::of(&findings).errors > 0 => FINDINGS,
        true => FINE,
        false => {
            let lines = reading.requests.iter().map(|request| Rollup::of(request).rows.len()).sum();
            let read = Some((reading.requests.len(), lines));
            told_of(args, output, &findings, &reading.sources, read).unwrap_or_else(Stop::told)
        }
    };
    if !say::is_quiet() {
        let done = report::counted(cured.len(), "finding");
        let files = report::counted(plan.files.len(), "file");
        match args.fix.diff {
            true => eprintln!("{done} in {files} would be put right"),
            false => eprintln!("{done} in {files} put right"),
        }
        let left = findings.iter().filter(|finding| finding.cure.is_some()).count();
        if left > 0 && !args.fix.suggested {
            let left = report::counted(left, "finding");
            eprintln!("{left} more can be put right with `--suggested`; look at what it makes of them");
        }
    }
    Ok(code)
}

/// Checks workbooks without taking anything of them.
fn tables(args: &CheckArgs, output: OutputArg) -> Ended {
    let files = super::import::read(&args.paths)?;
    let calendar = super::report::project().ok().and_then(|project| project.conventions.calendar);
    let calendar = calendar.unwrap_or_default();
    let taken = import(&files, &Options { is_check: true, calendar, ..Options::default() });
    print(output, &taken.findings, &taken.sources);
    if output == OutputArg::Full {
        super::import::understood(&taken);
    }
    Ok(match (taken.is_unreadable(), taken.has_findings()) {
        (true, _) => TROUBLE,
        (_, true) => FINDINGS,
        _ => FINE,
    })
}

/// Reads the chapter that the standard input is.
fn stdin(apart: &mut Reading) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    std::io::stdin().take(limits::TEXT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limits::TEXT {
        return Err(std::io::Error::other(format!("it is larger than {} MB", limits::TEXT >> 20)));
    }
    let name = PathBuf::from("<stdin>");
    *apart = std::mem::take(apart).and_stored([(name.clone(), bytes)].into(), &[name]);
    Ok(())
}

fn print(output: OutputArg, findings: &[Diagnostic], sources: &SourceMap) {
    let cards = || -> Vec<RuleCard> {
        let card = |rule: &Rule| RuleCard { code: rule.code, title: rule.title, manual: rule.manual };
        RULES.iter().map(card).collect()
    };
    let words = say::words();
    match output {
        OutputArg::Concise => print!("{}", concise(&told(findings, words), sources)),
        OutputArg::Full => report::findings(findings, sources),
        OutputArg::Json => print!("{}", diagnostic::json(findings, sources, words)),
        OutputArg::Sarif => print!("{}", diagnostic::sarif(findings, sources, &cards(), words)),
        OutputArg::Github => print!("{}", diagnostic::github(&told(findings, words), sources)),
    }
}
