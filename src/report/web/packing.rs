//! Packed data inside a page: JSON, compressed, in letters that mean nothing to HTML.

use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use base64::write::EncoderWriter;
use flate2::{Compression, GzBuilder};
use serde::Serialize;

/// Writes an element that the browser neither shows nor runs: `name` says what it holds, its text is base64 of gzip of
/// JSON. The gzip header has no time, so that equal data are equal bytes.
pub(in crate::report) fn write_packed(out: &mut impl Write, name: &str, value: &impl Serialize) -> std::io::Result<()> {
    write!(out, "<script type=\"application/octet-stream\" class=\"packed\" data-name=\"{name}\">")?;
    let mut letters = EncoderWriter::new(&mut *out, &STANDARD);
    let mut gzip = GzBuilder::new().write(&mut letters, Compression::new(6));
    serde_json::to_writer(&mut gzip, value)?;
    gzip.finish()?;
    letters.finish()?;
    drop(letters);
    out.write_all(b"</script>\n")
}

/// The base64 letters of these bytes.
pub(super) fn letters(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}
