//! `report.html`: the whole result as one file that opens in any browser, without a network.
//!
//! The page is plain HTML for its summary, and packed data with a script of its own for the rest. Its tables are the very
//! rows of the CSV files, read back as this run has written them, so that page and tables cannot differ. What comes from
//! articles is never markup: in the HTML it is escaped, everywhere else it is packed and reaches the page as text only.
//! A policy in its head forbids every script and style but its own, by their checksums, and every connection.

mod columns;
mod facts;
mod summary;
mod tables;

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use crate::codebook::Codebook;
use crate::compare::{Counts, Findings, Plan, prevalence_of_voice};
use crate::model::{Study, VoiceFilter};
use crate::report::page::facts::facts;
use crate::report::page::summary::{Statement, cautions, deck, statements};
use crate::report::page::tables::TableWriter;
use crate::report::web::{escaped, filled, policy};
use crate::report::{Records, ReportError, StagedFile, Staging, prevalence_rows};
use crate::stats::Seed;

/// Name of the file.
pub const PAGE: &str = "report.html";

/// Between its two marks `@@` stands the name of what the page puts there.
const TEMPLATE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
/// The script, in the order of its parts; one scope holds them all.
const SCRIPT: [&str; 9] = [
    include_str!("inflate.js"),
    include_str!("unpack.js"),
    include_str!("words.js"),
    include_str!("filters.js"),
    include_str!("drawing.js"),
    include_str!("charts.js"),
    include_str!("tables.js"),
    include_str!("sentences.js"),
    include_str!("start.js"),
];

/// The tables of findings in a page, by the names that its script uses.
const FINDINGS: [(&str, &str); 5] = [
    ("prevalence", "prevalence.csv"),
    ("comparisons", "comparisons.csv"),
    ("contrasts", "contrasts.csv"),
    ("sources", "sources.csv"),
    ("excluded", "excluded.csv"),
];

/// The tables that have rows for each document.
const SENTENCES: [(&str, &str); 2] = [("codings", "codings.csv"), ("attributions", "attributions.csv")];

/// What a page is made of, beside the tables that the run has written.
#[derive(Clone, Copy, Debug)]
pub struct PageSource<'a> {
    /// Titles and settings.
    pub study: &'a Study,
    /// The study file, as the manifest names it.
    pub study_file: &'a str,
    /// Labels and definitions.
    pub codebook: &'a Codebook,
    /// What was compared.
    pub plan: &'a Plan,
    /// The group and the period of each document.
    pub counts: &'a Counts,
    /// What the summary says in words.
    pub findings: &'a Findings,
    /// Records read, kept and left out.
    pub records: &'a Records,
}

/// Writes `report.html` among the outputs of `staging`, which must hold every table.
///
/// # Errors
/// When a table cannot be read back or the page cannot be written.
pub fn write_page(staging: &mut Staging, source: &PageSource<'_>) -> Result<(), ReportError> {
    let mut file = staging.create(PAGE)?;
    let script = format!("\"use strict\";\n{}", SCRIPT.concat());
    let parts = [
        ("title", escaped(&source.study.title)),
        ("policy", policy(&script, STYLE)),
        ("style", STYLE.to_owned()),
        ("deck", escaped(&deck(source))),
        ("statements", items(&statements(source))),
        ("cautions", lines(cautions(source).iter().map(|caution| format!("<li>{}</li>", escaped(caution))))),
        ("version", env!("CARGO_PKG_VERSION").to_owned()),
        ("script", script),
    ];
    let (before, after) = TEMPLATE.split_once("@@data@@").unwrap_or((TEMPLATE, ""));
    write(&mut file, &filled(before, &parts))?;
    write_data(&mut file, staging, source)?;
    write(&mut file, &filled(after, &parts))?;
    staging.keep(file)
}

fn write(file: &mut StagedFile, text: &str) -> Result<(), ReportError> {
    file.write_all(text.as_bytes()).map_err(|error| ReportError::at(file.destination(), error))
}

/// Writes every table, the small ones first, and what the page must know beside them.
fn write_data(file: &mut StagedFile, staging: &Staging, source: &PageSource<'_>) -> Result<(), ReportError> {
    let mut writer = TableWriter { out: file, seed: Seed::new(source.plan.seed()) };
    let mut held = BTreeMap::new();
    for (name, table) in FINDINGS {
        held.insert(name, writer.findings(name, staging.read_back(table)?.0)?);
    }
    for (voice, name) in [
        (VoiceFilter::All, "voice-all"),
        (VoiceFilter::Own, "voice-own"),
        (VoiceFilter::Attributed, "voice-attributed"),
    ] {
        if voice != source.plan.settings().voice {
            let rows = prevalence_rows(&prevalence_of_voice(source.plan, source.counts, voice))?;
            writer.findings(name, Cursor::new(rows))?;
        }
    }
    for (name, table) in SENTENCES {
        let (rows, bytes) = staging.read_back(table)?;
        held.insert(name, writer.sentences(name, rows, bytes, source.counts)?);
    }
    writer.pack("facts", &facts(source, &held))
}

/// Statements as items of a list, each with what its sentences are found by; the first on a topic is marked.
fn items(statements: &[Statement]) -> String {
    let data = |name: &str, value: &Option<String>| {
        value.as_ref().map_or_else(String::new, |value| format!(" data-{name}=\"{}\"", escaped(value)))
    };
    let mut topic = "";
    lines(statements.iter().map(|statement| {
        let (frame, group) = (data("frame", &statement.frame), data("group", &statement.group));
        let (first, shown) = if statement.topic == topic { ("", "") } else { (" class=\"first\"", statement.topic) };
        topic = statement.topic;
        let text = escaped(&statement.text);
        format!("<li{first}{frame}{group}><span class=\"topic\">{shown}</span><span>{text}</span></li>")
    }))
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.flat_map(|line| [line, "\n".to_owned()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_of_the_template_has_a_part() {
        let known = ["title", "policy", "style", "deck", "statements", "cautions", "version", "script", "data"];
        let marks: Vec<&str> = TEMPLATE.split("@@").skip(1).step_by(2).collect();
        assert!(marks.iter().all(|mark| known.contains(mark)), "{marks:?}");
        assert!(known.iter().all(|part| marks.contains(part)), "{marks:?}");
    }
}
