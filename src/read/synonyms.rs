//! What offices say for the words of the format's closed sets. None of them is read: it is offered as the word that it seems to mean.

use super::choices::Choices;
use crate::model::{Lang, fold_text};

/// The first word of a choice, and what is said for it. It counts in every set that has the choice.
const OTHERS: &[(&str, &str)] = &[
    // Status.
    ("new", "新|新設|創設|皆増|新規事業|新規要求|new program|start"),
    (
        "continuing",
        "既存|既定|拡充|拡大|縮小|見直し|一部見直し|組替え|組替|延長|前年同|ongoing|on-going|existing|expanded|extended|reduced|continued|continuation",
    ),
    ("ended", "廃止|完了|皆減|中止|休止|打切り|事業終了|terminated|discontinued|completed|abolished|closed"),
    // Stages.
    ("request", "要求|概算|要求時|要求書|要望|draft|budget request"),
    ("proposal", "案|内示|査定|政府原案|政府予算案|draft budget|proposed|bill"),
    ("enacted", "成立|当初|当初予算|本予算|approved|adopted|appropriated"),
    ("supplementary", "補正|補正後|補正予算案|追加|supplemental"),
    ("settled", "決算額|実績|執行|執行額|actual|outturn|executed"),
    // What the parts of a line are, and whether all of it is meant.
    ("complete", "全て|すべて|全体|全額|完全|有|あり|all|full|total|whole"),
    ("partial", "部分|抜粋|主なもの|主要|うち|main|some|excerpt|part"),
    ("whole", "全て|すべて|全体|全額|all|full"),
    ("part", "部分|一部分|うち|partial|some"),
    // Notes.
    ("estimate", "推計|見込|見込み|見込額|概数|概算|estimated|approximate"),
    ("includes_estimate", "推計含む|推計を含む|推計額を含む|推計込み|includes estimates"),
    ("joint", "共同|共管|連携|合同|jointly"),
    ("recount", "重複|再計上|重複計上|counted elsewhere|duplicate"),
    ("within", "内数扱い|の内数|included"),
    ("in_addition", "外数|ほか|他|この他|その他|別枠|別計上|besides|additional|other"),
    ("remark", "注|注記|摘要|メモ|コメント|補足|特記|comment|note|memo|text"),
    // How lines follow from last year's.
    ("renamed", "改称|改名|名称の変更|変更|rename|retitled"),
    ("moved", "移動|移替え|移替|所管替え|所管換え|移行|transferred|transfer|move"),
    ("merged", "合併|集約|合体|統合後|consolidated|merge|combined"),
    ("split", "分離|分立|独立|細分化|separated|divided"),
    ("restated", "組み替え|組み替え後|組替え掲記|組替掲記|組替後|組替|reclassified|rearranged"),
    // What a prior amount is.
    ("initial", "当初予算|当初予算額|成立予算|本予算|original|enacted"),
    (
        "revised",
        "補正|補正後予算|補正後予算額|補正込|補正込み|補正含む|補正を含む|補正予算を含む|補正予算含む|当初+補正|amended|supplemented",
    ),
    ("combined", "合算|合計額|計|total|sum"),
    ("requested", "要求|要求時|概算要求額|見込|見込み|見込額|案|政府案|政府案額|内示|request|expected"),
    // Rounding.
    ("half_up", "四捨|round|rounded|half-up|nearest"),
    ("truncate", "切捨|切り捨|切捨てる|切り下げ|floor|down|round down|truncated"),
    ("ceiling", "切上|切り上|round up|up|ceil"),
    ("unstated", "不明|なし|none|unknown"),
    // Sheets.
    ("one-page", "ポンチ絵|ポンチ|1枚|1枚紙|一枚紙|一枚もの|1ページ|横|landscape|slide|one page"),
    ("report", "レポート|文書|通常|縦|様式|portrait|document|normal"),
    ("a4", "a4縦|a4横|a4判|a4サイズ"),
    ("letter", "us letter|レターサイズ"),
    ("△", "三角|白三角|マイナス三角|triangle"),
    ("▲", "黒三角"),
    ("−", "マイナス|負号|minus|minus sign"),
    ("-", "ハイフン|半角マイナス|hyphen|dash"),
    ("era", "元号|年号|令和|japanese"),
    ("western", "西暦年|ad|ce|gregorian"),
    ("none", "無|無し|不要|no|false|0"),
    ("all", "全部|全事業|yes|true"),
    ("first", "始まる年|開始年|年初|start|beginning"),
    ("last", "終わる年|終了年|年末|end|ending"),
    ("ja", "jp|jpn|japan|japanese|日本|和文|和"),
    ("en", "eng|us|uk|英語|英文|英"),
    // Flags, the state in a funding flow, and what becomes of findings.
    ("true", "y|on|t|ok|1|○|◯|〇|有|あり|する|程度|概数|約"),
    ("false", "n|off|f|ng|0|×|無|なし|しない|-"),
    ("state", "国庫|政府|日本国|中央政府|government|nation|central government"),
    ("deny", "error|エラー|禁止|fail|forbid|critical"),
    ("warn", "warning|警告|注意|caution"),
    ("allow", "ignore|off|無視|許可|許容|ok|info|skip"),
];

/// The word for which offices have another one, in its script.
pub(super) fn said<T>(choices: &Choices<T>, text: &str, lang: Lang) -> Option<&'static str> {
    let lower = fold_text(text).to_lowercase();
    let is_said = |words: &&[&str]| others(words).any(|other| other == lower);
    choices.iter().map(|(words, _)| *words).find(is_said).and_then(|words| spoken(words, text, lang))
}

/// What is said for a choice.
fn others(words: &[&str]) -> impl Iterator<Item = &'static str> {
    let others = OTHERS.iter().find(|(first, _)| words.first() == Some(first));
    others.into_iter().flat_map(|(_, others)| others.split('|'))
}

/// A word of the only choice that has one which the text contains.
pub(super) fn within<T>(choices: &Choices<T>, text: &str, lang: Lang) -> Option<&'static str> {
    let lower = fold_text(text).to_lowercase();
    let is_long = |word: &str| word.chars().count() > if word.is_ascii() { 3 } else { 1 };
    let is_within = |words: &&'static [&'static str]| {
        let all = words.iter().copied().chain(others(words));
        all.filter(|word| is_long(word)).any(|word| lower.contains(&word.to_lowercase()))
    };
    let mut within = choices.iter().map(|(words, _)| *words).filter(is_within);
    within.next().filter(|_| within.next().is_none()).and_then(|words| spoken(words, text, lang))
}

/// The spelling of a choice in the script of a text; in English in a chapter that is.
fn spoken(words: &[&'static str], text: &str, lang: Lang) -> Option<&'static str> {
    let is_ascii = text.is_ascii() || lang == Lang::En;
    words.iter().find(|word| word.is_ascii() == is_ascii).or(words.first()).copied()
}
