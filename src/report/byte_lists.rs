//! Lists of bytes kept on the disk while a corpus is read: what is needed of few documents or late, but of which nobody
//! knows before the end.

use std::fs::File;
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;

use crate::report::{ReportError, Staging};

/// Lists in a file without a name beside the results, which goes with them that made it.
#[derive(Debug)]
pub struct ByteLists {
    folder: PathBuf,
    out: BufWriter<File>,
    /// Where each list ends, in bytes.
    ends: Vec<u64>,
}

impl ByteLists {
    /// No list yet.
    ///
    /// # Errors
    /// When no file can be made in the folder of results.
    pub fn new(staging: &Staging) -> Result<Self, ReportError> {
        let folder = staging.folder().to_path_buf();
        let file = tempfile::tempfile_in(&folder).map_err(|error| ReportError::at(&folder, error))?;
        Ok(Self { folder, out: BufWriter::new(file), ends: Vec::new() })
    }

    /// Adds a list, which gets the next number from 0 on.
    ///
    /// # Errors
    /// When the disk is full or the like.
    pub fn push(&mut self, list: &[u8]) -> Result<(), ReportError> {
        self.out.write_all(list).map_err(|error| ReportError::at(&self.folder, error))?;
        self.ends.push(self.ends.last().unwrap_or(&0) + list.len() as u64);
        Ok(())
    }

    /// The list of that number; an empty one where there is none.
    ///
    /// # Errors
    /// When it cannot be read back.
    pub fn list(&mut self, number: usize) -> Result<Vec<u8>, ReportError> {
        let Some(&end) = self.ends.get(number) else { return Ok(Vec::new()) };
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.read(start, end - start).map_err(|error| ReportError::at(&self.folder, error))
    }

    fn read(&mut self, start: u64, length: u64) -> std::io::Result<Vec<u8>> {
        self.out.flush()?;
        let file = self.out.get_mut();
        file.seek(SeekFrom::Start(start))?;
        let mut bytes = Vec::new();
        file.take(length).read_to_end(&mut bytes)?;
        // What is added next goes to the end again.
        self.out.seek(SeekFrom::End(0))?;
        if bytes.len() as u64 == length { Ok(bytes) } else { Err(std::io::ErrorKind::UnexpectedEof.into()) }
    }
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    #[test]
    fn lists_come_back_and_leave_nothing_behind() {
        let folder = TempDir::new().unwrap();
        let staging = Staging::begin(folder.path()).unwrap();
        let files = || std::fs::read_dir(staging.folder()).unwrap().count();
        let before = files();
        let mut lists = ByteLists::new(&staging).unwrap();
        let expected = [vec![3, u8::MAX], vec![], vec![7]];
        for list in &expected {
            lists.push(list).unwrap();
            assert_eq!(lists.list(0).unwrap(), expected[0], "read while lists are added");
        }
        for number in [2, 0, 1] {
            assert_eq!(lists.list(number).unwrap(), expected[number], "list {number}");
        }
        assert!(lists.list(3).unwrap().is_empty());
        assert_eq!(files(), before);
    }
}
