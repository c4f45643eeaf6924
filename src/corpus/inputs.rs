//! Finds the files that the `[[corpus]]` tables of a study mean, and puts them in order.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{self, Read},
    path::{Component, Path, PathBuf},
};

use crate::{
    corpus::{
        CorpusError, READERS, Reader,
        globs::{self, GlobError, is_pattern},
        results::Results,
        stream::Compression,
    },
    model::{CorpusSettings, FileFormat},
};

/// One file to read.
#[derive(Clone, Debug)]
pub(super) struct CorpusFile {
    /// Relative to the study file, with forward slashes; as written where the study names an absolute path. For messages.
    pub(super) name: String,
    /// The same for results, which hold no path of a machine: of an absolute path only as much of its end as tells it
    /// from other inputs.
    pub(super) recorded: String,
    pub(super) path: PathBuf,
    pub(super) size: u64,
    pub(super) reader: Reader,
    pub(super) compression: Compression,
    pub(super) settings: CorpusSettings,
    /// What made-up ids begin with: the file's stem, or its whole name where another input has the same stem.
    pub(super) label: String,
}

/// What the tables of a study mean.
#[derive(Clone, Debug)]
pub(super) struct FoundFiles {
    /// All input files in the order of their names.
    pub(super) inputs: Vec<CorpusFile>,
    /// Names of the files in folders of the study that no reader exists for, in their order.
    pub(super) unread: Vec<String>,
}

/// Files by name, where they are.
type NamedFiles = Vec<(String, PathBuf)>;

/// All input files, whatever the order of `settings`. A file that several tables name is read once if they say the same about
/// it.
pub(super) fn find(study_dir: &Path, settings: &[CorpusSettings]) -> Result<FoundFiles, CorpusError> {
    let mut found: BTreeMap<PathBuf, CorpusFile> = BTreeMap::new();
    let mut left_alone: BTreeMap<PathBuf, String> = BTreeMap::new();
    for settings in settings {
        let (names, others) = matches(study_dir, settings)?;
        for (name, path) in others {
            left_alone.insert(identity(&name, &path)?, name);
        }
        for (name, path) in names {
            let input = input(name, path, settings)?;
            let identity = identity(&input.name, &input.path)?;
            match found.get(&identity) {
                Some(other) if !same_but_path(&other.settings, settings) => {
                    let (first, second) = (other.settings.path.clone(), settings.path.clone());
                    return Err(CorpusError::Ambiguous { path: input.name, first, second });
                }
                Some(other) if other.name <= input.name => {}
                _ => {
                    found.insert(identity, input);
                }
            }
        }
    }
    left_alone.retain(|identity, _| !found.contains_key(identity));
    let mut inputs: Vec<CorpusFile> = found.into_values().collect();
    inputs.sort_by(|a, b| a.name.cmp(&b.name));
    record(&mut inputs);
    label(&mut inputs);
    let mut unread: Vec<String> = left_alone.into_values().collect();
    unread.sort_unstable();
    Ok(FoundFiles { inputs, unread })
}

/// The one path of a file that links and tables may name by several.
fn identity(name: &str, path: &Path) -> Result<PathBuf, CorpusError> {
    fs::canonicalize(path).map_err(|source| CorpusError::Io { path: name.to_owned(), source })
}

/// The one file at `path`, whatever is in its name: a name from an old archive need not be UTF-8, and brackets in it are no
/// pattern.
pub(super) fn one(path: &Path) -> Result<CorpusFile, CorpusError> {
    let name = path.display().to_string();
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => {
            input(name.clone(), path.to_path_buf(), &CorpusSettings { path: name, ..CorpusSettings::default() })
        }
        Ok(_) => Err(CorpusError::NoFile { path: name }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(CorpusError::NotFound { path: name }),
        Err(source) => Err(CorpusError::Io { path: name, source }),
    }
}

/// What comes over a pipe, which results know by `recorded`.
#[cfg(feature = "arrow")]
pub(super) fn piped(recorded: &str, reader: Reader, settings: &CorpusSettings) -> CorpusFile {
    CorpusFile {
        name: "standard input".to_owned(),
        recorded: recorded.to_owned(),
        path: PathBuf::new(),
        size: 0,
        reader,
        compression: Compression::None,
        settings: settings.clone(),
        label: stem(recorded),
    }
}

fn same_but_path(a: &CorpusSettings, b: &CorpusSettings) -> bool {
    let path = String::new();
    CorpusSettings { path: path.clone(), ..a.clone() } == CorpusSettings { path, ..b.clone() }
}

/// The last so many parts of a path.
fn ending(name: &str, parts: usize) -> String {
    let start = name.rmatch_indices('/').nth(parts - 1).map_or(0, |(at, _)| at + 1);
    name[start..].trim_start_matches('/').to_owned()
}

/// Gives every input the name that results know it by.
fn record(inputs: &mut [CorpusFile]) {
    for input in &mut *inputs {
        input.recorded.clone_from(&input.name);
    }
    let deepest = inputs.iter().map(|input| input.name.matches('/').count()).max().unwrap_or(0);
    for parts in 1..=deepest + 1 {
        let mut endings: BTreeMap<String, usize> = BTreeMap::new();
        for input in &*inputs {
            *endings.entry(ending(&input.name, parts)).or_default() += 1;
        }
        for input in inputs.iter_mut().filter(|input| Path::new(&input.recorded).is_absolute()) {
            let end = ending(&input.name, parts);
            if endings[&end] == 1 {
                input.recorded = end;
            }
        }
    }
}

fn label(inputs: &mut [CorpusFile]) {
    let mut stems: BTreeMap<String, usize> = BTreeMap::new();
    for input in &*inputs {
        *stems.entry(stem(&input.recorded)).or_default() += 1;
    }
    for input in inputs {
        let stem = stem(&input.recorded);
        input.label = if stems[&stem] == 1 { stem } else { input.recorded.clone() };
    }
}

/// `bbc` of `articles/bbc.csv.gz`.
fn stem(name: &str) -> String {
    let file = name.rsplit('/').next().unwrap_or(name);
    let bare = compression(file).0;
    bare.rsplit_once('.').map_or(bare, |(stem, _)| stem).to_owned()
}

/// The name without the extension of a compression, and which one it was.
fn compression(name: &str) -> (&str, Compression) {
    match name.rsplit_once('.') {
        Some((bare, extension)) if extension.eq_ignore_ascii_case("gz") => (bare, Compression::Gzip),
        Some((bare, extension)) if extension.eq_ignore_ascii_case("zst") => (bare, Compression::Zstd),
        _ => (name, Compression::None),
    }
}

fn format(name: &str) -> Option<(Reader, Compression)> {
    let (bare, compression) = compression(name);
    let extension = bare.rsplit_once('.')?.1.to_ascii_lowercase();
    let reader = READERS.iter().find(|reader| reader.extensions.contains(&&extension[..]))?;
    Some((*reader, compression))
}

/// The reader of a format that the study names, and the compression, which a file of any name may have.
fn named_format(format: FileFormat, name: &str, path: &Path) -> Result<(Reader, Compression), CorpusError> {
    let mut beginning = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(4).read_to_end(&mut beginning));
    read.map_err(|source| CorpusError::Io { path: name.to_owned(), source })?;
    let compression = match &beginning[..] {
        [0x1f, 0x8b, ..] => Compression::Gzip,
        [0x28, 0xb5, 0x2f, 0xfd] => Compression::Zstd,
        _ => Compression::None,
    };
    let by_ending = || self::format(name).map_or_else(|| layout(&beginning), |(reader, _)| reader.format);
    let format = if format == FileFormat::Archive { by_ending() } else { format };
    let reader = READERS.iter().find(|reader| reader.format == format);
    let reader = *reader.ok_or_else(|| CorpusError::UnknownFormat { path: name.to_owned() })?;
    Ok((reader, compression))
}

/// How a download of an archive is laid out by its first bytes, where its name has no ending that says it ("Files (50)").
fn layout(beginning: &[u8]) -> FileFormat {
    match beginning {
        [b'P', b'K', ..] => FileFormat::Word,
        [b'{', b'\\', ..] => FileFormat::RichText,
        [b'<', b'?', ..] => FileFormat::Xml,
        [b'<', ..] => FileFormat::Html,
        _ => FileFormat::Text,
    }
}

/// The files that one table names; and those beside them in its folder that no reader exists for.
fn matches(study_dir: &Path, settings: &CorpusSettings) -> Result<(NamedFiles, NamedFiles), CorpusError> {
    let written = &settings.path;
    let path = study_dir.join(written);
    let mut others = Vec::new();
    let names = match fs::metadata(&path) {
        Ok(metadata) if metadata.is_dir() => {
            let (read, unread): (NamedFiles, NamedFiles) = in_folder(&path, &plain_name(Path::new(written)))?
                .into_iter()
                .partition(|(name, _)| settings.format.is_some() || format(name).is_some());
            // Of a study file nobody thinks that it is an article.
            others.extend(unread.into_iter().filter(|(_, path)| path.extension().is_none_or(|it| it != "toml")));
            read
        }
        Ok(metadata) if metadata.is_file() => vec![(plain_name(Path::new(written)), path)],
        Ok(_) => return Err(CorpusError::NoFile { path: written.clone() }),
        Err(error) if error.kind() == io::ErrorKind::NotFound && is_pattern(written) => by_pattern(study_dir, written)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(CorpusError::NotFound { path: written.clone() });
        }
        Err(source) => return Err(CorpusError::Io { path: written.clone(), source }),
    };
    if names.is_empty() {
        return Err(CorpusError::NoFiles { path: written.clone() });
    }
    Ok((names, others))
}

fn input(name: String, path: PathBuf, settings: &CorpusSettings) -> Result<CorpusFile, CorpusError> {
    let (reader, compression) = match settings.format {
        Some(format) => named_format(format, &name, &path)?,
        None => format(&name).ok_or_else(|| CorpusError::UnknownFormat { path: name.clone() })?,
    };
    // Opened here only to learn before the work begins that it can be opened.
    let size = fs::File::open(&path).and_then(|file| file.metadata()).map(|metadata| metadata.len());
    let size = size.map_err(|source| CorpusError::Io { path: name.clone(), source })?;
    let (recorded, label) = (String::new(), String::new());
    Ok(CorpusFile { name, recorded, path, size, reader, compression, settings: settings.clone(), label })
}

/// The path with forward slashes and without `.` components.
fn plain_name(path: &Path) -> String {
    let mut name = String::new();
    for component in path.components() {
        match component {
            Component::CurDir => continue,
            Component::RootDir => name.clear(),
            _ if !name.is_empty() && !name.ends_with('/') => name.push('/'),
            _ => {}
        }
        name += &component.as_os_str().to_string_lossy().replace('\\', "/");
    }
    name
}

fn by_pattern(study_dir: &Path, pattern: &str) -> Result<NamedFiles, CorpusError> {
    let inner = |path: &Path| plain_name(path.strip_prefix(study_dir).unwrap_or(path));
    let paths = globs::files(study_dir, pattern).map_err(|error| match error {
        GlobError::Pattern(message) => {
            CorpusError::BadPattern { path: pattern.to_owned(), message: message.to_owned() }
        }
        GlobError::Folder(folder, source) => CorpusError::Io { path: inner(&folder), source },
    })?;
    let mut results = Results::default();
    Ok(paths.into_iter().filter(|path| !results.hold(path)).map(|path| (inner(&path), path)).collect())
}

/// All files below `folder`; hidden ones, folders and results of earlier runs left out.
fn in_folder(folder: &Path, name: &str) -> Result<NamedFiles, CorpusError> {
    let (mut names, mut visited, mut results) = (Vec::new(), BTreeSet::new(), Results::default());
    let mut waiting = vec![(name.to_owned(), folder.to_owned())];
    while let Some((name, folder)) = waiting.pop() {
        let fail = |source| CorpusError::Io { path: name.clone(), source };
        // A link may lead back up, or twice to one place.
        if !visited.insert(fs::canonicalize(&folder).map_err(fail)?) {
            continue;
        }
        let mut entries: Vec<_> = fs::read_dir(&folder).and_then(Iterator::collect).map_err(fail)?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let file = entry.file_name().to_string_lossy().into_owned();
            let path = entry.path();
            let name = if name.is_empty() { file.clone() } else { format!("{}/{file}", name.trim_end_matches('/')) };
            if file.starts_with('.') {
            } else if path.is_dir() {
                waiting.push((name, path));
            } else if path.is_file() && !results.hold(&path) {
                names.push((name, path));
            }
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_no_dots_and_no_backslashes() {
        for (path, name) in [
            ("articles/a.csv", "articles/a.csv"),
            ("./articles/./a.csv", "articles/a.csv"),
            ("../shared/a.csv", "../shared/a.csv"),
            ("/data/a.csv", "/data/a.csv"),
            (".", ""),
        ] {
            assert_eq!(plain_name(Path::new(path)), name);
        }
    }

    #[test]
    fn a_download_of_an_archive_is_read_as_it_is_laid_out() {
        let folder = tempfile::tempdir().unwrap();
        for (name, beginning, expected) in [
            ("Files (50)", "PK\u{3}\u{4}", FileFormat::Word),
            ("wire", "{\\rtf1", FileFormat::RichText),
            ("download", "<?xml version", FileFormat::Xml),
            ("download.htm", "<?xml version", FileFormat::Html),
            ("page", "<!DOCTYPE html>", FileFormat::Html),
            ("articles", "1 of 74 DOCUMENTS", FileFormat::Text),
        ] {
            let path = folder.path().join(name);
            fs::write(&path, beginning).unwrap();
            let (reader, _) = named_format(FileFormat::Archive, name, &path).unwrap();
            assert_eq!(reader.format, expected, "{name}");
        }
    }

    #[test]
    fn the_extension_below_a_compression_is_the_format() {
        for (name, format_name, compressed) in [
            ("a.csv", Some("CSV"), Compression::None),
            ("a.b.CSV.GZ", Some("CSV"), Compression::Gzip),
            ("a.ndjson.zst", Some("JSON Lines"), Compression::Zstd),
            ("a.tsv", Some("TSV"), Compression::None),
            ("a.md", Some("plain text"), Compression::None),
            ("a.gz", None, Compression::Gzip),
            ("csv", None, Compression::None),
            ("a.xlsx", cfg!(feature = "spreadsheets").then_some("spreadsheet"), Compression::None),
            ("a.pdf", None, Compression::None),
        ] {
            let found = format(name);
            assert_eq!(found.map(|(reader, _)| reader.name), format_name, "{name}");
            assert_eq!(found.map_or(compressed, |(_, compression)| compression), compressed, "{name}");
        }
        assert_eq!(stem("articles/bbc.news.csv.gz"), "bbc.news");
    }
}
