//! Text for a terminal: styles that vanish when piped, texts that cannot steer it, columns that line up.

use std::borrow::Cow;
use std::io::{IsTerminal, StdoutLock};
use std::path::Path;

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};

use crate::report::kept_apart;

/// Headings.
pub(super) const HEADING: Style = Style::new().bold();
/// Words that a rule matched.
pub(super) const CUE: Style = AnsiColor::Yellow.on_default().bold();
/// What is less important.
pub(super) const FAINT: Style = Style::new().dimmed();
/// What went wrong.
pub(super) const ALARM: Style = AnsiColor::Red.on_default().bold();

/// `text` in a style.
pub(super) fn styled(style: Style, text: &str) -> String {
    if is_styled() { format!("{style}{text}{style:#}") } else { text.to_owned() }
}

/// `text` without control characters, which could move the cursor, colour the screen or turn the direction of writing;
/// line ends become spaces.
pub(super) fn harmless(text: &str) -> Cow<'_, str> {
    if text.chars().any(steers) {
        Cow::Owned(text.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }).map(visible).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// A path as people may see it on a terminal; in a pipe as it is, since there a program may go by it.
pub(super) fn shown(path: &Path) -> String {
    let path = path.display().to_string();
    if std::io::stdout().is_terminal() { harmless(&path).into_owned() } else { path }
}

/// Where results are said. What is no terminal gets every character as it is: nothing there is styled, and a path must
/// not lose an escape sequence that its name has.
pub(super) fn standard_output() -> AutoStream<StdoutLock<'static>> {
    let choice = if is_styled() { AutoStream::choice(&std::io::stdout()) } else { ColorChoice::AlwaysAnsi };
    AutoStream::new(std::io::stdout().lock(), choice)
}

/// Whether styles are wanted: not in a pipe, nor under `NO_COLOR`.
fn is_styled() -> bool {
    AutoStream::choice(&std::io::stdout()) != ColorChoice::Never
}

/// Control characters, and those that override the direction of writing.
fn steers(character: char) -> bool {
    character.is_control() || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn visible(character: char) -> char {
    if steers(character) { char::REPLACEMENT_CHARACTER } else { character }
}

/// `text` cut to `width` characters, with an ellipsis where something is lost.
pub(super) fn shortened(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    text.chars().take(width.saturating_sub(1)).chain(['\u{2026}']).collect()
}

/// Names cut to `width` characters, each so that what tells it from the others is kept.
pub(super) fn names_apart(names: &[&str], width: usize) -> Vec<String> {
    let harmless: Vec<Cow<'_, str>> = names.iter().map(|name| harmless(name)).collect();
    let harmless: Vec<&str> = harmless.iter().map(|name| &**name).collect();
    let cut = kept_apart(&harmless, &|name| vec![shortened(name, width)]);
    cut.into_iter().map(|lines| lines.concat()).collect()
}

/// Rows of cells as lines in which columns line up: the first to the left, the others to the right.
pub(super) fn columns(rows: &[Vec<String>]) -> Vec<String> {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..count)
        .map(|column| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0))
        .collect();
    rows.iter()
        .map(|row| {
            let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, &width))| {
                if column == 0 { format!("{cell:width$}") } else { format!("{cell:>width$}") }
            });
            cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_cannot_steer_the_terminal() {
        assert_eq!(harmless("a\u{1b}[31mb\nc"), "a\u{fffd}[31mb c");
        assert_eq!(harmless("\u{9b}2J \u{202e}cba"), "\u{fffd}2J \u{fffd}cba");
    }

    #[test]
    fn names_that_are_cut_stay_apart() {
        let names = ["The Harbour Gazette of the North", "The Harbour Gazette of the South", "Quay"];
        assert_eq!(names_apart(&names, 16), ["\u{2026}of the North", "\u{2026}of the South", "Quay"]);
    }

    #[test]
    fn columns_line_up() {
        let rows = vec![vec!["a".to_owned(), "10".to_owned()], vec!["long".to_owned(), "5".to_owned()]];
        assert_eq!(columns(&rows), ["a     10", "long   5"]);
    }
}
