//! Where next year's files lie, and what this year's get that are filled in later.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

use super::super::{Change, Plan};
use super::Rolling;
use crate::diagnostic::Edit;
use crate::edit::Value;
use crate::model::{FiscalCalendar, FiscalYear, Lang, Money, Program, fold};
use crate::notation::Notation;
use crate::read::IDS_FILE;
use crate::rollup::Rollup;
use crate::source::{self, FileId, display_name};

/// So many lines of a file are told that are to be looked at.
const MOST_LINES: usize = 12;

impl Rolling<'_> {
    /// Pictures and the names of an import go on as they are.
    pub(super) fn beside(&self, programs: &[Program], plan: &mut Plan) -> Result<(), String> {
        let chapter = &self.reading.sources.file(self.request.file).path;
        let mut files = vec![source::beside(chapter, IDS_FILE)];
        let is_over = |program: &&Program| self.over.contains(program.line.id.value.as_str());
        let going_on = Program::all(programs).into_iter().filter(|program| !is_over(program));
        let figures = going_on.flat_map(|program| &program.figures);
        files.extend(figures.filter_map(|figure| figure.path.clone()));
        for path in files.iter().filter(|path| source::is_file(path)) {
            // A picture that all years share stays where it is.
            if let Some(new) = self.next(path).ok().filter(|new| new != path) {
                plan.files.insert(new, source::read_bytes(path).map_err(|error| error.to_string())?);
            }
        }
        Ok(())
    }

    /// An empty `enacted` for every line of this year that asks for something and of which no file says what was enacted.
    pub(super) fn slots(&self, plan: &mut Plan) -> Result<(), String> {
        let rollup = Rollup::of(self.request);
        let open = rollup
            .rows
            .iter()
            .map(|row| row.line)
            .filter(|line| self.enacted(line).is_none() && may_be_enacted(line.requested.money.value));
        let mut edits: BTreeMap<FileId, Vec<Edit>> = BTreeMap::new();
        let slot = Value::text(self.word("未定", "undecided"));
        for line in open {
            let file = line.id.span.file;
            let edit = self.manuscripts.get(&file).and_then(|page| page.put(line.id.span, "enacted", &slot));
            edits.entry(file).or_default().push(edit.ok_or_else(|| self.stuck(file))?);
        }
        plan.edits(&self.reading.sources, &edits);
        Ok(())
    }

    /// Where a file of this year lies in the next: in the folder that is named after that year. A path that begins within that folder is
    /// followed up to it.
    pub(super) fn next(&self, path: &Path) -> Result<PathBuf, String> {
        let whole = std::path::absolute(path).unwrap_or_default();
        let found =
            self.next_folder(path, usize::MAX, renamed).or_else(|| self.next_folder(&whole, 1, renamed));
        // A name that says more than its year: R9年度, 令和9年度概算要求.
        let within = |path| self.next_folder(path, 1, renamed_within);
        let found = found.or_else(|| within(path)).or_else(|| within(&whole));
        found.map(|folder| folder.join(path.file_name().unwrap_or_default())).ok_or_else(|| {
            format!(
                "the folder of `{}` does not name its year, so next year's has no place; move it to `fy{}/…` first",
                display_name(path),
                self.request.fiscal_year.value.western()
            )
        })
    }

    /// The folder of a file with the innermost so many of its names that are this year's for the next one; `None` where none is.
    fn next_folder(&self, path: &Path, most: usize, renamed: Renamed) -> Option<PathBuf> {
        let (from, to) = (self.request.fiscal_year.value, self.to);
        let mut left = most;
        let folder = path.parent().unwrap_or(Path::new(""));
        let parts = folder.components().rev().map(|part| match part {
            Component::Normal(name) if left > 0 => {
                let new = renamed(&name.to_string_lossy(), from, to);
                left -= usize::from(new.is_some());
                new.map_or_else(|| name.to_owned(), Into::into)
            }
            other => other.as_os_str().to_owned(),
        });
        let parts: Vec<OsString> = parts.collect();
        (left < most).then(|| parts.into_iter().rev().collect())
    }
}

impl Rolling<'_> {
    /// Says in which lines the texts of a new file are still about this year.
    pub(super) fn still_said(&self, new: &Path, text: &str) -> Vec<Change> {
        let year = self.request.fiscal_year.value;
        let mut names: Vec<String> = forms(year)
            .into_iter()
            .filter(|form| form.ends_with("年度") || form.starts_with("FY2"))
            .chain([format!("FY {}", year.western())])
            .collect();
        names.sort_by_key(|name| std::cmp::Reverse(name.chars().count()));
        // As each is written there, so that whoever looks for it finds it.
        let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (line, at) in text.lines().zip(1..) {
            let line = line.split(" #").next().unwrap_or_default();
            let name = names.iter().find_map(|name| written_as(line, name));
            if let Some(name) = name.filter(|_| !line.trim_start().starts_with('#')) {
                found.entry(name).or_default().push(at.to_string());
            }
        }
        let said = found.into_iter().map(|(name, lines)| {
            let shown =
                lines.get(..MOST_LINES).map_or_else(|| lines.join(", "), |some| some.join(", ") + ", …");
            let lines = if lines.len() == 1 { "line" } else { "lines" };
            Change::Left(format!("{}  still names {name} in {lines} {shown}", display_name(new)))
        });
        said.collect()
    }
}

/// A name as a line has it, in letters and figures of whatever width, with the second of two calendar years: `FY2027/28`.
fn written_as(line: &str, name: &str) -> Option<String> {
    let (all, name): (Vec<char>, Vec<char>) = (line.chars().collect(), name.chars().collect());
    let is_it = |own: &[char]| own.iter().map(|c| fold(*c)).eq(name.iter().copied());
    let at = all.windows(name.len()).position(is_it)?;
    let rest = all.get(at + name.len()..).unwrap_or_default();
    let second = rest.iter().skip(1).take_while(|c| fold(**c).is_ascii_digit()).count();
    let is_span =
        rest.first().is_some_and(|c| matches!(fold(*c), '/' | '-' | '–')) && matches!(second, 2 | 4);
    let end = at + name.len() + if is_span { second + 1 } else { 0 };
    all.get(at..end).map(|own| own.iter().collect())
}

/// Whether a line that asks for this may get an amount in the budget.
fn may_be_enacted(asked: Money) -> bool {
    !matches!(asked, Money::NotStated | Money::NotApplicable | Money::Unknown | Money::Ended)
}

/// The ways to write a fiscal year, from the fullest to the shortest.
fn forms(year: FiscalYear) -> Vec<String> {
    let (western, short) = (year.western(), year.western() % 100);
    let next = (western + 1) % 100;
    let eras = [Lang::Ja].map(|lang| Notation::new(lang).fiscal_year(year));
    let bare = eras[0].trim_end_matches("年度").to_owned();
    let (_, number) = year.era();
    let letter = if bare.starts_with("平成") { 'H' } else { 'R' };
    let mut forms: Vec<String> = eras.into();
    forms.extend([
        bare,
        format!("{letter}{number}"),
        format!("{letter}{number:02}"),
        format!("{western}年度"),
        format!("FY{western}"),
        format!("FY{short:02}"),
        format!("{western}-{next:02}"),
        format!("{western}/{next:02}"),
        western.to_string(),
    ]);
    forms
}

/// A year written as another one was: in one of the usual ways, else with each of its numbers moved on, in its own signs and width.
pub(super) fn restyled(
    written: &str,
    (from, to): (FiscalYear, FiscalYear),
    calendar: FiscalCalendar,
) -> String {
    let style = forms(from).iter().position(|form| form == written);
    let usual = || forms(to).into_iter().next().unwrap_or_default();
    let own = style.and_then(|style| forms(to).get(style).cloned());
    let is_it = |text: &String| FiscalYear::parse_in(text, calendar) == Ok(to);
    own.or_else(|| Some(moved_on(written, to.western().checked_sub(from.western())?)).filter(is_it))
        .unwrap_or_else(usual)
}

/// A text with each number in it so many further.
fn moved_on(written: &str, by: u16) -> String {
    let all: Vec<char> = written.chars().collect();
    let is_digit = |c: char| fold(c).is_ascii_digit() || c == '元';
    let runs = all.chunk_by(|one, other| is_digit(*one) == is_digit(*other));
    let moved = runs.map(|run| {
        let digits: String = run.iter().map(|c| if *c == '元' { '1' } else { fold(*c) }).collect();
        let number = digits.parse::<u16>().ok().map(|it| it.saturating_add(by));
        let Some(number) = number else { return run.iter().collect() };
        // The second of two years begins again after 99.
        let number = if run.len() == 2 { number % 100 } else { number };
        let text = format!("{number:0width$}", width = run.len());
        let is_wide = run.iter().all(|c| fold(*c) != *c);
        text.chars().map(|c| if is_wide { widened(c) } else { c }).collect::<String>()
    });
    moved.collect()
}

/// The name of a folder for another year.
type Renamed = fn(&str, FiscalYear, FiscalYear) -> Option<String>;

/// The name of a folder with a year among other words, for another year: 令和９年度概算要求.
fn renamed_within(name: &str, from: FiscalYear, to: FiscalYear) -> Option<String> {
    let narrow: Vec<char> = name.chars().map(fold).collect();
    let mut pairs: Vec<(String, String)> = forms(from).into_iter().zip(forms(to)).collect();
    pairs.sort_by_key(|(from, _)| std::cmp::Reverse(from.chars().count()));
    pairs.into_iter().find_map(|(from, to)| {
        let from: Vec<char> = from.chars().map(|c| c.to_ascii_lowercase()).collect();
        let is_it = |at: &usize| {
            let (before, rest) = narrow.split_at(*at);
            let (own, after) = rest.split_at(from.len());
            let is_word = |c: &char, inner: Option<&char>| {
                c.is_ascii_digit()
                    || c.is_ascii_alphabetic() && inner.is_some_and(char::is_ascii_alphanumeric)
            };
            own.iter().map(char::to_ascii_lowercase).eq(from.iter().copied())
                && !before.last().is_some_and(|c| is_word(c, own.first()))
                && !after.first().is_some_and(|c| is_word(c, own.last()))
        };
        let at = (0..=narrow.len().checked_sub(from.len())?).find(is_it)?;
        let all: Vec<char> = name.chars().collect();
        let own = all.get(at..at + from.len())?;
        let is_wide = own.iter().any(|c| fold(*c) != *c);
        let is_small = own.iter().any(char::is_ascii_lowercase);
        let new = to.chars().map(|c| match c {
            _ if is_wide => widened(c),
            _ if is_small => c.to_ascii_lowercase(),
            _ => c,
        });
        Some(
            all.iter()
                .take(at)
                .copied()
                .chain(new)
                .chain(all.iter().skip(at + from.len()).copied())
                .collect(),
        )
    })
}

/// A letter or figure of half width as one of full width.
fn widened(c: char) -> char {
    Some(c)
        .filter(char::is_ascii_alphanumeric)
        .and_then(|c| char::from_u32(u32::from(c) + WIDER))
        .unwrap_or(c)
}

/// How far letters of full width lie behind those of half width.
const WIDER: u32 = 0xFEE0;

/// The name of a folder for another year, where it names a year.
fn renamed(name: &str, from: FiscalYear, to: FiscalYear) -> Option<String> {
    let lower = |forms: Vec<String>| forms.into_iter().map(|form| form.to_lowercase());
    let pairs = forms(from).into_iter().zip(forms(to)).chain(lower(forms(from)).zip(lower(forms(to))));
    pairs.into_iter().find(|(from, _)| from == name).map(|(_, to)| to)
}
