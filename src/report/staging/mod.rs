//! Outputs are written beside the old ones and renamed into place together, so that a run that fails, is stopped or killed
//! leaves the whole old result or the whole new one, at the latest when the next command looks at the folder.
//!
//! In reading order: `leftovers` (what has to go again), `claim` (who may write), `folders`, `journal` (what is about to be
//! renamed), `commit`; `together` does the same for a file or a few outside a result folder.
//!
//! Not here: what is in the files.

mod claim;
mod commit;
mod folders;
mod journal;
mod leftovers;
mod together;

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::model::Checksum;
use crate::report::staging::claim::{Rest, Sole, Unfinished, settle};
use crate::report::staging::commit::commit;
use crate::report::staging::folders::MadeFolders;
use crate::report::staging::journal::Journal;
use crate::report::{MANIFEST, ReportError};

pub use commit::hold_commits;
pub use leftovers::{PassingFolder, clear_leftovers};
pub use together::write_together;

/// Finishes what a killed run had begun to put into the folder `output`, if anything: what every command does before it
/// reads results.
///
/// # Errors
/// When a file cannot be moved, or a run is putting its results there right now.
pub fn recover(output: &Path) -> Result<(), ReportError> {
    settle(output, Rest::Stays)
}

/// An output file: what `manifest.json` says of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// Path relative to the output folder, with forward slashes.
    pub path: String,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes, 64 hexadecimal digits.
    pub sha256: String,
}

/// Outputs of one run before they are in place. Dropped without a commit, it leaves no trace.
#[derive(Debug)]
pub struct Staging {
    output: PathBuf,
    kept: Vec<Output>,
    left: Vec<Output>,
    removed: Vec<String>,
    /// Whether a manifest in the folder is not this run's to replace.
    spares_manifest: bool,
    // Dropped in this order: the unfinished files, the right to write, the folders that nothing came into.
    unfinished: Unfinished,
    _sole: Sole,
    made: MadeFolders,
}

impl Staging {
    /// Makes the folder `output` where it is missing, finishes or clears away what killed runs left in it, and opens a
    /// place for unfinished files.
    ///
    /// # Errors
    /// When the folder cannot be made or written, or another run is writing to it.
    pub fn begin(output: &Path) -> Result<Self, ReportError> {
        let made = MadeFolders::make(output)?;
        let sole = Sole::take(output)?;
        settle(output, Rest::Goes)?;
        Ok(Self {
            output: output.to_path_buf(),
            kept: Vec::new(),
            left: Vec::new(),
            removed: Vec::new(),
            spares_manifest: false,
            unfinished: Unfinished::make(output)?,
            _sole: sole,
            made,
        })
    }

    /// The same for a folder that holds no results: a manifest in it is somebody else's, and stays.
    ///
    /// # Errors
    /// As of [`begin`](Self::begin).
    pub fn begin_beside(folder: &Path) -> Result<Self, ReportError> {
        let mut staging = Self::begin(folder)?;
        staging.spares_manifest = true;
        Ok(staging)
    }

    /// A new file that stands as `name` in the output folder after [`keep`](Self::keep) and a commit.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn create(&self, name: &str) -> Result<StagedFile, ReportError> {
        let destination = self.output.join(name);
        let staged = self.folder().join(name);
        let made = staged.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| File::create(&staged));
        let file = made.map_err(|error| ReportError::at(&destination, error))?;
        Ok(StagedFile { name: name.to_owned(), destination, out: BufWriter::new(file), checksum: Checksum::default() })
    }

    /// Ends `file`, brings it safely to the disk and marks it for the commit.
    ///
    /// # Errors
    /// When its last bytes cannot be written.
    pub fn keep(&mut self, mut file: StagedFile) -> Result<(), ReportError> {
        let safe = file.out.flush().and_then(|()| file.out.get_ref().sync_all());
        safe.map_err(|error| ReportError::at(&file.destination, error))?;
        let (bytes, sha256) = file.checksum.finish();
        // A file written a second time counts once, as it was written last.
        self.kept.retain(|output| output.path != file.name);
        self.kept.push(Output { path: file.name, bytes, sha256 });
        Ok(())
    }

    /// Writes `bytes` as the whole file `name`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), ReportError> {
        let mut file = self.create(name)?;
        file.write_all(bytes).map_err(|error| ReportError::at(file.destination(), error))?;
        self.keep(file)
    }

    /// The file `name` as this run has finished it or else as an earlier one left it, and its size in bytes.
    ///
    /// # Errors
    /// When there is none or it cannot be read.
    pub(super) fn read_back(&self, name: &str) -> Result<(File, u64), ReportError> {
        let (staged, earlier) = (self.folder().join(name), self.output.join(name));
        let path = if staged.exists() { staged } else { earlier };
        let opened = File::open(path).and_then(|file| file.metadata().map(|metadata| (file, metadata.len())));
        opened.map_err(|error| ReportError::at(&self.output.join(name), error))
    }

    /// Has the commit take away the old output `name`, which this run does not write again.
    pub fn remove(&mut self, name: &str) {
        self.removed.push(name.to_owned());
    }

    /// Counts the outputs of an earlier run among those of this one, as far as it neither writes nor removes them.
    pub fn leave(&mut self, earlier: Vec<Output>) {
        self.left.extend(earlier);
    }

    /// The files kept so far and those left from an earlier run, in the order of their names.
    #[must_use]
    pub fn outputs(&self) -> Vec<Output> {
        let stays =
            |old: &&Output| !self.removed.contains(&old.path) && self.kept.iter().all(|new| new.path != old.path);
        let mut outputs: Vec<Output> = self.left.iter().filter(stays).chain(&self.kept).cloned().collect();
        outputs.sort_unstable();
        outputs
    }

    /// Every place that the commit writes to or clears.
    #[must_use]
    pub fn destinations(&self) -> Vec<PathBuf> {
        let removed = self.removed.iter().map(|name| self.output.join(name));
        self.outputs().iter().map(|output| self.output.join(&output.path)).chain(removed).collect()
    }

    /// Puts every kept file into its place: the old manifest leaves first and the new one comes last, so that a
    /// manifest never describes files that are not there. When a file cannot be moved, the old ones return.
    ///
    /// # Errors
    /// When a folder has the name of an output, or a file cannot be moved.
    pub fn commit(mut self) -> Result<(), ReportError> {
        let mut names: Vec<&String> = self.kept.iter().map(|output| &output.path).collect();
        names.sort_by_key(|name| (*name == MANIFEST, *name));
        if let Some(folder) = names.iter().map(|name| self.output.join(name)).find(|path| path.is_dir()) {
            return Err(ReportError::FolderInTheWay(folder));
        }
        let manifest = (!self.spares_manifest).then_some(MANIFEST);
        let removed = self.removed.iter().map(String::as_str).filter(|name| *name != MANIFEST);
        let journal = Journal {
            leave: manifest.into_iter().chain(removed).map(OsString::from).collect(),
            come: names.into_iter().map(OsString::from).collect(),
        };
        commit(&journal, &self.output, &mut self.unfinished)?;
        self.made.stay();
        Ok(())
    }

    /// Where unfinished files are.
    pub(super) fn folder(&self) -> &Path {
        self.unfinished.path()
    }

    /// The file `name` of the output folder, for messages.
    pub(super) fn destination(&self, name: &str) -> PathBuf {
        self.output.join(name)
    }
}

/// An output being written. Its bytes are hashed and counted on their way.
#[derive(Debug)]
pub struct StagedFile {
    name: String,
    destination: PathBuf,
    out: BufWriter<File>,
    checksum: Checksum,
}

impl StagedFile {
    /// Where it will stand, for messages.
    #[must_use]
    pub fn destination(&self) -> &Path {
        &self.destination
    }
}

impl Write for StagedFile {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.out.write(bytes)?;
        // Only what was taken: a writer may take less than it is given, and is handed the rest again.
        self.checksum.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::ErrorKind;
    use tempfile::TempDir;

    /// Names and contents of every file below `folder`, hidden ones included.
    fn listing(folder: &Path) -> Vec<(String, String)> {
        let mut files: Vec<(String, String)> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(path).unwrap()))
            .collect();
        files.sort();
        files
    }

    fn files(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected.iter().map(|(name, content)| ((*name).to_owned(), (*content).to_owned())).collect()
    }

    /// A folder with the results of an earlier run.
    fn old_results() -> TempDir {
        let folder = TempDir::new().unwrap();
        let mut staging = Staging::begin(folder.path()).unwrap();
        staging.write("codings.csv", b"old codings").unwrap();
        staging.write("contrasts.csv", b"old contrasts").unwrap();
        staging.write(MANIFEST, b"old manifest").unwrap();
        staging.commit().unwrap();
        folder
    }

    const OLD_FILES: [(&str, &str); 3] =
        [("codings.csv", "old codings"), ("contrasts.csv", "old contrasts"), (MANIFEST, "old manifest")];

    #[test]
    fn a_commit_replaces_what_it_wrote_and_leaves_no_trace_of_itself() {
        let folder = old_results();
        assert_eq!(listing(folder.path()), files(&OLD_FILES));
        let mut staging = Staging::begin(folder.path()).unwrap();
        staging.write("codings.csv", b"new").unwrap();
        staging.remove("contrasts.csv");
        staging.write(MANIFEST, b"new manifest").unwrap();
        assert_eq!(listing(folder.path().join(staging.folder().file_name().unwrap()).as_path()).len(), 3);
        staging.commit().unwrap();
        assert_eq!(listing(folder.path()), files(&[("codings.csv", "new"), (MANIFEST, "new manifest")]));
    }

    #[test]
    fn a_commit_without_a_manifest_takes_the_old_one_away() {
        let folder = old_results();
        let mut staging = Staging::begin(folder.path()).unwrap();
        staging.write("codings.csv", b"new").unwrap();
        staging.commit().unwrap();
        assert_eq!(listing(folder.path()), files(&[("codings.csv", "new"), ("contrasts.csv", "old contrasts")]));
    }

    #[test]
    fn a_run_that_fails_midway_leaves_the_old_results_untouched() {
        let folder = old_results();
        let fails_midway = || -> Result<(), ReportError> {
            let mut staging = Staging::begin(folder.path())?;
            staging.write("contrasts.csv", b"new contrasts")?;
            let mut codings = staging.create("codings.csv")?;
            codings.write_all(b"new cod").unwrap();
            Err(ReportError::at(codings.destination(), ErrorKind::StorageFull.into()))
        };
        let error = fails_midway().unwrap_err();
        assert!(matches!(&error, ReportError::NoSpace(path) if path.ends_with("codings.csv")), "{error}");
        assert_eq!(listing(folder.path()), files(&OLD_FILES));
    }

    #[test]
    fn a_commit_that_fails_midway_brings_the_old_results_back() {
        let folder = old_results();
        let mut staging = Staging::begin(folder.path()).unwrap();
        for name in ["codings.csv", "contrasts.csv", "prevalence.csv", MANIFEST] {
            staging.write(name, b"new").unwrap();
        }
        // The third of four files cannot be moved.
        fs::remove_file(staging.folder().join("prevalence.csv")).unwrap();
        let error = staging.commit().unwrap_err();
        assert!(error.to_string().contains("prevalence.csv"), "{error}");
        assert_eq!(listing(folder.path()), files(&OLD_FILES));
    }

    #[test]
    fn a_folder_in_the_place_of_a_file_is_refused_before_anything_moves() {
        let folder = old_results();
        fs::create_dir(folder.path().join("prevalence.csv")).unwrap();
        let mut staging = Staging::begin(folder.path()).unwrap();
        staging.write("codings.csv", b"new").unwrap();
        staging.write("prevalence.csv", b"new").unwrap();
        let error = staging.commit().unwrap_err();
        assert!(matches!(error, ReportError::FolderInTheWay(_)), "{error}");
        fs::remove_dir(folder.path().join("prevalence.csv")).unwrap();
        assert_eq!(listing(folder.path()), files(&OLD_FILES));
    }

    #[test]
    fn a_first_run_that_fails_leaves_no_folder() {
        let parent = TempDir::new().unwrap();
        let output = parent.path().join("results");
        let mut staging = Staging::begin(&output).unwrap();
        staging.write("codings.csv", b"new").unwrap();
        drop(staging);
        assert!(!output.exists());
    }

    #[test]
    fn what_a_killed_run_left_is_cleared_away() {
        let folder = old_results();
        let killed = folder.path().join(".partial-killed");
        fs::create_dir(&killed).unwrap();
        fs::write(killed.join("lock"), b"").unwrap();
        fs::write(killed.join("codings.csv"), b"half").unwrap();
        drop(Staging::begin(folder.path()).unwrap());
        assert_eq!(listing(folder.path()), files(&OLD_FILES));
    }

    #[test]
    fn a_commit_that_a_kill_broke_off_is_finished_by_whoever_comes_next() {
        for next in ["a command that reads", "a command that writes"] {
            let folder = old_results();
            let mut staging = Staging::begin(folder.path()).unwrap();
            staging.write("codings.csv", b"new").unwrap();
            staging.write(MANIFEST, b"new manifest").unwrap();
            staging.remove("contrasts.csv");
            // A kill leaves all where it is, with the locks let go; this one comes after three renames.
            let killed = folder.path().join(".partial-killed");
            fs::create_dir(&killed).unwrap();
            for entry in fs::read_dir(staging.folder()).unwrap() {
                let entry = entry.unwrap();
                fs::copy(entry.path(), killed.join(entry.file_name())).unwrap();
            }
            drop(staging);
            let names = |names: &[&str]| names.iter().map(OsString::from).collect();
            let journal =
                Journal { leave: names(&[MANIFEST, "contrasts.csv"]), come: names(&["codings.csv", MANIFEST]) };
            journal.write(&killed).unwrap();
            fs::create_dir(killed.join("old")).unwrap();
            for name in [MANIFEST, "contrasts.csv", "codings.csv"] {
                fs::rename(folder.path().join(name), killed.join("old").join(name)).unwrap();
            }
            match next {
                "a command that reads" => recover(folder.path()).unwrap(),
                _ => drop(Staging::begin(folder.path()).unwrap()),
            }
            assert_eq!(listing(folder.path()), files(&[("codings.csv", "new"), (MANIFEST, "new manifest")]), "{next}");
        }
    }

    #[test]
    fn a_command_that_reads_takes_nothing_away() {
        let folder = old_results();
        let killed = folder.path().join(".partial-killed");
        fs::create_dir(&killed).unwrap();
        fs::write(killed.join("codings.csv"), b"half").unwrap();
        recover(folder.path()).unwrap();
        recover(&folder.path().join("absent")).unwrap();
        assert!(killed.join("codings.csv").exists());
    }

    #[test]
    fn one_of_many_that_begin_at_once_writes() {
        let folder = old_results();
        for round in 0..20 {
            let begun: Vec<Result<Staging, ReportError>> = std::thread::scope(|scope| {
                let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| Staging::begin(folder.path()))).collect();
                threads.into_iter().map(|thread| thread.join().unwrap()).collect()
            });
            let refused = begun.iter().filter(|begun| matches!(begun, Err(ReportError::Busy(_)))).count();
            assert_eq!(refused, 3, "round {round}: {begun:?}");
        }
        assert_eq!(listing(folder.path()), files(&OLD_FILES));
    }

    #[test]
    fn files_of_other_names_are_written_to_one_folder_at_once() {
        let folder = TempDir::new().unwrap();
        let pair = |writer: usize| ["a", "b"].map(|kind| (folder.path().join(format!("{kind}{writer}")), vec![b'x']));
        std::fs::create_dir(folder.path().join(".partial-killed")).unwrap();
        std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|writer| scope.spawn(move || write_together(&pair(writer)))).collect();
            for thread in threads {
                thread.join().unwrap().unwrap();
            }
        });
        assert_eq!(listing(folder.path()).len(), 16, "and what a killed one left is gone");
    }

    #[test]
    fn two_runs_do_not_write_to_one_folder() {
        let folder = old_results();
        let first = Staging::begin(folder.path()).unwrap();
        let error = Staging::begin(folder.path()).unwrap_err();
        assert!(matches!(error, ReportError::Busy(_)), "{error}");
        drop(first);
        assert!(Staging::begin(folder.path()).is_ok());
    }

    #[test]
    fn a_file_in_the_place_of_the_folder_is_refused() {
        let parent = TempDir::new().unwrap();
        let output = parent.path().join("results");
        fs::write(&output, b"notes").unwrap();
        for output in [output.clone(), output.join("deeper")] {
            let error = Staging::begin(&output).unwrap_err();
            assert!(matches!(error, ReportError::FileInTheWay(_)), "{error}");
        }
        assert_eq!(fs::read(&output).unwrap(), b"notes");
    }

    #[test]
    fn outputs_carry_size_and_checksum_of_their_bytes() {
        let folder = TempDir::new().unwrap();
        let mut staging = Staging::begin(folder.path()).unwrap();
        staging.write("b.csv", b"").unwrap();
        staging.write("a.csv", b"abc").unwrap();
        let outputs = staging.outputs();
        assert_eq!(
            outputs.iter().map(|output| (output.path.as_str(), output.bytes)).collect::<Vec<_>>(),
            [("a.csv", 3), ("b.csv", 0)]
        );
        assert_eq!(outputs[0].sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn outputs_of_an_earlier_run_count_unless_written_again_or_removed() {
        let folder = old_results();
        let mut staging = Staging::begin(folder.path()).unwrap();
        let old = |path: &str| Output { path: path.to_owned(), bytes: 9, sha256: String::new() };
        staging.leave(vec![old("documents.csv"), old("codings.csv"), old("contrasts.csv")]);
        staging.write("codings.csv", b"abc").unwrap();
        staging.remove("contrasts.csv");
        let outputs: Vec<(String, u64)> =
            staging.outputs().into_iter().map(|output| (output.path, output.bytes)).collect();
        assert_eq!(outputs, [("codings.csv".to_owned(), 3), ("documents.csv".to_owned(), 9)]);
    }
}
