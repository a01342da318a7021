//! gaisan (概算, "the estimate") turns budget requests written as YAML into request sheets:
//! Markdown, HTML and PDF, with every figure exact.

pub mod document;
pub mod figure;
pub mod model;
pub mod notation;
pub mod render;
