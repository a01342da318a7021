//! What must hold for every figure: all of it on the canvas, and no text on another.

mod inks;

pub(crate) use inks::contrast;

use proptest::prelude::*;

use super::label::extent;
use super::shape::CANVAS;
use super::*;

fn check(drawing: &Drawing) -> Result<(), TestCaseError> {
    // A line may be wider than its room by a hundredth of its size.
    const SLACK: f64 = 0.1;
    let inside = |x: f64, y: f64| {
        x >= -SLACK && y >= -SLACK && x <= drawing.width + SLACK && y <= drawing.height + SLACK
    };
    for shape in &drawing.shapes {
        let corners = match shape {
            Shape::Rect { x, y, w, h, .. } => vec![(*x, *y), (x + w, y + h)],
            Shape::Line { points, .. } | Shape::Polygon { points, .. } => points.clone(),
            Shape::Text { .. } => {
                let (left, top, right, bottom) = extent(shape).unwrap_or_default();
                vec![(left, top), (right, bottom)]
            }
        };
        for (x, y) in corners {
            prop_assert!(inside(x, y), "{shape:?} leaves {} by {}", drawing.width, drawing.height);
        }
    }
    let texts: Vec<_> = drawing.shapes.iter().filter_map(|shape| Some((extent(shape)?, shape))).collect();
    for (index, (one, first)) in texts.iter().enumerate() {
        for (other, second) in &texts[index + 1..] {
            let apart = one.2 <= other.0 + SLACK
                || other.2 <= one.0 + SLACK
                || one.3 <= other.1 + SLACK
                || other.3 <= one.1 + SLACK;
            prop_assert!(apart, "{first:?} lies on {second:?}");
        }
    }
    Ok(())
}

fn name() -> impl Strategy<Value = String> {
    "[一-龠ァ-ンa-zA-Z0-9・（） ]{0,30}"
}

fn amount() -> impl Strategy<Value = Bar> {
    let value =
        prop_oneof![Just(None), any::<i64>().prop_map(|it| Some(i128::from(it))), Just(Some(i128::MAX))];
    (value, "[0-9,]{1,9}|新規|事項要求|(前年度予算額は推計を含む){3}")
        .prop_map(|(value, text)| Bar { value, text })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn bars_stay_on_the_canvas_and_apart(
        unit in name(),
        series in prop::collection::vec(name(), 1..4),
        groups in prop::collection::vec((name(), prop::collection::vec(amount(), 1..4)), 0..41),
    ) {
        let groups = groups.into_iter().enumerate();
        let groups = groups.map(|(at, (label, bars))| BarGroup { label, whole: at == 0, bars }).collect();
        let bars = Bars { unit, groups, series };
        for (lang, width) in [(Lang::Ja, CANVAS), (Lang::En, CANVAS), (Lang::Ja, PHONE)] {
            check(&bars::draw(&bars, lang, width))?;
        }
    }

    #[test]
    fn columns_stay_on_the_canvas_and_apart(
        unit in name(),
        names in prop::array::uniform5(name()),
        years in prop::collection::vec(("[0-9年度令和]{1,8}", any::<bool>(), prop::array::uniform5(prop::option::of(amount()))), 0..9),
    ) {
        let years = years
            .into_iter()
            .map(|(label, own, amounts)| ColumnYear { label, own, amounts })
            .collect();
        let chart = ColumnChart { unit, names, years };
        for width in [CANVAS, 240.0, PHONE] {
            check(&columns::draw(&chart, Lang::Ja, width))?;
        }
    }

    #[test]
    fn waterfalls_stay_on_the_canvas_and_apart(
        unit in name(),
        total in any::<i64>(),
        changes in prop::collection::vec((name(), name(), "[△＋0-9,]{1,12}", any::<i64>()), 0..12),
    ) {
        let step = |kind, (label, detail, text, value): (String, String, String, i64)| Step {
            kind,
            label,
            detail,
            text,
            value: i128::from(value),
        };
        let sum = changes.iter().map(|(.., value)| i128::from(*value)).sum::<i128>() + i128::from(total);
        let mut steps = vec![step(StepKind::Old, ("前年度".to_owned(), String::new(), "1,000".to_owned(), total))];
        steps.extend(changes.into_iter().map(|change| step(StepKind::Change, change)));
        steps.push(Step { value: sum, ..step(StepKind::New, ("本年度".to_owned(), String::new(), "1,000".to_owned(), 0)) });
        let waterfall = Waterfall { unit, steps };
        for width in [CANVAS, PHONE] {
            let drawing = waterfall::draw(&waterfall, Lang::Ja, width);
            check(&drawing)?;
            let texts: Vec<_> = drawing.shapes.iter().filter_map(extent).collect();
            for shape in &drawing.shapes {
                let Shape::Line { points, .. } = shape else { continue };
                for (left, top, right, bottom) in &texts {
                    let crosses = *left < points[0].0 && points[0].0 < *right && points[0].1 < *bottom && *top < points[1].1;
                    prop_assert!(!crosses, "{shape:?} runs through {:?}", (left, top, right, bottom));
                }
            }
        }
    }

    #[test]
    fn shares_stay_on_the_canvas_and_apart(
        whole in name(),
        parts in prop::collection::vec((name(), "[0-9]{1,2}%", 0u32..600_000), 0..12),
    ) {
        let parts = parts.into_iter().map(|(label, text, millionths)| Share { label, text, millionths });
        let parts: Vec<Share> = parts.collect();
        for width in [CANVAS, PHONE] {
            check(&shares::draw(&Shares { whole: whole.clone(), parts: parts.clone(), note: String::new() }, width))?;
        }
    }

    #[test]
    fn flows_stay_on_the_canvas_and_apart(
        nodes in prop::collection::vec((name(), prop::option::of(name())), 0..13),
        edges in prop::collection::vec((0usize..13, 0usize..13, name(), prop::option::of(name())), 0..16),
    ) {
        let nodes = nodes.into_iter().map(|(label, detail)| FlowNode { label, detail }).collect();
        let edges = edges
            .into_iter()
            .map(|(from, to, instrument, detail)| FlowEdge { from, to, instrument, detail })
            .collect();
        check(&flow::draw(&Flow { nodes, edges }, CANVAS))?;
    }
}

#[test]
fn a_figure_as_a_file_carries_its_own_colors_and_escapes_its_text() {
    let share = Share { label: "<量子> & \"光\"".to_owned(), text: "20%".to_owned(), millionths: 200_000 };
    let figure =
        Figure::Shares(Shares { whole: "全体".to_owned(), parts: vec![share], note: String::new() });
    let Some(drawing) = draw(&figure, Lang::Ja) else { unreachable!() };
    insta::assert_snapshot!(svg(&drawing, "割合 \"<20%>\"", "shares"));
}

#[test]
fn every_stage_of_a_year_is_drawn_so_that_it_is_told_apart_without_color() {
    let amounts =
        [100, 90, 80, 20, 95].map(|value| Some(Bar { value: Some(value), text: value.to_string() }));
    let years = vec![ColumnYear { label: "令和5年度".to_owned(), own: true, amounts }];
    let names = ["要求額", "政府案", "当初予算額", "補正予算額", "決算額"].map(str::to_owned);
    let drawing = columns::draw(&ColumnChart { unit: String::new(), names, years }, Lang::Ja, CANVAS);
    let gray = |ink: Ink| ink.light().into_iter().map(u32::from).sum::<u32>() / 3;
    let mut looks: Vec<(u32, usize, usize)> = Vec::new();
    for shape in &drawing.shapes {
        match shape {
            Shape::Rect { fill: Some(fill), h, .. } if *h > 7.5 => looks.push((gray(*fill), 0, 0)),
            Shape::Line { points, .. }
                if points.len() == 2 && points[0].0 < CANVAS && points[1].0 < CANVAS =>
            {
                if let Some((_, across, upright)) = looks.last_mut() {
                    *across += usize::from(points[0].1 == points[1].1);
                    *upright += usize::from(points[0].0 == points[1].0);
                }
            }
            _ => {}
        }
    }
    assert_eq!(looks.len(), 5, "{looks:?}");
    for (at, one) in looks.iter().enumerate() {
        for other in looks.iter().skip(at + 1) {
            let is_lined = |look: &(u32, usize, usize)| (look.1 > 0, look.2 > 0);
            let differ = is_lined(one) != is_lined(other) || one.0.abs_diff(other.0) > 40;
            assert!(differ, "{one:?} {other:?}");
        }
    }
}

#[test]
fn no_figure_is_broken_in_a_narrow_chart_and_lettering_on_a_phone_is_legible() {
    let bar = |value: i128, text: &str| Bar { value: Some(value), text: text.to_owned() };
    let year = |at: i128| ColumnYear {
        label: format!("令和{at}年度"),
        own: at == 6,
        amounts: [
            Some(bar(3249 + at, "3,077.187")),
            None,
            Some(bar(3249, "123,456,789,012")),
            Some(bar(at, "1,361.124")),
            None,
        ],
    };
    let names = ["要求・要望額", "政府案", "当初予算額", "補正予算額", "決算額"].map(str::to_owned);
    let columns = Figure::Columns(ColumnChart {
        unit: "単位：百万円".to_owned(),
        names,
        years: (3..7).map(year).collect(),
    });
    let step = |kind, text: &str| Step {
        kind,
        label: "前年度".to_owned(),
        detail: "とても長い名前の事業".to_owned(),
        text: text.to_owned(),
        value: 100,
    };
    let steps = vec![step(StepKind::Old, "123,456,789,012"), step(StepKind::New, "△1,361.124")];
    let waterfall = Figure::Waterfall(Waterfall { unit: String::new(), steps });
    for (figure, figures) in [
        (&columns, &["3,077.187", "123,456,789,012", "1,361.124"][..]),
        (&waterfall, &["123,456,789,012", "△1,361.124"]),
    ] {
        for width in [CANVAS, 240.0, PHONE] {
            let shapes = draw_within(figure, Lang::Ja, width).map(|it| it.shapes).unwrap_or_default();
            for wanted in figures {
                let is_whole = |it: &Shape| matches!(it, Shape::Text { text, .. } if text == wanted);
                assert!(shapes.iter().any(is_whole), "{wanted} in {width}");
            }
            let least = if width > PHONE { 6.0 } else { 8.0 };
            assert!(
                shapes.iter().all(|it| !matches!(it, Shape::Text { size, .. } if *size < least)),
                "{width}"
            );
        }
    }
}

#[test]
fn names_of_shares_hang_below_a_bar_as_wide_as_its_column_and_no_word_is_broken() {
    let names = [
        ("Headquarters and subsidiaries", 600_000),
        ("Intergovernmental", 305_000),
        ("Telecommunications", 95_000),
    ];
    let part = |(label, millionths): (&str, u32)| Share {
        label: label.to_owned(),
        text: format!("{}%", f64::from(millionths) / 10_000.0),
        millionths,
    };
    let figure =
        Figure::Shares(Shares { whole: String::new(), parts: names.map(part).into(), note: String::new() });
    for width in [PHONE, 250.0, CANVAS] {
        let shapes = draw_within(&figure, Lang::En, width).map(|it| it.shapes).unwrap_or_default();
        let end =
            shapes.iter().filter_map(|it| if let Shape::Rect { x, w, .. } = it { Some(x + w) } else { None });
        assert!(width < 200.0 || end.fold(0.0, f64::max) > width - 2.0, "{width}");
        assert!(
            shapes.iter().all(|it| !matches!(it, Shape::Text { text, .. } if text.ends_with('-'))),
            "{width}"
        );
    }
}

#[test]
fn of_very_many_groups_the_largest_are_drawn_beside_their_sum() {
    let bar = |value: i128| Bar { value: Some(value), text: value.to_string() };
    let group = |at: i128| BarGroup {
        label: format!("事業{at}"),
        whole: at == 0,
        bars: vec![bar(at), bar(at * 7 % 120)],
    };
    let (groups, others) = Bars::shown((0..120).map(group).collect());
    assert!(groups.len() == 12 && groups[0].whole && groups[11].label == "事業119", "{groups:?}");
    assert!(others.len() == 108 && others[0] == 1 && others.is_sorted(), "{others:?}");
    assert!(Bars::shown((0..14).map(group).collect()).1.is_empty());
    let bars = Bars { unit: String::new(), groups, series: vec!["前年度".into(), "要求額".into()] };
    let drawing = bars::draw(&bars, Lang::Ja, CANVAS);
    let smallest = drawing
        .shapes
        .iter()
        .filter_map(|it| if let Shape::Text { size, .. } = it { Some(*size) } else { None });
    assert!(smallest.fold(f64::INFINITY, f64::min) >= 6.0 && drawing.height < 700.0, "{}", drawing.height);
}

#[test]
fn no_line_runs_through_the_names_above_bars() {
    let group = |label: &str, value: i128| BarGroup {
        label: label.to_owned(),
        bars: vec![Bar { value: Some(value), text: value.to_string() }],
        ..BarGroup::default()
    };
    let groups =
        vec![group("とても長い名前の事業に必要な経費", 50), group("減った事業のとても長い名前", -70)];
    let bars =
        Figure::Bars(Bars { unit: "単位：円".to_owned(), groups, series: vec!["増減額".to_owned()] });
    let shapes = draw_within(&bars, Lang::Ja, 260.0).map(|drawing| drawing.shapes).unwrap_or_default();
    let lines = shapes.iter().filter_map(|shape| match shape {
        Shape::Line { points, .. } => Some((points[0], points[1])),
        _ => None,
    });
    for ((x, from), (_, to)) in lines.clone() {
        for (left, top, right, bottom) in shapes.iter().filter_map(extent) {
            assert!(
                x <= left || x >= right || to <= top || from >= bottom,
                "a line at {x} from {from} to {to}"
            );
        }
    }
    assert_eq!(lines.count(), 2);
}

#[test]
fn the_amount_of_a_bar_to_the_left_stands_at_its_left_end() {
    let bar = |value: i128| Bar { value: Some(value), text: format!("{value}百万円") };
    let group = |label: &str, values: [i128; 2]| BarGroup {
        label: label.to_owned(),
        bars: values.map(bar).to_vec(),
        ..BarGroup::default()
    };
    let groups = vec![group("岸壁", [50, 60]), group("返還", [40, -40])];
    let series = ["前年度", "本年度"].map(str::to_owned).to_vec();
    let bars = Bars { unit: "単位：百万円".to_owned(), groups, series };
    for canvas in [CANVAS, PHONE] {
        let drawing = bars::draw(&bars, Lang::Ja, canvas);
        let text = |wanted: &str| {
            let is_it = |shape: &&Shape| matches!(shape, Shape::Text { text, .. } if text == wanted);
            drawing.shapes.iter().find(is_it).and_then(extent).unwrap_or_default()
        };
        let bar = |shape: &Shape| match shape {
            Shape::Rect { x, w, .. } if *w > 20.0 => Some(*x),
            _ => None,
        };
        let lowest = drawing.shapes.iter().filter_map(bar).fold(f64::INFINITY, f64::min);
        let (left, _, right, _) = text("-40百万円");
        assert!(left >= 0.0 && right < lowest && right > lowest - 8.0, "{right} at {lowest}");
        assert!(text("60百万円").0 > lowest);
    }
}
