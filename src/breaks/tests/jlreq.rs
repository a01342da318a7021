//! Sixty cases of the Requirements for Japanese Text Layout (JLREQ 3.1, appendices A and C) and of JIS X 4051.

use super::parts;

/// The class of characters or the rule, a text, and the same text with a bar wherever a line may end.
const CASES: &[(&str, &str)] = &[
    ("cl-01 opening brackets end no line", "あ|（い）|う"),
    ("cl-01", "あ|「い」|う"),
    ("cl-01", "あ|『い』|う"),
    ("cl-01", "あ|【い】|う"),
    ("cl-01", "あ|〔い〕|う"),
    ("cl-01", "あ|〈い〉|《う》|え"),
    ("cl-01 several in a row", "あ|『「い」|う』|え"),
    ("cl-01 Western", "あ|(い)|う"),
    ("cl-02 closing brackets begin no line", "あ）|い」|う』|え】|お"),
    ("cl-02 before an opening one", "「あ」|「い」"),
    ("cl-02 before a full stop", "「あ」。|い"),
    ("cl-03 hyphens begin no line", "あ‐|い"),
    ("cl-03 wave dash", "あ～|い〜|う"),
    ("cl-04 dividing marks begin no line", "あ？|い！|う"),
    ("cl-04 in a row", "あ！？|い"),
    ("cl-05 middle dots begin no line", "あ・|い・|う"),
    ("cl-05 colon, semicolon", "あ：|い；|う"),
    ("cl-06 full stops begin no line", "あ。|い．|う"),
    ("cl-06 after a bracket", "あ|（い）。|う"),
    ("cl-07 commas begin no line", "あ、|い，|う"),
    ("cl-08 leaders stay together", "あ……|い"),
    ("cl-08 two-dot leaders", "あ‥‥|い"),
    ("cl-08 dashes stay together", "あ|――|い"),
    ("cl-09 iteration marks begin no line", "時々|刻々|と"),
    ("cl-09", "い|すゞ|こゝ|ろ"),
    ("cl-09 katakana", "バ|ナヽ|ア"),
    ("cl-10 the prolonged sound mark begins no line", "サー|バー|は"),
    ("cl-11 small kana begin no line", "きゃっ|きゅ|う"),
    ("cl-11 katakana", "ティッ|シュ|ペー|パー"),
    ("cl-11 foreign sounds", "ヴァ|イ|オ|リ|ン"),
    ("cl-11 small ka and ke", "霞ヶ|関"),
    ("cl-12 signs before a figure", "あ|￥1,234|い"),
    ("cl-12 dollars and pounds", "あ|$1,234|い|£5|う"),
    ("cl-12 number sign", "あ|№5|い"),
    ("cl-12 section sign", "あ|＃5|い"),
    ("cl-13 signs behind a figure", "あ|50％|い|50%|う"),
    ("cl-13 degrees", "あ|5℃|い|90°|う"),
    ("cl-13 per mille", "あ|3‰|い"),
    ("cl-14 a full-width space parts", "あ　|い"),
    ("cl-15 hiragana", "あ|い|う"),
    ("cl-16 katakana", "ア|イ|ウ"),
    ("cl-19 kanji", "国|土|地|理"),
    ("cl-19 other signs", "あ|○|い|◎|う"),
    ("cl-19 a note sign holds on", "あ|※い"),
    ("cl-24 grouped numerals stay whole", "あ|1,234,567|い"),
    ("cl-24 decimals", "あ|3.14|い"),
    ("cl-24 full width", "あ|１２３４|い"),
    ("cl-25 units stay with figures", "あ|20km|い|5GB|う"),
    ("cl-25 composed units", "あ|100km/h|い"),
    ("cl-26 a word space parts", "ab |cd"),
    ("cl-27 words of Latin letters stay whole", "あ|Flagship|い"),
    ("cl-27 with figures", "あ|TRL6|い|5G|う"),
    ("cl-27 apostrophes", "あ|don’t|い"),
    ("cl-27 hyphens within signs", "あ|Q-LEAP|い"),
    ("cl-27 references", "あ|e-Rad|い"),
    ("3.1.7 a sign of money and its counter", "あ|¥1,234円|い"),
    ("3.1.7 negative amounts", "あ|△1,234|い|▲5|う"),
    ("3.1.10 a figure and its counter", "あ|12人|い|3件|う"),
    ("3.1.10 with a prefix", "あ|第2章|い|約30件|う"),
    ("3.1.10 years of eras", "あ|令和7年|い|平成元年|う"),
    ("JIS X 4051 5.1 circled numbers", "あ|①|い|②|う"),
    ("JIS X 4051 5.1 numbered notes", "あ|（注1）|い"),
];

/// Where JLREQ leaves the choice, or we do otherwise, and why.
const EXCEPTIONS: &[(&str, &str)] = &[
    (
        "a date may end a line between its parts, because in a narrow cell nothing else is left",
        "2021年|6月|18日",
    ),
    ("Western hyphens part words that are written with them", "well-|known"),
    ("a slash parts two words, but not a unit", "AI/|IoT"),
];

#[test]
fn sixty_cases_of_jlreq() {
    assert!(CASES.len() >= 60, "{}", CASES.len());
    let wrong: Vec<String> = CASES
        .iter()
        .chain(EXCEPTIONS)
        .filter(|(_, wanted)| parts(&wanted.replace('|', "")).replace("-|", "|") != wanted.replace("-|", "|"))
        .map(|(rule, wanted)| format!("{rule}: {wanted}, not {}", parts(&wanted.replace('|', ""))))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
