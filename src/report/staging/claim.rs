//! Who writes where: the lock of an output folder, and folders of unfinished outputs with what killed runs left in them.
//! The system lets go of a lock however its process ends.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::report::ReportError;
use crate::report::staging::journal::Journal;
use crate::report::staging::leftovers::{self, Removal};

/// Begins the name of a hidden folder of unfinished outputs.
const PREFIX: &str = ".partial-";
/// File in such a folder that its run keeps locked.
const LOCK: &str = "lock";
/// File in an output folder that the one run which may write there keeps locked.
const ALONE: &str = ".partial-lock";
/// How often another command may take away what this one has just made, in the moment before it is locked.
const ATTEMPTS: usize = 100;

/// The right to be the only run that writes results to a folder.
#[derive(Debug)]
pub(super) struct Sole {
    path: PathBuf,
    _lock: File,
}

impl Sole {
    /// # Errors
    /// When another run has it, or the folder cannot be written.
    pub(super) fn take(output: &Path) -> Result<Self, ReportError> {
        let path = output.join(ALONE);
        for _ in 0..ATTEMPTS {
            let opened = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
            let lock = opened.map_err(|error| ReportError::at(output, error))?;
            match lock.try_lock() {
                Err(TryLockError::WouldBlock) => break,
                // Where the file system knows no locks, two runs at once are not told apart.
                Err(TryLockError::Error(_)) => return Ok(Self::of(path, lock)),
                Ok(()) if is_at(&lock, &path) => return Ok(Self::of(path, lock)),
                // The run before took the file away after it was opened here.
                Ok(()) => {}
            }
        }
        Err(ReportError::Busy(output.to_path_buf()))
    }

    fn of(path: PathBuf, lock: File) -> Self {
        leftovers::note(&path, Removal::File);
        Self { path, _lock: lock }
    }
}

impl Drop for Sole {
    fn drop(&mut self) {
        // A file that stays is no trouble: nobody holds its lock.
        let _ = fs::remove_file(&self.path);
        leftovers::forget(&self.path);
    }
}

/// Whether the file that was opened is still the one of that name.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let place = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    let (file, named) = (file.metadata().map(place), fs::metadata(path).map(place));
    file.is_ok_and(|file| named.is_ok_and(|named| file == named))
}

#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}

/// A hidden folder of unfinished outputs. Dropped, it leaves no trace, unless a commit from it has to be finished.
#[derive(Debug)]
pub(super) struct Unfinished {
    folder: PathBuf,
    _lock: File,
    /// Whether it holds what is nowhere else.
    is_precious: bool,
}

impl Unfinished {
    /// A new one in `output`.
    ///
    /// # Errors
    /// When it cannot be made.
    pub(super) fn make(output: &Path) -> Result<Self, ReportError> {
        for _ in 0..ATTEMPTS {
            let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(output);
            let folder = folder.map_err(|error| ReportError::at(output, error))?;
            let lock = lock_in(folder.path()).map_err(|error| ReportError::at(output, error))?;
            if let Some(lock) = lock {
                leftovers::note(folder.path(), Removal::Tree);
                return Ok(Self { folder: folder.keep(), _lock: lock, is_precious: false });
            }
        }
        Err(ReportError::Busy(output.to_path_buf()))
    }

    pub(super) fn path(&self) -> &Path {
        &self.folder
    }

    /// Has it stay, for the next command to finish.
    pub(super) fn keep(&mut self) {
        self.is_precious = true;
        leftovers::forget(&self.folder);
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.is_precious {
            remove(&self.folder);
            leftovers::forget(&self.folder);
        }
    }
}

/// Makes and locks the file that says that the folder's run is alive; `None` where another command took the folder for one
/// that a killed run left, which it is not any more once it is locked.
fn lock_in(folder: &Path) -> io::Result<Option<File>> {
    let path = folder.join(LOCK);
    let lock = match File::create(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        made => made?,
    };
    let is_taken = matches!(lock.try_lock(), Err(TryLockError::WouldBlock));
    Ok((!is_taken && path.exists()).then_some(lock))
}

/// What is done with unfinished outputs of runs that have ended, beside finishing what they had begun to commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rest {
    /// They stay: a command that only reads takes nothing away.
    Stays,
    /// They go.
    Goes,
    /// They go, and a commit that is under way is that of another command beside this one: both go on.
    GoesBesideOthers,
}

/// Finishes the commits that killed runs had begun in `output`.
///
/// # Errors
/// When a file cannot be moved, or a run is committing there right now.
pub(super) fn settle(output: &Path, rest: Rest) -> Result<(), ReportError> {
    for folder in unfinished_in(output)? {
        let journal = Journal::find(&folder).map_err(|error| ReportError::at(&folder, error))?;
        if journal.is_none() && rest == Rest::Stays {
            continue;
        }
        // A folder without the file is one of a run that was killed before it could lock it.
        let lock = File::open(folder.join(LOCK));
        if lock.as_ref().is_ok_and(|lock| matches!(lock.try_lock(), Err(TryLockError::WouldBlock))) {
            if journal.is_some() && rest != Rest::GoesBesideOthers {
                return Err(ReportError::Busy(output.to_path_buf()));
            }
            continue;
        }
        // Read again: now nobody else is at it.
        if let Some(journal) = Journal::find(&folder).map_err(|error| ReportError::at(&folder, error))? {
            journal.finish(output, &folder)?;
            journal.remove_emptied(output);
        }
        remove(&folder);
    }
    Ok(())
}

/// Removes a folder of unfinished outputs. One that cannot be removed is no trouble: the next run clears it. The journal
/// goes first, or what is left of the folder would be taken for a commit to finish.
fn remove(folder: &Path) {
    if Journal::withdraw(folder).is_ok() {
        let _ = fs::remove_dir_all(folder);
    }
}

/// The folders of unfinished outputs in `output`, by name; none where it does not exist.
fn unfinished_in(output: &Path) -> Result<Vec<PathBuf>, ReportError> {
    let entries = match fs::read_dir(output) {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(Vec::new()),
        entries => entries.map_err(|error| ReportError::at(output, error))?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| ReportError::at(output, error))?.path();
        let is_named = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(PREFIX));
        if is_named && path.is_dir() {
            found.push(path);
        }
    }
    // The order in which a file system lists a folder is nobody's; two commits left by killed runs are finished in
    // the same order everywhere.
    found.sort();
    Ok(found)
}
