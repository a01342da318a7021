//! What a person says of the columns of a sheet: `columns.yaml`, kept beside the chapter and used by the next import.

use std::collections::HashSet;
use std::path::Path;

use super::words::{self, Meaning, Role};
use super::{ASSUMED, Import, UNTOLD};
use crate::diagnostic::{Diagnostic, nearest};
use crate::edit::{Value, written};
use crate::model::{FiscalCalendar, FiscalYear, Unit};
use crate::read::{Kind, Node, outline};
use crate::source::{ReadError, Span};

/// What columns hold, by what stands above them.
#[derive(Clone, Debug, Default)]
pub struct Map {
    columns: Vec<(String, Role, Span)>,
    /// The unit of amounts that state none.
    pub unit: Option<Unit>,
    /// The year of the request.
    pub year: Option<FiscalYear>,
}

/// The words for what a column may hold.
const WORDS: [(&str, Role); 28] = [
    ("level", Role::Label),
    ("title", Role::Name),
    ("code", Role::Code),
    ("id", Role::Id),
    ("parent", Role::Parent),
    ("depth", Role::Level),
    ("item", Role::Item),
    ("item_amount", Role::ItemAmount),
    ("requested", Role::Amount(Meaning::Requested)),
    ("wish", Role::Amount(Meaning::Wish)),
    ("total", Role::Amount(Meaning::Total)),
    ("prior", Role::Amount(Meaning::Prior)),
    ("budget", Role::Amount(Meaning::Budget)),
    ("enacted", Role::Amount(Meaning::Enacted)),
    ("added", Role::Amount(Meaning::Added)),
    ("reduced", Role::Amount(Meaning::Reduced)),
    ("supplementary", Role::Amount(Meaning::Supplementary)),
    ("revised", Role::Amount(Meaning::Revised)),
    ("settled", Role::Amount(Meaning::Settled)),
    ("forecast", Role::Amount(Meaning::Forecast)),
    ("change", Role::Change),
    ("rate", Role::Rate),
    ("notes", Role::Notes),
    ("year", Role::Year),
    ("type", Role::Type),
    ("account", Role::Account),
    ("unit", Role::Unit),
    ("nothing", Role::Nothing),
];

/// The word for what a column holds.
pub(super) fn word(role: Role) -> &'static str {
    WORDS.iter().find(|(_, known)| *known == role).map_or("nothing", |(word, _)| *word)
}

/// What a map says of one column, by what stands above it.
fn column(entry: &Node, wrong: &mut dyn FnMut(Span, String, String)) -> Option<(String, Role, Span)> {
    misspelled(entry, &["header", "as"], wrong);
    let (Some(header), Some(said)) = (entry.get("header").and_then(Node::text), entry.get("as")) else {
        let what = "a column needs its `header` and what it holds, `as`";
        wrong(entry.span, what.to_owned(), "write it anew with `--save-map`".to_owned());
        return None;
    };
    let text = said.text().unwrap_or_default();
    let role = WORDS.iter().find(|(word, _)| *word == text).map(|(_, role)| *role);
    if role.is_none() {
        let known = WORDS.map(|(word, _)| word);
        let near = nearest(text, &known).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
        let help = format!("{near}it may be {}", known.join(", "));
        wrong(said.span, format!("`{text}` is nothing that a column holds"), help);
    }
    Some((words::folded(header), role?, entry.span))
}

/// Tells of keys of a mapping that are none of those that it may have.
fn misspelled(node: &Node, known: &[&str], wrong: &mut dyn FnMut(Span, String, String)) {
    let Kind::Mapping(entries) = &node.kind else { return };
    for (key, _) in entries.iter().filter(|(key, _)| !known.contains(&key.value.as_str())) {
        let near =
            nearest(&key.value, known).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
        let what = format!("a map of columns has no key `{}`", key.value);
        wrong(key.span, what, format!("{near}it may be {}", known.join(", ")));
    }
}

impl Map {
    /// Reads a map. What is wrong in it is a finding, and the rest of it holds.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read(path: &Path, calendar: FiscalCalendar, import: &mut Import) -> Result<Self, ReadError> {
        let file = import.sources.load(path)?;
        let mut map = Self::default();
        let mut findings = Vec::new();
        let mut wrong = |span: Span, what: String, help: String| {
            findings.push(Diagnostic::new(UNTOLD, span, what).help(help))
        };
        let Some(tree) = outline(&import.sources, file) else {
            let span = Span { file, start: 0, end: 0 };
            wrong(
                span,
                "the map of the columns is no YAML".to_owned(),
                "write it anew with `--save-map`".to_owned(),
            );
            import.findings.extend(findings);
            return Ok(map);
        };
        misspelled(&tree, &["unit", "year", "columns"], &mut wrong);
        if let Some(node) = tree.get("unit") {
            map.unit = node.text().and_then(Unit::parse);
            if map.unit.is_none() {
                wrong(node.span, "this is not a known unit".to_owned(), "write one such as 千円".to_owned());
            }
        }
        if let Some(node) = tree.get("year") {
            map.year = node.text().and_then(|text| FiscalYear::parse_in(text, calendar).ok());
            if map.year.is_none() {
                wrong(
                    node.span,
                    "this is not a fiscal year".to_owned(),
                    "write one such as 令和9年度".to_owned(),
                );
            }
        }
        let entries = match tree.get("columns").map(|node| (&node.kind, node.span)) {
            Some((Kind::Sequence(entries), _)) => entries.as_slice(),
            Some((Kind::Null, _)) | None => &[],
            Some((_, span)) => {
                let help = "write each column as an entry of a list: `- {header: 要求額, as: requested}`";
                wrong(span, "the columns of a map are a list".to_owned(), help.to_owned());
                &[]
            }
        };
        for entry in entries {
            map.columns.extend(column(entry, &mut wrong));
        }
        for (at, (header, role, span)) in map.columns.iter().enumerate() {
            let mut before = map.columns.iter().take(at);
            if before.any(|(other, known, _)| other == header && known != role) {
                let what = "the map says two things of this header, and only the first holds";
                let help = "take one of the two entries out of the map";
                findings.push(Diagnostic::new(ASSUMED, *span, what).help(help));
            }
        }
        import.findings.extend(findings);
        Ok(map)
    }

    /// What a person says of the column under a header.
    pub(super) fn role(&self, header: &str) -> Option<Role> {
        let header = words::folded(header);
        self.columns.iter().find(|(known, ..)| *known == header).map(|(_, role, _)| *role)
    }

    /// Says which headers of the map stand in none of the tables that were read; workbooks of gaisan's own need no map.
    pub(super) fn tell_unused(&self, import: &mut Import) {
        if import.chapters.iter().any(|chapter| chapter.kept.is_some()) {
            return;
        }
        let headers = import.tables.iter().flat_map(|table| &table.columns);
        let headers: HashSet<String> = headers.map(|column| words::folded(&column.header)).collect();
        let unused =
            self.columns.iter().filter(|(known, ..)| !headers.is_empty() && !headers.contains(known));
        let finding = |(_, _, span): &(String, Role, Span)| {
            let what = "this header stands above no column that was read";
            let help =
                "write it as the list of columns in the report has it, or take the entry out of the map";
            Diagnostic::new(ASSUMED, *span, what).help(help)
        };
        import.findings.extend(unused.map(finding));
    }

    /// The map that says how the tables of an import were understood, as YAML.
    pub fn written(import: &Import) -> String {
        let about = format!(
            "What each column holds; `gaisan import` asks this file first. `as` may be {}.",
            WORDS.map(|(word, _)| word).join(", ")
        );
        let mut seen: Vec<&str> = Vec::new();
        let mut columns = Vec::new();
        for column in import.tables.iter().flat_map(|table| &table.columns) {
            if !column.header.is_empty() && !seen.contains(&column.header.as_str()) {
                seen.push(&column.header);
                let text = |key: &str, text: &str| (key.to_owned(), Value::text(text));
                columns.push(Value::Braces(vec![text("header", &column.header), text("as", column.role)]));
            }
        }
        written(&[Value::comment(&about), ("columns".to_owned(), Value::List(columns))])
    }
}

/// What is said of a column of a role.
pub(super) fn said_role(role: Role) -> &'static str {
    match role {
        Role::Label => "level",
        Role::Name => "title",
        Role::Code => "code",
        Role::Id => "id",
        Role::Parent => "parent",
        Role::Level => "depth",
        Role::Item => "part of the line",
        Role::ItemAmount => "amount of the part",
        Role::Amount(_) => "amount",
        Role::Change => "change",
        Role::Rate => "rate",
        Role::Notes => "notes",
        Role::Year => "year",
        Role::Type => "type",
        Role::Account => "account",
        Role::Unit => "unit",
        Role::Sources => "not taken: it says where the money comes from",
        Role::Nothing => "not taken",
    }
}
