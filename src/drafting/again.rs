//! A chapter that is there, and the corrected table: only the amounts and lines that changed, in place.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::path::Path;

use super::chapter::{Named, Table, kept, parts};
use super::ids::{self, Name, Namer, Names, bare};
use super::{Change, Plan};
use crate::diagnostic::{Edit, Severity, is_like};
use crate::edit::{Manuscript, Value, written};
use crate::import::{Aside, Figure, Taken, TakenAmount, TakenLine};
use crate::model::{Breakdown, Id, Lang, Line, Money, NoteKind, Program, Request};
use crate::notation::Notation;
use crate::read::{IDS_FILE, Reading};
use crate::rollup::Rollup;
use crate::source::{FileId, Span, Spanned};

/// Plans what the table changes in a chapter.
pub(super) fn plan(taken: &Taken, folder: &Path, here: &Reading, request: &Request, names: Names) -> Plan {
    let mut plan = Plan::default();
    if Rollup::of(request).is_unread() {
        let is_about = |span: Span| request.is_in(span.file);
        let findings =
            here.findings.iter().filter(|it| it.severity == Severity::Error && is_about(it.primary.span));
        plan.findings = findings.cloned().collect();
        plan.sources = here.sources.clone();
        return plan;
    }
    let files = [request.file].into_iter().chain(request.parts.iter().copied());
    let manuscripts = files.filter_map(|file| Some((file, Manuscript::of(&here.sources, file)?))).collect();
    let table = Table { lang: request.lang, ..Table::of(taken) };
    let (top, lines) = table.top();
    let mut ids = vec![request.line.id.value.to_string()];
    collect(&request.programs, &mut ids);
    let namer = Namer::new(&names, None, ids);
    let mut again = Again {
        by_id: names.0.iter().map(|name| (name.id.clone(), name.clone())).collect(),
        columns: BTreeSet::new(),
        edits: BTreeMap::new(),
        table,
        here,
        request,
        folder,
        names,
        namer,
        manuscripts,
        plan,
    };
    columns(&taken.lines, &mut again.columns);
    again.figures(&request.line, top.map_or(&taken.total, |top| &top.amounts));
    let named = again.level(None, lines, "");
    let Again { edits, mut plan, names, .. } = again;
    plan.edits(&here.sources, &edits);
    if taken.kept.is_none() {
        plan.file(folder.join(IDS_FILE), kept(&named, &names).written(request.lang).into_bytes());
    }
    plan
}

fn collect(programs: &[Program], ids: &mut Vec<String>) {
    for program in programs {
        ids.push(program.line.id.value.to_string());
        collect(&program.children, ids);
    }
}

fn columns(lines: &[TakenLine], into: &mut BTreeSet<Figure>) {
    for line in lines {
        into.extend(line.amounts.iter().map(|amount| amount.figure));
        columns(&line.children, into);
    }
}

struct Again<'t> {
    table: Table<'t>,
    here: &'t Reading,
    request: &'t Request,
    folder: &'t Path,
    names: Names,
    namer: Namer,
    manuscripts: BTreeMap<FileId, Manuscript<'t>>,
    edits: BTreeMap<FileId, Vec<Edit>>,
    /// The names by their ids.
    by_id: HashMap<String, Name>,
    /// The figures that the table has columns for.
    columns: BTreeSet<Figure>,
    plan: Plan,
}

impl<'t> Again<'t> {
    /// The lines below one line, or the programs; `above` is its path.
    fn level(&mut self, parent: Option<&'t Program>, lines: &'t [TakenLine], above: &str) -> Vec<Named<'t>> {
        let programs = parent.map_or(self.request.programs.as_slice(), |parent| &parent.children);
        let pairs = self.pairs(lines, programs, above);
        let mut named = Vec::new();
        // Where a new line comes in: behind the last one that was there before it.
        let mut at = 0;
        for (number, (line, pair)) in lines.iter().zip(&pairs).enumerate() {
            let path = ids::path(above, &line.title);
            match pair.and_then(|pair| Some((pair, programs.get(pair)?))) {
                Some((pair, program)) => {
                    at = pair + 1;
                    let id = self.matched(program, line, &path);
                    let children = self.level(Some(program), &line.children, &path);
                    named.push(Named { line, id, path, children });
                }
                None => {
                    let above = parent.map(|parent| parent.line.id.value.to_string());
                    let id = self.namer.name(line, &path, above.as_deref(), number);
                    let children = self.namer.all(&line.children, &path, Some(&id));
                    named.push(Named { line, id, path, children });
                }
            }
            let is_new = pair.is_none() && !programs.is_empty();
            if let Some(new) = named.last().filter(|_| is_new) {
                self.add(parent, at, std::slice::from_ref(new));
            }
        }
        if programs.is_empty() && !named.is_empty() {
            self.add(parent, 0, &named);
        }
        for (at, program) in programs.iter().enumerate() {
            if !pairs.contains(&Some(at)) && program.line.requested.money.value != Money::Ended {
                self.missing(&program.line);
            }
        }
        named
    }

    /// For each line of the table the one that it is among those that are there.
    fn pairs(&self, lines: &[TakenLine], programs: &[Program], above: &str) -> Vec<Option<usize>> {
        let name = |program: &Program| self.by_id.get(program.line.id.value.as_str());
        let path = |line: &TakenLine| bare(&ids::path(above, &line.title));
        type Of<'r, T> = &'r dyn Fn(&T) -> Option<String>;
        let rules: [(Of<'_, TakenLine>, Of<'_, Program>); 5] = [
            (&|line| line.id.clone(), &|program| Some(program.line.id.value.to_string())),
            (&|line| Some(path(line) + &bare(&line.title)), &|program| {
                Some(bare(&name(program)?.path) + &bare(&program.line.title))
            }),
            (&|line| Some(bare(&line.title)), &|program| Some(bare(&program.line.title))),
            (&|line| Some(path(line)), &|program| Some(bare(&name(program)?.path))),
            (&|line| line.code.clone(), &|program| name(program)?.code.clone()),
        ];
        let mut pairs: Vec<Option<usize>> = vec![None; lines.len()];
        let mut free: BTreeSet<usize> = (0..programs.len()).collect();
        for (of_line, of_program) in rules {
            let mut known: HashMap<String, VecDeque<usize>> = HashMap::new();
            for (at, program) in free.iter().filter_map(|at| Some((*at, programs.get(*at)?))) {
                if let Some(key) = of_program(program) {
                    known.entry(key).or_default().push_back(at);
                }
            }
            for (pair, line) in pairs.iter_mut().zip(lines).filter(|(pair, _)| pair.is_none()) {
                *pair = of_line(line).and_then(|key| known.get_mut(&key)?.pop_front());
                pair.iter().for_each(|at| {
                    free.remove(at);
                });
            }
        }
        // A line that was renamed stands where it stood, behind the same line.
        let mut next = Some(0);
        for (pair, line) in pairs.iter_mut().zip(lines) {
            let stood = next.filter(|next| pair.is_none() && free.contains(next));
            let program = stood.and_then(|at| programs.get(at));
            if program.is_some_and(|program| is_like(&line.title, &program.line.title)) {
                *pair = stood;
                stood.iter().for_each(|at| {
                    free.remove(at);
                });
            }
            next = pair.map(|at| at + 1);
        }
        pairs
    }

    /// A line that is there already: its title, its figures, and its id where `ids.yaml` was corrected.
    fn matched(&mut self, program: &Program, line: &TakenLine, path: &str) -> String {
        let own = program.line.id.value.to_string();
        if bare(&line.title) != bare(&program.line.title) {
            let place = self.manuscripts.get(&program.line.id.span.file);
            let place = place.and_then(|text| text.place(program.line.id.span, "title"));
            if let Some(place) = place {
                self.edit(place.file, |text| text.set(place, &line.title));
                self.plan.changes.push(Change::Title {
                    line: own.clone(),
                    from: program.line.title.clone(),
                    to: line.title.clone(),
                    cell: self.table.cell(line.origin),
                });
            }
        }
        let id = self.corrected(program, line, path).unwrap_or_else(|| own.clone());
        if id != own {
            let place = program.line.id.span;
            self.edit(place.file, |text| text.set(place, &id));
            self.plan.changes.push(Change::Id { from: own, to: id.clone() });
        }
        self.renoted(&program.line, line);
        self.figures(&program.line, &line.amounts);
        id
    }

    /// The id that `ids.yaml` has for a line, where it was corrected there. What was corrected in the chapter itself stays.
    fn corrected(&self, program: &Program, line: &TakenLine, path: &str) -> Option<String> {
        let own = program.line.id.value.as_str();
        let named: Vec<&Name> = self.names.0.iter().filter(|name| bare(&name.path) == bare(path)).collect();
        let [Name { id, .. }] = named.as_slice() else { return None };
        let is_open = !self.by_id.contains_key(own) && !self.namer.is_used(id) && Id::parse(id).is_ok();
        (is_open && Namer::made(line, own)).then(|| id.clone())
    }

    /// Notes that are not what a sheet of ours showed of them: remarks are written, notes of other kinds are for a person.
    fn renoted(&mut self, line: &Line, taken: &TakenLine) {
        if !taken.is_renoted {
            return;
        }
        let place = line.id.span;
        let are_remarks = line.notes.iter().all(|note| note.kind == NoteKind::Remark);
        let notes = self.table.notes(taken.notes.iter(), None);
        let is_done = are_remarks
            && self.edit(place.file, |page| match &notes {
                Some((key, notes)) => page.put(place, key, notes),
                None => page.take(place, "notes"),
            });
        let text = taken.notes.join(" ");
        self.plan.changes.push(match is_done {
            true => Change::Text { line: line.id.value.to_string(), key: "notes", to: text },
            false => Change::Left(format!(
                "{}  its notes say now 「{text}」; write that under `notes`, where they have kinds",
                line.id.value
            )),
        });
    }

    /// The figures of a line, each where it stands or under its key.
    fn figures(&mut self, line: &Line, amounts: &[TakenAmount]) {
        let is_own = self.table.taken.kept.is_some();
        let summed = if is_own { Vec::new() } else { self.table.whole(amounts) };
        let parts = parts(amounts);
        let own = amounts.iter().filter(|amount| amount.account.is_none());
        for amount in own.chain(&summed) {
            let is_part = matches!(amount.figure, Figure::Request | Figure::Wish);
            match (parts, line.requested.split) {
                // Request and wish were not told apart: all three are one edit.
                (Some(_), None) if amount.figure == Figure::Wish => self.split(line, amounts),
                (Some(_), None) if is_part || amount.figure == Figure::Requested => {}
                // Without a wish all of it is requested, and has been compared.
                (None, None)
                    if is_part
                        && (has(amounts, Figure::Requested)
                            || amount.figure == Figure::Wish && has(amounts, Figure::Request)) => {}
                _ => {
                    let (old, key) = stated(line, amount.figure);
                    self.figure(line, amount, old, key);
                }
            }
        }
        self.emptied(line, amounts, &summed);
        for amount in amounts.iter().filter(|amount| amount.account.is_some()) {
            let part = line
                .accounts
                .iter()
                .chain(&line.instruments)
                .find(|part| Some(&part.name) == amount.account.as_ref());
            let old = part.map(|part| match amount.figure {
                Figure::Prior => (part.prior, "prior"),
                _ => (part.requested, "requested"),
            });
            match old {
                Some((Some(old), key)) => self.figure(line, amount, Some(old), &[key]),
                _ => self.plan.changes.push(Change::Left(format!(
                    "{}  {} {} ({}) is in no account of the chapter; add it under `accounts`",
                    line.id.value,
                    amount.account.as_deref().unwrap_or_default(),
                    amount.text,
                    self.table.cell(amount.place),
                ))),
            }
        }
    }

    /// Request and wish of a line that did not tell them apart before.
    fn split(&mut self, line: &Line, amounts: &[TakenAmount]) {
        let Some((request, wish)) = parts(amounts) else { return };
        let whole = amounts.iter().find(|it| it.figure == Figure::Requested && it.account.is_none());
        let keyed = [("amount", whole), ("request", Some(request)), ("wish", Some(wish))];
        let told = keyed
            .into_iter()
            .filter_map(|(key, amount)| Some((key.to_owned(), Value::Text(self.text_of(amount?)))));
        let value = Value::Lines(told.collect());
        let place = line.id.span;
        if !self.edit(place.file, |page| page.put(place, "requested", &value)) {
            return;
        }
        let old = Some(line.requested.money).filter(|old| old.value != Money::NotStated);
        if let Some(whole) = whole.filter(|whole| old.is_none_or(|old| old.value != whole.money)) {
            let text = self.text_of(whole);
            self.only_account(line, Figure::Requested, old, &text);
            self.changed(line, whole, old);
        }
        self.changed(line, wish, None);
    }

    /// Says which figures of a line have an empty cell now; they stay.
    fn emptied(&mut self, line: &Line, amounts: &[TakenAmount], summed: &[TakenAmount]) {
        for figure in [Figure::Requested, Figure::Prior, Figure::Enacted, Figure::Supplementary] {
            let is_there = has(amounts, figure)
                || has(summed, figure)
                || figure == Figure::Requested && !amounts.is_empty();
            if let (false, true, (Some(old), _)) =
                (is_there, self.columns.contains(&figure), stated(line, figure))
                && old.value.amount().is_some()
            {
                self.plan.changes.push(Change::Left(format!(
                    "{}  {}: its cell is empty now; {} stays",
                    line.id.value,
                    label(figure, self.request.lang),
                    Notation::of(self.request, self.request.lang).money(&old.value),
                )));
            }
        }
    }

    fn figure(&mut self, line: &Line, amount: &TakenAmount, old: Option<Spanned<Money>>, keys: &[&str]) {
        let is_same = match (old.map(|old| old.value), amount.money) {
            (Some(Money::Known(old)), Money::Known(new)) => old.same_value(new),
            (Some(old), new) => old == new,
            (None, new) => !new.is_stated(),
        };
        if is_same || old.is_none() && !amount.money.is_stated() {
            return;
        }
        let text = self.text_of(amount);
        let place = line.id.span;
        let value = Value::text(&text);
        let edit = |page: &Manuscript<'_>| match (old, keys) {
            // A sum of request and wish has the place of both.
            (Some(old), _) if old.span != place => {
                page.set(old.span, &text).or_else(|| page.put(old.span, "amount", &value))
            }
            (_, [key]) => page.put(place, key, &value),
            _ => None,
        };
        let file = old.map_or(place.file, |old| old.span.file);
        if !self.edit(file, edit) {
            return;
        }
        self.only_account(line, amount.figure, old, &text);
        self.changed(line, amount, old);
    }

    /// The only account of a line gives all of its amount, and follows it.
    fn only_account(&mut self, line: &Line, figure: Figure, old: Option<Spanned<Money>>, text: &str) {
        let [part] = line.accounts.as_slice() else { return };
        let own = match figure {
            Figure::Requested => part.requested,
            Figure::Prior => part.prior,
            _ => None,
        };
        if let Some(own) = own.filter(|own| old.is_some_and(|old| old.value == own.value)) {
            self.edit(own.span.file, |page| page.set(own.span, text));
        }
    }

    /// Tells that a figure changed.
    fn changed(&mut self, line: &Line, amount: &TakenAmount, old: Option<Spanned<Money>>) {
        let notation = Notation::of(self.request, self.request.lang);
        let unit = self.table.taken.unit;
        let shown = |money: Money| notation.cell(&money, unit);
        let account = amount.account.as_ref().map(|account| format!("{account} ")).unwrap_or_default();
        self.plan.changes.push(Change::Amount {
            line: line.id.value.to_string(),
            figure: format!("{account}{}", label(amount.figure, self.request.lang)),
            from: old.map(|old| shown(old.value)).unwrap_or_default(),
            to: shown(amount.money),
            unit: unit.label(self.request.lang),
            cell: self.table.cell(amount.place),
        });
    }

    /// An amount as this chapter has it: with its unit where that is not the chapter's.
    fn text_of(&self, amount: &TakenAmount) -> String {
        let is_same = |text: &str| match (Money::parse(text, self.request.unit), amount.money) {
            (Ok(Money::Known(one)), Money::Known(other)) => one.same_value(other),
            (Ok(one), other) => one == other,
            (Err(_), _) => false,
        };
        if is_same(&amount.text) {
            return amount.text.clone();
        }
        let with_unit = Notation::of(self.request, self.request.lang).money(&amount.money);
        if is_same(&with_unit) { with_unit } else { amount.text.clone() }
    }

    /// Lines that are new: entries of the list that they belong to, or files of their own where they are programs with parts. Several
    /// make a list that was not there.
    fn add(&mut self, parent: Option<&Program>, at: usize, new: &[Named<'_>]) {
        let breakdown = parent.and_then(|parent| parent.line.breakdown).map(|breakdown| breakdown.value);
        let are_of_which = breakdown != Some(Breakdown::Complete)
            && new.iter().all(|new| new.line.aside == Some(Aside::OfWhich));
        let (line, key) = match parent {
            Some(parent) => (&parent.line, "children"),
            None => (&self.request.line, "programs"),
        };
        let mut files = Vec::new();
        let values = new.iter().map(|new| {
            let lines = self.table.lines(new, are_of_which);
            if parent.is_some() || new.children.is_empty() || self.request.parts.is_empty() {
                return Value::Lines(lines);
            }
            let name = format!("{}.yaml", new.id);
            files.push((self.folder.join(&name), written(&lines).into_bytes()));
            Value::Text(name)
        });
        let values: Vec<Value> = values.collect();
        let place = line.id.span;
        let is_in = self.edit(place.file, |page| match values.as_slice() {
            [value] => page.insert(place, key, at, value),
            _ => page.put(place, key, &Value::List(values)),
        });
        if !is_in {
            return;
        }
        for (path, bytes) in files {
            self.plan.file(path, bytes);
        }
        if parent.is_some() && breakdown.is_none() {
            self.edit(place.file, |page| page.put(place, "breakdown", &Value::text("partial")));
        }
        let added: Vec<Change> = new.iter().map(|new| self.table.added(new)).collect();
        self.plan.changes.extend(added);
    }

    fn missing(&mut self, line: &Line) {
        let file = self.here.sources.file(line.id.span.file);
        let position = self.here.sources.position(line.id.span);
        self.plan.changes.push(Change::Missing {
            line: line.id.value.to_string(),
            title: line.title.clone(),
            place: format!("{}:{}", file.name, position.line),
        });
    }

    /// Notes an edit of a file; says so where the file's layout allows none.
    fn edit(&mut self, file: FileId, edit: impl FnOnce(&Manuscript<'t>) -> Option<Edit>) -> bool {
        match self.manuscripts.get(&file).and_then(edit) {
            Some(edit) => {
                let edits = self.edits.entry(file).or_default();
                // Two new keys at one place are one edit, in their order.
                match edits.iter_mut().find(|it| it.span == edit.span && edit.span.start == edit.span.end) {
                    Some(same) => same.text.push_str(&edit.text),
                    None => edits.push(edit),
                }
                true
            }
            None => {
                let name = &self.here.sources.file(file).name;
                let left = format!("`{name}` is laid out in a way that cannot be edited; it stays as it is");
                self.plan.changes.push(Change::Left(left));
                false
            }
        }
    }
}

fn has(amounts: &[TakenAmount], wanted: Figure) -> bool {
    amounts.iter().any(|amount| amount.figure == wanted)
}

/// What a line says of a figure, and the key that it has to be put under where it says nothing.
fn stated<'k>(line: &Line, figure: Figure) -> (Option<Spanned<Money>>, &'k [&'k str]) {
    let known = |money: Spanned<Money>| (money.value != Money::NotStated).then_some(money);
    let amount = |amount: Option<Spanned<crate::model::Amount>>| amount.map(|it| it.map(Money::Known));
    match figure {
        Figure::Request | Figure::Wish if line.requested.split.is_none() => {
            (known(line.requested.money), &["requested"])
        }
        Figure::Requested => (known(line.requested.money), &["requested"]),
        Figure::Request => (line.requested.split.map(|split| split.0), &[]),
        Figure::Wish => (line.requested.split.map(|split| split.1), &[]),
        Figure::Prior => (known(line.prior.money), &["prior"]),
        Figure::Enacted => (amount(line.enacted), &["enacted"]),
        Figure::Supplementary => (amount(line.supplementary), &["supplementary"]),
    }
}

fn label(figure: Figure, lang: Lang) -> &'static str {
    let (ja, en) = match figure {
        Figure::Requested => ("要求", "requested"),
        Figure::Request => ("うち要求", "request"),
        Figure::Wish => ("うち要望", "wish"),
        Figure::Prior => ("前年度", "prior"),
        Figure::Enacted => ("当初", "enacted"),
        Figure::Supplementary => ("補正", "supplementary"),
    };
    match lang {
        Lang::Ja => ja,
        Lang::En => en,
    }
}
