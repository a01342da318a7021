//! From what tables and forms gave to chapters: what several say of one year is one chapter.

use std::collections::{BTreeSet, HashSet};

use super::offices::Office;
use super::taking::{OfYear, Taking};
use super::words::{folded, without_brackets};
use super::{EmptyCell, Import, Taken, TakenAmount, TakenLine, dated};
use crate::model::{Currency, FiscalCalendar, FiscalYear};

/// Joins what tables say of one year. Where several say it, each is a group of its own unless their accounts tell them apart.
pub(super) fn gather(import: &mut Import, taken: Vec<Taking>, several: bool, has_own: bool) {
    let mut said: HashSet<(FiscalYear, Currency)> = HashSet::new();
    let mut of =
        taken.iter().flat_map(|taking| taking.years.iter().map(|of| (of.year, taking.unit.currency())));
    let several = several && (has_own || of.any(|of| !said.insert(of)));
    let accounts: Vec<&String> = taken.iter().filter_map(|taking| taking.account.as_ref()).collect();
    let are_accounts = accounts.len() == taken.len()
        && (1..accounts.len()).all(|at| !accounts[..at].contains(&accounts[at]));
    let titles = titles(&taken);
    for (taking, title) in taken.into_iter().zip(titles) {
        let rounding = taking.rounding();
        let office = Office::of(&taking);
        let below = taking.below;
        for OfYear { year, stage, mut lines, total, empty, is_remarked } in taking.years {
            if several && !are_accounts {
                lines = vec![group(title.clone(), (&total, &empty), lines)];
            }
            let at = import.chapters.iter().position(|chapter| {
                chapter.kept.is_none()
                    && chapter.year == year
                    && chapter.unit.currency() == taking.unit.currency()
            });
            let origins =
                at.and_then(|at| import.chapters.get(at)).map_or(0, |chapter| chapter.origins.len());
            lines.iter_mut().for_each(|line| moved(line, origins));
            let which = (year, taking.unit.currency());
            let mut all = group(String::new(), (&total, &empty), Vec::new());
            moved(&mut all, origins);
            import.offices.push((which, office.clone().with(lines.len(), all)));
            let mut own = vec![taking.origin.clone()];
            let mut unmarked: Vec<usize> = [origins].into_iter().filter(|_| !taking.is_remarked).collect();
            let mut unremarked: Vec<usize> = [origins].into_iter().filter(|_| !is_remarked).collect();
            for (title, detail) in &below {
                let of_year = detail.years.iter().find(|of| of.year == year);
                if let (Some(of), Some(line)) = (of_year, find(&mut lines, title)) {
                    let mut parts = of.lines.clone();
                    parts.iter_mut().for_each(|line| moved(line, origins + own.len()));
                    line.children = parts;
                    unmarked.extend([origins + own.len()].into_iter().filter(|_| !detail.is_remarked));
                    unremarked.extend([origins + own.len()].into_iter().filter(|_| !of.is_remarked));
                    own.push(detail.origin.clone());
                }
            }
            match at.and_then(|at| import.chapters.get_mut(at)) {
                Some(chapter) => {
                    chapter.origins.extend(own);
                    chapter.unremarked.extend(unremarked);
                    chapter.unmarked.extend(unmarked);
                    chapter.lines.extend(lines);
                    chapter.title = common(chapter.title.take(), taking.title.as_deref());
                    chapter.rounding = chapter.rounding.filter(|_| chapter.rounding == rounding);
                    chapter.notes.extend(taking.notes.iter().cloned());
                    chapter.total.clear();
                    chapter.empty.clear();
                }
                None => import.chapters.push(Taken {
                    origins: own,
                    title: taking.title.clone(),
                    ministry: taking.ministry.clone(),
                    unit: taking.unit,
                    year,
                    stage,
                    rounding,
                    lines,
                    total,
                    empty,
                    notes: taking.notes.clone(),
                    unremarked,
                    unmarked,
                    kept: None,
                    made: BTreeSet::new(),
                }),
            }
        }
    }
}

/// What stands for all lines of a table.
fn group(
    title: String,
    (total, empty): (&[TakenAmount], &[EmptyCell]),
    children: Vec<TakenLine>,
) -> TakenLine {
    let (amounts, empty) = (total.to_vec(), empty.to_vec());
    TakenLine { title, amounts, empty, is_complete: true, children, ..TakenLine::default() }
}

/// The title of several tables: what is the same in theirs, brackets aside; that of the first where they have nothing in common.
fn common(first: Option<String>, other: Option<&str>) -> Option<String> {
    let first = first?;
    let Some(other) = other else { return Some(first) };
    let bare = |text: &str| {
        let text: String = text
            .chars()
            .map(|c| match c {
                '（' | '〔' | '［' | '【' => '(',
                '）' | '〕' | '］' | '】' => ')',
                _ => c,
            })
            .collect();
        without_brackets(&text).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let [one, two] = [bare(&first), bare(other)];
    let words = one.split(' ').zip(two.split(' ')).take_while(|(one, two)| one == two);
    let same = words.map(|(word, _)| word).collect::<Vec<_>>().join(" ");
    Some(if same.is_empty() || first == other { first } else { same })
}

/// What the groups of several tables are called: after their sheets, after what stands above them where a sheet has several.
fn titles(taken: &[Taking]) -> Vec<String> {
    let sheet = |taking: &Taking| taking.origin.sheet.as_deref().unwrap_or_default().trim().to_owned();
    // A title that only some have is about all of them.
    let own = |taking: &Taking| taking.title.clone().unwrap_or_default();
    let are_apart = |titles: &[String]| {
        titles
            .iter()
            .all(|title| !title.is_empty() && titles.iter().filter(|other| *other == title).count() == 1)
    };
    let head = |taking: &Taking| taking.head.clone();
    let heading = |taking: &Taking| taking.heading.clone().unwrap_or_default();
    let found = [&sheet as &dyn Fn(&Taking) -> String, &heading, &own, &head].into_iter();
    let mut found = found.map(|name| taken.iter().map(name).collect::<Vec<_>>());
    found.find(|titles| are_apart(titles)).unwrap_or_else(|| {
        // Nothing tells them apart but their order.
        let title = |taking: &Taking| taking.title.clone().unwrap_or_else(|| sheet(taking));
        let numbered = taken.iter().zip(1..).map(|(taking, at)| {
            let title = title(taking);
            format!("{} ({at})", dated::without_year(&title, FiscalCalendar::default()))
        });
        numbered.map(|title| title.trim().to_owned()).collect()
    })
}

fn moved(line: &mut TakenLine, origin: usize) {
    line.origin.origin = origin;
    line.amounts.iter_mut().for_each(|amount| amount.place.origin = origin);
    line.empty.iter_mut().for_each(|empty| empty.place.origin = origin);
    line.children.iter_mut().for_each(|child| moved(child, origin));
}

/// The line of a title, which has none below it.
pub(super) fn find<'l>(lines: &'l mut [TakenLine], title: &str) -> Option<&'l mut TakenLine> {
    lines.iter_mut().find_map(|line| match line.children.is_empty() {
        true => (folded(&line.title) == title).then_some(line),
        false => find(&mut line.children, title),
    })
}
