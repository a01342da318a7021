//! Where a line may end: Unicode's rules (UAX #14), and the office's on top of them (JIS X 4051).

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use unicode_linebreak::{BreakOpportunity, linebreaks};

use crate::script::{Script, may_not_begin, may_not_end, script};

/// The longest figure with its unit that is kept on one line, in characters.
const LONGEST_FIGURE: usize = 14;

/// A place where a line may or must end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opportunity {
    /// The byte at which the next line would begin.
    pub at: usize,
    /// Whether the line must end here.
    pub forced: bool,
}

/// How much text is remembered with its opportunities, in bytes.
const REMEMBERED: usize = 256 << 10;

/// Texts with their opportunities, and how long they are together.
type Known = (HashMap<String, Rc<[Opportunity]>>, usize);

thread_local! {
    /// What has been found: a sheet that is fitted to its page is set many times over, and
    /// finding where its lines may end was two thirds of that work.
    static KNOWN: RefCell<Known> = RefCell::default();
}

/// The opportunities in a text, in order; the last is the text's end. Linear in the text's length.
pub fn opportunities(text: &str) -> Rc<[Opportunity]> {
    KNOWN.with_borrow_mut(|(known, length)| {
        if let Some(found) = known.get(text) {
            return Rc::clone(found);
        }
        let found: Rc<[Opportunity]> = found(text).into();
        if *length + text.len() > REMEMBERED {
            known.clear();
            *length = 0;
        }
        *length += text.len();
        known.insert(text.to_owned(), Rc::clone(&found));
        found
    })
}

fn found(text: &str) -> Vec<Opportunity> {
    let figures = figures(text);
    let mut within = figures.iter().peekable();
    let mut found = Vec::with_capacity(text.len() / 3 + 1);

    for (at, kind) in linebreaks(text) {
        while within.next_if(|(_, end)| *end <= at).is_some() {}
        if at == text.len() {
            break;
        }
        if kind == BreakOpportunity::Mandatory {
            found.push(Opportunity { at, forced: true });
            continue;
        }
        let (before, after) = text.split_at(at);
        let (Some(left), Some(right)) = (before.chars().next_back(), after.chars().next()) else {
            continue;
        };
        let in_figure = within.peek().is_some_and(|(start, end)| *start < at && at < *end);
        if !in_figure && !may_not_end(left) && !may_not_begin(right) {
            found.push(Opportunity { at, forced: false });
        }
    }
    found.push(Opportunity { at: text.len(), forced: false });
    found
}

/// The stretches of a text that are figures with their signs and units, short enough to keep together.
fn figures(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut characters = text.char_indices().peekable();

    while let Some((start, first)) = characters.next() {
        if !is_digit(first) {
            continue;
        }
        let era = ["令和", "平成", "昭和"]
            .iter()
            .any(|era| text.get(..start).is_some_and(|before| before.ends_with(era)));
        let mut length = if era { 3 } else { 1 };
        let begins = if era { start - "令和".len() } else { start };
        let mut end = start + first.len_utf8();
        let mut take = |wanted: fn(char) -> bool, most: usize| {
            let mut taken = 0;
            while taken < most
                && let Some((at, c)) = characters.next_if(|(_, c)| wanted(*c))
            {
                end = at + c.len_utf8();
                taken += 1;
                length += 1;
            }
            taken
        };
        take(|c| is_digit(c) || matches!(c, ',' | '.' | '，' | '．'), usize::MAX);
        take(|c| matches!(c, '百' | '十' | '千' | '万' | '億' | '兆'), 3);
        if take(|c| "円年月日件人社校名倍回歳課％%".contains(c), 1) > 0 {
            take(|c| matches!(c, '度' | '間' | '所' | '目'), 1);
        }
        if length > 1 && length <= LONGEST_FIGURE {
            found.push((begins, end));
        }
    }
    found
}

fn is_digit(character: char) -> bool {
    script(character) == Script::Digit
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<&str> {
        let mut start = 0;
        opportunities(text)
            .iter()
            .map(|o| {
                let piece = &text[start..o.at];
                start = o.at;
                piece
            })
            .collect()
    }

    #[test]
    fn a_figure_stays_with_its_sign_and_unit() {
        assert_eq!(pieces("は4,592百万円で"), ["は", "4,592百万円", "で"]);
        assert_eq!(pieces("△1,234円"), ["△1,234円"]);
        assert_eq!(pieces("増＋31.4％増"), ["増", "＋31.4％", "増"]);
        assert_eq!(pieces("令和4年度の"), ["令和4年度", "の"]);
    }

    #[test]
    fn brackets_and_punctuation_keep_to_their_side() {
        assert_eq!(pieces("あ「い」。う"), ["あ", "「い」。", "う"]);
        assert_eq!(pieces("きゃっカー々～"), ["きゃっ", "カー々～"]);
        assert_eq!(pieces("№5を第1に"), ["№5", "を", "第1", "に"]);
    }

    #[test]
    fn a_line_break_of_the_author_is_forced() {
        assert_eq!(opportunities("あ\nい").first(), Some(&Opportunity { at: 4, forced: true }));
    }

    #[test]
    fn an_empty_text_has_only_its_end() {
        assert_eq!(*opportunities(""), [Opportunity { at: 0, forced: false }]);
    }
}
