//! What gaisan says to people, Japanese and English side by side, and the one way to pick between them.
//!
//! [`words!`] makes fixed words that templates ask for by name, [`phrases!`] what the program itself says, with places for what it says it of. A
//! third language is a third column. What a closed set calls its members stands beside the set.

mod amounts;
mod change;
mod page;
mod sheet;

pub(crate) use amounts::*;
pub use change::ChangeWords;
pub(crate) use change::*;
pub(crate) use page::*;
pub use sheet::Words;
pub(crate) use sheet::*;

/// Fixed words in both languages, as a template is given them.
macro_rules! words {
    ($(#[$about:meta])* $set:ident { $($(#[$meaning:meta])* $name:ident: $ja:literal, $en:literal;)+ }) => {
        $(#[$about])*
        #[derive(Clone, Debug, serde::Serialize)]
        pub struct $set {
            $($(#[$meaning])* pub $name: &'static str,)+
        }

        impl $set {
            /// The words of a language.
            pub fn of(lang: Lang) -> &'static Self {
                const JA: &$set = &$set { $($name: $ja),+ };
                const EN: &$set = &$set { $($name: $en),+ };
                lang.pick(JA, EN)
            }
        }
    };
}

/// What the program says in both languages; what it says it of is named in braces.
macro_rules! phrases {
    () => {};
    ($(#[$about:meta])* $name:ident = $ja:literal, $en:literal; $($others:tt)*) => {
        $(#[$about])*
        pub(crate) fn $name(lang: Lang) -> &'static str {
            lang.pick($ja, $en)
        }
        phrases! { $($others)* }
    };
    ($(#[$about:meta])* $name:ident($($of:ident),+) = $ja:literal, $en:literal; $($others:tt)*) => {
        $(#[$about])*
        pub(crate) fn $name(lang: Lang, $($of: impl std::fmt::Display),+) -> String {
            match lang {
                Lang::Ja => format!($ja),
                Lang::En => format!($en),
            }
        }
        phrases! { $($others)* }
    };
}

use {phrases, words};
