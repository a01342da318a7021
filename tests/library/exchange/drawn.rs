//! Lines with amounts, notes and parts of every kind, drawn at random, as YAML has them.

use proptest::prelude::*;

/// A line that is drawn: its amounts by their places in the lists below, and its parts.
#[derive(Clone, Debug)]
pub(crate) struct Drawn {
    title: usize,
    requested: usize,
    prior: usize,
    further: usize,
    note: usize,
    is_complete: bool,
    pub(crate) children: Vec<Drawn>,
}

const TITLES: [&str; 14] = [
    "観測網の整備",
    "小計",
    "合計",
    "うち研修事業",
    "１．沿岸",
    "（１）潮位観測所",
    "=SUM(A1:A9)",
    "-5",
    "+事項",
    "\"it's: quoted\"",
    "【一般会計】",
    "令和8年度 要求額",
    "Early Warning & <Alerts>",
    "計",
];
pub(super) const AMOUNTS: [&str; 21] = [
    "4,592",
    "0",
    "-154",
    "△12.5",
    "831億円",
    "1兆2,345億円",
    "3億5千万円",
    "12,345円",
    "0.25",
    "事項要求",
    "60億円+事項要求",
    "4,592百万円の内数",
    "新規",
    "終了",
    "\"-\"",
    "未定",
    "記載なし",
    "１，２３４",
    "7.50",
    "123,456,789,012,345,678円",
    "",
];
const FURTHER: [&str; 9] = [
    "",
    "enacted: 1,200",
    "supplementary: △3.5",
    "enacted: 831億円\nsupplementary: 0",
    "accounts:\n  - {name: 一般会計, requested: \"1,000\", prior: 新規}\n  - {name: 復興特会, requested: 事項要求, prior: 0}",
    "instruments: [{name: 委託費, requested: \"4,592\"}]",
    "number: （１）\nabbreviation: Q-LEAP\nstatus: 継続",
    "title_en: \"Ocean: Research\"\noperator: 海洋研究開発機構",
    "period: {from: R3, to: R8, years: 6}",
];
const NOTES: [&str; 9] = [
    "",
    "notes:\n  - {kind: estimate, of: NIMS運営費交付金, scope: 継続分のみ}",
    "notes:\n  - {kind: recount, share: part, of: l-1}",
    "notes:\n  - {kind: within, of: 大学の運営費}",
    "notes:\n  - {kind: joint, with: [内閣府, 経産省]}\n  - {kind: remark, text: 推進枠}",
    "notes:\n  - {kind: in_addition, text: このほか船舶, amount: 12億円}",
    "notes:\n  - {kind: remark, text: \"=1+1、\\\"引用\\\"\"}",
    "notes:\n  - kind: part\n    of: 大きな事業",
    "notes:\n  - {kind: includes_estimate}",
];

pub(super) const GROUPS: [&str; 4] =
    ["", "  group: 研究開発局\n", "  group: [研究開発局, '計']\n", "  group: [総務局]\n"];

pub(crate) fn drawn() -> impl Strategy<Value = Drawn> {
    let parts = (
        0..TITLES.len(),
        0..AMOUNTS.len() + 3,
        0..AMOUNTS.len() + 3,
        0..FURTHER.len(),
        0..NOTES.len(),
        any::<bool>(),
    );
    let of = |(title, requested, prior, further, note, is_complete), children| Drawn {
        title,
        requested,
        prior,
        further,
        note,
        is_complete,
        children,
    };
    let leaf = parts.clone().prop_map(move |drawn| of(drawn, Vec::new()));
    leaf.prop_recursive(3, 14, 4, move |inner| {
        (parts.clone(), prop::collection::vec(inner, 0..4))
            .prop_map(move |(drawn, children)| of(drawn, children))
    })
}

pub(super) fn amounts(key: &str, drawn: usize) -> String {
    match AMOUNTS.get(drawn) {
        Some(&"") => String::new(),
        Some(text) => format!("{key}: {text}\n"),
        None if key == "requested" => match drawn - AMOUNTS.len() {
            0 => "requested: {amount: \"5,200\", request: \"4,000\", wish: \"1,200\"}\n".to_owned(),
            1 => "requested:\n  request: 10.5\n  wish: 事項要求\n".to_owned(),
            _ => "requested: {request: 7, wish: 3}\n".to_owned(),
        },
        None => match drawn - AMOUNTS.len() {
            0 => "prior: {amount: 490, basis: combined, with: [海底試料の分析]}\n".to_owned(),
            1 => "prior: {amount: \"1,490\", basis: revised}\n".to_owned(),
            _ => "prior: {amount: 12, basis: requested}\n".to_owned(),
        },
    }
}

/// The keys of a line, each with its lines, but for its parts.
pub(crate) fn keys(drawn: &Drawn, count: &mut usize) -> Vec<String> {
    *count += 1;
    let id = format!("id: l-{count}\n");
    let mut keys = vec![id, format!("title: {}\n", title(drawn.title))];
    keys.extend([amounts("requested", drawn.requested), amounts("prior", drawn.prior)]);
    // A key begins where a line is not set in.
    for line in [FURTHER[drawn.further], NOTES[drawn.note]].iter().flat_map(|text| text.lines()) {
        if !line.starts_with(' ') {
            keys.push(String::new());
        }
        keys.last_mut().unwrap().extend([line, "\n"]);
    }
    keys.retain(|key| !key.is_empty());
    if !drawn.children.is_empty() {
        let breakdown = if drawn.is_complete { "complete" } else { "一部" };
        keys.push(format!("breakdown: {breakdown}\n"));
    }
    keys
}

pub(super) fn yaml(drawn: &Drawn, indent: usize, count: &mut usize) -> String {
    let mut text = keys(drawn, count).concat();
    if !drawn.children.is_empty() {
        text += "children:\n";
        text += &drawn.children.iter().map(|child| yaml(child, 2, count)).collect::<String>();
    }
    let margin = " ".repeat(indent);
    let lines = text.lines().enumerate();
    let lines = lines.map(|(at, line)| format!("{margin}{} {line}\n", if at == 0 { "-" } else { " " }));
    lines.collect()
}

/// A title as YAML has it.
fn title(at: usize) -> String {
    let title = TITLES[at];
    if title.starts_with('"') { title.to_owned() } else { format!("'{title}'") }
}
