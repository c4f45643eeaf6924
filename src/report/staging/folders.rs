//! Output folders made where they are missing, and taken away again where nothing comes into them.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::report::ReportError;
use crate::report::staging::leftovers::{self, Removal};

/// The folders that a run made for its outputs, the outermost first. Dropped, those that are empty go again.
#[derive(Debug)]
pub(super) struct MadeFolders(Vec<PathBuf>);

impl MadeFolders {
    /// Makes `output` and what is missing above it.
    ///
    /// # Errors
    /// When it cannot be made, or something else has its name.
    pub(super) fn make(output: &Path) -> Result<Self, ReportError> {
        let mut made: Vec<PathBuf> =
            output.ancestors().take_while(|folder| !folder.exists()).map(Path::to_path_buf).collect();
        // The last ancestor of a relative path is the empty one, which does not "exist".
        made.retain(|folder| !folder.as_os_str().is_empty());
        // The outermost first, so that dropping takes the innermost first, without which no other is empty.
        made.reverse();
        for folder in &made {
            leftovers::note(folder, Removal::Folder);
        }
        let made = Self(made);
        fs::create_dir_all(output).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists if dangles(output) => ReportError::DanglingLink(output.to_path_buf()),
            ErrorKind::AlreadyExists | ErrorKind::NotADirectory => ReportError::FileInTheWay(output.to_path_buf()),
            _ => ReportError::at(output, error),
        })?;
        Ok(made)
    }

    /// Something is in them now.
    pub(super) fn stay(&mut self) {
        for folder in self.0.drain(..) {
            leftovers::forget(&folder);
        }
    }
}

impl Drop for MadeFolders {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            // Only succeeds where it is empty.
            let _ = fs::remove_dir(folder);
            leftovers::forget(folder);
        }
    }
}

/// Whether `output`, or a folder above it, is a link that leads nowhere.
fn dangles(output: &Path) -> bool {
    output.ancestors().any(|place| place.is_symlink() && !place.exists())
}
