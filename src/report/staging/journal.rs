//! The renames that a commit consists of, written down before the first of them: whoever finds them half done can finish
//! them, and nothing has to be computed again.
//!
//! A folder swapped by one rename would need no list, but an output folder may be the study's own, a mount point or a link,
//! and it may hold files of the user's; only the files are ours to move.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::report::ReportError;

/// File in the folder of unfinished outputs that lists the renames.
const JOURNAL: &str = "journal";
/// Folder in it where the old outputs wait until all new ones stand in their place.
const OLD: &str = "old";

/// What a commit does to the files of an output folder, all names relative to it.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Journal {
    /// Old files that leave first, in this order.
    pub(super) leave: Vec<OsString>,
    /// New files, in the order in which they come.
    pub(super) come: Vec<OsString>,
}

impl Journal {
    /// The one that a run left in its folder of unfinished outputs; `None` where it had not begun to commit. One that
    /// was not written to its end is none: its run had moved nothing.
    pub(super) fn find(unfinished: &Path) -> io::Result<Option<Self>> {
        match fs::read(unfinished.join(JOURNAL)) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes).ok()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Writes it, safe on the disk before this returns.
    pub(super) fn write(&self, unfinished: &Path) -> io::Result<()> {
        let mut file = File::create(unfinished.join(JOURNAL))?;
        file.write_all(&serde_json::to_vec(self)?)?;
        file.sync_all()?;
        // The file's bytes are safe, but its name is the folder's: without it nobody finds the journal.
        sync_folder(unfinished);
        Ok(())
    }

    /// Takes it away where it is: after this, the folder of unfinished outputs holds nothing of worth.
    pub(super) fn withdraw(unfinished: &Path) -> io::Result<()> {
        match fs::remove_file(unfinished.join(JOURNAL)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Whether it is one rename, which the system does wholly or not at all.
    pub(super) fn is_one_rename(&self) -> bool {
        self.leave.is_empty() && self.come.len() == 1
    }

    /// Does all of it; where something cannot be moved, what was moved before returns.
    ///
    /// # Errors
    /// When a file cannot be moved, and [`ReportError::Unfinished`] when another cannot be moved back either.
    pub(super) fn carry_out(&self, output: &Path, unfinished: &Path) -> Result<(), ReportError> {
        let mut renames = Renames::default();
        let done = self.set_aside(output, unfinished, &mut renames).and_then(|()| {
            self.come.iter().try_for_each(|name| renames.rename(&unfinished.join(name), &output.join(name)))
        });
        let Err(error) = done else {
            self.sync(output);
            return Ok(());
        };
        match renames.undo() {
            Ok(()) => {
                remove_empty_folders(&self.come, output);
                Err(error)
            }
            Err(_) => Err(unfinished_at(unfinished, error)),
        }
    }

    fn set_aside(&self, output: &Path, unfinished: &Path, renames: &mut Renames) -> Result<(), ReportError> {
        // The one rename replaces the old file in the same moment.
        let replaced = self.come.iter().filter(|_| !self.is_one_rename());
        for name in self.leave.iter().chain(replaced) {
            let old = output.join(name);
            if old.is_file() {
                renames.rename(&old, &unfinished.join(OLD).join(name))?;
            }
        }
        Ok(())
    }

    /// Does what a run that was killed, or could not go on, has left undone. All new files are whole, so going on loses
    /// nothing; the old ones may already be gone.
    ///
    /// # Errors
    /// [`ReportError::Unfinished`] when a file cannot be moved; nothing is lost, and this can be tried again.
    pub(super) fn finish(&self, output: &Path, unfinished: &Path) -> Result<(), ReportError> {
        let mut renames = Renames::default();
        // A new file that is in its place already must not be taken for the old one of that name.
        let leaves = |name: &&OsString| !self.come.contains(name) || is_to_come(unfinished, name);
        let leave = self.leave.iter().filter(leaves).filter(|name| output.join(name).is_file());
        let moves_out = leave.map(|name| (output.join(name), unfinished.join(OLD).join(name)));
        let come = self.come.iter().filter(|name| is_to_come(unfinished, name));
        let moves_in = come.map(|name| (unfinished.join(name), output.join(name)));
        // Which of them come is asked before anything moves; a manifest that leaves is there again only when it comes.
        let moves: Vec<(PathBuf, PathBuf)> = moves_out.chain(moves_in).collect();
        let done = moves.iter().try_for_each(|(from, to)| renames.rename(from, to));
        done.map_err(|error| unfinished_at(unfinished, error))?;
        self.sync(output);
        Ok(())
    }

    /// Takes away the folders in `output` that the old files were in, where nothing is left in them.
    pub(super) fn remove_emptied(&self, output: &Path) {
        remove_empty_folders(&self.leave, output);
    }

    /// Brings the renames to the disk before what is left of the old files goes.
    fn sync(&self, output: &Path) {
        for folder in folders_of(&self.come) {
            sync_folder(&output.join(folder));
        }
        sync_folder(output);
    }
}

/// Whether a new file still waits in the folder of unfinished outputs.
fn is_to_come(unfinished: &Path, name: &OsStr) -> bool {
    unfinished.join(name).exists()
}

fn remove_empty_folders(names: &[OsString], output: &Path) {
    for folder in folders_of(names) {
        // Only succeeds where it is empty.
        let _ = fs::remove_dir(output.join(folder));
    }
}

/// The folders below the output folder that hold those names, each once after another.
fn folders_of(names: &[OsString]) -> Vec<&Path> {
    let parents = names.iter().filter_map(|name| Path::new(name).parent());
    let mut folders: Vec<&Path> = parents.filter(|folder| !folder.as_os_str().is_empty()).collect();
    folders.dedup();
    folders
}

fn unfinished_at(unfinished: &Path, error: ReportError) -> ReportError {
    ReportError::Unfinished { folder: unfinished.to_path_buf(), error: Box::new(error) }
}

/// Brings renames in `folder` to the disk where the system can; they are done either way.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

/// Renames done so far, to be undone when a later one fails.
#[derive(Default)]
struct Renames(Vec<(PathBuf, PathBuf)>);

impl Renames {
    fn rename(&mut self, from: &Path, to: &Path) -> Result<(), ReportError> {
        let made = to.parent().map_or(Ok(()), fs::create_dir_all);
        made.and_then(|()| fs::rename(from, to)).map_err(|error| ReportError::at(to, error))?;
        self.0.push((from.to_path_buf(), to.to_path_buf()));
        Ok(())
    }

    /// Undoes what can be undone, and gives the first error where that is not everything.
    fn undo(self) -> io::Result<()> {
        // Each is tried, also after one has failed: the more old files return, the better. Backwards, as a later
        // rename may stand where an earlier one took a file away.
        let tried: Vec<io::Result<()>> = self.0.into_iter().rev().map(|(from, to)| fs::rename(to, from)).collect();
        tried.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    /// An output folder with `old` in files a to c, and one of unfinished outputs with `new` in a, b and `deep/d`; c leaves.
    fn commit() -> (TempDir, PathBuf, Journal) {
        let output = TempDir::new().unwrap();
        let unfinished = output.path().join(".partial-x");
        fs::create_dir_all(unfinished.join("deep")).unwrap();
        for name in ["a", "b", "c"] {
            fs::write(output.path().join(name), "old").unwrap();
        }
        for name in ["a", "b", "deep/d"] {
            fs::write(unfinished.join(name), "new").unwrap();
        }
        let names = |names: &[&str]| names.iter().map(OsString::from).collect();
        (output, unfinished, Journal { leave: names(&["b", "c"]), come: names(&["a", "deep/d", "b"]) })
    }

    fn contents(output: &Path) -> [String; 4] {
        ["a", "b", "c", "deep/d"].map(|name| fs::read_to_string(output.join(name)).unwrap_or_default())
    }

    #[test]
    fn a_journal_that_was_not_written_to_its_end_is_none() {
        let (_output, unfinished, journal) = commit();
        journal.write(&unfinished).unwrap();
        assert_eq!(Journal::find(&unfinished).unwrap().as_ref(), Some(&journal));
        let bytes = fs::read(unfinished.join(JOURNAL)).unwrap();
        for end in 0..bytes.len() {
            fs::write(unfinished.join(JOURNAL), &bytes[..end]).unwrap();
            assert_eq!(Journal::find(&unfinished).unwrap(), None, "{end} bytes");
        }
        Journal::withdraw(&unfinished).unwrap();
        Journal::withdraw(&unfinished).unwrap();
        assert_eq!(Journal::find(&unfinished).unwrap(), None);
    }

    #[test]
    fn a_commit_stopped_after_any_rename_is_finished() {
        // Out go b, c, a, in come a, deep/d, b.
        for stop in 0..=6 {
            let (output, unfinished, journal) = commit();
            let at = output.path();
            let old = unfinished.join(OLD);
            fs::create_dir_all(&old).unwrap();
            fs::create_dir_all(at.join("deep")).unwrap();
            let moves = [
                (at.join("b"), old.join("b")),
                (at.join("c"), old.join("c")),
                (at.join("a"), old.join("a")),
                (unfinished.join("a"), at.join("a")),
                (unfinished.join("deep/d"), at.join("deep/d")),
                (unfinished.join("b"), at.join("b")),
            ];
            moves[..stop].iter().for_each(|(from, to)| fs::rename(from, to).unwrap());
            for round in ["first", "second"] {
                journal.finish(at, &unfinished).unwrap();
                assert_eq!(contents(at), ["new", "new", "", "new"], "stopped after {stop}, {round} time");
            }
        }
    }

    #[test]
    fn what_cannot_be_moved_brings_back_the_rest() {
        let (output, unfinished, journal) = commit();
        fs::remove_file(unfinished.join("b")).unwrap();
        let error = journal.carry_out(output.path(), &unfinished).unwrap_err();
        assert!(!matches!(error, ReportError::Unfinished { .. }), "{error}");
        assert_eq!(contents(output.path()), ["old", "old", "old", ""]);
        assert!(!output.path().join("deep").exists());
    }

    #[test]
    fn names_of_folders_that_were_emptied_come_once() {
        let names = ["figures/a", "figures/b", "c", "notebooks/d"].map(OsString::from);
        assert_eq!(folders_of(&names), [Path::new("figures"), Path::new("notebooks")]);
    }
}
