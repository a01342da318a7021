//! Chapters in all ways to lay out a file, with comments and blank lines anywhere.

use std::fmt::Write as _;

/// Draws one choice after the other (SplitMix64).
struct Draw {
    state: u64,
}

impl Draw {
    fn below(&mut self, end: usize) -> usize {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % end as u64).unwrap()
    }

    fn one(&mut self, of: &[&str]) -> String {
        of[self.below(of.len())].to_owned()
    }

    /// What may stand between two entries, which are indented by so much.
    fn between(&mut self, indent: usize) -> String {
        let pad = " ".repeat(indent);
        let comments = ["# 注", "#\tタブ\tを含む", "# requested: 1", "#- id: p-1", "# 「"];
        let count = [0, 0, 1, 1, 2, 3][self.below(6)];
        (0..count).fold(String::new(), |mut text, _| {
            let deeper = self.one(&["", "", "  ", "    "]);
            let line = match self.below(3) {
                0 => self.one(&["", "  ", "", "      "]),
                _ => format!("{pad}{deeper}{}", self.one(&comments)),
            };
            text.push_str(&line);
            text.push('\n');
            text
        })
    }

    /// `key: …` in one of the ways to write a text, below `indent`.
    fn text(&mut self, indent: usize, key: &str, text: &str) -> String {
        let pad = " ".repeat(indent);
        let deep = " ".repeat(indent + 2);
        let other = self.one(&["次の行", "# 注ではない", "requested: 5", "- id: p-9", "programs:"]);
        let end = self.one(&["", "", "  # 右の注", " #\tタブ"]);
        match self.below(8) {
            0 => format!("{pad}{key}: \"{text}\n\n{deep}{other}\"{end}\n"),
            1 => format!("{pad}'{key}' : '{text}\n{deep}{other}'{end}\n"),
            2 => format!("{pad}{key}: |{end}\n{deep}{text}\n\n{deep}{other}\n"),
            3 => format!("{pad}{key}: |+\n{deep}{text}\n{deep}{other}\n\n\n"),
            4 => format!("{pad}{key}: >-{end}\n\n{deep}{text}\n{deep}  {other}\n"),
            5 => format!("{pad}{key}:{end}\n{deep}{text}\n{deep}続き{end}\n"),
            6 => format!("{pad}\"{key}\":\n{deep}|\n{deep}{text}\n"),
            _ => format!("{pad}{key}: {text}{end}\n"),
        }
    }

    /// A program as an entry of a list indented by so much, and its file where it has one.
    fn program(&mut self, indent: usize, number: usize) -> (String, Option<(String, String)>) {
        let pad = " ".repeat(indent);
        let (id, title) = (format!("p-{number}"), format!("事業{number}の題名"));
        let amounts = format!("requested: \"1,00{number}\"");
        match self.below(4) {
            0 => {
                let end = self.one(&["", "  # 右の注", "\n"]);
                let gap = self.one(&["", &format!("\n{pad}  "), &format!(" # 注\n\n{pad}    ")]);
                let entry = format!(
                    "{pad}- {{id: {id}, title: {title},{gap} {amounts}, prior: 新規, notes: {{kind: recount, of: p-1}}}}{end}\n"
                );
                (entry, None)
            }
            1 => {
                let name = format!("{id}.yaml");
                let body = self.text(0, "body", "本文");
                let file = format!(
                    "id: {id}\ntitle: {title}\n{amounts}\nprior: 新規\nnotes: [{{kind: within, of: p-1}}]\n{body}"
                );
                let entry = self.one(&[&name, &format!("\"{name}\""), &format!("./{name} # 注")]);
                (format!("{pad}- {entry}\n"), Some((name, file)))
            }
            _ => {
                let dash = self.one(&["- ", "-   "]);
                let deep = indent + dash.len();
                let mut entry = format!("{pad}{dash}id: {id}\n");
                entry += &self.text(deep, "title", &title);
                let _ = writeln!(entry, "{:deep$}{amounts}\n{:deep$}prior: 新規", "", "");
                if self.below(2) == 0 {
                    let inner = self.between(deep);
                    entry += &format!("{:deep$}breakdown: partial\n{inner}{:deep$}children:\n", "", "");
                    let _ = writeln!(
                        entry,
                        "{:deep$}- {{id: {id}-a, title: 部分, requested: 1, prior: 新規}}",
                        ""
                    );
                }
                if self.below(2) == 0 {
                    entry += &self.text(deep, "body", "本文[^1]");
                }
                (entry, None)
            }
        }
    }
}

/// A chapter's file with those of its programs, and the number of programs. The chapter's own file is the last one; what no program's
/// sheet may carry of it says 極秘 or 9,999,999.
pub(super) fn chapter(seed: u64) -> (Vec<(String, String)>, usize) {
    let mut draw = Draw { state: seed };
    let mut files = Vec::new();
    let mut keys = vec![
        "id: chapter\n".to_owned(),
        "fiscal_year: 令和4年度\n".to_owned(),
        "stage: 概算要求\n".to_owned(),
        "unit: 百万円\t# 単位\n".to_owned(),
        "requested: 9,999,999   # 極秘\n".to_owned(),
        "prior:\n  # 極秘\n  amount: 9,999,999\n  basis: 補正後\n".to_owned(),
        "breakdown: partial\n".to_owned(),
        "accounts:\n- name: 極秘会計\n  requested: 9,999,999\n  prior: 9,999,999\n  # 極秘\n".to_owned(),
        "notes: [{kind: remark,\n  text: 極秘}]\n".to_owned(),
        "accept:\n  - rule: W0203\n    reason: >\n      極秘\n".to_owned(),
        "citations: []\n".to_owned(),
        "glossary: {AI: 人工知能,\n# 中の注\n DX: 変革}\n".to_owned(),
        draw.text(0, "title", "章の題名"),
        draw.text(0, "ministry", "文部科学省"),
        draw.text(0, "source", "出典"),
        draw.text(0, "frame", "推進枠"),
    ];
    let overview = draw.text(0, "overview", "極秘");
    keys.push(draw.one(&[&overview, "overview: |\n# 空\n", "overview:\n"]));
    keys.push(draw.one(&["number: 5\n", "? number\n: 5\n", "number:\n  5\n"]));

    let count = 1 + draw.below(4);
    let indent = draw.below(3);
    let mut programs = format!("programs:{}\n", draw.one(&["", " # 並ぶ順"]));
    for number in 1..=count {
        programs += &draw.between(indent);
        let (entry, file) = draw.program(indent, number);
        programs += &entry;
        files.extend(file);
    }
    keys.push(programs);

    let mut text = draw.one(&["", "# 章\n", "# 章\n\n---\n", "---\n# 章\n", "%YAML 1.2\n---\n", "\n\n"]);
    let gaisan = draw.one(&["gaisan: 1\n", "'gaisan': 1\n", "gaisan: 1 # 版\n"]);
    keys.insert(draw.below(keys.len()), gaisan);
    while !keys.is_empty() {
        text += &draw.between(0);
        let at = draw.below(keys.len());
        text += &keys.remove(at);
    }
    text += &draw.between(0);
    text += &draw.one(&["", "", "# 終わり\n", "\n\n", "...\n"]);
    match draw.below(4) {
        0 => text = text.replace('\n', "\r\n"),
        1 => text.truncate(text.trim_end_matches('\n').len()),
        _ => {}
    }
    files.push(("request.yaml".to_owned(), text));
    (files, count)
}
