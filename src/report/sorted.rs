//! Rows sorted by document id in bounded memory: sorted runs are spilled to the disk, compressed, and merged at the end.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::PathBuf;

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use crate::report::{ReportError, Staging, Table};

/// Bytes kept in memory before they are spilled.
const LIMIT: usize = 16 << 20;
/// Runs on the disk before they are merged into one, so that open files stay few.
// A Mac allows a process 256 open files, and three tables are sorted at a time.
const RUNS: usize = 64;

/// Rows of one table on their way to its file, which lists them by document id whatever order they come in.
#[derive(Debug)]
pub struct SortedRows {
    table: &'static Table,
    folder: PathBuf,
    destination: PathBuf,
    limit: usize,
    buffered: usize,
    blocks: Vec<Block>,
    runs: Vec<PathBuf>,
    spills: usize,
}

/// The encoded rows of one document. Equal ids stay in the order they came in.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Block {
    id: String,
    rows: Vec<u8>,
}

/// Blocks in the order of their ids.
type Run = Box<dyn Iterator<Item = std::io::Result<Block>>>;

/// A run on its way to the disk.
type RunWriter = BufWriter<DeflateEncoder<File>>;

impl SortedRows {
    /// Begins the file of `table`.
    #[must_use]
    pub fn new(staging: &Staging, table: &'static Table) -> Self {
        Self {
            table,
            folder: staging.folder().to_path_buf(),
            destination: staging.destination(table.file),
            limit: LIMIT,
            buffered: 0,
            blocks: Vec::new(),
            runs: Vec::new(),
            spills: 0,
        }
    }

    /// The same with another limit to the bytes kept in memory.
    #[must_use]
    pub fn with_limit(self, limit: usize) -> Self {
        Self { limit, ..self }
    }

    /// Takes the rows of document `id`, encoded as [`Rows::encoded`](crate::report::Rows::encoded) does.
    ///
    /// # Errors
    /// When memory is full and cannot be spilled to the disk.
    pub fn push(&mut self, id: &str, rows: Vec<u8>) -> Result<(), ReportError> {
        if rows.is_empty() {
            return Ok(());
        }
        // With the block itself, as a million documents without a coding would else weigh nothing.
        self.buffered += id.len() + rows.capacity() + size_of::<Block>();
        self.blocks.push(Block { id: id.to_owned(), rows });
        if self.buffered > self.limit { self.spill() } else { Ok(()) }
    }

    /// Writes header and rows, sorted, and hands the file to `staging`.
    ///
    /// # Errors
    /// When the file or what was spilled cannot be written or read.
    pub fn finish(self, staging: &mut Staging) -> Result<(), ReportError> {
        let header = self.table.header();
        self.finish_as(staging, header.as_bytes(), |rows| Ok(rows.to_vec()))
    }

    /// The same under another header, where `lines` makes of what was kept of a document its rows.
    ///
    /// # Errors
    /// As [`finish`](Self::finish), and when `lines` fails.
    pub(super) fn finish_as(
        mut self,
        staging: &mut Staging,
        header: &[u8],
        lines: impl Fn(&[u8]) -> std::io::Result<Vec<u8>>,
    ) -> Result<(), ReportError> {
        let mut out = staging.create(self.table.file)?;
        out.write_all(header).map_err(|error| ReportError::at(&self.destination, error))?;
        self.sort();
        let blocks = std::mem::take(&mut self.blocks);
        let in_memory: Run = Box::new(blocks.into_iter().map(Ok));
        let merged = self.open_runs().and_then(|mut runs| {
            // Last, as what is in memory came last: equal ids stay in the order they came in.
            runs.push(in_memory);
            merge(runs, |block| out.write_all(&lines(&block.rows)?))
        });
        merged.map_err(|error| ReportError::at(&self.destination, error))?;
        staging.keep(out)
    }

    fn sort(&mut self) {
        // Stable, so that blocks of one id stay in the order they came in.
        self.blocks.sort_by(|a, b| a.id.cmp(&b.id));
        self.buffered = 0;
    }

    fn spill(&mut self) -> Result<(), ReportError> {
        self.try_spill().map_err(|error| ReportError::at(&self.destination, error))
    }

    fn try_spill(&mut self) -> std::io::Result<()> {
        self.sort();
        let (path, mut run) = self.new_run()?;
        for block in self.blocks.drain(..) {
            block.write_to(&mut run)?;
        }
        close(run)?;
        self.runs.push(path);
        if self.runs.len() >= RUNS { self.merge_runs() } else { Ok(()) }
    }

    /// Makes one run of all.
    fn merge_runs(&mut self) -> std::io::Result<()> {
        let (path, mut run) = self.new_run()?;
        merge(self.open_runs()?, |block| block.write_to(&mut run))?;
        close(run)?;
        for merged in std::mem::replace(&mut self.runs, vec![path]) {
            std::fs::remove_file(merged)?;
        }
        Ok(())
    }

    fn new_run(&mut self) -> std::io::Result<(PathBuf, RunWriter)> {
        self.spills += 1;
        let path = self.folder.join(format!("{}.run-{}", self.table.file, self.spills));
        // Rows repeat outlets, dates and names of frames: the fastest compression leaves a sixth of them.
        let run = BufWriter::new(DeflateEncoder::new(File::create(&path)?, Compression::fast()));
        Ok((path, run))
    }

    fn open_runs(&self) -> std::io::Result<Vec<Run>> {
        let open = |path: &PathBuf| {
            let mut run = BufReader::new(DeflateDecoder::new(File::open(path)?));
            let blocks = std::iter::from_fn(move || Block::read_from(&mut run).transpose());
            Ok(Box::new(blocks) as Run)
        };
        self.runs.iter().map(open).collect()
    }
}

impl Block {
    fn write_to(&self, run: &mut impl Write) -> std::io::Result<()> {
        for part in [self.id.as_bytes(), &self.rows] {
            run.write_all(&(part.len() as u64).to_le_bytes())?;
            run.write_all(part)?;
        }
        Ok(())
    }

    /// The next block; `None` at the end of the run.
    fn read_from(run: &mut impl BufRead) -> std::io::Result<Option<Self>> {
        if run.fill_buf()?.is_empty() {
            return Ok(None);
        }
        let id = String::from_utf8(read_part(run)?).map_err(std::io::Error::other)?;
        Ok(Some(Self { id, rows: read_part(run)? }))
    }
}

/// Writes out what is left of a run; what the disk has no room for is an error here at the latest.
fn close(run: RunWriter) -> std::io::Result<()> {
    run.into_inner()?.finish()?.flush()
}

fn read_part(run: &mut impl Read) -> std::io::Result<Vec<u8>> {
    let mut len = [0; 8];
    run.read_exact(&mut len)?;
    let len = u64::from_le_bytes(len);
    let mut part = Vec::new();
    // Not one allocation of `len` bytes: of a spilled file that was damaged it may be any number.
    let read = run.take(len).read_to_end(&mut part)?;
    if read as u64 == len { Ok(part) } else { Err(std::io::ErrorKind::UnexpectedEof.into()) }
}

/// Calls `sink` with every block of the sorted `runs`, by id; of equal ids, those of earlier runs first.
fn merge(mut runs: Vec<Run>, mut sink: impl FnMut(&Block) -> std::io::Result<()>) -> std::io::Result<()> {
    let mut heads = BinaryHeap::new();
    for (number, run) in runs.iter_mut().enumerate() {
        if let Some(block) = run.next() {
            let Block { id, rows } = block?;
            heads.push(Reverse((id, number, rows)));
        }
    }
    while let Some(Reverse((id, number, rows))) = heads.pop() {
        sink(&Block { id, rows })?;
        if let Some(block) = runs[number].next() {
            let Block { id, rows } = block?;
            heads.push(Reverse((id, number, rows)));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;
    use crate::report::{Column, Kind};

    static TABLE: Table = Table {
        file: "words.csv",
        row: "A word.",
        key: &[],
        columns: &[Column { name: "word", kind: Kind::Text, optional: false, meaning: "The word." }],
    };

    /// The file that comes of these blocks under a limit, and how many runs were spilled.
    fn sorted(blocks: &[(String, String)], limit: usize) -> (String, usize) {
        let folder = TempDir::new().unwrap();
        let mut staging = Staging::begin(folder.path()).unwrap();
        let mut rows = SortedRows::new(&staging, &TABLE).with_limit(limit);
        for (id, row) in blocks {
            rows.push(id, row.clone().into_bytes()).unwrap();
        }
        let spills = rows.spills;
        rows.finish(&mut staging).unwrap();
        staging.commit().unwrap();
        let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names, ["words.csv"], "nothing spilled stays behind");
        (std::fs::read_to_string(folder.path().join("words.csv")).unwrap(), spills)
    }

    #[test]
    fn rows_come_out_by_id_whatever_fits_in_memory() {
        // 7 is coprime to 300: every number once, far from order.
        let blocks: Vec<(String, String)> =
            (0..300).map(|n| n * 7 % 300).map(|n| (format!("d{n:03}"), format!("{n}a\n{n}b\n"))).collect();
        let expected: String =
            std::iter::once("word\n".to_owned()).chain((0..300).map(|n| format!("{n}a\n{n}b\n"))).collect();
        for (limit, spilled) in [(usize::MAX, false), (2_000, true), (0, true)] {
            let (file, spills) = sorted(&blocks, limit);
            assert_eq!(file, expected, "limit {limit}");
            assert_eq!(spills > 0, spilled, "limit {limit}");
        }
    }

    #[test]
    fn rows_of_one_id_keep_their_order() {
        let blocks: Vec<(String, String)> = (0..200).map(|n| ("same".to_owned(), format!("{n}\n"))).collect();
        let expected: String = std::iter::once("word\n".to_owned()).chain((0..200).map(|n| format!("{n}\n"))).collect();
        for limit in [usize::MAX, 300, 0] {
            assert_eq!(sorted(&blocks, limit).0, expected, "limit {limit}");
        }
    }

    #[test]
    fn no_rows_leave_the_header() {
        assert_eq!(sorted(&[("a".to_owned(), String::new())], 0), ("word\n".to_owned(), 0));
    }

    #[test]
    fn a_run_that_was_cut_off_is_an_error() {
        let folder = TempDir::new().unwrap();
        let mut staging = Staging::begin(folder.path()).unwrap();
        let mut rows = SortedRows::new(&staging, &TABLE).with_limit(0);
        rows.push("a", b"row\n".to_vec()).unwrap();
        std::fs::write(&rows.runs[0], [9, 0, 0]).unwrap();
        let error = rows.finish(&mut staging).unwrap_err();
        assert!(error.to_string().contains("words.csv"), "{error}");
    }
}
