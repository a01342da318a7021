//! The list of rules.

use super::{
    abbreviation_used, award_scale, block_ended, brackets_matched, breakdown_complete, breakdown_declared,
    breakdown_partial, cells_shown, chart_shares, chinese_form, citation_known, crosswalk_known,
    crosswalk_missing, currency_kept, date_in_year, draft, emphasis_closed, enacted_once, estimate_included,
    figure_alternative, flow_connected, footnotes_joined, glyph_there, id_unique, list_numbers, name_form,
    open_total, part_stated, period, picture_in_prose, prior_enacted, prior_stated, prose_figures,
    recipients_counted, recount_added, recount_known, remainder_explained, request_and_wish, restated_basis,
    rounding_fits, sibling_scale, sign_turned, split_adds_up, status_claim, target_reached, text_misread,
    title_kept, year_copied, year_follows, yearly_ratio,
};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lineage::Lineage;
use crate::rollup::Rollup;
use crate::typeface::Fonts;

/// A rule: what it is called, what its manual says, how it is checked.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// `E` for errors, `W` for warnings, `N` for notes; then the family and a number. Codes are never used again for something else.
    pub code: &'static str,
    /// What must hold, in one line.
    pub title: &'static str,
    /// The manual: Markdown, shown by `gaisan rules CODE`.
    pub manual: &'static str,
    /// Where it is checked.
    pub check: Check,
}

/// The families of rules: the first two digits of their codes, and what they are about.
pub const FAMILIES: &[(&str, &str)] = &[
    ("01", "Files and their form"),
    ("02", "Sums"),
    ("03", "Amounts and units"),
    ("04", "Years"),
    ("05", "Structure"),
    ("06", "Wording"),
    ("07", "Workbooks that are imported"),
];

impl Rule {
    /// The first two digits of the code.
    pub fn family(&self) -> &'static str {
        self.code.get(1..3).unwrap_or_default()
    }

    /// How grave its findings are if nobody says otherwise.
    pub fn severity(&self) -> Severity {
        Severity::of(self.code)
    }
}

/// Where a rule is checked.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// While files are read.
    Reading,
    /// While workbooks are imported.
    Import,
    /// When sheets have been laid out, by a build.
    Building,
    /// In one chapter.
    Chapter(fn(&Rollup<'_>, &mut Vec<Diagnostic>)),
    /// In one chapter, with the faces that its sheets are set in.
    Type(fn(&Rollup<'_>, &Fonts, &mut Vec<Diagnostic>)),
    /// Once the other rules have looked at a chapter.
    Acceptance,
    /// Across all chapters of a run.
    Run(fn(&[Rollup<'_>], &mut Vec<Diagnostic>)),
    /// Across the years of the run's chapters.
    Years(fn(&Lineage<'_>, &mut Vec<Diagnostic>)),
}

macro_rules! rules {
    ($($code:literal, $title:literal, $manual:literal, $check:expr;)*) => {
        /// All rules, in the order of their codes' families.
        pub const RULES: &[Rule] = &[$(Rule { code: $code, title: $title, manual: include_str!($manual), check: $check }),*];
    };
}

rules! {
    "E0101", "a file is UTF-8 text", "reading/encoding.md", Check::Reading;
    "E0102", "a file is YAML", "reading/syntax.md", Check::Reading;
    "E0103", "a key is given once", "reading/duplicate_key.md", Check::Reading;
    "E0104", "a key is one of the format's", "reading/unknown_key.md", Check::Reading;
    "E0105", "a required key is there", "reading/missing_key.md", Check::Reading;
    "E0106", "a value has the right shape", "reading/wrong_shape.md", Check::Reading;
    "E0107", "a word of a closed set is one of the set", "reading/unknown_value.md", Check::Reading;
    "E0108", "a named file is there", "reading/missing_file.md", Check::Reading;
    "E0109", "a file uses only the YAML that the format needs", "reading/unsupported.md", Check::Reading;
    "E0110", "a text has no invisible characters that mislead", "reading/character.md", Check::Reading;
    "E0111", "a value inside braces is not cut at its comma", "reading/split_value.md", Check::Reading;
    "W0112", "a file in the folder belongs to a chapter", "reading/unused_file.md", Check::Reading;
    "E0113", "a setting can be applied", "reading/setting.md", Check::Reading;
    "E0114", "a value is not the error of a spreadsheet", "reading/error_cell.md", Check::Reading;
    "W0115", "a comment is no part of a text", "reading/comment.md", Check::Reading;
    "W0116", "a key has a value", "reading/no_value.md", Check::Reading;
    "W0117", "a text has no characters that cannot be seen", "reading/odd_character.md", Check::Reading;
    "N0118", "a chapter in another currency says its language", "reading/language.md", Check::Reading;
    "W0119", "the lines of a text stay lines", "reading/joined_lines.md", Check::Reading;
    "E0201", "a complete breakdown adds up", "breakdown_complete.md", Check::Chapter(breakdown_complete::check);
    "E0202", "a partial breakdown does not exceed its line", "breakdown_partial.md", Check::Chapter(breakdown_partial::check);
    "W0203", "the remainder of a partial breakdown is explained", "remainder_explained.md", Check::Chapter(remainder_explained::check);
    "E0204", "request and wish make up the requested amount", "request_and_wish.md", Check::Chapter(request_and_wish::check);
    "E0205", "a line with parts says whether they are all of it", "breakdown_declared.md", Check::Chapter(breakdown_declared::check);
    "E0206", "a line counted elsewhere is not added", "recount_added.md", Check::Chapter(recount_added::check);
    "W0207", "a line that includes an estimate has one among its parts", "estimate_included.md", Check::Chapter(estimate_included::check_there);
    "N0208", "a line above an estimate says that it includes one", "estimate_said.md", Check::Chapter(estimate_included::check_said);
    "E0209", "the accounts, and the instruments, of a line make up its amounts", "split_adds_up.md", Check::Chapter(split_adds_up::check);
    "N0210", "an unstated rounding rule can be told from the sums", "rounding_fits.md", Check::Chapter(rounding_fits::check);
    "W0211", "the parts of a sum state their amounts", "part_stated.md", Check::Chapter(part_stated::check);
    "W0212", "a total is open where one of its parts is, and only there", "open_total.md", Check::Chapter(open_total::check);
    "E0301", "an amount can be read", "reading/amount.md", Check::Reading;
    "E0302", "a unit is known", "reading/unit.md", Check::Reading;
    "W0303", "an amount does not grow tenfold or shrink to a tenth in a year", "yearly_ratio.md", Check::Chapter(yearly_ratio::check);
    "W0304", "an amount is of the scale of the lines beside it", "sibling_scale.md", Check::Chapter(sibling_scale::check);
    "W0305", "an amount keeps its sign from one year to the next", "sign_turned.md", Check::Chapter(sign_turned::check);
    "W0306", "an amount in the prose that is plainly the line's own is so", "prose_figures.md", Check::Chapter(prose_figures::check);
    "W0307", "what is submitted is no draft", "draft.md", Check::Chapter(draft::check);
    "E0401", "a fiscal year can be read", "reading/fiscal_year.md", Check::Reading;
    "E0402", "a date can be read", "reading/date.md", Check::Reading;
    "E0403", "a claimed status agrees with the amounts", "status_claim.md", Check::Chapter(status_claim::check);
    "E0404", "a prior amount is stated, or the line is new", "prior_stated.md", Check::Chapter(prior_stated::check);
    "E0405", "a period is consistent", "period.md", Check::Chapter(period::check_consistent);
    "E0406", "the fiscal year lies in the program's period", "period_year.md", Check::Chapter(period::check_year);
    "E0407", "a prior amount is what was enacted last year", "prior_enacted.md", Check::Years(prior_enacted::check_enacted);
    "N0408", "last year's file says what was enacted", "prior_requested.md", Check::Years(prior_enacted::check_requested);
    "W0409", "an id stays with its program", "title_kept.md", Check::Years(title_kept::check);
    "E0410", "a crosswalk leads from last year's lines to this year's", "crosswalk_known.md", Check::Years(crosswalk_known::check);
    "W0411", "a line that is gone is accounted for", "crosswalk_missing.md", Check::Years(crosswalk_missing::check);
    "W0412", "what a crosswalk leads from was read", "crosswalk_read.md", Check::Years(crosswalk_known::check_read);
    "W0413", "a prior amount that was rearranged says so", "restated_basis.md", Check::Years(restated_basis::check);
    "W0414", "a year is not a copy of the last", "year_copied.md", Check::Years(year_copied::check);
    "W0415", "a date agrees with the fiscal years", "date_in_year.md", Check::Chapter(date_in_year::check);
    "E0416", "a year has one enacted budget", "enacted_once.md", Check::Years(enacted_once::check);
    "W0417", "the years of a chapter lie as far apart as their names", "year_follows.md", Check::Years(year_follows::check);
    "W0418", "a chapter keeps its currency", "currency_kept.md", Check::Years(currency_kept::check);
    "W0420", "a year in two names is one year", "year_names.md", Check::Chapter(prose_figures::check_years);
    "E0501", "an id is well formed", "reading/id.md", Check::Reading;
    "E0502", "an id is unique", "id_unique.md", Check::Run(id_unique::check);
    "E0503", "a cited document is in the registry", "citation_known.md", Check::Chapter(citation_known::check);
    "E0504", "a stated count agrees with the recipients listed", "recipients_counted.md", Check::Chapter(recipients_counted::check);
    "E0505", "a funding flow is connected to the state", "flow_connected.md", Check::Chapter(flow_connected::check);
    "W0506", "a figure has an alternative text", "figure_alternative.md", Check::Chapter(figure_alternative::check);
    "E0507", "the parts of a chart make up the whole", "chart_shares.md", Check::Chapter(chart_shares::check);
    "W0508", "an acceptance is of a warning that is there", "acceptance.md", Check::Acceptance;
    "E0509", "the smallest award is not larger than the largest", "award_order.md", Check::Chapter(award_scale::check_order);
    "W0510", "an amount lies within its stated scale", "award_scale.md", Check::Chapter(award_scale::check_amount);
    "W0511", "a target is not below its baseline", "target_reached.md", Check::Chapter(target_reached::check);
    "E0512", "the line in which a 再掲 is counted is in the chapter", "recount_known.md", Check::Chapter(recount_known::check);
    "W0513", "an abbreviation of the glossary is used", "abbreviation_used.md", Check::Chapter(abbreviation_used::check);
    "E0514", "a picture is a figure of its program", "picture_in_prose.md", Check::Chapter(picture_in_prose::check);
    "E0515", "a row of a table has no more cells than its head", "cells_shown.md", Check::Chapter(cells_shown::check);
    "W0601", "a name is written in one form", "name_form.md", Check::Chapter(name_form::check);
    "W0602", "a kanji has its Japanese form", "chinese_form.md", Check::Chapter(chinese_form::check);
    "W0603", "a PDF can show every character", "glyph_there.md", Check::Type(glyph_there::check);
    "W0604", "emphasis ends in the paragraph in which it begins", "emphasis_closed.md", Check::Chapter(emphasis_closed::check);
    "W0605", "brackets match", "brackets_matched.md", Check::Chapter(brackets_matched::check);
    "W0606", "a sheet fits the page that it is made for", "fits_page.md", Check::Building;
    "W0607", "a footnote and its mark belong together", "footnotes_joined.md", Check::Chapter(footnotes_joined::check);
    "W0608", "the numbers of a list go up by one", "list_numbers.md", Check::Chapter(list_numbers::check);
    "W0609", "a block of code or HTML ends in its text", "block_ended.md", Check::Chapter(block_ended::check);
    "W0610", "a text is printed as it looks in its file", "text_misread.md", Check::Chapter(text_misread::check);
    "E0701", "a file to import can be read", "import/unreadable.md", Check::Import;
    "E0702", "the table, its unit and its year can be told", "import/untold.md", Check::Import;
    "E0703", "a cell of an amount holds one", "import/no_amount.md", Check::Import;
    "W0704", "a total in a sheet is the sum of its lines", "import/total.md", Check::Import;
    "W0705", "what a row works out is what it makes", "import/change.md", Check::Import;
    "W0706", "what was assumed of a sheet is right", "import/assumed.md", Check::Import;
    "N0707", "what a sheet works out can be verified", "import/unverified.md", Check::Import;
}

/// The rule of a code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code.eq_ignore_ascii_case(code))
}
