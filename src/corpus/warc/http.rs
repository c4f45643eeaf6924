//! The page in an answer of a server (HTTP/1.1, RFC 9112): status, pieces, compression, encoding.

use std::io::Read;

use encoding_rs::{UTF_8, WINDOWS_1252};
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use crate::corpus::encoding::charset;
use crate::corpus::stream::LONGEST_RECORD;
use crate::corpus::warc::header;

/// The text of the page that `answer` holds.
///
/// # Errors
/// Why it holds none: a redirect, a picture, an unknown compression.
pub(super) fn page(answer: &[u8]) -> Result<String, String> {
    let end = header::end(answer).ok_or("an answer without a header")?;
    let (head, body) = answer.split_at(end);
    let status = String::from_utf8_lossy(head).split_whitespace().nth(1).unwrap_or_default().to_owned();
    // 203 is a page that somebody on its way changed.
    if !["200", "203"].contains(&&status[..]) {
        return Err(format!("the server answered {status}, which is no page"));
    }
    let fields = header::fields(head);
    let value = |name: &str| fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| &value[..]);
    // Some crawlers store the body as it came, others joined and unpacked, under the header of the server.
    let joined = if value("transfer-encoding").eq_ignore_ascii_case("chunked") { joined(body) } else { None };
    let unpacked = unpacked(joined.as_deref().unwrap_or(body), value("content-encoding"))?;
    text_of(&unpacked, value("content-type"))
}

/// The text of a page.
///
/// # Errors
/// Where its type is that of something else.
pub(super) fn text_of(body: &[u8], content_type: &str) -> Result<String, String> {
    let kind = content_type.to_lowercase();
    let is_html = kind.contains("html") || (kind.is_empty() && begins_as_html(body));
    if !is_html {
        return Err(format!("\"{content_type}\" is no page"));
    }
    let named =
        charset(&kind).or_else(|| charset(&String::from_utf8_lossy(&body[..body.len().min(4096)]).to_lowercase()));
    let fallback = if std::str::from_utf8(body).is_ok() { UTF_8 } else { WINDOWS_1252 };
    // A byte order mark wins over what is named, as in browsers.
    Ok(named.unwrap_or(fallback).decode(body).0.into_owned())
}

fn begins_as_html(body: &[u8]) -> bool {
    let beginning = String::from_utf8_lossy(&body[..body.len().min(512)]).to_lowercase();
    beginning.contains("<html") || beginning.contains("<!doctype html")
}

/// The pieces of a body, `hexadecimal length, line end, bytes, line end`; `None` where it is not in pieces, or they are cut off.
fn joined(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::new();
    loop {
        let end = memchr::memchr(b'\n', body)?;
        let line = std::str::from_utf8(&body[..end]).ok()?;
        let length = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        if length == 0 {
            return Some(joined);
        }
        joined.extend(body.get(end + 1..end.checked_add(length)?.checked_add(1)?)?);
        body = body.get(end + 1 + length..)?.trim_ascii_start();
    }
}

/// The body without its compression.
fn unpacked(body: &[u8], encoding: &str) -> Result<Vec<u8>, String> {
    let longest = LONGEST_RECORD as u64;
    let mut unpacked = Vec::new();
    let read = match &encoding.to_lowercase()[..] {
        // What says gzip and does not begin as such was unpacked by the crawler.
        "gzip" | "x-gzip" if body.starts_with(&[0x1f, 0x8b]) => {
            MultiGzDecoder::new(body).take(longest).read_to_end(&mut unpacked)
        }
        "deflate" if body.first().is_some_and(|byte| byte & 0x0f == 8) => {
            ZlibDecoder::new(body).take(longest).read_to_end(&mut unpacked)
        }
        "deflate" if !body.starts_with(b"<") => DeflateDecoder::new(body).take(longest).read_to_end(&mut unpacked),
        "br" | "zstd" if !body.trim_ascii_start().starts_with(b"<") => {
            return Err(format!(
                "compressed as \"{encoding}\", which is not read; unpack the archive with warcio or fastwarc before"
            ));
        }
        _ => return Ok(body.to_vec()),
    };
    read.map_err(|error| format!("its compression is damaged ({error})"))?;
    Ok(unpacked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_unpacked_whatever_the_crawler_left() {
        let html = "<html>caf\u{e9}</html>";
        let gzip = |text: &str| {
            let mut bytes = Vec::new();
            flate2::read::GzEncoder::new(text.as_bytes(), flate2::Compression::fast()).read_to_end(&mut bytes).unwrap();
            bytes
        };
        let answer = |head: &str, body: &[u8]| [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat();
        for (name, answer, expected) in [
            ("plain", answer("200 OK\r\nContent-Type: text/html", html.as_bytes()), Ok(html)),
            (
                "compressed",
                answer("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", &gzip(html)),
                Ok(html),
            ),
            (
                "unpacked before",
                answer("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", html.as_bytes()),
                Ok(html),
            ),
            (
                "in pieces",
                answer(
                    "200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked",
                    b"7\r\n<html>c\r\n4;x=y\r\naf\xc3\xa9\r\n7\r\n</html>\r\n0\r\n\r\n",
                ),
                Ok(html),
            ),
            (
                "joined before",
                answer("200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked", html.as_bytes()),
                Ok(html),
            ),
            (
                "in Latin letters",
                answer("200 OK\r\nContent-Type: text/html; charset=iso-8859-1", b"<html>caf\xe9</html>"),
                Ok(html),
            ),
            (
                "moved",
                answer("302 Found\r\nContent-Type: text/html", b""),
                Err("the server answered 302, which is no page"),
            ),
            ("a picture", answer("200 OK\r\nContent-Type: image/png", b"x"), Err("\"image/png\" is no page")),
        ] {
            assert_eq!(page(&answer), expected.map(str::to_owned).map_err(str::to_owned), "{name}");
        }
    }
}
