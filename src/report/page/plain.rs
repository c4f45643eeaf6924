//! What the page says without any script: the shares as plain tables, and what every column of every table means.
//!
//! Both are plain HTML, so they stand while the script unpacks the rest, and where no script may run.

use crate::compare::{Prevalence, WHOLE_SPAN};
use crate::report::number::percent;
use crate::report::page::PageSource;
use crate::report::web::escaped;
use crate::report::{REPORTS, Table};

/// Rows of plain tables that a page holds: enough for 40 frames at 15 outlets; all stand in `prevalence.csv`.
const MOST_ROWS: usize = 600;

/// A table for each frame: the share of each group over the whole span, as hand codings correct it where they do.
pub(super) fn shares(source: &PageSource<'_>) -> String {
    let (mut tables, mut left, mut passed) = (String::new(), MOST_ROWS, 0);
    for frame in &source.codebook.frames {
        let whole = source.findings.prevalence.iter().filter(|row| &*row.period == WHOLE_SPAN);
        let rows: Vec<&Prevalence> = whole.filter(|row| *row.frame == *frame.id).collect();
        if rows.len() > left {
            passed += 1;
            continue;
        }
        left -= rows.len();
        tables += &table(&frame.label, &source.study.compare.by, &rows);
    }
    if passed > 0 {
        let frames = if passed == 1 { "frame stands" } else { "frames stand" };
        tables.extend(["<p>", &passed.to_string(), " more ", frames, " in prevalence.csv.</p>\n"]);
    }
    tables
}

fn table(label: &str, by: &str, rows: &[&Prevalence]) -> String {
    format!(
        "<table><caption>{}</caption><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">Share</th>\
         <th scope=\"col\">95 % interval</th><th scope=\"col\">Articles</th></tr></thead><tbody>{}</tbody></table>\n",
        escaped(label),
        escaped(by),
        rows.iter().map(|row| share_row(row)).collect::<String>()
    )
}

fn share_row(row: &Prevalence) -> String {
    let (estimate, interval) = match &row.corrected {
        Some(corrected) => (Some(corrected.estimate), corrected.interval()),
        None => (row.estimate, row.interval),
    };
    let dash = || "\u{2013}".to_owned();
    let mark = if row.corrected.is_some() { ", corrected" } else { "" };
    format!(
        "<tr><th scope=\"row\"><bdi>{}</bdi></th><td>{}{mark}</td><td>{}</td><td>{}</td></tr>",
        escaped(if row.group.is_empty() { "(none)" } else { &row.group }),
        estimate.map_or_else(dash, percent),
        interval.map_or_else(dash, |it| format!("{} to {}", percent(it.low).trim_end_matches(" %"), percent(it.high))),
        row.documents
    )
}

/// What each column of each table means, a part that opens for each table: the descriptions that write the tables.
pub(super) fn columns() -> String {
    REPORTS.iter().map(|report| described(report.label, report.table)).collect()
}

/// A link to an element inside a closed part opens it, which one to the part itself does not: so the sentence has the name.
fn described(label: &str, table: &Table) -> String {
    let rows = table.columns.iter().map(|column| {
        let code = |word: &str| format!("<code>{}</code>", escaped(word));
        let empty = if column.optional { ", or empty" } else { "" };
        let (name, meaning) = (code(column.name), escaped(column.meaning));
        format!("<tr><th scope=\"row\">{name}</th><td>{}{empty}</td><td>{meaning}</td></tr>\n", column.kind.words(code))
    });
    format!(
        "<details><summary>{label} <code>{}</code></summary><p id=\"columns-{}\">One row: {}.</p>\n<table><thead><tr>\
         <th scope=\"col\">Column</th><th scope=\"col\">Holds</th><th scope=\"col\">Meaning</th></tr></thead><tbody>\n{}\
         </tbody></table></details>\n",
        table.file,
        table.name(),
        escaped(table.row.trim_end_matches('.')),
        rows.collect::<String>()
    )
}
