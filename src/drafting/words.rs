//! The words of a line that is there already: its title, its number, its id and the remarks on it, as far as the table changed them.

use super::Change;
use super::again::Again;
use super::ids::{Name, Namer, bare};
use super::lines::{Table, is_said, note, number, remarks, title};
use crate::edit::{Manuscript, Value};
use crate::import::{Aside, Taken, TakenLine, states_recount};
use crate::model::{Id, Line, Note, NoteKind, Program};
use crate::read::rounding_word;
use crate::source::Span;
use crate::words::{recount, share};

/// The place of a note, or a note, with what it says.
type InWords<T> = Option<(T, &'static str)>;

/// The remarks on a line; a table without any says nothing of those that were there.
pub(super) fn noted(taken: &Taken, line: &TakenLine, before: &[String]) -> Vec<String> {
    match taken.unremarked.contains(&line.origin.origin) {
        true => before.to_vec(),
        false => remarks(line),
    }
}

/// Why a line is not added, and whether a remark says it; a table without any says nothing of what one said.
pub(super) fn set_aside(taken: &Taken, line: &TakenLine, before: Option<&Name>) -> Option<(Aside, bool)> {
    let is_said = |note: &String| states_recount(note);
    let now = line.aside.map(|aside| (aside, aside == Aside::Recount && line.notes.iter().any(is_said)));
    let noted = before.and_then(|before| before.aside).filter(|(_, is_noted)| *is_noted);
    now.or(noted.filter(|_| taken.unmarked.contains(&line.origin.origin)))
}

impl Table<'_> {
    /// The note that says why a line is not added.
    pub(super) fn aside(self, aside: Aside) -> Value {
        match aside {
            Aside::OfWhich => note("recount", Some(self.pick("うち数", "of which"))),
            Aside::Recount => note("recount", None),
            Aside::Within => note("within", None),
        }
    }
}

impl Again<'_> {
    /// Takes over what the table says otherwise than it did; what was changed in the chapter alone stays. Gives the line's id.
    pub(super) fn matched(
        &mut self,
        program: &Program,
        line: &TakenLine,
        path: &str,
        are_of_which: bool,
    ) -> String {
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
            self.moved(program, line, &cell);
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
            let aside =
                [before.as_ref().and_then(|it| it.aside), set_aside(self.table.taken, line, before.as_ref())];
            // The place of a part of its line says it, too.
            let is_placed = |(aside, _): &(Aside, bool)| are_of_which && *aside == Aside::OfWhich;
            let aside = aside.map(|aside| aside.filter(|aside| !is_placed(aside)).map(|(aside, _)| aside));
            let noted = before.map(|before| before.notes).unwrap_or_default();
            let now = self::noted(self.table.taken, line, &noted);
            self.remarks(&program.line, (&noted, &now), aside, &cell);
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

    /// Takes over the remarks that the table says otherwise than at the last import, and whether the line is to be added.
    pub(super) fn remarks(
        &mut self,
        line: &Line,
        (before, now): (&[String], &[String]),
        aside: [Option<Aside>; 2],
        cell: &str,
    ) {
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
        let mut dropped: Vec<Span> = places.iter().skip(new.len()).copied().flatten().collect();
        let (out, new_aside) = self.aside(line, aside, cell);
        dropped.extend(out.as_ref().map(|(place, _)| *place));
        let rest = rest.iter().map(|new| (note("remark", Some(new)), new.as_str()));
        let added: Vec<(Value, &str)> = new_aside.into_iter().chain(rest).collect();
        // A list of which nothing stays is another one.
        let is_anew = !added.is_empty() && line.notes.iter().all(|note| dropped.contains(&note.span));
        for (at, (old, there)) in gone.iter().zip(places).enumerate() {
            let to = new.get(at).map_or("", String::as_str);
            let edit = |page: &Manuscript<'_>, there: Span| match to {
                "" => page.drop(there, &dropped),
                _ => page.set(page.place(there, "text")?, to),
            };
            match there {
                Some(there) if is_anew || self.edit(there.file, |page| edit(page, there)) => {
                    self.said(line, (what, old, to), cell);
                }
                None if !to.is_empty() => self.plan.changes.push(Change::Left(format!(
                    "{}  the table says `{to}`{cell} for `{old}`, which reads otherwise in the chapter; it stays",
                    line.id.value
                ))),
                _ => {}
            }
        }
        let list = Value::List(added.iter().map(|(note, _)| note.clone()).collect());
        if let Some((there, old)) = out
            && (is_anew || self.edit(there.file, |page| page.drop(there, &dropped)))
        {
            self.said(line, (what, old, ""), cell);
        }
        let is_in = match (added.is_empty(), is_anew) {
            (true, _) => false,
            (_, true) => self.edit(place.file, |page| page.put(place, "notes", &list)),
            _ => added.iter().all(|(note, _)| {
                self.edit(place.file, |page| page.insert(place, "notes", line.notes.len(), note))
            }),
        };
        for (_, new) in added.iter().filter(|_| is_in) {
            self.said(line, (what, "", new), cell);
        }
    }

    /// The note that the table no longer has on why a line is not added, with its place, and the one that it has now.
    fn aside(
        &mut self,
        line: &Line,
        [was, is]: [Option<Aside>; 2],
        cell: &str,
    ) -> (InWords<Span>, InWords<Value>) {
        if was == is {
            return (None, None);
        }
        let lang = self.request.lang;
        let word = |aside: Aside| match aside {
            Aside::OfWhich => lang.pick("うち数", "of which"),
            Aside::Recount => recount(lang),
            Aside::Within => share(lang),
        };
        let kind = |aside: Aside| {
            move |note: &&Note| match note.kind {
                NoteKind::Recount { .. } => aside != Aside::Within,
                NoteKind::Within { .. } => aside == Aside::Within,
                _ => false,
            }
        };
        let there = was.and_then(|was| Some((was, line.notes.iter().find(kind(was))?)));
        let is_bare = |(was, note): &(Aside, &Note)| {
            let is_all = matches!(
                note.kind,
                NoteKind::Recount { partly: false, of: None } | NoteKind::Within { of: None }
            );
            is_all && note.text.as_deref().is_none_or(|text| text == word(*was))
        };
        let out = there.filter(is_bare).map(|(was, note)| (note.span, word(was)));
        if let Some((was, _)) = there.filter(|there| !is_bare(there)) {
            self.plan.changes.push(Change::Left(format!(
                "{}  the table no longer says `{}`{cell}, of which the chapter says more; it stays",
                line.id.value,
                word(was)
            )));
        }
        let stays = |is: Aside| {
            line.notes.iter().filter(kind(is)).any(|note| out.is_none_or(|(gone, _)| gone != note.span))
        };
        let new = is.filter(|is| !stays(*is)).map(|is| (self.table.aside(is), word(is)));
        (out, new)
    }

    /// The remarks that are not what a sheet of ours showed of them, and that the line is not to be added.
    fn renoted(&mut self, line: &Line, taken: &TakenLine, cell: &str) {
        let (gone, new) = taken.renoted.clone().unwrap_or_default();
        let new: Vec<String> = new.into_iter().filter(|note| !is_said(note, taken)).collect();
        self.remarks(line, (&gone, &new), [None, taken.aside], cell);
    }

    /// The id that `ids.yaml` has for a line, where it was corrected there. What was corrected in the chapter itself stays.
    fn corrected(&mut self, program: &Program, line: &TakenLine, path: &str) -> Option<String> {
        let own = program.line.id.value.as_str();
        if self.by_id.contains_key(own) || !Namer::made(line, own) {
            return None;
        }
        let path = bare(path);
        let mut named = self.names.lines.iter().filter(|name| bare(&name.path) == path);
        let (Some(Name { id, .. }), None) = (named.next(), named.next()) else { return None };
        let is_free = |namer: &Namer| !namer.is_used(id) && Id::parse(id).is_ok();
        is_free(self.namer()).then(|| id.clone())
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
