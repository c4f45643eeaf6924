//! Matches in their contexts on a terminal, aligned on the match.

use std::io::Write;

use crate::cli::failure::Failure;
use crate::cli::terminal::{CUE, FAINT, columns, harmless, shortened, styled};
use crate::study::ConcordanceLine;

/// The widest group and the widest id that are shown.
const WIDEST: usize = 20;

/// Prints the lines, each behind a note of its own where there are notes.
pub(super) fn print_lines(
    out: &mut impl Write,
    lines: &[&ConcordanceLine],
    note: impl Fn(usize) -> Option<String>,
) -> Result<(), Failure> {
    let heads: Vec<Vec<String>> = lines
        .iter()
        .enumerate()
        .map(|(number, line)| {
            let date = line.date.map_or_else(String::new, |date| date.to_string());
            let mut head = vec![short(&line.group), date, place(&line.document, line.sentence)];
            head.extend(note(number));
            head
        })
        .collect();
    let left = lines.iter().map(|line| line.left.chars().count()).max().unwrap_or(0);
    for (line, head) in lines.iter().zip(columns(&heads)) {
        let before = format!("{:>left$}", harmless(&line.left));
        let matched = styled(CUE, &harmless(&line.matched));
        writeln!(out, "{}  {before}{matched}{}", styled(FAINT, &head), harmless(&line.right))?;
    }
    Ok(())
}

/// A group or an outlet where there is little room.
pub(super) fn short(text: &str) -> String {
    shortened(&harmless(text), WIDEST)
}

/// A sentence by its document and number.
pub(super) fn place(document: &str, sentence: usize) -> String {
    format!("{}:{sentence}", short(document))
}
