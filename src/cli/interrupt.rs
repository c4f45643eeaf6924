//! Ctrl-C: the work stops between two documents, and nothing half-written stays.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::cli::failure::Failure;

static STOP: AtomicBool = AtomicBool::new(false);

/// Begins to listen.
///
/// # Errors
/// When the system does not allow it.
pub(super) fn listen() -> Result<(), Failure> {
    ctrlc::set_handler(|| STOP.store(true, Ordering::Relaxed))?;
    Ok(())
}

/// An error once Ctrl-C was pressed.
pub(super) fn check() -> Result<(), Failure> {
    if STOP.load(Ordering::Relaxed) { Err(Failure::Interrupted) } else { Ok(()) }
}
