//! A comparison for programs: one JSON document, described by `docs/schema/diff.schema.json`.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::bridge::Bridge;
use super::change::{AmountChange, ChapterChange, Diff, LineChange, Link, Member, Move, Relation};
use super::column::ColumnPair;
use super::continuity::Continuity;
use super::movers::Mover;
use super::proposal::Proposal;
use super::texts::WordChange;
use super::together::ChaptersTogether;
use crate::export;
use crate::model::{Amount, Comparison, Crosswalk, FiscalYear, Id, Money, Rate, Request, Stage};

#[derive(Serialize)]
struct Report<'a> {
    relation: Relation,
    same: bool,
    columns: &'a [ColumnPair],
    totals: Vec<Total<'a>>,
    /// Years between the two sides of which no file was read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unread_years: Vec<u16>,
    chapters: Vec<Chapter<'a>>,
}

/// What chapters that can be added up come to; they are named by their places.
#[derive(Serialize)]
struct Total<'a> {
    chapters: &'a [usize],
    times: Times,
    currency: String,
    amounts: Vec<Change<'a>>,
}

#[derive(Serialize)]
struct Chapter<'a> {
    old: Option<Time<'a>>,
    new: Option<Time<'a>>,
    times: Times,
    currency: String,
    same: bool,
    lines: Vec<Line<'a>>,
    movers: Vec<Vec<Mover>>,
    continuity: &'a Continuity<'a>,
    proposals: &'a [Proposal<'a>],
    unused_crosswalk: &'a [&'a Crosswalk],
}

/// Year and stage of both sides, also where a chapter is on one of them only.
#[derive(Serialize)]
struct Times {
    old: Option<YearAndStage>,
    new: Option<YearAndStage>,
}

#[derive(Serialize)]
struct YearAndStage {
    fiscal_year: u16,
    stage: Stage,
}

#[derive(Serialize)]
struct Time<'a> {
    id: &'a Id,
    title: &'a str,
    fiscal_year: u16,
    stage: Stage,
}

#[derive(Serialize)]
struct Line<'a> {
    depth: usize,
    parent: Option<usize>,
    link: Link,
    old: &'a [Member<'a>],
    new: &'a [Member<'a>],
    #[serde(skip_serializing_if = "Option::is_none")]
    moved: &'a Option<Move<'a>>,
    counted: bool,
    same: bool,
    amounts: Vec<Change<'a>>,
    words: &'a [WordChange],
}

#[derive(Serialize)]
struct Change<'a> {
    old: Cell,
    new: Cell,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<Amount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    percent: Option<String>,
    /// Whether sums of what is listed are compared.
    listed: bool,
    bridge: Steps<'a>,
}

#[derive(Serialize)]
struct Steps<'a> {
    #[serde(flatten)]
    bridge: &'a Bridge,
    /// Which of the two totals are not all of it, because something has no amount yet or is not stated.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    open: Vec<&'static str>,
}

#[derive(Serialize)]
struct Cell {
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<Amount>,
}

/// A comparison as a JSON document with a final line end.
pub fn json(diff: &Diff<'_>) -> String {
    let chapters = diff.chapters.iter().filter_map(|one| chapter(one, diff.columns.len()));
    let wholes = diff.chapters_together();
    let report = Report {
        relation: diff.relation,
        same: diff.is_same(),
        columns: &diff.columns,
        totals: wholes.iter().filter_map(total).collect(),
        unread_years: diff.unread.iter().map(|year| year.western()).collect(),
        chapters: chapters.collect(),
    };
    export::document("diff", &report)
}

fn total<'a>(whole: &'a ChaptersTogether<'a>) -> Option<Total<'a>> {
    Some(Total {
        chapters: &whole.chapters,
        times: times(&whole.change),
        currency: whole.change.request()?.unit.currency().to_string(),
        amounts: whole.change.top()?.amounts.iter().map(change).collect(),
    })
}

fn chapter<'a>(chapter: &'a ChapterChange<'a>, columns: usize) -> Option<Chapter<'a>> {
    let time = |request: &'a Request| Time {
        id: &request.line.id.value,
        title: &request.line.title,
        fiscal_year: request.fiscal_year.value.western(),
        stage: request.stage,
    };
    Some(Chapter {
        old: chapter.old.map(time),
        new: chapter.new.map(time),
        times: times(chapter),
        currency: chapter.request()?.unit.currency().to_string(),
        same: chapter.is_same(),
        lines: chapter.lines.iter().map(line).collect(),
        movers: (0..columns).map(|column| chapter.movers(column)).collect(),
        continuity: &chapter.continuity,
        proposals: &chapter.proposals,
        unused_crosswalk: &chapter.unused,
    })
}

fn times(chapter: &ChapterChange<'_>) -> Times {
    let one = |(year, stage): (FiscalYear, Stage)| YearAndStage { fiscal_year: year.western(), stage };
    let [old, new] = chapter.times.map(|side| side.map(one));
    Times { old, new }
}

fn line<'a>(line: &'a LineChange<'a>) -> Line<'a> {
    Line {
        depth: line.depth,
        parent: line.parent,
        link: line.link,
        old: &line.old,
        new: &line.new,
        moved: &line.moved,
        counted: line.is_counted,
        same: line.is_same(),
        amounts: line.amounts.iter().map(change).collect(),
        words: &line.words,
    }
}

fn change(change: &AmountChange) -> Change<'_> {
    let cell = |money: Money| Cell { state: state(&money), amount: money.amount() };
    let sides = [("old", change.old), ("new", change.new)].into_iter();
    let open = sides.filter(|(_, money)| money.is_open() || money.is_gap()).map(|(side, _)| side).collect();
    Change {
        old: cell(change.old),
        new: cell(change.new),
        outcome: outcome(&change.comparison),
        change: change.change(),
        percent: percent(&change.comparison),
        listed: change.is_listed,
        bridge: Steps { bridge: &change.bridge, open },
    }
}

impl Serialize for Member<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut place = serializer.serialize_struct("Member", 3)?;
        place.serialize_field("chapter", &self.chapter.line.id)?;
        place.serialize_field("id", &self.row.line.id)?;
        place.serialize_field("title", &self.row.line.title)?;
        place.end()
    }
}

/// The name of a cell's state in exports.
pub(crate) fn state(money: &Money) -> &'static str {
    match money {
        Money::Known(_) => "known",
        Money::KnownAndUnspecified(_) => "known_and_unspecified",
        Money::Unspecified => "unspecified",
        Money::New => "new",
        Money::Ended => "ended",
        Money::NotApplicable => "not_applicable",
        Money::NotStated | Money::Unknown => "not_stated",
        Money::Undecided => "undecided",
        Money::Within(_) => "within",
    }
}

/// The name of what became of an amount in exports.
pub(super) fn outcome(comparison: &Comparison) -> &'static str {
    match comparison {
        Comparison::New(_) => "new",
        Comparison::Ended(_) => "ended",
        Comparison::FromNothing(_) => "from_nothing",
        Comparison::ToNothing(_) => "to_nothing",
        Comparison::Same => "same",
        Comparison::WithinRounding(_) => "same_within_rounding",
        Comparison::Changed { .. } => "changed",
        Comparison::Incomparable => "incomparable",
    }
}

/// A rate of change in percent to four decimals, half up: `-56.8752`; nothing where a sheet prints 「－」 or a word.
pub(super) fn percent(comparison: &Comparison) -> Option<String> {
    comparison.rate().map(|rate| decimal(rate.percent(4)))
}

/// A share in percent to four decimals.
pub(super) fn share<S: Serializer>(share: &Option<Rate>, serializer: S) -> Result<S::Ok, S::Error> {
    share.map(|share| decimal(share.times(6))).serialize(serializer)
}

/// A number given in ten-thousandths.
fn decimal(number: i128) -> String {
    let digits = format!("{:05}", number.unsigned_abs());
    let (whole, fraction) = digits.split_at(digits.len() - 4);
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{whole}.{fraction}")
}
