//! The moment in which results change: what the journal says is done, and nothing may end the program meanwhile.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::report::ReportError;
use crate::report::staging::claim::Unfinished;
use crate::report::staging::journal::Journal;

/// Held while files are being renamed; how often that was done.
static COMMITS: Mutex<u64> = Mutex::new(0);

/// Waits for the end of a commit that is under way, and lets none begin while the guard is held: for whoever is about to
/// end the program. It holds how many commits there were.
pub fn hold_commits() -> MutexGuard<'static, u64> {
    COMMITS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Does what the journal says, which is written down first unless one rename is all of it.
///
/// # Errors
/// When a file cannot be moved; then all is as it was, or else `unfinished` stays for the next command to go on from.
pub(super) fn commit(journal: &Journal, output: &Path, unfinished: &mut Unfinished) -> Result<(), ReportError> {
    // An interrupt that ended the program between two renames would leave the folder half old and half new until the
    // next command.
    let mut commits = hold_commits();
    if !journal.is_one_rename() {
        journal.write(unfinished.path()).map_err(|error| ReportError::at(output, error))?;
    }
    let done = journal.carry_out(output, unfinished.path());
    if matches!(done, Err(ReportError::Unfinished { .. })) {
        unfinished.keep();
    }
    done?;
    *commits += 1;
    journal.remove_emptied(output);
    Ok(())
}
