//! Signs in the text, or the date, of one document that something was damaged on its way. Not here: what they are called and
//! what mends them (`oddities`).

use jiff::civil::Date;
use memchr::memchr;

use crate::model::Span;
use crate::text::sentence_spans;

/// Characters of the longest sentences that newspapers write; about twice the longest of usual news sentences.
const LONGEST_SENTENCE: usize = 1000;

/// Length of a text that fills a cell of a spreadsheet, in UTF-16 units, which cannot hold more; a few less where blanks were trimmed.
const FULL_CELL: std::ops::RangeInclusive<usize> = 32_764..=32_767;

pub(super) fn is_wordless(line: &str) -> bool {
    !line.trim().is_empty() && !line.contains(char::is_alphanumeric)
}

/// Whether lines that head or end each article of a download stand in it at least twice.
pub(super) fn is_download(text: &str) -> bool {
    let heads =
        |is_head: fn(&str) -> bool| text.lines().map(str::trim).filter(|line| is_head(line)).take(2).count() == 2;
    // Nexis: "2 of 10 DOCUMENTS", "End of Document", "LOAD-DATE: February 3, 2022".
    heads(|line| line.len() < 40 && line.contains(" of ") && line.to_ascii_uppercase().ends_with("DOCUMENTS"))
        || heads(|line| line == "End of Document")
        || heads(|line| line.get(..10).is_some_and(|head| head.eq_ignore_ascii_case("load-date:")))
        // ProQuest: "Document 1 of 2", "Full text: ...".
        || heads(|line| line.strip_prefix("Document ").is_some_and(is_count))
        || heads(|line| line.get(..10).is_some_and(|head| head.eq_ignore_ascii_case("full text:")))
        // Factiva: "Document NYTF000020220203ei230004x".
        || heads(|line| line.strip_prefix("Document ").is_some_and(is_accession_number))
}

/// "1 of 2"
fn is_count(words: &str) -> bool {
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    words.split_once(" of ").is_some_and(|(number, all)| is_number(number) && is_number(all))
}

fn is_accession_number(code: &str) -> bool {
    code.len() >= 20 && code.bytes().all(|byte| byte.is_ascii_alphanumeric()) && code.contains("00")
}

/// `... the [+2233 chars]`, as `NewsAPI` ends the first 200 characters of a text; or as long as a cell can be.
pub(super) fn is_cut_off(text: &str) -> bool {
    // Bytes are at least as many as units, and are known without counting.
    if text.len() >= *FULL_CELL.start() && FULL_CELL.contains(&text.encode_utf16().count()) {
        return true;
    }
    let end = text.trim_end().strip_suffix(" chars]").and_then(|rest| rest.rsplit_once("[+"));
    end.is_some_and(|(_, count)| !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether line ends or characters stand in a text as programs write them.
pub(super) fn has_written_signs(text: &str) -> bool {
    // Hardly any text has the sign that both begin with.
    memchr(b'\\', text.as_bytes()).is_some() && (has_written_line_ends(text) || has_written_characters(text))
}

/// Whether `\n` or `\r\n` stand in a text, where a word ends. `C:\new` has none.
fn has_written_line_ends(text: &str) -> bool {
    let is_end =
        |at: usize| text[..at].ends_with(['.', '!', '?', '"', '\u{201D}', ' ']) || text[at..].starts_with("\\n\\n");
    text.match_indices("\\n").any(|(at, _)| is_end(at)) || text.contains("\\r\\n")
}

/// Whether characters stand in a text by their numbers, as JSON escapes them: `\u201c`.
fn has_written_characters(text: &str) -> bool {
    let is_number = |digits: &str| digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    text.match_indices("\\u").any(|(at, _)| text.get(at + 2..at + 6).is_some_and(is_number))
}

/// Whether a whole text is a list as Python prints it, an object of JSON or a document of RTF.
pub(super) fn is_in_notation(text: &str) -> bool {
    let text = text.trim();
    let is_within = |open: &str, close: &str| text.starts_with(open) && text.ends_with(close);
    text.starts_with("{\\rtf")
        || is_within("{\"", "}")
        || ["['", "[\""].iter().any(|open| is_within(open, &format!("{}]", &open[1..])))
}

/// Lines of a text that end in half a word, from which on it is no chance: "build-/up" may stand at one.
const CUT_WORDS: usize = 3;

pub(super) fn has_cut_words(text: &str) -> bool {
    let is_half = |head: &str, tail: &str| {
        let before = head.strip_suffix('-').and_then(|head| head.chars().next_back());
        before.is_some_and(char::is_lowercase) && tail.starts_with(char::is_lowercase)
    };
    let lines = text.lines().zip(text.lines().skip(1));
    lines.filter(|(head, tail)| is_half(head, tail)).take(CUT_WORDS).count() == CUT_WORDS
}

pub(super) fn has_long_sentence(text: &str) -> bool {
    // Few texts go so far without a full stop, so that sentences are cut again for those only.
    let may_have = text.split(['.', '!', '?', '\n', '\r']).any(|stretch| stretch.len() > LONGEST_SENTENCE);
    let is_long = |span: &Span| span.of(text).chars().count() > LONGEST_SENTENCE;
    may_have && sentence_spans(text, Span::new(0, text.len()), None).iter().any(is_long)
}

/// The first day of Unix, of Excel on Windows (as it says it, and as others count it) and on the Mac, of .NET and SQL; the
/// last of databases.
pub(super) fn is_placeholder(date: Date) -> bool {
    let day = (date.year(), date.month(), date.day());
    matches!(day, (1 | 1900 | 1904 | 1970, 1, 1) | (1899, 12, 30 | 31) | (9999, 12, 31))
}
