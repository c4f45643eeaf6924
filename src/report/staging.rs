//! Outputs are written beside the old ones and renamed into place together, so that a run that fails or is stopped
//! leaves the old result or none, never half of one.

use std::fs::{self, File, TryLockError};
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tempfile::TempDir;

use crate::report::checksum::Checksum;
use crate::report::{MANIFEST, ReportError};

/// Begins the name of the hidden folder that holds unfinished outputs.
const PREFIX: &str = ".partial-";
/// File in that folder which its run keeps locked; the system lets go of it however the run ends.
const LOCK: &str = "lock";
/// Folder in it where the old outputs wait until all new ones stand in their place.
const OLD: &str = "old";

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
    /// The folders that this run made for its outputs, the outermost first.
    made: Vec<PathBuf>,
    folder: Option<TempDir>,
    _lock: File,
    kept: Vec<Output>,
    left: Vec<Output>,
    removed: Vec<String>,
    /// Whether a manifest in the folder is not this run's to replace.
    spares_manifest: bool,
}

impl Staging {
    /// Makes the folder `output` where it is missing, clears away what killed runs left in it, and opens a place for
    /// unfinished files.
    ///
    /// # Errors
    /// When the folder cannot be made or written, or another run is writing to it.
    pub fn begin(output: &Path) -> Result<Self, ReportError> {
        let mut made: Vec<PathBuf> =
            output.ancestors().take_while(|folder| !folder.exists()).map(Path::to_path_buf).collect();
        made.retain(|folder| !folder.as_os_str().is_empty());
        made.reverse();
        fs::create_dir_all(output).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists if dangles(output) => ReportError::DanglingLink(output.to_path_buf()),
            ErrorKind::AlreadyExists | ErrorKind::NotADirectory => ReportError::FileInTheWay(output.to_path_buf()),
            _ => ReportError::at(output, error),
        })?;
        remove_stale(output)?;
        let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(output);
        let folder = folder.map_err(|error| ReportError::at(output, error))?;
        let lock = File::create(folder.path().join(LOCK)).map_err(|error| ReportError::at(output, error))?;
        // Where the file system knows no locks, two runs at once are not told apart; each result is still whole.
        let _ = lock.try_lock();
        Ok(Self {
            output: output.to_path_buf(),
            made,
            folder: Some(folder),
            _lock: lock,
            kept: Vec::new(),
            left: Vec::new(),
            removed: Vec::new(),
            spares_manifest: false,
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

    /// Puts every kept file into its place: the old manifest leaves first and the new one comes last, so that a
    /// manifest never describes files that are not there. When a file cannot be moved, the old ones return.
    ///
    /// # Errors
    /// When a folder has the name of an output, or a file cannot be moved.
    pub fn commit(mut self) -> Result<(), ReportError> {
        let mut names: Vec<String> = self.kept.iter().map(|output| output.path.clone()).collect();
        names.sort_by_key(|name| (name == MANIFEST, name.clone()));
        if let Some(folder) = names.iter().map(|name| self.output.join(name)).find(|path| path.is_dir()) {
            return Err(ReportError::FolderInTheWay(folder));
        }
        let mut renames = Renames::default();
        let done = self.set_aside(&names, &mut renames).and_then(|()| self.put_in_place(&names, &mut renames));
        if let Err(error) = done {
            renames.undo();
            return Err(error);
        }
        for folder in self
            .removed
            .iter()
            .filter_map(|name| Path::new(name).parent())
            .filter(|folder| !folder.as_os_str().is_empty())
        {
            // Only succeeds where it is empty.
            let _ = fs::remove_dir(self.output.join(folder));
        }
        self.made.clear();
        self.clear();
        sync_folder(&self.output);
        Ok(())
    }

    /// Renames the old files of those names out of the way, the manifest first.
    fn set_aside(&self, names: &[String], renames: &mut Renames) -> Result<(), ReportError> {
        let others = names.iter().chain(&self.removed).map(String::as_str).filter(|name| *name != MANIFEST);
        let manifest = (!self.spares_manifest).then_some(MANIFEST);
        for name in manifest.into_iter().chain(others) {
            let old = self.output.join(name);
            if old.is_file() {
                renames
                    .rename(&old, &self.folder().join(OLD).join(name))
                    .map_err(|error| ReportError::at(&old, error))?;
            }
        }
        Ok(())
    }

    fn put_in_place(&self, names: &[String], renames: &mut Renames) -> Result<(), ReportError> {
        for name in names {
            let destination = self.output.join(name);
            let done = renames.rename(&self.folder().join(name), &destination);
            done.map_err(|error| ReportError::at(&destination, error))?;
        }
        Ok(())
    }

    /// Where unfinished files are.
    pub(super) fn folder(&self) -> &Path {
        self.folder.as_ref().map_or(&self.output, TempDir::path)
    }

    /// The file `name` of the output folder, for messages.
    pub(super) fn destination(&self, name: &str) -> PathBuf {
        self.output.join(name)
    }

    /// Takes away the unfinished files. One that cannot be removed is no trouble: the next run clears it.
    fn clear(&mut self) {
        if let Some(folder) = self.folder.take() {
            let _ = folder.close();
        }
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        self.clear();
        for folder in self.made.iter().rev() {
            // Only succeeds where it is empty.
            let _ = fs::remove_dir(folder);
        }
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
        self.checksum.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

/// Renames done so far, to be undone when a later one fails.
#[derive(Default)]
struct Renames(Vec<(PathBuf, PathBuf)>);

impl Renames {
    fn rename(&mut self, from: &Path, to: &Path) -> std::io::Result<()> {
        to.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::rename(from, to)?;
        self.0.push((from.to_path_buf(), to.to_path_buf()));
        Ok(())
    }

    /// Undoes what can be undone; the error that led here is the one to tell.
    fn undo(self) {
        for (from, to) in self.0.into_iter().rev() {
            let _ = fs::rename(to, from);
        }
    }
}

/// Whether `output`, or a folder above it, is a link that leads nowhere.
fn dangles(output: &Path) -> bool {
    output.ancestors().any(|place| place.is_symlink() && !place.exists())
}

/// Removes the unfinished outputs of runs that were killed.
fn remove_stale(output: &Path) -> Result<(), ReportError> {
    let entries = fs::read_dir(output).map_err(|error| ReportError::at(output, error))?;
    for entry in entries {
        let folder = entry.map_err(|error| ReportError::at(output, error))?.path();
        let named = folder.file_name().is_some_and(|name| name.to_string_lossy().starts_with(PREFIX));
        if !named || !folder.is_dir() {
            continue;
        }
        let lock = File::open(folder.join(LOCK));
        if lock.is_ok_and(|lock| matches!(lock.try_lock(), Err(TryLockError::WouldBlock))) {
            return Err(ReportError::Busy(output.to_path_buf()));
        }
        fs::remove_dir_all(&folder).map_err(|error| ReportError::at(&folder, error))?;
    }
    Ok(())
}

/// Brings the renames to the disk where the system can; they are done either way.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        fs::write(killed.join(LOCK), b"").unwrap();
        fs::write(killed.join("codings.csv"), b"half").unwrap();
        drop(Staging::begin(folder.path()).unwrap());
        assert_eq!(listing(folder.path()), files(&OLD_FILES));
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
