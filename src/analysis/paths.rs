//! Places of files: whether two names are one file, and the way from one folder to another.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use crate::analysis::error::AnalysisError;
use crate::report::is_stranger;

/// The file that `path` leads to, links followed; `None` where there is none.
pub(super) fn place(path: &Path) -> Option<PathBuf> {
    std::fs::canonicalize(path).ok()
}

/// Refuses a result that would take the place of an input. Every verb asks this of all that it writes.
///
/// # Errors
/// When one of `outputs` is one of `inputs`, by whatever name.
pub fn spare(
    outputs: impl IntoIterator<Item = PathBuf>,
    inputs: impl IntoIterator<Item = impl AsRef<Path>>,
) -> Result<(), AnalysisError> {
    let inputs: BTreeSet<PathBuf> = inputs.into_iter().filter_map(|input| place(input.as_ref())).collect();
    let is_input = |output: &PathBuf| place(output).is_some_and(|place| inputs.contains(&place));
    match outputs.into_iter().find(is_input) {
        Some(path) => Err(AnalysisError::OutputIsInput { path }),
        None => Ok(()),
    }
}

/// Refuses a result that would take the place of a file that no run of this program wrote, before any work. An input among these
/// `strangers` is refused as one, if it is to be replaced at all.
///
/// # Errors
/// When there is one that is none of `inputs`.
pub(super) fn spare_strangers(
    strangers: Vec<PathBuf>,
    inputs: impl FnOnce() -> Vec<PathBuf>,
) -> Result<(), AnalysisError> {
    if strangers.is_empty() {
        return Ok(());
    }
    let inputs: BTreeSet<PathBuf> = inputs().iter().filter_map(|input| place(input)).collect();
    let is_input = |path: &PathBuf| place(path).is_some_and(|place| inputs.contains(&place));
    match strangers.into_iter().find(|path| !is_input(path)) {
        Some(path) => Err(AnalysisError::OutputIsStranger { path }),
        None => Ok(()),
    }
}

/// The same of one file at a place of the user's choice, where a table of these `columns` is to stand.
///
/// # Errors
/// When another file is there.
pub fn spare_stranger(path: &Path, columns: &[&str]) -> Result<(), AnalysisError> {
    if is_stranger(path, columns) {
        return Err(AnalysisError::OutputIsStranger { path: path.to_path_buf() });
    }
    Ok(())
}

/// The files of that ending in `folder`, by name; none where it cannot be listed.
pub(super) fn files_in(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|it| it == ending)).collect();
    files.sort();
    files
}

/// The name of a file without its folders, which no output holds.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The path from the root, links followed as far as the path exists.
pub(super) fn resolved(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    // An output folder may not be there yet, and what is not there cannot be asked for its real place.
    for ancestor in path.ancestors() {
        if let Some(real) = place(ancestor) {
            return path.strip_prefix(ancestor).map_or(real.clone(), |rest| real.join(rest));
        }
    }
    path
}

/// The way from the folder `from` to `to`, both from the root, with forward slashes.
pub(super) fn relative(from: &Path, to: &Path) -> String {
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        // On another drive there is no way but the whole path.
        return to.display().to_string();
    }
    let up = from.components().skip(shared).map(|_| "..".to_owned());
    let down = to.components().skip(shared).map(|part: Component<'_>| part.as_os_str().to_string_lossy().into_owned());
    let way: Vec<String> = up.chain(down).collect();
    if way.is_empty() { ".".to_owned() } else { way.join("/") }
}

/// The way from a folder, which need not be there yet, to a file, as a study file in the folder names it.
#[must_use]
pub fn way_to(folder: &Path, file: &Path) -> String {
    relative(&resolved(folder), &resolved(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_to_the_results_goes_up_and_down() {
        for (from, to, way) in [
            ("/a/results/notebooks", "/a/results", ".."),
            ("/a/notebooks-export", "/a/corpora/x/results", "../corpora/x/results"),
            ("/a", "/a/b", "b"),
            ("/a", "/a", "."),
            ("/a/b/c", "/d", "../../../d"),
        ] {
            assert_eq!(relative(Path::new(from), Path::new(to)), way, "{from} {to}");
        }
    }
}
