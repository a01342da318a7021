//! From workbooks and CSV files to the lines of a budget. In: the bytes of files; out: [`Import`], what was taken of them, with a finding
//! at each cell that a person should look at.
//!
//! The way: `book` or `plain` → `grid` → `split` (tables side by side) → `table` (header and columns) → `rows` (what each row says) →
//! `verify` (what is worked out) → `depth` and `tree` (which are parts of which, totals verified) → `about` (which year the table is of), `years` and
//! `stages` (which amount of which year each column has, and where its budget stands), `chapter` → [`Taken`]. On the way each cell is marked with
//! what becomes of it; `counted` names what is left. A sheet that gaisan made goes by `own` alone, and `lost` holds it against the one that is to
//! take its place.

mod about;
mod above;
mod adjacency;
mod amounts;
mod bases;
mod below;
mod beneath;
mod between;
mod book;
mod changes;
mod chapter;
mod compared;
mod compound;
mod counted;
mod currencies;
mod dated;
mod days;
mod depth;
mod details;
mod dollars;
mod feet;
mod figures;
mod form;
mod formula;
mod gather;
mod grid;
mod header;
mod held;
mod items;
mod kinds;
mod linked;
mod lost;
mod map;
mod numbers;
mod offices;
mod old;
mod open;
mod over;
pub(crate) mod own;
mod paired;
mod parts;
mod pivot;
mod plain;
mod readings;
mod remark;
mod roles;
mod rows;
mod same;
mod split;
mod stages;
mod subtotals;
mod table;
mod take;
mod taken;
mod taking;
mod telling;
mod titles;
mod told;
mod totals;
mod tree;
mod twice;
mod units;
mod value;
mod verify;
mod versions;
mod which;
mod words;
mod yearly;
mod years;

pub use counted::Counted;
pub(crate) use dated::without_year;
pub(crate) use formula::ABOVE;
pub use lost::lost;
pub use map::Map;
pub use taken::{Aside, Cell, EmptyCell, Figure, Origin, Place, Taken, TakenAmount, TakenLine};
pub(crate) use titles::states_recount;
pub use told::{Understood, UnderstoodColumn};

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{FiscalCalendar, FiscalYear, Stage, Unit};
use crate::source::SourceMap;

/// A file cannot be read.
const UNREADABLE: &str = "E0701";
/// No table, unit or year can be told.
const UNTOLD: &str = "E0702";
/// A cell of an amount holds none.
const NO_AMOUNT: &str = "E0703";
/// A total is not the sum of its lines.
const TOTAL: &str = "W0704";
/// What a row works out is not what it makes.
const CHANGE: &str = "W0705";
/// Something was assumed.
const ASSUMED: &str = "W0706";
/// Something could not be verified.
const UNVERIFIED: &str = "N0707";

/// What the caller says of files beforehand; it goes before what is found in them.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The year that the money is requested for.
    pub year: Option<FiscalYear>,
    /// How the fiscal years lie that the files name: of two calendar years (`2025-26`) it says which one counts.
    pub calendar: FiscalCalendar,
    /// The year of the folder that the chapter goes into, which holds where the files say none.
    pub folder_year: Option<FiscalYear>,
    /// Where in its life the request stands.
    pub stage: Option<Stage>,
    /// The unit of amounts that state none.
    pub unit: Option<Unit>,
    /// The sheets to read; all that are shown where none is named.
    pub sheets: Vec<String>,
    /// What the columns hold.
    pub map: Map,
    /// Whether the files are only to be checked, for which neither unit nor year is needed.
    pub is_check: bool,
}

impl Options {
    /// The unit that is said beforehand.
    fn unit(&self) -> Option<Unit> {
        self.unit.or(self.map.unit)
    }

    /// The year that is said beforehand.
    fn year(&self) -> Option<FiscalYear> {
        self.year.or(self.map.year)
    }
}

/// What was taken of files.
#[derive(Debug, Default)]
pub struct Import {
    /// The chapters, the newest year first.
    pub chapters: Vec<Taken>,
    /// The year that the files are about; other chapters are of other years that they tell of.
    pub year: Option<FiscalYear>,
    /// How each table was understood.
    pub tables: Vec<Understood>,
    /// What became of the cells of each sheet.
    pub cells: Vec<Counted>,
    /// The places in sheets that gaisan made that say something else than they did, the first of each sheet before its others.
    pub changed: Vec<String>,
    /// What was not taken, each with its place.
    pub left: Vec<String>,
    /// What a person should look at.
    pub findings: Vec<Diagnostic>,
    /// The cells that findings point at.
    pub sources: SourceMap,
    /// Which offices the lines of chapters are of, table by table.
    offices: Vec<(offices::Which, offices::Office)>,
}

impl Import {
    /// Takes the lines of more files.
    pub fn take(&mut self, files: &[(String, Vec<u8>)], options: &Options) {
        for (at, (name, bytes)) in files.iter().enumerate() {
            match files.iter().take(at).find(|(_, other)| other == bytes) {
                Some((other, _)) => same::file(self, name, other),
                None => take::file(self, name, bytes, options),
            }
        }
        offices::group(self);
        options.map.tell_unused(self);
        self.chapters.sort_by_key(|taken| std::cmp::Reverse(taken.year));
    }

    /// Whether nothing could be taken of a file, so that nothing should be written.
    pub fn is_unreadable(&self) -> bool {
        let is_fatal = |finding: &Diagnostic| matches!(finding.code, UNREADABLE | UNTOLD);
        self.chapters.is_empty() || self.findings.iter().any(is_fatal)
    }

    /// Whether a person should look at something.
    pub fn has_findings(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity != Severity::Note)
    }
}

/// Takes the lines of files, each by its name and its bytes.
pub fn import(files: &[(String, Vec<u8>)], options: &Options) -> Import {
    let mut import = Import::default();
    import.take(files, options);
    import
}
