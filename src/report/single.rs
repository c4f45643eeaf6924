//! Results of commands that write a file or a few where the user says, outside any study's folder.

use std::io::Write;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::report::ReportError;
use crate::report::error::refuse_pipe;

/// Writes each file beside its place, then renames all into place.
///
/// # Errors
/// When one cannot be written; then none is in its place.
pub fn write_together(files: &[(PathBuf, Vec<u8>)]) -> Result<(), ReportError> {
    let staged = files.iter().map(|(path, bytes)| stage(path, bytes)).collect::<Result<Vec<_>, _>>()?;
    for (file, (path, _)) in staged.into_iter().zip(files) {
        file.persist(path).map_err(|error| ReportError::at(path, error.error))?;
    }
    Ok(())
}

fn stage(path: &Path, bytes: &[u8]) -> Result<NamedTempFile, ReportError> {
    if path.is_dir() {
        return Err(ReportError::FolderInTheWay(path.to_path_buf()));
    }
    refuse_pipe(path)?;
    let fail = |error| ReportError::at(path, error);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(fail)?;
    let mut file = tempfile::Builder::new().prefix(".partial-").tempfile_in(folder).map_err(fail)?;
    open_to_all(&file);
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(fail)?;
    Ok(file)
}

/// A temporary file is its owner's only; a result may be read by whom the folder lets in.
#[cfg(unix)]
fn open_to_all(file: &NamedTempFile) {
    use std::os::unix::fs::PermissionsExt;
    let _ = file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644));
}

#[cfg(not(unix))]
fn open_to_all(_: &NamedTempFile) {}
