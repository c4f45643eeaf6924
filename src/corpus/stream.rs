//! The bytes of one input file on their way to a reader: read once, hashed, decompressed, decoded to UTF-8, and offered
//! through a window that a reader consumes from.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, Read},
    path::Path,
};

use crate::corpus::CorpusError;
use crate::corpus::encoding::{EVIDENCE, Encoding, FLAW};
use crate::corpus::gzip::GzipMembers;
use crate::corpus::zstd_frames::ZstdFrames;
use crate::model::Checksum;

/// No article is this long. Longer records are left out, which bounds the memory.
pub(super) const LONGEST_RECORD: usize = 16 << 20;

/// The largest file of a format that must be read whole, unpacked: some hundred thousand articles.
const LARGEST_WHOLE: usize = 1 << 30;

/// How much is read at a time.
const BLOCK: usize = 256 << 10;

/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compression {
    None,
    Gzip,
    Zstd,
}

/// A record at the beginning of the window.
#[derive(Clone, Copy)]
pub(super) struct Measured {
    /// How much of the window is the record, or the last part of one that is too long.
    pub(super) length: usize,
    /// Whether it is longer than [`LONGEST_RECORD`].
    pub(super) is_too_long: bool,
}

/// A window on the UTF-8 of a file.
pub(super) struct Stream {
    name: String,
    source: Source,
    encoding: Encoding,
    /// Whether the study names the encoding.
    is_named: bool,
    /// UTF-8, of which the first `start` bytes are consumed.
    window: Vec<u8>,
    start: usize,
    /// Bytes read and decompressed, but not decoded yet.
    raw: Vec<u8>,
    started: bool,
    ended: bool,
    /// Offset of the window's first byte in the decoded file.
    window_offset: u64,
    /// Offset of `raw` in the decompressed file.
    raw_offset: u64,
    /// Places of flaws: in the decoded file, in the decompressed file.
    flaws: BTreeMap<u64, u64>,
    mark: u64,
    line: u64,
    last_byte: u8,
    notes: Vec<String>,
    /// Where damaged members of a gzip file would have gone on in the decompressed file; `None` where damage ends the reading.
    breaks: Option<Vec<u64>>,
}

impl Stream {
    /// What `source` hands out, which is not to be decoded.
    #[cfg(feature = "arrow")]
    pub(super) fn of_bytes(name: &str, source: Box<dyn Read + Send>) -> Self {
        let source = Metered { file: Some(source), checksum: Checksum::default() };
        Self::new(name, Source::Plain(source), None)
    }

    /// The next bytes, unpacked and not decoded, for formats that read by themselves. Nothing else may have been read.
    #[cfg(feature = "arrow")]
    pub(super) fn read_bytes(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.source.read(buffer)
    }

    /// Opens a file. `encoding` is what the study says of it, where it says anything.
    pub(super) fn open(
        name: &str,
        path: &Path,
        compression: Compression,
        encoding: Option<Encoding>,
    ) -> Result<Self, CorpusError> {
        let fail = |source| CorpusError::Io { path: name.to_owned(), source };
        let file = Metered { file: Some(Box::new(File::open(path).map_err(fail)?)), checksum: Checksum::default() };
        let source = match compression {
            Compression::None => Source::Plain(file),
            Compression::Gzip => Source::Gzip(Box::new(GzipMembers::new(file))),
            Compression::Zstd => Source::Zstd(Box::new(ZstdFrames::new(file))),
        };
        Ok(Self::new(name, source, encoding))
    }

    fn new(name: &str, source: Source, encoding: Option<Encoding>) -> Self {
        Self {
            name: name.to_owned(),
            source,
            encoding: encoding.unwrap_or(Encoding::Undecided),
            is_named: encoding.is_some(),
            window: Vec::new(),
            start: 0,
            raw: Vec::new(),
            started: false,
            ended: false,
            window_offset: 0,
            raw_offset: 0,
            flaws: BTreeMap::new(),
            mark: 0,
            line: 1,
            last_byte: 0,
            notes: Vec::new(),
            breaks: None,
        }
    }

    /// The same for a format that is no text and whose records are members of their own: bytes are not decoded, and a damaged member
    /// of gzip is passed over, of which [`Stream::next_break`] tells. To be asked for before anything is read.
    pub(super) fn of_members(self) -> Self {
        Self { encoding: Encoding::Utf8, is_named: true, breaks: Some(Vec::new()), ..self }
    }

    /// Where in the decompressed file the window begins.
    pub(super) fn offset(&self) -> u64 {
        self.window_offset + self.start as u64
    }

    /// The first place at which a damaged member stops short and that is not passed yet, as far as the file is read.
    pub(super) fn next_break(&self) -> Option<u64> {
        self.breaks.as_ref()?.first().copied()
    }

    /// Marks that place as done with.
    pub(super) fn pass_break(&mut self) {
        if let Some(breaks) = self.breaks.as_mut().filter(|breaks| !breaks.is_empty()) {
            breaks.remove(0);
        }
    }

    /// The file, as messages name it.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// What is read and not consumed. [`Stream::fill`] makes it longer.
    pub(super) fn window(&self) -> &[u8] {
        &self.window[self.start..]
    }

    /// Whether the window reaches to the end of the file.
    pub(super) fn ended(&self) -> bool {
        self.ended
    }

    /// 1-based line of the window's first byte; `\n`, `\r\n` and a lone `\r` end a line.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// Reads on, so that the window grows by a block, or ends.
    pub(super) fn fill(&mut self) -> Result<(), CorpusError> {
        self.window.drain(..self.start);
        self.window_offset += self.start as u64;
        self.start = 0;
        let before = self.window.len();
        while !self.ended && self.window.len() == before {
            self.read_raw(self.raw.len() + BLOCK)?;
            if !self.started {
                self.started = true;
                let (encoding, mark) = Encoding::at_start(&self.raw);
                if !self.is_named {
                    self.encoding = encoding;
                }
                self.raw.drain(..mark);
                self.raw_offset = mark as u64;
                self.mark = mark as u64;
                self.note_encoding();
            }
            if self.encoding == Encoding::Undecided && !self.raw.is_ascii() {
                self.read_raw(EVIDENCE)?;
                self.encoding = Encoding::by_evidence(&self.raw, self.ended);
                self.note_encoding();
            }
            self.decode();
        }
        Ok(())
    }

    /// All bytes of the file, unpacked and not decoded: for formats that are no text. To be asked for before anything is read.
    pub(super) fn whole_bytes(&mut self) -> Result<Vec<u8>, CorpusError> {
        self.started = true;
        self.read_raw(LARGEST_WHOLE)?;
        if self.ended { Ok(std::mem::take(&mut self.raw)) } else { Err(self.too_large()) }
    }

    /// All of the file as text, for formats that only the whole file tells; what cannot be decoded is U+FFFD.
    pub(super) fn whole_text(&mut self) -> Result<String, CorpusError> {
        while !self.ended {
            if self.window().len() > LARGEST_WHOLE {
                return Err(self.too_large());
            }
            self.fill()?;
        }
        Ok(String::from_utf8_lossy(self.window()).into_owned())
    }

    fn too_large(&self) -> CorpusError {
        let message = format!("over {} GiB, and such a file is read whole; split it", LARGEST_WHOLE >> 30);
        CorpusError::Header { path: self.name.clone(), message }
    }

    /// Reads until `raw` has `length` bytes or the file ends, whatever pieces the system hands out, so that nothing
    /// depends on them.
    fn read_raw(&mut self, length: usize) -> Result<(), CorpusError> {
        let missing = length.saturating_sub(self.raw.len()) as u64;
        let compressed = !matches!(self.source, Source::Plain(_));
        let read = self.source.by_ref().take(missing).read_to_end(&mut self.raw);
        if let (Some(breaks), Source::Gzip(members), Err(error)) = (&mut self.breaks, &mut self.source, &read)
            && error.kind() != io::ErrorKind::PermissionDenied
        {
            breaks.push(self.raw_offset + self.raw.len() as u64);
            self.ended = !members.resume().map_err(|source| CorpusError::Io { path: self.name.clone(), source })?;
            return Ok(());
        }
        let read = read.map_err(|source| {
            let path = self.name.clone();
            match source.kind() {
                io::ErrorKind::PermissionDenied | io::ErrorKind::IsADirectory => CorpusError::Io { path, source },
                _ if compressed => CorpusError::Damaged { path, source },
                _ => CorpusError::Io { path, source },
            }
        })?;
        self.ended = (read as u64) < missing;
        Ok(())
    }

    fn decode(&mut self) {
        let Self { raw, window, flaws, window_offset, raw_offset, .. } = self;
        let used = self.encoding.decode(raw, window, self.ended, |to, from| {
            flaws.insert(*window_offset + to as u64, *raw_offset + from as u64);
        });
        raw.drain(..used);
        *raw_offset += used as u64;
    }

    fn note_encoding(&mut self) {
        // Of an encoding that the study names the user knows.
        let is_known = self.is_named && matches!(self.encoding, Encoding::Named(_));
        if let Some(name) = self.encoding.notable_name().filter(|_| !is_known) {
            self.note(format!("read as {}", name.to_lowercase()));
        }
    }

    /// Something about the file as a whole that the user should see.
    pub(super) fn note(&mut self, note: String) {
        self.notes.push(note);
    }

    /// Reads the record at the window's beginning: `end` is given the bytes it has not seen yet and finds where among them
    /// the record ends; without an end it goes to the end of the file. Of a record that is too long only the last part is
    /// left in the window, which bounds the memory.
    pub(super) fn measure(&mut self, mut end: impl FnMut(&[u8]) -> Option<usize>) -> Result<Measured, CorpusError> {
        let (mut length, mut is_too_long) = (0, false);
        loop {
            let rest = &self.window()[length..];
            if let Some(found) = end(rest) {
                length += found;
                break;
            }
            length += rest.len();
            if self.ended {
                break;
            }
            if is_too_long || length > LONGEST_RECORD {
                is_too_long = true;
                self.consume(std::mem::take(&mut length));
            }
            self.fill()?;
        }
        Ok(Measured { length, is_too_long: is_too_long || length > LONGEST_RECORD })
    }

    /// Marks `length` bytes of the window as done with.
    pub(super) fn consume(&mut self, length: usize) {
        let done = &self.window[self.start..self.start + length];
        self.line += lines(self.last_byte, done);
        self.last_byte = done.last().copied().unwrap_or(self.last_byte);
        self.start += length;
        if !self.flaws.is_empty() {
            self.flaws = self.flaws.split_off(&(self.window_offset + self.start as u64));
        }
    }

    /// Marks leading line ends as done with, reading on as needed; `false` where nothing else is left.
    pub(super) fn skip_line_ends(&mut self) -> Result<bool, CorpusError> {
        loop {
            let blank = self.window().iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
            self.consume(blank);
            if !self.window().is_empty() {
                return Ok(true);
            }
            if self.ended {
                return Ok(false);
            }
            self.fill()?;
        }
    }

    /// The line that holds the window's byte at `offset`.
    pub(super) fn line_at(&self, offset: usize) -> u64 {
        self.line + lines(self.last_byte, &self.window()[..offset])
    }

    /// Why `bytes`, which begin `offset` bytes into the window, cannot be text in the file's encoding; `None` if they
    /// can.
    pub(super) fn undecodable(&self, bytes: &[u8], offset: usize) -> Option<String> {
        let at = std::str::from_utf8(bytes).err()?.valid_up_to();
        let decoded = self.window_offset + (self.start + offset + at) as u64;
        let line = self.line_at(offset + at);
        Some(match (self.flaws.get(&decoded), self.encoding) {
            (Some(place), Encoding::Windows1252) => {
                format!("byte {place} (line {line}) stands for no character of windows-1252; save the file as UTF-8")
            }
            (Some(place), Encoding::Named(encoding)) => {
                let name = encoding.name().to_lowercase();
                format!(
                    "the line from byte {place} on (line {line}) is no {name}, which the study or the page names as its encoding"
                )
            }
            (Some(place), _) => format!("byte {place} (line {line}) is half a character of UTF-16"),
            (None, _) => {
                let (byte, place) = (bytes.get(at).copied().unwrap_or(FLAW), decoded + self.mark);
                format!(
                    "byte {place} (line {line}), 0x{byte:02X}, is not UTF-8; save the file as UTF-8, or name its encoding: encoding = \"windows-1251\""
                )
            }
        })
    }

    /// Bytes of the file, as it lies on the disk, that have been read.
    pub(super) fn bytes_read(&self) -> u64 {
        self.source.metered().checksum.bytes()
    }

    /// Size and SHA-256 of the file, and its notes; what a reader left unread is read now.
    pub(super) fn finish(&mut self) -> Result<(u64, String, Vec<String>), CorpusError> {
        let fail = |source| CorpusError::Io { path: self.name.clone(), source };
        io::copy(self.source.metered_mut(), &mut io::sink()).map_err(fail)?;
        let (bytes, sha256) = self.source.metered().checksum.clone().finish();
        Ok((bytes, sha256, std::mem::take(&mut self.notes)))
    }
}

/// How many lines end in `bytes`, which follow a byte `before`.
fn lines(mut before: u8, bytes: &[u8]) -> u64 {
    let mut count = 0;
    let mut next = 0;
    for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
        let previous = if at == next { before } else { 0 };
        if !(bytes[at] == b'\n' && previous == b'\r') {
            count += 1;
        }
        before = bytes[at];
        next = at + 1;
    }
    count
}

enum Source {
    Plain(Metered),
    Gzip(Box<GzipMembers<Metered>>),
    Zstd(Box<ZstdFrames<Metered>>),
}

impl Source {
    fn metered(&self) -> &Metered {
        match self {
            Self::Plain(file) => file,
            Self::Gzip(members) => members.file(),
            Self::Zstd(frames) => frames.file(),
        }
    }

    fn metered_mut(&mut self) -> &mut Metered {
        match self {
            Self::Plain(file) => file,
            Self::Gzip(members) => members.file_mut(),
            Self::Zstd(frames) => frames.file_mut(),
        }
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(file) => file.read(buffer),
            Self::Gzip(members) => members.read(buffer),
            Self::Zstd(frames) => frames.read(buffer),
        }
    }
}

/// Hashes and counts what passes.
#[derive(Default)]
struct Metered {
    /// `None` is an empty file, which stands in while one gzip member follows another.
    file: Option<Box<dyn Read + Send>>,
    checksum: Checksum,
}

impl Read for Metered {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.as_mut().map_or(Ok(0), |file| file.read(buffer))?;
        self.checksum.update(&buffer[..read]);
        Ok(read)
    }
}
