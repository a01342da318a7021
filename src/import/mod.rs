//! From workbooks and CSV files to the lines of a budget. In: a file; out: [`Taken`], with a finding at each cell that a person should
//! look at.

mod taken;

pub use taken::{Aside, Cell, Figure, Origin, Place, Taken, TakenAmount, TakenLine};
