//! The request: a chapter and its tree of programs, as the author means it.

use std::collections::BTreeMap;

use super::conventions::{Cards, Conventions, FiscalCalendar, Paper, Print, SheetLayout};
use super::crosswalk::Crosswalk;
use super::detail::{Area, FundingFlow, LogicModel, Picture};
use super::extract::Extracts;
use super::glossary::Abbreviation;
use super::line::{Line, NamedLine};
use super::{Amount, FiscalYear, Id, Lang, PartialDate, Rounding, Unit};
use crate::named::named;
use crate::source::{FileId, Span, Spanned};

/// A chapter: the programs that a ministry requests together, with what holds for all of them.
#[derive(Clone, Debug)]
pub struct Request {
    /// The chapter's own line: its title and headline amounts.
    pub line: Line,
    /// Printed before the title, e.g. `5`.
    pub number: Option<String>,
    /// The language the sheets are worded in unless the caller asks for another.
    pub lang: Lang,
    /// The ministry that requests.
    pub ministry: String,
    /// The ministry's English name.
    pub ministry_en: Option<String>,
    /// The year the money is requested for.
    pub fiscal_year: Spanned<FiscalYear>,
    /// Where in its life the request stands.
    pub stage: Stage,
    /// The unit of amounts written without one, and of the tables.
    pub unit: Unit,
    /// The rounding rule that the figures follow; `None` where none is stated.
    pub rounding: Option<Rounding>,
    /// The name of the year's special frame for wishes (要望), e.g. 新たな成長推進枠.
    pub frame: Option<String>,
    /// How the sheets write negative amounts and years.
    pub style: Style,
    /// What the chapter itself says of its calendar and of how it is printed.
    pub conventions: Conventions,
    /// What its project says of these, where the chapter does not.
    pub project: Conventions,
    /// Where the figures come from; printed at the foot of the sheets.
    pub source: Option<String>,
    /// Markdown at the top of the overview.
    pub overview: Option<Spanned<String>>,
    /// The documents that sheets cite.
    pub citations: Vec<Citation>,
    /// What the abbreviations of the texts stand for.
    pub glossary: Vec<Abbreviation>,
    /// How the lines follow from last year's, where ids alone do not say it. Not printed.
    pub crosswalk: Vec<Crosswalk>,
    /// The lines that notes name by their ids, by these: lines of the chapter, and those that it says are elsewhere.
    pub named: BTreeMap<String, NamedLine>,
    /// The programs in printed order.
    pub programs: Vec<Program>,
    /// The chapter's file.
    pub file: FileId,
    /// Which edition of the chapter this is; it goes up by one with every release.
    pub revision: Option<u32>,
    /// The file of the citations, where they have one of their own.
    pub citations_file: Option<FileId>,
    /// The file of the glossary, where it has one of its own.
    pub glossary_file: Option<FileId>,
    /// The other files that make up the chapter, broken ones included.
    pub parts: Vec<FileId>,
    /// What of the chapter's file the sheet of each program is made from.
    pub extracts: Extracts,
}

impl Request {
    /// Whether a file is the chapter's, or one of those it is made up of.
    pub fn is_in(&self, file: FileId) -> bool {
        self.file == file || self.parts.contains(&file)
    }

    /// The chapter's file and those that it is made up of.
    pub fn files(&self) -> impl Iterator<Item = FileId> {
        [self.file].into_iter().chain(self.parts.iter().copied())
    }

    /// The title of the line that a name stands for, and else the name, which is words of the author's.
    pub fn called<'n>(&'n self, name: &'n str, lang: Lang) -> &'n str {
        let title = |line: &'n NamedLine| {
            lang.pick(&line.title, line.title_en.as_ref().unwrap_or(&line.title)).as_str()
        };
        self.named.get(name).map_or(name, title)
    }

    /// Whether lines may be missing because they could not be read.
    pub fn is_unread(&self) -> bool {
        fn any(programs: &[Program]) -> bool {
            programs.iter().any(|program| program.line.unread || any(&program.children))
        }
        self.line.unread || any(&self.programs)
    }

    /// How its fiscal years lie in the calendar.
    pub fn calendar(&self) -> FiscalCalendar {
        self.conventions.or(self.project).calendar.unwrap_or_default()
    }

    /// The paper its sheets are made for.
    pub fn paper(&self) -> Paper {
        self.conventions.or(self.project).paper.unwrap_or_default()
    }

    /// Which programs have a card. Without a word on it, those of a list that a reader goes through.
    pub fn cards(&self) -> Cards {
        let usual = if self.programs.len() > 30 { Cards::None } else { Cards::All };
        self.conventions.or(self.project).cards.unwrap_or(usual)
    }

    /// Whether somebody has said which programs have a card.
    pub fn asks_for_cards(&self) -> bool {
        self.conventions.or(self.project).cards.is_some()
    }

    /// How its amounts are printed, where that is not as they are stated.
    pub fn print(&self) -> Option<Print> {
        let print = self.conventions.or(self.project).print?;
        let rounding = print.rounding.or(self.rounding);
        (print.unit.currency() == self.unit.currency()).then_some(Print { rounding, ..print })
    }

    /// The rounding rules that the figures may follow: the stated one, or all where none is stated.
    pub fn roundings(&self) -> &[Rounding] {
        self.rounding.as_ref().map_or(&Rounding::ALL, std::slice::from_ref)
    }
}

/// A program, or a part of one.
#[derive(Clone, Debug)]
pub struct Program {
    /// Title and amounts.
    pub line: Line,
    /// Printed before the title.
    pub number: Option<String>,
    /// The groups of its chapter that it belongs to (局, 分野), from the outermost to the innermost.
    pub group: Vec<String>,
    /// The names of those groups on English sheets.
    pub group_en: Vec<String>,
    /// Who carries it out, e.g. 理化学研究所.
    pub operator: Option<String>,
    /// What the operator is in it, e.g. 拠点, ファンディング.
    pub role: Option<String>,
    /// The years it runs.
    pub period: Option<Box<Period>>,
    /// The size of a single award.
    pub scale: Option<Box<Scale>>,
    /// Markdown for the overview's card.
    pub summary: Option<Spanned<String>>,
    /// The policy documents it rests on.
    pub policy_basis: Vec<PolicyBasis>,
    /// Markdown: the points of this year's request.
    pub points: Option<Spanned<String>>,
    /// Markdown: the text of the detail sheet.
    pub body: Option<Spanned<String>>,
    /// Technical areas or components with their recipients.
    pub areas: Vec<Area>,
    /// Who passes the money to whom.
    pub funding_flow: Option<Box<FundingFlow>>,
    /// What is done, what comes of it, what it is good for.
    pub logic_model: Option<Box<LogicModel>>,
    /// How its sheet is laid out, where it is not as its chapter says.
    pub layout: Option<SheetLayout>,
    /// Charts and pictures.
    pub figures: Vec<Picture>,
    /// The parts of the program.
    pub children: Vec<Program>,
    /// The whole entry.
    pub span: Span,
}

impl Program {
    /// Some programs, each followed by what is below it.
    pub fn all(programs: &[Self]) -> Vec<&Self> {
        fn gather<'p>(programs: &'p [Program], all: &mut Vec<&'p Program>) {
            for program in programs {
                all.push(program);
                gather(&program.children, all);
            }
        }
        let mut all = Vec::new();
        gather(programs, &mut all);
        all
    }
}

named! {
    /// Where in its life a request stands.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Stage {
        /// 概算要求, made in August for the year that starts the next April.
        Request = "request",
        /// 政府案, the government's proposal of December.
        Proposal = "proposal",
        /// 成立予算, as enacted.
        Enacted = "enacted",
        /// 補正予算, a supplementary budget.
        Supplementary = "supplementary",
        /// 決算, settled accounts.
        Settled = "settled",
    }
}

/// Whether a line is new, goes on or ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// 新規: nothing was budgeted for it last year, because it did not exist.
    New,
    /// 継続.
    Continuing,
    /// 終了: nothing is requested, because it is over.
    Ended,
}

/// Whether the listed parts make up the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breakdown {
    /// They do: their sum is the total, within rounding.
    Complete,
    /// They are only some: the rest is computed and printed.
    Partial,
}

/// The years a program runs. At least one of `from` and `to` is known.
#[derive(Clone, Debug)]
pub struct Period {
    pub from: Option<Spanned<FiscalYear>>,
    pub to: Option<Spanned<FiscalYear>>,
    /// How many years, stated.
    pub years: Option<Spanned<u16>>,
    /// How many years at most (最大10年間).
    pub max_years: Option<Spanned<u16>>,
    /// A remark, e.g. on stage gates.
    pub note: Option<String>,
}

impl Period {
    /// The last year that it can reach, with the place that says so.
    pub fn last_year(&self) -> Option<(FiscalYear, Span)> {
        if let Some(to) = self.to {
            return Some((to.value, to.span));
        }
        let (from, years) = (self.from?, self.years.or(self.max_years)?);
        Some((FiscalYear::new(from.value.western().checked_add(years.value)?.checked_sub(1)?)?, years.span))
    }
}

/// The size of a single award, e.g. 6億円～12億円程度／技術領域・年.
#[derive(Clone, Debug)]
pub struct Scale {
    pub min: Option<Spanned<Amount>>,
    pub max: Option<Spanned<Amount>>,
    /// Per what, e.g. 技術領域・年.
    pub per: Option<String>,
    /// 程度: the bounds are approximate.
    pub about: bool,
}

/// How the sheets write what can be written in more than one way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// The sign of negative amounts; `None` is the language's usual one.
    pub negative: Option<super::NegativeSign>,
    /// Era or western years; `None` is the language's usual one.
    pub years: Option<super::YearStyle>,
}

/// A document that sheets cite.
#[derive(Clone, Debug)]
pub struct Citation {
    /// What sheets call it.
    pub id: Spanned<Id>,
    pub title: String,
    /// When it was decided, as precisely as known.
    pub date: Option<Spanned<PartialDate>>,
    /// Who decided, e.g. 閣議決定.
    pub authority: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
}

/// A passage of a policy document that a program rests on.
#[derive(Clone, Debug)]
pub struct PolicyBasis {
    /// The document, by its citation's id.
    pub cite: Spanned<String>,
    /// The citation as this sheet prints it, where it must differ from the registry.
    pub as_printed: Option<String>,
    /// The passage word for word, Markdown.
    pub quote: Option<Spanned<String>>,
    /// The passage in words of the author's own (要旨), Markdown.
    pub gist: Option<Spanned<String>>,
}
