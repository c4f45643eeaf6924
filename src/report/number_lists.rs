//! Lists of numbers, one a document, kept on the disk as bytes are ([`ByteLists`]).

use crate::report::{ByteLists, ReportError, Staging};

/// Lists of numbers in a file without a name.
#[derive(Debug)]
pub struct NumberLists(ByteLists);

impl NumberLists {
    /// No list yet.
    ///
    /// # Errors
    /// When no file can be made in the folder of results.
    pub fn new(staging: &Staging) -> Result<Self, ReportError> {
        ByteLists::new(staging).map(Self)
    }

    /// Adds a list, which gets the next number from 0 on.
    ///
    /// # Errors
    /// When the disk is full or the like.
    pub fn push(&mut self, list: &[u64]) -> Result<(), ReportError> {
        let bytes: Vec<u8> = list.iter().flat_map(|number| number.to_le_bytes()).collect();
        self.0.push(&bytes)
    }

    /// The list of that number; an empty one where there is none.
    ///
    /// # Errors
    /// When it cannot be read back.
    pub fn list(&mut self, number: usize) -> Result<Vec<u64>, ReportError> {
        let bytes = self.0.list(number)?;
        Ok(bytes.as_chunks().0.iter().map(|bytes| u64::from_le_bytes(*bytes)).collect())
    }
}
