//! What the program would leave behind if it ended now: half-written files, locks, folders made for results to come.
//!
//! Values clear away after themselves as they are dropped, but an interrupt in the middle of a long document ends the program
//! where nothing is dropped. Not here: what a kill leaves, of which no list survives (`claim` finds it by its name).

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::report::staging::journal::Journal;

/// In the order in which they were made.
static LEFTOVERS: Mutex<Vec<Leftover>> = Mutex::new(Vec::new());
/// How often a folder is emptied again that another thread is still writing to.
const ATTEMPTS: usize = 5;

/// How something is taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Removal {
    /// A folder, with all that is in it.
    Tree,
    /// A folder, where it is empty.
    Folder,
    /// A file.
    File,
}

#[derive(Debug)]
struct Leftover {
    path: PathBuf,
    removal: Removal,
}

/// Has `path` taken away should the program end before it is forgotten.
pub(super) fn note(path: &Path, removal: Removal) {
    // From the root: a relative path would lead elsewhere once the program has changed its folder.
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    list().push(Leftover { path, removal });
}

/// Leaves `path` alone from now on: it is gone, or it has to stay.
pub(super) fn forget(path: &Path) {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    list().retain(|leftover| leftover.path != path);
}

/// Takes away all that is half done; for whoever is about to end the program and holds commits back.
pub fn clear_leftovers() {
    // The last first: a folder is empty only once what was made in it is gone.
    for leftover in list().drain(..).rev() {
        leftover.remove();
    }
}

/// A folder for results that nobody keeps. It goes with the value, or with the program.
#[derive(Debug)]
pub struct PassingFolder(tempfile::TempDir);

impl PassingFolder {
    /// One where the system wants such folders.
    ///
    /// # Errors
    /// When none can be made.
    pub fn make() -> std::io::Result<Self> {
        let folder = tempfile::tempdir()?;
        note(folder.path(), Removal::Tree);
        Ok(Self(folder))
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for PassingFolder {
    fn drop(&mut self) {
        forget(self.path());
    }
}

impl Leftover {
    /// What cannot be removed is no trouble: the next run clears it.
    fn remove(&self) {
        match self.removal {
            Removal::File => drop(fs::remove_file(&self.path)),
            Removal::Folder => drop(fs::remove_dir(&self.path)),
            Removal::Tree => {
                // The journal first, or what is left of the folder would be taken for a commit to finish.
                let is_free = Journal::withdraw(&self.path).is_ok();
                let mut attempts = 0..if is_free { ATTEMPTS } else { 0 };
                attempts.any(|_| fs::remove_dir_all(&self.path).is_ok() || !self.path.exists());
            }
        }
    }
}

fn list() -> MutexGuard<'static, Vec<Leftover>> {
    LEFTOVERS.lock().unwrap_or_else(PoisonError::into_inner)
}
