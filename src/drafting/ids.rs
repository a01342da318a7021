//! The ids of lines that come from a table: made once by stable rules, kept in `ids.yaml` beside the chapter, where they can be corrected.

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::free::{foreign, of_no_file};
use super::lines::{Entry, Named, text};
use crate::diagnostic::Diagnostic;
use crate::edit::{Value, written};
use crate::import::{Aside, TakenLine};
use crate::model::{Id, Lang, Program, Request, fold_text};
use crate::read::{self, IDS_FILE, Kind, Node};
use crate::source::{ReadError, SourceMap, Span, display_name};

/// Findings of a file that cannot be read, and the file.
pub(super) type Refused = (Vec<Diagnostic>, SourceMap);

/// The names of chapters, by their folders.
pub(super) type Known = BTreeMap<PathBuf, Arc<Names>>;

/// What stands between the titles of a path.
const BELOW: &str = " ＞ ";

/// The ids that an import gave, or that were corrected by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Names {
    pub(super) lines: Vec<Name>,
    /// What stood below the table.
    pub(super) notes: Vec<String>,
    /// What the table said of the chapter, by the keys of these: its title, its ministry, how it rounds.
    pub(super) heading: Vec<(&'static str, String)>,
    /// Of which year and stage the amounts are that the table had, and in which unit: `fy2027 request 千円`.
    pub(super) amounts_of: String,
    /// The amounts of the chapter itself, as a [`Name`] has them.
    pub(super) amounts: String,
}

/// What stands behind why a line is not added, where a remark says it.
const NOTED: &str = " noted";

/// The keys of a chapter that a table says with words of its own.
const HEADING: [&str; 3] = ["title", "ministry", "rounding"];

/// An id and the line that it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) id: String,
    /// The titles from the top of the table down to the line.
    pub(super) path: String,
    pub(super) code: Option<String>,
    /// The remarks that the table had on the line, by which it is told whether they have changed.
    pub(super) notes: Vec<String>,
    /// Why the table did not add it, and whether a remark said so: what a table without remarks leaves open.
    pub(super) aside: Option<(Aside, bool)>,
    /// The amounts that it had, by which it is told whether they have changed: `requested 3,541,800; prior 3,200,000`.
    pub(super) amounts: String,
}

impl Name {
    /// The title that the line had.
    pub(super) fn title(&self) -> &str {
        self.path.rsplit(BELOW).next().unwrap_or_default()
    }

    /// The titles above that.
    pub(super) fn above(&self) -> Vec<&str> {
        self.path.rsplit_once(BELOW).map_or(Vec::new(), |(above, _)| above.split(BELOW).collect())
    }
}

impl Names {
    /// Reads the names beside a chapter; none where there are none. `Err` says why they cannot be read.
    pub(super) fn read(folder: &Path) -> Result<Arc<Self>, Refused> {
        let mut sources = SourceMap::default();
        let path = folder.join(IDS_FILE);
        let tree = match sources.load(&path) {
            Ok(file) => match read::told(&sources, file) {
                Ok(tree) => match foreign(&tree) {
                    Some(finding) => return Err((vec![finding], sources)),
                    None => Some(tree),
                },
                Err(findings) => return Err((findings, sources)),
            },
            Err(trouble) if trouble.cause.kind() == ErrorKind::NotFound => None,
            Err(trouble) => return Err(refused(&trouble)),
        };
        Ok(Arc::new(Self::of(tree.as_ref())))
    }

    fn of(tree: Option<&Node>) -> Self {
        let entries = match tree.and_then(|tree| tree.get("ids")).map(|ids| &ids.kind) {
            Some(Kind::Sequence(entries)) => entries.as_slice(),
            _ => &[],
        };
        let names = entries.iter().filter_map(|entry| {
            let text = |key: &str| entry.get(key)?.text().map(str::to_owned);
            let notes = entry.get("notes").map(texts).unwrap_or_default();
            let amounts = text("amounts").unwrap_or_default();
            let aside = text("aside").and_then(|said| match said.strip_suffix(NOTED) {
                Some(said) => Some((Aside::named(said)?, true)),
                None => Some((Aside::named(&said)?, false)),
            });
            Some(Name { id: text("id")?, path: text("path")?, code: text("code"), notes, aside, amounts })
        });
        let mut lines = Vec::with_capacity(entries.len());
        lines.extend(names);
        let notes = tree.and_then(|tree| tree.get("notes")).map(texts).unwrap_or_default();
        let said = |key: &'static str| Some((key, tree?.get(key)?.text()?.to_owned()));
        let text = |key| said(key).map(|(_, text)| text).unwrap_or_default();
        let (amounts_of, amounts) = (text("amounts_of"), text("amounts"));
        Self { lines, notes, heading: HEADING.into_iter().filter_map(said).collect(), amounts_of, amounts }
    }

    /// What the table said under a key of the chapter.
    pub(super) fn said(&self, key: &str) -> Option<&str> {
        self.heading.iter().find(|(known, _)| *known == key).map(|(_, text)| text.as_str())
    }

    /// The file that holds the names.
    pub(super) fn written(&self, lang: Lang) -> String {
        let about = lang.pick(
            "取り込んだ表の行と id の対応。id はここで一度直せば、次の取込みから章と事業のファイルにも使われる。",
            "Which id each line of the imported table has. An id that is corrected here is used from the next import on.",
        );
        let kept = lang.pick(
            "表題、府省、notes、aside、amounts は取り込んだときの表の言葉と金額。次の取込みで、表で変わったかどうかを見る。",
            "Title, ministry, notes, aside and amounts are the table's as they were imported; by them the next import sees whether they have changed.",
        );
        let has_notes = !self.notes.is_empty()
            || !self.heading.is_empty()
            || !self.amounts_of.is_empty()
            || self.lines.iter().any(|name| !name.notes.is_empty() || name.aside.is_some());
        let about = if has_notes { format!("{about}\n{kept}") } else { about.to_owned() };
        let notes = |notes: &[String]| {
            let list = || Value::List(notes.iter().map(Value::text).collect());
            (!notes.is_empty()).then(|| ("notes".to_owned(), list()))
        };
        let entry = |name: &Name| {
            let code = name.code.iter().map(|code| text("code", code));
            let amounts = Some(text("amounts", &name.amounts)).filter(|_| !name.amounts.is_empty());
            let noted = |is_noted: bool| if is_noted { NOTED } else { "" };
            let aside = name.aside.map(|(aside, is_noted)| format!("{}{}", aside.slug(), noted(is_noted)));
            let aside = aside.map(|aside| text("aside", &aside));
            let entry = [text("id", &name.id), text("path", &name.path)].into_iter().chain(code);
            let entry = entry.chain(amounts).chain(aside);
            Value::Braces(entry.chain(notes(&name.notes)).collect())
        };
        let memory = [("amounts_of", &self.amounts_of), ("amounts", &self.amounts)];
        let memory = memory.into_iter().filter(|(_, said)| !said.is_empty());
        let heading = self
            .heading
            .iter()
            .map(|(key, said)| (*key, said))
            .chain(memory)
            .map(|(key, said)| text(key, said));
        let head: Vec<Entry> = [Value::comment(&about)].into_iter().chain(heading).collect();
        let mut text = written(&head) + if self.lines.is_empty() { "ids: []\n" } else { "ids:\n" };
        // One after another: there may be as many as a ministry has lines.
        self.lines.iter().for_each(|name| text += &entry(name).item(2));
        text + &written(&notes(&self.notes).into_iter().collect::<Vec<_>>())
    }
}

fn texts(node: &Node) -> Vec<String> {
    let Kind::Sequence(items) = &node.kind else { return Vec::new() };
    items.iter().filter_map(Node::text).map(str::to_owned).collect()
}

/// A title as it is compared: without what spelling leaves open.
pub(super) fn bare(title: &str) -> String {
    fold_text(title).chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase()
}

/// The bare path of the line above that of a path.
fn above(path: &str) -> String {
    path.rsplit_once(BELOW).map_or(String::new(), |(above, _)| bare(above))
}

/// That a file that is there cannot be read: what it says would be lost, or written a second time.
pub(super) fn refused(trouble: &ReadError) -> Refused {
    let mut sources = SourceMap::default();
    let file = sources.add_bytes(&trouble.path, &[]);
    let name = display_name(&trouble.path);
    let what = format!("`{name}` cannot be read: {}", trouble.cause);
    let finding = Diagnostic::new("E0701", Span { file, start: 0, end: 0 }, what)
        .help("make it readable, or move it away if it is not needed");
    (vec![finding], sources)
}

/// The path of a line below another.
pub(super) fn path(above: &str, title: &str) -> String {
    if above.is_empty() { title.to_owned() } else { format!("{above}{BELOW}{title}") }
}

/// The id of a chapter that is written into a folder.
pub(super) fn chapter_id(folder: &Path) -> Id {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let stand_in = || Id::parse("chapter").unwrap_or_else(|_| Id::stand_in(""));
    Id::parse(&name)
        .or_else(|error| error.meant().map_or(Ok(stand_in()), |meant| Id::parse(&meant)))
        .unwrap_or_else(|_| stand_in())
}

/// Gives ids to lines.
#[derive(Debug, Default)]
pub(super) struct Namer {
    used: BTreeSet<String>,
    /// Ids by the bare path of their line, those of one path in order.
    known: BTreeMap<String, Vec<String>>,
    /// The number to try next behind a word.
    next: BTreeMap<String, usize>,
    known_ids: BTreeSet<String>,
    /// How many lines there were below a bare path: so many numbers were given, also those of ids that were corrected since.
    counts: BTreeMap<String, usize>,
    /// Last year's ids by a bare title that only one line had; `None` for others.
    titles: BTreeMap<String, Option<String>>,
}

impl Namer {
    /// A namer that knows the ids of `ids.yaml` and of last year's chapter, and those that are taken.
    pub(super) fn new(names: &Names, past: Option<&Request>, used: impl IntoIterator<Item = String>) -> Self {
        let mut namer = Self { used: used.into_iter().collect(), ..Self::default() };
        namer.learn(names);
        for program in past.iter().flat_map(|past| &past.programs) {
            namer.remember(program, "");
        }
        namer
    }

    /// Learns the ids of the chapters of other years that come in with one.
    pub(super) fn learn_beside(&mut self, known: &Known, folder: &Path) {
        let is_beside = |other: &Path| other != folder && other.file_name() == folder.file_name();
        let beside = known.iter().filter(|(other, _)| is_beside(other));
        beside.for_each(|(_, names)| self.learn(names));
    }

    fn learn(&mut self, names: &Names) {
        for name in &names.lines {
            if self.known_ids.contains(&name.id) {
                self.know(&name.path, name.id.clone());
                continue;
            }
            self.know(&name.path, name.id.clone());
            *self.counts.entry(above(&name.path)).or_default() += 1;
        }
    }

    fn know(&mut self, path: &str, id: String) {
        self.known_ids.insert(id.clone());
        self.known.entry(bare(path)).or_default().push(id);
    }

    fn remember(&mut self, program: &Program, above: &str) {
        let (id, title) = (program.line.id.value.to_string(), &program.line.title);
        let path = path(above, title);
        self.know(&path, id.clone());
        self.titles.entry(bare(title)).and_modify(|known| *known = None).or_insert(Some(id));
        for child in &program.children {
            self.remember(child, &path);
        }
    }

    /// The id of a line: what is known of it, else what its table or its title says, else its number below the line above, behind all that
    /// lines there ever had.
    pub(super) fn name(&mut self, line: &TakenLine, path: &str, parent: Option<&str>, at: usize) -> String {
        let own = line.id.as_ref().filter(|id| !line.kept.is_empty() && Id::parse(id).is_ok());
        let known = own.into_iter().chain(self.known.get(&bare(path)).into_iter().flatten());
        let same = self.titles.get(&bare(&line.title)).cloned().flatten();
        let found = known.chain(&same).find(|id| !self.used.contains(*id) && Id::parse(id).is_ok()).cloned();
        let id = found.unwrap_or_else(|| match said(line) {
            Some(said) => self.free(&said, 1),
            None => {
                let given = self.counts.get(&above(path)).copied().unwrap_or_default();
                self.free(parent.unwrap_or("p"), at.max(given) + 1)
            }
        });
        self.used.insert(id.clone());
        id
    }

    /// The lines below one line, each with its id.
    pub(super) fn all<'t>(
        &mut self,
        lines: &'t [TakenLine],
        above: &str,
        id: Option<&str>,
    ) -> Vec<Named<'t>> {
        let named = lines.iter().enumerate().map(|(at, line)| {
            let path = path(above, &line.title);
            let id = self.name(line, &path, id, at);
            let children = self.all(&line.children, &path, Some(&id));
            Named { line, id, path, children }
        });
        named.collect()
    }

    /// Whether an id is taken.
    pub(super) fn is_used(&self, id: &str) -> bool {
        self.used.contains(id)
    }

    /// Whether an id may be one that was made for a line, and by nobody.
    pub(super) fn made(line: &TakenLine, id: &str) -> bool {
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let mut parts = id.split('-');
        let is_numbered = parts.next() == Some("p") && parts.all(is_number);
        let said = said(line);
        let is_said = said.is_some_and(|said| {
            id.strip_prefix(&said)
                .is_some_and(|rest| rest.is_empty() || rest.strip_prefix('-').is_some_and(is_number))
        });
        is_numbered || is_said
    }

    /// An id that is not taken: the word itself for 1 where it says something of its own, else the word with a number.
    fn free(&mut self, word: &str, number: usize) -> String {
        let numbered = |number: usize| {
            let end = format!("-{number}");
            let word: String = word.chars().take(64 - end.len()).collect();
            format!("{}{end}", word.trim_end_matches('-'))
        };
        // The id of a line that has gone stays that line's.
        let is_taken = |id: &String| self.used.contains(id) || self.known_ids.contains(id);
        let is_free = |id: &String| !is_taken(id) && Id::parse(id).is_ok() && of_no_file(id).is_none();
        if let Some(own) = (number == 1 && word != "p").then(|| word.to_owned()).filter(is_free) {
            return own;
        }
        let first = self.next.get(word).copied().filter(|_| number == 1).unwrap_or(number);
        let (at, id) = (first..).map(|at| (at, numbered(at))).find(|(_, id)| is_free(id)).unwrap_or_default();
        if number == 1 {
            self.next.insert(word.to_owned(), at + 1);
        }
        id
    }
}

/// What a table says of a line's id: the id itself, else what can be made of its title or code.
fn said(line: &TakenLine) -> Option<String> {
    let meant = |text: &str| match Id::parse(text) {
        Ok(id) => Some(id.to_string()),
        Err(error) => error.meant(),
    };
    let title = || meant(&line.title);
    line.id.as_deref().and_then(meant).or_else(title).or_else(|| line.code.as_deref().and_then(meant))
}
