//! `report.html`: the whole result as one file that opens in any browser, without a network.
//!
//! The page is plain HTML for its summary, and packed data with a script of its own for the rest. Its tables are the very
//! rows of the CSV files, read back as this run has written them, so that page and tables cannot differ. What comes from
//! articles is never markup: in the HTML it is escaped, everywhere else it is packed and reaches the page as text only.
//! A policy in its head forbids every script and style but its own, by their checksums, and every connection.
//!
//! In reading order: `facts` (the study), `columnar`, `strata` and `tables` (its rows), `summary`, `leanings`, `reliability` and `drift` (sentences with
//! numbers, made of `wording`), `key_words` and `plain` (what needs no script), then
//! the script, from `start.js`: `facts.js`, `findings.js` and `sentences.js` hold what is unpacked (`unpack.js`), `filters.js` what is
//! chosen and what that lets through; a chart a file; `drawing.js`, `elements.js` and `words.js` are below all.
//!
//! Not here: the packing, joining and policy that all pages share (`web`), and a threshold or list of its own: those
//! reach the script as data.

mod columnar;
mod drift;
mod facts;
mod key_words;
mod leanings;
mod plain;
mod reliability;
mod strata;
mod summary;
mod tables;
mod wording;

pub(super) use drift::drift;
pub(super) use reliability::reliability_of_coders;
pub(super) use summary::correction;

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use crate::codebook::Codebook;
use crate::compare::{Counts, FEW_DOCUMENTS, Findings, Plan, prevalence_of_voice};
use crate::learning::{Choice, EncoderRecord};
use crate::model::Study;
use crate::report::page::facts::{MOST_SPEAKERS, VOICES, facts};
use crate::report::page::key_words::key_words;
use crate::report::page::plain::{columns, shares};
use crate::report::page::summary::{cautions, deck, statements};
use crate::report::page::tables::{LongTable, MOST_ROWS, TableWriter};
use crate::report::page::wording::Statement;
use crate::report::web::{Module, escaped, filled, joined, policy};
use crate::report::{
    ATTRIBUTIONS, CODINGS, Labelling, RecordCounts, ReportError, StagedFile, Staging, Table, prevalence_rows,
    shown_tables,
};
use crate::stats::{SIGNIFICANT, Seed};
use crate::validate::Agreement;

/// Name of the file.
pub const PAGE: &str = "report.html";

/// Between its two marks `@@` stands the name of what the page puts there.
const TEMPLATE: &str = concat!(include_str!("../web/head.html"), include_str!("page.html"));
const STYLE: &str = include_str!("page.css");
/// The modules of the script.
const MODULES: [Module; 22] = [
    Module { name: "contrasts.js", text: include_str!("contrasts.js") },
    Module { name: "differences.js", text: include_str!("differences.js") },
    Module { name: "dot_rows.js", text: include_str!("dot_rows.js") },
    Module { name: "drawing.js", text: include_str!("drawing.js") },
    Module { name: "elements.js", text: include_str!("elements.js") },
    Module { name: "facts.js", text: include_str!("facts.js") },
    Module { name: "filters.js", text: include_str!("filters.js") },
    Module { name: "findings.js", text: include_str!("findings.js") },
    Module { name: "inflate.js", text: include_str!("inflate.js") },
    Module { name: "leading.js", text: include_str!("leading.js") },
    Module { name: "pointing.js", text: include_str!("pointing.js") },
    Module { name: "prevalence.js", text: include_str!("prevalence.js") },
    Module { name: "saving.js", text: include_str!("saving.js") },
    Module { name: "selection.js", text: include_str!("selection.js") },
    Module { name: "sentence.js", text: include_str!("sentence.js") },
    Module { name: "sentences.js", text: include_str!("sentences.js") },
    Module { name: "sources.js", text: include_str!("sources.js") },
    Module { name: "start.js", text: include_str!("start.js") },
    Module { name: "tables.js", text: include_str!("tables.js") },
    Module { name: "timeline.js", text: include_str!("timeline.js") },
    Module { name: "unpack.js", text: include_str!("unpack.js") },
    Module { name: "words.js", text: include_str!("words.js") },
];

/// The tables that have rows for each document, and how many rows of each a page holds: more than anybody reads, and few
/// enough for a page that can be sent by mail and opens at once.
const SENTENCES: [(&Table, u64); 2] = [(&CODINGS, 19_000), (&ATTRIBUTIONS, 9_000)];

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
    pub records: &'a RecordCounts,
    /// Who codes each frame that was learnt from hand codings, by its id.
    pub choices: &'a [(String, Choice)],
    /// How far the coders agree, where two coded the same.
    pub agreements: &'a [Agreement],
    /// Labels from outside, where they code.
    pub labelling: Option<&'a Labelling>,
    /// The encoder of the sentence vectors that the study names.
    pub encoder: Option<&'a EncoderRecord>,
}

impl PageSource<'_> {
    /// Whether a scorer, or labels from outside, code the frame of whole documents, so that no sentence has it.
    pub(super) fn is_coded_whole(&self, frame: &str) -> bool {
        let is_labelled = |labels: &Labelling| labels.unit == "document" && labels.frames.iter().any(|id| id == frame);
        self.choices.iter().any(|(id, choice)| id == frame && choice.codes_documents())
            || self.labelling.is_some_and(is_labelled)
    }
}

/// Writes `report.html` among the outputs of `staging`, which must hold every table.
///
/// # Errors
/// When a table cannot be read back or the page cannot be written.
pub fn write_page(staging: &mut Staging, source: &PageSource<'_>) -> Result<(), ReportError> {
    let mut file = staging.create(PAGE)?;
    let script = joined(&MODULES);
    let parts = [
        ("title", escaped(&source.study.title)),
        ("policy", policy(&script, STYLE)),
        ("style", STYLE.to_owned()),
        ("deck", escaped(&deck(source))),
        ("statements", items(&statements(source))),
        ("cautions", lines(cautions(source).iter().map(|caution| format!("<li>{}</li>", escaped(caution))))),
        ("version", env!("CARGO_PKG_VERSION").to_owned()),
        ("few", FEW_DOCUMENTS.to_string()),
        ("significant", SIGNIFICANT.to_string()),
        ("chance", format!("{:.0}", SIGNIFICANT.recip())),
        ("rest", source.study.compare.rest.in_words().to_owned()),
        ("speakers", MOST_SPEAKERS.to_string()),
        ("words", key_words(staging)?),
        ("shares", shares(source)),
        ("columns", columns()),
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
    for table in shown_tables().map(|report| report.table) {
        held.insert(table.name(), writer.findings(table.name(), staging.read_back(table.file)?.0)?);
    }
    let plan = source.plan.clone();
    // As many rows as the study's own voice has, of which a page holds those of single periods only where they are few.
    let is_long = source.findings.prevalence.len() as u64 > MOST_ROWS;
    let plan = if is_long { plan.over_the_whole_span() } else { plan };
    for (voice, _) in VOICES.into_iter().filter(|(voice, _)| *voice != plan.settings().voice) {
        let rows = prevalence_rows(&prevalence_of_voice(&plan, source.counts, voice))?;
        writer.findings(&format!("voice-{}", voice.as_str()), Cursor::new(rows))?;
    }
    for (table, most) in SENTENCES {
        let (rows, bytes) = staging.read_back(table.file)?;
        let long = LongTable { name: table.name(), most, bytes, copies: source.study.compare.copies };
        held.insert(table.name(), writer.sentences(long, rows, source.counts)?);
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
    use crate::report::web::tests_of_modules::troubles;

    #[test]
    fn its_modules_keep_to_what_joining_asks_for() {
        assert_eq!(troubles(&MODULES), Vec::<String>::new());
    }

    #[test]
    fn every_mark_of_the_template_has_a_part() {
        let known = [
            "title",
            "policy",
            "style",
            "deck",
            "statements",
            "cautions",
            "version",
            "few",
            "significant",
            "chance",
            "rest",
            "speakers",
            "words",
            "shares",
            "columns",
            "script",
            "data",
        ];
        let marks: Vec<&str> = TEMPLATE.split("@@").skip(1).step_by(2).collect();
        assert!(marks.iter().all(|mark| known.contains(mark)), "{marks:?}");
        assert!(known.iter().all(|part| marks.contains(part)), "{marks:?}");
    }
}
