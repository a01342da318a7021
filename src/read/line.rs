//! What a chapter and a program have in common: title, amounts, notes, acceptances.

use super::Reader;
use super::choices::Choices;
use super::mapping::Fields;
use super::phrase;
use super::scalars::slot;
use super::shapes;
use super::yaml::Node;
use crate::model::{Accept, Breakdown, Line, Money, Note, NoteKind, Slots, SplitPart, Status, Unit};
use crate::source::Spanned;

pub(super) const STATUSES: &Choices<Status> = &[
    (&["new", "新規"], Status::New),
    (&["continuing", "継続"], Status::Continuing),
    (&["ended", "終了"], Status::Ended),
];
pub(super) const BREAKDOWNS: &Choices<Breakdown> =
    &[(&["complete", "全部"], Breakdown::Complete), (&["partial", "一部"], Breakdown::Partial)];

#[derive(Clone, Copy)]
pub(super) enum NoteWord {
    Estimate,
    IncludesEstimate,
    Joint,
    Recount,
    Within,
    Part,
    InAddition,
    Remark,
}

pub(super) const NOTE_KINDS: &Choices<NoteWord> = &[
    (&["estimate", "推計額"], NoteWord::Estimate),
    (&["includes_estimate", "推計額含む"], NoteWord::IncludesEstimate),
    (&["joint", "共同要求"], NoteWord::Joint),
    (&["recount", "再掲"], NoteWord::Recount),
    (&["within", "内数"], NoteWord::Within),
    (&["part", "一部"], NoteWord::Part),
    (&["in_addition", "このほか", "別途"], NoteWord::InAddition),
    (&["remark", "備考"], NoteWord::Remark),
];
pub(super) const SHARES: &Choices<bool> = &[(&["whole", "全部"], false), (&["part", "一部"], true)];

impl Reader {
    /// The line of a chapter or program.
    pub(super) fn line(&mut self, fields: Fields<'_>, unit: Unit) -> Line {
        let before = (self.findings.len(), self.refused);
        let mut requested = self.requested(fields, unit);
        let mut prior = self.prior(fields, unit);
        let breakdown = self.choice(fields, "breakdown", BREAKDOWNS);
        let mut unread = self.findings.len() > before.0 || self.refused > before.1;
        for (key, money) in [("requested", &mut requested.money), ("prior", &mut prior.money)] {
            let empty = self.left_empty(fields, key);
            unread |= empty.is_some();
            if empty == Some(true) {
                money.value = Money::NotApplicable;
            }
        }
        // A word in the other's place is told of, and leaves open what the amount is.
        unread |= requested.money.value == Money::New || prior.money.value == Money::Ended;
        Line {
            id: self.id(fields),
            title: self.required_text(fields, "title"),
            title_en: self.text(fields, "title_en"),
            abbreviation: self.text(fields, "abbreviation"),
            status: self.choice(fields, "status", STATUSES),
            requested,
            prior,
            enacted: self.amount_if_stated(fields, "enacted", unit),
            supplementary: self.amount_if_stated(fields, "supplementary", unit),
            slots: Slots {
                enacted: slot(fields, "enacted", unit),
                supplementary: slot(fields, "supplementary", unit),
            },
            accounts: self.split(fields, "accounts", "part of `accounts`", unit),
            instruments: self.split(fields, "instruments", "part of `instruments`", unit),
            breakdown,
            notes: self.each(fields, "notes", |reader, node| reader.note(node, unit)),
            accept: self.each(fields, "accept", Self::acceptance),
            texts: Vec::new(),
            unread,
        }
    }

    /// The parts of a split of the amounts; none where one of them is no mapping, because the others are then not all.
    fn split(&mut self, fields: Fields<'_>, key: &str, what: &'static str, unit: Unit) -> Vec<SplitPart> {
        self.all(fields, key, |reader, node| reader.split_part(node, what, unit)).unwrap_or_default()
    }

    fn split_part(&mut self, node: &Node, what: &'static str, unit: Unit) -> Option<SplitPart> {
        let fields = self.fields(node, what, shapes::SPLIT_PART.keys)?;
        if fields.get("requested").is_none() && fields.get("prior").is_none() {
            self.missing(
                fields,
                "requested",
                "give its part of the line's amounts: `requested: …`, `prior: …`, or both",
            );
        }
        Some(SplitPart {
            name: self.required_text(fields, "name"),
            requested: self.money(fields, "requested", unit),
            prior: self.money(fields, "prior", unit),
        })
    }

    fn note(&mut self, node: &Node, unit: Unit) -> Option<Note> {
        if self.is_phrase(node, "notes", phrase::note) {
            return None;
        }
        let fields = self.fields(node, "note", shapes::NOTE.keys)?;
        let kind = self.required_choice(fields, "kind", NOTE_KINDS)?.value;
        let of = self.text(fields, "of");
        let kind = match kind {
            NoteWord::Estimate => NoteKind::Estimate { of, scope: self.text(fields, "scope") },
            NoteWord::IncludesEstimate => NoteKind::IncludesEstimate { of },
            NoteWord::Joint => NoteKind::Joint { with: self.texts(fields, "with") },
            NoteWord::Recount => NoteKind::Recount {
                partly: self.choice(fields, "share", SHARES).is_some_and(|share| share.value),
                of,
            },
            NoteWord::Within => NoteKind::Within { of },
            NoteWord::Part => NoteKind::Part { of },
            NoteWord::InAddition => {
                NoteKind::InAddition { amount: self.amount_if_stated(fields, "amount", unit) }
            }
            NoteWord::Remark => NoteKind::Remark,
        };
        let text = self.text(fields, "text");
        if text.is_none() && matches!(kind, NoteKind::Remark | NoteKind::InAddition { .. }) {
            self.missing(fields, "text", "say what the note says: `text: …`");
        }
        if matches!(&kind, NoteKind::Joint { with } if with.is_empty()) {
            let example = self.examples.pick("with: [内閣府, 経産省]", "with: [Cabinet Office, METI]");
            self.missing(fields, "with", &format!("name the other ministries: `{example}`"));
        }
        Some(Note { kind, text, span: self.first_line(fields.span()) })
    }

    fn acceptance(&mut self, node: &Node) -> Option<Accept> {
        let fields = self.fields(node, "`accept`", shapes::ACCEPT.keys)?;
        self.needs(fields, "rule", "name the rule by its code: `rule: W0203`");
        let reason = self.required_text(fields, "reason");
        let rule =
            self.spanned_text(fields, "rule").unwrap_or_else(|| Spanned::new(String::new(), fields.head()));
        Some(Accept { rule, reason })
    }
}
