//! Published budgets, line by line: what adds up in them is found to add up, and one wrong figure among thousands is found
//! where it stands.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use gaisan::diagnostic::{Color, Diagnostic, Severity, text};
use gaisan::examine;
use gaisan::read::{Reading, read_texts};

/// A line or a group of a published table.
struct Entry {
    node: String,
    name: String,
    requested: Option<i64>,
    prior: Option<i64>,
    parts: Vec<usize>,
}

/// One year of a table.
#[derive(Default)]
struct Year {
    entries: Vec<Entry>,
    /// The entries that belong to no other.
    roots: Vec<usize>,
}

/// How a year becomes chapters.
#[derive(Clone, Copy)]
struct Manner {
    country: &'static str,
    unit: &'static str,
    /// Whether the roots may be added; Japan's accounts pay into each other and may not.
    joined: bool,
    /// Whether groups state their sums; otherwise only the chapter does.
    stated: bool,
}

const JAPAN: Manner = Manner { country: "jp", unit: "円", joined: false, stated: true };
const TAIWAN: Manner = Manner { country: "tw", unit: "TWD", joined: true, stated: true };

/// The years of a table, with the sums of the groups worked out.
fn years(csv: &str) -> BTreeMap<String, Year> {
    let mut years: BTreeMap<String, Year> = BTreeMap::new();
    let mut places = BTreeMap::new();
    for line in csv.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let [doc, node, parent, _, name, requested, prior, ..] = fields.as_slice() else {
            panic!("not a line of the table: {line}");
        };
        let year = years.entry((*doc).to_owned()).or_default();
        let at = year.entries.len();
        year.entries.push(Entry {
            node: (*node).to_owned(),
            name: (*name).to_owned(),
            requested: requested.parse().ok(),
            prior: prior.parse().ok(),
            parts: Vec::new(),
        });
        places.insert(((*doc).to_owned(), (*node).to_owned()), at);
        match places.get(&((*doc).to_owned(), (*parent).to_owned())) {
            Some(&above) => year.entries[above].parts.push(at),
            None => year.roots.push(at),
        }
    }
    for year in years.values_mut() {
        // Parts stand behind their group, so going backwards every part is summed before its group.
        for at in (0..year.entries.len()).rev() {
            if !year.entries[at].parts.is_empty() {
                let sums = sums(&year.entries, &year.entries[at].parts);
                (year.entries[at].requested, year.entries[at].prior) = sums;
            }
        }
    }
    years
}

fn sums(entries: &[Entry], parts: &[usize]) -> (Option<i64>, Option<i64>) {
    let sum = |column: fn(&Entry) -> Option<i64>| {
        parts.iter().filter_map(|&part| column(&entries[part])).reduce(|sum, amount| sum + amount)
    };
    (sum(|entry| entry.requested), sum(|entry| entry.prior))
}

impl Year {
    /// The chapters of the year, as (name, YAML).
    fn chapters(&self, doc: &str, manner: Manner) -> Vec<(String, String)> {
        let heads = if manner.joined {
            vec![(format!("{}-{doc}", manner.country), self.roots.clone())]
        } else {
            let one =
                |(at, &root): (usize, &usize)| (format!("{}-{doc}-{}", manner.country, at + 1), vec![root]);
            self.roots.iter().enumerate().map(one).collect()
        };
        let chapter = |(id, roots): (String, Vec<usize>)| {
            let (requested, prior) = sums(&self.entries, &roots);
            let mut yaml = format!(
                "gaisan: 1\nid: {id}\ntitle: {doc}\nministry: {}\nfiscal_year: {doc}\nstage: enacted\nunit: {}\n",
                manner.country, manner.unit
            );
            amounts(&mut yaml, "", requested, prior);
            yaml.push_str("breakdown: complete\nprograms:\n");
            for root in roots {
                self.program(&mut yaml, root, "  ", manner);
            }
            (format!("{id}.yaml"), yaml)
        };
        heads.into_iter().map(chapter).collect()
    }

    fn program(&self, yaml: &mut String, at: usize, indent: &str, manner: Manner) {
        let entry = &self.entries[at];
        // A line needs a title, and one of these tables has a line without a name.
        let name = if entry.name.trim().is_empty() { "(no name)" } else { entry.name.as_str() };
        let title = name.replace('\\', "\\\\").replace('"', "\\\"");
        writeln!(yaml, "{indent}- id: n{}", entry.node).unwrap();
        writeln!(yaml, "{indent}  title: \"{title}\"").unwrap();
        if manner.stated || entry.parts.is_empty() {
            amounts(yaml, &format!("{indent}  "), entry.requested, entry.prior);
        }
        if !entry.parts.is_empty() {
            writeln!(yaml, "{indent}  breakdown: complete\n{indent}  children:").unwrap();
            for &part in &entry.parts {
                self.program(yaml, part, &format!("{indent}    "), manner);
            }
        }
    }

    /// The group of an entry.
    fn group_of(&self, at: usize) -> &str {
        let group = self.entries.iter().find(|entry| entry.parts.contains(&at));
        &group.unwrap().node
    }

    fn lines(&self) -> impl Iterator<Item = usize> {
        (0..self.entries.len()).filter(|&at| self.entries[at].parts.is_empty())
    }
}

fn amounts(yaml: &mut String, indent: &str, requested: Option<i64>, prior: Option<i64>) {
    let shown = |amount: Option<i64>, none: &str| amount.map_or(none.to_owned(), |a| a.to_string());
    writeln!(yaml, "{indent}requested: {}", shown(requested, "終了")).unwrap();
    writeln!(yaml, "{indent}prior: {}", shown(prior, "新規")).unwrap();
}

fn read_chapters(chapters: &[(String, String)]) -> Reading {
    let texts: Vec<(&str, &str)> =
        chapters.iter().map(|(name, yaml)| (name.as_str(), yaml.as_str())).collect();
    read_texts(&texts)
}

/// The errors in chapters, and a report of the first of them.
fn errors(reading: &Reading) -> (Vec<Diagnostic>, String) {
    let mut findings = examine(reading).findings;
    findings.retain(|finding| finding.severity == Severity::Error);
    let first = findings.get(..findings.len().min(3)).unwrap();
    let report = text(first, &reading.sources, Color::Never);
    (findings, report)
}

fn excerpts() -> [(&'static str, Manner); 2] {
    [
        (include_str!("../data/jp-mext-2019-2020.csv"), JAPAN),
        (include_str!("../data/tw-most-2017-2019.csv"), TAIWAN),
    ]
}

/// Numbers that look random and are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

#[test]
fn published_budgets_add_up() {
    for (csv, manner) in excerpts() {
        for stated in [true, false] {
            for (doc, year) in years(csv) {
                let manner = Manner { stated, ..manner };
                let reading = read_chapters(&year.chapters(&doc, manner));
                assert!(!reading.requests.is_empty());
                let (errors, report) = errors(&reading);
                assert!(errors.is_empty(), "{report}");
            }
        }
    }
}

#[test]
fn a_wrong_line_is_found_in_its_own_group_and_nowhere_else() {
    let mut chance = Chance(2_022);
    for (csv, manner) in excerpts() {
        for (doc, mut year) in years(csv) {
            for _ in 0..10 {
                let lines: Vec<usize> = year.lines().collect();
                let at = lines[chance.below(lines.len())];
                let right = year.entries[at].requested;
                let Some(amount) = right else { continue };
                let group = year.group_of(at).to_owned();
                let chapters = |year: &Year| year.chapters(&doc, manner);
                // A group's own total stays as it was, so the groups above still agree with it.
                year.entries[at].requested = Some(amount + 1_000);
                let reading = read_chapters(&chapters(&year));
                let (found, report) = errors(&reading);
                assert_eq!(found.len(), 1, "{report}");
                assert_eq!(found[0].code, "E0201");
                assert_eq!(
                    found[0].message,
                    format!("the breakdown of `n{group}` does not add up (requested)")
                );
                year.entries[at].requested = right;
            }
        }
    }
}

#[test]
fn where_only_the_chapter_states_a_sum_the_chapter_is_found() {
    let mut chance = Chance(1_889);
    for (csv, manner) in excerpts() {
        let manner = Manner { stated: false, ..manner };
        for (doc, mut year) in years(csv) {
            let lines: Vec<usize> = year.lines().filter(|&at| year.entries[at].prior.is_some()).collect();
            let at = lines[chance.below(lines.len())];
            let (_, right) = sums(&year.entries, &year.roots);
            let chapters = year.chapters(&doc, manner);
            let [(name, yaml)] = chapters.as_slice() else {
                panic!("an excerpt is one chapter a year");
            };
            year.entries[at].prior = year.entries[at].prior.map(|prior| prior + 1);
            // The chapter's total is taken from the groups, which keep the right sums.
            let wrong = year.chapters(&doc, manner);
            assert_ne!(wrong[0].1, *yaml);
            assert_eq!(wrong[0].0, *name);
            assert!(wrong[0].1.contains(&format!("\nprior: {}\n", right.unwrap())));
            let reading = read_chapters(&wrong);
            let (found, report) = errors(&reading);
            let codes: BTreeSet<&str> = found.iter().map(|finding| finding.code).collect();
            assert_eq!((codes, found.len()), (BTreeSet::from(["E0201"]), 1), "{report}");
            let id = name.trim_end_matches(".yaml");
            assert_eq!(found[0].message, format!("the breakdown of `{id}` does not add up (prior)"));
        }
    }
}

/// The complete tables, where they lie beside the repository; they are too large to be part of it.
fn complete() -> Option<Vec<(String, String)>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reference/data");
    let tables = [("jp-mof-items-2017-2020.csv", JAPAN), ("tw-central-2007-2019.csv", TAIWAN)];
    let mut chapters = Vec::new();
    for (name, manner) in tables {
        let csv = std::fs::read_to_string(folder.join(name)).ok()?;
        for (doc, year) in years(&csv) {
            chapters.extend(year.chapters(&doc, manner));
        }
    }
    Some(chapters)
}

#[test]
fn seventeen_whole_budgets_add_up() {
    let Some(chapters) = complete() else {
        println!("skipped: needs the complete tables");
        return;
    };
    let start = Instant::now();
    let reading = read_chapters(&chapters);
    let read = start.elapsed();
    let (errors, report) = errors(&reading);
    let lines: usize = examine(&reading).rollups.iter().map(|r| r.rows.len()).sum();
    println!(
        "{} chapters, {lines} lines: read in {read:?}, all in {:?}",
        reading.requests.len(),
        start.elapsed()
    );
    assert_eq!(reading.requests.len(), 4 * 3 + 13);
    assert!(errors.is_empty(), "{} errors\n{report}", errors.len());
}

/// `GAISAN_FOLDER=DIR cargo test --test library real_data -- --ignored` writes more than 100,000 lines to be timed with `gaisan check`.
#[test]
#[ignore = "writes a folder for timing by hand"]
fn write_a_hundred_thousand_lines() {
    let folder = PathBuf::from(std::env::var_os("GAISAN_FOLDER").expect("GAISAN_FOLDER is set"));
    std::fs::create_dir_all(&folder).unwrap();
    for copy in 1..=3 {
        for (name, yaml) in complete().expect("the complete tables are there") {
            let id = name.trim_end_matches(".yaml");
            let yaml = yaml.replace(&format!("\nid: {id}\n"), &format!("\nid: {id}-c{copy}\n"));
            std::fs::write(folder.join(format!("{id}-c{copy}.yaml")), yaml).unwrap();
        }
    }
}
