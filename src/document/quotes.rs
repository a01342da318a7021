//! Plain quotes in English text, turned into those of a printer. Code, and quotes that stand for feet and inches, stay as they are.

use super::{Document, Inline};
use crate::model::Lang;

/// A text of a language with its quotes as a printer sets them.
pub(crate) fn quoted(text: &str, lang: Lang) -> String {
    match lang {
        Lang::En => Quotes::default().curl(text),
        Lang::Ja => text.to_owned(),
    }
}

impl Document {
    /// Turns the plain quotes of an English document.
    pub(super) fn curl_quotes(&mut self) {
        if self.lang == Lang::En {
            self.each_run(&mut |run| Quotes::default().run(run));
        }
    }
}

/// What has been read of a run of text.
#[derive(Default)]
struct Quotes {
    before: Option<char>,
    /// Whether a double and a single quotation have begun.
    double: bool,
    single: bool,
    /// Whether feet were stated, which inches follow.
    feet: bool,
}

impl Quotes {
    fn run(&mut self, run: &mut [Inline]) {
        for inline in run {
            match inline {
                Inline::Text(text) => *text = self.curl(text),
                Inline::Code(_) | Inline::Abbreviation { .. } | Inline::Image(_) => self.before = Some('x'),
                Inline::Break => self.before = None,
                other => other.content_mut().into_iter().for_each(|content| self.run(content)),
            }
        }
    }

    fn curl(&mut self, text: &str) -> String {
        let mut letters = text.chars().peekable();
        let mut curled = String::with_capacity(text.len());
        while let Some(letter) = letters.next() {
            if letter == '-' && letters.peek() == Some(&'-') {
                let dashes = 1 + std::iter::from_fn(|| letters.next_if_eq(&'-')).count();
                let set = self.dash(dashes, letters.peek().copied());
                match set {
                    Some(dash) => curled.push(dash),
                    None => curled.push_str(&"-".repeat(dashes)),
                }
                self.before = Some('-');
                continue;
            }
            let set = match letter {
                '"' => self.double(letters.peek().copied()),
                '\'' => self.single(letters.peek().copied()),
                other => other,
            };
            curled.push(set);
            self.before = Some(set);
        }
        curled
    }

    /// What two or three hyphens in a row stand for, between words; what begins with them is an option of a command.
    fn dash(&self, hyphens: usize, next: Option<char>) -> Option<char> {
        let both = |is: fn(char) -> bool| self.before.is_some_and(is) && next.is_some_and(is);
        match hyphens {
            2 if both(char::is_whitespace) || both(|c| c.is_ascii_digit()) => Some('–'),
            2 | 3 if both(char::is_alphanumeric) => Some('—'),
            3 if both(char::is_whitespace) => Some('—'),
            _ => None,
        }
    }

    fn double(&mut self, next: Option<char>) -> char {
        if self.opens(next) {
            self.double = true;
            return '“';
        }
        // 24" wide, 5'10" tall.
        let follows_feet = std::mem::take(&mut self.feet);
        if (!self.double || follows_feet) && self.before.is_some_and(|before| before.is_ascii_digit()) {
            return '"';
        }
        self.double = false;
        '”'
    }

    fn single(&mut self, next: Option<char>) -> char {
        // '90s drops something, as don't does.
        if self.opens(next) && !next.is_some_and(|next| next.is_ascii_digit()) {
            self.single = true;
            return '‘';
        }
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        if is_digit(self.before) && is_digit(next) {
            self.feet = true;
            return '\'';
        }
        let goes_on = next.is_some_and(char::is_alphanumeric);
        if !self.single && !goes_on && self.before.is_some_and(|before| before.is_ascii_digit()) {
            return '\'';
        }
        self.single &= goes_on;
        '’'
    }

    /// Whether a quote here begins something.
    fn opens(&self, next: Option<char>) -> bool {
        let begins = self.before.is_none_or(|before| before.is_whitespace() || "([{“‘–—-/".contains(before));
        begins && !next.is_some_and(char::is_whitespace)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_turn_to_what_they_hold_and_measures_stay() {
        let cases = [
            ("\"Ready\" ports don't wait, the crews' boats", "“Ready” ports don’t wait, the crews’ boats"),
            ("('so-called' \"'tis\")", "(‘so-called’ “‘tis”)"),
            ("since the '90s, 24\" pipes, 6' deep", "since the ’90s, 24\" pipes, 6' deep"),
            ("a \"24\" berth", "a “24” berth"),
            ("two--\"three\"", "two--“three”"),
            ("\"well\" -- in part--with 10--12 and --help", "“well” – in part—with 10–12 and --help"),
            ("\"he is 5'10\" tall\"", "“he is 5'10\" tall”"),
        ];
        for (plain, turned) in cases {
            assert_eq!(quoted(plain, Lang::En), turned);
            assert_eq!(quoted(plain, Lang::Ja), plain);
        }
    }

    #[test]
    fn a_quotation_may_hold_marks_and_code_stays() {
        let mut document = super::super::read(
            "# It's\n\n\"*So*\" `\"x\"` **\"b\"**.\n\n| \"a\" |\n|---|\n| 'b' |\n",
            Lang::En,
        );
        let mut said = Vec::new();
        document.each_run(&mut |run| said.push(super::super::plain(run)));
        assert_eq!(said, ["It’s", "“So” \"x\" “b”.", "“a”", "‘b’"]);
    }
}
