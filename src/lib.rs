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
//! In ten lines, what `gaisan build` writes, byte for byte:
//!
//! ```no_run
//! use gaisan::build::Format;
//!
//! let project = gaisan::read(&["budgets"]);
//! let templates = gaisan::compose::Templates::new(&[])?;
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

pub mod limits;

mod breaks;
mod export;
mod named;
mod script;
mod xml;

pub mod fault;

pub mod source;

pub mod enclosure;

pub mod translation;

pub mod diagnostic;

pub mod picture;
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

pub mod exchange;

pub mod compose;

pub mod render;

pub mod build;

pub mod drafting;

pub mod verify;

pub mod settings;

mod examine;

mod facade;

pub use examine::{Examined, examine, examine_in_turn, examine_with};
pub use facade::{Project, build, check, diff, read, render, sheets, verify};
