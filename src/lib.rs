//! gaisan (概算, "the estimate") turns budget requests written as YAML into request sheets: Markdown, HTML and PDF, with
//! every figure exact.
//!
//! The modules in the order of the data's way:
//!
//! ```text
//!  YAML ─ source ─▶ read ─▶ model ─▶ rollup ─▶ check ─▶ diagnostic
//!                                      │
//!                                      ▼
//!          templates ─▶ compose ◀── sheet (worded by notation, with figures as data)
//!                          │
//!                          ▼ Markdown
//!                       document ─▶ render::html, render::pdf
//!                          │             │
//!                          └──── build ◀─┘   files
//! ```
//!
//! ```no_run
//! let reading = gaisan::read::read(&["budgets".into()]);
//! let examined = gaisan::examine(&reading);
//! assert!(!examined.has_errors());
//! ```

mod export;
mod named;
mod script;
mod xml;

pub mod fault;

pub mod source;

pub mod enclosure;

pub mod diagnostic;

pub mod typeface;
pub mod vector;

pub mod model;

mod words;

pub mod notation;

pub mod read;

pub mod edit;

pub mod rollup;

pub mod lineage;

pub mod check;

pub mod import;

pub mod document;

pub mod diff;

pub mod figure;

pub mod sheet;

pub mod compose;

pub mod render;

pub mod build;

pub mod drafting;

pub mod verify;

pub mod settings;

mod examine;

pub use examine::{Examined, examine, examine_in_turn, examine_with};
