//! What a build changed, for its last lines: `q-leap  要求 4,592 → 4,692 百万円  (3 files)`.

use super::manifest::SheetEntry;

/// A sheet whose data changed since the last build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The sheet's name.
    pub name: String,
    /// What changed: amounts, or only text.
    pub what: String,
    /// How many files were made anew.
    pub files: usize,
}

/// What changed in the data of a sheet since it was last made; `None` when nothing did.
pub(super) fn change(old: Option<&SheetEntry>, new: &SheetEntry) -> Option<String> {
    match old {
        Some(old) if old.digest == new.digest => None,
        Some(old) => Some(difference(old, new)),
        None => Some(first(new)),
    }
}

/// How two states of a sheet differ: in an amount, or else in text.
pub(super) fn difference(old: &SheetEntry, new: &SheetEntry) -> String {
    let [requested, prior] = labels(new);
    let amounts = [
        (requested, &old.printed.requested, &new.printed.requested),
        (prior, &old.printed.prior, &new.printed.prior),
    ];
    let changed: Vec<String> = amounts
        .into_iter()
        .filter(|(_, old, new)| old != new)
        .map(|(label, old, new)| format!("{label} {}", arrow(old, new)))
        .collect();
    if changed.is_empty() { "text".to_owned() } else { changed.join(", ") }
}

/// A sheet that was not there before.
fn first(entry: &SheetEntry) -> String {
    let requested = &entry.printed.requested;
    if requested.is_empty() {
        return "new".to_owned();
    }
    format!("new, {} {requested}", labels(entry)[0])
}

fn labels(entry: &SheetEntry) -> [&'static str; 2] {
    match (entry.lang.as_str(), entry.stage.as_str()) {
        ("ja", "request") => ["要求", "前年度"],
        ("ja", _) => ["予算", "前年度"],
        (_, "request") => ["requested", "prior"],
        _ => ["budget", "prior"],
    }
}

/// `4,592 → 4,692 百万円`: the unit once where both have the same.
fn arrow(old: &str, new: &str) -> String {
    let unit = |text: &str| {
        let digits = |c: char| c.is_ascii_digit();
        text.rfind(digits).and_then(|at| text.get(at + 1..)).unwrap_or_default().to_owned()
    };
    let shown = |text: &str| if text.is_empty() { "–" } else { text }.to_owned();
    let same = unit(new);
    match (old.strip_suffix(&same), new.strip_suffix(&same)) {
        (Some(old), Some(new)) if !same.is_empty() && unit(old).is_empty() => {
            format!("{old} → {new} {}", same.trim_start())
        }
        _ => format!("{} → {}", shown(old), shown(new)),
    }
}

#[cfg(test)]
mod tests {
    use super::arrow;

    #[test]
    fn a_change_says_its_unit_once() {
        assert_eq!(arrow("4,592百万円", "4,692百万円"), "4,592 → 4,692 百万円");
        assert_eq!(arrow("1.5 million USD", "1.7 million USD"), "1.5 → 1.7 million USD");
        assert_eq!(arrow("831億円", "83,100百万円"), "831億円 → 83,100百万円");
        assert_eq!(arrow("", "5百万円"), "– → 5百万円");
        assert_eq!(arrow("新規", "5百万円"), "新規 → 5百万円");
    }
}
