//! The words of a line that is there already: its title, its number, its id and the remarks on it, as far as the table changed them.

use super::Change;
use super::again::Again;
use super::ids::{Name, Namer, bare};
use super::lines::{note, number, remarks, title};
use crate::edit::{Manuscript, Value};
use crate::import::{Taken, TakenLine};
use crate::model::{Id, Line, NoteKind, Program};
use crate::read::rounding_word;
use crate::source::Span;

/// The remarks on a line; a table without any says nothing of those that were there.
pub(super) fn noted(taken: &Taken, line: &TakenLine, before: &[String]) -> Vec<String> {
    match taken.unremarked.contains(&line.origin.origin) {
        true => before.to_vec(),
        false => remarks(line),
    }
}

impl Again<'_> {
    /// Takes over what the table says otherwise than it did; what was changed in the chapter alone stays. Gives the line's id.
    pub(super) fn matched(&mut self, program: &Program, line: &TakenLine, path: &str) -> String {
        let own = program.line.id.value.to_string();
        let id = self.corrected(program, line, path).unwrap_or_else(|| own.clone());
        let before = self.known(&own).or_else(|| self.known(&id)).cloned();
        let said = before.as_ref().map(|before| before.amounts.clone()).unwrap_or_default();
        let cell = self.table.cell(line.origin);
        let is_own = !line.kept.is_empty();
        let is_new = before.as_ref().is_none_or(|before| bare(before.title()) != bare(&line.title));
        if is_own {
            self.since(line, &own);
            self.reworded(&program.line, line, ("title", &program.line.title), &cell);
            let english = program.line.title_en.as_deref().unwrap_or_default();
            self.reworded(&program.line, line, ("title_en", english), &cell);
            let number = program.number.as_deref().unwrap_or_default();
            self.reworded(&program.line, line, ("number", number), &cell);
            self.renoted(&program.line, line, &cell);
        } else if !self.now.is_empty() {
            let (old, new) = (program.line.title.as_str(), title(line));
            if bare(old) != bare(new) {
                self.apart(&program.line, "title", [old, "", new].map(str::to_owned), &cell);
            }
            for note in remarks(line).iter().filter(|note| remark(&program.line, note, &[]).is_none()) {
                self.apart(&program.line, "note", ["", "", note].map(str::to_owned), &cell);
            }
        } else {
            if is_new && bare(title(line)) != bare(&program.line.title) {
                self.word(&program.line, "title", (&program.line.title, title(line)), &cell);
            }
            if let (Some(old), Some(new)) = (&program.number, number(line))
                && bare(old) != bare(new)
            {
                self.word(&program.line, "number", (old, new), &cell);
            }
            let noted = before.map(|before| before.notes).unwrap_or_default();
            self.remarks(&program.line, &noted, &self::noted(self.table.taken, line, &noted), &cell);
        }
        if id != own {
            let place = program.line.id.span;
            self.edit(place.file, |page| page.set(place, &id));
            self.plan.changes.push(Change::Id { from: own, to: id.clone() });
        }
        let (amounts, empty) = self.waited(&program.line, line);
        self.figures(&program.line, &amounts, &empty, (&line.was, &said));
        id
    }

    /// Takes over what the sheet says otherwise of the chapter itself: one of ours than when it was made, others than they did.
    pub(super) fn chapter(&mut self, kept: Option<&TakenLine>) {
        let request = self.request;
        let olds = |key: &str| match key {
            "title" => request.line.title.as_str(),
            "ministry" => request.ministry.as_str(),
            "number" => request.number.as_deref().unwrap_or_default(),
            _ => request.rounding.map_or("", |rule| rounding_word(rule, request.lang)),
        };
        if let Some(kept) = kept {
            self.since(kept, request.line.id.value.as_str());
            for key in ["title", "number", "ministry"] {
                self.reworded(&request.line, kept, (key, olds(key)), "");
            }
            return self.renoted(&request.line, kept, &self.table.cell(kept.origin));
        }
        for (key, new) in self.table.heading() {
            let old = olds(key);
            // What was kept before these words were is no sign that they have changed.
            let before = self.names.said(key).or((key == "rounding").then_some(""));
            let is_new = before.is_some_and(|before| bare(before) != bare(&new));
            if is_new && bare(&new) != bare(old) {
                self.word(&request.line, key, (old, &new), "");
            }
        }
    }

    /// Changes a text of a line that stands under a key, is new there, or leaves it.
    pub(super) fn word(&mut self, line: &Line, key: &str, (from, to): (&str, &str), cell: &str) {
        let place = line.id.span;
        let edit = |page: &Manuscript<'_>| match (page.place(place, key), to) {
            (Some(_), "") => page.take(place, key),
            (Some(there), _) => page.set(there, to),
            (None, _) => page.put(place, key, &Value::text(to)),
        };
        if self.edit(place.file, edit) {
            self.said(line, (key, from, to), cell);
        }
    }

    pub(super) fn said(&mut self, line: &Line, (what, from, to): (&str, &str, &str), cell: &str) {
        let line = line.id.value.to_string();
        let (from, to, cell) = (from.to_owned(), to.to_owned(), cell.to_owned());
        self.plan.changes.push(Change::Text { line, what: what.to_owned(), from, to, cell });
    }

    /// Takes over the remarks that the table says otherwise than at the last import.
    pub(super) fn remarks(&mut self, line: &Line, before: &[String], now: &[String], cell: &str) {
        let without = |of: &[String], other: &[String]| -> Vec<String> {
            of.iter().filter(|note| !other.contains(note)).cloned().collect()
        };
        let (gone, mut new) = (without(before, now), without(now, before));
        new.retain(|new| remark(line, new, &[]).is_none());
        let place = line.id.span;
        let what = "note";
        let rest = new.split_off(new.len().min(gone.len()));
        let mut places: Vec<Option<Span>> = Vec::new();
        gone.iter().for_each(|old| places.push(remark(line, old, &places)));
        let dropped: Vec<Span> = places.iter().skip(new.len()).copied().flatten().collect();
        for (at, (old, there)) in gone.iter().zip(places).enumerate() {
            let to = new.get(at).map_or("", String::as_str);
            let edit = |page: &Manuscript<'_>, there: Span| match to {
                "" => page.drop(there, &dropped),
                _ => page.set(page.place(there, "text")?, to),
            };
            match there {
                Some(there) if self.edit(there.file, |page| edit(page, there)) => {
                    self.said(line, (what, old, to), cell);
                }
                None if !to.is_empty() => self.plan.changes.push(Change::Left(format!(
                    "{}  the table says `{to}`{cell} for `{old}`, which reads otherwise in the chapter; it stays",
                    line.id.value
                ))),
                _ => {}
            }
        }
        let list = Value::List(rest.iter().map(|new| note("remark", Some(new))).collect());
        let is_in = match (rest.is_empty(), line.notes.is_empty()) {
            (true, _) => false,
            (_, true) => self.edit(place.file, |page| page.put(place, "notes", &list)),
            _ => rest.iter().all(|new| {
                let note = note("remark", Some(new));
                self.edit(place.file, |page| page.insert(place, "notes", line.notes.len(), &note))
            }),
        };
        for new in rest.iter().filter(|_| is_in) {
            self.said(line, (what, "", new), cell);
        }
    }

    /// The remarks that are not what a sheet of ours showed of them.
    fn renoted(&mut self, line: &Line, taken: &TakenLine, cell: &str) {
        if let Some((gone, new)) = &taken.renoted {
            self.remarks(line, gone, new, cell);
        }
    }

    /// The id that `ids.yaml` has for a line, where it was corrected there. What was corrected in the chapter itself stays.
    fn corrected(&self, program: &Program, line: &TakenLine, path: &str) -> Option<String> {
        let own = program.line.id.value.as_str();
        if self.by_id.contains_key(own) || !Namer::made(line, own) {
            return None;
        }
        let path = bare(path);
        let mut named = self.names.lines.iter().filter(|name| bare(&name.path) == path);
        let (Some(Name { id, .. }), None) = (named.next(), named.next()) else { return None };
        (!self.namer.is_used(id) && Id::parse(id).is_ok()).then(|| id.clone())
    }
}

/// A text without its blanks and line ends, which files and cells break otherwise.
fn squeezed(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| !c.is_whitespace())
}

/// Where a line has a remark, other than at some places.
fn remark(line: &Line, words: &str, others: &[Option<Span>]) -> Option<Span> {
    let is_it = |note: &&crate::model::Note| {
        note.kind == NoteKind::Remark
            && note.text.as_deref().is_some_and(|text| squeezed(text).eq(squeezed(words)))
            && !others.contains(&Some(note.span))
    };
    line.notes.iter().find(is_it).map(|note| note.span)
}
