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
    assert_eq!(opportunities("あ\nい").first(), Some(&Opportunity { at: 4, end: End::Forced }));
}

#[test]
fn an_empty_text_has_only_its_end() {
    assert_eq!(*opportunities(""), [Opportunity { at: 0, end: End::Free(0.0) }]);
}
