//! Every mapping of the format with its keys: what a key takes and what it is. The reader opens mappings by this table, and the schema is
//! written from it; `tests/library/schema.rs` holds the tables of docs/format.md and docs/format.ja.md against it.

use super::Kind::{
    Amount, Cards, Count, Date, Due, FileOr, Id, List, Map, Money, Name, Named, Percent, Prose, Short, Text,
    Unit, Version, Words, Year,
};
use super::{Key, Shape, words};
use crate::read::{chapter, choices, conventions, crosswalk, detail, line, scalars, settings};

macro_rules! shapes {
    ($($shape:ident $name:literal needs [$($need:literal)*] { $($key:literal $kind:expr, $ja:literal, $en:literal;)* })*) => {
        $(pub(in crate::read) const $shape: Shape = Shape {
            name: $name,
            needs: &[$($need),*],
            keys: &[$($key),*],
            about: &[$(Key { kind: $kind, ja: $ja, en: $en }),*],
        };)*

        /// All of them.
        pub(in crate::read) const ALL: &[&Shape] = &[$(&$shape),*];
    };
}

shapes! {
    LINE "line" needs ["id" "title"] {
        "id" Id, "変わらない名前", "stable name";
        "title" Text, "名称", "title (名称)";
        "title_en" Text, "英語の資料での名称", "title on English sheets";
        "abbreviation" Text, "略称。名称の後に括弧で印刷", "short name, printed in brackets behind the title";
        "status" Words(|| words(line::STATUSES)), "区分。金額と一致しなければならない", "a claim that must agree with the amounts";
        "requested" Money("requested"), "要求・要望額", "amount asked for (要求・要望額)";
        "prior" Money("prior"), "前年度予算額", "last year's amount (前年度予算額)";
        "enacted" Amount, "今年度の当初予算額（成立）", "this year's enacted initial budget";
        "supplementary" Amount, "今年度の補正予算額", "this year's supplementary budgets";
        "accounts" List(&Map("split part")), "会計別の額", "the amounts by account (会計別)";
        "instruments" List(&Map("split part")), "経費の種類別の額", "the amounts by instrument (経費の種類別)";
        "breakdown" Words(|| words(line::BREAKDOWNS)), "内訳が全部か一部か", "what the parts are";
        "notes" List(&Map("note")), "金額の注記", "notes to the amounts";
        "accept" List(&Map("accept")), "了承した警告（エラーは了承できない）", "accepted warnings; errors cannot be accepted";
    }

    HEAD "head" needs ["gaisan" "ministry" "fiscal_year" "stage" "unit"] {
        "gaisan" Version, "書式の番号", "version of the format";
        "number" Text, "名称の前に印刷する番号", "printed before the title";
        "revision" Count, "章の版の番号（確定に使う）", "which edition of the chapter this is (版), for releases";
        "lang" Words(|| words(chapter::LANGS)), "資料の言語", "language of the labels";
        "ministry" Text, "府省名", "who requests (府省名)";
        "ministry_en" Text, "英語の資料での府省名", "the same on English sheets";
        "fiscal_year" Year, "要求する年度", "year requested for (年度)";
        "stage" Words(|| words(chapter::STAGES)), "要求の段階", "where in its life the request stands";
        "unit" Unit, "単位を付けない金額と、表の単位", "unit of amounts without one, and of tables (単位)";
        "rounding" Words(|| words(conventions::ROUNDINGS)), "端数処理", "how figures were rounded (端数処理)";
        "frame" Text, "その年度の要望枠の名称", "name of the year's frame for wishes";
        "notation" Map("notation"), "数字の表記", "how sheets write figures";
    }

    BODY "body" needs ["programs"] {
        "source" Prose, "出典", "where the figures come from (出典)";
        "overview" Prose, "総括ページの概要", "text at the top of the overview (概要)";
        "citations" FileOr(&List(&Map("citation"))), "引用する文書", "cited documents";
        "glossary" FileOr(&Named(&Short("glossary entry"))), "略語", "what abbreviations stand for (略語)";
        "crosswalk" List(&Map("crosswalk entry")), "前年度の事項との対応（印刷しない）", "how lines follow from last year's (新旧対応); not printed";
        "elsewhere" List(&Map("line elsewhere")), "注記が指す、章にない事項", "lines that notes name and the chapter does not list";
        "programs" List(&FileOr(&Map("program"))), "事業（印刷する順）", "the programs in printed order (事業)";
    }

    CONVENTIONS "conventions" needs [] {
        "fiscal_year_starts" Name, "会計年度の始まる月", "the month in which fiscal years begin";
        "fiscal_year_named_after" Words(|| words(conventions::NAMED_AFTER)), "会計年度の名前になる暦年", "which of its calendar years names a fiscal year";
        "print" Short("print"), "資料に印刷する単位", "what sheets print amounts in";
        "layout" Words(|| words(conventions::LAYOUTS)), "事業の資料の形式", "how the sheets of its programs are laid out";
        "paper" Words(|| words(conventions::PAPERS)), "用紙", "the paper its sheets are made for";
        "cards" Cards, "総括ページのカード", "which programs have a card on the overview";
    }

    PROGRAM "program" needs [] {
        "number" Text, "名称の前に印刷する番号", "printed before the title";
        "group" List(&Text), "局や分野。総括表で小計する", "the bureau or field it belongs to (局, 分野); a list from the outermost in";
        "group_en" List(&Text), "英語の資料での局や分野。groupと同じ順", "their names on English sheets, in the same order";
        "operator" Text, "実施機関", "who carries it out (実施機関)";
        "role" Text, "実施機関の役割", "what the operator is in it, e.g. 拠点";
        "period" Map("period"), "事業期間", "the years it runs (事業期間)";
        "scale" Map("scale"), "事業規模", "size of one award (事業規模)";
        "summary" Prose, "総括ページのカードの文章", "card on the overview";
        "policy_basis" List(&Map("policy basis")), "政策上の位置付け", "documents it rests on (政策上の位置付け)";
        "points" Prose, "今年度の要求のポイント", "points of this year's request";
        "body" Prose, "個票の本文", "text of the detail sheet";
        "areas" List(&Map("area")), "技術領域と採択機関", "technical areas and recipients";
        "funding_flow" Map("funding flow"), "資金の流れ", "who passes the money to whom (資金の流れ)";
        "logic_model" Map("logic model"), "ロジックモデル", "outputs, outcomes, impacts";
        "figures" List(&Map("figure")), "グラフと図", "charts and pictures";
        "layout" Words(|| words(conventions::LAYOUTS)), "資料の形式", "how its sheet is laid out";
        "children" List(&FileOr(&Map("program"))), "内訳", "its parts";
    }

    REQUESTED "requested" needs [] {
        "amount" Amount, "要求・要望額", "the whole amount; may be left out where both parts are given";
        "request" Amount, "うち要求額", "the part that is requested";
        "wish" Amount, "うち要望額", "the part that is wished for";
    }

    PRIOR "prior" needs ["amount"] {
        "amount" Amount, "前年度予算額", "last year's amount";
        "basis" Words(|| words(scalars::BASES)), "何の額か", "which amount it is";
        "with" List(&Text), "合計に入るほかの事業", "the other programs in a combined amount";
    }

    SPLIT_PART "split part" needs ["name"] {
        "name" Text, "会計又は経費の名称", "name of the account or the instrument";
        "requested" Amount, "そのうちの要求額", "its part of the amount requested";
        "prior" Amount, "そのうちの前年度予算額", "its part of last year's amount";
    }

    NOTE "note" needs ["kind"] {
        "kind" Words(|| words(line::NOTE_KINDS)), "注記の種類", "what it says about the amount";
        "of" Text, "交付金、制度、より大きい額、ほかの事業", "the grant, scheme, larger figure, or other program";
        "scope" Text, "推計額の範囲", "what an estimate covers";
        "with" List(&Text), "共同で要求する府省", "the other ministries of a joint request";
        "share" Words(|| words(line::SHARES)), "別の箇所で計上するのが全部か一部か", "whether all of it or a part is counted elsewhere";
        "amount" Amount, "このほかの額", "amount of what comes in addition";
        "text" Text, "自分で書く文言", "wording of your own";
    }

    ACCEPT "accept" needs ["rule" "reason"] {
        "rule" Name, "了承する検査項目（W0203など）", "code of the rule whose warning is accepted, e.g. W0203";
        "reason" Text, "理由。資料の出典欄に印刷", "why; printed with the sources of the sheet";
    }

    CITATION "citation" needs ["id" "title"] {
        "id" Id, "`policy_basis` から指す名前", "what `policy_basis` refers to";
        "title" Text, "文書の名称", "title";
        "date" Date, "決定の日付", "when it was decided";
        "authority" Text, "決定の主体（閣議決定など）", "who decided, e.g. 閣議決定";
        "url" Name, "掲載場所", "where it can be read";
    }

    CROSSWALK "crosswalk entry" needs ["kind" "to"] {
        "kind" Words(|| words(crosswalk::KINDS)), "何があったか", "what happened";
        "from" List(&Id), "前年度の事項", "last year's lines";
        "to" List(&Id), "今年度の事項", "this year's lines";
        "chapter" Id, "前年度の章（異なる場合）", "the chapter last year's lines were in, if another";
        "note" Text, "備考", "remark";
    }

    ELSEWHERE "line elsewhere" needs ["id" "title"] {
        "id" Id, "注記の `of` から指す名前", "what `of` of a note refers to";
        "title" Text, "資料に印刷する名称", "title that sheets print";
        "title_en" Text, "英語の資料での名称", "title on English sheets";
    }

    NOTATION "notation" needs [] {
        "negative" Words(|| words(chapter::NEGATIVES)), "負数の記号", "sign of negative figures";
        "years" Words(|| words(chapter::YEARS)), "元号か西暦か", "years by eras or by the western calendar";
    }

    PRINT "print" needs ["unit"] {
        "unit" Unit, "表、グラフ、文章での単位", "what tables, boxes, charts and sentences count in";
        "decimals" Count, "小数の桁数", "digits after the point";
        "rounding" Words(|| words(conventions::ROUNDINGS)), "端数処理", "how finer digits are rounded";
    }

    GLOSSARY_ENTRY "glossary entry" needs [] {
        "ja" Text, "日本語の資料での言葉", "what it stands for on Japanese sheets";
        "en" Text, "英語の資料での言葉", "what it stands for on English sheets";
    }

    PERIOD "period" needs [] {
        "from" Year, "最初の年度", "first fiscal year";
        "to" Year, "最後の年度", "last fiscal year";
        "years" Count, "年数。`from`、`to` と一致しなければならない", "length; must agree with `from` and `to`";
        "max_years" Count, "最大の年数（最大…年間）", "greatest length (最大…年間)";
        "note" Text, "備考（括弧で印刷）", "remark, printed in brackets";
    }

    SCALE "scale" needs [] {
        "min" Amount, "1件当たりの下限", "smallest award";
        "max" Amount, "1件当たりの上限", "largest award";
        "per" Text, "何当たりか（技術領域・年など）", "per what, e.g. 技術領域・年";
        "about" Words(|| words(choices::FLAGS)), "おおよその額（程度）", "the bounds are approximate (程度)";
    }

    POLICY_BASIS "policy basis" needs ["cite"] {
        "cite" Id, "引用文書のid", "a citation's id";
        "as" Text, "この資料だけの表記", "wording on this sheet, instead of the registry's";
        "quote" Prose, "原文の引用", "the passage, word for word";
        "gist" Prose, "要旨（（要旨）と印刷）", "the passage restated (要旨); printed with （要旨） after the citation";
    }

    AREA "area" needs ["title"] {
        "number" Text, "名称の前の番号（技術領域1など）", "printed before the title, e.g. 技術領域1";
        "title" Text, "名称", "title";
        "body" Prose, "文章", "text";
        "groups" List(&Map("group")), "課題の種類ごとの採択機関", "recipients by kind of project";
    }

    GROUP "group" needs ["title"] {
        "title" Text, "種類", "the kind";
        "count" Count, "件数。一覧と一致しなければならない", "number of awards; must agree with the list";
        "recipients" List(&Short("recipient")), "採択機関", "who receives them";
        "body" Prose, "文章", "text";
    }

    RECIPIENT "recipient" needs ["name"] {
        "name" Text, "採択機関の名称", "name of the recipient";
        "count" Count, "件数", "number of awards";
    }

    FUNDING_FLOW "funding flow" needs [] {
        "title" Text, "見出し", "caption";
        "nodes" List(&Map("node")), "節点", "the parties";
        "edges" List(&Map("edge")), "矢印", "the passings";
    }

    NODE "node" needs ["id" "label"] {
        "id" Id, "矢印から指す名前", "what edges call it";
        "label" Text, "名称", "name";
        "detail" Text, "2行目", "second line";
        "kind" Words(|| words(detail::PARTIES)), "国を示す", "marks the state";
    }

    EDGE "edge" needs ["from" "to" "instrument"] {
        "from" Id, "節点のid", "ids of nodes";
        "to" Id, "節点のid", "ids of nodes";
        "instrument" Text, "補助金、委託費、運営費交付金など", "補助金, 委託費, 運営費交付金 …";
        "detail" Text, "ほかに渡るもの（審査・採択など）", "what else passes, e.g. 審査・採択";
    }

    LOGIC_MODEL "logic model" needs [] {
        "outputs" List(&Short("logic model entry")), "アウトプット", "what is done (アウトプット)";
        "outcomes" List(&Short("logic model entry")), "アウトカム", "what comes of it (アウトカム)";
        "impacts" List(&Short("logic model entry")), "インパクト", "what it is good for (インパクト)";
    }

    OUTCOME "logic model entry" needs ["text"] {
        "text" Text, "内容", "what it says";
        "indicator" Text, "指標", "how it is measured (指標)";
        "baseline" Text, "基準値、目標値", "from where, to where";
        "target" Text, "基準値、目標値", "from where, to where";
        "date" Due, "期限", "by when";
    }

    FIGURE "figure" needs ["id"] {
        "id" Id, "ファイル名になる", "names its file";
        "title" Text, "見出し", "printed with it";
        "alt" Text, "図の内容を示す言葉", "what it shows, in words";
        "chart" Map("chart"), "割合のグラフ", "a divided whole";
        "image" Name, "同じ場所に置いたPNG、JPEG、SVG（20MBまで。SVGは2MB、20万点、単色、文字はアウトライン化）", "a PNG, JPEG or SVG beside the file, up to 20 MB (SVG: 2 MB, 200,000 points, no number above 1,000,000, in solid colors, text as outlines)";
    }

    CHART "chart" needs ["whole"] {
        "whole" Text, "全体の名称", "name of the whole";
        "parts" List(&Map("chart part")), "部分", "its parts";
    }

    CHART_PART "chart part" needs ["label" "percent"] {
        "label" Text, "名称", "name of the part";
        "percent" Percent, "割合。合計で100", "its share; together 100. What is more than a number is printed as written";
    }

    SETTINGS "settings" needs [] {
        "severity" Named(&Words(|| words(settings::LEVELS))), "検査項目ごとの扱い", "what becomes of findings, by the code of their rule";
        "fonts" Map("fonts"), "資料の書体", "the sheets' faces";
        "outside" List(&Name), "ファイルを参照してよい、プロジェクトの外のフォルダ", "folders outside the project whose files may be named";
    }

    FONTS "fonts" needs [] {
        "fallback" Name, "標準の書体にない文字の書体（ファイル名）", "file of a face for characters that the built-in one lacks";
    }
}
