//! Where the time went. The library knows no clock; whoever wants to know brings one.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::Format;
use crate::named::named;

named! {
    /// A phase of the work on a sheet.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Phase {
        Read = "read",
        /// Adding up and checking.
        Check = "check",
        /// From amounts to words.
        Word = "word",
        /// From words to Markdown.
        Compose = "compose",
        /// Writing Markdown and drawing its figures.
        Markdown = "markdown",
        Html = "html",
        Pdf = "pdf",
        Xlsx = "xlsx",
        /// Files on the disk.
        Write = "write",
    }
}

impl Phase {
    pub(super) fn of(format: Format) -> Self {
        match format {
            Format::Markdown => Self::Markdown,
            Format::Html => Self::Html,
            Format::Pdf => Self::Pdf,
            Format::Xlsx => Self::Xlsx,
        }
    }
}

/// The time that each phase took, summed over all threads.
#[derive(Debug, Default)]
pub struct Timings([AtomicU64; Phase::ALL.len()]);

impl Timings {
    /// The time of a phase.
    pub fn of(&self, phase: Phase) -> Duration {
        let nanoseconds = self.0.get(phase as usize);
        Duration::from_nanos(nanoseconds.map_or(0, |it| it.load(Ordering::Relaxed)))
    }

    pub(super) fn add(&self, phase: Phase, time: Duration) {
        if let Some(sum) = self.0.get(phase as usize) {
            let time = u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
            sum.fetch_add(time, Ordering::Relaxed);
        }
    }
}
