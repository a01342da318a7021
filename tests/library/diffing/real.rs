//! Published budgets, year against year: bridges foot to the yen, and what is new, over and changed is what a direct count finds.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use gaisan::diff::{ChapterChange, Column, ColumnPair, Diff, ItemKind, LineChange, Link};
use gaisan::read::Reading;

use super::{compared, reading};

const TAIWAN: &str = include_str!("../../data/tw-central-2007-2019.csv");
const JAPAN: &str = include_str!("../../data/jp-items-2017-2020.csv");

/// A line of a table in one year: its key, which is the same over the years, its chapter, and its amounts.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    chapter: String,
    requested: i64,
    prior: Option<i64>,
}

/// A table with a column for each year, as chapters of one of them.
struct Table {
    unit: &'static str,
    /// Whether everything is one chapter; Japan's accounts pay into each other and must not be added up.
    is_joined: bool,
    years: Vec<u16>,
    rows: Vec<Row>,
}

struct Row {
    level: usize,
    name: String,
    /// The id in YAML: the code of a Taiwanese line, otherwise made of all names above it.
    id: String,
    requested: BTreeMap<u16, i64>,
    prior: BTreeMap<u16, i64>,
}

/// FNV-1a, so that an id depends on nothing but the names.
fn hash(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

impl Table {
    fn taiwan() -> Self {
        Self::read(TAIWAN, "TWD", true)
    }

    fn japan() -> Self {
        Self::read(JAPAN, "円", false)
    }

    fn read(csv: &str, unit: &'static str, is_joined: bool) -> Self {
        let mut lines = csv.lines();
        let head: Vec<&str> = lines.next().unwrap().split(',').collect();
        let years: Vec<u16> = head.iter().filter_map(|name| name.parse().ok()).collect();
        let mut names: Vec<String> = Vec::new();
        let rows = lines.map(|line| {
            let fields: Vec<&str> = line.split(',').collect();
            let level: usize = fields[0].parse().unwrap();
            names.truncate(level - 1);
            names.push(fields[1].to_owned());
            let column = |prefix: &str, year: u16| {
                let name = format!("{prefix}{year}");
                let at = head.iter().position(|column| *column == name)?;
                fields[at].parse().ok().map(|amount| (year, amount))
            };
            let amounts = |prefix: &str| -> BTreeMap<u16, i64> {
                years.iter().filter_map(|&year| column(prefix, year)).collect()
            };
            let code = fields[1].split(' ').next().unwrap();
            let is_coded =
                is_joined && code.len() == 10 && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
            Row {
                level,
                name: fields[1].to_owned(),
                id: match is_coded {
                    true => format!("c{}", code.to_lowercase()),
                    false => format!("n{:016x}", hash(&names.join("/"))),
                },
                requested: amounts(""),
                prior: amounts("prior "),
            }
        });
        Self { unit, is_joined, rows: rows.collect(), years }
    }

    fn pairs(&self) -> impl Iterator<Item = (u16, u16)> + '_ {
        self.years.windows(2).map(|years| (years[0], years[1]))
    }

    /// Where each row's lines end.
    fn end(&self, at: usize) -> usize {
        let below = self.rows[at + 1..].iter();
        at + 1 + below.take_while(|row| row.level > self.rows[at].level).count()
    }

    /// The lines of a year, by their ids.
    fn entries(&self, year: u16) -> BTreeMap<String, Entry> {
        let mut chapter = String::new();
        let mut entries = BTreeMap::new();
        for row in &self.rows {
            if row.level == 1 {
                chapter = if self.is_joined { "all".to_owned() } else { row.id.clone() };
            }
            if let Some(&requested) = row.requested.get(&year) {
                let entry =
                    Entry { chapter: chapter.clone(), requested, prior: row.prior.get(&year).copied() };
                assert!(entries.insert(row.id.clone(), entry).is_none(), "{} twice", row.id);
            }
        }
        entries
    }

    fn reading(&self, year: u16) -> Reading {
        let tops: Vec<usize> = (0..self.rows.len()).filter(|&at| self.rows[at].level == 1).collect();
        let texts: Vec<(String, String)> = match self.is_joined {
            true => vec![self.chapter("all", &tops, year)],
            false => tops.iter().map(|&top| self.chapter(&self.rows[top].id, &[top], year)).collect(),
        };
        reading(&texts)
    }

    fn chapter(&self, id: &str, tops: &[usize], year: u16) -> (String, String) {
        let mut yaml = format!(
            "gaisan: 1\nid: {id}\ntitle: {year}\nministry: all\nfiscal_year: {year}\nstage: enacted\nunit: {}\nbreakdown: complete\nprograms:\n",
            self.unit
        );
        for &top in tops {
            if self.is_joined {
                self.program(&mut yaml, top, year, "  ");
            } else {
                for part in self.parts(top) {
                    self.program(&mut yaml, part, year, "  ");
                }
            }
        }
        (format!("{id}-{year}.yaml"), yaml)
    }

    fn parts(&self, at: usize) -> Vec<usize> {
        let level = self.rows[at].level + 1;
        (at + 1..self.end(at)).filter(|&part| self.rows[part].level == level).collect()
    }

    fn program(&self, yaml: &mut String, at: usize, year: u16, indent: &str) {
        let is_there = |at: usize| self.rows[at].requested.contains_key(&year);
        if !(at..self.end(at)).any(is_there) {
            return;
        }
        let row = &self.rows[at];
        // Some lines of these tables have no name.
        let name = if row.name.trim().is_empty() { "(無名稱)" } else { row.name.as_str() };
        writeln!(yaml, "{indent}- id: {}\n{indent}  title: \"{name}\"", row.id).unwrap();
        if let Some(requested) = row.requested.get(&year) {
            writeln!(yaml, "{indent}  requested: {requested}").unwrap();
            if let Some(prior) = row.prior.get(&year) {
                writeln!(yaml, "{indent}  prior: {prior}").unwrap();
            }
            return;
        }
        writeln!(yaml, "{indent}  breakdown: complete\n{indent}  children:").unwrap();
        for part in self.parts(at) {
            self.program(yaml, part, year, &format!("{indent}    "));
        }
    }
}

/// What a direct count of two years finds: for each kind the sum in the currency's unit and the number of lines.
fn counted(
    old: &BTreeMap<String, Entry>,
    new: &BTreeMap<String, Entry>,
    chapter: &str,
) -> BTreeMap<&'static str, (i64, usize)> {
    let mut found: BTreeMap<&'static str, (i64, usize)> = BTreeMap::new();
    let ids: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for id in ids {
        let of = |entries: &BTreeMap<String, Entry>| {
            let entry = entries.get(id).filter(|entry| entry.chapter == chapter);
            entry.map(|entry| entry.requested)
        };
        let (kind, change) = match (of(old), of(new)) {
            (None, None) => continue,
            (None, Some(new)) => ("new", new),
            (Some(old), None) => ("ended", -old),
            (Some(old), Some(new)) if new > old => ("increased", new - old),
            (Some(old), Some(new)) if new < old => ("decreased", new - old),
            (Some(_), Some(_)) => ("same", 0),
        };
        let told = found.entry(kind).or_default();
        told.0 += change;
        told.1 += 1;
    }
    found
}

/// The same as a bridge tells it.
fn told(chapter: &ChapterChange<'_>) -> BTreeMap<&'static str, (i64, usize)> {
    let bridge = &chapter.top().unwrap().amounts[0].bridge;
    let yen = |hundredths: i128| i64::try_from(hundredths / 100).unwrap();
    let items = bridge.items.iter();
    let mut told: BTreeMap<_, _> =
        items.map(|item| (item.kind.slug(), (yen(item.amount.smallest_units()), item.lines))).collect();
    if bridge.same > 0 {
        told.insert("same", (0, bridge.same));
    }
    told
}

fn feet(diff: &Diff<'_>) {
    for line in diff.chapters.iter().flat_map(|chapter| &chapter.lines) {
        let bridge = &line.amounts[0].bridge;
        let sum: i128 = bridge.items.iter().map(|item| item.amount.smallest_units()).sum();
        let side = |amount: Option<gaisan::model::Amount>| amount.map_or(0, |amount| amount.smallest_units());
        assert_eq!(sum, side(bridge.new) - side(bridge.old), "{bridge:?}");
    }
}

/// Holds every pair of years, and hands each to a closer look.
fn hold(table: &Table, mut look: impl FnMut((u16, u16), &Diff<'_>)) -> Vec<String> {
    let mut report = Vec::new();
    let readings: Vec<Reading> = table.years.iter().map(|&year| table.reading(year)).collect();
    for ((before, after), pair) in table.pairs().zip(readings.windows(2)) {
        let (old, new) = (table.entries(before), table.entries(after));
        let columns = [ColumnPair::same(Column::Requested)];
        compared(&pair[0], &pair[1], Some(&columns), |diff| {
            feet(diff);
            look((before, after), diff);
            for chapter in &diff.chapters {
                let id = chapter.request().unwrap().line.id.value.as_str();
                let (by_hand, by_bridge) = (counted(&old, &new, id), told(chapter));
                assert_eq!(by_bridge, by_hand, "{before} → {after}, {id}");
                let total = |entries: &BTreeMap<String, Entry>| -> i64 {
                    let own = entries.values().filter(|entry| entry.chapter == id);
                    own.map(|entry| entry.requested).sum()
                };
                let bridge = &chapter.top().unwrap().amounts[0].bridge;
                let digits = |amount: Option<gaisan::model::Amount>| amount.unwrap().to_base_units_string();
                assert_eq!(digits(bridge.old), total(&old).to_string());
                assert_eq!(digits(bridge.new), total(&new).to_string());
                let counts: Vec<String> =
                    by_bridge.iter().map(|(kind, (_, lines))| format!("{kind} {lines}")).collect();
                let moved = chapter.lines.iter().filter(|line| line.moved.is_some()).count();
                report.push(format!(
                    "{before} → {after}  {} → {}  {}  moved {moved}  proposals {}",
                    digits(bridge.old),
                    digits(bridge.new),
                    counts.join(", "),
                    chapter.proposals.len()
                ));
            }
        });
    }
    report
}

#[test]
fn thirteen_years_of_taiwan_foot_and_are_counted_right() {
    let mut moved = 0;
    let report = hold(&Table::taiwan(), |_, diff| {
        moved += moves(&diff.chapters[0]);
        proposals(&diff.chapters[0]);
    });
    assert_eq!(report.len(), 12);
    assert!(moved > 100, "only {moved} lines moved");
    insta::assert_snapshot!(report.join("\n"));
}

/// Lines that keep their code and change their office are moved; inside the whole budget that is not told as a change.
fn moves(chapter: &ChapterChange<'_>) -> usize {
    let is_moved = |line: &&LineChange<'_>| line.moved.is_some();
    for line in chapter.lines.iter().filter(is_moved) {
        let (old, new) = (line.old[0].row.line, line.new[0].row.line);
        assert_eq!((line.link, &old.id.value), (Link::Kept, &new.id.value));
        let place = line.moved.unwrap();
        assert_ne!(place.from.row.line.id.value, place.to.row.line.id.value);
    }
    let bridge = &chapter.top().unwrap().amounts[0].bridge;
    assert_eq!(bridge.lines(ItemKind::MovedIn) + bridge.lines(ItemKind::MovedOut), 0);
    chapter.lines.iter().filter(is_moved).count()
}

/// Proposals pair lines that have no counterparts, each once.
fn proposals(chapter: &ChapterChange<'_>) {
    let mut seen = BTreeSet::new();
    for proposal in &chapter.proposals {
        let (old, new) = (&proposal.old.row.line.id.value, &proposal.new.row.line.id.value);
        assert!(seen.insert((false, old)) && seen.insert((true, new)));
        let entry = proposal.entry.as_deref().unwrap();
        assert_eq!(entry, format!("{{kind: renamed, from: {old}, to: {new}}}"));
    }
    let alone = chapter.lines.iter().filter(|line| line.link.is_one_sided());
    let known: BTreeSet<_> =
        alone.map(|line| (line.old.is_empty(), &line.member().unwrap().row.line.id.value)).collect();
    assert!(seen.is_subset(&known));
}

#[test]
fn four_years_of_three_japanese_accounts_foot_and_are_counted_right() {
    let table = Table::japan();
    let mut continuity = String::new();
    let report = hold(&table, |years, diff| {
        writeln!(continuity, "{}", continues(&table, years, diff)).unwrap();
    });
    insta::assert_snapshot!(format!("{}\n\n{continuity}", report.join("\n")));
}

/// Prior amounts are what the year before had, except where a direct look finds otherwise.
fn continues(table: &Table, (before, after): (u16, u16), diff: &Diff<'_>) -> String {
    let (old, new) = (table.entries(before), table.entries(after));
    let pairs =
        new.iter().filter_map(|(id, entry)| Some((id.as_str(), entry.prior? - old.get(id)?.requested)));
    let pairs: Vec<(&str, i64)> = pairs.collect();
    let by_hand: BTreeMap<&str, i64> = pairs.iter().copied().filter(|(_, by)| *by != 0).collect();
    let (mut found, mut groups, mut loose) = (BTreeMap::new(), 0, 0);
    for one in diff.chapters.iter().flat_map(|chapter| &chapter.continuity.breaks) {
        let row = one.new[0].row;
        let difference = i64::try_from(one.amounts.difference.smallest_units() / 100).unwrap();
        if one.old.is_empty() {
            loose += one.new.len();
        } else if row.children.is_empty() {
            found.insert(row.line.id.value.as_str(), difference);
        } else {
            groups += 1;
        }
    }
    assert_eq!(found, by_hand, "{before} → {after}");
    let agree = pairs.len() - by_hand.len();
    let found = found.len();
    format!(
        "{before} → {after}: {agree} lines agree, {found} do not, nor do {groups} groups, and nothing leads to {loose}"
    )
}

/// The complete tables, where they lie beside the repository.
#[test]
fn the_tables_are_complete() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reference/data");
    for (name, table) in
        [("tw-central-2007-2019.csv", Table::taiwan()), ("jp-mof-items-2017-2020.csv", Table::japan())]
    {
        let Ok(csv) = std::fs::read_to_string(folder.join(name)) else {
            continue;
        };
        let mut whole: BTreeMap<u16, (usize, i64)> = BTreeMap::new();
        for line in csv.lines().skip(1) {
            let fields: Vec<&str> = line.split(',').collect();
            if let Ok(requested) = fields[5].parse::<i64>() {
                let year = whole.entry(fields[0].parse().unwrap()).or_default();
                year.0 += 1;
                year.1 += requested;
            }
        }
        for (year, whole) in whole {
            let entries = table.entries(year);
            let sum: i64 = entries.values().map(|entry| entry.requested).sum();
            assert_eq!((entries.len(), sum), whole, "{name} {year}");
        }
    }
}
