//! What stops the reading of a corpus. Trouble with single records does not: it becomes an `Excluded`.

use std::io;

use crate::corpus::READERS;
use crate::corpus::zstd_frames::NO_FRAME;

/// Trouble with a whole input file, or with finding it. Each message names the file and the remedy.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// A path of the study file leads nowhere.
    #[error("{path}: no such file or folder; paths are relative to the study file{}", of_windows(path))]
    NotFound {
        /// As the study file has it.
        path: String,
    },
    /// A glob matches nothing, or a folder holds nothing to read.
    #[error("{path}: no file to read there; supported are {}", supported())]
    NoFiles {
        /// As the study file has it.
        path: String,
    },
    /// A glob that is none.
    #[error("{path}: not a valid pattern ({message}); write [[] for a bracket that is part of a name")]
    BadPattern {
        /// As the study file has it.
        path: String,
        /// What is wrong with it.
        message: String,
    },
    /// No reader for the extension.
    #[error("{path}: cannot read this kind of file; supported are {}", supported())]
    UnknownFormat {
        /// The file.
        path: String,
    },
    /// Two `[[corpus]]` tables claim a file and say different things about it.
    #[error(
        "{path}: two [[corpus]] tables read this file with different settings (\"{first}\" and \"{second}\"); let only one match it"
    )]
    Ambiguous {
        /// The file.
        path: String,
        /// Path or pattern of the one table.
        first: String,
        /// Path or pattern of the other.
        second: String,
    },
    /// The operating system refuses.
    #[error("{path}: {}", refusal(.source))]
    Io {
        /// The file or folder.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// A pipe, device or socket, which may never end and cannot be read twice.
    #[error("{path}: a pipe, device or socket; name a regular file, so that the results can be computed again from it")]
    NoFile {
        /// As the user named it.
        path: String,
    },
    /// Compressed data that ends early or is damaged. The run stops, because articles are missing.
    #[error("{path}: the compressed data end early or are damaged ({source}); {}", copy_again(.source))]
    Damaged {
        /// The file.
        path: String,
        /// What the decompressor says.
        source: io::Error,
    },
    /// A header that cannot be used.
    #[error("{path}: {message}")]
    Header {
        /// The file.
        path: String,
        /// What is wrong, and the remedy.
        message: String,
    },
    /// A column that the study maps or needs is not in the file.
    #[error("{path}: {message}")]
    Column {
        /// The file.
        path: String,
        /// Which one, what the file has instead, and the remedy.
        message: String,
    },
    /// A study file, codebook or dictionary that is not UTF-8.
    #[error("{path}:{line}: not UTF-8 (byte {offset}); save the file as UTF-8")]
    NotUtf8 {
        /// The file.
        path: String,
        /// 1-based line of the first wrong byte.
        line: usize,
        /// 0-based offset of the first wrong byte.
        offset: usize,
    },
}

/// What to say of a path with the separators of Windows where they are none. `"articles\texts"` in double quotes has a tab.
fn of_windows(path: &str) -> &'static str {
    if path.contains(['\\', '\t']) && std::path::MAIN_SEPARATOR == '/' { ", with / between folders" } else { "" }
}

fn supported() -> String {
    let extensions: Vec<String> =
        READERS.iter().flat_map(|reader| reader.extensions).map(|extension| format!(".{extension}")).collect();
    let mut all = format!("{}, each also as .gz or .zst", extensions.join(" "));
    for (is_built, feature, extensions) in [
        (cfg!(feature = "spreadsheets"), "spreadsheets", ".xlsx .xls .ods"),
        (cfg!(feature = "parquet"), "parquet", ".parquet"),
    ] {
        if !is_built {
            all = format!("{all}; {extensions} by a program built with --features {feature}");
        }
    }
    all
}

/// What mends compressed data: one that does not even begin as such was never compressed.
fn copy_again(source: &io::Error) -> &'static str {
    let is_other = ["invalid gzip header", NO_FRAME].iter().any(|it| source.to_string().contains(it));
    if is_other {
        "where it is not compressed at all take .gz or .zst off its name, else copy or download the file again"
    } else {
        "copy or download the file again"
    }
}

fn refusal(source: &io::Error) -> String {
    match source.kind() {
        io::ErrorKind::PermissionDenied => "no permission to read; change the permissions of the file".to_owned(),
        io::ErrorKind::IsADirectory => "a folder, not a file; name a file".to_owned(),
        io::ErrorKind::NotFound => "no such file".to_owned(),
        _ => format!("cannot be read ({source})"),
    }
}
