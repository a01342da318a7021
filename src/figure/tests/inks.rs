//! What must hold for what is seen of figures: inks that stand out, also on a copier; a mark an amount.

use super::*;
use crate::figure::legend;

/// How far two colors stand apart, from 1 to 21 (WCAG 2.2).
pub(crate) fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(color: [u8; 3]) -> f64 {
    let linear = color.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

/// How light a color is on a copier, from 0 to 100 (CIE L*).
fn lightness(color: [u8; 3]) -> f64 {
    116.0 * luminance(color).cbrt() - 16.0
}

#[test]
fn every_ink_stands_out_from_its_ground_on_paper_and_on_a_dark_screen() {
    for color in [Ink::light, Ink::dark] {
        let apart = |one: Ink, other: Ink| contrast(color(one), color(other));
        for ink in Ink::ALL.iter().copied() {
            let least = match ink {
                Ink::Paper => continue,
                // A ground: what is lettered on it is to be read, and an edge is drawn around it.
                Ink::AccentSoft => {
                    assert!(apart(Ink::Text, ink) >= 4.5 && apart(Ink::Muted, ink) >= 4.5, "on {ink:?}");
                    let edge = legend::edge(ink).map_or(1.0, |edge| apart(edge, Ink::Paper));
                    assert!(edge >= 3.0, "around {ink:?}");
                    continue;
                }
                Ink::Text | Ink::Muted | Ink::Accent => 4.5,
                Ink::Prior | Ink::Line => 3.0,
            };
            assert!(apart(ink, Ink::Paper) >= least, "{ink:?}: {}", apart(ink, Ink::Paper));
        }
        assert!(apart(Ink::Text, Ink::Prior) >= 4.5 && apart(Ink::Paper, Ink::Accent) >= 4.5);
        // Tones that lie beside each other differ by a fifth of the way from black to white.
        for (one, other) in
            [(Ink::Prior, Ink::Accent), (Ink::Prior, Ink::AccentSoft), (Ink::Accent, Ink::AccentSoft)]
        {
            let step = (lightness(color(one)) - lightness(color(other))).abs();
            assert!(step >= 20.0, "{one:?} beside {other:?}: {step}");
        }
    }
}

/// The areas that are filled with something else than paper, as their widths and heights.
fn areas(figure: &Figure) -> Vec<(f64, f64)> {
    let shapes = draw(figure, Lang::Ja).map(|drawing| drawing.shapes).unwrap_or_default();
    let area = |shape: Shape| match shape {
        Shape::Rect { w, h, fill: Some(fill), .. } if fill != Ink::Paper => Some((w, h)),
        _ => None,
    };
    shapes.into_iter().filter_map(area).collect()
}

#[test]
fn an_amount_is_drawn_so_that_it_is_seen_and_nothing_is_not_drawn() {
    let bar = |value: i128| Bar { value: Some(value), text: value.to_string() };
    let most = 10_i128.pow(15);
    for (value, drawn) in [(1, 1), (0, 0), (-1, 1)] {
        let group = |label: &str, value| BarGroup {
            label: label.to_owned(),
            bars: vec![bar(value)],
            ..BarGroup::default()
        };
        let series = vec!["要求額".to_owned()];
        let bars =
            Bars { unit: String::new(), groups: vec![group("大", most), group("小", value)], series };
        let year = |value: i128| ColumnYear {
            label: "令和5年度".to_owned(),
            own: false,
            amounts: [Some(bar(value)), None, None, None, None],
        };
        let names = ["要求額"; 5].map(str::to_owned);
        let columns = ColumnChart { unit: String::new(), names, years: vec![year(most), year(value)] };
        let step = |kind, value| Step {
            kind,
            label: String::new(),
            detail: String::new(),
            text: "1".to_owned(),
            value,
        };
        let steps =
            vec![step(StepKind::Old, most), step(StepKind::Change, value), step(StepKind::New, most + value)];
        let share = |millionths| Share { label: "甲".to_owned(), text: "1%".to_owned(), millionths };
        let parts = vec![share(999_999), share(u32::from(drawn == 1))];
        let shares = Shares { whole: String::new(), parts, note: String::new() };
        for (figure, others) in [
            // A legend shows what an area looks like.
            (Figure::Bars(bars), 2),
            (Figure::Columns(columns), 2),
            (Figure::Waterfall(Waterfall { unit: String::new(), steps }), 2),
            (Figure::Shares(shares), 1),
        ] {
            let areas = areas(&figure);
            assert_eq!(areas.len(), others + drawn, "{value}: {figure:?}");
            assert!(areas.iter().all(|(w, h)| *w >= 1.0 && *h >= 1.0), "{areas:?}");
        }
    }
}

#[test]
fn a_share_is_one_mark_with_its_name_inside_or_at_the_end_of_a_line_to_it() {
    let share = |label: &str, text: &str, millionths| Share {
        label: label.to_owned(),
        text: text.to_owned(),
        millionths,
    };
    let parts = vec![
        share("自動車", "60%", 600_000),
        share("鉄鋼", "39%", 390_000),
        share("その他の品目", "1%", 10_000),
    ];
    let figure = Figure::Shares(Shares { whole: "輸出総額".to_owned(), parts, note: String::new() });
    let shapes = draw(&figure, Lang::Ja).map(|drawing| drawing.shapes).unwrap_or_default();
    assert_eq!(areas(&figure).len(), 3);
    let lines: Vec<&Vec<Point>> = shapes
        .iter()
        .filter_map(|it| if let Shape::Line { points, .. } = it { Some(points) } else { None })
        .collect();
    let [line] = lines.as_slice() else { unreachable!("{lines:?}") };
    let at = shapes.iter().find_map(|shape| match shape {
        Shape::Text { x, y, text, .. } if text == "その他の品目 1%" => Some((*x, *y)),
        _ => None,
    });
    let (end, text) = (line[2], at.unwrap_or_default());
    assert!((text.0 - end.0).abs() < 8.0 && (text.1 - end.1).abs() < 8.0, "{line:?} {at:?}");
    // The bar is as long as one whose names all stand inside.
    let wide: f64 = areas(&figure).iter().map(|(wide, _)| wide).sum();
    assert!(wide > CANVAS - 4.0, "{wide}");
}

#[test]
fn the_sum_stands_apart_from_its_parts() {
    let group = |label: &str, whole, value: i128| BarGroup {
        label: label.to_owned(),
        whole,
        bars: vec![Bar { value: Some(value), text: value.to_string() }],
    };
    let tops = |whole| {
        let groups = vec![group("計", whole, 9), group("甲", false, 4), group("乙", false, 5)];
        let bars = Bars { unit: String::new(), groups, series: vec!["要求額".to_owned()] };
        let shapes = draw(&Figure::Bars(bars), Lang::Ja).map(|drawing| drawing.shapes).unwrap_or_default();
        let tops = shapes
            .iter()
            .filter_map(|it| if let Shape::Rect { y, w, .. } = it { Some((*y, *w)) } else { None });
        tops.filter(|(_, w)| *w > 9.0).map(|(y, _)| y).collect::<Vec<f64>>()
    };
    let (apart, level) = (tops(true), tops(false));
    let ([a, b, c], [d, e, f]) = (apart.as_slice(), level.as_slice()) else {
        unreachable!("{apart:?} {level:?}")
    };
    assert!(b - a > 1.2 * (e - d) && (c - b - (f - e)).abs() < 0.01, "{apart:?} {level:?}");
}
