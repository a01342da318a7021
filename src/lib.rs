//! gaisan (概算, "the estimate") turns budget requests written as YAML into request sheets: Markdown, HTML and PDF, with
//! every figure exact.
//!
//! What this page lists is for programs of one's own. The rooms behind it serve the command; in the order of the data's way:
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
//! In ten lines, what `gaisan build` writes, byte for byte:
//!
//! ```no_run
//! use gaisan::{Format, Templates};
//!
//! let project = gaisan::read(&["budgets"]);
//! let templates = Templates::new(&[])?;
//! let checked = gaisan::check(&project);
//! for sheet in gaisan::sheets(&checked, &templates) {
//!     for (path, bytes) in gaisan::render(&sheet, Format::Pdf, &templates, &project)? {
//!         let path = std::path::Path::new("output").join(path);
//!         std::fs::create_dir_all(path.parent().unwrap())?;
//!         std::fs::write(path, bytes)?;
//!     }
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod breaks;
mod examine;
mod export;
mod facade;
mod markdown;
mod named;
mod script;
mod words;
mod xml;

pub use build::{Built, Format, Job, Options};
pub use compose::{ComposeError, Templates};
pub use diff::{Diff, DiffError};
pub use examine::Examined;
#[doc(hidden)]
pub use examine::{examine, examine_in_turn, examine_with};
pub use facade::{Project, build, check, diff, read, render, sheets, verify};
pub use verify::{Verdict, VerifyError};

// The command is a crate of its own and shares these rooms, and tests look into them. They change as it does.
#[doc(hidden)]
pub mod build;
#[doc(hidden)]
pub mod check;
#[doc(hidden)]
pub mod compose;
#[doc(hidden)]
pub mod diagnostic;
#[doc(hidden)]
pub mod diff;
#[doc(hidden)]
pub mod document;
#[doc(hidden)]
pub mod drafting;
#[doc(hidden)]
pub mod edit;
#[doc(hidden)]
pub mod enclosure;
#[doc(hidden)]
pub mod exchange;
#[doc(hidden)]
pub mod fault;
#[doc(hidden)]
pub mod figure;
#[doc(hidden)]
pub mod import;
#[doc(hidden)]
pub mod limits;
#[doc(hidden)]
pub mod lineage;
#[doc(hidden)]
pub mod model;
#[doc(hidden)]
pub mod notation;
#[doc(hidden)]
pub mod picture;
#[doc(hidden)]
pub mod read;
#[doc(hidden)]
pub mod render;
#[doc(hidden)]
pub mod rollup;
#[doc(hidden)]
pub mod settings;
#[doc(hidden)]
pub mod sheet;
#[doc(hidden)]
pub mod source;
#[doc(hidden)]
pub mod translation;
#[doc(hidden)]
pub mod typeface;
#[doc(hidden)]
pub mod vector;
#[doc(hidden)]
pub mod verify;
