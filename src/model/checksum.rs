//! SHA-256 and size of bytes as they go by.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// Bytes counted and hashed so far.
#[derive(Clone, Debug, Default)]
pub struct Checksum {
    bytes: u64,
    hash: Sha256,
}

impl Checksum {
    /// Takes in further bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len() as u64;
        self.hash.update(bytes);
    }

    /// How many bytes there were so far.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// How many bytes there were, and their SHA-256 as 64 hexadecimal digits.
    #[must_use]
    pub fn finish(self) -> (u64, String) {
        let mut digits = String::with_capacity(64);
        for byte in self.hash.finalize() {
            // Writing to a string cannot fail.
            let _ = write!(digits, "{byte:02x}");
        }
        (self.bytes, digits)
    }
}

/// The SHA-256 of `bytes` as 64 hexadecimal digits, in small letters.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    let mut checksum = Checksum::default();
    checksum.update(bytes);
    checksum.finish().1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of FIPS 180-4.
    #[test]
    fn agrees_with_the_published_examples() {
        for (pieces, bytes, sha256) in [
            (&[][..], 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (&["a", "bc"][..], 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ] {
            let mut checksum = Checksum::default();
            for piece in pieces {
                checksum.update(piece.as_bytes());
            }
            assert_eq!(checksum.finish(), (bytes, sha256.to_owned()), "{pieces:?}");
        }
    }
}
