//! Reading, checking and telling: what `build` and `check` have in common.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use gaisan::build::replace;
use gaisan::diagnostic::{self, Color, Diagnostic, Level, Tally, nearest};
use gaisan::examine;
use gaisan::read::{Project, Reading, SETTINGS_FILE};
use gaisan::render::terminal::Look;
use gaisan::settings::Severities;
use gaisan::source::{ReadError, SourceMap, chapter_of, display_name, look_alike};

use super::args::SeverityArgs;
use super::say::{self, ERROR, WARNING};
use super::{Stop, project};

/// How wide tables are where nobody knows the terminal's width.
const WIDTH: usize = 100;
/// Wider than this a table is hard to read.
const WIDEST: usize = 140;

/// Prints trouble of the machine.
pub(super) fn trouble(what: &impl Display) {
    say::tell_painted(&ERROR.before(": ", &what.to_string()));
}

/// Prints that a file or folder cannot be read, and which one was probably meant where it is not there.
pub(super) fn unread(what: &ReadError) {
    trouble(what);
    let name = what.path.to_string_lossy();
    let alike = || Some(look_alike(Path::new("."), &name, nearest)?.name).filter(|alike| !alike.is_empty());
    let is_missing = what.cause.kind() == std::io::ErrorKind::NotFound;
    if let Some(alike) = Some(()).filter(|()| is_missing).and_then(|()| tidied(&name).or_else(alike)) {
        say::tell(format_args!("  {}\n", say::in_words(&format!("did you mean `{alike}`?"))));
    }
}

/// A path without what came with it when it was copied: quotation marks, blanks, the line and column of a report, the `\` of Windows; where
/// there is something.
fn tidied(name: &str) -> Option<String> {
    let mut tidy = name.trim().trim_matches(['"', '\'', '「', '」']).trim().replace('\\', "/");
    while let Some((path, number)) = tidy.rsplit_once(':')
        && !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
    {
        tidy = path.to_owned();
    }
    (tidy != name && Path::new(&tidy).exists()).then_some(tidy)
}

/// What a sheet's PDF cannot show, as a warning.
pub(super) fn missing(path: &Path, characters: &[char]) -> String {
    let code = |character: &char| format!("{character} (U+{:04X})", u32::from(*character));
    let list: Vec<String> = characters.iter().map(code).collect();
    let (list, path) = (list.join(", "), display_name(path));
    WARNING.before(": ", &format!("the PDF's font lacks {list}; {path} shows 〓 instead"))
}

/// What a person should know of a workbook, as a warning.
pub(super) fn remark(path: &Path, what: &str) -> String {
    WARNING.before(": ", &format!("{}: {what}", display_name(path)))
}

/// Findings as they are painted.
pub(super) fn worded(findings: &[Diagnostic], sources: &SourceMap) -> String {
    diagnostic::text_in(say::words(), findings, sources, Color::Always)
}

/// The settings of the project around the current folder, where it has some: also such as cannot be read, which is said.
fn project_file() -> Option<PathBuf> {
    Some(project::path(SETTINGS_FILE)).filter(|path| path.symlink_metadata().is_ok())
}

/// Refuses the project's own folders where a link leads out of it: who sends it in would choose what is read and published, and where it is
/// written.
fn inside(project: &Project) -> Result<(), String> {
    let own = ["budgets", "templates", "output"].map(project::path);
    own.iter().find(|path| project.leads_out(path)).map_or(Ok(()), |path| Err(link(path)))
}

fn link(path: &Path) -> String {
    format!(
        "`{}` is a link that leads out of the project; allow the folder that it leads to in `gaisan.yaml`: `outside: [FOLDER]`",
        display_name(path)
    )
}

/// Writes files, all of them or none.
///
/// # Errors
/// Says which cannot be written, or lies behind a link that leads out of the project.
pub(super) fn write(files: &BTreeMap<PathBuf, Vec<u8>>, project: &Project) -> Result<(), String> {
    if let Some(path) = files.keys().find_map(|path| project.way_out(path)) {
        return Err(link(path));
    }
    replace(files).map_err(|it| format!("`{}` cannot be written: {}", it.what, it.cause))
}

/// What the project's settings say, where there are some.
///
/// # Errors
/// When there are errors in them; what they are has been printed.
pub(super) fn project() -> Result<Project, String> {
    let mut reading = Reading::default();
    if let Some(settings) = project_file() {
        Severities::read(&settings, &mut reading);
        reading.unreadable.iter().for_each(unread);
        let said = worded(&reading.findings, &reading.sources);
        say::tell_painted(&said);
        if reading.is_withheld() {
            return Err(format!(
                "`{}` has errors, and how its chapters are meant is not known",
                display_name(&settings)
            ));
        }
    }
    inside(&reading.project())?;
    Ok(reading.project())
}

/// How many errors there are in what was read.
pub(super) fn errors(reading: &Reading) -> usize {
    let findings = examine(reading).findings;
    Tally::of(&findings).errors
}

/// How wide the terminal is, what it can do, and how much of a table is wanted.
pub(super) fn look(all: bool) -> Look {
    let stated = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let width = stated.or_else(terminal).unwrap_or(WIDTH).clamp(40, WIDEST);
    let can_draw = std::env::var("TERM").is_ok_and(|term| term != "dumb");
    Look { width, all, color: true, bars: can_draw && std::io::stdout().is_terminal() }
}

/// Prints findings.
pub(super) fn findings(findings: &[Diagnostic], sources: &SourceMap) {
    say::paint(&worded(findings, sources));
    let _ = std::io::stdout().flush();
}

/// Reads the project's settings and joins them to the command line's.
///
/// # Errors
/// When the command line asks for what cannot be; all of that has been said.
pub(super) fn severities(args: &SeverityArgs, reading: &mut Reading) -> Result<Severities, Stop> {
    let settings = args.config.clone().or_else(project_file);
    let mut severities = settings.map(|path| Severities::read(&path, reading)).unwrap_or_default();
    inside(&reading.project())?;
    let mut fine = true;
    let options = [
        ("--deny", Level::Deny, &args.deny),
        ("--warn", Level::Warn, &args.warn),
        ("--allow", Level::Allow, &args.allow),
    ];
    for (option, level, codes) in options {
        for code in codes {
            if level == Level::Deny && code.eq_ignore_ascii_case("warnings") {
                severities.deny_warnings();
            } else if let Err(refusal) = severities.set(code, level) {
                trouble(&format!("{option} {code}: {refusal}; {}", refusal.help()));
                fine = false;
            }
        }
    }
    if fine { Ok(severities) } else { Err(Stop::Said) }
}

/// `0 errors, 3 warnings`, with those from outside the findings.
pub(super) fn tally(findings: &[Diagnostic], errors: usize, warnings: usize) -> String {
    let tally = Tally::of(findings);
    format!("{}, {}", counted(tally.errors + errors, "error"), counted(tally.warnings + warnings, "warning"))
}

/// `1 error`, `2 errors`.
pub(super) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// Ends a command whose paths hold no chapter, and no error that would say why.
pub(super) fn any_chapter(chapters: usize, findings: &[Diagnostic], paths: &[PathBuf]) -> Result<(), String> {
    if chapters > 0 || Tally::of(findings).errors > 0 {
        return Ok(());
    }
    let chapter = match paths {
        [only] => chapter_of(only),
        _ => None,
    };
    let paths: Vec<String> = paths.iter().map(|path| format!("`{}`", display_name(path))).collect();
    if let Some(chapter) = chapter {
        return Err(format!(
            "no chapter in {}: name `{}`, of which it is a part",
            paths.concat(),
            display_name(&chapter)
        ));
    }
    Err(format!("no chapter in {}: a chapter is a .yaml file that begins with `gaisan: 1`", paths.join(", ")))
}
