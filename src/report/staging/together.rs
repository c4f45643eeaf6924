//! Results of commands that write a file or a few where the user says, outside any study's folder.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::report::ReportError;
use crate::report::error::refuse_pipe;
use crate::report::staging::claim::{Rest, Unfinished, settle};
use crate::report::staging::commit::commit;
use crate::report::staging::folders::MadeFolders;
use crate::report::staging::journal::Journal;

/// Writes each of `files` beside its place, then renames all into place; those of one folder come together or not at all.
/// Other commands may do the same in that folder at the same time.
///
/// # Errors
/// When one cannot be written; then none of its folder is in its place.
pub fn write_together(files: &[(PathBuf, Vec<u8>)]) -> Result<(), ReportError> {
    // All are asked before the first is written, so that a folder in the way of the second costs nothing.
    for (path, _) in files {
        if path.is_dir() {
            return Err(ReportError::FolderInTheWay(path.clone()));
        }
        refuse_pipe(path)?;
    }
    let mut folders: Vec<&Path> = files.iter().map(|(path, _)| folder_of(path)).collect();
    // One commit for each folder, as a rename is whole only within one file system.
    folders.sort_unstable();
    folders.dedup();
    folders.into_iter().try_for_each(|folder| write_into(folder, files))
}

/// The folder that a file is in.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Writes those of the files that belong in `folder`.
fn write_into(folder: &Path, files: &[(PathBuf, Vec<u8>)]) -> Result<(), ReportError> {
    let mut made = MadeFolders::make(folder)?;
    settle(folder, Rest::GoesBesideOthers)?;
    let mut unfinished = Unfinished::make(folder)?;
    let mut journal = Journal { leave: Vec::new(), come: Vec::new() };
    for (path, bytes) in files.iter().filter(|(path, _)| folder_of(path) == folder) {
        let name = path.file_name().ok_or_else(|| ReportError::FolderInTheWay(path.clone()))?;
        let written = write(&unfinished.path().join(name), bytes);
        written.map_err(|error| ReportError::at(path, error))?;
        journal.come.push(name.to_owned());
    }
    commit(&journal, folder, &mut unfinished)?;
    made.stay();
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    // Before it is renamed: after a power cut the name may else stand for an empty file.
    file.sync_all()
}
