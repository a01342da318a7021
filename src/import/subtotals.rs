//! Totals whose names no list of words knows: 総務費計, 道路課計, 歳出総額, All programs.

use super::compared::Compared;
use super::figures::Figured;
use super::readings::Reading;
use super::remark::Remark;
use super::rows::Entry;
use super::titles::{self, Sum};
use super::totals::told;
use super::tree::{Context, Tree};
use super::words::{folded, without_brackets};

/// What ends as totals do and is none: what measures, and what is planned or counted.
const NO_TOTALS: &str = "統計 会計 家計 時計 設計 生計 余計 推計 集計 温計 度計 量計 震計 圧計 歩数計 位計 重計 速計 力計 音計 動計 光計 斜計 歪計 波計 線計 準計 潮計 流計 針計";
/// What all of is meant by, in English.
const ALL_OF: &[&str] = &[
    "programs", "programmes", "projects", "activities", "departments", "divisions", "offices", "agencies",
    "accounts", "funds", "items", "lines", "expenses", "expenditures",
];
/// Whether words are those of a total, and of nothing else: 道路課計, but neither 地震計 nor 人口統計.
pub(super) fn is_called_total(label: &str) -> bool {
    let said = without_brackets(&folded(label));
    let counts = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit()) && !rest.ends_with('年');
    let is_none = || NO_TOTALS.split(' ').any(|word| said.ends_with(word)) && !said.ends_with("年度計");
    let is_sum = said.ends_with('計') && !is_none();
    is_sum
        || said.ends_with("総額")
        || matches!(said.as_str(), "全体" | "overall")
        || said.strip_prefix('計').is_some_and(counts)
        || said.strip_prefix("all").is_some_and(|rest| ALL_OF.contains(&rest))
}

/// The level at which a total stands that this row divides (計 | 国費, and 地方費 below it), where it does.
pub(super) fn of_divided(entry: &Entry, before: Option<usize>) -> Option<usize> {
    let first = entry.labels.first().map(|(level, _)| *level);
    let goes_on = before.filter(|total| first.is_some_and(|level| level > *total));
    let last = entry.labels.last().map(|(level, _)| *level);
    let total = entry.labels.iter().find(|(_, text)| titles::sum(text).is_some()).map(|(level, _)| *level);
    total.filter(|total| last.is_some_and(|level| level > *total)).or(goes_on)
}

impl Tree {
    /// A row that says a part of a total is no line: its lines have that already.
    pub(super) fn part_of_total(&mut self, entry: &Entry, context: Context<'_>) {
        let mut cells = entry.figures.iter().flatten();
        let Some(first) = cells.next() else { return };
        let what = format!(
            "`{}` ({}) is a part of a total, which the lines above make already; the row was not taken",
            entry.title(),
            told(&first.text, context.unit)
        );
        let mut remark = Remark::assumed(
            first.cell,
            what,
            "hold it against the lines of that name; if it is a line of its own, call the one above it otherwise than a total",
        );
        remark.also = cells.map(|figured| figured.cell).collect();
        self.remarks.push(remark);
    }

    /// Whether the words of a row are those of a group that is open, and 計: 総務費計.
    pub(super) fn sum_by_name(&self, entry: &Entry) -> Option<Sum> {
        let words = folded(entry.title());
        let named = words.strip_suffix("小計").or_else(|| words.strip_suffix("計"))?;
        let mut open = self.open.iter().skip(1).filter_map(|at| self.node(*at));
        let own = entry.labels.len().saturating_sub(1);
        let is_own = entry.labels.iter().take(own).any(|(_, group)| folded(group).ends_with(named));
        (!named.is_empty() && (is_own || open.any(|node| folded(&node.title).ends_with(named))))
            .then_some(Sum::Part)
    }

    /// Whether a row is called as totals are, and lines above it make it in one column, or nearly: a total that is wrong is no line.
    pub(super) fn sum_by_words(&mut self, at: usize, entries: &[Entry], reading: &Reading) -> Option<Sum> {
        let entry = entries.get(at).filter(|entry| entry.is_line && reading.line != Some(at))?;
        let depth = |at: usize| reading.depths.get(at).copied().unwrap_or(0);
        let has_parts = at + 1 < entries.len() && depth(at + 1) > depth(at);
        if has_parts || !is_called_total(entry.title()) || self.scopes(Sum::Part).is_empty() {
            return None;
        }
        if self.is_near(&entry.figures) {
            return Some(if self.is_last { Sum::Either } else { Sum::Part });
        }
        if let Some(first) = entry.figures.iter().flatten().next() {
            let what = format!(
                "`{}` is called as totals are, and the lines above do not make it; it was taken as a line",
                entry.title()
            );
            let help = "mend its amounts if it is a total, or call it otherwise";
            self.remarks.push(Remark::assumed(first.cell, what, help));
        }
        None
    }

    /// Whether lines that end above a row make its figures in a column, or all of them to a tenth.
    fn is_near(&self, figures: &[Option<Figured>]) -> bool {
        let is_close = |(column, sum): &(usize, i128)| {
            let stated = figures.get(*column).and_then(|it| it.as_ref()?.added()).unwrap_or(0);
            let most = stated.abs().max(sum.abs());
            stated.saturating_sub(*sum).saturating_abs().saturating_mul(10) <= most
        };
        let is_it = |compared: Compared| {
            compared.equal > 0 || !compared.different.is_empty() && compared.different.iter().all(is_close)
        };
        self.scopes(Sum::Part).into_iter().any(|scope| {
            self.starts(scope, figures).into_iter().any(|start| {
                let lines = self.children(scope).get(start..).unwrap_or_default();
                self.compare(figures, lines).is_some_and(is_it)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_totals_are_told_from_what_ends_alike() {
        for label in [
            "道路課計", "歳出計", "一般会計計", "計 2件", "年度計", "歳出総額", "全体", "Overall",
            "All programs",
        ] {
            assert!(is_called_total(label), "{label}");
        }
        for label in
            ["地震計", "人口統計", "一般会計", "計画策定", "水位計", "All-hazards", "計器", "全体計画"]
        {
            assert!(!is_called_total(label), "{label}");
        }
    }
}
