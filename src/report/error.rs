//! What can go wrong while results are written or read back, said with the path and the remedy.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// Trouble with an output, never with the user's rows.
#[derive(Debug, Error)]
pub enum ReportError {
    /// The disk is full.
    #[error("{path}: no space left on the disk that holds it; free some or use --output", path = .0.display())]
    NoSpace(PathBuf),
    /// The folder or file may not be written or read.
    #[error("{path}: permission denied; make it writable or use --output", path = .0.display())]
    Denied(PathBuf),
    /// A folder has the name of an output file.
    #[error("{path}: a folder stands where this file belongs; move it away or use --output", path = .0.display())]
    FolderInTheWay(PathBuf),
    /// A file has the name of the output folder.
    #[error("{path}: a file stands where the output folder belongs; move it away or use --output", path = .0.display())]
    FileInTheWay(PathBuf),
    /// A file that is not replaced has the name of an output.
    #[error("{path}: there already, and not replaced; move it away or use --output", path = .0.display())]
    Exists(PathBuf),
    /// The output folder is a link to a place that does not exist.
    #[error("{path}: a link that leads nowhere; make the folder it leads to, remove it or use --output", path = .0.display())]
    DanglingLink(PathBuf),
    /// Another run holds the output folder.
    #[error("{path}: another run is writing here; wait for it to end or use --output", path = .0.display())]
    Busy(PathBuf),
    /// Some results are in place, others could be moved neither there nor back.
    #[error(
        "{error}; results of this run and of the one before are mixed now, and what is missing of both is kept in \
         {folder}: once that is mended, the next command on this folder ends with the whole result",
        folder = .folder.display()
    )]
    Unfinished {
        /// Where the rest is.
        folder: PathBuf,
        /// What went wrong first.
        error: Box<ReportError>,
    },
    /// No earlier run left a manifest.
    #[error("{path}: no manifest; nothing was finished here, run the study first", path = .0.display())]
    NoManifest(PathBuf),
    /// The manifest is not one that this program writes.
    #[error("{path}: not a manifest ({source}); run the study again", path = .path.display())]
    BadManifest {
        /// The manifest.
        path: PathBuf,
        /// What the JSON reader said, with line and column.
        source: serde_json::Error,
    },
    /// Answers that nobody takes.
    #[cfg(feature = "arrow")]
    #[error("standard output: the answers cannot be written ({0}); read them to their end")]
    Answers(#[from] arrow_schema::ArrowError),
    /// An archive that is none, or is cut off.
    #[error("{path}: not a bundle ({message}); make it again with parallax bundle", path = .path.display())]
    NoBundle {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        message: String,
    },
    /// No part was coded there, or not to its end.
    #[error(
        "{path}: no coded part there, as where its task was killed; code it again (parallax code BUNDLE FILES --output {path}), or \
         leave it out of the merge",
        path = .0.display()
    )]
    NoPart(PathBuf),
    /// What says what a part is of cannot be read.
    #[error("{path}: not of a coded part ({source}); code the part again", path = .path.display())]
    BadPart {
        /// The file.
        path: PathBuf,
        /// What the JSON reader said.
        source: serde_json::Error,
    },
    /// The documents of a part are not as they were written.
    #[error("{path}: missing or changed since the part was coded; copy it again, or code the part again", path = .0.display())]
    DamagedPart(PathBuf),
    /// A table of an earlier run that cannot be read back.
    #[error("{path}:{line}: {message}", path = .path.display())]
    Unreadable {
        /// The table.
        path: PathBuf,
        /// 1-based line; 0 where it is not known.
        line: u64,
        /// What is wrong, and the remedy.
        message: String,
    },
    /// No earlier run left the table that a comparison begins with.
    #[error("{path}: not there; run the study first", path = .0.display())]
    NoDocuments(PathBuf),
    /// The table that a comparison begins with is not as its run left it.
    #[error("{path}: changed since it was written; run the study again", path = .0.display())]
    OtherDocuments(PathBuf),
    /// Files may not grow as large as this one, by a limit of the system or of the disk.
    #[error("{path}: too large for this disk or for the limit set to files; use --output", path = .0.display())]
    TooLarge(PathBuf),
    /// Anything else the system refused.
    #[error("{path}: the system refused ({source}); mend that or use --output", path = .path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// No earlier run left the data of a figure.
    #[error("{path}: not there; run the study first, or choose a figure that it has", path = .0.display())]
    NoFigure(PathBuf),
    /// A figure that needs more height than it is given.
    #[error(
        "{name}: needs a height of {least} mm or more at a width of {width} mm; ask for that, or leave --height out"
    )]
    NoRoom {
        /// The figure.
        name: &'static str,
        /// Its width in millimetres.
        width: f64,
        /// The least height in millimetres.
        least: f64,
    },
    /// A drawing that did not become a picture.
    #[error("{name}: {source}; this is a fault of parallax, please report it")]
    Picture {
        /// The figure.
        name: &'static str,
        /// What went wrong.
        source: RasterError,
    },
    /// A pipe, device or socket has the name of an output.
    #[error("{path}: a pipe, device or socket, not a result; move it away and run the study again", path = .0.display())]
    NoFile(PathBuf),
    /// A row that does not fit its table: a bug.
    #[error("{table}: {source}; this is a fault of parallax, please report it")]
    Row {
        /// File name of the table.
        table: &'static str,
        /// What the CSV writer said.
        source: csv::Error,
    },
}

/// Why a drawing did not become a PNG; none of these can happen but by a fault of the program or for want of memory.
#[derive(Debug, Error)]
pub enum RasterError {
    /// The drawing is not SVG.
    #[cfg(feature = "figures")]
    #[error("the drawing cannot be read back: {0}")]
    Svg(#[from] resvg::usvg::Error),
    /// Too large, or of no size.
    #[error("a picture of {0} x {1} pixels")]
    Size(u32, u32),
    /// The picture cannot be encoded.
    #[cfg(feature = "figures")]
    #[error("the picture cannot be encoded: {0}")]
    Png(#[from] png::EncodingError),
}

/// Refuses what is there and neither a file nor a folder: opening a pipe would wait for ever.
pub(super) fn refuse_pipe(path: &Path) -> Result<(), ReportError> {
    match std::fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() && !metadata.is_dir() => Err(ReportError::NoFile(path.to_path_buf())),
        _ => Ok(()),
    }
}

impl ReportError {
    /// The error for what the system said about `path`.
    pub(super) fn at(path: &Path, source: std::io::Error) -> Self {
        let path = path.to_path_buf();
        match source.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::NoSpace(path),
            ErrorKind::FileTooLarge => Self::TooLarge(path),
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Self::Denied(path),
            _ => Self::Io { path, source },
        }
    }

    /// The error for what the CSV writer said about a row of `table`, on its way to `path`.
    pub(super) fn row(path: &Path, table: &'static str, source: csv::Error) -> Self {
        if !source.is_io_error() {
            return Self::Row { table, source };
        }
        match source.into_kind() {
            csv::ErrorKind::Io(refused) => Self::at(path, refused),
            _ => Self::at(path, ErrorKind::Other.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_names_the_path_and_a_remedy() {
        for (kind, said) in [
            (ErrorKind::StorageFull, "no space left on the disk that holds it; free some or use --output"),
            (ErrorKind::QuotaExceeded, "no space left on the disk that holds it; free some or use --output"),
            (ErrorKind::FileTooLarge, "too large for this disk or for the limit set to files; use --output"),
            (ErrorKind::PermissionDenied, "permission denied; make it writable or use --output"),
            (ErrorKind::ReadOnlyFilesystem, "permission denied; make it writable or use --output"),
        ] {
            let error = ReportError::at(Path::new("results/codings.csv"), kind.into());
            assert_eq!(error.to_string(), format!("results/codings.csv: {said}"), "{kind:?}");
        }
        let other = ReportError::at(Path::new("results"), std::io::Error::other("the cable came loose"));
        assert_eq!(other.to_string(), "results: the system refused (the cable came loose); mend that or use --output");
    }
}
