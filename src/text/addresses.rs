//! Web addresses, e-mail addresses and handles: each is one word.

use crate::text::characters::is_blank;

/// Endings that make `name.ending` an address wherever it stands. Endings that are also words (`it`, `is`, `me`) count
/// only before a path.
// In order, as they are searched by halves.
const DOMAINS: [&str; 40] = [
    "app", "au", "biz", "by", "ca", "ch", "co", "com", "cz", "de", "dev", "edu", "es", "eu", "fm", "fr", "gov", "il",
    "info", "int", "io", "ir", "jp", "kz", "lt", "lv", "md", "mil", "net", "nl", "org", "pl", "ro", "ru", "se", "su",
    "tr", "tv", "ua", "uk",
];

/// How far an address without `://` is looked for.
// Without a bound, a text without spaces would be scanned to its end at each of its full stops.
const LONGEST_DOMAIN: usize = 100;

/// The end of `scheme://...`, where `start..colon` is the scheme; `None` if nothing follows it.
pub(super) fn url_end(text: &str, start: usize, colon: usize) -> Option<usize> {
    let scheme = &text.as_bytes()[start..colon];
    let known = [&b"http"[..], b"https", b"ftp"].iter().any(|name| scheme.eq_ignore_ascii_case(name));
    let body = colon + 3;
    let end = if known { path_end(text, body) } else { body };
    (end > body).then_some(end)
}

/// The end of a domain with its path (`example.com/a`), or of an e-mail address, that begins at `start` and goes on
/// with the full stop or at-sign at `joint`.
pub(super) fn address_end(text: &str, start: usize, joint: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let ahead = &bytes[joint..bytes.len().min(joint + LONGEST_DOMAIN)];
    let length = ahead.iter().position(|&byte| !is_address_byte(byte)).unwrap_or(ahead.len());
    if length == LONGEST_DOMAIN {
        return None;
    }
    // The full stop of the sentence is not the address's: "Write to desk@mail.org."
    let end = joint + ahead[..length].iter().rposition(u8::is_ascii_alphanumeric)? + 1;
    let (name, domain) = match text[start..end].rsplit_once('@') {
        Some((name, domain)) => (Some(name), domain),
        None => (None, &text[start..end]),
    };
    let has_path = name.is_none() && matches!(bytes.get(end), Some(b'/'));
    if name.is_some_and(str::is_empty) || !is_domain(domain, has_path) {
        return None;
    }
    Some(if has_path { path_end(text, end).max(end) } else { end })
}

/// One past the letters, digits and underscores after the at-sign at `start`.
pub(super) fn handle_end(bytes: &[u8], start: usize) -> usize {
    let name = bytes[start + 1..].iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_');
    start + 1 + name.count()
}

fn is_address_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'+' | b'@')
}

fn is_domain(domain: &str, has_path: bool) -> bool {
    let Some((name, ending)) = domain.rsplit_once('.') else { return false };
    let is_name = name.split('.').all(|label| !label.is_empty());
    let is_www = name.len() > 4 && name.as_bytes()[..4].eq_ignore_ascii_case(b"www.");
    let lower = ending.bytes().all(|byte| byte.is_ascii_lowercase());
    let short = (2..=4).contains(&ending.len());
    // In small letters only: `border.By noon` lacks a space and is no address, though Belarus has .by. Short endings
    // that no list has count before a path, as in `bit.ly/x`.
    is_name && (is_domain_ending(ending) || lower && (is_www || short && has_path))
}

/// Whether domain names end in `ending`.
pub(super) fn is_domain_ending(ending: &str) -> bool {
    DOMAINS.binary_search(&ending).is_ok()
}

/// The end of what follows a domain: up to white space, a quotation mark or a bracket, without closing punctuation.
pub(super) fn path_end(text: &str, start: usize) -> usize {
    // Curly quotation marks and dashes end a path, letters of other alphabets do not.
    let stop = |c: char| is_blank(c) || matches!(c, '"' | '<' | '>' | '|') || !c.is_ascii() && !c.is_alphanumeric();
    let end = text[start..].find(stop).map_or(text.len(), |length| start + length);
    let path = &text[start..end];
    // `/wiki/Kharkiv_(city)` keeps its bracket; in `(see example.org/a)` it is the sentence's.
    let has_bracket = path.contains('(');
    let path = path.trim_end_matches(|c| is_closing_mark(c) || c == ')' && !has_bracket);
    start + path.len()
}

const fn is_closing_mark(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | ']' | '}' | '*' | '_')
}
