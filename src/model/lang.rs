//! The language a sheet is worded in.

/// The language of a sheet's labels and of its `lang` attribute.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lang {
    /// 日本語, the default.
    #[default]
    Ja,
    En,
}

impl Lang {
    /// The one that is meant for this language.
    pub fn pick<T>(self, ja: T, en: T) -> T {
        match self {
            Self::Ja => ja,
            Self::En => en,
        }
    }

    /// The language that this one is not.
    pub fn other(self) -> Self {
        self.pick(Self::En, Self::Ja)
    }

    /// The language of a text: Japanese where there are kana or kanji in it.
    pub fn of_text(text: &str) -> Self {
        let is_japanese = |c: char| matches!(c, '\u{3041}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}');
        if text.chars().any(is_japanese) { Self::Ja } else { Self::En }
    }

    /// The BCP 47 tag, as written into HTML `lang` and PDF `/Lang`.
    pub fn tag(self) -> &'static str {
        self.pick("ja", "en")
    }
}
