//! How results become files: tables, their description and the manifest, put into place together or not at all.
//!
//! A run opens a [`Staging`] area, streams its rows into [`SortedRows`] (codings, attributions) or writes a table at once
//! (documents, excluded records, findings), describes the tables ([`write_data_package`]), lists inputs and outputs
//! ([`Manifest`]), and commits. A new report is one file in `tables/` and one line in [`REPORTS`], a new figure one file in
//! `figures/` and one line in [`FIGURES`].
//!
//! In reading order: `table` with `number`, `escape` and `code_points` (cells), `columns` (how the `.tsv` beside a table becomes its columns),
//! `tables` (each CSV), `sorted`, `byte_lists`, `number_lists`, `staging`
//! with `checksum` and `error` (files in place together), `strangers` (files that are not ours to replace), `parquet_tables` with `arrow_cells` (tables in a second format); what describes a result (`package`, `crate_metadata`,
//! `manifest`, `difference`); what is read back (`read_documents`, `read_metadata`, `read_stories`, `read_attributions`, `read_codings`, `read_validation`, `read_key_terms`); and what
//! people look at (`figure_subject`, `figures`, `labels`, `palette`, `codebook_page`, `page`, `notebooks`, `sample`, `coder`,
//! `imported`, with `web` below the pages).
//!
//! Not here: any number that is not counted or printed only. What is found is `compare`'s, its formulas are those of
//! `stats`, and the articles are read by `corpus`.

#[cfg(feature = "arrow")]
mod arrow_answers;
#[cfg(any(feature = "arrow", feature = "parquet"))]
mod arrow_cells;
mod bundle_file;
mod byte_lists;
mod code_points;
mod codebook_page;
mod coder;
mod columns;
mod crate_metadata;
mod difference;
mod earlier_sample;
mod error;
mod escape;
mod figure_subject;
#[cfg_attr(not(feature = "figures"), path = "no_figures.rs")]
mod figures;
mod imported;
mod labelling;
mod labels;
mod leading_terms;
mod manifest;
mod methods;
mod named_days;
mod notebooks;
mod number;
mod number_lists;
mod package;
mod page;
mod palette;
#[cfg(feature = "parquet")]
mod parquet_tables;
mod part_file;
mod read_attributions;
mod read_codings;
mod read_documents;
mod read_key_terms;
mod read_labels;
mod read_metadata;
mod read_stories;
mod read_validation;
mod sample;
mod sorted;
mod staging;
mod strangers;
mod table;
mod tables;
mod vector_log;
mod web;

#[cfg(feature = "arrow")]
pub use arrow_answers::{Answer, ArrowAnswers};
pub use bundle_file::{BundleEntry, bundle_bytes, read_bundle};
pub use byte_lists::ByteLists;
pub use codebook_page::{
    CODEBOOK_PAGE, CodebookEvidence, codebook_page, coded_by, coder, measured_on, rival_shares, write_codebook_page,
};
pub use coder::{Article, CoderPage, Dispute, write_coder_page};
pub use crate_metadata::{CrateSource, write_crate_metadata};
pub use difference::{Difference, differences, output_differences};
pub use earlier_sample::{
    SampleDesign, read_sample_design, read_sample_inputs, read_sample_key, write_sample_design, write_sample_inputs,
};
pub use error::{RasterError, ReportError};
pub use figure_subject::{FigureFormat, Look, ReliabilityBin, Subject, WIDTH};
pub use figures::{FIGURES, Figure, redraw, write_figures, write_width_figure};
pub use imported::{losses_path, write_import};
pub use labelling::Labelling;
pub use labels::kept_apart;
pub use manifest::{FileRecords, Input, InputRole, Manifest, OddRecords, RecordCounts, is_unchanged, outputs_on_disk};
pub use methods::{METHODS_PAGE, write_methods_page};
pub use notebooks::{NOTEBOOK_FOLDER, NOTEBOOKS, NotebookSource, write_notebooks};
pub use number::{counted, fixed, grouped, millionths, p_value, percent, rounded, signed};
pub use number_lists::NumberLists;
pub use package::{evaluation_package, write_data_package, write_tables_package};
pub use page::{PAGE, PageSource, write_page};
pub use palette::frame_colour;
#[cfg(feature = "parquet")]
pub use parquet_tables::write_parquet_tables;
pub use part_file::{PART, PartHead, PartLines};
pub use read_attributions::read_attributions;
pub use read_codings::read_codings;
pub use read_documents::read_documents;
pub use read_key_terms::{ShownTerm, read_key_terms};
pub use read_labels::read_labels;
pub use read_metadata::{metadata_columns, read_metadata};
pub use read_stories::read_stories;
pub use read_validation::read_validation;
pub use sample::{
    CoderShare, SAMPLE, SAMPLE_KEY, SampleSheets, SampledUnit, part_exists, part_name, write_key, write_sample,
};
pub use sorted::SortedRows;
pub use staging::{Output, PassingFolder, StagedFile, Staging, clear_leftovers, hold_commits, recover, write_together};
pub use strangers::{is_stranger, lacks_columns, strangers, strangers_to_run};
pub use table::{Column, Kind, Rows, Table};
pub use tables::{
    AGREEMENTS, ALL_CODINGS, ATTRIBUTIONS, CHANGED_RULES, CHANGED_SENTENCES, CHANGED_SHARES, CODING_PLAN, CODINGS,
    CONCORDANCE, CellMeasure, CellQuality, Confusions, DISAGREEMENTS, EVALUATION, EVALUATIONS, Evaluated, LabelledBins,
    METADATA, MetadataRows, NEAR_MISSES, REPORTS, RULE_LINES, Report, SHARE_BOUNDS, STORIES, SUGGESTIONS, Source,
    UNLABELLED, VALIDATION, VoiceConfusion, VoiceMetric, VoiceQuality, WIDTH_CURVE, attribution_rows, cells_table,
    coding_rows, concordance_csv, confusion_table, evaluation_table, near_misses_csv, obstacle_in_words, over_fewer,
    reliability_table, rule_lines_csv, suggestions_csv, voice_confusion_table, voices_table, width_curve_csv,
    write_all_codings, write_coding_plan, write_documents, write_duplicates, write_excluded, write_findings,
    write_keyness, write_label_changes, write_reliability, write_share_bounds, write_stories, write_unlabelled,
    write_validation,
};
pub use vector_log::{VectorLog, write_vectors};

pub(in crate::report) use tables::{prevalence_rows, shown_tables};

/// Name of the file that lists what a run read and wrote.
pub const MANIFEST: &str = "manifest.json";

/// Name of the file that describes every table.
pub const DATA_PACKAGE: &str = "datapackage.json";
