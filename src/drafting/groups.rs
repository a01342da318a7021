//! The groups of programs: how they are written, and what a table that comes in again makes of them.

use super::Change;
use super::again::Again;
use super::ids::bare;
use super::lines::Table;
use crate::edit::Value;
use crate::import::TakenLine;
use crate::import::own;
use crate::model::Program;

/// The groups of a program under their key.
pub(super) fn grouped(groups: &[String]) -> Value {
    match groups {
        [only] => Value::text(only),
        all => Value::List(all.iter().map(Value::text).collect()),
    }
}

impl Table<'_> {
    /// Groups as they are told, from the outermost.
    pub(super) fn of_groups(self, groups: &[String]) -> String {
        groups.join(self.pick("／", " / "))
    }
}

impl Again<'_> {
    /// Takes over the groups that the table has a program in, where it has other ones than it had.
    pub(super) fn regrouped(&mut self, program: &Program, line: &TakenLine) {
        let Some(before) = self.known(program.line.id.value.as_str()) else { return };
        if self.table.taken.kept.is_some() {
            return;
        }
        let bare_all = |groups: &[String]| groups.iter().map(|group| bare(group)).collect::<Vec<_>>();
        let said: Vec<String> = before.above().into_iter().map(bare).collect();
        let (is, now) = (bare_all(&program.group), bare_all(&line.groups));
        if now == said || now == is {
            return;
        }
        let cell = self.table.cell(line.origin);
        if is.is_empty() || is == said {
            self.put_into(program, &line.groups, &cell);
        } else if !now.is_empty() {
            let [from, to] = [&program.group, &line.groups].map(|groups| self.table.of_groups(groups));
            self.plan.changes.push(Change::Left(format!(
                "{}  the table says `{to}`{cell} for `{from}`, which reads otherwise in the chapter; it stays",
                program.line.id.value
            )));
        }
    }

    /// The groups of a program whose row in a sheet of ours was moved to others.
    pub(super) fn moved(&mut self, program: &Program, taken: &TakenLine, cell: &str) {
        let [was, new] = [&taken.was, &taken.kept].map(own::groups);
        let now = &program.group;
        if was == new || *now == new {
            return;
        }
        if *now != was {
            let said = [now, &was, &new].map(|groups| self.table.of_groups(groups));
            return self.apart(&program.line, "group", said, cell);
        }
        self.put_into(program, &new, cell);
    }

    /// Writes a program's groups. Those of the same name have one name in English, too.
    fn put_into(&mut self, program: &Program, new: &[String], cell: &str) {
        let line = &program.line;
        let [from, to] = [&program.group, new].map(|groups| self.table.of_groups(groups));
        let others = Program::all(&self.request.programs);
        let english = others.iter().find(|other| other.group == new).map(|other| other.group_en.clone());
        let (place, is_in) = (line.id.span, !new.is_empty());
        let is_done = self.edit(place.file, |page| match is_in {
            true => page.put(place, "group", &grouped(new)),
            false => page.take(place, "group"),
        });
        let english = english.filter(|english| is_in && !english.is_empty());
        if is_done && (!program.group_en.is_empty() || english.is_some()) {
            self.edit(place.file, |page| match &english {
                Some(english) => page.put(place, "group_en", &grouped(english)),
                None => page.take(place, "group_en"),
            });
        }
        if is_done {
            self.said(line, ("group", &from, &to), cell);
        }
    }
}
