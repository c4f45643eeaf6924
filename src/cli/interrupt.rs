//! Ctrl-C, and what asks a program to end: the work stops between two documents, and nothing half-written stays. Where that
//! takes longer than people wait, in a long document or while something is learnt, the program clears away and ends. A second
//! Ctrl-C ends it at once; what it leaves half-written, the next run clears away. Only results that are just coming into their
//! places it lets arrive.

use std::io::{IsTerminal, Write};
use std::process::exit;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crate::analysis::AnalysisError;
use crate::cli::failure::{Failure, INTERRUPTED};
use crate::report::{clear_leftovers, hold_commits};

/// How long the work may take to stop by itself: with what is to be cleared away then, less than a second.
const PATIENCE: Duration = Duration::from_millis(600);

static STOP: AtomicBool = AtomicBool::new(false);

/// Begins to listen.
///
/// # Errors
/// When the system does not allow it.
pub(super) fn listen() -> Result<(), Failure> {
    ctrlc::set_handler(stop)?;
    Ok(())
}

/// Whether Ctrl-C was pressed.
pub(super) fn is_pressed() -> bool {
    STOP.load(Ordering::Relaxed)
}

/// Asks the work to stop, and the second time does not wait for it.
#[expect(clippy::exit, reason = "whoever presses Ctrl-C twice wants no more work done, not even clearing away")]
fn stop() {
    if STOP.swap(true, Ordering::Relaxed) {
        let _none = hold_commits();
        exit(i32::from(INTERRUPTED));
    }
    // Of its own, as the second Ctrl-C is not heard before this returns.
    thread::spawn(|| {
        thread::sleep(PATIENCE);
        leave();
    });
}

/// Ends the program wherever it is, as if the work had stopped by itself.
#[expect(clippy::exit, reason = "a document of a hundred megabytes has no place to stop in, and is not waited for")]
fn leave() {
    let commits = hold_commits();
    clear_leftovers();
    if std::io::stderr().is_terminal() {
        // Off the line of the progress bar, which nobody takes away any more.
        let _ = writeln!(std::io::stderr());
    }
    let failure = if *commits == 0 { Failure::Analysis(AnalysisError::Stopped) } else { Failure::StoppedLate };
    let _ = failure.report();
    exit(i32::from(INTERRUPTED));
}
