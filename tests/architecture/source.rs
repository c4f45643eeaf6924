//! A source file as the checks see it: without comments, strings and tests, every line in its place.

use std::ops::Range;
use std::path::Path;

/// Characters before and after a string that are kept with it.
const LITERAL_CONTEXT: usize = 120;

/// One file below `src/`.
pub(crate) struct Source {
    /// From the root of the project, with forward slashes.
    pub(crate) path: String,
    /// As it stands on the disk.
    pub(crate) raw: String,
    /// With comments, strings and test modules blanked out; the lines are those of `raw`.
    pub(crate) code: String,
    /// The strings of the code outside tests, in their order.
    pub(crate) literals: Vec<Literal>,
}

/// A string in the code.
pub(crate) struct Literal {
    /// As written between the quotation marks.
    pub(crate) text: String,
    /// 1-based.
    pub(crate) line: usize,
    /// The code before it and after it on its lines, without the white space next to it.
    pub(crate) before: String,
    pub(crate) after: String,
}

impl Source {
    pub(crate) fn new(path: &str, raw: &str) -> Self {
        let blanked = without_text(raw);
        // A file of tests alone has nothing that the rules are about.
        let code = if blanked.contains("#![cfg(test)]") { String::new() } else { without_tests(&blanked) };
        let literals = if code.is_empty() { Vec::new() } else { literals(raw, &blanked, &code) };
        Self { path: path.to_owned(), raw: raw.to_owned(), code, literals }
    }

    /// The layer that the file belongs to; `None` for `lib.rs`, which declares them all.
    pub(crate) fn layer(&self) -> Option<&str> {
        let inside = self.path.strip_prefix("src/")?;
        let first = inside.split('/').next()?;
        Some(first.strip_suffix(".rs").unwrap_or(first)).filter(|layer| *layer != "lib")
    }

    /// 1-based line of the byte `at` of the code.
    pub(crate) fn line(&self, at: usize) -> usize {
        self.code[..at].matches('\n').count() + 1
    }
}

/// Every `.rs` file below `folder`, by path.
pub(crate) fn read_sources(folder: &Path) -> std::io::Result<Vec<Source>> {
    let mut sources = Vec::new();
    collect(folder, "src", &mut sources)?;
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(sources)
}

fn collect(folder: &Path, name: &str, sources: &mut Vec<Source>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{name}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &name, sources)?;
        } else if entry.path().extension().is_some_and(|extension| extension == "rs") {
            sources.push(Source::new(&name, &std::fs::read_to_string(entry.path())?));
        }
    }
    Ok(())
}

/// The strings of `raw` outside tests. `blanked` and `code` have as many characters, the second without tests.
fn literals(raw: &str, blanked: &str, code: &str) -> Vec<Literal> {
    let (blanked, code): (Vec<char>, Vec<char>) = (blanked.chars().collect(), code.chars().collect());
    let (mut found, mut at, mut rest, mut line) = (Vec::new(), 0, raw, 1);
    while let Some(first) = rest.chars().next() {
        let after_name = at > 0 && (blanked[at - 1].is_alphanumeric() || blanked[at - 1] == '_');
        let len = text_len(rest, after_name).max(first.len_utf8());
        let end = at + rest[..len].chars().count();
        let is_string = len > 1 && rest[..len].ends_with(['"', '#']) && !rest.starts_with('/');
        // Tests are blank in `code`, with what stands before the string there.
        let is_test = || blanked[..at].iter().rposition(|c| *c != ' ' && *c != '\n').is_none_or(|it| code[it] == ' ');
        if is_string && !is_test() {
            found.push(literal(&rest[..len], line, &code, at..end));
        }
        line += rest[..len].matches('\n').count();
        (at, rest) = (end, &rest[len..]);
    }
    found
}

/// The string at a place of the code; `line` is where it begins.
fn literal(written: &str, line: usize, code: &[char], place: Range<usize>) -> Literal {
    let before: String = code[place.start.saturating_sub(LITERAL_CONTEXT)..place.start].iter().collect();
    let after: String = code[place.end..].iter().take(LITERAL_CONTEXT).collect();
    Literal {
        text: written.trim_start_matches(['b', 'r', '#']).trim_end_matches('#').trim_matches('"').to_owned(),
        line,
        before: before.trim_end().rsplit('\n').next().unwrap_or_default().to_owned(),
        after: after.trim_start().to_owned(),
    }
}

/// `raw` with comments and the insides of strings and characters turned to blanks.
fn without_text(raw: &str) -> String {
    let mut code = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(first) = rest.chars().next() {
        let after_name = code.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let len = text_len(rest, after_name);
        if len == 0 {
            code.push(first);
            rest = &rest[first.len_utf8()..];
        } else {
            code.extend(rest[..len].chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
            rest = &rest[len..];
        }
    }
    code
}

/// Length of the comment, string or character that `rest` begins with; 0 if it begins with none.
fn text_len(rest: &str, after_name: bool) -> usize {
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return block_comment_len(rest);
    }
    if !after_name && let Some(len) = raw_string_len(rest) {
        return len;
    }
    match rest.as_bytes().first() {
        Some(b'"') => closed_by(rest, '"'),
        Some(b'\'') => character_len(rest),
        _ => 0,
    }
}

/// Rust's block comments nest.
fn block_comment_len(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        let here = &rest[at..];
        if here.starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if here.starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += here.chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// `r"..."`, `r#"..."#`, `br"..."`.
fn raw_string_len(rest: &str) -> Option<usize> {
    let marks = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r'))?;
    let hashes = marks.len() - marks.trim_start_matches('#').len();
    let inside = marks[hashes..].strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(hashes));
    let end = inside.find(&close).map_or(inside.len(), |at| at + close.len());
    Some(rest.len() - inside.len() + end)
}

/// A character such as `'"'` or `'\''`; 0 for a lifetime.
fn character_len(rest: &str) -> usize {
    let inside = &rest[1..];
    if inside.starts_with('\\') {
        return closed_by(rest, '\'');
    }
    let first = inside.chars().next().map_or(0, char::len_utf8);
    if inside[first..].starts_with('\'') { first + 2 } else { 0 }
}

/// Length up to and with the next `mark` after the first, which no backslash precedes.
fn closed_by(rest: &str, mark: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == mark => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// `code` with every item under `#[cfg(test)]` turned to blanks.
fn without_tests(code: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut kept = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(start) = rest.find(MARK) {
        let item = &rest[start..];
        let end = item_len(&item[MARK.len()..]) + MARK.len();
        kept.push_str(&rest[..start]);
        kept.extend(item[..end].chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        rest = &item[end..];
    }
    kept.push_str(rest);
    kept
}

/// Length of an item: up to its closing brace, or its semicolon where it has no braces.
fn item_len(item: &str) -> usize {
    let mut depth = 0_usize;
    for (at, c) in item.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth <= 1 => return at + 1,
            '}' => depth -= 1,
            ';' if depth == 0 => return at + 1,
            _ => {}
        }
    }
    item.len()
}
