//! Reads gzip files of several members, and passes over zero bytes behind them.
//!
//! `flate2` takes what follows a member for the next one and fails at zeros. Tapes, block devices and some archives pad
//! with them; gzip, Python and R read such files, so this does, too.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;

/// A gzip file, decompressed as it is read.
pub(super) struct GzipMembers<R: Read> {
    member: GzDecoder<BufReader<R>>,
    ended: bool,
}

impl<R: Read + Default> GzipMembers<R> {
    pub(super) fn new(file: R) -> Self {
        Self { member: GzDecoder::new(BufReader::new(file)), ended: false }
    }

    /// The file below.
    pub(super) fn file(&self) -> &R {
        self.member.get_ref().get_ref()
    }

    /// The file below, to read on where decompression stopped.
    pub(super) fn file_mut(&mut self) -> &mut R {
        self.member.get_mut().get_mut()
    }
}

impl<R: Read + Default> Read for GzipMembers<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        while !self.ended {
            let read = self.member.read(buffer)?;
            if read > 0 {
                return Ok(read);
            }
            self.ended = !skip_zeros(self.member.get_mut())?;
            if !self.ended {
                let input = std::mem::replace(self.member.get_mut(), BufReader::new(R::default()));
                self.member = GzDecoder::new(input);
            }
        }
        Ok(0)
    }
}

impl<R: Read + Default> GzipMembers<R> {
    /// After damage, goes on at what looks like the beginning of the next member; `false` where there is none.
    ///
    /// # Errors
    /// When the file below cannot be read.
    pub(super) fn resume(&mut self) -> io::Result<bool> {
        let found = skip_to_member(self.member.get_mut())?;
        let input = std::mem::replace(self.member.get_mut(), BufReader::new(R::default()));
        self.member = GzDecoder::new(input);
        self.ended = !found;
        Ok(found)
    }
}

/// Passes over bytes up to the first three of a member (RFC 1952, 2.3.1), of which the last says how it is compressed.
fn skip_to_member(input: &mut impl BufRead) -> io::Result<bool> {
    const BEGINNING: [u8; 3] = [0x1f, 0x8b, 8];
    loop {
        let bytes = input.fill_buf()?;
        if bytes.is_empty() {
            return Ok(false);
        }
        if let Some(at) = memchr::memmem::find(bytes, &BEGINNING) {
            input.consume(at);
            return Ok(true);
        }
        // Of three bytes that stand across two buffers, one in 8 KiB, the beginning is lost, and with it this member alone.
        let length = bytes.len();
        input.consume(length);
    }
}

/// Passes over zero bytes; `false` where the file ends behind them.
fn skip_zeros(input: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let bytes = input.fill_buf()?;
        if bytes.is_empty() {
            return Ok(false);
        }
        let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
        let goes_on = zeros < bytes.len();
        input.consume(zeros);
        if goes_on {
            return Ok(true);
        }
    }
}
