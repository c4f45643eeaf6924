//! Reads Zstandard files of any number of frames, and holds each to its checksum.
//!
//! `ruzstd` decodes one frame and leaves what follows to its caller. `zstd` writes one frame a file, `pzstd`, `zstd -T` of
//! some versions and files put one behind the other have many; frames to be skipped hold what other programs note.

use std::error::Error;
use std::io::{self, BufRead, BufReader, Read};
use std::iter::successors;

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// What is said of bytes that are no frame at all.
pub(super) const NO_FRAME: &str = "no Zstandard frame begins there";

/// A Zstandard file, decompressed as it is read.
pub(super) struct ZstdFrames<R: Read> {
    input: BufReader<R>,
    decoder: FrameDecoder,
    /// Whether a frame has begun whose end is not read yet.
    is_inside: bool,
    /// Whether there was any frame: a file without one was cut off before its first byte.
    has_frames: bool,
}

impl<R: Read> ZstdFrames<R> {
    pub(super) fn new(file: R) -> Self {
        Self { input: BufReader::new(file), decoder: FrameDecoder::new(), is_inside: false, has_frames: false }
    }

    /// The file below.
    pub(super) fn file(&self) -> &R {
        self.input.get_ref()
    }

    /// The file below, to read on where decompression stopped.
    pub(super) fn file_mut(&mut self) -> &mut R {
        self.input.get_mut()
    }

    /// Begins the next frame, or passes over one that is to be skipped.
    fn begin(&mut self) -> io::Result<()> {
        match self.decoder.reset(&mut self.input) {
            Ok(()) => self.is_inside = true,
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                let skipped = io::copy(&mut self.input.by_ref().take(length.into()), &mut io::sink())?;
                if skipped < u64::from(length) {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
            }
            Err(error) => return Err(as_io(error)),
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        self.is_inside = false;
        // A frame without a checksum says nothing of itself.
        let told = self.decoder.get_checksum_from_data();
        if told.is_some() && told != self.decoder.get_calculated_checksum() {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the checksum of a frame is another"));
        }
        Ok(())
    }
}

impl<R: Read> Read for ZstdFrames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.decoder.can_collect() > 0 || buffer.is_empty() {
                return self.decoder.read(buffer);
            }
            if !self.is_inside {
                if self.input.fill_buf()?.is_empty() {
                    return if self.has_frames { Ok(0) } else { Err(io::ErrorKind::UnexpectedEof.into()) };
                }
                self.begin()?;
                self.has_frames = true;
            } else if self.decoder.is_finished() {
                self.end()?;
            } else {
                let block = BlockDecodingStrategy::UptoBlocks(1);
                self.decoder.decode_blocks(&mut self.input, block).map_err(as_io)?;
            }
        }
    }
}

/// What is wrong: trouble with reading the file, which stands behind an error of the decoder, or with the data.
fn as_io(error: FrameDecoderError) -> io::Error {
    let causes = successors(Some(&error as &dyn Error), |cause| Error::source(*cause));
    let reading = causes.filter_map(|cause| cause.downcast_ref::<io::Error>()).last().map(io::Error::kind);
    match (reading, error) {
        (Some(io::ErrorKind::UnexpectedEof), _) => {
            io::Error::new(io::ErrorKind::UnexpectedEof, "the file ends inside a frame")
        }
        (None, FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::BadMagicNumber(_))) => {
            io::Error::new(io::ErrorKind::InvalidData, NO_FRAME)
        }
        (kind, error) => io::Error::new(kind.unwrap_or(io::ErrorKind::InvalidData), error),
    }
}
