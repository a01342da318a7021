mod jlreq;
mod phrases;
mod unicode;

use super::*;

/// A text with a bar wherever a line may end; a hyphen stands where one would be set.
fn parts(text: &str) -> String {
    let mut start = 0;
    let mut parts = Vec::new();
    for place in opportunities(text).iter() {
        let hyphen = if place.end == End::Hyphen { "-" } else { "" };
        parts.push(format!("{}{hyphen}", &text[start..place.at]));
        start = place.at;
    }
    parts.join("|")
}

/// The lines of a text in a measure of so many full-width letters.
fn lines(text: &str, measure: usize, manner: Manner) -> Vec<&str> {
    let columns = |text: &str| crate::script::width(text) as f64;
    let mut stops = vec![Stop::default()];
    for place in opportunities(text).iter().filter(|place| place.is_between_words()) {
        let before = &text[..place.at];
        stops.push(Stop {
            at: place.at,
            start: columns(before),
            end: columns(before.trim_end()),
            letters: before.chars().filter(|c| c.is_alphanumeric()).count() as u32,
            strain: if let End::Free(strain) = place.end { strain } else { 0.0 },
            forced: place.is_forced(),
            stretch: columns(before) * 0.05,
            ..Stop::default()
        });
    }
    let mut start = 0;
    let ends = best(&stops, 2.0 * measure as f64, 2.0, manner);
    assert_eq!(fewest(&stops, 2.0 * measure as f64), ends.len(), "{text}");
    ends.into_iter()
        .map(|end| {
            let line = text[start..stops[end].at].trim_end();
            start = stops[end].at;
            line
        })
        .collect()
}

#[test]
fn a_figure_stays_with_its_sign_and_counter() {
    for whole in [
        "4,592百万円",
        "△1,234円",
        "＋31.4％",
        "令和4年度",
        "平成元年",
        "令和元年度",
        "昭和64年",
        "第1",
        "第三期",
        "第3期",
        "約100社",
        "約三割",
        "1,000台",
        "12機関",
        "5か所",
        "3カ所",
        "7拠点",
        "200本",
        "60億ドル",
        "3億円",
        "2000万人",
        "10～20台",
        "1か月間",
        "100km/h",
        "5G",
        "図1-2",
        "表3",
        "三拠点",
        "20,000,000,000円",
        "１２３４５６７８",
        "50%",
        "¥1,234,567円",
        "15か国",
        "30大学",
        "8領域",
        "25ヘクタール",
        "4割",
        "第12回",
        "各3名",
    ] {
        assert_eq!(parts(&format!("を{whole}を")), format!("を|{whole}|を"));
    }
    assert_eq!(
        parts("240.0 million USD of 20 cm on 12 March 2026"),
        "240.0 million USD |of |20 cm |on |12 March |2026"
    );
    // Without a figure behind them these are letters like others.
    for plain in ["契約する", "予約する", "次第に", "落第する", "元来は", "一般に", "数値は", "万全に"]
    {
        let singles: Vec<String> = plain.chars().map(String::from).collect();
        assert_eq!(parts(plain), singles.join("|"));
    }
}

#[test]
fn a_line_break_of_the_author_is_forced_and_an_empty_text_has_only_its_end() {
    assert_eq!(opportunities("あ\nい").first(), Some(&Opportunity { at: 4, end: End::Forced }));
    assert_eq!(*opportunities(""), [Opportunity { at: 0, end: End::Free(0.0) }]);
}

#[test]
fn english_words_are_hyphenated_and_names_signs_and_addresses_are_not() {
    assert_eq!(parts("operating requests"), "op-|er-|at-|ing |re-|quests");
    for whole in ["table", "gaisan_build", "IoT", "QUANTUM", "a2b3cdefg", "office@example"] {
        assert_eq!(parts(whole), whole);
    }
    assert!(!parts("https://example.jp/operating").contains('-'));
    // In Japanese text, English words are names.
    assert_eq!(parts("量子operating"), "量|子|operating");
}

#[test]
fn words_of_katakana_and_pairs_of_kanji_stay_whole_where_there_is_room() {
    for (text, measure, wanted) in [
        (
            "アジア太平洋数理融合イノベーションプラットフォーム",
            15,
            vec!["アジア太平洋数理融合", "イノベーションプラットフォーム"],
        ),
        ("マテリアルDXプラットフォーム", 10, vec!["マテリアルDX", "プラットフォーム"]),
        ("光量子フラッグシッププログラム", 12, vec!["光量子フラッグシップ", "プログラム"]),
        ("国立研究開発法人", 6, vec!["国立研究", "開発法人"]),
        ("経済安全保障重要技術育成", 8, vec!["経済安全保障", "重要技術育成"]),
        ("研究者の育成を支援する", 7, vec!["研究者の育成を", "支援する"]),
        ("6月18日閣議決定事項", 6, vec!["6月18日", "閣議決定事項"]),
        ("節約規約を見直す", 7, vec!["節約規約を", "見直す"]),
        ("『「二重」括弧』だ", 7, vec!["『「二重」", "括弧』だ"]),
    ] {
        assert_eq!(lines(text, measure, Manner::Whole), wanted);
    }
}

#[test]
fn no_paragraph_ends_in_a_line_of_three_letters_or_fewer() {
    let text = "量子技術の研究開発を推進し社会実装を加速するため次世代の計算機と通信を支える基盤を全国の大学と研究機関に整える";
    let letters: Vec<char> = text.chars().cycle().take(400).collect();
    for count in 40..400 {
        let text: String = letters[..count].iter().collect();
        for manner in [Manner::Justified, Manner::Ragged, Manner::Whole] {
            let lines = lines(&text, 20, manner);
            let last = lines.last().map_or(0, |line| line.chars().count());
            assert!(last >= 4, "{count} {manner:?}: {lines:?}");
            assert_eq!(lines.len(), count.div_ceil(20), "no line more than need be: {lines:?}");
        }
    }
}

#[test]
fn a_narrow_column_parts_words_with_a_hyphen_and_no_figure() {
    let parted = |text: &str, measure: f64| {
        let letters: Vec<(usize, char, f64)> =
            text.char_indices().map(|(at, c)| (at, c, crate::script::columns(c) as f64)).collect();
        let mut parts = String::new();
        let mut from = 0;
        for parting in emergency::parted(text, &letters, Narrow { measure, hyphen: 1.0, smallest: 0.5 }) {
            let at = letters[parting.place].0;
            parts.push_str(&text[from..at]);
            parts.push_str(if parting.hyphen { "-|" } else { "|" });
            from = at;
        }
        parts + &text[from..]
    };
    assert_eq!(parted("Headquarters", 8.0), "Head-|quar-|ters");
    assert_eq!(parted("strengths", 6.0), "st-|r-|e-|n-|g-|t-|hs");
    assert_eq!(parted("research_data_id", 10.0), "research_|data_|id");
    assert_eq!(parted("1,234,567円", 10.0), "1,234,567|円");
    assert_eq!(parted("1,234,567", 6.0), "1,234,567");
    assert_eq!(parted("1,234,567", 4.0), "1,|234,|567");
    assert_eq!(parted("ティッシュー", 8.0), "テ|ィッシ|ュー");
    assert_eq!(parted("「「「「」」」」", 8.0), "「|「|「|「|」|」|」|」");
    assert_eq!(parted("第12,345号", 8.0), "第12,345|号");
}

#[test]
fn a_ragged_edge_of_japanese_is_no_more_than_two_letters_deep() {
    let text = "量子技術の研究開発を推進し社会実装を加速するため次世代の計算機と通信を支える基盤を全国の大学と研究機関に整え人材の育成を強化する";
    for measure in 16..48 {
        let lines = lines(text, measure, Manner::Ragged);
        assert_eq!(lines.len(), text.chars().count().div_ceil(measure), "{lines:?}");
        for line in &lines[..lines.len() - 1] {
            assert!(
                line.chars().count() + 2 >= measure || line.ends_with(['し', 'を']),
                "{measure}: {lines:?}"
            );
        }
    }
}
