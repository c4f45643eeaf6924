//! Ctrl-C: the work stops between two documents, and nothing half-written stays. A second one ends it at once, also in
//! the middle of a document; what it leaves half-written, the next run clears away. Only results that are just coming into
//! their places it lets arrive.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::cli::failure::{Failure, INTERRUPTED};
use crate::report::hold_commits;

static STOP: AtomicBool = AtomicBool::new(false);

/// Begins to listen.
///
/// # Errors
/// When the system does not allow it.
pub(super) fn listen() -> Result<(), Failure> {
    ctrlc::set_handler(stop)?;
    Ok(())
}

/// Asks the work to stop, and the second time does not wait for it.
#[expect(clippy::exit, reason = "whoever presses Ctrl-C twice wants no more work done, not even clearing away")]
fn stop() {
    if STOP.swap(true, Ordering::Relaxed) {
        let _none = hold_commits();
        std::process::exit(i32::from(INTERRUPTED));
    }
}

/// Whether Ctrl-C was pressed.
pub(super) fn is_pressed() -> bool {
    STOP.load(Ordering::Relaxed)
}
