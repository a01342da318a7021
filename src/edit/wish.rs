//! What rules would have in files, as edits of these.

use std::collections::BTreeMap;

use super::{Manuscript, Value};
use crate::diagnostic::{Cure, Diagnostic, Edit, Wish};
use crate::model::fold;
use crate::source::{FileId, SourceMap, Span};

/// Makes cures of what rules wish, as far as the files are as the rules take them to be.
pub fn granted(findings: &mut [Diagnostic], sources: &SourceMap) {
    let mut open: BTreeMap<FileId, Option<Manuscript<'_>>> = BTreeMap::new();
    for finding in findings {
        let cure = match finding.wish.take() {
            None => continue,
            Some(Wish::Word { places, from, to, is_certain }) => {
                word(sources, &places, &from, &to).map(|edits| Cure { edits, is_certain })
            }
            Some(Wish::Exchange { place, digits, at, is_certain }) => {
                let text = exchanged(sources.slice(place), &digits, at);
                text.map(|text| Cure { is_certain, ..Cure::certain(place, text) })
            }
            Some(Wish::Entries { line, key, entries }) => {
                let page = open.entry(line.file).or_insert_with(|| Manuscript::of(sources, line.file));
                let added = page.as_ref().and_then(|page| added(page, line, key, &entries));
                added.map(|edit| Cure { edits: vec![edit], is_certain: false })
            }
        };
        finding.cure = finding.cure.take().or(cure);
    }
}

/// Another word in each of some places; `None` where one of them does not have it exactly once.
fn word(sources: &SourceMap, places: &[Span], from: &str, to: &str) -> Option<Vec<Edit>> {
    let one = |place: &Span| {
        let mut found = sources.slice(*place).match_indices(from);
        let (at, _) = found.next().filter(|_| found.next().is_none())?;
        Some(Edit { span: place.part(&(at..at + from.len())), text: to.to_owned() })
    };
    let is_plain = !to.contains([':', '#', '"', '\'', '\n']);
    is_plain.then(|| places.iter().map(one).collect()).flatten()
}

/// An amount as it is written, with two of its digits exchanged; `None` where it is written with others.
fn exchanged(written: &str, digits: &str, first: usize) -> Option<String> {
    let places: Vec<(usize, char)> =
        written.char_indices().filter(|(_, c)| fold(*c).is_ascii_digit()).collect();
    let is_same = places.iter().map(|(_, c)| fold(*c)).eq(digits.chars());
    let (&(one, a), &(next, b)) = places.get(first).zip(places.get(first + 1)).filter(|_| is_same)?;
    let mut text = written.to_owned();
    text.replace_range(next..next + b.len_utf8(), &a.to_string());
    text.replace_range(one..one + a.len_utf8(), &b.to_string());
    Some(text)
}

/// Entries at the end of a list of a line. To a list that is there they come one by one.
fn added(
    page: &Manuscript<'_>,
    line: Span,
    key: &str,
    entries: &[Vec<(&'static str, Vec<String>)>],
) -> Option<Edit> {
    let value = |(key, values): &(&str, Vec<String>)| {
        let value = match values.as_slice() {
            [one] => Value::text(one.as_str()),
            many => Value::List(many.iter().map(|it| Value::text(it.as_str())).collect()),
        };
        ((*key).to_owned(), value)
    };
    let entries: Vec<Value> =
        entries.iter().map(|entry| Value::Braces(entry.iter().map(value).collect())).collect();
    match page.place(line, key) {
        Some(_) => page.insert(line, key, usize::MAX, entries.first()?),
        None => page.put(line, key, &Value::List(entries)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_exchanged_as_they_are_written() {
        assert_eq!(exchanged("7,485百万円", "7485", 2).as_deref(), Some("7,458百万円"));
        assert_eq!(exchanged("１２３．４", "1234", 2).as_deref(), Some("１２４．３"));
        assert_eq!(exchanged("7億485万円", "7485", 0).as_deref(), Some("4億785万円"));
        assert_eq!(exchanged("七千", "7000", 0), None);
    }
}
