//! The words of a line that is there already: its title, its number, its id and the remarks on it, as far as the table changed them.

use super::Change;
use super::again::Again;
use super::ids::{Name, Namer, bare};
use super::lines::{note, number, remarks, title};
use crate::edit::{Manuscript, Value};
use crate::import::TakenLine;
use crate::model::{Id, Line, NoteKind, Program};
use crate::read::rounding_word;
use crate::source::Span;

impl Again<'_> {
    /// Takes over what the table says otherwise than it did; what was changed in the chapter alone stays. Gives the line's id.
    pub(super) fn matched(&mut self, program: &Program, line: &TakenLine, path: &str) -> String {
        let own = program.line.id.value.to_string();
        let before = self.known(&own).cloned();
        let cell = self.table.cell(line.origin);
        let is_own = !line.kept.is_empty();
        let is_new = is_own || before.as_ref().is_none_or(|before| bare(before.title()) != bare(&line.title));
        if is_new && bare(title(line)) != bare(&program.line.title) {
            self.word(&program.line, "title", (&program.line.title, title(line)), &cell);
        }
        if let (Some(old), Some(new)) = (&program.number, number(line))
            && bare(old) != bare(new)
        {
            self.word(&program.line, "number", (old, new), &cell);
        }
        if is_own {
            self.renoted(&program.line, line);
        } else {
            let noted = before.map(|before| before.notes).unwrap_or_default();
            self.remarks(&program.line, &noted, &remarks(line), &cell);
        }
        let id = self.corrected(program, line, path).unwrap_or_else(|| own.clone());
        if id != own {
            let place = program.line.id.span;
            self.edit(place.file, |page| page.set(place, &id));
            self.plan.changes.push(Change::Id { from: own, to: id.clone() });
        }
        self.figures(&program.line, &line.amounts, &line.empty);
        id
    }

    /// Takes over what the sheet says otherwise of the chapter itself: one of ours than the chapter does, others than they did.
    pub(super) fn chapter(&mut self, kept: Option<&TakenLine>) {
        let (request, taken) = (self.request, self.table.taken);
        let new = match kept {
            Some(_) => [("title", taken.title.clone()), ("ministry", taken.ministry.clone())]
                .into_iter()
                .filter_map(|(key, said)| Some((key, said?)))
                .collect(),
            None => self.table.heading(),
        };
        for (key, new) in new {
            let old = match key {
                "title" => request.line.title.as_str(),
                "ministry" => request.ministry.as_str(),
                _ => request.rounding.map_or("", |rule| rounding_word(rule, request.lang)),
            };
            // What was kept before these words were is no sign that they have changed.
            let before = self.names.said(key).or((key == "rounding").then_some(""));
            let is_new = kept.is_some() || before.is_some_and(|before| bare(before) != bare(&new));
            if is_new && bare(&new) != bare(old) {
                self.word(&request.line, key, (old, &new), "");
            }
        }
        kept.into_iter().for_each(|kept| self.renoted(&request.line, kept));
    }

    /// Changes a text of a line that stands under a key.
    fn word(&mut self, line: &Line, key: &str, (from, to): (&str, &str), cell: &str) {
        let file = line.id.span.file;
        let place = self.page(file).and_then(|page| page.place(line.id.span, key));
        let is_done = self.edit(file, |page| match place {
            Some(place) => page.set(place, to),
            None => page.put(line.id.span, key, &Value::text(to)),
        });
        if is_done {
            self.said(line, (key, from, to), cell);
        }
    }

    fn said(&mut self, line: &Line, (what, from, to): (&str, &str, &str), cell: &str) {
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

    /// Notes that are not what a sheet of ours showed of them: remarks are written, notes of other kinds are for a person.
    fn renoted(&mut self, line: &Line, taken: &TakenLine) {
        if !taken.is_renoted {
            return;
        }
        let place = line.id.span;
        let are_remarks = line.notes.iter().all(|note| note.kind == NoteKind::Remark);
        let notes = self.table.notes(&taken.notes, None);
        let is_done = are_remarks
            && self.edit(place.file, |page| match &notes {
                Some((key, notes)) => page.put(place, key, notes),
                None => page.take(place, "notes"),
            });
        let text = taken.notes.join(" ");
        match is_done {
            true => {
                let old: Vec<&str> = line.notes.iter().filter_map(|note| note.text.as_deref()).collect();
                self.said(line, ("note", &old.join(" "), &text), &self.table.cell(taken.origin));
            }
            false if text.is_empty() => self.plan.changes.push(Change::Left(format!(
                "{}  its notes are gone from the sheet; take them out under `notes`, where they have kinds",
                line.id.value
            ))),
            false => self.plan.changes.push(Change::Left(format!(
                "{}  its notes say now `{text}`; write that under `notes`, where they have kinds",
                line.id.value
            ))),
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

/// Where a line has a remark, other than at some places.
fn remark(line: &Line, words: &str, others: &[Option<Span>]) -> Option<Span> {
    let is_it = |note: &&crate::model::Note| {
        note.kind == NoteKind::Remark
            && note.text.as_deref() == Some(words)
            && !others.contains(&Some(note.span))
    };
    line.notes.iter().find(is_it).map(|note| note.span)
}
