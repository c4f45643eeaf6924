//! Bundles: everything that coding asks for, in one archive (ZIP) that any tool opens.
//!
//! Not here: what the entries mean (`analysis::bundle`).

use std::fs::File;
use std::io::{BufReader, Cursor, Read, Write};
use std::path::Path;

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use crate::model::Checksum;
use crate::report::ReportError;
use crate::report::error::refuse_pipe;

/// A file inside of a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundleEntry {
    /// Its name there.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// The bytes of an archive of `entries`, the same for the same entries.
///
/// # Errors
/// None but a bug can cause in memory.
pub fn bundle_bytes(entries: &[BundleEntry]) -> Result<Vec<u8>, ReportError> {
    pack(entries).map_err(|error| ReportError::at(Path::new("bundle"), error.into()))
}

fn pack(entries: &[BundleEntry]) -> Result<Vec<u8>, ZipError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // A date that is no date: no output holds a clock time.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for BundleEntry { name, bytes } in entries {
        // Over 4 GiB an entry needs other fields, which must be said before.
        archive.start_file(name.as_str(), options.large_file(bytes.len() > u32::MAX as usize))?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// The entries of the archive at `path`, and its SHA-256.
///
/// # Errors
/// When it cannot be read, or is no archive.
pub fn read_bundle(path: &Path) -> Result<(Vec<BundleEntry>, String), ReportError> {
    refuse_pipe(path)?;
    let read = || -> Result<(Vec<BundleEntry>, String), ZipError> {
        let sha256 = sha256_of(path)?;
        let mut archive = ZipArchive::new(BufReader::new(File::open(path)?))?;
        let mut entries = Vec::new();
        for place in 0..archive.len() {
            let mut file = archive.by_index(place)?;
            let (name, mut bytes) = (file.name()?.into_owned(), Vec::new());
            file.read_to_end(&mut bytes)?;
            entries.push(BundleEntry { name, bytes });
        }
        Ok((entries, sha256))
    };
    read().map_err(|error| match error {
        ZipError::Io(error) => ReportError::at(path, error),
        other => ReportError::NoBundle { path: path.to_path_buf(), message: other.to_string() },
    })
}

fn sha256_of(path: &Path) -> std::io::Result<String> {
    let (mut reader, mut checksum) = (File::open(path)?, Checksum::default());
    let mut piece = vec![0; 1 << 16];
    loop {
        match reader.read(&mut piece)? {
            0 => return Ok(checksum.finish().1),
            read => checksum.update(&piece[..read]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_back_and_the_bytes_are_the_same_again() {
        let entry = |name: &str, bytes: &[u8]| BundleEntry { name: name.to_owned(), bytes: bytes.to_vec() };
        let entries =
            [entry("study.toml", b"seed = 1\n"), entry("empty", b""), entry("long", &b"seven".repeat(20_000))];
        let bytes = bundle_bytes(&entries).unwrap();
        assert_eq!(bytes, bundle_bytes(&entries).unwrap());
        assert!(bytes.len() < 2_000, "compressed");
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("study.plx");
        std::fs::write(&path, &bytes).unwrap();
        assert_eq!(read_bundle(&path).unwrap().0, entries);
        std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
        assert!(read_bundle(&path).unwrap_err().to_string().contains("not a bundle"));
    }
}
