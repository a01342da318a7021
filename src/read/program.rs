//! Programs of any depth, inline or in files of their own.

use std::collections::HashMap;
use std::path::Path;

use super::Reader;
use super::codes;
use super::conventions::LAYOUTS;
use super::mapping::Fields;
use super::phrase;
use super::several::several;
use super::shapes;
use super::yaml::{Kind, Node};
use crate::model::{Amount, Id, Period, PolicyBasis, Program, Scale, Unit};
use crate::source::Spanned;

/// The most groups within each other that a program lies in.
const MOST_GROUPS: usize = 4;

const YEARS: &[&str] = &["年間", "か年", "年", "years", "year"];

impl Reader {
    /// The programs under a key: file names and programs mixed.
    pub(super) fn programs(
        &mut self,
        fields: Fields<'_>,
        key: &str,
        path: &Path,
        unit: Unit,
    ) -> Vec<Program> {
        self.each(fields, key, |reader, node| reader.program_or_file(node, path, unit))
    }

    /// A program, or the one in the file that is named.
    pub(super) fn program_or_file(&mut self, node: &Node, path: &Path, unit: Unit) -> Option<Program> {
        let Kind::Scalar(name) = &node.kind else {
            return self.program(node, path, unit);
        };
        if self.is_flooded(node) {
            return None;
        }
        let (path, tree) = self.named_tree(name, path, node.span)?;
        if tree.get("gaisan").is_some() {
            let message = format!("`{name}` is a chapter, not a program");
            let help = "a chapter's programs are files without a `gaisan:` key";
            self.say(codes::UNSUPPORTED, node.span, message, help);
            return None;
        }
        self.open.push(path.clone());
        let program = self.program(&tree, &path, unit);
        self.open.pop();
        self.done(&path);
        program
    }

    fn program(&mut self, node: &Node, path: &Path, unit: Unit) -> Option<Program> {
        let known = shapes::keys(shapes::WHOLE_PROGRAM);
        let fields = self.fields(node, "program", &known)?;
        let outer = std::mem::take(&mut self.texts);
        let mut line = self.line(fields, unit);
        let children = self.programs(fields, "children", path, unit);
        for child in children.iter().filter(|child| !child.group.is_empty()) {
            let message = "`group` gathers the programs of a chapter, and this is a part of one";
            let help = "take `group` out; parts are gathered by `children`";
            self.say(codes::UNSUPPORTED, child.line.id.span, message, help);
        }
        line.unread |= children.len() < self.list(fields, "children").len() || are_copied(children.iter());
        let mut program = Program {
            line,
            number: self.text(fields, "number"),
            group: self.group_of(fields, "group"),
            group_en: self.group_of(fields, "group_en"),
            operator: self.text(fields, "operator"),
            role: self.text(fields, "role"),
            period: self.period(fields).map(Box::new),
            scale: self.scale(fields, unit).map(Box::new),
            summary: self.prose(fields, "summary"),
            policy_basis: self.each(fields, "policy_basis", Self::policy_basis),
            points: self.prose(fields, "points"),
            body: self.prose(fields, "body"),
            areas: self.areas(fields),
            funding_flow: self.funding_flow(fields).map(Box::new),
            logic_model: self.logic_model(fields).map(Box::new),
            layout: self.choice(fields, "layout", LAYOUTS).map(|layout| layout.value),
            figures: self.pictures(fields, path),
            children,
            span: node.span,
        };
        program.line.texts = std::mem::replace(&mut self.texts, outer);
        program.line.texts.shrink_to_fit();
        Some(program)
    }

    /// The groups that a program belongs to, from the outermost in, or their names in English.
    fn group_of(&mut self, fields: Fields<'_>, key: &str) -> Vec<String> {
        let mut groups = self.texts(fields, key);
        groups.retain(|title| !title.trim().is_empty());
        if let (true, Some(node)) = (groups.len() > MOST_GROUPS, fields.get(key)) {
            let span = self.first_line(node.span);
            let message = format!("a program lies in at most {MOST_GROUPS} groups within each other");
            let help = "write the groups from the outermost in, and leave the innermost out";
            self.say(codes::WRONG_SHAPE, span, message, help);
            groups.truncate(MOST_GROUPS);
        }
        groups
    }

    fn period(&mut self, fields: Fields<'_>) -> Option<Period> {
        let node = fields.get("period")?;
        let (calendar, examples) = (self.calendar, self.examples);
        let phrase = |text: &str| phrase::period(text, calendar, examples);
        if self.is_phrase(node, "period", phrase) {
            return None;
        }
        let fields = self.fields(node, "`period`", shapes::PERIOD.keys)?;
        let year = |reader: &mut Self, key| match reader.says_more(fields, key, phrase) {
            true => None,
            false => reader.fiscal_year(fields, key),
        };
        let years = |count: Spanned<u32>| count.map(|count| u16::try_from(count).unwrap_or(u16::MAX));
        let period = Period {
            from: year(self, "from"),
            to: year(self, "to"),
            years: self.count(fields, "years", YEARS).map(years),
            max_years: self.count(fields, "max_years", YEARS).map(years),
            note: self.text(fields, "note"),
        };
        if fields.get("from").is_none() && fields.get("to").is_none() {
            let years = self.examples.pick("{from: R4, to: R8}", "{from: 2022, to: 2026}");
            self.missing(fields, "from", &format!("give the first year: `period: {years}`"));
        }
        Some(period)
    }

    fn scale(&mut self, fields: Fields<'_>, unit: Unit) -> Option<Scale> {
        let node = fields.get("scale")?;
        let examples = self.examples;
        let phrase = |text: &str| phrase::scale(text, unit, examples);
        if self.is_phrase(node, "scale", phrase) {
            return None;
        }
        let fields = self.fields(node, "`scale`", shapes::SCALE.keys)?;
        let bound = |reader: &mut Self, key| match reader
            .says_more(fields, key, |text| phrase(text).filter(|_| Amount::parse(text, unit).is_err()))
        {
            true => None,
            false => reader.amount(fields, key, unit),
        };
        if fields.get("min").is_none() && fields.get("max").is_none() {
            let (min, max) = (self.examples.with_unit("600", 6), self.examples.with_unit("1200", 6));
            let per = self.examples.pick("技術領域・年", "field and year");
            let help = format!("give at least one bound: `scale: {{min: {min}, max: {max}, per: {per}}}`");
            self.missing(fields, "min", &help);
        }
        Some(Scale {
            min: bound(self, "min"),
            max: bound(self, "max"),
            per: self.text(fields, "per"),
            about: self.flag(fields, "about"),
        })
    }

    fn policy_basis(&mut self, node: &Node) -> Option<PolicyBasis> {
        if self.is_phrase(node, "policy_basis", phrase::cite) {
            return None;
        }
        let fields = self.fields(node, "policy basis", shapes::POLICY_BASIS.keys)?;
        self.needs(fields, "cite", "name a citation by its id: `cite: …`");
        let cite = self.spanned_text(fields, "cite")?;
        if let Some(ids) = several(&cite.value, |id| Id::parse(id).is_ok()) {
            let message = format!("`cite` names {} documents, and an entry is of one", ids.len());
            let each: Vec<String> = ids.iter().map(|id| format!("`- cite: {id}`")).collect();
            let help = format!("write an entry for each: {}", each.join(", "));
            self.say(codes::ID, cite.span, message, help);
            return None;
        }
        Some(PolicyBasis {
            cite,
            as_printed: self.text(fields, "as"),
            quote: self.prose(fields, "quote"),
            gist: self.prose(fields, "gist"),
        })
    }
}

/// Whether a program stands among its siblings twice, which is said of it: their sum has it twice, too.
pub(super) fn are_copied<'p>(programs: impl Iterator<Item = &'p Program> + Clone) -> bool {
    let mut known: HashMap<&str, &Program> = HashMap::new();
    programs.into_iter().any(|program| {
        let before = known.insert(program.line.id.value.as_str(), program);
        before.is_some_and(|before| before.line.is_copied_in(&program.line))
    })
}
