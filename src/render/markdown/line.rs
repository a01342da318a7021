//! Running text: spans, and characters escaped where a reader of Markdown would take them for markup.
//!
//! CommonMark decides by the characters around `**` whether it opens or closes, and misreads Japanese: in `は**「鍵」**と` it does
//! neither. Written as a character reference (`&#12399;`) the letter outside counts as punctuation, so that every reader shows the
//! strong text and nothing but it.

use super::Writer;
use crate::document::{Inline, is_mark};

/// Where running text stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Paragraph,
    Heading,
    Cell,
}

/// A piece of running text on its way to Markdown.
enum Token {
    /// A character that is to be shown.
    Shown(char),
    /// One that is written as a character reference.
    Reference(char),
    /// Markdown, as it is to be written.
    Raw(String),
    /// The beginning or end of a span.
    Mark { text: &'static str, opens: bool },
    /// A forced line break.
    Break,
}

impl Writer<'_> {
    /// The text of a paragraph, a heading or a cell. Only a paragraph's has line ends, where the author forces them.
    pub(super) fn line(&self, inlines: &[Inline], place: Place) -> String {
        let mut tokens = Vec::new();
        self.tokens(inlines, &Open { place, strong: false, emphasis: false, strike: false }, &mut tokens);
        refer(&mut tokens);
        let mut out = String::new();
        for (at, token) in tokens.iter().enumerate() {
            match token {
                Token::Shown(character) => escape(&tokens, at, *character, place, &mut out),
                Token::Reference(character) => out.push_str(&format!("&#{};", u32::from(*character))),
                Token::Raw(text) => out.push_str(text),
                Token::Mark { text, .. } => out.push_str(text),
                Token::Break if place == Place::Paragraph => out.push_str("\\\n"),
                Token::Break => out.push(' '),
            }
        }
        out.trim_matches([' ', '\t']).to_owned()
    }

    fn tokens(&self, inlines: &[Inline], open: &Open, tokens: &mut Vec<Token>) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => tokens.extend(text.chars().map(Token::Shown)),
                Inline::Abbreviation { short, .. } => tokens.extend(short.chars().map(Token::Shown)),
                Inline::Strong(content) if !open.strong => {
                    self.span("**", "__", content, &Open { strong: true, ..*open }, tokens);
                }
                Inline::Emphasis(content) if !open.emphasis => {
                    self.span("*", "_", content, &Open { emphasis: true, ..*open }, tokens);
                }
                Inline::Strike(content) if !open.strike => {
                    self.span("~~", "~~", content, &Open { strike: true, ..*open }, tokens);
                }
                Inline::Strong(content)
                | Inline::Emphasis(content)
                | Inline::Strike(content)
                | Inline::Foreign { content, .. } => self.tokens(content, open, tokens),
                Inline::Code(code) => tokens.push(Token::Raw(code_span(code, open.place))),
                Inline::Link { target, content } => {
                    tokens.push(Token::Raw("[".to_owned()));
                    self.tokens(content, open, tokens);
                    tokens.push(Token::Raw(format!("]({})", address(&self.anchors.target(target)))));
                }
                Inline::Image(image) if self.figures.contains_key(&image.target) => {
                    tokens.push(Token::Raw("![".to_owned()));
                    tokens.extend(image.alt.chars().map(Token::Shown));
                    tokens.push(Token::Raw(format!("]({})", address(&image.target))));
                }
                // As on the page: a picture that is not there is told.
                Inline::Image(image) => tokens.extend(image.alt.chars().map(Token::Shown)),
                Inline::FootnoteRef(number) => {
                    let raised = raised(number + 1);
                    tokens.push(Token::Raw(format!("[{raised}](#{})", self.anchors.notes())));
                }
                Inline::Break => tokens.push(Token::Break),
            }
        }
    }

    /// A span between marks: the second pair where the first would run together with marks before it.
    fn span(
        &self,
        mark: &'static str,
        other: &'static str,
        content: &[Inline],
        open: &Open,
        tokens: &mut Vec<Token>,
    ) {
        let runs_on = matches!(tokens.last(), Some(Token::Mark { text, opens: false }) if text.get(..1) == mark.get(..1));
        let text = match tokens.last() {
            // The same span goes on.
            Some(Token::Mark { text, opens: false }) if *text == mark => {
                tokens.pop();
                self.tokens(content, open, tokens);
                tokens.push(Token::Mark { text: mark, opens: false });
                return;
            }
            _ if runs_on => other,
            _ => mark,
        };
        let start = tokens.len();
        tokens.push(Token::Mark { text, opens: true });
        self.tokens(content, open, tokens);
        if tokens.len() == start + 1 {
            tokens.pop();
        } else {
            tokens.push(Token::Mark { text, opens: false });
        }
    }
}

/// The spans around a piece of text.
#[derive(Clone, Copy)]
struct Open {
    place: Place,
    strong: bool,
    emphasis: bool,
    strike: bool,
}

/// Writes as references those characters beside marks that would keep the marks from opening or closing.
fn refer(tokens: &mut [Token]) {
    for at in 0..tokens.len() {
        let Some(Token::Mark { text, opens }) = tokens.get(at) else {
            continue;
        };
        let (is_low, opens) = (text.starts_with('_'), *opens);
        let (outside, inside) = if opens { (at.checked_sub(1), at + 1) } else { (Some(at + 1), at - 1) };
        // A blank inside keeps any mark from working.
        if let Some(Token::Shown(character)) = tokens.get(inside)
            && character.is_whitespace()
        {
            let character = *character;
            if let Some(token) = tokens.get_mut(inside) {
                *token = Token::Reference(character);
            }
        }
        let inside_is_letter = matches!(tokens.get(inside), Some(Token::Shown(character)) if !character.is_whitespace() && !is_mark(*character));
        if inside_is_letter && !is_low {
            continue;
        }
        if let Some(token) = outside.and_then(|outside| tokens.get_mut(outside))
            && let Token::Shown(character) = token
            && !character.is_whitespace()
            && !is_punctuation(*character)
        {
            *token = Token::Reference(*character);
        }
    }
}

/// What every version of CommonMark takes for punctuation; symbols (△, ＋) it takes only since 2024.
fn is_punctuation(character: char) -> bool {
    character.is_ascii_punctuation()
        || matches!(character,
            '、' | '。' | '〈'..='】' | '〔'..='〛' | '・' | '！' | '（' | '）' | '，' | '．' | '：' | '；' | '？' | '［' | '］'
            | '｛' | '｝' | '‐'..='—' | '‘' | '’' | '“' | '”' | '†'..='•' | '…' | '※')
}

/// Writes a character so that it is shown as it is.
fn escape(tokens: &[Token], at: usize, character: char, place: Place, out: &mut String) {
    let shown = |at: Option<usize>| match at.and_then(|at| tokens.get(at)) {
        Some(Token::Shown(character)) => Some(*character),
        _ => None,
    };
    let before = shown(at.checked_sub(1));
    let after = shown(at.checked_add(1));
    let begins = place == Place::Paragraph && (out.is_empty() || out.ends_with('\n'));
    let ends_word = after.is_none_or(char::is_whitespace);
    let special = match character {
        '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '$' => true,
        // Inside of a word it is no mark, and in an address a reader would show the backslash.
        '_' => {
            !(before.is_some_and(char::is_alphanumeric)
                && after.is_some_and(|c| c.is_alphanumeric() || c == '_'))
        }
        '~' => before != Some('/'),
        '&' => is_reference(tokens.get(at + 1..).unwrap_or_default()),
        '#' => place != Place::Cell && before.is_none_or(|c| c == '#' || c.is_whitespace()),
        '>' => begins,
        '=' | '+' | '-' => begins && (ends_word || after == Some(character)),
        '.' | ')' => {
            let digits = out.rsplit('\n').next().unwrap_or_default();
            place == Place::Paragraph
                && ends_word
                && !digits.is_empty()
                && digits.bytes().all(|byte| byte.is_ascii_digit())
        }
        '!' => matches!(tokens.get(at + 1), Some(Token::Raw(text)) if text.starts_with('[')),
        _ => false,
    };
    if special {
        out.push('\\');
    }
    out.push(if character.is_control() { ' ' } else { character });
}

/// Whether what follows `&` makes it a character reference.
fn is_reference(rest: &[Token]) -> bool {
    for (at, token) in rest.iter().enumerate() {
        match token {
            Token::Shown(';') => return at > 0,
            Token::Shown(character) if character.is_ascii_alphanumeric() || *character == '#' => {}
            _ => return false,
        }
    }
    false
}

/// Code between more backquotes than are in it.
fn code_span(code: &str, place: Place) -> String {
    let ticks = "`".repeat(longest_run(code, '`') + 1);
    let pad = if code.starts_with(['`', ' ']) || code.ends_with(['`', ' ']) { " " } else { "" };
    let code = if place == Place::Cell { code.replace('|', "\\|") } else { code.to_owned() };
    format!("{ticks}{pad}{code}{pad}{ticks}")
}

/// The length of the longest run of a character.
pub(super) fn longest_run(text: &str, character: char) -> usize {
    text.split(|other| other != character).map(str::len).max().unwrap_or(0)
}

/// The target of a link, between the brackets that Markdown needs.
fn address(target: &str) -> String {
    let mut written = String::with_capacity(target.len());
    for character in target.chars() {
        match character {
            '<' => written.push_str("%3C"),
            '>' => written.push_str("%3E"),
            '|' => written.push_str("%7C"),
            '\\' => written.push_str("%5C"),
            '&' => written.push_str("&amp;"),
            _ => written.push(character),
        }
    }
    if written.contains(|c: char| c.is_whitespace() || matches!(c, '(' | ')')) {
        format!("<{written}>")
    } else {
        written
    }
}

/// A number in raised digits.
fn raised(number: usize) -> String {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

    number.to_string().bytes().filter_map(|digit| RAISED.get(usize::from(digit - b'0'))).collect()
}
