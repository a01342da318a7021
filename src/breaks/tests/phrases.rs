use super::*;

/// A text with a bar between its phrases.
fn phrased(text: &str) -> String {
    let mut start = 0;
    let ends = phrases(text).into_iter().chain([text.len()]);
    let parts = ends.map(|end| text[std::mem::replace(&mut start, end)..end].to_owned());
    parts.collect::<Vec<_>>().join("|")
}

#[test]
fn a_run_of_kanji_is_read_in_words_of_the_office() {
    for (text, wanted) in [
        ("運営費交付金中の推計額を含む", "運営費|交付金中の|推計額を|含む"),
        ("令和3年6月18日閣議決定", "令和3年6月18日|閣議決定"),
        ("前年度予算額", "前年度|予算額"),
        ("政策上の位置付け", "政策上の|位置付け"),
        ("積算根拠表", "積算|根拠表"),
        ("経済安全保障重要技術育成", "経済|安全|保障|重要|技術|育成"),
        ("国立研究開発法人理化学研究所", "国立|研究|開発|法人|理化学|研究所"),
        ("次世代人材育成事業費補助金", "次世代|人材|育成|事業費|補助金"),
        ("国立研究開発法人新エネルギー", "国立|研究|開発|法人|新エネルギー"),
        ("株式会社総合研究所", "株式会社|総合|研究所"),
    ] {
        assert_eq!(phrased(text), wanted);
    }
}

#[test]
fn figures_eras_and_counters_are_in_one_phrase() {
    for whole in
        ["令和4年度", "平成31年度", "令和元年度", "12機関", "3か所", "60億円", "△1,234.5百万円", "第2期"]
    {
        assert_eq!(phrased(whole), whole);
    }
    assert_eq!(phrased("令和4年度要求・要望額"), "令和4年度|要求・|要望額");
    assert_eq!(phrased("令和4年度要求額（百万円）"), "令和4年度|要求額|（百万円）");
}

#[test]
fn no_phrase_is_wider_than_a_narrow_column_if_it_has_a_place_to_end() {
    let text =
        "アジア太平洋数理融合イノベーションプラットフォームの構築によるすりあわせとうながしのしくみづくり";
    for phrase in phrased(text).split('|') {
        assert!(width(phrase) <= WIDEST + 6, "{phrase}");
    }
    // What is one word stays one.
    assert_eq!(phrased("エレクトロニクスメーカー"), "エレクトロニクスメーカー");
}

#[test]
fn a_name_ends_its_lines_between_words_and_dates_stay_whole() {
    for text in [
        "【成長戦略フォローアップ2021（令和3年6月18日閣議決定）】（要旨）",
        "【戦略（令和3年3月26日閣議決定）】（要旨）",
    ] {
        for measure in 11..32 {
            let lines = lines(text, measure, Manner::Whole);
            assert!(lines.iter().all(|line| !line.ends_with("閣議") && !line.ends_with('月')), "{lines:?}");
        }
    }
    // うち stays with what it stands before, and is no word that is broken.
    for measure in 6..14 {
        let lines = lines("　　うち 国際共同研究加速プログラム", measure, Manner::Whole);
        assert!(lines.iter().all(|line| !line.ends_with('う') && !line.ends_with("うち")), "{lines:?}");
    }
}

#[test]
fn a_number_stays_with_the_title_behind_it() {
    for (text, held) in [
        ("12. 未来社会の実現", true),
        ("(2) Harbors ready", true),
        ("① 新しい要点", true),
        ("文部科学省　令和4年度概算要求　5. 未来社会", true),
        ("The walls were built in 2025. They stand", false),
        ("It took 12 months (FY2024) and more", false),
    ] {
        let ends: Vec<usize> = opportunities(text).iter().map(|it| it.at).collect();
        let blank = glued(text).next();
        assert_eq!(blank.is_some(), held, "{text}");
        assert!(blank.is_none_or(|at| !ends.contains(&(at + 1))), "{text}: {ends:?}");
        if !held {
            let all = text.match_indices(' ').filter(|(at, _)| ends.contains(&(at + 1))).count();
            assert!(all > 4, "{text}");
        }
    }
}

#[test]
fn no_line_begins_with_a_dot_between_names() {
    let text = "Ministry of Ports · FY2027 · 3. Harbors";
    let ends: Vec<&str> = opportunities(text).iter().map(|it| &text[..it.at]).collect();
    assert!(ends.contains(&"Ministry of Ports · ") && ends.contains(&"Ministry of Ports · FY2027 · "));
    assert!(
        ends.iter().all(|end| !end.ends_with("Ports ") && !end.ends_with("FY2027 ") && !end.ends_with("3. "))
    );
    assert_eq!(glued(text).count(), 3);
}

#[test]
fn lines_of_names_end_at_the_dots_between_them() {
    let text = "Ministry of Education, Culture, Sports, Science and Technology · FY2022 budget request · 5. 未来社会の実現";
    let ends = ["Technology ·", "budget request ·"];
    for measure in 34..50 {
        let lines = lines(text, measure, Manner::Whole);
        assert!(ends.iter().any(|end| lines[0].trim_end().ends_with(end)), "{measure}: {lines:?}");
    }
}
