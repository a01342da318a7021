//! What stands around the content of a page, in every format.

use super::phrases;
use crate::model::Lang;

phrases! {
    edition = "版", "Edition";
    skip_to_content = "本文へ移動", "Skip to content";
    pages = "ページ", "Pages";
    footnotes = "脚注", "Footnotes";
    footnote(number) = "脚注{number}", "Footnote {number}";
    note(number) = "注{number}", "Note {number}";
    /// What refers to a footnote, and stands before it.
    note_sign(number) = "*{number}", "{number}";
    /// Before an item of a list without a sign of its own.
    bullet = "・", "•";
    /// White between what stands on one line.
    white = "　", "   ";
    back_to_text = "本文へ戻る", "Back to text";
    table = "表", "Table";
    other_lines(count) = "ほか{count}件", "{count} more";
    /// Before the sum of some lines.
    together(lines) = "{lines}の計", "{lines}, together";
    /// What a folded chapter of the front page holds.
    folded(count) = "資料{count}件", "{count} sheets";
    goes_on = "（続き）", " (continued)";
    no_figure(alternative) = "図を表示できません：{alternative}", "This figure cannot be shown: {alternative}";

    workbook_link = "Excelの表（合計は数式）", "Workbook with live sums (Excel)";

    tip = "参考", "Tip";
    important = "重要", "Important";
    warning = "警告", "Warning";
    caution = "注意", "Caution";
    remark = "注", "Note";

    programs = "事業", "Program";
    prior_year = "前年度", "Prior year";
    change = "増減", "Change";
    formats = "様式", "Formats";
}
