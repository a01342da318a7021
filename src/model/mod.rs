//! What a budget request *is*: amounts, years, programs. No YAML, no wording, no files.

mod lang;

pub use lang::Lang;
