//! What a stated bound says beside its amount: 約, 程度, 以内, 上限.

use super::super::super::fold::fold_text;
use super::words::{ABOUT, AT_LEAST, AT_MOST, NEAR};

/// What words around an amount make of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hedge {
    pub(crate) is_about: bool,
    pub(crate) is_most: bool,
    pub(crate) is_least: bool,
    /// Whether something gets lost with the words: 弱 is 程度, and a little less.
    pub(crate) is_more: bool,
}

type Sets = fn(&mut Hedge);

/// What stands before an amount, what behind it, and what it makes of it.
const WORDS: [(&str, &str, Sets); 5] = [
    (ABOUT, NEAR, |hedge| hedge.is_about = true),
    ("上限|最大|最高|up to|at most|maximum|max", AT_MOST, |hedge| hedge.is_most = true),
    ("下限|最低|最小|少なくとも|at least|minimum|min|from", AT_LEAST, |hedge| {
        hedge.is_least = true
    }),
    ("上限額|最大額", "を上限とする|を上限|上限|を限度|まで|or less", |hedge| {
        hedge.is_most = true
    }),
    ("下限額|最低額", "を下限とする|を下限|下限|or more", |hedge| hedge.is_least = true),
];
/// What says more than the amount can.
const MORE: &str = "余り|余|弱|強|台|見込み|見込|予定|未満|超|+|?";

impl Hedge {
    /// An amount, or a range of two, without the words around it, and what they say.
    pub(crate) fn of(text: &str) -> (String, Self) {
        let folded = fold_text(text);
        let (mut rest, mut hedge) = (folded.as_str(), Self::default());
        while let Some((bare, word, says)) = WORDS.iter().find_map(|(before, behind, says)| {
            let cut = before.split('|').find_map(|word| Some((rest.strip_prefix(word)?, word)));
            let cut =
                cut.or_else(|| behind.split('|').find_map(|word| Some((rest.strip_suffix(word)?, word))));
            cut.map(|(bare, word)| (bare, word, says))
        }) {
            says(&mut hedge);
            hedge.is_more |= MORE.split('|').any(|more| more == word);
            rest = bare.trim_matches([' ', ':', 'の']);
        }
        (rest.to_owned(), hedge)
    }
}
