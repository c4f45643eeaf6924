//! Finds the files that a path with wildcards means, whatever bytes their names are made of.

use std::{
    fs, io,
    path::{Component, Path, PathBuf},
};

use glob::{MatchOptions, Pattern};

const LIKE_A_SHELL: MatchOptions =
    MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: true };

/// What stops the search.
#[derive(Debug)]
pub(super) enum GlobError {
    /// The path is no pattern, and why.
    Pattern(&'static str),
    /// A folder that cannot be read.
    Folder(PathBuf, io::Error),
}

/// Whether a path has wildcards: `*`, `?`, `[abc]`; `**` stands for any folders.
pub(super) fn is_pattern(path: &str) -> bool {
    path.contains(['*', '?', '['])
}

/// The files below `folder` that `pattern` matches, in the order of their paths. Hidden ones need a dot in the pattern;
/// `**` does not follow links.
///
/// # Errors
/// When `pattern` is none, or a folder on the way cannot be read.
pub(super) fn files(folder: &Path, pattern: &str) -> Result<Vec<PathBuf>, GlobError> {
    let mut places = vec![folder.to_path_buf()];
    for component in Path::new(pattern).components() {
        let name = component.as_os_str().to_string_lossy();
        places = match component {
            Component::CurDir => places,
            Component::Normal(_) if name == "**" => folders_below(places)?,
            Component::Normal(_) if is_pattern(&name) => {
                let pattern = Pattern::new(&name).map_err(|error| GlobError::Pattern(error.msg))?;
                let mut found = Vec::new();
                for place in places.iter().filter(|place| place.as_os_str().is_empty() || place.is_dir()) {
                    let names = |entry: &PathBuf| {
                        entry
                            .file_name()
                            .is_some_and(|name| pattern.matches_with(&name.to_string_lossy(), LIKE_A_SHELL))
                    };
                    found.extend(entries(place)?.into_iter().filter(names));
                }
                found
            }
            _ => places.into_iter().map(|place| place.join(component)).filter(|place| place.exists()).collect(),
        };
    }
    places.retain(|place| place.is_file());
    places.sort();
    places.dedup();
    Ok(places)
}

/// The places and all folders in them that are neither hidden nor links.
fn folders_below(mut places: Vec<PathBuf>) -> Result<Vec<PathBuf>, GlobError> {
    let mut next = 0;
    while let Some(place) = places.get(next).cloned() {
        next += 1;
        let is_hidden = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        let inner = entries(&place)?.into_iter().filter(|path| path.is_dir() && !path.is_symlink() && !is_hidden(path));
        places.extend(inner);
    }
    Ok(places)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, GlobError> {
    let place = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let names = fs::read_dir(place).and_then(|entries| entries.map(|entry| Ok(entry?.file_name())).collect());
    let names: Vec<_> = names.map_err(|error| GlobError::Folder(folder.to_path_buf(), error))?;
    Ok(names.into_iter().map(|name| folder.join(name)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_find_files_as_a_shell_does() {
        let folder = tempfile::TempDir::new().unwrap();
        for name in ["a.csv", "b.csv", ".c.csv", "b.txt", "in/d.csv", "in/deep/e.csv", ".hidden/f.csv", "[g].csv"] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        for (pattern, found) in [
            ("*.csv", &["[g].csv", "a.csv", "b.csv"][..]),
            ("?.csv", &["a.csv", "b.csv"]),
            ("[ab].csv", &["a.csv", "b.csv"]),
            ("[[]*", &["[g].csv"]),
            ("./b.*", &["b.csv", "b.txt"]),
            (".*.csv", &[".c.csv"]),
            ("*/*.csv", &["in/d.csv"]),
            ("**/*.csv", &["[g].csv", "a.csv", "b.csv", "in/d.csv", "in/deep/e.csv"]),
            ("i*/deep/e.csv", &["in/deep/e.csv"]),
            ("a.csv/*", &[]),
            ("no/*", &[]),
        ] {
            let paths = files(folder.path(), pattern).unwrap();
            let names: Vec<_> = paths.iter().map(|path| path.strip_prefix(folder.path()).unwrap()).collect();
            assert_eq!(names, found.iter().map(Path::new).collect::<Vec<_>>(), "{pattern}");
        }
        for pattern in ["[a", "a**", "in/***"] {
            assert!(matches!(files(folder.path(), pattern), Err(GlobError::Pattern(_))), "{pattern}");
        }
    }
}
