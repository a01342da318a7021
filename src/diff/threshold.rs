//! What a run must not find: `increase>5%`, `change>100百万円`, `new`.

use std::fmt;

use super::change::{ChapterChange, Diff, LineChange, Link};
use crate::model::{Amount, Comparison, FineRate, Lang, Rate, Unit};
use crate::notation::Notation;

/// A limit that a comparison is held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Threshold {
    text: String,
    /// Whether only the chapters' own lines count.
    is_total: bool,
    limit: Limit,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Limit {
    Change(Direction, Size),
    Link(Link),
    Moved,
    Words,
    Unmatched,
    Discontinuity,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    Up,
    Down,
    Both,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Size {
    Any,
    Rate(FineRate),
    /// As written; its unit is that of the chapter where none is given.
    Amount(String),
}

impl Threshold {
    /// What can be written without a size.
    pub const WORDS: [&'static str; 10] = [
        "increase", "decrease", "change", "new", "ended", "unlisted", "moved", "words", "unmatched",
        "discontinuity",
    ];

    /// Reads a threshold.
    ///
    /// # Errors
    /// If the text is none; says how one is written.
    pub fn parse(text: &str) -> Result<Self, String> {
        let error = || {
            let words = Self::WORDS.map(|word| format!("`{word}`")).join(", ");
            format!(
                "`{text}` is no threshold; write e.g. `increase>5%`, `decrease>10億円`, `change>100百万円`, `total-increase>3%`, or one of {words}"
            )
        };
        let written = text.trim().replace('＞', ">");
        let (is_total, rest) = match written.strip_prefix("total-") {
            Some(rest) => (true, rest),
            None => (false, written.as_str()),
        };
        let (what, size) = match rest.split_once('>') {
            Some((what, size)) => (what.trim(), Some(size.trim())),
            None => (rest, None),
        };
        let direction = match what {
            "increase" => Some(Direction::Up),
            "decrease" => Some(Direction::Down),
            "change" => Some(Direction::Both),
            _ => None,
        };
        let limit = match (direction, size) {
            (Some(direction), size) => Limit::Change(direction, parsed(size).ok_or_else(error)?),
            (None, Some(_)) => return Err(error()),
            (None, None) => match what {
                "new" => Limit::Link(Link::New),
                "ended" => Limit::Link(Link::Ended),
                "unlisted" => Limit::Link(Link::Unlisted),
                "moved" => Limit::Moved,
                "words" => Limit::Words,
                "unmatched" => Limit::Unmatched,
                "discontinuity" => Limit::Discontinuity,
                _ => return Err(error()),
            },
        };
        let is_total_possible = matches!(limit, Limit::Change(..));
        if is_total && !is_total_possible {
            return Err(error());
        }
        Ok(Self { text: written, is_total, limit })
    }

    /// What in a comparison is beyond the threshold, a line of text each. Amounts are those of the leading columns.
    pub fn hits(&self, diff: &Diff<'_>) -> Vec<String> {
        let chapters = diff.chapters.iter();
        chapters.flat_map(|chapter| self.hits_in(chapter)).collect()
    }

    fn hits_in(&self, chapter: &ChapterChange<'_>) -> Vec<String> {
        let Some(request) = chapter.request() else {
            return Vec::new();
        };
        let notation = Notation::of(request, Lang::En);
        let id = &request.line.id.value;
        match &self.limit {
            Limit::Discontinuity => {
                let breaks = chapter.continuity.breaks.iter();
                breaks
                    .filter_map(|found| {
                        let line = found.new.first()?.row.line;
                        let by = notation.signed(&found.amounts.difference);
                        Some(self.hit(&format!("{id}/{}", line.id.value), &by))
                    })
                    .collect()
            }
            Limit::Unmatched => {
                let proposals = chapter.proposals.iter().map(|proposal| {
                    let (old, new) = (proposal.old.row.line, proposal.new.row.line);
                    self.hit(&format!("{id}/{}", old.id.value), &format!("may be `{}`", new.id.value))
                });
                let unused = chapter.unused.iter().map(|entry| {
                    self.hit(
                        id.as_str(),
                        &format!("a `{}` entry of the crosswalk cannot be used", entry.kind.slug()),
                    )
                });
                proposals.chain(unused).collect()
            }
            limit => {
                let lines = chapter.lines.iter();
                let lines = lines.filter(|line| !self.is_total || line.depth == 0);
                lines
                    .filter_map(|line| {
                        let what = said(limit, line, request.unit, &notation)?;
                        let name = match line.depth {
                            0 => id.to_string(),
                            _ => format!("{id}/{}", line.member()?.row.line.id.value),
                        };
                        Some(self.hit(&name, &what))
                    })
                    .collect()
            }
        }
    }

    fn hit(&self, name: &str, what: &str) -> String {
        match what {
            "" => format!("{}: {name}", self.text),
            what => format!("{}: {name}, {what}", self.text),
        }
    }
}

impl fmt::Display for Threshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// What of a line is beyond a limit; `None` where nothing is.
fn said(limit: &Limit, line: &LineChange<'_>, unit: Unit, notation: &Notation) -> Option<String> {
    match limit {
        Limit::Link(link) => {
            // A line that is still there may have ended, too: `requested: 終了`.
            let event = match line.amounts.first()?.comparison {
                Comparison::New(_) => Some(Link::New),
                Comparison::Ended(_) => Some(Link::Ended),
                _ => None,
            };
            let is_meant = (line.link == *link || event == Some(*link)) && !line.was_over;
            (is_meant && line.depth > 0).then(String::new)
        }
        Limit::Moved => line.moved.map(|moved| format!("from `{}`", moved.from.row.line.id.value)),
        Limit::Words => (!line.words.is_empty()).then(|| {
            let fields = line.words.iter().map(|change| change.field.slug());
            fields.collect::<Vec<_>>().join(", ")
        }),
        Limit::Change(direction, size) => {
            let amount = line.amounts.first()?;
            let (change, rate) = match amount.comparison {
                Comparison::Changed { change, rate } => (change, rate),
                Comparison::FromNothing(change) | Comparison::ToNothing(change) => (change, None),
                _ => return None,
            };
            let is_meant = match direction {
                Direction::Up => !change.is_negative(),
                Direction::Down => change.is_negative(),
                Direction::Both => true,
            };
            (is_meant && is_beyond(size, change, rate, unit)).then(|| {
                let rate = rate.map(|rate| format!(" ({})", notation.rate(&rate)));
                format!("{}{}", notation.signed(&change), rate.unwrap_or_default())
            })
        }
        Limit::Unmatched | Limit::Discontinuity => None,
    }
}

fn is_beyond(size: &Size, change: Amount, rate: Option<Rate>, unit: Unit) -> bool {
    match size {
        Size::Any => true,
        Size::Rate(limit) => rate.is_none_or(|rate| rate.exceeds(*limit)),
        Size::Amount(limit) => Amount::parse(limit, unit)
            .ok()
            .and_then(|limit| change.abs().compare(limit.abs()))
            .is_some_and(std::cmp::Ordering::is_gt),
    }
}

fn parsed(size: Option<&str>) -> Option<Size> {
    let Some(size) = size else {
        return Some(Size::Any);
    };
    match size.strip_suffix(['%', '％']) {
        Some(rate) => FineRate::parse(rate).map(Size::Rate),
        None => {
            let code: String = size.chars().filter(char::is_ascii_uppercase).collect();
            let unit = Unit::parse(&code).unwrap_or(Unit::YEN);
            let is_amount = Amount::parse(size, unit).is_ok();
            is_amount.then(|| Size::Amount(size.to_owned()))
        }
    }
}
