//! W0601: a name is written in one form: with or without ・, spaces and hyphens, in one width of letters.

use std::collections::BTreeMap;
use std::ops::Bound::{Included, Unbounded};
use std::ops::Range;

use super::prose::occurrences;
use crate::diagnostic::Diagnostic;
use crate::model::{Prose, fold};
use crate::rollup::Rollup;

/// The fewest characters of a title by which it can be told from ordinary words that only stand side by side.
const SHORTEST_TITLE: usize = 6;
/// The fewest characters of an abbreviation.
const SHORTEST_ABBREVIATION: usize = 4;

/// The names of a chapter by their bare forms, each as it is written where it is defined; apart by the first two characters.
#[derive(Default)]
struct Names {
    by_start: BTreeMap<[char; 2], BTreeMap<Vec<char>, String>>,
    /// The length of the longest bare form.
    longest: usize,
}

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    let names = Names::of(rollup);
    for line in rollup.rows.iter().map(|row| row.line) {
        for ((form, written), places) in occurrences(line, |prose| names.variants(prose)) {
            let finding = Diagnostic::new("W0601", places.first, format!("`{form}` is elsewhere written `{written}`"))
                .about(&line.id.value)
                .help(format!("write `{written}` everywhere, so that a search finds all of it; a quotation that must keep its form can be accepted: `accept: [{{rule: W0601, reason: …}}]`"));
            let finding = places.told(finding, line);
            findings.push(places.replaced(finding, &form, &written, false));
        }
    }
}

impl Names {
    fn of(rollup: &Rollup<'_>) -> Self {
        let mut names = Self::default();
        for line in rollup.rows.iter().map(|row| row.line) {
            names.add(&line.title, SHORTEST_TITLE);
        }
        for citation in &rollup.request.citations {
            names.add(&citation.title, SHORTEST_TITLE);
        }
        for line in rollup.rows.iter().map(|row| row.line) {
            names.add(line.abbreviation.as_deref().unwrap_or_default(), SHORTEST_ABBREVIATION);
        }
        names
    }

    /// Takes a name in, without what stands in brackets at its end. Of two forms of one name the first counts.
    fn add(&mut self, title: &str, shortest: usize) {
        let written = title.split(['（', '(']).next().unwrap_or_default();
        let written = written.trim_matches(|found| !is_kept(fold(found)));
        let bare: Vec<char> = stripped(written).map(|(_, found)| found).collect();
        let &[first, second, ..] = bare.as_slice() else {
            return;
        };
        if bare.len() >= shortest {
            self.longest = self.longest.max(bare.len());
            let names = self.by_start.entry([first, second]).or_default();
            names.entry(bare).or_insert_with(|| written.to_owned());
        }
    }

    /// The names that a text has in another form, each with its place, that form and the right one.
    fn variants(&self, prose: &Prose) -> Vec<(Range<usize>, (String, String))> {
        let bare: Vec<(usize, char)> = stripped(&prose.text).collect();
        let mut variants = Vec::new();
        let mut at = 0;
        while at < bare.len() {
            let Some((name, written)) = self.longest(&bare, at) else {
                at += 1;
                continue;
            };
            let range = at..at + name.len();
            at = range.end;
            let bytes = extent(&prose.text, &bare, &range);
            let form = prose.text.get(bytes.clone()).unwrap_or_default();
            let form = form.replace("**", "");
            if form != *written {
                variants.push((bytes, (form, written.clone())));
            }
        }
        variants
    }

    /// The longest name that begins at a place and is not a part of a longer word in Latin letters.
    fn longest(&self, text: &[(usize, char)], at: usize) -> Option<(&Vec<char>, &String)> {
        let rest = text.get(at..)?;
        let &[(_, first), (_, second), ..] = rest else {
            return None;
        };
        let before = at.checked_sub(1).and_then(|at| text.get(at));
        let joins = |one: Option<&(usize, char)>, other: Option<&char>| {
            one.is_some_and(|(_, one)| one.is_ascii_alphanumeric())
                && other.is_some_and(char::is_ascii_alphanumeric)
        };
        let names = self.by_start.get(&[first, second])?;
        let mut here: Vec<char> = rest.iter().take(self.longest).map(|(_, found)| *found).collect();
        // What begins as the text goes on stands before it in order, the longest last.
        while here.len() > 1 {
            let (name, written) =
                names.range::<[char], _>((Unbounded, Included(here.as_slice()))).next_back()?;
            let common = name.iter().zip(&here).take_while(|(a, b)| a == b).count();
            let is_it =
                common == name.len() && !joins(before, name.first()) && !joins(rest.get(common), name.last());
            if is_it {
                return Some((name, written));
            }
            here.truncate(if common == name.len() { common - 1 } else { common });
        }
        None
    }
}

/// The bytes from the first to the last character of a match.
fn extent(text: &str, bare: &[(usize, char)], range: &Range<usize>) -> Range<usize> {
    let start = bare.get(range.start).map_or(0, |(at, _)| *at);
    let last = range.end.checked_sub(1).and_then(|at| bare.get(at));
    let last = last.map_or(start, |(at, _)| *at);
    let length = text.get(last..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    start..last + length
}

/// The characters of a text that make up a name, in half width, with their places.
fn stripped(text: &str) -> impl Iterator<Item = (usize, char)> {
    text.char_indices().map(|(at, found)| (at, fold(found))).filter(|(_, found)| is_kept(*found))
}

fn is_kept(found: char) -> bool {
    !matches!(found, ' ' | '・' | '･' | '*' | '-' | '‐'..='―' | '−')
}

#[cfg(test)]
mod tests {
    use crate::check::check;
    use crate::read::read_texts;
    use crate::rollup::Rollup;

    /// The messages about a chapter with a program of this title and summary.
    fn messages(title: &str, summary: &str) -> Vec<String> {
        let text = format!(
            "gaisan: 1\nid: c\ntitle: 章\nministry: 文部科学省\nfiscal_year: 2022\nstage: request\nunit: 百万円\nbreakdown: partial\nprograms:\n  - id: p\n    title: {title}\n    abbreviation: Q-LEAP\n    requested: 1\n    prior: 1\n    summary: |\n      {summary}\n"
        );
        let reading = read_texts(&[("c.yaml", &text)]);
        let rollups: Vec<Rollup<'_>> = reading.requests.iter().map(Rollup::of).collect();
        let findings = check(&rollups).into_iter();
        findings
            .filter(|finding| finding.code == "W0601")
            .map(|finding| format!("{}|{}", reading.sources.slice(finding.primary.span), finding.message))
            .collect()
    }

    #[test]
    fn a_name_in_another_form_is_found_where_it_stands() {
        let title = "光・量子飛躍フラッグシッププログラム";
        let found = messages(title, "新たに「光・量子飛躍フラッグシップ・プログラム」を開始");
        assert_eq!(
            found,
            [
                "光・量子飛躍フラッグシップ・プログラム|`光・量子飛躍フラッグシップ・プログラム` is elsewhere written `光・量子飛躍フラッグシッププログラム`"
            ]
        );
        assert_eq!(messages(title, "Ｑ－ＬＥＡＰとQLEAP").len(), 2);
    }

    #[test]
    fn the_same_form_and_other_words_are_left_in_peace() {
        let title = "光・量子飛躍フラッグシッププログラム（継続）";
        for summary in [
            "光・量子飛躍フラッグシッププログラム（Q-LEAP）",
            "光・量子飛躍**フラッグシップ**プログラム",
            "光・量子飛躍フラッグシップ",
            "XQLEAPとQLEAPS",
        ] {
            assert_eq!(messages(title, summary), [""; 0], "{summary}");
        }
        for title in ["新たな計算基盤の整備－", "－新たな計算基盤の整備－", "新たな計算基盤の整備 - "]
        {
            assert_eq!(messages(title, title.trim()), [""; 0], "{title}");
        }
    }
}
