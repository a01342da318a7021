//! Ctrl-C: at once while nothing is being written, otherwise after the sheets that are being made.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag::{register, register_conditional_shutdown};

use super::INTERRUPTED;

/// What the user's wish to end becomes.
pub(super) struct Interrupt {
    /// Becomes true with the first wish; the second ends the process at once.
    pub(super) wanted: Arc<AtomicBool>,
    idle: Arc<AtomicBool>,
}

impl Interrupt {
    /// Listens from now on. Where that cannot be, a wish ends the process at once, and the next build repairs what that leaves.
    pub(super) fn watch() -> &'static Self {
        static ONE: OnceLock<Interrupt> = OnceLock::new();
        ONE.get_or_init(Self::register)
    }

    fn register() -> Self {
        let wanted = Arc::new(AtomicBool::new(false));
        let idle = Arc::new(AtomicBool::new(true));
        for signal in [SIGINT, SIGTERM] {
            for at_once in [&idle, &wanted] {
                let code = i32::from(INTERRUPTED);
                let _ = register_conditional_shutdown(signal, code, Arc::clone(at_once));
            }
            let _ = register(signal, Arc::clone(&wanted));
        }
        Self { wanted, idle }
    }

    /// Says whether from now on files are being written.
    pub(super) fn writing(&self, now: bool) {
        self.idle.store(!now, Ordering::Relaxed);
    }

    /// Whether the user wants to end.
    pub(super) fn is_wanted(&self) -> bool {
        self.wanted.load(Ordering::Relaxed)
    }
}
