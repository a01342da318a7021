//! The numbers, marks and names of levels that titles begin with.

use super::words::folded;
use crate::model::fold;

/// The levels of a budget from the widest.
const LEVELS: [&str; 9] = ["編", "章", "部", "款", "項", "目", "細目", "節", "細節"];

/// The level that a title names before its words: （項）観測費, 【目】, 2款　総務費, 第１項.
pub(super) fn level(text: &str) -> Option<usize> {
    let text: String = text.trim_start().chars().map(fold).collect();
    let inner = [('(', ')'), ('【', '】'), ('〔', '〕'), ('[', ']'), ('<', '>')]
        .into_iter()
        .find_map(|(open, close)| text.strip_prefix(open)?.split_once(close));
    let bare = |text: &str| {
        text.trim().trim_start_matches('第').trim_matches(|c: char| c.is_ascii_digit()).to_owned()
    };
    let named = |word: &str| LEVELS.iter().position(|level| *level == word);
    if let Some((inner, rest)) = inner {
        return named(&bare(inner)).filter(|_| !rest.trim().is_empty());
    }
    let (before, rest) = text.split_once([' ', ':'])?;
    let is_numbered = before.starts_with(|c: char| c.is_ascii_digit() || c == '第');
    named(&bare(before)).filter(|level| !rest.trim().is_empty() && (is_numbered || *level > 2))
}

/// The ranks of letters, and those of the Roman numbers that may be meant: I. and i.
pub(super) const ROMAN: [(usize, usize); 4] = [(20, 10), (25, 15), (70, 90), (80, 95)];
/// The rank of marks, which only tell that a line begins: ・ ○.
pub(super) const MARKS: usize = 100;

/// The number that a title begins with, its rank among the kinds of numbers, and the title behind it.
pub(super) fn numbered(text: &str) -> Option<(usize, &str, &str)> {
    let text = text.trim_start();
    let bytes = |count: usize| text.char_indices().nth(count).map_or(text.len(), |(at, _)| at);
    let characters: Vec<char> = text.chars().map(fold).take(12).collect();
    let run = |from: usize, is_it: &dyn Fn(&char) -> bool| {
        characters.iter().skip(from).take_while(|c| is_it(c)).count()
    };
    let digits = |from: usize| run(from, &char::is_ascii_digit);
    let has = |at: usize, any: &str| characters.get(at).is_some_and(|c| any.contains(*c));
    let cut = |rank: usize, count: usize| {
        let (number, rest) = text.split_at(bytes(count));
        (!rest.trim().is_empty()).then(|| (rank, number.trim(), rest.trim()))
    };
    let first = *characters.first()?;
    if first == '第' && digits(1) > 0 && has(digits(1) + 1, ".、 ") {
        return cut(0, digits(1) + 2);
    }
    if first == '第' {
        let end = text.find(['章', '部', '款', '項', '目', '節'])?;
        let count = text.get(..end)?.chars().count() + 1;
        return (count <= 6).then(|| cut(0, count)).flatten();
    }
    if matches!(first, 'Ⅰ'..='Ⅻ') && !has(1, "+") {
        return cut(10, 1 + usize::from(has(1, ".、 ")));
    }
    let kanji = run(0, &|c| "一二三四五六七八九十".contains(*c));
    if kanji > 0 && has(kanji, ".、") {
        return cut(10, kanji + 1);
    }
    if let Some((rank, count)) = latin(&characters) {
        return cut(rank, count);
    }
    let count = digits(0);
    // A number of three digits is one where a mark ends it: 100．
    let is_long = count == 3 && first != '0' && has(3, ".、)");
    if (1..=2).contains(&count) || is_long {
        // 1-1, 1-1-1
        let (mut end, mut parts) = (count, 0);
        while has(end, "-") && digits(end + 1) > 0 {
            end += 1 + digits(end + 1);
            parts += 1;
        }
        let is_decimal = has(end, ".") && digits(end + 1) > 0;
        if has(end, if parts > 0 { ".、 " } else { ".、)" }) {
            let rank = if has(end, ")") { 50 } else { 30 + parts };
            return (!is_decimal).then(|| cut(rank, end + 1)).flatten();
        }
        let is_bare = has(end, " ") && characters.get(end + 1).is_some_and(|c| !c.is_ascii());
        return is_bare.then(|| cut(30, end + 1)).flatten();
    }
    if first == '(' && digits(1) > 0 && has(digits(1) + 1, ")") {
        return cut(40, digits(1) + 2);
    }
    if matches!(first, '①'..='⑳') {
        return cut(60, 1);
    }
    let kana = "アイウエオカキクケコ";
    if first == '(' && has(1, kana) && has(2, ")") {
        return cut(80, 3);
    }
    if has(0, kana) && has(1, ".、 )") {
        return cut(70, 2);
    }
    // ○○市 is no mark and a name.
    let is_twice = characters.get(1) == Some(&first);
    (has(0, "・○●◎◆◇■□★☆•-–") && !is_twice).then(|| cut(MARKS, 1)).flatten()
}

/// The rank of a number of letters or Roman numerals, A. I. a) (ii), and how many characters it has.
fn latin(characters: &[char]) -> Option<(usize, usize)> {
    let run = |from: usize, is_it: &dyn Fn(&char) -> bool| {
        characters.iter().skip(from).take_while(|c| is_it(c)).count()
    };
    let has = |at: usize, any: &str| characters.get(at).is_some_and(|c| any.contains(*c));
    // Words, and no abbreviation or amount, follow.
    let is_apart = |at: usize| characters.get(at).is_some_and(|c| *c == ' ' || !c.is_ascii());
    let first = characters.first()?;
    let open = usize::from(*first == '(');
    for is_lower in [false, true] {
        let (letter, roman) = ROMAN.get(open + 2 * usize::from(is_lower)).copied()?;
        let letters = run(open, &|c| if is_lower { c.is_ascii_lowercase() } else { c.is_ascii_uppercase() });
        let is_roman = letters > 1 && run(open, &|c| "IVXivx".contains(*c)) == letters;
        let end = open + letters;
        let is_closed = has(end, if open > 0 { ")" } else { ".)" }) && is_apart(end + 1);
        let is_bare = open == 0 && has(end, " ") && characters.get(end + 1).is_some_and(|c| !c.is_ascii());
        let is_one = letters == 1 && (is_closed || is_bare && has(0, "IVX"));
        if is_one || is_roman && (is_closed || is_bare) {
            return Some((if is_one { letter } else { roman }, end + 1));
        }
    }
    None
}

/// Whether a number or a code is of one kind with another and goes on behind it, or begins anew: ４． behind ３．, １． behind ３．; of another kind
/// is （１）.
pub(super) fn goes_on(before: &str, number: &str) -> Option<bool> {
    let kind = |c: char| match c {
        '0'..='9' => '1',
        'Ⅰ'..='Ⅻ' => 'Ⅰ',
        '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' => '一',
        'A'..='Z' => 'A',
        '①'..='⑳' => '①',
        'ア'..='ン' => 'ア',
        other => other,
    };
    let plain = |text: &str| folded(text).replace(['.', '、'], "").to_uppercase();
    let counts = |c: &char| kind(*c) != *c || KINDS.contains(*c);
    // ９. and １００. count alike, while codes have as many digits as they have levels.
    let is_marked = [before, number].iter().all(|text| folded(text).ends_with(['.', '、', ')']));
    let kinds = |text: &str| {
        let mut kinds: Vec<char> = text.chars().map(kind).collect();
        let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
        if digits.len() <= if is_marked { 3 } else { 2 } && digits.first() != Some(&'0') {
            kinds.dedup();
        }
        kinds
    };
    let (before, number) = (plain(before), plain(number));
    let counted: String = number.chars().filter(counts).collect();
    let counted = counted.trim_start_matches('0');
    let begins = counted.chars().count() == 1 && KINDS.contains(counted);
    (!counted.is_empty() && kinds(&before) == kinds(&number)).then_some(!begins)
}

/// The first numbers of each kind.
const KINDS: &str = "1Ⅰ一A①ア";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_known_by_how_they_are_written() {
        for (text, expected) in [
            ("１．沿岸観測網の整備", Some((30, "１．", "沿岸観測網の整備"))),
            ("　（１）海底ケーブル式観測", Some((40, "（１）", "海底ケーブル式観測"))),
            ("① 船体", Some((60, "①", "船体"))),
            ("１００．船体", Some((30, "１００．", "船体"))),
            ("101 一般管理費", None),
            ("第１　一般経費", Some((0, "第１", "一般経費"))),
            ("一、総務", Some((10, "一、", "総務"))),
            ("（ア）旅費", Some((80, "（ア）", "旅費"))),
            ("A. Personnel", Some((20, "A.", "Personnel"))),
            ("1-1 甲一", Some((31, "1-1", "甲一"))),
            ("１－１－２　甲", Some((32, "１－１－２", "甲"))),
            ("II. Grants", Some((10, "II.", "Grants"))),
            ("(ii) Travel", Some((95, "(ii)", "Travel"))),
            ("a) Civilian", Some((70, "a)", "Civilian"))),
            ("U.S. Mint", None),
            ("IT services", None),
            ("3.5 億円", None),
            ("1-2歳児", None),
            ("一般会計", None),
            ("第三者評価", None),
            ("１　研究開発", Some((30, "１", "研究開発"))),
            ("3 Parks", None),
            ("3.5億円", None),
            ("沿岸", None),
            ("○○市社会福祉協議会", None),
            ("○観測網", Some((MARKS, "○", "観測網"))),
        ] {
            assert_eq!(numbered(text), expected, "{text}");
        }
    }
}
