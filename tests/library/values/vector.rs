//! SVG files as areas, hostile ones too.

use gaisan::vector::*;

fn read(content: &str) -> Result<Vector, VectorError> {
    let head = "<svg xmlns='http://www.w3.org/2000/svg' width='100' height='50'>";
    Vector::read(format!("{head}{content}</svg>").as_bytes())
}

#[test]
fn shapes_become_areas_and_strokes_do_too() {
    let vector = read(
        "<g transform='translate(10 5) scale(2)'><rect width='10' height='5' fill='#123456'/></g>\
         <path d='M0 0L100 0' fill='none' stroke='red' stroke-width='4' stroke-dasharray='10'/>\
         <circle cx='50' cy='25' r='5' fill='none'/><path d='M1 1Q2 2 3 1Z' fill='none' stroke='none'/>",
    );
    let areas = vector.map(|vector| vector.areas).unwrap_or_default();
    assert_eq!(areas.len(), 2, "{areas:?}");
    let corners = [
        Step::Move((10.0, 5.0)),
        Step::Line((30.0, 5.0)),
        Step::Line((30.0, 15.0)),
        Step::Line((10.0, 15.0)),
        Step::Close,
    ];
    let first = areas.first();
    assert!(first.is_some_and(|area| area.color == [0x12, 0x34, 0x56]));
    assert!(first.is_some_and(|area| area.outline.steps == corners));
    let dashes = areas.get(1).map(|area| {
        let steps = area.outline.steps.iter();
        steps.filter(|step| matches!(step, Step::Move(_))).count()
    });
    assert_eq!(dashes, Some(5));
}

#[test]
fn what_cannot_be_drawn_exactly_is_refused() {
    let gradient = "<linearGradient id='g'><stop stop-color='red'/><stop offset='1' stop-color='blue'/></linearGradient>\
                    <rect width='9' height='9' fill='url(#g)'/>";
    for (content, expected) in [
        ("<text x='1' y='9'>量子</text>", VectorError::Text),
        (gradient, VectorError::Gradient),
        ("<rect width='9' height='9' opacity='.5'/>", VectorError::Transparency),
        ("<rect width='9' height='9' fill-opacity='.5'/>", VectorError::Transparency),
        ("<image href='a.png' width='9' height='9'/>", VectorError::Picture),
        ("<foreignObject/>", VectorError::Picture),
        (
            "<filter id='f'><feGaussianBlur stdDeviation='2'/></filter><rect width='9' height='9' filter='url(#f)'/>",
            VectorError::Effect,
        ),
        (
            "<clipPath id='c'><rect width='2' height='2'/><rect x='5' width='2' height='2'/></clipPath><rect width='9' height='9' clip-path='url(#c)'/>",
            VectorError::Clip,
        ),
        ("", VectorError::Empty),
        (
            "<rect width='9' height='9'><animate attributeName='width' to='99' dur='1s'/></rect>",
            VectorError::Moving,
        ),
        (
            "<rect width='9' height='9'><set attributeName='fill' to='red' begin='1s'/></rect>",
            VectorError::Moving,
        ),
        ("<style>@media print{rect{fill:red}}</style><rect width='9' height='9'/>", VectorError::Moving),
    ] {
        assert_eq!(read(content).err(), Some(expected), "{content}");
    }
    assert_eq!(
        Vector::read(&vec![b' '; 2_000_001]).err(),
        Some(VectorError::Large("more than 2 MB, entities filled in"))
    );
    let deep = "<g>".repeat(5_000) + &"</g>".repeat(5_000);
    assert!(read(&deep).is_err());
    let thin = b"<svg xmlns='http://www.w3.org/2000/svg' width='0.00000011' height='50'><rect width='100' height='50'/></svg>";
    assert_eq!(Vector::read(thin).err(), Some(VectorError::Empty));
    for bytes in [&b"<svg"[..], b"\xff\xfe", b"<html/>", b"<svg xmlns='http://www.w3.org/2000/svg'/>"] {
        assert!(Vector::read(bytes).is_err());
    }
}

/// What measures by no number would be left out without a word, and a picture without a size would be given another one.
#[test]
fn what_measures_by_no_number_is_refused() {
    let sized = |size: &str| {
        let picture = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' {size}><path d='M0 0L10 0L10 10Z' fill='red'/></svg>"
        );
        Vector::read(picture.as_bytes())
    };
    for size in [
        "viewBox='0 0 0 10'",
        "viewBox='0 0 10 0'",
        "viewBox='0 0 -5 10'",
        "viewBox='0 0 NaN 10'",
        "viewBox='NaN NaN 10 10'",
        "viewBox='0 0 inf 10'",
        "viewBox='0 0 10'",
        "viewBox='0 0 10 10 10'",
        "viewBox='a b c d'",
        "viewBox=''",
        "width='10' height='10' viewBox='0 0 -0.0 1'",
        "width='0' height='10' viewBox='0 0 10 10'",
        "width='-1px' height='10'",
        "width='NaN' height='10'",
        "width='infinity' height='10'",
        "width='undefined' height='10'",
    ] {
        assert_eq!(sized(size).err(), Some(VectorError::Measure), "{size}");
    }
    for size in [
        "viewBox='0 0 10 10'",
        "viewBox='-1.5,+2 1e1 .5'",
        "width='4cm' height='1e1px'",
        "width='100%' height='auto' viewBox='0,0,10,10'",
        "width=' 10 ' height='10pt'",
    ] {
        assert!(sized(size).is_ok(), "{size}: {:?}", sized(size).err());
    }
    for content in [
        "<path d='M0 0L10 0LNaN 10L9 9Z'/>",
        "<polygon points='0,0 10,undefined 10,10'/>",
        "<rect width='NaN' height='9'/>",
        "<rect x='Infinity' width='9' height='9'/>",
        "<circle cx='5' cy='5' r='none'/>",
        "<symbol id='s' viewBox='0 0 0 0'><rect width='9' height='9'/></symbol><use href='#s'/>",
    ] {
        let content = format!("<rect width='9' height='9'/>{content}");
        assert_eq!(read(&content).err(), Some(VectorError::Measure), "{content}");
    }
    assert!(
        read("<rect width='9' height='9' x='1em' rx='auto'/><path d='m0,0h9v9-9zA1 1 0 01 2,2'/>").is_ok()
    );
}

#[test]
fn no_picture_is_worked_on_without_end() {
    let many = |text: &str, times| text.repeat(times);
    let bomb: String = (1..20)
        .map(|n| format!("<g id='u{n}'>{}</g>", many(&format!("<use href='#u{}'/>", n - 1), 10)))
        .collect();
    let chain: String = (1..3000).map(|n| format!("<g id='u{n}'><use href='#u{}'/></g>", n - 1)).collect();
    let large = VectorError::Large("");
    let line = "fill='none' stroke='red'";
    let waves: String = (0..30_000).map(|n| format!("Q{n} 9 {n} {}", n % 7)).collect();
    let names = |many| (0..many).map(|n| format!("p{n}:1;")).collect::<String>();
    let same =
        |one: &VectorError, other: &VectorError| std::mem::discriminant(one) == std::mem::discriminant(other);
    let rules: String = (0..40_000).map(|n| format!(".a{n}{{fill:red}}")).collect();
    for (content, expected) in [
        ("<path d='M0 0A3e38 2 3 0 1 9 9' stroke='red'/>".to_owned(), VectorError::Far),
        (
            format!("<path d='M0 0L9 9A340282366920938463463374607431768211456 2 3 0 1 9 9' {line}/>"),
            VectorError::Far,
        ),
        ("<rect width='9' height='1e7'/>".to_owned(), VectorError::Far),
        ("<rect width='9' height='9' style='stroke-width:.3e9'/>".to_owned(), VectorError::Far),
        ("<style>rect{stroke-width:1e30}</style><rect width='9' height='9'/>".to_owned(), VectorError::Far),
        ("<g transform='scale(9e37)'><rect width='9' height='9'/></g>".to_owned(), VectorError::Far),
        (
            many("<g transform='scale(1000)'>", 9) + "<rect width='9' height='9'/>" + &many("</g>", 9),
            VectorError::Far,
        ),
        ("<svg viewBox='0 0 1e-9 1e-9'><rect width='9' height='9'/></svg>".to_owned(), VectorError::Far),
        (format!("<path d='M0 0L90000 9' {line} stroke-dasharray='1e-9'/>"), large.clone()),
        (format!("<path d='M0 0L90000 9' {line} stroke-dasharray='.1 .1'/>"), large.clone()),
        (format!("<path d='M0 0{waves}' {line} stroke-dasharray='9'/>"), large.clone()),
        (format!("<path d='M0 0{}' {line}/>", many("L1 1 9 9", 60_000)), large.clone()),
        (format!("<defs><rect id='u0' width='9' height='9'/>{bomb}</defs><use href='#u19'/>"), large.clone()),
        (
            format!("<defs><rect id='u0' width='9' height='9'/>{chain}</defs><use href='#u2999'/>"),
            large.clone(),
        ),
        (
            format!(
                "<marker id='m'>{}</marker><path marker-mid='url(#m)' d='M0 0{}'/>",
                many("<rect width='1' height='1'/>", 1000),
                many("L1 2", 1000)
            ),
            large.clone(),
        ),
        (
            format!("<style>{rules}</style>{}", many("<rect class='a1' width='1' height='1'/>", 500)),
            large.clone(),
        ),
        (many("<g>", 280_000), large.clone()),
        (many("<g>", 100_000) + &many("</g>", 100_000), large.clone()),
        (format!("<rect {}/>", (0..90_000).map(|n| format!("a{n}='' ")).collect::<String>()), large.clone()),
        (many("<rect width='1' height='1'/>", 70_000), large.clone()),
        // Styles, which are read and applied in the square of their length.
        (format!("<rect width='9' height='9' style='{}'/>", many("x:y;", 40_000)), large.clone()),
        (format!("<rect width='9' height='9' style='{}'/>", many("/**/", 40_000)), large.clone()),
        (
            format!("<style>rect{{{}}}</style><rect width='9' height='9'/>", many("x:y;", 100_000)),
            large.clone(),
        ),
        (format!("<style>{}</style><rect width='9' height='9'/>", many("c{x:y}", 40_000)), large.clone()),
        (format!("<style>*{{{}}}</style>{}", names(80), many("<g/>", 90_000)), large.clone()),
    ] {
        let shown: String = content.chars().take(90).collect();
        let error = read(&content).err();
        assert!(
            error
                .as_ref()
                .is_some_and(|error| same(error, &expected) || matches!(error, VectorError::Broken(_))),
            "{shown}: {error:?}"
        );
    }
    // What a drawing program writes stays possible.
    let fine = "<rect id='rect1e9' width='9' height='9' style='fill:#1e9999;stroke-width:1.00000001;stroke:#999e99'/>\
                <path d='M1.5.5e-3L100000 0 5e2-1 9 9' fill='red'/>";
    assert_eq!(read(fine).err(), None);
    let classes: String = (0..600).map(|n| format!(".cls-{n}{{fill:#abc;stroke:none}}\n")).collect();
    let drawn: String =
        (0..5_000).map(|n| format!("<rect class='cls-{}' width='9' height='9'/>", n % 600)).collect();
    assert_eq!(read(&format!("<style>{classes}</style>{drawn}")).err(), None);
}

#[test]
fn nothing_but_areas_goes_on() {
    let vector = read(
        "<script>alert(1)</script><a href='https://example.jp/'><rect onclick='x()' width='9' height='9' style='fill:#abc'/></a>\
         <clipPath id='c'><circle cx='5' cy='5' r='5'/></clipPath><rect width='9' height='9' clip-path='url(#c)'/>",
    );
    let svg = vector.as_ref().map(Vector::svg).unwrap_or_default();
    for word in ["script", "alert", "onclick", "href", "style"] {
        assert!(!svg.contains(word), "{svg}");
    }
    // What we write we read again as the same picture.
    let again = Vector::read(svg.as_bytes());
    assert_eq!(again.map(|again| again.svg()), Ok(svg));
}
