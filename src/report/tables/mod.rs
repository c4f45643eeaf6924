//! The list of tables; each stands in its own file.
//!
//! Not here: how a row becomes text (`table`, `number`), and the data of figures, which each figure describes itself.

mod agreement;
mod attributions;
mod bounds;
mod changepoints;
mod codings;
mod comparisons;
mod concordance;
mod contrasts;
mod divergence;
mod documents;
mod duplicates;
mod evaluation;
mod evaluation_voices;
mod excluded;
mod keyness;
mod label_changes;
mod metadata;
mod near_misses;
mod omnibus;
mod parts;
mod plan;
mod prevalence;
mod regression;
mod rule_lines;
mod sources;
mod speakers;
mod stances;
mod stories;
mod suggestions;
mod trends;
mod unlabelled;
mod validation;
mod within;

pub use agreement::{AGREEMENTS, ALL_CODINGS, DISAGREEMENTS, write_all_codings, write_reliability};
pub(in crate::report) use attributions::sentences_of;
pub use attributions::{ATTRIBUTIONS, attribution_rows};
pub use bounds::{SHARE_BOUNDS, write_share_bounds};
pub use codings::{CODINGS, coding_rows};
pub use concordance::{CONCORDANCE, concordance_csv};
pub use documents::write_documents;
#[cfg(feature = "arrow")]
pub(in crate::report) use documents::{DOCUMENTS, document_rows};
pub use duplicates::write_duplicates;
pub use evaluation::{
    CellMeasure, CellQuality, Confusions, EVALUATION, Evaluated, LabelledBins, cells_table, confusion_table,
    evaluation_table, over_fewer, reliability_table,
};
pub use evaluation_voices::{
    EVALUATIONS, VoiceConfusion, VoiceMetric, VoiceQuality, voice_confusion_table, voices_table,
};
pub use excluded::write_excluded;
pub(in crate::report) use keyness::KEYNESS;
pub use keyness::write_keyness;
pub use label_changes::{CHANGED_RULES, CHANGED_SENTENCES, CHANGED_SHARES, write_label_changes};
pub use metadata::{METADATA, MetadataRows};
pub(in crate::report) use metadata::{bare_metadata_column, metadata_column};
pub use near_misses::{NEAR_MISSES, near_misses_csv};
pub use plan::{CODING_PLAN, WIDTH_CURVE, obstacle_in_words, width_curve_csv, write_coding_plan};
pub(in crate::report) use prevalence::prevalence_rows;
pub use rule_lines::{RULE_LINES, rule_lines_csv};
pub use stories::{STORIES, write_stories};
pub use suggestions::{SUGGESTIONS, suggestions_csv};
pub use unlabelled::{UNLABELLED, write_unlabelled};
pub use validation::{VALIDATION, write_validation};
pub(in crate::report) use validation::{is_own, stance};

use crate::compare::{Findings, PartShare, StanceBalance};
use crate::report::{ReportError, Rows, StagedFile, Staging, Table};

/// A table that Parallax writes, and where its rows come from.
#[derive(Debug)]
pub struct Report {
    /// Its description.
    pub table: &'static Table,
    /// What a reader calls it.
    pub label: &'static str,
    /// Where its rows come from.
    pub rows: Source,
}

/// Where the rows of a table come from.
#[derive(Clone, Copy, Debug)]
pub enum Source {
    /// The documents, while they are read and coded; a function of its own writes them.
    Documents,
    /// The findings: this function adds every row.
    Findings(fn(&Findings, &mut Rows<StagedFile>) -> Result<(), ReportError>),
    /// The same documents once more, row by row: as many as nobody holds.
    OneByOne,
}

/// Every table, in the order of the data's way.
pub static REPORTS: [Report; 23] = [
    Report { table: &codings::CODINGS, label: "Codings", rows: Source::Documents },
    Report { table: &attributions::ATTRIBUTIONS, label: "Attributions", rows: Source::Documents },
    Report { table: &documents::DOCUMENTS, label: "Documents", rows: Source::Documents },
    Report { table: &duplicates::DUPLICATES, label: "Copies", rows: Source::Documents },
    Report { table: &metadata::METADATA, label: "Columns of the corpus", rows: Source::Documents },
    Report { table: &stories::STORIES, label: "Stories", rows: Source::Documents },
    Report { table: &excluded::EXCLUDED, label: "Excluded records", rows: Source::Documents },
    Report { table: &unlabelled::UNLABELLED, label: "Unlabelled sentences", rows: Source::Documents },
    Report { table: &validation::VALIDATION, label: "Validation", rows: Source::Documents },
    Report { table: &keyness::KEYNESS, label: "Key terms", rows: Source::Documents },
    Report { table: &prevalence::PREVALENCE, label: "Prevalence", rows: Source::Findings(prevalence::add_rows) },
    Report { table: &omnibus::OMNIBUS, label: "All groups", rows: Source::Findings(omnibus::add_rows) },
    Report { table: &comparisons::COMPARISONS, label: "Differences", rows: Source::Findings(comparisons::add_rows) },
    Report { table: &within::WITHIN, label: "Differences inside events", rows: Source::Findings(within::add_rows) },
    Report { table: &divergence::DIVERGENCE, label: "Divergence", rows: Source::Findings(divergence::add_rows) },
    Report { table: &contrasts::CONTRASTS, label: "Contrasts", rows: Source::Findings(contrasts::add_rows) },
    Report { table: &trends::TRENDS, label: "Over time", rows: Source::Findings(trends::add_rows) },
    Report {
        table: &changepoints::CHANGEPOINTS,
        label: "Changes of level",
        rows: Source::Findings(changepoints::add_rows),
    },
    Report { table: &regression::REGRESSION, label: "Regression", rows: Source::Findings(regression::add_rows) },
    Report { table: &sources::SOURCES, label: "Sources", rows: Source::Findings(sources::add_rows) },
    Report { table: &speakers::SPEAKERS, label: "Frames by source", rows: Source::Findings(speakers::add_rows) },
    Report { table: &parts::VOICES, label: "Voices and stances", rows: Source::OneByOne },
    Report { table: &stances::STANCES, label: "Balance of stances", rows: Source::OneByOne },
];

/// The tables that a page shows row by row: all findings, then what was left out of the corpus.
pub(in crate::report) fn shown_tables() -> impl Iterator<Item = &'static Report> {
    let compared = REPORTS.iter().filter(|report| !matches!(report.rows, Source::Documents));
    compared.chain(REPORTS.iter().filter(|report| report.table.file == excluded::EXCLUDED.file))
}

/// Writes every table of what was compared.
///
/// # Errors
/// When a file cannot be written.
pub fn write_findings<'a>(
    staging: &mut Staging,
    findings: &Findings,
    parts: impl Iterator<Item = PartShare<'a>>,
    balances: impl Iterator<Item = StanceBalance<'a>>,
) -> Result<(), ReportError> {
    for report in &REPORTS {
        if let Source::Findings(add_rows) = report.rows {
            let mut rows = Rows::create(staging, report.table)?;
            add_rows(findings, &mut rows)?;
            rows.finish(staging)?;
        }
    }
    parts::write_voices(staging, parts)?;
    stances::write_stances(staging, balances)
}
